"""What a caller states of a measure in a file: range, reverse set, aggregate, scores."""

from pathlib import Path

from attrs import frozen

from therapeutic_alliance.codec.files import read_as
from therapeutic_alliance.codec.measures import structure_as
from therapeutic_alliance.errors import DefinitionError, Problem
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Aggregate, ScoreRule
from therapeutic_alliance.model.scale import Scale


@frozen(kw_only=True, field_transformer=as_tuples)
class StatedKey:
    """What a caller states: the parts of a measure file that have to be, in the same grammar."""

    measure: str | None = None
    """Id of the measure that is meant; checked if given."""
    scale: Scale | None = None
    reverse: tuple[str, ...] | None = None
    aggregate: Aggregate | None = None
    scores: tuple[ScoreRule, ...] = ()
    not_partition: str | None = None
    """Why some item stands in two of the scores or in none, if one does."""

    def edition(self, measure: Measure) -> Measure:
        """The edition of a measure that this key makes of it.

        Raises :class:`DefinitionError` if they contradict each other or something is still open.
        """
        if self.measure not in (None, measure.id):
            raise DefinitionError(f"the key is of another measure than {measure.id}")
        low, high, step, unit = None, None, None, None
        if self.scale:
            low, high = self.scale.low, self.scale.high
            step, unit = self.scale.step, self.scale.unit
        if self.scores:
            if self.reverse is None:
                raise DefinitionError(Problem(path="$.reverse", rule="missing; [] if none is"))
            return measure.completed(
                scores=self.scores,
                reverse=self.reverse,
                low=low,
                high=high,
                step=step,
                not_partition=self.not_partition,
            )
        return measure.stated(
            low=low,
            high=high,
            step=step,
            unit=unit,
            reverse=self.reverse,
            aggregate=self.aggregate,
        )


def read_key(path: str | Path) -> StatedKey:
    """Read a key file, TOML or JSON. Raises :class:`DefinitionError` with its name."""
    return read_as(path, lambda data: structure_as(StatedKey, data), DefinitionError)
