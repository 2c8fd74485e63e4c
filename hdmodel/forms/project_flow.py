"""How is an amount reckoned that projects bring?  A quarter follows the projects under way
and the intensity of each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Edition, Indicator
from hdmodel.facts import in_both_quarters, made_among
from hdmodel.form import READINGS, Form, Numbers, Role, Values
from hdmodel.forms.start_rate import STARTS
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.paths import Path
from hdmodel.problems import Phrase, Problem
from hdmodel.required import Required, solve_each
from hdmodel.units import COUNT, MONEY, PERCENT

INTENSITY = Role("intensity", PERCENT)
_AMOUNTS = ("actual_q3", "actual_ytd_q3")
_SHARES_OF_TARGET = ("actual_completion_q3", "actual_completion_ytd_q3")


def in_amounts(indicator: str, numbers: Numbers) -> bool:
    """Whether a project-driven flow has both its amounts,
    so that it is reckoned in them and not in % of target.
    """
    return numbers.get(f"{indicator}.h1") is not None and (
        f"{indicator}.target_index" not in numbers or numbers.get(f"{indicator}.target") is not None
    )


class ProjectFlow(Form):
    """An amount (完成额) in money, or in % of its annual target while the amounts are blank.

    Its levers are the intensity, in % of the H1 average per project, and the projects that start.
    """

    name = "project_flow"
    kind = read_as = "flow"
    roles = (INTENSITY, STARTS)
    figures_needed = ("n_h1",)
    figures_reckoned_with = ("n_h1", "target_index", "h1_completion", *_SHARES_OF_TARGET)
    required_in: ClassVar[Mapping[str, str]] = {"h2": "intensity", "q4": "intensity_q4", "q3": "intensity_q3"}
    figures_above_0 = ("n_h1", "target_index", "target")
    is_multiple_of_h1 = True
    settled_by_q3 = planned_in_place_of = INTENSITY.name

    def path(self, edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
        """The amounts of H1, of each quarter, to September and of the year."""
        h1 = self.h1(indicator, numbers)
        q3, q4 = (self._quarter(edition, indicator, quarter, numbers) for quarter in QUARTERS)
        return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))

    def h1(self, indicator: Indicator, numbers: Numbers) -> Number:
        """What the first half achieved, in the unit of the target: an amount,
        or a share of the target while that is blank.
        """
        if in_amounts(indicator.id, numbers):
            return numbers[f"{indicator.id}.h1"]
        target = self.target(indicator, numbers)
        return f.amount_at_completion(target, numbers[f"{indicator.id}.h1_completion"])

    def _quarter(self, edition: Edition, indicator: Indicator, quarter: str, numbers: Numbers) -> Number:
        """What a quarter brings: as it was printed, else as a ledger plans it,
        else from projects under way and intensity.
        """
        brought = self.actual_q3(indicator, numbers) if quarter == "q3" else None
        plan = self.planned(indicator, quarter, numbers)
        if brought is None and plan is None:
            return self._supposed(edition, indicator, quarter, numbers)
        return plan if brought is None else brought

    def _supposed(self, edition: Edition, indicator: Indicator, quarter: str, numbers: Numbers) -> Number:
        n_h1, h1 = numbers[f"{indicator.id}.n_h1"], self.h1(indicator, numbers)
        intensities = in_both_quarters(edition, indicator, INTENSITY, numbers)
        intensity = dict(zip(QUARTERS, intensities, strict=True))[quarter]
        starts_q3, starts_q4 = in_both_quarters(edition, indicator, STARTS, numbers)
        under_way = (
            f.under_way_q3(n_h1, starts_q3) if quarter == "q3" else f.under_way_q4(n_h1, starts_q3, starts_q4)
        )
        return f.quarter_amount(h1, under_way, n_h1, intensity)

    def named_parts(
        self, edition: Edition, indicator: Indicator, numbers: Numbers
    ) -> Mapping[str, tuple[Number, str]]:
        """The projects under way in each quarter."""
        n_h1 = numbers[f"{indicator.id}.n_h1"]
        starts_q3, starts_q4 = in_both_quarters(edition, indicator, STARTS, numbers)
        return {
            "under_way_q3": (f.under_way_q3(n_h1, starts_q3), COUNT),
            "under_way_q4": (f.under_way_q4(n_h1, starts_q3, starts_q4), COUNT),
        }

    def required(self, edition: Edition, indicator: Indicator, numbers: Numbers, target: Number) -> Required:
        """Amounts, and the intensities in % that bring them."""
        path = self.path(edition, indicator, numbers)
        needed = solve_each(edition, indicator.id, numbers, target)
        return Required(
            h2=f.rest_of_target(target, path.h1),
            q3=f.rest_of_target(target, f.ytd_q3_amount(path.h1, path.q4)),
            q4=f.rest_of_target(target, path.ytd_q3),
            intensity=needed.both,
            intensity_q3=needed.q3,
            intensity_q4=needed.q4,
        )

    # --- units

    def unit(self, indicator: Indicator, numbers: Numbers) -> str:
        """The indicator's own, or that of its amounts once one measured in % of its target has both."""
        return indicator.amount_unit if in_amounts(indicator.id, numbers) else indicator.unit

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """Projects, %, or money: the unit of the amounts where the year itself is in % of target."""
        if name == "n_h1":
            return COUNT
        if "completion" in name:
            return PERCENT
        if name in READINGS:
            return indicator.unit if indicator.unit in MONEY else indicator.amount_unit or None
        return indicator.unit if name == "target_index" else None

    # --- what is known

    def lacking(self, id: str, figures: Values) -> Sequence[Phrase]:
        """What the first half brought: an amount, or a share of a target that stands in for one."""
        h1, index, completion = (f"{id}.{name}" for name in ("h1", "target_index", "h1_completion"))
        needed = (index, completion) if index in figures else (h1,)
        is_there = all(figures.get(name) is not None for name in needed)
        return () if is_there else (Phrase("wanted.start", id=h1, index=index, completion=completion),)

    def target(self, indicator: Indicator, numbers: Numbers) -> Number | None:
        """An amount, or 100 % for the target itself while that is blank."""
        if f"{indicator.id}.target_index" in numbers and not in_amounts(indicator.id, numbers):
            return numbers[f"{indicator.id}.target_index"]
        return numbers.get(f"{indicator.id}.target")

    # --- facts of Q3, and what a ledger plans

    def actual_q3(self, indicator: Indicator, numbers: Numbers) -> Number | None:
        """The amount of Q3 alone; a cumulative one (累计) is turned into it by what the first half brought.

        In 亿元 only once the flow is reckoned in it; a share of the target at any time.
        """
        alone, cumulative = (
            self._said(indicator, amount, share, numbers)
            for amount, share in zip(_AMOUNTS, _SHARES_OF_TARGET, strict=True)
        )
        return alone if cumulative is None else f.amount_since_h1(cumulative, self.h1(indicator, numbers))

    def _said(self, indicator: Indicator, amount: str, share: str, numbers: Numbers) -> Number | None:
        """What is said of Q3 by an amount, or by a share of the target in %."""
        percent, target = numbers.get(f"{indicator.id}.{share}"), self.target(indicator, numbers)
        said = numbers.get(f"{indicator.id}.{amount}") if in_amounts(indicator.id, numbers) else None
        if said is not None or target is None or percent is None:
            return said
        return f.amount_at_completion(target, percent)

    def planned(self, indicator: Indicator, quarter: str, numbers: Numbers) -> Number | None:
        """What a project ledger plans for a quarter (台账计划), in 亿元, once the flow is reckoned in it."""
        is_usable = in_amounts(indicator.id, numbers)
        return numbers.get(f"{indicator.id}.planned_{quarter}") if is_usable else None

    def settled(self, edition: Edition, indicator: Indicator, numbers: Numbers) -> set[str]:
        """The intensities of the quarters that are known, or that a ledger plans."""
        intensities = dict(zip(QUARTERS, edition.lever_ids(indicator.id, INTENSITY.name), strict=True))
        planned = {
            lever
            for quarter, lever in intensities.items()
            if self.planned(indicator, quarter, numbers) is not None
        }
        return super().settled(edition, indicator, numbers) | planned

    def idle(self, edition: Edition, indicator: Indicator, settled: Collection[str]) -> set[str]:
        """Starts, which move no quarter whose amount is settled."""
        (intensity_q3, intensity_q4), (starts_q3, starts_q4) = (
            edition.lever_ids(indicator.id, role.name) for role in (INTENSITY, STARTS)
        )
        in_q4 = {starts_q4} if intensity_q4 in settled else set()
        return in_q4 | ({starts_q3} if {intensity_q3, intensity_q4} <= {*settled} else set())

    def idle_entries(self, indicator: Indicator, numbers: Numbers) -> Mapping[str, str]:
        """A share of the target once the amounts are there, one amount without the other,
        and what a ledger plans of a quarter that is known.
        """
        is_known = self.actual_q3(indicator, numbers) is not None
        plans = {"planned_q3": "idle_q3"} if is_known else {}
        if in_amounts(indicator.id, numbers):
            return {"h1_completion": "idle_amounts", **plans}
        return {"target": "idle_half", "h1": "idle_half", **plans}

    def contradictions(
        self, edition: Edition, indicator: Indicator, values: Values, numbers: Numbers
    ) -> list[Problem]:
        """What Q3 brought, in 亿元 while the flow is not reckoned in it, or cumulative and less than H1."""
        made = made_among(values, edition.actuals_of(indicator.id))
        names = [
            name for name in (*made, *edition.plans_of(indicator.id)) if edition.levers[name].unit != PERCENT
        ]
        amounts = made_among(values, names)
        if amounts and not in_amounts(indicator.id, numbers):
            wanted = f"{indicator.id}.target, {indicator.id}.h1"
            return [Problem("needs_amounts", name, plain(value), wanted) for name, value in amounts.items()]
        return self._below_h1(edition, indicator, made, numbers) or self._printed_below(
            edition, indicator, values, numbers
        )

    def _below_h1(
        self, edition: Edition, indicator: Indicator, made: Mapping[str, Fraction], numbers: Numbers
    ) -> list[Problem]:
        """A cumulative number that is less than what H1 brought alone, in the number's own unit."""
        h1, target = self.h1(indicator, numbers), self.target(indicator, numbers)
        cumulative = {name: value for name, value in made.items() if name.endswith("ytd_q3")}
        floors = {
            name: h1 if edition.levers[name].unit != PERCENT else f.completion(h1, target)
            for name in cumulative
        }
        below = [name for name, value in cumulative.items() if value < floors[name]]
        return [
            Problem("ytd_below_h1", name, plain(cumulative[name]), f"{plain(floors[name])}…")
            for name in below
        ]

    def _printed_below(
        self, edition: Edition, indicator: Indicator, values: Values, numbers: Numbers
    ) -> list[Problem]:
        """What is entered of H1 or the target,
        where the Q3 that an edition prints would then be less than nothing.
        """
        alone = self.actual_q3(indicator, numbers)
        entered = made_among(values, edition.entries_of(indicator.id))
        if alone is None or alone >= self.least_q3 or not entered:
            return []
        found = ", ".join(plain(value) for value in entered.values())
        return [Problem("more_than_ytd", " + ".join(entered), found, "")]


PROJECT_FLOW = ProjectFlow()
