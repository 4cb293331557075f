"""The ``alliance`` command."""

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; without the extra ``cli`` say so in one line and exit with 2."""
    try:
        import click  # noqa: F401
        import rich  # noqa: F401
    except ImportError:
        hint = "alliance: the command line needs: pip install 'therapeutic-alliance[cli]'"
        print(hint, file=sys.stderr)  # noqa: T201
        sys.exit(2)
    from therapeutic_alliance.cli.app import run

    if isinstance(sys.stdout, TextIOWrapper):  # a terminal may lack a letter of a name
        sys.stdout.reconfigure(errors="backslashreplace")

    sys.exit(run(sys.argv[1:]))
