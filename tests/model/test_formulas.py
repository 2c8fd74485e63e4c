"""A formula is written once and reads the same over floats, exact fractions and whole grids."""

from __future__ import annotations

import ast
import inspect
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import formulas
from hdmodel.facts import facts_of
from hdmodel.paths import numbers_of
from tests.scenarios import scenario_of, scenarios_of

FORMULAS = {name: item for name, item in vars(formulas).items() if inspect.isfunction(item)}


@pytest.mark.parametrize("name", FORMULAS)
@given(data=st.data())
def test_floats_fractions_and_arrays_agree(name: str, data: st.DataObject) -> None:
    formula = FORMULAS[name]
    count = len(inspect.signature(formula).parameters)
    exact = data.draw(st.lists(st.fractions(1, 60, max_denominator=40), min_size=count, max_size=count))
    try:
        expected = formula(*exact)
    except ZeroDivisionError:
        return  # the crossing of a flat line: nothing to compare
    assert isinstance(expected, Fraction)
    assert formula(*map(float, exact)) == pytest.approx(float(expected), rel=1e-6, abs=1e-6)
    grid = formula(*(np.full((2, 3), float(value)) for value in exact))
    np.testing.assert_allclose(grid, np.full((2, 3), float(expected)), rtol=1e-6, atol=1e-6)


def test_a_formula_uses_nothing_but_arithmetic() -> None:
    allowed = (ast.BinOp, ast.Name, ast.Constant, ast.Load, ast.Add, ast.Sub, ast.Mult, ast.Div)
    for name, formula in FORMULAS.items():
        body = ast.parse(inspect.getsource(formula)).body[0].body
        assert len(body) == 2, f"{name}: a docstring and one return"
        assert isinstance(body[1], ast.Return), name
        assert all(isinstance(node, allowed) for node in ast.walk(body[1].value)), name


@given(data=st.data())
def test_every_indicator_gives_the_same_year_over_floats_fractions_and_arrays(
    haidong, data: st.DataObject
) -> None:
    exact = numbers_of(haidong, data.draw(scenarios_of(haidong)))
    as_floats = {id: None if value is None else float(value) for id, value in exact.items()}
    as_arrays = {id: None if value is None else np.array([float(value)] * 2) for id, value in exact.items()}
    for id, indicator in haidong.indicators.items():
        year = facts_of(haidong, id, exact).path.full_year
        if indicator.form.name == "reading":
            assert year is None
            continue
        assert isinstance(year, Fraction)
        assert facts_of(haidong, id, as_floats).path.full_year == pytest.approx(
            float(year), rel=1e-9, abs=1e-9
        )
        np.testing.assert_allclose(
            facts_of(haidong, id, as_arrays).path.full_year, [float(year)] * 2, rtol=1e-9, atol=1e-9
        )


def test_a_grid_of_two_levers_is_reckoned_in_one_go(haidong) -> None:
    q3, q4 = np.meshgrid(np.array([0.0, 100.0, 200.0]), np.array([0.0, 200.0]))
    numbers = {
        id: None if value is None else float(value)
        for id, value in numbers_of(haidong, scenario_of(haidong)).items()
    }
    investment = "general_industrial_investment"
    grid = facts_of(
        haidong, investment, {**numbers, f"{investment}.intensity_q3": q3, f"{investment}.intensity_q4": q4}
    ).path.full_year
    np.testing.assert_allclose(grid, [[45, 67.5, 90], [90, 112.5, 135]])
