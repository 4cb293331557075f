"""``python -m therapeutic_alliance.cli``, where scripts are not on the path."""

from therapeutic_alliance.cli import main

main()
