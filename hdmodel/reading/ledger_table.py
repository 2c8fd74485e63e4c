"""What does a table hold in the columns of a ledger, in 亿元?  Its header, units, projects and sums,
and what is to be said of each.

Nothing is guessed: where the unit of an amount is missing or contradicts itself it is asked for, and a column
that is not known stays unread until somebody says what it stands for (`Choices`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hdmodel.problems import Phrase, Place, Problem
from hdmodel.reading.characters import UNSEEN, compact, number_of
from hdmodel.reading.ledger_columns import (
    AMOUNTS,
    COLUMNS,
    NEEDED,
    Cells,
    Choices,
    Layout,
    Line,
    TitledColumn,
    filled_rows,
    layout_of,
    layout_of_first,
    title_of,
)
from hdmodel.reading.ledger_sums import Body, Difference, Rows, differences, rows_among, unnamed_sums
from hdmodel.reading.ledger_units import (
    SCALES,
    amount_and_unit,
    hangs_on_its_column,
    in_yi,
    states_other_money,
    units_stated,
)
from hdmodel.reading.ledger_words import WORDED, code_of, start_of
from hdmodel.reading.tables import Sheet

MOST_ROWS = 9_000  # fewer than a workbook may have, so that a ledger that was written can be read
MOST_LETTERS = 200  # in one cell of text
UNITS_WANTED = "、".join(SCALES)
_YEAR, _SIGNED = re.compile(r"20[0-9]{2}(?=年)"), re.compile("日期|时间|填报|填表|制表")


@dataclass(frozen=True)
class Remark:
    """Something that was read otherwise than as it stands, or left out: its kind, the rows,
    the unit or sheet it is about, and a sum that differs.
    """

    kind: str
    rows: tuple[int, ...] = ()
    value: str = ""
    difference: Difference | None = None


@dataclass(frozen=True)
class TableRead:
    """A table in the ledger's own columns and 亿元, with what is wrong with it, its columns as they were
    found, those that are not read, and what is to be said. Where `asks_unit`, amounts wait for their unit.
    """

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    columns: tuple[TitledColumn, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    asks_unit: bool = False


@dataclass(frozen=True)
class _Stated:
    """The units that stand above a table, beside its header or in a note: each with its line, and other
    money.
    """

    units: Mapping[str, int]
    problems: tuple[Problem, ...]

    @property
    def general(self) -> str:
        """The one that counts for every column without its own; blank where there is none, or more than
        one.
        """
        return next(iter(self.units)) if len(self.units) == 1 else ""


@dataclass(frozen=True)
class _Parts:
    """A table taken apart: what is below its header, its columns, the units it states, and its rows by what
    they are.
    """

    body: Body
    layout: Layout
    columns: tuple[TitledColumn, ...]
    stated: _Stated
    rows: Rows


def read_table(sheet: Sheet, choices: Choices | None = None) -> TableRead:
    """The rows of a table in the ledger's own columns and 亿元; never raises."""
    choices, filled = choices or Choices(), filled_rows(sheet)
    if not filled:
        wanted = Phrase("wanted.header", columns="、".join(title_of(name)[0] for name in NEEDED))
        return TableRead(problems=(Problem("missing", Place(sheet.name), "", wanted),))
    layout = layout_of(sheet, choices) or layout_of_first(filled, choices)
    rows = filled[layout.last + 1 :]
    columns = tuple(column for column in layout.columns if column.name or _is_used(column.place, filled))
    body = Body(sheet.name, rows, layout.places, filled[layout.first : layout.last + 1])
    stated = _stated(sheet, layout, [*filled[: layout.first], *body.without_stage], filled)
    problems = [*_faults_of_columns(sheet.name, layout), *_too_many(sheet.name, rows)]
    if problems:
        return TableRead(problems=(*problems, *stated.problems), columns=columns)
    parts = _Parts(body, layout, columns, stated, rows_among(body))
    units, asked = _units(parts, choices)
    if asked:
        return TableRead(problems=tuple(asked), columns=columns, units=units, asks_unit=True)
    read = _converted(parts, units, choices)
    return replace(read, remarks=(*_remarks_on_year(filled[: layout.first], choices), *read.remarks))


def _converted(parts: _Parts, units: Mapping[str, str], choices: Choices) -> TableRead:
    layout, places, columns = parts.layout, parts.layout.places, parts.columns
    amounts = _amounts_in(places, units)
    rows = unnamed_sums(parts.rows, places, amounts)
    problems = (*rows.problems, *_units_between(parts, units), *_units_of_measure(parts, units))
    lines = tuple((line, _cells(cells, places, units, choices)) for line, cells in rows.projects)
    remarks = (
        *_remarks_on_units(layout, parts.stated, units, choices),
        *_remarks_on_rows(rows),
        *(
            Remark("sum_differs", (differing.line,), difference=differing)
            for differing in differences(rows, amounts)
        ),
        *_remarks_on_cells(rows.projects, places, choices),
    )
    unread = tuple(column.title or str(column.place + 1) for column in columns if not column.name)
    return TableRead(lines, problems, unread, remarks, columns, units)


