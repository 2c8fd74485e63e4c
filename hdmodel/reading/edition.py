"""Is this folder an edition?  Its tables are read, worked out and checked here, every fault named at once."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from hashlib import sha256
from math import gcd
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from hdmodel.edition import (
    COUNTED,
    EXACT,
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
)
from hdmodel.facts import facts_of, merged
from hdmodel.form import Form, Role
from hdmodel.forms import FORMS, STANDING_IN, roles
from hdmodel.language.languages import FIRST, IN_EDITIONS, columns_of
from hdmodel.language.words import Words
from hdmodel.numbers import plain, printed, read_number
from hdmodel.problems import BadInput, Faults, Phrase, Place, Problem
from hdmodel.projection import project
from hdmodel.reading.entries import later_entries, later_names, ways_of
from hdmodel.reading.files import DATA, tables_in
from hdmodel.reading.labels import faults_of_labels, labelled, words_of_row
from hdmodel.reading.reliable import Known, Names, names_of
from hdmodel.reading.tables import Row, Sheet, csv_of, rows_of
from hdmodel.scenario import Scenario, baseline, change, nearest_names, setting_faults
from hdmodel.units import MONEY, PERCENT, POINTS, YI, factor_between

RELEASED = DATA
_SECONDS_BETWEEN_LOOKS = 5
_LOG = logging.getLogger("hdmodel")

_NAMES = ("city", "bureau", "known_until")
_NO_TEXT = ("id", "year", "revision", "known_through", "focus")
ABOUT = (*_NO_TEXT, *columns_of(*_NAMES))
TABLES = tuple(
    f"{name}.csv"
    for name in ("edition", "figures", "indicators", "levers", "scenarios", "projects", "sources")
)
KNOWN_THROUGH = ("h1", "q3")  # how far an edition's facts reach
_MOST_PLACES = 6
_OF_RANGE = ("default", "low", "high", "step", "joint")
TAGS_OF_FIGURES = ("printed", "derived", "proxy", "illustrative")
_STANDING_IN = Fraction(1)  # for a number at fault, so that one fault does not look like two
_ABOUT_NUMBERS = {
    "year": (re.compile("[12][0-9]{3}"), "wanted.year"),
    "revision": (re.compile("[1-9][0-9]{0,3}"), "wanted.revision"),
}
_DATE = re.compile("[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?")
_ID = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_]*)*")


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=HasId)
Table = dict[str, tuple[Row, Item]]
Sheets = Mapping[str, Sheet]
LeverCheck = Callable[[Lever], Iterable[tuple[str, str, str]]]  # faults as column, kind and what is wanted


def released_editions() -> tuple[str, ...]:
    """The names of the editions that ship with the project;
    a folder that does not load is left out (`faulty_editions`).
    """
    return tuple(_released_now()[0])


def faulty_editions() -> Mapping[str, tuple[Problem, ...]]:
    """The folders beside the released editions that do not load, by name, each with every fault."""
    return _released_now()[1]


def faulty_labels() -> Mapping[str, tuple[Problem, ...]]:
    """The tables of labels beside the released editions that are at fault, by name, each with every fault."""
    return faults_of_labels(_released_now()[0].values())


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
            or [Problem("unknown_edition", "edition", str(RELEASED), Phrase("wanted.edition_file"))]
        )
    return max(editions.values(), key=_age)


def newer_edition(edition: Edition) -> Edition | None:
    """The newest released edition of the same place and year that knows more, or corrects this one."""
    same = [
        other for other in _released_now()[0].values() if _place_and_year(other) == _place_and_year(edition)
    ]
    newest = max(same, key=_age, default=edition)
    return newest if _age(newest) > _age(edition) else None


def _place_and_year(edition: Edition) -> tuple[str, str]:
    return edition.names["city"].in_language(FIRST), edition.about["year"]


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


def load_edition(folder: Path | str) -> Edition:
    """Read and check an edition: its folder, or a workbook or a zip of CSV files with the same tables,
    given as a path or as its text; one that has not changed is read once.

    Raises `BadInput` with every fault found, each with its file, row, column, value and what is accepted.
    """
    return _loaded(folder, _as_of(Path(folder)))


def _as_of(path: Path) -> tuple[tuple[str, int, int], ...]:
    """When each file of an edition was changed last, and how long it is."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    except (OSError, ValueError):
        return ()  # whoever reads it says what is amiss


