"""What has come of what was supposed?  The guided step from an older edition to the newest of the same place
and year: what was supposed beside what is printed, and what was corrected.
"""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from hdmodel import Edition, PageState
from hdmodel.links.link import live_link
from hdmodel.links.step_to_newer import Printed, Revised, carried_over, printed_since, revised
from hdmodel.projection import Outcome
from hdmodel.reading.edition import newer_edition
from hdmodel.reading.upload import is_released
from ui.answers.sentences import short_name
from ui.html.elements import element, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.frame import edition_words, escape_markdown
from ui.session import keys, state
from ui.text.speech import Speech

_SUPPOSED = ("indicator", "supposed", "printed", "apart", "year_supposed", "year_now")
_REVISED = ("figure", "before", "after")


def newer_step(opened: PageState, speech: Speech) -> None:
    """The step, folded until it is asked for; nothing where no newer edition is here."""
    newer = newer_edition(opened.edition) if is_released(opened.edition) else None
    if newer is None:
        return
    title = speech.say("step.title", what=edition_words(newer, speech))
    folded = st.expander(escape_markdown(title), key="step", on_change="rerun")
    if folded.open:
        with folded:
            _step(opened, newer, speech)


def _step(opened: PageState, newer: Edition, speech: Speech) -> None:
    printed, corrected = list(printed_since(opened, newer)), list(revised(opened.edition, newer))
    if printed:
        show_html(element("p", speech.say("step.printed")))
        columns = [speech.say(f"step.column.{name}") for name in _SUPPOSED]
        show_html(
            table_html(columns, [_printed_row(row, speech) for row in printed], "step", is_labelled=True)
        )
        show_html(remark(speech.say("step.printed.about")))
    if corrected:
        show_html(element("p", speech.say("step.revised", count=str(len(corrected)))))
        columns = [speech.say(f"step.column.{name}") for name in _REVISED]
        show_html(
            table_html(columns, [_revised_row(row, speech) for row in corrected], "step", is_labelled=True)
        )
    if not printed and not corrected:
        show_html(element("p", speech.say("step.same")))
    st.button(
        speech.say("step.go" if printed else "step.go.revised"),
        key="step-go",
        type="primary",
        on_click=_go,
        args=(opened, newer, edition_words(newer, speech)),
    )
    st.caption(speech.say("step.about"))


def _printed_row(row: Printed, speech: Speech) -> tuple[str, ...]:
    supposed, printed = row.supposed.projection.path.q3, row.printed.projection.path.q3
    return (
        short_name(row.supposed.edition, row.supposed.projection.id, speech),
        _amount(supposed, row.supposed, speech),
        _amount(printed, row.printed, speech),
        _apart(row, supposed, printed, speech),
        _amount(row.supposed.projection.path.full_year, row.supposed, speech),
        _amount(row.carried.projection.path.full_year, row.carried, speech),
    )


def _apart(row: Printed, supposed: Fraction | None, printed: Fraction | None, speech: Speech) -> str:
    """By how much what is printed is more or less; of rates in percentage points."""
    if supposed is None or printed is None or not row.compares:
        return "–"
    unit, by = row.printed.projection.unit, printed - supposed
    if unit.startswith("%"):
        return speech.points_signed(by, row.printed.places)
    return speech.amount(by, unit, row.printed.places, signed=True)


def _amount(value: Fraction | None, outcome: Outcome, speech: Speech) -> str:
    return speech.amount(value, outcome.projection.unit, outcome.places)


def _revised_row(row: Revised, speech: Speech) -> tuple[str, ...]:
    figure = row.after or row.before
    assert figure is not None
    sides = (
        "–" if side is None else f"{speech.amount(side.value, side.unit, 2)}{_tag(side.tag, speech)}"
        for side in (row.before, row.after)
    )
    return speech.pick(figure.label), *sides


def _tag(tag: str, speech: Speech) -> str:
    return f" [{speech.say(f'tag.{tag}')}]" if tag else ""


def _go(opened: PageState, newer: Edition, words: str) -> None:
    """Go over to the newer edition with what is still supposed (a widget's callback); the older state is kept
    for the way back.
    """
    carried = carried_over(opened, newer)
    keys.put(keys.LEFT, opened)
    state.open_again([*live_link(carried).items()], newer)
    keys.put(keys.PROBLEMS, carried.problems)
    keys.put(keys.EDITION_SAID, ("step.gone", {"what": words}))
    keys.put("step", False)
    state.ask_whole_page()
