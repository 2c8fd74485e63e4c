"""How does the arithmetic of an indicator depend on what is entered?  The model, asked over symbols once for
each set of entries that may be made together.

What the model decides by whether a number is there becomes a choice between expressions, so that a program
that knows no model (a spreadsheet) takes the right one when an entry is made. No line depends on a state.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Generic, TypeAlias, TypeVar

from hdmodel.amounts import MONTHS, monthly_of, pace_of
from hdmodel.cache import cached_per_edition
from hdmodel.edition import Edition, Lever
from hdmodel.explain.symbols import Symbol, as_symbol, leaf, leaves
from hdmodel.explain.worked_lines import QUANTITIES, unit_of
from hdmodel.facts import Facts, facts_of, merged
from hdmodel.formulas import Number
from hdmodel.paths import numbers_of
from hdmodel.projection import Projection, project_indicator, status_of
from hdmodel.required import levers_asked, lowest_asked, path_at, solve, years_at_corners
from hdmodel.scenario import Scenario, contradictions

Made: TypeAlias = frozenset[str]
Value: TypeAlias = Fraction | str | None
Case = TypeVar("Case")
PARTS = ("base_q3", "base_q4", "base_year", "brought_starts", "brought")
_FIRST = ("h1", "q3", "q4", "ytd_q3", "full_year", "amount", "target", "shortfall")
# a required path is asked for below, a move belongs to past years
_LEFT_OUT = ("required_ytd_q3", "required_move")
_A_MONTH = tuple(f"{name}_{period}" for name in ("monthly", "pace") for period in MONTHS)
_ORDER = (
    *("unit", *PARTS, *_FIRST, "reach_high", "status", "needed", "needed_in", "needed_both", "path_ytd_q3"),
    *(name for name in QUANTITIES if name not in (*_FIRST, *_LEFT_OUT)),
)
_NEVER_TOGETHER = ("said_twice", "needs_amounts")  # kinds of problem that come of which entries are made


@dataclass(frozen=True)
class Word:
    """A word that stands for itself: a unit, a status that no number decides, `h2` or `q4`."""

    key: str


@dataclass(frozen=True)
class Largest:
    """The largest of some numbers."""

    of: tuple[Symbol, ...]


@dataclass(frozen=True)
class Judged:
    """The status of a year that has a target, by the lines `shortfall`, `reach_high` and `target`."""

    has_reach: bool


@dataclass(frozen=True)
class Where:
    """A number that applies only where another line, `line`, is at least `least`; without `is_enough`, only
    where that line is above it.
    """

    symbol: Symbol
    line: str
    least: Fraction
    is_enough: bool


Content: TypeAlias = Symbol | Word | Largest | Judged | Where | None


@dataclass(frozen=True)
class Choice(Generic[Case]):
    """A choice between two contents: `made` if any of the entries is made, else `open`."""

    entries: tuple[str, ...]
    made: Case | Choice[Case]
    open: Case | Choice[Case]


@dataclass(frozen=True)
class Line:
    """A number or a word of an indicator by its name: one of `PARTS` or of `QUANTITIES`, `reach_high` (the
    highest year inside the ranges), `status`, `needed` (what has to be met from here on) and `needed_in`
    (by `h2` or `q4`), `needed_both` (one value for both quarters), `path_ytd_q3` (where that leads), `unit`.

    Its symbols are named by figure, lever, entry or an earlier line.
    """

    name: str
    content: Content | Choice[Content]
    unit: str | Choice[str]


@cached_per_edition(most=64)
def lines_of(edition: Edition, indicator: str) -> tuple[Line, ...]:
    """Every line of an indicator that applies in some case, in an order in which each follows from those
    before it.
    """
    asked = _all_cases(edition, indicator)
    there = {name for case in asked.values() for name in case.contents}
    names = [name for name in _ORDER if name in there]
    entries = entries_that_decide(edition, indicator)
    folded = {made: _folded(case.contents) for made, case in asked.items()}
    return tuple(
        Line(
            name,
            _chosen({made: folded[made].get(name) for made in asked}, entries, _key_of),
            _chosen({made: case.units.get(name, "") for made, case in asked.items()}, entries, str),
        )
        for name in names
    )


def year_over(edition: Edition, indicator: str, levers: Sequence[str]) -> Content | Choice[Content]:
    """The full year of an indicator as an expression over some levers; no line in it depends on them."""
    asked = _all_cases(edition, indicator)
    years: dict[Made, Content] = {}
    for made, case in asked.items():
        still = {
            name: content
            for name, content in case.contents.items()
            if isinstance(content, Symbol) and not {*levers} & {symbol.name for symbol in leaves(content)}
        }
        year = case.contents.get("full_year")
        years[made] = None if year is None else _folded({**still, "": year})[""]
    return _chosen(years, entries_that_decide(edition, indicator), _key_of)


def entries_that_decide(edition: Edition, indicator: str) -> tuple[str, ...]:
    """The entries and readings that change the arithmetic by being made, whatever their values are."""
    own = edition.own_levers(indicator)
    shared = {edition.levers[id].indicator for id in own} - {indicator}
    actuals = (id for owner in (*sorted(shared), indicator) for id in edition.actuals_of(owner))
    names = (*own, *edition.entries_of(indicator), *actuals, *edition.plans_of(indicator))
    return tuple(
        id for id in names if edition.levers[id].default is None or edition.levers[id].role == "actual"
    )


def values_of(edition: Edition, scenario: Scenario, indicator: str) -> dict[str, Value]:
    """What every line of an indicator says in a state, exactly; `None` where one does not apply."""
    numbers = numbers_of(edition, scenario)
    made = frozenset(id for id, value in scenario.values if value is not None)
    values: dict[str, Value] = {}

    def number(name: str) -> Fraction:
        value = values[name] if name in values else numbers[name]
        if value is None:
            raise _Blank(name)
        assert isinstance(value, Fraction), f"a line that applies is made of numbers: {name}"
        return value

    for line in lines_of(edition, indicator):
        content = case_of(line.content, made)
        is_there = not isinstance(content, Where) or _is_there(content, values.get(content.line))
        values[line.name] = _value_of(content, number) if is_there else None
    return values


def _is_there(content: Where, at: Value) -> bool:
    if not isinstance(at, Fraction):
        return False
    return at >= content.least if content.is_enough else at > content.least


def case_of(content: Case | Choice[Case], made: Made) -> Case:
    """The case for the entries that are made."""
    while isinstance(content, Choice):
        content = content.made if made.intersection(content.entries) else content.open
    return content


def _value_of(content: Content, number: Callable[[str], Fraction]) -> Value:
    match content:
        case None:
            return None
        case Word(key):
            return key
        case Largest(of):
            return max(_evaluated(part, number) for part in of)
        case Judged(has_reach):
            target = number("target")
            reach = (target, number("reach_high")) if has_reach else None
            return status_of(target - number("shortfall"), target, reach)
    symbol = content.symbol if isinstance(content, Where) else content
    try:
        return _evaluated(symbol, number)
    except (ZeroDivisionError, _Blank):
        return None


class _Blank(Exception):
    """A line on which another rests is divided by nought, and blank."""


def _evaluated(symbol: Symbol, number: Callable[[str], Fraction]) -> Fraction:
    if not symbol.operands:
        return number(symbol.name) if symbol.name else symbol.value
    left, right = (_evaluated(operand, number) for operand in symbol.operands)
    arithmetic = {
        "+": Fraction.__add__,
        "-": Fraction.__sub__,
        "*": Fraction.__mul__,
        "/": Fraction.__truediv__,
    }
    return Fraction(arithmetic[symbol.operator](left, right))


# --- the model, asked for each case


@dataclass(frozen=True)
class _Asked:
    """All lines of an indicator in one case, and their units."""

    contents: Mapping[str, Content]
    units: Mapping[str, str]


@cached_per_edition(most=64)
def _all_cases(edition: Edition, indicator: str) -> Mapping[Made, _Asked]:
    return {made: _asked(edition, indicator, made) for made in _sets_of_entries(edition, indicator)}


def _sets_of_entries(edition: Edition, indicator: str) -> Iterator[Made]:
    """Every set of deciding entries that the page takes together."""
    entries = entries_that_decide(edition, indicator)
    ways: dict[str, list[str]] = {}
    for id in entries:
        entry = edition.levers[id]
        ways.setdefault(entry.indicator if entry.role == "actual" else id, []).append(id)
    for picked in product(*(("", *way) for way in ways.values())):
        made = frozenset(id for id in picked if id)
        values = dict(_values(edition, made))
        if not any(problem.kind in _NEVER_TOGETHER for problem in contradictions(edition, values)):
            yield made


def _values(edition: Edition, made: Made) -> Iterator[tuple[str, Fraction | None]]:
    for id, lever in edition.levers.items():
        is_lever = not lever.is_entry and lever.default is not None
        yield id, _sample(lever) if id in made else lever.low if is_lever else None


def _sample(lever: Lever) -> Fraction:
    """A value for an entry that is made; a target's highest one, so that every requirement is above 0."""
    if lever.is_count:
        return lever.low + 1
    return lever.high if lever.id.endswith(".target") else lever.low + (lever.high - lever.low) / 30


