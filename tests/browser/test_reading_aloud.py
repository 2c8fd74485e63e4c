"""Who listens to the page or cannot tell pale from paler: axe-core finds nothing, controls say what
they are.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.uploads import XLSX
from tests.browser.visitor import Visitor
from tests.indicators import INVESTMENT, VALUE_ADDED
from ui.text.speech import Speech

VIEWS = ("explore", "required", "compare", "projects", "sources")
CHINESE = re.compile("[\u4e00-\u9fff]")
NAMES = """() => [...document.querySelectorAll('[data-testid=stMain] :is([aria-label], [title])')]
  .filter(node => node.getClientRects().length)
  .flatMap(node => [node.ariaLabel, node.title]).filter(Boolean)"""


def violations(visitor: Visitor) -> list[str]:
    """What axe-core finds, a line for each rule with the first place that breaks it."""
    visitor.page.wait_for_timeout(500)  # the names of controls come a moment after what is seen
    found = Axe().run(visitor.page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
def test_no_view_breaks_a_rule_of_axe(visit, scheme: str, width: int) -> None:
    visitor = visit("?lang=zh", width=width, height=844, scheme=scheme)
    for view in VIEWS:
        visitor.page.locator(f".st-key-view-{view} button").click()
        visitor.settle()
        if scheme == "light":
            assert violations(visitor) == [], view
        if unfolded(visitor) or scheme != "light":
            assert violations(visitor) == [], f"{view}, all that was folded open"


def unfolded(visitor: Visitor) -> int:
    """Open everything that is folded; gives how much there was."""
    summaries = visitor.page.locator("[data-testid=stMain] details:not([open]) > summary")
    found = summaries.count()
    for _ in range(found):
        summaries.first.click()
        visitor.settle()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_open_dialog_breaks_a_rule_of_axe(visit, scheme: str) -> None:
    visitor = visit("?lang=zh", scheme=scheme)
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight")
    for opener in (".st-key-share button", ".st-key-export button", "[data-asks]", ".st-key-log button"):
        visitor.page.locator(opener).first.click()
        expect(visitor.page.get_by_role("dialog")).to_be_visible()
        visitor.settle()
        assert violations(visitor) == [], opener
        visitor.page.keyboard.press("Escape")
        visitor.settle()


def test_a_slider_says_its_value_with_its_unit_also_after_a_key(visit) -> None:
    visitor = visit("?lang=zh")
    slider = visitor.slider(f"{INVESTMENT}.intensity_q3")
    expect(slider).to_have_attribute("aria-valuetext", "100 %")
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=3)
    expect(slider).to_have_attribute("aria-valuetext", "103 %")
    expect(visitor.slider("start_rate.starts_q3")).to_have_attribute("aria-valuetext", "0 项")


def test_cards_and_views_tell_which_is_chosen(visit) -> None:
    visitor = visit("?lang=zh")
    pressed = visitor.page.locator(".st-key-cards button[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    visitor.page.locator(f".st-key-card-{VALUE_ADDED} button").click()
    visitor.settle()
    expect(visitor.page.locator(f".st-key-card-{VALUE_ADDED} button")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(pressed).to_have_count(1)
    expect(visitor.page.locator(".st-key-views button[aria-pressed=true]")).to_have_count(1)


@pytest.mark.parametrize("view", VIEWS)
def test_names_that_are_only_heard_are_in_the_language_of_the_page(visit, view: str) -> None:
    """Also where it was another one before."""
    visitor = visit(f"?lang=zh&view={view}")
    for language, tag in (("en", "en"), ("zh", "zh-CN")):
        visitor.page.wait_for_timeout(500)
        visitor.page.locator(".st-key-language button").click()
        visitor.settle()
        expect(visitor.page.locator("html")).to_have_attribute("lang", tag)
        visitor.page.wait_for_timeout(500)
        names = [name for name in visitor.page.evaluate(NAMES) if re.search(r"[^\W\d]{2}", name)]
        foreign = [name for name in names if bool(CHINESE.search(name)) != (language == "zh")]
        assert foreign == [], language
        skip = visitor.page.locator('[data-testid="stSkipToContent"]')  # seen and heard at the first Tab
        expect(skip).to_have_text(Speech(language).say("spoken.skip"))


SEEN_BELOW = "chip => getComputedStyle(chip, '::after').content"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_that_was_not_taken_says_why_in_sight_and_aloud(visit, language: str) -> None:
    """Streamlit says it in English, and only where the mouse rests."""
    visitor, speech = visit(f"?lang={language}&view=sources"), Speech(language)
    chip = visitor.page.locator('[data-testid="stFileChip"]')

    def hand_over(data: bytes, why: str) -> None:
        file = {"name": "大表.xlsx", "mimeType": XLSX, "buffer": data}
        visitor.page.set_input_files(".st-key-edition-file input", file)
        expect(chip.get_by_role("alert")).to_have_text(why)
        assert chip.evaluate(SEEN_BELOW) == f'"{why}"'
        assert violations(visitor) == []
        chip.get_by_role("button", name=speech.say("refused.remove", name="大表.xlsx")).click()
        expect(chip).to_have_count(0)

    hand_over(bytes(6 * 2**20), speech.say("refused.too_large", most="5"))
    visitor.page.route("**/_stcore/upload_file/**", lambda route: route.fulfill(status=413))
    hand_over(b"small", speech.say("refused.too_many"))
    visitor.page.route("**/_stcore/upload_file/**", lambda route: route.abort())
    hand_over(b"small", speech.say("refused.failed"))
