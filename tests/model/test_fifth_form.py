"""A fifth form, of a kind of its own, from the tests' own folder: no module outside theirs knows of them.

By hand: six months of 8 + 9 + 10 + 9 + 11 + 13 = 60; at 10 a month each quarter brings 30, and the year 120
of 132.
"""

from __future__ import annotations

import csv
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from hdmodel import BadInput, Edition, PageState, baseline, load_edition, project
from hdmodel.bands import rounding_band
from hdmodel.explain.symbols import infix
from hdmodel.explain.worked_lines import in_full, line, worked
from hdmodel.forms import FORMS
from hdmodel.links.plans import Plan
from hdmodel.past_years import Year
from hdmodel.reading import edition as reading
from hdmodel.reading.new_edition import blank_tables
from hdmodel.report import json_of
from hdmodel.requirements import needs_of
from tests.folders import MONTHLY_EDITION, ROOT
from tests.handover.states import ABOUT
from tests.model.monthly_flow import MONTHLY_FLOW, MONTHS, WORDS, WORDS_OF_A_NEW_EDITION
from tests.page import card, html_of, opened_page
from tests.scenarios import scenario_of
from ui.answers.lever_map_rows import axes_of
from ui.answers.past_years_rows import entered_years
from ui.answers.plan_rows import columns_of
from ui.handover.data_files import compare_csv, results_csv
from ui.handover.document import document_of, plans_document_of
from ui.handover.offline.page import offline_page
from ui.handover.picture import slide_drawing
from ui.handover.view_answer import compare_answer, explore_answer, required_answer, years_answer
from ui.handover.workbook import workbook_of
from ui.page import editions
from ui.text.speech import Speech

FREIGHT = "invented_freight"
PAST = (Year(2029, Fraction(50), Fraction(110)), Year(2030, Fraction(55), Fraction(130)))
IN_Q3, IN_Q4 = f"{FREIGHT}.month_q3", f"{FREIGHT}.month_q4"


