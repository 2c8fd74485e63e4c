"""Where does each indicator's year land?  Five cards, one button each:
a card picks what the levers below move.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, PageState, Projection, Scenario
from hdmodel.form import COMPARABLE
from hdmodel.projection import Outcome
from ui.answers.reason_sentences import tag_of
from ui.answers.sentences import difference, share_of_target, short_name, status_of_card, what_of_year
from ui.explain.questions import Quantity
from ui.html.elements import Markup, element
from ui.page.frame import escape_markdown
from ui.page.levers import moved_in_sight
from ui.page.q3_facts import bracketed_q3_tag
from ui.session import state
from ui.text.speech import Speech

SHORT = "orange"
_SHORT_UNIT = 2  # characters
STATUS_COLOURS = {
    "met": "green",
    "within_reach": "orange",
    "out_of_reach": "red",
    "no_target": "gray",
    "unpublished": "gray",
}


def cards(
    opened: PageState, projections: Mapping[str, Projection], speech: Speech
) -> Callable[[PageState, Mapping[str, Projection]], None]:
    """The headline indicators, the one in focus marked;
    gives what draws those that a lever in sight moves.
    """
    moved, places = moved_in_sight(opened), {}
    with st.container(key="cards"):
        for id, indicator in opened.edition.indicators.items():
            if indicator.headline and id in moved:
                places[id] = st.container()
            elif indicator.headline:
                _card(opened, projections[id], speech)

    def draw(opened: PageState, projections: Mapping[str, Projection]) -> None:
        for id, place in places.items():
            with place:
                _card(opened, projections[id], speech)

    return draw


def others(opened: PageState, projections: Mapping[str, Projection], speech: Speech) -> None:
    """The indicators that are tracked with no published figure, small and last."""
    rest = [id for id, indicator in opened.edition.indicators.items() if not indicator.headline]
    if rest:
        with st.container(key="others", horizontal=True, vertical_alignment="center"):
            st.caption(speech.say("others"))
            for id in rest:
                value = speech.amount(
                    projections[id].path.full_year,
                    projections[id].unit,
                    opened.edition.indicators[id].places_in(projections[id].unit),
                )
                tag = (
                    tag_of(opened.edition, opened.scenario, last_reading(opened, id), speech)
                    if projections[id].path.full_year is not None
                    else ""
                )
                label = f"{short_name(opened.edition, id, speech)} {value} {tag}"
                st.button(
                    escape_markdown(label),
                    key=f"card-{id}",
                    type="tertiary",
                    on_click=state.show,
                    args=("focus", id),
                )


def last_reading(opened: PageState, id: str) -> str:
    """The id of the reading that a level's year comes from."""
    made = [name for name in opened.edition.own_levers(id) if opened.scenario.as_dict()[name] is not None]
    return made[-1] if made else f"{id}.h1"


def _card(opened: PageState, projection: Projection, speech: Speech) -> None:
    st.button(
        card_label(opened.edition, opened.scenario, projection, speech),
        key=f"card-{projection.id}",
        type="primary" if projection.id == opened.focus else "secondary",
        width="stretch",
        on_click=_picked,
        args=(projection.id, projection.id == opened.focus),
    )


def _picked(id: str, is_in_focus: bool) -> None:
    """A card brings its indicator into focus; the one that is there already opens its arithmetic."""
    if is_in_focus:
        state.ask(*Quantity(id, "full_year").words)
    else:
        state.show("focus", id)


@dataclass(frozen=True)
class CardWords:
    """What a card says, in its lines: name and status, full year, against the target, and the small ones."""

    name: str
    status: str  # the key of its word, as `status.met`
    year: str
    what: str
    outcome: str
    is_short: bool
    details: tuple[str, ...]


