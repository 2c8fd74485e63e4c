"""Is this folder an edition?  Its tables are read, worked out and checked here, every fault named at once."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from hdmodel.data_formula import evaluate
from hdmodel.edition import (
    QUARTERS,
    RULER,
    STAGES,
    TAGS,
    Edition,
    Figure,
    Indicator,
    Lever,
    Project,
    ScenarioPreset,
    Source,
    Words,
)
from hdmodel.facts import actual_q3, merged
from hdmodel.form import Form
from hdmodel.forms import FORMS, STANDING_IN, roles
from hdmodel.numbers import plain
from hdmodel.problems import BadInput, Faults, Phrase, Place, Problem
from hdmodel.projection import project
from hdmodel.reading.entries import later_entries, ways_of
from hdmodel.reading.tables import Row, Sheet, csv_of, rows_of, sheet_of_file
from hdmodel.scenario import Scenario, baseline, change
from hdmodel.units import MONEY, YI, factor_between

RELEASED = Path(__file__).resolve().parents[2] / "data"
_SECONDS_BETWEEN_LOOKS = 5
_LOG = logging.getLogger("hdmodel")

ABOUT = (
    *("id", "year", "revision", "known_through", "focus"),
    *("city_zh", "city_en", "bureau_zh", "bureau_en", "known_until_zh", "known_until_en"),
)
TABLES = tuple(
    f"{name}.csv"
    for name in ("edition", "figures", "indicators", "levers", "scenarios", "projects", "sources")
)
KNOWN_THROUGH = ("h1", "q3")  # how far an edition's facts reach
_MOST_PLACES = 6
# bits of a number that formulas may build on; squared again and again, it would fill the memory
_LONGEST = 4_000
_STANDING_IN = Fraction(1)  # for a number at fault, so that one fault does not look like two
_ID = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_]*)*")


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=HasId)
Table = dict[str, tuple[Row, Item]]
Sheets = Mapping[str, Sheet]


def released_editions() -> tuple[str, ...]:
    """The names of the editions that ship with the project;
    a folder that does not load is left out (`faulty_editions`).
    """
    return tuple(_released_now()[0])


def faulty_editions() -> Mapping[str, tuple[Problem, ...]]:
    """The folders beside the released editions that do not load, by name, each with every fault."""
    return _released_now()[1]


def released_edition(name: str | None = None) -> Edition:
    """An edition that ships with the project, by default the newest that loads.

    Raises `KeyError` for any other name, and `BadInput` where none loads.
    """
    editions, faulty = _released_now()
    if name is not None:
        return editions[name]
    if not editions:
        raise BadInput(
            [problem for problems in faulty.values() for problem in problems]
            or [Problem("unknown_edition", "edition", str(RELEASED), Phrase("wanted.folder"))]
        )
    return max(editions.values(), key=_age)


def newer_edition(edition: Edition) -> Edition | None:
    """The newest released edition of the same place and year that knows more, or corrects this one."""
    same = [
        other
        for other in _released_now()[0].values()
        if (other.about["city_zh"], other.about["year"]) == (edition.about["city_zh"], edition.about["year"])
    ]
    newest = max(same, key=_age, default=edition)
    return newest if _age(newest) > _age(edition) else None


def _age(edition: Edition) -> tuple[int, int, int]:
    """Year, how far the facts reach, and revision: the newer edition has the greater one."""
    about = edition.about
    return int(about["year"]), KNOWN_THROUGH.index(about["known_through"]), int(about["revision"])


def _released_now() -> tuple[Mapping[str, Edition], Mapping[str, tuple[Problem, ...]]]:
    """What is there now: looked at again once a table has changed,
    so that a folder may be mended without a restart.
    """
    return _released(RELEASED, _changed_last(RELEASED, int(time.monotonic() / _SECONDS_BETWEEN_LOOKS)))


@lru_cache(maxsize=4)
def _changed_last(root: Path, _: int) -> tuple[tuple[str, int], ...]:
    """When each table of each folder was changed last, as of this time."""
    tables = sorted(root.glob("*/*.csv"))
    return tuple((str(table), table.stat().st_mtime_ns) for table in tables if table.is_file())


@lru_cache(maxsize=4)
def _released(
    root: Path, _: tuple[tuple[str, int], ...]
) -> tuple[Mapping[str, Edition], Mapping[str, tuple[Problem, ...]]]:
    """What is in the folder of released editions, looked at once:
    one that is faulty must not stop the others.
    """
    editions: dict[str, Edition] = {}
    faulty: dict[str, tuple[Problem, ...]] = {}
    for folder in sorted(table.parent for table in root.glob("*/edition.csv")):
        try:
            editions[folder.name] = _under_its_own_name(folder)
        except BadInput as bad:
            faulty[folder.name] = bad.problems
            _LOG.warning("The edition %s is left out:\n%s", folder.name, bad)
        except Exception as error:  # what no check foresees must not stop the others either
            faulty[folder.name] = (
                Problem("malformed", "edition.csv", f"{type(error).__name__} {error}", ""),
            )
            _LOG.exception("The edition %s is left out", folder.name)
    return MappingProxyType(editions), MappingProxyType(faulty)


def _under_its_own_name(folder: Path) -> Edition:
    """An edition, which is called as its folder is: links name it by its id,
    and files are looked for by the folder.
    """
    edition = load_edition(folder)
    if edition.id != folder.name:
        raise BadInput([Problem("other_id", "edition.csv", edition.id, folder.name)])
    return edition


@lru_cache(maxsize=32)
def load_edition(folder: Path) -> Edition:
    """Read and check an edition's folder.

    Raises `BadInput` with every fault found, each with its file, row, column, value and what is accepted.
    """
    faults = Faults()
    if not folder.is_dir():
        faults.add(
            "unknown_edition",
            "edition",
            str(folder),
            Phrase("wanted.folder"),
        )
        faults.raise_if_any()
    return read_edition(sheets_in(folder, faults), faults)


def sheets_in(folder: Path, faults: Faults) -> dict[str, Sheet]:
    """The tables of an edition's folder: its CSV files in UTF-8, with or without a byte-order mark."""
    sheets = {path.name: sheet_of_file(path, faults) for path in sorted(folder.glob("*.csv"))}
    return {name: sheet for name, sheet in sheets.items() if sheet is not None}


