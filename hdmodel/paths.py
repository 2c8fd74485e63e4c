"""Where does an indicator go, quarter by quarter?  One path for each form of arithmetic,
over any kind of number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Edition, Indicator
from hdmodel.facts import SETTLED_BY_Q3, Numbers, actual_q3, bases_of, flow_h1, merged, planned
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


def path_of(edition: Edition, indicator: str, numbers: Numbers) -> Path:
    """The path of an indicator in its own unit."""
    return _PATHS[edition.indicators[indicator].form](edition, edition.indicators[indicator], numbers)


def amounts_of(indicator: str, path: Path, numbers: Numbers) -> Path:
    """The amounts of a growth indicator, at last year's prices, in the unit of its bases."""
    bases = bases_of(indicator, numbers)
    h1, q3, q4 = (
        f.amount_at_growth(base, growth)
        for base, growth in ((bases.h1, path.h1), (bases.q3, path.q3), (bases.q4, path.q4))
    )  # fmt: skip
    return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))


def _growth(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    bases = bases_of(indicator.id, numbers)
    h1, (q3, q4) = numbers[f"{indicator.id}.h1"], _pair(edition, indicator, "growth", numbers)
    return Path(
        h1, q3, q4,
        f.joined_growth(bases.h1, h1, bases.q3, q3),
        f.year_growth(bases.h1, h1, bases.q3, q3, bases.q4, q4),
    )  # fmt: skip


def _project_flow(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    h1 = flow_h1(indicator, numbers)
    q3, q4 = (_flow_quarter(edition, indicator, quarter, numbers) for quarter in QUARTERS)
    return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))


def _flow_quarter(edition: Edition, indicator: Indicator, quarter: str, numbers: Numbers) -> Number:
    """What a quarter brings: as it was printed, else as a ledger plans it,
    else from projects under way and intensity.
    """
    brought = actual_q3(edition, indicator.id, numbers) if quarter == "q3" else None
    plan = planned(indicator.id, quarter, numbers)
    return (
        _supposed(edition, indicator, quarter, numbers)
        if brought is None and plan is None
        else plan
        if brought is None
        else brought
    )


def _supposed(edition: Edition, indicator: Indicator, quarter: str, numbers: Numbers) -> Number:
    n_h1, h1 = numbers[f"{indicator.id}.n_h1"], flow_h1(indicator, numbers)
    intensity = dict(zip(QUARTERS, _pair(edition, indicator, "intensity", numbers), strict=True))[quarter]
    starts_q3, starts_q4 = _pair(edition, indicator, "starts", numbers)
    under_way = (
        f.under_way_q3(n_h1, starts_q3) if quarter == "q3" else f.under_way_q4(n_h1, starts_q3, starts_q4)
    )
    return f.quarter_amount(h1, under_way, n_h1, intensity)


def _start_rate(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    started, listed = numbers[f"{indicator.id}.started"], numbers[f"{indicator.id}.listed"]
    starts_q3, starts_q4 = _pair(edition, indicator, "starts", numbers)
    q3 = f.start_rate(f.started_by_q3(started, starts_q3), listed)
    q4 = f.start_rate(f.started_by_q4(started, starts_q3, starts_q4), listed)
    return Path(f.start_rate(started, listed), q3, q4, q3, q4)


def _reading(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    h1, (q3, q4) = numbers.get(f"{indicator.id}.h1"), _pair(edition, indicator, "reading", numbers)
    by_q3 = h1 if q3 is None else q3
    return Path(h1, q3, q4, by_q3, by_q3 if q4 is None else q4)


def _pair(edition: Edition, indicator: Indicator, role: str, numbers: Numbers) -> tuple[Number, Number]:
    """The levers of both quarters; where it is known what the third brought,
    that stands in its lever's place.
    """
    q3, q4 = edition.lever_ids(indicator.id, role)
    owner = edition.levers[q3].indicator
    is_known = SETTLED_BY_Q3.get(edition.indicators[owner].form) == role != "intensity"
    known = actual_q3(edition, owner, numbers) if is_known else None
    return numbers[q3] if known is None else known, numbers[q4]


_PATHS: dict[str, Callable[[Edition, Indicator, Numbers], Path]] = {
    "weighted_growth": _growth,
    "project_flow": _project_flow,
    "start_rate": _start_rate,
    "reading": _reading,
}
