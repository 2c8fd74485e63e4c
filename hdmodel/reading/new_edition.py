"""Which tables does a new edition have?  A city, a year, indicators of known kinds and their figures
make all seven; everything else is worked out here and can be changed in them.

What is not given and has to be there stands in as illustrative (示意), so that it is seen to be no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from hdmodel.edition import QUARTERS, RULER, Edition
from hdmodel.form import Form, Role
from hdmodel.forms import FORMS
from hdmodel.language.languages import FIRST, IN_EDITIONS, columns_of
from hdmodel.language.words import words_of
from hdmodel.problems import BadInput, Phrase, Place, Problem
from hdmodel.reading.characters import number_of, value_of
from hdmodel.reading.tables import Sheet, csv_of, sheet_of
from hdmodel.reading.upload import own_edition
from hdmodel.units import COUNT, PERCENT, YI

WORDS: Final = words_of(Path(__file__).with_name("new_edition.csv"))
SOURCE, OWN = "report", "explorer"
_STAND_INS: Final = {"base_h1": "100", "h1_share": "50", "q3_share_of_h2": "50"}
_ID: Final = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class NewIndicator:
    """An indicator of a known kind: its id, name and figures as they were typed; blank ones are not known."""

    id: str
    form: Form
    label: str
    figures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewEdition:
    """What is asked for a new edition."""

    id: str
    city: str
    year: str
    indicators: Sequence[NewIndicator]
    source: str = ""


def worded(key: str, language: str, **gaps: str) -> str:
    """A text of the table, its gaps filled."""
    return WORDS[key][language].format_map(gaps)


def figures_asked(form: Form) -> tuple[str, ...]:
    """The figures that an indicator of a kind is asked for: what it needs, the first half, the target, and of
    an amount that of last year on the same basis.

    >>> from hdmodel.forms.start_rate import START_RATE
    >>> figures_asked(START_RATE)
    ('started', 'listed', 'target')
    """
    start = () if form.counts_starts else ("h1",)
    return tuple(dict.fromkeys((*start, *form.figures_needed, "target", *form.figures_offered)))


def is_optional(form: Form, name: str) -> bool:
    """Whether a figure may be left blank: the year can be reckoned without it, or something stands in.

    >>> from hdmodel.forms.project_flow import PROJECT_FLOW
    >>> [name for name in figures_asked(PROJECT_FLOW) if is_optional(PROJECT_FLOW, name)]
    ['target', 'comparable_last_year']
    """
    needs_h1 = form.is_multiple_of_h1 and name == "h1"
    return name in _STAND_INS or not (name in form.figures_needed or needs_h1)


def unit_asked(form: Form, name: str) -> str:
    """The unit in which a figure is asked for."""
    if name in ("n_h1", "started", "listed"):
        return COUNT
    return YI if name == "base_h1" else _unit(form)


def tables_of(new: NewEdition) -> dict[str, Sheet]:
    """The tables of a new edition, by the names that its CSV files have."""
    tables: dict[str, list[tuple[str, ...]]] = {
        "edition.csv": [("key", "value"), *_about(new)],
        "figures.csv": [_FIGURES, *_figures(new)],
        "indicators.csv": [_INDICATORS, *map(_indicator, new.indicators)],
        "levers.csv": [_LEVERS, *(row for indicator in new.indicators for row in _levers(indicator))],
        "scenarios.csv": [
            ("id", "settings", *columns_of("label", "reason")),
            ("h1_pace_holds", "", *_in_each("scenario.label"), *_in_each("scenario.reason")),
        ],
        "projects.csv": [_PROJECTS],
        "sources.csv": [_SOURCES, *_sources(new)],
    }
    return {
        name: sheet_of(name, [(line, tuple(row)) for line, row in enumerate(rows, start=1)])
        for name, rows in tables.items()
    }


def blank_tables() -> dict[str, Sheet]:
    """The tables with an indicator of each kind and no figure: to be filled in, and named blank by blank
    until they are.
    """
    indicators = [
        NewIndicator(f"indicator_{number}", form, worded("blank.label", FIRST, number=str(number)))
        for number, form in enumerate(FORMS.values(), start=1)
    ]
    new = NewEdition("my-edition", "", "", indicators)
    tables = tables_of(new)
    figures = [
        _blank_figure(indicator, name)
        for indicator in indicators
        for name in figures_asked(indicator.form)
        if name not in indicator.form.figures_offered
    ]
    ruler = [cells for _, cells in tables["figures.csv"].rows if cells[0].startswith(RULER)]
    rows = enumerate([_FIGURES, *figures, *ruler], start=1)
    return {**tables, "figures.csv": sheet_of("figures.csv", rows)}


def _blank_figure(indicator: NewIndicator, name: str) -> tuple[str, ...]:
    labels = tuple(f"{indicator.label}：{text}" for text in _in_each(f"figure.{name}"))
    head = (f"{indicator.id}.{name}", "", unit_asked(indicator.form, name), "printed", SOURCE, "", "")
    return *head, *labels, *_alike("")


def new_edition(new: NewEdition) -> tuple[Edition, dict[str, Sheet]]:
    """The edition, and its tables; raises `BadInput` with every fault, as for any edition that is read."""
    problems = list(_faults(new))
    if problems:
        raise BadInput(problems)
    tables = tables_of(new)
    return own_edition(tables), tables


def write_edition(new: NewEdition, folder: Path) -> Edition:
    """Write the tables into a folder, which must be new or empty; raises `BadInput` with every fault."""
    edition, tables = new_edition(new)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BadInput([Problem("not_empty", "--into", str(folder), Phrase("wanted.new_folder"))])
        for name, sheet in tables.items():
            (folder / name).write_text(csv_of(sheet), encoding="utf-8")
    except OSError as error:
        refused = f"{folder} ({error.strerror})"
        raise BadInput([Problem("not_empty", "--into", refused, Phrase("wanted.new_folder"))]) from None
    return edition


def _faults(new: NewEdition) -> Iterator[Problem]:
    """What is missing or is no number, by the indicator and the figure; all else is said by the tables."""
    if not new.indicators:
        yield Problem("missing", "indicators", "", Phrase("wanted.an_indicator"))
    ids = [indicator.id for indicator in new.indicators]
    for indicator in new.indicators:
        if not _ID.fullmatch(indicator.id):
            yield Problem("malformed", indicator.id, indicator.id, Phrase("wanted.id"))
        if ids.count(indicator.id) > 1:
            yield Problem("duplicate", indicator.id, indicator.id, Phrase("wanted.new_id"))
        if not indicator.label.strip():
            yield Problem("missing", indicator.id, "", Phrase("wanted.text"))
        asked = figures_asked(indicator.form)
        for name in indicator.figures:
            if name not in asked:
                yield Problem(
                    "unknown_name", f"{indicator.id}.{name}", indicator.figures[name], ", ".join(asked)
                )
        for name in asked:
            text = indicator.figures.get(name, "").strip()
            if not text and not is_optional(indicator.form, name):
                yield Problem("missing", Place(indicator.id, column=name), "", Phrase("wanted.number"))
            elif text and not _is_number(text):
                yield Problem("not_a_number", Place(indicator.id, column=name), text, Phrase("wanted.number"))


def _is_number(text: str) -> bool:
    try:
        number_of(text)
    except ValueError:
        return False
    return True


# --- one table each

_FIGURES: Final = (
    *("id", "value", "unit", "tag", "source", "paragraph", "formula"),
    *columns_of("label", "note"),
)
_INDICATORS: Final = (
    *("id", "form", "unit", "places", "amount_unit", "starts_of", "target", "headline"),
    *columns_of("label", "short", "note"),
)
_LEVERS: Final = (
    *("id", "indicator", "role", "quarter", "default", "low", "high", "step", "joint", "unit"),
    *columns_of("label", "reason"),
)
_PROJECTS: Final = (
    *("id", *columns_of("name"), "stage", "amount", "tag", "source", "paragraph"),
    *columns_of("note"),
)
_SOURCES: Final = (
    *("id", *columns_of("title", "publisher"), "date"),
    *columns_of("locator"),
)


def _in_each(key: str, **gaps: str) -> tuple[str, ...]:
    """A text in each language of editions."""
    return tuple(worded(key, language, **gaps) for language in IN_EDITIONS)


def _alike(text: str) -> tuple[str, ...]:
    """What was typed, for each of them."""
    return (text,) * len(IN_EDITIONS)


def _about(new: NewEdition) -> Iterator[tuple[str, str]]:
    yield from (("id", new.id), ("year", new.year), ("revision", "1"), ("known_through", "h1"))
    yield "focus", new.indicators[0].id if new.indicators else ""
    for language in IN_EDITIONS:
        yield f"city_{language}", new.city
        yield f"bureau_{language}", worded("bureau", language, city=new.city)
        yield f"known_until_{language}", worded("until", language, year=new.year)


def _figures(new: NewEdition) -> Iterator[tuple[str, ...]]:
    place = 0
    for indicator in new.indicators:
        for name in figures_asked(indicator.form):
            place += 1
            row = _figure(indicator, name, str(place))
            if row:
                yield row
    for quarter, share in (("h1", "100 * 2 / 4"), ("q3", "100 * 3 / 4")):
        labels = _in_each(f"ruler.{quarter}")
        yield f"{RULER}.{quarter}", "", PERCENT, "derived", OWN, "", share, *labels, *_alike("")


def _figure(indicator: NewIndicator, name: str, place: str) -> tuple[str, ...] | None:
    """A figure's row: as it was typed, or standing in; nothing where it is blank and may be."""
    value, unit = indicator.figures.get(name, "").strip(), unit_asked(indicator.form, name)
    labels = tuple(f"{indicator.label}：{text}" for text in _in_each(f"figure.{name}"))
    if value:
        return f"{indicator.id}.{name}", value, unit, "printed", SOURCE, place, "", *labels, *_alike("")
    if name in _STAND_INS:
        notes = _in_each("note.stand_in")
        return f"{indicator.id}.{name}", _STAND_INS[name], unit, "illustrative", OWN, "", "", *labels, *notes
    return None


