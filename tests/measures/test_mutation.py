"""The worked cases notice every one-step change of every key.

A worked case that no wrong key could fail would prove nothing; this shows that none could pass.
"""

import pytest

import therapeutic_alliance as ta
from tests.conftest import Mutated
from tests.measures import worked
from therapeutic_alliance.testing.keys.mutants import Mutant, mutants, same_key


def _noticed(mutant: Mutant, number: int, file: worked.Worked) -> bool:
    """A different value, status, range or refusal; or no measure at all comes of it."""
    try:
        # a version of its own, because a measure's hash is made of id and version
        measure = mutant.build(version=f"mutant-{number}")
        return next(worked.departures(measure, file), None) is not None
    except ta.AllianceError:
        return True


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_every_mutant_is_noticed(measure_id: str, mutated: list[Mutated]) -> None:
    file = worked.read(measure_id)
    measure = worked.edition(file)
    every = list(mutants(measure))
    survivors = [each for number, each in enumerate(every) if not _noticed(each, number, file)]
    others = [each.what for each in survivors if not same_key(measure, each.build())]
    mutated.append(Mutated(measure_id, len(every), len(every) - len(survivors), len(survivors)))
    assert len(every) > len(measure.items) + 10
    assert others == []


def test_all_mutants_are_made() -> None:
    """Fewer would be noticed as well."""
    files = map(worked.read, worked.IDS)
    assert sum(1 for file in files for _ in mutants(worked.edition(file))) == 5_508


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
