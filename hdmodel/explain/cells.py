"""How does a spreadsheet compute a quantity?  Its formula over cells, from the model's own expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from hdmodel.explain.cases import Case, Choice, Content, Judged, Largest, Where, Word
from hdmodel.explain.symbols import CODED, Symbol, infix
from hdmodel.numbers import plain

_NOISE = 9  # decimals: a spreadsheet's numbers are no fractions, and what lies beyond is their noise
_MOST_DECIMALS = 15
_MOST_LETTERS = 200  # of a text in a formula
BLANK = '""'


@dataclass(frozen=True)
class Cells:
    """Where things stand on a sheet: the cell of a name, and the cell in which an entry is made;
    `word` says a word of the model as the sheet does.
    """

    cell: Callable[[str], str]
    entry: Callable[[str], str]
    word: Callable[[str], str]


def formula_of(content: Content | Choice[Content], cells: Cells) -> str:
    """A content as a spreadsheet formula, without the sign it begins with; blank where it does not apply.

    >>> from hdmodel.explain.symbols import leaf
    >>> a, b = leaf("a", Fraction(2)), leaf("b", Fraction(4))
    >>> there = Cells({"a": "D4", "b": "D5"}.__getitem__, {"n": "F7", "m": "F8"}.__getitem__, str)
    >>> formula_of(Choice(("n", "m"), a - (b + 1) / 3, None), there)
    'IF(COUNT(F7,F8)>0,D4 - (D5 + 1) / 3,"")'
    """
    if isinstance(content, Choice):
        return chosen(content, cells, partial(formula_of, cells=cells))
    match content:
        case None:
            return BLANK
        case Word(key):
            return quoted(cells.word(key))
        case Largest(of):
            return f"MAX({','.join(_printed(symbol, cells) for symbol in of)})"
        case Judged(has_reach):
            return _status(has_reach, cells)
        case Where(symbol, line, least, is_enough):
            at, sign = cells.cell(line), ">=" if is_enough else ">"
            noise = f"ROUND({at},{_NOISE}){sign}{plain(least)}"
            return f"IF(ISNUMBER({at}),IF({noise},{_or_blank(symbol, cells)},{BLANK}),{BLANK})"
    return _or_blank(content, cells)


def chosen(content: Case | Choice[Case], cells: Cells, printed: Callable[[Case], str]) -> str:
    """A choice as a formula; `printed` writes each of its cases."""
    if not isinstance(content, Choice):
        return printed(content)
    made, still = (chosen(case, cells, printed) for case in (content.made, content.open))
    return f"IF({is_made(content.entries, cells)},{made},{still})"


def is_made(entries: Iterable[str], cells: Cells) -> str:
    """The condition that one of some entries is made: a number stands in its cell."""
    return f"COUNT({','.join(cells.entry(id) for id in entries)})>0"


def quoted(text: str) -> str:
    """A text as it stands in a formula, no longer than a spreadsheet takes there.

    >>> print(quoted('5" pipe'))
    "5"" pipe"
    """
    return '"' + text[:_MOST_LETTERS].replace('"', '""') + '"'


def _status(has_reach: bool, cells: Cells) -> str:
    met, within, beyond = (quoted(cells.word(key)) for key in ("met", "within_reach", "out_of_reach"))
    high, target = cells.cell("reach_high"), cells.cell("target")
    short = f"IF(ROUND({high}-{target},{_NOISE})>=0,{within},{beyond})" if has_reach else within
    return f"IF(ROUND({cells.cell('shortfall')},{_NOISE})<=0,{met},{short})"


def _or_blank(symbol: Symbol, cells: Cells) -> str:
    """The formula, which gives a blank where a number that it divides by is 0."""
    printed = _printed(symbol, cells)
    return f"IFERROR({printed},{BLANK})" if _divides(symbol) else printed


def _divides(symbol: Symbol) -> bool:
    """Whether it is divided by a difference or an average, which alone can come to nought within what may be
    entered.
    """
    if not symbol.operands:
        return False
    can_be_0 = symbol.operator == "/" and symbol.operands[1].operator in ("-", "/")
    return can_be_0 or any(_divides(operand) for operand in symbol.operands)


def _printed(symbol: Symbol, cells: Cells) -> str:
    return infix(symbol, lambda part: cells.cell(part.name) if part.name else _constant(part.value), CODED)


def _constant(value: Fraction) -> str:
    """A number as a spreadsheet reads it exactly: a decimal, or a quotient of whole numbers."""
    is_decimal = any((value * 10**places).denominator == 1 for places in range(_MOST_DECIMALS))
    return plain(value) if is_decimal else f"({value.numerator}/{value.denominator})"
