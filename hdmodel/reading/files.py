"""Which tables are in a folder, a zip of CSV files or a workbook of one's own?
Read with the standard library, for the command line.

The page reads strangers' files with `ui.files`, which bounds every part of them; a test holds that the two
read the same. What is one's own is bounded in its size only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from hdmodel.problems import Faults, Phrase, Place
from hdmodel.reading.cells import Refused, shown_number
from hdmodel.reading.tables import Sheet, cell_text, column_letters, sheet_of, sheet_of_bytes, sheet_of_file

_PACKAGE = Path(__file__).resolve().parents[1]
# The released editions: inside the package where it is installed, beside it in a checkout.
DATA = next((folder for folder in (_PACKAGE / "data", _PACKAGE.parent / "data") if folder.is_dir()), _PACKAGE)
_MOST_BYTES = 20 * 2**20  # of all that is packed
_WORKBOOK = "[Content_Types].xml"  # what every workbook has in it
_OPEN_DOCUMENT = "content.xml"  # what every OpenDocument spreadsheet has in it
_MOST_NAMED = 10  # hidden rows
_SUFFIX = ".csv"
GUIDE = "说明"  # a sheet of a workbook that is read by people alone
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built-in number formats
_BUILT_IN = {
    0: "General",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    48: "##0.0E+0",
    49: "@",
}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def tables_in(path: Path, faults: Faults) -> dict[str, Sheet]:
    """The tables of an edition by the names its CSV files have, whatever holds them."""
    if path.is_dir():
        return sheets_in(path, faults)
    try:
        with ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
                faults.add(
                    "too_large",
                    path.name,
                    _size_of(archive),
                    Phrase("wanted.most_unpacked", most=_MOST_BYTES),
                )
                return {}
            if _OPEN_DOCUMENT in archive.namelist():
                wanted = Phrase("wanted.edition_file")
                faults.add("malformed", path.name, Phrase("found.open_document"), wanted)
                return {}
            is_workbook = _WORKBOOK in archive.namelist()
            return _Workbook(archive).tables(faults) if is_workbook else _tables_of_zip(archive, faults)
    except (
        BadZipFile,
        ElementTree.ParseError,
        LookupError,
        ValueError,
        ArithmeticError,
        RuntimeError,
        NotImplementedError,
    ):
        faults.add("malformed", path.name, Phrase("found.damaged"), Phrase("wanted.edition_file"))
        return {}


def sheets_in(folder: Path, faults: Faults) -> dict[str, Sheet]:
    """The tables of an edition's folder: its CSV files."""
    sheets = {file.name: sheet_of_file(file, faults) for file in sorted(folder.glob(f"*{_SUFFIX}"))}
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


def _size_of(archive: ZipFile) -> Phrase:
    return Phrase("found.unpacked", count=sum(member.file_size for member in archive.infolist()))


def _tables_of_zip(archive: ZipFile, faults: Faults) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    for name in archive.namelist():
        if re.search(r"[/\\:]", name):
            faults.add("malformed", name, name, Phrase("wanted.no_folder"))
        elif not name.endswith(_SUFFIX):
            faults.add("unknown_name", name, name, Phrase("wanted.csv_names"))
        else:
            sheet = sheet_of_bytes(name, archive.read(name), faults)
            if sheet is not None:
                sheets[name] = sheet
    return sheets


