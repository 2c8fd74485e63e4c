"""How does another program compute a quantity while a lever moves?  Its expression over the levers alone,
everything else folded into constants.
"""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from typing import TypeAlias

from hdmodel.explain.symbols import Symbol, leaves

# a constant, the name of a lever, or a sign with its two operands: what JSON can carry
Expression: TypeAlias = int | float | str | list["Expression"]
_LARGEST_WHOLE = 2**53  # up to here every whole number is one of a floating-point format


def moves(symbol: Symbol, levers: Container[str]) -> bool:
    """Whether a quantity depends on one of the levers."""
    return any(part.name in levers for part in leaves(symbol) if part.name)


def expression_of(symbol: Symbol, levers: Container[str]) -> Expression:
    """The expression over those of its names that are in `levers`.

    A constant is written as a quotient of whole numbers where it is no decimal of a floating-point format,
    so that whoever divides loses no more than the last digit.

    >>> from hdmodel.explain.symbols import leaf
    >>> h1, share, q3 = leaf("h1", Fraction(45)), leaf("share", Fraction(3)), leaf("q3", Fraction(7))
    >>> expression_of(h1 / share + q3 / 2 * (1 / share), {"q3"})
    ['+', 15, ['*', ['/', 'q3', 2], ['/', 1, 3]]]
    """
    if symbol.name in levers and symbol.name:
        return symbol.name
    if not symbol.operands or not moves(symbol, levers):
        return _constant(symbol.value)
    left, right = symbol.operands
    return [symbol.operator, expression_of(left, levers), expression_of(right, levers)]


def _constant(value: Fraction) -> Expression:
    if value.denominator == 1 and abs(value.numerator) <= _LARGEST_WHOLE:
        return value.numerator
    is_exact = max(abs(value.numerator), value.denominator) <= _LARGEST_WHOLE
    return ["/", value.numerator, value.denominator] if is_exact else float(value)
