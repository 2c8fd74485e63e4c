"""Q3 as a fact in real Chromium: typed as the bureau has it, told by the cards as by the command line,
carried by the address.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor, assert_same_numbers, command_line
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED


def type_in(visitor: Visitor, id: str, text: str) -> None:
    field = visitor.page.locator(f".st-key-{id.replace('.', '-')} input")
    field.fill(text)
    field.press("Enter")
    visitor.settle()


def test_q3_is_typed_and_becomes_a_fact_that_travels_and_can_be_taken_back(visit) -> None:
    visitor = visit(f"?focus={VALUE_ADDED}&{VALUE_ADDED}.q3=20")
    visitor.page.locator(".st-key-entries summary").click()
    visitor.settle()
    type_in(visitor, f"{VALUE_ADDED}.actual_ytd_q3", "12")
    known = command_line("--set", f"{VALUE_ADDED}.actual_ytd_q3=12")
    assert_same_numbers(visitor, known)
    assert (
        f"四季度当季增速不低于 {known[VALUE_ADDED]['required_q4']:.1f} %".replace("-", "\N{MINUS SIGN}")
        in visitor.sentence()
    )
    block = visitor.page.locator(".st-key-quarter-q3")
    expect(block).to_contain_text(f"当季 {known[VALUE_ADDED]['q3']:.1f} %，1—9月累计 12.0 %")
    expect(visitor.slider(f"{VALUE_ADDED}.q3")).to_be_hidden()
    assert f"{VALUE_ADDED}.actual_ytd_q3=12" in visitor.query() and f"{VALUE_ADDED}.q3=20" in visitor.query()
    other = visit(visitor.page.url)
    assert (other.card(VALUE_ADDED), other.sentence()) == (visitor.card(VALUE_ADDED), visitor.sentence())
    visitor.page.get_by_text("三季度仍为假设").click()
    visitor.settle()
    assert_same_numbers(visitor, command_line("--set", f"{VALUE_ADDED}.q3=20"))
    expect(visitor.slider(f"{VALUE_ADDED}.q3")).to_be_visible()


def test_amounts_turn_the_investment_to_yuan_and_a_cumulative_q3_gives_the_quarter(visit) -> None:
    visitor = visit(f"?{STARTS}.actual_q3=4")
    visitor.page.locator(".st-key-entries summary").click()
    visitor.settle()
    type_in(visitor, f"{INVESTMENT}.target", "40")
    type_in(visitor, f"{INVESTMENT}.h1", "18")
    visitor.page.get_by_text("1—9月累计", exact=True).click()
    visitor.settle()
    type_in(visitor, f"{INVESTMENT}.actual_ytd_q3", "17")
    expect(visitor.page.get_by_text("小于上半年")).to_be_visible()
    type_in(visitor, f"{INVESTMENT}.actual_ytd_q3", "28.4")
    expect(visitor.page.get_by_text("小于上半年")).to_be_hidden()
    amounts = ("--set", f"{INVESTMENT}.target=40", "--set", f"{INVESTMENT}.h1=18")
    answer = command_line(
        *amounts, "--set", f"{INVESTMENT}.actual_ytd_q3=28.4", "--set", f"{STARTS}.actual_q3=4"
    )
    assert_same_numbers(visitor, answer)
    assert f"四季度须完成 {answer[INVESTMENT]['required_q4']:.2f} 亿元" in visitor.sentence()
    assert f"{answer[INVESTMENT]['ytd_q3']:.2f}" in visitor.chart_texts()
