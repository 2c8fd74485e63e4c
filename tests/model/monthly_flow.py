"""How is an amount reckoned of which six months are known?  A fifth kind, made for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from hdmodel import formulas as f
from hdmodel.facts import Facts
from hdmodel.form import FLOW, Form, Role
from hdmodel.formulas import Number
from hdmodel.paths import Path
from hdmodel.required import Required, solve_each

AVERAGE = Role("monthly_average")
MONTHS = ("m1", "m2", "m3", "m4", "m5", "m6")

MONTHLY_SUM = replace(FLOW, name="monthly_sum")  # a kind that no module but this one has heard of

WORDS = {  # what the page says of its year and of its levers
    "card.monthly_sum": {"zh": "全年", "en": "full year"},
    "chart.monthly_sum": {"zh": "逐月累计，{unit}", "en": "Month by month, {unit}"},
    "measure.year.monthly_sum": {"zh": "全年", "en": "Full year"},
    "record.axis.monthly_sum": {"zh": "全年为上半年的几倍", "en": "The year as a multiple of its first half"},
    "record.move.monthly_sum": {"zh": "{value} 倍", "en": "{value} times H1"},
    "what.monthly_average": {"zh": "每月", "en": "a month's amount of"},
    "compare.needs.monthly_average": {"zh": "两季月均须 {value}", "en": "both quarters need {value} a month"},
    "measure.needs.monthly_average": {
        "zh": "三、四季度月均均不低于",
        "en": "A month at least, in both quarters",
    },
    "begin.kind.monthly_flow": {"zh": "完成额（逐月）", "en": "amount (month by month)"},
    "slack.monthly_average": {
        "zh": "余量：下半年月均降到 {by}，全年仍达 {target}。",
        "en": "Slack: at {by} a month in H2 the year still makes {target}.",
    },
    "quantity.required_intensity.monthly_average": {
        "zh": "两季月均均需",
        "en": "Required a month in both quarters",
    },
    "quantity.required_intensity_q3.monthly_average": {
        "zh": "三季度月均需",
        "en": "Required a month in Q3",
    },
    "quantity.required_intensity_q4.monthly_average": {
        "zh": "四季度月均需",
        "en": "Required a month in Q4",
    },
}

WORDS_OF_A_NEW_EDITION = {  # what is asked for where one is begun
    "lever.monthly_average": {"zh": "{label}：{quarter}月均", "en": "{label}: a month of {quarter}"},
    "reason.monthly_average": {"zh": "默认沿用上半年月均", "en": "Default: the first half's months hold"},
    **{f"figure.{month}": {"zh": f"{month[1]}月", "en": f"month {month[1]}"} for month in MONTHS},
}


def quarter_of(average: Number) -> Number:
    """Three months' amount, in the unit of their average."""
    return average * 3


class MonthlyFlow(Form):
    """An amount of which each month of the first half is known; a quarter's lever is its monthly average."""

    name = "monthly_flow"
    kind, read_as = MONTHLY_SUM, "flow"
    roles = (AVERAGE,)
    figures_needed = MONTHS
    figures_reckoned_with = MONTHS
    required_in: ClassVar[Mapping[str, str]] = {"h2": "intensity", "q4": "intensity_q4", "q3": "intensity_q3"}

    def h1(self, facts: Facts) -> Number:
        """The six months."""
        return sum(facts.number(month) for month in MONTHS)

    def path(self, facts: Facts) -> Path:
        """The six months, three at the average of each quarter, and their sums."""
        h1 = facts.h1
        q3, q4 = (quarter_of(average) for average in facts.in_both_quarters(AVERAGE))
        return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))

    def required(self, facts: Facts, target: Number) -> Required:
        """Amounts, and the monthly averages that bring them."""
        path, needed = facts.path, solve_each(facts, target)
        return Required(
            h2=f.shortfall(target, path.h1),
            q3=f.shortfall(target, f.ytd_q3_amount(path.h1, path.q4)),
            q4=f.shortfall(target, path.ytd_q3),
            intensity=needed.both,
            intensity_q3=needed.q3,
            intensity_q4=needed.q4,
        )


MONTHLY_FLOW = MonthlyFlow()
