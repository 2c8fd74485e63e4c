"""In which steps does a long expression read best?  What has a name of its own comes first,
then the result made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, sub

from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.symbols import Symbol, as_symbol, leaf, leaves
from hdmodel.form import Kind
from hdmodel.formulas import Number


@dataclass(frozen=True)
class Part:
    """An expression that has a name of its own inside longer ones, its unit,
    and the formula (of `hdmodel.formulas`) that gives it.
    """

    symbol: Symbol
    unit: str
    formula: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a result: what it gives (blank for the result itself), its expression and unit,
    of which lever if of one.

    It gives last year's quarters or its whole (`base_q3`, `base_q4`, `base_year`), a flow's first half or
    quarter (`h1`, `q3`, `q4`), what both quarters need (`required_both`), a full year: `year_before`,
    `year_after`, `year_alone` (with `lever` alone moved), where the target is met with `lever` at 0 or at 1
    (`crossing_at_0`, `crossing_at_1`), a root, or what stands under it. For the end of a band it may be a
    figure that follows from others, by its id. `year` is the full year that it belongs to, where it comes out
    otherwise in another. Why it is reckoned so is said by a `formula` of `hdmodel.formulas`, or by the note
    of a `figure`; both are blank for a number that stands for itself.
    """

    gives: str
    expression: Symbol
    unit: str
    lever: str = ""
    year: str = ""
    formula: str = ""
    figure: str = ""


def parts_of(numbers: Mapping[str, Number | None], unit: str, kind: Kind) -> dict[str, Part]:
    """The numbers that are there as parts of an indicator of some kind, all in one unit."""
    symbols = {name: as_symbol(number) for name, number in numbers.items() if number is not None}
    return {name: Part(symbol, unit, formula_of(name, kind, symbol)) for name, symbol in symbols.items()}


def steps_to(expression: Symbol, unit: str, parts: Mapping[str, Part], formula: str = "") -> tuple[Step, ...]:
    """The steps to a result in `unit`, which `formula` gives: those of its parts that are reckoned, in their
    order, each under its name, then itself; what is added and subtracted again is left out of all.
    """
    steps: list[Step] = []
    named: dict[str, Symbol] = {}
    for name, part in parts.items():
        if part.symbol.operands and part.symbol.written != expression.written:
            shown = simplified(_folded(part.symbol, named))
            steps.append(Step(name, shown, part.unit, formula=part.formula))
            named[part.symbol.written] = leaf(name, part.symbol.value)
    shown = simplified(_folded(expression, named))
    result = Step("", shown, unit, formula=formula if expression.operands else "")
    return (*_leading_to(result, steps), result)


def _leading_to(result: Step, steps: list[Step]) -> list[Step]:
    """The steps that the result needs, directly or through another step."""
    used = {symbol.name for symbol in leaves(result.expression)}
    kept: list[Step] = []
    for step in reversed(steps):
        if step.gives in used:
            used |= {symbol.name for symbol in leaves(step.expression)}
            kept.insert(0, step)
    return kept


def simplified(symbol: Symbol) -> Symbol:
    """The expression for reading: a difference without what both sides have in common.

    >>> from fractions import Fraction
    >>> h1, q3, w = (leaf(name, Fraction(2)) for name in ("h1", "q3", "w"))
    >>> for long in ((h1 + q3 / 100) - h1, h1 / w - (h1 + q3) / w, 5 - (h1 + q3)):
    ...     print(simplified(long).written)
    q3 ÷ 100
    (0 − q3) ÷ w
    5 − (h1 + q3)
    """
    if not symbol.operands:
        return symbol
    left, right = (simplified(operand) for operand in symbol.operands)
    if symbol.operator != "-":
        return Symbol(symbol.value, symbol.name, symbol.operator, (left, right))
    if left.operands and right.operands and left.operator == right.operator and left.operator in "*/":
        (above, by), (other, same) = left.operands, right.operands
        if by.written == same.written:
            less = simplified(above - other)
            return less / by if left.operator == "/" else less * by
    return _without_common(left, right)


def _without_common(left: Symbol, right: Symbol) -> Symbol:
    """A difference without the terms that are added on one side and subtracted on the other."""
    added, taken = [*_terms(left, 1)], [*_terms(right, 1)]
    plus = [term for sign, term in added if sign > 0] + [term for sign, term in taken if sign < 0]
    minus = [term for sign, term in added if sign < 0] + [term for sign, term in taken if sign > 0]
    kept: list[Symbol] = []
    for term in minus:
        at = next((at for at, other in enumerate(plus) if other.written == term.written), None)
        if at is None:
            kept.append(term)
        else:
            del plus[at]
    if len(kept) == len(minus):
        return left - right
    start = reduce(add, plus) if plus else as_symbol(0)
    return reduce(sub, kept, start)


def _terms(symbol: Symbol, sign: int) -> Iterator[tuple[int, Symbol]]:
    """The terms of a sum, each with its sign."""
    if not symbol.operands or symbol.operator not in "+-":
        yield sign, symbol
        return
    left, right = symbol.operands
    yield from _terms(left, sign)
    yield from _terms(right, sign if symbol.operator == "+" else -sign)


def _folded(symbol: Symbol, named: Mapping[str, Symbol]) -> Symbol:
    """The expression with every part that has a name of its own written as that name."""
    if not symbol.operands:
        return symbol
    name = named.get(symbol.written)
    left, right = symbol.operands
    return name or Symbol(
        symbol.value, symbol.name, symbol.operator, (_folded(left, named), _folded(right, named))
    )
