"""What does the browser write while levers move?  Texts and rows for each case, with gaps for the numbers.

What depends on a number that moves, such as whether the target is met, is written once for every case, by the
code that writes the settled text; the browser picks the case and fills the gaps (`ui/text/live_speech.js`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hdmodel import PageState, Projection, Scenario
from hdmodel.explain.symbols import Symbol, as_symbol
from hdmodel.explain.worked_lines import over_symbols, symbols_of
from hdmodel.paths import Path
from hdmodel.projection import Outcome, status_of
from hdmodel.requirements import Need, needs_of
from ui.answers.path_rows import rows_without_axis
from ui.answers.requirement_rows import judged_words, needed_words, quarter_words
from ui.charts import path_chart
from ui.text.live_speech import LiveSpeech

_FAR = Fraction(10**12)  # no other number of the page
Json = Any  # what JSON can carry


def always(written: Json) -> dict[str, Json]:
    """What is written wherever the levers stand."""
    return {"of": None, "cuts": [], "cases": [written]}


def by_case(
    number: Symbol, cuts: Sequence[Fraction], live: LiveSpeech, write: Callable[[Symbol], Json]
) -> dict[str, Json]:
    """What is written with a number below, at, between and above the cuts; once where it does not move."""
    if not live.moves(number):
        return always(write(number))
    cases = [write(replace(number, value=value)) for value in _one_of_each(cuts)]
    return {
        "of": live.expression(number),
        "cuts": [live.expression(as_symbol(cut)) for cut in cuts],
        "cases": cases,
    }


def _one_of_each(cuts: Sequence[Fraction]) -> list[Fraction]:
    """A number below the first cut, at it, between it and the next one, and so on to above the last."""
    ends = [as_symbol(cut).value for cut in cuts]
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    apart = [ends[0] - 1, *middles, ends[-1] + 1]
    return [*(value for pair in zip(apart, ends, strict=False) for value in pair), apart[-1]]


def against_target(
    opened: PageState, id: str, live: LiveSpeech, write: Callable[[PageState, Projection, LiveSpeech], Json]
) -> dict[str, Json]:
    """What is written where the target is exceeded, just met and missed."""
    projection = _apart(over_symbols(opened.edition, opened.scenario, id), live)
    if projection.shortfall is None:
        return always(write(opened, projection, live))
    target = projection.target
    assert target is not None

    def as_if(missing: Symbol) -> Json:
        status = projection.status
        if live.moves(missing):
            status = status_of(target - missing.value, target, projection.reach)
        return write(opened, replace(projection, shortfall=missing, status=status), live)

    return by_case(as_symbol(projection.shortfall), [Fraction(0)], live, as_if)


def _apart(projection: Projection, live: LiveSpeech) -> Projection:
    """The projection with the same arithmetic as if no two numbers of its path were equal, and none below
    nought: which of two texts stands there is decided by the browser.
    """
    path = projection.path
    numbers = enumerate((path.h1, path.q3, path.q4, path.ytd_q3, path.full_year), start=1)
    return replace(
        projection,
        path=Path(
            *(replace(number, value=_FAR + at) if live.moves(number) else number for at, number in numbers)
        ),
    )


def field(value: Json, live: LiveSpeech) -> Json:
    """A text with gaps in it, or the expression of a number; blank for nothing."""
    return "" if value is None else value if isinstance(value, str) else {"number": live.expression(value)}


# --- the path chart


def path_fields(opened: PageState, projection: Projection, live: LiveSpeech) -> list[list[Json]]:
    """The fields of the path chart's rows that follow a lever."""
    rows = rows_without_axis(Outcome(opened.edition, opened.scenario, projection), None, live)
    return [[_path_field(row, name, live) for name in path_chart.LIVE_FIELDS] for row in rows]


def _path_field(row: Mapping[str, Json], name: str, live: LiveSpeech) -> Json:
    """A field of a row; a label that would repeat the total's is left out."""
    total = row.get("total", row.get("total_below"))
    value = total if name == "total" else row.get(name)
    beside = row.get(name.removesuffix("_text"))
    if not value or name not in ("quarter_text", "required_text") or beside is None or total is None:
        return field(value, live)
    apart = as_symbol(beside - total)
    return by_case(apart, [Fraction(0)], live, lambda by: field(value if by != 0 else "", live))


# --- what must be


def needed_rows(opened: PageState, live: LiveSpeech) -> list[dict[str, Json]]:
    """The rows of what must be: quarter, value, and whether it can be set."""
    edition, symbols = opened.edition, symbols_of(opened.edition, opened.scenario)
    # an entry is not moved meanwhile, and has the decimals that it was made with
    scenario = Scenario(
        tuple(
            (id, value if edition.levers[id].is_entry else symbols[id])
            for id, value in opened.scenario.values
        )
    )
    projection = over_symbols(edition, opened.scenario, opened.focus)
    if projection.target is None or projection.path.full_year is None:
        return []
    rows = _NeededRows(
        Outcome(edition, scenario, projection), Outcome(edition, opened.scenario, projection), live
    )
    return [rows.row(period, need) for period, need in needs_of(edition, projection).items()]


@dataclass(frozen=True)
class _NeededRows:
    """What must be, with the levers as symbols and as they stand."""

    in_symbols: Outcome
    now: Outcome
    live: LiveSpeech

    def row(self, period: str, need: Need) -> dict[str, Json]:
        """One row, in the cases of what must be."""
        cuts = sorted({need.low, need.high, *([Fraction(0)] if need.is_count else [])})
        return by_case(
            as_symbol(need.value),
            cuts,
            self.live,
            lambda value: self._texts(period, replace(need, value=value)),
        )

    def _texts(self, period: str, need: Need) -> list[str]:
        return [
            quarter_words(self.in_symbols, period, self.live),
            needed_words(need, self.live),
            judged_words(self.now, period, need, self.live),
        ]
