"""Which ledger does this visitor hold, and does it drive the year?  Kept for the visit only,
every change can be taken back.

What is held are rows as they were typed, so that nothing is lost while a row is still at fault. The editor is
given a table that stays the same (`base`) while it reports what was changed in it: only a replaced ledger, or
one that comes back into sight, gives it a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import streamlit as st

from hdmodel import Edition, PageState, Problem, project
from hdmodel.ledger import UNIT, Ledger, carried_indicator, plan_entries
from hdmodel.reading.ledger import Sifted, named_projects, sift_lines
from hdmodel.reading.ledger_columns import AMOUNTS, COLUMNS, Cells, Line
from hdmodel.reading.ledger_units import decimal
from ui.session import keys, state

TABLE = "ledger"  # what faults call the ledger on the page


@dataclass(frozen=True)
class VisitLedger:
    """The rows the editor was given, and as they are now with their places;
    what they were before the last change. It is waiting where it drove the year until a change
    took its plan away: it drives again with the change that gives it one.
    """

    base: tuple[Cells, ...]
    lines: tuple[Line, ...]
    sifted: Sifted
    before: tuple[Cells, ...] | None = None
    generation: int = 0
    is_waiting: bool = False

    @property
    def cells(self) -> tuple[Cells, ...]:
        return tuple(cells for _, cells in self.lines)

    @property
    def ledger(self) -> Ledger:
        return self.sifted.ledger


@dataclass(frozen=True)
class Refused:
    """What could not be taken into the ledger: where it came from, and every fault."""

    source: str
    problems: tuple[Problem, ...] = field(default=())


def held(edition: Edition, language: str) -> VisitLedger:
    """The visitor's ledger; until it is touched, the projects that the edition names."""
    kept: dict[str, VisitLedger] = st.session_state.get(keys.LEDGERS, {})
    return kept.get(edition.id) or _fresh(named_projects(edition.projects, language))


def of_ones_own() -> Mapping[str, VisitLedger]:
    """The visitor's ledgers by edition; one that is only what the edition names is not among them."""
    kept: Mapping[str, VisitLedger] = st.session_state.get(keys.LEDGERS, {})
    return kept


def rows_of_ones_own() -> int:
    """How many rows the visitor's ledgers have, those of editions that were left included."""
    return sum(len(kept.lines) for kept in of_ones_own().values())


def drives_the_year(opened: PageState) -> bool:
    """Whether the visitor's ledger of this edition drives the year."""
    kept = of_ones_own().get(opened.edition.id)
    return kept is not None and is_driving(opened, kept.ledger)


def put_back(ledgers: Mapping[str, tuple[Sequence[Cells], bool]]) -> None:
    """Put these ledgers in the place of all there are (in a widget's callback): the rows of each by edition,
    and whether it is waiting.
    """
    old = of_ones_own()
    st.session_state[keys.LEDGERS] = {
        edition: replace(
            _fresh(tuple(rows)),
            generation=old[edition].generation + 1 if edition in old else 0,
            is_waiting=is_waiting,
        )
        for edition, (rows, is_waiting) in ledgers.items()
    }


def take(opened: PageState, cells: Sequence[Cells]) -> None:
    """Put other rows in the place of the ledger (in a widget's callback)."""
    old = held(opened.edition, opened.language)
    new = replace(_fresh(tuple(cells)), before=old.cells, generation=old.generation + 1)
    _keep(opened, old, new)


def take_back(opened: PageState) -> None:
    """The ledger as it was before its last change; done twice,
    the change is there again (a widget's callback).
    """
    before = held(opened.edition, opened.language).before
    if before is not None:
        take(opened, before)


def edited(opened: PageState) -> None:
    """Take over what was changed in the editor (its callback)."""
    old = held(opened.edition, opened.language)
    lines = with_edits(old.base, st.session_state[editor_key(opened, old)])
    if lines != old.lines:
        _keep(opened, old, replace(old, lines=lines, sifted=sift_lines(TABLE, lines), before=old.cells))