@lru_cache(maxsize=32)
def _loaded(folder: Path | str, _: tuple[tuple[str, int, int], ...]) -> Edition:
    faults, path = Faults(), Path(folder)
    try:
        if not (path.is_dir() or path.is_file()):
            raise FileNotFoundError  # a pipe or a device would never end
        sheets = tables_in(path, faults)
    except OSError as error:
        unreadable = str(folder) if isinstance(error, FileNotFoundError) else f"{folder} ({error.strerror})"
        raise BadInput(
            [Problem("unknown_edition", "edition", unreadable, Phrase("wanted.edition_file"))]
        ) from None
    if not sheets:
        faults.raise_if_any()
    return read_edition(sheets, faults)


def read_edition(
    sheets: Sheets, faults: Faults | None = None, check_lever: LeverCheck | None = None
) -> Edition:
    """Check the tables of an edition, by the names its CSV files have (figures.csv), wherever they come from.

    Raises `BadInput` with every fault found, and none that only follows from another; those in `faults`
    are included: what was wrong before the tables could be read. `check_lever` is asked of every lever
    whose numbers are sound.
    """
    faults = faults or Faults()
    for name in sheets:
        if name not in TABLES:
            faults.add("unknown_name", name, "", ", ".join(TABLES))
    tables = _Tables(sheets, faults)
    about = _about(tables)
    sources = _by_id(_sources(tables))
    from_sources = names_of("sources.csv", sources, faults)
    figures = _by_id(_figures(tables, from_sources))
    indicators = _by_id(_indicators(tables))
    projects = _by_id(_projects(tables, from_sources))
    scenarios = _by_id(_scenarios(tables))
    named = names_of("indicators.csv", indicators, faults)
    _check_units_of_indicators(indicators)
    figures = _in_units(figures, indicators)
    _check_units_of_formulas(figures)
    known = Known(figures, names_of("figures.csv", figures, faults), partial(_size_fault, indicators))
    _check_figures_together(figures, indicators, known)
    figures = known.table()
    _check_there_are_rows(sheets, faults)
    levers = _by_id(_levers(tables, _Named(indicators, named), known, check_lever))
    _check_levers(levers)
    _check_units_of_levers(indicators, levers)
    named_levers = _Named(levers, names_of("levers.csv", levers, faults))
    _check_indicators(_Named(indicators, named), named_levers, known)
    _check_known_through(about, indicators, known, faults)
    _check_shared(about, named, known, faults)
    _check_first_scenario(scenarios, faults)
    later = _later_known(indicators, known)
    _check_range_of_q3(figures, later)
    if faults.problems:  # what follows of a scenario can only be looked at once all it rests on is sound
        _check_settings(scenarios, named_levers, indicators, known)
        faults.raise_if_any()
    edition = Edition(
        id=about["id"],
        digest=digest_of(sheets),
        about=MappingProxyType({key: about[key] for key in _NO_TEXT}),
        names=MappingProxyType({name: _name(about, name) for name in _NAMES}),
        sources=_items(sources),
        figures=_items(figures),
        indicators=_items(indicators),
        levers=_behind(_items(levers), later),
        scenarios=_items(scenarios),
        projects=tuple(_items(projects).values()),
        notes=_notes(sheets),
    )
    _check_scenarios(edition, scenarios)
    faults.raise_if_any()
    _check_printed_q3(edition, figures, faults)
    _check_it_computes(edition, faults)
    faults.raise_if_any()
    return edition


