"""How is an amount reckoned of which no projects are known?  A quarter is a multiple of the pace of H1."""

from __future__ import annotations

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Indicator
from hdmodel.facts import Facts
from hdmodel.form import READINGS, Role
from hdmodel.forms.amount_flow import AmountFlow
from hdmodel.formulas import Number
from hdmodel.units import PERCENT

PACE = Role("pace", PERCENT, usual=("100", "0", "200", "1"))


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
        return indicator.unit if name in READINGS else None

    def actual_q3(self, facts: Facts) -> Number | None:
        """The amount of Q3 alone; a cumulative one (累计) is turned into it by that of the first half."""
        cumulative = facts.number("actual_ytd_q3")
        if cumulative is None:
            return facts.number("actual_q3")
        return f.amount_since_h1(cumulative, facts.h1)


PACED_FLOW = PacedFlow()