def for_editor(opened: PageState) -> VisitLedger:
    """The ledger, with a new table for an editor that was out of sight and has forgotten what was changed in
    it.
    """
    now = held(opened.edition, opened.language)
    if now.cells != now.base and editor_key(opened, now) not in st.session_state:
        now = replace(_fresh(now.cells), before=now.before, generation=now.generation + 1)
        st.session_state[keys.LEDGERS] = {**st.session_state.get(keys.LEDGERS, {}), opened.edition.id: now}
    return now


def editor_key(opened: PageState, now: VisitLedger) -> str:
    """Another key for another table, in another language and in another session: the editor then begins
    anew. It would show what was typed in a session that is gone, and nothing would count it.
    """
    return f"ledger-{opened.edition.id}-{now.generation}-{opened.language}-{state.session_name()}"


def with_edits(base: Sequence[Cells], changes: Mapping[str, Any]) -> tuple[Line, ...]:
    """The rows with an editor's changes, each with the number that the editor shows beside it;
    blank new rows are passed over.

    >>> base = (("a",) + ("",) * 12, ("b",) + ("",) * 12)
    >>> changes = {"edited_rows": {1: {"plan_q3": 1.5}}, "deleted_rows": [0]}
    >>> changes["added_rows"] = [{}, {"name": "c"}]
    >>> [(line, cells[0], cells[6]) for line, cells in with_edits(base, changes)]
    [(2, 'b', '1.5'), (4, 'c', '')]
    """
    gone = set(changes.get("deleted_rows", ()))
    changed = {int(place): edits for place, edits in changes.get("edited_rows", {}).items()}
    kept = [
        (place + 1, _with(cells, changed.get(place, {})))
        for place, cells in enumerate(base)
        if place not in gone
    ]
    added = [
        (len(base) + number + 1, _with(("",) * len(COLUMNS), row))
        for number, row in enumerate(changes.get("added_rows", ()))
    ]
    return (
        *kept,
        *(
            (line, cells)
            for line, cells in added
            if any(cells[place] not in ("", "no") for place in range(len(cells)))
        ),
    )


def _with(cells: Cells, edits: Mapping[str, Any]) -> Cells:
    if not edits:
        return cells
    return tuple(
        _text(name, edits[name]) if name in edits else cell for name, cell in zip(COLUMNS, cells, strict=True)
    )


def _text(column: str, value: object) -> str:
    """A value of the editor as a cell; a float as it is written, exactly."""
    if value is None:
        return ""
    if column == "in_statistics":
        return "yes" if value is True else "no"
    if column in AMOUNTS and isinstance(value, int | float):
        return decimal(Fraction(repr(value)))
    return str(value).strip()


def _fresh(cells: tuple[Cells, ...]) -> VisitLedger:
    lines = tuple(enumerate(cells, start=1))
    return VisitLedger(cells, lines, sift_lines(TABLE, lines))


def _keep(opened: PageState, old: VisitLedger, new: VisitLedger) -> None:
    """Keep a ledger, and where the old one drives the year let the new one drive it at once."""
    now = state.current()
    drives = is_driving(now, old.ledger) or old.is_waiting
    new = replace(new, is_waiting=drives and not can_drive(now, new.ledger))
    st.session_state[keys.LEDGERS] = {**st.session_state.get(keys.LEDGERS, {}), opened.edition.id: new}
    st.session_state.pop(keys.LEDGER_FAULTS, None)
    if drives:
        (drive if can_drive(now, new.ledger) else give_back)(opened.edition)


# --- what could not be taken
# -----------------------------------------------------------------------------------------


def refuse(source: str, problems: tuple[Problem, ...]) -> None:
    """Remember why something was not taken; the ledger stays as it is."""
    st.session_state[keys.LEDGER_FAULTS] = Refused(source, problems)


