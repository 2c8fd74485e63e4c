"""The arithmetic that is shown is the arithmetic that was done:
every worked line evaluates to the projection's number.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hdmodel import Edition, Projection, Scenario, baseline, project
from hdmodel.edition import TAGS
from hdmodel.explain.symbols import CODED, Symbol, as_symbol, infix, leaf, leaves
from hdmodel.explain.worked_lines import QUANTITIES, Worked, derivation, line, worked
from hdmodel.numbers import plain, printed
from tests.explain.lines import as_fraction, as_name, in_short, read_line
from tests.indicators import INVESTMENT, VALUE_ADDED
from tests.scenarios import scenario_of, suppositions
from ui.text.texts import TEXTS


def fields_of(projection: Projection) -> dict[str, Any]:
    """Every quantity of a projection, read field by field."""
    path, needed = projection.path, projection.required
    return {
        "full_year": path.full_year, "ytd_q3": path.ytd_q3, "q3": path.q3, "q4": path.q4,
        "shortfall": projection.shortfall,
        "completion_h1": projection.completion_h1, "lead_h1": projection.lead_h1,
        "locked_in": projection.locked_in,
        "required_h2": needed.h2, "required_q3": needed.q3, "required_q4": needed.q4,
        "required_intensity": needed.intensity,
        "required_intensity_q3": needed.intensity_q3, "required_intensity_q4": needed.intensity_q4,
        "starts_missing": projection.starts_missing, "target": projection.target, "h1": path.h1,
        "lead_ytd_q3": projection.lead_ytd_q3, "comparable_growth": projection.comparable_growth,
        "amount": projection.amounts.full_year if projection.amounts else None,
        "required_move": move_by_hand(projection),
        "required_ytd_q3": projection.required_path.ytd_q3 if projection.required_path else None,
        **pulls_by_hand(projection), **plain_amounts_by_hand(projection),
    }  # fmt: skip


def pulls_by_hand(projection: Projection) -> dict[str, Fraction | None]:
    """What a quarter contributes: its weight in last year's value times its growth."""
    bases = projection.bases
    if bases is None:
        return {"pull_q3": None, "pull_q4": None}
    year = bases.h1 + bases.q3 + bases.q4
    return {"pull_q3": bases.q3 * projection.path.q3 / year, "pull_q4": bases.q4 * projection.path.q4 / year}


def move_by_hand(projection: Projection) -> Fraction | None:
    """From the first half to the target: so many times it for a flow, so many points for a rate."""
    if projection.target is None or projection.path.h1 is None:
        return None
    return (
        projection.target - projection.path.h1
        if not projection.kind.is_sum
        else projection.target / projection.path.h1
        if projection.path.h1
        else None
    )


def plain_amounts_by_hand(projection: Projection) -> dict[str, Fraction | None]:
    """A flow's average a month (six of them in H2, three in a quarter) against H1's sixth;
    a growth's amount over its base.
    """
    amounts: dict[str, Fraction | None] = {}
    for period, months in (("h2", 6), ("q3", 3), ("q4", 3)):
        needed, month, times, amount = getattr(projection.required, period), None, None, None
        if projection.kind.is_sum and needed is not None and needed > 0:
            month = needed / months
            times = month / (projection.path.h1 / 6) if projection.path.h1 else None
        if projection.amounts and projection.bases and needed is not None:
            base = {
                "h2": projection.bases.q3 + projection.bases.q4,
                "q3": projection.bases.q3,
                "q4": projection.bases.q4,
            }[period]
            amount = base + base * needed / 100
        amounts |= {f"monthly_{period}": month, f"pace_{period}": times, f"amount_{period}": amount}
    return amounts


def all_worked(edition: Edition, scenario: Scenario) -> list[Worked]:
    found = (worked(edition, scenario, id, name) for id in edition.indicators for name in QUANTITIES)
    return [one for one in found if one is not None]


# --- a reader of printed lines that knows nothing of symbols
# ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 − 3 − 4", -5), ("2 − (3 − 4)", 3), ("12 ÷ 2 × 3", 18), ("12 ÷ (2 × 3)", 2), ("5 + (−2) × 3", -1)],
)
def test_the_reader_of_lines_reads_by_school_rules(text: str, value: int) -> None:
    assert read_line(text) == value


