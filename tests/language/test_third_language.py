"""A third language, from the tests' own folder: no module of the program names it, and no digest changes."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest

from hdmodel import Edition, open_link, project, write_link
from hdmodel.__main__ import main
from hdmodel.links.link import VIEWS, read_query
from hdmodel.reading import labels
from hdmodel.reading.ledger import named_projects
from hdmodel.reading.ledger_columns import Cells
from hdmodel.reading.ledger_words import code_of
from tests.handover.states import ABOUT
from tests.indicators import INVESTMENT, TELECOM
from tests.language.accented import CODE, accented
from tests.language.conftest import UNTRANSLATED
from tests.page import card, html_of, opened_page, told_to_the_browser
from ui.files.ledger_file import csv_file, found_in_file, table_read, workbook
from ui.handover.document import document_of
from ui.handover.drawing import path_chart
from ui.handover.offline.page import offline_page
from ui.handover.workbook import workbook_of
from ui.page.share import message_of
from ui.text.speech import Speech

THIRD = Speech(CODE)
DIGEST = "92748630"  # of the released edition, as links have it since 1.0
# What is the same in every language: Streamlit's marks of colour, ids, file names, addresses and digests
_SAME = re.compile(
    r":(?:small|[a-z]+-badge|[a-z]+)(?=\[)|[\w.-]*[_.][\w.-]*|https?://\S+|\b[a-z]+(?:-[a-z0-9]+)+\b|\b[0-9a-f]{8}\b"
)


def left_plain(text: str, *known: str) -> list[str]:
    """The words of a text that are in no third language: Latin letters without accents, or Chinese."""
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "")
    return re.findall(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])|[\u4e00-\u9fff]+", _SAME.sub("", text))


def test_what_is_left_plain_is_found() -> None:
    assert left_plain(f"{accented('Full year')} 97.1 % of target 上半年") == ["of", "target", "上半年"]
    assert left_plain(accented("haidong says: 5 % of 亿元".replace("亿元", "GDP"))) == []


def test_a_label_is_the_table_s_and_a_missing_one_that_of_the_language_that_stands_in(third: Edition) -> None:
    investment, telecom = third.indicators[INVESTMENT], third.indicators[TELECOM]
    assert THIRD.pick(investment.label) == accented("General industrial investment")
    assert THIRD.pick(telecom.label) == UNTRANSLATED
    assert THIRD.pick(third.names["city"]) == accented("Haidong")


def test_no_digest_and_no_text_of_the_other_languages_changes(third: Edition, haidong: Edition) -> None:
    assert third.digest == haidong.digest == DIGEST
    for code in ("zh", "en"):
        for id, figure in third.figures.items():
            assert figure.label.in_language(code) == haidong.figures[id].label.in_language(code)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_speaks_it(third: Edition, view: str) -> None:
    page = opened_page(f"lang={CODE}&view={view}&{INVESTMENT}.intensity_q3=120")
    said = [html_of(page), *(one.label for one in (*page.button, *page.slider, *page.number_input))]
    said += [one.value for one in (*page.caption, *page.text, *page.markdown)]
    own = {language.name for language in labels.LANGUAGES.values()}
    assert left_plain("\n".join(said).replace("\\", ""), UNTRANSLATED, *own) == []


def test_the_browser_is_told_its_tag_and_the_address_keeps_its_code(third: Edition) -> None:
    page = opened_page(f"lang={CODE}")
    assert told_to_the_browser(page)["address"]["lang"] == CODE
    assert f"lang={CODE}" in write_link(open_link(read_query(f"lang={CODE}")))
    (unknown,) = open_link(read_query("lang=fr")).problems
    assert (unknown.kind, unknown.wanted, unknown.used) == ("unknown_language", f"zh, en, {CODE}", "zh")


def test_with_three_languages_there_is_a_menu_of_the_other_two_and_a_choice_closes_it(third: Edition) -> None:
    page = opened_page(f"lang={CODE}")
    page.session_state["language-menu"] = True
    page.run()
    offered = [button for button in page.button if (button.key or "").startswith("language")]
    assert [button.label for button in offered] == ["中文", "English"]
    offered[1].click().run()
    assert not page.exception
    assert "shortfall 10.0 points" in card(page, INVESTMENT)
    assert not page.session_state["language-menu"]


def test_the_command_line_speaks_it(third: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", CODE]) == 0
    table = capsys.readouterr().out
    assert accented("Investment") in table and accented("within_reach") in table
    assert left_plain(table, *third.indicators, UNTRANSLATED) == []
    assert main(["--lang", CODE, "--set", f"{INVESTMENT}.intensity_q3=300"]) == 2
    assert accented("out of range") in capsys.readouterr().err
    assert main(["--json", "--lang", CODE]) == 0
    assert accented("a") not in capsys.readouterr().out


def test_the_message_speaks_it(third: Edition) -> None:
    opened = open_link(read_query(f"lang={CODE}&{INVESTMENT}.intensity_q3=120"))
    message = message_of(opened, THIRD)
    assert accented("General industrial investment") in message and accented("Haidong") in message
    assert left_plain(message) == []


def test_the_document_speaks_it(third: Edition) -> None:
    file = docx.Document(io.BytesIO(document_of(open_link([], third), ABOUT, THIRD)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    said = [*(paragraph.text for paragraph in file.paragraphs), *cells]
    assert left_plain("\n".join(said), UNTRANSLATED) == []


def test_the_workbook_speaks_it_in_its_own_font(third: Edition) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(open_link([], third), ABOUT, THIRD)), data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [*book.sheetnames, *(cell.value for cell in cells if isinstance(cell.value, str))]
    assert left_plain("\n".join(said), UNTRANSLATED) == []
    assert {cell.font.name for cell in cells if cell.value is not None} == {"Cambria"}


def test_the_offline_page_speaks_it(third: Edition) -> None:
    page = offline_page(open_link([], third), ABOUT, THIRD).decode()
    assert '<html lang="en-XA">' in page
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page[page.index("<body") :], flags=re.DOTALL)
    assert left_plain(re.sub(r"<[^>]+>", " ", body), UNTRANSLATED) == []


def _as_coded(cells: Cells) -> tuple[str | None, ...]:
    """A row's name and plans, its words by their codes."""
    words = zip(("stage", "start", "in_statistics"), (cells[1], cells[8], cells[9]), strict=True)
    return *cells[:1], *cells[6:8], *(code_of(column, word) for column, word in words)


@pytest.mark.parametrize("write", [workbook, csv_file])
def test_a_ledger_that_the_page_writes_in_it_is_read_back(third: Edition, write) -> None:
    rows = [
        (*row[:5], "", "3.5", "4", "q3", "yes", *row[10:]) for row in named_projects(third.projects, CODE)
    ]
    ending = "csv" if write is csv_file else "xlsx"
    read = table_read(found_in_file(f"ledger.{ending}", write(rows, THIRD)).sheet)
    assert [_as_coded(cells) for _, cells in read.lines] == [_as_coded(row) for row in rows]


def test_what_a_chart_says_speaks_it(third: Edition) -> None:
    opened = open_link(read_query(f"focus={INVESTMENT}&{INVESTMENT}.intensity_q3=120"))
    chart = path_chart(opened, project(third, opened.scenario)[INVESTMENT], THIRD)
    texts = [row[field] for row in chart.rows for field in row if not field.endswith("_asks")]
    said = [chart.title, *chart.marks.values(), *(text for text in texts if isinstance(text, str))]
    assert accented("Full year") in said and left_plain("\n".join(said)) == []
