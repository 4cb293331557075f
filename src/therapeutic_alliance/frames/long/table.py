"""How a table of answers says what it says."""

from collections.abc import Hashable, Sequence
from typing import Any

from attrs import field, frozen

from therapeutic_alliance.errors import TableError


def _several(by: str | Sequence[str]) -> tuple[str, ...]:
    given: Any = by
    return tuple(given) if isinstance(given, tuple | list) else (given,)


def _refuse_no_name(use: str, name: object) -> None:
    if name is None or not isinstance(name, Hashable):
        raise TableError(f"{use}: the name of a column is needed, not a {type(name).__name__}")


@frozen(kw_only=True)
class LongTable:
    """A table of which each row is one answer: pass it to ``ta.score_frame`` as ``columns``.

    Rows with the same values in the columns of ``by`` are one form. Column ``item`` says which item
    was answered, by the ids of the measure (``1`` to ``5``, not ``q1``), and ``answer`` how.

    Raises :class:`TableError` if ``by`` is empty, for what names no column, and if one column has
    two uses.

    >>> import pandas
    >>> import therapeutic_alliance as ta
    >>> items = [str(n) for n in range(1, 6)]
    >>> answers = pandas.DataFrame({"case": "c1", "item": items, "answer": [6, 7, 1, 6, 5]})
    >>> form = ta.frames.LongTable(by="case")
    >>> ta.score_frame(ta.Registry().measure("arm-5"), answers, form)["arm_5_total"].tolist()
    [6.2]
    """

    by: tuple[str, ...] = field(converter=_several)
    """Columns that together tell forms apart, such as case, session and rater; or one."""
    item: str = "item"
    """Column of item ids: text, categories of text, or whole numbers."""
    answer: str = "answer"
    """Column of answers, of any dtype that a column of a wide table may have."""

    def __attrs_post_init__(self) -> None:
        if not self.by:
            raise TableError("by: name at least one column that tells forms apart")
        for use, name in (
            *(("by", name) for name in self.by),
            ("item", self.item),
            ("answer", self.answer),
        ):
            _refuse_no_name(use, name)
        if len(set(self.columns)) < len(self.columns):
            raise TableError("one column has two uses: by, item and answer are different ones")

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.by, self.item, self.answer)
