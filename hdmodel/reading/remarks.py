"""What looks odd of what was read, though it can be reckoned with?  Remarks: they refuse nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hdmodel.edition import RULER, Edition, Lever
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.form import Numbers
from hdmodel.numbers import half_up, plain
from hdmodel.paths import numbers_of
from hdmodel.problems import Phrase, Problem
from hdmodel.projection import Projection, project
from hdmodel.scenario import Scenario, baseline, baseline_with_entries_of

_TIMES = 10  # a year so many times its target, or that part of it, is more likely in another unit


def remarks_on(edition: Edition, scenario: Scenario) -> tuple[Problem, ...]:
    """How tables were read that are not written the usual way, what is odd about figures and entries, and
    what is set and moves nothing.
    """
    return (*edition.notes, *far_from_target(edition, scenario), *without_effect(edition, scenario))


def far_from_target(edition: Edition, scenario: Scenario) -> tuple[Problem, ...]:
    """The indicators of which the year, as figures and entries alone make it, is more than ten times
    the target or less than a tenth of it: 0.1 for 10 %, or 万元 for 亿元.
    """
    facts = project(edition, baseline_with_entries_of(edition, scenario))
    return tuple(
        Problem(
            "far_from_target",
            id,
            Phrase(
                "found.year_and_target",
                year=_short(projection.path.full_year),
                target=_short(projection.target),
            ),
            "",
        )
        for id, projection in facts.items()
        if is_far_from_target(projection)
    )


def is_far_from_target(projection: Projection) -> bool:
    """Whether year and target are so far apart that one of them may be in another unit."""
    year, target = projection.path.full_year, projection.target
    if year is None or not target:
        return False
    return not abs(target) <= abs(year) * _TIMES <= abs(target) * _TIMES**2


def without_effect(edition: Edition, scenario: Scenario) -> tuple[Problem, ...]:
    """What is set otherwise than at its default and moves nothing, each with the reason."""
    numbers, start = numbers_of(edition, scenario), baseline(edition).as_dict()
    changed = [
        (edition.levers[id], value)
        for id, value in scenario.values
        if value is not None and value != start[id]
    ]
    kinds = {lever.id: _idle_kind(edition, lever, numbers) for lever, _ in changed}
    return tuple(
        Problem(kind, lever.id, plain(value), "")
        for lever, value in changed
        if (kind := kinds[lever.id]) is not None
    )


def without_effect_here(edition: Edition, scenario: Scenario) -> tuple[Problem, ...]:
    """Of these, what the edition's own figures leave without effect, whatever else is set."""
    return tuple(
        problem
        for problem in without_effect(edition, scenario)
        if problem.kind != "idle_half"
        and problem in without_effect(edition, _alone(edition, scenario, problem))
    )


def _alone(edition: Edition, scenario: Scenario, problem: Problem) -> Scenario:
    values = {**baseline(edition).as_dict(), problem.place: scenario.as_dict()[problem.place]}
    return Scenario(tuple(values.items()))


def _idle_kind(edition: Edition, lever: Lever, numbers: Numbers) -> str | None:
    """The kind of remark on a lever or entry that moves nothing; `None` for one that does, or may."""
    if lever.is_entry:
        if lever.indicator == RULER:
            return None
        owner = facts_of(edition, lever.indicator, numbers)
        return owner.form.idle_entries(owner).get(lever.id.rpartition(".")[2])
    concerned = [facts_of(edition, id, numbers) for id in _moved_by(edition, lever)]
    if not concerned or any(lever.id in levers_at_work(facts) for facts in concerned):
        return None
    is_known = lever.quarter == "q3" and any(facts.is_q3_known for facts in concerned)
    return "idle_q3" if is_known else "idle_plan"


def _moved_by(edition: Edition, lever: Lever) -> Iterator[str]:
    """The indicators that have the lever among theirs."""
    return (id for id in edition.indicators if lever.id in edition.own_levers(id))


def _short(value: Fraction | None) -> str:
    """A number as a remark says it: to three decimals, without noughts at its end."""
    rounded = half_up(value or Fraction(0), 3)
    return plain(rounded if rounded or not value else value)
