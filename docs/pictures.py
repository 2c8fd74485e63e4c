"""Which pictures do the README and the guides show, and how is each made anew?

Run from the top of the checkout, with Debian's `chromium` and `fonts-noto-cjk` there:
`.venv/bin/python -m docs.pictures`, or with the names of those that are wanted (`required.en compare.zh`).
It serves the page, opens it in Chromium and writes `docs/pictures/<name>.<language>.png`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.ledger import paste, pasted, unfold
from tests.browser.visitor import CHROMIUM, QUIET, Server, Visitor
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED

FOLDER = Path(__file__).resolve().parent / "pictures"
LANGUAGES = ("zh", "en")
COLOURS = 256  # enough for a page of few colours, and a third of the size
WIDTH, HEIGHT = 1280, 2000  # of the window; a picture is cut where it ends
MARGIN = 12
QUESTION = f"{INVESTMENT}.intensity_q3=120&{STARTS}.starts_q3=4"  # the README's worked example
AMOUNTS = f"{INVESTMENT}.target=40&{INVESTMENT}.h1=30"  # 亿元; invented, as the projects are
PLANS = "p1=gii.iq3_90_gii.iq4_90&p2=gii.iq3_120_gii.iq4_110&p3=gii.iq3_140_gii.iq4_130"
PROJECTS = {
    "zh": (
        ("虚构产业园", "续建", 20, 3, 20000, "已开工", "是", "虚构甲局"),
        ("虚构材料厂", "新建", None, 1.2, 8000, "三季度", "是", "虚构乙局"),
        ("虚构生产线", "前期", None, 0.5, 10000, None, "是", "虚构乙局"),
        ("虚构回收站", "新建", None, 0.7, 0, None, "否", None),
    ),
    "en": (
        ("Invented park", "续建", 20, 3, 20000, "已开工", "是", "Bureau A"),
        ("Invented works", "新建", None, 1.2, 8000, "三季度", "是", "Bureau B"),
        ("Invented line", "前期", None, 0.5, 10000, None, "是", "Bureau B"),
        ("Invented recycling", "新建", None, 0.7, 0, None, "否", None),
    ),
}


def as_it_opens(visitor: Visitor, _: str) -> None:
    """Nothing is pressed."""


def with_a_ledger(visitor: Visitor, language: str) -> None:
    unfold(visitor)
    paste(visitor, pasted(PROJECTS[language]))


def with_arithmetic(visitor: Visitor, _: str) -> None:
    """The year of the growth rate is clicked, and its arithmetic opens."""
    visitor.page.locator("p.sentence [data-asks]").first.click()
    visitor.page.get_by_role("dialog").locator(".worked").wait_for()
    visitor.settle()


@dataclass(frozen=True)
class Picture:
    name: str
    query: str
    last: str  # the selector of what is seen last
    act: Callable[[Visitor, str], None] = as_it_opens

    def file(self, language: str) -> str:
        return f"{self.name}.{language}.png"


PICTURES = (
    Picture("explore", QUESTION, ".st-key-path"),
    Picture("arithmetic", f"focus={VALUE_ADDED}&{VALUE_ADDED}.q3=5", "[role=dialog]", with_arithmetic),
    Picture("required", f"view=required&{QUESTION}", "[data-testid=stVegaLiteChart] >> nth=0"),
    Picture("compare", f"view=compare&{QUESTION}&{PLANS}", "table.compare"),
    Picture("projects", f"view=projects&{AMOUNTS}", "table >> nth=0", with_a_ledger),
)


def drawn(visitor: Visitor, picture: Picture, language: str) -> bytes:
    """The picture as a PNG of few colours."""
    visitor.open(f"?lang={language}&{picture.query}")
    picture.act(visitor, language)
    visitor.page.mouse.move(0, 0)
    visitor.settle()
    place = visitor.page.locator(picture.last).first.bounding_box()
    assert place, f"{picture.name}: {picture.last} is not there"
    seen = {"x": 0, "y": 0, "width": WIDTH, "height": place["y"] + place["height"] + MARGIN}
    whole = Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled", clip=seen))).convert("RGB")
    small = whole.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(out := io.BytesIO(), "PNG", optimize=True)
    return out.getvalue()


def make(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    server = Server()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
            for picture in PICTURES:
                for language in LANGUAGES:
                    if wanted and f"{picture.name}.{language}" not in wanted:
                        continue
                    visitor = Visitor(browser, server, width=WIDTH, height=HEIGHT)
                    (FOLDER / picture.file(language)).write_bytes(drawn(visitor, picture, language))
                    visitor.context.close()
    finally:
        server.stop()


if __name__ == "__main__":
    make(sys.argv[1:])
