"""What does the path chart draw?  One row a period, made from a projection;
a field with nothing to show is `None`.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

from hdmodel import Projection
from hdmodel.edition import RULER
from hdmodel.form import Kind
from hdmodel.formulas import amount_at_completion
from hdmodel.paths import Path, numbers_of
from hdmodel.projection import Outcome
from ui.answers.sentences import target_words
from ui.explain.clicks import asks
from ui.explain.questions import Quantity
from ui.text.speech import Speech

Row = dict[str, Any]
# what a row's bar and labels are among `hdmodel.explain.worked_lines.QUANTITIES`;
# blank where there is no such label
_ASKS = {
    "total": ("h1", "ytd_q3", "full_year"),
    "quarter": ("", "q3", "q4"),
    "required": ("", "required_ytd_q3", ""),
    "target": ("target", "", ""),
}


def path_rows(outcome: Outcome, before: Projection | None, speech: Speech) -> list[Row]:
    """The rows of H1, January–September and the full year, in the indicator's unit."""
    rows = rows_without_axis(outcome, before, speech)
    low, high = _domain(rows)
    return [_as_floats({**row, "domain_low": low, "domain_high": high}) for row in rows]


def rows_without_axis(outcome: Outcome, before: Projection | None, speech: Speech) -> list[Row]:
    """The same rows with exact numbers, or numbers that remember how they came about."""
    projection = outcome.projection
    rows: list[Row] = [{"order": order} for order in range(3)]
    totals = _totals(projection.path)
    _add_periods(rows, projection, speech)
    _add_bars(rows, projection, totals)
    _add_marks(rows, outcome, before)
    _add_texts(rows, outcome, speech)
    return rows


def _totals(path: Path) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    return path.h1, path.ytd_q3, path.full_year


def _add_periods(rows: list[Row], projection: Projection, speech: Speech) -> None:
    for row, key in zip(rows, periods_of(projection.kind), strict=True):
        row["period"] = speech.say(f"period.{key}")


def periods_of(kind: Kind) -> tuple[str, str, str]:
    """What H1, January–September and the year are called (`period.*`): a level is read at their ends."""
    return ("level.h1", "level.q3", "level.year") if kind.is_level else ("h1", "ytd_q3", "year")


def _add_bars(rows: list[Row], projection: Projection, totals: tuple[Fraction | None, ...]) -> None:
    """The published part solid; what is supposed hatched, on top of what a flow has brought by then."""
    rows[0]["fact"] = totals[0]
    for row, carried, total in zip(rows[1:], totals[:-1], totals[1:], strict=True):
        is_flow = projection.kind.is_sum
        row["carried"] = carried if is_flow else None
        row["supposed_from"] = None if total is None else (carried if is_flow else Fraction(0))
        row["supposed_to"] = total
    if projection.is_q3_known:
        rows[1] |= {"fact": totals[1], "carried": None, "supposed_from": None, "supposed_to": None}


def _add_marks(rows: list[Row], outcome: Outcome, before: Projection | None) -> None:
    projection = outcome.projection
    totals = _totals(projection.path)
    is_short = projection.status in ("within_reach", "out_of_reach")
    required = (
        _totals(projection.required_path) if projection.required_path and is_short else (None, None, None)
    )
    ghost = _totals(before.path) if before else (None, None, None)
    quarters = (
        (None, projection.path.q3, projection.path.q4) if projection.kind.is_mean else (None, None, None)
    )
    ruler = _ruler(outcome)
    for index, row in enumerate(rows):
        row["target"] = projection.target
        row["required"] = required[index]
        row["ghost"] = ghost[index] if ghost[index] != totals[index] else None
        row["quarter"] = quarters[index]
        row["ruler"] = ruler[index]


def _ruler(outcome: Outcome) -> tuple[Fraction | None, ...]:
    """Pro-rata progress as amounts: for flows with a target only; a growth target is never half done."""
    projection = outcome.projection
    if not projection.kind.is_sum or projection.target is None:
        return (None, None, None)
    numbers = numbers_of(outcome.edition, outcome.scenario)
    shares = (numbers[f"{RULER}.h1"], numbers[f"{RULER}.q3"], 100)
    return tuple(amount_at_completion(projection.target, share) for share in shares)


def _add_texts(rows: list[Row], outcome: Outcome, speech: Speech) -> None:
    projection = outcome.projection
    places = speech.places_beside(projection.path.full_year, projection.target, outcome.places)
    for index, (row, total) in enumerate(zip(rows, _totals(projection.path), strict=True)):
        side = "total" if total is None or total >= 0 else "total_below"
        row[side] = total
        row["total_text"] = "" if total is None else speech.number(total, places)
        quarter, required = (None if row[name] == total else row[name] for name in ("quarter", "required"))
        row["quarter_text"] = _mark(
            "chart.quarter", None if quarter is None else speech.number(quarter, places, signed=True), speech
        )
        row["required_text"] = (
            _mark("chart.required", _number(required, places, speech), speech) if index == 1 else ""
        )
        row["required_before"] = rows[1]["required"] if index == 2 and rows[1]["required_text"] else None
        row["target_text"] = "" if index else target_words(outcome.indicator, row["target"], places, speech)
        row["tip"] = _tip(row, places, speech)
        asked = {name: quantities[index] for name, quantities in _ASKS.items() if row[f"{name}_text"]}
        row |= {f"{name}_asks": asks(Quantity(projection.id, asked[name])) for name in asked if asked[name]}


def _tip(row: Row, places: int, speech: Speech) -> str:
    parts = [
        f"{row['period']} {row['total_text']}",
        row["quarter_text"],
        _mark("chart.required", _number(row["required"], places, speech), speech),
    ]
    parts += [
        _mark(f"chart.{name}", _number(row[field], places, speech), speech)
        for name, field in (("pro_rata", "ruler"), ("before", "ghost"))
    ]
    return " · ".join(part for part in parts if part.strip())


def _number(value: Fraction | None, places: int, speech: Speech) -> str | None:
    return None if value is None else speech.number(value, places)


def _mark(key: str, value: str | None, speech: Speech) -> str:
    """What is read beside a mark; blank where there is none."""
    return "" if value is None else speech.say(key, value=value)


def _domain(rows: list[Row]) -> tuple[Fraction, Fraction]:
    """The ends of the axis: all that is drawn with room above it, out to a round mark,
    so that it seldom moves.
    """
    fields = ("fact", "supposed_to", "target", "required", "ruler", "ghost", "quarter")
    values = [Fraction(0), *(row[field] for row in rows for field in fields if row.get(field) is not None)]
    low, high = min(values), max(values)
    span = (high - low) or Fraction(1)
    mark = Fraction(10) ** floor(log10(span)) / 4
    return mark * floor((low - (span / 8 if low < 0 else 0)) / mark), mark * ceil((high + span / 8) / mark)


def _as_floats(row: Row) -> Row:
    return {name: float(value) if isinstance(value, Fraction | int) else value for name, value in row.items()}


def path_title(projection: Projection, speech: Speech) -> str:
    """What the chart shows, with its unit."""
    key = "flow_share" if projection.unit == "% of target" else projection.kind.name
    return speech.say(f"chart.{key}", unit=speech.unit(projection.unit))