# --- laws
# ------------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(data=st.data())
def test_what_is_worked_out_is_what_the_projection_says(haidong: Edition, data: st.DataObject) -> None:
    scenario = data.draw(suppositions(haidong))
    for id, projection in project(haidong, scenario).items():
        expected = fields_of(projection)
        assert expected.keys() == QUANTITIES.keys()
        for name, value in expected.items():
            answer = worked(haidong, scenario, id, name)
            assert (None if answer is None else answer.value) == value, (id, name)


@given(data=st.data())
def test_a_printed_line_evaluates_to_its_value(haidong: Edition, data: st.DataObject) -> None:
    for answer in all_worked(haidong, data.draw(suppositions(haidong))):
        text, result = line(answer, as_fraction, lambda value: as_fraction(as_symbol(value))).split(" = ")
        assert read_line(text) == read_line(result) == answer.value, answer.quantity


@given(data=st.data())
def test_floats_and_arrays_put_into_the_same_line_agree(haidong: Edition, data: st.DataObject) -> None:
    for answer in all_worked(haidong, data.draw(suppositions(haidong))):
        text = infix(answer.expression, as_name, CODED)
        floats = {one.id: float(one.value) for one in answer.leaves}
        arrays = {one.id: np.full(2, float(one.value)) for one in answer.leaves}
        assert read_line(text, float, floats) == pytest.approx(float(answer.value), rel=1e-6, abs=1e-6), (
            answer.quantity
        )
        np.testing.assert_allclose(
            read_line(text, float, arrays), [float(answer.value)] * 2, rtol=1e-6, atol=1e-6
        )


@given(data=st.data())
def test_every_name_in_a_line_is_one_of_the_edition_with_its_provenance(
    haidong: Edition, data: st.DataObject
) -> None:
    scenario = data.draw(suppositions(haidong))
    for answer in all_worked(haidong, scenario):
        written = re.findall(r"[a-z][a-z0-9_.]*", infix(answer.expression, as_name))
        assert list(dict.fromkeys(written)) == [one.id for one in answer.leaves]
        for one in answer.leaves:
            assert one.id in haidong.figures or one.id in haidong.levers
            assert one.tag in (*TAGS, "supposed")
            assert (one.source in haidong.sources) == (one.tag not in ("entered", "supposed")), one


def test_every_figure_with_a_formula_follows_from_the_figures_in_it(haidong: Edition) -> None:
    for id, figure in haidong.figures.items():
        if figure.value is not None:
            answer = derivation(haidong, id)
            assert answer.value == read_line(infix(answer, as_fraction)) == figure.value
            assert all(one.name in figure.formula for one in leaves(answer) if figure.formula)


# --- by hand
# -----------------------------------------------------------------------------------------------------------


def said(edition: Edition, scenario: Scenario, id: str, quantity: str) -> str:
    answer = worked(edition, scenario, id, quantity)
    assert answer is not None
    return line(answer, in_short, lambda value: printed(value, 1))


def test_the_baseline_year_of_investment_is_its_half_and_two_quarters(haidong: Edition) -> None:
    assert said(haidong, baseline(haidong), INVESTMENT, "full_year") == (
        "100 × 45 ÷ 100"
        " + 100 × 45 ÷ 100 ÷ 2 × (56 + 0 ÷ 2) ÷ 56 × 100 ÷ 100"
        " + 100 × 45 ÷ 100 ÷ 2 × (56 + 0 + 0 ÷ 2) ÷ 56 × 100 ÷ 100"
        " = 90.0"
    )


def test_the_baseline_year_of_value_added_is_a_mean_weighted_by_last_year(haidong: Edition) -> None:
    assert said(haidong, baseline(haidong), VALUE_ADDED, "full_year") == (
        "(174427 × 13.8"
        " + 174427 × (100 − 46.82) ÷ 46.82 × 46.9 ÷ 100 × 13.8"
        " + 174427 × (100 − 46.82) ÷ 46.82 × (100 − 46.9) ÷ 100 × 13.8)"
        " ÷ (174427"
        " + 174427 × (100 − 46.82) ÷ 46.82 × 46.9 ÷ 100"
        " + 174427 × (100 − 46.82) ÷ 46.82 × (100 − 46.9) ÷ 100)"
        " = 13.8"
    )


