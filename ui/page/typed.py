"""What was typed that a number field cannot read?  The model's own reader reads it, or says what would do.

The browser's part is `ui/page/typed.js`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from hdmodel import Edition, Lever, PageState
from hdmodel.links.values import on_step
from hdmodel.numbers import plain
from hdmodel.reading.typed import LONGEST, POINTS, read_typed
from hdmodel.scenario import value_faults
from ui.page.frame import css_class
from ui.page.levers import WITH_LEVERS, decimals, levers_in_sight
from ui.page.q3_facts import only_this_way
from ui.session import state
from ui.session.browser import Part
from ui.session.slider_and_field import typed_key
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_name("typed.js")


def part(opened: PageState) -> Part:
    """Hears of such values in every field."""
    data = {} if opened.view in WITH_LEVERS else None
    return Part("typed", _SCRIPT.read_text(encoding="utf-8"), data, {"typed": _heard})


def field_values(opened: PageState) -> dict[str, str]:
    """What each number field in sight shows that counts, by the name of its place."""
    values = opened.scenario.as_dict()
    levers = (opened.edition.levers[id] for id in levers_in_sight(opened))
    return {_place(lever): _as_shown(lever, values[lever.id]) for lever in levers}


def _place(lever: Lever) -> str:
    key = lever.id if lever.is_typed_alone else typed_key(lever.id)
    return css_class(key).removeprefix("st-key-")


def _as_shown(lever: Lever, value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.{decimals(lever, value)}f}"


def _heard(sent: object) -> None:
    """A value came that is not written the plain way, or out of range."""
    opened = state.current()
    if not isinstance(sent, Mapping):
        return
    levers = {_place(lever): lever for id in levers_in_sight(opened) if (lever := opened.edition.levers[id])}
    lever = levers.get(str(sent.get("field")))
    if lever is not None:
        take(opened, lever, str(sent.get("text"))[: LONGEST + 1])


def take(opened: PageState, lever: Lever, text: str) -> None:
    """Give a lever what was typed, or leave it and say what would do."""
    label = Speech(opened.language).pick(lever.label)
    try:
        value = read_typed(text, lever.unit)
    except ValueError:
        _refuse("input.not_a_number", opened, lever, text)
        return
    faults = value_faults(lever, value)
    if faults:
        _refuse(f"input.{faults[0].kind}", opened, lever, text)
        return
    nearest = on_step(lever, value)
    if nearest != value:
        state.note("input.snapped", label=label, typed=plain(value), used=plain(nearest))
    elif any(sign in text for sign in POINTS):
        state.note("input.read", label=label, typed=text.strip(), used=plain(value))
    _put(opened.edition, lever, nearest)


def _put(edition: Edition, lever: Lever, value: Fraction) -> None:
    state.put(edition, {lever.id: value})
    if lever.role == "actual":
        only_this_way(edition, lever.id)
    state.ask_whole_page()


def _refuse(key: str, opened: PageState, lever: Lever, text: str) -> None:
    speech = Speech(opened.language)
    low, high = (speech.number(end, decimals(lever)) for end in (lever.low, lever.high))
    value = opened.scenario.as_dict()[lever.id]
    used = speech.say("blank") if value is None else speech.number(value, decimals(lever, value))
    typed = speech.shortened(text.strip(), LONGEST)
    state.note(key, label=speech.pick(lever.label), typed=typed, low=low, high=high, used=used)
