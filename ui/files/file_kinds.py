"""What kind of file is this?  By what it begins with: its name may say another, as that of a web page or a
text does which a system exports as .xls.
"""

from __future__ import annotations

import re
from typing import Final

from hdmodel.problems import Phrase
from hdmodel.reading.text_tables import decoded
from ui.files import open_document

OLD_WORKBOOK: Final = (
    b"\xd0\xcf\x11\xe0"  # .xls and .et, and any file that Excel has protected with a password
)
_ZIP, _BINARY_WORKBOOK = b"PK", b"xl/workbook.bin"
_BEFORE_EXCEL_5: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PAGE: Final = re.compile(r"<(!doctype html|html|head|meta|body|table|style|div)\b|mime-version:")
_XML, _PAGE_IN_XML = "<?xml", re.compile(r"<(?:html)\b")
_DOCUMENTS: Final = ("%pdf", "{\\rtf")  # texts, and no tables
_BEGINNING = 2_000  # bytes that are looked at
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
# Kinds that Excel and WPS open, and that are read once saved there as .xlsx.
REFUSED: Final = ("excel_95", "binary_workbook", "page", "xml")


def kind_of(data: bytes) -> str:
    """A file's kind: `zip` (as .xlsx is one), `open_document`, `old_workbook`, `text`, one of `REFUSED`, or
    `other`.

    >>> kind_of(b"PK\\x03\\x04"), kind_of("指标\\t数".encode("gb18030")), kind_of(b" <TABLE border=1>")
    ('zip', 'text', 'page')
    >>> kind_of(b"\\x09\\x04\\x06\\x00"), kind_of(b"%PDF-1.4 \\x00")
    ('excel_95', 'other')
    """
    if data.startswith(OLD_WORKBOOK):
        return "old_workbook"
    if data.startswith(_BEFORE_EXCEL_5):
        return "excel_95"
    if open_document.is_one(data):
        return "open_document"
    if data.startswith(_ZIP):
        return "binary_workbook" if _BINARY_WORKBOOK in data else "zip"
    return _kind_of_text(data)


def as_found(kind: str) -> Phrase:
    """What a message calls a kind that is not read."""
    return Phrase("found.damaged" if kind == "other" else f"found.{kind}")


def _kind_of_text(data: bytes) -> str:
    read = decoded(data)
    text = data[:_BEGINNING].decode("latin-1") if read is None else read[0][:_BEGINNING]
    beginning = text.lstrip("\ufeff\xef\xbb\xbf \t\r\n").lower()
    if _PAGE.match(beginning):
        return "page"
    if beginning.startswith(_XML):
        return "page" if _PAGE_IN_XML.search(beginning) else "xml"
    is_table = (
        read is not None and bool(text) and not _CONTROL.search(text) and not beginning.startswith(_DOCUMENTS)
    )
    return "text" if is_table else "other"
