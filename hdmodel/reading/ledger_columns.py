"""Which column of a table is which of a ledger's?  By its title, over one row or two, and by what somebody
chose.

A title may stand below another that several columns share: 三季度 says a plan below 计划投资, and what was
done below 完成情况. Both are read together; a title whose meaning hangs on another is never taken by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hdmodel.reading.characters import compact, plain
from hdmodel.reading.ledger_units import (
    CLOSING,
    OPENING,
    SCALES,
    UNIT_PATTERN,
    full_name,
    says_money,
)
from hdmodel.reading.ledger_words import WORDS_OF_LEDGER, code_of
from hdmodel.reading.tables import Sheet

COLUMNS = (
    "name",
    "stage",
    "total",
    "done_h1",
    "year_plan",
    "year_h1",
    "plan_q3",
    "plan_q4",
    "start",
    "in_statistics",
    "unit",
    "person",
    "note",
)
AMOUNTS = ("total", "done_h1", "year_plan", "year_h1", "plan_q3", "plan_q4")
NEEDED = ("name", "stage", "plan_q3", "plan_q4", "in_statistics")
FORMER = tuple(name for name in COLUMNS if name not in ("year_plan", "year_h1"))  # the order until 1.0

Cells = tuple[str, ...]
Line = tuple[int, Cells]

_TITLES_AT_MOST = 20  # rows above the header, as bureaus put titles there
_LONGEST_TITLE = 100  # letters that are looked through for a column
_PLANS = ("{}计划", "{}计划投资", "{}投资计划", "{}计划完成", "{}计划完成投资", "计划{}", "{}")
_DONE = ("{}完成", "{}完成投资", "{}投资完成", "{}完成额", "{}完成投资额")
_HALF = ("上半年", "1-6月", "1-6月份", "1-6月累计", "上半年累计", "1至6月")
_SINCE = (
    "上半年末",
    "6月底",
    "6月末",
    "截至6月底",
    "截止6月底",
    "截至6月末",
    "截止6月末",
    "至6月底",
    "开工以来",
    "自开工",
)
_TITLES: Mapping[str, Sequence[str]] = {
    "name": ("项目名称", "项目", "名称", "name", "project"),
    "stage": ("阶段", "项目阶段", "建设阶段", "建设性质", "项目性质", "项目状态", "建设状态", "stage"),
    "total": ("计划总投资", "总投资", "总投资额", "计划总投资额", "项目总投资", "planned total", "total"),
    "done_h1": (
        *(form.format(f"{since}累计") for since in _SINCE for form in _DONE),
        *(form.format(since) for since in _SINCE for form in ("累计完成({})", "累计完成投资({})")),
        "累计完成",
        "累计完成投资",
        "done by end of h1",
    ),
    "year_plan": (
        *(
            f"{year}{plan}"
            for year in ("年度", "本年度", "本年", "今年", "全年")
            for plan in ("计划投资", "计划", "投资计划", "计划完成投资")
        ),
        "planned this year",
    ),
    "year_h1": (
        *(form.format(f"{of}{half}") for of in ("", "本年", "今年") for half in _HALF for form in _DONE),
        "done h1",
        "done in h1",
    ),
    **{
        f"plan_q{number}": (
            *(
                form.format(f"{word}季度")
                for word in (name, f"第{name}", f"{number}", f"第{number}")
                for form in _PLANS
            ),
            *(form.format(f"q{number}") for form in _PLANS),
            *(form.format(months) for months in (f"{first}-{first + 2}月",) for form in _PLANS[:-1]),
            f"q{number} plan",
            f"plan q{number}",
            f"planned q{number}",
        )
        for number, name, first in ((3, "三", 7), (4, "四", 10))
    },
    "start": (
        "开工季度",
        "开工时间",
        "开工日期",
        "开工年月",
        "开工",
        "计划开工时间",
        "start quarter",
        "start",
    ),
    "in_statistics": (
        "入库",
        "是否入库",
        "入库情况",
        "是否已入库",
        "入统",
        "是否入统",
        "入统情况",
        "是否纳统",
        "是否纳入统计",
        "纳统情况",
        "in the statistics",
        "in statistics",
    ),
    "unit": ("责任单位", "单位", "牵头单位", "责任部门", "unit in charge", "unit"),
    "person": ("责任人", "负责人", "person in charge", "person"),
    "note": ("备注", "说明", "note"),
}
_ONE_DASH = re.compile(r"(?<=[0-9])[—–~至](?=[0-9])")


def columns_by_title() -> dict[str, str]:
    """The ledger's columns by every title for them: the page's own, and those that bureaus write."""
    own = {title: name for name in COLUMNS for title in WORDS_OF_LEDGER[f"ledger.column.{name}"].values()}
    written = {title: name for name, titles in _TITLES.items() for title in titles}
    return {"".join(title.lower().split()): name for title, name in {**own, **written}.items()}


_COLUMN_OF = columns_by_title()
_IN_BRACKETS = re.compile(
    rf"([^{OPENING}]*?) ?[{OPENING}] ?(?:金额)?(?:单位)? ?:? ?([^{OPENING}{CLOSING}]*?) ?[{CLOSING}]"
)
_BEHIND = re.compile(rf"(.*?)[ /,、|:;_\-—]*({UNIT_PATTERN})", re.DOTALL)
_YEAR = re.compile(r"(20[0-9]{2})年?")
_OF_ANOTHER_YEAR = re.compile(r"去年|上年|同期|明年|次年")
_OF_WHAT_WAS_DONE = re.compile(r"完成情况|完成率|实际|实绩|增长|占比")
_STATEMENT = re.compile(
    r".*(?::|表|台账|清单|一览|汇总|附件).*|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?", re.DOTALL
)


@dataclass(frozen=True)
class Choices:
    """What is said of a table by hand: what its columns stand for (by place, blank for none), the unit of
    those amounts whose unit is missing or contradicts itself, and of which year the table is.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True)
