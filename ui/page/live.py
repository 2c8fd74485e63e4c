"""What follows the finger while a lever moves?  The texts and numbers of the page with gaps,
which `live.js` fills from the sliders until the server has answered.

Nothing is worded or worked out for it: the code that writes the cards and the rows of the chart is handed
numbers that remember how they came about. What depends on whether the target is met is written for each case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit as st

from hdmodel import Edition, Lever, PageState, Projection, Scenario
from hdmodel.cache import cached_per_edition
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import over_symbols, symbols_of
from hdmodel.facts import facts_of, levers_at_work
from hdmodel.links.values import on_step
from hdmodel.paths import Path as QuarterPath
from hdmodel.paths import facts_in, numbers_of
from hdmodel.projection import Outcome, status_of
from hdmodel.required import solve
from hdmodel.requirements import Need, needs_of
from hdmodel.scenario import counted_together, together_with
from hdmodel.sensitivity import Swing, swing_of
from ui.answers.lever_map_rows import now_words
from ui.answers.path_rows import rows_without_axis
from ui.answers.requirement_rows import judged_words, needed_words, quarter_words
from ui.answers.sensitivity_rows import end_words, flat_words, lever_name, year_places
from ui.charts import path_chart, sensitivity_chart
from ui.page.cards import SHORT, STATUS_COLOURS, card_words, colour_of
from ui.page.frame import css_class
from ui.page.levers import levers_in_sight, moved_in_sight
from ui.session import keys, state
from ui.session.slider_and_field import typed_key
from ui.text.live_speech import LiveSpeech
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_name("live.js")
_FAR = Fraction(10**12)  # no other number of the page
_KEY = "samples"
Json = Any  # what JSON can carry


def follow(opened: PageState, speech: Speech) -> None:
    """Have the browser show where the year lands while a slider is dragged."""
    with st.container(key=_KEY):  # how Streamlit colours a badge and a line; never seen
        colours = dict.fromkeys(STATUS_COLOURS.values())
        st.markdown(" ".join([*(f":{colour}-badge[·]" for colour in colours), f":{SHORT}[·] :small[·]"]))
    script = _SCRIPT.read_text(encoding="utf-8")
    data = {**plan(opened, speech), "colours": [*colours], "samples": css_class(_KEY)}
    st.components.v2.component("live", js=script)(key="live", data=data, on_stands_change=_stands)


def _stands() -> None:
    """The browser says what the hand has moved, since nothing else did, or that a slider shows something else
    than counts: those are told again (the component's callback).
    """
    sent, opened = keys.get("live").get("stands"), state.current()
    if not isinstance(sent, Mapping):
        return
    counted: Scenario = keys.get(keys.NOW, opened.scenario)
    held = counted.as_dict()
    for lever in sliders_in_sight(opened):
        value = sent.get(lever.id)
        if isinstance(value, int | float) and lever.low <= value <= lever.high:
            state.put(opened.edition, {lever.id: on_step(lever, Fraction(repr(float(value))))})
        else:
            state.put(opened.edition, {lever.id: held[lever.id]})


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
        "cards": {id: _against_target(opened, id, live, _card) for id in moved},
        "rows": _against_target(opened, focus, live, _path)
        if view == "explore"
        else _always(_required_rows(opened, names, live)),
        "needed": _needed(opened, live) if view == "required" else [],
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
    found: dict[str, Json] = {
        "slider": css_class(lever.id),
        "field": css_class(typed_key(lever.id)),
        "settled": float(values[lever.id] or 0),
        "low": float(lever.low),
        "high": float(lever.high),
    }
    if lever.joint is not None:
        others = [id for id in counted_together(opened.edition, lever, values) if id != lever.id]
        still = {**values, **{id: Fraction(0) for id in (lever.id, *others) if id in levers}}
        found["joint"] = float(lever.joint - together_with(opened.edition, lever, still))
        found["others"] = [id for id in others if id in levers]
    return found


def _moved(lever: str) -> str:
    """The script's name for whether a lever stands elsewhere than where it was settled: 1 or 0."""
    return f"moved {lever}"


def _high(lever: str) -> str:
    """The script's name for the high end that the joint limit leaves a lever."""
    return f"high {lever}"


# --- texts that are written for each case


def _always(written: Json) -> dict[str, Json]:
    return {"of": None, "cuts": [], "cases": [written]}


def _by_case(
    number: Symbol, cuts: Sequence[Fraction], live: LiveSpeech, write: Callable[[Symbol], Json]
) -> dict[str, Json]:
    """What is written with a number below, at, between and above the cuts; once where it does not move."""
    if not live.moves(number):
        return _always(write(number))
    cases = [write(replace(number, value=value)) for value in _one_of_each(cuts)]
    return {
        "of": live.expression(number),
        "cuts": [live.expression(as_symbol(cut)) for cut in cuts],
        "cases": cases,
    }


def _one_of_each(cuts: Sequence[Fraction]) -> list[Fraction]:
    """A number below the first cut, at it, between it and the next one, and so on to above the last."""
    ends = [as_symbol(cut).value for cut in cuts]
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    apart = [ends[0] - 1, *middles, ends[-1] + 1]
    return [*(value for pair in zip(apart, ends, strict=False) for value in pair), apart[-1]]


def _against_target(
    opened: PageState, id: str, live: LiveSpeech, write: Callable[[PageState, Projection, LiveSpeech], Json]
) -> dict[str, Json]:
    """What is written where the target is exceeded, just met and missed."""
    projection = _apart(over_symbols(opened.edition, opened.scenario, id), live)
    if projection.shortfall is None:
        return _always(write(opened, projection, live))
    target = projection.target
    assert target is not None

    def as_if(missing: Symbol) -> Json:
        status = projection.status
        if live.moves(missing):
            status = status_of(target - missing.value, target, projection.reach)
        return write(opened, replace(projection, shortfall=missing, status=status), live)

    return _by_case(as_symbol(projection.shortfall), [Fraction(0)], live, as_if)


def _apart(projection: Projection, live: LiveSpeech) -> Projection:
    """The projection with the same arithmetic as if no two numbers of its path were equal, and none below
    nought: which of two texts stands there is decided by the browser.
    """
    path = projection.path
    numbers = enumerate((path.h1, path.q3, path.q4, path.ytd_q3, path.full_year), start=1)
    return replace(
        projection,
        path=QuarterPath(
            *(replace(number, value=_FAR + at) if live.moves(number) else number for at, number in numbers)
        ),
    )


# --- the cards


def _card(opened: PageState, projection: Projection, live: LiveSpeech) -> dict[str, Json]:
    words = card_words(opened.edition, opened.scenario, projection, live)
    return {
        **asdict(words),
        "status": live.say(f"status.{words.status}"),
        "colour": colour_of(words.status),
    }


# --- the rows of the charts


def _path(opened: PageState, projection: Projection, live: LiveSpeech) -> list[list[Json]]:
    rows = rows_without_axis(Outcome(opened.edition, opened.scenario, projection), None, live)
    return [[_path_field(row, name, live) for name in path_chart.LIVE_FIELDS] for row in rows]


def _path_field(row: Mapping[str, Json], name: str, live: LiveSpeech) -> Json:
    """A field of a row; a label that would repeat the total's is left out."""
    total = row.get("total", row.get("total_below"))
    value = total if name == "total" else row.get(name)
    beside = row.get(name.removesuffix("_text"))
    if not value or name not in ("quarter_text", "required_text") or beside is None or total is None:
        return _field(value, live)
    apart = as_symbol(beside - total)
    return _by_case(apart, [Fraction(0)], live, lambda by: _field(value if by != 0 else "", live))


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
        return _field(projection.target if is_met else None, live), lever_name(
            lever, crossing if is_met else None, live
        )

    def ends(by: Symbol, swing: Swing = swing) -> tuple[str, str]:
        low, high = (swing.low, swing.year_at_low), (swing.high, swing.year_at_high)
        if by == 0:
            return "", flat_words(swing.year_at_high, places, live)
        words = [end_words(lever, value, live.number(year, places), live) for value, year in (low, high)]
        return words[0], words[1]

    met, name = _each(
        _by_case(crossing, [lever.low, end], live, where_met) if crossing else _always(where_met(None))
    )
    low, high = _each(_by_case(as_symbol(swing.year_at_high - swing.year_at_low), [Fraction(0)], live, ends))
    fields = {
        "now": _field(projection.path.full_year, live),
        "year_low": _field(swing.year_at_low, live),
        "year_high": _field(swing.year_at_high, live),
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


def _field(value: Json, live: LiveSpeech) -> Json:
    """A text with gaps in it, or the expression of a number; blank for nothing."""
    return "" if value is None else value if isinstance(value, str) else {"number": live.expression(value)}


# --- what must be


def _needed(opened: PageState, live: LiveSpeech) -> list[dict[str, Json]]:
    """The rows of what must be: quarter, value, and whether it can be set."""
    edition, symbols = opened.edition, symbols_of(opened.edition, opened.scenario)
    scenario = Scenario(tuple((id, symbols[id]) for id, _ in opened.scenario.values))
    projection = over_symbols(edition, opened.scenario, opened.focus)
    if projection.target is None or projection.path.full_year is None:
        return []

    def row(period: str, need: Need) -> dict[str, Json]:
        def write(value: Symbol) -> list[str]:
            here = replace(need, value=value)
            return [
                quarter_words(Outcome(edition, scenario, projection), period, live),
                needed_words(here, live),
                judged_words(Outcome(edition, opened.scenario, projection), period, here, live),
            ]

        cuts = sorted({need.low, need.high, *([Fraction(0)] if need.is_count else [])})
        return _by_case(as_symbol(need.value), cuts, live, write)

    return [row(period, need) for period, need in needs_of(edition, projection).items()]
