"""Which unit does a number need, and how is one of the same quantity converted?
Money of any size becomes 亿元, exactly.
"""

from __future__ import annotations

from fractions import Fraction

from hdmodel.edition import Indicator

YI = "亿元"
MONEY = {
    "元": Fraction(1, 10**8),
    "千元": Fraction(1, 10**5),
    "万元": Fraction(1, 10**4),
    "百万元": Fraction(1, 100),
    "千万元": Fraction(1, 10),
    YI: Fraction(1),
}  # how many 亿元 one of each is

_PERCENT, _COUNT = "%", "项"
_SHARES = ("h1_share", "q3_share_of_h2")
_READINGS = ("h1", "target", "actual_q3", "actual_ytd_q3")
_UNIT_OF_ROLE = {"growth": _PERCENT, "intensity": _PERCENT, "starts": _COUNT}


def factor_between(unit: str, wanted: str) -> Fraction | None:
    """By what a number in `unit` is multiplied to be one in `wanted`;
    `None` where they are not of the same quantity.

    >>> factor_between("万元", "亿元"), factor_between("亿元", "亿元"), factor_between("%", "亿元")
    (Fraction(1, 10000), Fraction(1, 1), None)
    """
    if unit == wanted:
        return Fraction(1)
    return MONEY[unit] / MONEY[wanted] if unit in MONEY and wanted in MONEY else None


def unit_of_figure(indicator: Indicator, name: str) -> str | None:
    """The unit in which the model reckons with an indicator's figure or entry; `None` where any will do."""
    if indicator.form == "weighted_growth":
        return _of_growth(indicator, name)
    if indicator.form == "project_flow":
        return _of_flow(indicator, name)
    if indicator.form == "start_rate":
        return (
            _COUNT
            if name in ("started", "listed", "actual_q3", "actual_ytd_q3")
            else _PERCENT
            if name in ("h1", "target")
            else None
        )
    return indicator.unit if name in _READINGS else None


def unit_of_lever(role: str) -> str | None:
    """The unit that a lever of a role has; `None` for readings and entries, which have their indicator's."""
    return _UNIT_OF_ROLE.get(role)


def _of_growth(indicator: Indicator, name: str) -> str | None:
    if name in (*_READINGS, *_SHARES):
        return _PERCENT
    return indicator.amount_unit or None if name in ("base_h1", "h1_amount") else None


def _of_flow(indicator: Indicator, name: str) -> str | None:
    if name == "n_h1":
        return _COUNT
    if "completion" in name:
        return _PERCENT
    if name in _READINGS:
        return indicator.unit if indicator.unit in MONEY else indicator.amount_unit or None
    return indicator.unit if name == "target_index" else None
