"""How is a start rate reckoned?  The projects started by the end of the year, as a share of those listed."""

from __future__ import annotations

from collections.abc import Sequence

from hdmodel import formulas as f
from hdmodel.edition import Indicator
from hdmodel.facts import Facts
from hdmodel.form import LEVEL, Form, Role, Values
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.paths import Path
from hdmodel.problems import Phrase
from hdmodel.required import Required
from hdmodel.units import COUNT, PERCENT

STARTS = Role("starts", COUNT, is_count=True, usual=("0", "0", "30", "1"))


class StartRate(Form):
    """A share in % of the projects that have started (开复工率); what it needs is a number of projects."""

    name, kind = "start_rate", LEVEL
    read_as, read_at = "level", "level"
    roles = (STARTS,)
    figures_needed = ("started", "listed")
    figures_reckoned_with = figures_needed
    figures_above_0 = ("listed",)
    counts_starts = True
    settled_by_q3 = takes_the_place_of = STARTS.name

    def h1(self, facts: Facts) -> Number | None:
        """The rate in % at the end of June."""
        return f.start_rate(facts.number("started"), facts.number("listed"))

    def path(self, facts: Facts) -> Path:
        """The rate in % at the end of June, September and December."""
        started, listed = facts.number("started"), facts.number("listed")
        starts_q3, starts_q4 = facts.in_both_quarters(STARTS)
        q3 = f.start_rate(f.started_by_q3(started, starts_q3), listed)
        q4 = f.start_rate(f.started_by_q4(started, starts_q3, starts_q4), listed)
        return Path(facts.h1, q3, q4, q3, q4)

    def required(self, facts: Facts, target: Number) -> Required:
        """The projects that must start."""
        started, listed = facts.number("started"), facts.number("listed")
        starts_q3, starts_q4 = facts.in_both_quarters(STARTS)
        return Required(
            h2=f.starts_needed(target, listed, started),
            q3=f.starts_needed(target, listed, f.started_by_q3(started, starts_q4)),
            q4=f.starts_needed(target, listed, f.started_by_q3(started, starts_q3)),
        )

    def starts_missing(self, facts: Facts, target: Number) -> Number | None:
        """The projects still missing (还差项目数) at the end of the year under the scenario."""
        started, listed = facts.number("started"), facts.number("listed")
        starts_q3, starts_q4 = facts.in_both_quarters(STARTS)
        return f.starts_needed(target, listed, f.started_by_q4(started, starts_q3, starts_q4))

    def at_odds(self, id: str, figures: Values) -> Sequence[tuple[str, Phrase]]:
        """More projects started than there are."""
        started, listed = figures.get(f"{id}.started"), figures.get(f"{id}.listed")
        if started is None or listed is None or started <= listed:
            return ()
        return ((f"{id}.started", Phrase("wanted.no_more_than", id=f"{id}.listed", value=plain(listed))),)

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """Projects for what is counted, % for the rate itself."""
        if name in ("started", "listed", "actual_q3", "actual_ytd_q3"):
            return COUNT
        return PERCENT if name in ("h1", "target") else None

    def actual_q3(self, facts: Facts) -> Number | None:
        """The projects that did start in Q3; a cumulative number (累计) is turned into it by those of H1."""
        cumulative = facts.number("actual_ytd_q3")
        if cumulative is None:
            return facts.number("actual_q3")
        return f.amount_since_h1(cumulative, facts.number("started"))

    def cumulative_q3(self, facts: Facts) -> Number:
        """The projects started by the end of September."""
        return f.started_by_q3(facts.number("started"), facts.actual_q3)


START_RATE = StartRate()
