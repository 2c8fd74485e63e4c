"""What does the model ask of a kind of arithmetic?  Each form answers in a module of its own,
under `hdmodel/forms/`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from hdmodel import formulas as f
from hdmodel.formulas import Number
from hdmodel.problems import Phrase, Problem

if TYPE_CHECKING:
    from hdmodel.edition import Indicator
    from hdmodel.facts import Bases, Facts
    from hdmodel.paths import Path
    from hdmodel.required import Required

Numbers = Mapping[str, Number | None]
Values = Mapping[str, Fraction | None]
COMPARABLE = "comparable_last_year"  # a figure: last year's amount on this year's basis (上年可比数)
# what every form has a figure or an entry for, in the indicator's own unit unless the form says otherwise
READINGS = ("h1", "target", "actual_q3", "actual_ytd_q3")


Formulas = Mapping[str, Callable[..., Number]]


@dataclass(frozen=True, eq=False)
class Kind:
    """How the year follows from its quarters, and is held against past years; forms may share one.

    `name` stands in JSON and in keys of texts. `formulas` are those behind a quantity; of a sum those behind
    H1 and the quarters are `formulas_by_part`, by the end of a name that stands in the expression.
    """

    name: str
    formulas: Formulas
    limits: tuple[int, int]  # of what a past year may have been, in its unit
    is_sum: bool = False  # its quarters add up to the year, which is held against a staged ruler
    is_mean: bool = False  # the year is a mean: the quarter alone and the year to date are two numbers
    is_level: bool = False  # the year is its last reading
    formulas_by_part: Formulas = field(default_factory=dict)


_REQUIRED = ("required_h2", "required_q3", "required_q4", "required_both")
_YEARS = ("full_year", "year_before", "year_after", "year_alone")
_MOVES = ("required_move", "year_move")
FLOW = Kind(
    "flow",
    {
        **dict.fromkeys(_YEARS, f.year_amount),
        **dict.fromkeys(("ytd_q3", "required_ytd_q3"), f.ytd_q3_amount),
        **dict.fromkeys(_REQUIRED, f.rest_of_target),
        "required_both": f.crossing,
        **dict.fromkeys(_MOVES, f.year_over_h1),
    },
    limits=(0, 1_000_000),
    is_sum=True,
    formulas_by_part={
        ".n_h1": f.quarter_amount,
        ".actual_ytd_q3": f.amount_since_h1,
        ".actual_completion_ytd_q3": f.amount_since_h1,
        ".actual_completion_q3": f.amount_at_completion,
        ".h1_completion": f.amount_at_completion,
        ".h1": f.quarter_at_pace,  # what is left: half of H1 times a pace
    },
)
GROWTH = Kind(
    "growth",
    {
        **dict.fromkeys(_YEARS, f.year_growth),
        **dict.fromkeys(("ytd_q3", "required_ytd_q3"), f.joined_growth),
        "q3": f.growth_since_h1,
        **dict.fromkeys(_REQUIRED, f.crossing),
        **dict.fromkeys(_MOVES, f.move_in_points),
    },
    limits=(-100, 1000),
    is_mean=True,
)
LEVEL = Kind(
    "level",
    {
        **dict.fromkeys((*_YEARS, "h1", "q3", "q4", "ytd_q3", "required_ytd_q3"), f.start_rate),
        **dict.fromkeys(_REQUIRED, f.starts_needed),
        **dict.fromkeys(_MOVES, f.move_in_points),
    },
    limits=(0, 100),
    is_level=True,
)


@dataclass(frozen=True)
class Role:
    """What a lever of a form sets; `unit` is blank where it is as the edition says.

    A count is whole; what is typed has no slider, and may be blank. `usual` is what a new edition begins
    with: default (a number, or the name of a figure), lowest and highest value, step.
    """

    name: str
    unit: str = ""
    is_count: bool = False
    is_typed: bool = False
    usual: tuple[str, str, str, str] = ("0", "0", "100", "1")


class Form(ABC):
    """One kind of arithmetic (算法) of an indicator, by the name that `indicators.csv` has for it.

    What most forms answer alike stands here; a form says what it answers otherwise. Names of figures and
    entries are without their indicator: `h1` is `outside_funds.h1` of the indicator `outside_funds`.
    """

    name: ClassVar[str]
    kind: ClassVar[Kind]
    # what its levers set; in the terms of the first it is said what is required
    roles: ClassVar[tuple[Role, ...]]
    figures_needed: ClassVar[tuple[str, ...]] = ()
    # figures and entries, beside those of every form, that go into the year
    figures_reckoned_with: ClassVar[tuple[str, ...]] = ()
    figures_offered: ClassVar[tuple[str, ...]] = ()  # figures that a new edition may have beside
    entries_above_0: ClassVar[tuple[str, ...]] = ("target",)  # a formula divides by them
    entries_below_100: ClassVar[tuple[str, ...]] = ()
    figures_above_0: ClassVar[tuple[str, ...]] = ()  # likewise, of what an edition gives
    # the fields of `Required` that are in the terms of its levers, by the quarters they are of
    required_in: ClassVar[Mapping[str, str]] = {"h2": "h2", "q4": "q4", "q3": "q3"}
    is_requirement_said: ClassVar[bool] = True
    # whether the levers are multiples of what the first half brought: they say nothing where that was 0
    is_multiple_of_h1: ClassVar[bool] = False
    planned_in_place_of: ClassVar[str] = ""  # the role for whose levers stands what a ledger plans
    counts_starts: ClassVar[bool] = False  # whether what Q3 brought is a number of projects started
    settled_by_q3: ClassVar[str] = ""  # the role whose Q3 lever stands for nothing once Q3 is known
    takes_the_place_of: ClassVar[str] = ""  # the role for whose Q3 lever what Q3 brought then stands
    least_q3: ClassVar[Fraction] = Fraction(0)  # that Q3 alone can have brought
    read_as: ClassVar[str]  # how a sentence speaks of the year: growth, flow, level or reading
    read_at: ClassVar[str] = "year"  # what the number of the year is of: the year, level at its end, reading

    @property
    def asked(self) -> Role:
        """The role in whose terms it is said what is required."""
        return self.roles[0]

    @abstractmethod
    def path(self, facts: Facts) -> Path:
        """The path of the year in the indicator's unit.

        Over any kind of number: it must not depend on how large one is, only on whether it is there.
        """

    @abstractmethod
    def required(self, facts: Facts, target: Number) -> Required:
        """What the second half, Q3 and Q4 must bring for `target`, in the indicator's unit and in the
        terms of its levers.
        """

    def named_parts(self, facts: Facts) -> Mapping[str, tuple[Number, str]]:
        """What inside its quarters has a name of its own in a worked line: by the formula that gives it,
        with its unit.
        """
        return {}

    def comparable_growth(self, facts: Facts) -> Number | None:
        """The growth of the year (同比) in % where it is worked out of amounts; `None` where it is not."""
        return None

    def starts_missing(self, facts: Facts, target: Number) -> Number | None:
        """The projects still missing (还差项目数) at the end of the year; `None` where none are counted."""
        return None

    # --- units

    def unit(self, facts: Facts) -> str:
        """The unit in which the year is reckoned."""
        return facts.indicator.unit

    def unit_of(self, indicator: Indicator, name: str) -> str | None:
        """The unit in which a figure or entry is reckoned with; `None` where any will do."""
        return indicator.unit if name in READINGS else None

    # --- what is known

    def lacking(self, id: str, figures: Values) -> Sequence[Phrase]:
        """What the indicator `id` lacks beside `figures_needed`, among all that an edition has."""
        return ()

    def at_odds(self, id: str, figures: Values) -> Sequence[tuple[str, Phrase]]:
        """The figures of the indicator `id` that cannot be true beside the others, by their full name,
        and what would do.
        """
        return ()

    def h1(self, facts: Facts) -> Number | None:
        """What the first half brought, in the unit of the year; `None` while nothing is published."""
        return facts.number("h1")

    def target(self, facts: Facts) -> Number | None:
        """The annual target in the unit of the year; `None` while none is known."""
        return facts.number("target")

    def bases(self, facts: Facts) -> Bases | None:
        """Last year's values that weigh the year; `None` where none do."""
        return None

    def weights(self, is_q3_known: bool) -> Sequence[str]:
        """The shares of last year that weigh what is still needed."""
        return ()

    # --- facts of Q3, and what a ledger plans

    def actual_q3(self, facts: Facts) -> Number | None:
        """What Q3 alone (当季) did bring; `None` while it is open."""
        return facts.number("actual_q3")

    def cumulative_q3(self, facts: Facts) -> Number:
        """What January to September (累计) brought, in the terms of `actual_q3`, once that is known."""
        return facts.path.ytd_q3

    def planned(self, facts: Facts, quarter: str) -> Number | None:
        """What a project ledger plans for a quarter (台账计划), in 亿元; `None` where none drives it."""
        return None

    def settled(self, facts: Facts) -> set[str]:
        """The levers that stand for nothing any more."""
        if not self.settled_by_q3 or not facts.is_q3_known:
            return set()
        return {facts.edition.lever_ids(facts.indicator.id, self.settled_by_q3)[0]}

    def idle(self, facts: Facts, settled: Collection[str]) -> set[str]:
        """The levers that move nothing once others are settled."""
        return set()

    def idle_entries(self, facts: Facts) -> Mapping[str, str]:
        """The entries that move nothing as things are, and by which kind of remark that is said."""
        return {}

    def contradictions(self, facts: Facts, values: Values) -> list[Problem]:
        """What cannot be true together among the entries of an indicator, said in one way each;
        `values` are those of a scenario.
        """
        return []
