"""How do numbers leave the page as data?  The results, the comparison and the log as CSV, each with where it
comes from in its last lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from hdmodel import PageState
from hdmodel.explain.result_rows import result_rows
from hdmodel.reading.tables import csv_file
from ui.answers.plan_rows import columns_of, unit_in_words
from ui.answers.plan_sheet import sheet_lines
from ui.page.about import About, origin_lines
from ui.page.moves import lines_of, minutes_csv
from ui.session import history
from ui.text.speech import Speech

_RESULT = ("indicator", "measure", "printed", "value", "unit", "tag")


def results_csv(opened: PageState, about: About, speech: Speech) -> bytes:
    """Every number of the present state, a line each, rounded as it is printed and unrounded."""
    results = result_rows(opened.edition, opened.scenario, speech.language)
    rows = [
        [
            *(str(row[name]) for name in ("label", "what", "printed", "value")),
            unit_in_words(str(row["unit"]), speech),
            speech.say(f"tag.{row['tag']}"),
        ]
        for row in results
    ]
    heads = [speech.say(f"data.{name}") for name in _RESULT]
    return _with_origin([heads, *rows], opened, about, speech)


def compare_csv(opened: PageState, about: About, speech: Speech) -> bytes:
    """The present state, the baseline and the plans side by side, as they are copied for a spreadsheet."""
    lines = sheet_lines(opened.edition, columns_of(opened, speech), speech)
    return _with_origin(lines, opened, about, speech)


def log_csv(opened: PageState, about: About, speech: Speech) -> bytes:
    """The minutes: every move with its time."""
    lines = lines_of(opened.edition, history.history(), opened.focus, speech)
    return minutes_csv(lines, origin_lines(opened, about, speech), speech)


def _with_origin(rows: Sequence[Sequence[str]], opened: PageState, about: About, speech: Speech) -> bytes:
    """The rows, and after a blank one when, of which figures and by which model, and the way back."""
    return csv_file([*rows, [], *([line] for line in origin_lines(opened, about, speech))])
