"""How was this number worked out?  The model's own functions over symbols,
so that each result shows its arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from operator import attrgetter

from hdmodel.amounts import MONTHS, required_amount, required_monthly, required_pace
from hdmodel.bands import edition_at, rounding_band
from hdmodel.cache import cached_per_edition
from hdmodel.data_formula import evaluate
from hdmodel.edition import Edition
from hdmodel.explain.formula_names import formula_of
from hdmodel.explain.steps import Part, Step, parts_of, steps_to
from hdmodel.explain.symbols import LeafPrinter, Symbol, as_symbol, infix, leaf, leaves
from hdmodel.facts import facts_of
from hdmodel.form import Numbers
from hdmodel.formulas import Number
from hdmodel.numbers import plain
from hdmodel.past_years import needed
from hdmodel.paths import numbers_of
from hdmodel.projection import Outcome, Projection, project, project_indicator
from hdmodel.reasons import pulls
from hdmodel.required import levers_asked
from hdmodel.scenario import Scenario


def _pull(projection: Projection, period: str) -> Number | None:
    return getattr(pulls(projection), period, None)


def _required_path(projection: Projection) -> Number | None:
    return getattr(projection.required_path, "ytd_q3", None)


def _amount(projection: Projection) -> Number | None:
    return getattr(projection.amounts, "full_year", None)


def _move(projection: Projection) -> Number | None:
    return needed(projection.kind, projection.path.h1, projection.target)


QUANTITIES: Mapping[str, Callable[[Projection], Number | None]] = {  # where each stands in a projection
    "full_year": attrgetter("path.full_year"),
    "amount": _amount,
    "target": attrgetter("target"),
    "shortfall": attrgetter("shortfall"),
    "h1": attrgetter("path.h1"),
    "q3": attrgetter("path.q3"),
    "q4": attrgetter("path.q4"),
    "ytd_q3": attrgetter("path.ytd_q3"),
    "completion_h1": attrgetter("completion_h1"),
    "lead_h1": attrgetter("lead_h1"),
    "lead_ytd_q3": attrgetter("lead_ytd_q3"),
    "comparable_growth": attrgetter("comparable_growth"),
    "locked_in": attrgetter("locked_in"),
    "pull_q3": partial(_pull, period="q3"),
    "pull_q4": partial(_pull, period="q4"),
    "required_h2": attrgetter("required.h2"),
    "required_q3": attrgetter("required.q3"),
    "required_q4": attrgetter("required.q4"),
    "required_intensity": attrgetter("required.intensity"),
    "required_intensity_q3": attrgetter("required.intensity_q3"),
    "required_intensity_q4": attrgetter("required.intensity_q4"),
    "required_ytd_q3": _required_path,
    "required_move": _move,
    "starts_missing": attrgetter("starts_missing"),
    **{f"monthly_{period}": partial(required_monthly, period=period) for period in MONTHS},
    **{f"pace_{period}": partial(required_pace, period=period) for period in MONTHS},
    **{f"amount_{period}": partial(required_amount, period=period) for period in MONTHS},
}
_PERCENT, _POINTS, _TIMES = "%", "百分点", "倍"
# points between two rates, the unit itself between amounts
_DIFFERENCES = ("shortfall", "effect", "together", "change")
_UNITS = {
    **dict.fromkeys(("completion_h1", "comparable_growth"), _PERCENT),
    **dict.fromkeys(("lead_h1", "lead_ytd_q3", "locked_in", "pull_q3", "pull_q4"), _POINTS),
    **{f"pace_{period}": _TIMES for period in MONTHS},
}


@dataclass(frozen=True)
class Leaf:
    """One number that goes into a result, its unit and its provenance;
    the source is blank for what a user supposes or enters.

    `tag` is that of the figure (printed, derived, proxy, illustrative), `entered`, `supposed` for a lever,
    or `counted`.
    """

    id: str
    value: Fraction
    unit: str
    tag: str
    source: str
    paragraph: str


@dataclass(frozen=True)
class Worked:
    """A result in `unit`: the expression it comes from, the named numbers in reading order,
    and the same in short steps.
    """

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
    number = QUANTITIES[quantity](projection)
    if number is None:
        return None
    unit = unit_of(edition, projection, quantity)
    traced = _traced(edition, scenario, as_symbol(number))
    of = shown(Outcome(edition, scenario, projection), quantity, unit, traced)
    return of if traced is number else _from_figure(of, as_symbol(number).name)


def _from_figure(of: Worked, figure_id: str) -> Worked:
    """The same where the result is a figure with a formula of its own row, whose note says why."""
    *steps, last = of.steps
    return replace(of, steps=(*steps, replace(last, formula="", figure=figure_id)))


def worked_end(edition: Edition, scenario: Scenario, indicator_id: str, end: str) -> Worked | None:
    """How the `low` or the `high` end of the band that rounding leaves was worked out;
    `None` where there is no such band.
    """
    band = rounding_band(edition, scenario, indicator_id)
    if band is None:
        return None
    there = edition_at(edition, {"low": band.at_low, "high": band.at_high}[end])
    answer = worked(there, scenario, indicator_id, band.quantity)
    return None if answer is None else _with_what_follows(edition, there, answer)


def _with_what_follows(edition: Edition, there: Edition, answer: Worked) -> Worked:
    """The same with a step for every figure that follows from printed ones and is another there than in the
    edition.
    """
    own = (edition.figures[term.id] for term in answer.leaves if term.id in edition.figures and term.source)
    follows = [figure for figure in own if figure.formula and there.figures[figure.id].value != figure.value]
    steps = [
        Step(figure.id, derivation(there, figure.id), figure.unit, figure=figure.id) for figure in follows
    ]
    terms = [
        _leaf(there, symbol, is_made=False)
        for step in steps
        for symbol in leaves(step.expression)
        if symbol.name
    ]
    return replace(
        answer, leaves=tuple(dict.fromkeys((*terms, *answer.leaves))), steps=(*steps, *answer.steps)
    )


def worked_figure(edition: Edition, figure_id: str) -> Worked | None:
    """How a figure of the edition follows from others by the formula of its own row;
    `None` for one that is not published.
    """
    figure = edition.figures[figure_id]
    if figure.value is None:
        return None
    expression = derivation(edition, figure_id)
    named = tuple(_leaf(edition, symbol, is_made=False) for symbol in leaves(expression) if symbol.name)
    return Worked(
        "figure",
        figure.unit,
        figure.value,
        expression,
        named,
        (Step("", expression, figure.unit, figure=figure_id),),
    )


def shown(outcome: Outcome, quantity: str, unit: str, result: Symbol) -> Worked:
    """A result of a projection over symbols with its named numbers, in steps."""
    edition, scenario, projection = outcome.edition, outcome.scenario, outcome.projection
    parts = _parts(edition, projection, symbols_of(edition, scenario))
    steps = steps_to(result, unit, parts, formula_of(quantity, projection.kind, result))
    return Worked(quantity, unit, result.value, result, named_in(edition, scenario, result), steps)


def _traced(edition: Edition, scenario: Scenario, symbol: Symbol) -> Symbol:
    """A figure that stands there as it is given, by the formula of its own row;
    one that the user has made has none.
    """
    is_given = symbol.name in edition.figures and scenario.as_dict().get(symbol.name) is None
    return derivation(edition, symbol.name) if is_given else symbol


def named_in(edition: Edition, scenario: Scenario, expression: Symbol) -> tuple[Leaf, ...]:
    """The named numbers of an expression, each with its provenance."""
    made = {id for id, value in scenario.values if value is not None}
    return tuple(_leaf(edition, symbol, symbol.name in made) for symbol in leaves(expression) if symbol.name)


def tag_of_leaf(edition: Edition, leaf: Leaf) -> str:
    """A leaf's tag as it is told: what is typed and has no slider is entered, a reading too."""
    lever = edition.levers.get(leaf.id)
    return "entered" if leaf.tag == "supposed" and lever is not None and lever.is_typed_alone else leaf.tag


