"""How do the plans differ?  The baseline, the present state and the plans side by side: rows for a table,
a chart and a sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hdmodel import Edition, PageState, Projection, Scenario, baseline, project
from hdmodel.links.plans import SLOTS, Plan
from hdmodel.requirements import Need, need_now
from hdmodel.scenario import baseline_with_entries_of, in_effect
from ui.answers.basis import is_multiple_of_h1, tags_of
from ui.answers.reason_sentences import tagged_values
from ui.answers.requirement_rows import judgement
from ui.answers.sentences import (
    difference,
    label_of,
    planned_quarters,
    set_instead,
    short_name,
    status_of_card,
    target_words,
    what_of_year,
)
from ui.explain.clicks import asks, number_html
from ui.explain.questions import Quantity, StateInQuestion
from ui.html.elements import NOTHING, Markup, element, joined
from ui.text.speech import Speech


@dataclass(frozen=True)
class NamedState:
    """One state that is compared: `baseline`, `now` or a slot, what it is called,
    and what is supposed in it.
    """

    key: str
    title: str
    scenario: Scenario


def columns_of(opened: PageState, speech: Speech) -> list[NamedState]:
    """What is compared: the baseline, the present state, and every plan that is kept.

    Where the present entries put an indicator into another unit, the baseline has them, too: else the two
    could not be compared.
    """
    kept = [
        NamedState(slot, title_of(slot, plan, speech), plan.scenario)
        for slot, plan in zip(SLOTS, opened.plans, strict=True)
        if plan is not None
    ]
    plain, entered = baseline_of(opened, speech), with_entries(opened, speech)
    return [
        plain if entered is None or _is_comparable(opened, plain) else entered,
        NamedState("now", speech.say("compare.now"), opened.scenario),
        *kept,
    ]


def baseline_of(opened: PageState, speech: Speech) -> NamedState:
    """The edition's baseline, with no entries."""
    return NamedState("baseline", speech.say("compare.baseline"), baseline(opened.edition))


def _is_comparable(opened: PageState, state: NamedState) -> bool:
    """Whether every headline indicator is there in the unit it is in now."""
    here, there = (project(opened.edition, scenario) for scenario in (opened.scenario, state.scenario))
    headlines = [id for id, indicator in opened.edition.indicators.items() if indicator.headline]
    return all(here[id].unit == there[id].unit for id in headlines)


def with_entries(opened: PageState, speech: Speech) -> NamedState | None:
    """The baseline with the present entries, which compares where the baseline itself is in another unit;
    `None` without any.
    """
    entered = baseline_with_entries_of(opened.edition, opened.scenario)
    return (
        None
        if entered == baseline(opened.edition)
        else NamedState("entered", speech.say("why.entered"), entered)
    )


def title_of(slot: str, plan: Plan | None, speech: Speech) -> str:
    """A slot's name, with the user's own name of the plan behind it."""
    name = speech.say(f"slot.{slot}")
    return f"{name} · {plan.name}" if plan is not None and plan.name else name


def result_rows(edition: Edition, columns: Sequence[NamedState], speech: Speech) -> list[list[str]]:
    """One row an indicator, one cell a column: the full year large, then the shortfall,
    the status and what H2 needs.
    """
    projections = [project(edition, column.scenario) for column in columns]
    return [
        [
            short_name(edition, indicator.id, speech),
            *(
                _cell(edition, column, of_state[id], speech)
                for column, of_state in zip(columns, projections, strict=True)
            ),
        ]
        for id, indicator in edition.indicators.items()
        if indicator.headline
    ]


