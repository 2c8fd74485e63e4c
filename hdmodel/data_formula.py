"""What does a formula written in a data file say?  Names of figures, numbers, `+ - * /` and brackets;
no more.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from hdmodel.numbers import read_number

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST = 400


def evaluate(text: str, look_up: Callable[[str], Any]) -> Any:
    """The value of a formula; `look_up` gives the value of each name in it.

    Raises `ValueError` for anything but names, numbers, `+ - * /` and brackets, and for a division by zero.

    >>> evaluate("a.h1 - 4", {"a.h1": 10}.__getitem__) == 6
    True
    """
    if len(text) > _LONGEST:
        raise ValueError(f"a formula of {len(text)} characters; at most {_LONGEST}")
    try:
        return _value(ast.parse(text.strip(), mode="eval").body, text.strip(), look_up)
    except (SyntaxError, ZeroDivisionError, RecursionError, MemoryError) as error:
        raise ValueError(f"not a formula: {text!r} ({error})") from None


def _value(node: ast.expr, text: str, look_up: Callable[[str], Any]) -> Any:
    match node:
        case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, text, look_up), _value(right, text, look_up))
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand, text, look_up)
        case ast.Constant(int() | float()) if not isinstance(node.value, bool):
            return read_number(ast.get_source_segment(text, node) or "")
        case ast.Name() | ast.Attribute():
            return look_up(_name(node, text))
    raise ValueError(f"not allowed in a formula: {text!r}")


def _name(node: ast.expr, text: str) -> str:
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, attribute):
            return f"{_name(value, text)}.{attribute}"
    raise ValueError(f"not a name in a formula: {text!r}")