def _notes(sheets: Sheets) -> tuple[Problem, ...]:
    """In which encoding, and with what between its cells, tables were read that are not written the usual
    way.
    """
    names: dict[Phrase, list[str]] = {}
    for name, sheet in sheets.items():
        encoding, separator = sheet.manner.encoding, sheet.manner.separator
        for phrase in (
            *([Phrase("found.encoding", encoding=encoding)] if encoding else []),
            *([Phrase(f"found.by_{separator}")] if separator else []),
        ):
            names.setdefault(phrase, []).append(name)
    return tuple(Problem("read_as", ", ".join(tables), phrase, "") for phrase, tables in names.items())


def digest_of(sheets: Sheets) -> str:
    """Eight hexadecimal digits of the SHA-256 of an edition's tables as CSV, whatever file they came in."""
    return sha256(
        "\0".join(csv_of(sheets[name]).removesuffix("\n") for name in sorted(sheets)).encode()
    ).hexdigest()[:8]


# --- one table each
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tables:
    """The tables of an edition by name, and the list of what is wrong with them."""

    sheets: Sheets
    faults: Faults

    def rows(self, name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterable[Row]:
        """The rows of a table; none, and a fault, where it is missing."""
        if name in self.sheets:
            return rows_of(self.sheets[name], columns, self.faults, optional)
        self.faults.unread.add(name)
        if not self.faults.name(name):
            wanted = Phrase("wanted.table", columns=", ".join(columns))
            self.faults.add("missing", name, Phrase("found.none"), wanted)
        return ()


@dataclass(frozen=True)
class _Named(Generic[Item]):
    """The rows of a table by id, and how far its ids are known."""

    table: Table[Item]
    names: Names


def _about(tables: _Tables) -> dict[str, str]:
    rows: dict[str, Row] = {}
    faults = tables.faults
    for row in tables.rows("edition.csv", ("key", "value")):
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
    for key, (pattern, wanted) in _ABOUT_NUMBERS.items():
        if key in rows and rows[key].is_sure("value") and not pattern.fullmatch(rows[key].cells["value"]):
            rows[key].fault("malformed", "value", Phrase(wanted))
    if "id" in rows and not _ID.fullmatch(rows["id"].cells["value"]):
        rows["id"].fault("malformed", "value", Phrase("wanted.edition_id"))
    return {key: row.cells["value"] for key, row in rows.items()}


def _name(about: Mapping[str, str], name: str) -> Words:
    return labelled({code: about[f"{name}_{code}"] for code in IN_EDITIONS})


def _sources(tables: _Tables) -> Iterable[tuple[Row, Source]]:
    columns = ("id", *columns_of("title", "publisher"), "date", *columns_of("locator"))
    for row in tables.rows("sources.csv", columns):
        yield (
            row,
            Source(
                _id(row),
                words_of_row(row, "title"),
                words_of_row(row, "publisher"),
                _date(row),
                words_of_row(row, "locator", optional=True),
            ),
        )


def _figures(tables: _Tables, sources: Names) -> Iterable[tuple[Row, Figure]]:
    columns = (
        "id",
        "value",
        "unit",
        "tag",
        "source",
        "paragraph",
        "formula",
        *columns_of("label", "note"),
    )
    for row in tables.rows("figures.csv", columns, ("rounding",)):
        id, value = _id(row), row.number("value")
        _check_provenance(row, sources)
        yield (
            row,
            Figure(
                id=id,
                written=_as_rounded(row, value),
                value=value,
                unit=row.text("unit"),
                tag=row.cells["tag"],
                source=row.cells["source"],
                paragraph=row.cells["paragraph"],
                formula=row.cells["formula"],
                label=words_of_row(row, "label"),
                note=words_of_row(row, "note", optional=True),
                rounding=row.cells["rounding"],
            ),
        )


def _indicators(tables: _Tables) -> Iterable[tuple[Row, Indicator]]:
    columns = (
        "id",
        "form",
        "unit",
        "places",
        "amount_unit",
        "starts_of",
        "target",
        "headline",
        *columns_of("label", "short", "note"),
    )
    for row in tables.rows("indicators.csv", columns):
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
                label=words_of_row(row, "label"),
                short=words_of_row(row, "short"),
                note=words_of_row(row, "note", optional=True),
            ),
        )


