"""No file holds the interpreter that serves everybody, or fills its memory: each ends within the limits,
and is named.

The files are made here, and read in a process of their own with limits on time and memory,
so that a fault fails a test and does not take the machine with it.
"""

from __future__ import annotations

import json
import random
import resource
import struct
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from hdmodel import BadInput
from hdmodel.problems import Faults
from hdmodel.reading.edition import RELEASED
from hdmodel.reading.files import sheets_in
from hdmodel.reading.ledger_table import MOST_ROWS
from hdmodel.reading.tables import csv_of
from tests.folders import ROOT
from ui.files.ledger_file import csv_file, found_in_file, workbook
from ui.files.spreadsheets import MOST_BYTES, read_file, write_workbook, write_zip
from ui.text.speech import Speech

MOST_TIMES, MOST_MIB = 3, 150  # an honest ledger's time in the same run; memory in MiB
HONEST = "honest.xlsx"
MEMORY = 3 * 2**30  # of addresses, most of which the libraries only reserve

READER = """
import json, resource, sys, time
from pathlib import Path
from hdmodel import BadInput
from hdmodel.problems import Faults
from ui.files.ledger_file import found_in_file, table_read
from ui.files.spreadsheets import read_file
from ui.text.speech import Speech

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

for path in map(Path, sys.argv[1:]):
    data, before, began, faults = path.read_bytes(), peak(), time.process_time(), Faults()
    if path.suffix != ".csv":
        read_file(data, faults)
    seconds, began = time.process_time() - began, time.process_time()
    try:
        table_read(found_in_file(path.name, data).sheet)
    except BadInput as bad:
        faults.problems += bad.problems
    said = [problem.sentence() for problem in faults.problems]
    print(json.dumps([path.name, max(seconds, time.process_time() - began), peak() - before, said[:3]]))
"""

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK}"/></Types>'


