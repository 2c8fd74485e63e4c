"""How was a number worked out that a ledger is held against?  Its stages added up,
and what is missing less that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import add

from hdmodel import formulas as f
from hdmodel.edition import Edition
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Step, steps_to
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import QUANTITIES, Leaf, Worked, given_parts, named_in, over_symbols
from hdmodel.ledger import UNIT, Ledger, by_stage, within
from hdmodel.scenario import Scenario

# what a ledger secures, what no project carries, what is beyond
COVERED = ("secured", "without_project", "surplus")


def worked_coverage(
    edition: Edition,
    scenario: Scenario,
    indicator: str,
    ledger: Ledger,
    quarters: Sequence[str],
    quantity: str,
) -> Worked | None:
    """How one of `COVERED`, in 亿元 of the `quarters` to come, was worked out;
    `None` where the two do not compare.

    What is secured stands by itself; the others need a target in 亿元. Both are signed:
    below 0 the other one is meant.
    """
    amounts = {stage: within(sums.counted, quarters) for stage, sums in by_stage(ledger).items()}
    stages = [leaf(f"stage.{stage}", amount) for stage, amount in amounts.items()]
    secured = reduce(add, stages) if stages else as_symbol(0)
    planned = [Leaf(stage.name, stage.value, UNIT, "entered", "", "") for stage in stages]
    if quantity == "secured":
        return Worked(quantity, UNIT, secured.value, secured, tuple(planned), (Step("", secured, UNIT),))
    projection = over_symbols(edition, scenario, indicator)
    found = QUANTITIES["required_h2" if "q3" in quarters else "required_q4"](projection)
    if found is None or projection.unit != UNIT:
        return None
    missing = as_symbol(found)
    formula = formula_of("missing", projection.kind, missing)
    *parts, last = steps_to(missing, UNIT, given_parts(edition, projection), formula)
    steps = [*parts, replace(last, gives="missing"), Step("secured", secured, UNIT)]
    expression, short = (
        as_symbol(_left(quantity, *pair))
        for pair in ((missing, secured), (leaf("missing", missing.value), leaf("secured", secured.value)))
    )
    leaves = (*named_in(edition, scenario, missing), *planned)
    return Worked(quantity, UNIT, expression.value, expression, leaves, (*steps, Step("", short, UNIT)))


def _left(quantity: str, missing: Symbol, secured: Symbol) -> Symbol:
    left: Symbol = (
        f.shortfall(missing, secured) if quantity == "without_project" else f.shortfall(secured, missing)
    )
    return left
