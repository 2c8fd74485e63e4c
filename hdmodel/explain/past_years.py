"""How was a number of the track record worked out?  The formulas of past years over symbols."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hdmodel import formulas as f
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Step
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import Leaf, Worked
from hdmodel.form import LEVEL, Kind
from hdmodel.past_years import Year, Z, frequency, move, roots_of

# a share of the years, and either end of its interval
FREQUENCIES = ("years_share", "years_low", "years_high")
_YEARS = "年"


def worked_move(kind: Kind, unit: str, year: Year) -> Worked:
    """How far the second half moved a past year, whose two values are in `unit`."""
    values = {"year_h1": year.h1, "year_full": year.full_year}
    moved = as_symbol(move(kind, *(leaf(id, value) for id, value in values.items())))
    leaves = tuple(Leaf(id, value, unit, "entered", "", "") for id, value in values.items())
    moved_in = "倍" if kind.is_sum else "百分点"
    return Worked(
        "year_move",
        moved_in,
        moved.value,
        moved,
        leaves,
        (Step("", moved, moved_in, formula=formula_of("year_move", kind, moved)),),
    )


def worked_frequency(k: int, n: int, quantity: str) -> Worked | None:
    """How one of `FREQUENCIES`, in %, follows from a count of k of n years; `None` below eight years,
    as in `frequency`.
    """
    if frequency(k, n) is None:
        return None
    far_enough, years = counts = leaf("years_far_enough", Fraction(k)), leaf("years_all", Fraction(n))
    if quantity == "years_share":
        return _of(quantity, counts, [], as_symbol(f.share_of_years(far_enough, years)))
    roots = dict(zip(("years_low", "years_high"), roots_of(k, n), strict=True))
    z, name = as_symbol(Z), "root" if quantity == "years_high" else "negative_root"
    steps = [
        Step("under_root", as_symbol(f.under_root(far_enough, years, z)), "", formula="under_root"),
        Step(name, as_symbol(roots[quantity]), ""),
    ]
    return _of(
        quantity,
        counts,
        steps,
        as_symbol(f.end_of_interval(far_enough, years, z, leaf(name, roots[quantity]))),
    )


def _of(quantity: str, counts: Sequence[Symbol], steps: list[Step], expression: Symbol) -> Worked:
    leaves = tuple(Leaf(count.name, count.value, _YEARS, "counted", "", "") for count in counts)
    return Worked(
        quantity,
        "%",
        expression.value,
        expression,
        leaves,
        (*steps, Step("", expression, "%", formula=formula_of(quantity, LEVEL, expression))),
    )
