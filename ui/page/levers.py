"""How does a leader move the year?  Sliders with a typed value beside each,
and the real figures that may be entered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, Lever, PageState, Projection
from hdmodel.edition import QUARTERS
from hdmodel.facts import settled_levers
from hdmodel.paths import facts_in, numbers_of
from hdmodel.reading.remarks import without_effect
from ui.answers.reason_sentences import bearing_on
from ui.answers.sentences import half_entered, half_entered_words, label_of
from ui.html.elements import element, remark
from ui.html.show import run_script, show_html
from ui.page.frame import css_class, escape_markdown
from ui.page.notices import notice_line
from ui.page.q3_facts import chosen_way, only_this_way, settled_html, way_back
from ui.session import keys, late_messages, state
from ui.session.slider_and_field import typed_key
from ui.text.speech import Speech

WITH_LEVERS = ("explore", "required")  # the views in which the levers are in sight


def levers_in_sight(opened: PageState) -> tuple[str, ...]:
    """The levers and entries of the indicator in focus, those it shares with another included;
    none in other views.
    """
    edition, focus = opened.edition, opened.focus
    if opened.view not in WITH_LEVERS:
        return ()
    ruler = edition.entries_of("pro_rata") if edition.indicators[focus].kind.is_sum else ()
    later = (*edition.actuals_of(focus), *edition.plans_of(focus))
    return (*edition.own_levers(focus), *edition.entries_of(focus), *ruler, *later)


def moved_in_sight(opened: PageState) -> list[str]:
    """The indicators that a lever or entry in sight moves."""
    in_sight = {*levers_in_sight(opened)}
    return [id for id in opened.edition.indicators if in_sight & {*bearing_on(opened.edition, id)}]


def panel(opened: PageState, speech: Speech) -> None:
    """The levers of the indicator in focus, Q3 and Q4 apart."""
    in_sight = [opened.edition.levers[id] for id in levers_in_sight(opened)]
    settled = settled_levers(opened.edition, numbers_of(opened.edition, opened.scenario))
    for quarter in QUARTERS:
        levers = [lever for lever in in_sight if lever.quarter == quarter and not lever.is_entry]
        if levers:
            _quarter(opened, levers, settled, speech)
    _note(speech)
    _unusable(opened, speech)
    _without_effect(opened, speech)
    _focus_picked(opened.edition)


def _quarter(opened: PageState, levers: list[Lever], settled: Collection[str], speech: Speech) -> None:
    """A quarter's heading, what is known of it, and the levers that are still open."""
    known, quarter = [lever for lever in levers if lever.id in settled], levers[0].quarter
    is_q3_known = facts_in(opened.edition, opened.scenario, opened.focus).is_q3_known
    is_known = quarter == "q3" and is_q3_known and known
    title = speech.say(f"quarter.{quarter if not is_known else 'known' if known == levers else 'partly'}")
    with st.container(key=f"quarter-{quarter}", horizontal=True):
        show_html(element("h2", title, class_="quarter"))
        if known:
            with st.container(key=f"known-{quarter}"):
                for lever in known:
                    _settled(lever, opened, speech)
        for lever in levers:
            if lever not in known:
                _lever(opened.edition, lever, opened.scenario.as_dict()[lever.id], speech)


def _settled(lever: Lever, opened: PageState, speech: Speech) -> None:
    """What is known of the quarter, in the slider's place."""
    show_html(settled_html(opened, lever, speech))
    for id in opened.edition.actuals_of(opened.focus) if lever.quarter == "q3" else ():
        if lever.indicator == opened.focus and opened.scenario.as_dict()[id] is not None:
            way_back(opened.edition, id, speech.say("actual.back"), speech)


def _unusable(opened: PageState, speech: Speech) -> None:
    """What was typed and contradicts something else: named where it was typed,
    and left out of the numbers.
    """
    for problem in opened.problems:
        st.warning(escape_markdown(notice_line(problem, opened.edition, speech)))


def _without_effect(opened: PageState, speech: Speech) -> None:
    """What is entered of the indicator in focus and moves nothing as things are, with the reason. One amount
    without the other is said beside the entries; what is known of a quarter stands in its slider's place.
    """
    in_sight = [id for id in levers_in_sight(opened) if opened.edition.levers[id].is_entry]
    for problem in without_effect(opened.edition, opened.scenario):
        if problem.place in in_sight and problem.kind != "idle_half":
            line = notice_line(problem, opened.edition, speech)
            show_html(remark(line))


def _focus_picked(edition: Edition) -> None:
    """Put the keyboard on the slider that a chart asked for, and bring it into view."""
    picked = state.picked_lever()
    if picked in edition.levers:
        slider = json.dumps(f".{css_class(picked)} input")
        find = f"const slider = document.querySelector({slider})"
        run_script(f"{{ {find}; slider?.focus(); slider?.scrollIntoView({{block: 'center'}}); }}")


