"""How is a cell written so that it stays what it is?  A workbook in the making: texts that never become
formulas, numbers that are only shown rounded, formulas that carry their values.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from hdmodel.explain.cases import Value

MOST_LETTERS = 32_000  # of a cell
INPUT, HEAD, GROUP, MUTED = "#FFF3C4", "#DCE8E6", "#F1F5F4", "#5F6B69"
LINE_HEIGHT = 15
_LINE = "#C9D3D1"
_STARTS_A_FORMULA = ("=", "+", "-", "@")
_UNSEEN = ("Cc", "Cf", "Cs", "Cn")  # controls and what is no character; those of private use are names, too
_INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """A workbook in memory; `close` gives its bytes."""

    def __init__(self, font: str) -> None:
        self._out = BytesIO()
        self.file = Workbook(self._out, {"in_memory": True, **_INERT})
        self._base = {"font_name": font, "font_size": 10, "valign": "vcenter"}
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def close(self) -> bytes:
        self.file.close()
        return self._out.getvalue()

    def sheet(self, title: str, *, landscape: bool = False) -> Sheet:
        """A sheet that prints on A4, as wide as a page."""
        grid = self.file.add_worksheet(title)
        grid.hide_gridlines(2)
        grid.set_paper(9)
        grid.fit_to_pages(1, 0)
        grid.set_margins(0.5, 0.5, 0.6, 0.7)
        if landscape:
            grid.set_landscape()
        return Sheet(self, grid)

    def style(self, **properties: Any) -> Format:
        """A format; the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.file.add_format({**self._base, **properties})
        return self._styles[key]

    def cell(self, **properties: Any) -> Format:
        """A format of a table's cell."""
        return self.style(border=1, border_color=_LINE, **properties)


class Sheet:
    """A sheet of a workbook; `grid` is the library's own, for widths, rules and charts."""

    def __init__(self, book: Book, grid: Worksheet) -> None:
        self.book, self.grid = book, grid

    def text(self, row: int, column: int, text: str, **properties: Any) -> None:
        """A text as it is, in a table's cell; one that begins as a formula does stays a text when it is typed
        over.
        """
        self.plain(row, column, text, border=1, border_color=_LINE, **properties)

    def plain(self, row: int, column: int, text: str, **properties: Any) -> None:
        """A text outside of tables."""
        kept = inert(text)
        quoted = {"quote_prefix": True} if kept.startswith(_STARTS_A_FORMULA) else {}
        self.grid.write_string(row, column, kept, self.book.style(**properties, **quoted))

    def number(self, row: int, column: int, value: Fraction | None, places: int, **properties: Any) -> None:
        """A number in full, shown with so many decimals; a blank for none."""
        style = self.book.cell(num_format=shown_with(places), **properties)
        if value is None:
            self.grid.write_blank(row, column, None, style)
        else:
            self.grid.write_number(row, column, float(value), style)

    def formula(self, row: int, column: int, formula: str, value: Value, **properties: Any) -> None:
        """A formula in a table's cell with the value that it has now, seen where nothing reckons."""
        carried = "" if value is None else value if isinstance(value, str) else float(value)
        self.grid.write_formula(row, column, f"={formula}", self.book.cell(**properties), carried)

    def title(self, row: int, heading: tuple[str, str], **properties: Any) -> None:
        """A heading that is a formula, with what it says now."""
        formula, value = heading
        self.grid.write_formula(row, 0, f"={formula}", self.book.style(bold=True, **properties), value)


def lines_needed(text: str, letters: int) -> int:
    """How many lines a text takes in a column so many letters wide; a Chinese character takes two.

    >>> lines_needed("海东 H1", 4), lines_needed("", 4)
    (2, 1)
    """
    parts = (sum(2 if letter > "\u2e7f" else 1 for letter in line) for line in text.split("\n"))
    return sum(max(1, -(-part // letters)) for part in parts)


def shown_with(places: int) -> str:
    """The number format with so many decimals.

    >>> shown_with(0), shown_with(2)
    ('0', '0.00')
    """
    return f"0.{'0' * places}" if places else "0"


def inert(text: str) -> str:
    r"""A text without characters that no file may hold, and no longer than a cell takes.

    >>> inert("a\x00b\u202ec\ud800\nd")
    'abc\nd'
    """
    kept = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in _UNSEEN)
    return kept[:MOST_LETTERS]


def address(row: int, column: int, *, sheet: str = "", fixed: bool = False) -> str:
    """A cell as a formula names it.

    >>> address(3, 1), address(3, 1, sheet="数据", fixed=True)
    ('B4', "'数据'!$B$4")
    """
    there = xl_rowcol_to_cell(row, column, fixed, fixed)
    return f"'{sheet}'!{there}" if sheet else there


__all__ = ["Book", "Sheet", "address", "inert", "lines_needed", "shown_with"]
