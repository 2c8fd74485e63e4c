"""What has come of what was supposed?  A state of an edition beside a newer one of the same place and year,
and that state carried over to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hdmodel.edition import Edition, Figure
from hdmodel.links.link import PageState, live_link, open_link
from hdmodel.links.plans import SLOTS
from hdmodel.projection import Outcome, outcome_of
from hdmodel.scenario import baseline


@dataclass(frozen=True)
class Printed:
    """An indicator as it was supposed, as it is printed, and with what was supposed of Q4 carried over."""

    supposed: Outcome
    printed: Outcome
    carried: Outcome

    @property
    def compares(self) -> bool:
        """Whether both are reckoned in one unit."""
        return self.supposed.projection.unit == self.printed.projection.unit


@dataclass(frozen=True)
class Revised:
    """A figure that a newer edition gives otherwise; `None` where one of the two has none of that name."""

    before: Figure | None
    after: Figure | None


def carried_over(opened: PageState, newer: Edition) -> PageState:
    """The state in a newer edition: view, focus, language, and what is supposed and entered, but for what has
    become a fact. Plans stay with the edition that they were made in; what cannot be kept is among its
    problems.
    """
    pairs = {name: value for name, value in live_link(opened).items() if name not in SLOTS}
    kept = {name: value for name, value in pairs.items() if name == "e" or not _is_fact(name, opened, newer)}
    return open_link([*{**kept, "e": newer.id}.items()], newer)


def _is_fact(name: str, opened: PageState, newer: Edition) -> bool:
    """Whether it was a supposition of a quarter that is printed in the newer edition."""
    lever = opened.edition.levers.get(name)
    if lever is None or "q3" not in (lever.quarter, lever.id[-2:]):
        return False
    return knows_q3(newer, lever.indicator)


def knows_q3(edition: Edition, indicator: str) -> bool:
    """Whether an edition itself says what Q3 brought to an indicator."""
    if indicator not in edition.indicators:
        return False
    return outcome_of(edition, baseline(edition), indicator).projection.is_q3_known


def printed_since(opened: PageState, newer: Edition) -> Iterator[Printed]:
    """The indicators of which the newer edition says what Q3 brought, and the older one did not."""
    carried = carried_over(opened, newer)
    for id in opened.edition.indicators:
        if knows_q3(newer, id) and not knows_q3(opened.edition, id):
            yield Printed(
                outcome_of(opened.edition, opened.scenario, id),
                outcome_of(newer, baseline(newer), id),
                outcome_of(newer, carried.scenario, id),
            )


def revised(older: Edition, newer: Edition) -> Iterator[Revised]:
    """The figures that both give otherwise, and those of one of them alone, but for what Q3 brought."""
    for id in dict.fromkeys((*older.figures, *newer.figures)):
        before, after = older.figures.get(id), newer.figures.get(id)
        if _said(before) != _said(after) and ".actual_" not in id:
            yield Revised(before, after)


def _said(figure: Figure | None) -> object:
    return None if figure is None else (figure.value, figure.unit, figure.tag)
