"""What has this visitor supposed so far?
 The bridge from the address and the widgets to one checked scenario.

What is supposed is kept on the server; the widgets in sight say what of it has changed. All of it is read
back through `hdmodel.links.link` at each run, one reader for links and for the page, and at the end of each
the address is made to say it (`ui/session/visit.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import streamlit as st

from hdmodel import BadInput, Edition, PageState, Problem, Scenario, open_link, preset
from hdmodel.edition import Lever
from hdmodel.language.languages import FIRST, LANGUAGES
from hdmodel.links.link import SHOWN
from hdmodel.links.plans import SLOTS, Plan, Plans, write_plan
from hdmodel.links.values import on_step, written
from hdmodel.past_years import Year
from hdmodel.reading.remarks import without_effect_here
from hdmodel.reading.upload import is_released
from hdmodel.scenario import too_many_together
from ui.session import keys, late_messages
from ui.text.speech import Speech


def open_address() -> None:
    """On a visitor's first run: read the raw address, and keep what was wrong with it."""
    st.session_state.pop(keys.WHOLE_PAGE, None)
    late_messages.page_begins()
    if keys.OPENED not in st.session_state:
        raw = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
        try:
            opened = open_link(raw)
        except BadInput:  # not one edition loads; which faults they have stands in the server's log
            st.error(" · ".join(Speech(code).say("no_edition") for code in LANGUAGES))
            st.stop()
        st.session_state[keys.SESSION] = uuid4().hex[:12]
        st.session_state[keys.PROBLEMS], st.session_state[keys.SENT_RESULTS] = (
            _to_be_told(opened),
            opened.sent_results,
        )
        st.session_state[keys.RAW] = raw if _is_of_another(opened) else []
        st.session_state[keys.OPENED] = opened  # last: a run that finds it finds the others


def session_name() -> str:
    """A name for this session by which the browser tells it from the one before;
    it says nothing about the visitor.
    """
    name: str = st.session_state[keys.SESSION]
    return name


def is_as_opened_while_waiting(opened: PageState) -> bool:
    """Whether the address needs an edition that is not here, and nothing has been supposed or kept since."""
    arrived = as_opened()
    return is_waiting() and (opened.scenario, opened.plans) == (arrived.scenario, arrived.plans)


def _is_of_another(opened: PageState) -> bool:
    """Whether the address names an edition that is not here."""
    return any(problem.kind == "unknown_edition" for problem in opened.problems)


def enter(edition: Edition, kept: Collection[str] = ()) -> None:
    """Go over to another edition (a widget's callback): what was supposed with the one before belongs to it,
    and is left with it.

    `kept` are keys that have nothing to do with an edition.
    """
    leaving = current()
    waiting = _waiting_for(edition)
    opened = waiting or _as_left(edition, leaving)
    if is_released(leaving.edition):
        keys.put(keys.LEFT, leaving)
    _begin_with(opened, kept)
    if waiting:
        keys.put(keys.RAW, [])


def open_again(raw: list[tuple[str, str]], edition: Edition | None, kept: Collection[str] = ()) -> PageState:
    """Begin with what a link says as if the visitor had come with it (a widget's callback);
    gives what it opened.
    """
    opened = open_link(raw, edition)
    _begin_with(opened, kept)
    keys.put(keys.RAW, raw if _is_of_another(opened) else [])
    return opened


def _begin_with(opened: PageState, kept: Collection[str]) -> None:
    """Let go of everything that belongs to the edition in use, and begin with this state."""
    keys.forget_edition({*opened.edition.levers, *SHOWN, *SLOTS, *kept})
    keys.put(keys.OPENED, opened)
    keys.put(keys.PROBLEMS, _to_be_told(opened))
    keys.put(keys.SENT_RESULTS, opened.sent_results)
    put_state(opened.edition, opened.scenario, opened.plans)
    for name, field in SHOWN.items():
        late_messages.assign(name, getattr(opened, field))


def is_waiting() -> bool:
    """Whether the visitor's address needs an edition that is not here."""
    return bool(st.session_state[keys.RAW])


def is_waiting_for(edition: Edition) -> bool:
    """Whether the address that the visitor came with needs this edition."""
    return _waiting_for(edition) is not None


def _waiting_for(edition: Edition) -> PageState | None:
    raw = st.session_state[keys.RAW]
    opened = open_link(raw, edition) if raw else None
    return None if opened is None or _is_of_another(opened) else opened


def _as_left(edition: Edition, leaving: PageState) -> PageState:
    """A released edition as it was left for somebody's own, any other at its beginning;
    the view and the language stay.
    """
    left: PageState | None = st.session_state.get(keys.LEFT)
    opened = left if left is not None and left.edition == edition else open_link([], edition)
    return replace(opened, view=leaving.view, language=leaving.language, problems=(), sent_results=None)


