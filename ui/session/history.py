"""What was done so far?  Every state this visitor has made, the way back and forth through them, and the log.

The log only grows: what undo leaves behind, or a reset, or a plan that is cleared,
can be come back to from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from hdmodel import Edition, PageState, Scenario, baseline
from hdmodel.links.plans import Plans
from ui.session import keys, state

_ONE_MOVE = timedelta(seconds=2)  # presses on one lever that follow each other faster are one move
MOST_MOMENTS = 1_000


@dataclass(frozen=True)
class Moment:
    """One state: what was supposed and which plans were kept, since when, and whether it carries a star.

    `after` is the place in the log of the state that it was made from, `None` for the first,
    or where that is forgotten.
    """

    since: datetime
    scenario: Scenario
    plans: Plans
    is_starred: bool = False
    after: int | None = None

    def is_same(self, other: Moment) -> bool:
        return (self.scenario, self.plans) == (other.scenario, other.plans)


@dataclass
class History:
    """The log, and the places in it: the present one, those to go back to, and those to go forth to."""

    log: list[Moment]
    now: int = 0
    past: list[int] = field(default_factory=list)
    future: list[int] = field(default_factory=list)

    @property
    def present(self) -> Moment:
        return self.log[self.now]

    def record(self, moment: Moment) -> None:
        """Take a new state into the log, unless it is the present one;
        a slider that is still on its way stays one move.
        """
        if moment.is_same(self.present):
            return
        if self._goes_on(moment):
            self.log[self.now] = replace(moment, after=self.present.after)
            return
        self.log.append(replace(moment, after=self.now))
        self.past.append(self.now)
        self.now, self.future = len(self.log) - 1, []
        self._forget_oldest()

    def undo(self) -> Moment | None:
        """One move back; `None` at the beginning."""
        return self._step(self.past, self.future)

    def redo(self) -> Moment | None:
        """One move forth again; `None` where nothing was undone."""
        return self._step(self.future, self.past)

    def star(self, index: int) -> None:
        """Give a moment a star, or take it back."""
        self.log[index] = replace(self.log[index], is_starred=not self.log[index].is_starred)

    def _step(self, source: list[int], behind: list[int]) -> Moment | None:
        if not source:
            return None
        behind.append(self.now)
        self.now = source.pop()
        return self.present

    def _goes_on(self, moment: Moment) -> bool:
        if not self.past or self.future or self.now != len(self.log) - 1 or self.present.is_starred:
            return False
        before, last = self.log[self.past[-1]], self.present
        levers = moved(last.scenario, moment.scenario)
        is_one_lever = len(levers) == 1 and levers == moved(before.scenario, last.scenario) == moved(
            before.scenario, moment.scenario
        )
        return (
            is_one_lever
            and before.plans == last.plans == moment.plans
            and moment.since - last.since < _ONE_MOVE
        )

    def _forget_oldest(self) -> None:
        """Keep the log to a length that no meeting reaches."""
        surplus = len(self.log) - MOST_MOMENTS
        if surplus > 0:
            shorter = self.without_oldest(surplus)
            self.log, self.now, self.past = shorter.log, shorter.now, shorter.past

    def without_oldest(self, count: int) -> History:
        """The history without its first moments; the present one is never among them."""
        gone = max(0, min(count, self.now))
        return History(
            [replace(moment, after=_shifted(moment.after, gone)) for moment in self.log[gone:]],
            self.now - gone,
            [index - gone for index in self.past if index >= gone],
            [index - gone for index in self.future if index >= gone],
        )


def _shifted(index: int | None, by: int) -> int | None:
    return None if index is None or index < by else index - by


def moved(before: Scenario, after: Scenario) -> list[str]:
    """The levers and entries in which two scenarios differ."""
    old = before.as_dict()
    return [id for id, value in after.values if old[id] != value]


def history() -> History:
    """This visitor's history, which begins with what the address opened."""
    if keys.HISTORY not in st.session_state:
        opened = state.as_opened()
        st.session_state[keys.HISTORY] = History([_moment(opened)])
    return st.session_state[keys.HISTORY]


def before_last() -> Scenario | None:
    """What was supposed before the last move; `None` where there is none to take back."""
    past = history()
    return past.log[past.past[-1]].scenario if past.past else None


def began_as_baseline() -> bool:
    """Whether nothing had been supposed or kept when the page was opened."""
    opened = state.as_opened()
    return opened.scenario == baseline(opened.edition) and not any(opened.plans)


def record(opened: PageState) -> None:
    """Take the state of this run into the history."""
    history().record(_moment(opened))


def undo(edition: Edition) -> bool:
    """One move back; whether there was one (in a widget's callback)."""
    return _go(edition, _up_to_date().undo())


def redo(edition: Edition) -> bool:
    """One move forth again; whether one had been undone (in a widget's callback)."""
    return _go(edition, _up_to_date().redo())


def come_back(edition: Edition, index: int) -> None:
    """Return to a moment of the log, as a new move."""
    _go(edition, history().log[index])


def reset_to_baseline(edition: Edition) -> None:
    """Every lever at its default and every entry blank; plans stay (a widget's callback)."""
    state.put_state(edition, baseline(edition), _up_to_date().present.plans)


def reset_to_opened(edition: Edition) -> None:
    """What the address opened; plans that were kept since stay (a widget's callback)."""
    state.put_state(edition, state.as_opened().scenario, _up_to_date().present.plans)


def _up_to_date() -> History:
    """The history with what came together with a click in it:
    a lever that moved at the same moment is a move of its own.
    """
    record(state.current())
    return history()


def _go(edition: Edition, moment: Moment | None) -> bool:
    if moment is None:
        return False
    state.put_state(edition, moment.scenario, moment.plans)
    return True


def _moment(opened: PageState) -> Moment:
    return Moment(datetime.now(UTC), opened.scenario, opened.plans)
