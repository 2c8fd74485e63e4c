"""What do the words of a ledger mean?  Stages, starts and yes or no, as bureaus write them, and the months
of a start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final
from unicodedata import normalize

from hdmodel.language.words import words_of
from hdmodel.reading.characters import UNSEEN

# what the page itself calls a ledger's columns and writes into its cells: what it has written it reads
WORDS_OF_LEDGER: Final = words_of(Path(__file__).with_name("ledger.csv"))
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "stage": {
        "continuing": ("续建", "在建", "continuing"),
        "new": ("新建", "新开工", "new"),
        "expansion": ("改扩建", "扩建", "改建", "expansion"),
        "upgrade": ("技改", "技术改造", "upgrade"),
        "preliminary": ("前期", "拟建", "储备", "preliminary"),
        "completed": ("竣工", "已竣工", "完工", "已完工", "completed"),
    },
    "start": {
        "": ("", "-", "—", "–", "/"),
        "started": ("已开工", "已开复工", "started"),
        "q3": ("三季度", "3季度", "第三季度", "q3"),
        "q4": ("四季度", "4季度", "第四季度", "q4"),
        "later": ("以后", "明年", "明年及以后", "later", "next year"),
    },
    "in_statistics": {
        "yes": (
            "是",
            "已入库",
            "已入统",
            "已纳统",
            "入库",
            "入统",
            "纳统",
            "√",
            "✓",
            "yes",
            "y",
            "true",
            "1",
        ),
        "no": (
            "否",
            "未入库",
            "未入统",
            "未纳统",
            "待入库",
            "待入统",
            "拟入库",
            "×",
            "",
            "no",
            "n",
            "false",
            "0",
        ),
    },
}
WORDED = tuple(_WORDS)
ACCEPTED = {
    column: ", ".join(words[0] for words in codes.values() if words[0]) for column, codes in _WORDS.items()
}
_MONTH = re.compile(
    r"(?:(20[0-9]{2})(?:年|[-./]))?(?:([01]?[0-9])(?:月份?)?)"
    r"(?:[-./]?[0-3]?[0-9][日号]?|[上中下]旬|[初底末])?(?:t00:00:00)?"
)
_MAY_BE_OCTOBER = re.compile(r"20[0-9]{2}\.1")
_QUARTER = re.compile(r"(20[0-9]{2})年(?:第?([一二三四1-4])季度|(上半年))")
_MOST_KEPT = 1_000  # words of ledgers, of which a few come again in every row
_NUMBER_OF = {"一": 1, "二": 2, "三": 3, "四": 4}


def key_of(column: str, code: str) -> str:
    """The key of the page's own word for a code."""
    if column == "stage":
        return f"stage.{code}"
    return f"ledger.start.{code}" if column == "start" else f"ledger.{code}"


def codes_by_word() -> dict[str, dict[str, str]]:
    """The codes of each column by every word for them: the page's own, and those that bureaus write."""
    return {
        column: {
            **{_bare(word): code for code in codes if code for word in _own_words(column, code)},
            **{word: code for code, words in codes.items() for word in (*words, code)},
        }
        for column, codes in _WORDS.items()
    }


def _own_words(column: str, code: str) -> Iterable[str]:
    return WORDS_OF_LEDGER[key_of(column, code)].values()


@lru_cache(_MOST_KEPT)
def code_of(column: str, text: str) -> str | None:
    """The code of one of a column's words, whatever its width and case; `None` for any other text.

    >>> code_of("stage", "改扩建"), code_of("in_statistics", "已入统"), code_of("stage", "梦想")
    ('expansion', 'yes', None)
    """
    return _CODE_OF[column].get(_bare(text))


def start_of(text: str, year: int) -> str | None:
    """The start that a date, a month or a quarter of a year says: what lies before July has started.

    >>> [start_of(text, 2022) for text in ("2022-08-01", "10月", "2021年3月", "2022年四季度", "2023.5")]
    ['q3', 'q4', 'started', 'q4', 'later']
    >>> start_of("2022", 2022), start_of("8", 2022), start_of("13月", 2022), start_of("2022.1", 2022)
    (None, None, None, None)
    """
    bare = _bare(text)
    if may_be_two_months(bare) and int(bare[:4]) == year:
        return None
    if quarter := _QUARTER.fullmatch(bare):
        number = 2 if quarter[3] else _NUMBER_OF.get(quarter[2]) or int(quarter[2])
        return _start(int(quarter[1]), 3 * number, year)
    month = _MONTH.fullmatch(bare)
    if month is None or not (month[1] or "月" in bare) or not 1 <= int(month[2]) <= 12:
        return None
    return _start(int(month[1] or year), int(month[2]), year)


def may_be_two_months(text: str) -> bool:
    """Whether a start may be January or October: a spreadsheet keeps 2022.10 as the number 2022.1."""
    return _MAY_BE_OCTOBER.fullmatch(text) is not None


def _start(year: int, month: int, this_year: int) -> str:
    if year > this_year:
        return "later"
    if year < this_year or month <= 6:
        return "started"
    return "q3" if month <= 9 else "q4"


def _bare(text: str) -> str:
    return "".join(normalize("NFKC", text).translate(UNSEEN).lower().split())


_CODE_OF = codes_by_word()
