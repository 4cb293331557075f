"""The simulated data that ships for demonstrations."""

from pathlib import Path

from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.record import Administration

SIMULATED = Path(__file__).parents[1] / "simulated"


def example_path(name: str) -> Path:
    """The file of an example. Raises :class:`UnknownIdError` if there is none of that name."""
    path = SIMULATED / f"{name}.csv"
    if name not in {each.stem for each in SIMULATED.glob("*.csv")}:
        known = ", ".join(sorted(each.stem for each in SIMULATED.glob("*.csv")))
        raise UnknownIdError(f"no such example; there are: {known}")
    return path


def example(name: str) -> tuple[Administration, ...]:
    """The forms of an example. ``"caseload"``: six simulated clients, rated by two.

    Nobody ever gave these answers: ``examples/make_caseload.py`` drew them.

    >>> forms = example("caseload")
    >>> sorted({form.rater for form in forms})
    ['client', 'therapist']
    """
    from therapeutic_alliance.importers.mapping import TableMap
    from therapeutic_alliance.importers.table import FormTable
    from therapeutic_alliance.sdk.registry import Registry

    table = FormTable(example_path(name), TableMap(), Registry().measure)
    return tuple(row.form for row in table if row.form is not None)
