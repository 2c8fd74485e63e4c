"""How is a lever named in little room?  Short names for links, made from the ids of an edition and never twice the same."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from hdmodel.edition import Edition


@lru_cache(maxsize=64)
def short_names(edition: Edition) -> dict[str, str]:
    """A short name for every lever and entry by id: the first letters of its words, as many as keep it apart from the others.

    >>> from hdmodel import released_edition
    >>> names = short_names(released_edition())
    >>> names["general_industrial_investment.intensity_q3"], names["fair_funds_rate.q3"]
    ('gii.iq3', 'faifunrat.q3')
    """
    names = {id: _shortest(id, list(edition.levers)) for id in edition.levers}
    counts = Counter([*names.values(), *edition.levers])
    return {id: name if counts[name] == 1 else id for id, name in names.items()}


def _shortest(id: str, ids: list[str]) -> str:
    for letters in range(1, len(id)):
        name = _first(id, letters)
        if all(_first(other, letters) != name for other in ids if other != id):
            return name
    return id


def _first(id: str, letters: int) -> str:
    """The first letters of each word; a word with a digit in it stays whole."""
    return ".".join(
        "".join(word if any(map(str.isdigit, word)) else word[:letters] for word in part.split("_")) for part in id.split(".")
    )