def _indicator(indicator: NewIndicator) -> tuple[str, ...]:
    unit = _unit(indicator.form)
    places, amount = ("2", YI) if unit == YI else ("1", "")
    names = _alike(indicator.label)
    head = (indicator.id, indicator.form.name, unit, places, amount, "", "target", "yes")
    return *head, *names, *names, *_alike("")


def _unit(form: Form) -> str:
    return YI if form.kind.is_sum else PERCENT


def _levers(indicator: NewIndicator) -> Iterator[tuple[str, ...]]:
    for role in indicator.form.roles:
        for quarter in QUARTERS:
            yield _lever(indicator, role, quarter)
    if not indicator.figures.get("target", "").strip():
        yield _target_entry(indicator)


def _lever(indicator: NewIndicator, role: Role, quarter: str) -> tuple[str, ...]:
    labels = (
        worded(
            f"lever.{role.name}",
            language,
            label=indicator.label,
            quarter=worded(f"quarter.{quarter}", language),
        )
        for language in IN_EDITIONS
    )
    head = (f"{indicator.id}.{role.name}_{quarter}", indicator.id, role.name, quarter)
    return (
        *head,
        *_range(indicator, role),
        role.unit or _unit(indicator.form),
        *labels,
        *_in_each(f"reason.{role.name}"),
    )