def current() -> PageState:
    """The state of the page now, checked: what is kept, and what the widgets in sight have made of it."""
    opened: PageState = st.session_state[keys.OPENED]
    edition = opened.edition
    shown = {name: st.session_state.get(name, getattr(opened, field)) for name, field in SHOWN.items()}
    plans = {
        slot: st.session_state.get(slot, write_plan(edition, plan))
        for slot, plan in zip(SLOTS, opened.plans, strict=True)
    }
    pairs = [(id, written(value)) for id, value in held(edition).items()]
    return open_link([*pairs, *shown.items(), *plans.items()], edition)


def held(edition: Edition) -> dict[str, Fraction | None]:
    """Every lever and entry as it is held now, by its widget where that is on the page,
    not yet checked against the others.
    """
    shown = late_messages.as_set(keys.everything())
    kept: Scenario = shown.get(keys.NOW, as_opened().scenario)
    set_out_of_sight: Mapping[str, Fraction | None] = shown.get(keys.SET_OUT_OF_SIGHT, {})
    return {
        id: _exact(edition.levers[id], shown[id], value) if id in shown else set_out_of_sight.get(id, value)
        for id, value in kept.values
    }


def seed(lever: Lever, value: Fraction | None) -> None:
    """Give a widget that comes onto the page the value that is held."""
    late_messages.bring(lever.id, None if value is None else as_widget_value(lever, value))


def as_opened() -> PageState:
    """The state that the visitor's address opened."""
    return st.session_state[keys.OPENED]


def language() -> str:
    """The language of the page, the first one where the page holds none that it knows."""
    chosen = st.session_state.get("lang", as_opened().language)
    return chosen if chosen in LANGUAGES else FIRST


def remember(scenario: Scenario) -> Scenario | None:
    """Note the scenario of this run; gives the one before the last change,
    `None` while nothing has changed.
    """
    now = st.session_state.get(keys.NOW)
    if now is not None and now != scenario:
        st.session_state[keys.BEFORE] = now
    st.session_state[keys.NOW] = scenario
    keys.take(keys.SET_OUT_OF_SIGHT)
    return st.session_state.get(keys.BEFORE)


def _to_be_told(opened: PageState) -> tuple[Problem, ...]:
    """What could not be used of an address, and what of it moves nothing in this edition."""
    return (*opened.problems, *without_effect_here(opened.edition, opened.scenario))


def address_problems() -> tuple[Problem, ...]:
    """What could not be used of the address the visitor came with, until it is dismissed."""
    return st.session_state.get(keys.PROBLEMS, ())


def dismiss_problems() -> None:
    st.session_state[keys.PROBLEMS] = ()


def are_sent_results_dismissed() -> bool:
    """Whether the visitor has seen that the results are not those the link was sent with."""
    return st.session_state.get(keys.SENT_RESULTS) is None


def dismiss_sent_results() -> None:
    st.session_state[keys.SENT_RESULTS] = None


def clicks() -> int:
    """How many clicks on charts have been taken: carried by what can be clicked,
    so that the same place counts again.
    """
    return st.session_state.get(keys.CLICKS, 0)


def take_clicks(key: str) -> list[dict[str, object]]:
    """What was just clicked on a chart (in its callback): the fields of the selection that is new;
    the others keep their last.
    """
    st.session_state[keys.CLICKS] = clicks() + 1
    chosen = [list(points) for points in st.session_state[key].get("selection", {}).values()]
    last = [dict(points[-1]) for points in chosen if points and isinstance(points[-1], dict)]
    latest = max((_told_with(point) for point in last), default=0)
    return [point for point in last if _told_with(point) == latest]


def _told_with(point: dict[str, object]) -> float:
    """How many clicks had been taken when this one was made."""
    told = point.get("clicks")
    return told if isinstance(told, int | float) else 0


def pick_lever(id: str) -> None:
    """Ask for a lever's slider to be brought into focus in the next run."""
    st.session_state[keys.PICKED] = id


def picked_lever() -> str | None:
    """The lever whose slider is to be brought into focus; given once."""
    return st.session_state.pop(keys.PICKED, None)


def ask(*words: str) -> None:
    """Ask for the arithmetic of the number that these words name (a widget's callback)."""
    st.session_state[keys.QUESTION] = words
    st.session_state[keys.WHOLE_PAGE] = True


def asked() -> tuple[str, ...] | None:
    """The words for the number whose arithmetic is asked for; given once."""
    words: tuple[str, ...] | None = st.session_state.pop(keys.QUESTION, None)
    st.session_state[keys.QUESTIONS] = times_asked() + (words is not None)
    return words


def times_asked() -> int:
    """How many numbers have been asked for: what is chosen in one dialog must not be chosen in the next."""
    return st.session_state.get(keys.QUESTIONS, 0)


def open_log() -> None:
    """Ask for the log (a widget's callback)."""
    st.session_state[keys.LOG] = True
    st.session_state[keys.WHOLE_PAGE] = True


