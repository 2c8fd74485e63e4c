"""Which number did somebody type?  As people write them: digits of either width, any sign for minus,
a comma for the decimals or the thousands, and the unit behind.
"""

from __future__ import annotations

import re
from fractions import Fraction
from unicodedata import normalize

from hdmodel.numbers import read_number
from hdmodel.reading.characters import MINUS, THOUSANDS, has_marks, plain

LONGEST = 60  # characters
POINTS = ",，،。·"  # what may stand where a point stands, or between thousands
_STOPS = str.maketrans("。·", "..")
_DECIMALS = re.compile(r"[+-]?[0-9]+,[0-9]+")


def read_typed(text: str, unit: str = "") -> Fraction:
    """The number, exactly; `unit` may stand behind it. Raises `ValueError` for what is not one number.

    A comma before three digits parts thousands, any other one the decimals.

    >>> [str(read_typed(text, "%")) for text in ("１５，５", "−1.5％", "1,500", "15。5")]
    ['31/2', '-3/2', '1500', '31/2']
    """
    if len(text) > LONGEST or has_marks(text):
        raise ValueError("not a number")
    written = plain(text).translate(_STOPS).replace("،", ",")
    written = written.removesuffix(normalize("NFKC", unit).lower()).rstrip() if unit else written
    written = MINUS.sub("-", written)
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    elif _DECIMALS.fullmatch(written):
        written = written.replace(",", ".")
    return read_number(written)
