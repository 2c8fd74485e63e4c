"""What does an edition's workbook say beside its tables?  A sheet of guidance in front, which no reader takes
for a table, and lists to choose from where a cell takes one of a few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hdmodel.edition import ENTRY_ROLES, QUARTERS, STAGES, TAGS
from hdmodel.forms import FORMS, roles
from hdmodel.reading.edition import KNOWN_THROUGH, TAGS_OF_FIGURES
from hdmodel.reading.files import GUIDE
from ui.files.spreadsheets import MOST_ROWS, write_workbook
from ui.text.speech import Speech

_LINES: Final = 11
_CHOICES: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("figures", "tag"): TAGS_OF_FIGURES,
    ("indicators", "form"): tuple(FORMS),
    ("indicators", "target"): ("target", "benchmark"),
    ("indicators", "headline"): ("yes", "no"),
    ("levers", "role"): (*roles(), ENTRY_ROLES[0]),
    ("levers", "quarter"): QUARTERS,
    ("projects", "stage"): STAGES,
    ("projects", "tag"): TAGS,
}
_LISTED: Final = {("figures", "source"): "sources", ("levers", "indicator"): "indicators"}
_ROWS: Final = 400


def edition_workbook(tables: Mapping[str, Sequence[Sequence[str]]], speech: Speech) -> bytes:
    """The tables as a workbook to be filled in."""
    book = load_workbook(BytesIO(write_workbook(tables)))
    for sheet in book.worksheets:
        for rule in _rules(sheet):
            sheet.add_data_validation(rule)
    _write_guide(book.create_sheet(GUIDE), speech)
    book.active = len(book.sheetnames) - 1
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == GUIDE
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rules(sheet: Worksheet) -> Iterator[DataValidation]:
    """The lists of a sheet, each over its column below the header."""
    for at, cell in enumerate(sheet[1], start=1):
        column = (sheet.title, str(cell.value))
        letter = get_column_letter(at)
        if column in _CHOICES:
            yield _list(f'"{",".join(_CHOICES[column])}"', f"{letter}2:{letter}{_ROWS}")
        elif column in _LISTED:
            yield _list(f"{_LISTED[column]}!$A$2:$A${_ROWS}", f"{letter}2:{letter}{_ROWS}")
    for row in sheet.iter_rows(max_col=2, max_row=min(sheet.max_row, MOST_ROWS)):
        if sheet.title == "edition" and row[0].value == "known_through":
            yield _list(f'"{",".join(KNOWN_THROUGH)}"', row[1].coordinate)


def _list(formula: str, cells: str) -> DataValidation:
    """A choice that helps and forbids nothing: what cannot be used is named when the file is read."""
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    rule.add(cells)
    return rule


def _write_guide(sheet: Worksheet, speech: Speech) -> None:
    sheet.column_dimensions["A"].width = 100
    for line in range(1, _LINES + 1):
        cell = sheet.cell(line, 1, speech.say(f"guide.{line}"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=line == 1, size=14 if line == 1 else 11)
