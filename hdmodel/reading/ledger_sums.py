"""Which rows of a table are projects, and do its sums add up?  Sums, headings and notes are left out and
said; a row that could be either is a fault.

A row without a name or a stage whose amounts are those of the rows beside it is their sum, whatever it is
called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hdmodel.problems import Phrase, Place, Problem
from hdmodel.reading.characters import compact
from hdmodel.reading.ledger_columns import AMOUNTS, Line, looks_like_header
from hdmodel.reading.ledger_words import code_of

_LONGEST_NAME = 200
_COUNTED, _FEWEST_COUNTED = "甲乙丙丁戊", 3  # columns of texts, and how many columns are counted at least
_END = 10**9  # a line below all others
_PLACES, _MOST_ROUNDED = 10, Fraction("0.005")  # 亿元
_SUM = re.compile(
    r"(?:其中)?(?:.{0,8}?)(?:合计|小计|总计|共计|总和|累计)数?(?::?\(?[0-9]*[个项户]?\)?)?:?|(?:sub|grand)?total:?|sum:?"
)
# what a project with a stage is not called: a sum, a part of one, a heading
_NAMED_AS_A_SUM = re.compile(
    r".*(?:合计|小计|总计|共计).*|共[0-9]+[个项户].*|其中:.*"
    r"|(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)).*(?:\([0-9]+[个项户]\)|项目|类)",
    re.DOTALL,
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+[、.)]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[类批部]).*",
    re.DOTALL,
)
_NOTE = re.compile(
    r"(?:填报人?|填表人?|审核人?|制表人?|复核人?|经办人?|负责人|单位负责人|联系人|联系电话|电话|填报单位|填报日期|填报时间|日期"
    r"|注|备注|说明|附注|prepared by|note)\s*[0-9]*:.*",
    re.DOTALL,
)
_FAULTS = {  # rows that could be two things, and what is wanted of them
    "sum_row": Phrase("wanted.project_or_no_row"),
    "second_header": Phrase("wanted.one_header"),
}
Amounts = Mapping[str, Fraction]


@dataclass(frozen=True)
class Difference:
    """A sum that is not what its rows come to: its line, the column, what is written and what they come to
    (亿元).
    """

    line: int
    column: str
    written: Fraction
    summed: Fraction


@dataclass(frozen=True)
class Rows:
    """The rows of a table by what they are: projects, and the lines of sums, headings, notes and headers that
    come again, as on every page of a print.
    """

    projects: tuple[Line, ...]
    sums: tuple[Line, ...] = ()
    sections: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Body:
    """The rows below a table's header, in which place each of the ledger's columns is, and the header."""

    table: str
    rows: Sequence[Line]
    places: Mapping[str, int]
    header: Sequence[Line]

    @cached_property
    def without_stage(self) -> tuple[Line, ...]:
        """The rows that are no plain projects: what they say may hold for those below."""
        at = self.places.get("stage", -1)
        return tuple(row for row in self.rows if at < 0 or code_of("stage", _at(row[1], at)) is None)


def rows_among(body: Body) -> Rows:
    """The rows that are projects, and those that are not."""
    by_kind: dict[str, list[Line]] = {
        kind: [] for kind in ("projects", "sums", "sections", "notes", "headers", *_FAULTS)
    }
    headers = {_compacted(cells) for _, cells in body.header}
    others = {line for line, _ in body.without_stage}
    for line, cells in body.rows:
        of_header = _kind_of_header(cells, headers) if line in others else ""
        by_kind[of_header or _kind(cells, body.places)].append((line, cells))
    lines = {kind: tuple(line for line, _ in by_kind[kind]) for kind in ("sections", "notes", "headers")}
    problems = tuple(
        Problem(kind, Place(body.table, line, "name"), _at(cells, body.places["name"]), wanted)
        for kind, wanted in _FAULTS.items()
        for line, cells in by_kind[kind]
    )
    return Rows(tuple(by_kind["projects"]), tuple(by_kind["sums"]), **lines, problems=problems)


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row counts the columns: 甲, 乙, 1, 2, 3, as below the headers of statistics.

    >>> [_numbers_columns(cells) for cells in (("甲", "乙", "1", "2"), ("", "1", "2", "3"), ("1", "2", "4"))]
    [True, True, False]
    """
    filled = [text.strip("()") for cell in cells if (text := compact(cell))]
    numbers = [text for text in filled if text not in _COUNTED]
    are_counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return len(filled) >= _FEWEST_COUNTED and are_counted


