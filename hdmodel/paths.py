"""Where does an indicator go, quarter by quarter?  Its path, over any kind of number."""

from __future__ import annotations

from dataclasses import dataclass

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.facts import Bases, Facts, facts_of, merged
from hdmodel.formulas import Number
from hdmodel.scenario import Scenario


@dataclass(frozen=True)
class Path:
    """H1, each quarter alone (当季), January–September (累计) and the full year;
    `None` where nothing is known.
    """

    h1: Number | None
    q3: Number | None
    q4: Number | None
    ytd_q3: Number | None
    full_year: Number | None


def numbers_of(edition: Edition, scenario: Scenario) -> dict[str, Number | None]:
    """Every figure, lever and entry by id;
    an entry that has a value stands before the figure of the same id.
    """
    return merged(edition, scenario.values)


def facts_in(edition: Edition, scenario: Scenario, indicator: str) -> Facts:
    """The facts of an indicator in a scenario."""
    return facts_of(edition, indicator, numbers_of(edition, scenario))


def amounts_of(bases: Bases, path: Path) -> Path:
    """The amounts of a growth path, at last year's prices, in the unit of its bases."""
    h1, q3, q4 = (
        f.amount_at_growth(base, growth)
        for base, growth in ((bases.h1, path.h1), (bases.q3, path.q3), (bases.q4, path.q4))
    )  # fmt: skip
    return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))
