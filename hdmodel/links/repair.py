"""What has the way done to a link?  Chat programs and copying wrap and encode addresses;
each trace is undone and named.

An address is a stranger's. What is longer than anything the page writes is named and left out before anything
else looks at it, and all that is done to the rest takes time in proportion to its length.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from hdmodel.links.plans import SLOTS
from hdmodel.problems import Phrase, Problem

# Characters. The longest that the page writes are shorter by far;
# an edition of somebody's own may have a hundred levers.
LONGEST_LINK = 60_000
LONGEST_PLAN = 16_000
LONGEST_RESULTS = 2_000
LONGEST_VALUE = 200
MOST_FIELDS = 1_000
LONGEST_NAME = 200

_AMP = "amp;"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BREAKS = frozenset("\r\n\t\v\f\u2028\u2029" + _UNSEEN)  # a plain space inside a number is not ours to guess
_BLANKS = re.compile(rf"[\s{_UNSEEN}]+")
_ADDED_AFTER = frozenset("\u200b。，、；！？）》」』】”’])>,;!\"'")
_MARK = re.compile(r"[。，、；！？…（(《「『【“‘\[<,;!\"']")
# a digit, a unit, a size or a per cent sign may be part of the number
_WORDS = re.compile(r"[^\d元万亿千百十兆倍成点%％‰]*")
_SIZES = re.compile(r"hundred|thousand|[mbtr]illion|per ?cent|point|yuan|rmb|cny|\b[kmb]n?\b", re.IGNORECASE)

Pairs = list[tuple[str, str]]


def _names_added() -> frozenset[str]:
    """What chat programs and trackers add to an address; the table says of each who does."""
    with Path(__file__).with_name("added_on_the_way.csv").open(encoding="utf-8", newline="") as table:
        return frozenset(row["name"] for row in csv.DictReader(table, strict=True))


_ADDED = _names_added()


@dataclass(frozen=True)
class Mended:
    """The pairs of an address as they were sent; and for each name that the way had changed, what arrived."""

    pairs: Pairs
    arrived: dict[str, tuple[str, str]]


def without_added(pairs: Pairs) -> Pairs:
    """The pairs that somebody meant: chat programs and trackers add their own (`added_on_the_way.csv`).

    >>> without_added([("tv.q3", "31"), ("from", "singlemessage"), ("utm_source", "x")])
    [('tv.q3', '31')]
    """
    return [pair for pair in pairs if pair[0] not in _ADDED]


def mended(pairs: Pairs, known: Collection[str], problems: list[Problem]) -> Mended:
    """The pairs as they were sent; a name counts as mended only where it then is a known one."""
    if len(pairs) == 1:
        whole = "=".join(filter(None, pairs[0]))
        is_of_a_size = len(whole) <= LONGEST_LINK and whole.count("&") < MOST_FIELDS
        inner = parse_qsl(whole, keep_blank_values=True) if is_of_a_size else []
        if inner != pairs and sum(name in known for name, _ in inner) > 1:
            problems.append(
                Problem("double_encoded", "link", whole, Phrase("wanted.encoded_once"), "decoded")
            )
            pairs = inner
    sent: Pairs = []
    arrived: dict[str, tuple[str, str]] = {}
    for name, value in pairs:
        pair = _mended(name, value, known, problems)
        if pair is not None:
            sent.append(pair)
            if pair != (name, value):
                arrived[pair[0]] = name, value
    return Mended(sent, arrived)


def longest(name: str) -> int:
    """How many characters the value of a name in a link may have."""
    return LONGEST_PLAN if name in SLOTS else LONGEST_RESULTS if name == "r" else LONGEST_VALUE


def _mended(name: str, value: str, known: Collection[str], problems: list[Problem]) -> tuple[str, str] | None:
    """One pair as it was sent; `None` for one that is too long to be read."""
    bare = _bare_name(name)
    if bare not in known:
        return name, value
    if len(value) > longest(bare):
        used = "blank" if bare in SLOTS else "baseline" if "." in bare else ""
        problems.append(
            Problem("too_many_letters", bare, value, Phrase("wanted.most_letters", most=longest(bare)), used)
        )
        return None
    kept = (
        _mended_plan(value)
        if bare in SLOTS
        else _mended_results(value)
        if bare == "r"
        else _mended_value(value)
    )
    return bare, kept


def _bare_name(name: str) -> str:
    """A name without what copying puts before and into it; one that is too long is no name.

    >>> _bare_name("amp;amp;tv.q3\\u200b")
    'tv.q3'
    """
    if len(name) > LONGEST_NAME:
        return name
    while name.startswith(_AMP):
        name = name.removeprefix(_AMP)
    return _BLANKS.sub("", name)


def _mended_value(value: str) -> str:
    """A value without what was added after it, and without breaks in it.

    >>> _mended_value(" 13.\\n 8）。 "), _mended_value("1 3")
    ('13.8', '1 3')
    >>> _mended_value("10 (来自微信)"), _mended_value("10，请看")
    ('10', '10')
    >>> _mended_value("10（万元）"), _mended_value("10,5")  # not only words: the number may be another one
    ('10（万元', '10,5')
    """
    return _BLANKS.sub(_without_breaks, _without_end(_without_words(value))).strip()


def _mended_results(value: str) -> str:
    """The results a link was sent with have no spaces and end in no mark."""
    return _BLANKS.sub(_without_breaks, _without_end(value.rstrip("."))).strip()


def _without_words(value: str) -> str:
    """The value before a mark or bracket that only words stand behind."""
    mark = _MARK.search(value)
    if mark is None or not _WORDS.fullmatch(value, mark.end()) or _SIZES.search(value, mark.end()):
        return value
    return value[: mark.start()]


def _without_breaks(blanks: re.Match[str]) -> str:
    return "" if _BREAKS & set(blanks[0]) else blanks[0]


def _without_end(value: str) -> str:
    """The value without the blanks, marks and brackets that a sentence around a link leaves at its end."""
    end = len(value)
    while end and (value[end - 1].isspace() or value[end - 1] in _ADDED_AFTER):
        end -= 1
    return value[:end]


def _mended_plan(value: str) -> str:
    """A plan's values have no spaces; the name behind them may end in a bracket, and stays as it is."""
    values, tilde, name = value.partition("~")
    return _BLANKS.sub("", values if tilde else _without_end(values)) + tilde + name
