"""Where does a line end that nobody has laid out yet?  Letters are counted for the widest font that may
stand in.
"""

from __future__ import annotations

import re
import unicodedata

_HARD = "\xa0"  # a blank at which no line ends
_PIECES = re.compile(  # a Chinese letter, or a word with its blank, and the bracket that opens before it
    r"[（《【“]*(?:[\u2e80-\uffef]|(?:[^\s\u2e80-\uffef]|\xa0)+(?:(?<=\xa0)[\u2e80-\uffef])?\s*)|\s+"
)
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%×\u4e00-\u9fff])")
_ENDS = "，。；：、）】》”！？,.;:)]"  # what no line begins with
_NARROW = f" {_HARD}.,;:il"


def unbroken(text: str) -> str:
    r"""The text with its numbers held to their units.

    >>> unbroken("全年完成 97.1 %，缺口 4 项")
    '全年完成 97.1\xa0%，缺口 4\xa0项'
    """
    return _BEFORE_UNIT.sub(_HARD, text)


def wrapped(text: str, wide: float) -> list[str]:
    """The lines of a text in so many letters of Chinese width: words, and numbers with units, stay whole
    where they can.

    >>> wrapped("全年完成 97.1 %，缺口", 6)
    ['全年完成 ', '97.1 %，缺', '口']
    """
    lines = []
    for paragraph in unbroken(text).split("\n"):
        line, room = "", wide
        for piece in _PIECES.findall(paragraph):
            width = sum(map(_width, piece))
            if line and width > room and not (piece in _ENDS and width <= room + 1):
                lines.append(line)
                line, room = "", wide
            line, room = line + piece, room - width
        lines.append(line)
    return [line.replace(_HARD, " ") for line in lines]  # which are not parted again


def lines_of(text: str, wide: float) -> int:
    """How many lines a text takes, a word that is longer than one counted by its length."""
    return sum(max(1, -int(-sum(map(_width, line.rstrip())) // max(wide, 1))) for line in wrapped(text, wide))


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    return 0.32 if letter in _NARROW else 0.66 if letter.isdigit() or letter.isupper() else 0.57
