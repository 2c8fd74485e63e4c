"""Where does the year land, what is missing, and can it still be reached?
The whole answer for one scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from hdmodel import formulas as f
from hdmodel.cache import cached_per_edition
from hdmodel.edition import RULER, Edition, Indicator
from hdmodel.facts import Bases, Facts
from hdmodel.form import Kind
from hdmodel.formulas import Number
from hdmodel.paths import Path, amounts_of, facts_in
from hdmodel.required import Required, reach_of, required_of, required_path_of
from hdmodel.scenario import Scenario

MODEL_VERSION = "1.0"
STATUSES = ("met", "within_reach", "out_of_reach", "no_target")


@dataclass(frozen=True)
class Projection:
    """One indicator's year, every number exact and in `unit`; `None` where a field does not apply.

    Shortfall (缺口) is target − full year; the lead (快于序时), that to September once Q3 is known, and the
    locked-in part are in percentage points; `reach` is the lowest and highest full year inside the ranges of
    the indicator's own levers; `required_path` lands on the target with the same value in both quarters;
    `comparable_growth` (同比) is that of an amount in % where last year's is known on the same basis, and
    `starts_missing` counts the projects that a start rate still lacks. `is_q3_known` once it is a fact what
    Q3 brought: what is
    required then is of Q4
    alone.
    """

    id: str
    kind: Kind
    unit: str
    path: Path
    target: Fraction | None
    shortfall: Fraction | None
    locked_in: Fraction | None
    completion_h1: Fraction | None
    lead_h1: Fraction | None
    lead_ytd_q3: Fraction | None
    comparable_growth: Fraction | None
    required: Required
    status: str
    reach: tuple[Fraction, Fraction] | None
    bases: Bases | None
    amounts: Path | None
    required_path: Path | None
    starts_missing: Fraction | None
    is_q3_known: bool


@dataclass(frozen=True)
class Outcome:
    """What follows for one indicator, together with the state from which it follows."""

    edition: Edition
    scenario: Scenario
    projection: Projection

    @property
    def indicator(self) -> Indicator:
        return self.edition.indicators[self.projection.id]

    @property
    def places(self) -> int:
        """The decimals with which a number in the unit of the year is shown."""
        return self.indicator.places_in(self.projection.unit)


@cached_per_edition(most=256)
def project(edition: Edition, scenario: Scenario) -> Mapping[str, Projection]:
    """The projection of every indicator of an edition under a scenario, in the edition's order."""
    return MappingProxyType(
        {id: _projected(edition, id, _bearing_on(edition, id, scenario)) for id in edition.indicators}
    )


def outcome_of(edition: Edition, scenario: Scenario, indicator: str) -> Outcome:
    """What follows for an indicator under a scenario."""
    return Outcome(edition, scenario, project(edition, scenario)[indicator])


def _bearing_on(edition: Edition, id: str, scenario: Scenario) -> Scenario:
    """The part of a scenario that an indicator depends on,
    so that moving one lever leaves the others' answers standing.
    """
    owners = {id, edition.indicators[id].starts_of, RULER}
    return Scenario(
        tuple((name, value) for name, value in scenario.values if edition.levers[name].indicator in owners)
    )


@cached_per_edition(most=2048)
def _projected(edition: Edition, id: str, scenario: Scenario) -> Projection:
    own = set(edition.own_levers(id))
    at_default = Scenario(
        tuple(
            (name, edition.levers[name].default if name in own else value) for name, value in scenario.values
        )
    )
    return project_indicator(facts_in(edition, scenario, id), _reach(edition, id, at_default))


@cached_per_edition(most=256)
def _reach(edition: Edition, id: str, scenario: Scenario) -> tuple[Fraction, Fraction] | None:
    """What the indicator's own levers allow: the same wherever they stand,
    and worked out once for all their places.
    """
    return reach_of(facts_in(edition, scenario, id))


def project_indicator(facts: Facts, reach: tuple[Fraction, Fraction] | None) -> Projection:
    """The projection of one indicator over exact numbers; `reach` is what `reach_of` finds for them."""
    indicator, form = facts.indicator, facts.form
    path, target, bases = facts.path, facts.target, facts.bases
    completion = f.completion(path.h1, target) if form.kind.is_sum and target is not None else None
    return Projection(
        id=indicator.id,
        kind=indicator.kind,
        unit=form.unit(facts),
        path=path,
        target=target,
        shortfall=None if target is None or path.full_year is None else f.shortfall(target, path.full_year),
        locked_in=f.contribution(bases.h1, path.h1, bases.year) if bases else None,
        completion_h1=completion,
        lead_h1=None if completion is None else f.lead(completion, facts.numbers["pro_rata.h1"]),
        lead_ytd_q3=None if completion is None or not facts.is_q3_known else _lead_ytd_q3(facts),
        comparable_growth=form.comparable_growth(facts),
        required=required_of(facts, target),
        status=status_of(path.full_year, target, reach),
        reach=reach,
        bases=bases,
        amounts=amounts_of(bases, path) if bases and indicator.amount_unit else None,
        required_path=required_path_of(facts, target),
        starts_missing=None if target is None else form.starts_missing(facts, target),
        is_q3_known=facts.is_q3_known,
    )


def _lead_ytd_q3(facts: Facts) -> Number:
    """How far January to September runs ahead of the staged ruler, in percentage points."""
    return f.lead(f.completion(facts.path.ytd_q3, facts.target), facts.numbers["pro_rata.q3"])


def status_of(
    full_year: Fraction | None, target: Fraction | None, reach: tuple[Fraction, Fraction] | None
) -> str:
    """`met`, `within_reach` (some setting of its own levers reaches it), `out_of_reach` or `no_target`;
    never rounded.

    >>> status_of(Fraction(90), Fraction(100), (Fraction(0), Fraction(120)))
    'within_reach'
    """
    if target is None:
        return "no_target"
    if full_year is not None and full_year >= target:
        return "met"
    return "within_reach" if reach is None or reach[1] >= target else "out_of_reach"