def read_edition(sheets: Sheets, faults: Faults | None = None) -> Edition:
    """Check the tables of an edition, by the names its CSV files have (figures.csv), wherever they come from.

    Raises `BadInput` with every fault found, those in `faults` included:
    what was wrong before the tables could be read.
    """
    faults = faults or Faults()
    for name in sheets:
        if name not in TABLES:
            faults.add("unknown_name", name, "", ", ".join(TABLES))
    about = _about(sheets, faults)
    sources = _by_id(_sources(sheets, faults))
    figures = _by_id(_figures(sheets, set(sources), faults))
    indicators = _by_id(_indicators(sheets, faults))
    projects = _by_id(_projects(sheets, set(sources), faults))
    scenarios = _by_id(_scenarios(sheets, faults))
    figures = _in_units(figures, indicators)
    _check_units_of_formulas(figures)
    figures = _worked_out(figures)
    _check_there_are_rows(sheets, faults)
    levers: Table[Lever] = {}
    if figures and indicators:  # without them every lever would be at fault
        levers = _by_id(_levers(sheets, indicators, figures, faults))
    _check_units_of_flows(indicators)
    faults.raise_if_any()
    _check_levers(levers)
    _check_units_of_levers(indicators, levers)
    _check_known_through(about, indicators, figures, faults)
    _check_indicators(indicators, figures, levers)
    _check_shared(about, indicators, figures, faults)
    faults.raise_if_any()
    edition = Edition(
        id=about["id"],
        digest=digest_of(sheets),
        about=MappingProxyType(about),
        sources=_items(sources),
        figures=_items(figures),
        indicators=_items(indicators),
        levers=_with_later(_items(indicators), _items(figures), _items(levers)),
        scenarios=_items(scenarios),
        projects=tuple(_items(projects).values()),
    )
    _check_scenarios(edition, scenarios, faults)
    faults.raise_if_any()
    _check_printed_q3(edition, figures, faults)
    _check_it_computes(edition, faults)
    faults.raise_if_any()
    return edition


def digest_of(sheets: Sheets) -> str:
    """Eight hexadecimal digits of the SHA-256 of an edition's tables as CSV, whatever file they came in."""
    return sha256(
        "\0".join(csv_of(sheets[name]).removesuffix("\n") for name in sorted(sheets)).encode()
    ).hexdigest()[:8]


