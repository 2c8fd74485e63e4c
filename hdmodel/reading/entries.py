"""What may be entered in any edition once more is known than its report says?  What Q3 brought,
and what a ledger plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from hdmodel.data_formula import evaluate
from hdmodel.edition import QUARTERS, Figure, Indicator, Lever
from hdmodel.form import Form
from hdmodel.forms import FORMS
from hdmodel.language.languages import columns_of
from hdmodel.language.words import Words
from hdmodel.problems import Faults
from hdmodel.reading.files import DATA
from hdmodel.reading.labels import further_columns, words_of_columns
from hdmodel.reading.tables import Row, rows_of, sheet_of_file

NEEDS = ("known_target", "carried")  # what a row of the table may need of an indicator
_COLUMNS = ("form", "name", "short", "needs", "unit", "low", "high", "step", "quarter")
_TEXTS, _INDICATOR = ("label", "reason"), "{indicator}"  # the gap for the name of the indicator


def later_entries(indicators: Iterable[Indicator], figures: Mapping[str, Figure]) -> list[Lever]:
    """The rows of `data/entries.csv` as entries of each indicator whose arithmetic takes them.

    The default is the edition's own figure of the same id, where its facts reach so far.
    """
    given = list(indicators)
    carried = next((indicator.id for indicator in given if indicator.form.planned_in_place_of), None)
    return [
        _lever(row, indicator, figures)
        for indicator in given
        for row in _rows()
        if row.cells["form"] == indicator.form.name
        and _is_met(row.cells["needs"], indicator, figures, carried)
    ]


def _is_met(need: str, indicator: Indicator, figures: Mapping[str, Figure], carried: str | None) -> bool:
    """Whether an indicator has what a row needs. `known_target`: a target that is published,
    or an index that stands in for it. `carried`: either of these, or to be the one that a ledger carries.
    """
    target, has_index = figures.get(f"{indicator.id}.target"), f"{indicator.id}.target_index" in figures
    is_published = target is not None and target.value is not None
    met = {
        "": True,
        NEEDS[0]: has_index or is_published,
        NEEDS[1]: has_index or is_published or indicator.id == carried,
    }
    return met[need]


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
        label=_label(row, indicator),
        reason=words_of_columns(row, "reason"),
        short=cells["short"],
        is_count=_role(row) == "actual" and step == 1,
        is_typed_alone=True,
    )


def _label(row: Row, indicator: Indicator) -> Words:
    texts = dict(words_of_columns(row, "label").by_language)
    named = {code: indicator.label.in_language(code) for code in texts}
    return Words.of({code: text.replace(_INDICATOR, named[code]) for code, text in texts.items()})


def _number(text: str, indicator: Indicator, figures: Mapping[str, Figure]) -> Fraction:
    """A number, or a formula over the indicator's own figures."""
    return Fraction(evaluate(text, lambda name: figures[f"{indicator.id}.{name}"].value))


@lru_cache(maxsize=1)
def _rows() -> tuple[Row, ...]:
    """The table's rows; raises `BadInput` with every fault found."""
    faults = Faults()
    sheet = sheet_of_file(DATA / "entries.csv", faults)
    texts, further = tuple(columns_of(*_TEXTS)), further_columns(*_TEXTS)
    rows = tuple(rows_of(sheet, (*_COLUMNS, *texts), faults, further)) if sheet else ()
    for row in rows:
        row.one_of("form", tuple(FORMS))
        row.one_of("quarter", QUARTERS)
        row.one_of("needs", ("", *NEEDS))
        for column in ("name", "short", "unit", "low", "high", "step", *texts):
            row.text(column)
    faults.raise_if_any()
    return rows
