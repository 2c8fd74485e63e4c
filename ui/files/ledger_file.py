"""How does a ledger get into a file, and back?  As a workbook, as CSV,
or as the text that a spreadsheet copies.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath

from openpyxl.utils import range_boundaries

from hdmodel import BadInput, Problem
from hdmodel.language.languages import LANGUAGES
from hdmodel.ledger import UNIT
from hdmodel.problems import Faults, Phrase, Place
from hdmodel.reading import tables
from hdmodel.reading.ledger import order_of
from hdmodel.reading.ledger_columns import (
    AMOUNTS,
    COLUMNS,
    Cells,
    Choices,
    layout_of,
    looks_like_header,
)
from hdmodel.reading.ledger_sums import names_a_section, names_a_sum
from hdmodel.reading.ledger_table import Remark, TableRead, read_table
from hdmodel.reading.ledger_units import UNIT_PATTERN, states_unit
from hdmodel.reading.ledger_words import ACCEPTED, key_of
from hdmodel.reading.tables import Sheet, cell_text, column_letters, sheet_of_text
from hdmodel.reading.text_tables import Manner, TextTable, in_file, in_text
from ui.files.file_kinds import REFUSED, as_found, kind_of
from ui.files.other_workbooks import OTHERS, OtherBook, open_other
from ui.files.read_apart import apart
from ui.files.spreadsheets import (
    CSV_LIMITS,
    FILE,
    MOST_BYTES,
    Book,
    check_nothing_is_hidden,
    open_workbook,
    within_limits,
    write_workbook,
)
from ui.text.speech import Speech
from ui.text.texts import TEXTS

KINDS = ("xlsx", "csv")
_TEXTS = ("name", "unit", "person", "note")
# columns in which one cell may stand for many rows
_FILLED_DOWN = {"stage", "start", "in_statistics", "unit", "person", "note"}
# the two sides of 1,500
_BEFORE_COMMA, _BEHIND_COMMA = (
    re.compile(r"[+-]?[1-9][0-9]{0,2}"),
    re.compile(rf"[0-9]{{3}}(\.[0-9]*)?({UNIT_PATTERN}|亿|万)?"),
)
_OF_TEXTS = (".csv", ".txt", ".tsv")  # what the names of texts end in
_OF_EDITIONS = (Phrase("wanted.file"), Phrase("wanted.open_file"))
_LONG_PASTE = 20_000  # letters: a shorter one is read before a process has started


@dataclass(frozen=True)
class Found:
    """The table in a file, and what is to be said of how it was found."""

    sheet: Sheet
    remarks: tuple[Remark, ...] = ()


def found_in_file(name: str, data: bytes) -> Found:
    """The table in an uploaded file: of a workbook the one visible sheet that is a ledger.
    Raises `BadInput`.
    """
    faults = Faults()
    table = _of_kind(kind_of(data), name, data, faults)
    if table is None and not faults.problems:
        faults.add("missing", name, Phrase("found.none"), Phrase("wanted.visible_ledger"))
    faults.raise_if_any()
    assert table is not None
    title = (0, (PurePath(name).stem,))  # which may state the unit, as 项目表（万元）.xlsx does
    return (
        replace(table, sheet=replace(table.sheet, rows=(title, *table.sheet.rows)))
        if states_unit(title[1][0])
        else table
    )


def found_apart(name: str, data: bytes) -> Found:
    """The same, read in a process of its own with limits. Raises `BadInput`."""
    return apart(name, found_in_file, name, data)


def found_in_paste(text: str, name: str) -> Found:
    """The table that was copied in a spreadsheet. Without a header it is taken in the ledger's order
    where the words of a row stand in their columns. Raises `BadInput`.

    >>> found_in_paste("a\\t新建\\t\\t\\t3\\t\\t\\t是", "here").sheet.rows[0][1][:3]
    ('name', 'stage', 'total（亿元）')
    >>> found_in_paste("阶段\\t项目\\n", "here").sheet.rows
    ((1, ('阶段', '项目')),)
    """
    table = in_text(text, looks_like_header, "\t")
    try:
        read = [
            tuple(map(cell_text, cells))
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=table.separator, strict=True)
        ]
    except csv.Error as error:
        at = Problem("malformed", Place(name), Phrase("found.quotes"), Phrase("wanted.copied_cells"))
        raise BadInput([at]) from error
    rows = [(line, cells) for line, cells in enumerate(read, start=1) if any(cells)]
    sheet = Sheet(name, tuple(rows), table.manner)
    if layout_of(sheet) is None:
        order = order_of([cells for _, cells in rows])
        header = tuple(f"{name}（{UNIT}）" if name in AMOUNTS else name for name in order or ())
        return Found(replace(sheet, rows=((0, header), *rows)) if order else sheet, _manner(table.manner))
    faults = Faults()
    _check_separated(sheet, table, faults)
    faults.raise_if_any()
    return Found(sheet, _manner(table.manner))


def sheet_of_paste(text: str, name: str) -> Sheet:
    """The table that was copied, as `found_in_paste` finds it. Raises `BadInput`."""
    return found_in_paste(text, name).sheet


def paste_apart(text: str, name: str) -> Found:
    """The same, a long one read in a process of its own with limits. Raises `BadInput`."""
    return apart(name, found_in_paste, text, name) if len(text) > _LONG_PASTE else found_in_paste(text, name)


def table_read(sheet: Sheet, choices: Choices | None = None) -> TableRead:
    """The rows of a table in the ledger's columns, and what is to be said of them;
    raises `BadInput` for its header.
    """
    read = read_table(sheet, choices)
    if read.problems:
        raise BadInput(read.problems)
    return read


def workbook(cells: Sequence[Cells], speech: Speech, mapping: TableRead | None = None) -> bytes:
    """The ledger as a workbook, with a second sheet that says what each column takes, and a third that says
    what the columns of the table were taken for from which it came.
    """
    about = [(title, _takes(column, speech)) for column, title in zip(COLUMNS, titles(speech), strict=True)]
    sheets = {speech.say("ledger.title"): _table(cells, speech), speech.say("ledger.about"): about}
    if mapping:
        sheets[speech.say("ledger.mapping")] = _mapping_rows(mapping, speech)
    return write_workbook(sheets)


def csv_file(cells: Sequence[Cells], speech: Speech, _mapping: TableRead | None = None) -> bytes:
    """The ledger as CSV in UTF-8 with a byte-order mark, which spreadsheets need to read Chinese; it has
    one table.
    """
    return tables.csv_file(_table(cells, speech))


def _mapping_rows(mapping: TableRead, speech: Speech) -> list[tuple[str, ...]]:
    """A row a column: its letter, its title in quotes (no header of a ledger), what it is taken for, its
    unit.
    """
    return [
        (
            column_letters(column.place + 1),
            f"“{column.title}”",
            speech.say("ledger.mapping.read", column=speech.say(f"ledger.column.{column.name}"))
            if column.name
            else speech.say("ledger.preview.unread"),
            speech.unit(mapping.units.get(column.name, "")),
        )
        for column in mapping.columns
    ]


def titles(speech: Speech) -> list[str]:
    """The headings of the ledger's columns, amounts with their unit."""
    return [
        speech.say("ledger.column.with_unit", column=speech.say(f"ledger.column.{column}"), unit=UNIT)
        if column in AMOUNTS
        else speech.say(f"ledger.column.{column}")
        for column in COLUMNS
    ]


