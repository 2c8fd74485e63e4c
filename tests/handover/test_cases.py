"""The arithmetic as choices by what is entered: in every state it says what the projection says, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from hdmodel import BadInput, Edition, Scenario, baseline, load_edition, project
from hdmodel.explain.cases import Choice, case_of, lines_of, values_of, year_over
from hdmodel.explain.cells import Cells, formula_of
from hdmodel.explain.symbols import Symbol, leaves
from hdmodel.explain.worked_lines import QUANTITIES
from hdmodel.scenario import with_values
from tests.folders import INVENTED_EDITION
from tests.handover.states import random_states
from tests.q3_known import INVENTED as INVENTED_Q3
from tests.q3_known import through_q3
from tests.scenarios import scenario_of, usable

VALUE_ADDED, INVESTMENT, STARTS = "industrial_value_added", "general_industrial_investment", "start_rate"
INVENTED = INVENTED_EDITION


@pytest.mark.parametrize("name", ["haidong", "invented", "known through Q3"])
def test_every_line_says_what_the_projection_says(haidong: Edition, name: str, tmp_path: Path) -> None:
    folders = {"invented": INVENTED}
    if name == "known through Q3":
        folders[name] = through_q3(tmp_path / "q3", *INVENTED_Q3)
    edition = load_edition(folders[name]) if name in folders else haidong
    for scenario in (*random_states(edition, 150, seed=16), *at_the_ends(edition)):
        for id, projection in project(edition, scenario).items():
            values = values_of(edition, scenario, id)
            for name, quantity in QUANTITIES.items():
                if name not in ("required_ytd_q3", "required_move"):
                    assert values.get(name) == quantity(projection), (id, name)
            assert values.get("path_ytd_q3") == QUANTITIES["required_ytd_q3"](projection), id
            is_known = projection.path.full_year is not None
            assert values["status"] == (projection.status if is_known else "unpublished"), id
            assert values.get("reach_high") == (projection.reach[1] if is_known else None), id
            assert values["unit"] == projection.unit


def at_the_ends(edition: Edition) -> Iterator[Scenario]:
    """States with one lever or entry at an end of its range, and with two entries of one indicator there."""
    ends = [(lever, value) for lever in edition.levers.values() for value in {lever.low, lever.high}]
    pairs = (
        pair
        for pair in combinations(ends, 2)
        if pair[0][0].is_entry and len({lever.indicator for lever, _ in pair}) == 1
    )
    for some in (*((one,) for one in ends), *pairs):
        values = {lever.id: value for lever, value in some}
        try:
            yield with_values(edition, baseline(edition), usable(edition, values))
        except BadInput:
            continue


def test_a_formula_by_hand(haidong: Edition) -> None:
    """The year of the value added, and the investment's Q4 (worked out in docs/model.md)."""
    lines = {line.name: line for line in lines_of(haidong, VALUE_ADDED)}
    cells = Cells(lambda name: name.rpartition(".")[2], lambda id: id.rpartition(".")[2], str)
    assert (
        formula_of(lines["full_year"].content, cells)
        == "(base_h1 * h1 + base_q3 * q3 + base_q4 * q4) / base_year"
    )
    assert formula_of(lines["q3"].content, cells) == "IF(COUNT(actual_q3,actual_ytd_q3)>0,brought,q3)"
    assert formula_of(lines["shortfall"].content, cells) == "target - full_year"
    status = formula_of(lines["status"].content, cells)
    assert status == (
        'IF(ROUND(shortfall,9)<=0,"met",IF(ROUND(reach_high-target,9)>=0,"within_reach","out_of_reach"))'
    )
    funds = {line.name: line for line in lines_of(haidong, "outside_funds")}
    assert formula_of(funds["target"].content, cells) == 'IF(COUNT(target)>0,target,"")'
    assert formula_of(funds["q4"].content, cells) == (
        "h1 / 2 * (n_h1 + new_q3 + new_q4 / 2) / n_h1 * intensity_q4 / 100"
    )


def test_the_unit_turns_with_both_amounts_only(haidong: Edition) -> None:
    unit = next(line for line in lines_of(haidong, INVESTMENT) if line.name == "unit").content
    assert isinstance(unit, Choice)
    for settings, expected in (
        ((), "% of target"),
        (("target=40",), "% of target"),
        (("h1=18",), "% of target"),
        (("target=40", "h1=18"), "亿元"),
    ):
        scenario = scenario_of(haidong, *(f"{INVESTMENT}.{setting}" for setting in settings))
        assert values_of(haidong, scenario, INVESTMENT)["unit"] == expected


def test_a_year_over_two_levers_names_them_and_nothing_that_hides_them(haidong: Edition) -> None:
    levers = haidong.lever_ids(INVESTMENT, "intensity")
    year = case_of(year_over(haidong, INVESTMENT, levers), frozenset())
    assert isinstance(year, Symbol)
    names = {one.name for one in leaves(year)}
    assert {*levers, "h1"} <= names
    assert not names & {"q3", "q4", "ytd_q3", "full_year"}


def test_no_formula_is_longer_or_deeper_than_a_spreadsheet_takes(haidong: Edition) -> None:
    cells = Cells(lambda _: "'Reckoning'!$AA$123", lambda _: "'Inputs'!AA123", lambda _: "Within reach")
    for id in haidong.indicators:
        for line in lines_of(haidong, id):
            written = formula_of(line.content, cells)
            assert len(written) < 8000, line.name
            depth = max(written[:at].count("(") - written[:at].count(")") for at in range(len(written) + 1))
            assert depth < 60, line.name


def test_a_ledger_and_a_printed_q3_are_cases_like_others(haidong: Edition) -> None:
    """18 of 40 亿元 by June, 28 by September: Q3 brought 10, Q4 is the ledger's 7."""
    scenario = scenario_of(
        haidong,
        *(f"{INVESTMENT}.{one}" for one in ("target=40", "h1=18", "actual_ytd_q3=28", "planned_q4=7")),
    )
    values = values_of(haidong, scenario, INVESTMENT)
    expected = {"brought": 10, "q3": 10, "q4": 7, "full_year": 35, "shortfall": 5, "required_q4": 12}
    assert {name: values[name] for name in expected} == expected
    assert values["needed_in"] == "q4"
    assert values["lead_ytd_q3"] == Fraction(-5)
