"""A visit as a file on the page: saved, and opened in another session, it is as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hdmodel.links.visit_file import checked_visit, write_visit
from tests.folders import ROOT
from tests.indicators import INVESTMENT, STARTS
from tests.page import html_of, opened_page, supposed, told_to_the_browser
from ui.host import events
from ui.session import kept_visit, keys
from ui.session.kept_visit import WholeVisit

KEPT = ROOT / "tests" / "links"
SAVED = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[WholeVisit]]:
    """What the page would save, run by run."""
    found: list[WholeVisit] = []
    real = kept_visit.whole
    monkeypatch.setattr(kept_visit, "whole", lambda opened: found.append(real(opened)) or found[-1])
    yield found


def open_file(page: AppTest, data: bytes, name: str = "mine.visit.json") -> AppTest:
    page.file_uploader[1].set_value((name, data, "application/json")).run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click().run()
    assert not page.exception
    return page


def kept(name: str) -> bytes:
    return Path(KEPT / name).read_bytes()


@pytest.mark.parametrize("file", ["visit-1.json", "visit-1-own.json"])
def test_what_was_saved_is_there_again_in_another_session_and_is_saved_as_it_was(
    file: str, held: list[WholeVisit]
) -> None:
    open_file(opened_page("view=sources&telecom_volume.q4=33"), kept(file))
    again = write_visit(kept_visit.written_down(held[-1]), SAVED)
    assert json.loads(again) == json.loads(kept(file)), "one press, as there was nothing to lose"


def test_the_ledger_drives_the_year_and_the_moves_go_on_from_where_they_were() -> None:
    page = open_file(opened_page("view=sources"), kept("visit-1.json"))
    assert "已打开“mine.visit.json”（保存于 2026-11-27 12:00）" in html_of(page)
    assert told_to_the_browser(page)["holds"] == {
        "ledger": "项目台账（4 行，全年正由它推动；两季计划合计在地址栏里，全年不变）",
        "years": "往年数据（2 年）",
        "log": "操作记录（4 步）",
    }
    click(page, "view-explore")
    assert supposed(page, f"{STARTS}.starts_q4") == 3
    click(page, "redo")
    assert supposed(page, f"{STARTS}.starts_q3") == 2, "what was undone before it was saved"
    click(page, "view-projects")
    assert "全年 37.00 亿元" in html_of(page) and "台账可保障 7.00 亿元" in html_of(page)


def test_a_file_that_would_replace_what_is_held_asks_first() -> None:
    page = opened_page("view=explore")
    page.slider(f"{INVESTMENT}.intensity_q3").set_value(120).run()
    open_file(click(page, "view-sources"), kept("visit-1.json"))
    assert "可以打开" in html_of(page) and "操作记录（1 步）" in html_of(page)
    assert supposed(page, f"{INVESTMENT}.intensity_q3") == 120, "nothing has moved yet"
    click(page, "visit-no")
    assert "可以打开" not in html_of(page) and supposed(page, f"{INVESTMENT}.intensity_q3") == 120
    open_file(page, kept("visit-1.json"), "again.json")
    click(page, "visit-yes")
    assert "已打开“again.json”" in html_of(page) and supposed(page, f"{INVESTMENT}.intensity_q3") == 100
    assert supposed(page, f"{STARTS}.starts_q4") == 3


def test_a_file_that_cannot_be_opened_names_why_and_moves_nothing() -> None:
    page = opened_page("view=sources&telecom_volume.q3=11")
    later = json.dumps({**json.loads(kept("visit-1.json")), "format": 2}).encode()
    open_file(page, later)
    assert "打不开" in html_of(page) and "由更新的版本保存" in html_of(page)
    assert supposed(page, "telecom_volume.q3") == 11


def test_how_the_reading_of_a_visit_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, object, object]] = []

    def listener(event: str, facts: dict[str, events.Fact]) -> None:
        told.append((event, facts.get("what"), facts.get("end")))

    monkeypatch.setattr(events, "_listeners", [listener])
    page = opened_page("view=sources")
    open_file(page, b"{}")
    open_file(page, kept("visit-1.json"))
    ends = [end for event, what, end in told if (event, what) == ("upload", "visit")]
    assert len(ends) == 2 and ends[0] != "taken" == ends[1]


def test_an_own_edition_that_no_longer_loads_is_named_and_the_link_waits_for_it() -> None:
    broken = kept("visit-1-own.json").replace(b'"13.8"', b'"a lot"')
    page = open_file(opened_page("view=sources"), broken)
    said = html_of(page)
    assert "not restored" in said and "not a number" in said and "upload it above" in said
    assert page.session_state[keys.RAW], "the link is read again once the edition is here"
    assert list(page.session_state[keys.LEDGERS]) == ["invented-own"]


def test_a_moment_that_was_left_out_of_the_file_leaves_the_present_one() -> None:
    """Of a long log the latest go along."""
    checked = checked_visit(kept("visit-1.json"))
    whole = kept_visit._history(checked)
    shorter = whole.without_oldest(2)
    assert shorter.present.scenario == whole.present.scenario
    assert shorter.past == [0] and shorter.future == [2]
    assert [moment.after for moment in shorter.log] == [None, 0, 1]
    assert len(whole.without_oldest(4).log) == 2, "the present one stays"