def word_of(column: str, code: str, speech: Speech) -> str:
    """One of the ledger's own words in the language of the page."""
    return speech.say(key_of(column, code)) if code else ""


def _table(cells: Sequence[Cells], speech: Speech) -> list[list[str]]:
    return [
        titles(speech),
        *([_cell(*named, speech) for named in zip(COLUMNS, row, strict=True)] for row in cells),
    ]


def _cell(column: str, text: str, speech: Speech) -> str:
    if column in ACCEPTED:
        return word_of(column, text, speech) if text else ""
    return text


def _takes(column: str, speech: Speech) -> str:
    return speech.say(f"ledger.accepted.{column}")


def _of_kind(kind: str, name: str, data: bytes, faults: Faults) -> Found | None:
    """The table in a file of a kind, whatever its name ends in; one of a kind that is not read is named."""
    suffix = PurePath(name).suffix.lower()
    if kind in REFUSED:
        faults.add("malformed", FILE, as_found(kind), Phrase("wanted.ledger_file"))
        return None
    if kind != "text" and not (kind == "other" and suffix in _OF_TEXTS):
        return _of_workbook(kind, data, faults)
    table = _of_csv(name, data, faults)
    if table is None or suffix in _OF_TEXTS:
        return table
    return replace(table, remarks=(Remark("text_in_workbook", value=suffix), *table.remarks))


def _of_csv(name: str, data: bytes, faults: Faults) -> Found | None:
    if len(data) > MOST_BYTES:
        faults.add(
            "too_large",
            name,
            Phrase("found.bytes", count=len(data)),
            Phrase("wanted.most_bytes", most=MOST_BYTES),
        )
        return None
    table = in_file(data, looks_like_header)
    if table is None:
        faults.add("malformed", name, Phrase("found.other_encoding"), Phrase("wanted.csv"))
        return None
    sheet = sheet_of_text(name, table, faults, CSV_LIMITS)
    sheet = None if sheet is None else within_limits(sheet, faults)
    if sheet is None:
        return None
    _check_separated(sheet, table, faults)
    return Found(sheet, _manner(table.manner))