# --- one table each
# --------------------------------------------------------------------------------------------------


def _rows(sheets: Sheets, name: str, columns: tuple[str, ...], faults: Faults) -> Iterable[Row]:
    if name in sheets:
        return rows_of(sheets[name], columns, faults)
    if not faults.name(name):
        faults.add("missing", name, Phrase("found.none"), Phrase("wanted.table", columns=", ".join(columns)))
    return ()


def _about(sheets: Sheets, faults: Faults) -> dict[str, str]:
    rows: dict[str, Row] = {}
    for row in _rows(sheets, "edition.csv", ("key", "value"), faults):
        if row.text("key") in rows:
            row.fault("duplicate", "key", Phrase("wanted.key"))
        rows[row.cells["key"]] = row
    for key in ABOUT:
        if key not in rows:
            faults.add("missing", "edition.csv", key, Phrase("wanted.rows", keys=", ".join(ABOUT)))
        else:
            rows[key].text("value")
    for key, row in rows.items():
        if key not in ABOUT:
            row.fault("unknown_name", "key", ", ".join(ABOUT))
    if "known_through" in rows:
        rows["known_through"].one_of("value", KNOWN_THROUGH)
    if "id" in rows and not _ID.fullmatch(rows["id"].cells["value"]):
        rows["id"].fault("malformed", "value", Phrase("wanted.edition_id"))
    return {key: row.cells["value"] for key, row in rows.items()}


def _sources(sheets: Sheets, faults: Faults) -> Iterable[tuple[Row, Source]]:
    columns = (
        "id",
        "title_zh",
        "title_en",
        "publisher_zh",
        "publisher_en",
        "date",
        "locator_zh",
        "locator_en",
    )
    for row in _rows(sheets, "sources.csv", columns, faults):
        yield (
            row,
            Source(
                _id(row),
                _words(row, "title"),
                _words(row, "publisher"),
                row.cells["date"],
                _words(row, "locator", optional=True),
            ),
        )


def _figures(sheets: Sheets, sources: set[str], faults: Faults) -> Iterable[tuple[Row, Figure]]:
    columns = (
        "id",
        "value",
        "unit",
        "tag",
        "source",
        "paragraph",
        "formula",
        "label_zh",
        "label_en",
        "note_zh",
        "note_en",
    )
    for row in _rows(sheets, "figures.csv", columns, faults):
        _check_provenance(row, sources)
        yield (
            row,
            Figure(
                id=_id(row),
                written=row.cells["value"],
                value=row.number("value"),
                unit=row.text("unit"),
                tag=row.cells["tag"],
                source=row.cells["source"],
                paragraph=row.cells["paragraph"],
                formula=row.cells["formula"],
                label=_words(row, "label"),
                note=_words(row, "note", optional=True),
            ),
        )


def _indicators(sheets: Sheets, faults: Faults) -> Iterable[tuple[Row, Indicator]]:
    columns = (
        "id",
        "form",
        "unit",
        "places",
        "amount_unit",
        "starts_of",
        "target",
        "headline",
        "label_zh",
        "label_en",
        "short_zh",
        "short_en",
        "note_zh",
        "note_en",
    )
    for row in _rows(sheets, "indicators.csv", columns, faults):
        yield (
            row,
            Indicator(
                id=_id(row),
                form=_form(row),
                unit=row.text("unit"),
                places=_places(row),
                amount_unit=row.cells["amount_unit"],
                starts_of=row.cells["starts_of"],
                is_benchmark=row.one_of("target", ("target", "benchmark")) == "benchmark",
                headline=row.one_of("headline", ("yes", "no")) == "yes",
                label=_words(row, "label"),
                short=_words(row, "short"),
                note=_words(row, "note", optional=True),
            ),
        )