def entries(opened: PageState, projection: Projection, speech: Speech) -> None:
    """The figures that may be entered, folded; one that is made asks for the whole page."""
    edition, values = opened.edition, opened.scenario.as_dict()
    entries = [lever for id in levers_in_sight(opened) if (lever := edition.levers[id]).role == "entry"]
    later = [
        edition.levers[id] for id in (*edition.actuals_of(opened.focus), *edition.plans_of(opened.focus))
    ]
    if not entries and not later:
        return
    folded = st.expander(speech.say("entries"), key="entries", on_change="rerun")
    with folded:
        way = chosen_way(opened, projection, speech) if folded.open else None
        if way is not None:
            _entry(edition.levers[way], opened, speech, way_of_many=True)
        if folded.open and entries:
            show_html(element("h2", speech.say("entries.facts"), class_="quarter"))
        for lever in entries:
            if folded.open or values[lever.id] is not None:
                _entry(lever, opened, speech)
    half = half_entered(edition, opened.scenario, projection)
    if half is not None:
        st.warning(escape_markdown(half_entered_words("entries.half", half, opened.scenario, speech)))


def _lever(edition: Edition, lever: Lever, value: Fraction | None, speech: Speech) -> None:
    if lever.low == lever.high:
        return  # nothing left to move: no slider has a single place
    if lever.is_typed_alone:
        state.seed(lever, value)
        _typed_alone(edition, lever, _Blank(value, speech.say("blank"), state.ask_whole_page), speech)
    else:
        _slider(edition, lever, value, speech)
        _typed(edition, lever, speech)


def _slider(edition: Edition, lever: Lever, value: Fraction | None, speech: Speech) -> None:
    state.seed(lever, value)
    low, high, step = (state.as_widget_value(lever, value) for value in (lever.low, lever.high, lever.step))
    stands = keys.get(lever.id)  # so that a browser that draws it anew, unasked, has it stand there, too
    st.slider(
        escape_markdown(label_of(edition, lever, speech)),
        low,
        high,
        stands,
        step,
        key=lever.id,
        format=_format(lever),
        help=escape_markdown(speech.pick(lever.reason)),
    )


def _typed(edition: Edition, lever: Lever, speech: Speech) -> None:
    """The slider's value as a number that can be typed or stepped;
    `ui.session.slider_and_field` keeps the two in agreement.
    """
    late_messages.bring(typed_key(lever.id), float(keys.get(lever.id)))
    st.number_input(
        escape_markdown(speech.say("input.typed", label=label_of(edition, lever, speech))),
        float(lever.low),
        float(lever.high),
        value=None,  # one that is emptied says nothing, and takes its slider's value again
        step=float(lever.step),
        format=f"%.{decimals(lever)}f",
        key=typed_key(lever.id),
        label_visibility="collapsed",
    )


def _entry(lever: Lever, opened: PageState, speech: Speech, *, way_of_many: bool = False) -> None:
    """A field, and once something is entered in it the way back to what stands without it."""
    figure = opened.edition.figures.get(lever.id)
    standing = speech.say("blank")
    if figure is not None and figure.value is not None:
        number = speech.number(figure.value, decimals(lever, figure.value))
        standing = f"{number} · {speech.say(f'tag.{figure.tag}')}"
    on_change = (lambda: only_this_way(opened.edition, lever.id)) if way_of_many else None
    value = opened.scenario.as_dict()[lever.id]
    state.seed(lever, value)
    _typed_alone(opened.edition, lever, _Blank(value, standing, on_change), speech)
    # that way back stands where the slider was
    if value is not None and not way_of_many:
        way_back(opened.edition, lever.id, standing, speech)


@dataclass(frozen=True)
class _Blank:
    """A field that may be blank: what is entered, what stands without an entry, and what is done when one is
    made.
    """

    value: Fraction | None
    standing: str
    on_change: Callable[[], None] | None = None


def _typed_alone(edition: Edition, lever: Lever, blank: _Blank, speech: Speech) -> None:
    """A number that is typed and has no slider."""
    st.number_input(
        escape_markdown(label_of(edition, lever, speech)),
        float(lever.low),
        float(lever.high),
        value=None,
        step=float(lever.step),
        format=f"%.{decimals(lever, blank.value)}f",
        key=lever.id,
        placeholder=blank.standing,
        help=escape_markdown(speech.pick(lever.reason)),
        on_change=blank.on_change,
    )


def _note(speech: Speech) -> None:
    note = state.take_note()
    if note is not None:
        key, parts = note
        st.warning(escape_markdown(speech.say(key, **parts)))


def _format(lever: Lever) -> str:
    return f"%.{decimals(lever)}f" if decimals(lever) else "%d"


def decimals(lever: Lever, value: Fraction | None = None) -> int:
    """The decimals of a field: as many as a slider's places have, so that none is shown rounded;
    none for a count, and two for what is entered, or as many as `value` has been entered with.

    >>> from dataclasses import replace
    >>> from hdmodel import released_edition
    >>> levers = released_edition().levers
    >>> lever, target = levers["industrial_value_added.q3"], levers["general_industrial_investment.target"]
    >>> [decimals(replace(lever, step=Fraction(step))) for step in ("0.1", "0.05", "1")]
    [1, 2, 0]
    >>> [decimals(target, Fraction(value)) for value in ("40", "40.5", "40.125")]
    [2, 2, 3]
    """
    if lever.is_count and lever.is_entry:
        return 0
    if lever.is_entry:
        return max(2, lever.places if value is None else lever.places_of(value))
    return lever.places
