"""Numbers as data from the page: values by hand, where they come from, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from hdmodel import Edition, open_link
from hdmodel.links.plans import Plan
from tests.handover.states import ABOUT
from tests.indicators import INVESTMENT
from ui.handover import data_files
from ui.handover.data_files import compare_csv, log_csv, results_csv
from ui.session.history import History, Moment
from ui.text.speech import Speech

ZH = Speech("zh")


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def assert_says_where_it_is_from(rows: list[list[str]], edition: Edition) -> None:
    at = rows.index([])
    said = " ".join(cell for row in rows[at:] for cell in row)
    assert "2022-08-05 09:30" in said and edition.digest in said and ABOUT.link in said


def test_every_result_is_a_line_by_hand(haidong: Edition) -> None:
    """With Q4 at 110 % the year is 45 + 22.5 + 24.75 = 92.25."""
    opened = open_link([(f"{INVESTMENT}.intensity_q4", "110")], haidong)
    rows = rows_of(results_csv(opened, ABOUT, ZH))
    assert ["一般性工业投资", "全年", "92.25", "92.25", "占年度目标 %"] in [row[:5] for row in rows]
    assert_says_where_it_is_from(rows, haidong)


def test_the_comparison_holds_each_plan_and_nothing_that_runs(haidong: Edition) -> None:
    scenario = open_link([(f"{INVESTMENT}.intensity_q4", "110")], haidong).scenario
    opened = replace(open_link([], haidong), plans=(Plan(scenario, "=1+1"), None, None))
    rows = rows_of(compare_csv(opened, ABOUT, ZH))
    years = next(row for row in rows if row[0] == "一般性工业投资")
    assert years[3:] == ["90.00", "90.00", "92.25"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert_says_where_it_is_from(rows, haidong)


def test_the_log_holds_every_move(haidong: Edition, monkeypatch) -> None:
    start, moved = open_link([], haidong), open_link([(f"{INVESTMENT}.intensity_q4", "110")], haidong)
    past = History([Moment(ABOUT.made, start.scenario, start.plans)])
    past.record(Moment(ABOUT.made, moved.scenario, moved.plans))
    monkeypatch.setattr(data_files.history, "history", lambda: past)
    rows = rows_of(log_csv(moved, ABOUT, ZH))
    assert rows[0] == ["时间", "改动与结果", "星标"]
    assert "调到 110 %" in rows[2][1] and rows.index([]) == 3
    assert_says_where_it_is_from(rows, haidong)


def test_the_comparison_holds_an_entry_as_it_counts(haidong: Edition) -> None:
    """72.5 in steps of a whole stood there as 73."""
    opened = open_link([("pro_rata.q3", "72.5"), (f"{INVESTMENT}.h1_completion", "49.98")], haidong)
    cells = {cell for row in rows_of(compare_csv(opened, ABOUT, ZH)) for cell in row}
    assert {"72.5", "49.98"} <= cells and not {"73", "50.0"} & cells
