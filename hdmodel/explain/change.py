"""How was a change of the year worked out?  The difference of two years over symbols,
and each lever's part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Step, steps_to
from hdmodel.explain.symbols import Symbol, as_symbol, infix, leaf
from hdmodel.explain.worked_lines import Leaf, Worked, given_parts, named_in, over_symbols, unit_of
from hdmodel.projection import Projection
from hdmodel.reasons import Transition, each_alone, reasons
from hdmodel.scenario import Scenario

CHANGES = ("effect", "together", "change")  # a lever's part, what no single lever brings, and the whole


@dataclass(frozen=True)
class _Year:
    """A year that a change is reckoned from: the step that it gives, the lever that alone has moved in it,
    and its projection over symbols.
    """

    gives: str
    lever: str
    scenario: Scenario
    projection: Projection

    @property
    def full(self) -> Symbol:
        assert self.projection.path.full_year is not None, "`reasons` compares years that are there"
        return as_symbol(self.projection.path.full_year)


def worked_change(transition: Transition, quantity: str, lever: str = "") -> Worked | None:
    """How one of `CHANGES` between two scenarios was worked out; `None` where `reasons` has no such number.

    `effect` is that of `lever` alone. Raises `KeyError` for an indicator that is not there.
    """
    why = reasons(transition)
    if why is None or (quantity == "effect" and lever not in {part.lever for part in why.parts}):
        return None
    alone = each_alone(transition.before, transition.after)
    parts = (
        [lever]
        if quantity == "effect"
        else [part.lever for part in why.parts]
        if quantity == "together"
        else []
    )
    taken = [("year_before", "", transition.before), *(("year_alone", id, alone[id]) for id in parts)]
    taken += [] if quantity == "effect" else [("year_after", "", transition.after)]
    edition, indicator = transition.edition, transition.indicator
    years = [
        _Year(gives, moved, scenario, over_symbols(edition, scenario, indicator))
        for gives, moved, scenario in taken
    ]
    return _shown(edition, quantity, years)


def _shown(edition: Edition, quantity: str, years: Sequence[_Year]) -> Worked:
    """The difference between the last year and the first, with the steps of all years. The last year is the
    one after the change, or that of one lever alone.
    """
    in_full = [year.full for year in years]
    in_short = [leaf(year.gives, year.full.value) for year in years]
    steps = [step for year in years for step in _steps(edition, year)]
    expression, short = _difference(in_full), _difference(in_short)
    projection = years[0].projection
    unit, formula = unit_of(edition, projection, quantity), formula_of(quantity, projection.kind, short)
    result = Step("", short, unit, formula=formula)
    return Worked(
        quantity,
        unit,
        expression.value,
        expression,
        _leaves(edition, years),
        (*_each_once(steps), result),
    )


def _difference(years: list[Symbol]) -> Symbol:
    """The last year less the first, and less what each year between them adds on its own."""
    before, *alone, last = years
    total = f.change(last, before)
    return as_symbol(
        f.together(total, reduce(add, (f.change(year, before) for year in alone))) if alone else total
    )


def _steps(edition: Edition, year: _Year) -> tuple[Step, ...]:
    projection = year.projection
    formula = formula_of(year.gives, projection.kind, year.full)
    *parts, last = steps_to(year.full, projection.unit, given_parts(edition, projection), formula)
    return (
        *(replace(part, lever=year.lever, year=year.gives) for part in parts),
        replace(last, gives=year.gives, lever=year.lever),
    )


def _each_once(steps: list[Step]) -> list[Step]:
    """The steps of all years without repetition. A step with the same result in all years names no year; one
    with several results stands once for each.
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


def _leaves(edition: Edition, years: Sequence[_Year]) -> tuple[Leaf, ...]:
    """Every number of every year once; a lever that moved has its value before first."""
    terms = (term for year in years for term in named_in(edition, year.scenario, year.full))
    return tuple(dict.fromkeys(terms))
