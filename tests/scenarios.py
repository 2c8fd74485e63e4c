"""Ways to say a scenario in one line, and to draw any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from hdmodel import Edition, PageState, Scenario, baseline, change, open_link
from hdmodel import formulas as f
from hdmodel.facts import facts_of, merged
from hdmodel.links.plans import Plan
from hdmodel.scenario import with_values


def scenario_of(edition: Edition, *settings_: str) -> Scenario:
    return change(edition, baseline(edition), [tuple(setting.split("=")) for setting in settings_])


def usable(edition: Edition, values: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    """The values, with what they need beside them: one way only of saying what Q3 brought,
    both amounts for an entry in 亿元, and
    a cumulative number no lower than H1 and no more starts than there is room for."""
    made: dict[str, Fraction | None] = dict(values)
    for id, indicator in edition.indicators.items():
        ways = [name for name in edition.actuals_of(id) if name in made]
        for name in ways[1:]:
            del made[name]
        in_amounts = [
            name
            for name in (*ways[:1], *edition.plans_of(id))
            if name in made and edition.levers[name].unit == "亿元"
        ]
        if in_amounts and f"{id}.target" in edition.levers and f"{id}.target_index" in edition.figures:
            made = {f"{id}.target": Fraction(40), f"{id}.h1": Fraction(18), **made}
        if ways and indicator.kind.is_sum and "ytd" in ways[0]:
            numbers = merged(edition, made.items())
            facts = facts_of(edition, id, numbers)
            floor = f.completion(facts.h1, facts.target) if "completion" in ways[0] else facts.h1
            made[ways[0]] = (
                max(made[ways[0]] or Fraction(0), floor) if floor <= edition.levers[ways[0]].high else None
            )
        if ways and indicator.kind.is_mean and "ytd" in ways[0]:
            # much lower, and Q3 alone brings less than nothing
            made[ways[0]] = max(made[ways[0]] or Fraction(0), Fraction(0))
        if ways and indicator.kind.is_level:
            made |= dict.fromkeys(edition.lever_ids(id, "starts"), Fraction(0))
    return made


def scenarios_of(edition: Edition) -> st.SearchStrategy[Scenario]:
    """Any scenario of an edition: every lever on one of its steps, joint limits kept, entries blank."""
    levers = [lever for lever in edition.levers.values() if not lever.is_entry and lever.role != "reading"]
    steps = {lever.id: st.integers(0, int((lever.high - lever.low) / lever.step)) for lever in levers}

    def build(chosen: dict[str, int]) -> Scenario:
        values: dict[str, Fraction] = {}
        for lever in levers:
            value = lever.low + lever.step * chosen[lever.id]
            if lever.joint is not None:
                taken = sum(
                    (
                        values.get(other.id, Fraction(0))
                        for other in levers
                        if other.indicator == lever.indicator
                    ),
                    Fraction(0),
                )
                value = min(value, lever.joint - taken)
            values[lever.id] = value
        return change(edition, baseline(edition), [(id, str(float(value))) for id, value in values.items()])

    return st.fixed_dictionaries(steps).map(build)


@st.composite
def suppositions(draw: st.DrawFn, edition: Edition) -> Scenario:
    """Any scenario, with any of the entries and readings filled in or left as they are."""
    free = [lever for lever in edition.levers.values() if lever.is_entry or lever.role == "reading"]
    filled = draw(st.lists(st.sampled_from(free), unique=True))
    steps = {lever: draw(st.integers(0, int((lever.high - lever.low) / lever.step))) for lever in filled}
    values = {lever.id: lever.low + lever.step * steps[lever] for lever in filled}
    return with_values(edition, draw(scenarios_of(edition)), usable(edition, values))


def opened_with(edition: Edition, now: Scenario, plan: Scenario | None = None) -> PageState:
    return replace(open_link([], edition), scenario=now, plans=(Plan(plan) if plan else None, None, None))
