"""What is in sight without scrolling, from a phone to a wall?  And is the browser's console silent?"""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage

from tests.browser.visitor import Visitor, thumb
from tests.indicators import FUNDS, INVESTMENT, STARTS, VALUE_ADDED

CHART, TABLE = "[data-testid=stVegaLiteChart]", "table.needed"
# a window of 1366×768 at 125 %, two notebooks, a projector; the least a chart's share of the height may be
SCREENS = ((1093, 614, 0.3), (1280, 800, 0.33), (1366, 768, 0.3), (1920, 1080, 0.45))
PHONES = ((390, 844), (360, 740))


def box(visitor: Visitor, selector: str) -> dict[str, float]:
    found = visitor.page.locator(selector).first.bounding_box()
    assert found, selector
    return {"top": found["y"], "bottom": found["y"] + found["height"], "height": found["height"]}


def test_cards_sentence_levers_and_the_whole_chart_are_on_every_screen(visit) -> None:
    visitor = visit("?lang=zh")
    for width, height, share in SCREENS:
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.page.wait_for_timeout(600)
        for selector in (".st-key-cards", "p.sentence", ".st-key-levers", CHART):
            assert box(visitor, selector)["top"] >= 0, (width, selector)
            assert box(visitor, selector)["bottom"] <= height, (width, selector)
        assert box(visitor, CHART)["height"] >= share * height, width
        drawn = visitor.page.locator(f"{CHART} svg").bounding_box()
        assert drawn and drawn["height"] == pytest.approx(box(visitor, CHART)["height"], abs=2), "no gap"


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_a_phone_opens_each_view_at_its_own_answer(visit, width: int, height: int) -> None:
    visitor = visit("?lang=zh", width=width, height=height, has_touch=True)
    in_sight = box(visitor, "#strip")["top"]
    assert box(visitor, ".st-key-levers [data-testid=stSlider]")["bottom"] <= in_sight, "the first lever"
    visitor.open("?lang=zh&view=required")
    assert box(visitor, "p.sentence")["bottom"] <= in_sight, "what is needed, in a sentence"
    assert box(visitor, TABLE)["top"] <= in_sight < box(visitor, ".st-key-levers")["bottom"]
    assert box(visitor, TABLE)["bottom"] <= box(visitor, ".st-key-levers")["top"], "before the levers"
    assert box(visitor, ".st-key-entries details")["bottom"] <= box(visitor, CHART)["top"], (
        "the map behind them"
    )
    for view, answer in (("compare", "table.compare"), ("projects", ".ledger-said"), ("sources", "h2")):
        visitor.open(f"?lang=zh&view={view}")
        assert box(visitor, answer)["top"] <= 0.8 * height, view
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, view


SMALL = """[...document.querySelectorAll("[data-testid=stMain] :is(button:not([role=slider]), summary)")]
  .map(control => [control.innerText, control.getBoundingClientRect()])
  .filter(([_, box]) => box.width > 0 && Math.min(box.width, box.height) < 43.5)
  .map(([words, _]) => words)"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_finger_meets_every_button(visit, language: str) -> None:
    visitor = visit(f"?lang={language}", width=390, height=844, has_touch=True)
    for view in ("explore", "required", "compare", "projects", "sources"):
        visitor.page.locator(f".st-key-view-{view} button").tap()
        visitor.settle()
        assert visitor.page.evaluate(SMALL) == [], view
    if language == "zh":
        assert box(visitor, ".st-key-controls")["height"] < 50, "all in one row"


@pytest.fixture
def listened(visit) -> tuple[Visitor, list[str]]:
    """A visitor, and what the console has said but for the browser's own hints."""
    visitor, said = visit("?lang=zh"), []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("warning", "error"):
            said.append(message.text)

    visitor.page.on("console", note)
    return visitor, said


def test_the_console_is_silent_in_every_view_and_at_a_press(listened) -> None:
    visitor, said = listened
    kinds = {"explore": (VALUE_ADDED, INVESTMENT, FUNDS, STARTS), "required": (VALUE_ADDED, INVESTMENT)}
    for view, focus in ((view, focus) for view, all_of_them in kinds.items() for focus in all_of_them):
        visitor.open(f"?lang=zh&view={view}&focus={focus}")
        slider = visitor.page.locator(".st-key-levers input[type=range]").first
        slider.focus()
        slider.press("ArrowRight")
        visitor.settle()
        assert said == [], f"{view}, {focus}"
    for view in ("compare", "projects", "sources"):
        visitor.open(f"?lang=zh&view={view}")
        assert said == [], view


def test_the_axis_of_a_path_grows_with_a_drag_beyond_it(listened) -> None:
    """By hand: with 200 % in both quarters the year is 45 + 2·22.5·2 = 135 % of the target."""
    visitor, said = listened
    visitor.open(f"?lang=zh&{INVESTMENT}.intensity_q4=200")
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + 400, y, steps=6)
    visitor.page.wait_for_timeout(300)
    assert "135.0" in visitor.chart_texts(), "while the slider is held"
    label = visitor.page.locator(f"{CHART} svg text", has_text="135.0").last.bounding_box()
    chart = visitor.page.locator(f"{CHART} svg").bounding_box()
    visitor.page.mouse.up()
    visitor.settle()
    assert label and chart and label["y"] >= chart["y"] - 25, (
        "the bar ends inside the plot, its label above it"
    )
    assert said == []
