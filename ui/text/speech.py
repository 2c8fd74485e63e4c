"""How does the page say it?  Every string in Chinese and English, and every number rounded once, half up,
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from hdmodel.edition import Words
from hdmodel.numbers import places_against, printed
from ui.html.elements import Markup, filled
from ui.text.texts import TEXTS, UNITS

_SPACE_IN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
MINUS = "\N{MINUS SIGN}"


def with_minus(value: Fraction | float, places: int, signed: bool = False) -> str:
    """A number as the page shows it in any language, with a true minus sign."""
    return printed(value, places, signed).replace("-", MINUS)


@dataclass(frozen=True)
class Speech:
    """One language of the page: `zh` or `en`."""

    language: str

    def say(self, key: str, **parts: str) -> str:
        """The catalogue's plain text for a key, its gaps filled.

        Raises `KeyError` for a key it lacks, and `ValueError` for a text with markup, which `html` says.

        >>> Speech("zh").say("status.met"), Speech("en").say("status.met")
        ('达标', 'On target')
        """
        text = TEXTS[key][self.language]
        if "<" in text:
            raise ValueError(f"{key}: a text with markup is no plain text")
        return text.format(**parts)

    def html(self, key: str, **parts: str) -> Markup:
        """The same as HTML, for a text that holds markup or whose gaps are filled by HTML.

        >>> print(Speech("en").html("say.short", by="<i>"))
        <em>shortfall &lt;i&gt;</em>
        """
        return filled(TEXTS[key][self.language], **parts)

    def tidy(self, text: str) -> str:
        """The text without spaces between two Chinese characters,
        which gaps filled with Chinese leave behind.

        >>> Speech("zh").tidy("由 0 项 调到 4 项")
        '由 0 项调到 4 项'
        """
        return _SPACE_IN_CHINESE.sub("", text)

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
        """The edition's own text in this language."""
        return getattr(words, self.language)

    def unit(self, unit: str) -> str:
        """A unit as it is written after a number;
        one the catalogue does not know stands as the edition writes it.
        """
        return UNITS[unit][self.language] if unit in UNITS else unit

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
        number, name = self.number(value, places, signed), self.unit(unit)
        is_one = self.language == "en" and number.lstrip("+" + MINUS) == "1"
        return f"{number} {name.removesuffix('s') if is_one else name}"

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
