"""In which unit of money is a ledger, and what does an amount in it come to?  The unit is stated above it,
in a corner, in a name, in a header, in a cell or in a note.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from hdmodel.ledger import UNIT
from hdmodel.numbers import half_up
from hdmodel.numbers import plain as plain_number
from hdmodel.reading.characters import compact, has_marks, number_of, plain
from hdmodel.reading.tables import percentage_in

# How many of each unit make one 亿元.
PLACES_OF_A_FEN = 10  # 1 分 is 0.0000000001 亿元; no sum of money is finer
SCALES = {"亿元": 1, "千万元": 10, "百万元": 100, "万元": 10_000, "千元": 100_000, "元": 100_000_000}
ENGLISH_UNITS = {
    f"{times}{size}{gap}yuan": unit
    for size, unit in (("100m", "亿元"), ("10k", "万元"))
    for times in ("×", "")
    for gap in (" ", "")
}
_SHORT = {"亿": "亿元", "千万": "千万元", "百万": "百万元", "万": "万元"}
UNIT_PATTERN = r"千万元|百万元|亿元|万元|千元|元|×?100m ?yuan|×?10k ?yuan"
_STATED_UNIT = r"千万元?|百万元?|亿元?|万元?|千元|元|×?100myuan|×?10kyuan"
OPENING, CLOSING = r"(\[{<【〔〖《〈「『", r")\]}>】〕〗》〉」』"
_END = r"(?![a-z\u4e00-\u9fff])"
# What states a unit above a table, in a text without blanks; several may stand in one statement.
_STATEMENT = re.compile(r"(?:单位|金额|unit)(?:均?[为以]|:)?(?:人民币)?[(\[【〔]?([^;；。]{1,30})")
_IN_STATEMENT = re.compile(rf"(?<![a-z0-9美欧日港澳])({_STATED_UNIT}){_END}")
_STATED = re.compile(rf"(?:单位|金额|unit)(?:均?为|均?以|均|:)?(?:人民币)?[(\[【〔]?({_STATED_UNIT}){_END}")
_STATED_ALONE = re.compile(rf"[(\[【〔]?(?:单位:?)?(?:人民币)?({_STATED_UNIT})[)\]】〕]?")
_STATED_IN_TITLE = re.compile(rf"[(\[【〔](?:单位:?)?(?:人民币)?({_STATED_UNIT})[)\]】〕]")
_STATED_IN_WORDS = re.compile(rf"以({_STATED_UNIT})(?:计|为单位)")
_STATED_AT_AN_END = re.compile(rf"({UNIT_PATTERN})[-_—]?(?:台账|项目表|表)|.*[-_—/]({UNIT_PATTERN})")
_SOME_UNIT = re.compile(r"单位[:为](?:人民币)?([^,;，；。]{1,20})")
_MONEY = ("元", "币", "usd", "$", "dollar", "yuan")
_LONGEST_TITLE = 400  # letters that are looked through for a unit
_IN_CELL = re.compile(r"([-+0-9.,]+) ?(千万元|百万元|亿元|万元|千元|元|千万|百万|亿|万)")
_NAMES_A_SIZE = re.compile("[元亿万]")


def states_unit(text: str) -> bool:
    """Whether a title, or the name of a file, states a unit of money.

    >>> [states_unit(text) for text in ("2022年项目表（万元）", "台账_万元", "5000万元以上项目")]
    [True, True, False]
    """
    return bool(units_stated(text))


def units_stated(cell: str, is_header: bool = False) -> list[str]:
    """The units of money that a cell above the table states, as 单位：万元 or （万元） do;
    what a title says of sizes is none. The brackets of another column's header state that column's unit only.

    >>> units_stated("单位：亿元（季度计划：万元）"), units_stated("年度税收（元）", is_header=True)
    (['亿元', '万元'], [])
    """
    text = compact(cell[:_LONGEST_TITLE])
    if alone := _STATED_ALONE.fullmatch(text):
        return [full_name(alone[1])]
    ways = (_STATED, _STATED_IN_WORDS) if is_header else (_STATED, _STATED_IN_TITLE, _STATED_IN_WORDS)
    stated = [unit for way in ways for unit in way.findall(text)]
    if _STATED.search(text):
        stated += [unit for part in _STATEMENT.findall(text) for unit in _IN_STATEMENT.findall(part)]
    if not is_header and (at_end := _STATED_AT_AN_END.fullmatch(text)):
        stated += [unit for unit in at_end.groups() if unit]
    return [*dict.fromkeys(map(full_name, stated))]


def full_name(unit: str) -> str:
    """A unit as the ledger names it: 万 is 万元, ×10k yuan too; any other text stays."""
    return _SHORT.get(unit, ENGLISH_UNITS.get(unit, unit))


def states_other_money(cell: str) -> bool:
    """Whether a cell above the table states a unit of money that is not known, as 单位：万美元 does."""
    stated = _SOME_UNIT.findall(compact(cell[:_LONGEST_TITLE]))
    return any(map(says_money, stated)) and not units_stated(cell)


def says_money(unit: str) -> bool:
    """Whether a text speaks of money, in a unit that is known or not."""
    return any(word in unit for word in _MONEY)


def amount_and_unit(text: str) -> tuple[str, str] | None:
    """The two parts of an amount that names its own unit; `None` for any other text, and for two numbers.

    >>> amount_and_unit("1.5千万"), amount_and_unit("1500 800万元"), amount_and_unit("1500①万元")
    (('1.5', '千万元'), None, None)
    """
    if text.isascii() or has_marks(text):
        return None
    match = _IN_CELL.fullmatch(" ".join(plain(text).split()))
    return (match[1], full_name(match[2])) if match else None


# --- amounts
# ----------------------------------------------------------------------------------------------------------


def in_yi(text: str, unit: str) -> str:
    """An amount in 亿元; one that names its own unit is in that one, whatever its column is in.

    >>> in_yi("1,500", "万元"), in_yi("2亿元", "万元"), in_yi("drei", "万元")
    ('0.15', '2', 'drei 万元')
    """
    if own := amount_and_unit(text):
        text, unit = own
    try:
        amount = number_of(text)
    except ValueError:
        # no number in any unit: the fault repeats what was written
        has_unit = unit == UNIT or percentage_in(text) is not None or _NAMES_A_SIZE.search(text)
        return text if has_unit else f"{text} {unit}"
    return (
        text
        if amount is None or SCALES[unit] == 1
        else decimal(half_up(amount / SCALES[unit], PLACES_OF_A_FEN))
    )


def hangs_on_its_column(text: str) -> bool:
    """Whether an amount is another one in another unit: neither nought, nor blank, nor with a unit of its
    own.

    >>> [hangs_on_its_column(text) for text in ("1500", "1500万元", "0", "—")]
    [True, False, False, False]
    """
    if amount_and_unit(text):
        return False
    try:
        return bool(number_of(text))
    except ValueError:
        return False


def decimal(value: Fraction) -> str:
    """An amount of money in full, without an exponent.

    >>> decimal(Fraction("0.0000000001")), decimal(Fraction(1200))
    ('0.0000000001', '1200')
    """
    written = plain_number(value)
    return format(Decimal(written), "f") if "e" in written else written
