"""Rules on reports, each with one planted fault; see ``test_observation_contract.py``."""

from typing import Any, ClassVar, Literal

from attrs import evolve, field, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.model.alliance import Report
from therapeutic_alliance.testing import Contract, ObservationDetectorContract

E = ta.evidence
YES, NO = (Report(id="r", session=1, by="c", rupture=rupture) for rupture in (True, False))


def asked(*reports: Any, **labels: Any) -> Any:
    points = tuple(E.Observation(n, report) for n, report in enumerate(reports, 1))
    return E.Observations(kind="reports", points=points, **labels)


OBSERVED = [asked(NO, YES, None, YES, NO, case="c1"), asked(None, NO, YES, rater="client")]


@frozen(kw_only=True)
class Sound:
    """Flags what is reported."""

    id, citation = "planted", "invented for this test"
    mode: ClassVar[Literal["online"]] = "online"
    observes: ClassVar[str] = "reports"

    def says(self, _series: Any, report: Any) -> Any:
        return None if report is None else report.rupture

    def words(self, flag: Any) -> str:
        return "possible rupture" if flag else "none is reported, or nothing"

    def flags(self, series: Any) -> ta.Flags:
        if getattr(series, "kind", "") != "reports":
            raise ta.SeriesError("reports are needed")
        said = [(point.session, self.says(series, point.value)) for point in series]
        flags = [ta.Flag(session=n, flag=flag, why=self.words(flag)) for n, flag in said]
        return ta.Flags(detector=self.id, mode=self.mode, flags=tuple(flags))


@frozen(kw_only=True)
class LooksAhead(Sound):
    """takes a report back if the last one is none"""

    def says(self, series: Any, report: Any) -> Any:
        said = super().says(series, report)
        last = series.observed[-1].value.rupture if series.observed else False
        return said and (last or len(series) < 4)


@frozen(kw_only=True)
class Never(Sound):
    """never flags"""

    def says(self, _series: Any, report: Any) -> Any:
        return None if report is None else False


@frozen(kw_only=True)
class SilenceIsGolden(Sound):
    """takes no report for no rupture"""

    def says(self, _series: Any, report: Any) -> Any:
        return bool(report and report.rupture)


@frozen(kw_only=True)
class TooSure(Sound):
    """is too sure"""

    def words(self, flag: Any) -> str:
        return "rupture detected" if flag else "nothing is reported"


@frozen(kw_only=True)
class Remembers(Sound):
    """remembers how often it was asked"""

    seen: list[int] = field(factory=list, eq=False)

    def says(self, series: Any, report: Any) -> Any:
        self.seen.append(1)
        return None if len(self.seen) % 7 == 0 else super().says(series, report)


@frozen(kw_only=True)
class KnowsTheCase(Sound):
    """flags the case c1 only"""

    def says(self, series: Any, report: Any) -> Any:
        said = super().says(series, report)
        return said if series.case in ("c1", "quokka") else said and None


@frozen(kw_only=True)
class TakesScores(Sound):
    """answers scores"""

    def flags(self, series: Any) -> ta.Flags:
        if isinstance(series, ta.Series):
            return ta.Flags(detector=self.id, mode=self.mode, flags=())
        return super().flags(series)


@frozen(kw_only=True)
class Talks(Sound):
    """prints"""

    def words(self, flag: Any) -> str:
        print(flag)
        return super().words(flag)


@frozen(kw_only=True)
class LeavesOut(Sound):
    """leaves sessions out that nobody reported on"""

    def flags(self, series: Any) -> ta.Flags:
        flags = super().flags(series)
        return evolve(flags, flags=tuple(flag for flag in flags if flag.flag is not None))


@frozen(kw_only=True)
class OfCodes(Sound):
    """says that it observes codes"""

    observes: ClassVar[str] = "codes"


@frozen(kw_only=True)
class Touches(Sound):
    """writes into what it looks at"""

    def flags(self, series: Any) -> ta.Flags:
        flags = super().flags(series)
        object.__setattr__(series, "rater", "seen")
        return flags


FAULTS = [
    Touches, LooksAhead, Never, SilenceIsGolden, TooSure, Remembers, KnowsTheCase, TakesScores,
    Talks, LeavesOut, OfCodes,
]  # fmt: skip


def _contract(class_: Any) -> type[Contract]:
    given = {"detector": class_(), "observed": OBSERVED, "__module__": __name__}
    return type(f"Test{class_.__name__}", (ObservationDetectorContract,), given)


for each in (Sound, *FAULTS):
    globals()[f"Test{each.__name__}"] = _contract(each)