def _levers(
    sheets: Sheets, indicators: Table[Indicator], figures: Table[Figure], faults: Faults
) -> Iterable[tuple[Row, Lever]]:
    columns = (
        "id",
        "indicator",
        "role",
        "quarter",
        "default",
        "low",
        "high",
        "step",
        "joint",
        "unit",
        "label_zh",
        "label_en",
        "reason_zh",
        "reason_en",
    )
    for row in _rows(sheets, "levers.csv", columns, faults):
        set_by_levers = roles()
        role = row.one_of("role", (*set_by_levers, "entry"))
        sets = set_by_levers.get(role)
        default, low, high, step, joint = (
            _amount(row, column, figures) for column in ("default", "low", "high", "step", "joint")
        )
        if role == "entry" and default is None and row.cells["id"] in figures:
            default = figures[row.cells["id"]][1].value
        _, owner = indicators.get(row.cells["id"].rpartition(".")[0], (row, None))
        yield (
            row,
            _with_range_checked(
                row,
                Lever(
                    id=_id(row),
                    indicator=row.one_of("indicator", (*indicators, RULER)),
                    role=role,
                    quarter=row.one_of("quarter", ("",) if role == "entry" else QUARTERS),
                    default=default,
                    low=_needed(row, "low", low),
                    high=_needed(row, "high", high),
                    step=_needed(row, "step", step),
                    joint=joint,
                    unit=row.text("unit"),
                    label=_words(row, "label"),
                    reason=_words(row, "reason"),
                    is_count=sets is not None and sets.is_count,
                    is_typed_alone=sets is None or sets.is_typed,
                ),
                owner.form if owner else None,
            ),
        )


def _scenarios(sheets: Sheets, faults: Faults) -> Iterable[tuple[Row, ScenarioPreset]]:
    columns = ("id", "settings", "label_zh", "label_en", "reason_zh", "reason_en")
    for row in _rows(sheets, "scenarios.csv", columns, faults):
        yield row, ScenarioPreset(_id(row), _words(row, "label"), _words(row, "reason"), _settings(row))


def _projects(sheets: Sheets, sources: set[str], faults: Faults) -> Iterable[tuple[Row, Project]]:
    columns = (
        "id",
        "name_zh",
        "name_en",
        "stage",
        "amount",
        "tag",
        "source",
        "paragraph",
        "note_zh",
        "note_en",
    )
    for row in _rows(sheets, "projects.csv", columns, faults):
        row.one_of("source", sorted(sources))
        yield (
            row,
            Project(
                id=_id(row),
                name=_words(row, "name"),
                stage=row.one_of("stage", STAGES),
                amount=row.number("amount"),
                tag=row.one_of("tag", TAGS),
                source=row.cells["source"],
                paragraph=row.cells["paragraph"],
                note=_words(row, "note", optional=True),
            ),
        )


# --- cells
# -----------------------------------------------------------------------------------------------------------


def _id(row: Row) -> str:
    if not _ID.fullmatch(row.cells["id"]):
        row.fault("malformed", "id", Phrase("wanted.id"))
    return row.cells["id"]


def _form(row: Row) -> Form:
    return FORMS.get(row.one_of("form", tuple(FORMS)), STANDING_IN)


def _places(row: Row) -> int:
    places = row.count("places")
    if places > _MOST_PLACES:
        row.fault("out_of_range", "places", f"0…{_MOST_PLACES}")
    return min(places, _MOST_PLACES)


def _words(row: Row, column: str, optional: bool = False) -> Words:
    read = row.cells.__getitem__ if optional else row.text
    return Words(read(f"{column}_zh"), read(f"{column}_en"))


def _amount(row: Row, column: str, figures: Table[Figure]) -> Fraction | None:
    """A cell that holds a number or a formula over figures, worked out exactly; `None` when blank."""
    if not row.cells[column]:
        return None
    try:
        return _exact(row.cells[column], lambda name: _value_of(figures, name))
    except ValueError:
        row.fault("malformed", column, Phrase("wanted.amount"))
        return None


def _exact(formula: str, look_up: Callable[[str], Fraction]) -> Fraction:
    """A formula's value; raises `ValueError` for one that can't be had, or that is longer than any figure."""
    value = Fraction(evaluate(formula, look_up))
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONGEST:
        raise ValueError("a number without end")
    return value


def _value_of(figures: Table[Figure], name: str) -> Fraction:
    value = figures[name][1].value if name in figures else None
    if value is None:
        raise ValueError(f"no value for {name}")
    return value


def _needed(row: Row, column: str, value: Fraction | None) -> Fraction:
    if value is None and not row.cells[column]:
        row.fault("missing", column, Phrase("wanted.number"))
    return _STANDING_IN if value is None else value