def _cell(edition: Edition, column: NamedState, projection: Projection, speech: Speech) -> Markup:
    """The cell of a column, each of its numbers with the way to its arithmetic in that column's state,
    and the tags of what it rests on.
    """
    year, status, shortfall = said_of(edition, projection, speech)

    def number(text: str, quantity: str) -> Markup:
        asked = Quantity(projection.id, quantity, StateInQuestion(column.key))
        return number_html(text, asked) if text else NOTHING

    is_short = projection.status in ("within_reach", "out_of_reach")
    against = joined((part for part in (number(shortfall, "shortfall"), status) if part), " · ")
    is_there = projection.path.full_year is not None
    beside = (what_of_year(projection, speech), tags_of(edition, column.scenario, projection.id, speech))
    what = " ".join(part for part in beside if part) if is_there else ""
    needed = needed_html(edition, column, projection, speech)
    lines = [
        element("b", number(year, "full_year")) + (f" {what}" if what else ""),
        element("em", against) if is_short else against,
    ]
    return element("br").join([*lines, *([needed] if needed else [])])


def said_of(edition: Edition, projection: Projection, speech: Speech) -> tuple[str, str, str]:
    """Full year, status, and what is missing or left over; blank where there is none."""
    indicator = edition.indicators[projection.id]
    places = _places(edition, projection, speech)
    year = speech.amount(projection.path.full_year, projection.unit, places)
    status = speech.say(f"status.{status_of_card(edition, projection)}")
    if projection.shortfall is None:
        return year, status, ""
    by = difference(projection.shortfall, projection.unit, places, speech)
    suffix = ".benchmark" if indicator.is_benchmark else ""
    key = (
        "card.level_with"
        if projection.shortfall == 0
        else "card.shortfall"
        if projection.shortfall > 0
        else "card.above"
    )
    return year, status, speech.say(f"{key}{suffix}", by=by)


def _places(edition: Edition, projection: Projection, speech: Speech) -> int:
    usual = edition.indicators[projection.id].places_in(projection.unit)
    return speech.places_beside(projection.path.full_year, projection.target, usual)


def asked_of(edition: Edition, column: NamedState, projection: Projection) -> Need | None:
    """What both quarters must bring, or Q4 once it is a fact what Q3 brought;
    `None` where a ledger does it, or nothing is asked.
    """
    need = need_now(edition, projection)
    return None if planned_quarters(column.scenario, projection) else need


def needed_html(edition: Edition, column: NamedState, projection: Projection, speech: Speech) -> Markup:
    """What `asked_of` gives, as HTML; blank where nothing is asked."""
    need = asked_of(edition, column, projection)
    if need is None:
        return NOTHING
    known = "known." if projection.is_q3_known else ""
    if need.is_free and not need.is_count:
        return speech.html(f"compare.needs.{known}any")
    key = f"compare.needs.{known}{edition.indicators[projection.id].form.asked.name}"
    question = Quantity(projection.id, need.quantity, StateInQuestion(column.key))
    if need.is_count:
        value = number_html(speech.count(max(need.value, Fraction(0))), question)
        return speech.html(key, value=value, planned=speech.count(supposed_of(column, need)))
    value = number_html(speech.amount(need.value, need.unit, 1), question)
    if need.value > need.high:
        value += speech.html("compare.needs.beyond", judged=judgement(need, speech))
    return speech.html(key, value=value + set_instead(need, speech))


def supposed_of(column: NamedState, need: Need) -> Fraction:
    """How much of what must start in all is supposed in a state already."""
    values = column.scenario.as_dict()
    return sum((values[lever.id] or Fraction(0) for lever in need.levers), Fraction(0))


def lever_rows(edition: Edition, columns: Sequence[NamedState], speech: Speech) -> list[list[str]]:
    """Only the levers and entries in which the columns differ, one row each; entries with their tags."""
    return [
        [
            label_of_row(edition, id, speech),
            *tagged_values(edition, id, [column.scenario for column in columns], speech),
        ]
        for id in differing(edition, columns)
    ]


def label_of_row(edition: Edition, id: str, speech: Speech) -> str:
    """A lever's name, and of an intensity what it is a percentage of."""
    lever = edition.levers[id]
    return label_of(edition, lever, speech) if is_multiple_of_h1(edition, lever) else speech.pick(lever.label)


