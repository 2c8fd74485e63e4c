"""What is given before any quarter is reckoned?  Numbers by id, the target, what Q3 has brought,
and which levers that leaves at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hdmodel import formulas as f
from hdmodel.cache import once
from hdmodel.edition import Edition, Indicator, Lever
from hdmodel.form import Form, Numbers, Role
from hdmodel.formulas import Number

if TYPE_CHECKING:
    from hdmodel.paths import Path


@dataclass(frozen=True)
class Bases:
    """Last year's values (上年基数) that weigh a growth rate, all in one unit."""

    h1: Number
    q3: Number
    q4: Number

    @property
    def year(self) -> Number:
        return f.year_amount(self.h1, self.q3, self.q4)


@dataclass(frozen=True)
class Facts:
    """The facts of one indicator in a state, over any kind of number; each is worked out once.

    `numbers` has every figure, lever and entry of the edition by id.
    """

    edition: Edition
    indicator: Indicator
    numbers: Numbers

    @property
    def form(self) -> Form:
        return self.indicator.form

    def number(self, name: str) -> Number | None:
        """A figure or an entry of the indicator by its short name: `n_h1`; `None` where there is none."""
        return self.numbers.get(f"{self.indicator.id}.{name}")

    @once
    def h1(self) -> Number | None:
        """What the first half brought, in the unit of the year."""
        return self.form.h1(self)

    @once
    def target(self) -> Number | None:
        """The annual target in the unit of the year; `None` while none is known."""
        return self.form.target(self)

    @once
    def bases(self) -> Bases | None:
        """Last year's values that weigh the year; `None` where none do."""
        return self.form.bases(self)

    @once
    def actual_q3(self) -> Number | None:
        """What Q3 alone (当季) did bring: a growth rate in %, a flow's amount in its unit, projects started;
        `None` while it is open.
        """
        return self.form.actual_q3(self)

    @once
    def path(self) -> Path:
        """Where the year goes, quarter by quarter."""
        return self.form.path(self)

    @property
    def is_q3_known(self) -> bool:
        """Whether it is a fact what Q3 brought."""
        return self.actual_q3 is not None

    def in_both_quarters(self, role: Role) -> tuple[Number, Number]:
        """The levers of a role, Q3 and Q4; where what the third brought is said in a lever's terms,
        that stands in its place.
        """
        q3, q4 = self.edition.lever_ids(self.indicator.id, role.name)
        owner = facts_of(self.edition, self.edition.levers[q3].indicator, self.numbers)
        is_said = owner.form.takes_the_place_of == role.name and owner.is_q3_known
        return owner.actual_q3 if is_said else self.numbers[q3], self.numbers[q4]

    def with_numbers(self, numbers: Mapping[str, Number | None]) -> Facts:
        """The same with some numbers at other values."""
        return replace(self, numbers={**self.numbers, **numbers})

    def with_levers(self, values: Mapping[str, Number]) -> Facts:
        """The same with levers at other values; one in whose place stands what a ledger plans
        takes its quarter back.
        """
        levers = (self.edition.levers[id] for id in values)
        freed = {
            f"{lever.indicator}.planned_{lever.quarter}": None
            for lever in levers
            if (owner := self.edition.indicators.get(lever.indicator))
            and owner.form.planned_in_place_of == lever.role
        }
        return self.with_numbers({**freed, **values})


def facts_of(edition: Edition, indicator: str, numbers: Numbers) -> Facts:
    """The facts of an indicator among all the numbers of a state."""
    return Facts(edition, edition.indicators[indicator], numbers)


def merged(
    edition: Edition,
    values: Iterable[tuple[str, Fraction | None]],
    figures: Mapping[str, Fraction | None] | None = None,
) -> dict[str, Number | None]:
    """Every figure, lever and entry by id; an entry that has a value stands before the figure of the same id.

    What Q3 brought is said in one way only: one that is entered stands before any that the edition prints.
    `figures` are the values to take instead of the edition's own.
    """
    given = {id: figure.value for id, figure in edition.figures.items()} if figures is None else figures
    pairs = list(values)
    entered = {id: value for id, value in pairs if value is not None or id not in given}
    return {**given, **entered, **dict.fromkeys(said_otherwise(edition, pairs))}


def said_otherwise(edition: Edition, values: Iterable[tuple[str, Fraction | None]]) -> set[str]:
    """The ways of saying what Q3 brought that do not count, since another one is entered."""
    entered = {id for id, value in values if value is not None}
    ways = (edition.actuals_of(id) for id in edition.indicators)
    return {id for way in ways if entered.intersection(way) for id in way if id not in entered}


def made_among(values: Mapping[str, Fraction | None], names: Iterable[str]) -> dict[str, Fraction]:
    """Those of some entries that somebody has made."""
    return {name: value for name in names if (value := values.get(name)) is not None}


def settled_levers(edition: Edition, numbers: Numbers) -> frozenset[str]:
    """The levers that stand for nothing any more: Q3 is known, or a ledger says what the quarter brings."""
    of_all = (facts_of(edition, id, numbers) for id in edition.indicators)
    return frozenset().union(*(facts.form.settled(facts) for facts in of_all))


def levers_at_work(facts: Facts) -> tuple[str, ...]:
    """The indicator's own levers that still move its year; starts move no quarter whose amount is settled."""
    settled = settled_levers(facts.edition, facts.numbers)
    idle = settled | facts.form.idle(facts, settled)
    return tuple(id for id in facts.edition.own_levers(facts.indicator.id) if id not in idle)


def starts_settled(edition: Edition, lever: Lever, numbers: Numbers) -> Number:
    """The projects that are known to have started in Q3:
    they take up room under the joint limit of a lever's indicator.
    """
    facts = facts_of(edition, lever.indicator, numbers)
    if not facts.form.counts_starts or facts.actual_q3 is None:
        return Fraction(0)
    return facts.actual_q3
