"""What is known, from where, and what may be supposed?  An edition holds all that one report gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from hdmodel.cache import Caches, cached_per_edition
from hdmodel.form import Form, Kind
from hdmodel.language.words import Words
from hdmodel.problems import Problem

TAGS = ("printed", "derived", "proxy", "illustrative", "entered")
COUNTED = ("项",)  # units of what is counted: exact as printed, and whole
LATER_ROLES = ("actual", "plan")  # of what comes from data/entries.csv
ENTRY_ROLES = ("entry", *LATER_ROLES)  # what a user supplies rather than supposes
QUARTERS = ("q3", "q4")
EXACT = "exact"  # what a figure's row says of a number that nobody has rounded
RULER = "pro_rata"  # owner of the staged ruler, which every flow is held against
STAGES = ("continuing", "new", "preliminary", "completed")


_PLACES_OF_AMOUNTS = 2
_MOST_PLACES = 6


@dataclass(frozen=True)
class Source:
    """Where a figure was published."""

    id: str
    title: Words
    publisher: Words
    date: str
    locator: Words


@dataclass(frozen=True)
class Figure:
    """One figure with its provenance; `value` is `None` where the source names the figure and prints none.

    `written` is the number as the source prints it, `formula` the arithmetic for a derived one. Where it is
    printed in another unit than the model reckons in, `printed_unit` is that one, and `value` is what is
    written times `factor`,
    in `unit`.
    `rounding` is the number of decimals it is rounded to, as text, or `exact`; blank where the row says
    neither.
    """

    id: str
    written: str
    value: Fraction | None
    unit: str
    tag: str
    source: str
    paragraph: str
    formula: str
    label: Words
    note: Words
    printed_unit: str = ""
    factor: Fraction = Fraction(1)
    rounding: str = ""

    @property
    def is_rounded(self) -> bool:
        """Whether it may stand for other numbers than the one that is printed, by what its row says."""
        return self.tag == "printed" and self.unit not in COUNTED and self.rounding != EXACT

    @property
    def is_converted(self) -> bool:
        return self.factor != 1


@dataclass(frozen=True)
class Indicator:
    """One annual target that is followed: which arithmetic it has, its unit,
    and how many decimals it is shown with.

    `starts_of` names the indicator whose project starts drive this one too;
    a benchmark is a target nobody has set.
    """

    id: str
    form: Form
    unit: str
    places: int
    amount_unit: str
    starts_of: str
    is_benchmark: bool
    headline: bool
    label: Words
    short: Words
    note: Words

    @property
    def kind(self) -> Kind:
        """How its year follows from its quarters."""
        return self.form.kind

    def owner_of(self, role: str) -> str:
        """The indicator whose levers of a role move this one: starts may be another's."""
        return self.starts_of or self.id if role == "starts" else self.id

    def places_in(self, unit: str) -> int:
        """The decimals it is shown with; two once it has turned from % of target into amounts."""
        return self.places if unit == self.unit else _PLACES_OF_AMOUNTS


@dataclass(frozen=True)
class Lever:
    """What a user may suppose (a lever) or supply (an entry), with its range and the reason for the range.

    `joint` is the most that this lever and the others of its indicator may reach together, `None` if free.
    `short` is its part of the name in links; blank where that is made from the id. A count is whole;
    what is typed alone has no slider.
    """

    id: str
    indicator: str
    role: str
    quarter: str
    default: Fraction | None
    low: Fraction
    high: Fraction
    step: Fraction
    joint: Fraction | None
    unit: str
    label: Words
    reason: Words
    short: str = ""
    is_count: bool = False
    is_typed_alone: bool = False

    @property
    def places(self) -> int:
        """The decimals that say every place of its slider; `_MOST_PLACES` where none are enough."""
        ends = (self.low, self.low + self.step)
        enough = (at for at in range(_MOST_PLACES) if all((end * 10**at).denominator == 1 for end in ends))
        return next(enough, _MOST_PLACES)

    def places_of(self, value: Fraction) -> int:
        """The decimals that say a value as it counts: its slider's, or as many as an entry was made with; its
        step's for one that `_MOST_PLACES` do not say, as of a figure that was worked out.

        >>> from hdmodel import released_edition
        >>> [released_edition().levers["pro_rata.q3"].places_of(Fraction(at)) for at in ("75", "72.5", "1/3")]
        [0, 1, 0]
        """
        if not self.is_entry:
            return self.places
        more = range(self.places, _MOST_PLACES + 1)
        return next((at for at in more if (value * 10**at).denominator == 1), self.places)

    @property
    def is_entry(self) -> bool:
        return self.role in ENTRY_ROLES