def _is_used(place: int, filled: Sequence[Line]) -> bool:
    return any(place < len(cells) and cells[place] for _, cells in filled)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


# --- the header
# ------------------------------------------------------------------------------------------------------


def _faults_of_columns(table: str, layout: Layout) -> list[Problem]:
    """Columns that are there twice, and those that a ledger needs and has not."""
    named = [column for column in layout.columns if column.name]
    first = {column.name: column for column in reversed(named)}
    twice = [column for column in named if first[column.name] is not column]
    place = Place(table, layout.line)
    return [
        *(
            Problem("duplicate", place.in_column(column.name), column.title, Phrase("wanted.column_once"))
            for column in twice
        ),
        *(
            Problem("missing", place.in_column(name), "", _named(name))
            for name in NEEDED
            if name not in first
        ),
    ]


def _named(name: str) -> Phrase:
    title, other = title_of(name)
    return Phrase("wanted.column_named", title=title, other=other)


def _too_many(table: str, rows: Sequence[Line]) -> list[Problem]:
    if len(rows) <= MOST_ROWS:
        return []
    wanted = Phrase("wanted.up_to_rows", most=MOST_ROWS)
    return [Problem("out_of_range", Place(table), Phrase("found.rows", count=len(rows)), wanted)]


# --- units
# -----------------------------------------------------------------------------------------------------------


def _stated(sheet: Sheet, layout: Layout, others: Sequence[Line], filled: Sequence[Line]) -> _Stated:
    """What the name of the table, the rows above it, the notes below and the other titles beside say of its
    unit.
    """
    known = {column.place for column in layout.columns if column.name}
    header = [
        (line, tuple(cell for place, cell in enumerate(cells) if place not in known))
        for line, cells in filled[layout.first : layout.last + 1]
    ]
    units: dict[str, int] = {}
    problems: list[Problem] = []
    for line, cells in ((0, (sheet.name.removesuffix(".csv"),)), *others, *header):
        for cell in cells:
            is_header = layout.first_line <= line <= layout.line
            for unit in units_stated(cell, is_header=is_header):
                units.setdefault(unit, line)
            if states_other_money(cell):
                problems.append(Problem("unknown_unit", Place(sheet.name, line), cell, UNITS_WANTED))
    return _Stated(units, tuple(problems))


def _units(parts: _Parts, choices: Choices) -> tuple[dict[str, str], list[Problem]]:
    """The unit of each column of amounts, its own or the one that stands above the table; what is open is
    asked for, and takes the unit that was chosen.
    """
    table, layout, stated = parts.body.table, parts.layout, parts.stated
    asked: list[Problem] = list(stated.problems)
    units: dict[str, str] = {}
    missing: list[TitledColumn] = []
    if len(stated.units) > 1:
        place = Place(table, max(stated.units.values()))
        asked.append(Problem("two_units", place, ", ".join(stated.units), Phrase("wanted.one_unit")))
    for column in layout.columns:
        if column.name not in AMOUNTS:
            continue
        problem = _fault_of_unit(table, layout.line, column, stated)
        units[column.name] = "" if problem else column.unit or stated.general
        if problem:
            asked.append(problem)
        elif not units[column.name] and _hangs_on_it(column, parts.rows):
            missing.append(column)
    if missing and len(stated.units) <= 1:
        titles = ", ".join(column.title for column in missing)
        asked.append(Problem("no_unit", Place(table, layout.line), titles, Phrase("wanted.unit_stated")))
    if choices.unit:
        return {name: unit or choices.unit for name, unit in units.items()}, []
    return {name: unit or next(iter(SCALES)) for name, unit in units.items()}, asked


def _fault_of_unit(table: str, line: int, column: TitledColumn, stated: _Stated) -> Problem | None:
    place = Place(table, line, column.name)
    if column.unit and column.unit not in SCALES:
        kind = "two_units" if ", " in column.unit else "unknown_unit"
        return Problem(kind, place, column.title, UNITS_WANTED)
    if column.unit and stated.general and column.unit != stated.general:
        wanted = Phrase("wanted.one_unit_of_column")
        return Problem("two_units", place, f"{column.unit}, {stated.general}", wanted)
    return None


def _hangs_on_it(column: TitledColumn, rows: Rows) -> bool:
    return any(hangs_on_its_column(_at(cells, column.place)) for _, cells in (*rows.projects, *rows.sums))


