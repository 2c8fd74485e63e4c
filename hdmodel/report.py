"""How does the command line say it?  The projection as JSON and as a plain table, from one record;
problems and remarks as lines; in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

from hdmodel.edition import Edition
from hdmodel.language.languages import OF_THE_PROGRAM
from hdmodel.language.words import words_of
from hdmodel.numbers import LONGEST_REPEATED, MORE_PLACES, adds_up, as_json, places_against, printed
from hdmodel.problems import WORDS, Phrase, Place, Problem
from hdmodel.projection import MODEL_VERSION, Projection
from hdmodel.scenario import Scenario, in_effect

WORDS_OF_REPORT: Final = words_of(Path(__file__).with_name("report.csv"))
_BLANK = "-"
_BETWEEN_IDS, _MOST_IDS = " + ", 6  # what a problem names together
_PATH = ("h1", "q3", "q4", "ytd_q3", "full_year")
_SHOWN = (*_PATH, "target", "shortfall")
_OF_A_TARGET = ("target", "shortfall", "met", "within_reach", "out_of_reach")  # said otherwise of a benchmark


def json_of(edition: Edition, scenario: Scenario, projections: Mapping[str, Projection]) -> dict[str, Any]:
    """Everything as JSON-ready values: percentages as percent numbers, unrounded;
    `None` where nothing applies.
    """
    return {
        "edition": edition.id,
        "model": MODEL_VERSION,
        "scenario": {id: as_json(value) for id, value in in_effect(edition, scenario).items()},
        "indicators": {id: _indicator_json(projection) for id, projection in projections.items()},
    }


def _indicator_json(projection: Projection) -> dict[str, Any]:
    required = {f"required_{name}": as_json(value) for name, value in asdict(projection.required).items()}
    return {
        "kind": projection.kind.name,
        "unit": projection.unit,
        **{name: as_json(value) for name, value in asdict(projection.path).items()},
        **{
            name: as_json(getattr(projection, name))
            for name in (
                "target",
                "shortfall",
                "locked_in",
                "completion_h1",
                "lead_h1",
                "lead_ytd_q3",
                "comparable_growth",
                "starts_missing",
            )
        },
        **required,
        "status": projection.status,
        "reach": [as_json(end) for end in projection.reach] if projection.reach else None,
        "bases": _part_json(projection.bases),
        "amounts": _part_json(projection.amounts),
    }


def _part_json(part: Any) -> dict[str, Any] | None:
    return None if part is None else {name: as_json(value) for name, value in asdict(part).items()}


def table_of(edition: Edition, projections: Mapping[str, Projection], language: str = OF_THE_PROGRAM) -> str:
    """A table for a terminal: one line an indicator, rounded half up to the indicator's decimals,
    or to a few more with which what is printed adds up; where those do not do it, a line below says so.

    An indicator stands under its id in the language that ids are words of, in any other under its name, the
    id at the end of the line.
    """
    fields = ("indicator", "unit", *_SHOWN, "required_h2", "status")
    header = [say(f"column.{field}", language) for field in fields]
    rows = [header, *(_row(edition, projection, language) for projection in projections.values())]
    if language != OF_THE_PROGRAM:
        ids = [say("column.id", language), *projections]
        rows = [[*row, id] for row, id in zip(rows, ids, strict=True)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    uneven = [
        projection.id
        for projection in projections.values()
        if not _adds_up(projection, places_of_row(edition, projection))
    ]
    return "\n".join([*lines, *([say("uneven", language, ids=", ".join(uneven))] if uneven else [])])


def _row(edition: Edition, projection: Projection, language: str) -> list[str]:
    places = places_of_row(edition, projection)
    numbers = (getattr(projection.path, name, None) for name in _PATH)
    cells = [
        _BLANK if number is None else printed(number, places)
        for number in (*numbers, projection.target, projection.shortfall)
    ]
    indicator = edition.indicators[projection.id]
    name = projection.id if language == OF_THE_PROGRAM else indicator.short.in_language(language)
    status = say(f"status.{against(edition, projection.id, projection.status)}", language)
    return [name, unit_in(projection.unit, language), *cells, _required(projection, places, language), status]


def against(edition: Edition, indicator: str, key: str) -> str:
    """The key of a word about a target, which has another one where the number is only a benchmark.

    >>> from hdmodel import released_edition
    >>> against(released_edition(), "telecom_volume", "met")
    'met.benchmark'
    """
    is_benchmark = edition.indicators[indicator].is_benchmark and key in _OF_A_TARGET
    return f"{key}.benchmark" if is_benchmark else key


def places_of_row(edition: Edition, projection: Projection) -> int:
    """The decimals of a row: the indicator's own, or a few more where those would not add up."""
    usual, target = edition.indicators[projection.id].places_in(projection.unit), projection.target
    year = projection.path.full_year
    fewest = usual if target is None or year is None else places_against(year, target, usual)
    more = range(fewest, fewest + MORE_PLACES)
    return next((places for places in more if _adds_up(projection, places)), fewest)


