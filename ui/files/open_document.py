"""What does an OpenDocument spreadsheet (.ods) show beside the values of its cells?  Its content, looked
through once and within limits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from hdmodel.problems import Phrase
from ui.files.cell_marks import Locked, NotWhole, Seen
from ui.files.workbook_parts import (
    MOST_DEEP,
    MOST_EXPANDED,
    MOST_SHEETS,
    MOST_TAGS,
    TooMuch,
    read_within,
)

_KIND, _BEGINNING = b"application/vnd.oasis.opendocument.spreadsheet", 200
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_CELLS: Final = ("table-cell", "covered-table-cell")
_FAR: Final = 2**20  # rows or columns: no sheet has more
_ERROR, _LONGEST_ERROR = re.compile(r"#[A-Z0-9/!?]+|Err:[0-9]+"), 40  # what a formula shows that has failed


def is_one(data: bytes) -> bool:
    """Whether a file says at its beginning that it is one: its kind is packed first and as it is."""
    return data.startswith(b"PK") and _KIND in data[:_BEGINNING]


def seen_in(archive: ZipFile) -> list[Seen]:
    """What each sheet shows beside its values, in their order; raises `Locked`, `NotWhole` and `TooMuch`."""
    parts = {}
    for name in (_MANIFEST, _CONTENT):
        if name not in archive.namelist():
            raise NotWhole(name)
        parts[name] = _part(archive, name)
    if b"encryption-data" in parts[_MANIFEST]:
        raise Locked
    look = _Look()
    look.through(parts[_CONTENT])
    return look.sheets


def _part(archive: ZipFile, name: str) -> bytes:
    try:
        return read_within(archive, archive.getinfo(name), MOST_EXPANDED)
    except TooMuch:
        raise
    except Exception as error:  # a broken member can lead zipfile anywhere
        raise NotWhole(name) from error


class _Look:
    """The content, looked through from end to end."""

    def __init__(self) -> None:
        self.sheets: list[Seen] = []
        self.hidden_styles: set[str] = set()
        self.style, self.row, self.column, self.rows, self.columns = "", 0, 0, 1, 0
        self.tags = self.depth = 0
        self.is_row_hidden = False
        self.formulas: list[tuple[int, int]] = []  # the cells of the formula whose result is being read
        self.result = ""

    def through(self, content: bytes) -> None:
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.buffer_text, parser.CharacterDataHandler = True, self._text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(content, True)
        except ExpatError as error:
            raise NotWhole(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.tags += 1
        self.depth += 1
        if self.tags > MOST_TAGS:
            raise TooMuch(Phrase("found.tags", count=MOST_TAGS), Phrase("wanted.most_tags", most=MOST_TAGS))
        if self.depth > MOST_DEEP:
            raise TooMuch(Phrase("found.deep", count=self.depth), Phrase("wanted.most_deep", most=MOST_DEEP))
        local = name.rpartition(":")[2]
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if local in _CELLS:
            self._cell(own, _is_percentage(attributes))
        elif act := getattr(self, f"_on_{local.replace('-', '_')}", None):
            act(own)

    def _end(self, name: str) -> None:
        self.depth -= 1
        local = name.rpartition(":")[2]
        if local == "table-row":
            self.row += self.rows
        elif local in _CELLS and self.formulas:
            if _ERROR.fullmatch(self.result.strip()):
                self._sheet.errors |= dict.fromkeys(self.formulas, self.result.strip())
            self.formulas, self.result = [], ""

    def _text(self, text: str) -> None:
        if self.formulas and len(self.result) < _LONGEST_ERROR:
            self.result += text

    def _on_style(self, own: dict[str, str]) -> None:
        self.style = own.get("name", "")

    def _on_table_properties(self, own: dict[str, str]) -> None:
        if own.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _on_table(self, own: dict[str, str]) -> None:
        seen = Seen(own.get("name", ""))
        seen.facts.is_hidden = own.get("style-name", "") in self.hidden_styles
        self.sheets.append(seen)
        self.row = self.columns = 0
        if len(self.sheets) > MOST_SHEETS:
            count = Phrase("found.sheets", count=len(self.sheets))
            raise TooMuch(count, Phrase("wanted.most_sheets", most=MOST_SHEETS))

    def _on_table_column(self, own: dict[str, str]) -> None:
        count = _times(own.get("number-columns-repeated"))
        if own.get("visibility", "visible") != "visible":
            self._sheet.facts.hidden_columns.append((self.columns + 1, self.columns + count))
        self.columns += count

    def _on_table_row(self, own: dict[str, str]) -> None:
        self.column, self.rows = 0, _times(own.get("number-rows-repeated"))
        self.is_row_hidden = own.get("visibility", "visible") != "visible"

    def _cell(self, own: dict[str, str], is_percentage: bool) -> None:
        """A cell, which may stand for many in its row, as the row may for many below."""
        count, first, seen = _times(own.get("number-columns-repeated")), (self.row, self.column), self._sheet
        self.column += count
        if "value-type" not in own and "formula" not in own:
            return
        cells = list(seen.use_many(first, self.rows, count))
        if self.is_row_hidden:
            self._hide(seen.facts.hidden_rows)
        if is_percentage:
            seen.formats |= dict.fromkeys(cells, "0%")
        if "formula" in own:
            seen.formulas.update(cells)
            self.formulas = cells
            if "value-type" not in own:
                seen.uncomputed.update(cells)
        self._merge(first, own)

    def _hide(self, hidden: list[int]) -> None:
        """Note the row and all that it stands for, unless another cell has: no more than have been used."""
        last = max((self.row, *hidden[-1:]))
        hidden.extend(range(last + 1, self.row + self.rows + 1))

    def _merge(self, first: tuple[int, int], own: dict[str, str]) -> None:
        rows, columns = (_times(own.get(f"number-{which}-spanned")) for which in ("rows", "columns"))
        if rows > 1 or columns > 1:
            self._sheet.merge(first, (first[0] + rows - 1, first[1] + columns - 1))

    @property
    def _sheet(self) -> Seen:
        if not self.sheets:
            raise NotWhole("a cell before its table")
        return self.sheets[-1]


def _is_percentage(attributes: Mapping[str, str]) -> bool:
    """Whether a cell's value is one; of its attributes one may say so and another something else beside."""
    return any(
        name.rpartition(":")[2] == "value-type" and value == "percentage"
        for name, value in attributes.items()
    )


def _times(text: str | None) -> int:
    """How often something is repeated, at least once."""
    return min(max(int(text), 1), _FAR) if text and text.isascii() and text.isdigit() and len(text) < 8 else 1


def _refuse_doctype(*_: object) -> None:
    raise NotWhole("a document type")  # its entities could unfold without end