def _asked(edition: Edition, id: str, made: Made) -> _Asked:
    numbers = {
        name: None if value is None else leaf(name, value)
        for name, value in merged(edition, _values(edition, made)).items()
    }
    facts = facts_of(edition, id, numbers)
    projection = project_indicator(facts, None)
    contents = {name: as_symbol(part) for name, part in _parts(facts).items() if part is not None}
    quantities = {
        name: as_symbol(number)
        for name in (*_FIRST, *QUANTITIES)
        if name not in (*_LEFT_OUT, *_A_MONTH) and (number := QUANTITIES[name](projection)) is not None
    }
    first = {name: quantities.pop(name) for name in _FIRST if name in quantities}
    all_of_them: dict[str, Content] = {
        "unit": Word(projection.unit),
        **contents,
        **first,
        **_status(facts),
        **_needed(edition, projection),
        **quantities,
        **_a_month(projection),
        **_on_target(facts),
    }
    units = {name: _unit(edition, projection, name) for name in all_of_them}
    return _Asked(all_of_them, units)


def _parts(facts: Facts) -> dict[str, Number | None]:
    """Last year's quarters, and what is known of Q3: the indicator's own, and the starts it shares."""
    edition, id, bases = facts.edition, facts.indicator.id, facts.bases
    owners = {edition.levers[name].indicator for name in edition.own_levers(id)} - {id}
    parts: dict[str, Number | None] = {}
    if bases is not None:
        parts |= {"base_q3": bases.q3, "base_q4": bases.q4, "base_year": bases.year}
    for owner in sorted(owners):
        parts["brought_starts"] = facts_of(edition, owner, facts.numbers).actual_q3
    return {**parts, "brought": facts.actual_q3}


