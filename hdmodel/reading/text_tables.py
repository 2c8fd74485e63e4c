"""How is a table written as text: in which encoding, and with what between its cells?

Ledgers, editions and past years come out of the same spreadsheets, so each of them is looked at here. What is
usual (UTF-8, commas) needs no word; anything else is said where the table is read (`Manner`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SEPARATORS = {",": "comma", "\t": "tab", ";": "semicolon", "；": "wide_semicolon", "，": "wide_comma"}
_DECIMAL_COMMA = (";", "；")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NAMES = {"utf-8-sig": "", "gb18030": "GB 18030"}  # every other is UTF-16
_BEGINNING, _LINES_LOOKED_AT = 20_000, 30  # letters and lines in which a header is looked for
_BYTES_LOOKED_AT = 400


IsHeader = Callable[[Sequence[str]], bool]  # whether the cells of a line are those of a header


@dataclass(frozen=True)
class Manner:
    """What is not usual about the way a table is written: its encoding, and in a word what stands between its
    cells; blank where that is usual.
    """

    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True)
class TextTable:
    """A table as text, what stands between its cells, and what is not usual about that."""

    text: str
    separator: str
    manner: Manner = Manner()

    @property
    def may_have_decimal_commas(self) -> bool:
        """Whether a comma in a number may be a decimal point, as where semicolons part the cells."""
        return self.separator in _DECIMAL_COMMA


def in_file(data: bytes, is_header: IsHeader) -> TextTable | None:
    """The table in a file; `None` where its encoding is not known."""
    read = decoded(data)
    return None if read is None else in_text(read[0], is_header, ",", read[1])


def in_text(text: str, is_header: IsHeader, usual: str, encoding: str = "") -> TextTable:
    """The table in a text, in which one mark usually stands between the cells."""
    mark = separator_of(text, is_header, usual)
    return TextTable(text, mark, Manner(encoding, "" if mark == usual else SEPARATORS[mark]))


def decoded(data: bytes) -> tuple[str, str] | None:
    """The text of a file and its encoding, blank for UTF-8; `None` where it is none of those that
    spreadsheets write.

    >>> decoded("指标".encode("gb18030")), decoded("指标,a".encode("utf-16")), decoded(b"\\xff\\xff")
    (('指标', 'GB 18030'), ('指标,a', 'UTF-16'), None)
    """
    for encoding in _encodings(data):
        try:
            return data.decode(encoding), _NAMES.get(encoding, "UTF-16")
        except UnicodeDecodeError:
            continue
    return None


def separator_of(text: str, is_header: IsHeader, usual: str = ",") -> str:
    """What stands between the cells of a table: the mark by which a line near its top is a header, else the
    usual one.

    >>> separator_of("id；value", lambda cells: "id" in cells)
    '；'
    """
    first = text[:_BEGINNING].splitlines()[:_LINES_LOOKED_AT]
    return next(
        (mark for mark in SEPARATORS if any(is_header(cells_of(line, mark)) for line in first)), usual
    )


def cells_of(line: str, mark: str) -> list[str]:
    """The cells of a line that stands by itself, without the quotes around them."""
    return [cell.strip().strip('"') for cell in line.split(mark)]


def _encodings(data: bytes) -> tuple[str, ...]:
    """The encodings that a file may have: UTF-16 says so itself, or has a nought beside every plain letter;
    GB 18030 is what Chinese spreadsheets write when not told otherwise.
    """
    if data.startswith(_MARKS_OF_UTF16):
        return ("utf-16",)
    beginning = data[:_BYTES_LOOKED_AT]
    high, low = beginning[::2].count(0), beginning[1::2].count(0)
    if not min(high, low) and max(high, low) > 1:
        return ("utf-16-be" if high else "utf-16-le",)
    return ("utf-8-sig", "gb18030")
