"""What follows the finger, in real Chromium: the digits of the answer, before the server hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

import ui.page.live as live
from hdmodel import Edition, PageState, Projection, Scenario, load_edition, project, released_edition
from hdmodel.projection import Outcome
from hdmodel.scenario import with_values
from hdmodel.sensitivity import swings
from tests.browser.visitor import Visitor, assert_same_numbers, begin_drag, command_line, number, thumb
from tests.folders import INVENTED_EDITION
from tests.indicators import INVESTMENT, STARTS
from tests.scenarios import suppositions
from ui.answers.lever_map_rows import now_words
from ui.answers.path_rows import path_rows
from ui.answers.requirement_rows import requirements
from ui.answers.sensitivity_rows import swings_rows
from ui.charts import path_chart, sensitivity_chart
from ui.page.cards import card_words
from ui.text.speech import Speech

SCRIPT = live.script()
EDITIONS = (released_edition("haidong-2022-h1"), load_edition(INVENTED_EDITION))
FILLED = """([plan, places]) => places.map(places => {
  const settled = Object.fromEntries(Object.entries(plan.levers).map(([id, {settled}]) => [id, settled]));
  const values = withEnds(plan.levers, settled, places);
  const words = writer(plan.gaps, values);
  const cards = Object.fromEntries(Object.entries(plan.cards).map(([id, cases]) => {
    const card = chosen(cases, values);
    return [id, {...card, ...Object.fromEntries(["name", "status", "year", "what", "outcome"].map(
      name => [name, words(card[name])])), details: card.details.map(words)}];
  }));
  const rows = rowsText(chosen(plan.rows, values), words, values);
  const needed = plan.needed.map(cases => chosen(cases, values).map(words));
  return {cards, needed, rows: rows.split(ROW_END).map(row => row.split(FIELD_END))};
})"""


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    """The page's own script on a page of its own, its functions within reach."""
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.replace("export default ", "window.live = "))
    yield page
    page.close()


def moved(opened: PageState, data: st.DataObject) -> tuple[dict[str, float], Scenario]:
    """Some place for each slider in sight, and the scenario in which they stand there."""
    sliders = live.sliders_in_sight(opened)
    values = {
        lever.id: lever.low
        + lever.step * data.draw(st.integers(0, int((lever.high - lever.low) / lever.step)))
        for lever in sliders
    }
    for lever in sliders:  # what the joint limit leaves: the starts of one quarter at a time
        if lever.joint is not None and lever.quarter == "q4":
            values[lever.id] = Fraction(0)
    return {id: float(value) for id, value in values.items()}, with_values(
        opened.edition, opened.scenario, values
    )


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data())
def test_every_text_of_a_drag_is_the_one_that_is_settled(
    script: Page, edition: Edition, data: st.DataObject
) -> None:
    """Any entries, Q3 known or not, a ledger driving or not; then any places of the sliders in sight."""
    view = data.draw(st.sampled_from(["explore", "required"]))
    focus = data.draw(st.sampled_from([*edition.indicators]))
    language = data.draw(st.sampled_from(["zh", "en"]))
    speech = Speech(language)
    opened = PageState(edition, data.draw(suppositions(edition)), view, focus, language, ())
    places = [moved(opened, data) for _ in range(4)]
    filled = script.evaluate(FILLED, [live.plan(opened, speech), [values for values, _ in places]])
    for (_, scenario), shown in zip(places, filled, strict=True):
        projections = project(edition, scenario)
        for id, card in shown["cards"].items():
            expected = asdict(card_words(edition, scenario, projections[id], speech))
            status = speech.say(f"status.{expected['status']}")
            assert card == {
                **expected,
                "details": [*expected["details"]],
                "colour": live.colour_of(expected["status"]),
                "status": status,
            }
        if view == "explore":
            rows = path_rows(Outcome(edition, scenario, projections[focus]), None, speech)
            for row, cells in zip(rows, shown["rows"], strict=True):
                settled = {**row, "total": row.get("total", row.get("total_below"))}
                assert_same_fields(dict(zip(path_chart.LIVE_FIELDS, cells, strict=True)), settled)
        else:
            assert_required_follows(edition, scenario, projections[focus], shown, speech)


