"""In which unit of money is a ledger?  It is stated above it, in a corner, in a name, in a header,
in a cell or in a note.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

# How many of each unit make one 亿元.
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
_IN_CELL = re.compile(r"([-+0-9.,]+) ?(千万元|百万元|亿元|万元|千元|元|亿|万)")
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")  # 1,500.5


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

    >>> amount_and_unit("1500万"), amount_and_unit("1500 800万元"), amount_and_unit("1500①万元")
    (('1500', '万元'), None, None)
    """
    if text.isascii() or has_marks(text):
        return None
    match = _IN_CELL.fullmatch(" ".join(plain(text).split()))
    return (match[1], full_name(match[2])) if match else None


def has_marks(text: str) -> bool:
    """Whether a text has marks of notes that another reader would take for digits: ①, ², ⒈.

    >>> has_marks("1500①"), has_marks("１５００")
    (True, False)
    """
    return not text.isascii() and any(category(letter) == "No" for letter in text)


def plain(text: str) -> str:
    """A text without regard to width, case, letters that cannot be seen, and blanks at its ends."""
    if text.isascii():  # as most cells are, and many times as fast
        return text.strip().lower()
    return normalize("NFKC", text).translate(UNSEEN).strip().lower()


def compact(text: str) -> str:
    """A text without regard to width and case, and without blanks."""
    return "".join(plain(text).split())
