"""What happened: events, check-ins, reports, understandings and ends, as one kind of thing."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.alliance.dialogue import CheckIn, Event
from therapeutic_alliance.model.alliance.goals import Understanding
from therapeutic_alliance.model.alliance.people import Termination
from therapeutic_alliance.model.alliance.rating import Rating

Told = Event | CheckIn | Report | Understanding | Termination
"""Records that stand in the timeline."""


@frozen(kw_only=True)
class Happening:
    """Something that happened in a session, or between sessions."""

    what: Literal["event", "check-in", "report", "understanding", "left", "end"]
    id: str
    """Of the record."""
    kind: str | None = None
    by: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    depth: str | None = None
    """How far a disclosure went."""
    minutes: int | None = None
    """How late."""
    inferred: bool = False
    """Read into what was seen."""
    helpful: bool | None = None
    cadence: int | None = None
    """After how many sessions the next check-in was agreed."""
    addressed: int | None = None
    """Session in which an event was taken up again."""
    rupture: bool | None = None
    """What a report says."""
    later: bool | None = None
    """What the same participant reported of that session later, which counts instead."""
    intensity: Rating | None = None
    resolution: Rating | None = None
    text: str | None = None


def happening(record: Told, later: bool | None = None, *, left: bool = False) -> Happening:
    """What a record of the timeline tells; ``later`` is of a report, ``left`` of a termination."""
    if isinstance(record, Event):
        return Happening(
            what="event",
            id=record.id,
            kind=record.kind,
            by=record.by,
            toward=record.toward,
            about=record.about,
            feelings=record.feelings,
            depth=record.depth,
            minutes=record.minutes,
            inferred=record.inferred,
            helpful=record.helpful,
            addressed=record.addressed,
            text=record.note,
        )
    if isinstance(record, CheckIn):
        return Happening(
            what="check-in",
            id=record.id,
            by=(record.begun_by,) if record.begun_by else (),
            about=record.topics,
            feelings=record.feelings,
            cadence=record.cadence,
            text=record.note,
        )
    if isinstance(record, Report):
        return Happening(
            what="report",
            id=record.id,
            by=(record.by,),
            rupture=record.rupture,
            later=later,
            intensity=record.intensity,
            resolution=record.resolution,
        )
    if isinstance(record, Understanding):
        return Happening(
            what="understanding",
            id=record.id,
            kind=record.kind,
            by=record.proposed_by,
            text=record.text,
        )
    return Happening(
        what="left" if left else "end",
        id=record.id,
        kind=record.kind,
        by=record.by,
        text=record.reason,
    )
