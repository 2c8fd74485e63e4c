"""Which number of the page do some words mean?  A few words name a quantity and its state,
and nothing else is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import BadInput, Edition, PageState, Problem, Scenario, baseline, change, project
from hdmodel.edition import Indicator
from hdmodel.explain.change import worked_change
from hdmodel.explain.crossing import worked_crossing, worked_trade_off
from hdmodel.explain.ledger import COVERED, worked_coverage
from hdmodel.explain.past_years import FREQUENCIES, worked_frequency, worked_move
from hdmodel.explain.worked_lines import QUANTITIES, Worked, worked, worked_end, worked_figure
from hdmodel.ledger import Ledger, carried_indicator, quarters_left
from hdmodel.links.plans import SLOTS
from hdmodel.past_years import Year, far_enough, needed
from hdmodel.scenario import baseline_with_entries_of
from ui.session import history, state, visit_ledger


@dataclass(frozen=True)
class StateInQuestion:
    """A state by its name, the levers set otherwise in it, and what is supposed in all.

    The names are `now`, `before` (the last move), `baseline`,
    `entered` (the baseline with the present entries), `opened` (as the visitor came) and those of the plans.
    """

    key: str
    otherwise: tuple[str, ...]
    scenario: Scenario


@dataclass(frozen=True)
class Question:
    """A number of an indicator, blank for one of the edition at large.

    `answer` says how it was worked out, and is `None` where there is no such number at present.
    """

    indicator: str

    def answer(self, edition: Edition) -> Worked | None:
        raise NotImplementedError


@dataclass(frozen=True)
class Quantity(Question):
    """One of `QUANTITIES` in a state."""

    quantity: str
    state: StateInQuestion

    def answer(self, edition: Edition) -> Worked | None:
        return worked(edition, self.state.scenario, self.indicator, self.quantity)


@dataclass(frozen=True)
class Given(Question):
    """A figure of the edition, as published or as it follows from others."""

    figure: str

    def answer(self, edition: Edition) -> Worked | None:
        return worked_figure(edition, self.figure)


@dataclass(frozen=True)
class Rounding(Question):
    """The `low` or the `high` end of what the rounding of printed figures leaves open."""

    end: str
    state: StateInQuestion

    def answer(self, edition: Edition) -> Worked | None:
        return worked_end(edition, self.state.scenario, self.indicator, self.end)


@dataclass(frozen=True)
class Crossing(Question):
    """The value of a lever at which the year lands on target."""

    lever: str
    state: StateInQuestion

    def answer(self, edition: Edition) -> Worked | None:
        return worked_crossing(edition, self.state.scenario, self.indicator, self.lever)


@dataclass(frozen=True)
class TradeOff(Question):
    """How much less of a lever lands on target for each unit more of the other."""

    lever: str
    other: str
    state: StateInQuestion

    def answer(self, edition: Edition) -> Worked | None:
        return worked_trade_off(edition, self.state.scenario, self.indicator, self.lever, self.other)


@dataclass(frozen=True)
class Change(Question):
    """One of `CHANGES` from a state to another; an effect is that of a lever."""

    quantity: str
    since: StateInQuestion
    state: StateInQuestion
    lever: str = ""

    def answer(self, edition: Edition) -> Worked | None:
        return worked_change(
            edition, self.since.scenario, self.state.scenario, self.indicator, self.quantity, self.lever
        )


@dataclass(frozen=True)
class Move(Question):
    """How far the second half moved one of the visitor's past years."""

    year: Year

    def answer(self, edition: Edition) -> Worked | None:
        indicator = edition.indicators[self.indicator]
        return worked_move(indicator.kind, typed_in(indicator), self.year)


@dataclass(frozen=True)
class Frequency(Question):
    """One of `FREQUENCIES` among the visitor's past years, held against the move that is needed now."""

    quantity: str
    years: tuple[Year, ...]
    need: Fraction | None

    def answer(self, edition: Edition) -> Worked | None:
        if self.need is None:
            return None
        reached = far_enough(edition.indicators[self.indicator].kind, self.years, self.need)
        return worked_frequency(len(reached), len(self.years), self.quantity)


@dataclass(frozen=True)
class Covered(Question):
    """One of `COVERED`: what the visitor's ledger is held against, at present."""

    quantity: str
    ledger: Ledger
    quarters: tuple[str, ...]
    state: StateInQuestion

    def answer(self, edition: Edition) -> Worked | None:
        return worked_coverage(
            edition, self.state.scenario, self.indicator, self.ledger, self.quarters, self.quantity
        )


