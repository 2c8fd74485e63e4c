"""What does a view answer, to be taken elsewhere?  Its own sentence, and its own charts with their titles and
marks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hdmodel import PageState, project
from hdmodel.ledger import UNIT
from hdmodel.projection import outcome_of
from hdmodel.reasons import Transition
from hdmodel.sensitivity import swings
from ui.answers.basis import basis_words
from ui.answers.ledger_answer import LedgerAnswer, counting_words, ledger_sentence
from ui.answers.lever_map_rows import Axes, on_target, pairs_rows
from ui.answers.lever_map_words import line_in_words, map_marks
from ui.answers.past_years_rows import EnteredYears, count_lines, strip_marks, strip_rows
from ui.answers.plan_rows import (
    NamedState,
    bar_rows,
    bars_indicator,
    bars_title,
    columns_of,
    left_out_of_bars,
)
from ui.answers.reason_sentences import change_sentence
from ui.answers.sensitivity_rows import swings_rows
from ui.answers.sentences import result_sentence
from ui.charts.colours import Look
from ui.charts.compare_chart import compare_frame, compare_spec
from ui.charts.coverage_chart import coverage_frame, coverage_spec
from ui.charts.lever_map_chart import pairs_frame, pairs_spec
from ui.charts.past_years_chart import AROUND, LANE, record_frame, record_spec
from ui.charts.sensitivity_chart import swings_frame, swings_spec
from ui.handover.drawing import ON_PAPER, Chart, path_chart
from ui.html.elements import plain_text
from ui.text.speech import Speech

_MAP, _PATH, _BAR = (
    (400, 180),
    (350, 190),
    (60, 60),
)  # pixels: as high as on the page, and at least


@dataclass(frozen=True)
class Panel:
    """A chart with its height on the page and the least at which its labels keep apart, in the page's pixels;
    whether it may grow beyond that height.
    """

    chart: Chart
    height: int
    least: int
    grows: bool = False


@dataclass(frozen=True)
class ViewAnswer:
    """What a view says and draws: of what, the sentence, its charts, and what is remarked beside them."""

    name: str
    said: str
    panels: Sequence[Panel]
    remarks: Sequence[str] = ()


def explore_answer(opened: PageState, speech: Speech) -> ViewAnswer:
    """Where the year of the indicator in focus lands, and its path."""
    projection = project(opened.edition, opened.scenario)[opened.focus]
    chart = path_chart(opened, projection, speech)
    return ViewAnswer(_name(opened, speech), _conclusion(opened, speech), [Panel(chart, *_PATH, grows=True)])


def required_answer(opened: PageState, axes: Axes | None, speech: Speech) -> ViewAnswer:
    """What it takes: the map of two levers with its line on target, and the bars of all."""
    edition, scenario = opened.edition, opened.scenario
    projection = project(edition, scenario)[opened.focus]
    panels, remarks = [], []
    if axes and projection.path.full_year is not None:
        outcome = outcome_of(edition, scenario, opened.focus)
        line = on_target(outcome, axes)
        rows = pairs_rows(outcome, axes, line, speech)
        across, up = (speech.pick(axis.lever.label) for axis in (axes.x, axes.y))
        title = speech.say("map.sheet.title", x=across, y=up)
        marks = map_marks(edition, projection, speech)
        chart = _chart(title, marks, pairs_spec, pairs_frame(rows).to_pylist())
        panels.append(Panel(chart, *_MAP, grows=True))
        remarks.append(plain_text(line_in_words(projection, axes, line, speech)))
    levers = swings(edition, scenario, opened.focus)
    if levers:
        rows = swings_rows(edition, projection, levers, speech)
        marks = {mark: speech.say(f"tornado.{mark}") for mark in ("below", "now", "above")}
        bars = _chart(speech.say("tornado.title"), marks, swings_spec, swings_frame(rows).to_pylist())
        panels.append(Panel(bars, *[48 + 72 * len(levers)] * 2))
    return ViewAnswer(_name(opened, speech), _conclusion(opened, speech), panels, remarks)


def compare_answer(opened: PageState, ends: tuple[NamedState, NamedState], speech: Speech) -> ViewAnswer:
    """Where each plan lands, and why two of them differ."""
    columns, shown = columns_of(opened, speech), bars_indicator(opened)
    rows = bar_rows(opened.edition, columns, shown, speech)
    title = bars_title(opened, shown, speech)
    chart = _chart(title, {}, compare_spec, compare_frame(rows).to_pylist())
    before, after = (end.scenario for end in ends)
    return ViewAnswer(
        speech.pick(opened.edition.indicators[shown].label),
        change_sentence(Transition(opened.edition, before, after, shown), speech),
        [Panel(chart, *[40 + 64 * len(rows)] * 2)] if rows else [],
        [left_out] if (left_out := left_out_of_bars(columns, rows, speech)) else [],
    )


def ledger_view_answer(opened: PageState, answer: LedgerAnswer, speech: Speech) -> ViewAnswer:
    """What the ledger secures of what is missing, as a bar in its parts."""
    name = speech.pick(opened.edition.indicators[answer.indicator].label)
    marks, rows, at = {}, [], 0.0
    for part in answer.parts:
        amount = speech.amount(part.amount, UNIT, answer.places)
        marks[part.kind] = f"{speech.say(f'ledger.part.{part.kind}')} {amount}"
        rows.append({"kind": part.kind, "start": at, "end": (at := at + float(part.amount))})
    bar = _chart(speech.say("ledger.bar"), marks, coverage_spec, coverage_frame(rows).to_pylist())
    sentence, counting = plain_text(ledger_sentence(answer, speech)), counting_words(answer, name, speech)
    return ViewAnswer(name, sentence, [Panel(bar, *_BAR)] if rows else [], [counting])


def years_answer(opened: PageState, entered: EnteredYears, speech: Speech) -> ViewAnswer:
    """In how many past years the second half moved as far as is needed now."""
    rows = strip_rows(entered, speech)
    lanes = 1 + max(int(row["lane"]) for row in rows)
    title = speech.say(f"record.axis.{entered.kind.name}")
    strip = _chart(title, strip_marks(speech), record_spec, record_frame(rows).to_pylist())
    sentence, *remarks = map(plain_text, count_lines(entered, speech))
    return ViewAnswer(_name(opened, speech), sentence, [Panel(strip, *[AROUND + LANE * lanes] * 2)], remarks)


def _name(opened: PageState, speech: Speech) -> str:
    return speech.pick(opened.edition.indicators[opened.focus].label)


def _conclusion(opened: PageState, speech: Speech) -> str:
    """The sentence of the indicator in focus, and on what it rests."""
    edition, scenario = opened.edition, opened.scenario
    sentence = plain_text(
        result_sentence(edition, scenario, project(edition, scenario)[opened.focus], speech)
    )
    rests = basis_words(edition, scenario, opened.focus, speech).strip()
    return speech.say("between_sentences").join((sentence, rests)) if rests else sentence


def _chart(
    title: str, marks: Mapping[str, str], look: Callable[[Look], dict[str, Any]], rows: Sequence[Any]
) -> Chart:
    return Chart(title, marks, _on_paper(look), rows, is_fitted=True)


@lru_cache
def _on_paper(look: Callable[[Look], dict[str, Any]]) -> dict[str, Any]:
    """A chart's specification on white, built once."""
    return look(ON_PAPER)
