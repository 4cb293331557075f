"""What came out of one series: flags, episodes, phases."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from therapeutic_alliance.model.immutable import as_tuples

Sign = Literal["rupture", "waning"]
"""What flags are a possible sign of: a rupture, or a slow waning of the alliance."""
Parameter = tuple[str, str | int | float | bool]
"""Name and value of a parameter of a rule."""


@frozen(kw_only=True)
class Flag:
    """What a detector says of one session."""

    session: int
    flag: bool | None
    """``None``: not evaluable, and ``why`` says why. ``False`` is no sign of a good alliance."""
    why: str
    statistic: float | None = None
    """Higher is more like a rupture, in every rule; a flagged session has ``threshold`` or more."""
    threshold: float | None = None
    reference: tuple[int, float] | None = None
    """Session and score that the drop is measured from, if the rule has one."""
    before: tuple[int, float] | None = None
    """Session and score to come back to, where not the last observed one (a running maximum)."""
    tolerance: float | None = None
    """How far below the reference a score may stay and still count as recovered."""
    sd: float | None = None
    """The SD that the rule measures drops in, if it does."""
    concerns: tuple[str, ...] = ()
    """What else is worth asking about, in words, and is no flag: such as a low level."""


@frozen(kw_only=True)
class Flags:
    """One flag for each point of a series, in its order."""

    detector: str
    mode: Literal["online", "retrospective"]
    flags: tuple[Flag, ...]
    conventions: tuple[str, ...] = ()
    """The conventions or cohort constants that stand behind the flags, in words."""
    low_information: bool = False
    """Half or more of the scores are at the possible maximum, or the rule says why in its flags."""
    sign: Sign = "rupture"
    """What a flag is a possible sign of."""
    parameters: tuple[Parameter, ...] = ()
    """The parameters of the rule that are plain values, defaults too. What is ``None`` is left
    out, and constants of a cohort are told in ``conventions``."""
    to_the_end: bool = False
    """Recovery is looked for to the end of the series; the window only says what is too early to
    tell (H4, falls over several sessions)."""

    def __getitem__(self, index: int) -> Flag:
        return self.flags[index]

    def __iter__(self) -> Iterator[Flag]:
        return iter(self.flags)

    def __len__(self) -> int:
        return len(self.flags)

    @property
    def evaluable(self) -> int:
        """How many sessions got ``True`` or ``False``."""
        return sum(flag.flag is not None for flag in self.flags)

    @property
    def sessions(self) -> tuple[int, ...]:
        """Numbers of the flagged sessions."""
        return tuple(flag.session for flag in self.flags if flag.flag)


@frozen(kw_only=True)
class Episode:
    """A possible rupture, or waning, and what came of it. Session numbers throughout."""

    onset: int
    nadir: int
    end: int
    """Last observed session before recovery, else the last one looked at."""
    pre_score: float
    nadir_score: float
    recovery_score: float
    """From which score on it counts as recovered: ``pre_score`` less the rule's tolerance."""
    depth_std: float | None
    """Depth in the SDs of the rule; ``None`` where it has none."""
    length: int
    """Observed sessions from onset to end."""
    repaired: bool | None
    """Did the score recover within the window? ``None``: too few sessions left to tell."""
    repair_session: int | None
    latency: int | None
    """Observed sessions from onset to recovery."""
    gain: float | None
    """The score at recovery less ``pre_score``, a definition of this library: below 0 where the
    score came back within the tolerance only. ``None`` if not recovered."""
    flagged_back: int | None = None
    """The last of its sessions whose score is back at ``recovery_score``, and which is flagged all
    the same: some rules look at more than the score. ``None``: there is none."""
    to_the_end: bool = False
    """Recovery was looked for to the end of the series, not within a window only."""
    sign: Sign = "rupture"
    """What its flags are a possible sign of."""
    shape: Literal["v", "slide_sudden", "fall_gradual", "u", "plateau", "open"]

    @property
    def depth(self) -> float:
        """``pre_score - nadir_score``, in the metric of the series."""
        return self.pre_score - self.nadir_score

    def __str__(self) -> str:
        before = f"{self.pre_score:.4g} before"
        if self._fell:
            fall = f"{self.nadir_score:.4g}, {self.depth:.4g} below the {before}"
            level = f"lowest at session {self.nadir} with {fall}"
        else:
            level = f"though its lowest score is no lower than the {before}"
        return f"possible {self.sign}: from session {self.onset}, {level}; {self._course}"

    @property
    def _fell(self) -> bool:
        """Some rules flag what is no fall: there is nothing to recover from."""
        return round(self.depth, 9) > 0

    @property
    def _course(self) -> str:
        if self.repair_session is not None:
            return self._recovery
        back = f"back at {self.recovery_score:.4g}"
        if self.flagged_back == self.end:
            last = f"session {self.end}, the last observed"
            return f"still flagged at {last}, though the score is back"
        if self.flagged_back is not None:
            only = f"score {back} only where flagged, at session {self.flagged_back} the last time"
            return f"{only}, {self._looked}"
        return f"score not {back} {self._looked}"

    @property
    def _recovery(self) -> str:
        if not self._fell:
            return f"no longer flagged at session {self.repair_session}"
        repair = " (possible repair)" if self.sign == "rupture" else ""
        return f"score recovered at session {self.repair_session}{repair}"

    @property
    def _looked(self) -> str:
        """How long recovery was looked for."""
        last = f"by session {self.end}, the last observed"
        if self.repaired is None:
            return f"{last}: still open"
        if self.to_the_end:
            return f"{last}, a window or more after the last flag"
        return f"within the window, which ended at session {self.end}"


@frozen(kw_only=True)
class Phase:
    """A stretch of a course, by session numbers, first and last included."""

    name: str
    """Kebab-case name, such as ``formation``."""
    first: int
    last: int
    why: str
    """Why it begins and ends there, in words."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Phases:
    """The phases of one series, in order and not overlapping.

    >>> first = Phase(name="formation", first=1, last=5, why="the first sessions")
    >>> phases = Phases(model="two-phase", mode="online", phases=(first,))
    >>> phases.of(3).name, phases.of(6)
    ('formation', None)
    """

    model: str
    mode: Literal["online", "retrospective"]
    phases: tuple[Phase, ...]
    conventions: tuple[str, ...] = ()
    """The conventions that stand behind the phases, in words."""

    def __iter__(self) -> Iterator[Phase]:
        return iter(self.phases)

    def __len__(self) -> int:
        return len(self.phases)

    def of(self, session: int) -> Phase | None:
        """The phase that a session lies in, if it lies in one."""
        return next((each for each in self.phases if each.first <= session <= each.last), None)
