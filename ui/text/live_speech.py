"""How does the page say a number that still moves?  As a gap in the text, which the browser fills.

The page's own code writes the text; it is handed numbers that remember how they came about, and this speech
in place of the usual one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from hdmodel.explain.expressions import expression_of, moves
from hdmodel.explain.symbols import Symbol, as_symbol
from hdmodel.numbers import half_up, plain
from ui.text.speech import Speech

GAP_END = "\x01"  # around the number of a gap
GAP = re.compile(f"{GAP_END}([0-9]+){GAP_END}")
_FILLING = Path(__file__).with_name("live_speech.js")


def filling_script() -> str:
    """The functions by which a browser fills the gaps."""
    return _FILLING.read_text(encoding="utf-8")


class Beside(int):
    """Decimals that may grow, so that a number and the one it stands beside are never rounded together."""

    value: Symbol
    target: Symbol

    def __new__(cls, places: int, value: Symbol, target: Symbol) -> Beside:
        beside = super().__new__(cls, places)
        beside.value, beside.target = value, target
        return beside


@dataclass(frozen=True)
class LiveSpeech(Speech):
    """One language, with gaps for the numbers that depend on `levers`; `gaps` says how each is filled."""

    levers: frozenset[str] = frozenset()
    gaps: list[dict[str, Any]] = field(default_factory=list)

    def number(self, value: Fraction, places: int, signed: bool = False) -> str:
        """A number, or the gap for one that moves itself or in its decimals."""
        return self._gap(value, places, signed) or super().number(_settled(value), places, signed)

    def amount(self, value: Fraction | None, unit: str, places: int, signed: bool = False) -> str:
        """A number with its unit, which a gap holds too where one has another word."""
        if value is None:
            return super().amount(value, unit, places, signed)
        return self._with_unit(value, unit, places, signed=signed) or super().amount(
            _settled(value), unit, places, signed
        )

    def count(self, value: Fraction, unit: str = "项") -> str:
        """A number of projects, rounded up."""
        return self._with_unit(value, unit, 0, is_rounded_up=True) or super().count(_settled(value), unit)

    def _with_unit(self, value: Fraction, unit: str, places: int, *, signed: bool = False, **how: Any) -> str:
        """A gap and a unit, which the gap holds where the language has another word for one; behind any other
        unit a blank is closed up as always.
        """
        singular, many = self.unit_of_one(unit), self.unit_of_number(unit)
        if singular != many:
            return self._gap(value, places, signed, unit=[singular, many], **how)
        gap = self._gap(value, places, signed, **how)
        return f"{gap} {many}" if gap else ""

    def in_link(self, value: Fraction, places: int) -> str:
        """A number as a link writes it, with the decimals that it needs and no more than `places`."""
        return self._gap(value, places, False, is_plain=True) or plain(half_up(_settled(value), places))

    def places_beside(self, value: Fraction | None, target: Fraction | None, places: int) -> int:
        """The decimals beside a target, to be found anew with each value where one of the two moves."""
        if not isinstance(value, Symbol) or target is None or not self.moves(value - target):
            settled = None if value is None else _settled(value)
            return super().places_beside(settled, None if target is None else _settled(target), places)
        return Beside(places, value, as_symbol(target))

    def places_seen(self, value: Fraction, places: int) -> int:
        """The decimals of a number that no lever in sight moves."""
        return super().places_seen(_settled(value), places)

    def expression(self, value: Symbol | Fraction) -> Any:
        """A number's expression over the levers."""
        return expression_of(as_symbol(value), self.levers)

    def _gap(self, value: Symbol | Fraction, places: int, signed: bool, **how: Any) -> str:
        if not isinstance(places, Beside) and not self.moves(value):
            return ""
        beside = (
            {"beside": [self.expression(places.value), self.expression(places.target)]}
            if isinstance(places, Beside)
            else {}
        )
        number = {"value": self.expression(value), "places": int(places), "signed": signed}
        self.gaps.append({**number, **beside, **how})
        return f"{GAP_END}{len(self.gaps) - 1}{GAP_END}"

    def moves(self, value: object) -> bool:
        """Whether a number depends on one of the levers."""
        return isinstance(value, Symbol) and moves(value, self.levers)


def _settled(value: Fraction) -> Fraction:
    return value.value if isinstance(value, Symbol) else value
