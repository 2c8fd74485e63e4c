"""In which steps does a long expression read best?  What has a name of its own comes first,
then the result made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hdmodel.explain.symbols import Symbol, as_symbol, infix, leaf, leaves
from hdmodel.formulas import Number


@dataclass(frozen=True)
class Part:
    """An expression that has a name of its own inside longer ones, and its unit."""

    symbol: Symbol
    unit: str


@dataclass(frozen=True)
class Step:
    """One step of a result: what it gives (blank for the result itself), its expression and unit,
    of which lever if of one.

    It gives last year's quarters or its whole (`base_q3`, `base_q4`, `base_year`), a flow's first half or
    quarter (`h1`, `q3`, `q4`), what both quarters need (`required_both`), a full year: `year_before`,
    `year_after`, `year_alone` (with `lever` alone moved), where the target is met with `lever` at 0 or at 1
    (`crossing_at_0`, `crossing_at_1`), a root, or what stands under it. For the end of a band it may be a
    figure that follows from others, by its id. `year` is the full year that it belongs to, where it comes out
    otherwise in
    another.
    """

    gives: str
    expression: Symbol
    unit: str
    lever: str = ""
    year: str = ""


def parts_of(numbers: Mapping[str, Number | None], unit: str) -> dict[str, Part]:
    """The numbers that are there as parts, all in one unit."""
    return {name: Part(as_symbol(number), unit) for name, number in numbers.items() if number is not None}


def steps_to(found: Symbol, unit: str, parts: Mapping[str, Part]) -> tuple[Step, ...]:
    """The steps to a result in `unit`: those of its parts that are reckoned, in their order,
    each under its name, then itself.
    """
    steps: list[Step] = []
    named: dict[str, Symbol] = {}
    for name, part in parts.items():
        if part.symbol.operands and _written(part.symbol) != _written(found):
            steps.append(Step(name, _folded(part.symbol, named), part.unit))
            named[_written(part.symbol)] = leaf(name, part.symbol.value)
    result = Step("", _folded(found, named), unit)
    return (*_leading_to(result, steps), result)


def _leading_to(result: Step, steps: list[Step]) -> list[Step]:
    """The steps that the result is made from, at first hand or by another step."""
    used = {symbol.name for symbol in leaves(result.expression)}
    kept: list[Step] = []
    for step in reversed(steps):
        if step.gives in used:
            used |= {symbol.name for symbol in leaves(step.expression)}
            kept.insert(0, step)
    return kept


def _folded(symbol: Symbol, named: Mapping[str, Symbol]) -> Symbol:
    """The expression with every part that has a name of its own written as that name."""
    if not symbol.operands:
        return symbol
    name = named.get(_written(symbol))
    left, right = symbol.operands
    return name or Symbol(
        symbol.value, symbol.name, symbol.operator, (_folded(left, named), _folded(right, named))
    )


def _written(symbol: Symbol) -> str:
    """The whole of an expression as text, by which one is known again: names stand for themselves,
    so equal values do not meet.
    """
    return infix(symbol, lambda one: one.name or str(one.value))
