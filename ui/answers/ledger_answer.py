"""What does the ledger answer?  What it secures of what is missing: a sentence, and the parts of a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import PageState, project
from hdmodel.ledger import (
    UNIT,
    Coverage,
    Ledger,
    carried_indicator,
    coverage_of,
    quarters_left,
    within,
)
from ui.answers.ledger_rows import Segment, coverage_places, coverage_sentence, places_that_show, segments
from ui.explain.clicks import number_html
from ui.explain.questions import Covered
from ui.html.elements import Markup
from ui.text.speech import Speech


@dataclass(frozen=True)
class LedgerAnswer:
    """A ledger against its indicator; `carried` are sums that came without the ledger they are of."""

    indicator: str
    ledger: Ledger
    coverage: Coverage | None
    carried: Fraction | None
    quarters: Sequence[str]

    @property
    def secured(self) -> Fraction:
        """What counts in the quarters to come."""
        return within(self.ledger.tally.counted, self.quarters) if self.carried is None else self.carried

    @property
    def parts(self) -> list[Segment]:
        """The parts of the bar."""
        return segments(self.coverage, self.ledger.tally, self.secured, self.quarters)

    @property
    def places(self) -> int:
        """The decimals with which all of it adds up."""
        return coverage_places(self.coverage) if self.coverage else places_that_show(self.secured)


def ledger_answer(opened: PageState, ledger: Ledger, carried: Fraction | None) -> LedgerAnswer | None:
    """A ledger held against what is supposed; `None` where the edition has no indicator that one carries."""
    indicator = carried_indicator(opened.edition, opened.ledger)
    if indicator is None:
        return None
    quarters = quarters_left(opened.edition, indicator.id, opened.scenario)
    coverage = coverage_of(project(opened.edition, opened.scenario)[indicator.id], ledger, quarters)
    if coverage and carried is not None:  # the link brought sums of a ledger that is not here
        coverage = Coverage(coverage.missing, carried)
    return LedgerAnswer(indicator.id, ledger, coverage, carried, quarters)


def ledger_sentence(answer: LedgerAnswer, speech: Speech) -> Markup:
    """What the ledger secures, against what is missing where the two compare."""
    is_here = answer.carried is None
    if answer.coverage:
        return coverage_sentence(answer.indicator, answer.coverage, answer.quarters, speech, is_here=is_here)
    amount = speech.amount(answer.secured, UNIT, answer.places)
    asked = Covered(answer.indicator, "secured") if is_here else None
    when = speech.say("ledger.when." + "_".join(answer.quarters))
    return speech.html("ledger.said.alone", when=when, secured=number_html(amount, asked))


def counting_words(answer: LedgerAnswer, indicator: str, speech: Speech) -> str:
    """How the projects are counted, or that they are not here."""
    if answer.carried is not None:
        return speech.say("ledger.about.carried")
    return speech.say("ledger.about.counting", name=indicator)