def assert_same_fields(shown: dict[str, str], settled: dict[str, object]) -> None:
    """What the script writes is what the rows of the settled chart hold."""
    for name, cell in shown.items():
        wanted = settled.get(name)
        if wanted is None or isinstance(wanted, str):
            assert cell == (wanted or ""), (name, settled)
        else:
            assert float(cell) == pytest.approx(float(wanted), rel=1e-9, abs=1e-9), (name, settled)


def assert_required_follows(
    edition: Edition, scenario: Scenario, projection: Projection, shown: dict[str, Any], speech: Speech
) -> None:
    needed = [
        [row.quarter, row.needed, row.judged] for row in requirements(edition, scenario, projection, speech)
    ]
    assert shown["needed"] == needed
    found = {swing.lever: swing for swing in swings(edition, scenario, projection.id)}
    if not found:
        assert shown["rows"] == [[""]]
        return
    names, places, _, label, bars, *rows = shown["rows"]
    values = scenario.as_dict()
    standing = [(name, float(place)) for name, place in zip(names, places, strict=True) if name]
    assert standing == [(name, float(values[name])) for name, _ in standing]
    assert label == [now_words(edition, projection, speech)]
    assert {*bars} == {*found}
    settled = {row["lever"]: row for row in swings_rows(edition, projection, [*found.values()], speech)}
    for lever, cells in zip(bars, rows, strict=True):
        assert_same_fields(dict(zip(sensitivity_chart.LIVE_FIELDS, cells, strict=True)), settled[lever])


# --- on the page
# -----------------------------------------------------------------------------------------------------------


def sent_by(visitor: Visitor) -> list[object]:
    """What goes to the server from now on; the page has to be loaded anew to be listened to."""
    sent: list[object] = []
    visitor.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    visitor.page.reload()
    visitor.page.wait_for_function("document.querySelector('[data-testid=stVegaLiteChart] svg')")
    visitor.settle()
    return sent


def shown_card(visitor: Visitor, id: str) -> Locator:
    return visitor.page.locator(f".st-key-card-{id} button p").locator("visible=true")


def read(visitor: Visitor) -> tuple[list[str], list[str]]:
    """What a person reads of the cards and on the chart; marks of notes and ghosts apart."""
    cards = [shown_card(visitor, id).inner_text() for id in (INVESTMENT, STARTS)]
    return cards, visitor.chart_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drag_moves_cards_and_chart_before_a_message_leaves(visit, scheme: str) -> None:
    visitor = visit("?lang=zh", scheme=scheme)
    sent = sent_by(visitor)
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    before = len(sent)
    for step in range(1, 9):
        visitor.page.mouse.move(x + 6 * step, y)
    visitor.page.wait_for_timeout(300)
    at = visitor.slider(f"{INVESTMENT}.intensity_q3").input_value()
    answer = command_line("--set", f"{INVESTMENT}.intensity_q3={at}")[INVESTMENT]
    assert len(sent) == before and float(at) > 110
    assert visitor.page.locator("p.is-live").first.is_visible(), "what is read comes from the browser"
    card = shown_card(visitor, INVESTMENT)
    assert number(card.locator("strong").inner_text()) == pytest.approx(answer["full_year"], abs=0.05)
    drawn = [number(text) for text in visitor.chart_texts() if re.fullmatch(r"[0-9.]+", text)]
    for quantity in ("full_year", "ytd_q3"):
        assert any(value == pytest.approx(answer[quantity], abs=0.05) for value in drawn), quantity
    assert float(visitor.page.locator("p.sentence").evaluate("s => getComputedStyle(s).opacity")) < 1
    during = read(visitor)
    visitor.page.mouse.up()
    visitor.settle()
    expect(visitor.page.locator(".is-live")).to_have_count(0)
    visitor.page.wait_for_timeout(300)
    assert read(visitor) == during, "nothing jumps when the answer has come"
    assert_same_numbers(visitor, command_line("--set", f"{INVESTMENT}.intensity_q3={at}"))
    expect(visitor.page.locator("#live-rows")).to_have_value("")
    visitor.page.locator(".st-key-undo button").click()
    visitor.settle()
    assert_same_numbers(visitor, command_line()), "one move, one step back"