def spoilt(tmp_path: Path, table: str, row: str, column: str, value: str | None) -> Path:
    """The edition with one cell changed, or without the row."""
    copy = Path(shutil.copytree(MONTHLY_EDITION, tmp_path / "spoilt"))
    with (copy / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [cells for cells in rows if value is not None or cells["id"] != row]
    if value is not None:
        next(cells for cells in kept if cells["id"] == row)[column] = value
    with (copy / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    return copy


def faults_of(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(BadInput) as bad:
        load_edition(folder)
    return [(problem.kind, str(problem.place), problem.wanted) for problem in bad.value.problems]


def test_a_kind_that_is_not_registered_is_a_named_fault() -> None:
    assert MONTHLY_FLOW.name not in FORMS
    kinds = "weighted_growth, project_flow, paced_flow, start_rate, reading"
    assert ("unknown_name", "indicators.csv row 2 column form", kinds) in faults_of(MONTHLY_EDITION)


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_that_is_missing_is_a_named_fault(registered: None, tmp_path: Path, month: str) -> None:
    (fault,) = faults_of(spoilt(tmp_path, "figures.csv", f"{FREIGHT}.{month}", "id", None))
    assert fault[:2] == ("missing", "indicators.csv row 2 column id")
    assert f"{FREIGHT}.{month}" in fault[2]


def test_a_lever_that_is_missing_or_has_no_default_is_a_named_fault(registered: None, tmp_path: Path) -> None:
    (fault,) = faults_of(spoilt(tmp_path / "one", "levers.csv", IN_Q4, "id", None))
    assert fault[0] == "missing" and "monthly_average" in fault[2]
    (fault,) = faults_of(spoilt(tmp_path / "other", "levers.csv", IN_Q3, "default", ""))
    assert fault[:2] == ("missing", "levers.csv row 2 column default")


def test_it_projects_to_the_number_worked_out_by_hand(port: Edition) -> None:
    freight = project(port, baseline(port))[FREIGHT]
    assert (freight.kind.name, freight.unit, freight.status) == ("monthly_sum", "亿元", "within_reach")
    path = freight.path
    assert (path.h1, path.q3, path.q4, path.ytd_q3, path.full_year) == (60, 30, 30, 90, 120)
    assert (freight.target, freight.shortfall, freight.reach) == (132, 12, (60, 180))
    moved = project(port, scenario_of(port, f"{IN_Q3}=11.5", f"{IN_Q4}=13"))[FREIGHT]
    assert moved.path.full_year == 60 + 34.5 + 39


def test_what_is_required_lands_exactly_on_the_target(port: Edition) -> None:
    freight = project(port, scenario_of(port, f"{IN_Q3}=9"))[FREIGHT]
    assert (freight.required.h2, freight.required.q3, freight.required.q4) == (72, 42, 45)
    needs = needs_of(port, freight)
    assert {period: need.value for period, need in needs.items()} == {"h2": 12, "q4": 15, "q3": 14}
    assert {need.unit for need in needs.values()} == {"亿元"}
    for settings in ((f"{IN_Q3}=12", f"{IN_Q4}=12"), (f"{IN_Q3}=9", f"{IN_Q4}=15"), (f"{IN_Q3}=14",)):
        there = project(port, scenario_of(port, *settings))[FREIGHT]
        assert (there.shortfall, there.status) == (0, "met")


def test_its_worked_lines_evaluate_to_its_numbers(port: Edition) -> None:
    def written(quantity: str) -> str:
        found = worked(port, baseline(port), FREIGHT, quantity)
        assert found is not None
        signs = {sign: sign for sign in "+-*/"}
        text = infix(found.expression, lambda leaf: f"Fraction('{leaf.value}')", signs)
        assert eval(text, {"Fraction": Fraction}) == found.value
        return f"{line(found, lambda leaf: in_full(leaf.value))} {found.unit}"

    assert written("h1") == "8 + 9 + 10 + 9 + 11 + 13 = 60 亿元"
    assert written("full_year") == "8 + 9 + 10 + 9 + 11 + 13 + 10 × 3 + 10 × 3 = 120 亿元"
    assert written("required_h2") == "132 − (8 + 9 + 10 + 9 + 11 + 13) = 72 亿元"
    assert written("required_intensity").endswith("= 12 亿元")


def test_the_rounding_of_its_months_gives_a_band(registered: None, tmp_path: Path) -> None:
    """Three months are printed, each within a half, and the target is exact: 72 ± 1.5 in six months."""
    copy = Path(shutil.copytree(MONTHLY_EDITION, tmp_path / "three-printed"))
    figures = (copy / "figures.csv").read_text(encoding="utf-8")
    figures = re.sub(r"(\.m[123],[0-9]+,亿元),printed", r"\1,proxy", figures)
    (copy / "figures.csv").write_text(figures, encoding="utf-8")
    band = rounding_band(edition := load_edition(copy), baseline(edition), FREIGHT)
    assert band is not None and band.quantity == "required_intensity"
    assert (band.low, band.high) == (Fraction("70.5") / 6, Fraction("73.5") / 6)


def test_the_command_line_says_it(port: Edition) -> None:
    scenario = baseline(port)
    said = json_of(port, scenario, project(port, scenario))["indicators"][FREIGHT]
    assert (said["full_year"], said["required_h2"], said["required_intensity"]) == (120, 72, 12)
    assert said["kind"] == "monthly_sum"


@pytest.fixture
def released(registered: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition stands beside the released one."""
    root = tmp_path / "data"
    shutil.copytree(reading.RELEASED, root)
    shutil.copytree(MONTHLY_EDITION, root / "invented-port")
    for module in (reading, editions):
        monkeypatch.setattr(module, "RELEASED", root)


def test_the_page_shows_it(released: None) -> None:
    page = opened_page("e=invented-port")
    label = card(page, FREIGHT)
    for part in ("120.00 亿元", "加力可达", "缺口 12.00 亿元", "上半年 60.00 亿元", "慢于序时"):
        assert part in label, label
    assert "三、四季度每月均需达 12.0 亿元" in html_of(page)
    assert "逐月累计，亿元" in html_of(page)
    page.slider(IN_Q3).set_value(14.0).run()
    assert not page.exception
    assert "达标" in card(page, FREIGHT)


@pytest.mark.parametrize("view", ["explore", "required", "compare", "projects", "sources"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_of_it_opens(released: None, view: str, language: str) -> None:
    """Below the target, above it, and far from it; its levers are never called intensities."""
    for settings in ("", f"&{IN_Q3}=20&{IN_Q4}=20", f"&{IN_Q3}=0&{IN_Q4}=0"):
        said = html_of(opened_page(f"e=invented-port&view={view}&lang={language}{settings}"))
        assert view == "sources" or not re.search("强度|intensit", said), said


def test_its_arithmetic_is_named_in_its_own_words(released: None) -> None:
    page = opened_page("e=invented-port&view=required")
    assert "每月 12.00 亿元，为上半年月均的 1.2 倍" in html_of(page)
    page.button(f"card-{FREIGHT}").click().run()
    assert not page.exception
    (asked,) = (box for box in page.selectbox if box.key.startswith("quantity-"))
    assert {"两季月均均需", "三季度月均需", "四季度月均需"} <= {*asked.options}
    assert not [option for option in asked.options if "强度" in option]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_that_leaves_the_page_is_made_of_it(port: Edition, language: str) -> None:
    """Below the target; the plans beside it are above it and far from it."""
    scenario, speech = baseline(port), Speech(language)
    plans = [Plan(scenario_of(port, f"{IN_Q3}={at}", f"{IN_Q4}={at}")) for at in (10, 20, 0)]
    opened = PageState(port, scenario, "compare", FREIGHT, language, (), tuple(plans))
    for make in (results_csv, compare_csv, workbook_of, offline_page, document_of, plans_document_of):
        assert make(opened, ABOUT, speech), make
    columns, years = columns_of(opened, speech), entered_years(port, project(port, scenario)[FREIGHT], PAST)
    assert years is not None
    for answer in (
        explore_answer(opened, speech),
        required_answer(opened, axes_of(port, scenario, FREIGHT), speech),
        compare_answer(opened, (columns[0], columns[-1]), speech),
        years_answer(opened, years, speech),
    ):
        assert slide_drawing(opened, ABOUT, answer, speech)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_edition_with_it_is_begun_on_the_page(released: None, language: str) -> None:
    """The form asks for its six months by their names, and the blank workbook has its rows."""
    page = opened_page(f"view=sources&lang={language}")
    page.session_state["new-edition"] = True  # opens the fold-out
    page.run()
    assert not page.exception
    page.selectbox("new-1.kind").select(MONTHLY_FLOW.name).run()
    assert not page.exception
    labels = " ".join(field.label for field in page.text_input)
    assert all(WORDS_OF_A_NEW_EDITION[f"figure.{month}"][language] in labels for month in MONTHS)
    rows = [cells for _, cells in blank_tables()["figures.csv"].rows]
    assert {f"indicator_6.{month}" for month in MONTHS} <= {cells[0] for cells in rows}


def test_the_recipe_names_every_word_that_it_took() -> None:
    recipe = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    names = {"monthly_average": "<role>", "monthly_sum": "<kind>", "monthly_flow": "<form>"}
    for key in (*WORDS, *WORDS_OF_A_NEW_EDITION):
        head, _, last = key.rpartition(".")
        assert f"`{head}.{names.get(last, '<figure>')}`" in recipe, key
