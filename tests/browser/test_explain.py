"""In real Chromium: one click in each table and on each label,
and the dialog holds the number that stood there and its state.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor, command_line, six_digits
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED


def result_of(visitor: Visitor, asked: str, *parts: str, is_outward: bool = False) -> str:
    """Click the number; the dialog holds these parts and the number that stood there; gives its result,
    then closes it.
    """
    return clicked(
        visitor, visitor.page.locator(f'[data-asks="{asked}"]').first, *parts, is_outward=is_outward
    )


def of_label(visitor: Visitor, text: str, *parts: str, chart: int = 0, which: int = -1) -> str:
    """The same for a label of a chart; each stands there twice, first as its halo."""
    labels = (
        visitor.page.locator('[data-testid="stVegaLiteChart"]').nth(chart).locator("svg text", has_text=text)
    )
    return clicked(visitor, labels.nth(which) if which >= 0 else labels.last, *parts)


def clicked(visitor: Visitor, number: Locator, *parts: str, is_outward: bool = False) -> str:
    number.scroll_into_view_if_needed()
    shown = (number.text_content() or "").split(" → ")[-1]  # of an end of a bar, the year
    dialog = visitor.page.get_by_role("dialog")

    def click() -> None:
        box = number.bounding_box()
        assert box is not None
        visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    click()
    try:
        expect(dialog.locator(".worked")).to_be_visible(timeout=5_000)
    except AssertionError:  # on a busy machine the page's own listener may arrive after its numbers
        click()
        expect(dialog.locator(".worked")).to_be_visible(timeout=15_000)
    for part in parts:
        expect(dialog).to_contain_text(part, timeout=15_000)
    decimals = len(re.findall(r"\.(\d*)", shown)[0]) if "." in shown else 0
    rounded = 1.0 if is_outward else 0.5  # of the last decimal: the ends of a band are rounded outwards
    expected = pytest.approx(number_in(shown), abs=rounded * 10**-decimals + 1e-6)
    result = dialog.locator(".worked p > b:last-child").last
    for _ in range(100):  # a dialog that opens again may hold the line before for a moment
        if number_in(result.inner_text()) == expected:
            break
        visitor.page.wait_for_timeout(100)
    said = result.inner_text()
    assert number_in(said) == expected, (shown, said)
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visitor.settle()
    return said


def number_in(text: str) -> float:
    """The last number of a text."""
    return float(re.findall(r"−?[\d.]+", text)[-1].replace("−", "-"))


def unfold(visitor: Visitor, key: str) -> None:
    visitor.page.locator(f".st-key-{key} summary").click()
    expect(visitor.page.locator(f"table.{key}")).to_be_visible(timeout=15_000)
    visitor.settle()


def test_a_number_of_the_map_of_the_tornado_and_of_the_reasons_opens_its_own_line(visit) -> None:
    visitor = visit(f"?view=required&{INVESTMENT}.intensity_q3=120&{STARTS}.starts_q3=4")
    unfold(visitor, "map-table")
    pair = (f"{INVESTMENT}.intensity_q3=200", f"{INVESTMENT}.intensity_q4=0")
    result = result_of(
        visitor, f"{INVESTMENT} full_year now {' '.join(pair)}", "改设三季度单项目投资强度 = 200 %"
    )
    there = command_line("--set", f"{STARTS}.starts_q3=4", *(part for one in pair for part in ("--set", one)))
    assert result == f"{six_digits(there[INVESTMENT]['full_year'])} %"
    unfold(visitor, "tornado-table")
    result_of(
        visitor, f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=0", "改设三季度单项目投资强度 = 0 %"
    )
    crossing = result_of(visitor, f"{INVESTMENT} crossing now {INVESTMENT}.intensity_q4", "取何值恰好达标")
    now = command_line("--set", f"{INVESTMENT}.intensity_q3=120", "--set", f"{STARTS}.starts_q3=4")[
        INVESTMENT
    ]
    assert crossing == f"{six_digits(now['required_intensity_q4'])} %"
    assert (
        result_of(visitor, f"{INVESTMENT} effect baseline now {INVESTMENT}.intensity_q3", "100 % → 120 %")
        == "4.5 个百分点"
    )
    result_of(visitor, f"{INVESTMENT} together baseline now", "合起来", "只动")
    result_of(visitor, f"{INVESTMENT} change baseline now", "由“基准情景”到“现状”")
    expect(visitor.page.locator("table.map-table, table.tornado-table")).to_have_count(2)
    assert f"{INVESTMENT}.intensity_q3=120" in visitor.query(), "a click that explains moves nothing"


def test_a_number_of_a_plan_opens_the_line_of_that_plan(visit) -> None:
    visitor = visit(f"?view=compare&{INVESTMENT}.intensity_q3=120&p1=gii.iq3_200_gii.iq4_200~alt")
    assert result_of(visitor, f"{INVESTMENT} full_year p1", "保底 · alt") == "135 %"
    assert result_of(visitor, f"{INVESTMENT} full_year baseline", "基准情景") == "90 %"
    result_of(visitor, f"{INVESTMENT} shortfall now", "现状")
    result_of(visitor, f"{INVESTMENT} required_intensity p1", "保底 · alt")


def test_a_figure_and_what_a_ledger_lacks_open_their_lines(visit) -> None:
    visitor = visit("?view=sources")
    assert result_of(visitor, f"figure {VALUE_ADDED}.target", "此数 = 13.8 − 8.3", "海东日报") == "5.5 %"
    visitor = visit(f"?view=projects&{INVESTMENT}.target=40&{INVESTMENT}.h1=30")
    assert result_of(visitor, f"{INVESTMENT} without_project", "40 − 30", "现状，台账") == "10 亿元"
    assert visitor.errors == []


def test_what_was_chosen_in_one_dialog_is_not_chosen_in_the_next(visit) -> None:
    visitor = visit("?view=compare&p1=gii.iq3_200_gii.iq4_200~alt")
    dialog = visitor.page.get_by_role("dialog")
    result_of(visitor, f"{INVESTMENT} full_year p1")
    visitor.page.locator(f'[data-asks="{INVESTMENT} full_year baseline"]').first.click()
    expect(dialog.locator(".worked")).to_contain_text("全年 =", timeout=15_000)
    dialog.get_by_role("combobox").click()
    visitor.page.get_by_role("option", name="缺口（负数表示超出）").click()
    expect(dialog.locator(".worked")).to_contain_text("缺口（负数表示超出） =", timeout=15_000)
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert result_of(visitor, f"{INVESTMENT} full_year baseline", "全年 =") == "90 %"
    assert result_of(visitor, f"{INVESTMENT} full_year p1", "保底 · alt") == "135 %"


def test_a_text_that_the_page_never_wrote_opens_nothing(visit) -> None:
    visitor = visit("?view=required")
    number = visitor.page.locator("p.sentence b .n").first
    for text in (
        f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=999",
        "nothing full_year",
        f"{INVESTMENT} full_year p1",
    ):
        number.evaluate("(element, text) => element.setAttribute('data-asks', text)", text)
        number.click()
        visitor.settle()
        expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    number.evaluate("(element, text) => element.setAttribute('data-asks', text)", f"{INVESTMENT} full_year")
    result_of(visitor, f"{INVESTMENT} full_year", "现状")


def test_each_label_of_the_path_opens_its_own_line_and_a_bar_its_total(visit) -> None:
    visitor = visit(f"?focus={VALUE_ADDED}&{VALUE_ADDED}.q3=-20&{VALUE_ADDED}.q4=-15")
    now = command_line("--set", f"{VALUE_ADDED}.q3=-20", "--set", f"{VALUE_ADDED}.q4=-15")[VALUE_ADDED]
    bases = now["bases"]
    needed = (bases["h1"] * now["h1"] + bases["q3"] * now["required_h2"]) / (bases["h1"] + bases["q3"])
    of_label(visitor, "当季 −20.0", "三季度当季 = −20 %", "假设")
    of_label(visitor, "当季 −15.0", "四季度当季 = −15 %")
    of_label(visitor, "年度目标 5.5", "13.8 − 8.3", "第3段")
    assert (
        of_label(visitor, "需 8.4", "两季均需 =", six_digits(now["required_h2"])) == f"{six_digits(needed)} %"
    )
    assert of_label(visitor, f"{now['ytd_q3']:.1f}", "前三季度累计 =") == f"{six_digits(now['ytd_q3'])} %"
    of_label(visitor, "13.8", "上半年 = 13.8 %", "原文")
    # an older click on the chart does not come back, the same counts again
    of_label(visitor, "当季 −20.0", "三季度当季 = −20 %")
    assert f"{VALUE_ADDED}.q3=-20" in visitor.query() and visitor.errors == []


def test_the_labels_of_the_tornado_and_the_map_open_their_lines_and_the_rest_still_sets(visit) -> None:
    visitor = visit(f"?view=required&{INVESTMENT}.intensity_q3=120")
    now = command_line("--set", f"{INVESTMENT}.intensity_q3=120")[INVESTMENT]
    of_label(visitor, "现在 94.5", "全年 = 45 + 27 + 22.5")
    assert (
        of_label(visitor, "四季度单项目投资强度 · 达标点", "取何值恰好达标", chart=1)
        == f"{six_digits(now['required_intensity_q4'])} %"
    )
    high = command_line("--set", f"{INVESTMENT}.intensity_q3=200")[INVESTMENT]["full_year"]
    assert (
        of_label(visitor, f"200 % → {high:.1f}", "改设三季度单项目投资强度 = 200 %", chart=1)
        == f"{six_digits(high)} %"
    )
    of_label(visitor, "年度目标 100.0", "年度目标或参照值 = 100 %", "示意", chart=1)
    name = (
        visitor.page.locator('[data-testid="stVegaLiteChart"]')
        .nth(1)
        .locator("svg text", has_text="四季度新开复工项目")
        .last
    )
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    assert box is not None
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.settle()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    held = visitor.page.evaluate("document.activeElement.closest('[class*=st-key-]')?.className ?? ''")
    assert "starts_q4" in held, "a lever's name without a number picks the lever"
    assert f"{INVESTMENT}.intensity_q3=120" in visitor.query() and visitor.errors == []


def test_a_bar_of_the_compare_view_opens_the_line_of_its_plan(visit) -> None:
    visitor = visit("?view=compare&p1=gii.iq3_200_gii.iq4_200~alt")
    assert of_label(visitor, "135.0 %", "保底 · alt") == "135 %"
    assert of_label(visitor, "90.0 %", "基准情景", which=0) == "90 %"


def test_what_a_requirement_amounts_to_and_how_sure_it_is_open_their_lines(visit) -> None:
    visitor = visit("?view=required")
    assert result_of(visitor, f"{INVESTMENT} pace_h2", "(100 − 45) ÷ 6 ÷ (45 ÷ 6)") == "1.22222 倍"
    assert result_of(visitor, f"{INVESTMENT} monthly_q4", "÷ 3") == "10.8333 %"
    visitor.page.locator(f".st-key-card-{VALUE_ADDED} button").click()
    visitor.settle()
    low = result_of(
        visitor,
        f"{VALUE_ADDED} rounding low now",
        "使它最低的一端",
        "公布为 13.8，四舍五入前可为此数",
        "13.75 %",
        is_outward=True,
    )
    high = result_of(
        visitor, f"{VALUE_ADDED} rounding high now", "使它最高的一端", "13.85 %", is_outward=True
    )
    assert (low, high) == ("−1.95038 %", "−1.66235 %")
    result_of(
        visitor,
        f"{VALUE_ADDED} trade_off now {VALUE_ADDED}.q4 {VALUE_ADDED}.q3",
        "三季度增加值当季增速为 1 时的达标点",
    )
    result_of(
        visitor,
        f"{VALUE_ADDED} crossing now {VALUE_ADDED}.q4 {VALUE_ADDED}.q3=0",
        "改设三季度增加值当季增速 = 0.0 %",
    )


def test_the_last_moves_sentence_leads_to_its_arithmetic(visit) -> None:
    visitor = visit()
    expect(visitor.page.locator(".last-move")).to_have_count(0)
    visitor.type_value(f"{INVESTMENT}.intensity_q3", "120")
    said = visitor.page.locator(".last-move")
    expect(said).to_contain_text("90.0 % 升至")
    visitor.page.locator(".last-move .way").click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("由“最近一次改动之前”到“现状”", timeout=15_000)
    moved = command_line("--set", f"{INVESTMENT}.intensity_q3=120")[INVESTMENT]["full_year"] - 90
    expect(dialog.locator(".worked p > b:last-child").last).to_have_text(f"{six_digits(moved)} 个百分点")


def test_the_numbers_of_past_years_open_their_lines(visit) -> None:
    visitor = visit(f"?view=required&focus={VALUE_ADDED}")
    section = visitor.page.locator(".st-key-record")
    section.locator("summary").click()
    section.locator("textarea").fill(
        "\n".join(f"{year} {9 - year % 5} {8 - year % 3}.5" for year in range(2012, 2021))
    )
    section.get_by_role("button", name="读入").click()
    expect(section).to_contain_text("9 年中有 9 年")
    visitor.settle()
    result_of(visitor, f"{VALUE_ADDED} required_move", "5.5 − 13.8", "现状")
    result_of(visitor, f"{VALUE_ADDED} year 2013", "2013年（录入）", "8.5 − 6")
    result_of(visitor, f"{VALUE_ADDED} years_low", "2012—2020年（录入）", "根号下", "平方根，取负")
    of_label(visitor, "现在需要 −8.3", "5.5 − 13.8", chart=2)
    assert visitor.errors == []
