"""What does a cell say, however it was typed?  Characters of either width, those that cannot be seen, and the
signs that people write for minus and for nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction
from unicodedata import category, normalize

from hdmodel.numbers import read_number

UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")  # 1,500.5
MINUS = re.compile("^[\u2212\u2010-\u2015\u2796] ?(?=[0-9.])")  # a dash before a number
_NOTHING = ("", "-", "—", "–", "−", "——", "/")  # as spreadsheets and people write an empty cell


def plain(text: str) -> str:
    """A text without regard to width, case, letters that cannot be seen, and blanks at its ends."""
    return _bare(text).lower()


def compact(text: str) -> str:
    """A text without regard to width and case, and without blanks."""
    return "".join(plain(text).split())


def has_marks(text: str) -> bool:
    """Whether a text has marks of notes that another reader would take for digits: ①, ², ⒈.

    >>> has_marks("1500①"), has_marks("１５００")
    (True, False)
    """
    return not text.isascii() and any(category(letter) == "No" for letter in text)


def value_of(text: str) -> str:
    """What a cell that holds a number, a formula or one of the program's own words says; one with the mark of
    a note stays as it is.

    >>> [value_of(text) for text in ("１３．８", "1,200.50", "−5", "—", "a=1；b=2", "13.8①")]
    ['13.8', '1200.50', '-5', '', 'a=1;b=2', '13.8①']
    """
    if has_marks(text):
        return text
    bare = MINUS.sub("-", _bare(text)).replace("\u2212", "-")
    if bare in _NOTHING:
        return ""
    return bare.replace(",", "") if THOUSANDS.fullmatch(bare) else bare


def number_of(text: str) -> Fraction | None:
    """The number that a cell says, `None` where it says that there is none. Raises `ValueError`.

    >>> number_of("１，２００．５"), number_of("—")
    (Fraction(2401, 2), None)
    """
    value = value_of(text)
    return read_number(value) if value else None


def _bare(text: str) -> str:
    if text.isascii():  # as most cells are, and many times as fast
        return text.strip()
    return normalize("NFKC", text).translate(UNSEEN).strip()