def card_words(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> CardWords:
    """The words of a card: name and status, full year, against the target, H1, the quarters."""
    indicator = edition.indicators[projection.id]
    usual = indicator.places_in(projection.unit)
    places = speech.places_beside(projection.path.full_year, projection.target, usual)
    year, beside = _large(projection, places, speech)
    return CardWords(
        short_name(edition, indicator.id, speech),
        status_of_card(edition, projection),
        year,
        f"{beside} {what_of_year(projection, speech)}".strip(),
        _outcome(edition, projection, places, speech),
        projection.status in ("within_reach", "out_of_reach"),
        tuple(_details(Outcome(edition, scenario, projection), speech)),
    )


def card_label(edition: Edition, scenario: Scenario, projection: Projection, speech: Speech) -> str:
    """A card as a button's label, in Streamlit's Markdown."""
    words = card_words(edition, scenario, projection, speech)
    outcome = escape_markdown(words.outcome)
    status = escape_markdown(speech.say(f"status.{words.status}"))
    lines = [
        f"{escape_markdown(words.name)} :{colour_of(words.status)}-badge[{status}]",
        f"**{escape_markdown(words.year)}** {escape_markdown(words.what)}",
        f":{SHORT}[{outcome}]" if words.is_short else outcome,
        # in one piece, which a phone leaves out
        f":small[{escape_markdown(chr(10).join(words.details))}]",
    ]
    return "\n".join(lines)


def strip_html(opened: PageState, projection: Projection, speech: Speech) -> Markup:
    """The answer of the indicator in focus in one line, which a phone keeps in sight."""
    words = card_words(opened.edition, opened.scenario, projection, speech)
    status = element("em", speech.say(f"status.{words.status}"))
    outcome = element("span", words.outcome, class_="short" if words.is_short else None)
    year = element("strong", words.year)
    line = element("p", words.name, " ", status, "\n", year, f" {words.what}\n", outcome)
    return element("div", line, id="strip", role="status")


def colour_of(status: str) -> str:
    """Streamlit's colour for a status by its key."""
    return STATUS_COLOURS[status.split(".")[0]]


def _large(projection: Projection, places: int, speech: Speech) -> tuple[str, str]:
    """The full year and what stands beside it: its unit is large, too, only where it is short."""
    year, unit = projection.path.full_year, speech.unit_of_number(projection.unit)
    if year is None or len(unit) <= _SHORT_UNIT:
        return speech.amount(year, projection.unit, places), ""
    return speech.number(year, places), unit


def _outcome(edition: Edition, projection: Projection, places: int, speech: Speech) -> str:
    """What is missing or left over against the target, after the amount where a growth rate has one."""
    unit, amounts = edition.indicators[projection.id].amount_unit, projection.amounts
    amount = [speech.amount(amounts.full_year, unit, 2)] if amounts and amounts.full_year is not None else []
    against = (
        speech.say("card.no_target")
        if projection.target is None
        else _difference(edition, projection, places, speech)
    )
    return " · ".join((*amount, against))


def target_figure(edition: Edition, projection: Projection) -> str:
    """The id of the figure or entry that a target comes from."""
    index = f"{projection.id}.target_index"
    return (
        index if projection.unit == "% of target" and index in edition.figures else f"{projection.id}.target"
    )


def h1_figure(edition: Edition, projection: Projection) -> str:
    """The id of the figure or entry that the first half comes from."""
    completion = f"{projection.id}.h1_completion"
    return (
        completion
        if projection.unit == "% of target" and completion in edition.figures
        else f"{projection.id}.h1"
    )


def _difference(edition: Edition, projection: Projection, places: int, speech: Speech) -> str:
    shortfall = projection.shortfall
    if shortfall is None:
        return speech.say("blank")
    suffix = ".benchmark" if edition.indicators[projection.id].is_benchmark else ""
    if projection.starts_missing is not None and shortfall > 0:
        return speech.say("card.starts_missing", count=speech.count(projection.starts_missing))
    if shortfall == 0:
        return speech.say(f"card.level_with{suffix}")
    by = difference(shortfall, projection.unit, places, speech)
    return speech.say(f"card.shortfall{suffix}" if shortfall > 0 else f"card.above{suffix}", by=by)


def _details(outcome: Outcome, speech: Speech) -> list[str]:
    """The target and H1 with their tags; then what else must stand beside this kind of number."""
    edition, projection = outcome.edition, outcome.projection
    lines = [*_target(outcome, speech), _h1(outcome, speech)]
    h1, year = (
        share_of_target(projection, amount, speech)
        for amount in (projection.path.h1, projection.path.full_year)
    )
    lines += [speech.say("card.share", h1=h1, year=year)] if h1 and year else []
    lines += _growth(outcome, speech)
    if projection.kind.is_mean:
        lines += _cumulative_and_quarters(outcome, speech)
    elif projection.is_q3_known:
        lines.append(_to_september(outcome, speech))
    lead = projection.lead_h1 if projection.lead_ytd_q3 is None else projection.lead_ytd_q3
    lines += [] if lead is None else [_pace(lead, speech)]
    if f"{projection.id}.printed_rate" in edition.figures:
        lines.append(_rate_recomputed(edition, projection, speech))
    return lines


def _target(outcome: Outcome, speech: Speech) -> list[str]:
    edition, projection = outcome.edition, outcome.projection
    if projection.target is None:
        return []
    key = "card.benchmark" if outcome.indicator.is_benchmark else "card.target"
    tag = tag_of(edition, outcome.scenario, target_figure(edition, projection), speech)
    return [speech.say(key, target=_amount(outcome, projection.target, speech), tag=tag)]


def _h1(outcome: Outcome, speech: Speech) -> str:
    edition, projection = outcome.edition, outcome.projection
    tag = tag_of(edition, outcome.scenario, h1_figure(edition, projection), speech)
    key = "card.h1.ytd" if projection.kind.is_mean else "card.h1"
    return speech.say(key, value=_amount(outcome, projection.path.h1, speech), tag=tag)


def _growth(outcome: Outcome, speech: Speech) -> list[str]:
    """The growth of an amount, where last year's is known on the same basis."""
    growth, figure = outcome.projection.comparable_growth, f"{outcome.projection.id}.{COMPARABLE}"
    if growth is None:
        return []
    tag = tag_of(outcome.edition, outcome.scenario, figure, speech)
    return [speech.say("card.year_growth", growth=speech.amount(growth, "%", 1), tag=tag)]


def _amount(outcome: Outcome, value: Fraction | None, speech: Speech) -> str:
    """A number in the unit of the year, with its usual decimals."""
    return speech.amount(value, outcome.projection.unit, outcome.places)


def _cumulative_and_quarters(outcome: Outcome, speech: Speech) -> list[str]:
    """Cumulative (累计) and quarter alone (当季) are different numbers: each is named,
    and on its own line.
    """
    projection = outcome.projection
    q3_tag = bracketed_q3_tag(outcome.edition, outcome.scenario, projection.id, speech)
    ytd, q3, q4 = (
        _amount(outcome, value, speech)
        for value in (projection.path.ytd_q3, projection.path.q3, projection.path.q4)
    )
    return [speech.say("card.ytd", ytd=f"{ytd} {q3_tag}".strip()), speech.say("card.quarters", q3=q3, q4=q4)]


def _to_september(outcome: Outcome, speech: Speech) -> str:
    """What is known to September, with its tag, target or not: a sum, or a level's reading."""
    projection = outcome.projection
    tag = bracketed_q3_tag(outcome.edition, outcome.scenario, projection.id, speech)
    reached = _amount(outcome, projection.path.ytd_q3, speech)
    if projection.kind.is_level:
        return speech.say("card.reading_q3", value=reached, tag=tag)
    return speech.say("card.ytd", ytd=f"{reached} {tag}")


def _pace(lead: Fraction, speech: Speech) -> str:
    """The lead over pro-rata progress, with decimals enough that only none reads as nought."""
    if lead == 0:
        return speech.say("card.on_pace")
    by = speech.points(lead, speech.places_seen(lead, 1))
    return speech.say("card.lead" if lead > 0 else "card.lag", by=by)


def _rate_recomputed(edition: Edition, projection: Projection, speech: Speech) -> str:
    """The rate the source prints beside the one its own counts give: both, never one put right in silence."""
    figures = {
        name: edition.figures[f"{projection.id}.{name}"]
        for name in ("printed_rate", "started", "listed", "h1")
    }
    computed = figures["h1"].value
    assert computed is not None
    return speech.say(
        "card.rate_recomputed",
        printed=f"{figures['printed_rate'].written} %",
        started=figures["started"].written,
        listed=figures["listed"].written,
        computed=speech.amount(computed, "%", 2),
    )