class TitledColumn:
    """A column of a table: where it stands, its title, what it is taken for (blank for nothing),
    and the unit of its amounts; blank where its title names none.
    """

    place: int
    title: str
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Layout:
    """Where a table's header stands (its first and last row among the filled ones, and their lines),
    and its columns.
    """

    first: int
    last: int
    first_line: int
    line: int
    columns: tuple[TitledColumn, ...]

    @property
    def places(self) -> Mapping[str, int]:
        """In which place each of the ledger's columns is."""
        return {column.name: column.place for column in self.columns if column.name}

    @property
    def width(self) -> int:
        """How many columns the header has."""
        return len(self.columns)


def layout_of(sheet: Sheet, choices: Choices | None = None) -> Layout | None:
    """Where the header stands; `None` for a table in which no row looks like one."""
    filled = filled_rows(sheet)
    start = next(
        (at for at, (_, cells) in enumerate(filled[:_TITLES_AT_MOST]) if looks_like_header(cells)), None
    )
    return None if start is None else _layout(filled, start, choices or Choices())


def layout_of_first(filled: Sequence[Line], choices: Choices) -> Layout:
    """The layout of a table whose first row is taken for its header, since none looks like one."""
    line, cells = filled[0]
    columns = tuple(_column(at, ("", cell), choices) for at, cell in enumerate(cells))
    return Layout(0, 0, line, line, columns)


def filled_rows(sheet: Sheet) -> list[Line]:
    """The rows of a table that hold anything."""
    return [(line, cells) for line, cells in sheet.rows if any(cells)]


def looks_like_header(cells: Iterable[str]) -> bool:
    """Whether a row names columns rather than a project: what is pasted may come with or without a header."""
    written = tuple(cells)
    named = sum(bool(_taken_for("", cell, None)[0]) for cell in written if cell)
    return named >= 2 and not any(cell and code_of("stage", cell) is not None for cell in written)


def title_of(name: str) -> tuple[str, str]:
    """What a column is called, in Chinese and in English: bureaus' tables have titles in these."""
    return _TITLES[name][0], _TITLES[name][-1]


# --- one row or two
# ---------------------------------------------------------------------------------------------------


def _layout(filled: Sequence[Line], start: int, choices: Choices) -> Layout:
    header = filled[start][1]
    below = filled[start + 1][1] if start + 1 < len(filled) else ()
    above = filled[start - 1][1] if start else ()
    first, last = start, start
    titles = [("", cell) for cell in header]
    if _is_second_row(header, below, choices):
        last, titles = start + 1, _pairs(header, below)
    elif _is_row_of_groups(above, header):
        first, titles = start - 1, _pairs(above, header)
    columns = tuple(_column(at, title, choices) for at, title in enumerate(titles))
    return Layout(first, last, filled[first][0], filled[last][0], columns)


def _pairs(groups: Cells, own: Cells) -> list[tuple[str, str]]:
    """Each title with the one above it, which stands for all columns up to the next; one by itself stays
    so.
    """
    pairs, group = [], ""
    for at in range(max(len(groups), len(own))):
        group = _at(groups, at) or group
        pairs.append((group, own[at]) if _at(own, at) else ("", _at(groups, at)))
    return pairs


def _is_second_row(header: Cells, below: Cells, choices: Choices) -> bool:
    """Whether the row below a header is part of it: names no project and makes a column known, or states
    units.
    """
    named_at = next(
        (at for at, cell in enumerate(header) if _taken_for("", cell, choices.year)[0] == "name"), None
    )
    if named_at is None or _at(below, named_at) or any(_is_number(cell) for cell in below):
        return False
    joint = [_taken_for(group, own, choices.year)[0] for group, own in _pairs(header, below) if group and own]
    units = [full_name(compact(cell)) in SCALES for cell in below if cell]
    return any(name in AMOUNTS for name in joint) or (bool(units) and all(units))


