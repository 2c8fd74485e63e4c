"""Printed lines of arithmetic, read by school rules: a reader that knows nothing of symbols."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hdmodel.explain.symbols import Symbol
from hdmodel.numbers import half_up, plain


def read_line(text: str, number: Callable[[str], Any] = Fraction, names: dict[str, Any] | None = None) -> Any:
    """The value of a printed expression, by school rules: brackets, then × ÷ /, then + −,
    from left to right.
    """
    tokens = re.findall(r"[a-z][a-z0-9_.]*|[0-9]+(?:\.[0-9]+)?|[()+*×÷/−-]", text)
    assert "".join(tokens) == text.replace(" ", "")
    return _sum([*tokens, "end"], number, names or {})


def _sum(tokens: list[str], number: Callable[[str], Any], names: dict[str, Any]) -> Any:
    value = _product(tokens, number, names)
    while tokens[0] in "+−-":
        value = (
            value + _product(tokens, number, names)
            if tokens.pop(0) == "+"
            else value - _product(tokens, number, names)
        )
    assert tokens[0] in (")", "end"), tokens
    return value


def _product(tokens: list[str], number: Callable[[str], Any], names: dict[str, Any]) -> Any:
    value = _piece(tokens, number, names)
    while tokens[0] in "×*÷/":
        value = (
            value * _piece(tokens, number, names)
            if tokens.pop(0) in "×*"
            else value / _piece(tokens, number, names)
        )
    return value


def _piece(tokens: list[str], number: Callable[[str], Any], names: dict[str, Any]) -> Any:
    token = tokens.pop(0)
    if token in "−-":
        return -_piece(tokens, number, names)
    if token == "(":
        value = _sum(tokens, number, names)
        assert tokens.pop(0) == ")"
        return value
    return names[token] if token in names else number(token)


def as_fraction(symbol: Symbol) -> str:
    return f"({symbol.value.numerator}/{symbol.value.denominator})"


def as_name(symbol: Symbol) -> str:
    return symbol.name or as_fraction(symbol)


def in_short(symbol: Symbol) -> str:
    """At most two decimals, none that is zero."""
    return plain(half_up(symbol.value, 2))
