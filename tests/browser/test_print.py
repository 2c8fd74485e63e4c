"""The page on paper: the answer first, no controls, what is supposed as a table, and the way back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hdmodel.links.link import VIEWS
from tests.browser.visitor import Visitor, command_line
from tests.handover.office import text_of_page
from tests.indicators import INVESTMENT, STARTS

STATE = f"{INVESTMENT}.intensity_q3=120&{STARTS}.starts_q3=4"
PAPERS = [("A4", False), ("A4", True)]


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


def test_a_page_in_the_dark_look_is_printed_on_white(visit, tmp_path: Path) -> None:
    visitor = visit(f"?lang=zh&{STATE}", scheme="dark")
    visitor.page.emulate_media(media="print", color_scheme="dark")
    colours = visitor.page.evaluate("""() => ["body", ".stApp", "p.sentence"].map(place => {
      const style = getComputedStyle(document.querySelector(place));
      return [style.backgroundColor, style.color];
    })""")
    assert [one[0] for one in colours[:2]] == ["rgb(255, 255, 255)"] * 2
    assert colours[2][1] == "rgb(0, 0, 0)"
