"""What follows the finger while a lever moves?  The texts and numbers of the page with gaps,
which `live.js` fills from the sliders until the server has answered.

Nothing is worded or worked out for it: the code that writes the cards and the rows of the chart is handed
numbers that remember how they came about (`ui/page/live_cases.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from functools import cache
from pathlib import Path

import streamlit as st

from hdmodel import Edition, Lever, PageState, Projection, Scenario
from hdmodel.cache import cached_per_edition
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import over_symbols, symbols_of
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.links.values import on_step
from hdmodel.paths import facts_in, numbers_of
from hdmodel.required import solve
from hdmodel.scenario import counted_together, together_with
from hdmodel.sensitivity import Swing, swing_of
from ui.answers.lever_map_rows import now_words
from ui.answers.sensitivity_rows import end_words, flat_words, lever_name, year_places
from ui.charts import sensitivity_chart
from ui.page.cards import SHORT, STATUS_COLOURS, card_words, colour_of
from ui.page.frame import css_class
from ui.page.levers import WITH_LEVERS, levers_in_sight, moved_in_sight
from ui.page.live_cases import Json, against_target, always, by_case, field, needed_rows, path_fields
from ui.session import keys, state
from ui.session.browser import Part
from ui.session.slider_and_field import typed_key
from ui.text.live_speech import LiveSpeech, filling_script
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_name("live.js")
_KEY = "samples"


def part(opened: PageState, speech: Speech) -> Part:
    """Has the browser show where the year lands while a slider is dragged."""
    if opened.view not in WITH_LEVERS:
        return Part("live", script(), None, {"stands": _stands})
    with st.container(key=_KEY):  # how Streamlit colours a badge and a line; never seen
        colours = dict.fromkeys(STATUS_COLOURS.values())
        st.markdown(" ".join([*(f":{colour}-badge[·]" for colour in colours), f":{SHORT}[·] :small[·]"]))
    data = {**plan(opened, speech), "colours": [*colours], "samples": css_class(_KEY)}
    return Part("live", script(), data, {"stands": _stands})


@cache
def script() -> str:
    """The script, behind the functions that fill gaps."""
    return f"{filling_script()}\n{_SCRIPT.read_text(encoding='utf-8')}"


def _stands(sent: object) -> None:
    """The browser says what the hand has moved, since nothing else did, or that a slider shows something else
    than counts: those are told again.
    """
    opened = state.current()
    if not isinstance(sent, Mapping):
        return
    counted: Scenario = keys.get(keys.NOW, opened.scenario)
    counting = counted.as_dict()
    for lever in sliders_in_sight(opened):
        value = sent.get(lever.id)
        if isinstance(value, int | float) and lever.low <= value <= lever.high:
            state.put(opened.edition, {lever.id: on_step(lever, Fraction(repr(float(value))))})
        else:
            state.put(opened.edition, {lever.id: counting[lever.id]})


def plan(opened: PageState, speech: Speech) -> dict[str, Json]:
    """What the script needs, as JSON carries it."""
    levers = {lever.id: lever for lever in sliders_in_sight(opened)}
    values = {**opened.scenario.as_dict(), **{id: lever.default for id, lever in levers.items()}}
    still = Scenario(tuple(values.items()))
    texts = _texts(opened.edition, still, opened.view, opened.focus, speech.language)
    return {"levers": {id: _lever(opened, lever, levers) for id, lever in levers.items()}, **texts}


@cached_per_edition(most=32)
def _texts(edition: Edition, still: Scenario, view: str, focus: str, language: str) -> dict[str, Json]:
    """The texts and rows with their gaps: the same wherever the levers in sight stand."""
    opened = PageState(edition, still, view, focus, language, ())
    names = [lever.id for lever in sliders_in_sight(opened)]
    live = LiveSpeech(language, frozenset(name for id in names for name in (id, _moved(id), _high(id))))
    moved = [id for id in moved_in_sight(opened) if edition.indicators[id].headline]
    return {
        "focus": focus,
        "cards": {id: against_target(opened, id, live, _card) for id in moved},
        "rows": against_target(opened, focus, live, path_fields)
        if view == "explore"
        else always(_required_rows(opened, names, live)),
        "needed": needed_rows(opened, live) if view == "required" else [],
        "gaps": live.gaps,
    }


def sliders_in_sight(opened: PageState) -> list[Lever]:
    """The levers in sight that have a slider and still move something."""
    edition, numbers = opened.edition, numbers_of(opened.edition, opened.scenario)
    at_work = {name for id in edition.indicators for name in levers_at_work(facts_of(edition, id, numbers))}
    levers = [edition.levers[id] for id in levers_in_sight(opened) if id in at_work]
    return [lever for lever in levers if not lever.is_typed_alone and lever.low != lever.high]


def settled_values(opened: PageState) -> dict[str, float]:
    """Where the server has the sliders in sight."""
    values = opened.scenario.as_dict()
    return {lever.id: float(values[lever.id] or 0) for lever in sliders_in_sight(opened)}


def _lever(opened: PageState, lever: Lever, levers: Mapping[str, Lever]) -> dict[str, Json]:
    """Where a lever's two controls are, and what others leave of its range."""
    values = opened.scenario.as_dict()
    numbers: dict[str, Json] = {
        "slider": css_class(lever.id),
        "field": css_class(typed_key(lever.id)),
        "settled": float(values[lever.id] or 0),
        "low": float(lever.low),
        "high": float(lever.high),
    }
    return {**numbers, **room_beside(opened, lever, levers)}


