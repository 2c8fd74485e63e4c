"""What did Q3 bring, and is it a fact?  The way to enter it once it is printed,
and what stands where a lever was.
"""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from hdmodel import Edition, Lever, PageState, Projection, Scenario, project
from hdmodel.facts import Facts
from hdmodel.paths import facts_in
from ui.html.elements import Markup, element
from ui.html.show import show_html
from ui.page.frame import escape_markdown
from ui.session import state
from ui.text.speech import Speech

_FIRST_WAYS = ("actual_ytd_q3", "actual_completion_ytd_q3")  # the press prints cumulative figures


def usable_ways(edition: Edition, projection: Projection) -> list[str]:
    """The ways in which it can be said now what Q3 brought: in 亿元 only once a flow is reckoned in it."""
    ways = edition.actuals_of(projection.id)
    return [
        id for id in ways if not projection.kind.is_sum or edition.levers[id].unit in ("%", projection.unit)
    ]


def made_way(edition: Edition, scenario: Scenario, indicator: str) -> str | None:
    """The entry or printed figure that says what Q3 brought, `None` while it is open."""
    values = scenario.as_dict()
    ways = edition.actuals_of(indicator)
    entered = [id for id in ways if values[id] is not None]
    return next(iter([*entered, *(id for id in ways if edition.levers[id].default is not None)]), None)


def chosen_way(opened: PageState, projection: Projection, speech: Speech) -> str | None:
    """Ask whether the quarter or the cumulative figure is at hand; gives the entry that takes it."""
    ways = usable_ways(opened.edition, projection)
    if not ways:
        return None
    show_html(element("h2", speech.say("actual.title"), class_="quarter"))
    made = made_way(opened.edition, opened.scenario, projection.id)
    first = next((id for id in ways if id.rpartition(".")[2] in _FIRST_WAYS), ways[0])
    shown = st.radio(
        speech.say("actual.which"),
        ways,
        ways.index(made if made in ways else first),
        key=f"way-{projection.id}",
        format_func=lambda id: speech.say(f"way.{id.rpartition('.')[2]}"),
        horizontal=True,
        label_visibility="collapsed",
    )
    return shown or first


def only_this_way(edition: Edition, id: str) -> None:
    """What Q3 brought is said in one way: the others are cleared (a widget's callback)."""
    values = state.held(edition)
    if values[id] is not None:
        others = [way for way in edition.actuals_of(edition.levers[id].indicator) if way != id]
        state.put(edition, dict.fromkeys(way for way in others if values[way] is not None))


def settled_html(opened: PageState, lever: Lever, speech: Speech) -> Markup:
    """What stands where a settled lever's slider was: the quarter's own number, the cumulative one,
    and its tag.
    """
    edition, scenario = opened.edition, opened.scenario
    projection = project(edition, scenario)[lever.indicator]
    facts = facts_in(edition, scenario, lever.indicator)
    if not facts.is_q3_known or lever.quarter != "q3":
        plan = Fraction(facts.form.planned(facts, lever.quarter) or 0)
        places = edition.levers[f"{lever.indicator}.planned_{lever.quarter}"].places_of(plan)
        sentence = speech.say("settled.plan", value=speech.amount(plan, projection.unit, places))
        return _settled(sentence, "entered", speech)
    name = speech.pick(facts.indicator.label)
    alone, ytd = _alone_and_cumulative(facts, projection.unit, speech)
    tag = tag_of_q3(edition, scenario, lever.indicator)
    sentence = speech.say("settled.actual", name=name, alone=alone, ytd=ytd)
    return _settled(sentence, tag, speech)


def _settled(sentence: str, tag: str, speech: Speech) -> Markup:
    return element("p", element("b", sentence), f" [{speech.say(f'tag.{tag}')}]", class_="settled")


def tag_of_q3(edition: Edition, scenario: Scenario, indicator: str) -> str:
    """The tag of what Q3 brought: entered, or that of the edition's figure; blank while Q3 is open."""
    way = made_way(edition, scenario, indicator)
    if way is None:
        return ""
    return "entered" if scenario.as_dict()[way] is not None else edition.figures[way].tag


def bracketed_q3_tag(edition: Edition, scenario: Scenario, indicator: str, speech: Speech) -> str:
    """That tag as it stands beside a number: `[录入]`; blank while Q3 is open."""
    tag = tag_of_q3(edition, scenario, indicator)
    return f"[{speech.say(f'tag.{tag}')}]" if tag else ""


def _alone_and_cumulative(facts: Facts, unit: str, speech: Speech) -> tuple[str, str]:
    """Quarter alone (当季) and cumulative (累计): different numbers, both said."""
    alone, ytd = facts.actual_q3, facts.form.cumulative_q3(facts)
    if facts.form.counts_starts:
        return speech.count(alone), speech.count(ytd)
    places = facts.indicator.places_in(unit)
    return speech.amount(alone, unit, places), speech.amount(ytd, unit, places)


def way_back(edition: Edition, id: str, standing: str, speech: Speech) -> None:
    """The way from what was entered back to what stands without it."""
    label = escape_markdown(speech.say("entry.back", standing=standing))
    st.button(label, key=f"back-{id}", type="tertiary", on_click=_take_out, args=(edition, id))


def _take_out(edition: Edition, id: str) -> None:
    """Empty an entry (a widget's callback), and its field with it, which only the whole page draws."""
    state.put(edition, {id: None})
    state.ask_whole_page()