def read_required(visitor: Visitor) -> tuple[list[str], list[str]]:
    """What a person reads of what must be, and on map and bars."""
    cells = visitor.page.locator("table.needed tbody td:not(:has(.amounts))")
    charts = visitor.page.locator('[data-testid="stVegaLiteChart"] svg text')
    return cells.all_inner_texts(), sorted(text for text in charts.all_text_contents() if text)


def test_a_drag_in_required_moves_point_bars_and_what_must_be(visit) -> None:
    visitor = visit("?lang=zh&view=required")
    before = read_required(visitor)
    at = begin_drag(visitor, f"{INVESTMENT}.intensity_q3", 48)
    answer = command_line("--set", f"{INVESTMENT}.intensity_q3={at}")[INVESTMENT]
    during = read_required(visitor)
    assert during != before
    needed = visitor.page.locator("table.needed .is-live").all_inner_texts()
    assert any(f"{answer['required_intensity_q4']:.1f}" in text for text in needed)
    assert f"现在 {answer['full_year']:.1f}" in during[1]
    assert float(visitor.page.locator("p.sentence").evaluate("s => getComputedStyle(s).opacity")) < 1
    visitor.page.mouse.up()
    visitor.settle()
    expect(visitor.page.locator(".is-live")).to_have_count(0)
    visitor.page.wait_for_timeout(300)
    after = read_required(visitor)
    assert after[1] == during[1], "nothing on the charts jumps when the answer has come"
    pairs = [
        ("".join(shown.split()), "".join(settled.split()))
        for shown, settled in zip(during[0], after[0], strict=True)
    ]
    assert all(settled.startswith(shown) for shown, settled in pairs), pairs


CELLS = """() => getComputedStyle([...document.querySelectorAll('.stVegaLiteChart')][0]
  .querySelector('.mark-rect path')).opacity"""


def test_a_thumb_held_still_after_other_cards_were_in_focus_holds_chart_and_card_together(visit) -> None:
    """Each focus has texts of its own, and only those of the last one follow."""
    visitor = visit("?lang=zh")
    for id in ("outside_funds", "telecom_volume", INVESTMENT):
        visitor.page.locator(f".st-key-card-{id} button").click()
        visitor.settle()
    at = begin_drag(visitor, f"{INVESTMENT}.intensity_q3", 48)
    visitor.page.wait_for_timeout(600)
    answer = command_line("--set", f"{INVESTMENT}.intensity_q3={at}")[INVESTMENT]
    year = shown_card(visitor, INVESTMENT).locator("strong").inner_text()
    assert number(year) == pytest.approx(answer["full_year"], abs=0.05)
    drawn = [number(text) for text in visitor.chart_texts() if re.fullmatch(r"[0-9.]+", text)]
    assert any(value == pytest.approx(answer["full_year"], abs=0.05) for value in drawn)
    visitor.page.mouse.up()
    visitor.settle()


def test_what_a_drag_cannot_move_is_seen_to_wait(visit) -> None:
    """The map's colours wait only for a lever that is on neither of its sides; other sentences for any."""
    visitor = visit("?lang=zh&view=required")
    others = visitor.page.locator("dl.all.moving").first
    begin_drag(visitor, f"{INVESTMENT}.intensity_q3", 48)
    assert visitor.page.evaluate(CELLS) == "1"
    visitor.page.mouse.up()
    visitor.settle()
    visitor.page.wait_for_timeout(300)
    assert others.evaluate("node => getComputedStyle(node).opacity") == "1"
    begin_drag(visitor, f"{STARTS}.starts_q3", 60)
    assert float(visitor.page.evaluate(CELLS)) < 0.5
    assert float(others.evaluate("node => getComputedStyle(node).opacity")) < 1
    visitor.page.mouse.up()
    visitor.settle()
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate(CELLS) == "1"


def test_a_total_close_under_the_target_leaves_its_line_whole(visit) -> None:
    visitor = visit("?lang=zh")
    text = visitor.page.locator(".stVegaLiteChart svg text").filter(has_text=re.compile("^90.0$")).first
    box = text.bounding_box()
    target = visitor.page.locator(".stVegaLiteChart svg .mark-rule line")
    lines = target.evaluate_all("all => all.map(one => one.getBoundingClientRect().y)")
    assert box and min(lines) < box["y"], "below the line, inside its bar"


