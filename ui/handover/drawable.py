"""Which answers can be drawn just now?  Those with a chart in this visit, as the visitor has set them up."""

from __future__ import annotations

from collections.abc import Callable

from hdmodel import PageState, project
from hdmodel.ledger import carried_indicator, quarters_left
from hdmodel.sensitivity import swings
from ui.answers.ledger_answer import LedgerAnswer, ledger_answer
from ui.answers.lever_map_rows import Axes, axes_of
from ui.answers.past_years_rows import EnteredYears, entered_years
from ui.answers.plan_rows import NamedState, bar_rows, bars_indicator, columns_of, states_of
from ui.handover.view_answer import (
    ViewAnswer,
    compare_answer,
    explore_answer,
    ledger_view_answer,
    required_answer,
    years_answer,
)
from ui.session import keys, state, visit_ledger
from ui.text.speech import Speech

Drawable = dict[str, Callable[[], ViewAnswer]]  # by the name of its view; `years` stand in `required`


def drawable(opened: PageState, speech: Speech) -> Drawable:
    """What makes each answer that has something to draw."""
    answers: Drawable = {"explore": lambda: explore_answer(opened, speech)}
    if swings(opened.edition, opened.scenario, opened.focus):
        answers["required"] = lambda: required_answer(opened, _axes(opened), speech)
    columns = columns_of(opened, speech)
    if bar_rows(opened.edition, columns, bars_indicator(opened), speech):
        answers["compare"] = lambda: compare_answer(opened, _ends(opened, columns, speech), speech)
    ledger = present_ledger(opened)
    if ledger is not None and ledger.parts:
        answers["projects"] = lambda: ledger_view_answer(opened, ledger, speech)
    years = _years(opened)
    if years is not None and years.years:
        answers["years"] = lambda: years_answer(opened, years, speech)
    return answers


def present_ledger(opened: PageState) -> LedgerAnswer | None:
    """What the visit's ledger answers; `None` where the edition has no indicator that one carries."""
    indicator = carried_indicator(opened.edition, opened.ledger)
    if indicator is None:
        return None
    ledger = visit_ledger.held(opened.edition, opened.language).ledger
    quarters = quarters_left(opened.edition, indicator.id, opened.scenario)
    return ledger_answer(opened, ledger, visit_ledger.carried_amounts(opened, ledger, quarters))


def _axes(opened: PageState) -> Axes | None:
    """The two levers that the visitor has chosen for the map."""
    chosen = [keys.get(f"map-{axis}-{opened.focus}") for axis in "xy"]
    return axes_of(opened.edition, opened.scenario, opened.focus, chosen)


def _ends(opened: PageState, columns: list[NamedState], speech: Speech) -> tuple[NamedState, NamedState]:
    """The two states that the visitor holds against each other, as the page begins with them otherwise."""
    states, (first, *_, last) = states_of(opened, speech), columns
    before, after = (keys.get(f"compare-{end}") for end in ("from", "to"))
    return states.get(str(before), first), states.get(str(after), last)


def _years(opened: PageState) -> EnteredYears | None:
    projection = project(opened.edition, opened.scenario)[opened.focus]
    return entered_years(opened.edition, projection, state.own_years(opened.focus)[1])