@dataclass(frozen=True)
class ScenarioPreset:
    """A named set of suppositions, with its reason; `settings` holds only what differs from the baseline."""

    id: str
    label: Words
    reason: Words
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Project:
    """A project the source names; `amount` in 亿元 is `None` while nothing is published."""

    id: str
    name: Words
    stage: str
    amount: Fraction | None
    tag: str
    source: str
    paragraph: str
    note: Words


@dataclass(frozen=True)
class Edition:
    """Everything one report gives: figures, indicators, levers, scenarios, projects and sources, by id.

    `digest` changes with any byte of its tables,
    so that a link can tell whether they are the ones it was made from.
    `names` says the city, the bureau and until when the facts reach; `about` has what is no text.
    `notes` are what is to be said of how its tables were read.
    """

    id: str
    digest: str
    about: Mapping[str, str]
    names: Mapping[str, Words]
    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    indicators: Mapping[str, Indicator]
    levers: Mapping[str, Lever]
    scenarios: Mapping[str, ScenarioPreset]
    projects: tuple[Project, ...]
    notes: tuple[Problem, ...] = field(default=(), compare=False)
    caches: Caches = field(init=False, default_factory=dict, compare=False, repr=False)  # of `hdmodel.cache`

    def __hash__(self) -> int:
        return hash(self.id)

    def lever_ids(self, indicator: str, role: str) -> tuple[str, str]:
        """The third and the fourth quarter's lever of a role; starts may be shared with another indicator."""
        return _lever_ids(self, indicator, role)

    def own_levers(self, indicator: str) -> tuple[str, ...]:
        """Every lever that moves an indicator, in the order third quarter, fourth quarter."""
        pairs = [self.lever_ids(indicator, role.name) for role in self.indicators[indicator].form.roles]
        return tuple(pair[0] for pair in pairs) + tuple(pair[1] for pair in pairs)

    def entries_of(self, indicator: str) -> tuple[str, ...]:
        """The facts a user may supply for an indicator."""
        return _with_role(self, indicator, "entry")

    def actuals_of(self, indicator: str) -> tuple[str, ...]:
        """The ways to say what Q3 brought once it is printed, at most one of which may be used."""
        return _with_role(self, indicator, "actual")

    def plans_of(self, indicator: str) -> tuple[str, ...]:
        """What a project ledger plans for Q3 and Q4; empty for an indicator that no ledger can drive."""
        return _with_role(self, indicator, "plan")


# Asked some hundred times for every move of a slider, and always the same for an edition: looked up once.


@cached_per_edition(most=1024)
def _lever_ids(edition: Edition, indicator: str, role: str) -> tuple[str, str]:
    owner = edition.indicators[indicator].owner_of(role)
    by_quarter = {
        lever.quarter: lever.id
        for lever in edition.levers.values()
        if (lever.indicator, lever.role) == (owner, role)
    }
    return by_quarter["q3"], by_quarter["q4"]


@cached_per_edition(most=1024)
def _with_role(edition: Edition, indicator: str, role: str) -> tuple[str, ...]:
    return tuple(
        lever.id for lever in edition.levers.values() if (lever.indicator, lever.role) == (indicator, role)
    )
