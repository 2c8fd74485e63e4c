"""How was a number worked out that a ledger is held against?  Its stages added up,
and what is missing less that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from hdmodel import formulas as f
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Step, steps_to
from hdmodel.explain.symbols import Symbol, as_symbol, leaf
from hdmodel.explain.worked_lines import QUANTITIES, Leaf, Worked, given_parts, named_in, over_symbols
from hdmodel.ledger import UNIT, Ledger, by_stage, within
from hdmodel.projection import Outcome

# what a ledger secures, what no project carries, what is beyond
COVERED = ("secured", "without_project", "surplus")


@dataclass(frozen=True)
class ToCome:
    """A ledger, and the quarters of which it has still to bring something."""

    ledger: Ledger
    quarters: Sequence[str]


def worked_coverage(outcome: Outcome, to_come: ToCome, quantity: str) -> Worked | None:
    """How one of `COVERED`, in 亿元 of the quarters to come, was worked out;
    `None` where the two do not compare.

    What is secured stands by itself; the others need a target in 亿元. Both are signed:
    below 0 the other one is meant.
    """
    quarters, stages_of = to_come.quarters, by_stage(to_come.ledger)
    amounts = {stage: within(sums.counted, quarters) for stage, sums in stages_of.items()}
    stages = [leaf(f"stage.{stage}", amount) for stage, amount in amounts.items()]
    secured = reduce(add, stages) if stages else as_symbol(0)
    planned = [Leaf(stage.name, stage.value, UNIT, "entered", "", "") for stage in stages]
    if quantity == "secured":
        return Worked(quantity, UNIT, secured.value, secured, tuple(planned), (Step("", secured, UNIT),))
    edition, scenario = outcome.edition, outcome.scenario
    projection = over_symbols(edition, scenario, outcome.projection.id)
    required = QUANTITIES["required_h2" if "q3" in quarters else "required_q4"](projection)
    if required is None or projection.unit != UNIT:
        return None
    missing = as_symbol(required)
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
