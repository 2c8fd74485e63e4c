"""How far did the second half move the user's own years?  Counted against what this year needs;
never a probability.

Each year is held against its own first half alone, so that amounts of two years are never compared.
A share in % is given from eight years on, with its interval; below that the count is all there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from hdmodel import formulas as f
from hdmodel.form import Kind
from hdmodel.formulas import Number

FEWEST_FOR_A_SHARE = 8  # years
COLUMNS = ("year", "h1", "full_year")
YEARS = (1990, 2100)
# points: either rate of a year is printed to one decimal, so their difference may be off by this
ROUNDING = Fraction(1, 10)
Z = Fraction(NormalDist().inv_cdf(0.975))  # 1.96: 95 %, both sides


@dataclass(frozen=True)
class Year:
    """One past year of an indicator: first half cumulative (上半年累计) and full year (全年),
    both in one unit.
    """

    year: int
    h1: Fraction
    full_year: Fraction


@dataclass(frozen=True)
class Frequency:
    """The share of years in %, and the 95 % interval that so few years leave it."""

    share: Fraction
    low: Fraction
    high: Fraction


def move(kind: Kind, h1: Number, full_year: Number) -> Number:
    """How far the second half moved the year (下半年的变动): a flow as a multiple of H1,
    a rate in percentage points.

    >>> from hdmodel.form import FLOW, GROWTH
    >>> move(GROWTH, Fraction(12), Fraction(9)), move(FLOW, Fraction(10), Fraction(24))
    (Fraction(-3, 1), Fraction(12, 5))
    """
    return f.year_over_h1(full_year, h1) if kind.is_sum else f.move_in_points(full_year, h1)


def needed(kind: Kind, h1: Number | None, target: Number | None) -> Number | None:
    """The move that lands this year on its target; `None` without a target or a first half to start from."""
    if h1 is None or target is None or (kind.is_sum and h1 == 0):
        return None
    return move(kind, h1, target)


def far_enough(kind: Kind, years: Iterable[Year], need: Fraction) -> tuple[Year, ...]:
    """The years whose second half moved at least as far as is needed now; compared unrounded."""
    return tuple(year for year in years if move(kind, year.h1, year.full_year) >= need)


def within_rounding(kind: Kind, years: Iterable[Year], need: Fraction) -> tuple[Year, ...]:
    """The years of a rate that lie so close to what is needed that the rounding of printed figures alone may
    decide.
    """
    return tuple(
        year
        for year in years
        if not kind.is_sum and abs(move(kind, year.h1, year.full_year) - need) <= ROUNDING
    )


def frequency(k: int, n: int) -> Frequency | None:
    """k of n years in % with its 95 % interval; `None` below eight years,
    where a percentage would say more than is known.

    The interval is Wilson's score interval without continuity correction (E. B. Wilson, JASA 22, 1927,
    209-212), which Brown, Cai and DasGupta (Statistical Science 16, 2001, 101-133) advise for up to 40
    observations.
    """
    if n < FEWEST_FOR_A_SHARE:
        return None
    share = f.share_of_years(Fraction(k), Fraction(n))
    low, high = (f.end_of_interval(Fraction(k), Fraction(n), Z, root) for root in roots_of(k, n))
    return Frequency(share, max(Fraction(0), min(share, low)), min(Fraction(100), max(share, high)))


def roots_of(k: int, n: int) -> tuple[Fraction, Fraction]:
    """Both roots in Wilson's interval of k of n, the negative one first, as exact as a float is."""
    root = Fraction(sqrt(f.under_root(Fraction(k), Fraction(n), Z)))
    return -root, root