def _units_between(parts: _Parts, units: Mapping[str, str]) -> list[Problem]:
    """The rows between projects that state another unit: it would hold for the projects below alone."""
    return [
        Problem("two_units", Place(parts.body.table, line), cell, Phrase("wanted.one_unit"))
        for line, cells in parts.body.without_stage
        if line not in parts.rows.notes
        for cell in cells
        if {*units_stated(cell)} - {*units.values()}
    ]


def _units_of_measure(parts: _Parts, units: Mapping[str, str]) -> list[Problem]:
    """A column that holds units of money, as 单位 or 计量单位 may: in another one than the
    amounts are read in, it is not known which counts. 责任单位 holds none, whatever its name.
    """
    at = {
        column.place
        for column in parts.layout.columns
        if not column.name or compact(column.title) in ("单位", "unit")
    }
    for line, cells in parts.rows.projects:
        for place, cell in enumerate(cells):
            unit = compact(cell) if len(cell) <= MOST_LETTERS and place in at else ""
            if unit in SCALES and {*units.values()} != {unit}:
                at_fault = Place(parts.body.table, line)
                return [Problem("two_units", at_fault, cell, Phrase("wanted.one_unit_of_column"))]
    return []


def _remarks_on_units(
    layout: Layout, stated: _Stated, units: Mapping[str, str], choices: Choices
) -> list[Remark]:
    named = {column.name: column.unit for column in layout.columns if column.name in AMOUNTS}
    if choices.unit and any(
        units[name] == choices.unit and unit != choices.unit for name, unit in named.items()
    ):
        return [Remark("unit_chosen", value=choices.unit)]
    if stated.general and not all(named.values()):
        return [Remark("unit_above", (stated.units[stated.general],), stated.general)]
    return []


def _remarks_on_year(above: Sequence[Line], choices: Choices) -> list[Remark]:
    """A year above the table that is not the one that is reckoned with; a date of signing is none."""
    titles = (compact(cell) for _, cells in above for cell in cells)
    years = {int(year) for title in titles if not _SIGNED.search(title) for year in _YEAR.findall(title)}
    if choices.year is None or not years or min(years) <= choices.year <= max(years):
        return []
    return [Remark("other_year", value=str(max(years)))]


# --- rows
# ------------------------------------------------------------------------------------------------------------


def _amounts_in(
    places: Mapping[str, int], units: Mapping[str, str]
) -> Callable[[Sequence[str]], dict[str, Fraction]]:
    """What reads the amounts of a row in 亿元; those that are none are left out."""

    def amounts(cells: Sequence[str]) -> dict[str, Fraction]:
        of_row = {}
        for name in units:
            try:
                amount = number_of(in_yi(_at(cells, places[name]), units[name]))
            except ValueError:
                continue
            if amount is not None:
                of_row[name] = amount
        return of_row

    return amounts


def _cells(cells: Cells, places: Mapping[str, int], units: Mapping[str, str], choices: Choices) -> Cells:
    """A row of the table in the ledger's order; an amount in another unit that can be read becomes 亿元,
    exactly, and the month of a start its quarter.
    """
    taken = []
    for name in COLUMNS:
        text = _at(cells, places[name]).strip() if name in places else ""
        if name in units:
            text = in_yi(text, units[name])
        elif name == "start" and choices.year is not None:
            text = start_of(text, choices.year) or text
        elif name not in WORDED:  # a word or a number at fault is named with what cannot be seen in it
            text = text.translate(UNSEEN).strip()
        taken.append(text)
    return tuple(taken)


def _remarks_on_rows(rows: Rows) -> list[Remark]:
    left = {
        "sums": tuple(line for line, _ in rows.sums),
        "sections": rows.sections,
        "notes": rows.notes,
        "headers": rows.headers,
    }
    return [Remark(kind, lines) for kind, lines in left.items() if lines]


def _remarks_on_cells(rows: Sequence[Line], places: Mapping[str, int], choices: Choices) -> list[Remark]:
    """The rows with amounts in units of their own, and those whose start was read from a date."""
    of_amounts = [places[name] for name in AMOUNTS if name in places]
    in_cells = tuple(
        line for line, cells in rows if any(amount_and_unit(_at(cells, at)) for at in of_amounts)
    )
    starts = [(line, _at(cells, places["start"])) for line, cells in rows] if "start" in places else []
    year = choices.year
    dated = tuple(
        line
        for line, text in starts
        if text and year is not None and code_of("start", text) is None and start_of(text, year)
    )
    lines_by_kind = {"unit_in_cells": in_cells, "dates": dated}
    return [Remark(kind, lines) for kind, lines in lines_by_kind.items() if lines]
