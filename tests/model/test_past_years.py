"""The user's own years: how far the second half moved them, how often that was far enough,
and what cannot be read.

All years here are invented.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import BadInput
from hdmodel.explain.past_years import worked_frequency, worked_move
from hdmodel.explain.symbols import infix
from hdmodel.form import FLOW, GROWTH, LEVEL, Kind
from hdmodel.past_years import Year, far_enough, frequency, move, needed, within_rounding
from hdmodel.problems import Place
from hdmodel.reading.past_years import read_years
from tests.explain.lines import as_fraction, read_line

INVENTED_RATES = "2016 8.3 7.9\n2017 7.2 6.8\n2018 9.0 4.1\n2019 6.4 -2.5\n2020 -1.2 3.9\n2021 12.8 4.5"
INVENTED_AMOUNTS = "2019 8.1 17.4\n2020 8.0 20.0\n2021 10.0 20.0"
KINDS = (GROWTH, FLOW, LEVEL)


def invented_years(kind: Kind) -> st.SearchStrategy[list[Year]]:
    """Any years of a kind; the full year of a flow is no less than its first half."""
    value = st.fractions(1, 90, max_denominator=10)
    year = st.builds(
        lambda h1, more: Year(2000, h1, h1 + more), value, value if kind.is_sum else st.fractions(-50, 9)
    )
    return st.lists(year, max_size=20)


def faults_of(text: str, kind: Kind) -> list[tuple[str, str, str, str]]:
    with pytest.raises(BadInput) as bad:
        read_years(text, kind)
    return [(problem.kind, problem.place, problem.found, problem.wanted) for problem in bad.value.problems]


# --- how far, and how often
# ------------------------------------------------------------------------------------------


def test_rates_by_hand() -> None:
    """5.5 − 13.8 = −8.3; the moves are −0.4, −0.4, −4.9, −8.9, +5.1 and −8.3: one year fell too far,
    one lies on the line.
    """
    years = read_years(INVENTED_RATES, GROWTH)
    need = needed(GROWTH, Fraction("13.8"), Fraction("5.5"))
    assert need == Fraction("-8.3")
    moves = [move(GROWTH, year.h1, year.full_year) for year in years]
    assert moves == [Fraction(written) for written in ("-0.4", "-0.4", "-4.9", "-8.9", "5.1", "-8.3")]
    assert [year.year for year in far_enough(GROWTH, years, need)] == [2016, 2017, 2018, 2020, 2021]


def test_amounts_by_hand() -> None:
    """100 / 45 = 2.22…; the years were 17.4/8.1 = 2.15,
    20/8 = 2.5 and 20/10 = 2 times their own first half.
    """
    years = read_years(INVENTED_AMOUNTS, FLOW)
    need = needed(FLOW, Fraction(45), Fraction(100))
    assert need == Fraction(20, 9)
    assert [year.year for year in far_enough(FLOW, years, need)] == [2020]


def test_amounts_of_two_years_are_never_compared() -> None:
    """Whatever unit or scope a year is counted in, its own first half is counted in it too."""
    once = read_years(INVENTED_AMOUNTS, FLOW)
    rescaled = tuple(Year(year.year, year.h1 * year.year, year.full_year * year.year) for year in once)
    for need in (Fraction(2), Fraction(20, 9), Fraction("2.5")):
        assert [a.year for a in far_enough(FLOW, once, need)] == [
            b.year for b in far_enough(FLOW, rescaled, need)
        ]


def test_a_start_rate_moves_in_points() -> None:
    """100 − 56/66 = 15.15 points; from 80 to 96 it moved 16."""
    need = needed(LEVEL, Fraction(5600, 66), Fraction(100))
    assert float(need) == pytest.approx(15.1515, abs=1e-4)
    assert len(far_enough(LEVEL, read_years("2020 80 96\n2021 90 99", LEVEL), need)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_needed_without_a_target_or_a_first_half(kind: Kind) -> None:
    assert needed(kind, Fraction(10), None) is None
    assert needed(kind, None, Fraction(10)) is None
    assert (needed(kind, Fraction(0), Fraction(10)) is None) == (kind.is_sum)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_greater_need_is_never_met_more_often(kind: Kind, data: st.DataObject) -> None:
    years = data.draw(invented_years(kind))
    low, high = sorted(data.draw(st.tuples(*[st.fractions(-60, 60, max_denominator=10)] * 2)))
    assert 0 <= len(far_enough(kind, years, high)) <= len(far_enough(kind, years, low)) <= len(years)


def test_rounding_alone_may_decide_a_rate_and_is_named() -> None:
    years = read_years(INVENTED_RATES, GROWTH)
    assert [year.year for year in within_rounding(GROWTH, years, Fraction("-8.3"))] == [2021]
    assert [year.year for year in within_rounding(GROWTH, years, Fraction("-8.8"))] == [2019]
    assert within_rounding(GROWTH, years, Fraction("-8.6")) == ()
    assert within_rounding(FLOW, read_years(INVENTED_AMOUNTS, FLOW), Fraction(2)) == ()


# --- the percentage
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(k: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I,
    method 3 (score without continuity correction).
    """
    percentage = frequency(k, n)
    assert percentage is not None
    assert (float(percentage.low) / 100, float(percentage.high) / 100) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