def test_the_intensity_that_lands_on_target_is_read_off_two_years(haidong: Edition) -> None:
    """(100 − 45) ÷ (45 + 22.5 × 58 ÷ 56 ÷ 100 + 22.5 × 60 ÷ 56 ÷ 100 − 45) = 116.0:
    the terms at 0 % have folded away.
    """
    scenario = scenario_of(
        haidong, f"{INVESTMENT}.target=200", f"{INVESTMENT}.h1=90", "start_rate.starts_q3=4"
    )
    assert said(haidong, scenario, INVESTMENT, "required_intensity") == (
        "(200 − 90) ÷ (90 + 90 ÷ 2 × (56 + 4 ÷ 2) ÷ 56 ÷ 100 + 90 ÷ 2 × (56 + 4 + 0 ÷ 2) ÷ 56 ÷ 100 − 90) = "
        "116.0"
    )


def test_a_line_names_the_lever_the_entry_and_the_figure_apart(haidong: Edition) -> None:
    scenario = scenario_of(haidong, f"{VALUE_ADDED}.h1_share=48", f"{VALUE_ADDED}.q3=5")
    answer = worked(haidong, scenario, VALUE_ADDED, "full_year")
    assert answer is not None and answer.unit == "%"
    assert [(one.id.removeprefix(f"{VALUE_ADDED}."), one.tag, one.paragraph) for one in answer.leaves] == [
        ("base_h1", "proxy", ""), ("h1", "printed", "3"), ("h1_share", "entered", ""),
        ("q3_share_of_h2", "proxy", ""), ("q3", "supposed", ""), ("q4", "supposed", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("id", "quantity", "unit"),
    [
        (VALUE_ADDED, "required_q4", "%"),
        (VALUE_ADDED, "locked_in", "百分点"),
        (INVESTMENT, "q3", "% of target"),
        (INVESTMENT, "shortfall", "百分点"),
        (INVESTMENT, "completion_h1", "%"),
        (INVESTMENT, "required_intensity_q4", "%"),
        ("outside_funds", "q4", "亿元"),
        ("start_rate", "required_h2", "项"),
        ("start_rate", "starts_missing", "项"),
        ("start_rate", "required_ytd_q3", "%"),
        ("start_rate", "required_move", "百分点"),
        (INVESTMENT, "required_move", "倍"),
        (INVESTMENT, "monthly_h2", "% of target"),
        (INVESTMENT, "pace_q4", "倍"),
        ("telecom_volume", "amount", "亿元"),
        ("telecom_volume", "amount_q3", "亿元"),
    ],
)
def test_a_result_has_the_unit_it_is_said_in(haidong: Edition, id: str, quantity: str, unit: str) -> None:
    answer = worked(haidong, baseline(haidong), id, quantity)
    assert answer is not None and answer.unit == unit


def test_a_derived_figure_shows_the_formula_of_its_row(haidong: Edition) -> None:
    base = derivation(haidong, "telecom_volume.base_h1")
    assert infix(base, as_name, CODED) == "telecom_volume.h1_amount / ((1/1) + telecom_volume.h1 / (100/1))"
    assert infix(base, in_short) == "7.56 ÷ (1 + 20 ÷ 100)"
    assert derivation(haidong, "start_rate.listed").name == "start_rate.listed"
    with pytest.raises(ValueError, match=r"no value for fair_start_rate\.h1"):
        derivation(haidong, "fair_start_rate.h1")


A, B, C, D = (leaf(name, Fraction(value)) for name, value in zip("abcd", (7, 3, 2, 5), strict=True))
IDLE, ONE = leaf("idle", Fraction(0)), leaf("one", Fraction(1))


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (A - (B - C), "a − (b − c)"),
        (A - B - C, "a − b − c"),
        (A - (B + C), "a − (b + c)"),
        (A + (B - C), "a + b − c"),
        (A + (B + C), "a + b + c"),
        (A / (B / C), "a ÷ (b ÷ c)"),
        (A / B / C, "a ÷ b ÷ c"),
        (A / (B * C), "a ÷ (b × c)"),
        (A / B * C, "a ÷ b × c"),
        (A * (B / C), "a × b ÷ c"),
        (A * (B + C), "a × (b + c)"),
        (A * B + C, "a × b + c"),
        (A + B * C, "a + b × c"),
        (A - B * C, "a − b × c"),
        ((A + B) * (C - D), "(a + b) × (c − d)"),
        ((A + B) / (C - D), "(a + b) ÷ (c − d)"),
        ((A * B) / (C * D), "a × b ÷ (c × d)"),
        (A - (B - (C - D)), "a − (b − (c − d))"),
        (-A, "0 − a"),
        (B + -A, "b + 0 − a"),
        (B - -A, "b − (0 − a)"),
        (A * -2, "a × (−2)"),
        (-2 * A, "−2 × a"),
        (A + -2 * B, "a + (−2 × b)"),
        (Fraction(-2) - A, "−2 − a"),
    ],
)
def test_brackets_stand_only_where_they_are_needed(symbol: Symbol, text: str) -> None:
    assert infix(symbol, lambda one: one.name or plain(one.value).replace("-", "−")) == text
    assert read_line(text, names={one.name: one.value for one in (A, B, C, D)}) == symbol.value


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (A * 1, "a"), (1 * A, "a"), (A * 0, "0"), (0 * A, "0"), (A / 1, "a"), (0 / A, "0"),
        (A + 0, "a"), (0 + A, "a"), (A - 0, "a"), (1 - A * 0, "1"),
        (0 - A, "0 − a"), (1 / A, "1 ÷ a"), (A - 1, "a − 1"), (A + 1, "a + 1"), (as_symbol(1) + 1, "1 + 1"),
        (A * IDLE, "a × idle"), (A + IDLE, "a + idle"), (A - IDLE, "a − idle"), (IDLE / A, "idle ÷ a"),
        (A * ONE, "a × one"),
    ],
)  # fmt: skip
def test_only_the_constants_0_and_1_fold_away_never_a_lever_that_is_0(symbol: Symbol, text: str) -> None:
    assert infix(symbol, lambda one: one.name or plain(one.value)) == text