def differing(edition: Edition, columns: Sequence[NamedState]) -> list[str]:
    """The levers and entries in which the columns differ."""
    in_force = [in_effect(edition, column.scenario) for column in columns]
    return [id for id in edition.levers if len({values[id] for values in in_force}) > 1]


def bar_rows(
    edition: Edition, columns: Sequence[NamedState], indicator: str, speech: Speech
) -> list[dict[str, Any]]:
    """One bar a column: the full year of one indicator, against its target;
    those in another unit than the present are left out.

    The target stands above the bars once, or where the columns have several, beside each bar's own year.
    """
    projections = [project(edition, column.scenario)[indicator] for column in columns]
    unit = projections[1].unit
    is_one = len({projection.target for projection in projections if projection.unit == unit} - {None}) <= 1
    rows: list[dict[str, Any]] = []
    for order, (column, projection) in enumerate(zip(columns, projections, strict=True)):
        if projection.path.full_year is None or projection.unit != unit:
            continue
        usual = edition.indicators[indicator].places_in(unit)
        places = speech.places_beside(projection.path.full_year, projection.target, usual)
        target = target_words(edition.indicators[indicator], projection.target, places, speech)
        tags = tags_of(edition, column.scenario, indicator, speech)
        label = f"{column.title}  {speech.amount(projection.path.full_year, unit, places)} {tags}".rstrip()
        rows.append(
            {
                "order": order,
                "name": column.title,
                "year": float(projection.path.full_year),
                "target": None if projection.target is None else float(projection.target),
                "label": label if is_one or not target else f"{label} · {target}",
                "target_text": target if is_one and not any(row["target_text"] for row in rows) else "",
                "year_asks": asks(Quantity(indicator, "full_year", StateInQuestion(column.key))),
                "target_asks": asks(Quantity(indicator, "target", StateInQuestion(column.key))),
            }
        )
    marks = [
        0.0,
        *(row["year"] for row in rows),
        *(row["target"] for row in rows if row["target"] is not None),
    ]
    room = (max(marks) - min(marks)) / 12 or 1.0
    return [
        {**row, "domain_low": min(marks) - (room if min(marks) < 0 else 0), "domain_high": max(marks) + room}
        for row in rows
    ]


def states_of(opened: PageState, speech: Speech) -> dict[str, NamedState]:
    """Every state that one may be compared with, by its key: the columns, the baseline, that with the
    present entries.
    """
    others = (baseline_of(opened, speech), with_entries(opened, speech))
    return {state.key: state for state in (*columns_of(opened, speech), *others) if state}


def bars_indicator(opened: PageState) -> str:
    """The indicator whose bars are drawn: the one in focus, or the first that has a card."""
    headlines = [id for id, indicator in opened.edition.indicators.items() if indicator.headline]
    return opened.focus if opened.focus in headlines else headlines[0]


def bars_title(opened: PageState, indicator: str, speech: Speech) -> str:
    """The title over the bars, with the unit; a percentage of the target says of what it is one."""
    unit = project(opened.edition, opened.scenario)[indicator].unit
    name = speech.pick(opened.edition.indicators[indicator].label)
    return speech.say("compare.chart.title", name=name, unit=unit_in_words(unit, speech))


def unit_in_words(unit: str, speech: Speech) -> str:
    """A unit by itself: a percentage of the target says of what it is one."""
    return speech.say("unit.of_target") if unit == "% of target" else speech.unit(unit)


def left_out_of_bars(columns: Sequence[NamedState], rows: Sequence[Mapping[str, Any]], speech: Speech) -> str:
    """Which states have no bar; blank where all have one."""
    drawn = {row["order"] for row in rows}
    names = [column.title for order, column in enumerate(columns) if order not in drawn]
    return speech.say("compare.left_out", names=speech.say("moved.and").join(names)) if names else ""