def test_the_interval_by_hand() -> None:
    """4 of 8 with z² = 3.8415: middle (4 + 1.9207)/11.8415 = 0.5;
    reach 1.96·√(2 + 0.9604)/11.8415 = 0.2848.
    """
    percentage = frequency(4, 8)
    assert percentage is not None and percentage.share == 50
    assert (float(percentage.low), float(percentage.high)) == (
        pytest.approx(21.52, abs=0.01),
        pytest.approx(78.48, abs=0.01),
    )


def test_seven_years_give_no_percentage_and_eight_do() -> None:
    assert all(frequency(k, n) is None for n in range(8) for k in range(n + 1))
    assert all(frequency(k, 8) is not None for k in range(9))


@given(n=st.integers(8, 120), data=st.data())
def test_the_interval_holds_the_share_and_widens_with_fewer_years(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    few, many = frequency(k, n), frequency(2 * k, 2 * n)
    assert few is not None and many is not None
    assert 0 <= few.low <= few.share <= few.high <= 100
    assert few.share == many.share == Fraction(100 * k, n)
    assert few.high - few.low > many.high - many.low


# --- reading
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2019\t9.6\t-8.1\n2020\t1234.5\t-0.5",
        "年份\t上半年累计\t全年\r\n2019\t9.6\t-8.1\r\n2020\t1,234.5\t-0.5\r\n",
        "2019年 9.6% −8.1%\n\n  2020年   1,234.5%   -0.5%  ",
        "２０１９，９．６，－８．１\n2020, 1234.5, -0.5",
        "2020;1234.5;-0.5\n2019;9.6;-8.1\n\t\t\n",
        "2019\t9.6\t–8.1\t\t\n2020\t1234.5\t-0.5\t",
        "2019\u00a09.6\u00a0-8.1\n2020、1234.5、-0.5",
    ],
)
def test_one_table_however_it_is_pasted(text: str) -> None:
    invented = text.replace("1,234.5", "123.4").replace("1234.5", "123.4")
    assert read_years(invented, GROWTH) == (
        Year(2019, Fraction("9.6"), Fraction("-8.1")),
        Year(2020, Fraction("123.4"), Fraction("-0.5")),
    )


def test_thousands_are_read_in_amounts() -> None:
    assert read_years("2019\t1,234.5\t12,345", FLOW) == (Year(2019, Fraction("1234.5"), Fraction(12345)),)
    assert read_years("2019 1,234.5 12,345", FLOW) == (Year(2019, Fraction("1234.5"), Fraction(12345)),)


@pytest.mark.parametrize("text", ["", " \n\t\t\n"])
def test_nothing_typed_is_no_year_and_no_fault(text: str) -> None:
    assert read_years(text, GROWTH) == ()


def test_every_fault_is_named_at_once() -> None:
    text = "2018 x 3\n2019\t\t5\n2019 4 5\n1989 1 1\n2019.5 1 1\n2020 1 2 3\nabc 1 -101\n2021 7"
    assert faults_of(text, GROWTH) == [
        ("not_a_number", "row 1 column h1", "x", "-100…1000"),
        ("missing", "row 2 column h1", "", "-100…1000"),
        ("out_of_range", "row 4 column year", "1989", "1990…2100"),
        ("not_whole", "row 5 column year", "2019.5", "1990…2100"),
        ("malformed", "row 6", "2020 | 1 | 2 | 3", "3"),
        ("not_a_number", "row 7 column year", "abc", "1990…2100"),
        ("out_of_range", "row 7 column full_year", "-101", "-100…1000"),
        ("missing", "row 8 column full_year", "", "-100…1000"),
        ("duplicate", "row 3 column year", "2019", "2"),
    ]


