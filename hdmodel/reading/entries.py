"""What may be entered in any edition once more is known than its report says?  What Q3 brought,
and what a ledger plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from hdmodel.data_formula import evaluate
from hdmodel.edition import QUARTERS, Figure, Indicator, Lever, Words
from hdmodel.form import Form
from hdmodel.forms import FORMS
from hdmodel.problems import Faults
from hdmodel.reading.tables import Row, rows_of, sheet_of_file

FOLDER = Path(__file__).resolve().parents[2] / "data"
_COLUMNS = (
    *("form", "name", "short", "needs", "unit", "low", "high", "step", "quarter"),
    *("label_zh", "label_en", "reason_zh", "reason_en"),
)


def later_entries(indicators: Iterable[Indicator], figures: Mapping[str, Figure]) -> list[Lever]:
    """The rows of `data/entries.csv` as entries of each indicator whose arithmetic takes them.

    The default is the edition's own figure of the same id, where its facts reach so far.
    """
    return [
        _lever(row, indicator, figures)
        for indicator in indicators
        for row in _rows()
        if row.cells["form"] == indicator.form.name
        and (not row.cells["needs"] or f"{indicator.id}.{row.cells['needs']}" in figures)
    ]


def ways_of(form: Form) -> tuple[str, ...]:
    """The ways in which an indicator of this form can say what Q3 brought."""
    own = (row for row in _rows() if row.cells["form"] == form.name)
    return tuple(row.cells["name"] for row in own if _role(row) == "actual")


def later_names() -> tuple[str, ...]:
    """The names, without their indicator, of all that may be entered later."""
    return tuple(dict.fromkeys(row.cells["name"] for row in _rows()))


def _role(row: Row) -> str:
    return "plan" if row.cells["name"].startswith("planned") else "actual"


def _lever(row: Row, indicator: Indicator, figures: Mapping[str, Figure]) -> Lever:
    cells, id = row.cells, f"{indicator.id}.{row.cells['name']}"
    low, high, step = (_number(cells[column], indicator, figures) for column in ("low", "high", "step"))
    return Lever(
        id=id,
        indicator=indicator.id,
        role=_role(row),
        quarter=cells["quarter"],
        default=figures[id].value if id in figures else None,
        low=low,
        high=high,
        step=step,
        joint=None,
        unit=cells["unit"],
        label=Words(
            cells["label_zh"].format(indicator=indicator.label.zh),
            cells["label_en"].format(indicator=indicator.label.en),
        ),
        reason=Words(cells["reason_zh"], cells["reason_en"]),
        short=cells["short"],
        is_count=_role(row) == "actual" and step == 1,
        is_typed_alone=True,
    )


def _number(text: str, indicator: Indicator, figures: Mapping[str, Figure]) -> Fraction:
    """A number, or a formula over the indicator's own figures."""
    return Fraction(evaluate(text, lambda name: figures[f"{indicator.id}.{name}"].value))


@lru_cache(maxsize=1)
def _rows() -> tuple[Row, ...]:
    """The table's rows; raises `BadInput` with every fault found."""
    faults = Faults()
    sheet = sheet_of_file(FOLDER / "entries.csv", faults)
    rows = tuple(rows_of(sheet, _COLUMNS, faults)) if sheet else ()
    for row in rows:
        row.one_of("form", tuple(FORMS))
        row.one_of("quarter", QUARTERS)
        for column in (
            "name",
            "short",
            "unit",
            "low",
            "high",
            "step",
            "label_zh",
            "label_en",
            "reason_zh",
            "reason_en",
        ):
            row.text(column)
    faults.raise_if_any()
    return rows
