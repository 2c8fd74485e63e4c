"""What the pictures of the other views say and draw: each view's own sentence and numbers, by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from hdmodel import Edition, PageState, open_link, project
from hdmodel.links.plans import Plan
from hdmodel.past_years import Year
from tests.handover.drawings import words_of
from tests.handover.states import ABOUT
from tests.indicators import INVESTMENT, STARTS
from tests.ledgers import INVENTED
from ui.answers.ledger_answer import ledger_answer
from ui.answers.lever_map_rows import axes_of
from ui.answers.past_years_rows import entered_years
from ui.answers.plan_rows import columns_of
from ui.handover.picture import slide_drawing
from ui.handover.view_answer import (
    ViewAnswer,
    compare_answer,
    ledger_view_answer,
    required_answer,
    years_answer,
)
from ui.text.speech import Speech

ZH = Speech("zh")


def opened_with(edition: Edition, **settings: str) -> PageState:
    return open_link([(f"{INVESTMENT}.{id}", value) for id, value in settings.items()], edition)


def drawn(opened: PageState, answer: ViewAnswer) -> str:
    svg = slide_drawing(opened, ABOUT, answer, ZH).decode()
    names = re.findall(r'\bid="([^"]+)"', svg)
    assert len(names) == len({*names}), "charts on one sheet share no clip and no pattern"
    return words_of(svg)


def test_the_required_view_is_drawn_with_its_map_and_its_bars(haidong: Edition) -> None:
    """45 + 22.5 · (118/56) · 1.160 = 100; with four projects more Q4 needs 112.1 % (README's example)."""
    opened = open_link([(f"{INVESTMENT}.intensity_q3", "120"), (f"{STARTS}.starts_q3", "4")], haidong)
    answer = required_answer(opened, axes_of(haidong, opened.scenario, INVESTMENT), ZH)
    said = drawn(opened, answer)
    assert len(answer.panels) == 2
    assert "两季度" not in said and "116.0%" in said and "112.1%" in said
    assert "现在97.1" in said and "恰好达标：四季度单项目投资强度=228.1−0.97×三季度单项目投资强度" in said
    assert "哪一项影响最大" in said and "四季度单项目投资强度·达标点112.1%" in said


def test_the_compare_view_is_drawn_with_a_bar_a_plan(haidong: Edition) -> None:
    """Q3 as in H1 brings 22.5; Q4 at 90, 110 or 130 % brings 20.25, 24.75, 29.25."""
    plans = tuple(Plan(opened_with(haidong, intensity_q4=at).scenario, at) for at in ("90", "110", "130"))
    opened = replace(open_link([], haidong), plans=plans)
    columns = columns_of(opened, ZH)
    answer = compare_answer(opened, (columns[2], columns[4]), ZH)
    said = drawn(opened, answer)
    for year in ("87.75%", "92.25%", "96.75%", "90.0%"):
        assert year in said
    assert "由90%调到130%" in said and "提高9.0个百分点" in said.replace("9.00", "9.0")


def test_the_projects_view_is_drawn_with_the_parts_of_its_bar(haidong: Edition) -> None:
    """33.35 − 15 = 18.35 is missing, 7.2 of it secured; 0.7 + 0.9 are counted apart, 0.5 + 1 count 0."""
    opened = opened_with(haidong, target="33.35", h1="15")
    found = ledger_answer(opened, INVENTED, None)
    assert found is not None
    answer = ledger_view_answer(opened, found, ZH)
    said = drawn(opened, answer)
    assert "还须完成18.35亿元，台账可保障7.20亿元；还有11.15亿元没有项目支撑" in said
    for part in ("台账保障7.20亿元", "没有项目支撑11.15亿元", "另计1.60亿元", "按0计1.50亿元"):
        assert part in said
    ends = [(row["kind"], round(row["end"], 2)) for row in answer.panels[0].chart.rows]
    assert ends == [("secured", 7.2), ("without_project", 18.35), ("apart", 19.95), ("dormant", 21.45)]


def test_past_years_are_drawn_with_their_count(haidong: Edition) -> None:
    """Of 2.0, 1.9, 1.8, 2.3, 2.2, 2.1, 2.6, 2.5 and 2.3 four reach 100/45 = 2.22."""
    opened = open_link([], haidong)
    years = tuple(Year(2010 + at, Fraction(10 + at % 3), Fraction(20 + at)) for at in range(9))
    held = entered_years(haidong, project(haidong, opened.scenario)[INVESTMENT], years)
    assert held is not None
    said = drawn(opened, years_answer(opened, held, ZH))
    assert "9年中有4年，下半年的变动达到现在所需。现在需要2.22倍" in said
    assert all(str(2010 + at) in said for at in range(9))


@pytest.mark.parametrize("id", ["outside_funds", "fair_start_rate"])
def test_an_indicator_without_a_target_or_a_year_is_drawn_as_far_as_it_goes(
    haidong: Edition, id: str
) -> None:
    opened = replace(open_link([], haidong), focus=id)
    answer = required_answer(opened, axes_of(haidong, opened.scenario, id), ZH)
    assert drawn(opened, answer)