def test_an_amount_is_more_than_nothing_and_a_year_no_less_than_its_first_half() -> None:
    assert faults_of("2018 0 3\n2019 -1 3\n2020 5 4\n2021 5% 6", FLOW) == [
        ("out_of_range", "row 1 column h1", "0", "> 0, ≤ 1000000"),
        ("out_of_range", "row 2 column h1", "-1", "> 0, ≤ 1000000"),
        ("below_h1", "row 3 column full_year", "4", "5"),
        ("percent", "row 4 column h1", "5%", "> 0, ≤ 1000000"),
    ]
    assert read_years("2020 5 5", FLOW)


@pytest.mark.parametrize("written", ["nan", "inf", "-inf", "1e999", "=A1", "<b>", "二", "9" * 41, "1,23"])
def test_what_is_no_number_is_said_to_be_none(written: str) -> None:
    assert [fault[0] for fault in faults_of(f"2019\t{written}\t5", GROWTH)] == ["not_a_number"]


def test_a_rate_of_projects_lies_between_none_and_all() -> None:
    assert [fault[0] for fault in faults_of("2019 -1 101", LEVEL)] == ["out_of_range", "out_of_range"]


def test_headings_alone_are_a_fault() -> None:
    assert faults_of("年份 上半年 全年", GROWTH)[0][0] == "not_a_number"


def test_a_whole_sheet_is_refused_in_one_line() -> None:
    assert faults_of("2019 1 1\n" * 501, GROWTH) == [("too_long", "text", "501", "500")]


@given(st.text(max_size=80), st.sampled_from(KINDS))
def test_no_text_breaks_the_reader(text: str, kind: Kind) -> None:
    try:
        years = read_years(text, kind)
    except BadInput as bad:
        assert bad.problems
    else:
        assert len({year.year for year in years}) == len(years)


@pytest.mark.parametrize("text", ["9.6%, 8.1%, 2019", "2019%", "8.1 2019% 3"])
def test_columns_in_the_wrong_order_are_named_not_raised(text: str) -> None:
    for kind in KINDS:
        with pytest.raises(BadInput):
            read_years(text, kind)


def test_this_year_is_not_a_past_one() -> None:
    with pytest.raises(BadInput) as bad:
        read_years("2021 9 8\n2022 9 8", GROWTH, before=2022)
    (problem,) = bad.value.problems
    assert (problem.kind, problem.place, problem.found, problem.wanted) == (
        *("out_of_range", Place("", 2, "year")),
        *("2022", "1990…2021"),
    )


# --- shown
# ------------------------------------------------------------------------------------------------------------


@given(n=st.integers(8, 40), data=st.data())
def test_the_line_of_a_percentage_evaluates_to_the_percentage(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    percentage = frequency(k, n)
    assert percentage is not None
    for quantity, value in (
        ("years_share", percentage.share),
        ("years_low", percentage.low),
        ("years_high", percentage.high),
    ):
        answer = worked_frequency(k, n, quantity)
        assert answer is not None and float(answer.value) == pytest.approx(float(value), abs=1e-9)
        for step in answer.steps:
            assert read_line(infix(step.expression, as_fraction)) == step.expression.value
        assert answer.steps[-1].expression.value == answer.value
    assert float(percentage.low) <= float(percentage.share) <= float(percentage.high)


def test_the_root_in_the_line_is_the_root_of_the_line_before() -> None:
    for quantity, sign in (("years_low", -1), ("years_high", 1)):
        answer = worked_frequency(3, 9, quantity)
        assert answer is not None
        under, root, _ = (step.expression.value for step in answer.steps)
        assert float(root) == pytest.approx(sign * float(under) ** 0.5)
    assert worked_frequency(3, 7, "years_share") is None


@pytest.mark.parametrize(
    ("kind", "unit", "text", "value"),
    [(GROWTH, "百分点", "10 − 9", 1), (FLOW, "倍", "10 ÷ 9", Fraction(10, 9))],
)
def test_the_line_of_a_past_year_by_hand(kind: Kind, unit: str, text: str, value: Fraction) -> None:
    line = worked_move(kind, "亿元", Year(2020, Fraction(9), Fraction(10)))
    assert (line.unit, line.value, infix(line.expression, lambda one: str(one.value))) == (
        unit,
        value,
        text,
    )
    assert [(one.unit, one.tag) for one in line.leaves] == [("亿元", "entered")] * 2
