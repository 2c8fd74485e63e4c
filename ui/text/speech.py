"""How does the page say it?  Every string in each of its languages, and every number rounded once, half up,
here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil

from hdmodel.language.languages import LANGUAGES, Language
from hdmodel.language.words import Words
from hdmodel.numbers import places_against, places_seen, printed
from ui.html.elements import Markup, filled
from ui.text.texts import TEXTS, UNITS

_TAG = "<[^<>]*>"
_CHINESE = "[\u4e00-\u9fff]"
_MARK = "[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u300c\u300d\u201c\u201d]"  # full-width ones
_BLANK = f"(?:{_TAG})* (?:{_TAG})*"
_SPACE_IN_CHINESE = re.compile(
    f"(?<={_CHINESE}){_BLANK}(?={_CHINESE})|(?<={_MARK}){_BLANK}|{_BLANK}(?={_MARK})"
)
_MEANT = "\x00"  # stands for a blank that a text of the tables has between Chinese characters on purpose
MINUS = "\N{MINUS SIGN}"
MONEY = "亿元"


def without_spaces_in_chinese(text: str, instead: str = "") -> str:
    """The text without blanks between two Chinese characters or beside a full-width mark;
    the page's own tags are looked through.

    >>> without_spaces_in_chinese("由 0 项 调到 <b>4 项</b> 的目标（取 5 %） 即可")
    '由 0 项调到 <b>4 项</b>的目标（取 5 %）即可'
    """

    def closed_up(match: re.Match[str]) -> str:
        parts = re.split(f"({_TAG})", match.group())
        return "".join(part if part.startswith("<") else part.replace(" ", instead) for part in parts)

    return _SPACE_IN_CHINESE.sub(closed_up, text) if " " in text else text


@cache
def _template(key: str, language: str) -> str:
    """A text of the tables, its own blanks between Chinese characters marked as meant."""
    text = TEXTS[key][language]
    return without_spaces_in_chinese(text, _MEANT) if LANGUAGES[language].closes_up else text


def with_minus(value: Fraction | float, places: int, signed: bool = False) -> str:
    """A number as the page shows it in any language, with a true minus sign."""
    return printed(value, places, signed).replace("-", MINUS)


@dataclass(frozen=True)
class Speech:
    """One language of the page, by its code."""

    language: str

    @property
    def traits(self) -> Language:
        """How the language differs from others."""
        return LANGUAGES[self.language]

    def say(self, key: str, **parts: str) -> str:
        """The catalogue's plain text for a key, its gaps filled.

        Raises `KeyError` for a key it lacks, and `ValueError` for a text with markup, which `html` says.

        A gap that is filled with Chinese leaves no blank behind; what fills it keeps its own.

        >>> Speech("zh").say("status.met"), Speech("en").say("status.met")
        ('达标', 'On target')
        >>> Speech("zh").say("say.exact", target="40.00 亿元")
        '恰好等于 40.00 亿元的目标'
        """
        template = _template(key, self.language)
        if "<" in template or any(isinstance(part, Markup) for part in parts.values()):
            raise ValueError(f"{key}: a text with markup is no plain text")
        return self._filled(template, parts)

    def html(self, key: str, **parts: str) -> Markup:
        """The same as HTML, for a text that holds markup or whose gaps are filled by HTML.

        >>> print(Speech("en").html("say.short", by="<i>"))
        <em>shortfall &lt;i&gt;</em>
        """
        return filled(lambda escaped: self._filled(_template(key, self.language), escaped), parts)

    def _filled(self, template: str, parts: Mapping[str, str]) -> str:
        if not self.traits.closes_up:
            return template.format(**parts)
        closed_up = {name: without_spaces_in_chinese(part, _MEANT) for name, part in parts.items()}
        return without_spaces_in_chinese(template.format(**closed_up)).replace(_MEANT, " ")

    def shortened(self, text: str, longest: int = 60) -> str:
        """A text as a message repeats it: cut, with its length, where it is too long.

        >>> Speech("zh").shortened("abcdef", longest=3), Speech("en").shortened("abc")
        ('abc…（共 6 字）', 'abc')
        """
        return (
            text
            if len(text) <= longest
            else self.say("shortened", start=text[:longest].rstrip(), count=str(len(text)))
        )

    def pick(self, words: Words) -> str:
        """The edition's own text in this language, the unit of money by its name there.

        >>> Speech("en").pick(Words.of({"zh": "按亿元计", "en": "reckoned in 亿元"}))
        'reckoned in 100m yuan'
        """
        return words.in_language(self.language).replace(MONEY, self.unit(MONEY))

    def short_name(self, short: Words, label: Words) -> str:
        """An indicator's short name; its full one where that fits as well, so that one thing has one name.

        >>> Speech("zh").short_name(Words.of({"zh": "工业投资"}), Words.of({"zh": "一般性工业投资"}))
        '一般性工业投资'
        """
        name, full = self.pick(short), self.pick(label)
        return full if name in full and len(full) <= self.traits.letters_on_a_card else name

    def unit(self, unit: str) -> str:
        """A unit as it stands in a heading;
        one the catalogue does not know stands as the edition writes it.
        """
        return UNITS[unit][self.language] if unit in UNITS else unit

    def unit_of_number(self, unit: str) -> str:
        """A unit as it is written after a number: one that is a number itself as a factor.

        >>> Speech("en").unit_of_number("亿元"), Speech("en").unit_of_number("%")
        ('×100m yuan', '%')
        """
        name = self.unit(unit)
        return f"×{name}" if name[:1].isdigit() else name

    def unit_of_one(self, unit: str) -> str:
        """The same after the number 1, for which a language may have another word.

        >>> Speech("en").unit_of_one("项"), Speech("en").unit_of_one("%")
        ('project', '%')
        """
        singular = f"{unit}.one"
        return self.unit_of_number(singular if singular in UNITS else unit)

    def number(self, value: Fraction, places: int, signed: bool = False) -> str:
        """A bare number with a true minus sign.

        >>> Speech("zh").number(Fraction("-1.25"), 1)
        '−1.3'
        """
        return with_minus(value, places, signed)

    def amount(self, value: Fraction | None, unit: str, places: int, signed: bool = False) -> str:
        """A number with its unit, or the word for a figure that is not there.

        >>> Speech("zh").amount(Fraction("41.76"), "亿元", 2), Speech("zh").amount(None, "%", 1)
        ('41.76 亿元', '未公布')
        >>> Speech("en").amount(Fraction(1), "项", 0), Speech("en").amount(Fraction(2), "项", 0)
        ('1 project', '2 projects')
        """
        if value is None:
            return self.say("blank")
        number = self.number(value, places, signed)
        is_one = number.lstrip("+" + MINUS) == "1"
        return f"{number} {self.unit_of_one(unit) if is_one else self.unit_of_number(unit)}"

    def points(self, value: Fraction, places: int = 1) -> str:
        """A difference of two rates, without its sign: percentage points (百分点), never %.

        >>> Speech("zh").points(Fraction("-8.3")), Speech("en").points(Fraction("8.3"))
        ('8.3 个百分点', '8.3 points')
        """
        return f"{self.number(abs(value), places)} {self.say('points')}"

    def points_signed(self, value: Fraction, places: int = 1) -> str:
        """A contribution in percentage points (拉动), with its sign."""
        return f"{self.number(value, places, signed=True)} {self.say('points')}"

    def count(self, value: Fraction, unit: str = "项") -> str:
        """A number of projects that are needed: whole, and rounded up, since half a project starts nothing.

        >>> Speech("zh").count(Fraction("3.2"))
        '4 项'
        """
        return self.amount(Fraction(ceil(value)), unit, 0)

    def places_beside(self, value: Fraction | None, target: Fraction | None, places: int) -> int:
        """The decimals for a full year and its shortfall, so that rounding never turns 未达标 into 达标."""
        return places if value is None or target is None else places_against(value, target, places)

    def places_seen(self, value: Fraction, places: int) -> int:
        """The decimals, from `places` up, with which a number that is not nought is not printed as nought."""
        return places_seen([value], places)
