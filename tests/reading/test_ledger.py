"""A table of projects into a ledger: what reads back, and every fault named."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hdmodel import BadInput
from hdmodel.ledger import (
    Ledger,
)
from hdmodel.reading.ledger import (
    cells_of,
    joining_faults,
    read_ledger,
    sift,
)
from hdmodel.reading.ledger_columns import AMOUNTS, COLUMNS
from hdmodel.reading.ledger_table import MOST_ROWS
from hdmodel.reading.tables import Sheet
from tests.ledgers import INVENTED, ledgers, row
from ui.answers.ledger_rows import (
    fault_line,
)
from ui.files.ledger_file import csv_file, found_in_file, sheet_of_paste, titles, workbook
from ui.session.visit_ledger import with_edits
from ui.text.speech import Speech
from ui.text.texts import TEXTS

ZH, EN = Speech("zh"), Speech("en")


HEADER = tuple(f"{name}（亿元）" if name in AMOUNTS else name for name in COLUMNS)


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Sheet:
    return Sheet("invented", tuple(enumerate((header, *rows), start=1)))


# --- there and back
# --------------------------------------------------------------------------------------------------


@given(ledgers())
def test_a_ledger_reads_back_from_its_cells(ledger: Ledger) -> None:
    assert read_ledger(sheet(*map(cells_of, ledger.rows))) == ledger


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
@example(ledger=Ledger((row("invented_1", note="'="),)))
@given(ledger=ledgers())
def test_a_ledger_reads_back_from_csv_and_from_what_is_pasted(speech: Speech, ledger: Ledger) -> None:
    cells = [cells_of(one) for one in ledger.rows]
    assert read_ledger(found_in_file("台账.CSV", csv_file(cells, speech)).sheet) == ledger
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
    assert read_ledger(found_in_file("x.xlsx", data).sheet) == ledger
    first, about = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert first.title == speech.say("ledger.title") and about.max_row == len(COLUMNS)
    assert first.cell(2, 7).value == 3 and first.cell(2, 1).value == "invented_park", (
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
    titles = "虚构市项目台账,单位：亿元\n序号,责任单位,项目名称,阶段,入库,三季度计划,四季度计划,累计完成"
    text = f'{titles}\n1,虚构局,虚构甲, 续建 ,√,-,"1,000",—\n'
    read = sift(found_in_file("台账.csv", text.encode("gb18030")).sheet)
    assert read.problems == () and read.unread == ("序号",)
    assert read.ledger.rows == (row("虚构甲", start="", plan_q4="1000", unit="虚构局"),)


def test_money_is_read_to_the_fen() -> None:
    read = read_ledger(
        sheet(
            cells_of(row(plan_q3=Fraction("0.1"))),
            (*cells_of(row("invented_b"))[:6], "0.33333333333333331", *cells_of(row())[7:]),
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
        (HEADER[1:], "missing", "column name"),
        ((*HEADER[:6], "note2", *HEADER[7:]), "missing", "column plan_q3"),
        ((*HEADER, "项目名称"), "duplicate", "column name"),
        ((*HEADER[:6], "三季度计划（美元）", *HEADER[7:]), "unknown_unit", "column plan_q3"),
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
    check(lambda: read_ledger(found_in_file(name, data).sheet))


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
