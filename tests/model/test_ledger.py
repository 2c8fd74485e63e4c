"""The ledger of projects: sums by hand, laws, what reads back, and every fault named."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import BadInput, project
from hdmodel.edition import STAGES
from hdmodel.ledger import (
    STARTS,
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
    COLUMNS,
    MOST_ROWS,
    cells_of,
    contradictions,
    joining_faults,
    read_ledger,
    sift,
)
from hdmodel.reading.tables import Sheet
from tests.indicators import INVESTMENT
from tests.ledgers import INVENTED, row
from tests.scenarios import scenario_of
from ui.answers.ledger_rows import (
    coverage_sentence,
    fault_line,
    largest_rows,
    remark_lines,
    segments,
    slip_sentence,
    stage_rows,
    unit_rows,
)
from ui.files.ledger_file import csv_file, sheet_of_file, sheet_of_paste, titles, workbook
from ui.session.visit_ledger import with_edits
from ui.text.speech import Speech
from ui.text.texts import TEXTS

ZH, EN = Speech("zh"), Speech("en")
BOTH = ("q3", "q4")


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = COLUMNS) -> Sheet:
    return Sheet("invented", tuple(enumerate((header, *rows), start=1)))


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
    assert stage_rows(INVENTED, ZH)[0] == ("续建", "2", "4.20", "2.80", "7.00", "0.00", "0.00")
    assert stage_rows(INVENTED, ZH)[-1] == ("合计", "6", "4.30", "2.90", "7.20", "1.60", "1.50")
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
    assert rows[-2] == ("其余 5 个单位", "5", "15.00", "0.00", "15.00", "0.00", "0.00"), "1 + 2 + 3 + 4 + 5"
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

money = st.integers(0, 10**9).map(lambda yuan: Fraction(yuan, 10**8))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


@st.composite
def ledger_rows(draw: st.DrawFn) -> LedgerRow:
    """A row that holds together."""
    stage = draw(st.sampled_from(STAGES))
    start = draw(
        st.sampled_from([start for start in STARTS if stage != "completed" or start not in ("q4", "later")])
    )
    plan_q3 = Fraction(0) if start in ("q4", "later") else draw(money)
    plan_q4 = Fraction(0) if start == "later" else draw(money)
    done = draw(st.none() | money)
    total = draw(st.none() | money.map(lambda more: (done or 0) + plan_q3 + plan_q4 + more))
    return LedgerRow(
        "",
        stage,
        total,
        done,
        plan_q3,
        plan_q4,
        start,
        draw(st.booleans()),
        draw(texts),
        draw(texts),
        draw(texts),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    rows = draw(st.lists(ledger_rows(), max_size=12))
    return Ledger(tuple(replace(one, name=f"invented_{n}{draw(texts)}") for n, one in enumerate(rows)))


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


# --- there and back
# --------------------------------------------------------------------------------------------------


@given(ledgers())
def test_a_ledger_reads_back_from_its_cells(ledger: Ledger) -> None:
    assert read_ledger(sheet(*map(cells_of, ledger.rows))) == ledger


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
@given(ledger=ledgers())
def test_a_ledger_reads_back_from_csv_and_from_what_is_pasted(speech: Speech, ledger: Ledger) -> None:
    cells = [cells_of(one) for one in ledger.rows]
    assert read_ledger(sheet_of_file("台账.CSV", csv_file(cells, speech), speech)) == ledger
    with_header = "\n".join("\t".join(line) for line in (titles(speech), *cells))
    if '"' not in with_header:
        assert read_ledger(sheet_of_paste(with_header, "here")) == ledger
        if ledger.rows:
            assert read_ledger(sheet_of_paste(with_header.partition("\n")[2], "here")) == ledger, (
                "without its header"
            )


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
def test_a_ledger_reads_back_from_its_workbook(speech: Speech) -> None:
    hostile = row("=1+1", plan_q3="0.0001", note="'+x", unit="-", person="007", total="1.5")
    ledger = Ledger((*INVENTED.rows, hostile, row("虚构“项目”", note="1,200\n二期")))
    cells = [cells_of(one) for one in ledger.rows]
    data = workbook(cells, speech)
    assert read_ledger(sheet_of_file("x.xlsx", data, speech)) == replace(
        ledger, rows=tuple(replace(one, note="+x") if one is hostile else one for one in ledger.rows)
    )
    first, about = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert first.title == speech.say("ledger.title") and about.max_row == len(COLUMNS)
    assert first.cell(2, 5).value == 3 and first.cell(2, 1).value == "invented_park", (
        "amounts are numbers there"
    )
    assert first.cell(8, 1).data_type == "s", "a name is never run as a formula"
    assert csv_file(cells, speech).decode("utf-8-sig").splitlines()[7].startswith("'=1+1,")


def test_amounts_in_ten_thousand_yuan_are_converted_exactly() -> None:
    read = read_ledger(
        sheet(
            ("虚构甲", "是", "新建", "1,234.5678", "0.01", "三季度", "９０００"),
            header=(
                "项目",
                "是否入库",
                "阶段",
                "三季度计划（万元）",
                "四季度计划(亿元)",
                "开工时间",
                "总投资 [万元]",
            ),
        )
    )
    assert read.rows[0] == row(
        "虚构甲",
        stage="new",
        start="q3",
        plan_q3="0.12345678",
        plan_q4="0.01",
        total="0.9",
        unit="",
        person="",
        note="",
    )


def test_a_table_from_a_bureau_is_read() -> None:
    """A title above the header, numbered rows, ticks for yes, dashes for nothing, another order, GB 18030."""
    titles = "虚构市项目台账\n序号,责任单位,项目名称,阶段,入库,三季度计划,四季度计划,累计完成"
    text = f'{titles}\n1,虚构局,虚构甲, 续建 ,√,-,"1,000",—\n'
    read = sift(sheet_of_file("台账.csv", text.encode("gb18030"), ZH))
    assert read.problems == () and read.unread == ("序号",)
    assert read.ledger.rows == (row("虚构甲", start="", plan_q4="1000", unit="虚构局"),)


def test_money_is_read_to_the_fen() -> None:
    read = read_ledger(
        sheet(
            cells_of(row(plan_q3=Fraction("0.1"))),
            (*cells_of(row("invented_b"))[:4], "0.33333333333333331", *cells_of(row())[5:]),
        )
    )
    assert read.rows[1].plan_q3 == Fraction("0.3333333333")


# --- faults
# ----------------------------------------------------------------------------------------------------------


def line(**cells: str) -> tuple[str, ...]:
    return tuple({**dict(zip(COLUMNS, cells_of(row()), strict=True)), **cells}[name] for name in COLUMNS)


FAULTS = {
    "no name": (line(name=""), "missing", "name"),
    "no stage": (line(stage=""), "missing", "stage"),
    "another stage": (line(stage="dreamt"), "unknown_word", "stage"),
    "another start": (line(start="2023"), "unknown_word", "start"),
    "neither yes nor no": (line(in_statistics="maybe"), "unknown_word", "in_statistics"),
    "no number": (line(plan_q3="three"), "not_a_number", "plan_q3"),
    "not a number": (line(plan_q4="nan"), "not_a_number", "plan_q4"),
    "thousands in the wrong place": (line(total="1,23"), "not_a_number", "total"),
    "with a unit that is none of money": (line(done_h1="3 km"), "not_a_number", "done_h1"),
    "negative": (line(plan_q3="-0.01"), "out_of_range", "plan_q3"),
    "out of all proportion": (line(plan_q4="10001"), "out_of_range", "plan_q4"),
    "a name without end": (line(name="x" * 201), "long_text", "name"),
    "planned before the start": (line(start="q4", plan_q3="1", plan_q4="1"), "plan_before_start", "plan_q3"),
    "planned though it starts later": (line(start="later", plan_q4="1"), "plan_before_start", "plan_q4"),
    "completed and yet to start": (line(stage="completed", start="q4"), "completed_before_start", "start"),
    "more than the total": (line(total="9.99", done_h1="8", plan_q3="1", plan_q4="1"), "over_total", "total"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_row_at_fault_is_named_with_its_place_and_what_is_accepted(case: str) -> None:
    cells, kind, column = FAULTS[case]
    with pytest.raises(BadInput) as bad:
        read_ledger(sheet(cells_of(row("invented_good")), cells))
    assert [(problem.kind, problem.place) for problem in bad.value.problems] == [
        (kind, f"invented row 3 column {column}")
    ]
    assert bad.value.problems[0].wanted
    for speech in (ZH, EN):
        said = fault_line(bad.value.problems[0], {}, speech)
        assert (
            speech.say(f"ledger.column.{column}") in said and "3" in said and TEXTS[f"problem.{kind}"]["zh"]
        )
    sifted = sift(sheet(cells_of(row("invented_good")), cells))
    assert [one.name for one in sifted.ledger.rows] == ["invented_good"] and len(sifted.left_out) == 1


@pytest.mark.parametrize(
    ("header", "kind", "place"),
    [
        (COLUMNS[1:], "missing", "column name"),
        ((*COLUMNS[:4], "note2", *COLUMNS[5:]), "missing", "column plan_q3"),
        ((*COLUMNS, "项目名称"), "duplicate", "column name"),
        ((*COLUMNS[:4], "三季度计划（美元）", *COLUMNS[5:]), "unknown_unit", "column plan_q3"),
    ],
)
def test_a_header_at_fault_is_named(header: tuple[str, ...], kind: str, place: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_ledger(sheet(cells_of(row()), header=header))
    assert [problem.kind for problem in bad.value.problems] == [kind] and place in bad.value.problems[0].place
    assert fault_line(bad.value.problems[0], {}, ZH)


def test_an_empty_table_and_one_too_long_are_named() -> None:
    with pytest.raises(BadInput):
        read_ledger(Sheet("invented", ()))
    with pytest.raises(BadInput) as bad:
        read_ledger(sheet(*([cells_of(row())] * (MOST_ROWS + 1))))
    assert bad.value.problems[0].kind == "out_of_range" and str(MOST_ROWS + 1) in bad.value.problems[0].found


def test_a_name_given_twice_counts_for_neither() -> None:
    sifted = sift(sheet(*(cells_of(row(name, plan_q3="1")) for name in ("虚构 Ａ", "invented_b", "虚构a"))))
    assert [one.name for one in sifted.ledger.rows] == ["invented_b"]
    assert sifted.left_out == ("虚构 Ａ", "虚构a")
    assert [(problem.kind, problem.place) for problem in sifted.problems] == [
        ("duplicate", "invented row 4 column name")
    ]
    assert "row 2" in sifted.problems[0].wanted


def test_every_fault_is_named_at_once() -> None:
    cells = [cells for cells, _, _ in FAULTS.values()]
    with pytest.raises(BadInput) as bad:
        read_ledger(
            sheet(
                *(
                    line_ if not line_[0] or len(line_[0]) > 99 else (f"n{n}", *line_[1:])
                    for n, line_ in enumerate(cells)
                )
            )
        )
    assert len(bad.value.problems) == len(FAULTS)


def test_what_is_added_must_not_be_there_already() -> None:
    faults = joining_faults(
        "here", [(3, cells_of(row("Invented_Park")))], [cells_of(one) for one in INVENTED.rows]
    )
    assert [(fault.kind, fault.place) for fault in faults] == [("duplicate", "here row 3 column name")]
    many = [(n, line(name=f"n{n}")) for n in range(MOST_ROWS)]
    assert [fault.kind for fault in joining_faults("here", many, [line()])] == ["out_of_range"]


junk = st.text(max_size=12) | st.sampled_from(
    ["续建", "新建", "是", "1e9", "1e99", "-", "=1", "'", "NaN", "１", "三季度", "万元", "（", "\x00"]
)


@given(st.lists(st.lists(junk | st.sampled_from([*COLUMNS, "三季度计划（万元）"]), max_size=13), max_size=6))
def test_any_table_is_read_or_refused_with_its_faults(rows: list[list[str]]) -> None:
    table = Sheet(
        "invented", tuple((n, tuple(map(str.strip, cells))) for n, cells in enumerate(rows, start=1))
    )
    check(lambda: read_ledger(table))
    for header in (COLUMNS, tuple(titles(ZH)), tuple(title.replace("亿元", "万元") for title in titles(ZH))):
        check(lambda header=header: read_ledger(Sheet("invented", ((0, header), *table.rows))))


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.sampled_from(["x.csv", "x.xlsx", "x"])
)
def test_any_file_is_read_or_refused_with_its_faults(data: bytes, name: str) -> None:
    check(lambda: read_ledger(sheet_of_file(name, data, ZH)))


@given(st.text())
def test_anything_pasted_is_read_or_refused_with_its_faults(text: str) -> None:
    check(lambda: read_ledger(sheet_of_paste(text, "here")))


def check(read) -> None:
    """It raises nothing but `BadInput`, each of whose faults the page can say."""
    try:
        read()
    except BadInput as bad:
        assert bad.problems
        for problem in bad.problems:
            for speech in (ZH, EN):
                assert fault_line(problem, {}, speech)


# --- the editor
# ------------------------------------------------------------------------------------------------------


def test_the_editor_s_changes_are_taken_over_exactly() -> None:
    base = tuple(cells_of(one) for one in INVENTED.rows)
    changes = {
        "edited_rows": {
            0: {"plan_q3": 0.1, "stage": "new", "in_statistics": False},
            "1": {"unit": None, "total": 1e-10},
        },
        "added_rows": [
            {"in_statistics": False},
            {"name": " 虚构丁 ", "stage": "new", "plan_q4": 3, "in_statistics": True},
        ],
        "deleted_rows": [2],
    }
    lines = with_edits(base, changes)
    assert [number for number, _ in lines] == [1, 2, 4, 5, 6, 8]
    first, second, last = (dict(zip(COLUMNS, lines[at][1], strict=True)) for at in (0, 1, -1))
    assert (first["plan_q3"], first["stage"], first["in_statistics"], first["plan_q4"]) == (
        "0.1",
        "new",
        "no",
        "2",
    )
    assert (second["unit"], second["total"]) == ("", "0.0000000001")
    assert (last["name"], last["plan_q4"], last["in_statistics"]) == ("虚构丁", "3", "yes")
