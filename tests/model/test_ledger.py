"""The ledger of projects: sums by hand, and laws."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import project
from hdmodel.ledger import (
    Coverage,
    Ledger,
    LedgerRow,
    Quarters,
    by_stage,
    by_unit,
    carried_indicator,
    counted,
    coverage_of,
    largest,
    quarters_left,
    remarks_on,
    slip_of,
    slipped,
    standing_of,
    tally,
)
from hdmodel.reading.ledger import (
    contradictions,
)
from tests.indicators import INVESTMENT
from tests.ledgers import INVENTED, ledger_rows, ledgers, money, row
from tests.scenarios import scenario_of
from ui.answers.ledger_rows import (
    coverage_sentence,
    h1_line,
    largest_rows,
    remark_lines,
    segments,
    slip_sentence,
    stage_rows,
    unit_rows,
)
from ui.text.speech import Speech

ZH, EN = Speech("zh"), Speech("en")
BOTH = ("q3", "q4")


# --- by hand
# ---------------------------------------------------------------------------------------------------------


def test_what_counts_by_hand() -> None:
    sums = INVENTED.tally
    assert sums.projects == 6
    assert sums.counted == Quarters(Fraction("4.3"), Fraction("2.9")) and sums.counted.h2 == Fraction("7.2")
    assert sums.apart == Quarters(Fraction("0.7"), Fraction("0.9"))
    assert sums.dormant == Quarters(Fraction("0.5"), Fraction(1))


def test_sums_by_stage_and_by_unit_by_hand() -> None:
    stages, units = by_stage(INVENTED), by_unit(INVENTED)
    assert list(stages) == ["continuing", "new", "preliminary", "completed"]
    assert [stages[stage].counted.h2 for stage in stages] == [7, 0, Fraction("0.1"), Fraction("0.1")]
    assert stages["preliminary"].dormant.h2 == Fraction("1.5") and stages["new"].apart.h2 == Fraction("1.6")
    assert {unit: sums.counted.h2 for unit, sums in units.items()} == {
        "invented_bureau_a": Fraction("5.1"),
        "invented_bureau_b": 2,
        "": Fraction("0.1"),
    }
    assert next(iter(units)) == "invented_bureau_a", "the largest first"


@pytest.mark.parametrize(
    ("stage", "start", "in_statistics", "standing"),
    [
        ("continuing", "started", True, "counted"),
        ("new", "", True, "counted"),
        ("completed", "started", True, "counted"),
        ("preliminary", "", True, "dormant"),
        ("preliminary", "later", True, "dormant"),
        ("preliminary", "q3", True, "counted"),
        ("preliminary", "q4", True, "counted"),
        ("preliminary", "started", True, "counted"),
        ("preliminary", "q3", False, "apart"),
        ("preliminary", "", False, "dormant"),
        ("continuing", "started", False, "apart"),
    ],
)
def test_how_a_project_stands(stage: str, start: str, in_statistics: bool, standing: str) -> None:
    assert standing_of(row(stage=stage, start=start, in_statistics=in_statistics)) == standing


def test_the_largest_by_hand() -> None:
    assert [one.name for one in largest(INVENTED)] == [
        "invented_park",
        "invented_anode",
        "invented_battery",
        "invented_plant",
    ]
    assert [one.name for one in largest(INVENTED, most=1)] == ["invented_park"]


def test_what_slips_by_hand() -> None:
    """The park plans 3 and 2: a quarter later Q3 has 3 less, Q4 has 3 in place of 2, and the year 2 less."""
    slip = slipped(INVENTED, "invented_park")
    assert (slip.q3, slip.q4, slip.year) == (-3, 1, -2)
    assert slipped(INVENTED, "invented_kiln").year == 0, "what is counted apart takes nothing from the sum"
    with pytest.raises(KeyError):
        slipped(INVENTED, "invented_nowhere")


def test_what_is_missing_and_what_secures_it_by_hand(haidong) -> None:
    """A target of 40 with 30 in H1 leaves 10; the ledger has 7.2 of it, and 2.8 have no project."""
    scenario = scenario_of(
        haidong, "general_industrial_investment.target=40", "general_industrial_investment.h1=30"
    )
    projection = project(haidong, scenario)["general_industrial_investment"]
    coverage = coverage_of(projection, INVENTED, BOTH)
    assert coverage == Coverage(Fraction(10), Fraction("7.2"))
    assert coverage.without_project == Fraction("2.8") and coverage.surplus == 0
    assert quarters_left(haidong, "general_industrial_investment", scenario) == BOTH
    q4_alone = coverage_of(projection, INVENTED, ("q4",))
    assert q4_alone == Coverage(projection.required.q4, Fraction("2.9"))


def test_in_percent_of_the_target_nothing_compares(haidong) -> None:
    indicator = carried_indicator(haidong)
    assert indicator.id == "general_industrial_investment"
    assert coverage_of(project(haidong, scenario_of(haidong))[indicator.id], INVENTED, BOTH) is None


def test_the_sentence_by_hand() -> None:
    zh = coverage_sentence(INVESTMENT, Coverage(Fraction(10), Fraction("7.2")), BOTH, ZH)
    assert f'data-asks="{INVESTMENT} required_h2">10.00 亿元' in zh
    assert re.sub("<span[^>]*>", '<span class="n">', zh) == (
        '下半年还须完成 <b><span class="n">10.00 亿元</span></b>，台账可保障 <b><span class="n">7.20 '
        "亿元</span></b>；"
        '还有 <em><span class="n">2.80 亿元</span></em>没有项目支撑。'
    )
    assert "3.00 ×100m yuan" in coverage_sentence(INVESTMENT, Coverage(Fraction(7), Fraction(10)), BOTH, EN)
    assert "恰好" in coverage_sentence(INVESTMENT, Coverage(Fraction(7), Fraction(7)), BOTH, ZH)
    assert "已经完成" in coverage_sentence(INVESTMENT, Coverage(Fraction(-1), Fraction(7)), BOTH, ZH)
    q4 = coverage_sentence(INVESTMENT, Coverage(Fraction(8), Fraction(7)), ("q4",), ZH)
    assert "四季度还须" in q4 and f'data-asks="{INVESTMENT} required_q4"' in q4


def test_a_shortfall_is_never_rounded_away() -> None:
    said = coverage_sentence(INVESTMENT, Coverage(Fraction(10), Fraction("9.9999")), BOTH, ZH)
    assert "9.9999" in said and "0.0001" in said


def test_the_slip_sentence_by_hand() -> None:
    said = slip_sentence(
        "<i>", slipped(INVENTED, "invented_park"), Coverage(Fraction(10), Fraction("7.2")), BOTH, ZH
    )
    assert said == (
        "“<i>”推迟一季：三季度少 3.00 亿元，四季度多 1.00 亿元，全年少 2.00 亿元。台账保障降为 5.20 亿元，"
        "4.80 亿元没有项目支撑。"
    )
    enough = slip_sentence(
        "x", slipped(INVENTED, "invented_park"), Coverage(Fraction(5), Fraction("7.2")), BOTH, EN
    )
    assert "still enough" in enough
    assert "Q3" not in slip_sentence("x", slipped(INVENTED, "invented_park"), None, ("q4",), EN)


def test_the_bar_holds_what_there_is() -> None:
    parts = segments(Coverage(Fraction(10), Fraction("7.2")), INVENTED.tally, Fraction("7.2"), BOTH)
    assert [(part.kind, part.amount) for part in parts] == [
        ("secured", Fraction("7.2")),
        ("without_project", Fraction("2.8")),
        ("apart", Fraction("1.6")),
        ("dormant", Fraction("1.5")),
    ]
    assert parts[0].width == f"{7.2 / 13.1 * 100:.3f}%"
    assert segments(None, tally(()), Fraction(0), BOTH) == []


def test_the_tables_by_hand() -> None:
    assert stage_rows(INVENTED, ZH)[0] == ("续建", "2", "4.20", "2.80", "7.00", "0.00", "0.00", "0")
    assert stage_rows(INVENTED, ZH)[-1] == ("合计", "6", "4.30", "2.90", "7.20", "1.60", "1.50", "3")
    assert largest_rows(INVENTED, ZH)[0] == (
        "invented_park",
        "续建",
        "invented_bureau_a",
        "3.00",
        "2.00",
        "5.00",
        "69.4 %",
    )


def test_a_small_share_is_not_printed_as_none() -> None:
    ledger = Ledger((row("invented_a", plan_q3="100"), row("invented_b", plan_q3="0.02")))
    assert [cells[-1] for cells in largest_rows(ledger, ZH)] == ["99.98 %", "0.02 %"]


def test_units_past_a_screenful_are_summed_in_one_row() -> None:
    ledger = Ledger(
        tuple(row(f"invented_{n}", plan_q3=n + 1, unit=f"invented_unit_{n:02}") for n in range(20))
    )
    rows = unit_rows(ledger, ZH)
    assert len(rows) == 17
    others = ("其余 5 个单位", "5", "15.00", "0.00", "15.00", "0.00", "0.00", "0")
    assert rows[-2] == others, "1 + 2 + 3 + 4 + 5"
    assert rows[-1][2] == "210.00"


def test_what_is_odd_is_said_and_still_counts() -> None:
    odd = {
        "completed_with_plan": row(stage="completed", plan_q4="1"),
        "preliminary_started": row(stage="preliminary", start="started"),
        "below_threshold": row(total="0.0499"),
        "new_without_start": row(stage="new", start="", plan_q3="1"),
    }
    for word, one in odd.items():
        assert remarks_on(one) == (word,)
        assert list(contradictions(one)) == []
        assert remark_lines(Ledger((one,)), EN)
    assert remarks_on(row(total="0.05")) == ()
    assert tally(odd.values()).counted.h2 == 2


# --- laws
# ------------------------------------------------------------------------------------------------------------


@given(ledgers())
def test_sums_by_stage_by_unit_and_in_all_are_the_same(ledger: Ledger) -> None:
    for sums in (by_stage(ledger), by_unit(ledger)):
        for part in ("counted", "apart", "dormant"):
            for quarter in BOTH:
                assert sum(getattr(getattr(one, part), quarter) for one in sums.values()) == getattr(
                    getattr(ledger.tally, part), quarter
                )
        assert sum(one.projects for one in sums.values()) == len(ledger.rows)
    whole = ledger.tally
    assert whole.counted.h2 + whole.apart.h2 + whole.dormant.h2 == sum(
        one.plan_q3 + one.plan_q4 for one in ledger.rows
    )


@given(ledger_rows())
def test_slipping_never_raises_the_year_and_never_leaves_a_quarter_below_nothing(one: LedgerRow) -> None:
    slip = slip_of(one)
    assert slip.year <= 0 and slip.q3 <= 0
    assert counted(one).q3 + slip.q3 == 0 and counted(one).q4 + slip.q4 >= 0
    assert slip.year == -counted(one).q4


@given(money, money)
def test_secured_and_without_a_project_make_what_is_missing(missing: Fraction, secured: Fraction) -> None:
    coverage = Coverage(missing, secured)
    assert coverage.secured + coverage.without_project - coverage.surplus == missing
    assert (
        coverage.without_project >= 0
        and coverage.surplus >= 0
        and coverage.without_project * coverage.surplus == 0
    )


@given(ledgers(), st.sampled_from([ZH, EN]))
def test_every_table_adds_up_as_it_is_printed(ledger: Ledger, speech: Speech) -> None:
    for rows in (stage_rows(ledger, speech), unit_rows(ledger, speech)):
        numbers = [[Fraction(cell) for cell in cells[1:]] for cells in rows]
        for column in zip(*numbers, strict=True):
            assert sum(column[:-1]) == column[-1]
        assert all(q3 + q4 == h2 for _, q3, q4, h2, *_ in numbers)


@given(st.integers(0, 10**14))
def test_every_sum_of_money_that_can_be_entered_survives_the_entry_s_float(fen: int) -> None:
    amount = Fraction(fen, 10**10)
    assert Fraction(repr(float(amount))) == amount


# --- this year's first half, and the year's plan
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("h1", "plan", "said"),
    [
        ("2", "7", None),  # 2 + 3 + 2 are the 7 planned
        ("2", "6.5", "虚构园 多 0.50 亿元"),
        ("2", "8", "虚构园 少 1.00 亿元"),
        (None, "8", None),  # H1 is not known and may have brought the rest
        (None, "4", "虚构园 多 1.00 亿元"),
    ],
)
def test_the_years_plan_is_held_against_h1_and_both_plans(
    h1: str | None, plan: str, said: str | None
) -> None:
    known = {} if h1 is None else {"year_h1": h1}
    ledger = Ledger((row("虚构园", year_plan=plan, plan_q3="3", plan_q4="2", **known),))
    lines = [line for line in remark_lines(ledger, ZH) if "年度计划" in line]
    assert lines == (
        [] if said is None else [f"请核对：上半年完成与两季计划之和与年度计划不符（1 项：{said}）。"]
    )
    assert all(remark_lines(ledger, EN))


@pytest.mark.parametrize(
    ("h1", "said"),
    [("31", "大于指标的上半年 30.00"), ("30", ""), ("12", ""), ("2.9", "不足指标上半年"), (None, "")],
)
def test_the_ledgers_h1_is_held_against_the_indicators(h1: str | None, said: str) -> None:
    """30 亿元 are printed; a project that is not in the statistics is no part of them."""
    known = {} if h1 is None else {"year_h1": h1}
    ledger = Ledger((row(**known), row("invented_b", year_h1="99", in_statistics=False)))
    line = h1_line(ledger, Fraction(30), ZH)
    assert said in line and bool(line) == bool(said)


def test_more_in_h1_than_since_the_start_is_remarked_on() -> None:
    assert "h1_above_done" in remarks_on(row(done_h1="1", year_h1="2"))
    assert "h1_above_done" not in remarks_on(row(done_h1="2", year_h1="2"))