def _levers(
    tables: _Tables, owners: _Named[Indicator], known: Known, check: LeverCheck | None
) -> Iterable[tuple[Row, Lever]]:
    figures = known.table()
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
        *columns_of("label", "reason"),
    )
    for row in tables.rows("levers.csv", columns):
        set_by_levers = roles()
        role = row.one_of("role", (*set_by_levers, "entry"))
        sets = set_by_levers.get(role)
        default, low, high, step, joint = (_amount(row, column, known) for column in _OF_RANGE)
        sure = {column for column in _OF_RANGE if _is_sound(row, column, known)}
        if role == "entry" and default is None and row.cells["id"] in figures:
            default = figures[row.cells["id"]][1].value
            sure -= {"default"} if known.is_in_doubt(row.cells["id"]) else set()
        _, owner = owners.table.get(row.cells["id"].rpartition(".")[0], (row, None))
        lever = Lever(
            id=_id(row),
            indicator=owners.names.check(row, "indicator", RULER),
            role=role,
            quarter=_quarter(row, role),
            default=default,
            low=_needed(row, "low", low),
            high=_needed(row, "high", high),
            step=_needed(row, "step", step),
            joint=joint,
            unit=row.text("unit"),
            label=words_of_row(row, "label"),
            reason=words_of_row(row, "reason"),
            is_count=sets is not None and sets.is_count,
            is_typed_alone=sets is None or sets.is_typed,
        )
        sound = _check_range(row, lever, owner.form if owner else None, sure)
        for column, kind, wanted in check(lever) if check else ():
            if column in sound:
                row.fault(kind, column, wanted)
        yield row, lever


def _scenarios(tables: _Tables) -> Iterable[tuple[Row, ScenarioPreset]]:
    columns = ("id", "settings", *columns_of("label", "reason"))
    for row in tables.rows("scenarios.csv", columns):
        yield (
            row,
            ScenarioPreset(_id(row), words_of_row(row, "label"), words_of_row(row, "reason"), _settings(row)),
        )


def _projects(tables: _Tables, sources: Names) -> Iterable[tuple[Row, Project]]:
    columns = (
        "id",
        *columns_of("name"),
        "stage",
        "amount",
        "tag",
        "source",
        "paragraph",
        *columns_of("note"),
    )
    for row in tables.rows("projects.csv", columns):
        sources.check(row, "source")
        yield (
            row,
            Project(
                id=_id(row),
                name=words_of_row(row, "name"),
                stage=row.one_of("stage", STAGES),
                amount=_not_negative(row, "amount"),
                tag=row.one_of("tag", TAGS),
                source=row.cells["source"],
                paragraph=row.cells["paragraph"],
                note=words_of_row(row, "note", optional=True),
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


def _amount(row: Row, column: str, known: Known) -> Fraction | None:
    """A cell that holds a number or a formula over figures, worked out exactly;
    `None` when blank, or when it rests on a figure that is in doubt.
    """
    if not row.cells[column] or known.rests_on_doubt(row.cells[column]):
        return None
    try:
        return known.exact(row.cells[column])
    except ValueError:
        row.no_number(column, "malformed", Phrase("wanted.amount"))
        return None


def _is_sound(row: Row, column: str, known: Known) -> bool:
    """Whether a cell of a lever's range has no fault, its own or that of a figure it rests on."""
    return row.is_sure(column) and not known.rests_on_doubt(row.cells[column])


def _is_literal(text: str) -> bool:
    try:
        read_number(text)
    except ValueError:
        return False
    return True


def _quarter(row: Row, role: str) -> str:
    """The lever's quarter; where its role is at fault either could be meant."""
    accepted = ("",) if role == "entry" else QUARTERS
    return row.one_of("quarter", accepted if row.is_sure("role") else ("", *QUARTERS))


def _date(row: Row) -> str:
    """When a source is of: a year, a month or a day, or nothing."""
    text = row.cells["date"]
    try:
        if text and not (_DATE.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10])):
            raise ValueError
    except ValueError:
        row.fault("malformed", "date", Phrase("wanted.date"))
    return text


