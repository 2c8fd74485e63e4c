"""How was a change of the year worked out?  The difference of two years over symbols,
and each lever's part in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import reduce
from operator import add

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Step, steps_to
from hdmodel.explain.symbols import Symbol, as_symbol, infix, leaf
from hdmodel.explain.worked_lines import Leaf, Worked, given_parts, named_in, over_symbols, unit_of
from hdmodel.projection import Projection
from hdmodel.reasons import each_alone, reasons
from hdmodel.scenario import Scenario

CHANGES = ("effect", "together", "change")  # a lever's part, what no single lever brings, and the whole


def worked_change(
    edition: Edition, before: Scenario, after: Scenario, indicator: str, quantity: str, lever: str = ""
) -> Worked | None:
    """How one of `CHANGES` between two scenarios was worked out; `None` where `reasons` has no such number.

    `effect` is that of `lever` alone. Raises `KeyError` for an indicator that is not there.
    """
    found = reasons(edition, before, after, indicator)
    if found is None or (quantity == "effect" and lever not in {part.lever for part in found.parts}):
        return None
    alone = each_alone(before, after)
    parts = (
        [lever]
        if quantity == "effect"
        else [part.lever for part in found.parts]
        if quantity == "together"
        else []
    )
    years = [("year_before", "", before), *(("year_alone", id, alone[id]) for id in parts)]
    years += [] if quantity == "effect" else [("year_after", "", after)]
    return _shown(edition, indicator, quantity, years)


def _shown(edition: Edition, indicator: str, quantity: str, years: list[tuple[str, str, Scenario]]) -> Worked:
    """The difference over the years it takes: the first is the one before,
    the last the whole change's or the lever's own.
    """
    projections = [over_symbols(edition, scenario, indicator) for _, _, scenario in years]
    in_full = [_year(projection) for projection in projections]
    in_short = [leaf(gives, year.value) for (gives, _, _), year in zip(years, in_full, strict=True)]
    steps = [
        step
        for (gives, lever, _), projection, year in zip(years, projections, in_full, strict=True)
        for step in _steps(edition, projection, year, gives, lever)
    ]
    expression, unit = _difference(in_full), unit_of(edition, projections[0], quantity)
    named = _leaves(edition, [scenario for _, _, scenario in years], in_full)
    short = _difference(in_short)
    result = Step("", short, unit, formula=formula_of(quantity, projections[0].kind, short))
    return Worked(quantity, unit, expression.value, expression, named, (*_each_once(steps), result))


def _year(projection: Projection) -> Symbol:
    assert projection.path.full_year is not None, "`reasons` compares years that are there"
    return as_symbol(projection.path.full_year)


def _difference(years: list[Symbol]) -> Symbol:
    """The last year against the first, less what each of those between brings alone."""
    before, *alone, last = years
    total = f.change(last, before)
    return as_symbol(
        f.together(total, reduce(add, (f.change(year, before) for year in alone))) if alone else total
    )


def _steps(
    edition: Edition, projection: Projection, year: Symbol, gives: str, lever: str
) -> tuple[Step, ...]:
    formula = formula_of(gives, projection.kind, year)
    *parts, last = steps_to(year, projection.unit, given_parts(edition, projection), formula)
    return (
        *(replace(part, lever=lever, year=gives) for part in parts),
        replace(last, gives=gives, lever=lever),
    )


def _each_once(steps: list[Step]) -> list[Step]:
    """What comes out alike in all years stands once and names no year; what does not,
    once for each way it comes out.
    """
    ways: dict[tuple[str, str], Step] = {}
    for step in steps:
        ways.setdefault((step.gives, infix(step.expression, _with_value)), step)
    times = Counter(gives for gives, _ in ways)
    return [
        replace(step, lever="", year="") if step.year and times[step.gives] == 1 else step
        for step in ways.values()
    ]


def _with_value(symbol: Symbol) -> str:
    return f"{symbol.name}={symbol.value}"


def _leaves(edition: Edition, scenarios: list[Scenario], years: list[Symbol]) -> tuple[Leaf, ...]:
    """Every number of every year once: of a lever that moved, its value before comes first."""
    found = (
        one
        for scenario, year in zip(scenarios, years, strict=True)
        for one in named_in(edition, scenario, year)
    )
    return tuple(dict.fromkeys(found))