def _settings(row: Row) -> tuple[tuple[str, str], ...]:
    parts = [part.strip() for part in row.cells["settings"].split(";") if part.strip()]
    if any(part.count("=") != 1 for part in parts):
        row.fault("malformed", "settings", Phrase("wanted.settings"))
        return ()
    return tuple((id.strip(), value.strip()) for id, value in (part.split("=") for part in parts))


def _by_id(rows: Iterable[tuple[Row, Item]]) -> Table[Item]:
    table: Table[Item] = {}
    for row, item in rows:
        if item.id in table:
            row.fault("duplicate", "id", Phrase("wanted.new_id"))
        table[item.id] = (row, item)
    return table


def _items(table: Table[Item]) -> Mapping[str, Item]:
    return MappingProxyType({id: item for id, (_, item) in table.items()})


def _check_units_of_formulas(figures: Table[Figure]) -> None:
    """Sizes of money that a formula mixes, or turns into another one;
    a number in it other than 1 and 100 may be what converts.
    """
    for row, figure in figures.values():
        if not figure.formula or {*re.findall(r"(?<![\w.])[0-9.]+", figure.formula)} - {"1", "100"}:
            continue
        terms = [figures[id][1] for id in re.findall(r"[a-z][a-z0-9_.]*", figure.formula) if id in figures]
        sizes = {term.unit for term in terms if term.unit in MONEY}
        if len(sizes) > 1:
            row.faults.add(
                "two_units",
                row.where("formula"),
                ", ".join(sorted(sizes)),
                Phrase("wanted.one_unit_of_figures"),
            )
        elif sizes and figure.unit in MONEY and figure.unit not in sizes:
            row.fault("other_unit", "unit", Phrase("wanted.unit_of_formula", unit=next(iter(sizes))))


def _check_there_are_rows(sheets: Sheets, faults: Faults) -> None:
    """A table that has a header and nothing below it; an edition may do without projects alone."""
    for name in TABLES:
        if name != "projects.csv" and name in sheets and len(sheets[name].rows) < 2 and not faults.name(name):
            faults.add("missing", name, Phrase("found.no_rows"), Phrase("wanted.a_row"))


def _check_units_of_flows(indicators: Table[Indicator]) -> None:
    """What may be entered of money in every edition is in 亿元:
    a flow in money of another size would take it for its own.
    """
    for row, indicator in indicators.values():
        for column in ("unit", "amount_unit"):
            unit = getattr(indicator, column)
            if unit in MONEY and unit != YI:
                row.fault("other_unit", column, YI)


def _check_units_of_levers(indicators: Table[Indicator], levers: Table[Lever]) -> None:
    """A lever's range is in the unit in which its value is reckoned with."""
    for row, lever in levers.values():
        wanted = roles()[lever.role].unit if lever.role in roles() else None
        if lever.role == "entry" and lever.indicator in indicators:
            indicator = indicators[lever.indicator][1]
            wanted = indicator.form.unit_of(indicator, lever.id.rpartition(".")[2])
        if wanted and lever.unit != wanted:
            row.fault("other_unit", "unit", wanted)


# --- checks that need more than one row
# ------------------------------------------------------------------------------


def _check_provenance(row: Row, sources: set[str]) -> None:
    row.one_of("source", sorted(sources))
    value, formula, tag = row.cells["value"], row.cells["formula"], row.cells["tag"]
    if value and formula:
        row.fault("malformed", "formula", Phrase("wanted.blank_formula"))
    if not value and not formula:
        row.one_of("tag", ("",))
    elif tag == "printed":
        row.text("value")
        row.text("paragraph")
    elif row.one_of("tag", ("printed", "derived", "proxy", "illustrative")) == "derived":
        row.text("formula")


def _in_units(figures: Table[Figure], indicators: Table[Indicator]) -> Table[Figure]:
    """The figures in the units that the model reckons in: another size of the same quantity is converted,
    any other is a fault.
    """
    return {id: (row, _in_unit(row, figure, indicators)) for id, (row, figure) in figures.items()}


def _in_unit(row: Row, figure: Figure, indicators: Table[Indicator]) -> Figure:
    owner, _, name = figure.id.rpartition(".")
    indicator = indicators[owner][1] if owner in indicators else None
    wanted = indicator.form.unit_of(indicator, name) if indicator else None
    if wanted is None or figure.unit == wanted:
        return figure
    factor = factor_between(figure.unit, wanted)
    if factor is None or figure.formula:
        row.fault(
            "other_unit", "unit", wanted if factor is None else Phrase("wanted.unit_of_formula", unit=wanted)
        )
        return figure
    value = None if figure.value is None else figure.value * factor
    return replace(figure, value=value, unit=wanted, printed_unit=figure.unit, factor=factor)


