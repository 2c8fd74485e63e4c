"""What came with the address?  What of it could not be used,
and whether it still gives the results it was sent with.
"""

from __future__ import annotations

import re
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, PageState, Problem, project
from hdmodel.links.sent_results import Difference, differences, reason_of
from ui.files.faults import found_in_words, in_words
from ui.html.elements import Markup, element, listed, notice
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.session import state
from ui.text.speech import MINUS, Speech, with_minus
from ui.text.texts import TEXTS

_WORD = re.compile(r"[a-z][a-z0-9_.]*")
_REMARKS = ("idle_q3", "idle_plan", "idle_amounts", "idle_half")  # what is as it was set, and moves nothing
_MINUS_SIGN = re.compile(r"(?<!\w)-(?=\d)")


def notices(problems: tuple[Problem, ...], edition: Edition, speech: Speech) -> None:
    """Everything in the address that could not be used, above the numbers,
    each with what was used instead.
    """
    if not problems:
        return
    lines = listed(notice_line(problem, edition, speech) for problem in problems)
    with st.container(key="notice"):
        show_html(notice(speech.say("notice.title"), lines, *_other_edition(problems, speech)))
        with st.container(horizontal=True):
            st.button(speech.say("notice.dismiss"), key="dismiss", on_click=state.dismiss_problems)
            if any(problem.kind == "unknown_edition" for problem in problems):
                st.button(
                    speech.say("notice.to_upload"),
                    key="to-upload",
                    on_click=state.show,
                    args=("view", "sources"),
                )


def _other_edition(problems: tuple[Problem, ...], speech: Speech) -> list[Markup]:
    """How an edition that is not here can be had."""
    named = [speech.shortened(problem.found) for problem in problems if problem.kind == "unknown_edition"]
    return [element("p", speech.say("notice.other_edition", id=id)) for id in named]


def notice_line(problem: Problem, edition: Edition, speech: Speech) -> str:
    """A fault in words, the levers in it by their names."""
    named = {"baseline": speech.say("used.baseline"), "blank": speech.say("used.blank")}
    named["as far as it goes"] = speech.say("used.as_far")
    instead = named.get(problem.used, speech.shortened(problem.used, 200))
    used = speech.say("notice.used", used=instead) if problem.used else speech.say("notice.ignored")
    gaps = {
        "name": _named(edition, speech.shortened(problem.place, 200), speech),
        "value": found_in_words(problem, speech),
        "what": speech.say(f"problem.{problem.kind}"),
    }
    if problem.kind in _REMARKS:
        return speech.say("notice.remark", **gaps)
    return speech.say(
        "notice.line", **gaps, accepted=_named(edition, _accepted(problem, speech), speech), used=used
    )


def _named(edition: Edition, text: str, speech: Speech) -> str:
    """The text with the ids of levers and entries in it followed by what they are called."""
    return _WORD.sub(lambda word: _with_label(edition, word[0], speech), text)


def _with_label(edition: Edition, word: str, speech: Speech) -> str:
    lever = edition.levers.get(word)
    return word if lever is None else speech.say("notice.named", label=speech.pick(lever.label), id=word)


def _accepted(problem: Problem, speech: Speech) -> str:
    """What is accepted: the limits or names as they are, or the texts' words where English ones stand in."""
    key = f"accepted.{problem.kind}"
    return speech.say(key) if key in TEXTS else _MINUS_SIGN.sub(MINUS, in_words(problem.wanted, speech))


def sent_results_compared(arrived: PageState, opened: PageState, speech: Speech) -> None:
    """The results that the link was sent with against those it opened to: a quiet mark where they agree,
    else both, and why.
    """
    if arrived.sent_results is None or state.are_sent_results_dismissed():
        return
    moved = differences(arrived.edition, arrived.scenario, arrived.sent_results)
    if not moved and opened.scenario != arrived.scenario:
        return
    if not moved:
        show_html(element("p", f"✓ {speech.say('sent.same')}", class_="remark told"))
        return
    reason = "absent" if state.is_waiting() else reason_of(arrived.edition, arrived.sent_results)
    why = element("p", speech.say(f"sent.{reason}"))
    columns = [speech.say(f"sent.column.{name}") for name in ("indicator", "then", "now")]
    rows = [_row(arrived, difference, speech) for difference in moved]
    with st.container(key="sent-results"):
        table = table_html(columns, rows, "sent-results")
        show_html(notice(speech.say("sent.different"), why, table))
        st.button(
            speech.say("notice.dismiss"), key="dismiss-sent-results", on_click=state.dismiss_sent_results
        )


def _row(arrived: PageState, difference: Difference, speech: Speech) -> tuple[str, str, str]:
    """Then and now, with as many decimals as it takes to see that they differ."""
    indicator = arrived.edition.indicators[difference.indicator]
    unit = project(arrived.edition, arrived.scenario)[difference.indicator].unit
    usual = indicator.places_in(unit)
    places = next(
        (
            places
            for places in range(usual, 4)
            if _said(difference.then, places) != _said(difference.now, places)
        ),
        4,
    )
    now = speech.amount(difference.now, unit, places)
    if difference.then is None:
        return speech.pick(indicator.label), speech.say("blank"), now
    # a link does not say in which it was
    can_change_unit = indicator.kind.is_sum and indicator.unit.startswith("%")
    then = (
        speech.number(difference.then, places)
        if can_change_unit
        else speech.amount(difference.then, unit, places)
    )
    return speech.pick(indicator.label), then, now


def _said(value: Fraction | None, places: int) -> str:
    return "" if value is None else with_minus(value, places)
