"""How does the command line say it?  The projection as JSON and as a plain table, from one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from hdmodel.edition import Edition
from hdmodel.numbers import as_json, places_against, printed
from hdmodel.projection import MODEL_VERSION, Projection
from hdmodel.scenario import Scenario, in_effect

_BLANK = "-"


def json_of(edition: Edition, scenario: Scenario, projections: Mapping[str, Projection]) -> dict[str, Any]:
    """Everything as JSON-ready values: percentages as percent numbers, unrounded;
    `None` where nothing applies.
    """
    return {
        "edition": edition.id,
        "model": MODEL_VERSION,
        "scenario": {id: as_json(value) for id, value in in_effect(edition, scenario).items()},
        "indicators": {id: _indicator_json(projection) for id, projection in projections.items()},
    }


def _indicator_json(projection: Projection) -> dict[str, Any]:
    required = {f"required_{name}": as_json(value) for name, value in asdict(projection.required).items()}
    return {
        "kind": projection.kind,
        "unit": projection.unit,
        **{name: as_json(value) for name, value in asdict(projection.path).items()},
        **{
            name: as_json(getattr(projection, name))
            for name in (
                "target",
                "shortfall",
                "locked_in",
                "completion_h1",
                "lead_h1",
                "lead_ytd_q3",
                "starts_missing",
            )
        },
        **required,
        "status": projection.status,
        "reach": [as_json(end) for end in projection.reach] if projection.reach else None,
        "bases": _part_json(projection.bases),
        "amounts": _part_json(projection.amounts),
    }


def _part_json(part: Any) -> dict[str, Any] | None:
    return None if part is None else {name: as_json(value) for name, value in asdict(part).items()}


def table_of(edition: Edition, projections: Mapping[str, Projection]) -> str:
    """A table for a terminal: one line an indicator, rounded half up to the indicator's decimals."""
    header = (
        "indicator",
        "unit",
        "H1",
        "Q3",
        "Q4",
        "Jan-Sep",
        "full year",
        "target",
        "shortfall",
        "required H2",
        "status",
    )
    rows = [header, *(_row(edition, projection) for projection in projections.values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    return "\n".join("  ".join(_aligned(row, widths)).rstrip() for row in rows)


def _row(edition: Edition, projection: Projection) -> tuple[str, ...]:
    places, path, target = (
        edition.indicators[projection.id].places_in(projection.unit),
        projection.path,
        projection.target,
    )
    if target is not None and path.full_year is not None:
        places = places_against(path.full_year, target, places)
    numbers: Iterable[Fraction | None] = (
        path.h1, path.q3, path.q4, path.ytd_q3, path.full_year, target, projection.shortfall,
    )  # fmt: skip
    cells = (_BLANK if number is None else printed(number, places) for number in numbers)
    return (projection.id, _ascii(projection.unit), *cells, _required(projection, places), projection.status)


def _required(projection: Projection, places: int) -> str:
    """What H2 must bring, or Q4 where it is known what Q3 brought."""
    q4, h2 = projection.required.q4, projection.required.h2
    if projection.is_q3_known:
        return _BLANK if q4 is None else f"{printed(q4, places)} (Q4)"
    return _BLANK if h2 is None else printed(h2, places)


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    left = (0, 1, len(row) - 1)
    return [
        cell.ljust(width) if i in left else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _ascii(unit: str) -> str:
    return {"亿元": "100m yuan"}.get(unit, unit)
