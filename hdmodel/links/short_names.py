"""How is a lever named in little room?  Short names for links,
made from the ids of an edition and never twice the same.
"""

from __future__ import annotations

from collections import Counter

from hdmodel.cache import cached_per_edition
from hdmodel.edition import Edition


@cached_per_edition(most=1)
def short_names(edition: Edition) -> dict[str, str]:
    """A short name for every lever and entry by id: the first letters of its words,
    as many as keep it apart from the others.

    What every edition may have entered later bears its own short part behind the indicator's,
    and never changes another's name.

    >>> from hdmodel import released_edition
    >>> names = short_names(released_edition())
    >>> names["general_industrial_investment.intensity_q3"], names["telecom_volume.actual_ytd_q3"]
    ('gii.iq3', 'tv.c3')
    """
    own = [id for id, lever in edition.levers.items() if not lever.short]
    shortest = {id: _shortest(id, own) for id in own}
    counts = Counter([*shortest.values(), *own])
    names = {id: name if counts[name] == 1 else id for id, name in shortest.items()}
    indicators, taken = short_indicators(edition), {*names.values(), *edition.levers}
    later = {
        id: f"{indicators[lever.indicator]}.{lever.short}"
        for id, lever in edition.levers.items()
        if lever.short
    }
    return {**names, **{id: name if name not in taken else id for id, name in later.items()}}


def places_of(edition: Edition) -> dict[str, str]:
    """The edition's own levers and entries by their place in it, counted from 0: an edition never changes,
    so places hold.
    """
    return {
        str(place): id
        for place, id in enumerate(id for id, lever in edition.levers.items() if not lever.short)
    }


@cached_per_edition(most=1)
def short_indicators(edition: Edition) -> dict[str, str]:
    """A short name for every indicator by id.

    >>> from hdmodel import released_edition
    >>> short_indicators(released_edition())["general_industrial_investment"]
    'gii'
    """
    shortest = {id: _shortest(id, list(edition.indicators)) for id in edition.indicators}
    counts = Counter([*shortest.values(), *edition.indicators])
    return {id: name if counts[name] == 1 else id for id, name in shortest.items()}


def _shortest(id: str, ids: list[str]) -> str:
    for letters in range(1, len(id)):
        name = _first(id, letters)
        if all(_first(other, letters) != name for other in ids if other != id):
            return name
    return id


def _first(id: str, letters: int) -> str:
    """The first letters of each word; a word with a digit in it stays whole."""
    return ".".join(
        "".join(word if any(map(str.isdigit, word)) else word[:letters] for word in part.split("_"))
        for part in id.split(".")
    )
