"""The importer of course documents."""

from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

from therapeutic_alliance.codec.files import read_course
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration


@frozen
class CourseForms:
    """Reads the filled forms of a course document, as they hold now."""

    @property
    def id(self) -> str:
        """``course``."""
        return "course"

    @property
    def reads(self) -> str:
        """What it reads."""
        return "the forms of a course document (.json)"

    def forms(self, path: Path, measure_of: Callable[[str], Measure]) -> Iterator[Administration]:  # noqa: ARG002 - a form says which measure it is of, and scoring asks for it
        """The forms by session, date and id, corrections in the place of what they amend.

        Raises :class:`DocumentError` with every fault of the document and its path.
        """
        course = read_course(path).current()
        for form in course.administrations:
            yield form.administration(course.case)
