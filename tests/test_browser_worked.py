"""In real Chromium: one click in each table, and the dialog holds the number that stood there, and says of which state it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.test_browser import INVESTMENT, STARTS, Visitor, browser, command_line, server, visit  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


def result_of(visitor: Visitor, asked: str, *parts: str) -> str:
    """Click the number; the dialog holds these parts; gives the number that stood on the page, then closes the dialog."""
    number = visitor.page.locator(f'[data-asks="{asked}"]').first
    number.scroll_into_view_if_needed()
    shown = number.inner_text()
    dialog = visitor.page.get_by_role("dialog")
    number.click()
    try:
        expect(dialog.locator(".worked")).to_be_visible(timeout=5_000)
    except AssertionError:  # on a busy machine the page's own listener may arrive after its numbers
        number.click()
        expect(dialog.locator(".worked")).to_be_visible(timeout=15_000)
    for part in parts:
        expect(dialog).to_contain_text(part, timeout=15_000)
    result = dialog.locator(".worked p > b:last-child").last.inner_text()
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    visitor.settle()
    decimals = len(re.findall(r"\.(\d*)", shown)[0]) if "." in shown else 0
    value = float(re.sub(r"[^\d.−]", "", result).replace("−", "-"))
    written = float(re.sub(r"[^\d.−]", "", shown).replace("−", "-"))
    assert value == pytest.approx(written, abs=0.5 * 10**-decimals + 0.005), (shown, result)
    return result


def unfold(visitor: Visitor, key: str) -> None:
    visitor.page.locator(f".st-key-{key} summary").click()
    expect(visitor.page.locator(f"table.{key}")).to_be_visible(timeout=15_000)
    visitor.settle()


def test_a_number_of_the_map_of_the_tornado_and_of_the_reasons_opens_its_own_line(visit) -> None:  # noqa: F811
    visitor = visit(f"?view=required&{INVESTMENT}.intensity_q3=120&{STARTS}.starts_q3=4")
    unfold(visitor, "map-table")
    pair = (f"{INVESTMENT}.intensity_q3=200", f"{INVESTMENT}.intensity_q4=0")
    result = result_of(visitor, f"{INVESTMENT} full_year now {' '.join(pair)}", "改设三季度单项目投资强度 = 200 %")
    there = command_line("--set", f"{STARTS}.starts_q3=4", *(part for one in pair for part in ("--set", one)))
    assert result == f"{there[INVESTMENT]['full_year']:.2f}".rstrip("0").rstrip(".") + " %"
    unfold(visitor, "tornado-table")
    result_of(visitor, f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=0", "改设三季度单项目投资强度 = 0 %")
    crossing = result_of(visitor, f"{INVESTMENT} crossing now {INVESTMENT}.intensity_q4", "取何值恰好达标")
    now = command_line("--set", f"{INVESTMENT}.intensity_q3=120", "--set", f"{STARTS}.starts_q3=4")[INVESTMENT]
    assert crossing == f"{now['required_intensity_q4']:.2f} %"
    assert result_of(visitor, f"{INVESTMENT} effect baseline now {INVESTMENT}.intensity_q3", "100 % → 120 %") == "4.5 个百分点"
    result_of(visitor, f"{INVESTMENT} together baseline now", "合起来", "只动")
    result_of(visitor, f"{INVESTMENT} change baseline now", "由“基准情景”到“现状”")
    expect(visitor.page.locator("table.map-table, table.tornado-table")).to_have_count(2)
    assert f"{INVESTMENT}.intensity_q3=120" in visitor.query(), "a click that explains moves nothing"


def test_a_number_of_a_plan_opens_the_line_of_that_plan(visit) -> None:  # noqa: F811
    visitor = visit(f"?view=compare&{INVESTMENT}.intensity_q3=120&p1=gii.iq3_200_gii.iq4_200~alt")
    assert result_of(visitor, f"{INVESTMENT} full_year p1", "保底 · alt") == "135 %"
    assert result_of(visitor, f"{INVESTMENT} full_year baseline", "基准情景") == "90 %"
    result_of(visitor, f"{INVESTMENT} shortfall now", "现状")
    result_of(visitor, f"{INVESTMENT} required_intensity p1", "保底 · alt")


def test_a_text_that_the_page_never_wrote_opens_nothing(visit) -> None:  # noqa: F811
    visitor = visit("?view=required")
    number = visitor.page.locator("p.sentence b .n").first
    for text in (f"{INVESTMENT} full_year now {INVESTMENT}.intensity_q3=999", "nothing full_year", f"{INVESTMENT} full_year p1"):
        number.evaluate("(element, text) => element.setAttribute('data-asks', text)", text)
        number.click()
        visitor.settle()
        expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    number.evaluate("(element, text) => element.setAttribute('data-asks', text)", f"{INVESTMENT} full_year")
    result_of(visitor, f"{INVESTMENT} full_year", "现状")
