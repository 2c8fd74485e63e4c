"""Which number of the page do some words mean?  A few words name a quantity and its state,
and nothing else is believed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hdmodel import BadInput, Edition, PageState, Problem, Scenario, baseline, change, project
from hdmodel.edition import Indicator
from hdmodel.explain.change import worked_change
from hdmodel.explain.crossing import Exchange, worked_crossing, worked_trade_off
from hdmodel.explain.ledger import COVERED, ToCome, worked_coverage
from hdmodel.explain.past_years import FREQUENCIES, worked_frequency, worked_move
from hdmodel.explain.worked_lines import QUANTITIES, Worked, worked, worked_end, worked_figure
from hdmodel.ledger import Ledger, carried_indicator, quarters_left
from hdmodel.links.plans import SLOTS
from hdmodel.numbers import plain
from hdmodel.past_years import Year, far_enough, needed
from hdmodel.projection import outcome_of
from hdmodel.reasons import Transition
from hdmodel.scenario import baseline_with_entries_of
from ui.session import history, state, visit_ledger


@dataclass(frozen=True)
class StateInQuestion:
    """A state by its name, and the levers set otherwise in it; once it is read, also what is supposed in all.

    Without a name it is the present one. The names are `now`, `before` (the last move), `baseline`,
    `entered` (the baseline with the present entries), `opened` (as the visitor came) and those of the plans.
    """

    key: str = ""
    settings: tuple[tuple[str, Fraction], ...] = ()
    supposed: Scenario | None = field(default=None, compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """As a question writes it."""
        return (self.key, *(f"{lever}={plain(value)}" for lever, value in self.settings))

    @property
    def otherwise(self) -> tuple[str, ...]:
        """The levers that are set otherwise."""
        return tuple(lever for lever, _ in self.settings)

    @property
    def scenario(self) -> Scenario:
        """What is supposed in all."""
        assert self.supposed is not None, "a state that was read"
        return self.supposed


PRESENT, NOW = StateInQuestion(), StateInQuestion("now")


def where(key: str, values: Mapping[str, Fraction]) -> StateInQuestion:
    """A state with some levers set otherwise, to ask about."""
    return StateInQuestion(key, tuple(values.items()))


@dataclass(frozen=True)
class Question:
    """A number of an indicator, blank for one of the edition at large.

    A number on the page is made with its question, which writes itself in `words`; `read` gives it back, with
    what it is worked out from. `answer` says how, and is `None` where there is no such number at present.
    """

    indicator: str

    @property
    def words(self) -> tuple[str, ...]:
        raise NotImplementedError

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        """The question of this kind that some words ask; `None` for words of another kind.

        Raises `BadInput` for a state that is not kept or a value that no lever takes.
        """
        raise NotImplementedError

    def answer(self, edition: Edition) -> Worked | None:
        raise NotImplementedError


@dataclass(frozen=True)
class Quantity(Question):
    """One of `QUANTITIES` in a state: INDICATOR QUANTITY, or with a STATE and each LEVER=VALUE in it."""

    quantity: str
    state: StateInQuestion = PRESENT

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, self.quantity, *(() if self.state == PRESENT else self.state.words))

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, quantity] if quantity in QUANTITIES:
                return Quantity(indicator, quantity, replace(supposed(opened, "now"), key=""))
            case [indicator, quantity, key, *settings] if quantity in QUANTITIES:
                return Quantity(indicator, quantity, supposed(opened, key, settings))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        return worked(edition, self.state.scenario, self.indicator, self.quantity)


@dataclass(frozen=True)
class Given(Question):
    """A figure of the edition, as published or as it follows from others: `figure` ID."""

    figure: str

    @property
    def words(self) -> tuple[str, ...]:
        return ("figure", self.figure)

    @staticmethod
    def of(edition: Edition, id: str) -> Given:
        """The question for a figure, of the indicator that owns it."""
        owner = id.rpartition(".")[0]
        return Given(owner if owner in edition.indicators else "", id)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case ["figure", id] if id in opened.edition.figures:
                return Given.of(opened.edition, id)
        return None

    def answer(self, edition: Edition) -> Worked | None:
        return worked_figure(edition, self.figure)


@dataclass(frozen=True)
class Rounding(Question):
    """The `low` or the `high` end of what the rounding of printed figures leaves open:
    INDICATOR `rounding` END STATE.
    """

    end: str
    state: StateInQuestion = NOW

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, "rounding", self.end, self.state.key)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, "rounding", ("low" | "high") as end, key]:
                return Rounding(indicator, end, supposed(opened, key))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        return worked_end(edition, self.state.scenario, self.indicator, self.end)


@dataclass(frozen=True)
class Crossing(Question):
    """The value of a lever at which the year lands on target:
    INDICATOR `crossing` STATE LEVER, and each LEVER=VALUE.
    """

    lever: str
    state: StateInQuestion = NOW

    @property
    def words(self) -> tuple[str, ...]:
        key, *settings = self.state.words
        return (self.indicator, "crossing", key, self.lever, *settings)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, "crossing", key, lever, *settings] if lever in _levers(opened, indicator):
                return Crossing(indicator, lever, supposed(opened, key, settings))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        return worked_crossing(edition, self.state.scenario, self.indicator, self.lever)


@dataclass(frozen=True)
class TradeOff(Question):
    """How much less of a lever lands on target for each unit more of the other:
    INDICATOR `trade_off` STATE LEVER OTHER.
    """

    lever: str
    other: str
    state: StateInQuestion = NOW

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, "trade_off", self.state.key, self.lever, self.other)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, "trade_off", key, lever, other] if lever != other:
                if {lever, other} <= {*_levers(opened, indicator)}:
                    return TradeOff(indicator, lever, other, supposed(opened, key))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        return worked_trade_off(
            edition, self.state.scenario, self.indicator, Exchange(self.lever, self.other)
        )


@dataclass(frozen=True)
class Change(Question):
    """One of `CHANGES` from a state to another; an effect is that of a lever:
    INDICATOR QUANTITY STATE STATE, or with a LEVER.
    """

    quantity: str
    since: StateInQuestion
    state: StateInQuestion = NOW
    lever: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        lever = (self.lever,) if self.lever else ()
        return (self.indicator, self.quantity, self.since.key, self.state.key, *lever)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, "effect", since, key, lever] if lever in opened.edition.levers:
                return Change(indicator, "effect", supposed(opened, since), supposed(opened, key), lever)
            case [indicator, ("together" | "change") as quantity, since, key]:
                return Change(indicator, quantity, supposed(opened, since), supposed(opened, key))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        transition = Transition(edition, self.since.scenario, self.state.scenario, self.indicator)
        return worked_change(transition, self.quantity, self.lever)


@dataclass(frozen=True)
class Move(Question):
    """How far the second half moved one of the visitor's past years: INDICATOR `year` YEAR."""

    year: Year

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, "year", str(self.year.year))

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, "year", year]:
                years = state.own_years(indicator)[1]
                return next((Move(indicator, past) for past in years if str(past.year) == year), None)
        return None

    def answer(self, edition: Edition) -> Worked | None:
        indicator = edition.indicators[self.indicator]
        return worked_move(indicator.kind, typed_in(indicator), self.year)