def _status(facts: Facts) -> dict[str, Content]:
    if facts.path.full_year is None:
        return {"status": Word("unpublished")}
    corners = tuple(as_symbol(year) for year in years_at_corners(facts))
    reach: dict[str, Content] = {"reach_high": Largest(_each_once(corners))} if corners else {}
    status = Word("no_target") if facts.target is None else Judged(bool(corners))
    return {**reach, "status": status}


def _needed(edition: Edition, projection: Projection) -> dict[str, Content]:
    form, when = edition.indicators[projection.id].form, "q4" if projection.is_q3_known else "h2"
    required = (
        QUANTITIES[f"required_{form.required_in[when]}"](projection) if when in form.required_in else None
    )
    if required is None or not form.is_requirement_said:
        return {}
    return {"needed": as_symbol(required), "needed_in": Word(when)}


def _a_month(projection: Projection) -> dict[str, Content]:
    """What a requirement amounts to a month: it stands there only while something is required."""
    amounts: dict[str, Content] = {}
    for name, of in (("monthly", monthly_of), ("pace", pace_of)):
        for period in MONTHS:
            number = of(projection, period)
            if number is not None:
                where = Where(as_symbol(number), f"required_{period}", Fraction(0), is_enough=False)
                amounts[f"{name}_{period}"] = where
    return amounts


def _on_target(facts: Facts) -> dict[str, Content]:
    """One value for both quarters that lands on target, and where that leads by September."""
    edition, id = facts.edition, facts.indicator.id
    if facts.target is None or facts.path.full_year is None:
        return {}
    value = solve(facts, levers_asked(edition, id), facts.target)
    if value is None:
        return {}
    ytd: Number = path_at(facts, value).ytd_q3
    path = Where(as_symbol(ytd), "needed_both", lowest_asked(edition, id), is_enough=True)
    return {"needed_both": as_symbol(value), "path_ytd_q3": path}


def _unit(edition: Edition, projection: Projection, name: str) -> str:
    id = projection.id
    match name:
        case "unit" | "status" | "needed_in":
            return ""
        case "base_q3" | "base_q4" | "base_year":
            return edition.figures[f"{id}.base_h1"].unit
        case "brought_starts" | "needed" | "needed_both":
            role = edition.indicators[id].form.roles[-1 if name == "brought_starts" else 0]
            return edition.levers[edition.lever_ids(id, role.name)[0]].unit
        case "brought":
            is_count = edition.indicators[id].form.counts_starts
            return edition.levers[edition.own_levers(id)[0]].unit if is_count else projection.unit
        case "reach_high" | "path_ytd_q3":
            return projection.unit
    return unit_of(edition, projection, name)


# --- expressions in terms of one another


