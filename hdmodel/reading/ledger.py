"""Is this table a ledger of projects?  Read in Chinese or English, columns in any order,
every fault named at once.

What decides a number and can be read for sure is read, and said (`Remark`): a unit above the header, a sum
row that is no project. What could be meant in two ways is a fault that names its cause. A row is a
contradiction, and a fault, where the plan cannot be meant as written: a plan before the start, or more than
the planned total. What is only odd stays in the ledger (`hdmodel.ledger.remarks_on`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from unicodedata import normalize

from hdmodel.edition import Project
from hdmodel.ledger import Ledger, LedgerRow, planned
from hdmodel.numbers import half_up
from hdmodel.problems import BadInput, Faults, Phrase, Place, Problem
from hdmodel.reading.characters import number_of
from hdmodel.reading.ledger_columns import AMOUNTS, COLUMNS, FORMER, Cells, Choices, Line
from hdmodel.reading.ledger_table import MOST_LETTERS, MOST_ROWS, Remark, read_table
from hdmodel.reading.ledger_units import PLACES_OF_A_FEN, decimal
from hdmodel.reading.ledger_words import ACCEPTED, WORDED, code_of, may_be_two_months
from hdmodel.reading.tables import Row, Sheet

_MOST = Fraction(10_000)  # 亿元, as for the entries
_OF_PLANS = ("plan_q3", "plan_q4")  # blank is nought; every other amount that is blank is not known


@dataclass(frozen=True)
class Sifted:
    """What a table holds: the projects that can be used, what is wrong, which projects are left out,
    which columns unread.
    """

    ledger: Ledger
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_ledger(sheet: Sheet, choices: Choices | None = None) -> Ledger:
    """The ledger that a table holds; raises `BadInput` with every fault: its place,
    the value and what is accepted.
    """
    sifted = sift(sheet, choices)
    if sifted.problems:
        raise BadInput(sifted.problems)
    return sifted.ledger


def sift(sheet: Sheet, choices: Choices | None = None) -> Sifted:
    """What of a table can be used as a ledger; never raises."""
    read = read_table(sheet, choices)
    sifted = sift_lines(sheet.name, read.lines)
    return replace(
        sifted, problems=(*read.problems, *sifted.problems), unread=read.unread, remarks=read.remarks
    )


def sift_lines(table: str, lines: Sequence[Line]) -> Sifted:
    """The projects among rows that are in the ledger's own columns; a name given twice counts for neither."""
    faults, first = Faults(), _first_of_repeated(lines)
    projects: list[LedgerRow] = []
    left_out: list[str] = []
    for line, cells in lines:
        row = Row(table, line, dict(zip(COLUMNS, cells, strict=True)), faults)
        project, before = _row(row), first.get(_same(cells[0]))
        if before is not None and before != line:
            row.fault("duplicate", "name", Phrase("wanted.name_not_above", row=before))
        if project is None or before is not None:
            left_out.append(cells[0] or str(line))
        else:
            projects.append(project)
    return Sifted(Ledger(tuple(projects)), tuple(faults.problems), tuple(left_out))


def joining_faults(table: str, lines: Sequence[Line], cells: Sequence[Cells]) -> list[Problem]:
    """What keeps rows from being added to a ledger: names it has already, or too many rows together."""
    there = {_same(row[0]): place for place, row in enumerate(cells, start=1)}
    faults = [
        Problem(
            "duplicate",
            Place(table, line, "name"),
            row[0],
            Phrase("wanted.name_not_in_ledger", row=there[_same(row[0])]),
        )
        for line, row in lines
        if _same(row[0]) in there
    ]
    if len(cells) + len(lines) > MOST_ROWS:
        faults.append(
            Problem(
                "out_of_range",
                Place(table),
                Phrase("found.rows", count=len(cells) + len(lines)),
                Phrase("wanted.up_to_rows", most=MOST_ROWS),
            )
        )
    return faults


def named_projects(projects: Iterable[Project], language: str) -> tuple[Cells, ...]:
    """The rows that a ledger begins with: the projects an edition names, their plans blank,
    none in the statistics yet.
    """
    return tuple(
        cells_of(
            LedgerRow(
                name=project.name.in_language(language),
                stage=project.stage,
                total=project.amount,
                done_h1=None,
                year_plan=None,
                year_h1=None,
                plan_q3=Fraction(0),
                plan_q4=Fraction(0),
                start="",
                in_statistics=False,
                unit="",
                person="",
                note=project.note.in_language(language),
            )
        )
        for project in projects
    )


def cells_of(row: LedgerRow) -> Cells:
    """A row as cells that read back to the same row; a plan of nothing is blank."""
    amounts = {name: getattr(row, name) for name in AMOUNTS}
    written = {
        name: "" if amount is None or (name in _OF_PLANS and not amount) else decimal(amount)
        for name, amount in amounts.items()
    }
    words = {"in_statistics": "yes" if row.in_statistics else "no", **written}
    return tuple(words.get(name, getattr(row, name)) for name in COLUMNS)