@dataclass(frozen=True)
class Frequency(Question):
    """One of `FREQUENCIES` among the visitor's past years, held against the move that is needed now:
    INDICATOR QUANTITY.
    """

    quantity: str
    years: tuple[Year, ...]
    need: Fraction | None

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, self.quantity)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        match words:
            case [indicator, quantity] if quantity in FREQUENCIES:
                now = project(opened.edition, opened.scenario)[indicator]
                need = needed(now.kind, now.path.h1, now.target)
                years = state.own_years(indicator)[1]
                return Frequency(indicator, quantity, years, need) if years else None
        return None

    def answer(self, edition: Edition) -> Worked | None:
        if self.need is None:
            return None
        reached = far_enough(edition.indicators[self.indicator].kind, self.years, self.need)
        return worked_frequency(len(reached), len(self.years), self.quantity)


@dataclass(frozen=True)
class Covered(Question):
    """One of `COVERED`: what the visitor's ledger is held against, at present: INDICATOR QUANTITY.

    Once it is read it holds the ledger, and the quarters that are left.
    """

    quantity: str
    ledger: Ledger | None = field(default=None, compare=False)
    quarters: tuple[str, ...] = field(default=(), compare=False)
    state: StateInQuestion = NOW

    @property
    def words(self) -> tuple[str, ...]:
        return (self.indicator, self.quantity)

    @staticmethod
    def read(opened: PageState, words: Sequence[str]) -> Question | None:
        carried = carried_indicator(opened.edition, opened.ledger)
        match words:
            case [indicator, quantity] if quantity in COVERED and carried and carried.id == indicator:
                ledger = visit_ledger.held(opened.edition, opened.language).ledger
                quarters = quarters_left(opened.edition, indicator, opened.scenario)
                return Covered(indicator, quantity, ledger, quarters, supposed(opened, "now"))
        return None

    def answer(self, edition: Edition) -> Worked | None:
        assert self.ledger is not None, "a question that was read"
        outcome = outcome_of(edition, self.state.scenario, self.indicator)
        return worked_coverage(outcome, ToCome(self.ledger, self.quarters), self.quantity)


KINDS: tuple[type[Question], ...] = (
    Given,
    Quantity,
    Rounding,
    Crossing,
    TradeOff,
    Change,
    Move,
    Frequency,
    Covered,
)


def _levers(opened: PageState, indicator: str) -> Collection[str]:
    return opened.edition.own_levers(indicator)


def typed_in(indicator: Indicator) -> str:
    """The unit in which past years are typed: a flow's own amounts,
    even while this year is reckoned in % of its target.
    """
    return indicator.amount_unit if indicator.kind.is_sum and indicator.amount_unit else indicator.unit


def read(opened: PageState, words: Sequence[str]) -> Question | None:
    """What some words ask for; `None` where they name nothing of this edition, no state that is kept,
    or no value a lever takes.
    """
    if len(words) < 2:
        return None
    kinds = KINDS if words[0] in opened.edition.indicators else (Given,)
    try:
        return next((question for kind in kinds if (question := kind.read(opened, words))), None)
    except BadInput:
        return None


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
    scenario = change(opened.edition, states[key], pairs)
    values = scenario.as_dict()
    return StateInQuestion(key, tuple((name, Fraction(values[name] or 0)) for name, _ in pairs), scenario)
