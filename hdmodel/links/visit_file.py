"""Can a visit be taken away as a file, and opened again?  All that a visitor holds, as JSON without anything
that could run.

What is supposed stands in it as links, so that it opens as links do, for ever: whoever opens it reads every
format up to its own. A file is a stranger's, and what of it cannot be used is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from hdmodel.edition import Edition
from hdmodel.language.languages import FIRST
from hdmodel.links.link import VERSIONS, VIEWS, PageState, live_link, open_link, read_query
from hdmodel.links.plans import NO_PLANS, SLOTS, Plans, read_plan
from hdmodel.numbers import shortened
from hdmodel.problems import BadInput, Phrase, Place, Problem
from hdmodel.projection import MODEL_VERSION
from hdmodel.reading.ledger_columns import COLUMNS, FORMER, Cells
from hdmodel.reading.ledger_table import MOST_ROWS
from hdmodel.reading.tables import Sheet, sheet_of
from hdmodel.reading.upload import own_edition
from hdmodel.scenario import Scenario

MARK: Final = "what-if visit"  # by which a file is known
FORMAT: Final = 1
MOST_BYTES: Final = 4 * 2**20
MOST_LOGGED: Final = 300  # moves that go along: the latest
MOST_LETTERS: Final = 20_000  # of what is typed in one field
FILE: Final = "file"  # the name faults call the whole file by
_FIELDS: Final = (
    *("file", "format", "model", "saved", "link", "left"),
    *("own_edition", "ledgers", "past_years", "log"),
)


@dataclass(frozen=True)
class KeptLedger:
    """The rows of an edition's ledger as they were typed, and whether it drives again with its next plan."""

    edition: str
    rows: tuple[Cells, ...]
    is_waiting: bool = False


@dataclass(frozen=True)
class KeptYears:
    """What was typed as the past years of an indicator."""

    edition: str
    indicator: str
    text: str


@dataclass(frozen=True)
class KeptMoment:
    """A moment of the log: since when, the link that says what is supposed, the place of the plans that are
    kept, and that of the moment it was made from.
    """

    since: datetime
    link: str
    plans: int = 0
    is_starred: bool = False
    after: int | None = None


@dataclass(frozen=True)
class KeptLog:
    """The log: its moments, the place of the present one, those to go back to, and those to go forth to.
    `plans` are the plans of its moments as a link writes them, each set of three once.
    """

    moments: tuple[KeptMoment, ...] = ()
    plans: tuple[tuple[str, ...], ...] = ()
    now: int = 0
    past: tuple[int, ...] = ()
    future: tuple[int, ...] = ()


@dataclass(frozen=True)
class Visit:
    """All that a visitor holds: the state as a link, the tables of an edition of their own (none: blank),
    ledgers, past years, the log, and the state of the released edition that was left for one's own.
    """

    link: str
    own_edition: tuple[Sheet, ...] = ()
    ledgers: tuple[KeptLedger, ...] = ()
    years: tuple[KeptYears, ...] = ()
    log: KeptLog = KeptLog()
    left: str = ""
    saved: datetime | None = None