def made_of(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A good workbook with some of its parts changed."""
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "阶段", "三季度计划(亿元)", "四季度计划(亿元)", "入库"])
    book.active.append(["虚构甲", "新建", 1, 2, "是"])
    book.save(out := BytesIO())
    with ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return made_of(dict(parts))


SHEET, STRINGS, STYLES, BOOK = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
)


def with_rows(rows: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        head, _, rest = parts[SHEET].partition(b"<sheetData>")
        parts[SHEET] = (
            head + b"<sheetData>" + rows.encode() + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
        )

    return change


def one_long_string(parts: dict[str, bytes]) -> None:
    """8 MB of text in one shared string, which 100,000 cells show."""
    parts[STRINGS] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t '
        b'xml:space="preserve"> %s </t></si></sst>' % (b"x" * 2**23)
    )
    with_rows(
        "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 20 + "</row>" for row in range(1, 5_000))
    )(parts)


def put(part: str, before: bytes, what: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert before in parts[part]
        parts[part] = parts[part].replace(before, what + before, 1)

    return change


def lying_zip() -> bytes:
    """Its directory says that figures.csv has 100 bytes; it unfolds to 400 MB."""
    data = bytearray(made_of({"figures.csv": b"0" * (400 * 2**20)}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(sign) + place
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def many_small_strings() -> str:
    return "".join(
        f'<row r="{row}">' + f'<c t="inlineStr"><is><t>{"y" * 1_900}</t></is></c>' * 9 + "</row>"
        for row in range(1, 1_000)
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "one_long_string.xlsx": lambda: changed(one_long_string),
    "far_cells.xlsx": lambda: changed(
        with_rows("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 9_000)))
    ),
    "far_row.xlsx": lambda: changed(with_rows('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "long_attribute.xlsx": lambda: changed(
        with_rows(f'<row r="1"><c r="A1" x="{"a" * 15_000_000}"><v>1</v></c></row>')
    ),
    "long_comment.xlsx": lambda: changed(with_rows(f"<!--{'>' * 15_000_000}-->")),
    "deep.xlsx": lambda: changed(with_rows("<a>" * 400_000 + "</a>" * 400_000)),
    "many_tags.xlsx": lambda: changed(with_rows("<row/>" * 3_000_000)),
    "many_sheets.xlsx": lambda: changed(
        put(
            BOOK,
            b"</sheets>",
            b"".join(b'<sheet name="n%d" sheetId="%d" r:id="rId1"/>' % (n, n + 9) for n in range(20_000)),
        )
    ),
    "many_names.xlsx": lambda: changed(
        put(
            BOOK,
            b"<calcPr",
            b"".join(
                [
                    b"<definedNames>",
                    *(b'<definedName name="n%d">A1</definedName>' % n for n in range(200_000)),
                    b"</definedNames>",
                ]
            ),
        )
    ),
    "many_styles.xlsx": lambda: changed(
        put(STYLES, b"</cellXfs>", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 300_000)
    ),
    "many_merges.xlsx": lambda: changed(
        put(
            SHEET,
            b"<pageMargins",
            b"<mergeCells>%s</mergeCells>"
            % b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 400_000)),
        )
    ),
    "many_rules.xlsx": lambda: changed(
        put(
            SHEET,
            b"<pageMargins",
            b'<conditionalFormatting sqref="A1"><cfRule type="expression" '
            b'priority="1"/></conditionalFormatting>' * 120_000,
        )
    ),
    "blank_cells.xlsx": lambda: changed(with_rows(("<row>" + "<c/>" * 45 + "</row>") * 8_400)),
    "full_cells.xlsx": lambda: changed(with_rows(("<row>" + "<c><v>1</v></c>" * 45 + "</row>") * 4_200)),
    "much_text.xlsx": lambda: changed(with_rows(many_small_strings())),
    "claims_a_size.xlsx": lambda: changed(put(SHEET, b"<sheetViews", b'<dimension ref="A1:XFD1048576"/>')),
    "lying.zip": lying_zip,
    "entities.xlsx": lambda: made_of(
        {
            "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "'
            + "c" * 1_000
            + '"><!ENTITY d "'
            + "&b;" * 1_000
            + '">]><a>&d;</a>',
            BOOK: TYPES,
        }
    ),
    "commas.csv": lambda: b"," * (MOST_BYTES - 1),
    "short_lines.csv": lambda: b"1,2\n" * (MOST_BYTES // 4 - 1),
    "a_quote_without_end.csv": lambda: b'a,"' + b"x\n" * (MOST_BYTES // 2 - 4),
    "wide_lines.csv": lambda: (b"1," * 49 + b"1\n") * (MOST_BYTES // 101),
    "line_without_end.csv": lambda: "项目名称".encode() + b"x" * (MOST_BYTES - 100),
}


def honest() -> bytes:
    """A ledger as long as one may be, in every column: what anybody may ask a server to read."""
    named = [
        ("invented", "continuing", "9", "1", "3", "1", "1", "1", "started", "yes", "unit", "person", "note")
    ] * MOST_ROWS
    return workbook(
        [(f"{cells[0]} {number}", *cells[1:]) for number, cells in enumerate(named)], Speech("zh")
    )


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float, list[str]]]:
    """Seconds of processor, growth in MiB and the first problems of each file, read one after the other."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in HOSTILE.items():
        data = make()
        assert len(data) <= MOST_BYTES, (
            f"{name} has {len(data)} bytes: it would be refused for its size alone"
        )
        (folder / name).write_bytes(data)
    (folder / HONEST).write_bytes(honest())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (90, 90))

    run = subprocess.run(
        [sys.executable, "-c", READER, *(str(folder / name) for name in (HONEST, *HOSTILE))],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=limit,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2_000:]
    read = [json.loads(line) for line in run.stdout.splitlines()]
    return {name: (seconds, growth, said) for name, seconds, growth, said in read}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_takes_little_and_is_named(
    name: str, outcomes: dict[str, tuple[float, float, list[str]]]
) -> None:
    seconds, growth, said = outcomes[name]
    assert seconds < MOST_TIMES * outcomes[HONEST][0], (
        f"{seconds:.1f} s, an honest file {outcomes[HONEST][0]:.1f} s"
    )
    assert growth < MOST_MIB, f"{growth:.0f} MiB"
    assert said or name in ("claims_a_size.xlsx", "blank_cells.xlsx", "full_cells.xlsx"), "read in silence"
    assert all("Traceback" not in line and "Error" not in line.split(":")[0] for line in said)


def mutations(data: bytes, count: int) -> list[bytes]:
    """The file with some bytes changed, cut off, doubled or left out: the same ones at each run."""
    chance = random.Random(12)
    made = []
    for number in range(count):
        mutant = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        start = chance.randrange(len(mutant))
        if number % 4 == 1:
            del mutant[start:]
        elif number % 4 == 2:
            del mutant[start : start + chance.randrange(1, 200)]
        elif number % 4 == 3:
            mutant[start:start] = mutant[start : start + 500]
        made.append(bytes(mutant))
    return made


TABLES = {
    name: [cells for _, cells in sheet.rows]
    for name, sheet in sheets_in(RELEASED / "haidong-2022-h1", Faults()).items()
}
LEDGER = [("虚构甲", "new", "", "", "", "", "1", "2", "", "yes", "", "", "")]
GOOD = {
    "workbook": lambda: write_workbook(TABLES),
    "zip": lambda: write_zip(TABLES),
    "csv": lambda: csv_file(LEDGER, Speech("zh")),
    "figures": lambda: csv_of(sheets_in(RELEASED / "haidong-2022-h1", Faults())["figures.csv"]).encode(
        "gb18030"
    ),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_damaged_file_is_read_or_named_and_never_an_exception(kind: str) -> None:
    for data in mutations(GOOD[kind](), 150):
        read_file(data, Faults())
        for name in ("x.xlsx", "x.csv"):
            try:
                found_in_file(name, data)
            except BadInput as bad:
                assert bad.problems