def behind_the_year(edition: Edition, scenario: Scenario, indicator_id: str) -> tuple[Leaf, ...]:
    """The named numbers that an indicator's year and its target come from, each with its provenance;
    none where there is no year.
    """
    facts = facts_of(edition, indicator_id, symbols_of(edition, scenario))
    year, target = facts.path.full_year, facts.target
    if year is None:
        return ()
    of_target = () if target is None else named_in(edition, scenario, _traced(edition, scenario, target))
    return tuple(dict.fromkeys((*of_target, *named_in(edition, scenario, as_symbol(year)))))


def given_parts(edition: Edition, projection: Projection) -> dict[str, Part]:
    """The numbers that no lever changes, by name: last year's quarters and year, or a flow's first half."""
    path, bases = projection.path, projection.bases
    if bases is not None:
        unit = edition.figures[f"{projection.id}.base_h1"].unit
        kept = {"base_q3": bases.q3, "base_q4": bases.q4, "base_year": bases.year}
        return parts_of(kept, unit, projection.kind)
    return parts_of({"h1": path.h1}, projection.unit, projection.kind) if projection.kind.is_sum else {}


def _parts(edition: Edition, projection: Projection, numbers: Numbers) -> dict[str, Part]:
    """All numbers that have a name in a worked line: those that no lever changes, those that the form names,
    a flow's quarters, and the one value that both quarters need.
    """
    facts, kind = facts_of(edition, projection.id, numbers), projection.kind
    named = {
        name: part
        for name, (number, unit) in facts.form.named_parts(facts).items()
        for part in parts_of({name: number}, unit, kind).values()
    }
    path, required, given = projection.path, projection.required, given_parts(edition, projection)
    if projection.kind.is_sum:
        quarters = parts_of({"q3": path.q3, "q4": path.q4}, projection.unit, kind)
        unit = unit_of(edition, projection, "required_intensity")
        return given | named | quarters | parts_of({"required_both": required.intensity}, unit, kind)
    both = parts_of({"required_both": required.h2}, projection.unit, kind) if kind.is_mean else {}
    return given | named | both