def refused() -> Refused | None:
    """What was not taken last, until it is dismissed or something else is taken."""
    return st.session_state.get(keys.LEDGER_FAULTS)


def dismiss_refused() -> None:
    st.session_state.pop(keys.LEDGER_FAULTS, None)


# --- who drives the year
# ---------------------------------------------------------------------------------------------


def sums(opened: PageState, ledger: Ledger) -> dict[str, Fraction]:
    """The amounts with which the ledger drives the year, by entry;
    empty where the edition has no such entries.
    """
    indicator = carried_indicator(opened.edition, opened.ledger)
    if indicator is None:
        return {}
    entries = plan_entries(opened.edition, indicator.id)  # both: once Q3 is a fact its plan stands behind it
    return {id: getattr(ledger.tally.counted, quarter) for quarter, id in entries.items()}


def is_driving(opened: PageState, ledger: Ledger) -> bool:
    """Whether the entries hold the ledger's own sums, to the last digit."""
    wanted, values = sums(opened, ledger), opened.scenario.as_dict()
    return any(wanted.values()) and all(values[id] == amount for id, amount in wanted.items())


def carried_amounts(opened: PageState, ledger: Ledger, quarters: Sequence[str]) -> Fraction | None:
    """What the entries plan for these quarters where it is not this ledger's own sum: another ledger's,
    whose rows are not here.
    """
    wanted, values = sums(opened, ledger), opened.scenario.as_dict()
    made = {id: values[id] for id in wanted if id.endswith(tuple(quarters))}
    if is_driving(opened, ledger) or not made or None in made.values():
        return None
    return sum((value for value in made.values() if value is not None), Fraction(0))


def has_amounts(opened: PageState) -> bool:
    """Whether any planned amount is entered, whoever entered it."""
    values = opened.scenario.as_dict()
    return any(values[id] is not None for id in sums(opened, Ledger()))


def can_drive(opened: PageState, ledger: Ledger) -> bool:
    """Whether it plans anything, and the sums lie within what the entries take."""
    levers = opened.edition.levers
    return plans_anything(ledger) and all(
        levers[id].low <= amount <= levers[id].high for id, amount in sums(opened, ledger).items()
    )


def plans_anything(ledger: Ledger) -> bool:
    """Whether any amount counts: a ledger without one would leave the year at its first half."""
    return ledger.tally.counted.h2 > 0


def drive(edition: Edition) -> None:
    """Let the ledger's plan be the year's third and fourth quarter (a widget's callback)."""
    now = state.current()
    state.put(edition, dict(sums(now, held(edition, now.language).ledger)))


def choose_sliders(edition: Edition) -> None:
    """The visitor's own choice of the sliders (a widget's callback): no change of the ledger undoes it."""
    kept: dict[str, VisitLedger] = st.session_state.get(keys.LEDGERS, {})
    if edition.id in kept:
        st.session_state[keys.LEDGERS] = {**kept, edition.id: replace(kept[edition.id], is_waiting=False)}
    give_back(edition)


def give_back(edition: Edition) -> None:
    """Let the intensity sliders move the year again."""
    indicator = carried_indicator(edition, state.current().ledger)
    if indicator is not None:
        state.put(edition, dict.fromkeys(plan_entries(edition, indicator.id).values(), None))


def belong_to(opened: PageState, indicator: str) -> None:
    """Let the ledger belong to another indicator (a widget's callback): where it drives the year of the one,
    it drives that of the other from now on, if that is reckoned in amounts.
    """
    ledger = held(opened.edition, opened.language).ledger
    drives = is_driving(state.current(), ledger)
    if drives:
        give_back(opened.edition)
    state.show("ledger", indicator)
    now = state.current()
    if drives and project(now.edition, now.scenario)[indicator].unit == UNIT and can_drive(now, ledger):
        drive(now.edition)
