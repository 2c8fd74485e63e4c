"""What would it take?  Requirements, the map, the levers,
the reasons and the arithmetic for the indicator in focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hdmodel import Edition, PageState, Projection, Scenario, baseline, project
from hdmodel.facts import levers_at_work
from hdmodel.links.plans import SLOTS
from hdmodel.numbers import adds_up, places_adding_up, places_seen
from hdmodel.paths import facts_in
from hdmodel.projection import Outcome, outcome_of
from hdmodel.reasons import Transition, pulls, reasons
from hdmodel.scenario import in_effect
from hdmodel.sensitivity import Swing, swings
from ui.answers.lever_map_rows import Axes, axes_of, on_target, pairs_rows, place_of
from ui.answers.lever_map_words import line_in_words, map_marks, years_table
from ui.answers.plan_rows import NamedState, title_of, with_entries
from ui.answers.reason_sentences import (
    change_places,
    change_sentence,
    lever_value,
    lever_values,
    moved_between,
)
from ui.answers.requirement_rows import Requirement, bands, requirements, slack
from ui.answers.sensitivity_rows import met_at, swings_rows, year_places
from ui.answers.sentences import difference, result_sentence
from ui.charts.colours import Look
from ui.charts.legend import chart_head
from ui.charts.lever_map_chart import pairs_frame, pairs_spec
from ui.charts.sensitivity_chart import swings_frame, swings_spec
from ui.explain.clicks import arithmetic_html, heard_on_chart, number_html
from ui.explain.questions import NOW, Change, Crossing, Quantity, StateInQuestion, where
from ui.html.elements import NOTHING, Markup, element, joined, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.frame import escape_markdown
from ui.page.levers import moved_in_sight
from ui.page.look import look
from ui.session import state
from ui.text.speech import Speech
from ui.views.explore import Answer, answer_html
from ui.views.past_years import record


@lru_cache
def _map_spec(colours: Look) -> dict[str, Any]:
    return pairs_spec(colours)


@lru_cache
def _swings_spec(colours: Look) -> dict[str, Any]:
    return swings_spec(colours)


def required(opened: PageState, projection: Projection, speech: Speech) -> Answer:
    """What the levers must reach, where that lies, which of them matters, what past years did,
    and why the year moved.

    Lays out the choices and what is folded, and gives what draws the rest.
    """
    needed = st.container(key="what-is-needed")  # which a phone lays before the levers
    axes = _axes(opened, projection, speech)
    if axes:
        marks = map_marks(opened.edition, projection, speech)
        show_html(element("div", chart_head(speech.say("map.title"), marks), class_="part"))
    map_place, map_table = st.container(), _folded("map-table", speech) if axes else None
    has_bars = bool(swings(opened.edition, opened.scenario, projection.id))
    if has_bars:
        marks = {mark: speech.say(f"tornado.{mark}") for mark in ("below", "now", "above")}
        show_html(element("div", chart_head(speech.say("tornado.title"), marks), class_="part"))
    bars = st.container() if has_bars else None
    bars_table = _folded("tornado-table", speech) if has_bars else None
    record(opened, projection, speech)
    reference = _reference(opened, speech)
    why = st.container()
    return _Places(speech, needed, axes, map_place, map_table, bars, bars_table, reference, why).draw


@dataclass(frozen=True)
class _Places:
    """Where the parts of the view stand, and what was chosen for them; a table is `None` while it is folded,
    and the bars are where no lever matters.
    """

    speech: Speech
    needed: DeltaGenerator
    axes: Axes | None
    map: DeltaGenerator
    map_table: DeltaGenerator | None
    bars: DeltaGenerator | None
    bars_table: DeltaGenerator | None
    reference: NamedState
    why: DeltaGenerator

    def draw(self, opened: PageState, projection: Projection, before: Scenario | None) -> Callable[[], None]:
        """Draw the charts and what must be; gives what draws the reasons, which can wait."""
        if self.axes:
            with self.map:
                _map(opened, self.axes, self.map_table, self.speech)
        if self.bars is not None:
            with self.bars:
                _tornado(opened, projection, self.bars_table, self.speech)
        with self.needed:  # after the charts, which take the browser longest
            _needed(opened, projection, self.speech)
        return partial(self._draw_why, opened, projection)

    def _draw_why(self, opened: PageState, projection: Projection) -> None:
        with self.why:
            _why(opened, projection, self.reference, self.speech)


def _folded(name: str, speech: Speech) -> DeltaGenerator | None:
    """The place of a table below its chart, `None` while it is folded."""
    folded = st.expander(speech.say(f"{name.replace('-', '.')}"), key=name, on_change="rerun")
    return folded if folded.open else None


# --- what must be
# ----------------------------------------------------------------------------------------------------


def _needed(opened: PageState, projection: Projection, speech: Speech) -> None:
    """The answer, table and remarks: one element, since each that is sent delays the charts."""
    edition, scenario = opened.edition, opened.scenario
    table = needed_table(edition, scenario, projection, speech)
    remarks = (slack(edition, scenario, projection, speech), *bands(edition, scenario, projection, speech))
    remarks_html = joined(remark(line) for line in remarks if line)
    year = projection.path.full_year
    way = NOTHING if year is None else arithmetic_html(speech, Quantity(projection.id, "full_year"))
    show_html(answer_html(opened, projection, speech) + table + remarks_html + way)


def needed_table(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> Markup:
    """What both quarters, Q4 and Q3 must bring, without the columns in which nothing stands;
    blank where nothing is required.
    """
    rows = requirements(edition, scenario, projection, speech)
    if not rows:
        return NOTHING
    names = [
        name
        for name in ("quarter", "needed", "amounts_to", "judged")
        if any(getattr(row, name) for row in rows)
    ]
    cells = [tuple(_cell(row, name, projection.id) for name in names) for row in rows]
    return table_html([speech.say(f"column.{name}") for name in names], cells, "needed")


def _cell(row: Requirement, name: str, indicator: str) -> Markup:
    """In a piece of its own, so that what follows the finger can stand in its place."""
    words = getattr(row, name)
    if name == "amounts_to":
        return element("span", words, class_="amounts")
    if name == "needed" and row.quantity:
        return element("span", number_html(words, Quantity(indicator, row.quantity)), row.instead)
    return element("span", words)


# --- the map
# ---------------------------------------------------------------------------------------------------------


def _map(opened: PageState, axes: Axes, table: DeltaGenerator | None, speech: Speech) -> None:
    outcome = outcome_of(opened.edition, opened.scenario, opened.focus)
    line = on_target(outcome, axes)
    rows = pairs_rows(outcome, axes, line, speech)
    frame = pairs_frame([{**row, "clicks": state.clicks()} for row in rows])
    key = f"map-{axes.x.lever.id}-{axes.y.lever.id}"
    st.vega_lite_chart(
        frame,
        _map_spec(look()),
        key=key,
        height=400,
        on_select=lambda: _take_place(key, opened.edition, axes),
    )
    show_html(remark(line_in_words(outcome.projection, axes, line, speech)))
    if table:
        show_html(map_table(outcome, axes, speech), table)


def _axes(opened: PageState, projection: Projection, speech: Speech) -> Axes | None:
    """The two levers that span the map: the user's choice where there are more; `None`, and says why,
    where there is no map.
    """
    if projection.path.full_year is None:
        st.caption(speech.say("map.no_year"))
        return None
    edition, scenario = opened.edition, opened.scenario
    usual = axes_of(edition, scenario, projection.id)
    if usual is None:
        st.caption(speech.say("map.one_lever"))
        return None
    own = levers_at_work(facts_in(edition, scenario, projection.id))
    if len(own) == 2:
        return usual

    def chosen(axis: str, ids: list[str], first: str) -> str:
        key, place = f"map-{axis}-{projection.id}", ids.index(first)
        label, named = speech.say(f"map.{axis}"), lambda id: speech.pick(edition.levers[id].label)
        return st.selectbox(label, ids, place, key=key, format_func=named)

    with st.container(horizontal=True, key="map-axes"):
        across = chosen("x", own, usual.x.lever.id)
        second = (axes_of(edition, scenario, projection.id, (across, None)) or usual).y.lever.id
        up = chosen("y", [id for id in own if id != across], second)
    return axes_of(edition, scenario, projection.id, (across, up))


def _take_place(key: str, edition: Edition, axes: Axes) -> None:
    """Set both sliders to the place that was clicked, or open the number that was (the map's callback)."""
    points = state.take_clicks(key)
    if not heard_on_chart(points):
        for point in points:
            pair = axes.pair(place_of(axes.x, point.get("x_mid")), place_of(axes.y, point.get("y_mid")))
            if None not in pair.values():
                state.put_together(edition, {id: value for id, value in pair.items() if value is not None})


def map_table(outcome: Outcome, axes: Axes, speech: Speech) -> Markup:
    """The map as a table, each year with the way to its arithmetic."""

    def write(pair: Mapping[str, Fraction], year: Fraction | None) -> str:
        if year is None:
            return speech.say("map.shut")
        asked = Quantity(outcome.projection.id, "full_year", where("now", pair))
        return number_html(speech.number(year, outcome.places), asked)

    return years_table(outcome, axes, write, speech)


# --- which lever, and why
# --------------------------------------------------------------------------------------------


def _tornado(opened: PageState, projection: Projection, table: DeltaGenerator | None, speech: Speech) -> None:
    by_lever = swings(opened.edition, opened.scenario, projection.id)
    rows = swings_rows(opened.edition, projection, by_lever, speech)
    frame = swings_frame([{**row, "clicks": state.clicks()} for row in rows])
    key = f"tornado-{projection.id}"
    st.vega_lite_chart(
        frame,
        _swings_spec(look()),
        key=key,
        height=48 + 72 * len(by_lever),
        on_select=lambda: _take_lever(key),
    )
    if table:
        show_html(tornado_table(opened.edition, projection, by_lever, speech), table)


def tornado_table(
    edition: Edition, projection: Projection, by_lever: tuple[Swing, ...], speech: Speech
) -> Markup:
    """What the bars say, a row a lever: the year at either end and where the target is met,
    each a way to its arithmetic.
    """
    places = year_places(edition, projection, speech)

    def end(swing: Swing, value: Fraction, year: Fraction) -> Markup:
        there = where("now", {swing.lever: value})
        year_html = number_html(speech.number(year, places), Quantity(projection.id, "full_year", there))
        lever = lever_value(edition, swing.lever, value, speech)
        return speech.html("tornado.end", lever=lever, year=year_html)

    def crossing(swing: Swing) -> str:
        if swing.crossing is None:
            return speech.say("tornado.none")
        met = met_at(edition.levers[swing.lever], swing.crossing, speech)
        return number_html(met, Crossing(projection.id, swing.lever, NOW))

    names = ("at_low", "at_high") if projection.target is None else ("at_low", "at_high", "crossing")
    columns = ["", *(speech.say(f"column.{name}") for name in names)]
    rows = [
        (
            speech.pick(edition.levers[swing.lever].label),
            end(swing, swing.low, swing.year_at_low),
            end(swing, swing.high, swing.year_at_high),
            *([] if projection.target is None else [crossing(swing)]),
        )
        for swing in by_lever
    ]
    return table_html(columns, rows, "tornado-table", is_labelled=True)


def _take_lever(key: str) -> None:
    """Bring the lever whose bar was clicked into focus,
    or open the number that was (the chart's callback).
    """
    points = state.take_clicks(key)
    if not heard_on_chart(points):
        for point in points:
            state.pick_lever(str(point.get("lever", "")))


def _why(opened: PageState, projection: Projection, reference: NamedState, speech: Speech) -> None:
    transition = Transition(opened.edition, reference.scenario, opened.scenario, projection.id)
    asked = Change(projection.id, "change", StateInQuestion(reference.key))
    caption = remark(speech.say("why.sentence"))
    show_html(why_html(transition, asked, speech) + pulls_html(projection, speech) + caption)
    st.code(change_sentence(transition, speech), language=None, wrap_lines=True)


def pulls_html(projection: Projection, speech: Speech) -> Markup:
    """What each period pulls the year's growth by; blank for anything but a growth rate."""
    pulled = pulls(projection)
    if pulled is None or projection.path.full_year is None:
        return NOTHING
    names = {"h1": "locked_in", "q3": "pull_q3", "q4": "pull_q4"}
    values, whole = [getattr(pulled, period) for period in names], projection.path.full_year
    places = _places_of_sum(values, whole, speech.places_beside(whole, projection.target, 1))
    parts = {
        period: number_html(speech.points_signed(value, places), Quantity(projection.id, name))
        for (period, name), value in zip(names.items(), values, strict=True)
    }
    year = number_html(speech.amount(whole, "%", places), Quantity(projection.id, "full_year"))
    return remark(speech.html("why.pulls", **parts, year=year))


def _reference(opened: PageState, speech: Speech) -> NamedState:
    """What the present state is held against: the baseline, that with the present entries,
    what the link opened, a plan.
    """
    show_html(element("h2", speech.say("why.title"), class_="part"))
    choices = [NamedState("baseline", speech.say("why.baseline"), baseline(opened.edition))]
    entered = with_entries(opened, speech)
    choices += [entered] if entered else []
    if state.as_opened().scenario != baseline(opened.edition):
        choices.append(NamedState("opened", speech.say("why.opened"), state.as_opened().scenario))
    kept = zip(SLOTS, opened.plans, strict=True)
    choices += [
        NamedState(slot, title_of(slot, plan, speech), plan.scenario)
        for slot, plan in kept
        if plan is not None
    ]
    if len(choices) == 1:
        return choices[0]
    by_title = {choice.title: choice for choice in choices}
    first = next((place for place, choice in enumerate(choices) if _compares(opened, choice)), 0)
    chosen = st.radio(
        speech.say("why.from"),
        list(by_title),
        first,
        key="reference",
        format_func=escape_markdown,
        horizontal=True,
    )
    return by_title[chosen]


def _compares(opened: PageState, reference: NamedState) -> bool:
    """Whether the year of the indicator in focus is in the same unit there:
    an amount and a share of the target do not compare.
    """
    here, there = (
        project(opened.edition, scenario)[opened.focus].unit
        for scenario in (opened.scenario, reference.scenario)
    )
    return here == there


def why_html(transition: Transition, asked: Change, speech: Speech) -> Markup:
    """The change of the year as bars, one a lever, one for what they do together, and the sum;
    all that is drawn adds up. `asked` is the question after the whole change.
    """
    edition, new = transition.edition, transition.new
    why = reasons(transition)
    if why is None:
        years = (transition.old.path.full_year, new.path.full_year)
        return remark(speech.say("why.blank" if None in years else "why.not_comparable"))
    parts = [
        (
            _moved(transition, part.lever, speech),
            part.effect,
            replace(asked, quantity="effect", lever=part.lever),
        )
        for part in why.parts
    ]
    if why.together:
        parts.append((speech.say("why.together"), why.together, replace(asked, quantity="together")))
    if not parts:
        return remark(speech.say("why.nothing"))
    usual = change_places(edition, transition.old, new)
    places = _places_of_sum([effect for _, effect, _ in parts], why.total, usual)
    widest = max(abs(effect) for _, effect, _ in parts)
    rows = [
        *((*part, part[1] / widest) for part in parts),
        (speech.say("why.total"), why.total, asked, None),
    ]
    lines = [
        _bar(name, share, number_html(_signed(effect, new.unit, places, speech), question), effect < 0)
        for name, effect, question, share in rows
    ]
    remarks = (
        [] if adds_up([effect for _, effect, _ in parts], why.total, places) else [speech.say("why.uneven")]
    )
    named = {part.lever for part in why.parts}
    silent = [_moved(transition, id, speech) for id in moved_between(transition) if id not in named]
    remarks += [speech.say("why.silent", moves=speech.say("moved.and").join(silent))] if silent else []
    return element("div", *lines, class_="why", role="list") + joined(map(remark, remarks))


def _places_of_sum(effects: list[Fraction], total: Fraction, usual: int) -> int:
    """The decimals with which no effect reads as none and, where a few more can do it,
    what is printed adds up.
    """
    return places_adding_up(effects, total, places_seen((*effects, total), usual))


def _moved(transition: Transition, id: str, speech: Speech) -> str:
    edition = transition.edition
    values = [in_effect(edition, scenario)[id] for scenario in (transition.before, transition.after)]
    old, new = lever_values(edition, id, values, speech)
    return f"{speech.pick(edition.levers[id].label)} {old} → {new}"


def _signed(effect: Fraction, unit: str, places: int, speech: Speech) -> str:
    sign = "+" if effect > 0 else "\N{MINUS SIGN}" if effect < 0 else ""
    return sign + difference(effect, unit, places, speech)


def _bar(name: str, share: Fraction | None, number: Markup, is_down: bool) -> Markup:
    bar = NOTHING
    if share is not None:
        width = f"width:{float(abs(share)) * 100:.1f}%"
        bar = element("i", class_="down" if is_down else "up", style=width)
    line = element("span", name), element("span", bar, class_="bar"), element("b", number)
    return element("div", *line, role="listitem")


# --- the other indicators
# --------------------------------------------------------------------------------------------


def all_sentences(
    opened: PageState, projections: Mapping[str, Projection], speech: Speech
) -> Callable[[PageState, Mapping[str, Projection]], None]:
    """What every other indicator needs, always on: one sentence each;
    gives what draws those that a lever in sight moves.
    """
    others = [id for id in opened.edition.indicators if id != opened.focus]
    moved = [id for id in moved_in_sight(opened) if id in others]
    show_html(element("h2", speech.say("all.title"), class_="part"))
    place = st.container() if moved else None
    show_html(_sentences(opened, projections, [id for id in others if id not in moved], speech))

    def draw(opened: PageState, projections: Mapping[str, Projection]) -> None:
        if place:
            show_html(_sentences(opened, projections, moved, speech, "all moving"), place)

    return draw


def _sentences(
    opened: PageState,
    projections: Mapping[str, Projection],
    ids: list[str],
    speech: Speech,
    name: str = "all",
) -> Markup:
    told = (
        element("dt", speech.pick(opened.edition.indicators[id].label))
        + element("dd", result_sentence(opened.edition, opened.scenario, projections[id], speech))
        for id in ids
    )
    return element("dl", *told, class_=name)