def typed_in(indicator: Indicator) -> str:
    """The unit in which past years are typed: a flow's own amounts,
    even while this year is reckoned in % of its target.
    """
    return indicator.amount_unit if indicator.kind == "flow" and indicator.amount_unit else indicator.unit


def read(opened: PageState, words: Sequence[str]) -> Question | None:
    """What some words ask for; `None` where they name nothing of this edition, no state that is kept,
    or no value a lever takes.

    INDICATOR QUANTITY, of the present state, or with a STATE and each LEVER=VALUE set otherwise in it;
    INDICATOR rounding low or high STATE; INDICATOR crossing STATE LEVER, and LEVER=VALUE; INDICATOR trade_off
    STATE LEVER OTHER; INDICATOR change or together STATE STATE; INDICATOR effect STATE STATE LEVER; and of
    the visitor's past years INDICATOR year YEAR, INDICATOR with one of `FREQUENCIES`; INDICATOR with one of
    `COVERED`;
    figure and its id.
    """
    match words:
        case ["figure", id] if id in opened.edition.figures:
            owner = id.rpartition(".")[0]
            return Given(owner if owner in opened.edition.indicators else "", id)
    if len(words) < 2 or words[0] not in opened.edition.indicators:
        return None
    try:
        return (
            _of_past_years(opened, *words) if len(words) <= 3 and words[1] in _PAST else _read(opened, words)
        )
    except BadInput:
        return None


_PAST = ("year", *FREQUENCIES)


def _read(opened: PageState, words: Sequence[str]) -> Question | None:
    """The question that is meant; raises `BadInput` for a state that is not kept or a value that no lever
    takes.
    """
    levers = opened.edition.own_levers(words[0])
    match words:
        case [indicator, quantity] if quantity in QUANTITIES:
            return Quantity(indicator, quantity, supposed(opened, "now"))
        case [indicator, quantity, key, *settings] if quantity in QUANTITIES:
            return Quantity(indicator, quantity, supposed(opened, key, settings))
        case [indicator, quantity] if quantity in COVERED:
            return _of_ledger(opened, indicator, quantity)
        case [indicator, "rounding", ("low" | "high") as end, key]:
            return Rounding(indicator, end, supposed(opened, key))
        case [indicator, "crossing", key, lever, *settings] if lever in levers:
            return Crossing(indicator, lever, supposed(opened, key, settings))
        case [indicator, "trade_off", key, lever, other] if {lever, other} <= {*levers} and lever != other:
            return TradeOff(indicator, lever, other, supposed(opened, key))
        case [indicator, "effect", since, key, lever] if lever in opened.edition.levers:
            return Change(indicator, "effect", supposed(opened, since), supposed(opened, key), lever)
        case [indicator, ("together" | "change") as quantity, since, key]:
            return Change(indicator, quantity, supposed(opened, since), supposed(opened, key))
    return None


def _of_ledger(opened: PageState, indicator: str, quantity: str) -> Question | None:
    carried = carried_indicator(opened.edition)
    if carried is None or carried.id != indicator:
        return None
    ledger = visit_ledger.held(opened.edition, opened.language).ledger
    quarters = quarters_left(opened.edition, indicator, opened.scenario)
    return Covered(indicator, quantity, ledger, quarters, supposed(opened, "now"))


def _of_past_years(opened: PageState, indicator: str, quantity: str, year: str = "") -> Question | None:
    years = state.own_years(indicator)[1]
    if quantity == "year":
        return next((Move(indicator, one) for one in years if str(one.year) == year), None)
    now = project(opened.edition, opened.scenario)[indicator]
    return (
        None
        if year or not years
        else Frequency(indicator, quantity, years, needed(now.kind, now.path.h1, now.target))
    )


def supposed(opened: PageState, key: str, settings: Sequence[str] = ()) -> StateInQuestion:
    """The state of that name with some levers set otherwise, checked as a link's are;
    raises `BadInput` for anything else.
    """
    states = {
        "now": opened.scenario,
        "baseline": baseline(opened.edition),
        "opened": state.as_opened().scenario,
    }
    states["entered"] = baseline_with_entries_of(opened.edition, opened.scenario)
    states |= {
        slot: plan.scenario for slot, plan in zip(SLOTS, opened.plans, strict=True) if plan is not None
    }
    before = history.before_last() if key == "before" else None
    states |= {} if before is None else {"before": before}
    pairs = [(name, value) for name, _, value in (setting.partition("=") for setting in settings)]
    if key not in states or not all(value for _, value in pairs):
        raise BadInput([Problem("malformed", "state", " ".join((key, *settings)), ", ".join(states))])
    return StateInQuestion(key, tuple(name for name, _ in pairs), change(opened.edition, states[key], pairs))