@pytest.mark.parametrize("view", ["explore", "required"])
def test_a_tooltip_goes_with_the_finger_and_a_swipe_on_a_chart_changes_nothing(visit, view: str) -> None:
    visitor = visit(f"?lang=zh&view={view}", width=390, height=844, has_touch=True)
    chart = visitor.page.locator(".stVegaLiteChart").first
    chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    visitor.page.wait_for_timeout(300)
    box = chart.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4
    before = visitor.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop")
    lift(touch(visitor, *((x, y + 20 * step) for step in range(9))))
    visitor.settle()
    assert visitor.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop") < before - 50
    assert_same_numbers(visitor, command_line())
    lift(touch(visitor, (x, y)))
    visitor.settle()
    assert visitor.page.locator("#vg-tooltip-element").locator("visible=true").count() == 0


def test_a_cell_of_the_map_says_its_levers_and_its_year(visit) -> None:
    visitor = visit("?lang=zh&view=required")
    visitor.page.locator('[data-testid="stVegaLiteChart"]').first.locator(".mark-rect path").nth(60).hover()
    said = visitor.page.locator("#vg-tooltip-element")
    expect(said).to_contain_text("全年")
    q3, q4 = re.findall(r"强度 = ([0-9.]+) %", said.inner_text())
    answer = command_line(
        "--set", f"{INVESTMENT}.intensity_q3={q3}", "--set", f"{INVESTMENT}.intensity_q4={q4}"
    )
    assert f"全年 {answer[INVESTMENT]['full_year']:.1f} %" in said.inner_text()


def test_a_drag_that_ends_where_it_began_leaves_nothing_behind(visit) -> None:
    visitor = visit("?lang=zh")
    before = read(visitor)
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + 60, y, steps=5)
    expect(visitor.page.locator("p.is-live").first).to_be_visible()
    visitor.page.mouse.move(x, y, steps=5)
    visitor.page.mouse.up()
    visitor.settle()
    expect(visitor.page.locator(".is-live")).to_have_count(0)
    visitor.page.wait_for_timeout(300)
    assert read(visitor) == before


def test_the_last_of_fast_moves_wins(visit) -> None:
    visitor = visit("?lang=zh")
    visitor.slider(f"{INVESTMENT}.intensity_q3").focus()
    for key in ["ArrowRight"] * 25 + ["ArrowLeft"] * 8:
        visitor.page.keyboard.press(key)
    visitor.page.locator(f".st-key-typed-{STARTS}-starts_q4 [data-testid=stNumberInputStepUp]").click()
    visitor.settle()
    expect(visitor.page.locator(".is-live")).to_have_count(0)
    settings = ("--set", f"{INVESTMENT}.intensity_q3=117", "--set", f"{STARTS}.starts_q4=1")
    assert_same_numbers(visitor, command_line(*settings))


def test_a_slider_that_stands_elsewhere_by_nobodys_hand_is_no_move_and_is_told_where_it_stands(visit) -> None:
    visitor = visit(f"?lang=zh&{INVESTMENT}.intensity_q4=90")
    before, slider = read(visitor), visitor.slider(f"{INVESTMENT}.intensity_q4")
    address = visitor.query()
    slider.evaluate("""input => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, "100");
      input.setAttribute("data-drawn", "anew");
    }""")
    assert slider.input_value() == "100"
    visitor.page.wait_for_timeout(300)
    expect(visitor.page.locator(".is-live")).to_have_count(0)
    expect(slider).to_have_value("90", timeout=10_000)
    visitor.settle()
    assert (visitor.query(), read(visitor)) == (address, before)