def _manner(manner: Manner) -> tuple[Remark, ...]:
    """What is to be said of the way a table is written."""
    words = {"encoding": manner.encoding, "separator": manner.separator}
    return tuple(Remark(kind, value=word) for kind, word in words.items() if word)


def _check_separated(sheet: Sheet, table: TextTable, faults: Faults) -> None:
    """What separators may have done to a table that was written without enough quotes."""
    if table.separator != "\t":
        _check_widths(sheet, faults)
    if table.may_have_decimal_commas:
        _check_commas(sheet, faults)
    if table.separator == ",":
        _check_thousands(sheet, table.text, faults)
    _check_quotes(sheet, table.separator, faults)


def _check_quotes(sheet: Sheet, delimiter: str, faults: Faults) -> None:
    """A cell that holds whole rows: quotes that do not belong together swallow what is between them."""
    layout = layout_of(sheet)
    most = max(2, layout.width // 2) if layout else 2
    for line, cells in sheet.rows:
        for cell in cells:
            if "\n" in cell and any(part.count(delimiter) >= most for part in cell.splitlines()):
                faults.add("malformed", Place(sheet.name, line), cell, Phrase("wanted.no_rows_in_cell"))


def _check_widths(sheet: Sheet, faults: Faults) -> None:
    """A row wider than its header: a comma in an amount without quotes moves all that stands behind it."""
    layout = layout_of(sheet)
    width = layout.width if layout else 0
    for line, cells in sheet.rows if layout else ():
        if layout and line > layout.line and len(cells) > width:
            faults.add(
                "malformed",
                Place(sheet.name, line),
                Phrase("found.cells", count=len(cells)),
                Phrase("wanted.cells", count=width),
            )


def _check_commas(sheet: Sheet, faults: Faults) -> None:
    """Where semicolons stand between the cells, a comma in an amount may be a decimal point:
    it is not guessed.
    """
    layout = layout_of(sheet)
    for line, cells in sheet.rows if layout else ():
        for column in AMOUNTS:
            place = layout.places.get(column, len(cells)) if layout else 0
            if layout and line > layout.line and place < len(cells) and "," in cells[place]:
                faults.add(
                    "comma_in_amount",
                    Place(sheet.name, line, column),
                    cells[place],
                    Phrase("wanted.no_comma"),
                )


def _check_thousands(sheet: Sheet, text: str, faults: Faults) -> None:
    """A row in which 1,500 without quotes may have become two cells and is no longer for it.

    Only where every row was written as long as the header is it sure that none has.
    """
    layout = layout_of(sheet)
    if layout is None:
        return
    amounts = {layout.places[column] for column in AMOUNTS if column in layout.places}
    texts = {layout.places[column] for column in _TEXTS if column in layout.places}
    below = [(line, cells) for line, cells in sheet.rows if line > layout.line]
    written = [row for row in csv.reader(io.StringIO(text, newline="")) if sum(map(bool, row)) > 1]
    are_uneven = len({len(row) for row in written}) > 1
    for line, cells in below:
        split = [
            place
            for place, (before, behind) in enumerate(pairwise(cells))
            if place in amounts and _BEFORE_COMMA.fullmatch(before) and _BEHIND_COMMA.fullmatch(behind)
        ]
        if split and (
            are_uneven
            or any(
                cells[place].replace(".", "").isdigit() for place in texts if split[0] < place < len(cells)
            )
        ):
            amount = f"{cells[split[0]]},{cells[split[0] + 1]}"
            faults.add("comma_in_amount", Place(sheet.name, line), amount, Phrase("wanted.no_comma"))


def _of_workbook(kind: str, data: bytes, faults: Faults) -> Found | None:
    """The one visible sheet that is a ledger, or else the one that is called so, or the first.

    Nothing hidden is read, nor passed over without a word.
    """
    book = open_other(kind, data, faults) if kind in OTHERS else open_workbook(data, faults)
    if book is None:
        faults.problems[:] = map(_of_a_ledger, faults.problems)
        return None
    read = {title: (book.sheet(title, of_sheet := Faults()), of_sheet) for title in book.facts}
    ledgers = [
        title for title, (sheet, _) in read.items() if sheet is not None and layout_of(sheet) is not None
    ]
    visible = [title for title in ledgers if not book.facts[title].is_hidden]
    own = [TEXTS["ledger.title"][language] for language in LANGUAGES]
    if ledgers and not visible:
        faults.add("hidden", FILE, ", ".join(ledgers), Phrase("wanted.visible_ledger"))
        return None
    if len(visible) > 1:
        faults.add(
            "two_ledgers",
            FILE,
            ", ".join(visible),
            Phrase("wanted.one_ledger"),
        )
        return None
    shown = [title for title, facts in book.facts.items() if not facts.is_hidden]
    title = next((title for title in (*own, *visible, *shown) if title in (visible or shown)), None)
    sheet, of_sheet = read[title] if title is not None else (None, Faults())
    if title is None or sheet is None:
        faults.problems += of_sheet.problems
        return None
    sheet, computed = _with_computed(book, title, sheet, of_sheet)
    faults.problems += of_sheet.problems
    if sheet is None:
        return None
    check_nothing_is_hidden(sheet, book.facts[title], faults)
    unread = [
        other for other in shown if other != title and (read[other][0] is None or read[other][1].problems)
    ]
    others = [Remark("sheets_unread", value=", ".join(unread))] if unread else []
    hidden = [other for other, facts in book.facts.items() if facts.is_hidden]
    others += [Remark("sheets_hidden", value=", ".join(hidden))] if hidden else []
    about = {TEXTS[key][language] for key in ("ledger.about", "ledger.mapping") for language in LANGUAGES}
    is_our_own = title in own and {*shown} <= {title, *about}
    others += [Remark("sheet", value=title)] if len(book.facts) > 1 and not is_our_own else []
    others += [Remark("computed", computed)] if computed else []
    others += [Remark("formats_unseen")] if isinstance(book, OtherBook) and not book.is_old else []
    filled, remarks = _with_merged(sheet, book.facts[title].merged, faults)
    return Found(filled, (*others, *remarks))


def _of_a_ledger(problem: Problem) -> Problem:
    """A fault of a file as that of a ledger, which comes in other kinds of files than an edition."""
    return (
        replace(problem, wanted=Phrase("wanted.ledger_file")) if problem.wanted in _OF_EDITIONS else problem
    )


def _with_computed(
    book: Book | OtherBook, title: str, sheet: Sheet, of_sheet: Faults
) -> tuple[Sheet | None, tuple[int, ...]]:
    """A sheet with formulas once more, with what they last came to, and the rows that have any."""
    if isinstance(book, OtherBook):
        return sheet, book.computed(title)
    if not any(problem.kind == "formula" for problem in of_sheet.problems):
        return sheet, ()
    of_sheet.problems.clear()
    return book.sheet_with_values(title, of_sheet)


def _with_merged(sheet: Sheet, merged: Sequence[str], faults: Faults) -> tuple[Sheet, list[Remark]]:
    """The sheet with every cell of a merge down a column of texts filled; a merge over names,
    amounts or the header is a fault.
    """
    layout = layout_of(sheet)
    if layout is None or not merged:
        return sheet, []
    fill: dict[tuple[int, int], str] = {}
    column_at = {column.place: column.name for column in layout.columns if column.name}
    cells_at = dict(sheet.rows)
    for range_ in merged:
        left, top, right, bottom = range_boundaries(range_)
        places = [place - 1 for place in range(left, right + 1)]
        names = {column_at[place] for place in places if place in column_at}
        is_of_header = bottom <= layout.line and (
            bottom < layout.first_line or bool(_cell_at(cells_at, top, left - 1))
        )
        if is_of_header or (top > layout.line and not names):
            continue  # a title over all of it, or over the columns that share it
        filled = [cell for line in range(top, bottom + 1) for cell in cells_at.get(line, ()) if cell]
        is_across = top > layout.line and top == bottom
        first = _cell_at(cells_at, top, places[0])
        if is_across and (len(filled) == 1 or names_a_sum(first) or names_a_section(first)):
            continue  # a heading or a note across the table, or the word for a sum
        if top <= layout.line or len(places) > 1 or not names <= _FILLED_DOWN:
            faults.add("merged", sheet.name, range_, Phrase("wanted.unmerged"))
            continue
        text = _cell_at(cells_at, top, places[0])
        fill |= {(line, places[0]): text for line in range(top + 1, bottom + 1) if line in cells_at}
    width = max((place + 1 for _, place in fill), default=0)
    rows = tuple(
        (
            line,
            tuple(
                fill.get((line, place), cell)
                for place, cell in enumerate(cells + ("",) * (width - len(cells)))
            ),
        )
        for line, cells in sheet.rows
    )
    return replace(sheet, rows=rows), [
        Remark("merged", tuple(sorted({line for line, _ in fill})))
    ] if fill else []


def _cell_at(cells_at: Mapping[int, tuple[str, ...]], line: int, place: int) -> str:
    cells = cells_at.get(line, ())
    return cells[place] if place < len(cells) else ""
