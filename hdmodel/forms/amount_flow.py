"""What have amounts in common whose quarters are held against the pace of the first half?"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS
from hdmodel.facts import Facts, made_among
from hdmodel.form import FLOW, Form, Values
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.paths import Path
from hdmodel.problems import Problem
from hdmodel.required import Required, solve_each
from hdmodel.units import PERCENT


class AmountFlow(Form):
    """An amount (完成额) whose year is the sum of its quarters; the first of its levers is a multiple, in %,
    of what the first half brought in a quarter.
    """

    kind, read_as = FLOW, "flow"
    required_in: ClassVar[Mapping[str, str]] = {"h2": "intensity", "q4": "intensity_q4", "q3": "intensity_q3"}
    is_multiple_of_h1 = True

    @abstractmethod
    def quarter(self, facts: Facts, quarter: str) -> Number:
        """What a quarter brings, `q3` or `q4`, in the unit of the year."""

    def path(self, facts: Facts) -> Path:
        """The amounts of H1, of each quarter, to September and of the year."""
        q3, q4 = (self.quarter(facts, quarter) for quarter in QUARTERS)
        return Path(facts.h1, q3, q4, f.ytd_q3_amount(facts.h1, q3), f.year_amount(facts.h1, q3, q4))

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
