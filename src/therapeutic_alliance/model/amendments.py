"""Which records of a course hold: corrections take the place of what they amend."""

from collections.abc import Iterable, Iterator

from therapeutic_alliance.model.alliance.people import Retraction
from therapeutic_alliance.model.alliance.record import Record


class Amendments:
    """What amends what, among records that have an id each.

    A record that is corrected gives way to the correction; one that is retracted gives way to
    nothing. Retracting a correction restores what it amended. A record keeps the id of its first
    version: whoever refers to any version refers to the one that holds.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.id: record for record in records}
        self._amended = {
            record.id: record.amends
            for record in self._records.values()
            if record.amends and _may_amend(record, self._records.get(record.amends))
        }
        self._amending: dict[str, list[Record]] = {}
        for id_, amended in self._amended.items():
            self._amending.setdefault(amended, []).append(self._records[id_])
        order = tuple(self._corrections_first())
        self.circle = self._records.keys() - set(order)
        """Ids of records whose amendments run in a circle."""
        self._holding: dict[str, Record | None] = {}
        self.forks = tuple(self._settle(order))
        """Two amendments of one record that cannot both hold: the first, and each further one."""
        self.first_version: dict[str, str] = {}
        """For each id, that of the first version of the record."""
        for id_ in reversed(order):
            self.first_version[id_] = self.first_version.get(self._amended.get(id_, ""), id_)
        self.holding: dict[str, Record] = {
            id_: held
            for id_, first in self.first_version.items()
            if id_ == first
            and not isinstance(self._records[id_], Retraction)
            and (held := self._holding[id_]) is not None
        }
        """The records that hold, by the id of their first version; retractions are none."""

    def _settle(self, order: Iterable[str]) -> Iterator[tuple[Record, Record]]:
        """What holds in the place of each record, corrections before what they amend."""
        for id_ in order:
            by = [each for each in self._amending.get(id_, ()) if self._holding[each.id]]
            retractions = [each for each in by if isinstance(each, Retraction)]
            corrections = [each for each in by if not isinstance(each, Retraction)]
            first, *more = (*retractions[:1], *corrections) or (None,)
            yield from ((first, each) for each in more if first)
            if first is None:
                self._holding[id_] = self._records[id_]
            else:
                self._holding[id_] = None if retractions else self._holding[first.id]

    def _corrections_first(self) -> Iterator[str]:
        """All ids but those in a circle, of which none comes first."""
        waiting = {id_: len(by) for id_, by in self._amending.items()}
        ready = [id_ for id_ in self._records if id_ not in waiting]
        while ready:
            yield (id_ := ready.pop())
            amended = self._amended.get(id_)
            if amended is not None:
                waiting[amended] -= 1
                if not waiting[amended]:
                    ready.append(amended)


def _may_amend(record: Record, amended: Record | None) -> bool:
    """Corrections are of the kind of what they correct; a retraction is of any."""
    return amended is not None and isinstance(record, type(amended) | Retraction)