def _worked_out(figures: Table[Figure]) -> Table[Figure]:
    """The figures with every formula worked out, whatever order they stand in."""
    done: dict[str, Fraction] = {}

    def value(name: str, on_the_way: tuple[str, ...] = ()) -> Fraction:
        if name in on_the_way or name not in figures:
            raise ValueError(f"{name} is missing or defined by itself")
        figure = figures[name][1]
        if name not in done and figure.formula:
            done[name] = _exact(figure.formula, lambda inner: value(inner, (*on_the_way, name)))
        return done[name] if name in done else _value_of(figures, name)

    result: Table[Figure] = {}
    for name, (row, figure) in figures.items():
        try:
            result[name] = (row, _with_value(figure, value(name) if figure.formula else figure.value))
        except ValueError:
            row.fault(
                "malformed",
                "formula",
                Phrase("wanted.formula"),
            )
            result[name] = (row, figure)
    return result


def _with_value(figure: Figure, value: Fraction | None) -> Figure:
    return Figure(**{**figure.__dict__, "value": value})


def _with_range_checked(row: Row, lever: Lever, form: Form | None) -> Lever:
    if lever.low > lever.high:
        row.fault("out_of_range", "low", Phrase("wanted.low"))
    if lever.step <= 0:
        row.fault("out_of_range", "step", Phrase("wanted.positive"))
    elif lever.default is not None and not lever.is_entry and (lever.default - lever.low) % lever.step:
        row.fault("off_step", "default", Phrase("wanted.stepped"))
    if lever.default is not None and not lever.low <= lever.default <= lever.high:
        row.fault("out_of_range", "default", Phrase("wanted.between"))
    name, role = lever.id.rpartition(".")[2], roles().get(lever.role)
    if form and name in form.entries_above_0 and lever.low <= 0:
        row.fault("out_of_range", "low", Phrase("wanted.positive"))
    if form and name in form.entries_below_100 and lever.high >= 100:
        row.fault("out_of_range", "high", Phrase("wanted.below_100"))
    if lever.default is None and role and not role.is_typed:
        row.fault("missing", "default", Phrase("wanted.number"))
    return lever


def _check_indicators(indicators: Table[Indicator], figures: Table[Figure], levers: Table[Lever]) -> None:
    """Each indicator has the figures and the levers that its arithmetic needs,
    and the pro-rata ruler stands.
    """
    have = {(lever.indicator, lever.role, lever.quarter) for _, lever in levers.values()}
    values = {id: figure.value for id, (_, figure) in figures.items()}
    for id, (row, indicator) in indicators.items():
        row.one_of("starts_of", ("", *indicators))
        needed = [f"{id}.{name}" for name in indicator.form.figures_needed]
        lacking = [Phrase("wanted.figure", id=name) for name in needed if values.get(name) is None]
        for phrase in (*lacking, *indicator.form.lacking(id, values)):
            row.faults.add("missing", row.where("id"), id, phrase)
        for role in (role.name for role in indicator.form.roles):
            owner = indicator.owner_of(role)
            for quarter in QUARTERS:
                if (owner, role, quarter) not in have:
                    row.faults.add(
                        "missing",
                        row.where("id"),
                        id,
                        Phrase("wanted.lever", quarter=quarter, role=role, owner=owner),
                    )


def _check_levers(levers: Table[Lever]) -> None:
    """No two levers stand for the same quarter of an indicator, and none takes a name that links use."""
    places: set[tuple[str, str, str]] = set()
    for row, lever in levers.values():
        place = (lever.indicator, lever.role, lever.quarter)
        if not lever.is_entry and place in places:
            row.fault(
                "duplicate",
                "quarter",
                Phrase("wanted.one_lever", role=lever.role, owner=lever.indicator, quarter=lever.quarter),
            )
        places.add(place)
        if "." not in lever.id:
            row.fault("malformed", "id", Phrase("wanted.dotted_id"))