def _is_row_of_groups(above: Cells, header: Cells) -> bool:
    """Whether the row above a header says what several of its columns share; a title of the table does
    not.
    """
    named_at = next((at for at, cell in enumerate(header) if _taken_for("", cell, None)[0] == "name"), 0)
    beside = [cell for cell in above[named_at + 1 :] if cell]
    return bool(beside) and not any(_is_number(cell) or _is_statement(cell) for cell in above if cell)


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+0-9.,%]*[0-9][-+0-9.,%]*", plain(cell)))


def _is_statement(cell: str) -> bool:
    """Whether a cell above a header is a title of the table, or says whose, when or in which unit it is."""
    text = compact(cell[:_LONGEST_TITLE])
    return bool(_STATEMENT.fullmatch(text)) or full_name(text.strip(OPENING + CLOSING + "单位")) in SCALES


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


# --- one title
# --------------------------------------------------------------------------------------------------------


def _column(place: int, title: tuple[str, str], choices: Choices) -> TitledColumn:
    group, own = title
    written = " ".join(part for part in title if part)
    name, unit = _taken_for(group, own, choices.year)
    chosen = choices.columns.get(place, name)
    if chosen != name:
        unit = _without_unit(own)[1] or _without_unit(group)[1] if chosen in AMOUNTS else ""
    return TitledColumn(place, written, chosen, unit)


def _taken_for(group: str, own: str, year: int | None) -> tuple[str, str]:
    """Which column a title names below the one it shares, and in which unit; blank where none.

    >>> _taken_for("计划投资（万元）", "三季度", 2022), _taken_for("完成情况", "三季度", 2022)
    (('plan_q3', '万元'), ('', ''))
    >>> _taken_for("", "2022年1—6月完成（万元）", 2022), _taken_for("", "2021年1—6月完成", 2022)
    (('year_h1', '万元'), ('', ''))
    >>> _taken_for("截至6月底", "累计完成", None), _taken_for("", "三季度计划/万元", None)
    (('done_h1', ''), ('plan_q3', '万元'))
    """
    if not group or len(group) > _LONGEST_TITLE:
        return _one_title(own, year)
    shared, shared_unit = _without_unit(group)
    if full_name(compact(own)) in SCALES:
        return _one_title(group, year)[0], full_name(compact(own))
    name, unit = _one_title(f"{shared}{own}", year)
    if not name:
        name, unit = _one_title(own, year)
        if name in AMOUNTS and not _may_stand_below(name, shared, own, year):
            return "", ""
    return name, _agreed(unit, shared_unit) if name in AMOUNTS else unit


def _may_stand_below(name: str, shared: str, own: str, year: int | None) -> bool:
    """Whether an amount means the same below a shared title as by itself."""
    if _OF_ANOTHER_YEAR.search(shared) or (year and {*_YEAR.findall(shared)} - {str(year)}):
        return False
    if name not in ("plan_q3", "plan_q4"):
        return True
    is_planned = "计划" in shared + own or "plan" in own.lower()
    return not _OF_WHAT_WAS_DONE.search(shared) and (is_planned or "完成" not in shared)


def _agreed(unit: str, shared: str) -> str:
    return unit or shared if not (unit and shared) or unit == shared else f"{shared}, {unit}"


def _one_title(written: str, year: int | None) -> tuple[str, str]:
    """The column that a title names by itself, and its unit: in brackets of any shape, behind a slash or a
    blank, or at its end.

    >>> [_one_title(f"三季度计划{unit}", None) for unit in ("【万元】", "/万元", "（单位：元）", "（美元）")]
    [('plan_q3', '万元'), ('plan_q3', '万元'), ('plan_q3', '元'), ('plan_q3', '美元')]
    """
    if len(written) > _LONGEST_TITLE:
        return "", ""
    text = " ".join(plain(written).split())
    if name := _named(text, year):
        return name, ""
    for pattern in (_IN_BRACKETS, _BEHIND):
        match = pattern.fullmatch(text)
        if match and (name := _named(match[1].strip(), year)) in AMOUNTS:
            return name, full_name(match[2].strip())
    return "", ""


def _named(title: str, year: int | None) -> str:
    if title in COLUMNS:  # its own code
        return title
    bare = _ONE_DASH.sub("-", "".join(title.replace("_", " ").split()))
    of_year = _YEAR.match(bare)
    if of_year and year is not None and int(of_year[1]) == year:
        bare = bare[of_year.end() :]
    return _COLUMN_OF.get(bare) or _COLUMN_OF.get(f"年{bare}" if bare.startswith("度") else bare, "")


def _without_unit(title: str) -> tuple[str, str]:
    """A title of any column and the unit of money in it; a currency that is not known is a unit, too."""
    text = " ".join(plain(title[:_LONGEST_TITLE]).split())
    for pattern in (_IN_BRACKETS, _BEHIND):
        match = pattern.fullmatch(text)
        unit = full_name(match[2].strip()) if match else ""
        if match and (unit in SCALES or says_money(unit)):
            return match[1].strip(), unit
    return text, ""