class _Workbook:
    """A workbook's sheets, cell by cell. Anything that is not there is as a spreadsheet takes it to be."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._texts = [_text(item) for item in self._part("xl/sharedStrings.xml").iter(f"{_MAIN}si")]
        styles = self._part("xl/styles.xml")
        own = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in styles.iter(f"{_MAIN}numFmt")
        }
        ids = [
            int(element.get("numFmtId", "0")) for group in styles.iter(f"{_MAIN}cellXfs") for element in group
        ]
        self._formats = [(id, own.get(id, _BUILT_IN.get(id, "0"))) for id in ids]
        book = self._part("xl/workbook.xml")
        self._first_year = (
            1904
            if any(element.get("date1904") in ("1", "true") for element in book.iter(f"{_MAIN}workbookPr"))
            else 1900
        )
        self._sheets = [
            (element.get("name", ""), element.get(_RELATION, "")) for element in book.iter(f"{_MAIN}sheet")
        ]
        if not self._sheets:
            raise ValueError("a workbook without sheets")
        self._targets = {
            element.get("Id", ""): element.get("Target", "")
            for element in self._part("xl/_rels/workbook.xml.rels")
        }

    def tables(self, faults: Faults) -> dict[str, Sheet]:
        """Every sheet under the name of the CSV file it stands for; what is hidden is a fault."""
        parts: dict[str, ElementTree.Element] = {}
        for title, relation in self._sheets:
            if title == GUIDE:
                continue
            target = self._targets[relation]
            name = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            parts[f"{title}{_SUFFIX}"] = self._part(name)
        sheets = {name: self._sheet(name, part, faults) for name, part in parts.items()}
        for name, part in parts.items():
            _check_nothing_is_hidden(sheets[name], part, faults)
        return sheets

    def _part(self, name: str) -> ElementTree.Element:
        if name not in self._archive.namelist():
            return ElementTree.Element("none")
        text = self._archive.read(name)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ValueError("a part that declares a document type")
        return ElementTree.fromstring(text)

    def _sheet(self, name: str, part: ElementTree.Element, faults: Faults) -> Sheet:
        rows: list[tuple[int, tuple[str, ...]]] = []
        header: tuple[str, ...] = ()
        line = 0
        for row in part.iter(f"{_MAIN}row"):
            line = int(row.get("r", line + 1))
            cells = tuple(self._cells(Place(name, line), header, row, faults))
            header = header or cells
            rows.append((line, cells + ("",) * (len(header) - len(cells))))
        return sheet_of(name, rows)

    def _cells(
        self, line: Place, header: tuple[str, ...], row: ElementTree.Element, faults: Faults
    ) -> Iterator[str]:
        at = 0
        for cell in row.iter(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            for _ in range(at, _number(place[1]) - 1 if place else at):
                at += 1
                yield ""
            at += 1
            try:
                yield self._shown(cell)
            except Refused as refused:
                column = header[at - 1] if at <= len(header) and header[at - 1] else column_letters(at)
                faults.add(refused.kind, Place(line.table, line.row, column), refused.found, refused.wanted)
                yield refused.found

    def _shown(self, cell: ElementTree.Element) -> str:
        kind, formula = cell.get("t", "n"), cell.find(f"{_MAIN}f")
        value = cell.findtext(f"{_MAIN}v", "")
        if formula is not None:
            raise Refused("formula", f"={formula.text or ''}", Phrase("wanted.value"))
        if kind == "e":
            raise Refused("cell_error", value, Phrase("wanted.number_or_text"))
        if kind == "inlineStr":
            return cell_text(_text(cell))
        if kind == "s":
            return cell_text(self._texts[int(value)])
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind in ("str", "d") or not value:
            return cell_text(value)
        id, number_format = self._formats[int(cell.get("s", "0"))] if self._formats else (0, "General")
        if id in _DATES or _is_date(number_format):
            return self._date(float(value))
        return shown_number(float(value), number_format)

    def _date(self, days: float) -> str:
        """A date, which a spreadsheet counts in days."""
        start = datetime(1904, 1, 1) if self._first_year == 1904 else datetime(1899, 12, 30)
        moment = start + timedelta(seconds=round(days * 86_400))
        if 0 <= days < 1:  # a time of day
            return moment.time().isoformat()
        return moment.date().isoformat() if days == int(days) else moment.isoformat(timespec="seconds")


def _text(item: ElementTree.Element) -> str:
    """A text with all its runs; how it is pronounced is left out."""
    spoken = {part for phonetic in item.iter(f"{_MAIN}rPh") for part in phonetic.iter()}
    return "".join(part.text or "" for part in item.iter(f"{_MAIN}t") if part not in spoken)


def _number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_date(number_format: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|general', "", number_format.lower())
    return re.search("[ymdhs]", bare) is not None


def _check_nothing_is_hidden(sheet: Sheet, part: ElementTree.Element, faults: Faults) -> None:
    """Rows or columns that are hidden: either reading could be meant, so neither is taken.
    Columns behind the last that holds anything are not asked about.
    """
    width = max((at for _, cells in sheet.rows for at, cell in enumerate(cells, start=1) if cell), default=0)
    rows = [
        row.get("r", "")
        for row in part.iter(f"{_MAIN}row")
        if _is_hidden(row) and any(cell.find("*") is not None for cell in row)
    ]
    ranges = [
        (int(column.get("min", "1")), int(column.get("max", "1")))
        for column in part.iter(f"{_MAIN}col")
        if _is_hidden(column)
    ]
    columns = [_letters(low, high) for low, high in ranges if low <= width]
    for kind, hidden in (("rows", rows), ("columns", columns)):
        if hidden:
            places = ", ".join(hidden[:_MOST_NAMED]) + (
                " …" if len(hidden) > _MOST_NAMED and kind == "rows" else ""
            )
            faults.add(
                "hidden", sheet.name, Phrase(f"found.hidden_{kind}", places=places), Phrase("wanted.visible")
            )


def _letters(low: int, high: int) -> str:
    first, last = column_letters(low), column_letters(high)
    return first if first == last else f"{first}–{last}"


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get("hidden") in ("1", "true")
