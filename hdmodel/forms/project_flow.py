"""How is an amount reckoned that projects bring?  A quarter follows the projects under way
and the intensity of each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Indicator
from hdmodel.facts import Facts, made_among
from hdmodel.form import COMPARABLE, READINGS, Role, Values
from hdmodel.forms.paced_flow import AmountFlow
from hdmodel.forms.start_rate import STARTS
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.problems import Phrase, Problem
from hdmodel.units import COUNT, MONEY, PERCENT

INTENSITY = Role("intensity", PERCENT, usual=("100", "0", "200", "1"))
_AMOUNTS = ("actual_q3", "actual_ytd_q3")
_SHARES_OF_TARGET = ("actual_completion_q3", "actual_completion_ytd_q3")


def in_amounts(facts: Facts) -> bool:
    """Whether a project-driven flow has both its amounts,
    so that it is reckoned in them and not in % of target.
    """
    return facts.number("h1") is not None and (not has_index(facts) or facts.number("target") is not None)


def has_index(facts: Facts) -> bool:
    """Whether 100 % may stand for the target of a flow whose amounts are blank."""
    return f"{facts.indicator.id}.target_index" in facts.numbers


class ProjectFlow(AmountFlow):
    """An amount (完成额) in money, or in % of its annual target while the amounts are blank.

    Its levers are the intensity, in % of the H1 average per project, and the projects that start.
    """

    name = "project_flow"
    roles = (INTENSITY, STARTS)
    figures_needed = ("n_h1",)
    figures_reckoned_with = ("n_h1", "target_index", "h1_completion", *_SHARES_OF_TARGET)
    figures_above_0 = ("n_h1", "target_index", "target", COMPARABLE)
    settled_by_q3 = planned_in_place_of = INTENSITY.name

    def h1(self, facts: Facts) -> Number:
        """What the first half achieved, in the unit of the target: an amount,
        or a share of the target while that is blank.
        """
        if in_amounts(facts):
            return facts.number("h1")
        return f.amount_at_completion(facts.target, facts.number("h1_completion"))

    def quarter(self, facts: Facts, quarter: str) -> Number:
        """What a quarter brings: as it was printed, else as a ledger plans it,
        else from projects under way and intensity.
        """
        brought = facts.actual_q3 if quarter == "q3" else None
        plan = self.planned(facts, quarter)
        if brought is None and plan is None:
            return self._supposed(facts, quarter)
        return plan if brought is None else brought

    def _supposed(self, facts: Facts, quarter: str) -> Number:
        n_h1 = facts.number("n_h1")
        intensity = dict(zip(QUARTERS, facts.in_both_quarters(INTENSITY), strict=True))[quarter]
        starts_q3, starts_q4 = facts.in_both_quarters(STARTS)
        under_way = (
            f.under_way_q3(n_h1, starts_q3) if quarter == "q3" else f.under_way_q4(n_h1, starts_q3, starts_q4)
        )
        return f.quarter_amount(facts.h1, under_way, n_h1, intensity)

    def named_parts(self, facts: Facts) -> Mapping[str, tuple[Number, str]]:
        """The projects under way in each quarter."""
        n_h1 = facts.number("n_h1")
        starts_q3, starts_q4 = facts.in_both_quarters(STARTS)
        return {
            "under_way_q3": (f.under_way_q3(n_h1, starts_q3), COUNT),
            "under_way_q4": (f.under_way_q4(n_h1, starts_q3, starts_q4), COUNT),
        }

    # --- units

    def unit(self, facts: Facts) -> str:
        """The indicator's own, or that of its amounts once one measured in % of its target has both."""
        return facts.indicator.amount_unit if in_amounts(facts) else facts.indicator.unit

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """Projects, %, or money: the unit of the amounts where the year itself is in % of target."""
        if name == "n_h1":
            return COUNT
        if "completion" in name:
            return PERCENT
        if name in (*READINGS, COMPARABLE):
            return indicator.unit if indicator.unit in MONEY else indicator.amount_unit or None
        return indicator.unit if name == "target_index" else None

    # --- what is known

    def lacking(self, id: str, figures: Values) -> Sequence[Phrase]:
        """What the first half brought: an amount, or a share of a target that stands in for one."""
        h1, index, completion = (f"{id}.{name}" for name in ("h1", "target_index", "h1_completion"))
        needed = (index, completion) if index in figures else (h1,)
        is_there = all(figures.get(name) is not None for name in needed)
        return () if is_there else (Phrase("wanted.start", id=h1, index=index, completion=completion),)

    def target(self, facts: Facts) -> Number | None:
        """An amount, or 100 % for the target itself while that is blank."""
        return facts.number("target_index" if has_index(facts) and not in_amounts(facts) else "target")

    # --- facts of Q3, and what a ledger plans

    def actual_q3(self, facts: Facts) -> Number | None:
        """The amount of Q3 alone; a cumulative one (累计) is turned into it by what the first half brought.

        In 亿元 only once the flow is reckoned in it; a share of the target at any time.
        """
        alone, cumulative = (
            self._brought(facts, amount, share)
            for amount, share in zip(_AMOUNTS, _SHARES_OF_TARGET, strict=True)
        )
        return alone if cumulative is None else f.amount_since_h1(cumulative, facts.h1)

    def _brought(self, facts: Facts, amount: str, share: str) -> Number | None:
        """What Q3 brought by an entry that is an amount, or by one that is a share of the target in %."""
        in_money, percent = facts.number(amount) if in_amounts(facts) else None, facts.number(share)
        if in_money is not None or facts.target is None or percent is None:
            return in_money
        return f.amount_at_completion(facts.target, percent)

    def planned(self, facts: Facts, quarter: str) -> Number | None:
        """What a project ledger plans for a quarter (台账计划), in 亿元, once the flow is reckoned in it."""
        return facts.number(f"planned_{quarter}") if in_amounts(facts) else None

    def settled(self, facts: Facts) -> set[str]:
        """The intensities of the quarters that are known, or that a ledger plans."""
        levers = facts.edition.lever_ids(facts.indicator.id, INTENSITY.name)
        intensities = dict(zip(QUARTERS, levers, strict=True))
        planned = {
            lever for quarter, lever in intensities.items() if self.planned(facts, quarter) is not None
        }
        return super().settled(facts) | planned

    def idle(self, facts: Facts, settled: Collection[str]) -> set[str]:
        """Starts, which move no quarter whose amount is settled."""
        (intensity_q3, intensity_q4), (starts_q3, starts_q4) = (
            facts.edition.lever_ids(facts.indicator.id, role.name) for role in (INTENSITY, STARTS)
        )
        in_q4 = {starts_q4} if intensity_q4 in settled else set()
        return in_q4 | ({starts_q3} if {intensity_q3, intensity_q4} <= {*settled} else set())

    def idle_entries(self, facts: Facts) -> Mapping[str, str]:
        """A share of the target once the amounts are there, one amount without the other,
        and what a ledger plans of a quarter that is known.
        """
        plans = {"planned_q3": "idle_q3"} if facts.is_q3_known else {}
        if in_amounts(facts):
            return {"h1_completion": "idle_amounts", **plans}
        return {"target": "idle_half", "h1": "idle_half", **plans}

    def contradictions(self, facts: Facts, values: Values) -> list[Problem]:
        """What Q3 brought, in 亿元 while the flow is not reckoned in it, or cumulative and less than H1."""
        edition, indicator = facts.edition, facts.indicator
        made = made_among(values, edition.actuals_of(indicator.id))
        names = [
            name for name in (*made, *edition.plans_of(indicator.id)) if edition.levers[name].unit != PERCENT
        ]
        amounts = made_among(values, names)
        if amounts and not in_amounts(facts):
            wanted = f"{indicator.id}.target, {indicator.id}.h1"
            return [Problem("needs_amounts", name, plain(value), wanted) for name, value in amounts.items()]
        return super().contradictions(facts, values)


PROJECT_FLOW = ProjectFlow()
