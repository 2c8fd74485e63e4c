"""The offline page in real Chromium, opened from disk with the network cut: the model's own numbers wherever
its sliders stand, nothing asked of anyone, and the way back.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hdmodel import Edition, PageState, Scenario, load_edition, open_link, project, released_edition
from hdmodel.links.link import read_query, write_link
from hdmodel.links.sent_results import differences
from hdmodel.projection import Outcome, outcome_of
from hdmodel.reading.edition import released_editions
from hdmodel.scenario import with_values
from tests.browser.visitor import Visitor, command_line, number
from tests.folders import INVENTED_EDITION
from tests.handover.office import text_of_page
from tests.handover.states import ABOUT, random_states
from tests.indicators import INVESTMENT, STARTS
from ui.answers.lever_map_rows import on_target, pairs_rows
from ui.answers.lever_map_words import years_table
from ui.answers.path_rows import path_rows
from ui.answers.reason_sentences import lever_value
from ui.answers.requirement_rows import requirements
from ui.answers.sentences import verdict_sentence
from ui.handover.offline.lever_map import map_axes
from ui.handover.offline.page import offline_page
from ui.handover.offline.parts import shown_of, sliders_of
from ui.html.elements import element, plain_text
from ui.page.about import About
from ui.page.cards import card_words
from ui.text.speech import Speech

PLACES = 5  # of the sliders, for each state
EDITIONS = [*map(released_edition, released_editions()), load_edition(INVENTED_EDITION)]
# twice: the first time one may have stopped at what another still left it
SET = """values => {
  const moves = Object.entries(values);
  reset();
  for (const [id, value] of [...moves, ...moves]) {
    const slider = document.querySelector(`[data-lever="${id}"]`);
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
READ = """async () => {
  const placeOf = mark => {
    const [x, y] = mark.getAttribute("transform").match(/[-.0-9]+/g).map(Number);
    return [mapView.scale("x").invert(x), mapView.scale("y").invert(y)];
  };
  const found = {};
  for (const card of document.querySelectorAll("[data-focus]")) {
    card.click();
    await view.runAsync();
    const own = `[data-of="${card.dataset.focus}"]`;
    const texts = (selector, from = document) =>
      [...from.querySelectorAll(selector)].map(one => one.textContent);
    found[card.dataset.focus] = {
      card: texts(".name, .year, .outcome, small span", card),
      strip: texts(`#strip ${own} :is(em, strong, span)`),
      sentence: texts(`${own} .sentence`),
      needed: texts(`${own} .needed tbody td`),
      levers: Object.fromEntries([...document.querySelectorAll(`${own} .lever`)].map(
        lever => [lever.querySelector("input").dataset.lever, lever.querySelector("output").textContent])),
      drawn: texts("#chart svg text").filter(Boolean),
      map: page.maps[card.dataset.focus] ? mapView.data("source").map(row => ({ ...row })) : [],
      mapWords: texts("#map:not([data-none]) svg text"),
      point: page.maps[card.dataset.focus] ? placeOf(document.querySelector("#map .mark-symbol path")) : null,
      mapTable: texts(`${own} .map-table tbody span`),
      noLine: [...document.querySelectorAll(`${own} [data-no-line]`)].map(said => !said.hidden),
      axis: view.data("source")[0].domain_high,
      link: document.getElementById("link-text").value,
    };
  }
  return found;
}"""


def state_of(edition: Edition, scenario: Scenario, language: str = "zh") -> PageState:
    return replace(open_link([], edition), scenario=scenario, language=language)


def written_to(file: Path, opened: PageState, page: str = "https://example.org/") -> Path:
    about = About(ABOUT.made, f"{page}?{write_link(opened)}")
    file.write_bytes(offline_page(opened, about, Speech(opened.language)))
    return file


class Reader:
    """Somebody with the file and no network."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, scheme: str = "light") -> None:
        size = {"width": width, "height": 844}
        self.context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=True, offline=True)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        assert self.asked == [file.as_uri()]


@pytest.fixture
def read(browser: Browser) -> Iterator:
    readers: list[Reader] = []

    def new(file: Path, **how) -> Reader:
        readers.append(Reader(browser, file, **how))
        return readers[-1]

    yield new
    for reader in readers:
        reader.context.close()
        assert reader.faults == [] and len(reader.asked) == 1, "it asks for nothing but itself"


def places_of(opened: PageState, chance: random.Random) -> dict[str, Fraction]:
    """Some place for each slider, such as the joint limit leaves."""
    sliders = sliders_of(opened).values()
    values = {
        lever.id: lever.low + lever.step * chance.randint(0, int((lever.high - lever.low) / lever.step))
        for lever in sliders
    }
    return values | {
        lever.id: Fraction(0) for lever in sliders if lever.joint is not None and lever.quarter == "q4"
    }


def assert_says_what_the_model_says(
    shown: dict, opened: PageState, handed: PageState, id: str, speech: Speech
) -> None:
    """Every text of an indicator is the one that the page has settled; what was handed over is its ghost."""
    edition, scenario = opened.edition, opened.scenario
    before = project(edition, handed.scenario)[id]
    projection = project(edition, scenario)[id]
    words = card_words(edition, scenario, projection, speech)
    status = speech.say(f"status.{words.status}")
    head = [f"{words.name} {status}", f"{words.year} {words.what}", words.outcome]
    assert shown["card"] == [*head, *words.details]
    assert shown["strip"] == [status, words.year, words.outcome]
    assert shown["sentence"][0] == plain_text(verdict_sentence(edition, projection, speech))
    rows = requirements(edition, scenario, projection, speech)
    assert shown["needed"] == [text for row in rows for text in (row.quarter, row.needed, row.judged)]
    drawn = path_rows(Outcome(edition, scenario, projection), before, speech)
    for row in drawn:
        for label in ("period", "total_text", "quarter_text", "required_text"):
            assert row[label] in ("", *shown["drawn"]), label
    assert shown["axis"] == pytest.approx(drawn[0]["domain_high"])
    assert_maps_what_the_page_maps(shown, opened, id, speech)
    values = scenario.as_dict()
    standing = {lever: lever_value(edition, lever, values[lever], speech) for lever in shown["levers"]}
    assert shown["levers"] == standing


def assert_maps_what_the_page_maps(shown: dict, opened: PageState, id: str, speech: Speech) -> None:
    """Each cell, what is read over it, the line on target, the present point and the table."""
    axes = map_axes(opened, id)
    if axes is None:
        assert (shown["map"], shown["mapWords"], shown["mapTable"]) == ([], [], [])
        return
    outcome = outcome_of(opened.edition, opened.scenario, id)
    line = on_target(outcome, axes)
    expected = pairs_rows(outcome, axes, line, speech)
    strips, drawn = ([row for row in rows if row.get("shades")] for rows in (expected, shown["map"]))
    assert len(drawn) == len(strips)
    for strip, found in zip(strips, drawn, strict=True):
        for name in ("across", "years", "shut", "columns", "tip", "x_lever", "y_lever"):
            assert found[name] == strip[name], (name, found[name], strip[name])
        for name in ("y_from", "y_to", "y_mid", "x_low", "x_width"):
            assert found[name] == pytest.approx(strip[name]), name
        shades = (list(map(float, row["shades"].split())) for row in (found, strip))
        assert next(shades) == pytest.approx(next(shades), abs=0.0011)
    lines = (
        [(row["line_x"], row["line_y"]) for row in rows if row.get("line_x") is not None]
        for rows in (shown["map"], expected)
    )
    assert_same_line(*lines)
    assert shown["noLine"] == ([] if outcome.projection.target is None else [not line])
    now = expected[-1]
    for words in ("now_text", "x_title", "y_title"):
        assert now[words] in shown["mapWords"], words
    assert shown["point"] == pytest.approx([now["now_x"], now["now_y"]], abs=1e-6)
    table = years_table(outcome, axes, lambda _, year: element("span", _year(outcome, year, speech)), speech)
    assert shown["mapTable"] == [plain_text(cell) for cell in re.findall("<span>.*?</span>", table)]


def _year(outcome: Outcome, year: Fraction | None, speech: Speech) -> str:
    return speech.say("map.shut") if year is None else speech.number(year, outcome.places)


def assert_same_line(found: list, expected: list) -> None:
    """The same places, of which floating points may have doubled some."""
    for one, other in ((found, expected), (expected, found)):
        for place in one:
            assert any(place == pytest.approx(there, abs=1e-6) for there in other), (found, expected)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_wherever_the_sliders_stand_it_says_what_the_model_says(
    read, tmp_path: Path, edition: Edition, language: str
) -> None:
    """With entries of every kind, Q3 known or not, a ledger driving or not."""
    speech, chance = Speech(language), random.Random(edition.id + language)
    for at, scenario in enumerate(random_states(edition, 3, chance.randrange(1000))):
        handed = state_of(edition, scenario, language)
        page = read(written_to(tmp_path / f"{at}.html", handed)).page
        for id, shown in page.evaluate(READ).items():
            assert_says_what_the_model_says(shown, handed, handed, id, speech)
        for _ in range(PLACES):
            values = places_of(handed, chance)
            there = replace(handed, scenario=with_values(edition, scenario, values))
            page.evaluate("go", {id: float(value) for id, value in values.items()})  # all in one go: quick
            found = page.evaluate(READ)
            assert [*found] == shown_of(handed)
            for id, shown in found.items():
                assert_says_what_the_model_says(shown, there, handed, id, speech)
                back = open_link(read_query(shown["link"]), edition)
                page_s = open_link(read_query(write_link(replace(there, focus=id))), edition)
                assert (back.scenario, back.focus, back.problems) == (page_s.scenario, id, page_s.problems)
                assert all(back.scenario.as_dict()[lever] == value for lever, value in values.items())
                assert back.sent_results and not differences(edition, back.scenario, back.sent_results)


def test_the_way_back_opens_the_state_that_was_set_offline(read, visit, server, tmp_path: Path) -> None:
    handed = open_link(read_query("lang=zh&general_industrial_investment.intensity_q4=90"))
    page = read(written_to(tmp_path / "page.html", handed, server.url)).page
    page.evaluate(SET, {f"{INVESTMENT}.intensity_q3": 120, f"{STARTS}.starts_q3": 4})
    expect(page.locator("header > .moved")).to_be_visible()
    shown = page.evaluate(READ)
    link = shown[INVESTMENT]["link"]
    answer = command_line("--link", link)
    visitor: Visitor = visit(link)
    for id, said in shown.items():
        year = number(said["strip"][1])
        assert year == pytest.approx(answer[id]["full_year"], abs=0.05), id
        assert visitor.year(id) == year
    assert visitor.page.locator(".notice").count() == 0
    page.locator("#reset").click()
    assert page.evaluate(READ)[handed.focus]["link"] == f"{server.url}?{write_link(handed)}"
    expect(page.locator("header > .moved")).to_be_hidden()


def test_a_policy_of_its_own_stops_what_would_ask(read, haidong: Edition, tmp_path: Path) -> None:
    reader = read(written_to(tmp_path / "page.html", open_link([], haidong)))
    stopped = reader.page.evaluate("""() => new Promise(stopped => {
      document.addEventListener("securitypolicyviolation", event => stopped(event.effectiveDirective));
      fetch("https://example.org/").catch(() => {});
    })""")
    assert stopped == "connect-src"
    reader.faults.clear()  # the browser has said so, too


def thumb(page: Page, lever: str) -> tuple[float, float]:
    """The middle of a slider's thumb, which stands at the middle of its track while it is at the middle."""
    box = page.locator(f'[data-lever="{lever}"]').locator("visible=true").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(page: Page, *points: tuple[float, float]) -> None:
    """One finger that goes from point to point, and is lifted."""
    session = page.context.new_cdp_session(page)
    for place, (x, y) in enumerate(points):
        kind = "touchMove" if place else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(30)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(100)


def test_on_a_phone_the_thumb_alone_moves_and_the_answer_stays_in_sight(
    read, haidong, tmp_path: Path
) -> None:
    page = read(written_to(tmp_path / "page.html", open_link([], haidong)), width=390, scheme="dark").page
    lever = f"{INVESTMENT}.intensity_q3"
    slider = page.locator(f'[data-lever="{lever}"]').locator("visible=true")
    x, y = thumb(page, lever)
    touch(page, *((x + 80, y - 25 * step) for step in range(8)))
    assert slider.input_value() == "100" and page.evaluate("scrollY") > 50, "beside the thumb a swipe scrolls"
    x, y = thumb(page, lever)
    touch(page, *((x + 8 * step, y) for step in range(6)))
    at = slider.input_value()
    assert float(at) > 110
    answer = command_line("--set", f"{lever}={at}")[INVESTMENT]
    strip = page.locator("#strip strong").locator("visible=true")
    box = strip.bounding_box()
    assert number(strip.inner_text()) == pytest.approx(answer["full_year"], abs=0.05)
    assert box and box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.evaluate("""() => [...document.querySelectorAll("button, input, a")]
      .map(one => one.getBoundingClientRect().height).filter(high => high > 0 && high < 43.5).length""")
    assert small == 0, "what a finger meets is 44 px high"


def test_a_slider_stops_at_what_the_other_quarter_leaves_and_answers_to_keys(
    read, haidong, tmp_path: Path
) -> None:
    page = read(written_to(tmp_path / "page.html", replace(open_link([], haidong), focus=STARTS))).page
    q3, q4 = (
        page.locator(f'[data-lever="{STARTS}.starts_{at}"]').locator("visible=true") for at in ("q3", "q4")
    )
    q3.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    q4.focus()
    page.keyboard.press("End")
    assert (q3.input_value(), q4.input_value()) == ("7", "3")
    expect(q4).to_have_attribute("aria-valuetext", "3 项")
    capped = page.locator(".capped").locator("visible=true")
    assert capped.inner_text() == "四季度新开复工项目：两季合计最多 10，已按 3 计。"
    page.locator('[data-step="down"]').locator("visible=true").first.click()
    assert (q3.input_value(), capped.count()) == ("6", 0)
    year = command_line("--set", f"{STARTS}.starts_q3=6", "--set", f"{STARTS}.starts_q4=3")[STARTS][
        "full_year"
    ]
    shown = page.evaluate(READ)
    assert number(shown[STARTS]["strip"][1]) == pytest.approx(year, abs=0.05)


def on_the_map(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a pair lies in the window."""
    page.locator("#map").scroll_into_view_if_needed()
    at = page.evaluate(
        """([x, y]) => {
      const box = mapPlace.querySelector("svg").getBoundingClientRect(), around = mapView.padding();
      const [left, top] = mapView.origin();
      const across = left + around.left + mapView.scale("x")(x);
      const down = top + around.top + mapView.scale("y")(y);
      return [box.x + across, box.y + down];
    }""",
        [x, y],
    )
    return at[0], at[1]


def test_a_click_on_the_map_sets_both_sliders_and_a_cell_says_what_it_stands_for(
    read, haidong, tmp_path: Path
) -> None:
    """7 and 3 are the ten that are left, 8 and 3 are too many: (56 + 10) / 66 is all."""
    page = read(written_to(tmp_path / "page.html", replace(open_link([], haidong), focus=STARTS))).page
    sliders = [
        page.locator(f'[data-lever="{STARTS}.starts_{at}"]').locator("visible=true") for at in ("q3", "q4")
    ]
    page.mouse.move(*on_the_map(page, 7, 3))
    assert (
        page.locator("#tip").inner_text()
        == "三季度新开复工项目 = 7 项\n四季度新开复工项目 = 3 项\n全年 100.0 %"
    )
    page.mouse.click(*on_the_map(page, 8, 3))
    assert [slider.input_value() for slider in sliders] == ["0", "0"]
    page.mouse.click(*on_the_map(page, 7, 3))
    assert [slider.input_value() for slider in sliders] == ["7", "3"]
    assert "100.0" in page.locator(f'[data-focus="{STARTS}"]').inner_text()
    page.mouse.move(5, 5)
    expect(page.locator("#tip")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_breaks_no_rule_of_axe(read, haidong, tmp_path: Path, width: int, scheme: str) -> None:
    page = read(written_to(tmp_path / "page.html", open_link([], haidong)), width=width, scheme=scheme).page
    page.evaluate(SET, {f"{INVESTMENT}.intensity_q3": 120})
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found] == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_print_has_the_answer_the_suppositions_and_the_link_and_no_controls(
    read, haidong, tmp_path: Path
) -> None:
    page = read(written_to(tmp_path / "page.html", open_link([], haidong)), scheme="dark").page
    page.evaluate(SET, {f"{STARTS}.starts_q3": 4})
    page.pdf(path=str(tmp_path / "page.pdf"), format="A4", print_background=True)
    text = re.sub(
        r"\s", "", "".join(line for at in (1, 2) for line in text_of_page(tmp_path / "page.pdf", at))
    )
    said = page.locator(".sentence").locator("visible=true").inner_text()
    assert re.sub(r"\s", "", said) in text and "三季度新开复工项目0项4项" in text
    assert page.locator("#link-printed").text_content() in text and "92748630" in text
    page.emulate_media(media="print")
    for control in ("input", ".levers button", "#strip"):
        expect(page.locator(control).locator("visible=true")).to_have_count(0)
