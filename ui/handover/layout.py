"""Where does each number stand in the workbook?  The cells of levers, entries, figures and lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hdmodel import Edition, PageState, Projection, project
from hdmodel.edition import COUNTED
from hdmodel.explain.cases import Choice, Line, Value, Word, case_of, lines_of, values_of
from hdmodel.explain.cells import Cells, quoted
from hdmodel.report import against
from ui.answers.plan_rows import NamedState, columns_of
from ui.handover.book import address, inert
from ui.text.speech import Speech

FIRST_STATE = 5  # column of the present state among the inputs and among the lines
HEADER = 5  # row of the header of the inputs and of the lines
FACTS_HEADER = 2
FACT_VALUE = 1  # column
_PRESENT = "now"
_GAP = re.compile(r"[{}]")


@dataclass(frozen=True)
class Layout:
    """The rows of everything, and the states as columns with the present one first."""

    edition: Edition
    states: tuple[NamedState, ...]
    input_groups: tuple[tuple[str, tuple[str, ...]], ...]  # an indicator (or the ruler) with its levers
    inputs: dict[str, int]
    in_effect: dict[str, int]
    lines: dict[tuple[str, str], int]
    figures: dict[str, int]
    values: tuple[dict[str, dict[str, Value]], ...]  # by state, indicator and line
    speech: Speech

    def sheet(self, name: str) -> str:
        """The title of a sheet."""
        return self.speech.say(f"sheet.{name}")

    def input(self, id: str, state: int) -> str:
        """The cell in which a lever or entry is typed."""
        return address(self.inputs[id], FIRST_STATE + state, sheet=self.sheet("inputs"))

    def line(self, indicator: str, name: str, state: int = 0) -> str:
        """The cell of a line, from another sheet."""
        row = self.lines[indicator, name]
        return address(row, FIRST_STATE + state, sheet=self.sheet("lines"), fixed=True)

    def cells(self, indicator: str, state: int, line: str = "", *, from_outside: bool = False) -> Cells:
        """How the formulas of an indicator's line in a state name cells."""
        sheet = self.sheet("lines") if from_outside else ""

        def cell(name: str) -> str:
            row = self.lines.get((indicator, name), self.in_effect.get(name))
            if row is not None:
                return address(row, FIRST_STATE + state, sheet=sheet, fixed=from_outside)
            return self.figure(name)

        return Cells(cell, lambda id: self.input(id, state), lambda key: self.word(indicator, line, key))

    def figure(self, id: str) -> str:
        """The cell of a figure."""
        return address(self.figures[id], FACT_VALUE, sheet=self.sheet("facts"), fixed=True)

    def word(self, indicator: str, line: str, key: str) -> str:
        """A word of the model in the language of the page."""
        if line == "needed_in":
            is_in_all = key == "h2" and self.edition.indicators[indicator].form.asked.is_count
            return self.speech.say("required.starts.h2" if is_in_all else f"line.needed_in.{key}")
        if line != "status":
            return inert(self.speech.unit(key))
        return self.speech.say(f"status.{against(self.edition, indicator, key)}")

    def said(self, indicator: str, line: Line, state: int) -> Value:
        """What a line says in a state, a word of the model as the page has it."""
        value = self.values[state][indicator].get(line.name)
        return self.word(indicator, line.name, value) if isinstance(value, str) else value

    def projection(self, indicator: str) -> Projection:
        """The projection of an indicator in the first state."""
        return project(self.edition, self.states[0].scenario)[indicator]

    def made(self, state: int) -> frozenset[str]:
        """The entries that are made in a state."""
        return frozenset(id for id, value in self.states[state].scenario.values if value is not None)

    def unit_of(self, line: Line, state: int = 0) -> str:
        """The unit of a line in a state, as the model has it."""
        return case_of(line.unit, self.made(state))

    def with_unit(self, indicator: str, key: str) -> tuple[str, str]:
        """A text of the catalogue about an indicator, its name and unit those of their cells: the formula,
        and what it says now.
        """
        label = self.lines[indicator, "unit"] - 1, 0
        there = {
            "name": address(*label, sheet=self.sheet("lines"), fixed=True),
            "unit": self.line(indicator, "unit"),
        }
        unit = str(self.values[0][indicator]["unit"])
        name = inert(self.speech.pick(self.edition.indicators[indicator].label))
        says = {"name": name, "unit": self.word(indicator, "unit", unit)}
        pieces = _GAP.split(self.speech.say(key, name="{name}", unit="{unit}"))
        formula = "&".join(there.get(piece, quoted(piece)) for piece in pieces if piece)
        return formula, "".join(says.get(piece, piece) for piece in pieces)

    def places(self, indicator: str, line: Line, state: int = 0) -> int:
        """The decimals of a line in a state; where it says nothing there, those it will have once it does."""
        unit = self.unit_of(line, state) or next(iter(units_of(line)), "")
        return places_of(self.edition, indicator, unit)


def layout_of(opened: PageState, speech: Speech) -> Layout:
    """The layout of the workbook of a state: the present, the baseline and the plans that are kept."""
    edition = opened.edition
    states = sorted(columns_of(opened, speech), key=lambda state: state.key != _PRESENT)
    groups = _groups(edition)
    inputs, row = {}, HEADER
    for _, ids in groups:
        row += 1
        for id in ids:
            row += 1
            inputs[id] = row
    in_effect = {id: HEADER + 2 + at for at, id in enumerate(inputs)}
    lines, row = {}, HEADER + 1 + len(inputs)
    for indicator in edition.indicators:
        row += 1
        for line in lines_of(edition, indicator):
            row += 1
            lines[indicator, line.name] = row
    figures = {id: FACTS_HEADER + 1 + at for at, id in enumerate(edition.figures)}
    values = tuple(
        {id: values_of(edition, state.scenario, id) for id in edition.indicators} for state in states
    )
    return Layout(edition, tuple(states), groups, inputs, in_effect, lines, figures, values, speech)


def _groups(edition: Edition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The levers and entries of each indicator, and what belongs to none."""
    owners = dict.fromkeys([*edition.indicators, *(lever.indicator for lever in edition.levers.values())])
    groups = (
        (owner, [lever for lever in edition.levers.values() if lever.indicator == owner]) for owner in owners
    )
    return tuple(
        (owner, tuple(lever.id for lever in sorted(levers, key=lambda lever: lever.is_entry)))
        for owner, levers in groups
        if levers
    )


def places_of(edition: Edition, indicator: str, unit: str) -> int:
    """The decimals with which the page shows a number of an indicator in a unit."""
    followed = edition.indicators[indicator]
    if unit in COUNTED or not unit:
        return 0
    if unit == followed.unit or unit == followed.amount_unit:
        return followed.places_in(unit)
    return 1 if unit in ("%", "百分点", "倍") else 2


def units_of(line: Line) -> Sequence[str]:
    """Every unit that a line can have."""
    units: list[str] = []
    todo = [line.unit]
    while todo:
        unit = todo.pop()
        todo += [unit.made, unit.open] if isinstance(unit, Choice) else []
        units += [unit] if isinstance(unit, str) and unit else []
    return sorted({*units})


def is_a_word(line: Line, state: frozenset[str]) -> bool:
    """Whether a line says a word in a case, not a number."""
    return isinstance(case_of(line.content, state), Word) or line.name == "status"
