"""How does the command line say it?  The projection as JSON and as a plain table, from one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from hdmodel.edition import Edition
from hdmodel.numbers import MORE_PLACES, adds_up, as_json, places_against, printed
from hdmodel.projection import MODEL_VERSION, Projection
from hdmodel.scenario import Scenario, in_effect

_BLANK = "-"
_UNEVEN = "rounded one by one, the parts may differ from their sum in the last digit"


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
    """A table for a terminal: one line an indicator, rounded half up to the indicator's decimals,
    or to a few more with which what is printed adds up; where those do not do it, a line below says so.
    """
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
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    uneven = [one.id for one in projections.values() if not _adds_up(one, _places(edition, one))]
    return "\n".join([*lines, *([f"{_UNEVEN}: {', '.join(uneven)}"] if uneven else [])])


def _places(edition: Edition, projection: Projection) -> int:
    """The decimals of a row: the indicator's own, or a few more where those would not add up."""
    usual, target = edition.indicators[projection.id].places_in(projection.unit), projection.target
    year = projection.path.full_year
    fewest = usual if target is None or year is None else places_against(year, target, usual)
    more = range(fewest, fewest + MORE_PLACES)
    return next((places for places in more if _adds_up(projection, places)), fewest)


def _adds_up(projection: Projection, places: int) -> bool:
    """Whether the sums of a row hold as they are printed: a flow's quarters and what H2 must bring,
    and for each kind the shortfall.
    """
    path, target = projection.path, projection.target
    sums: list[tuple[tuple[Fraction | None, ...], Fraction | None]] = [
        ((path.full_year, projection.shortfall), target)
    ]
    if projection.kind == "flow":
        sums += [((path.h1, path.q3), path.ytd_q3), ((path.ytd_q3, path.q4), path.full_year)]
        sums += [((path.h1, path.q3, path.q4), path.full_year), ((path.h1, projection.required.h2), target)]
        sums += [((path.ytd_q3, projection.required.q4), target)] if projection.is_q3_known else []
    return all(
        total is None or None in parts or adds_up([part for part in parts if part is not None], total, places)
        for parts, total in sums
    )


def _row(edition: Edition, projection: Projection) -> tuple[str, ...]:
    places, path, target = _places(edition, projection), projection.path, projection.target
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
