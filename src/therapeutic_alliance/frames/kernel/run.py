"""The kernel: blocks of rows as small whole numbers that stay in the processor's cache.

An answer becomes a code of one byte if the scales allow; codes are summed in the narrowest kind
of number that cannot overflow, and each sum becomes a score by one division, or by a table of
all quotients.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from therapeutic_alliance.frames.kernel.arrays import Answers
from therapeutic_alliance.frames.kernel.codes import Read, reader
from therapeutic_alliance.frames.kernel.quotients import fill, total
from therapeutic_alliance.frames.kernel.scored import Nulls, Scored, put_flags, room
from therapeutic_alliance.frames.kernel.scratch import Scratch
from therapeutic_alliance.frames.kernel.strata import Strata, strata
from therapeutic_alliance.frames.plan import Plan

BLOCK = 2**17
"""Rows at a time: a multiple of 8, so that bits of blocks do not share bytes."""


def run(
    plan: Plan, answers: Sequence[Answers], rows: int, nulls: Nulls, block: int = BLOCK
) -> Scored:
    """Score every row. ``answers`` are those of the items in printed order."""
    made = strata(plan)
    kinds = [each.kind for each in answers]
    readers = [reader(made.coding, *each) for each in zip(plan.items, kinds, strict=True)]
    out = room(len(made.scores), rows, nulls)
    scratch = Scratch(0)
    with np.errstate(all="ignore"):
        for start in range(0, rows, block):
            stop = min(start + block, rows)
            if scratch.size != stop - start:
                scratch = Scratch(stop - start)
            _Block(made, scratch, start, stop).score(answers, readers, out, nulls)
    return out


class _Block:
    """A block of rows: sums of codes and numbers of answers by stratum, then scores."""

    def __init__(self, made: Strata, scratch: Scratch, start: int, stop: int) -> None:
        self.made, self.scratch = made, scratch
        self.start, self.stop = start, stop
        self.code = scratch("code", made.coding.codes)
        self.accepted = scratch("accepted", bool)
        self.highest = scratch.zeros("highest", made.coding.codes)
        self.absent = scratch.zeros("absent", made.numbers)
        self.parts = [
            (scratch.zeros(f"sum {place}", each.sums), scratch.zeros(f"n {place}", made.numbers))
            for place, each in enumerate(made.strata)
        ]

    def score(
        self, answers: Sequence[Answers], readers: Sequence[Read], out: Scored, nulls: Nulls
    ) -> None:
        """Fill in the new columns of these rows."""
        for stratum, part in zip(self.made.strata, self.parts, strict=True):
            for place in stratum.positions:
                self._add(*answers[place].block(self.start, self.stop), readers[place], *part)
        self._write_counts(out, nulls)
        for stratum, part in zip(self.made.strata, self.parts, strict=True):
            stratum.turn(*part)
        self._write_scores(out, nulls)

    def _add(self, values: Any, missing: Any, read: Read, sums: Any, numbers: Any) -> None:
        code, accepted = self.code, self.accepted
        read(values, code, accepted, self.scratch)
        if values.dtype.kind == "f":
            nan = np.isnan(values, out=self.scratch("nan", bool))
            missing = nan if missing is None else np.logical_or(nan, missing, out=nan)
        if missing is not None:
            np.greater(accepted, missing, out=accepted)
            np.add(self.absent, missing.view(np.uint8), out=self.absent)
        flags = accepted.view(np.uint8)
        np.multiply(code, flags, out=code)
        np.add(numbers, flags, out=numbers)
        np.add(sums, code, out=sums)
        np.maximum(self.highest, code, out=self.highest)

    def _write_counts(self, out: Scored, nulls: Nulls) -> None:
        scratch, rows, made = self.scratch, slice(self.start, self.stop), self.made
        number = total([each for _, each in self.parts], scratch("number", made.numbers))
        np.copyto(out.missing[rows], self.absent)
        known = np.add(number, self.absent, out=scratch("level", made.numbers))
        np.copyto(out.invalid[rows], np.subtract(made.numbers.type(len(made.items)), known))
        whole = total([each for each, _ in self.parts], scratch("whole", made.sums))
        if_alike = scratch("alike", made.sums)
        np.multiply(self.highest, number, out=if_alike, dtype=made.sums)
        alike = np.equal(if_alike, whole, out=self.accepted)
        uniform = np.greater(alike, number < 2, out=alike)
        put_flags(out.uniform, uniform, nulls, self.start, self.stop)

    def _write_scores(self, out: Scored, nulls: Nulls) -> None:
        rows, coding = slice(self.start, self.stop), self.made.coding
        for place, score in enumerate(self.made.scores):
            parts = [self.parts[each] for each in score.strata]
            number = fill(coding, score, parts, out.values[place][rows], self.scratch)
            np.copyto(out.answered[place][rows], number)
            needed = number.dtype.type(score.plan.needed)
            if nulls == "mask":
                np.less(number, needed, out=out.nulls[place][rows])
            elif nulls == "bits":
                enough = np.greater_equal(number, needed, out=self.accepted)
                put_flags(out.nulls[place], enough, nulls, self.start, self.stop)
