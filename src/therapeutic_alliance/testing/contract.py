"""What all contracts share: needed attributes, known deviations, and how laws are checked."""

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import wraps
from inspect import getattr_static, isfunction, isroutine
from typing import Any, ClassVar, NoReturn, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy, tuples

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.testing.shown import shown

T = TypeVar("T")

EXAMPLES = 60
"""Values that a law is tried on."""
_TRIED = "tried on:"
_NAMED = __name__.rpartition(".")[0] + "."


class Contract:
    """Base of all contracts: subclass one in a test file, and pytest runs its tests.

    A contract is collected whatever its subclass is called; give a base class of your own
    ``__test__ = False``. Raises :class:`AllianceError` for a deviation of no test, without a
    reason, or of ``test_everything_needed_is_given``: what is forgotten deviates from nothing.

    >>> class TestOwn(Contract):
    ...     deviates = {"test_rnages": "the manual, p. 12"}
    Traceback (most recent call last):
    therapeutic_alliance.errors.AllianceError: TestOwn.deviates: there is no test 'test_rnages'
    """

    __test__ = False
    needs: ClassVar[Mapping[str, str]] = {}
    """What an author has to give, by attribute: what it is and why, as the end of a sentence."""
    deviates: ClassVar[Mapping[str, str]] = {}
    """Test that is known to fail -> the reason, with its source. If it passes, that fails."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__test__" not in vars(cls):
            cls.__test__ = not cls.__module__.startswith(_NAMED)
        if cls.__module__.startswith(_NAMED):
            for name, test in list(vars(cls).items()):
                if name.startswith("test"):
                    setattr(cls, name, _in_words(test))
        for name, reason in vars(cls).get("deviates", {}).items():
            setattr(cls, name, _expected_to_fail(cls, name, reason))

    def test_everything_needed_is_given(self) -> None:
        """What the contract needs of its author is there. No deviation can be named for this."""
        for name in self.needs:
            self.needed(name)

    def needed(self, name: str) -> Any:
        """What the author gave as ``name``, itself or from a method; without it the test fails."""
        there = getattr_static(self, name, None) is not None
        value = getattr(self, name) if there else None
        value = value() if isroutine(value) else value
        if value is None or (isinstance(value, Collection) and not value):
            fail(f"{type(self).__name__} gives no {name}: {self.needs[name]}")
        return value


def fail(sentence: str) -> NoReturn:
    """Fail the running test with a sentence and no traceback, which would say less."""
    pytest.fail(sentence, pytrace=False)


def tried(law: Callable[..., T], *values: Any) -> T:
    """What a law gives; whatever it raises gets a note of the values."""
    try:
        return law(*values)
    except Exception as error:
        error.add_note(_TRIED + "".join(f"\n  {shown(value)}" for value in values))
        raise


def holds(law: Callable[..., None], *values: SearchStrategy[Any], examples: int = EXAMPLES) -> None:
    """Try a law on values drawn from strategies: always the same ones, so that none is flaky.

    >>> from hypothesis import strategies
    >>> def doubled_is_even(number):
    ...     assert number * 2 % 2 == 0
    >>> holds(doubled_is_even, strategies.integers())
    """
    options = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )

    def noted(drawn: tuple[Any, ...]) -> None:
        tried(law, *drawn)

    options(given(tuples(*values))(noted))()


def _in_words(test: Callable[..., None]) -> Callable[..., None]:
    """A test of the kit that fails with its sentence, in place of a traceback through the kit."""

    @wraps(test)
    def own(self: Contract) -> None:
        try:
            test(self)
        except AssertionError as error:
            notes = getattr(error, "__notes__", ())
            said = [str(error), *(note for note in notes if note.startswith(_TRIED))]
        else:
            return
        fail("\n".join(said))

    return own


def _expected_to_fail(cls: type[Contract], name: str, reason: object) -> Callable[..., None]:
    """The test of this subclass alone, marked as a strict expected failure."""
    test: Any = getattr(cls, name, None)
    if not (name.startswith("test") and isfunction(test)):
        tests = [each for each in dir(cls) if each.startswith("test")]
        near = get_close_matches(name, tests, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AllianceError(f"{cls.__name__}.deviates: there is no test {name!r}{hint}")
    if name == Contract.test_everything_needed_is_given.__name__:
        raise AllianceError(
            f"{cls.__name__}.deviates: {name} cannot be named; give what the contract needs"
        )
    if not (isinstance(reason, str) and reason.strip()):
        raise AllianceError(f"{cls.__name__}.deviates: say why {name} deviates, with the source")

    @wraps(test)
    def own(*arguments: Any, **fixtures: Any) -> None:
        test(*arguments, **fixtures)

    marked: Callable[..., None] = pytest.mark.xfail(strict=True, reason=reason)(own)
    return marked
