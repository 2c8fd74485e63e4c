"""What is in a workbook, before a library reads it?  Its parts within limits,
and which of its rows are hidden or merged.

A workbook is a zip of XML, and a stranger's. Its directory may lie about sizes, a part may unfold without
end, and one cell far away makes a library build millions of blank ones. Each part is therefore read in pieces
up to the limit, looked through once from end to end, and only then handed on: as a new workbook that holds
what was looked
through,
and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from openpyxl.utils import column_index_from_string

from hdmodel.problems import Phrase

MOST_EXPANDED = 20 * 2**20  # bytes of all that is packed in a file
# in sheets and texts; a blank cell is one, a number four, and each takes a microsecond or two to read
MOST_TAGS = 400_000
MOST_OTHER_TAGS = 60_000  # in styles, names and the like, each of which takes ten times as long
MOST_SHEETS = 20
MOST_RULES = 20_000  # tags of a sheet beside its cells: conditional formats, validations, links
MOST_MERGED = 10_000  # ranges of a sheet
MOST_CELLS = 400_000  # that a library would make, blank ones up to the last of each row included
MOST_DEEP = 60  # elements in one another
LONGEST_ATTRIBUTE = 10_000  # letters, as of a comment
LONGEST_TEXT = 32_767  # letters of one cell: Excel's own limit
_OF_CELLS = frozenset(("row", "c", "v", "f", "is", "t", "r", "rPr"))
_PIECE = 2**16
_SEEN_FROM = 0.5  # points of a row, letters of a column
_NOT_READ = frozenset(
    [
        "media",
        "drawings",
        "charts",
        "chartsheets",
        "embeddings",
        "externalLinks",
        "pivotTables",
        "pivotCache",
        "comments",
        "printerSettings",
        "customXml",
        "ctrlProps",
        "queryTables",
        "tables",
        "persons",
        "threadedComments",
        "activeX",
        "diagrams",
    ]
)
_ROOT_RELATIONS, _OFFICE = "_rels/.rels", "/officeDocument"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class TooMuch(Exception):
    """A part that is not read: what was found, and what is accepted, in the words of the catalogue."""

    def __init__(self, found: Phrase, wanted: Phrase) -> None:
        super().__init__(found, wanted)
        self.found, self.wanted = found, wanted


class Disordered(BadZipFile):
    """A part that no spreadsheet writes so: what is wrong with it, in the words of the catalogue."""

    def __init__(self, found: Phrase) -> None:
        super().__init__(found)
        self.found = found


def _is_nothing(size: str | None) -> bool:
    """Whether a row's height or a column's width is too small to be seen."""
    try:
        return size is not None and float(size) < _SEEN_FROM
    except ValueError:
        return False


def _too_many(kind: str, most: int) -> TooMuch:
    return TooMuch(Phrase(f"found.{kind}", count=most), Phrase(f"wanted.most_{kind}", most=most))


@dataclass
class SheetFacts:
    """What a sheet hides (rows that hold something, columns) and merges (ranges as Excel writes them);
    rows and columns from 1.
    """

    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Parts:
    """A workbook whose parts were looked through, and the facts of each of its sheets by title."""

    data: bytes
    sheets: Mapping[str, SheetFacts]


def parts_of(archive: ZipFile) -> Parts:
    """Look through all that a library reads of a workbook. Raises `TooMuch` past a limit,
    `BadZipFile` for what is no workbook.
    """
    contents: dict[str, bytes] = {}
    left = MOST_EXPANDED
    for member in archive.infolist():
        if _is_read(member.filename):
            contents[member.filename] = read_within(archive, member, left)
            left -= len(contents[member.filename])
    looks = {name: _Look(name) for name in contents}
    for name, content in contents.items():
        looks[name].through(content)  # which stops as soon as it is past a limit of its own
    for kind, most in (("tags", MOST_TAGS), ("styles", MOST_OTHER_TAGS)):
        if sum(look.tags for look in looks.values() if look.kind == kind) > most:
            raise _too_many(kind, most)
    sheets = sum(len(look.titles) for look in looks.values())
    if sheets > MOST_SHEETS:
        raise TooMuch(Phrase("found.sheets", count=sheets), Phrase("wanted.most_sheets", most=MOST_SHEETS))
    return Parts(_packed(contents), dict(_facts_by_title(looks)))


def read_within(archive: ZipFile, member: ZipInfo, most: int) -> bytes:
    """All of a packed file, whatever the directory says of its size;
    raises `TooMuch` as soon as it is more than `most` bytes.
    """
    pieces, size = [], 0
    with archive.open(member) as packed:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > most:
                raise TooMuch(
                    Phrase("found.unpacked", count=MOST_EXPANDED - most + size),
                    Phrase("wanted.most_unpacked", most=MOST_EXPANDED),
                )
            pieces.append(piece)
    return b"".join(pieces)


def _is_read(name: str) -> bool:
    """Whether a library that only wants the cells reads this part."""
    path = PurePosixPath(name)
    return path.suffix in (".xml", ".rels") and not _NOT_READ & {*path.parts}


def _packed(contents: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


class _Look:
    """One part, looked through from end to end: its size in every sense, and what it says of rows,
    columns and sheets.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_of_cells = "worksheets/" in name or "sharedStrings" in name
        self.is_sheet, self.rules = "worksheets/" in name and name.endswith(".xml"), 0
        self.kind, self.most_tags = ("tags", MOST_TAGS) if self.is_of_cells else ("styles", MOST_OTHER_TAGS)
        self.tags = self.depth = self.letters = self.cells = 0
        self.row, self.column, self.is_row_hidden, self.are_rows_hidden = 0, 0, False, False
        self.facts = SheetFacts()
        self.titles: list[tuple[str, str, bool]] = []  # title, relation and whether it is hidden
        self.relations: dict[str, tuple[str, str]] = {}  # type and target by id

    def through(self, content: bytes) -> None:
        """In one go: a parser that is fed in pieces looks at an unfinished token again with each."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._aside
        parser.ProcessingInstructionHandler = lambda target, data: self._aside(data)
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(content, True)
        except ExpatError as error:
            raise BadZipFile(f"{self.name}: {error}") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.tags += 1
        self.depth += 1
        if self.tags > self.most_tags:
            raise _too_many(self.kind, self.most_tags)
        if self.depth > MOST_DEEP:
            raise TooMuch(Phrase("found.deep", count=self.depth), Phrase("wanted.most_deep", most=MOST_DEEP))
        for value in attributes.values():
            self._aside(value)
        local = name.rpartition(":")[2]
        if local in ("si", "is", "c", "definedName", "formula") or not self.is_of_cells:
            self.letters = 0
        if self.is_sheet and local not in _OF_CELLS:
            self.rules += 1
            if self.rules > MOST_RULES:
                raise TooMuch(
                    Phrase("found.rules", count=MOST_RULES),
                    Phrase("wanted.most_rules", most=MOST_RULES),
                )
        act = getattr(self, f"_on_{local}", None)
        if act is not None:
            act(attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if (
            name.rpartition(":")[2] == "v"
            and self.is_row_hidden
            and self.row not in self.facts.hidden_rows[-1:]
        ):
            self.facts.hidden_rows.append(self.row)

    def _text(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > LONGEST_TEXT:
            raise TooMuch(
                Phrase("found.letters_in_cell", count=LONGEST_TEXT),
                Phrase("wanted.most_letters_in_cell", most=LONGEST_TEXT),
            )

    def _aside(self, text: str) -> None:
        if len(text) > LONGEST_ATTRIBUTE:
            raise TooMuch(
                Phrase("found.letters_in_value", count=len(text)),
                Phrase("wanted.most_letters_in_value", most=LONGEST_ATTRIBUTE),
            )

    def _doctype(self, *_: object) -> None:
        raise Disordered(Phrase("found.doctype"))  # its entities could unfold without end

    # --- what a sheet says of its cells ---

    def _on_sheetFormatPr(self, attributes: dict[str, str]) -> None:
        self.are_rows_hidden = attributes.get("zeroHeight") in ("1", "true")

    def _on_row(self, attributes: dict[str, str]) -> None:
        row = _whole(attributes.get("r")) or self.row + 1
        if row <= self.row:
            # a library would drop one of them
            raise Disordered(Phrase("found.row_behind", row=row, before=self.row))
        self.row = row
        self.column = 0
        is_hidden = attributes.get("hidden") in ("1", "true") or _is_nothing(attributes.get("ht"))
        self.is_row_hidden = is_hidden or (self.are_rows_hidden and "ht" not in attributes)

    def _on_c(self, attributes: dict[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        column = column_index_from_string(place[1]) if place else self.column + 1
        if column <= self.column:
            raise Disordered(Phrase("found.cell_behind", cell=attributes.get("r", "")))
        self.cells += column - self.column
        self.column = column
        if self.cells > MOST_CELLS:
            raise TooMuch(
                Phrase("found.more_cells", count=MOST_CELLS),
                Phrase("wanted.most_cells", most=MOST_CELLS),
            )

    def _on_is(self, _: dict[str, str]) -> None:
        if self.is_row_hidden and self.row not in self.facts.hidden_rows[-1:]:
            self.facts.hidden_rows.append(self.row)

    def _on_col(self, attributes: dict[str, str]) -> None:
        if self.is_of_cells and (
            attributes.get("hidden") in ("1", "true") or _is_nothing(attributes.get("width"))
        ):
            self.facts.hidden_columns.append((_whole(attributes.get("min")), _whole(attributes.get("max"))))

    def _on_mergeCell(self, attributes: dict[str, str]) -> None:
        self.facts.merged.append(attributes.get("ref", ""))
        if len(self.facts.merged) > MOST_MERGED:
            raise TooMuch(
                Phrase("found.more_merged", count=MOST_MERGED), Phrase("wanted.most_merged", most=MOST_MERGED)
            )

    # --- what the workbook says of its sheets ---

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        self.titles.append(
            (attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible")
        )

    def _on_Relationship(self, attributes: dict[str, str]) -> None:
        self.relations[attributes.get("Id", "")] = attributes.get("Type", ""), attributes.get("Target", "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _facts_by_title(looks: Mapping[str, _Look]) -> Iterator[tuple[str, SheetFacts]]:
    """Each sheet's facts under its title, as the workbook's relations lead to it."""
    roots = looks[_ROOT_RELATIONS].relations.values() if _ROOT_RELATIONS in looks else ()
    book = next((_joined("", target) for kind, target in roots if kind.endswith(_OFFICE)), "xl/workbook.xml")
    folder = PurePosixPath(book).parent
    relations = looks.get(str(folder / "_rels" / f"{PurePosixPath(book).name}.rels"))
    for title, relation, is_hidden in looks[book].titles if book in looks else ():
        _, target = relations.relations.get(relation, ("", "")) if relations else ("", "")
        part = looks.get(_joined(str(folder), target))
        facts = part.facts if part else SheetFacts()
        facts.is_hidden = is_hidden
        yield title, facts


def _joined(folder: str, target: str) -> str:
    """A relation's target as the name of a part."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath(folder) / target)