def _compacted(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row, however they are spaced, without the blank ones at its end."""
    return tuple(map(compact, "\0".join(cells).rstrip("\0").split("\0")))


def _kind_of_header(cells: Sequence[str], headers: Collection[tuple[str, ...]]) -> str:
    """Whether a row is the header again, or another one; blank for neither."""
    if _compacted(cells) in headers or _numbers_columns(cells):
        return "headers"
    return "second_header" if looks_like_header(cells) else ""


def _kind(cells: Sequence[str], places: Mapping[str, int]) -> str:
    name, stage = (compact(_at(cells, places[column])) for column in ("name", "stage"))
    filled = [] if stage and name else [text for cell in cells if (text := compact(cell))]
    known = {*places.values()}
    beside = [compact(cell) for place, cell in enumerate(cells) if cell and place not in known]
    is_sum = names_a_sum(name) or any(map(names_a_sum, filled if not name else beside))
    if stage and (is_sum or _NAMED_AS_A_SUM.fullmatch(name)):
        return "sum_row"
    if is_sum:
        return "sums"
    if len(filled) == 1 and _SECTION.fullmatch(filled[0]):
        return "sections"
    return "notes" if filled and all(_NOTE.fullmatch(text) for text in filled) else "projects"


def names_a_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum.

    >>> [names_a_sum(text) for text in ("合 计", "续建项目小计（2个）", "总计：3个", "虚构项目")]
    [True, True, True, False]
    """
    return len(text) <= _LONGEST_NAME and _SUM.fullmatch(compact(text)) is not None


def names_a_section(text: str) -> bool:
    """Whether a cell is the heading of a section.

    >>> names_a_section("一、续建项目（2个）"), names_a_section("第一水厂")
    (True, False)
    """
    return len(text) <= _LONGEST_NAME and _SECTION.fullmatch(compact(text)) is not None


# --- do they add up?
# ---------------------------------------------------------------------------------------------------


def unnamed_sums(rows: Rows, places: Mapping[str, int], amounts: Callable[[Sequence[str]], Amounts]) -> Rows:
    """The rows with those taken for sums that have no stage and are one by their amounts."""
    doubtful = [
        (line, cells)
        for line, cells in rows.projects
        if not _at(cells, places["stage"]) and _may_be_a_sum(_at(cells, places["name"]))
    ]
    if not doubtful:
        return rows
    lines = {line for line, _ in doubtful}
    sure = Rows(
        tuple(line for line in rows.projects if line[0] not in lines), (*rows.sums, *doubtful), rows.sections
    )
    differing = {difference.line for difference in differences(sure, amounts)}
    are = [
        (line, cells) for line, cells in doubtful if line not in differing and any(amounts(cells).values())
    ]
    kept = {line for line, _ in are}
    projects = tuple(line for line in rows.projects if line[0] not in kept)
    return replace(rows, projects=projects, sums=tuple(sorted((*rows.sums, *are))))


def _may_be_a_sum(name: str) -> bool:
    text = compact(name[:_LONGEST_NAME])
    return not text or bool(_SECTION.fullmatch(text) or _NAMED_AS_A_SUM.fullmatch(text))


def differences(rows: Rows, amounts: Callable[[Sequence[str]], Amounts]) -> Iterator[Difference]:
    """The sums that no run of projects beside them comes to: from a break above down to them, from them
    down to a break, or all. What they are said to differ from is the nearest of all, the last and the next
    run.
    """
    values = {line: amounts(cells) for line, cells in (*rows.projects, *rows.sums)} if rows.sums else {}
    breaks = sorted({0, _END, *(line for line, _ in rows.sums), *rows.sections})
    for column in AMOUNTS if values else ():
        upto = _running([line for line, _ in rows.projects], breaks, column, values)
        for line, _ in rows.sums:
            written = values[line].get(column)
            if written is None:
                continue
            runs = [abs(upto[at] - upto[line]) for at in breaks if at != line] + [upto[_END]]
            if not any(_agrees(written, run) for run in runs):
                at = breaks.index(line)
                beside = [upto[line] - upto[breaks[at - 1]], upto[breaks[at + 1]] - upto[line], upto[_END]]
                yield Difference(line, column, written, min(beside, key=lambda run: abs(run - written)))


def _running(
    projects: Sequence[int], breaks: Sequence[int], column: str, values: Mapping[int, Amounts]
) -> dict[int, Fraction]:
    """What the projects above each break come to."""
    upto: dict[int, Fraction] = {}
    whole, at = Fraction(0), 0
    for line in breaks:
        while at < len(projects) and projects[at] < line:
            whole += values[projects[at]].get(column, Fraction(0))
            at += 1
        upto[line] = whole
    return upto


def _agrees(written: Fraction, run: Fraction) -> bool:
    """Whether a sum is what a run comes to, as far as its decimals tell; half a million yuan is a
    difference.
    """
    places = next((places for places in range(_PLACES) if (written * 10**places).denominator == 1), _PLACES)
    return abs(written - run) <= min(Fraction(1, 2 * 10**places), _MOST_ROUNDED) and (
        written == run or places > 0
    )


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
