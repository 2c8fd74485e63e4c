"""What does a written number mean, and how is one printed?  Read exactly; rounded once, half up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import count
from math import ceil

_WRITTEN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_LONGEST = 40
MORE_PLACES = 3  # decimals that may be added so that printed parts add up: more would no longer be read


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly; raises `ValueError` for anything else (NaN and infinity included).

    >>> read_number("13.8")
    Fraction(69, 5)
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST or not _WRITTEN.fullmatch(stripped):
        raise ValueError(f"not a number: {shortened(text)!r}")
    return Fraction(Decimal(stripped))


LONGEST_REPEATED = 60  # characters of a text that a message repeats


def shortened(text: str, longest: int = LONGEST_REPEATED) -> str:
    """The text, cut with its length named when it is too long to repeat in a message.

    >>> shortened("abcdef", longest=3)
    'abc… (6 characters)'
    """
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text)} characters)"


def half_up(value: Fraction | float, places: int) -> Fraction:
    """Round to `places` decimals, halves away from zero, as the Chinese press does (四舍五入).

    >>> float(half_up(Fraction("84.85"), 1)), float(half_up(Fraction("-0.25"), 1))
    (84.9, -0.3)
    """
    return Fraction(_last_digits(value, places), 10**places)


def _last_digits(value: Fraction | float, places: int) -> int:
    """The rounded number in units of its last decimal: whole numbers compare and add up at once,
    and a page is some hundreds of printed numbers.

    >>> _last_digits(Fraction("-84.85"), 1)
    -849
    """
    exact = value if isinstance(value, Fraction | int) else Fraction(repr(float(value)))
    above, below = exact.numerator, exact.denominator
    digits: int = (2 * abs(above) * 10**places + below) // (2 * below)
    return -digits if above < 0 else digits


def printed(value: Fraction | float, places: int, signed: bool = False) -> str:
    """A number as it is shown: half up, fixed decimals, no minus before zero, a plus only when asked for.

    >>> printed(Fraction("12.25"), 1), printed(Fraction("-0.04"), 1), printed(Fraction("3"), 1, signed=True)
    ('12.3', '0.0', '+3.0')
    """
    digits = _last_digits(value, places)
    sign = "-" if digits < 0 else "+" if signed and digits > 0 else ""
    whole, part = divmod(abs(digits), 10**places)
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def rounded_up(value: Fraction, places: int) -> Fraction:
    """The next number of `places` decimals that is no less: what is needed,
    rounded so that it is still enough.

    >>> float(rounded_up(Fraction("122.22"), 1)), float(rounded_up(Fraction("-1.87"), 1))
    (122.3, -1.8)
    """
    return Fraction(ceil(value * 10**places), 10**places)


def rounded_down(value: Fraction, places: int) -> Fraction:
    """The next number of `places` decimals that is no more: the low end of a range,
    rounded so that the range lies inside.

    >>> float(rounded_down(Fraction("-1.9504"), 1))
    -2.0
    """
    return -rounded_up(-value, places)


def places_against(value: Fraction, target: Fraction, places: int) -> int:
    """How many decimals a number needs beside its target.

    Enough that unequal numbers stay unequal in print (rounding never closes a shortfall), and one more where
    number and shortfall would both be rounded up from a half and no longer add up to the target.

    >>> [places_against(Fraction(value), Fraction(100), 1) for value in ("99.96", "83.25")]
    [2, 2]
    """
    while value != target and _last_digits(value, places) == _last_digits(target, places):
        places += 1
    is_half = (value * 10**places).denominator == 2
    return places + 1 if is_half else places


def places_apart(values: Iterable[Fraction], places: int) -> int:
    """The fewest decimals, from `places` up, at which unequal numbers are printed unequal.

    >>> places_apart([Fraction("46.8166"), Fraction("46.8")], 1)
    2
    """
    unequal = set(values)
    return next(
        more
        for more in count(places)
        if len({_last_digits(value, more) for value in unequal}) == len(unequal)
    )


def places_seen(values: Iterable[Fraction], places: int) -> int:
    """The fewest decimals, from `places` up, at which nothing but nought is printed as nought.

    >>> places_seen([Fraction("0.025"), Fraction(3), Fraction(0)], 1)
    2
    """
    some = [value for value in values if value]
    return next(more for more in count(places) if all(_last_digits(value, more) for value in some))


def adds_up(parts: Iterable[Fraction], total: Fraction, places: int) -> bool:
    """Whether the parts as printed add up to the total as printed.

    >>> adds_up([Fraction("3.03"), Fraction("3.03")], Fraction("6.06"), 1)
    False
    """
    return sum(_last_digits(part, places) for part in parts) == _last_digits(total, places)


def places_adding_up(parts: Sequence[Fraction], total: Fraction, fewest: int) -> int:
    """The fewest decimals, from `fewest` up to a few more, with which the parts add up as they are printed;
    `fewest` where none do.

    >>> places_adding_up([Fraction("3.03"), Fraction("3.03")], Fraction("6.06"), 1)
    2
    """
    more = range(fewest, fewest + MORE_PLACES)
    return next((places for places in more if adds_up(parts, total, places)), fewest)


def plain(value: Fraction) -> str:
    """The shortest exact decimal for a number that has one, else seventeen digits: for links and messages.

    >>> plain(Fraction("13.80")), plain(Fraction(100)), plain(Fraction(1, 3))
    ('13.8', '100', '0.3333333333333333')
    >>> plain(Fraction("-0.1234567890123456789012345678901"))
    '-0.1234567890123456789012345678901'
    """
    if value.denominator == 1:
        return str(value.numerator)
    places = next((places for places in range(1, _LONGEST) if (value * 10**places).denominator == 1), None)
    return repr(float(value)) if places is None else printed(value, places)


def as_json(value: Fraction | None) -> int | float | None:
    """The number as JSON carries it: whole numbers as integers, others as floats, blank as null."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
