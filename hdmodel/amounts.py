"""What does a requirement amount to (折合)?  A monthly average and its pace,
or an amount at last year's prices.
"""

from __future__ import annotations

from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.formulas import Number
from hdmodel.projection import Projection

MONTHS = {"h2": Fraction(6), "q3": Fraction(3), "q4": Fraction(3)}
_H1_MONTHS = Fraction(6)


def monthly_of(projection: Projection, period: str) -> Number | None:
    """Average a month (月均) of a flow's requirement of `h2`, `q3` or `q4`, in its unit, of either sign."""
    amount = getattr(projection.required, period)
    return None if not projection.kind.is_sum or amount is None else f.monthly(amount, MONTHS[period])


def pace_of(projection: Projection, period: str) -> Number | None:
    """That average as a multiple of the first half's own (相当于上半年月均的倍数);
    `None` where the first half brought nothing.
    """
    monthly, h1 = monthly_of(projection, period), projection.path.h1
    return None if monthly is None or h1 is None or h1 == 0 else f.pace(monthly, f.monthly(h1, _H1_MONTHS))


def required_monthly(projection: Projection, period: str) -> Number | None:
    """Average a month (月均) of what a flow must still bring in `h2`, `q3` or `q4`, in its unit;
    `None` where that is nothing.
    """
    monthly = monthly_of(projection, period)
    return None if monthly is None or not monthly > 0 else monthly


def required_pace(projection: Projection, period: str) -> Number | None:
    """That average as a multiple of the first half's own, where something is required."""
    return None if required_monthly(projection, period) is None else pace_of(projection, period)


def required_amount(projection: Projection, period: str) -> Number | None:
    """The amount at last year's prices (按上年不变价) that a required growth stands for,
    in the unit of the bases.

    `None` where last year's values are not the city's own.
    """
    growth, bases = getattr(projection.required, period), projection.bases
    if bases is None or projection.amounts is None or growth is None:
        return None
    return f.amount_at_growth({"h2": bases.q3 + bases.q4, "q3": bases.q3, "q4": bases.q4}[period], growth)