def _range(indicator: NewIndicator, role: Role) -> tuple[str, ...]:
    """Default, low, high, step, and the most of both quarters."""
    default, low, high, step = role.usual
    if default in figures_asked(indicator.form):
        return f"{indicator.id}.{default}", *_around(indicator.figures.get(default, ""), role), ""
    if indicator.form.counts_starts:
        left = f"{indicator.id}.listed - {indicator.id}.started"
        return default, low, left, step, left
    return default, low, high, step, ""


def _around(text: str, role: Role) -> tuple[str, str, str]:
    """Low, high and step with room on both sides of a figure, in steps as fine as it is printed."""
    _, low, high, step = role.usual
    try:
        figure = Decimal(value_of(text) or "0")
        lowest = min(Decimal(low), (figure - 20).to_integral_value(ROUND_FLOOR))
        highest = max(Decimal(high), (figure + 20).to_integral_value(ROUND_CEILING))
        finest = Decimal(1).scaleb(min(-1, int(figure.as_tuple().exponent)))
    except (InvalidOperation, ValueError, TypeError, OverflowError):
        return low, high, step  # the figure's own fault is named where it is read
    return f"{lowest:f}", f"{highest:f}", f"{finest:f}"


def _target_entry(indicator: NewIndicator) -> tuple[str, ...]:
    """Where no target is known it can be entered on the page."""
    unit = _unit(indicator.form)
    low, high, step = ("0.01", "10000", "0.01") if unit == YI else ("0.1", "1000", "0.1")
    labels = tuple(f"{indicator.label}：{text}" for text in _in_each("figure.target"))
    reasons = _in_each("figure.target")
    return (
        f"{indicator.id}.target",
        indicator.id,
        "entry",
        "",
        "",
        low,
        high,
        step,
        "",
        unit,
        *labels,
        *reasons,
    )


def _sources(new: NewEdition) -> Iterator[tuple[str, ...]]:
    titles = _alike(new.source) if new.source else _in_each("source.title", city=new.city, year=new.year)
    yield SOURCE, *titles, *_in_each("source.publisher"), new.year, *_in_each("source.locator")
    yield OWN, *_in_each("own.title"), *_in_each("own.publisher"), "", *_alike("")
