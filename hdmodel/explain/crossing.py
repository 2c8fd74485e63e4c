"""Where on a lever is the target met, and what does another lever make of that?  Worked out over symbols."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.explain.steps import Step, steps_to
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import Worked, given_parts, named_in, over_symbols, shown, symbols_of
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.projection import Outcome
from hdmodel.required import solve
from hdmodel.scenario import Scenario


def worked_crossing(edition: Edition, scenario: Scenario, indicator: str, lever: str) -> Worked | None:
    """At which value of a lever (in its unit) the year lands on target;
    `None` where it does not move the year to one.
    """
    crossing = _crossing(edition, scenario, indicator, lever)
    if crossing is None:
        return None
    return shown(
        Outcome(edition, scenario, over_symbols(edition, scenario, indicator)),
        "crossing",
        edition.levers[lever].unit,
        crossing,
    )


@dataclass(frozen=True)
class Exchange:
    """Less of a lever for more of another."""

    lever: str
    other: str


def worked_trade_off(
    edition: Edition, scenario: Scenario, indicator: str, exchange: Exchange
) -> Worked | None:
    """How much less of the lever lands on target for each unit more of the other;
    `None` where the lever cannot land there.
    """
    lever, other = exchange.lever, exchange.other
    places = {at: Scenario(tuple({**scenario.as_dict(), other: Fraction(at)}.items())) for at in (0, 1)}
    crossings = {at: _crossing(edition, place, indicator, lever) for at, place in places.items()}
    at_0, at_1 = crossings[0], crossings[1]
    if at_0 is None or at_1 is None:
        return None
    expression = as_symbol(f.trade_off(at_0, at_1))
    unit = edition.levers[lever].unit
    parts = given_parts(edition, over_symbols(edition, scenario, indicator))
    *first, step_0 = steps_to(at_0, unit, parts, "crossing")
    *_, step_1 = steps_to(at_1, unit, parts, "crossing")
    names = {at: leaf(f"crossing_at_{at}", crossing.value) for at, crossing in ((0, at_0), (1, at_1))}
    steps = [
        Step(names[at].name, step.expression, unit, other, formula=step.formula)
        for at, step in ((0, step_0), (1, step_1))
    ]
    leaves = dict.fromkeys((*named_in(edition, places[0], at_0), *named_in(edition, places[1], at_1)))
    result = Step("", as_symbol(f.trade_off(names[0], names[1])), "", formula="trade_off")
    return Worked("trade_off", "", expression.value, expression, tuple(leaves), (*first, *steps, result))


def _crossing(edition: Edition, scenario: Scenario, indicator: str, lever: str) -> Symbol | None:
    facts = facts_of(edition, indicator, symbols_of(edition, scenario))
    if facts.target is None or facts.path.full_year is None or lever not in levers_at_work(facts):
        return None
    value = solve(facts, [lever], facts.target)
    return None if value is None else as_symbol(value)
