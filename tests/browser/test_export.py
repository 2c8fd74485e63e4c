"""The way out in real Chromium: a press, a file in the visitor's hands, and the page's numbers in it."""

from __future__ import annotations

from pathlib import Path

import docx
import numpy as np
import pytest
import zxingcpp
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import Visitor, command_line
from tests.indicators import INVESTMENT


def downloaded(visitor: Visitor, name: str, folder: Path) -> Path:
    """The file that a press makes in the open dialog, as the browser keeps it."""
    visitor.page.locator(f".st-key-make-{name} button").click()
    with visitor.page.expect_download(timeout=30_000) as download:
        visitor.page.locator(f".st-key-{name}-file button").click(timeout=30_000)
    assert download.value.suggested_filename.startswith("haidong-2022-h1-")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.fixture
def moved(visit) -> tuple[Visitor, float]:
    """A visitor who has taken the intensity of Q4 back to 97 %, and the year that follows."""
    visitor = visit("?lang=zh")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowLeft", times=3)
    return visitor, command_line("--set", f"{INVESTMENT}.intensity_q4=97")[INVESTMENT]["full_year"]


def test_the_workbook_of_the_present_state_is_downloaded(moved, tmp_path: Path) -> None:
    visitor, expected = moved
    visitor.page.locator(".st-key-export button").click()
    sheet = load_workbook(downloaded(visitor, "workbook", tmp_path), data_only=True)["结论"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=20)]
    row = next(row for row in rows if row[0] == "一般性工业投资")
    assert abs(row[6] - expected) < 1e-9
    assert visitor.hosts == {f"localhost:{visitor.base.split(':')[-1].rstrip('/')}"}
    link = next(cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    visitor.open(link)
    assert abs(visitor.year(INVESTMENT) - expected) < 0.05


def test_the_documents_of_the_present_state_and_of_the_plans_are_downloaded(moved, tmp_path: Path) -> None:
    visitor, expected = moved
    visitor.page.locator(".st-key-export button").click()
    visitor.page.locator(".st-key-make-document").wait_for()
    expect(visitor.page.locator(".st-key-make-plans")).to_have_count(0)  # none is kept
    visitor.page.keyboard.press("Escape")
    visitor.page.locator(".st-key-view-compare button").click()
    visitor.page.locator(".st-key-keep-p2 button").click()
    visitor.settle()
    visitor.page.locator(".st-key-export button").click()
    for name in ("document", "plans"):
        file = docx.Document(str(downloaded(visitor, name, tmp_path)))
        row = next(row for row in file.tables[0].rows if row.cells[0].text == "一般性工业投资")
        cells = [" ".join(cell.text.split()) for cell in row.cells]  # no line ends between number and unit
        assert any(f"{expected:.1f} %" in cell for cell in cells), (name, cells)
    visitor.page.locator(".st-key-make-workbook button").click()
    made = '[data-testid="stSpinner"], .st-key-workbook-file'
    visitor.page.wait_for_function("what => document.querySelector(what)", arg=made, timeout=30_000)
    former = visitor.page.locator(".st-key-document-file, .st-key-plans-file")
    assert former.count() == 0, "no former file is offered while one is made"


def test_a_picture_is_downloaded_and_its_code_opens_the_same_answer(moved, tmp_path: Path) -> None:
    visitor, expected = moved
    visitor.page.locator(".st-key-export button").click()
    picture = Image.open(downloaded(visitor, "slide", tmp_path)).convert("L")
    (code,) = zxingcpp.read_barcodes(np.asarray(picture))
    visitor.open(code.text)
    assert abs(visitor.year(INVESTMENT) - expected) < 0.05