def _folded(contents: Mapping[str, Content]) -> dict[str, Content]:
    """The contents, each written in terms of the lines before it: a part that a line stands for becomes the
    name of that line.
    """
    fold = _Fold()
    short: dict[str, Content] = {}
    for name, content in contents.items():
        match content:
            case Symbol():
                short[name] = fold.short(content)
                fold.name(name, content, is_own=name in (*PARTS, *_FIRST))
            case Where(symbol, line, least, is_enough):
                short[name] = Where(fold.short(symbol), line, least, is_enough)
            case Largest(of):
                short[name] = Largest(tuple(fold.short(part) for part in of))
            case _:
                short[name] = content
    return short


class _Fold:
    """Which expressions have a name. Two expressions are the same if they were made in the same way; equal
    values do not make them the same.
    """

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}  # one number for each expression
        self._by_id: dict[int, tuple[Symbol, int]] = {}
        self._names: dict[int, str] = {}

    def name(self, name: str, symbol: Symbol, *, is_own: bool) -> None:
        """Give the expression a name; its own name replaces one that an earlier line gave it."""
        number = self._number(symbol)
        if is_own and not symbol.constant:
            self._names[number] = name
        elif symbol.operands:
            self._names.setdefault(number, name)

    def short(self, symbol: Symbol) -> Symbol:
        """The expression with its named parts written as their names."""
        name = self._names.get(self._number(symbol))
        if name is not None:
            return leaf(name, symbol.value)
        if not symbol.operands:
            return symbol
        left, right = symbol.operands
        return Symbol(symbol.value, "", symbol.operator, (self.short(left), self.short(right)))

    def _number(self, symbol: Symbol) -> int:
        if id(symbol) in self._by_id:
            return self._by_id[id(symbol)][1]
        key: Hashable = (symbol.name, None if symbol.name else symbol.value)
        if symbol.operands:
            key = (symbol.operator, *(self._number(operand) for operand in symbol.operands))
        number = self._numbers.setdefault(key, len(self._numbers))
        self._by_id[id(symbol)] = symbol, number  # held, so that its id stays its own
        return number


def _each_once(symbols: Sequence[Symbol]) -> tuple[Symbol, ...]:
    return tuple({symbol.written: symbol for symbol in symbols}.values())


def _key_of(content: Content) -> str:
    """A text that two contents share only if they are the same. Symbols cannot be compared themselves: they
    are equal if their values are.
    """
    match content:
        case Symbol():
            return content.written
        case Where(symbol, line, least, is_enough):
            return f"{symbol.written} {line} {least} {is_enough}"
        case Largest(of):
            return " ".join(part.written for part in of)
    return repr(content)


# --- from cases to choices


def _chosen(
    cases: Mapping[Made, Case], entries: Sequence[str], key: Callable[[Case], str]
) -> Case | Choice[Case]:
    """The cases as choices between what is the same whatever else is made.

    >>> both = {frozenset(): "%", frozenset("a"): "%", frozenset("b"): "%", frozenset("ab"): "yuan"}
    >>> _chosen(both, ["a", "b"], str)
    Choice(entries=('a',), made=Choice(entries=('b',), made='yuan', open='%'), open='%')
    """
    for at, entry in enumerate(entries):
        if not _matters(cases, entry, key):
            cases = {made - {entry}: case for made, case in cases.items()}
            continue
        rest = entries[at + 1 :]
        made, still = (
            {made - {entry}: case for made, case in cases.items() if (entry in made) is is_made}
            for is_made in (True, False)
        )
        return _either(entry, _chosen(made, rest, key), _chosen(still, rest, key), key)
    return next(iter(cases.values()))


def _either(
    entry: str, made: Case | Choice[Case], still: Case | Choice[Case], key: Callable[[Case], str]
) -> Choice[Case]:
    """The choice by one more entry: where it leads to the same as the next one does, by either."""
    if isinstance(still, Choice) and _whole_key(made, key) == _whole_key(still.made, key):
        return Choice((entry, *still.entries), made, still.open)
    return Choice((entry,), made, still)


def _whole_key(content: Case | Choice[Case], key: Callable[[Case], str]) -> str:
    if not isinstance(content, Choice):
        return key(content)
    return f"{content.entries} {_whole_key(content.made, key)} {_whole_key(content.open, key)}"


def _matters(cases: Mapping[Made, Case], entry: str, key: Callable[[Case], str]) -> bool:
    """Whether two cases differ that only this entry sets apart."""
    return any(
        entry in made and made - {entry} in cases and key(case) != key(cases[made - {entry}])
        for made, case in cases.items()
    )
