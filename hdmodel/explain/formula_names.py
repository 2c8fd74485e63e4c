"""Which formula gives a quantity?  By its name in `hdmodel.formulas`, where the words stand that say why."""

from __future__ import annotations

from hdmodel import formulas as f
from hdmodel.explain.symbols import Symbol, leaves
from hdmodel.form import Formulas, Kind

_OF_ALL: Formulas = {
    "amount": f.amount_at_growth,
    "shortfall": f.shortfall,
    "completion_h1": f.completion,
    "comparable_growth": f.growth_on_comparable,
    **dict.fromkeys(("lead_h1", "lead_ytd_q3"), f.lead),
    **dict.fromkeys(("locked_in", "pull_q3", "pull_q4"), f.contribution),
    **dict.fromkeys(("required_intensity", "required_intensity_q3", "required_intensity_q4"), f.crossing),
    **dict.fromkeys(("crossing", "crossing_at_0", "crossing_at_1"), f.crossing),
    "starts_missing": f.starts_needed,
    **{
        f"{what}_{period}": formula
        for what, formula in (("monthly", f.monthly), ("pace", f.pace), ("amount", f.amount_at_growth))
        for period in ("h2", "q3", "q4")
    },
    **dict.fromkeys(("change", "effect"), f.change),
    "together": f.together,
    "trade_off": f.trade_off,
    "missing": f.rest_of_target,
    "years_share": f.share_of_years,
    "under_root": f.under_root,
    **dict.fromkeys(("years_low", "years_high"), f.end_of_interval),
    "base_q3": f.base_q3,
    "base_q4": f.base_q4,
    "under_way_q3": f.under_way_q3,
    "under_way_q4": f.under_way_q4,
}


def formula_of(quantity: str, kind: Kind, expression: Symbol) -> str:
    """The formula that a quantity of this kind comes from; blank for one that stands for itself,
    or comes from a form's own.
    """
    if not expression.operands:
        return ""
    if kind.formulas_by_part and quantity in ("h1", "q3", "q4"):
        names = [part.name for part in leaves(expression)]
        ways = (
            way for end, way in kind.formulas_by_part.items() if any(name.endswith(end) for name in names)
        )
        formula = next(ways, None)
    else:
        formula = kind.formulas.get(quantity) or _OF_ALL.get(quantity)
    return "" if formula is None else formula.__name__
