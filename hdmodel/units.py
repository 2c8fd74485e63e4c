"""How is a number converted into another unit of the same quantity?
Money of any size becomes 亿元, exactly.
"""

from __future__ import annotations

from fractions import Fraction

YI = "亿元"
MONEY = {
    "元": Fraction(1, 10**8),
    "千元": Fraction(1, 10**5),
    "万元": Fraction(1, 10**4),
    "百万元": Fraction(1, 100),
    "千万元": Fraction(1, 10),
    YI: Fraction(1),
}  # how many 亿元 one of each is

PERCENT, COUNT, POINTS = "%", "项", "百分点"


def factor_between(unit: str, wanted: str) -> Fraction | None:
    """By what a number in `unit` is multiplied to be one in `wanted`;
    `None` where they are not of the same quantity.

    >>> factor_between("万元", "亿元"), factor_between("亿元", "亿元"), factor_between("%", "亿元")
    (Fraction(1, 10000), Fraction(1, 1), None)
    """
    if unit == wanted:
        return Fraction(1)
    return MONEY[unit] / MONEY[wanted] if unit in MONEY and wanted in MONEY else None
