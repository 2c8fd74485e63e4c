"""What does an old workbook (.xls) show beside the values of its cells?  Its records, looked through once.

The layout is that of BIFF8 ([MS-XLS]): records in one stream, each a number, a length and its bytes. What
came before it (Excel 95) is named as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from struct import error as StructError
from struct import unpack_from
from typing import Final

from olefile import OleFileIO

from ui.files.cell_marks import Locked, NotWhole, Seen, TooOld

_BOF, _EOF, _LOCKED, _SHEET, _FORMAT, _STYLE = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_ROW, _COLUMNS, _FORMULA, _BOOL_OR_ERROR = 0x0208, 0x007D, 0x0006, 0x0205
_NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _MERGED = 0x0203, 0x027E, 0x00BD, 0x00E5
_TEXTS: Final = (0x00FD, 0x0204, 0x00D6)  # a text that is shared, one of its own, one in several fonts
_BIFF8, _ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x0600, 0x20, 0x01
_NO_NUMBER, _IS_ERROR, _IS_NOTHING = 0xFFFF, 2, 3  # what stands in a formula's result where it is no number
_ERRORS: Final = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
_BUILT_IN: Final = {9: "0%", 10: "0.00%"}  # of the formats without a text, those that show another size


def seen_in(data: bytes) -> list[Seen]:
    """What each sheet shows beside its values, in their order; raises `Locked`, `TooOld`, `NotWhole` and
    `TooMuch`.
    """
    stream = _stream(data)
    try:
        book = _book(stream)
        return [_sheet(stream, book, at) for at in range(len(book.starts))]
    except (StructError, IndexError, ValueError) as error:
        raise NotWhole(str(error)) from error


def _stream(data: bytes) -> bytes:
    """The records in the container that the file is."""
    try:
        container = OleFileIO(BytesIO(data))
        if container.exists("EncryptedPackage"):
            raise Locked
        name = next((name for name in ("Workbook", "Book") if container.exists(name)), "")
        return bytes(container.openstream(name).read()) if name else b""
    except (OSError, ValueError, LookupError, TypeError, AttributeError, StructError) as error:
        raise NotWhole(str(error)) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of the part that begins there, without those of parts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1 or kind == _BOF:
            yield kind, stream[at + 4 : at + 4 + length]
        elif depth < 1:
            return
        at += 4 + length


# --- the part in front of the sheets


@dataclass
class _Book:
    """Where each sheet begins, its title and whether it is hidden; and which number format a style has."""

    starts: list[tuple[int, str, bool]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=lambda: dict(_BUILT_IN))
    styles: list[int] = field(default_factory=list)

    def format_of(self, style: int) -> str:
        """The number format of a style; one that is not told is a plain one."""
        return self.formats.get(self.styles[style], "") if style < len(self.styles) else ""


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, body in _records(stream, 0):
        if kind == _BOF and unpack_from("<H", body)[0] != _BIFF8:
            raise TooOld
        if kind == _LOCKED:
            raise Locked
        elif kind == _SHEET:
            start, state = unpack_from("<IB", body)
            book.starts.append((start, _text(body[6:], 1), bool(state & 3)))
        elif kind == _FORMAT:
            book.formats[unpack_from("<H", body)[0]] = _text(body[2:], 2)
        elif kind == _STYLE:
            book.styles.append(unpack_from("<H", body, 2)[0])
    return book


def _text(body: bytes, bytes_of_length: int) -> str:
    """A text behind its length, which says whether its letters take one byte or two."""
    length = int.from_bytes(body[:bytes_of_length], "little")
    is_wide, letters = body[bytes_of_length] & 1, body[bytes_of_length + 1 :]
    return (
        letters[: 2 * length].decode("utf-16-le", "replace")
        if is_wide
        else letters[:length].decode("latin-1")
    )


# --- a sheet


def _sheet(stream: bytes, book: _Book, at: int) -> Seen:
    start, title, is_hidden = book.starts[at]
    seen = Seen(title)
    seen.facts.is_hidden = is_hidden
    hidden: set[int] = set()
    for kind, body in _records(stream, start):
        if kind == _ROW and unpack_from("<H", body, 12)[0] & _ROW_IS_HIDDEN:
            hidden.add(unpack_from("<H", body)[0])
        elif kind in _READ:
            _READ[kind](seen, book, body)
    seen.facts.hidden_rows = sorted(row + 1 for row in hidden & seen.rows)
    return seen


def _read_columns(seen: Seen, _: _Book, body: bytes) -> None:
    first, last, width, options = unpack_from("<3H2xH", body)
    if options & _COLUMN_IS_HIDDEN or not width:
        seen.facts.hidden_columns.append((first + 1, last + 1))


def _read_number(seen: Seen, book: _Book, body: bytes) -> None:
    row, column, style = unpack_from("<3H", body)
    seen.use(row, column)
    seen.formats[row, column] = book.format_of(style)


def _read_numbers(seen: Seen, book: _Book, body: bytes) -> None:
    row, first = unpack_from("<2H", body)
    for place in range((len(body) - 6) // 6):
        seen.use(row, first + place)
        seen.formats[row, first + place] = book.format_of(unpack_from("<H", body, 4 + 6 * place)[0])


def _read_formula(seen: Seen, book: _Book, body: bytes) -> None:
    """A formula's result stands behind its style: a number, or else a type, a value and a mark in its end."""
    _read_number(seen, book, body)
    row, column = unpack_from("<2H", body)
    seen.formulas.add((row, column))
    kind, value, mark = unpack_from("<BxB3xH", body, 6)
    if mark == _NO_NUMBER and kind == _IS_ERROR:
        seen.errors[row, column] = _ERRORS.get(value, "#?")
    elif mark == _NO_NUMBER and kind == _IS_NOTHING:  # a blank text, or what has never been worked out
        seen.uncomputed.add((row, column))


def _read_bool_or_error(seen: Seen, _: _Book, body: bytes) -> None:
    row, column, value, is_error = unpack_from("<2H2x2B", body)
    seen.use(row, column)
    if is_error:
        seen.errors[row, column] = _ERRORS.get(value, "#?")


def _read_merged(seen: Seen, _: _Book, body: bytes) -> None:
    for place in range(unpack_from("<H", body)[0]):
        top, bottom, left, right = unpack_from("<4H", body, 2 + 8 * place)
        seen.merge((top, left), (bottom, right))


def _read_text(seen: Seen, _: _Book, body: bytes) -> None:
    seen.use(*unpack_from("<2H", body))


_READ: Final[Mapping[int, Callable[[Seen, _Book, bytes], None]]] = {
    _COLUMNS: _read_columns,
    _FORMULA: _read_formula,
    _BOOL_OR_ERROR: _read_bool_or_error,
    _NUMBER: _read_number,
    _SHORT_NUMBER: _read_number,
    _SHORT_NUMBERS: _read_numbers,
    _MERGED: _read_merged,
    **dict.fromkeys(_TEXTS, _read_text),
}
