"""Which projects carry the year, and how much of what is missing do they secure?  A ledger,
its counting rules and its sums.

Amounts are in 亿元, exact. Three rules decide what a project's plan counts: one in preliminary work counts 0
until it has a start (dormant), one that is not in the statistics is counted apart, and every other counts as
planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hdmodel import formulas as f
from hdmodel.edition import QUARTERS, Edition, Indicator
from hdmodel.edition import STAGES as STAGES_OF_EDITIONS
from hdmodel.projection import Projection
from hdmodel.scenario import Scenario

# those of an edition, and what is built at an existing works: expanded (改扩建), made better (技改)
STAGES = (*STAGES_OF_EDITIONS[:2], "expansion", "upgrade", *STAGES_OF_EDITIONS[2:])
STARTS = ("", "started", "q3", "q4", "later")  # blank: nobody has said; later: not this year
STANDINGS = ("counted", "apart", "dormant")
UNIT = "亿元"

_STATISTICS_FROM = Fraction("0.05")  # a project enters the statistics from a planned total of 5 million yuan
_NOTHING = Fraction(0)
_ROUNDED = Fraction("0.005")  # 亿元: two amounts as printed may be so far apart


@dataclass(frozen=True)
class LedgerRow:
    """One project. What was done by the end of H1 is `done_h1` since its start (截至6月底累计完成) and
    `year_h1` this year (上半年完成); `year_plan` is 年度计划投资. Amounts but for the plans are `None`
    where nobody has said.
    """

    name: str
    stage: str
    total: Fraction | None
    done_h1: Fraction | None
    year_plan: Fraction | None
    year_h1: Fraction | None
    plan_q3: Fraction
    plan_q4: Fraction
    start: str
    in_statistics: bool
    unit: str
    person: str
    note: str


@dataclass(frozen=True)
class Quarters:
    """An amount for the third quarter and one for the fourth."""

    q3: Fraction = _NOTHING
    q4: Fraction = _NOTHING

    @property
    def h2(self) -> Fraction:
        """The second half (下半年)."""
        return self.q3 + self.q4

    def plus(self, other: Quarters) -> Quarters:
        """Both together."""
        return Quarters(self.q3 + other.q3, self.q4 + other.q4)


@dataclass(frozen=True)
class Tally:
    """What some projects plan: `counted` in the sum, `apart` (未入库，另计),
    `dormant` (前期未开工，按 0 计); and how many of them have not started (未开工).
    """

    projects: int = 0
    counted: Quarters = Quarters()
    apart: Quarters = Quarters()
    dormant: Quarters = Quarters()
    not_started: int = 0


@dataclass(frozen=True)
class Ledger:
    """The projects of a ledger (项目台账), each name once."""

    rows: tuple[LedgerRow, ...] = ()

    @cached_property
    def tally(self) -> Tally:
        """The sums over all projects."""
        return tally(self.rows)


@dataclass(frozen=True)
class Coverage:
    """What is missing (还须完成) against what the ledger secures (台账保障), in 亿元."""

    missing: Fraction
    secured: Fraction

    @property
    def without_project(self) -> Fraction:
        """The part of what is missing that no project carries (没有项目支撑);
        0 where the ledger secures enough.

        >>> Coverage(Fraction(10), Fraction("7.2")).without_project
        Fraction(14, 5)
        """
        left: Fraction = f.shortfall(self.missing, self.secured)
        return max(_NOTHING, left)

    @property
    def surplus(self) -> Fraction:
        """What the ledger secures beyond what is missing."""
        left: Fraction = f.shortfall(self.missing, self.secured)
        return max(_NOTHING, -left)


@dataclass(frozen=True)
class Slip:
    """What changes when a project moves one quarter later (推迟一季): its Q3 plan falls into Q4,
    its Q4 plan leaves the year.
    """

    q3: Fraction
    q4: Fraction

    @property
    def year(self) -> Fraction:
        """The change of the year, never above 0."""
        return self.q3 + self.q4


def standing_of(row: LedgerRow) -> str:
    """`dormant` (in preliminary work without a start this year), else `apart` (not in the statistics),
    else `counted`.
    """
    if row.stage == "preliminary" and row.start in ("", "later"):
        return "dormant"
    return "counted" if row.in_statistics else "apart"


def has_started(row: LedgerRow) -> bool:
    """Whether work is under way or done: as its start says, else as its stage does (a new project or one in
    preliminary work has not started).
    """
    if row.stage == "completed" or row.start == "started":
        return True
    return not row.start and row.stage == "continuing"


def planned(row: LedgerRow) -> Quarters:
    """What the row plans, counted or not."""
    return Quarters(row.plan_q3, row.plan_q4)


def counted(row: LedgerRow) -> Quarters:
    """What the row counts in the third and the fourth quarter;
    a completed project counts what is entered for it.
    """
    return planned(row) if standing_of(row) == "counted" else Quarters()


def tally(rows: Iterable[LedgerRow]) -> Tally:
    """The sums over some projects, by how they stand."""
    projects, waiting, sums = 0, 0, {standing: [_NOTHING, _NOTHING] for standing in STANDINGS}
    for row in rows:
        projects += 1
        waiting += not has_started(row)
        both = sums[standing_of(row)]
        both[0] += row.plan_q3
        both[1] += row.plan_q4
    planned = {standing: Quarters(*both) for standing, both in sums.items()}
    return Tally(projects, **planned, not_started=waiting)


def by_stage(ledger: Ledger) -> dict[str, Tally]:
    """The sums of each stage there is, in the order of the stages."""
    tallies = _by(ledger, lambda row: row.stage)
    return {stage: tallies[stage] for stage in STAGES if stage in tallies}


def by_unit(ledger: Ledger) -> dict[str, Tally]:
    """The sums of each unit in charge (责任单位), the largest counted plan first;
    projects without one under a blank.
    """
    tallies = _by(ledger, lambda row: row.unit)
    return dict(sorted(tallies.items(), key=lambda item: (-item[1].counted.h2, item[0])))


def largest(ledger: Ledger, most: int = 10) -> tuple[LedgerRow, ...]:
    """The projects that carry most of the second half, largest counted plan first."""
    carrying = [row for row in ledger.rows if counted(row).h2 > 0]
    return tuple(sorted(carrying, key=lambda row: (-counted(row).h2, row.name))[:most])


def slip_of(row: LedgerRow) -> Slip:
    """What changes when the project moves one quarter later; nothing where its plan is not in the sum."""
    plan = counted(row)
    return Slip(-plan.q3, plan.q3 - plan.q4)


def slipped(ledger: Ledger, name: str) -> Slip:
    """What changes when the project of that name moves one quarter later;
    raises `KeyError` for a name that is not there.
    """
    return slip_of({row.name: row for row in ledger.rows}[name])


# --- against the indicator
# -------------------------------------------------------------------------------------------


def carriers(edition: Edition) -> tuple[Indicator, ...]:
    """The indicators that a ledger may drive: amounts that projects bring, with entries for its plans."""
    return tuple(
        indicator
        for indicator in edition.indicators.values()
        if indicator.form.planned_in_place_of and plan_entries(edition, indicator.id)
    )


def carried_indicator(edition: Edition, chosen: str = "") -> Indicator | None:
    """The indicator that a ledger belongs to: the one that was chosen, else the edition's first
    project-driven flow; `None` where it has none.
    """
    driven = [indicator for indicator in edition.indicators.values() if indicator.form.planned_in_place_of]
    return next((indicator for indicator in driven if indicator.id == chosen), driven[0] if driven else None)


def quarters_left(edition: Edition, indicator: str, scenario: Scenario) -> tuple[str, ...]:
    """The quarters still to come: the fourth alone once it is known, or entered,
    what the third has brought.
    """
    brought = [
        value for id, value in scenario.values if id.startswith(f"{indicator}.actual_") and value is not None
    ]
    return QUARTERS[1:] if brought or edition.about["known_through"] == "q3" else QUARTERS


def plan_entries(edition: Edition, indicator: str) -> dict[str, str]:
    """The entries through which a ledger drives the indicator, by quarter;
    empty where the edition lacks one.
    """
    entries = {quarter: f"{indicator}.planned_{quarter}" for quarter in QUARTERS}
    return entries if all(id in edition.levers for id in entries.values()) else {}


def within(amounts: Quarters, quarters: Sequence[str]) -> Fraction:
    """What falls into some quarters."""
    return sum((getattr(amounts, quarter) for quarter in quarters), _NOTHING)


def coverage_of(projection: Projection, ledger: Ledger, quarters: Sequence[str]) -> Coverage | None:
    """What the ledger secures of what the quarters to come must bring, in 亿元.

    `None` where the two do not compare: without a target, or while only the % of it is known.
    """
    missing = projection.required.h2 if "q3" in quarters else projection.required.q4
    if projection.unit != UNIT or missing is None:
        return None
    return Coverage(missing, within(ledger.tally.counted, quarters))


# --- what a bureau would question,
# and still count --------------------------------------------------------------------


def remarks_on(row: LedgerRow) -> tuple[str, ...]:
    """What is odd about a row without being a contradiction: each a word that the page has a sentence for."""
    odd = {
        "completed_with_plan": row.stage == "completed" and planned(row).h2 > 0,
        "preliminary_started": row.stage == "preliminary" and row.start == "started",
        "below_threshold": row.in_statistics and row.total is not None and row.total < _STATISTICS_FROM,
        "h1_above_done": row.done_h1 is not None and row.year_h1 is not None and row.year_h1 > row.done_h1,
        "new_without_start": row.in_statistics
        and row.stage == "new"
        and not row.start
        and planned(row).h2 > 0,
    }
    return tuple(word for word, is_so in odd.items() if is_so)


def beyond_year_plan(row: LedgerRow) -> Fraction | None:
    """How much H1 and the plans of Q3 and Q4 are above 年度计划投资, below it where negative; `None` where
    they agree, or where H1 is not known and the plans alone do not pass it.
    """
    if row.year_plan is None:
        return None
    beyond = (row.year_h1 or _NOTHING) + planned(row).h2 - row.year_plan
    if row.year_h1 is None and beyond < 0:
        return None
    return beyond if abs(beyond) > _ROUNDED else None


def h1_beside(ledger: Ledger, h1: Fraction) -> tuple[str, Fraction] | None:
    """Whether what the projects in the statistics did in H1 is odd beside the indicator's own H1: `above` it,
    which it is a part of, or `tiny`, less than a tenth, as in a wrong unit; with their sum. `None` where it
    is not.
    """
    known = [row.year_h1 for row in ledger.rows if row.in_statistics and row.year_h1 is not None]
    whole = sum(known, _NOTHING)
    if whole > h1 + _ROUNDED * max(1, len(known)):
        return "above", whole
    return ("tiny", whole) if known and 10 * whole < h1 else None


def remarks(ledger: Ledger) -> dict[str, list[str]]:
    """The names of the projects that each remark is about."""
    names: dict[str, list[str]] = {}
    for row in ledger.rows:
        for word in remarks_on(row):
            names.setdefault(word, []).append(row.name)
    return names


def _by(ledger: Ledger, key: Callable[[LedgerRow], str]) -> dict[str, Tally]:
    groups: dict[str, list[LedgerRow]] = {}
    for row in ledger.rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tally(rows) for name, rows in groups.items()}
