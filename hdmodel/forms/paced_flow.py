"""How is an amount reckoned of which no projects are known?  A quarter is a multiple of the pace of H1."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Indicator
from hdmodel.facts import Facts, made_among
from hdmodel.form import COMPARABLE, FLOW, READINGS, Form, Role, Values
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.paths import Path
from hdmodel.problems import Problem
from hdmodel.required import Required, solve_each
from hdmodel.units import MONEY, PERCENT

PACE = Role("pace", PERCENT, usual=("100", "0", "200", "1"))


class AmountFlow(Form):
    """An amount (完成额) whose year is the sum of its quarters; the first of its levers is a multiple, in %,
    of what the first half brought in a quarter. An amount that projects bring is one, too.
    """

    kind, read_as = FLOW, "flow"
    figures_above_0: ClassVar[tuple[str, ...]] = (COMPARABLE,)
    figures_offered = (COMPARABLE,)
    required_in: ClassVar[Mapping[str, str]] = {"h2": "intensity", "q4": "intensity_q4", "q3": "intensity_q3"}
    is_multiple_of_h1 = True

    @abstractmethod
    def quarter(self, facts: Facts, quarter: str) -> Number:
        """What a quarter brings, `q3` or `q4`, in the unit of the year."""

    def path(self, facts: Facts) -> Path:
        """The amounts of H1, of each quarter, to September and of the year."""
        q3, q4 = (self.quarter(facts, quarter) for quarter in QUARTERS)
        return Path(facts.h1, q3, q4, f.ytd_q3_amount(facts.h1, q3), f.year_amount(facts.h1, q3, q4))

    def comparable_growth(self, facts: Facts) -> Number | None:
        """Over last year's amount, where the edition has one on the same basis and the year is an amount."""
        comparable = facts.number(COMPARABLE)
        if comparable is None or self.unit(facts) not in MONEY:
            return None
        return f.growth_on_comparable(facts.path.full_year, comparable)

    def required(self, facts: Facts, target: Number) -> Required:
        """Amounts, and the multiples in % of the first half that bring them."""
        path, needed = facts.path, solve_each(facts, target)
        return Required(
            h2=f.rest_of_target(target, path.h1),
            q3=f.rest_of_target(target, f.ytd_q3_amount(path.h1, path.q4)),
            q4=f.rest_of_target(target, path.ytd_q3),
            intensity=needed.both,
            intensity_q3=needed.q3,
            intensity_q4=needed.q4,
        )

    def contradictions(self, facts: Facts, values: Values) -> list[Problem]:
        """What Q3 brought, cumulative and less than H1; or entries that leave a printed Q3 below nothing."""
        made = made_among(values, facts.edition.actuals_of(facts.indicator.id))
        return _below_h1(facts, made) or self._printed_below(facts, values)

    def _printed_below(self, facts: Facts, values: Values) -> list[Problem]:
        """What is entered of H1 or the target,
        where the Q3 that an edition prints would then be less than nothing.
        """
        alone, entered = facts.actual_q3, made_among(values, facts.edition.entries_of(facts.indicator.id))
        if alone is None or alone >= self.least_q3 or not entered:
            return []
        values_entered = ", ".join(plain(value) for value in entered.values())
        return [Problem("more_than_ytd", " + ".join(entered), values_entered, "")]


def _below_h1(facts: Facts, made: Mapping[str, Fraction]) -> list[Problem]:
    """A cumulative number that is less than what H1 brought alone, in the number's own unit."""
    cumulative = {name: value for name, value in made.items() if name.endswith("ytd_q3")}
    units = {name: facts.edition.levers[name].unit for name in cumulative}
    floors: dict[str, Number] = {
        name: f.completion(facts.h1, facts.target) if unit == PERCENT else facts.h1
        for name, unit in units.items()
    }
    below = [name for name, value in cumulative.items() if value < floors[name]]
    return [
        Problem("ytd_below_h1", name, plain(cumulative[name]), f"{plain(floors[name])}…") for name in below
    ]


class PacedFlow(AmountFlow):
    """An amount (完成额) in money, such as 技改投资 or 社会消费品零售总额.

    Its lever is a quarter's amount in % of the first half's average quarter (上半年季均).
    """

    name = "paced_flow"
    roles = (PACE,)
    figures_needed = ("h1",)
    figures_reckoned_with = ("h1",)
    settled_by_q3 = PACE.name

    def quarter(self, facts: Facts, quarter: str) -> Number:
        """What a quarter brings: as it was printed, else at the pace that is supposed."""
        if quarter == "q3" and facts.actual_q3 is not None:
            return facts.actual_q3
        pace = dict(zip(QUARTERS, facts.in_both_quarters(PACE), strict=True))[quarter]
        return f.quarter_at_pace(facts.h1, pace)

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """Money, as the year itself."""
        return indicator.unit if name in (*READINGS, COMPARABLE) else None

    def actual_q3(self, facts: Facts) -> Number | None:
        """The amount of Q3 alone; a cumulative one (累计) is turned into it by that of the first half."""
        cumulative = facts.number("actual_ytd_q3")
        if cumulative is None:
            return facts.number("actual_q3")
        return f.amount_since_h1(cumulative, facts.h1)


PACED_FLOW = PacedFlow()
