"""Which table waits to be taken into the ledger, and as what would it be read?  Nothing of it counts before
it is.

What somebody said of its columns and its unit is remembered within the visit for the next table with the
same titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hdmodel import PageState, Problem
from hdmodel.reading.ledger import Sifted, cells_of, joining_faults, sift_lines
from hdmodel.reading.ledger_columns import Choices
from hdmodel.reading.ledger_table import Remark, TableRead, read_table
from hdmodel.reading.tables import Sheet
from ui.host.events import happened
from ui.session import keys, visit_ledger

MODE, TEXT = "ledger-mode", "ledger-text"  # widgets: replace or add, and what is pasted
_LEFT_OUT = ("sums", "sections", "notes", "headers")


@dataclass(frozen=True)
class Pending:
    """A table that was pasted or uploaded: where it came from, what was done to it on the way,
    the how manieth it is, and whether it is added to the ledger or takes its place, as was chosen when it
    came.
    """

    source: str
    sheet: Sheet
    remarks: tuple[Remark, ...]
    number: int
    is_added: bool


@dataclass(frozen=True)
class Preview:
    """What would be taken: the choices it is read with, the table in the ledger's columns, its projects,
    names the ledger has already, and whether the choices are remembered ones.
    """

    choices: Choices
    table: TableRead
    sifted: Sifted
    joining: tuple[Problem, ...] = ()
    is_remembered: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong."""
        return (*self.table.problems, *self.sifted.problems, *self.joining)

    @property
    def can_be_taken(self) -> bool:
        """Whether there are projects, and nothing is wrong but rows that stay out."""
        of_table = [problem for problem in self.table.problems if problem.kind != "sum_row"]
        return bool(self.sifted.ledger.rows) and not of_table and not self.joining

    @property
    def rows_left_out(self) -> int:
        """How many rows would not count: sums, headings, notes, and those at fault."""
        lines = {line for remark in self.table.remarks if remark.kind in _LEFT_OUT for line in remark.rows}
        sums = {problem.place for problem in self.table.problems if problem.kind == "sum_row"}
        return len(lines) + len(sums) + len(self.sifted.left_out)


def wait(source: str, sheet: Sheet, remarks: tuple[Remark, ...]) -> None:
    """Let a table wait in the place of the one before (a widget's callback)."""
    number = keys.get(keys.LEDGER_LOOKS, 0) + 1
    keys.put(keys.LEDGER_LOOKS, number)
    keys.put(keys.LEDGER_PENDING, Pending(source, sheet, remarks, number, keys.get(MODE) == "add"))
    visit_ledger.dismiss_refused()


def waiting() -> Pending | None:
    """The table that waits."""
    return keys.get(keys.LEDGER_PENDING)


def discard() -> None:
    """Let go of the table that waits (a widget's callback)."""
    keys.take(keys.LEDGER_PENDING)
    keys.take(keys.LEDGER_PREVIEW)


def column_key(pending: Pending, place: int) -> str:
    """The widget that says what a column stands for."""
    return f"ledger-column-{pending.number}-{place}"


def unit_key(pending: Pending) -> str:
    """The widget that says in which unit amounts without a clear one are."""
    return f"ledger-unit-{pending.number}"


def preview(opened: PageState, pending: Pending) -> Preview:
    """The table as it would be taken now; it is read anew where a choice has changed."""
    untouched = Choices(year=int(opened.edition.about["year"]))
    kept: tuple[int, TableRead, Preview] | None = keys.get(keys.LEDGER_PREVIEW)
    as_found = kept[1] if kept and kept[0] == pending.number else read_table(pending.sheet, untouched)
    remembered = _mappings().get(_titles(as_found))
    choices = _choices(pending, as_found, remembered or untouched)
    seen = kept[2] if kept and kept[0] == pending.number and kept[2].choices == choices else None
    if seen is None:
        table = as_found if choices == untouched else read_table(pending.sheet, choices)
        seen = Preview(
            choices, table, sift_lines(pending.sheet.name, table.lines), (), remembered is not None
        )
        keys.put(keys.LEDGER_PREVIEW, (pending.number, as_found, seen))
    old = visit_ledger.held(opened.edition, opened.language).cells if pending.is_added else ()
    joining = tuple(joining_faults(pending.sheet.name, seen.table.lines, old)) if old else ()
    return Preview(choices, seen.table, seen.sifted, joining, seen.is_remembered)


def take(opened: PageState, pending: Pending) -> None:
    """Put the projects of the table into the ledger, and remember how it was read (a widget's callback)."""
    seen = preview(opened, pending)
    if not seen.can_be_taken:
        return
    old = visit_ledger.held(opened.edition, opened.language).cells if pending.is_added else ()
    visit_ledger.take(opened, (*old, *map(cells_of, seen.sifted.ledger.rows)))
    left = tuple(problem.place.row or 0 for problem in seen.sifted.problems if hasattr(problem.place, "row"))
    faulty = (Remark("left_out", tuple(dict.fromkeys(left))),) if left else ()
    keys.put(keys.LEDGER_UNREAD, seen.table.unread)
    keys.put(keys.LEDGER_REMARKS, (*pending.remarks, *seen.table.remarks, *faulty))
    keys.put(keys.LEDGER_MAPPING, seen.table)
    if seen.choices != Choices(year=seen.choices.year):
        keys.put(keys.LEDGER_MAPPINGS, {**_mappings(), _titles(seen.table): seen.choices})
    keys.put(TEXT, "")
    happened("upload", what="ledger", end="taken")
    discard()


def _choices(pending: Pending, as_found: TableRead, start: Choices) -> Choices:
    """What is chosen: by hand where a widget stands elsewhere than the table was found, else what it starts
    from.
    """
    columns = dict(start.columns)
    for column in as_found.columns:
        chosen = keys.get(column_key(pending, column.place))
        if chosen is not None:
            columns[column.place] = chosen
    taken_for = {column.place: column.name for column in as_found.columns}
    changed = {place: name for place, name in columns.items() if taken_for.get(place) != name}
    return Choices(changed, keys.get(unit_key(pending)) or start.unit, start.year)


def _titles(table: TableRead) -> tuple[str, ...]:
    return tuple(column.title for column in table.columns)


def _mappings() -> Mapping[tuple[str, ...], Choices]:
    remembered: Mapping[tuple[str, ...], Choices] = keys.get(keys.LEDGER_MAPPINGS, {})
    return remembered
