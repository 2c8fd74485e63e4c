"""How far may a printed figure be from the truth?  A rounded number is an interval,
and arithmetic carries it along.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hdmodel.numbers import read_number


@dataclass(frozen=True)
class Interval:
    """Every number from `low` to `high`; knows `+ - * /`, so that the formulas take it like any number.

    Dividing by an interval that holds zero raises `ZeroDivisionError`.
    """

    low: Fraction
    high: Fraction

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval | Fraction | int) -> Interval:
        that = _interval(other)
        return Interval(self.low + that.low, self.high + that.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval | Fraction | int) -> Interval:
        return self + -_interval(other)

    def __rsub__(self, other: Fraction | int) -> Interval:
        return -self + other

    def __mul__(self, other: Interval | Fraction | int) -> Interval:
        that = _interval(other)
        ends = [a * b for a in (self.low, self.high) for b in (that.low, that.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval | Fraction | int) -> Interval:
        that = _interval(other)
        if that.low <= 0 <= that.high:
            raise ZeroDivisionError("division by an interval that holds zero")
        return self * Interval(1 / that.high, 1 / that.low)

    def __rtruediv__(self, other: Fraction | int) -> Interval:
        return _interval(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


def as_printed(written: str) -> Interval:
    """The numbers that print as `written` when rounded to its last decimal.

    >>> printed = as_printed("13.8")
    >>> float(printed.low), float(printed.high)
    (13.75, 13.85)
    >>> rounded = as_printed("2.088e5")
    >>> float(rounded.low), float(rounded.high)
    (208750.0, 208850.0)
    """
    value = read_number(written)
    half = Fraction(Decimal(1).scaleb(int(Decimal(written.strip()).as_tuple().exponent))) / 2
    return Interval(value - half, value + half)


def _interval(value: Interval | Fraction | int) -> Interval:
    return value if isinstance(value, Interval) else Interval(Fraction(value), Fraction(value))