def _not_negative(row: Row, column: str) -> Fraction | None:
    number = row.number(column)
    if number is not None and number < 0:
        row.fault("out_of_range", column, Phrase("wanted.from_0"))
    return number


def _as_rounded(row: Row, value: Fraction | None) -> str:
    """The number as its source prints it: with the noughts that a spreadsheet drops,
    where the row says to how many decimals it is rounded.
    """
    written, rounding = row.cells["value"], row.cells["rounding"]
    if not rounding or rounding == EXACT:
        return written
    if not re.fullmatch(f"[0-{_MOST_PLACES}]", rounding):
        row.fault("malformed", "rounding", Phrase("wanted.rounding", most=_MOST_PLACES))
    elif value is None:
        if not written:
            row.fault("malformed", "rounding", Phrase("wanted.blank_rounding"))
    elif (value * 10 ** int(rounding)).denominator != 1:
        row.fault("out_of_range", "rounding", Phrase("wanted.decimals_of", value=written))
    else:
        return printed(value, int(rounding))
    return written


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


def _check_units_of_indicators(indicators: Table[Indicator]) -> None:
    """A rate is in %, points being differences of rates. What may be entered of money in every edition
    is in 亿元: a flow in money of another size would take it for its own.
    """
    for row, indicator in indicators.values():
        if not row.is_sure("form"):
            continue
        if indicator.form.unit_of(indicator, "target") == PERCENT != indicator.unit:
            row.fault("other_unit", "unit", PERCENT)
        elif indicator.unit == POINTS:
            row.fault("other_unit", "unit", Phrase("wanted.no_points"))
        for column in ("unit", "amount_unit"):
            unit = getattr(indicator, column)
            if unit in MONEY and unit != YI:
                row.fault("other_unit", column, YI)


def _check_units_of_levers(indicators: Table[Indicator], levers: Table[Lever]) -> None:
    """A lever's range is in the unit in which its value is reckoned with."""
    for row, lever in levers.values():
        wanted = roles()[lever.role].unit if lever.role in roles() else None
        if lever.role == "entry":
            wanted = _unit_wanted(lever.indicator, lever.id.rpartition(".")[2], indicators)
        if wanted and lever.unit != wanted:
            row.fault("other_unit", "unit", wanted)


def _unit_wanted(owner: str, name: str, indicators: Table[Indicator]) -> str | None:
    """The unit in which an indicator's figure or entry is reckoned with; `None` where any will do,
    or where the indicator's own row is at fault.
    """
    row, indicator = indicators.get(owner, (None, None))
    is_sound = row is not None and row.is_sure("form", "unit", "amount_unit")
    return indicator.form.unit_of(indicator, name) if indicator and is_sound else None


# --- checks that need more than one row
# ------------------------------------------------------------------------------


def _check_provenance(row: Row, sources: Names) -> None:
    """A figure has a number or a formula, or says with a blank tag that its source prints none;
    and it says where it stands.
    """
    sources.check(row, "source")
    value, formula, tag = row.cells["value"], row.cells["formula"], row.cells["tag"]
    if value and formula:
        row.fault("malformed", "formula", Phrase("wanted.blank_formula"))
    if not value and not formula:
        if tag in TAGS_OF_FIGURES:
            column = "formula" if tag == "derived" else "value"
            row.fault("missing", column, Phrase("wanted.value_or_no_tag"))
        elif tag:
            row.one_of("tag", ("",))
    elif tag == "printed":
        row.text("value")
        row.text("paragraph")
    elif row.one_of("tag", TAGS_OF_FIGURES) == "derived":
        row.text("formula")


