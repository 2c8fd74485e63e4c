"""Which rows of a table are projects, and do its sums add up?  Sums, headings and notes are left out and
said; a row that could be either is a fault.

A row without a name or a stage whose amounts are those of the rows beside it is their sum, whatever it is
called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel.problems import Phrase, Place, Problem
from hdmodel.reading.characters import compact
from hdmodel.reading.ledger_columns import AMOUNTS, Line

_LONGEST_NAME = 200
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
    """The rows of a table by what they are: projects, and the lines of sums, headings and notes."""

    projects: tuple[Line, ...]
    sums: tuple[Line, ...] = ()
    sections: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def rows_among(table: str, rows: Sequence[Line], places: Mapping[str, int]) -> Rows:
    """The rows that are projects, and those that are not."""
    by_kind: dict[str, list[Line]] = {"projects": [], "sums": [], "sections": [], "notes": []}
    problems: list[Problem] = []
    for line, cells in rows:
        kind = _kind(cells, places)
        if kind == "sum_row":
            at = Place(table, line, "name")
            problems.append(Problem("sum_row", at, cells[places["name"]], Phrase("wanted.project_or_no_row")))
        else:
            by_kind[kind].append((line, cells))
    lines = {kind: tuple(line for line, _ in by_kind[kind]) for kind in ("sections", "notes")}
    return Rows(tuple(by_kind["projects"]), tuple(by_kind["sums"]), **lines, problems=tuple(problems))


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


def notes_among(rows: Sequence[Line]) -> list[Line]:
    """The rows below the header that are notes: they, too, may state the unit."""
    texts = (
        (line, cells, [text for cell in cells if (text := compact(cell))])
        for line, cells in rows
        if sum(map(bool, cells)) <= 3
    )
    return [(line, cells) for line, cells, filled in texts if all(_NOTE.fullmatch(text) for text in filled)]


def names_a_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum.

    >>> [names_a_sum(text) for text in ("合 计", "续建项目小计（2个）", "总计：3个", "虚构项目")]
    [True, True, True, False]
    """
    return len(text) <= _LONGEST_NAME and _SUM.fullmatch(compact(text)) is not None


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
    return Rows(projects, tuple(sorted((*rows.sums, *are))), rows.sections, rows.notes, rows.problems)


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
