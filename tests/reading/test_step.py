"""The step to a newer edition: what was supposed beside what is printed, corrections, and the way over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hdmodel import open_link, released_edition
from hdmodel.links.step_to_newer import carried_over, printed_since, revised
from tests.indicators import INVESTMENT, STARTS, TELECOM, VALUE_ADDED
from tests.page import card, html_of, opened_page, supposed, written_address
from tests.q3_known import INVENTED, through_q3
from tests.reading.host import HAIDONG, add, look_again

SUPPOSED = (
    f"{INVESTMENT}.intensity_q3=120&{INVESTMENT}.intensity_q4=90&{STARTS}.starts_q3=4&{STARTS}.starts_q4=2"
)


@pytest.fixture
def known(host: Path) -> Path:
    """A host with the edition of H1 and one that is known through Q3."""
    through_q3(host / "invented-2022-q3", *INVENTED)
    look_again()
    return host


def test_what_was_supposed_stands_beside_what_is_printed(known: Path) -> None:
    opened = open_link([tuple(pair.split("=")) for pair in f"e={HAIDONG}&{SUPPOSED}".split("&")])
    newer = released_edition("invented-2022-q3")
    found = {one.printed.projection.id: one for one in printed_since(opened, newer)}
    assert list(found) == [VALUE_ADDED, INVESTMENT, "outside_funds", TELECOM, STARTS]
    investment = found[INVESTMENT]
    # 45/2 · 58/56 · 1.2 was supposed; 68 − 45 is printed
    assert investment.supposed.projection.path.q3 == Fraction(45, 2) * Fraction(58, 56) * Fraction(6, 5)
    assert investment.printed.projection.path.q3 == 23 and investment.compares
    # 6 started by September instead of 4; in Q4 2 more at 90 %: 45/2 · 63/56 · 0.9
    carried = investment.carried.projection.path
    assert carried.q4 == Fraction(45, 2) * Fraction(63, 56) * Fraction(9, 10)
    assert carried.full_year == 68 + carried.q4
    assert found[STARTS].printed.projection.path.q3 == Fraction(100 * 62, 66)


def test_what_has_become_a_fact_is_not_carried_over_and_all_else_is(known: Path) -> None:
    opened = open_link(
        [tuple(pair.split("=")) for pair in f"e={HAIDONG}&{SUPPOSED}&lang=en&view=required".split("&")]
    )
    carried = carried_over(opened, released_edition("invented-2022-q3"))
    values = carried.scenario.as_dict()
    assert (values[f"{INVESTMENT}.intensity_q4"], values[f"{STARTS}.starts_q4"]) == (90, 2)
    assert (carried.language, carried.view, carried.problems) == ("en", "required", ())


def test_the_page_shows_the_step_and_goes_over(known: Path) -> None:
    page = opened_page(f"e={HAIDONG}&{SUPPOSED}&p1=iva.q3_5~x")
    assert card(page, INVESTMENT) and "27.96" not in html_of(page).partition("相差")[2]
    page.session_state["step"] = True
    page.run()
    said = html_of(page)
    assert "三季度已公布，与当时的假设对照" in said
    assert "一般性工业投资28.0 %23.0 %−5.0 个百分点95.0 %90.8 %" in said, "22.78 of Q4 on 68"
    assert "省外资金到位10.44 亿元9.12 亿元−1.32 亿元41.76 亿元40.44 亿元" in said
    page.button("step-go").click().run()
    assert not page.exception and "已换到海东市2022年" in html_of(page)
    assert written_address(page) == {
        "e": "invented-2022-q3",
        f"{INVESTMENT}.intensity_q4": "90",
        f"{STARTS}.starts_q4": "2",
    }
    assert supposed(page, f"{INVESTMENT}.intensity_q4") == 90
    page.session_state["editions-here"] = True
    page.run()
    page.button(f"edition-{HAIDONG}").click().run()
    assert supposed(page, f"{INVESTMENT}.intensity_q3") == 120 and "x" in page.session_state["p1"]


def test_a_correction_says_which_figures_are_other_ones(host: Path) -> None:
    folder = add(host, "haidong-2022-h1-r2", "outside_funds.h1,20.88", "outside_funds.h1,21.50")
    text = (folder / "edition.csv").read_text(encoding="utf-8").replace("revision,1", "revision,2")
    (folder / "edition.csv").write_text(text, encoding="utf-8")
    look_again()
    older, newer = released_edition(HAIDONG), released_edition("haidong-2022-h1-r2")
    changed = {(one.before or one.after).id for one in revised(older, newer)}
    assert changed == {"outside_funds.h1", "outside_funds.per_project"}, "and what is derived from it"
    page = opened_page(f"e={HAIDONG}")
    page.session_state["step"] = True
    page.run()
    assert "新的一版另有 2 个数与这一版不同" in html_of(page)
    assert "省外资金到位，上半年20.88 亿元 [原文]21.50 亿元 [原文]" in html_of(page)


def test_where_no_newer_edition_is_here_no_step_is_offered() -> None:
    assert not [one for one in opened_page().expander if "更新的一版" in one.label]
