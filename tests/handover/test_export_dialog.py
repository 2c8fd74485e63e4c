"""The way out: the button in every view, a file that is made when it is asked for, and one that fails."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from hdmodel import Edition, open_link
from hdmodel.links.link import VIEWS
from tests.handover.states import ABOUT
from tests.page import opened_page
from ui.handover import dialog
from ui.page.about import file_name
from ui.session import keys


def export_in(query: str) -> AppTest:
    page = opened_page(query)
    page.button(key="export").click().run()
    assert not page.exception
    return page


def made_in(page: AppTest, monkeypatch: pytest.MonkeyPatch, name: str = "workbook") -> AppTest:
    """Press for a file; outside of a browser the dialog has to be asked for with each press."""
    monkeypatch.setattr(dialog.state, "is_export_asked", lambda: True)
    page.button(key=f"make-{name}").click().run()
    assert not page.exception
    return page


def offered(page: AppTest, name: str = "workbook") -> list[str]:
    return [button.proto.label for button in page.get("download_button") if button.key == f"{name}-file"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_offers_the_files_and_makes_none_before_it_is_asked(
    view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog, "workbook_of", lambda *_: pytest.fail("nobody has asked for it"))
    page = export_in(f"view={view}")
    assert page.button(key="make-workbook").label == "准备工作簿"
    assert offered(page) == []


def test_a_press_makes_the_file_and_hands_it_over(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    of = dialog.workbook_of
    monkeypatch.setattr(dialog, "workbook_of", lambda *args: made.append(of(*args)) or made[-1])
    page = export_in("lang=en&general_industrial_investment.intensity_q4=70")
    assert offered(made_in(page, monkeypatch)) == ["Download the workbook"]
    book = load_workbook(io.BytesIO(made[0]), data_only=True)
    assert book.sheetnames == ["Answer", "Inputs", "Reckoning", "Path", "Two levers", "Figures"]
    assert book["Answer"]["A1"].value == "Haidong 2022: where the year lands"


def test_the_offline_page_is_offered_named_and_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    page = export_in("lang=zh&general_industrial_investment.intensity_q4=70")
    assert page.button(key="make-offline").label == "准备离线页"
    made_in(page, monkeypatch, "offline")
    assert offered(page, "offline") == ["下载离线页"]
    (said,) = page.success
    assert "-offline.html" in said.value.replace("\\", "")


def test_a_file_that_fails_says_why_and_loses_nothing(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("invented")

    monkeypatch.setattr(dialog, "workbook_of", fail)
    page = export_in("general_industrial_investment.intensity_q4=70")
    before = page.session_state[keys.NOW]
    assert offered(made_in(page, monkeypatch)) == []
    (said,) = page.error
    (line,) = [json.loads(record.msg) for record in caplog.records if record.name == "hdmodel.events"]
    assert (line["event"], line["place"], line["error"]) == ("fault", "export", "RuntimeError")
    assert line["code"] in said.value and "没有做成" in said.value and "invented" not in said.value
    assert page.session_state[keys.NOW] == before


def test_the_name_of_the_file_says_edition_and_time(haidong: Edition) -> None:
    assert file_name(open_link([], haidong), ABOUT, ".xlsx") == "haidong-2022-h1-20220805-0930.xlsx"