def _in_units(figures: Table[Figure], indicators: Table[Indicator]) -> Table[Figure]:
    """The figures in the units that the model reckons in: another size of the same quantity is converted,
    any other is a fault.
    """
    return {id: (row, _in_unit(row, figure, indicators)) for id, (row, figure) in figures.items()}


def _in_unit(row: Row, figure: Figure, indicators: Table[Indicator]) -> Figure:
    owner, _, name = figure.id.rpartition(".")
    wanted = _unit_wanted(owner, name, indicators)
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


def _size_fault(indicators: Table[Indicator], figure: Figure, value: Fraction) -> tuple[str, Phrase] | None:
    """What a figure must be, if it is not: projects are whole, and what a formula divides by is above 0."""
    owner, _, name = figure.id.rpartition(".")
    form = indicators[owner][1].form if owner in indicators and indicators[owner][0].is_sure("form") else None
    if figure.unit in COUNTED and (value < 0 or value.denominator != 1):
        return "not_whole", Phrase("wanted.whole")
    if form and name in form.figures_above_0 and value <= 0:
        return "out_of_range", Phrase("wanted.positive")
    if form and name in form.entries_below_100 and value >= 100:
        return "out_of_range", Phrase("wanted.below_100")
    return None


def _check_figures_together(figures: Table[Figure], indicators: Table[Indicator], known: Known) -> None:
    """What a form says of some figures that each could stand alone: no more projects started than listed."""
    for id, (row, indicator) in indicators.items():
        if row.is_sure("form"):
            for name, wanted in indicator.form.at_odds(id, known.values()):
                figure_row, figure = figures[name]
                figure_row.fault("out_of_range", "formula" if figure.formula else "value", wanted)
                known.doubt(name)


def _check_range(row: Row, lever: Lever, form: Form | None, sure: Collection[str]) -> Collection[str]:
    """The range of a lever holds together, as far as its cells are sound; gives those that still are."""
    name, role = lever.id.rpartition(".")[2], roles().get(lever.role)
    if {"low", "high"} <= {*sure} and lever.low > lever.high:
        row.fault("out_of_range", "low", Phrase("wanted.low"))
        sure = {*sure} - {"low", "high"}
    if "step" in sure and lever.step <= 0:
        row.fault("out_of_range", "step", Phrase("wanted.positive"))
        sure = {*sure} - {"step"}
    if "low" in sure and form and name in form.entries_above_0 and lever.low <= 0:
        row.fault("out_of_range", "low", Phrase("wanted.positive"))
    if "high" in sure and form and name in form.entries_below_100 and lever.high >= 100:
        row.fault("out_of_range", "high", Phrase("wanted.below_100"))
    if "default" in sure:
        _check_default(row, lever, role, sure)
    return sure


def _check_default(row: Row, lever: Lever, role: Role | None, sure: Collection[str]) -> None:
    """A lever begins inside its range, on one of its steps."""
    if lever.default is None:
        if role and not role.is_typed:
            row.fault("missing", "default", Phrase("wanted.number"))
        return
    cell = row.cells["default"]
    if {"low", "high"} <= {*sure} and not lever.low <= lever.default <= lever.high:
        written = cell if not cell or _is_literal(cell) else f"{cell} = {plain(lever.default)}"
        row.faults.add("out_of_range", row.where("default"), written, Phrase("wanted.between"))
    elif {"low", "step"} <= {*sure} and not lever.is_entry and (lever.default - lever.low) % lever.step:
        if _is_literal(cell):
            row.fault("off_step", "default", Phrase("wanted.stepped"))
        else:  # a figure is as it is printed: the step is too coarse for it
            finer = _common_step(lever.default - lever.low, lever.step)
            wanted = Phrase("wanted.finer_step", step=plain(finer), figure=cell, value=plain(lever.default))
            row.fault("coarse_step", "step", wanted)


