"""Which plan?  Three slots to keep states in,
and everything kept beside the baseline and the present state.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from hdmodel import Edition, PageState, Scenario, preset
from hdmodel.links.plans import MOST_LETTERS, SLOTS, Plan, named
from hdmodel.reasons import Transition
from ui.answers.plan_rows import (
    NamedState,
    bar_rows,
    bars_indicator,
    bars_title,
    columns_of,
    left_out_of_bars,
    lever_rows,
    result_rows,
    states_of,
    title_of,
)
from ui.answers.plan_sheet import sheet
from ui.answers.reason_sentences import change_sentence
from ui.answers.sentences import short_name
from ui.charts.colours import Look
from ui.charts.compare_chart import compare_frame, compare_spec
from ui.explain.clicks import heard_on_chart
from ui.explain.questions import Change, StateInQuestion
from ui.html.elements import element, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.frame import escape_markdown
from ui.page.look import look
from ui.page.moves import moves_bar
from ui.session import keys, state
from ui.text.speech import Speech
from ui.views.required import why_html


@lru_cache
def _spec(colours: Look) -> dict[str, Any]:
    return compare_spec(colours)


def compare(opened: PageState, speech: Speech) -> None:
    """The slots; the table, the chart and the levers that differ; why two of them differ;
    and all of it for a spreadsheet.
    """
    moves_bar(opened, speech)
    _slots(opened, speech)
    edition, columns = opened.edition, columns_of(opened, speech)
    titles = [column.title for column in columns]
    show_html(table_html(["", *titles], result_rows(edition, columns, speech), "compare", is_labelled=True))
    st.caption(speech.say("compare.of_h1"))
    shown = _chart(opened, columns, speech)
    show_html(element("h2", speech.say("compare.levers"), class_="part"))
    differing = lever_rows(edition, columns, speech)
    if differing:
        show_html(table_html(["", *titles], differing, "compare-levers", is_labelled=True))
    else:
        st.caption(speech.say("compare.alike"))
    _between_two(opened, columns, shown, speech)
    folded = st.expander(speech.say("compare.sheet"), key="compare-sheet", on_change="rerun")
    if folded.open:
        folded.code(sheet(edition, columns, speech), language=None)


# --- the slots
# -------------------------------------------------------------------------------------------------------


def _slots(opened: PageState, speech: Speech) -> None:
    with st.container(key="slots"):
        for column, slot, plan in zip(st.columns(len(SLOTS)), SLOTS, opened.plans, strict=True):
            with column, st.container(border=True, key=f"slot-{slot}"):
                _slot(opened, slot, plan, speech)
    st.caption(speech.say("compare.about"))


def _slot(opened: PageState, slot: str, plan: Plan | None, speech: Speech) -> None:
    show_html(element("h2", title_of(slot, plan, speech), class_="quarter"))
    with st.container(horizontal=True, gap="small"):
        _action("keep", slot, speech, opened.edition, is_off=False)
        _action("load", slot, speech, opened.edition, is_off=plan is None)
        _action("swap", slot, speech, opened.edition, is_off=plan is None)
        _action("clear", slot, speech, opened.edition, is_off=plan is None)
    _presets(opened, slot, speech)
    if plan is not None:
        keys.put(f"name-{slot}", plan.name)
        st.text_input(
            speech.say("plan.name"),
            key=f"name-{slot}",
            max_chars=MOST_LETTERS,
            placeholder=speech.say("plan.name.placeholder"),
            label_visibility="collapsed",
            on_change=_rename,
            args=(opened.edition, slot, plan),
        )


def _presets(opened: PageState, slot: str, speech: Speech) -> None:
    menu = st.popover(speech.say("plan.preset"), key=f"preset-{slot}", on_change="rerun", width="stretch")
    if not menu.open:
        return
    with menu:
        for scenario in opened.edition.scenarios.values():
            label = speech.pick(scenario.label)
            st.button(
                escape_markdown(label),
                key=f"preset-{slot}-{scenario.id}",
                width="stretch",
                on_click=_keep_preset,
                args=(opened.edition, slot, scenario.id, label),
            )


def _action(name: str, slot: str, speech: Speech, edition: Edition, *, is_off: bool) -> None:
    st.button(
        speech.say(f"plan.{name}"),
        key=f"{name}-{slot}",
        disabled=is_off,
        on_click=_ACTIONS[name],
        args=(edition, slot),
    )


def _held(slot: str) -> Plan | None:
    """What the slot holds at this moment, which a click may know before the page was drawn with it."""
    return state.current().plans[SLOTS.index(slot)]


def _keep(edition: Edition, slot: str) -> None:
    """The present state goes into the slot; a name that was given to another state goes."""
    _put(edition, slot, Plan(state.current().scenario))


def _load(edition: Edition, slot: str) -> None:
    """The plan becomes the present state, entries included."""
    plan = _held(slot)
    if plan is not None:
        state.put(edition, plan.scenario.as_dict())


def _swap(edition: Edition, slot: str) -> None:
    """The plan and the present state change places."""
    plan, present = _held(slot), state.current().scenario
    if plan is not None:
        state.put(edition, plan.scenario.as_dict())
        state.put_plan(edition, slot, Plan(present))


def _clear(edition: Edition, slot: str) -> None:
    _put(edition, slot, None)


def _put(edition: Edition, slot: str, plan: Plan | None) -> None:
    """The plan goes into the slot; if another one stood there, the page says so, and how it comes back."""
    before = _held(slot)
    state.put_plan(edition, slot, plan)
    if before is not None and before != plan:
        speech = Speech(state.language())
        what = "plan.said.cleared" if plan is None else "plan.said.replaced"
        st.toast(escape_markdown(speech.say(what, slot=title_of(slot, before, speech))))


_ACTIONS = {"keep": _keep, "load": _load, "swap": _swap, "clear": _clear}


def _keep_preset(edition: Edition, slot: str, scenario: str, label: str) -> None:
    """A scenario of the edition goes into the slot, under its own name; what is entered goes with it."""
    made = {id: value for id, value in state.current().scenario.values if edition.levers[id].is_entry}
    supposed = Scenario(tuple({**preset(edition, scenario).as_dict(), **made}.items()))
    _put(edition, slot, Plan(supposed, named(label)))
    keys.put(f"preset-{slot}", False)  # closes the menu


def _rename(edition: Edition, slot: str, shown: Plan) -> None:
    """The name is for the plan that was shown; one that took its place at the same moment has none yet."""
    plan = _held(slot)
    if plan is not None and plan.scenario == shown.scenario:
        state.put_plan(edition, slot, replace(plan, name=named(keys.get(f"name-{slot}"))))


# --- side by side
# ----------------------------------------------------------------------------------------------------


def _chart(opened: PageState, columns: list[NamedState], speech: Speech) -> str:
    """One bar a column for one indicator; gives which."""
    edition = opened.edition
    headlines = [id for id, indicator in edition.indicators.items() if indicator.headline]
    shown = bars_indicator(opened)
    keys.put("compare-focus", shown)
    st.segmented_control(
        speech.say("compare.chart"),
        headlines,
        key="compare-focus",
        format_func=lambda id: escape_markdown(short_name(edition, id, speech)),
        on_change=lambda: state.show("focus", keys.get("compare-focus") or shown),
    )
    rows = bar_rows(edition, columns, shown, speech)
    if rows:
        show_html(element("h2", bars_title(opened, shown, speech), class_="part"))
        st.vega_lite_chart(
            compare_frame([{**row, "clicks": state.clicks()} for row in rows]),
            _spec(look()),
            key="compare-chart",
            height=40 + 64 * len(rows),
            on_select=lambda: heard_on_chart(state.take_clicks("compare-chart")),
        )
        left_out = left_out_of_bars(columns, rows, speech)
        if left_out:
            show_html(remark(left_out))
    else:
        st.caption(speech.say("map.no_year"))
    return shown


def _between_two(opened: PageState, columns: list[NamedState], indicator: str, speech: Speech) -> None:
    """Why one of two states lands elsewhere than the other, for the indicator of the chart."""
    show_html(element("h2", speech.say("compare.why"), class_="part"))
    edition, by_key = opened.edition, states_of(opened, speech)
    keys = list(by_key)
    with st.container(horizontal=True):
        first, last = (
            st.selectbox(
                speech.say(f"compare.{end}"),
                keys,
                index,
                key=f"compare-{end}",
                format_func=lambda key: by_key[key].title,
            )
            for end, index in (("from", 0), ("to", len(columns) - 1))
        )
    before, after = by_key[first], by_key[last]
    transition = Transition(edition, before.scenario, after.scenario, indicator)
    asked = Change(indicator, "change", StateInQuestion(before.key), StateInQuestion(after.key))
    show_html(why_html(transition, asked, speech))
    st.code(
        change_sentence(transition, speech),
        language=None,
        wrap_lines=True,
    )