def room_beside(opened: PageState, lever: Lever, levers: Collection[str]) -> dict[str, Json]:
    """What a joint limit leaves a lever, and which of these levers it counts too; empty without one."""
    if lever.joint is None:
        return {}
    values = opened.scenario.as_dict()
    others = [id for id in counted_together(opened.edition, lever, values) if id != lever.id]
    still = {**values, **{id: Fraction(0) for id in (lever.id, *others) if id in levers}}
    room = lever.joint - together_with(opened.edition, lever, still)
    return {"joint": float(room), "others": [id for id in others if id in levers]}


def _moved(lever: str) -> str:
    """The script's name for whether a lever stands elsewhere than where it was settled: 1 or 0."""
    return f"moved {lever}"


def _high(lever: str) -> str:
    """The script's name for the high end that the joint limit leaves a lever."""
    return f"high {lever}"


# --- the cards


def _card(opened: PageState, projection: Projection, live: LiveSpeech) -> dict[str, Json]:
    words = card_words(opened.edition, opened.scenario, projection, live)
    return {
        **asdict(words),
        "status": live.say(f"status.{words.status}"),
        "colour": colour_of(words.status),
    }


# --- the rows of the charts


def _required_rows(opened: PageState, names: Sequence[str], live: LiveSpeech) -> list[list[Json]]:
    """What map and bars of the levers take: where the sliders stand, which have moved, the present point's
    label, and a row for each bar.
    """
    edition, focus = opened.edition, opened.focus
    projection = over_symbols(edition, opened.scenario, focus)
    bars = levers_at_work(facts_in(edition, opened.scenario, focus))
    if projection.path.full_year is None or not bars:
        return []
    return [
        [*names],
        [{"number": id} for id in names],
        [{"number": _moved(id)} for id in names],
        [now_words(edition, projection, live)],
        [*bars],
        *(_bar(opened, projection, edition.levers[id], live) for id in bars),
    ]


def _bar(opened: PageState, projection: Projection, lever: Lever, live: LiveSpeech) -> list[Json]:
    """One lever's bar; that of a joint limit ends where the others leave off."""
    facts = facts_of(opened.edition, projection.id, symbols_of(opened.edition, opened.scenario))
    end = as_symbol(lever.high) if lever.joint is None else leaf(_high(lever.id), lever.high)
    swing = swing_of(facts, lever, end)
    places = year_places(opened.edition, projection, live)
    crossing = _crossing(opened, projection, lever)

    def where_met(crossing: Symbol | None) -> tuple[Json, Json]:
        is_met = crossing is not None and lever.low <= crossing <= end
        return field(projection.target if is_met else None, live), lever_name(
            lever, crossing if is_met else None, live
        )

    def ends(by: Symbol, swing: Swing = swing) -> tuple[str, str]:
        low, high = (swing.low, swing.year_at_low), (swing.high, swing.year_at_high)
        if by == 0:
            return "", flat_words(swing.year_at_high, places, live)
        words = [end_words(lever, value, live.number(year, places), live) for value, year in (low, high)]
        return words[0], words[1]

    met, name = _each(
        by_case(crossing, [lever.low, end], live, where_met) if crossing else always(where_met(None))
    )
    low, high = _each(by_case(as_symbol(swing.year_at_high - swing.year_at_low), [Fraction(0)], live, ends))
    fields = {
        "now": field(projection.path.full_year, live),
        "year_low": field(swing.year_at_low, live),
        "year_high": field(swing.year_at_high, live),
        "crossing": met,
        "name": name,
        "low": low,
        "high": high,
    }
    return [fields[name] for name in sensitivity_chart.LIVE_FIELDS]


def _crossing(opened: PageState, projection: Projection, lever: Lever) -> Symbol | None:
    """Where on a lever the target is met, wherever that lies."""
    if projection.target is None:
        return None
    facts = facts_of(opened.edition, projection.id, symbols_of(opened.edition, opened.scenario))
    value = solve(facts, [lever.id], projection.target)
    return None if value is None else as_symbol(value)


def _each(cases: dict[str, Json]) -> list[dict[str, Json]]:
    """Cases of two things as two of cases."""
    return [{**cases, "cases": [case[place] for case in cases["cases"]]} for place in range(2)]
