"""How does a ledger get into a file, and back?  As a workbook, as CSV, or as the text that a spreadsheet copies."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import PurePath

from hdmodel import BadInput, Problem
from hdmodel.ledger import UNIT
from hdmodel.ledger_reading import ACCEPTED, AMOUNTS, COLUMNS, Cells, Line, lines_of, looks_like_header
from hdmodel.links import LANGUAGES
from hdmodel.tables import Faults, Sheet, cell_text, sheet_of_csv
from ui.catalogue import CATALOGUE
from ui.sheets import FILE, MOST_BYTES, read_workbook, write_workbook
from ui.words import Speech

KINDS = ("xlsx", "csv")
_TEXTS = ("name", "unit", "person", "note")
_RUNS = ("=", "+", "-", "@")  # a text that begins so is run as a formula by spreadsheets that open a CSV file


def sheet_of_file(name: str, data: bytes, speech: Speech) -> Sheet:
    """The table in an uploaded file: of a workbook the sheet called as the ledger is, else its first. Raises `BadInput`."""
    faults = Faults()
    sheet = _of_csv(name, data, faults) if PurePath(name).suffix.lower() == ".csv" else _of_workbook(data, faults)
    if sheet is None and not faults.problems:
        faults.add("missing", name, "", speech.say("ledger.title"))
    faults.raise_if_any()
    assert sheet is not None
    return sheet


def sheet_of_paste(text: str, name: str) -> Sheet:
    """The table that was copied in a spreadsheet, with or without a header; without one its columns stand in the ledger's order.

    >>> sheet_of_paste("a\\t新建\\n", "here").rows[0][1][:2], sheet_of_paste("阶段\\t项目\\n", "here").rows
    (('name', 'stage'), ((1, ('阶段', '项目')),))
    """
    try:
        read = [tuple(map(cell_text, cells)) for cells in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    except csv.Error as error:
        raise BadInput([Problem("malformed", name, str(error), "cells as a spreadsheet copies them")]) from error
    rows = [(line, cells) for line, cells in enumerate(read, start=1) if any(cells)]
    has_header = bool(rows) and looks_like_header(rows[0][1])
    return Sheet(name, tuple(rows if has_header or not rows else [(0, COLUMNS), *rows]))


def lines_read(sheet: Sheet) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The rows of a table in the ledger's columns, and the columns that are not read; raises `BadInput` for its header."""
    lines, problems, unread = lines_of(sheet)
    if problems:
        raise BadInput(problems)
    return lines, unread


def workbook(cells: Sequence[Cells], speech: Speech) -> bytes:
    """The ledger as a workbook, with a second sheet that says what each column takes."""
    about = [(title, _takes(column, speech)) for column, title in zip(COLUMNS, titles(speech), strict=True)]
    return write_workbook({speech.say("ledger.title"): _table(cells, speech), speech.say("ledger.about"): about})


def csv_file(cells: Sequence[Cells], speech: Speech) -> bytes:
    """The ledger as CSV in UTF-8 with a byte-order mark, which spreadsheets need to read Chinese."""
    text = io.StringIO(newline="")
    header, *rows = _table(cells, speech)
    csv.writer(text).writerows([header, *(map(_guarded, COLUMNS, row) for row in rows)])
    return text.getvalue().encode("utf-8-sig")


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
    if column == "stage":
        return speech.say(f"stage.{code}")
    if column == "start":
        return speech.say(f"ledger.start.{code}") if code else ""
    return speech.say(f"ledger.{code}")


def _table(cells: Sequence[Cells], speech: Speech) -> list[list[str]]:
    return [titles(speech), *([_cell(*named, speech) for named in zip(COLUMNS, row, strict=True)] for row in cells)]


def _cell(column: str, text: str, speech: Speech) -> str:
    if column in ACCEPTED:
        return word_of(column, text, speech) if text else ""
    return text


def _guarded(column: str, text: str) -> str:
    """A text that a spreadsheet opening a CSV file would run as a formula, with the mark that keeps it a text."""
    return f"'{text}" if column in _TEXTS and text.startswith(_RUNS) else text


def _takes(column: str, speech: Speech) -> str:
    return speech.say(f"ledger.accepted.{column}")


def _of_csv(name: str, data: bytes, faults: Faults) -> Sheet | None:
    if len(data) > MOST_BYTES:
        faults.add("too_large", name, f"{len(data)} bytes", f"at most {MOST_BYTES} bytes")
        return None
    for encoding in ("utf-8-sig", "gb18030"):  # the second is what Chinese spreadsheets write
        try:
            return sheet_of_csv(name, data.decode(encoding), faults)
        except UnicodeDecodeError:
            continue
    faults.add("malformed", name, "…", "CSV, UTF-8 / GB 18030")
    return None


def _of_workbook(data: bytes, faults: Faults) -> Sheet | None:
    """The ledger's sheet; what is wrong with the others does not matter."""
    found = Faults()
    sheets = read_workbook(data, found)
    names = (*(f"{getattr(CATALOGUE['ledger.title'], language)}.csv" for language in LANGUAGES), *sheets)
    sheet = next((sheets[name] for name in names if name in sheets), None)
    faults.problems += [problem for problem in found.problems if sheet is None or problem.name.startswith((FILE, sheet.name))]
    return sheet
