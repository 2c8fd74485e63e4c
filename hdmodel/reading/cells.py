"""What does a cell of a spreadsheet say, as text?  Numbers as they are, in the size in which they are shown;
nothing is run.
"""

from __future__ import annotations

import re
from decimal import Decimal

from hdmodel.problems import Phrase

# What a number format may be made of to show a number in its own size, and the words beside the number.
_SHOWN_PLAIN = re.compile(
    r"general|[0#?.,/@]|e[+-]0+|%|_.|[*].|\[[^\]$]*\]|\[\$(?:[¥￥][^\]]*|-[^\]]*)?\]|[-+() ¥￥:]"
)
_BESIDE = re.compile(r'"([^"]*)"|[\\!](.)|([^\x00-\x7f])')
_SAYS_A_SIZE = re.compile(r"[0-9.,百千万亿元角分美欧‰a-z$€£]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


class Refused(Exception):
    """A cell that holds no text and no number: its kind of fault, what stands in it, and what is accepted."""

    def __init__(self, kind: str, found: str, wanted: Phrase) -> None:
        super().__init__(kind, found, wanted)
        self.kind, self.found, self.wanted = kind, found, wanted


def shown_number(value: float, number_format: str) -> str:
    """A number's text, a percentage as it is seen (13.8%).
    Raises `Refused` where its format shows another size.

    >>> shown_number(0.138, "0.0%"), shown_number(92925.0, "General")
    ('13.8%', '92925')
    """
    if not is_shown_as_it_is(number_format):
        as_shown = f"{number_text(value)} ({number_format})"
        raise Refused("scaled", as_shown, Phrase("wanted.plain_format"))
    return _percentage(value) if _is_percentage(number_format) else number_text(value)


def is_shown_as_it_is(number_format: str) -> bool:
    """Whether a number format shows a number in its own size, with nothing beside it that says another.

    >>> [is_shown_as_it_is(text) for text in ("#,##0.00_);[Red](#,##0.00)", '0"户"', "0!.0", '0.0"k"')]
    [True, True, False, False]
    """
    beside = ["".join(words) for words in _BESIDE.findall(number_format)]
    bare = _SHOWN_PLAIN.sub("", _BESIDE.sub("", number_format).lower())
    sections = number_format.split(";")
    return (
        not any(_SAYS_A_SIZE.search(words) for words in beside)
        and not bare.replace(";", "")
        and not _SCALED.search(number_format)
        and (len(sections) == 1 or bool(sections[0]))
    )


def number_text(value: float) -> str:
    """A spreadsheet's number as the shortest decimal that is it,
    to the fifteen digits that spreadsheets keep.

    >>> [number_text(value) for value in (13.8, 13.800000000000001, 100.0, -0.0, 1e16)]
    ['13.8', '13.8', '100', '0', '10000000000000000']
    """
    written = Decimal(format(value, ".15g"))
    if not written.is_finite():
        raise Refused("cell_error", str(value), Phrase("wanted.number_or_text"))
    return f"{written:f}" if written else "0"


def _percentage(value: float) -> str:
    return f"{(Decimal(number_text(value)) * 100).normalize():f}%"


def _is_percentage(number_format: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)
