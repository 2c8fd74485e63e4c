"""Random states of an edition, with entries of every kind."""

from __future__ import annotations

import random
from datetime import datetime

from hdmodel import BadInput, Edition, Scenario, baseline
from hdmodel.scenario import with_values
from tests.scenarios import usable
from ui.page.about import About

ABOUT = About(datetime(2022, 8, 5, 9, 30), "https://example.org/?v=3&e=haidong-2022-h1")

_LARGE = 1000  # an entry in 亿元 that could be this and more stays in the size of the others


def random_states(edition: Edition, count: int, seed: int) -> list[Scenario]:
    """States with any lever at any step and entries of every kind, such as the page takes."""
    chance, found = random.Random(seed), []
    while len(found) < count:
        values = {}
        for id, lever in edition.levers.items():
            if (lever.is_entry or lever.default is None) and chance.random() < 0.7:
                continue
            steps = int((lever.high - lever.low) / lever.step)
            if lever.high > _LARGE:
                steps = min(steps, 60 * int(1 / lever.step))
            values[id] = lever.low + lever.step * chance.randint(0, steps)
        try:
            found.append(with_values(edition, baseline(edition), usable(edition, values)))
        except BadInput:
            continue
    return found
