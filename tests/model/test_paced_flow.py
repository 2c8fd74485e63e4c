"""An amount without projects, in an invented edition that the command for new ones writes.

By hand: 60 by June of a target of 132. At the pace of the first half each quarter brings 30, the year 120;
Q3 at 110 % brings 33, and Q4 must then bring 39, which is 130 % of 30; 72 in both quarters are 120 %.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hdmodel import BadInput, Edition, baseline, change, project, write_link
from hdmodel.explain.expressions import expression_of
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.symbols import infix, leaf
from hdmodel.explain.worked_lines import in_full, line, worked
from hdmodel.facts import facts_of
from hdmodel.forms.paced_flow import PACED_FLOW
from hdmodel.links.link import open_link, read_query
from hdmodel.paths import numbers_of
from hdmodel.reading import edition as reading
from hdmodel.reading.new_edition import NewEdition, NewIndicator, new_edition, write_edition
from hdmodel.report import json_of
from hdmodel.requirements import needs_of
from tests.page import card, html_of, opened_page
from tests.scenarios import opened_with

SALES = "invented_sales"
IN_Q3, IN_Q4 = f"{SALES}.pace_q3", f"{SALES}.pace_q4"


def asked(h1: str = "60", target: str = "132") -> NewEdition:
    figures = {"h1": h1, "target": target}
    return NewEdition(
        "invented-shops", "虚构市", "2031", [NewIndicator(SALES, PACED_FLOW, "虚构零售", figures)]
    )


@pytest.fixture(scope="module")
def shops() -> Edition:
    edition, _ = new_edition(asked())
    return edition


def test_it_projects_to_the_numbers_worked_out_by_hand(shops: Edition) -> None:
    sales = project(shops, baseline(shops))[SALES]
    assert (sales.kind.name, sales.unit, sales.status) == ("flow", "亿元", "within_reach")
    path = sales.path
    assert (path.h1, path.q3, path.q4, path.ytd_q3, path.full_year) == (60, 30, 30, 90, 120)
    assert (sales.shortfall, sales.reach) == (12, (60, 180))
    moved = project(shops, change(shops, baseline(shops), {IN_Q3: 110}))[SALES]
    assert (moved.path.q3, moved.path.full_year) == (33, 123)


def test_what_is_required_lands_exactly_on_the_target(shops: Edition) -> None:
    sales = project(shops, scenario := change(shops, baseline(shops), {IN_Q3: 110}))[SALES]
    assert (sales.required.h2, sales.required.q3, sales.required.q4) == (72, 42, 39)
    needs = {period: need.value for period, need in needs_of(shops, sales).items()}
    assert needs == {"h2": 120, "q4": 130, "q3": 140}
    there = project(shops, change(shops, scenario, {IN_Q4: 130}))[SALES]
    assert (there.shortfall, there.status) == (0, "met")


def test_what_q3_brought_stands_in_place_of_its_pace(shops: Edition) -> None:
    """95 by September are 35 in Q3; 37 are then missing, 123.3 % of 30."""
    known = change(shops, baseline(shops), {f"{SALES}.actual_ytd_q3": 95})
    sales = project(shops, known)[SALES]
    assert (sales.path.q3, sales.path.full_year, sales.required.q4) == (35, 125, 37)
    (need,) = needs_of(shops, sales).values()
    assert need.value == Fraction(3700, 30)
    with pytest.raises(BadInput) as bad:
        change(shops, baseline(shops), {f"{SALES}.actual_ytd_q3": 59})
    assert [problem.kind for problem in bad.value.problems] == ["ytd_below_h1"]


def test_its_worked_lines_evaluate_to_its_numbers_and_name_their_formula(shops: Edition) -> None:
    def written(quantity: str) -> str:
        answer = worked(shops, baseline(shops), SALES, quantity)
        assert answer is not None
        signs = {sign: sign for sign in "+-*/"}
        text = infix(answer.expression, lambda part: f"Fraction('{part.value}')", signs)
        assert eval(text, {"Fraction": Fraction}) == answer.value
        return f"{line(answer, lambda part: in_full(part.value))} {answer.unit}"

    assert written("q3") == "60 ÷ 2 × 100 ÷ 100 = 30 亿元"
    assert written("required_intensity").endswith("= 120 %")
    q3 = worked(shops, baseline(shops), SALES, "q3")
    assert q3 is not None and formula_of("q3", PACED_FLOW.kind, q3.expression) == "quarter_at_pace"


def test_its_expression_moves_with_its_levers_alone(shops: Edition) -> None:
    numbers = {
        id: None if value is None else leaf(id, value)
        for id, value in numbers_of(shops, baseline(shops)).items()
    }
    year = facts_of(shops, SALES, numbers).path.full_year
    moving = expression_of(year, {IN_Q3})
    assert moving == ["+", ["+", 60, ["/", ["*", 30, IN_Q3], 100]], 30]


def test_without_h1_it_is_refused_by_name(shops: Edition) -> None:
    with pytest.raises(BadInput) as bad:
        new_edition(asked(h1=""))
    assert [(problem.kind, str(problem.place)) for problem in bad.value.problems] == [
        ("missing", f"{SALES} h1")
    ]


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two editions stand beside the released ones: the shops, and some that have sold nothing yet."""
    root = Path(shutil.copytree(reading.RELEASED, tmp_path / "data"))
    write_edition(asked(), root / "invented-shops")
    write_edition(replace(asked(h1="0"), id="invented-still"), root / "invented-still")
    monkeypatch.setattr(reading, "RELEASED", root)


@pytest.mark.parametrize("view", ["explore", "required", "compare", "projects", "sources"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_of_it_opens_and_never_speaks_of_projects_intensity(
    released: None, view: str, language: str
) -> None:
    for settings in ("", f"&{IN_Q3}=200&{IN_Q4}=150", f"&{IN_Q3}=0&{IN_Q4}=0"):
        said = html_of(opened_page(f"e=invented-shops&view={view}&lang={language}{settings}"))
        assert view == "sources" or not re.search("强度|intensit", said), said


def test_the_page_says_what_is_required(released: None) -> None:
    page = opened_page("e=invented-shops")
    assert "缺口 12.00 亿元" in card(page, SALES)
    assert "三、四季度完成额均需达上半年季均的 120.0 %" in re.sub("<[^>]+>", "", html_of(page))
    page.slider(IN_Q3).set_value(150).run()
    assert not page.exception
    assert "达标" in card(page, SALES) and "高出" not in card(page, SALES), "45 and 30: 135 of 132"


def test_where_h1_brought_nothing_it_says_why_no_pace_is_said(released: None) -> None:
    assert "当季以上半年季均为 100 %" in html_of(opened_page("e=invented-still"))


def test_json_says_the_pace_as_what_is_required_in_lever_terms(shops: Edition) -> None:
    scenario = baseline(shops)
    sales = json_of(shops, scenario, project(shops, scenario))["indicators"][SALES]
    assert (sales["kind"], sales["full_year"], sales["required_intensity"]) == ("flow", 120, 120)


def test_a_link_of_it_opens_the_same(shops: Edition) -> None:
    moved = opened_with(shops, change(shops, baseline(shops), {IN_Q3: 110}))
    again = open_link(read_query(write_link(moved)), shops)
    assert again.scenario == moved.scenario and not again.problems