def _check_shared(
    about: dict[str, str], indicators: Table[Indicator], figures: Table[Figure], faults: Faults
) -> None:
    """The ruler that every flow is held against has its marks,
    and the page opens on an indicator that exists.
    """
    for name in (f"{RULER}.h1", f"{RULER}.q3"):
        if name not in figures or figures[name][1].value is None:
            faults.add("missing", "figures.csv", name, Phrase("wanted.row"))
    if about["focus"] not in indicators:
        faults.add(
            "unknown_name", Place("edition.csv", column="focus"), about["focus"], ", ".join(indicators)
        )


def _with_later(
    indicators: Mapping[str, Indicator], figures: Mapping[str, Figure], levers: Mapping[str, Lever]
) -> Mapping[str, Lever]:
    """The edition's own levers, and behind them what may be entered in every edition."""
    later = {lever.id: lever for lever in later_entries(indicators.values(), figures)}
    return MappingProxyType({**levers, **{id: lever for id, lever in later.items() if id not in levers}})


def _check_known_through(
    about: dict[str, str], indicators: Table[Indicator], figures: Table[Figure], faults: Faults
) -> None:
    """Where the facts reach to Q3, each indicator says in one way what it brought; where they do not,
    none does.
    """
    for id, (row, indicator) in indicators.items():
        ways = [f"{id}.{name}" for name in ways_of(indicator.form)]
        said = [name for name in ways if name in figures and figures[name][1].value is not None]
        if about["known_through"] == "h1":
            for name in said:
                figures[name][0].fault("malformed", "id", Phrase("wanted.no_q3"))
        elif ways and len(said) != 1:
            faults.add(
                "missing" if not said else "said_twice",
                row.where("id"),
                id,
                Phrase("wanted.one_figure", ids=", ".join(ways)),
            )


def _check_scenarios(edition: Edition, scenarios: Table[ScenarioPreset], faults: Faults) -> None:
    """Every preset can be applied, and the first is the baseline."""
    if not scenarios:
        faults.add("missing", "scenarios.csv", Phrase("found.no_rows"), Phrase("wanted.baseline"))
    for position, (row, preset) in enumerate(scenarios.values()):
        if position == 0 and preset.settings:
            row.fault("malformed", "settings", Phrase("wanted.blank_baseline"))
        try:
            change(edition, baseline(edition), preset.settings)
        except BadInput as bad:
            for problem in bad.problems:
                faults.add(
                    problem.kind, row.where("settings"), f"{problem.place}={problem.found}", problem.wanted
                )


def _check_printed_q3(edition: Edition, figures: Table[Figure], faults: Faults) -> None:
    """What an edition prints of Q3 is in the range of its entry, can be reckoned with,
    and is no less than H1 alone.
    """
    numbers = merged(edition, baseline(edition).values)
    for id, indicator in edition.indicators.items():
        for way in (edition.levers[name] for name in edition.actuals_of(id)):
            if way.default is None:
                continue
            row, brought = figures[way.id][0], actual_q3(edition, id, numbers)
            if not way.low <= way.default <= way.high:
                row.fault("out_of_range", "value", f"{plain(way.low)}…{plain(way.high)}")
            elif way.is_count and way.default.denominator != 1:
                row.fault("not_whole", "value", Phrase("wanted.whole"))
            elif brought is None:
                row.fault(
                    "needs_amounts", "value", Phrase("wanted.amounts", target=f"{id}.target", h1=f"{id}.h1")
                )
            elif brought < indicator.form.least_q3:
                row.fault("ytd_below_h1", "value", Phrase("wanted.from_h1"))
    faults.raise_if_any()


def _check_it_computes(edition: Edition, faults: Faults) -> None:
    """The year of every indicator can be worked out, with each lever and entry at either end of its range."""
    start = baseline(edition)
    cases = [("the baseline", start)]
    for lever in edition.levers.values():
        for end in (lever.low, lever.high):
            if lever.joint is None or end <= lever.joint:
                cases.append(
                    (
                        f"{lever.id} at {plain(end)}",
                        Scenario(tuple({**start.as_dict(), lever.id: end}.items())),
                    )
                )
    for name, scenario in cases:
        try:
            project(edition, scenario)
        except (ArithmeticError, KeyError, TypeError) as error:
            faults.add(
                "malformed",
                f"figures.csv and levers.csv, {name}",
                f"{type(error).__name__} {error}",
                Phrase("wanted.computes"),
            )
            return
