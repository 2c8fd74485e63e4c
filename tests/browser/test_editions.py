"""Somebody's own edition in real Chromium: taken away as a file, changed with a spreadsheet library,
and brought back.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from playwright.sync_api import expect

from hdmodel.problems import Faults
from hdmodel.reading.edition import RELEASED, digest_of
from hdmodel.reading.files import GUIDE, sheets_in
from hdmodel.reading.tables import csv_of
from tests.browser.ledger import unfold
from tests.browser.uploads import upload, view
from tests.browser.visitor import Visitor, assert_same_numbers, command_line
from tests.indicators import INVESTMENT
from tests.reading.tables import STRANGE_WORDS, with_words
from ui.files.spreadsheets import read_file, write_zip

CHANGES = {"outside_funds.h1": 30, "general_industrial_investment.h1_completion": 48}


def downloaded(visitor: Visitor, key: str) -> bytes:
    with visitor.page.expect_download() as download:
        visitor.page.locator(f".st-key-{key} button").click()
    return Path(download.value.path()).read_bytes()


def edited(data: bytes, id: str = "invented-own", values: dict[str, object] = CHANGES) -> bytes:
    """The workbook as a user saves it who gave it another id and typed some values into the sheet figures."""
    book = openpyxl.load_workbook(BytesIO(data))
    next(row for row in book["edition"].iter_rows() if row[0].value == "id")[1].value = id
    for row in book["figures"].iter_rows():
        if row[0].value in values:
            row[1].value = values[row[0].value]
    book.save(out := BytesIO())
    return out.getvalue()


def test_what_is_downloaded_is_the_edition_and_opens_in_a_spreadsheet(visit) -> None:
    visitor = visit("?view=sources")
    workbook, archive = downloaded(visitor, "edition-xlsx"), downloaded(visitor, "edition-zip")
    released = sheets_in(RELEASED / "haidong-2022-h1", Faults())
    for data in (workbook, archive):
        assert read_file(data, Faults()) == released
    book = openpyxl.load_workbook(BytesIO(workbook))
    assert [f"{title}.csv" for title in book.sheetnames if title != GUIDE] == list(released)
    assert book["figures"]["B2"].value == 13.8 and book["figures"].freeze_panes == "B2"
    assert ZipFile(BytesIO(archive)).testzip() is None


def test_a_changed_workbook_runs_the_page_as_it_runs_the_command_line(visit, tmp_path: Path) -> None:
    visitor = visit(f"?{INVESTMENT}.intensity_q3=120&p1=iva.q3_5~x&view=sources")
    length = visitor.page.evaluate("history.length")
    data = edited(downloaded(visitor, "edition-xlsx"))
    upload(visitor, data)
    expect(visitor.page.locator("p.own")).to_contain_text("invented-own")
    tables = read_file(data, Faults())
    for name, sheet in tables.items():
        (tmp_path / name).write_text(csv_of(sheet), encoding="utf-8")
    assert digest_of(tables) in visitor.page.locator("p.own").inner_text()
    view(visitor, "explore")
    assert_same_numbers(visitor, command_line("--edition", str(tmp_path)))
    assert visitor.year("outside_funds") == 60 and visitor.year(INVESTMENT) == 96
    assert visitor.query() == "e=invented-own"
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=5)
    assert_same_numbers(
        visitor, command_line("--edition", str(tmp_path), "--set", f"{INVESTMENT}.intensity_q3=105")
    )
    expect(visitor.page).to_have_url(re.compile(f"e=invented-own.*{INVESTMENT}.intensity_q3=105"))
    assert visitor.page.evaluate("history.length") == length + 1, "the other view is a step, a lever is none"
    view(visitor, "sources")
    assert read_file(downloaded(visitor, "edition-zip"), Faults()) == tables
    visitor.page.locator(".st-key-edition-back button").click()
    visitor.settle()
    view(visitor, "explore")
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3=120"))
    assert "e=haidong-2022-h1" in visitor.query() and "p1=" in visitor.query()
    assert float(visitor.page.locator(f".st-key-typed-{INVESTMENT}-intensity_q3 input").input_value()) == 120


def test_a_bad_workbook_lists_its_faults_and_leaves_the_numbers_as_they_were(visit) -> None:
    visitor = visit(f"?{INVESTMENT}.intensity_q3=120")
    before = visitor.card(INVESTMENT)
    view(visitor, "sources")
    address = visitor.query()
    bad = edited(
        downloaded(visitor, "edition-xlsx"),
        values={"outside_funds.h1": "=6*9", "start_rate.listed": "<b>many</b>"},
    )
    upload(visitor, bad)
    table = visitor.page.locator("table.faults")
    expect(table).to_be_visible()
    rows = [row.inner_text().split("\t") for row in table.locator("tbody tr").all()]
    assert [
        "figures",
        "17",
        "value",
        "=6*9",
        "是公式，不予计算",
        "数值本身，不是公式；改法：在 Excel 里复制这一格，再“选择性粘贴”为数值",
    ] in rows
    accepted = "十进制数，或留空；改法：这一格只填数字，其他文字移到备注"
    assert ["figures", "29", "value", "<b>many</b>", "不是数", accepted] in rows
    assert visitor.query() == address
    view(visitor, "explore")
    assert visitor.card(INVESTMENT) == before


def test_words_of_an_uploaded_edition_become_no_link_in_any_view(visit) -> None:
    visitor = visit("?view=sources")
    upload(visitor, write_zip(with_words(f"{STRANGE_WORDS} :material/home:")), "own.zip")
    for name in ("explore", "required", "compare", "sources"):
        view(visitor, name)
        expect(visitor.page.locator("body")).to_contain_text("evil")
        assert visitor.page.locator("[href*=evil]").count() == 0, name
        icons = visitor.page.get_by_text("home", exact=True)  # an icon is its name in a font of pictures
        assert icons.count() == 0, name


def test_a_link_to_an_uploaded_edition_opens_once_the_file_is_there(visit) -> None:
    visitor = visit("?view=sources")
    data = edited(downloaded(visitor, "edition-xlsx"))
    upload(visitor, data)
    view(visitor, "explore")
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=7)
    read = visitor.card(INVESTMENT), visitor.sentence()
    visitor.page.locator(".st-key-share button").click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("上传的版本不在链接里")
    link = dialog.locator("code").first.inner_text()
    assert read_file(downloaded(visitor, "share-xlsx"), Faults()) == read_file(data, Faults())
    other = visit(link, width=390, height=844)
    expect(other.page.get_by_role("alert").last).to_contain_text("链接用的版本“invented-own”不是发布版")
    assert other.page.evaluate("document.documentElement.scrollWidth") <= 390
    other.page.locator(".st-key-to-upload button").click()
    other.settle()
    upload(other, data)
    assert " ".join(read[0].split()).startswith(" ".join(other.card(INVESTMENT).split())), (
        "on a phone a card is shorter"
    )
    assert other.sentence() == read[1]
    assert other.page.get_by_role("alert").count() == 0 and "e=invented-own" in other.query()


def test_a_reload_says_that_the_upload_is_gone_and_takes_it_again(visit) -> None:
    visitor = visit("?view=sources")
    data = edited(downloaded(visitor, "edition-xlsx"))
    upload(visitor, data)
    view(visitor, "explore")
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=3)
    read = visitor.card(INVESTMENT)
    visitor.page.reload()
    visitor.page.wait_for_selector(".st-key-to-upload button")
    visitor.settle()
    visitor.page.locator(".st-key-to-upload button").click()
    visitor.settle()
    upload(visitor, data)
    assert visitor.card(INVESTMENT) == read


def browse_words(visitor: Visitor, count: int) -> list[str]:
    """What is read on the buttons that choose a file, in place of the framework's own word."""
    buttons = visitor.page.locator('[data-testid="stFileUploader"] section button p')
    expect(buttons).to_have_count(count)
    return buttons.evaluate_all(
        """words => words.map(word => getComputedStyle(word).fontSize === "0px"
            ? getComputedStyle(word, "::after").content : word.textContent)"""
    )


