"""Is this table a ledger of projects?  Read in Chinese or English, columns in any order,
every fault named at once.

What decides a number and can be read for sure is read, and said (`Remark`): a unit above the header, a sum
row that is no project. What could be meant in two ways is a fault that names its cause. A row is a
contradiction, and a fault, where the plan cannot be meant as written: a plan before the start, or more than
the planned total. What is only odd stays in the ledger (`hdmodel.ledger.remarks_on`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from unicodedata import normalize

from hdmodel.edition import Project
from hdmodel.ledger import UNIT, Ledger, LedgerRow, planned
from hdmodel.numbers import half_up, read_number
from hdmodel.numbers import plain as plain_number
from hdmodel.problems import BadInput, Faults, Phrase, Place, Problem
from hdmodel.reading.ledger_units import (
    CLOSING,
    OPENING,
    SCALES,
    THOUSANDS,
    UNIT_PATTERN,
    UNSEEN,
    amount_and_unit,
    compact,
    full_name,
    has_marks,
    plain,
    states_other_money,
    units_stated,
)
from hdmodel.reading.tables import Row, Sheet

COLUMNS = (
    "name",
    "stage",
    "total",
    "done_h1",
    "plan_q3",
    "plan_q4",
    "start",
    "in_statistics",
    "unit",
    "person",
    "note",
)
AMOUNTS = ("total", "done_h1", "plan_q3", "plan_q4")
NEEDED = ("name", "stage", "plan_q3", "plan_q4", "in_statistics")
MOST_ROWS = 9_000  # fewer than a workbook may have, so that a ledger that was written can be read
MOST_LETTERS = 200  # in one cell of text

Cells = tuple[str, ...]  # one row in the order of COLUMNS, with the code's own words; amounts in 亿元
Line = tuple[int, Cells]  # and where it stands

_TITLES_AT_MOST = 20  # rows above the header, as bureaus put titles there
_MOST = Fraction(10_000)  # 亿元, as for the entries
_PLACES_OF_A_FEN = 10  # 1 分 is 0.0000000001 亿元; no sum of money is finer

_HEADERS: Mapping[str, Sequence[str]] = {
    "name": ("项目名称", "项目", "名称", "name", "project"),
    "stage": ("阶段", "项目阶段", "建设阶段", "stage"),
    "total": ("计划总投资", "总投资", "planned total", "total"),
    "done_h1": ("上半年末累计完成", "累计完成", "done by end of h1"),
    "plan_q3": ("三季度计划", "三季度", "计划三季度", "planned q3", "q3 plan", "plan q3", "q3"),
    "plan_q4": ("四季度计划", "四季度", "计划四季度", "planned q4", "q4 plan", "plan q4", "q4"),
    "start": ("开工季度", "开工时间", "开工", "start quarter", "start"),
    "in_statistics": ("入库", "是否入库", "in the statistics", "in statistics"),
    "unit": ("责任单位", "单位", "unit in charge", "unit"),
    "person": ("责任人", "负责人", "person in charge", "person"),
    "note": ("备注", "说明", "note"),
}
# What was done in this year's first half: not what was done since a project's start, which the ledger holds.
_THIS_YEARS_H1 = (
    "上半年完成",
    "上半年完成投资",
    "1-6月完成",
    "1—6月完成",
    "1-6月完成投资",
    "1—6月完成投资",
    "done in h1",
    "done h1",
)
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "stage": {
        "continuing": ("续建", "continuing"),
        "new": ("新建", "新开工", "new"),
        "preliminary": ("前期", "preliminary"),
        "completed": ("竣工", "已竣工", "完工", "completed"),
    },
    "start": {
        "": ("",),
        "started": ("已开工", "已开复工", "started"),
        "q3": ("三季度", "3季度", "第三季度", "q3"),
        "q4": ("四季度", "4季度", "第四季度", "q4"),
        "later": ("以后", "明年", "明年及以后", "later", "next year"),
    },
    "in_statistics": {
        "yes": ("是", "已入库", "√", "✓", "yes", "y", "true", "1"),
        "no": ("否", "未入库", "×", "", "no", "n", "false", "0"),
    },
}
_UNITS_WANTED = ", ".join(SCALES)
ACCEPTED = {
    column: ", ".join(words[0] for words in codes.values() if words[0]) for column, codes in _WORDS.items()
}
_NO_AMOUNT = ("", "-", "—", "–", "/")  # as spreadsheets and people write an empty amount
_IN_BRACKETS = re.compile(
    rf"([^{OPENING}]*?) ?[{OPENING}] ?(?:金额)?(?:单位)? ?:? ?([^{OPENING}{CLOSING}]*?) ?[{CLOSING}]"
)
_BEHIND = re.compile(rf"(.*?)[ /,、|:;_\-—]*({UNIT_PATTERN})", re.DOTALL)
_LONGEST_HEADER = 100  # letters that are looked through for a column
_SUM = re.compile(
    r"(?:其中)?(?:.{0,8}?)(?:合计|小计|总计|共计|总和|累计)(?:\(?[0-9]*[个项户]?\)?)?:?|(?:sub|grand)?total:?|sum:?"
)
# what a project with a stage is not called: a sum, a part of one, a heading
_NAMED_AS_A_SUM = re.compile(
    r".*(?:合计|小计|总计|共计).*|共[0-9]+[个项户].*|其中:.*"
    r"|(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)).*(?:\([0-9]+[个项户]\)|项目|类)",
    re.DOTALL,
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+[、.)]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[类批部]).*",
    re.DOTALL,
)
_NOTE = re.compile(
    r"(?:填报人?|填表人?|审核人?|制表人?|复核人?|经办人?|负责人|单位负责人|联系人|联系电话|电话|填报单位|填报日期|填报时间|日期"
    r"|注|备注|说明|附注|prepared by|note)\s*[0-9]*:.*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Sifted:
    """What a table holds: the projects that can be used, what is wrong, which projects are left out,
    which columns unread.
    """

    ledger: Ledger
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something that was read otherwise than as it stands, or left out: its kind, the rows,
    and the unit or sheet it is about.
    """

    kind: str
    rows: tuple[int, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class TableRead:
    """A table in the ledger's own columns and 亿元, with what is wrong with it, the columns not read,
    and what is to be said.
    """

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Where a table's header stands (its place among the filled rows)
    and in which place each of the ledger's columns is.
    """

    start: int
    line: int
    places: Mapping[str, int]


@dataclass(frozen=True)
class _Column:
    """Where a column stands in the table, and the unit of its amounts; blank where its header names none."""

    place: int
    written: str
    unit: str


def read_ledger(sheet: Sheet) -> Ledger:
    """The ledger that a table holds; raises `BadInput` with every fault: its place,
    the value and what is accepted.
    """
    sifted = sift(sheet)
    if sifted.problems:
        raise BadInput(sifted.problems)
    return sifted.ledger


def sift(sheet: Sheet) -> Sifted:
    """What of a table can be used as a ledger; never raises."""
    read = read_table(sheet)
    sifted = sift_lines(sheet.name, read.lines)
    return replace(
        sifted, problems=(*read.problems, *sifted.problems), unread=read.unread, remarks=read.remarks
    )


def layout_of(sheet: Sheet) -> Layout | None:
    """Where the header stands; `None` for a table in which no row looks like one."""
    filled = _filled(sheet)
    start = next(
        (place for place, (_, cells) in enumerate(filled[:_TITLES_AT_MOST]) if looks_like_header(cells)), None
    )
    if start is None:
        return None
    line, header = filled[start]
    return Layout(
        start, line, {name: column.place for name, column in _columns(Place(""), header)[0].items()}
    )


def read_table(sheet: Sheet) -> TableRead:
    """The rows of a table in the ledger's own columns and 亿元; never raises."""
    filled = _filled(sheet)
    if not filled:
        return TableRead(problems=(Problem("missing", sheet.name, "", _header_wanted(), ""),))
    layout = layout_of(sheet)
    start = layout.start if layout else 0
    (at, header), *rows = filled[start:]
    columns, problems = _columns(Place(sheet.name, at), header)
    units, remarks, of_units = _units(
        sheet.name, columns, [_called(sheet), *filled[:start], *_notes(rows)], (at, header)
    )
    problems += of_units
    if len(rows) > MOST_ROWS:
        problems.append(
            Problem(
                "out_of_range",
                sheet.name,
                Phrase("found.rows", count=len(rows)),
                Phrase("wanted.up_to_rows", most=MOST_ROWS),
            )
        )
    if problems:
        return TableRead(problems=tuple(problems))
    kept, left_out, doubtful = _projects_among(sheet.name, rows, columns)
    doubtful += _units_of_measure(sheet.name, kept, columns, units)
    lines = tuple((line, _cells(cells, columns, units)) for line, cells in kept)
    in_cells = tuple(
        line
        for line, cells in kept
        if any(amount_and_unit(_at(cells, columns[name].place)) for name in AMOUNTS if name in columns)
    )
    remarks += left_out
    remarks += [Remark("this_years_h1", (at,), written) for written in header if _is_this_years_h1(written)]
    remarks += [Remark("unit_in_cells", in_cells)] if in_cells else []
    return TableRead(lines, tuple(doubtful), _unread(header, columns, filled), tuple(remarks))


def _called(sheet: Sheet) -> tuple[int, Cells]:
    """The name of the sheet or file as a row above the others: 项目表（万元） states the unit, too."""
    return 0, (sheet.name.removesuffix(".csv"),)


def _notes(rows: Sequence[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """The rows below the header that are notes: they, too, may state the unit."""
    texts = (
        (line, cells, [text for cell in cells if (text := compact(cell))])
        for line, cells in rows
        if sum(map(bool, cells)) <= 3
    )
    return [(line, cells) for line, cells, filled in texts if all(_NOTE.fullmatch(text) for text in filled)]


def _filled(sheet: Sheet) -> list[tuple[int, Cells]]:
    return [(line, cells) for line, cells in sheet.rows if any(cells)]


def _unread(
    header: Cells, columns: Mapping[str, _Column], filled: Sequence[tuple[int, Cells]]
) -> tuple[str, ...]:
    """The columns that hold something and are none of the ledger's, by their names."""
    known = {column.place for column in columns.values()}
    used = max((len(cells) for _, cells in filled), default=0)
    unread = [
        place
        for place in range(used)
        if place not in known and any(place < len(cells) and cells[place] for _, cells in filled)
    ]
    return tuple(_at(header, place) or str(place + 1) for place in unread)


def sift_lines(table: str, lines: Sequence[Line]) -> Sifted:
    """The projects among rows that are in the ledger's own columns; a name given twice counts for neither."""
    faults, first = Faults(), _first_of_repeated(lines)
    projects: list[LedgerRow] = []
    left_out: list[str] = []
    for line, cells in lines:
        row = Row(table, line, dict(zip(COLUMNS, cells, strict=True)), faults)
        project, before = _row(row), first.get(_same(cells[0]))
        if before is not None and before != line:
            row.fault("duplicate", "name", Phrase("wanted.name_not_above", row=before))
        if project is None or before is not None:
            left_out.append(cells[0] or str(line))
        else:
            projects.append(project)
    return Sifted(Ledger(tuple(projects)), tuple(faults.problems), tuple(left_out))


def joining_faults(table: str, lines: Sequence[Line], cells: Sequence[Cells]) -> list[Problem]:
    """What keeps rows from being added to a ledger: names it has already, or too many rows together."""
    there = {_same(row[0]): place for place, row in enumerate(cells, start=1)}
    faults = [
        Problem(
            "duplicate",
            Place(table, line, "name"),
            row[0],
            Phrase("wanted.name_not_in_ledger", row=there[_same(row[0])]),
        )
        for line, row in lines
        if _same(row[0]) in there
    ]
    if len(cells) + len(lines) > MOST_ROWS:
        faults.append(
            Problem(
                "out_of_range",
                table,
                Phrase("found.rows", count=len(cells) + len(lines)),
                Phrase("wanted.up_to_rows", most=MOST_ROWS),
            )
        )
    return faults


def named_projects(projects: Iterable[Project], language: str) -> tuple[Cells, ...]:
    """The rows that a ledger begins with: the projects an edition names, their plans blank,
    none in the statistics yet.
    """
    return tuple(
        cells_of(
            LedgerRow(
                name=getattr(project.name, language),
                stage=project.stage,
                total=project.amount,
                done_h1=None,
                plan_q3=Fraction(0),
                plan_q4=Fraction(0),
                start="",
                in_statistics=False,
                unit="",
                person="",
                note=getattr(project.note, language),
            )
        )
        for project in projects
    )


def cells_of(row: LedgerRow) -> Cells:
    """A row as cells that read back to the same row; a plan of nothing is blank."""
    plans = {
        name: decimal(getattr(row, name)) if getattr(row, name) else "" for name in ("plan_q3", "plan_q4")
    }
    known = {
        name: "" if getattr(row, name) is None else decimal(getattr(row, name))
        for name in ("total", "done_h1")
    }
    words = {"in_statistics": "yes" if row.in_statistics else "no", **known, **plans}
    return tuple(words.get(name, getattr(row, name)) for name in COLUMNS)


def decimal(value: Fraction) -> str:
    """An amount of money in full, without an exponent.

    >>> decimal(Fraction("0.0000000001")), decimal(Fraction(1200))
    ('0.0000000001', '1200')
    """
    written = plain_number(value)
    return format(Decimal(written), "f") if "e" in written else written


# --- the header
# ------------------------------------------------------------------------------------------------------


def looks_like_header(cells: Iterable[str]) -> bool:
    """Whether a row names columns rather than a project: what is pasted may come with or without a header."""
    written = tuple(cells)
    named = sum(_column_named(_split(cell)[0]) is not None for cell in written)
    return named >= 2 and not any(compact(cell) in _CODE_OF["stage"] for cell in written)


def is_in_ledger_order(cells: Cells) -> bool:
    """Whether a row without a header stands in the ledger's own order: by its words, of which
    only those that may be blank are missing.

    >>> is_in_ledger_order(("虚构戊", "新建", "", "", "0.8", "", "三季度", "是"))
    True
    >>> is_in_ledger_order(("虚构戊", "新建", "10", "1", "2"))
    False
    """
    by_column = dict(zip(COLUMNS, (*cells, *("",) * len(COLUMNS)), strict=False))
    are_words = all(compact(by_column[column]) in codes for column, codes in _CODE_OF.items())
    return are_words and (len(cells) == len(COLUMNS) or bool(by_column["in_statistics"]))


def _columns(place: Place, header: Cells) -> tuple[dict[str, _Column], list[Problem]]:
    found: dict[str, _Column] = {}
    problems: list[Problem] = []
    for position, written in enumerate(header):
        title, unit = _split(written)
        name = _column_named(title)
        if name is None:
            continue
        if name in found:
            problems.append(
                Problem("duplicate", place.in_column(name), written, Phrase("wanted.column_once"))
            )
        if name in AMOUNTS and unit and unit not in SCALES:
            problems.append(Problem("unknown_unit", place.in_column(name), written, _UNITS_WANTED))
        found[name] = _Column(position, written, unit)
    problems += [
        Problem(
            "missing",
            place.in_column(name),
            "",
            Phrase("wanted.column_named", zh=_HEADERS[name][0], en=_HEADERS[name][-1]),
        )
        for name in NEEDED
        if name not in found
    ]
    return found, problems


def _units(
    table: str, columns: Mapping[str, _Column], above: Sequence[tuple[int, Cells]], header: tuple[int, Cells]
) -> tuple[dict[str, str], list[Remark], list[Problem]]:
    """The unit of each column of amounts: its own, or the one that stands above the table;
    both must agree where both are there.
    """
    known = {column.place for column in columns.values()}
    corner = (header[0], tuple(cell for place, cell in enumerate(header[1]) if place not in known))
    stated: dict[str, int] = {}
    problems: list[Problem] = []
    for line, cells in (*above, corner):
        for cell in cells:
            for unit in units_stated(cell, is_header=line == header[0]):
                stated.setdefault(unit, line)
            if states_other_money(cell):
                problems.append(Problem("unknown_unit", Place(table, line), cell, _UNITS_WANTED))
    if len(stated) > 1:
        line = max(stated.values())
        problems.append(
            Problem("two_units", Place(table, line), ", ".join(stated), Phrase("wanted.one_unit"))
        )
    general = next(iter(stated), "")
    amounts = {name: column for name, column in columns.items() if name in AMOUNTS}
    beside = (_BEHIND.fullmatch(plain(cell)) or _in_brackets(cell) for cell in corner[1])
    others = {column.unit for column in amounts.values()}
    others |= {full_name(header_and_unit[2]) for header_and_unit in beside if header_and_unit}
    others = (others & {*SCALES}) - {UNIT}
    for name, column in amounts.items():
        # 亿元, as where no unit stands at all? or as in the columns beside it?
        if others and not general and not column.unit:
            problems.append(
                Problem("unknown_unit", Place(table, header[0], name), column.written, _UNITS_WANTED)
            )
        if general and column.unit in SCALES and column.unit != general:
            place = Place(table, header[0], name)
            problems.append(
                Problem(
                    "two_units",
                    place,
                    f"{column.unit}, {general}",
                    Phrase("wanted.one_unit_of_column"),
                )
            )
    remarks = (
        [Remark("unit_above", (stated[general],), general)]
        if general and any(not column.unit for column in amounts.values())
        else []
    )
    if not general and any(not column.unit for column in amounts.values()):
        remarks.append(Remark("no_unit", (header[0],), UNIT))
    return {name: column.unit or general or UNIT for name, column in amounts.items()}, remarks, problems


def _header_wanted() -> str:
    return "a header: " + ", ".join(_HEADERS[name][0] for name in NEEDED)


def _split(header: str) -> tuple[str, str]:
    """A header's name and its unit, in brackets of any shape, behind a slash or a blank, or at its end.

    >>> [_split(f"三季度计划{unit}") for unit in ("【万元】", "/万元", "（单位：元）")]
    [('三季度计划', '万元'), ('三季度计划', '万元'), ('三季度计划', '元')]
    >>> _split("备注")
    ('备注', '')
    """
    text = " ".join(plain(header[:_LONGEST_HEADER]).split())
    if len(header) > _LONGEST_HEADER or _column_named(text) is not None:
        return text, ""
    for pattern in (_IN_BRACKETS, _BEHIND):
        match = pattern.fullmatch(text)
        if match and _column_named(match[1].strip()) in AMOUNTS:
            unit = match[2].strip()
            return match[1].strip(), full_name(unit)
    return text, ""


def _in_brackets(header: str) -> re.Match[str] | None:
    return _IN_BRACKETS.fullmatch(" ".join(plain(header[:_LONGEST_HEADER]).split()))


def _column_named(title: str) -> str | None:
    return _COLUMN_OF.get("".join(title.replace("_", " ").split()))


def _is_this_years_h1(header: str) -> bool:
    """Whether a column holds what this year's first half brought.

    >>> _is_this_years_h1("1－6月完成（万元）"), _is_this_years_h1("上半年末累计完成")
    (True, False)
    """
    text = compact(header[:_LONGEST_HEADER])
    return any(
        text == title or text.startswith((f"{title}(", f"{title}/", f"{title}[", f"{title}【"))
        for title in _THIS_YEARS_COMPACT
    )


_COLUMN_OF = {
    "".join(title.split()): name
    for name, titles in _HEADERS.items()
    for title in (*titles, name.replace("_", " "))
}
_THIS_YEARS_COMPACT = ["".join(title.split()) for title in _THIS_YEARS_H1]
_CODE_OF = {
    column: {word: code for code, words in codes.items() for word in (*words, code)}
    for column, codes in _WORDS.items()
}


# --- the rows
# --------------------------------------------------------------------------------------------------------


def _at(cells: Cells, place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _projects_among(
    table: str, rows: Sequence[tuple[int, Cells]], columns: Mapping[str, _Column]
) -> tuple[list[tuple[int, Cells]], list[Remark], list[Problem]]:
    """The rows that are projects; sums, headings of sections and notes are left out and said;
    what could be either is a fault.
    """
    kept: list[tuple[int, Cells]] = []
    left: dict[str, list[int]] = {"sums": [], "sections": [], "notes": []}
    problems: list[Problem] = []
    known = {column.place for column in columns.values()}
    for line, cells in rows:
        name, stage = (compact(_at(cells, columns[column].place)) for column in ("name", "stage"))
        filled = [] if stage and name else [text for cell in cells if (text := compact(cell))]
        beside = [compact(cell) for place, cell in enumerate(cells) if cell and place not in known]
        is_sum = names_a_sum(name) or any(map(names_a_sum, filled if not name else beside))
        if stage and (is_sum or _NAMED_AS_A_SUM.fullmatch(name)):
            at = Place(table, line, "name")
            problems.append(
                Problem("sum_row", at, _at(cells, columns["name"].place), Phrase("wanted.project_or_no_row"))
            )
        elif is_sum:
            left["sums"].append(line)
        elif len(filled) == 1 and _SECTION.fullmatch(filled[0]):
            left["sections"].append(line)
        elif filled and all(_NOTE.fullmatch(text) for text in filled):
            left["notes"].append(line)
        else:
            kept.append((line, cells))
    return kept, [Remark(kind, tuple(lines)) for kind, lines in left.items() if lines], problems


def names_a_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum.

    >>> names_a_sum("合 计"), names_a_sum("续建项目小计（2个）"), names_a_sum("虚构项目")
    (True, True, False)
    """
    return len(text) <= MOST_LETTERS and _SUM.fullmatch(compact(text)) is not None


def _units_of_measure(
    table: str,
    rows: Sequence[tuple[int, Cells]],
    columns: Mapping[str, _Column],
    units: Mapping[str, str],
) -> list[Problem]:
    """A column that holds units of money, as 单位 or 计量单位 may:
    in another one than the amounts are read in, it is not known which counts.
    """
    own = {column.place for name, column in columns.items() if name != "unit"}
    for line, cells in rows:
        for place, cell in enumerate(cells):
            unit = full_name(compact(cell)) if len(cell) <= MOST_LETTERS and place not in own else ""
            if unit in SCALES and {*units.values()} != {unit}:
                wanted = Phrase("wanted.one_unit_of_column")
                return [Problem("two_units", Place(table, line), cell, wanted)]
    return []


def _cells(cells: Cells, columns: Mapping[str, _Column], units: Mapping[str, str]) -> Cells:
    """A row of the table in the ledger's order; an amount in another unit that can be read becomes 亿元,
    exactly.
    """
    taken = []
    for name in COLUMNS:
        column = columns.get(name)
        text = _at(cells, column.place).translate(UNSEEN).strip() if column else ""
        taken.append(_in_yi(text, units[name]) if column and name in AMOUNTS else text)
    return tuple(taken)


def _in_yi(text: str, unit: str) -> str:
    """An amount in 亿元; one that names its own unit is in that one, whatever its column is in."""
    if own := amount_and_unit(text):
        text, unit = own
    try:
        amount = _amount(text)
    except ValueError:
        # no number in any unit: the fault repeats what was written
        return text if unit == UNIT else f"{text} {unit}"
    return (
        text
        if amount is None or SCALES[unit] == 1
        else decimal(half_up(amount / SCALES[unit], _PLACES_OF_A_FEN))
    )


def _row(row: Row) -> LedgerRow | None:
    """One project, `None` where a cell of it cannot be read;
    contradictions are looked for where every cell can.
    """
    found = len(row.faults.problems)
    texts = {name: _text(row, name) for name in ("name", "unit", "person", "note")}
    words = {name: _word(row, name) for name in _WORDS}
    amounts = {name: _read_amount(row, name) for name in AMOUNTS}
    if len(row.faults.problems) > found:
        return None
    project = LedgerRow(
        **texts,
        stage=words["stage"],
        start=words["start"],
        in_statistics=words["in_statistics"] == "yes",
        total=amounts["total"],
        done_h1=amounts["done_h1"],
        plan_q3=amounts["plan_q3"] or Fraction(0),
        plan_q4=amounts["plan_q4"] or Fraction(0),
    )
    for kind, column, value, accepted in contradictions(project):
        row.faults.add(kind, row.where(column), value, accepted)
    return project if len(row.faults.problems) == found else None


def contradictions(row: LedgerRow) -> Iterator[tuple[str, str, str, str]]:
    """What in a row cannot be meant together: the kind of fault, the column,
    the value and what is accepted.
    """
    if row.start in ("q4", "later") and row.plan_q3 > 0:
        yield "plan_before_start", "plan_q3", decimal(row.plan_q3), "0"
    if row.start == "later" and row.plan_q4 > 0:
        yield "plan_before_start", "plan_q4", decimal(row.plan_q4), "0"
    if row.start in ("q4", "later") and row.stage == "completed":
        yield "completed_before_start", "start", row.start, ACCEPTED["start"]
    spent = (row.done_h1 or Fraction(0)) + planned(row).h2
    if row.total is not None and spent > row.total:
        yield "over_total", "total", decimal(row.total), f">= {decimal(spent)}"


def _text(row: Row, column: str) -> str:
    text = row.cells[column]
    if len(text) > MOST_LETTERS:
        row.fault("long_text", column, Phrase("wanted.most_characters", most=MOST_LETTERS))
    if column == "name" and not text:
        row.fault("missing", column, "a name")
    return text


def _word(row: Row, column: str) -> str:
    """The code of a word that is one of a few; blank, and a fault, for any other."""
    text = row.cells[column]
    code = _CODE_OF[column].get("".join(normalize("NFKC", text).lower().split()))
    if code is None:
        row.fault("unknown_word" if text else "missing", column, ACCEPTED[column])
    return code or ""


def _read_amount(row: Row, column: str) -> Fraction | None:
    try:
        amount = _amount(row.cells[column])
    except ValueError:
        row.fault("not_a_number", column, Phrase("wanted.number_or_blank_amount"))
        return None
    if amount is not None and not 0 <= amount <= _MOST:
        row.fault("out_of_range", column, f"0…{_MOST} {UNIT}")
        return None
    return None if amount is None else half_up(amount, _PLACES_OF_A_FEN)


def _amount(text: str) -> Fraction | None:
    """A written amount, `None` where there is none; separators of thousands are allowed.
    Raises `ValueError`.
    """
    plain_text = plain(text)
    if has_marks(text):
        raise ValueError("the mark of a note beside a number")
    if len(plain_text.split()) > 1:
        raise ValueError("two numbers, or one with a blank in it")
    if plain_text in _NO_AMOUNT:
        return None
    return read_number(plain_text.replace(",", "") if THOUSANDS.fullmatch(plain_text) else plain_text)


def _same(name: str) -> str:
    """What two spellings of one name share: width, case and blanks make no difference."""
    return "".join(normalize("NFKC", name).casefold().split())


def _first_of_repeated(lines: Sequence[Line]) -> dict[str, int]:
    """The first row of each name that is given more than once."""
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for line, cells in lines:
        name = _same(cells[0])
        if name and name in first:
            again[name] = first[name]
        first.setdefault(name, line)
    return again
