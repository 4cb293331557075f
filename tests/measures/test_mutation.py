"""The worked cases notice every one-step change of every key.

A worked case that no wrong key could fail would prove nothing; this shows that none could pass.
"""

import pytest

import therapeutic_alliance as ta
from tests.conftest import Mutated
from tests.measures import worked
from tests.measures.mutants import Mutant, mutants


def _noticed(mutant: Mutant, file: worked.Worked) -> bool:
    """A different value, status, range or refusal; or no measure at all comes of it."""
    try:
        measure = mutant.build()
        return next(worked.departures(measure, file), None) is not None
    except ta.AllianceError:
        return True


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_every_mutant_is_noticed(measure_id: str, mutated: list[Mutated]) -> None:
    file = worked.read(measure_id)
    measure = worked.edition(file)
    every = list(mutants(measure))
    killed = [mutant for mutant in every if _noticed(mutant, file)]
    survivors = {mutant.what for mutant in every} - {mutant.what for mutant in killed}
    equivalent = {mutant.what for mutant in every if mutant.equivalent}
    mutated.append(Mutated(measure_id, len(every), len(killed), len(equivalent)))
    assert len(every) > len(measure.items) + 10
    assert survivors == equivalent


def test_mutants_differ_in_what_decides_a_number() -> None:
    """Otherwise a mutant would be the key itself, and could not be noticed."""
    measure = ta.Registry().measure("wai-srt")
    built = []
    for mutant in mutants(measure):
        try:
            built.append(mutant.build().fingerprint)
        except ta.DefinitionError:
            continue
    assert len(built) > 50
    assert measure.fingerprint not in built
