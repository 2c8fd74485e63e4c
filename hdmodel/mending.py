"""What has the way done to a link?  Chat programs and copying wrap and encode addresses; each trace is undone and named."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl

from hdmodel.plans import SLOTS
from hdmodel.problems import Problem

_ADDED_BEFORE = re.compile(r"^(?:amp;)+")
_UNSEEN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]+")
_WRAPPED = re.compile(
    r"\s*[\r\n\t\v\f\u2028\u2029\u200b-\u200d\u2060\ufeff\u00ad]\s*"
)  # a plain space inside a number is not ours to guess
_ADDED_AFTER = re.compile(r"[\s\u200b。，、；！？）》」』】”’\])>,;!\"']+$")

Pairs = list[tuple[str, str]]


def mended(pairs: Pairs, known: Collection[str], problems: list[Problem]) -> Pairs:
    """The pairs as they were sent; a name counts as mended only where it then is a known one."""
    if len(pairs) == 1:
        whole = "=".join(filter(None, pairs[0]))
        inner = parse_qsl(whole, keep_blank_values=True)
        if inner != pairs and sum(name in known for name, _ in inner) > 1:
            problems.append(Problem("double_encoded", "link", whole, "a query string, encoded once", "decoded"))
            pairs = inner
    return [_mended(name, value, known, problems) for name, value in pairs]


def _mended(name: str, value: str, known: Collection[str], problems: list[Problem]) -> tuple[str, str]:
    bare = _UNSEEN.sub("", _ADDED_BEFORE.sub("", name))
    if bare not in known:
        return name, value
    kept = _mended_plan(value) if bare in SLOTS else _mended_value(value.rstrip(".") if bare == "r" else value)
    if (bare, kept) != (name, value):
        problems.append(Problem("wrapped", name, value, "", f"{bare}={kept}"))
    return bare, kept


def _mended_value(value: str) -> str:
    return _WRAPPED.sub("", _ADDED_AFTER.sub("", value)).strip()


def _mended_plan(value: str) -> str:
    """A plan's values have no spaces; the name behind them may end in a bracket, and stays as it is."""
    values, tilde, name = value.partition("~")
    return _UNSEEN.sub("", values if tilde else _ADDED_AFTER.sub("", values)) + tilde + name
