"""What of the comparison goes into a spreadsheet?  Tab-separated lines of plain numbers,
each with its unit in a column of its own, which Excel and WPS take as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import Edition, Indicator, Projection, project
from hdmodel.numbers import places_against, printed
from hdmodel.reading.tables import guarded
from hdmodel.requirements import Need
from hdmodel.scenario import in_effect
from hdmodel.units import POINTS
from ui.answers.basis import tags_of
from ui.answers.plan_rows import NamedState, asked_of, differing, label_of_row, supposed_of
from ui.answers.reason_sentences import tag_of
from ui.answers.sentences import status_of_card
from ui.text.speech import Speech

Amount = tuple[Fraction, str, int] | None  # a value, its unit and its decimals
Line = list[str]


def sheet(edition: Edition, columns: Sequence[NamedState], speech: Speech) -> str:
    """The whole comparison as text to paste, in which no cell runs or becomes two."""
    return "\n".join("\t".join(map(_cell, line)) for line in sheet_lines(edition, columns, speech))


def sheet_lines(edition: Edition, columns: Sequence[NamedState], speech: Speech) -> list[Line]:
    """The whole comparison: one line an indicator and measure in a unit, one column a state;
    the tags in lines of their own.
    """
    heads = [speech.say(f"compare.{name}") for name in ("indicator", "measure", "unit")]
    lines = [[*heads, *(column.title for column in columns)]]
    projections = [project(edition, column.scenario) for column in columns]
    for id, indicator in edition.indicators.items():
        if indicator.headline:
            lines += _indicator(
                _Columns(edition, indicator, columns, [of_state[id] for of_state in projections]), speech
            )
    for id in differing(edition, columns):
        lines += _lever(edition, id, columns, speech)
    return lines


@dataclass(frozen=True)
class _Columns:
    """One indicator in every state that is compared."""

    edition: Edition
    indicator: Indicator
    states: Sequence[NamedState]
    projections: Sequence[Projection]


def _indicator(columns: _Columns, speech: Speech) -> list[Line]:
    edition, indicator, projections = columns.edition, columns.indicator, columns.projections
    name = speech.pick(indicator.label)
    years = [_in_unit(projection, projection.path.full_year, indicator) for projection in projections]
    targets = [_in_unit(projection, projection.target, indicator) for projection in projections]
    missing = [_missing(projection, indicator) for projection in projections]
    what = "benchmark" if indicator.is_benchmark else "target"
    words = {
        "status": [speech.say(f"status.{status_of_card(edition, projection)}") for projection in projections],
        "tags": [tags_of(edition, column.scenario, indicator.id, speech) for column in columns.states],
    }
    of_units = {
        projection.unit: "flow_share" if projection.unit == "% of target" else projection.kind.name
        for projection in projections
    }
    return [
        *(
            line
            for unit, what_it_is in of_units.items()
            for line in _numbers(
                (name, speech.say(f"measure.year.{what_it_is}")), _only_in(unit, years), speech
            )
        ),
        *_numbers((name, speech.say(f"measure.{what}")), targets, speech),
        *_numbers((name, speech.say(f"measure.short.{what}")), missing, speech),
        *([name, speech.say(f"measure.{word}"), "", *cells] for word, cells in words.items() if any(cells)),
        *_needed(columns, speech),
    ]


def _only_in(unit: str, amounts: Sequence[Amount]) -> list[Amount]:
    return [amount if amount is not None and amount[1] == unit else None for amount in amounts]


def _in_unit(projection: Projection, value: Fraction | None, indicator: Indicator) -> Amount:
    return None if value is None else (value, projection.unit, _places(projection, indicator))


def _places(projection: Projection, indicator: Indicator) -> int:
    usual, year = indicator.places_in(projection.unit), projection.path.full_year
    return (
        usual if year is None or projection.target is None else places_against(year, projection.target, usual)
    )


def _missing(projection: Projection, indicator: Indicator) -> Amount:
    if projection.shortfall is None:
        return None
    unit = POINTS if projection.unit.startswith("%") else projection.unit
    return projection.shortfall, unit, _places(projection, indicator)


def _needed(columns: _Columns, speech: Speech) -> list[Line]:
    """What must be done in each state that asks for something, and of projects how many are supposed."""
    edition, indicator, projections = columns.edition, columns.indicator, columns.projections
    name, states = speech.pick(indicator.label), zip(columns.states, projections, strict=True)
    needs = [asked_of(edition, column, projection) for column, projection in states]
    asked = indicator.form.asked.name
    lines: list[Line] = []
    for known in ("", "known."):
        here = [
            need if need is not None and projection.is_q3_known == bool(known) else None
            for need, projection in zip(needs, projections, strict=True)
        ]
        if any(here):
            amounts = [_amount_needed(need) for need in here]
            lines += _numbers((name, speech.say(f"measure.needs.{known}{asked}")), amounts, speech, here)
            if indicator.form.asked.is_count:
                supposed = [
                    None if need is None else (supposed_of(column, need), need.unit, 0)
                    for column, need in zip(columns.states, here, strict=True)
                ]
                lines += _numbers((name, speech.say("measure.supposed")), supposed, speech)
    return lines


def _amount_needed(need: Need | None) -> Amount:
    if need is None:
        return None
    if need.is_count:
        return max(need.value, Fraction(0)), need.unit, 0
    return need.value, need.unit, 1


def _lever(edition: Edition, id: str, columns: Sequence[NamedState], speech: Speech) -> list[Line]:
    lever, name = edition.levers[id], label_of_row(edition, id, speech)
    values = [in_effect(edition, column.scenario)[id] for column in columns]
    amounts = [None if value is None else (value, lever.unit, lever.places_of(value)) for value in values]
    tags = [
        tag_of(edition, column.scenario, id, speech) if value is not None else ""
        for column, value in zip(columns, values, strict=True)
    ]
    return [
        *_numbers((name, speech.say("measure.lever")), amounts, speech),
        *([[name, speech.say("measure.tags"), "", *tags]] if lever.is_entry else []),
    ]


def _numbers(
    title: tuple[str, str], amounts: Sequence[Amount], speech: Speech, needs: Iterable[Need | None] = ()
) -> list[Line]:
    """A line for each unit in which there are amounts, all of it with the same decimals; `title` is what it
    is of, and which measure. Any value that can be set is a word.
    """
    free = [need is not None and need.is_free for need in needs] or [False] * len(amounts)
    lines = []
    for unit in dict.fromkeys(amount[1] for amount in amounts if amount is not None):
        here = _only_in(unit, amounts)
        places = max(amount[2] for amount in here if amount is not None)
        cells = [
            "" if amount is None else speech.say("required.any") if is_free else printed(amount[0], places)
            for amount, is_free in zip(here, free, strict=True)
        ]
        lines.append([*title, speech.unit(unit), *cells])
    return lines


def _cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula or for two cells; a number stays as it is."""
    return guarded(" ".join(cell.split()))
