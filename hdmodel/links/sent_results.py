"""Does a link's state still give the results it was sent with?  They travel in the link;
on opening both are held together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hdmodel.edition import Edition
from hdmodel.numbers import half_up, plain, read_number
from hdmodel.problems import Phrase, Problem
from hdmodel.projection import MODEL_VERSION, project
from hdmodel.scenario import Scenario

PLACES = 4  # of a result in a link
BETWEEN = "_"  # results in a link


@dataclass(frozen=True)
class SentResults:
    """What a link says of its origin: the headline indicators' full years,
    the model and the figures' digest (blank: unsaid).
    """

    results: tuple[Fraction | None, ...]
    model: str
    digest: str


@dataclass(frozen=True)
class Difference:
    """An indicator whose full year is not what it was: then and now, rounded as a link carries them."""

    indicator: str
    then: Fraction | None
    now: Fraction | None


def headlines(edition: Edition) -> list[str]:
    """The indicators whose results travel, in the edition's order."""
    return [id for id, indicator in edition.indicators.items() if indicator.headline]


def results_of(edition: Edition, scenario: Scenario) -> tuple[Fraction | None, ...]:
    """The full year of each headline indicator, in its unit, half up to `PLACES` decimals."""
    years = [project(edition, scenario)[id].path.full_year for id in headlines(edition)]
    return tuple(None if year is None else half_up(year, PLACES) for year in years)


def write_results(edition: Edition, scenario: Scenario) -> str:
    """Those results as a link carries them.

    >>> from hdmodel import baseline, released_edition
    >>> write_results(edition := released_edition(), baseline(edition))
    '13.8_90_41.76_20_84.8485'
    """
    return BETWEEN.join("" if year is None else plain(year) for year in results_of(edition, scenario))


def read_sent_results(edition: Edition, given: dict[str, str], problems: list[Problem]) -> SentResults | None:
    """What a link says of its results, `None` where it says nothing that can be read."""
    if "r" not in given:
        return None
    try:
        results = tuple(read_number(part) if part else None for part in given["r"].split(BETWEEN))
        if len(results) != len(headlines(edition)):
            raise ValueError
    except ValueError:
        accepted = Phrase("wanted.sent_results", names=", ".join(headlines(edition)), sign=BETWEEN)
        problems.append(Problem("malformed", "r", given["r"], accepted))
        return None
    return SentResults(results, given.get("m", ""), given.get("d", ""))


def differences(edition: Edition, scenario: Scenario, sent: SentResults) -> list[Difference]:
    """The headline indicators whose year is not what the link said."""
    pairs = zip(headlines(edition), sent.results, results_of(edition, scenario), strict=True)
    return [Difference(id, then, now) for id, then, now in pairs if then != now]


def reason_of(edition: Edition, sent: SentResults) -> str:
    """Why results can differ: `model` (another model made the link), `edition` (its figures were revised)
    or `altered`.
    """
    if sent.model and sent.model != MODEL_VERSION:
        return "model"
    return "edition" if sent.digest and sent.digest != edition.digest else "altered"