def _adds_up(projection: Projection, places: int) -> bool:
    """Whether the sums of a row hold as they are printed: a flow's quarters and what H2 must bring,
    and for each kind the shortfall.
    """
    path, target = projection.path, projection.target
    sums: list[tuple[tuple[Fraction | None, ...], Fraction | None]] = [
        ((path.full_year, projection.shortfall), target)
    ]
    if projection.kind.is_sum:
        sums += [((path.h1, path.q3), path.ytd_q3), ((path.ytd_q3, path.q4), path.full_year)]
        sums += [((path.h1, path.q3, path.q4), path.full_year), ((path.h1, projection.required.h2), target)]
        sums += [((path.ytd_q3, projection.required.q4), target)] if projection.is_q3_known else []
    return all(
        total is None or None in parts or adds_up([part for part in parts if part is not None], total, places)
        for parts, total in sums
    )


def _required(projection: Projection, places: int, language: str) -> str:
    """What H2 must bring, or Q4 where it is known what Q3 brought."""
    q4, h2 = projection.required.q4, projection.required.h2
    if projection.is_q3_known:
        return _BLANK if q4 is None else say("of_q4", language, value=printed(q4, places))
    return _BLANK if h2 is None else printed(h2, places)


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    words = {0, 1, *range(len(_SHOWN) + 3, len(row))}
    return [
        cell + " " * room if place in words else " " * room + cell
        for place, cell in enumerate(row)
        for room in [widths[place] - _width(cell)]
    ]


# --- words
# ------------------------------------------------------------------------------------------------------


def say(key: str, language: str, **gaps: str) -> str:
    """A text of the command line, its gaps filled."""
    return WORDS_OF_REPORT[key][language].format(**gaps)


def unit_in(unit: str, language: str) -> str:
    """A unit in a language; one the table does not know stands as the edition writes it."""
    key = f"unit.{unit}"
    return say(key, language) if key in WORDS_OF_REPORT else unit


def line_of(problem: Problem, language: str) -> str:
    """A problem or a remark as one line.

    >>> line_of(Problem("out_of_range", Place("levers.csv", 2, "low"), "99", "-20…40"), "zh")
    'levers.csv 第 2 行 low 列：99：超出范围；可接受：-20…40；改法：核对数和单位，改到所列的范围之内'
    """
    used = (
        say(f"used.{problem.used}", language) if f"used.{problem.used}" in WORDS_OF_REPORT else problem.used
    )
    parts = {
        "place": _each_short(_place(problem.place, language), language),
        "found": _found(problem, language),
        "what": WORDS[f"problem.{problem.kind}"][language],
    }
    line = say("line", language, **parts)
    wanted, remedy = (in_language(part or "", language) for part in (problem.wanted, problem.remedy))
    line += say("line.wanted", language, wanted=wanted) if wanted else ""
    line += WORDS["remedy.said"][language].format(remedy=remedy) if remedy else ""
    line += say("line.used", language, used=_short(used, language)) if used else ""
    return " ".join(line.split())


def _found(problem: Problem, language: str) -> str:
    """What was found, with what cannot be seen in it by name."""
    value = _short(in_language(problem.found, language), language)
    named = WORDS["letter.and"][language].join(in_language(letter, language) for letter in problem.letters)
    return WORDS["found.with_letters"][language].format(found=value, letters=named) if named else value


def _short(text: str, language: str) -> str:
    """A text that may be too long to repeat, with its length in the language where it is cut."""
    if len(text) <= LONGEST_REPEATED:
        return text
    return say("line.shortened", language, start=text[:LONGEST_REPEATED], count=str(len(text)))


def _each_short(place: str, language: str) -> str:
    """A place, which may be several ids together: each is said, and what is too long for an id is cut."""
    parts = place.split(_BETWEEN_IDS)
    if len(parts) > _MOST_IDS:
        return _short(place, language)
    return _BETWEEN_IDS.join(_short(part, language) for part in parts)


def _place(place: Place | str, language: str) -> str:
    if not isinstance(place, Place) or place.row is None:
        return place
    key = "place.cell" if place.column else "place.row"
    return say(key, language, table=place.table, row=str(place.row), column=place.column)


def in_language(text: Phrase | str, language: str) -> str:
    """A phrase of the model's in a language; names, values and ranges stay as they are."""
    return WORDS[text.key][language].format_map(text.gaps) if isinstance(text, Phrase) else text