def order_of(rows: Sequence[Cells]) -> tuple[str, ...] | None:
    """The order of the ledger's columns in which rows without a header stand: today's or the former one, by
    their words, of which only those that may be blank are missing. `None` where neither fits, or both do.

    >>> order_of([("虚构戊", "新建", "", "", "", "", "0.8", "", "三季度", "是")]) == COLUMNS
    True
    >>> order_of([("虚构戊", "新建", "", "", "0.8", "", "三季度", "是")]) == FORMER
    True
    >>> order_of([("虚构戊", "新建", "10", "1", "2")])
    """
    fitting = [order for order in (COLUMNS, FORMER) if any(_is_in(order, cells) for cells in rows)]
    if len(fitting) > 1:
        fitting = [order for order in fitting if all(_is_in(order, cells) for cells in rows)]
    return fitting[0] if len(fitting) == 1 else None


def _is_in(order: Sequence[str], cells: Cells) -> bool:
    by_column = dict(zip(order, (*cells, *("",) * len(order)), strict=False))
    are_words = all(code_of(column, by_column[column]) is not None for column in WORDED)
    return (
        are_words
        and len(cells) <= len(order)
        and (len(cells) == len(order) or bool(by_column["in_statistics"]))
    )


def _row(row: Row) -> LedgerRow | None:
    """One project, `None` where a cell of it cannot be read;
    contradictions are looked for where every cell can.
    """
    faults_before = len(row.faults.problems)
    texts = {name: _text(row, name) for name in ("name", "unit", "person", "note")}
    words = {name: _word(row, name) for name in WORDED}
    amounts = {name: _read_amount(row, name) for name in AMOUNTS}
    if len(row.faults.problems) > faults_before:
        return None
    project = LedgerRow(
        **texts,
        stage=words["stage"],
        start=words["start"],
        in_statistics=words["in_statistics"] == "yes",
        total=amounts["total"],
        done_h1=amounts["done_h1"],
        year_plan=amounts["year_plan"],
        year_h1=amounts["year_h1"],
        plan_q3=amounts["plan_q3"] or Fraction(0),
        plan_q4=amounts["plan_q4"] or Fraction(0),
    )
    for kind, column, value, accepted in contradictions(project):
        row.faults.add(kind, row.where(column), value, accepted)
    return project if len(row.faults.problems) == faults_before else None


def contradictions(row: LedgerRow) -> Iterator[tuple[str, str, str, str]]:
    """What in a row cannot be meant together: the kind of fault, the column,
    the value and what is accepted.
    """
    if row.start in ("q4", "later") and row.plan_q3 > 0:
        yield "plan_before_start", "plan_q3", _amount(row.plan_q3), "0"
    if row.start == "later" and row.plan_q4 > 0:
        yield "plan_before_start", "plan_q4", _amount(row.plan_q4), "0"
    if row.start in ("q4", "later") and row.stage == "completed":
        yield "completed_before_start", "start", row.start, ACCEPTED["start"]
    nothing = Fraction(0)
    # this year's first half is part of what was done since the start
    spent = max(row.done_h1 or nothing, row.year_h1 or nothing) + planned(row).h2
    if row.total is not None and spent > row.total:
        yield "over_total", "total", _amount(row.total), f">= {decimal(spent)}"


def _amount(amount: Fraction) -> Phrase:
    """An amount as it is reckoned with, whatever its column is in."""
    return Phrase("found.amount", amount=decimal(amount))


def _text(row: Row, column: str) -> str:
    text = row.cells[column]
    if len(text) > MOST_LETTERS:
        row.fault("long_text", column, Phrase("wanted.most_characters", most=MOST_LETTERS))
    if column == "name" and not text:
        row.fault("missing", column, "a name")
    return text


def _word(row: Row, column: str) -> str:
    """The code of a word that is one of a few; blank, and a fault, for any other."""
    text = row.cells[column]
    code = code_of(column, text)
    if code is None and column == "start" and may_be_two_months(text):
        row.fault("two_months", column, Phrase("wanted.month", year=text[:4]))
    elif code is None:
        row.fault("unknown_word" if text else "missing", column, ACCEPTED[column])
    return code or ""


def _read_amount(row: Row, column: str) -> Fraction | None:
    try:
        amount = number_of(row.cells[column])
    except ValueError:
        row.no_number(column, "not_a_number", Phrase("wanted.number_or_blank_amount"))
        return None
    if amount is not None and not 0 <= amount <= _MOST:
        row.faults.add(
            "out_of_range", row.where(column), _amount(amount), Phrase("wanted.amounts_to", most=_MOST)
        )
        return None
    return None if amount is None else half_up(amount, PLACES_OF_A_FEN)


def _same(name: str) -> str:
    """What two spellings of one name share: width, case and blanks make no difference."""
    return "".join(normalize("NFKC", name).casefold().split())


def _first_of_repeated(lines: Sequence[Line]) -> dict[str, int]:
    """The first row of each name that is given more than once."""
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for line, cells in lines:
        name = _same(cells[0])
        if name and name in first:
            again[name] = first[name]
        first.setdefault(name, line)
    return again