def touch(visitor: Visitor, *points: tuple[float, float]) -> CDPSession:
    """One finger that goes from point to point; it is still down afterwards."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    for place, (x, y) in enumerate(points):
        kind = "touchMove" if place else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        visitor.page.wait_for_timeout(40)
    return session


def lift(finger: CDPSession) -> None:
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
def test_a_finger_drags_a_thumb_and_the_strip_follows(visit, width: int, height: int) -> None:
    visitor = visit("?lang=zh", width=width, height=height, has_touch=True)
    slider = visitor.slider(f"{INVESTMENT}.intensity_q3")
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    assert y < height, "the first lever is in the first screen"
    finger = touch(visitor, *((x + 5 * step, y) for step in range(8)))
    visitor.page.wait_for_timeout(200)
    at = slider.input_value()
    answer = command_line("--set", f"{INVESTMENT}.intensity_q3={at}")
    strip = visitor.page.locator("#strip p").locator("visible=true")
    year = pytest.approx(answer[INVESTMENT]["full_year"], abs=0.05)
    assert float(at) > 110 and number(strip.locator("strong").inner_text()) == year
    missing = re.search(r"缺口 ([0-9.]+) 个百分点", strip.inner_text())
    assert missing and float(missing[1]) == pytest.approx(answer[INVESTMENT]["shortfall"], abs=0.05)
    lift(finger)
    visitor.settle()
    assert number(strip.locator("strong").inner_text()) == year
    assert_same_numbers(visitor, answer)


def test_a_swipe_that_begins_on_a_track_scrolls_and_moves_nothing(visit) -> None:
    visitor = visit("?lang=zh", width=390, height=844, has_touch=True)
    slider = visitor.slider(f"{INVESTMENT}.intensity_q3")
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    before = slider.input_value()
    finger = touch(visitor, *((x + 60, y - 22 * step) for step in range(10)))
    lift(finger)
    visitor.settle()
    assert visitor.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop") > 50
    assert slider.input_value() == before
    assert_same_numbers(visitor, command_line())


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740), (768, 1024)])
def test_the_answer_is_in_sight_at_every_lever(visit, width: int, height: int) -> None:
    visitor = visit("?lang=zh", width=width, height=height, has_touch=True)
    strip = visitor.page.locator("#strip")
    for id in ("intensity_q3", "intensity_q4"):
        visitor.slider(f"{INVESTMENT}.{id}").scroll_into_view_if_needed()
        box = strip.bounding_box()
        assert box and box["y"] + box["height"] <= height + 1 and "缺口" in strip.inner_text()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    small = visitor.page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] button')]
      .map(button => button.getBoundingClientRect().height).filter(high => high > 0 && high < 43.5).length
    """)
    assert small == 0, "what a finger meets is 44 px high"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740), (768, 1024), (1280, 800)])
def test_a_typed_value_is_whole_in_its_field(visit, width: int, height: int) -> None:
    visitor = visit(
        "?focus=telecom_volume&telecom_volume.q3=-12.5", width=width, height=height, has_touch=True
    )
    field = visitor.page.locator(".st-key-typed-telecom_volume-q3 input")
    assert field.input_value() == "-12.5"
    room, text = field.evaluate(
        """field => {
          const style = getComputedStyle(field), canvas = document.createElement("canvas").getContext("2d");
          canvas.font = `${style.fontSize} ${style.fontFamily}`;
          return [field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
            canvas.measureText(field.value).width];
        }"""
    )
    assert text <= room


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("q4", ["20", "19", "22", "14", "27"])
def test_a_quarters_label_and_the_needs_do_not_meet(visit, width: int, q4: str) -> None:
    visitor = visit(
        f"?focus=telecom_volume&telecom_volume.q3=12.1&telecom_volume.q4={q4}&lang=zh",
        width=width,
        height=844,
    )
    boxes = visitor.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg text')]
          .filter(text => /^(需|当季)/.test(text.textContent))
          .map(text => ({ said: text.textContent, box: text.getBoundingClientRect().toJSON() }))"""
    )
    needs = [one["box"] for one in boxes if one["said"].startswith("需")]
    quarters = [one["box"] for one in boxes if one["said"].startswith("当季")]
    assert needs and quarters
    for need in needs:
        for quarter in quarters:
            is_beside = quarter["right"] <= need["left"] or need["right"] <= quarter["left"]
            assert is_beside or quarter["bottom"] <= need["top"] + 3 or need["bottom"] <= quarter["top"] + 3
