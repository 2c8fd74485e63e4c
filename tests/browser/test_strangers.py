"""What strangers wrote stays text wherever the page shows it: in every view, language and dialog.

Names, notes, units and plans hold addresses, markdown, HTML, icons, formulas; each piece stands between two
marks, and what stands between them on the page must be what was written.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.ledger import HEADER, paste, unfold
from tests.browser.uploads import upload, view
from tests.browser.visitor import Visitor
from tests.reading.tables import with_words
from ui.files.spreadsheets import write_zip

PIECES = (
    "https://evil.example/a",
    "www.evil.example",
    "evil.example/x.png",
    "mailto:a@evil.example",
    "[t](https://evil.example)",
    "![i](https://evil.example/i.png)",
    "<https://evil.example>",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    ":material/home: :smile: :red[r] :blue-badge[b] :shortcode:",
    "**s** _e_ ~~d~~ `c` $x^2$ $$y$$",
    "&lt;b&gt; &amp;",
    "# h",
    "| a | b |",
    "{gap} {0} %s \\n",
    "=cmd|' /C calc'!A0",
)
FROM, TO = "⟦", "⟧"
STRANGE = "".join(f"{FROM}{piece}{TO}" for piece in PIECES)
SHORT = (
    f"{FROM}=1+1{TO}",
    f"{FROM}https://evil.example{TO}",
    f"{FROM}**s** :material/home:{TO}",
    f"{FROM}<i>i</i> $x$ [t](//evil.example){TO}",
)
# what a person reads, with what was made of it; fields that hold typed text are none of it
SHOWN = """() => ({
  text: document.body.innerText.replaceAll("\\u2060", ""), // which keeps an address from becoming a link
  made: [...document.querySelectorAll(
      'a[href*="evil"], [src*="evil"], img[src="x"], .katex, del, [style*="evil"]')]
    .map(node => node.outerHTML.slice(0, 200)),
  icons: [...document.querySelectorAll('[data-testid="stIconMaterial"], [data-testid="stIconEmoji"]')]
    .map(node => node.textContent),
})"""
ICONS_OF_STREAMLIT = {"home", "😄"}


def assert_inert(visitor: Visitor, place: str, at_least: int = 1) -> None:
    """Whatever stands between two marks is what was written, whole or cut; nothing was made of it."""
    shown = visitor.page.evaluate(SHOWN)
    assert shown["made"] == [], place
    assert not ICONS_OF_STREAMLIT & {*shown["icons"]}, place
    pieces = re.findall(f"{FROM}([^{FROM}{TO}…]*)({TO}|…|$)", shown["text"])
    assert len(pieces) >= at_least, f"{place}: nothing of a stranger's is shown, so this proves nothing"
    written = {" ".join(piece.strip(FROM + TO).split()) for piece in (*PIECES, *SHORT)}
    for piece, end in pieces:
        said = " ".join(piece.split())
        is_written = said in written if end == TO else any(each.startswith(said.strip()) for each in written)
        assert is_written, f"{place}: {said!r}"


def ledger() -> str:
    rows = [(f"虚构{strange}", "续建", 20, 3, 20000, "已开工", "是", f"虚构{strange}局") for strange in SHORT]
    return "\n".join("\t".join(map(str, cells)) for cells in (HEADER, *rows))


@pytest.fixture
def stranger(visit) -> Visitor:
    """A page on an edition of strange words, with strange plans."""
    visitor = visit("?view=sources")
    upload(visitor, write_zip(with_words(STRANGE)), "own.zip")
    return visitor


def test_an_edition_of_strange_words_is_text_in_every_view_and_dialog(stranger: Visitor) -> None:
    page = stranger.page
    for language in ("zh", "en"):
        for name in ("explore", "required", "compare", "projects", "sources"):
            view(stranger, name)
            if name == "compare" and language == "zh":
                keep_plans(stranger)
            assert_inert(stranger, f"{name} {language}", at_least=5)
        view(stranger, "explore")
        page.locator("[data-asks]").locator("visible=true").first.click()
        in_a_dialog(stranger, f"arithmetic {language}")
        for name in ("share", "log"):
            page.locator(f".st-key-{name} button").first.click()
            in_a_dialog(stranger, f"{name} {language}")
        page.locator(".st-key-language button").last.click()
        stranger.settle()


def test_a_ledger_of_strange_words_is_text(visit) -> None:
    visitor = visit("?view=projects")
    unfold(visitor)
    paste(visitor, ledger())
    assert_inert(visitor, "ledger", at_least=4)
    paste(visitor, ledger().replace("续建", SHORT[1]))
    assert_inert(visitor, "faults of a ledger", at_least=8)


def keep_plans(visitor: Visitor) -> None:
    for slot, strange in zip(("p1", "p2", "p3"), SHORT, strict=False):
        visitor.page.locator(f".st-key-keep-{slot} button").click()
        visitor.settle()
        visitor.page.locator(f".st-key-name-{slot} input").fill(strange)
        visitor.page.keyboard.press("Enter")
        visitor.settle()


def in_a_dialog(visitor: Visitor, place: str, at_least: int = 1) -> None:
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    visitor.settle()
    assert_inert(visitor, place, at_least)
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    visitor.settle()
