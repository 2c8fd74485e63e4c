"""How was this number worked out?  The model's own functions over symbols, so that each result shows its arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from hdmodel.arithmetic import evaluate
from hdmodel.edition import Edition
from hdmodel.formulas import Number
from hdmodel.given import levers_at_work
from hdmodel.numbers import plain
from hdmodel.paths import numbers_of
from hdmodel.projection import Projection, project, project_indicator
from hdmodel.reasons import pulls
from hdmodel.required import solve
from hdmodel.scenario import Scenario
from hdmodel.symbols import LeafPrinter, Symbol, as_symbol, infix, leaf, leaves


def _pull(period: str) -> Callable[[Projection], Number | None]:
    return lambda projection: getattr(pulls(projection), period, None)


QUANTITIES: Mapping[str, Callable[[Projection], Number | None]] = {  # where each stands in a projection
    "full_year": attrgetter("path.full_year"),
    "ytd_q3": attrgetter("path.ytd_q3"),
    "q3": attrgetter("path.q3"),
    "q4": attrgetter("path.q4"),
    "shortfall": attrgetter("shortfall"),
    "completion_h1": attrgetter("completion_h1"),
    "lead_h1": attrgetter("lead_h1"),
    "locked_in": attrgetter("locked_in"),
    "required_h2": attrgetter("required.h2"),
    "required_q3": attrgetter("required.q3"),
    "required_q4": attrgetter("required.q4"),
    "required_intensity": attrgetter("required.intensity"),
    "required_intensity_q3": attrgetter("required.intensity_q3"),
    "required_intensity_q4": attrgetter("required.intensity_q4"),
    "starts_missing": attrgetter("starts_missing"),
    "pull_q3": _pull("q3"),
    "pull_q4": _pull("q4"),
}
_PERCENT, _POINTS = "%", "百分点"
_ALWAYS_POINTS = ("lead_h1", "locked_in", "pull_q3", "pull_q4")
_DIFFERENCES = ("shortfall", "effect", "together", "change")  # points between two rates, the unit itself between amounts


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
class Step:
    """One step of a result: what it gives (blank for the result itself), of which lever if of one, and its expression.

    It gives one of last year's quarters (`base_q3`, `base_q4`), or a full year: `year_before`, `year_after`, `year_alone`
    (with `lever` alone moved).
    """

    gives: str
    expression: Symbol
    lever: str = ""


@dataclass(frozen=True)
class Worked:
    """A result in `unit`: the expression it comes from, the named numbers in reading order, and the same in short steps."""

    quantity: str
    unit: str
    value: Fraction
    expression: Symbol
    leaves: tuple[Leaf, ...]
    steps: tuple[Step, ...]


def worked(edition: Edition, scenario: Scenario, indicator_id: str, quantity: str) -> Worked | None:
    """How a quantity of the projection (one of `QUANTITIES`) was worked out; `None` where it does not apply.

    Raises `KeyError` for an indicator or a quantity that is not there.
    """
    projection = over_symbols(edition, scenario, indicator_id)
    found = QUANTITIES[quantity](projection)
    return None if found is None else _shown(edition, scenario, projection, quantity, as_symbol(found))


def worked_crossing(edition: Edition, scenario: Scenario, indicator_id: str, lever: str) -> Worked | None:
    """At which value of a lever (in its unit) the year lands on target; `None` where it does not move the year to one."""
    projection, symbols = over_symbols(edition, scenario, indicator_id), _symbols(edition, scenario)
    is_at_work = lever in levers_at_work(edition, indicator_id, symbols)
    if projection.target is None or projection.path.full_year is None or not is_at_work:
        return None
    found = solve(edition, indicator_id, symbols, [lever], projection.target)
    return None if found is None else _shown(edition, scenario, projection, lever, as_symbol(found))


def _shown(edition: Edition, scenario: Scenario, projection: Projection, quantity: str, found: Symbol) -> Worked:
    unit = edition.levers[quantity].unit if quantity in edition.levers else unit_of(edition, projection, quantity)
    return Worked(quantity, unit, found.value, found, named_in(edition, scenario, found), steps_to(projection, found))


def named_in(edition: Edition, scenario: Scenario, expression: Symbol) -> tuple[Leaf, ...]:
    """The named numbers of an expression, each with its provenance."""
    made = {id for id, value in scenario.values if value is not None}
    return tuple(_leaf(edition, symbol, symbol.name in made) for symbol in leaves(expression) if symbol.name)


def steps_to(projection: Projection, found: Symbol) -> tuple[Step, ...]:
    """The arithmetic in steps: last year's quarters first, each under a name, then the result."""
    bases = projection.bases
    parts = {} if bases is None else {"base_q3": as_symbol(bases.q3), "base_q4": as_symbol(bases.q4)}
    folded = _folded(found, {_written(part): leaf(name, part.value) for name, part in parts.items()})
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
def over_symbols(edition: Edition, scenario: Scenario, indicator_id: str) -> Projection:
    """The projection with a symbol in place of every number."""
    return project_indicator(edition, indicator_id, _symbols(edition, scenario), project(edition, scenario)[indicator_id].reach)


def _symbols(edition: Edition, scenario: Scenario) -> dict[str, Symbol | None]:
    return {id: None if value is None else leaf(id, value) for id, value in numbers_of(edition, scenario).items()}


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


def unit_of(edition: Edition, projection: Projection, quantity: str) -> str:
    """The unit of a quantity: the indicator's own, but points for what lies between two rates, and counts for starts."""
    if quantity in _ALWAYS_POINTS or (quantity in _DIFFERENCES and projection.unit.startswith(_PERCENT)):
        return _POINTS
    if quantity == "completion_h1" or quantity.startswith("required_intensity"):
        return _PERCENT
    is_start_rate = edition.indicators[projection.id].form == "start_rate"
    if is_start_rate and quantity.startswith(("required", "starts_missing")):
        return edition.levers[edition.lever_ids(projection.id, "starts")[0]].unit
    return projection.unit
