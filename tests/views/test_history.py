"""The history of a visit: nothing is lost in it, whatever is undone, redone, starred or come back to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import baseline, released_edition
from hdmodel.links.plans import NO_PLANS, Plan
from hdmodel.scenario import Scenario
from tests.scenarios import scenario_of, scenarios_of
from ui.page.moves import LoggedMove, lines_of, minutes_csv, minutes_text, said_of
from ui.session.history import History, Moment
from ui.text.speech import Speech

START = datetime(2022, 7, 29, 9, tzinfo=UTC)
INTENSITY = "general_industrial_investment.intensity_q3"


def moment(scenario: Scenario, seconds: float, plans=NO_PLANS) -> Moment:
    return Moment(START + timedelta(seconds=seconds), scenario, plans)


@given(steps=st.lists(scenarios_of(released_edition()) | st.sampled_from(["undo", "redo"]), max_size=25))
def test_a_walk_undone_and_redone_ends_where_it_was(steps: list) -> None:
    history = History([moment(baseline(released_edition()), 0)])
    for second, step in enumerate(steps):
        if isinstance(step, str):
            getattr(history, step)()
        else:
            history.record(moment(step, 10 * second))
    end, made = history.present, len(history.log)
    back = 0
    while history.undo():
        back += 1
    assert history.present == history.log[0]
    for _ in range(back):
        history.redo()
    assert history.present == end and len(history.log) == made, "the log loses nothing"


def test_presses_on_one_lever_that_follow_each_other_are_one_move(haidong) -> None:
    history = History([moment(baseline(haidong), 0)])
    for press in range(1, 11):
        history.record(moment(scenario_of(haidong, f"{INTENSITY}={100 + press}"), 5 + press / 10))
    assert len(history.log) == 2
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=111"), 60))
    assert len(history.log) == 3, "later it is another move"
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=111", "telecom_volume.q3=25"), 60.5))
    assert len(history.log) == 4, "another lever is another move"
    history.undo()
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=112"), 61))
    assert len(history.log) == 5, "what was undone stays in the log"


def test_a_starred_moment_is_not_written_over(haidong) -> None:
    history = History([moment(baseline(haidong), 0)])
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=110"), 5))
    history.star(1)
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=111"), 5.5))
    assert [one.is_starred for one in history.log] == [False, True, False]


def test_the_minutes_say_each_move_and_what_came_of_it(haidong) -> None:
    speech, history = Speech("zh"), History([moment(baseline(haidong), 0)])
    moved = scenario_of(haidong, f"{INTENSITY}=120", "telecom_volume.q3=25")
    history.record(moment(moved, 5))
    history.record(moment(moved, 9, (Plan(moved), None, None)))
    history.star(1)
    lines = lines_of(haidong, history, "general_industrial_investment", speech)
    assert "三季度单项目投资强度由 100 % 调到 120 %" in lines[1][1] and "同时另有 1 项假设变动" in lines[1][1]
    assert lines[2][1] == "方案“保底”已存入。"
    written = minutes_text(lines, ["来源"]).splitlines()
    assert "★" in written[1] and written[3:] == ["", "来源"]
    table = minutes_csv(lines, ["来源"], speech).decode("utf-8-sig").splitlines()
    assert table[0] == "时间,改动与结果,星标" and table[4:] == ["", "来源"]
    assert (
        said_of(LoggedMove(haidong, history.log[2], history.log[1], "start_rate"), speech)
        == "方案“保底”已清空。"
    )


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "＝A1", "+1+1", "-cmd", "@SUM(A1)"])
def test_no_cell_of_the_minutes_is_run_as_a_formula(name: str) -> None:
    """A move is said with a project's or a plan's own name at its beginning, and names are strangers'."""
    (_, row, _) = minutes_csv([("10:00:00", name, "")], [], Speech("zh")).decode("utf-8-sig").splitlines()
    assert row.split(",")[1].strip('"').startswith(f"'{name[0]}")


def test_a_long_meeting_forgets_only_its_beginning(haidong, monkeypatch) -> None:
    monkeypatch.setattr("ui.session.history.MOST_MOMENTS", 5)
    history = History([moment(baseline(haidong), 0)])
    for step in range(1, 10):
        history.record(moment(scenario_of(haidong, f"{INTENSITY}={step}"), 10 * step))
    assert len(history.log) == 5 and history.present.scenario == scenario_of(haidong, f"{INTENSITY}=9")
    while history.undo():
        pass
    assert history.present == history.log[0]


def test_a_line_of_the_minutes_tells_from_where_a_move_was_made(haidong) -> None:
    history = History([moment(baseline(haidong), 0)])
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=120"), 5))
    history.undo()
    history.record(moment(scenario_of(haidong, f"{INTENSITY}=90"), 10))
    lines = lines_of(haidong, history, "general_industrial_investment", Speech("zh"))
    assert "由 100 % 调到 90 %" in lines[2][1]