def derivation(edition: Edition, figure_id: str) -> Symbol:
    """How a figure follows from the others by its own formula; one without a formula stands for itself.

    Raises `KeyError` for a figure that is not there and `ValueError` for one without a value.

    >>> from hdmodel import released_edition
    >>> target = derivation(released_edition(), "industrial_value_added.target")
    >>> infix(target, lambda symbol: plain(symbol.value))
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
    """The worked line: the expression, its names and constants written by `print_leaf`,
    and the result by `print_value`.

    >>> from hdmodel import baseline, released_edition
    >>> still = worked(edition := released_edition(), baseline(edition), "start_rate", "starts_missing")
    >>> line(still, lambda symbol: in_full(symbol.value))
    '100 × 66 ÷ 100 − (56 + 0 + 0) = 10'
    """
    return f"{infix(worked.expression, print_leaf)} = {print_value(worked.value)}"


@cached_per_edition(most=64)
def over_symbols(edition: Edition, scenario: Scenario, indicator_id: str) -> Projection:
    """The projection with a symbol in place of every number."""
    facts = facts_of(edition, indicator_id, symbols_of(edition, scenario))
    return project_indicator(facts, project(edition, scenario)[indicator_id].reach)


def symbols_of(edition: Edition, scenario: Scenario) -> dict[str, Symbol | None]:
    """Every figure, lever and entry as a symbol by its id."""
    return {
        id: None if value is None else leaf(id, value) for id, value in numbers_of(edition, scenario).items()
    }


def _figure(edition: Edition, id: str) -> Symbol:
    value = edition.figures[id].value
    if value is None:
        raise ValueError(f"no value for {id}")
    return leaf(id, value)


def _leaf(edition: Edition, symbol: Symbol, is_made: bool) -> Leaf:
    """A named number with where it is from; an entry that nobody has made is the edition's own figure."""
    figure, lever = edition.figures.get(symbol.name), edition.levers.get(symbol.name)
    if figure is not None and (lever is None or not is_made):
        return Leaf(symbol.name, symbol.value, figure.unit, figure.tag, figure.source, figure.paragraph)
    assert lever is not None, "a name of an edition is a figure's or a lever's"
    return Leaf(symbol.name, symbol.value, lever.unit, "entered" if lever.is_entry else "supposed", "", "")


def unit_of(edition: Edition, projection: Projection, quantity: str) -> str:
    """The unit of a quantity: the indicator's own, but points for what lies between two rates,
    counts for starts, and so on.
    """
    indicator, is_flow = edition.indicators[projection.id], projection.kind.is_sum
    in_lever_terms = {f"required_{field}" for field in indicator.form.required_in.values()}
    if quantity == "starts_missing" or (indicator.form.is_requirement_said and quantity in in_lever_terms):
        return edition.levers[levers_asked(edition, projection.id)[0]].unit
    if quantity in _UNITS:
        return _UNITS[quantity]
    if quantity == "required_move":
        return _TIMES if is_flow else _POINTS
    if quantity in _DIFFERENCES and projection.unit.startswith(_PERCENT):
        return _POINTS
    if quantity.startswith("amount"):
        return indicator.amount_unit
    return projection.unit
