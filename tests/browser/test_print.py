"""The page on paper: the answer first, no controls, what is supposed as a table, and the way back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from hdmodel.links.link import VIEWS
from tests.browser.visitor import ELSEWHERE, Visitor, command_line
from tests.folders import ROOT
from tests.handover.office import text_of_page
from tests.indicators import INVESTMENT, STARTS

STATE = f"{INVESTMENT}.intensity_q3=120&{STARTS}.starts_q3=4"


def printed(visitor: Visitor, file: Path, is_landscape: bool = False) -> list[str]:
    """The words of each page without blanks, as another program reads them."""
    visitor.page.pdf(path=str(file), format="A4", landscape=is_landscape, print_background=True)
    info = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    count = re.search(r"^Pages:\s+(\d+)", info, re.MULTILINE)
    assert count
    return [re.sub(r"\s", "", "".join(text_of_page(file, at))) for at in range(1, int(count[1]) + 1)]


@pytest.mark.parametrize("is_landscape", [False, True], ids=["portrait", "landscape"])
def test_the_answer_and_its_chart_stand_on_the_first_page(visit, tmp_path: Path, is_landscape: bool) -> None:
    visitor = visit(f"?lang=zh&{STATE}")
    pages = printed(visitor, tmp_path / "page.pdf", is_landscape)
    sentence = re.sub(r"\s", "", visitor.sentence())
    assert sentence in pages[0].replace("\N{WORD JOINER}", "")
    labels = {text.replace(" ", "") for text in visitor.chart_texts()}
    year = f"{command_line('--link', STATE)[INVESTMENT]['full_year']:.1f}"
    assert year in labels and all(label in pages[0] for label in labels)
    assert len(pages) <= 2


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_view_prints_its_controls_and_each_says_what_is_supposed_and_the_way_back(
    visit, tmp_path: Path, view: str, lang: str
) -> None:
    visitor = visit(f"?lang={lang}&view={view}&{STATE}")
    visitor.page.wait_for_url("**e=haidong-2022-h1**")  # from then on it hears when it is printed
    text = "".join(printed(visitor, tmp_path / "page.pdf"))
    supposed = {"zh": "三季度新开复工项目0项4项", "en": "Q3projectsstarting0projects4projects"}
    assert supposed[lang] in text
    assert re.sub(r"\s", "", visitor.page.url) in text and "92748630" in text
    assert {"zh": "打印时间：20", "en": "Printed:"}[lang] in text
    visitor.page.emulate_media(media="print")
    for control in (".st-key-controls", "[data-testid=stSlider]", "[data-testid=stNumberInput]"):
        expect(visitor.page.locator(control).locator("visible=true")).to_have_count(0)


def codes_in(file: Path) -> list[str]:
    """What a phone reads off the pages."""
    subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-png", str(file), str(file.with_suffix(""))], check=True
    )
    pages = sorted(file.parent.glob(f"{file.stem}-*.png"))
    return [code.text for page in pages for code in zxingcpp.read_barcodes(np.asarray(Image.open(page)))]


def test_a_print_has_a_code_that_leads_back_where_others_can_follow(visit, server, tmp_path: Path) -> None:
    page = f"http://{ELSEWHERE}:{server.port}/"
    visitor = visit(f"{page}?lang=zh&{STATE}")
    visitor.page.wait_for_url("**e=haidong-2022-h1**")
    visitor.press(f"{INVESTMENT}.intensity_q4", "ArrowLeft")
    text = "".join(printed(visitor, tmp_path / "page.pdf"))
    assert codes_in(tmp_path / "page.pdf") == [visitor.page.url] and visitor.page.url.startswith(page)
    assert "扫码回到此状态" in text and "二维码放不下" not in text
    visitor.page.evaluate(
        "history.replaceState(history.state, '', `${location.href}&note=${'n'.repeat(1300)}`)"
    )
    text = "".join(printed(visitor, tmp_path / "long.pdf"))
    assert codes_in(tmp_path / "long.pdf") == [] and "二维码放不下" in text and "扫码回到此状态" not in text


def test_no_code_is_printed_of_an_address_that_opens_nowhere_else(visit, tmp_path: Path) -> None:
    visitor = visit(f"?lang=zh&{STATE}")
    visitor.page.wait_for_url("**e=haidong-2022-h1**")
    text = "".join(printed(visitor, tmp_path / "page.pdf"))
    assert codes_in(tmp_path / "page.pdf") == [] and "所以没有印二维码" in text


def test_the_squares_are_those_of_the_library_and_every_length_is_read(browser) -> None:
    """Texts that fill a version have one pattern, those that do not may be padded in more than one way."""
    full = [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858]
    full += [929, 1003, 1091, 1171, 1273]
    texts = [
        ("https://haidong.example/?e=haidong&v=~%20·" * 40).encode()[:most].decode("utf-8", "ignore")
        for most in full
    ]
    short = [text[: len(text) // 2] for text in texts]
    page = browser.new_page()
    page.add_script_tag(content=(ROOT / "ui/session/qr.js").read_text(encoding="utf-8"))
    drawn = page.evaluate("texts => texts.map(text => qrCode(text))", [*texts, *short, "n" * 1274])
    page.close()
    assert drawn.pop() is None
    for text, squares in zip((*texts, *short), drawn, strict=True):
        grid = np.array(squares, bool)
        library = segno.make(
            text, error="l", mask=0, micro=False, boost_error=False, mode="byte", encoding="utf-8"
        )
        if len(text.encode()) in full:
            assert (grid == np.array(library.matrix, bool)).all()
        picture = np.kron(np.pad(~grid, 4, constant_values=True), np.ones((3, 3))).astype(np.uint8) * 255
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]


def test_a_page_in_the_dark_look_is_printed_on_white(visit, tmp_path: Path) -> None:
    visitor = visit(f"?lang=zh&{STATE}", scheme="dark")
    visitor.page.emulate_media(media="print", color_scheme="dark")
    colours = visitor.page.evaluate("""() => ["body", ".stApp", "p.sentence"].map(place => {
      const style = getComputedStyle(document.querySelector(place));
      return [style.backgroundColor, style.color];
    })""")
    assert [one[0] for one in colours[:2]] == ["rgb(255, 255, 255)"] * 2
    assert colours[2][1] == "rgb(0, 0, 0)"
