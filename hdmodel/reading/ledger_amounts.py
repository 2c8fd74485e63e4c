"""What amount of money does a cell say?  A number as people write it, in its column's unit or its own, as
亿元.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hdmodel.ledger import UNIT
from hdmodel.numbers import half_up, read_number
from hdmodel.numbers import plain as plain_number
from hdmodel.reading.ledger_units import SCALES, THOUSANDS, amount_and_unit, has_marks, plain

PLACES_OF_A_FEN = 10  # 1 分 is 0.0000000001 亿元; no sum of money is finer
_NO_AMOUNT = ("", "-", "—", "–", "/")  # as spreadsheets and people write an empty amount


def amount_of(text: str) -> Fraction | None:
    """A written amount, `None` where there is none; separators of thousands are allowed.
    Raises `ValueError`.

    >>> amount_of("１，２００．５"), amount_of("—")
    (Fraction(2401, 2), None)
    """
    plain_text = plain(text)
    if has_marks(text):
        raise ValueError("the mark of a note beside a number")
    if len(plain_text.split()) > 1:
        raise ValueError("two numbers, or one with a blank in it")
    if plain_text in _NO_AMOUNT:
        return None
    return read_number(plain_text.replace(",", "") if THOUSANDS.fullmatch(plain_text) else plain_text)


def in_yi(text: str, unit: str) -> str:
    """An amount in 亿元; one that names its own unit is in that one, whatever its column is in.

    >>> in_yi("1,500", "万元"), in_yi("2亿元", "万元"), in_yi("drei", "万元")
    ('0.15', '2', 'drei 万元')
    """
    if own := amount_and_unit(text):
        text, unit = own
    try:
        amount = amount_of(text)
    except ValueError:
        # no number in any unit: the fault repeats what was written
        return text if unit == UNIT else f"{text} {unit}"
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
        return bool(amount_of(text))
    except ValueError:
        return False


def decimal(value: Fraction) -> str:
    """An amount of money in full, without an exponent.

    >>> decimal(Fraction("0.0000000001")), decimal(Fraction(1200))
    ('0.0000000001', '1200')
    """
    written = plain_number(value)
    return format(Decimal(written), "f") if "e" in written else written