@given(st.recursive(st.sampled_from((A, B, C, D, as_symbol(0), as_symbol(1), as_symbol(-4))),
lambda inner: st.tuples(
    st.sampled_from("+-*/"), inner, inner), max_leaves=12))  # fmt: skip
def test_any_tree_prints_to_a_line_of_its_value(tree: Any) -> None:
    try:
        exact, symbol = built(tree, lambda one: one.value), built(tree, lambda one: one)
    except ZeroDivisionError:
        return
    assert symbol.value == exact == read_line(infix(symbol, as_fraction))
    assert read_line(infix(symbol, lambda one: plain(one.value))) == exact


def built(tree: Any, of: Callable[[Symbol], Any]) -> Any:
    """The tree reckoned over whatever `of` makes of its leaves."""
    if isinstance(tree, Symbol):
        return of(tree)
    sign, left, right = tree
    first, second = built(left, of), built(right, of)
    return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign](
        first, second
    )


def test_a_symbol_compares_by_value_and_takes_no_float() -> None:
    assert A == 7 and Fraction(7) == A and C < B < D <= A and Fraction(6) <= A and min(A, B, C) is C
    assert A != "a" and hash(A) == hash(Fraction(7))
    with pytest.raises(TypeError, match=r"not an exact number: 0\.5"):
        A * 0.5
    with pytest.raises(ZeroDivisionError):
        0 / (A - 7)


def test_in_steps_last_years_quarters_come_first_and_the_line_is_short(haidong: Edition) -> None:
    answer = worked(haidong, baseline(haidong), VALUE_ADDED, "full_year")
    steps = answer.steps if answer else ()
    assert [(step.gives, step.unit) for step in steps] == [
        *((f"base_{one}", "亿元") for one in ("q3", "q4", "year")),
        ("", "%"),
    ]
    assert infix(steps[-2].expression, in_short) == "174427 + 92925 + 105223.3"
    assert (
        infix(steps[-1].expression, in_short) == "(174427 × 13.8 + 92925 × 13.8 + 105223.3 × 13.8) ÷ 372575.3"
    )


