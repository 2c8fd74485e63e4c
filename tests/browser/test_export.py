"""The way out in real Chromium: a press, a file in the visitor's hands, and the page's numbers in it."""

from __future__ import annotations

from pathlib import Path

import docx
import numpy as np
import zxingcpp
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import command_line
from tests.indicators import INVESTMENT


def test_the_workbook_of_the_present_state_is_downloaded(visit, tmp_path: Path) -> None:
    visitor = visit("?view=required")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowLeft", times=3)
    visitor.page.locator(".st-key-export button").click()
    visitor.page.locator(".st-key-make-workbook button").click()
    visitor.page.locator(".st-key-workbook-file button").wait_for(timeout=30_000)
    with visitor.page.expect_download() as download:
        visitor.page.locator(".st-key-workbook-file button").click()
    assert download.value.suggested_filename.startswith("haidong-2022-h1-")
    download.value.save_as(tmp_path / "workbook.xlsx")
    sheet = load_workbook(tmp_path / "workbook.xlsx", data_only=True)["结论"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=20)]
    row = next(row for row in rows if row[0] == "一般性工业投资")
    expected = command_line("--set", f"{INVESTMENT}.intensity_q4=97")[INVESTMENT]
    assert abs(row[6] - expected["full_year"]) < 1e-9
    assert not visitor.errors and visitor.hosts == {f"localhost:{visitor.base.split(':')[-1].rstrip('/')}"}
    link = next(cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    visitor.open(link)
    assert abs(visitor.year(INVESTMENT) - expected["full_year"]) < 0.05


def test_the_documents_of_the_present_state_and_of_the_plans_are_downloaded(visit, tmp_path: Path) -> None:
    visitor = visit("?lang=zh")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowLeft", times=3)
    expected = command_line("--set", f"{INVESTMENT}.intensity_q4=97")[INVESTMENT]["full_year"]
    visitor.page.locator(".st-key-export button").click()
    visitor.page.locator(".st-key-make-document").wait_for()
    expect(visitor.page.locator(".st-key-make-plans")).to_have_count(0)  # none is kept
    visitor.page.keyboard.press("Escape")
    visitor.page.locator(".st-key-view-compare button").click()
    visitor.page.locator(".st-key-keep-p2 button").click()
    visitor.settle()
    visitor.page.locator(".st-key-export button").click()
    for name in ("document", "plans"):
        visitor.page.locator(f".st-key-make-{name} button").click()
        with visitor.page.expect_download(timeout=30_000) as download:
            visitor.page.locator(f".st-key-{name}-file button").click(timeout=30_000)
        download.value.save_as(tmp_path / f"{name}.docx")
        file = docx.Document(str(tmp_path / f"{name}.docx"))
        row = next(row for row in file.tables[0].rows if row.cells[0].text == "一般性工业投资")
        assert any(f"{expected:.1f} %" in cell.text for cell in row.cells), name
    assert not visitor.errors


def test_a_picture_is_downloaded_and_its_code_opens_the_same_answer(visit, tmp_path: Path) -> None:
    visitor = visit("?lang=zh")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowLeft", times=3)
    expected = command_line("--set", f"{INVESTMENT}.intensity_q4=97")[INVESTMENT]["full_year"]
    visitor.page.locator(".st-key-export button").click()
    visitor.page.locator(".st-key-make-slide button").click()
    with visitor.page.expect_download(timeout=30_000) as download:
        visitor.page.locator(".st-key-slide-file button").click(timeout=30_000)
    download.value.save_as(tmp_path / "slide.png")
    picture = Image.open(tmp_path / "slide.png").convert("L")
    (code,) = zxingcpp.read_barcodes(np.asarray(picture))
    visitor.open(code.text)
    assert abs(visitor.year(INVESTMENT) - expected) < 0.05
    assert not visitor.errors
