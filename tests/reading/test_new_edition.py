"""A new edition from a few answers: what is written loads at once; by options, questions and the page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from hdmodel import BadInput, baseline, load_edition, project
from hdmodel.forms import FORMS
from hdmodel.problems import Faults
from hdmodel.reading.edition import digest_of
from hdmodel.reading.files import sheets_in
from hdmodel.reading.new_edition import (
    NewEdition,
    NewIndicator,
    blank_tables,
    figures_asked,
    is_optional,
    new_edition,
    unit_asked,
)
from hdmodel.reading.new_edition_command import new_edition_command
from hdmodel.reading.next_edition import next_tables
from hdmodel.reading.tables import Sheet
from hdmodel.reading.upload import own_edition
from tests.folders import ROOT
from tests.page import card, html_of, opened_page, told_to_the_browser
from tests.q3_known import INVENTED, through_q3
from ui.files.edition_file import edition_workbook
from ui.files.spreadsheets import read_file
from ui.session import keys
from ui.text.speech import Speech

COMMAND = (
    *("--id", "invented-2031-h1", "--city", "虚构市", "--year", "2031"),
    *("--indicator", "project_flow:sales:虚构销售", "--indicator", "weighted_growth:output:虚构产出"),
    *("--indicator", "start_rate:works:虚构工程", "--indicator", "reading:rate:虚构率"),
    *("--figure", "sales.h1=30", "--figure", "sales.n_h1=10", "--figure", "sales.target=80"),
    *("--figure", "output.h1=6.25", "--figure", "output.target=5"),
    *("--figure", "works.started=10", "--figure", "works.listed=20"),
)


def written(folder: Path, words: Sequence[str] = COMMAND) -> int:
    return new_edition_command([*words, "--into", str(folder)])


def test_what_the_options_give_loads_and_has_the_years_worked_out_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "invented-2031-h1"
    assert written(folder) == 0
    edition = load_edition(folder)
    found = project(edition, baseline(edition))
    # half of 30 in each quarter: 15 + 15 more than 30; the same growth all year; 10 of 20
    years = [one.path.full_year for one in found.values()]
    assert years[:3] == [60, 6.25, 50] and years[3] is None
    assert [one.shortfall for one in found.values()][:2] == [20, -1.25]
    assert {figure.tag for figure in edition.figures.values()} == {"printed", "illustrative", "derived"}
    assert edition.levers["works.starts_q3"].joint == 10
    assert edition.levers["output.growth_q3"].step * 100 == 1, "as fine as the growth is printed"


def test_the_command_line_runs_it(tmp_path: Path) -> None:
    folder = tmp_path / "invented-2031-h1"
    for words in (["new-edition", *COMMAND, "--into", str(folder)], ["--edition", str(folder)]):
        run = subprocess.run(
            [sys.executable, "-m", "hdmodel", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (run.returncode, run.stderr) == (0, "")
    assert "60.00" in run.stdout


def test_it_asks_where_no_indicator_is_given(tmp_path: Path) -> None:
    answers = iter(["虚构市", "2031", "", "flow", "project_flow", "销售", "30", "10", "", "", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    words = ["--id", "asked", "--lang", "zh", "--into", str(tmp_path / "asked")]
    assert new_edition_command(words, ask=ask) == 0
    assert any("上半年在建项目数（项，可空）" in question for question in asked)
    edition = load_edition(tmp_path / "asked")
    assert project(edition, baseline(edition))["indicator_1"].path.full_year == 60
    assert "indicator_1.target" in edition.levers, "a target that is not known can be entered"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--indicator", "flow:a:b"], "--indicator: flow:a:b"),
        (["--indicator", "reading:a:b", "--figure", "b.h1=1"], "--figure: b.h1=1"),
        (["--indicator", "reading:a:b", "--figure", "a.h1=1", "--figure", "a.h1=2"], "more than once"),
        ([*COMMAND[:-1], "works.listed=many"], "works listed: many"),
        ([*COMMAND, "--figure", "sales.colour=3"], "sales.colour"),
        (COMMAND[: COMMAND.index("--figure")], "sales h1"),
        (["--id", "haidong-2022-h1", *COMMAND[2:]], "taken by a released edition"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(tmp_path / "new", words) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("x", encoding="utf-8")
    assert written(tmp_path) == 2 and [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_every_kind_asks_for_all_that_it_needs() -> None:
    """With every figure that is not optional an edition of each kind loads; without one of them none does."""
    for form in FORMS.values():
        needed = {name: "10" for name in figures_asked(form) if not is_optional(form, name)}
        one = NewIndicator("a", form, "甲", needed)
        edition, _ = new_edition(NewEdition("invented-2031", "虚构市", "2031", [one]))
        assert list(edition.indicators) == ["a"]
        for name in needed:
            less = {other: value for other, value in needed.items() if other != name}
            with pytest.raises(BadInput) as bad:
                new_edition(NewEdition("b", "虚构市", "2031", [NewIndicator("a", form, "甲", less)]))
            assert [str(problem.place) for problem in bad.value.problems] == [f"a {name}"]


def test_the_documents_table_of_figures_is_made_from_the_forms() -> None:
    told = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
    for form in FORMS.values():
        figures = ", ".join(
            f"`{name}` ({unit_asked(form, name)}{', may be blank' if is_optional(form, name) else ''})"
            for name in figures_asked(form)
        )
        levers = ", ".join(f"`{role.name}`" for role in form.roles)
        assert f"| `{form.name}` | {figures} | {levers} |" in told


def test_the_blank_template_names_every_blank_and_loads_once_they_are_filled() -> None:
    tables = blank_tables()
    with pytest.raises(BadInput) as bad:
        own_edition(tables)
    blanks = {problem.place.row for problem in bad.value.problems if "figures" in problem.place}
    figures = tables["figures.csv"]
    assert blanks == {line for line, cells in figures.rows[1:] if not cells[1] and not cells[6]}
    filled = [
        (line, (cells[0], "10", *cells[2:5], "1", *cells[6:]) if line in blanks else cells)
        for line, cells in figures.rows
    ]
    about = [(line, (key, value or "2031")) for line, (key, value) in tables["edition.csv"].rows]
    edition = own_edition(
        {
            **tables,
            "figures.csv": Sheet("figures.csv", tuple(filled)),
            "edition.csv": Sheet("edition.csv", tuple(about)),
            "sources.csv": Sheet(
                "sources.csv",
                tuple(
                    (line, tuple(cell or "2031" for cell in cells))
                    for line, cells in tables["sources.csv"].rows
                ),
            ),
        }
    )
    assert {one.form.name for one in edition.indicators.values()} == {*FORMS}


def test_a_copy_for_the_next_year_is_emptied_of_what_was_printed_and_flags_what_stood_in(
    tmp_path: Path,
) -> None:
    folder = through_q3(tmp_path / "invented-2022-q3", *INVENTED)
    edition = load_edition(folder)
    tables = next_tables(edition, sheets_in(folder, Faults()))
    about = {cells[0]: cells[1] for _, cells in tables["edition.csv"].rows}
    assert (about["id"], about["year"], about["known_through"]) == ("invented-2023-q3", "2023", "h1")
    (_, header), *rows = tables["figures.csv"].rows
    figures = {cells[0]: dict(zip(header, cells, strict=True)) for _, cells in rows}
    assert not [id for id in figures if "actual" in id], "what Q3 brought is of the year before"
    assert figures["outside_funds.h1"]["value"] == "" and figures["outside_funds.n_h1"]["value"] == ""
    proxy = figures["industrial_value_added.national_q1"]
    assert proxy["value"] == "80867.1" and proxy["note_zh"].startswith("【2022年的数，请核对】海东未公布")
    with pytest.raises(BadInput) as bad:
        own_edition(tables)
    printed = {id for id, figure in figures.items() if figure["tag"] == "printed"}
    blanks = {problem.place.row for problem in bad.value.problems if "figures" in problem.place}
    lines = {cells[0]: line for line, cells in rows}
    assert {lines[id] for id in printed} == blanks, "each blank is named, and nothing that only follows"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_has_guidance_and_lists_and_is_read_as_its_tables(language: str, tmp_path: Path) -> None:
    _, sheets = new_edition(NewEdition("a", "虚构市", "2031", [NewIndicator("b", FORMS["reading"], "率")]))
    tables = {name: [cells for _, cells in sheet.rows] for name, sheet in sheets.items()}
    data = edition_workbook(tables, Speech(language))
    assert digest_of(read_file(data, faults := Faults())) == digest_of(sheets) and not faults.problems
    (path := tmp_path / "book.xlsx").write_bytes(data)
    assert load_edition(path).digest == digest_of(sheets), "the command line leaves the guidance out, too"
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.active.title == "说明" and book["说明"]["A2"].value
    lists = {str(rule.sqref): rule.formula1 for rule in book["indicators"].data_validations.dataValidation}
    assert lists["B2:B400"] == f'"{",".join(FORMS)}"'
    (known,) = book["edition"].data_validations.dataValidation
    assert (str(known.sqref), known.formula1) == ("B5", '"h1,q3"')


def test_the_page_makes_one_and_runs_on_it() -> None:
    page = opened_page("view=sources")
    page.session_state["new-edition"] = True
    page.run()
    page.text_input("new-id").set_value("invented-2031")
    page.text_input("new-city").set_value("虚构市")
    page.text_input("new-year").set_value("2031")
    page.selectbox("new-1.kind").set_value("project_flow").run()
    assert told_to_the_browser(page)["holds"]["begun"].startswith("填了一半的新版本")
    page.text_input("new-1.label").set_value("虚构销售 <b>x</b>")
    page.button("new-make").click().run()
    assert not page.exception and "还不能用，有 2 处" in html_of(page)
    assert "指标 1上半年在建项目数空白缺少一个数；改法：补上这一格" in html_of(page)
    page.text_input("new-1.h1").set_value("30")
    page.text_input("new-1.n_h1").set_value("10")
    page.button("new-make").click().run()
    made = page.session_state[keys.NEW_EDITION_MADE]
    assert made[0].id == "invented-2031"
    page.button("new-run").click().run()
    assert not page.exception and "用的是上传的版本 invented-2031" in html_of(page)
    page.button("view-explore").click().run()
    assert "60.00 亿元" in card(page, "indicator_1")
    page.button("view-sources").click().run()
    page.session_state["new-edition"] = True
    page.run()
    assert page.text_input("new-city").value == "虚构市", "what was filled in is kept"