def is_log_asked() -> bool:
    """Whether the log is asked for; said once."""
    return st.session_state.pop(keys.LOG, False)


def open_share() -> None:
    """Ask for all that can be sent (a widget's callback)."""
    st.session_state[keys.SHARE] = True


def is_share_asked() -> bool:
    """Whether it is asked for what can be sent; said once."""
    return st.session_state.pop(keys.SHARE, False)


def open_export() -> None:
    """Ask for the files that can be made (a widget's callback)."""
    st.session_state[keys.EXPORT] = True


def is_export_asked() -> bool:
    """Whether it is asked for files; said once."""
    return st.session_state.pop(keys.EXPORT, False)


def own_years(indicator: str) -> tuple[str, tuple[Year, ...]]:
    """What was typed as the record of an indicator in this visit,
    and the years that could last be read from it.
    """
    return st.session_state.get(keys.YEARS, {}).get((as_opened().edition.id, indicator), ("", ()))


def keep_own_years(indicator: str, text: str, years: tuple[Year, ...]) -> None:
    """Keep it apart from its field, whose state goes whenever it leaves the page."""
    st.session_state.setdefault(keys.YEARS, {})[as_opened().edition.id, indicator] = text, years


def count_own_years() -> int:
    """How many past years the visitor has entered, over all indicators and editions;
    a text from which none could be read counts by its lines.
    """
    typed = st.session_state.get(keys.YEARS, {}).values()
    return sum(len(years) or len(text.split("\n")) for text, years in typed if text.strip())


def take_note() -> tuple[str, dict[str, str]] | None:
    """What the page did to the last input on its own account: a catalogue key and its parts; given once."""
    return st.session_state.pop(keys.NOTE, None)


def show(name: str, value: str) -> None:
    """Set the view, the focus or the language (a widget's callback)."""
    late_messages.assign(name, value)
    st.session_state[keys.WHOLE_PAGE] = True


def load_preset(edition: Edition, name: str) -> None:
    """Replace every lever by a scenario of the edition;
    what the user has entered stays (a widget's callback).
    """
    put(edition, {id: value for id, value in preset(edition, name).values if not edition.levers[id].is_entry})


def put(edition: Edition, values: Mapping[str, Fraction | None]) -> None:
    """Give levers and entries exact values; `None` clears an entry.

    One that is not on the page gets no key of the session: Streamlit would keep what was put there behind
    the widget that comes later, and give it out again once that has gone.
    """
    for id, value in values.items():
        if keys.has(id):
            late_messages.assign(id, None if value is None else as_widget_value(edition.levers[id], value))
        else:
            keys.put(keys.SET_OUT_OF_SIGHT, {**keys.get(keys.SET_OUT_OF_SIGHT, {}), id: value})


def ask_whole_page() -> None:
    """Ask for the whole page to be drawn again (a widget's callback)."""
    st.session_state[keys.WHOLE_PAGE] = True


def needs_whole_page() -> bool:
    """Whether what was clicked changes more than the part of the page that runs again by itself."""
    return keys.WHOLE_PAGE in st.session_state


def put_state(edition: Edition, scenario: Scenario, plans: Plans) -> None:
    """Replace everything that is supposed, entered and kept;
    what is of other indicators is drawn again with the whole page.
    """
    put(edition, scenario.as_dict())
    for slot, plan in zip(SLOTS, plans, strict=True):
        late_messages.assign(slot, write_plan(edition, plan))
    st.session_state[keys.WHOLE_PAGE] = True


def put_plan(edition: Edition, slot: str, plan: Plan | None) -> None:
    """Keep a plan in a slot, or clear it (`None`)."""
    late_messages.assign(slot, write_plan(edition, plan))


def put_together(edition: Edition, values: Mapping[str, Fraction]) -> None:
    """Give several levers values at once, unless they break a joint limit:
    then say so and leave all as they are.
    """
    problems = too_many_together(edition, {**held(edition), **values})
    if problems:
        note("input.too_many", limit=problems[0].wanted, total=problems[0].found)
    else:
        put(edition, values)


def as_widget_value(lever: Lever, value: Fraction) -> float | int:
    """The number a widget holds: an integer where the lever's steps are whole."""
    return int(value) if lever.step.denominator == 1 and not lever.is_entry else float(value)


def note(key: str, **parts: str) -> None:
    """Leave a remark for the next run to show beside the levers."""
    st.session_state[keys.NOTE] = (key, parts)


def _exact(lever: Lever, shown: float | None, kept: Fraction | None) -> Fraction | None:
    """A widget's number, exactly as it is written; the one that is kept, to its last digit,
    where the widget says the same.

    A float's noise below the slider's step is not the user's.
    """
    if shown is None:
        return None
    if kept is not None and shown == as_widget_value(lever, kept):
        return kept
    return on_step(lever, Fraction(repr(shown)))