@dataclass(frozen=True)
class CheckedVisit:
    """A visit that was read, what each moment of its log supposes, and what of it could not be used."""

    visit: Visit
    moments: tuple[tuple[Scenario, Plans], ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def link_of_moment(opened: PageState) -> str:
    """The link that says what a moment of the log supposes: what differs from the baseline, by ids as in the
    first format of links.
    """
    focus = opened.edition.about["focus"]
    alone = replace(opened, plans=NO_PLANS, view=VIEWS[0], focus=focus, language=FIRST)
    return urlencode({"v": VERSIONS[0], **live_link(alone)})


def write_visit(visit: Visit, saved: datetime) -> bytes:
    """The visit as a file, which says its format and when it was saved."""
    content = {
        "file": MARK,
        "format": FORMAT,
        "model": MODEL_VERSION,
        "saved": saved.isoformat(timespec="seconds"),
        "link": visit.link,
        "left": visit.left,
        "own_edition": {sheet.name: [cells for _, cells in sheet.rows] for sheet in visit.own_edition},
        "ledgers": [
            {
                "edition": kept.edition,
                "waiting": kept.is_waiting,
                "rows": list(map(_named, kept.rows)),
            }
            for kept in visit.ledgers
        ],
        "past_years": [
            {"edition": kept.edition, "indicator": kept.indicator, "text": kept.text} for kept in visit.years
        ],
        "log": _written_log(visit.log),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _written_log(log: KeptLog) -> dict[str, object]:
    moments = [
        {
            "since": moment.since.isoformat(timespec="seconds"),
            "link": moment.link,
            "plans": moment.plans,
            "star": moment.is_starred,
            "after": moment.after,
        }
        for moment in log.moments
    ]
    places = {"now": log.now, "past": log.past, "future": log.future}
    return {"moments": moments, "plans": log.plans, **places}


def checked_visit(data: bytes) -> CheckedVisit:
    """What a file holds, every part of it checked; what cannot be used is left out and named.

    Raises `BadInput` for what is no visit at all, or one of a later format.
    """
    problems: list[Problem] = []
    visit = _visit(_root(data), problems)
    edition = _edition_of(visit, problems)
    moments = _moments(visit, edition, problems) if visit.log.moments else ()
    if visit.log.moments and not moments:
        problems.append(_lost("log", Phrase("found.moves", count=len(visit.log.moments))))
    return CheckedVisit(visit, moments, tuple(problems))


# --- the edition, and the log


def _edition_of(visit: Visit, problems: list[Problem]) -> Edition | None:
    """The visitor's own edition; `None` where it can no longer be used, or where it is a released one."""
    if not visit.own_edition:
        return None
    try:
        return own_edition({sheet.name: sheet for sheet in visit.own_edition})
    except BadInput as bad:
        problems += bad.problems
        return None


def _moments(
    visit: Visit, edition: Edition | None, problems: list[Problem]
) -> tuple[tuple[Scenario, Plans], ...]:
    """What each moment supposes and which plans were kept; nothing where the edition is not here."""
    read: dict[str, PageState] = {}
    faults: list[Problem] = []
    for link in dict.fromkeys(moment.link for moment in visit.log.moments):
        read[link] = open_link(read_query(link), edition)
        if any(problem.kind == "unknown_edition" for problem in read[link].problems):
            return ()
        faults += read[link].problems
    here = next(iter(read.values())).edition
    sets = [_plans(here, written, faults) for written in visit.log.plans]
    problems += [
        replace(problem, place=Place("log", column=problem.place)) for problem in dict.fromkeys(faults)
    ]
    return tuple((read[moment.link].scenario, sets[moment.plans]) for moment in visit.log.moments)


def _plans(edition: Edition, written: tuple[str, ...], problems: list[Problem]) -> Plans:
    return tuple(read_plan(edition, slot, text, problems) for slot, text in zip(SLOTS, written, strict=True))


def _lost(place: str, found: Phrase) -> Problem:
    return Problem("lost", place, found, Phrase("wanted.same_edition"))


# --- the parts of the file

Part = TypeVar("Part")


class _NoPart(ValueError):
    """A part of the file is not what it should be."""


def _root(data: bytes) -> dict[str, Any]:
    """The file as JSON, known by its mark and of a format that is read here."""
    if len(data) > MOST_BYTES:
        raise _refused("too_large", Phrase("found.bytes", count=len(data)), _most_bytes())
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused("malformed", Phrase("found.damaged"), Phrase("wanted.visit")) from None
    if not isinstance(root, dict) or root.get("file") != MARK:
        raise _refused("malformed", Phrase("found.damaged"), Phrase("wanted.visit"))
    if type(root.get("format")) is not int or not 1 <= root["format"] <= FORMAT:
        raise _refused("unknown_format", shortened(str(root.get("format"))), f"1…{FORMAT}")
    return root


def _refused(kind: str, found: str, wanted: str) -> BadInput:
    return BadInput([Problem(kind, FILE, found, wanted)])


def _most_bytes() -> Phrase:
    return Phrase("wanted.most_bytes", most=MOST_BYTES)


def _visit(root: dict[str, Any], problems: list[Problem]) -> Visit:
    def part(name: str, read: Callable[[Any], Part], blank: Part) -> Part:
        """A part of the file; one that is at fault is left out and named."""
        try:
            return read(root[name]) if name in root else blank
        except (_NoPart, KeyError, TypeError, ValueError) as error:
            problems.append(Problem("malformed", name, shortened(str(error)), Phrase("wanted.visit_part")))
            return blank

    problems += [
        Problem("unknown_name", name, "", ", ".join(_FIELDS)) for name in root if name not in _FIELDS
    ]
    return Visit(
        link=part("link", _text, ""),
        own_edition=part("own_edition", _sheets, ()),
        ledgers=part("ledgers", lambda value: tuple(_ledgers(value, problems)), ()),
        years=part("past_years", lambda value: tuple(map(_years, _list(value))), ()),
        log=part("log", _log, KeptLog()),
        left=part("left", _text, ""),
        saved=part("saved", lambda value: datetime.fromisoformat(_text(value)), None),
    )


def _sheets(value: Any) -> tuple[Sheet, ...]:
    return tuple(
        sheet_of(_text(name), enumerate((tuple(map(_text, _list(row))) for row in _list(rows)), start=1))
        for name, rows in _dict(value).items()
    )


def _named(cells: Cells) -> dict[str, str]:
    """A row's cells by column; those that came later are written where they hold anything, so that a file
    of an earlier release is written as it was.
    """
    row = zip(COLUMNS, cells, strict=True)
    return {name: cell for name, cell in row if cell or name in FORMER}


def _ledgers(value: Any, problems: list[Problem]) -> Iterator[KeptLedger]:
    for entry in map(_dict, _list(value)):
        rows = [_dict(row) for row in _list(entry["rows"])]
        if len(rows) > MOST_ROWS:
            raise _NoPart(f"{len(rows)} > {MOST_ROWS}")
        unknown = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
        problems += [
            Problem("unknown_name", Place("ledgers", column=name), "", ", ".join(COLUMNS)) for name in unknown
        ]
        cells = tuple(tuple(_text(row.get(name, "")) for name in COLUMNS) for row in rows)
        yield KeptLedger(_text(entry["edition"]), cells, entry.get("waiting") is True)


def _years(value: Any) -> KeptYears:
    entry = _dict(value)
    return KeptYears(*(_text(entry[name]) for name in ("edition", "indicator", "text")))


def _log(value: Any) -> KeptLog:
    entry = _dict(value)
    plans = tuple(tuple(map(_text, _list(three))) for three in _list(entry["plans"]))
    moments = tuple(_moment(each, len(plans)) for each in _list(entry["moments"]))
    count = len(moments)
    if count > MOST_LOGGED or any(len(three) != len(SLOTS) for three in plans):
        raise _NoPart(f"{count} > {MOST_LOGGED}")
    for moment in moments:
        _place(moment.after or 0, count)
    past, future = (tuple(_place(at, count) for at in _list(entry[name])) for name in ("past", "future"))
    return KeptLog(moments, plans, _place(entry["now"], count), past, future) if moments else KeptLog()


def _moment(value: Any, sets_of_plans: int) -> KeptMoment:
    entry: Mapping[str, Any] = _dict(value)
    after, since = entry.get("after"), datetime.fromisoformat(_text(entry["since"]))
    if since.tzinfo is None or not (after is None or type(after) is int):
        raise _NoPart(f"{entry['since']}, {after}")
    plans = _place(entry["plans"], sets_of_plans)
    return KeptMoment(since, _text(entry["link"]), plans, entry.get("star") is True, after)


def _place(value: Any, count: int) -> int:
    if type(value) is not int or not 0 <= value < count:
        raise _NoPart(str(value))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise _NoPart(str(value))
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _NoPart(str(value))
    return value


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _NoPart(str(value))
    return value
