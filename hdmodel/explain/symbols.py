"""What does a formula look like with its numbers in it?  A number that remembers how it came about,
and its printer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

from hdmodel.cache import once

WRITTEN: Mapping[str, str] = {"+": "+", "-": "\N{MINUS SIGN}", "*": "×", "/": "÷"}  # for people
CODED: Mapping[str, str] = {sign: sign for sign in "+-*/"}  # for a spreadsheet or a program

_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "": 3}  # how tightly; a leaf is one piece


@total_ordering
@dataclass(frozen=True, eq=False)
class Symbol:
    """An exact value with its expression: a name, a plain constant (no name),
    or an operator between two symbols.

    Knows `+ - * /` with symbols, fractions and integers; anything else raises `TypeError`, a division by zero
    `ZeroDivisionError`.  Compares by value, since the model asks which of two years is the higher one.

    >>> year = leaf("h1", Fraction(45)) + leaf("q3", Fraction(30)) / 2
    >>> year == 60, infix(year, lambda symbol: symbol.name or str(symbol.value))
    (True, 'h1 + q3 ÷ 2')
    """

    value: Fraction
    name: str = ""
    operator: str = ""
    operands: tuple[()] | tuple[Symbol, Symbol] = ()

    def __add__(self, other: Exact) -> Symbol:
        return _joined("+", self, other)

    def __radd__(self, other: Exact) -> Symbol:
        return _joined("+", other, self)

    def __sub__(self, other: Exact) -> Symbol:
        return _joined("-", self, other)

    def __rsub__(self, other: Exact) -> Symbol:
        return _joined("-", other, self)

    def __mul__(self, other: Exact) -> Symbol:
        return _joined("*", self, other)

    def __rmul__(self, other: Exact) -> Symbol:
        return _joined("*", other, self)

    def __truediv__(self, other: Exact) -> Symbol:
        return _joined("/", self, other)

    def __rtruediv__(self, other: Exact) -> Symbol:
        return _joined("/", other, self)

    def __neg__(self) -> Symbol:
        return _joined("-", 0, self)

    def __abs__(self) -> Symbol:
        return -self if self.value < 0 else self

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Symbol) else other)

    def __lt__(self, other: Exact) -> bool:
        return self.value < as_symbol(other).value

    def __hash__(self) -> int:
        return hash(self.value)

    @once
    def written(self) -> str:
        """The expression as text, to recognise it again. Names stand for themselves, so two names with equal
        values stay apart.
        """
        if not self.operands:
            return self.name or str(self.value)
        left, right = self.operands
        return _between(self.operator, (left, right), (left.written, right.written), WRITTEN)

    @property
    def constant(self) -> Fraction | None:
        """The value of a plain constant, `None` for a name (even one that happens to be 0)
        and for an operation.
        """
        return None if self.name or self.operator else self.value


Exact = Symbol | Fraction | int
LeafPrinter = Callable[[Symbol], str]


def leaf(name: str, value: Fraction) -> Symbol:
    """A number that has a name: the id of a figure, a lever or an entry."""
    return Symbol(value, name)


def as_symbol(number: Exact) -> Symbol:
    """The symbol itself, or a plain constant; raises `TypeError` for a float, which is not exact.

    >>> as_symbol(3)
    Symbol(value=Fraction(3, 1), name='', operator='', operands=())
    """
    if isinstance(number, Symbol):
        return number
    if isinstance(number, int | Fraction):
        return Symbol(Fraction(number))
    raise TypeError(f"not an exact number: {number!r}")


def leaves(symbol: Symbol) -> tuple[Symbol, ...]:
    """Every name and every constant of an expression once, in reading order.

    >>> h1 = leaf("h1", Fraction(45))
    >>> [symbol.name or str(symbol.value) for symbol in leaves((h1 + 7) * h1 / 7)]
    ['h1', '7']
    """
    return tuple({(part.name, part.value): part for part in _walk(symbol)}.values())


def infix(symbol: Symbol, print_leaf: LeafPrinter, signs: Mapping[str, str] = WRITTEN) -> str:
    """The expression as text, read from left to right,
    with the fewest brackets that leave its value as it is.

    `print_leaf` writes a name or a constant; a negative one is bracketed where a sign stands before it.

    >>> a, b, c = (leaf(name, Fraction(2)) for name in "abc")
    >>> infix(a - (b - c) * 3 / -a, lambda symbol: symbol.name or str(symbol.value))
    'a − (b − c) × 3 ÷ (0 − a)'
    """
    if not symbol.operands:
        return print_leaf(symbol)
    left, right = symbol.operands
    sides = infix(left, print_leaf, signs), infix(right, print_leaf, signs)
    return _between(symbol.operator, (left, right), sides, signs)


def _between(
    sign: str, operands: tuple[Symbol, Symbol], sides: tuple[str, str], signs: Mapping[str, str]
) -> str:
    """An operator between the texts of its two sides, bracketed where they must be."""
    (left, right), (first, second) = operands, sides
    if _BINDS[left.operator] < _BINDS[sign]:
        first = f"({first})"
    if _needs_brackets(sign, right) or second.startswith(("-", WRITTEN["-"])):
        second = f"({second})"
    return f"{first} {signs[sign]} {second}"


def _needs_brackets(before: str, right: Symbol) -> bool:
    """Whether a right operand changes its value without brackets: a × (b + c);
    after − or ÷ also a − (b − c) and a ÷ (b ÷ c).
    """
    loosest = _BINDS[before] + (1 if before in "-/" else 0)
    return _BINDS[right.operator] < loosest


def _joined(sign: str, first: Exact, second: Exact) -> Symbol:
    left, right = as_symbol(first), as_symbol(second)
    value = _ARITHMETIC[sign](left.value, right.value)
    folded = _folded(sign, left, right)
    return Symbol(value, operator=sign, operands=(left, right)) if folded is None else folded


def _folded(sign: str, left: Symbol, right: Symbol) -> Symbol | None:
    """The one operand that remains where a constant 0 or 1 changes nothing (or a constant 0 everything),
    else `None`.
    """
    match sign, left.constant, right.constant:
        case ("+", 0, _) | ("*", 1, _) | ("*", _, 0):
            return right
        case ("+" | "-", _, 0) | ("*" | "/", _, 1) | ("*" | "/", 0, _):
            return left
    return None


def _walk(symbol: Symbol) -> Iterator[Symbol]:
    if not symbol.operands:
        yield symbol
    for operand in symbol.operands:
        yield from _walk(operand)
