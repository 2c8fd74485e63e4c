"""How was this number worked out?  The model's own functions over symbols, so that each result shows its arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from hdmodel.arithmetic import evaluate
from hdmodel.edition import Edition
from hdmodel.numbers import plain
from hdmodel.paths import numbers_of
from hdmodel.projection import Projection, project, project_indicator
from hdmodel.scenario import Scenario
from hdmodel.symbols import LeafPrinter, Symbol, as_symbol, infix, leaf, leaves

QUANTITIES: Mapping[str, str] = {  # where each stands in a projection
    "full_year": "path.full_year",
    "ytd_q3": "path.ytd_q3",
    "q3": "path.q3",
    "q4": "path.q4",
    "shortfall": "shortfall",
    "completion_h1": "completion_h1",
    "lead_h1": "lead_h1",
    "locked_in": "locked_in",
    "required_h2": "required.h2",
    "required_q3": "required.q3",
    "required_q4": "required.q4",
    "required_intensity": "required.intensity",
    "required_intensity_q3": "required.intensity_q3",
    "required_intensity_q4": "required.intensity_q4",
    "starts_missing": "starts_missing",
}
_PERCENT, _POINTS = "%", "百分点"


@dataclass(frozen=True)
class Leaf:
    """One number that goes into a result, with its provenance; the source is blank for what a user supposes or enters.

    `tag` is that of the figure (printed, derived, proxy, illustrative), `entered`, or `supposed` for a lever.
    """

    id: str
    value: Fraction
    tag: str
    source: str
    paragraph: str


@dataclass(frozen=True)
class Worked:
    """A result of the projection in `unit`, with the expression it comes from and the named numbers in reading order."""

    quantity: str
    unit: str
    value: Fraction
    expression: Symbol
    leaves: tuple[Leaf, ...]


def worked(edition: Edition, scenario: Scenario, indicator_id: str, quantity: str) -> Worked | None:
    """How a quantity of the projection (one of `QUANTITIES`) was worked out; `None` where it does not apply.

    Raises `KeyError` for an indicator or a quantity that is not there.
    """
    projection = _over_symbols(edition, scenario, indicator_id)
    found = attrgetter(QUANTITIES[quantity])(projection)
    if found is None:
        return None
    expression = as_symbol(found)
    made = {id for id, value in scenario.values if value is not None}
    named = tuple(_leaf(edition, symbol, symbol.name in made) for symbol in leaves(expression) if symbol.name)
    return Worked(quantity, _unit(edition, projection, quantity), expression.value, expression, named)


@dataclass(frozen=True)
class Step:
    """One step of a result: what it gives (`base_q3`, `base_q4`; blank for the result itself) and its expression."""

    gives: str
    expression: Symbol


def in_steps(edition: Edition, scenario: Scenario, indicator_id: str, quantity: str) -> tuple[Step, ...]:
    """The same arithmetic in steps: last year's quarters first, each under a name, then the result; empty where there is none."""
    projection = _over_symbols(edition, scenario, indicator_id)
    found = attrgetter(QUANTITIES[quantity])(projection)
    if found is None:
        return ()
    bases = projection.bases
    parts = {} if bases is None else {"base_q3": as_symbol(bases.q3), "base_q4": as_symbol(bases.q4)}
    folded = _folded(as_symbol(found), {_written(part): leaf(name, part.value) for name, part in parts.items()})
    used = {symbol.name for symbol in leaves(folded)}
    return (*(Step(name, part) for name, part in parts.items() if name in used), Step("", folded))


def _folded(symbol: Symbol, named: Mapping[str, Symbol]) -> Symbol:
    """The expression with every part that has a name of its own written as that name."""
    if not symbol.operands:
        return symbol
    name = named.get(_written(symbol))
    left, right = symbol.operands
    return name or Symbol(symbol.value, symbol.name, symbol.operator, (_folded(left, named), _folded(right, named)))


def _written(symbol: Symbol) -> str:
    return infix(symbol, lambda one: one.name or str(one.value))


def derivation(edition: Edition, figure_id: str) -> Symbol:
    """How a figure follows from the others by its own formula; one without a formula stands for itself.

    Raises `KeyError` for a figure that is not there and `ValueError` for one without a value.

    >>> from hdmodel import released_edition
    >>> infix(derivation(released_edition(), "industrial_value_added.target"), lambda symbol: plain(symbol.value))
    '13.8 − 8.3'
    """
    figure = edition.figures[figure_id]
    if not figure.formula:
        return _figure(edition, figure_id)
    return as_symbol(evaluate(figure.formula, lambda name: _figure(edition, name)))


def in_full(value: Fraction) -> str:
    """The shortest exact decimal of a number that has one, else seventeen digits, with a true minus sign.

    >>> in_full(Fraction("-1.50"))
    '−1.5'
    """
    return plain(value).replace("-", "\N{MINUS SIGN}")


def line(worked: Worked, print_leaf: LeafPrinter, print_value: Callable[[Fraction], str] = in_full) -> str:
    """The worked line: the expression, its names and constants written by `print_leaf`, and the result by `print_value`.

    >>> from hdmodel import baseline, released_edition
    >>> still = worked(edition := released_edition(), baseline(edition), "start_rate", "starts_missing")
    >>> line(still, lambda symbol: in_full(symbol.value))
    '100 × 66 ÷ 100 − (56 + 0 + 0) = 10'
    """
    return f"{infix(worked.expression, print_leaf)} = {print_value(worked.value)}"


@lru_cache(maxsize=64)
def _over_symbols(edition: Edition, scenario: Scenario, indicator_id: str) -> Projection:
    """The projection with a symbol in place of every number."""
    numbers = numbers_of(edition, scenario)
    symbols = {id: None if value is None else leaf(id, value) for id, value in numbers.items()}
    return project_indicator(edition, indicator_id, symbols, project(edition, scenario)[indicator_id].reach)


def _figure(edition: Edition, id: str) -> Symbol:
    value = edition.figures[id].value
    if value is None:
        raise ValueError(f"no value for {id}")
    return leaf(id, value)


def _leaf(edition: Edition, symbol: Symbol, is_made: bool) -> Leaf:
    """A named number with where it is from; an entry that nobody has made is the edition's own figure."""
    figure, lever = edition.figures.get(symbol.name), edition.levers.get(symbol.name)
    if figure is not None and (lever is None or not is_made):
        return Leaf(symbol.name, symbol.value, figure.tag, figure.source, figure.paragraph)
    return Leaf(symbol.name, symbol.value, "entered" if lever is not None and lever.is_entry else "supposed", "", "")


def _unit(edition: Edition, projection: Projection, quantity: str) -> str:
    """The unit of a quantity: the indicator's own, but points for what lies between two rates, and counts for starts."""
    if quantity in ("lead_h1", "locked_in") or (quantity == "shortfall" and projection.unit.startswith(_PERCENT)):
        return _POINTS
    if quantity == "completion_h1" or quantity.startswith("required_intensity"):
        return _PERCENT
    is_start_rate = edition.indicators[projection.id].form == "start_rate"
    if is_start_rate and quantity.startswith(("required", "starts_missing")):
        return edition.levers[edition.lever_ids(projection.id, "starts")[0]].unit
    return projection.unit