def test_in_steps_a_flows_parts_come_first_and_the_year_is_their_sum(haidong: Edition) -> None:
    answer = worked(haidong, scenario_of(haidong, "start_rate.starts_q3=4"), INVESTMENT, "shortfall")
    assert [
        (step.gives, infix(step.expression, in_short), step.unit) for step in (answer.steps if answer else ())
    ] == [
        ("h1", "100 × 45 ÷ 100", "% of target"),
        ("under_way_q3", "56 + 4 ÷ 2", "项"),
        ("under_way_q4", "56 + 4 + 0 ÷ 2", "项"),
        ("q3", "45 ÷ 2 × 58 ÷ 56 × 100 ÷ 100", "% of target"),
        ("q4", "45 ÷ 2 × 60 ÷ 56 × 100 ÷ 100", "% of target"),
        ("", "100 − (45 + 23.3 + 24.11)", "百分点"),
    ]


def test_in_steps_a_path_follows_from_what_both_quarters_need(haidong: Edition) -> None:
    """122.2 % in both quarters: 45 + 45 ÷ 2 × 1.222 = 72.5 by September."""
    answer = worked(haidong, baseline(haidong), INVESTMENT, "required_ytd_q3")
    assert answer is not None and answer.value == Fraction("72.5")
    assert [(step.gives, step.unit) for step in answer.steps] == [
        ("h1", "% of target"),
        ("under_way_q3", "项"),
        ("under_way_q4", "项"),
        ("required_both", "%"),
        ("", "% of target"),
    ]
    assert infix(answer.steps[-1].expression, in_short) == "45 + 45 ÷ 2 × 56 ÷ 56 × 122.22 ÷ 100"


@pytest.mark.parametrize(
    ("id", "quantity", "line"),
    [
        (INVESTMENT, "required_intensity_q4", "(100 − (45 + 27.96)) ÷ (45 ÷ 2 × 60 ÷ 56 ÷ 100)"),
        (INVESTMENT, "required_intensity", "(100 − 45) ÷ (45 ÷ 2 × 58 ÷ 56 ÷ 100 + 45 ÷ 2 × 60 ÷ 56 ÷ 100)"),
        (
            "industrial_value_added",
            "required_q4",
            "(5.5 − (174427 × 13.8 + 92925 × 13.8) ÷ 372575.3) ÷ (105223.3 ÷ 372575.3)",
        ),
    ],
)
def test_nothing_is_added_and_subtracted_again(haidong: Edition, id: str, quantity: str, line: str) -> None:
    """By hand: 72.9643 are there by September, and each per cent of Q4 brings 45 ÷ 2 × 60 ÷ 56 ÷ 100."""
    now = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", "start_rate.starts_q3=4")
    answer = worked(haidong, now, id, quantity)
    assert answer is not None and infix(answer.steps[-1].expression, in_short) == line


def test_every_step_says_why(haidong: Edition) -> None:
    """Each that is reckoned names its formula, its figure's note, or words of its own."""
    now = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", "start_rate.starts_q3=4")
    for answer in all_worked(haidong, now):
        for step in answer.steps:
            own = step.gives or answer.quantity
            reasons = [
                f"formula.{step.formula}.how" in TEXTS,
                f"why.{own}" in TEXTS,
                step.figure in haidong.figures,
            ]
            assert not step.expression.operands or any(reasons), (answer.quantity, step.gives)
    why = {step.gives: step.formula for step in worked(haidong, now, INVESTMENT, "full_year").steps}
    assert (
        why["under_way_q3"] == "under_way_q3" and why["q3"] == "quarter_amount" and why[""] == "year_amount"
    )


@given(data=st.data())
def test_every_step_evaluates_to_what_it_gives(haidong: Edition, data: st.DataObject) -> None:
    for answer in all_worked(haidong, data.draw(suppositions(haidong))):
        for step in answer.steps:
            assert read_line(infix(step.expression, as_fraction)) == step.expression.value
        assert answer.steps[-1].expression.value == answer.value
