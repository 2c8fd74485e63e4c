"""One faulty folder beside the released editions stops nobody: it is left out,
and named in the log and on the page.
"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from hdmodel import open_link, released_edition
from hdmodel.__main__ import main
from hdmodel.reading import edition as reading
from tests.page import APP, html_of, opened_page
from tests.reading.host import HAIDONG, add, look_again

FAULT = ("outside_funds.h1,20.88,亿元", "outside_funds.h1,20.88亿元,亿元")


def test_a_faulty_folder_is_left_out_and_the_rest_runs(host: Path, caplog: pytest.LogCaptureFixture) -> None:
    add(host, "invented-2023-h1", *FAULT)
    add(host, "invented-2024-h1")
    with caplog.at_level(logging.WARNING, "hdmodel"):
        assert reading.released_editions() == (HAIDONG, "invented-2024-h1")
        assert reading.faulty_editions()["invented-2023-h1"][0].found == "20.88亿元"
        reading.released_editions()
    assert len(caplog.records) == 1 and "invented-2023-h1" in caplog.text and "20.88亿元" in caplog.text
    opened = open_link([("e", "invented-2023-h1"), ("telecom_volume.q3", "5")])
    assert opened.edition.id == HAIDONG and [problem.kind for problem in opened.problems] == [
        "unknown_edition"
    ]
    assert open_link([("e", "invented-2024-h1")]).problems == ()


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "没有读入，其余照常"), ("en", "is left out; all else runs")]
)
def test_the_page_opens_and_names_it_among_the_sources(host: Path, language: str, said: str) -> None:
    add(host, "invented-2023-h1", *FAULT)
    page = opened_page(f"lang={language}&view=sources")
    text = html_of(page)
    assert said in text and "invented-2023-h1" in text and "20.88亿元" in text
    assert "invented-2023-h1" not in html_of(opened_page(f"lang={language}"))


def test_the_command_line_still_names_every_fault(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = add(host, "invented-2023-h1", *FAULT)
    assert main(["--edition", str(folder)]) == 2
    assert "figures.csv row 17 column value: 20.88亿元: not a number" in capsys.readouterr().err


def test_a_folder_that_is_mended_is_taken_without_a_restart(host: Path) -> None:
    folder = add(host, "invented-2023-h1", *FAULT)
    assert reading.released_editions() == (HAIDONG,)
    text = (folder / "figures.csv").read_text(encoding="utf-8").replace(FAULT[1], FAULT[0])
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    look_again()
    assert reading.released_editions() == (HAIDONG, "invented-2023-h1") and reading.faulty_editions() == {}


def test_a_folder_is_called_as_its_edition(host: Path) -> None:
    add(host, "invented-2023-h1", id=HAIDONG)
    assert reading.released_editions() == (HAIDONG,)
    (problem,) = reading.faulty_editions()["invented-2023-h1"]
    assert (problem.kind, problem.found, problem.wanted) == ("other_id", HAIDONG, "invented-2023-h1")


def test_a_figure_that_is_corrected_counts_without_a_restart(host: Path) -> None:
    """Also where the table was in order before."""
    funds = host / HAIDONG / "figures.csv"
    assert float(released_edition(HAIDONG).figures["outside_funds.h1"].value or 0) == 20.88
    text = funds.read_text(encoding="utf-8")
    assert ",20.88," in text
    funds.write_text(text.replace(",20.88,", ",21.88,"), encoding="utf-8")
    look_again()
    assert float(released_edition(HAIDONG).figures["outside_funds.h1"].value or 0) == 21.88
    assert float(reading.load_edition(host / HAIDONG).figures["outside_funds.h1"].value or 0) == 21.88


def test_without_the_edition_to_begin_with_another_one_is_it(host: Path) -> None:
    add(host, "invented-2024-h1")
    (host / HAIDONG / "figures.csv").write_text("id\n", encoding="utf-8")
    assert released_edition().id == "invented-2024-h1"
    assert open_link([]).edition.id == "invented-2024-h1"
    assert "invented" not in html_of(opened_page())[:50]


def test_where_none_loads_the_page_says_so_in_both_languages(host: Path) -> None:
    from streamlit.testing.v1 import AppTest

    (host / HAIDONG / "figures.csv").write_text("id\n", encoding="utf-8")
    page = AppTest.from_file(APP, default_timeout=30).run()
    assert not page.exception
    assert [error.value for error in page.error] == [
        "服务器上没有可用的数据版本，请联系管理员。 · No edition on this server can be read: please tell "
        "whoever runs it."
    ]


def test_a_fault_that_no_check_foresees_leaves_out_its_own_folder_only(
    host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(host, "invented-2023-h1")
    load = reading.load_edition

    def fails(folder: Path):
        if folder.name != HAIDONG:
            raise ZeroDivisionError("invented")
        return load(folder)

    monkeypatch.setattr(reading, "load_edition", fails)
    look_again()
    reading._released.cache_clear()
    assert reading.released_editions() == (HAIDONG,)
    assert "ZeroDivisionError" in reading.faulty_editions()["invented-2023-h1"][0].found
    reading._released.cache_clear()