def _common_step(distance: Fraction, step: Fraction) -> Fraction:
    """The largest step that a slider with this one, and a default so far from its low end, can have."""
    return Fraction(
        gcd(distance.numerator * step.denominator, step.numerator * distance.denominator),
        distance.denominator * step.denominator,
    )


def _check_indicators(indicators: _Named[Indicator], levers: _Named[Lever], known: Known) -> None:
    """Each indicator has the figures and the levers that its arithmetic needs."""
    have = {(lever.indicator, lever.role, lever.quarter) for _, lever in levers.table.values()}
    unclear = [
        (lever.id.rpartition(".")[0], lever.indicator)
        for row, lever in levers.table.values()
        if not row.is_sure("id", "indicator", "role", "quarter")
    ]
    values = known.values()
    for id, (row, indicator) in indicators.table.items():
        indicators.names.check(row, "starts_of", "")
        if not row.is_sure("form", "id"):
            continue
        for phrase, names in _lacking(id, indicator, values):
            if not any(known.is_in_doubt(name) for name in names):
                row.faults.add("missing", row.where("id"), id, phrase)
        for role in (role.name for role in indicator.form.roles):
            owner = indicator.owner_of(role)
            is_clear = levers.names.is_whole and row.is_sure("starts_of") and owner in indicators.names.ids
            if is_clear and not any(owner in pair for pair in unclear):
                for quarter in QUARTERS:
                    if (owner, role, quarter) not in have:
                        wanted = Phrase("wanted.lever", quarter=quarter, role=role, owner=owner)
                        row.faults.add("missing", row.where("id"), id, wanted)


def _lacking(
    id: str, indicator: Indicator, values: Mapping[str, Fraction | None]
) -> Iterable[tuple[Phrase, tuple[str, ...]]]:
    """What an indicator has no figure for, and the figures that would do."""
    for name in (f"{id}.{name}" for name in indicator.form.figures_needed):
        if values.get(name) is None:
            yield Phrase("wanted.figure", id=name), (name,)
    for phrase in indicator.form.lacking(id, values):
        yield phrase, tuple(phrase.gaps.values())


def _check_levers(levers: Table[Lever]) -> None:
    """No two levers stand for the same quarter of an indicator, and none takes a name that links use."""
    places: set[tuple[str, str, str]] = set()
    for row, lever in levers.values():
        place = (lever.indicator, lever.role, lever.quarter)
        if not lever.is_entry and place in places and row.is_sure("indicator", "role", "quarter"):
            row.fault(
                "duplicate",
                "quarter",
                Phrase("wanted.one_lever", role=lever.role, owner=lever.indicator, quarter=lever.quarter),
            )
        places.add(place)
        if "." not in lever.id:
            row.fault("malformed", "id", Phrase("wanted.dotted_id"))


def _check_shared(about: dict[str, str], named: Names, known: Known, faults: Faults) -> None:
    """The ruler that every flow is held against has its marks,
    and the page opens on an indicator that exists.
    """
    for name in (f"{RULER}.h1", f"{RULER}.q3"):
        if known.values().get(name) is None and not known.is_in_doubt(name):
            faults.add("missing", "figures.csv", name, Phrase("wanted.row"))
    focus = about.get("focus", "")
    if focus and focus not in named.ids and named.is_whole:
        faults.add("unknown_name", Place("edition.csv", column="focus"), focus, ", ".join(named.ids))


def _behind(levers: Mapping[str, Lever], later: Mapping[str, Lever]) -> Mapping[str, Lever]:
    """The edition's own levers, and behind them what may be entered in every edition."""
    return MappingProxyType({**levers, **{id: lever for id, lever in later.items() if id not in levers}})


def _later_known(indicators: Table[Indicator], known: Known) -> Mapping[str, Lever]:
    """What may be entered later of the indicators whose figures are all sound."""
    sound = [
        indicator
        for id, (row, indicator) in indicators.items()
        if row.is_sure("form", "unit", "amount_unit")
        and all(known.values().get(f"{id}.{name}") is not None for name in indicator.form.figures_needed)
    ]
    return {lever.id: lever for lever in later_entries(sound, _items(known.table()))}


