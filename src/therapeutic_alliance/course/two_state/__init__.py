"""A model of people who are in one of two states at each session, and its arithmetic.

``model`` says what is supposed of people; ``grid`` makes points of it, ``recursions`` filter and
smooth scores at these points, ``batch`` does so for many series at once, and ``fit`` looks for the
most likely model of a cohort. All but ``hyperparameters`` and ``model`` need NumPy.
"""
