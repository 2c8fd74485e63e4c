"""How is a state said over the telephone?  A short code for the levers that are off the baseline,
with a check digit.

Letters and digits are Crockford's base 32 (no I, L, O, U); the check digit is Luhn's, modulo 32,
and covers the edition too.
"""

from __future__ import annotations

import re
from fractions import Fraction
from unicodedata import normalize

from hdmodel.edition import Edition, Lever
from hdmodel.facts import settled_levers
from hdmodel.paths import numbers_of
from hdmodel.problems import BadInput, Phrase, Problem
from hdmodel.scenario import Scenario, baseline, too_many_together, with_values

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE = len(ALPHABET)
_MISHEARD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_GROUP = 4
_LONGEST = 100  # characters, however it is typed
_ACCEPTED = Phrase("wanted.code")


def write_code(edition: Edition, scenario: Scenario) -> str:
    """The code of a scenario's levers, in groups of four; entries and readings are not in it.

    >>> from hdmodel import baseline, change, released_edition
    >>> edition = released_edition()
    >>> write_code(edition, change(edition, baseline(edition), [("telecom_volume.q4", "25")]))
    '4WE0-0Y'
    """
    values, number = scenario.as_dict(), 1
    idle = settled_levers(edition, numbers_of(edition, scenario))
    for lever in reversed(_levers(edition)):
        value = values[lever.id]
        is_moved = value is not None and value != lever.default and lever.id not in idle
        if is_moved and value is not None:
            number = number * _places(lever) + int((value - lever.low) / lever.step)
        number = 2 * number + is_moved
    digits = _digits(number)
    code = digits + _check(edition, digits)
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(edition: Edition, text: str) -> Scenario:
    """The scenario that a code stands for, however it was typed: spaces, dashes, small or wide letters,
    O for 0, I or L for 1.

    Raises `BadInput` where a character is none of a code's, the check digit is wrong,
    or a value is out of its range.
    """
    code = (
        ""
        if len(text) > _LONGEST
        else _SEPARATORS.sub("", normalize("NFKC", text)).upper().translate(_MISHEARD)
    )
    digits = code[:-1]
    if not digits or set(code) - set(ALPHABET) or _check(edition, digits) != code[-1]:
        raise BadInput([Problem("wrong_code", "code", text, _ACCEPTED)])
    number = 0
    for digit in digits:
        number = number * _BASE + ALPHABET.index(digit)
    values: dict[str, Fraction | None] = {}
    for lever in _levers(edition):
        number, is_moved = divmod(number, 2)
        if is_moved:
            number, step = divmod(number, _places(lever))
            values[lever.id] = lever.low + step * lever.step
    if number != 1 or too_many_together(edition, {**baseline(edition).as_dict(), **values}):
        raise BadInput([Problem("wrong_code", "code", text, _ACCEPTED)])
    return with_values(edition, baseline(edition), values)


def _levers(edition: Edition) -> list[Lever]:
    return [lever for lever in edition.levers.values() if not lever.is_typed_alone]


def _places(lever: Lever) -> int:
    """How many places the slider has."""
    return int((lever.high - lever.low) / lever.step) + 1


def _digits(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, _BASE)
        digits = ALPHABET[digit] + digits
    return digits


def _check(edition: Edition, digits: str) -> str:
    """Luhn's check digit modulo 32 over the code and the edition's digest: any one wrong character shows."""
    total, factor = 0, 2
    for digit in reversed(edition.digest.upper() + digits):
        addend = factor * ALPHABET.index(digit)
        total, factor = total + addend // _BASE + addend % _BASE, 3 - factor
    return ALPHABET[-total % _BASE]