def _check_known_through(
    about: dict[str, str], indicators: Table[Indicator], known: Known, faults: Faults
) -> None:
    """Where the facts reach to Q3, each indicator says in one way what it brought; where they do not,
    none does.
    """
    if about.get("known_through") not in KNOWN_THROUGH:
        return
    for id, (row, indicator) in indicators.items():
        ways = [f"{id}.{name}" for name in ways_of(indicator.form)]
        if not row.is_sure("form") or any(known.is_in_doubt(name) for name in ways):
            continue
        printed = [name for name in ways if known.values().get(name) is not None]
        if about["known_through"] == "h1":
            for name in printed:
                known.table()[name][0].fault("malformed", "id", Phrase("wanted.no_q3"))
        elif ways and len(printed) != 1:
            faults.add(
                "missing" if not printed else "said_twice",
                row.where("id"),
                id,
                Phrase("wanted.one_figure", ids=", ".join(ways)),
            )


def _check_first_scenario(scenarios: Table[ScenarioPreset], faults: Faults) -> None:
    """There is one to begin with, and it is the baseline."""
    if not scenarios and not faults.name("scenarios.csv"):
        faults.add("missing", "scenarios.csv", Phrase("found.no_rows"), Phrase("wanted.baseline"))
    for row, preset in list(scenarios.values())[:1]:
        if preset.settings:
            row.fault("malformed", "settings", Phrase("wanted.blank_baseline"))


def _check_settings(
    scenarios: Table[ScenarioPreset], levers: _Named[Lever], indicators: Table[Indicator], known: Known
) -> None:
    """What a preset sets, each value alone, as far as its lever is sound:
    used while something else is at fault.
    """
    later, names = _later_known(indicators, known), levers.names
    entered = {f"{id}.{name}" for id in indicators for name in later_names()}
    for row, preset in scenarios.values():
        for name, text in preset.settings:
            lever = later.get(name)
            if name in levers.table:
                lever_row, lever = levers.table[name]
                if not all(_is_sound(lever_row, column, known) for column in _OF_RANGE):
                    continue
            if lever is not None:
                _name_settings(row, setting_faults(lever, text))
            elif names.is_whole and name not in entered:
                unknown = Problem("unknown_name", name, text, nearest_names(names.ids, name))
                _name_settings(row, [unknown])


def _check_scenarios(edition: Edition, scenarios: Table[ScenarioPreset]) -> None:
    """Every preset can be applied."""
    for row, preset in scenarios.values():
        try:
            change(edition, baseline(edition), preset.settings)
        except BadInput as bad:
            _name_settings(row, bad.problems)


def _name_settings(row: Row, problems: Iterable[Problem]) -> None:
    for problem in problems:
        setting = f"{problem.place}={problem.found}"
        row.faults.add(problem.kind, row.where("settings"), setting, problem.wanted)


def _check_range_of_q3(figures: Table[Figure], later: Mapping[str, Lever]) -> None:
    """What an edition prints of Q3 is in the range of its entry."""
    for id, way in later.items():
        if way.default is None or not figures[id][0].is_sure("value", "unit", "formula"):
            continue
        row = figures[id][0]
        if not way.low <= way.default <= way.high:
            row.fault("out_of_range", "value", f"{plain(way.low)}…{plain(way.high)}")
        elif way.is_count and way.default.denominator != 1:
            row.fault("not_whole", "value", Phrase("wanted.whole"))


def _check_printed_q3(edition: Edition, figures: Table[Figure], faults: Faults) -> None:
    """What an edition prints of Q3 can be reckoned with, and is no less than H1 alone."""
    numbers = merged(edition, baseline(edition).values)
    for id, indicator in edition.indicators.items():
        for way in (edition.levers[name] for name in edition.actuals_of(id)):
            if way.default is None:
                continue
            row, brought = figures[way.id][0], facts_of(edition, id, numbers).actual_q3
            if brought is None:
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
