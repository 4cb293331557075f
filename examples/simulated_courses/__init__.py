"""Three simulated courses, one module each; ``make_courses.py`` writes them."""
