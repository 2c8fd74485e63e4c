"""Where does an indicator go, quarter by quarter?  One path for each form of arithmetic, over any kind of number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hdmodel import formulas as f
from hdmodel.edition import Edition, Indicator
from hdmodel.formulas import Number
from hdmodel.scenario import Scenario

Numbers = Mapping[str, Number | None]


@dataclass(frozen=True)
class Path:
    """H1, each quarter alone (当季), January–September (累计) and the full year; `None` where nothing is known."""

    h1: Number | None
    q3: Number | None
    q4: Number | None
    ytd_q3: Number | None
    full_year: Number | None


@dataclass(frozen=True)
class Bases:
    """Last year's values (上年基数) that weigh a growth rate, all in one unit."""

    h1: Number
    q3: Number
    q4: Number

    @property
    def year(self) -> Number:
        return f.year_amount(self.h1, self.q3, self.q4)


def numbers_of(edition: Edition, scenario: Scenario) -> dict[str, Number | None]:
    """Every figure, lever and entry by id; an entry that has a value stands before the figure of the same id."""
    values = {id: figure.value for id, figure in edition.figures.items()}
    entered = {id: value for id, value in scenario.values if value is not None or id not in values}
    return {**values, **entered}


def path_of(edition: Edition, indicator: str, numbers: Numbers) -> Path:
    """The path of an indicator in its own unit."""
    return _PATHS[edition.indicators[indicator].form](edition, edition.indicators[indicator], numbers)


def bases_of(indicator: str, numbers: Numbers) -> Bases:
    """Last year's values of a growth indicator, in the unit of its `base_h1`."""
    h1, h1_share, q3_share = (numbers[f"{indicator}.{name}"] for name in ("base_h1", "h1_share", "q3_share_of_h2"))
    h2 = f.base_h2(h1, h1_share)
    return Bases(h1, f.base_q3(h2, q3_share), f.base_q4(h2, q3_share))


def amounts_of(indicator: str, path: Path, numbers: Numbers) -> Path:
    """The amounts of a growth indicator, at last year's prices, in the unit of its bases."""
    bases = bases_of(indicator, numbers)
    h1, q3, q4 = (
        f.amount_at_growth(base, growth)
        for base, growth in ((bases.h1, path.h1), (bases.q3, path.q3), (bases.q4, path.q4))
    )  # fmt: skip
    return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))


def in_amounts(indicator: str, numbers: Numbers) -> bool:
    """Whether a project-driven flow has both its amounts, so that it is reckoned in them and not in % of target."""
    return numbers.get(f"{indicator}.h1") is not None and (
        f"{indicator}.target_index" not in numbers or numbers.get(f"{indicator}.target") is not None
    )


def target_of(indicator: Indicator, numbers: Numbers) -> Number | None:
    """The annual target in the indicator's unit, `None` while none is known."""
    if f"{indicator.id}.target_index" in numbers and not in_amounts(indicator.id, numbers):
        return numbers[f"{indicator.id}.target_index"]
    return numbers.get(f"{indicator.id}.target")


def _growth(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    bases = bases_of(indicator.id, numbers)
    h1, (q3, q4) = numbers[f"{indicator.id}.h1"], _pair(edition, indicator, "growth", numbers)
    return Path(
        h1, q3, q4,
        f.joined_growth(bases.h1, h1, bases.q3, q3),
        f.year_growth(bases.h1, h1, bases.q3, q3, bases.q4, q4),
    )  # fmt: skip


def _project_flow(edition: Edition, indicator: Indicator, numbers: Numbers) -> Path:
    n_h1, h1 = numbers[f"{indicator.id}.n_h1"], _flow_h1(indicator, numbers)
    intensity_q3, intensity_q4 = _pair(edition, indicator, "intensity", numbers)
    starts_q3, starts_q4 = _pair(edition, indicator, "starts", numbers)
    q3 = f.quarter_amount(h1, f.under_way_q3(n_h1, starts_q3), n_h1, intensity_q3)
    q4 = f.quarter_amount(h1, f.under_way_q4(n_h1, starts_q3, starts_q4), n_h1, intensity_q4)
    return Path(h1, q3, q4, f.ytd_q3_amount(h1, q3), f.year_amount(h1, q3, q4))


def _flow_h1(indicator: Indicator, numbers: Numbers) -> Number:
    """What the first half achieved, in the unit of the target: an amount, or a share of the target while that is blank."""
    if in_amounts(indicator.id, numbers):
        return numbers[f"{indicator.id}.h1"]
    return f.amount_at_completion(target_of(indicator, numbers), numbers[f"{indicator.id}.h1_completion"])


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
    q3, q4 = edition.lever_ids(indicator.id, role)
    return numbers[q3], numbers[q4]


_PATHS: dict[str, Callable[[Edition, Indicator, Numbers], Path]] = {
    "weighted_growth": _growth,
    "project_flow": _project_flow,
    "start_rate": _start_rate,
    "reading": _reading,
}
