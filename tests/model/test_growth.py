"""The growth of an amount (同比): only where an edition has last year's on the same basis.

By hand: funds of 20.88 in H1 and half of it in each quarter are 41.76; that is 1.76 more than 40, 4.4 %.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from hdmodel import BadInput, baseline, project
from hdmodel.edition import Edition
from hdmodel.explain.worked_lines import worked
from hdmodel.reading.edition import read_edition, released_edition
from hdmodel.reading.tables import sheet_of
from hdmodel.report import json_of
from tests.indicators import INVESTMENT
from tests.reading.tables import WITH_GROWTH, Tables, and_figure, changed
from tests.scenarios import scenario_of
from ui.answers.sentences import caveats, result_sentence
from ui.html.elements import plain_text
from ui.page.cards import card_words
from ui.text.speech import Speech

FUNDS, ZH = "outside_funds", Speech("zh")


def edition_of(tables: Tables) -> Edition:
    return read_edition({name: sheet_of(name, enumerate(rows, start=1)) for name, rows in tables.items()})


EDITION = edition_of(WITH_GROWTH)


def growth(edition: Edition, id: str, *settings: str) -> Fraction | None:
    return project(edition, scenario_of(edition, *settings))[id].comparable_growth


def test_it_is_the_year_over_last_year_and_moves_with_the_levers() -> None:
    assert growth(EDITION, FUNDS) == Fraction("4.4")
    # 20.88 · (1 + 0.5 + 0) = 31.32; 8.68 of 40 less
    assert growth(EDITION, FUNDS, f"{FUNDS}.intensity_q4=0") == Fraction("-21.7")


def test_without_last_years_amount_none_is_shown() -> None:
    plain = released_edition()
    start = baseline(plain)
    assert all(projection.comparable_growth is None for projection in project(plain, start).values())
    assert "同比" not in plain_text(result_sentence(plain, start, project(plain, start)[FUNDS], ZH))
    assert json_of(plain, start, project(plain, start))["indicators"][FUNDS]["comparable_growth"] is None


def test_while_the_year_is_in_percent_of_the_target_there_is_none() -> None:
    edition = edition_of(and_figure(changed(), f"{INVESTMENT}.comparable_last_year", "40"))
    assert growth(edition, INVESTMENT) is None
    amounts = (f"{INVESTMENT}.target=40", f"{INVESTMENT}.h1=22")
    assert growth(edition, INVESTMENT, *amounts) == 10  # twice 22 are 44


def test_it_stands_beside_the_year_with_the_trap_said_and_opens_its_arithmetic() -> None:
    start = baseline(EDITION)
    projection = project(EDITION, start)[FUNDS]
    sentence = plain_text(result_sentence(EDITION, start, projection, ZH))
    assert "按可比口径，全年同比 4.4 %。" in sentence
    assert "全年同比 4.4 %（可比口径）[示意]" in card_words(EDITION, start, projection, ZH).details
    assert any("两年公布的投资额口径不同" in line for line in caveats(EDITION, start, projection, ZH))
    answer = worked(EDITION, start, FUNDS, "comparable_growth")
    assert answer is not None and (answer.value, answer.unit) == (Fraction("4.4"), "%")
    assert answer.steps[-1].formula == "growth_on_comparable"


@pytest.mark.parametrize(("value", "kind"), [("0", "out_of_range"), ("-3", "out_of_range")])
def test_last_years_amount_is_more_than_nothing(value: str, kind: str) -> None:
    with pytest.raises(BadInput) as bad:
        edition_of(and_figure(changed(), f"{FUNDS}.comparable_last_year", value))
    assert [problem.kind for problem in bad.value.problems] == [kind]
