"""How is a growth rate reckoned?  The year is a mean of its quarters, weighted by last year's values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Indicator
from hdmodel.facts import Bases, Facts, made_among
from hdmodel.form import GROWTH, READINGS, Form, Role, Values
from hdmodel.formulas import Number
from hdmodel.numbers import plain, printed
from hdmodel.paths import Path
from hdmodel.problems import Problem
from hdmodel.required import Required, solve_each
from hdmodel.units import PERCENT

RATE = Role("growth", PERCENT, usual=("h1", "-20", "40", "0.1"))
_SHARES = ("h1_share", "q3_share_of_h2")


class WeightedGrowth(Form):
    """A growth rate in % (增速), each quarter's own; both quarters need the same one."""

    name = "weighted_growth"
    kind, read_as = GROWTH, "growth"
    roles = (RATE,)
    figures_needed = ("h1", "base_h1", *_SHARES)
    figures_reckoned_with = figures_needed
    entries_above_0 = ("target", *_SHARES)
    entries_below_100 = ("h1_share",)
    figures_above_0 = ("base_h1", *_SHARES)
    settled_by_q3 = takes_the_place_of = RATE.name
    least_q3 = Fraction(-100)  # all that there was is gone

    def path(self, facts: Facts) -> Path:
        """Growth in % of H1, of each quarter, to September and of the year."""
        bases, h1 = _bases(facts), facts.h1
        q3, q4 = facts.in_both_quarters(RATE)
        return Path(
            h1, q3, q4,
            f.joined_growth(bases.h1, h1, bases.q3, q3),
            f.year_growth(bases.h1, h1, bases.q3, q3, bases.q4, q4),
        )  # fmt: skip

    def required(self, facts: Facts, target: Number) -> Required:
        """Growth in %: the same one in both quarters, or one quarter's with the other as it is."""
        needed = solve_each(facts, target)
        return Required(h2=needed.both, q3=needed.q3, q4=needed.q4)

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """% for rates and shares, one unit of amounts for all of last year's values."""
        if name in (*READINGS, *_SHARES):
            return PERCENT
        return indicator.amount_unit or None if name in ("base_h1", "h1_amount") else None

    def bases(self, facts: Facts) -> Bases:
        """Last year's values, in the unit of `base_h1`."""
        h1 = facts.number("base_h1")
        h1_share, q3_share = (facts.number(name) for name in _SHARES)
        h2 = f.base_h2(h1, h1_share)
        return Bases(h1, f.base_q3(h2, q3_share), f.base_q4(h2, q3_share))

    def weights(self, is_q3_known: bool) -> Sequence[str]:
        """The first half's share; that of Q3 only once Q3 is known."""
        return _SHARES if is_q3_known else _SHARES[:1]

    def actual_q3(self, facts: Facts) -> Number | None:
        """Growth of Q3 alone in %; a cumulative rate (累计) is turned into it by last year's values."""
        cumulative = facts.number("actual_ytd_q3")
        if cumulative is None:
            return facts.number("actual_q3")
        bases = _bases(facts)
        return f.growth_since_h1(bases.h1, facts.h1, bases.q3, cumulative)

    def contradictions(self, facts: Facts, values: Values) -> list[Problem]:
        """A cumulative growth so low that Q3 alone would have brought less than nothing."""
        alone = facts.actual_q3
        if alone is None or alone >= self.least_q3:
            return []
        made = made_among(values, facts.edition.actuals_of(facts.indicator.id))
        return [_below(name, value, self._floor(facts)) for name, value in made.items()]

    def _floor(self, facts: Facts) -> Fraction:
        """The least cumulative growth that there can be."""
        bases = _bases(facts)
        return Fraction(f.joined_growth(bases.h1, facts.h1, bases.q3, self.least_q3))


def _bases(facts: Facts) -> Bases:
    assert facts.bases is not None, "a growth rate is weighted by last year's values"
    return facts.bases


def _below(name: str, value: Fraction, floor: Fraction) -> Problem:
    return Problem("out_of_range", name, plain(value), f"{printed(floor, 2)}…")


WEIGHTED_GROWTH = WeightedGrowth()
