"""A rule of your own beside a built-in one. How to publish it: docs/plugins/tutorial.md."""

from itertools import pairwise

from attrs import frozen

import therapeutic_alliance as ta


@frozen(kw_only=True)
class FallInARow(ta.OnlineDetector[tuple[float, ...]]):
    """Flags a session at which the score has fallen for the third time in a row (invented)."""

    falls: int = 3

    @property
    def id(self) -> str:
        return "fall-in-a-row"

    @property
    def citation(self) -> str:
        return "invented for this example"

    def start(self, _spec: ta.ScoreSpec) -> tuple[float, ...]:
        return ()

    def step(self, state: tuple[float, ...], point: ta.Point) -> tuple[tuple[float, ...], ta.Flag]:
        if point.value is None:
            return state, ta.Flag(session=point.session, flag=None, why="no score was observed")
        seen = (*state, point.value)[-self.falls - 1 :]
        if len(seen) <= self.falls:
            return seen, ta.Flag(session=point.session, flag=None, why="too few sessions before")
        fallen = all(after < before for before, after in pairwise(seen))
        why = f"{'' if fallen else 'not '}lower {self.falls} times in a row"
        return seen, ta.Flag(
            session=point.session, flag=fallen, why=why + (": possible rupture" if fallen else "")
        )


series = ta.Series.of([4.2, 4.4, 4.3, 4.0, 3.8, 4.3, 4.4], low=1, high=5)
for detector in (FallInARow(), ta.Registry().detector("drop-from-best")):
    flags = detector.flags(series)
    print(f"{detector.id}: flagged {flags.sessions or 'none'}, evaluable {flags.evaluable}")
    for episode in ta.episodes(series, flags):
        print(f"  {episode}")