def test_the_ledgers_uploader_speaks_the_pages_language(visit) -> None:
    visitor = visit("?view=projects&lang=zh")
    unfold(visitor)
    assert browse_words(visitor, 1) == ['"选择文件"']


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_uploader_speaks_the_pages_language_and_fits_a_phone(visit, language: str) -> None:
    visitor = visit(f"?view=sources&lang={language}", width=390, height=844)
    expected = {"zh": '"选择文件"', "en": '"Choose a file"'}[language]
    assert browse_words(visitor, 2) == [expected] * 2, "for an edition, and for a visit"
    upload(visitor, b"x" * 100, "notes.zip")
    expect(visitor.page.locator("table.faults")).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390


EVIL = "见 http://evil.example/a 或 www.evil.example 或 who@evil.example"


def test_a_bare_address_in_a_label_leads_nowhere(visit) -> None:
    """Markdown would make links of them, in labels, in cards, in fold-outs and in their help."""
    visitor = visit("?view=sources")
    book = openpyxl.load_workbook(BytesIO(edited(downloaded(visitor, "edition-xlsx"))))
    for sheet, ids, columns in (
        ("indicators", (INVESTMENT,), ("label_zh", "short_zh")),
        ("levers", (f"{INVESTMENT}.intensity_q3", f"{INVESTMENT}.target"), ("label_zh", "reason_zh")),
        ("scenarios", ("winter_slowdown",), ("label_zh", "reason_zh")),
    ):
        header = [cell.value for cell in book[sheet][1]]
        for row in book[sheet].iter_rows(min_row=2):
            for column in columns if row[0].value in ids else ():
                row[header.index(column)].value = EVIL
    book.save(out := BytesIO())
    upload(visitor, out.getvalue())
    for name in ("explore", "required", "compare"):
        view(visitor, name)
        assert "evil.example" in visitor.page.locator("body").inner_text()
        assert visitor.page.locator("a[href*='evil']").count() == 0, name
