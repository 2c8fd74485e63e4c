"""What do the ledger's sentence, bar and tables say?  Rows of text,
with decimals enough for every total to add up in print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hdmodel import Problem, formulas
from hdmodel.explain.ledger import COVERED
from hdmodel.ledger import (
    UNIT,
    Coverage,
    Ledger,
    Slip,
    Tally,
    beyond_year_plan,
    by_stage,
    by_unit,
    counted,
    h1_beside,
    largest,
    remarks,
    within,
)
from hdmodel.numbers import adds_up, places_seen
from hdmodel.problems import Phrase, Place
from hdmodel.reading.ledger_table import Remark, TableRead
from ui.explain.clicks import number_html
from ui.explain.questions import Covered, Quantity, Question
from ui.files.faults import found_in_words, in_words, place_of, with_remedy
from ui.files.spreadsheets import FILE
from ui.html.elements import NOTHING, Markup, element
from ui.session.visit_ledger import TABLE
from ui.text.speech import Speech
from ui.text.texts import TEXTS

_FEWEST_PLACES, _MOST_PLACES = 2, 10
MOST_UNITS = 15  # in the table; the others are summed in one row
_MOST_NAMED = 3
_OF_A_COLUMN = ("unknown_word", "not_a_number")  # faults of which the column says best what is accepted


@dataclass(frozen=True)
class Segment:
    """One part of the bar: its kind, its amount, and its width in % of the bar."""

    kind: str
    amount: Fraction
    width: str


# --- against what is missing
# -----------------------------------------------------------------------------------------


def coverage_places(coverage: Coverage) -> int:
    """The decimals with which secured and without a project add up to what is missing,
    and neither too little nor too much is 0.
    """
    whole = coverage.missing + coverage.surplus
    parts = [
        ([coverage.secured, coverage.without_project], whole),
        ([coverage.missing, coverage.surplus], whole),
    ]
    return places_that_add(parts, max(map(places_that_show, (coverage.without_project, coverage.surplus))))


def coverage_sentence(
    indicator: str, coverage: Coverage, quarters: Sequence[str], speech: Speech, *, is_here: bool = True
) -> Markup:
    """What the ledger secures of what is missing; a click on a number opens its arithmetic.

    Where the ledger itself is not here, only its sums, there is none of what follows from its rows.
    """
    places = coverage_places(coverage)
    asked: dict[str, Question] = {name: Covered(indicator, name) for name in COVERED} if is_here else {}
    asked["missing"] = Quantity(indicator, "required_h2" if "q3" in quarters else "required_q4")
    amounts_said = {
        name: number_html(speech.amount(getattr(coverage, name), UNIT, places), asked.get(name))
        for name in ("missing", *COVERED)
    }
    when = speech.say("ledger.when." + "_".join(quarters))
    if coverage.missing <= 0:
        return speech.html("ledger.said.nothing_missing", secured=amounts_said["secured"])
    key = "short" if coverage.without_project > 0 else "over" if coverage.surplus > 0 else "exact"
    return speech.html(f"ledger.said.{key}", when=when, **amounts_said)


def segments(
    coverage: Coverage | None, tally: Tally, secured: Fraction, quarters: Sequence[str]
) -> list[Segment]:
    """The parts of the bar that are not empty: secured, without a project, counted apart, dormant."""
    parts = {
        "secured": secured,
        "without_project": coverage.without_project if coverage else Fraction(0),
        "apart": within(tally.apart, quarters),
        "dormant": within(tally.dormant, quarters),
    }
    whole = sum(parts.values())
    return [
        Segment(kind, amount, f"{float(amount * 100 / whole):.3f}%")
        for kind, amount in parts.items()
        if amount > 0
    ]


def bar_html(parts: Sequence[Segment], places: int, speech: Speech) -> Markup:
    """The bar and what its parts are; each part is named in words, too."""
    if not parts:
        return NOTHING
    parts = [
        (part, speech.say(f"ledger.part.{part.kind}"), speech.amount(part.amount, UNIT, places))
        for part in parts
    ]
    bar = (
        element("i", class_=part.kind, style=f"width:{part.width}", title=f"{name} {amount}")
        for part, name, amount in parts
    )
    legend = (
        element("span", element("i", class_=part.kind), name, " ", element("b", amount))
        for part, name, amount in parts
    )
    drawn = element("div", *bar, class_="coverage", aria_hidden="true")
    return drawn + element("div", *legend, class_="coverage-legend")


# --- tables
# ----------------------------------------------------------------------------------------------------------


def sum_columns(first: str, speech: Speech) -> list[str]:
    """The headings of a table of sums."""
    return [
        speech.say(f"ledger.column.{name}")
        for name in (first, "projects", "q3", "q4", "h2", "apart", "dormant", "not_started")
    ]


def stage_rows(ledger: Ledger, speech: Speech) -> list[tuple[str, ...]]:
    """The sums of each stage, and of all."""
    named = {speech.say(f"stage.{stage}"): sums for stage, sums in by_stage(ledger).items()}
    return _sum_rows(named, ledger.tally, speech)


def unit_rows(ledger: Ledger, speech: Speech, most: int = MOST_UNITS) -> list[tuple[str, ...]]:
    """The sums of each unit in charge, those past so many together, and of all."""
    units = list(by_unit(ledger).items())
    named = {unit or speech.say("ledger.no_unit"): sums for unit, sums in units[:most]}
    rest = [sums for _, sums in units[most:]]
    if rest:
        named[speech.say("ledger.other_units", count=str(len(rest)))] = _together(rest)
    return _sum_rows(named, ledger.tally, speech)


def _together(sums: Iterable[Tally]) -> Tally:
    whole = Tally()
    for sums_of_unit in sums:
        whole = Tally(
            whole.projects + sums_of_unit.projects,
            whole.counted.plus(sums_of_unit.counted),
            whole.apart.plus(sums_of_unit.apart),
            whole.dormant.plus(sums_of_unit.dormant),
            whole.not_started + sums_of_unit.not_started,
        )
    return whole


def _amounts(sums: Tally) -> tuple[Fraction, ...]:
    return sums.counted.q3, sums.counted.q4, sums.counted.h2, sums.apart.h2, sums.dormant.h2


def _sum_rows(named: Mapping[str, Tally], whole: Tally, speech: Speech) -> list[tuple[str, ...]]:
    columns = zip(*(_amounts(sums) for sums in named.values()), strict=True)
    across = [([*_amounts(sums)[:2]], sums.counted.h2) for sums in (*named.values(), whole)]
    places = places_that_add([*zip(map(list, columns), _amounts(whole), strict=False), *across])
    rows = [*named.items(), (speech.say("ledger.in_all"), whole)]
    return [
        (
            name,
            str(sums.projects),
            *(speech.number(amount, places) for amount in _amounts(sums)),
            str(sums.not_started),
        )
        for name, sums in rows
    ]


def largest_columns(speech: Speech) -> list[str]:
    """The headings of the table of the largest projects."""
    return [
        speech.say(f"ledger.column.{name}") for name in ("name", "stage", "unit", "q3", "q4", "h2", "share")
    ]


def largest_rows(ledger: Ledger, speech: Speech) -> list[tuple[str, ...]]:
    """The projects that carry most, with their share of what the ledger counts."""
    rows, whole = largest(ledger), ledger.tally.counted.h2
    shares = [formulas.completion(counted(row).h2, whole) for row in rows]
    share_places = places_that_show(min(shares), fewest=1) if shares else 1
    places = places_that_add([([row.plan_q3, row.plan_q4], counted(row).h2) for row in rows])
    return [
        (
            row.name,
            speech.say(f"stage.{row.stage}"),
            row.unit or speech.say("ledger.no_unit"),
            *(speech.number(amount, places) for amount in (row.plan_q3, row.plan_q4, counted(row).h2)),
            speech.amount(share, "%", share_places),
        )
        for row, share in zip(rows, shares, strict=True)
    ]


def places_that_add(
    totals: Iterable[tuple[Sequence[Fraction], Fraction]], fewest: int = _FEWEST_PLACES
) -> int:
    """The fewest decimals, from two or more,
    with which the parts of every total add up to it as they are printed.

    >>> half = Fraction("0.005")
    >>> places_that_add([([half, half], 2 * half)]), places_that_add([([2 * half], 2 * half)])
    (3, 2)
    """
    kept = list(totals)
    for places in range(fewest, _MOST_PLACES):
        if all(adds_up(parts, whole, places) for parts, whole in kept):
            return places
    return _MOST_PLACES


def places_that_show(amount: Fraction, fewest: int = _FEWEST_PLACES) -> int:
    """The fewest decimals, from two or as said, with which an amount above 0 is not printed as 0."""
    return min(places_seen([amount], fewest), _MOST_PLACES)


# --- what slips
# ------------------------------------------------------------------------------------------------------


def slip_sentence(
    name: str, slip: Slip, coverage: Coverage | None, quarters: Sequence[str], speech: Speech
) -> str:
    """What a project that moves a quarter takes from the quarters, the year and what is secured;
    plain text.
    """
    places = places_that_add([([slip.q3, slip.q4], slip.year)])
    sentence = speech.say(
        "ledger.slip" if "q3" in quarters else "ledger.slip.q4",
        name=name,
        q3=_change(slip.q3, places, speech),
        q4=_change(slip.q4 if "q3" in quarters else slip.year, places, speech),
        year=_change(slip.year, places, speech),
    )
    if coverage is None:
        return sentence
    after = Coverage(coverage.missing, coverage.secured + slip.year)
    places = coverage_places(after)
    key = "short" if after.without_project > 0 else "enough"
    return sentence + speech.say(
        f"ledger.slip.{key}",
        secured=speech.amount(after.secured, UNIT, places),
        without=speech.amount(after.without_project, UNIT, places),
    )


def _change(value: Fraction, places: int, speech: Speech) -> str:
    if value == 0:
        return speech.say("ledger.change.none")
    return speech.say(
        "ledger.change.less" if value < 0 else "ledger.change.more",
        by=speech.amount(abs(value), UNIT, places),
    )


# --- faults and remarks
# ----------------------------------------------------------------------------------------------


def fault_line(problem: Problem, names: Mapping[str, str], speech: Speech) -> str:
    """One fault in the page's language: where, what is written, what is wrong and what is accepted;
    plain text.

    `names` are those of the page's own rows by number: its editor shows no numbers.
    """
    place = place_of(problem)
    column = place.column
    return speech.say(
        "ledger.fault",
        place=_place(place, names, speech)
        + (speech.say("ledger.place.column", column=_column(column, speech)) if column else ""),
        value=found_in_words(problem, speech) or speech.say("used.blank"),
        what=speech.say(f"problem.{problem.kind}"),
        accepted=with_remedy(problem, _accepted(problem, column, speech), speech),
    )


def _place(place: Place, names: Mapping[str, str], speech: Speech) -> str:
    if place.row is None:
        is_file = place.table == FILE
        return (
            speech.say("ledger.place.file") if is_file else speech.shortened(place.table.removesuffix(".csv"))
        )
    row = str(place.row)
    if place.table == TABLE:
        return speech.shortened(names.get(row, "")) or speech.say("ledger.place.row", row=row)
    return speech.say(
        "ledger.place.row_of", table=speech.shortened(place.table.removesuffix(".csv")), row=row
    )


def _column(column: str, speech: Speech) -> str:
    """A column by its name in the page's language; one that is not the ledger's as the file names it."""
    key = f"ledger.column.{column}"
    return speech.say(key) if key in TEXTS else speech.shortened(column)


def _accepted(problem: Problem, column: str, speech: Speech) -> str:
    """What is accepted: the texts' words for the kind of fault, for what a cell of the column takes, or else
    what the problem itself says.
    """
    is_of_column = problem.kind in _OF_A_COLUMN or not isinstance(problem.wanted, Phrase)
    of_column = f"ledger.accepted.{column}" if is_of_column and problem.kind != "out_of_range" else ""
    for key in (f"ledger.accepted.{problem.kind}", of_column):
        if key in TEXTS:
            return speech.say(key)
    return in_words(problem.wanted, speech)


def remark_lines(ledger: Ledger, speech: Speech) -> list[str]:
    """What a bureau would question and still count, each with the first projects it is about; plain text."""
    return [
        speech.say(
            f"ledger.remark.{word}",
            names=speech.say("moved.and").join(map(speech.shortened, names[:_MOST_NAMED])),
            count=str(len(names)),
        )
        for word, names in remarks(ledger).items()
    ] + _year_plan_line(ledger, speech)


def _year_plan_line(ledger: Ledger, speech: Speech) -> list[str]:
    """The projects whose year is not what is planned for it, each with the difference."""
    beyond_plan = [(row.name, beyond) for row in ledger.rows if (beyond := beyond_year_plan(row))]
    if not beyond_plan:
        return []
    places = max(places_that_show(abs(beyond)) for _, beyond in beyond_plan[:_MOST_NAMED])
    named = [
        f"{speech.shortened(name)} {_change(beyond, places, speech)}"
        for name, beyond in beyond_plan[:_MOST_NAMED]
    ]
    listed = speech.say("moved.and").join(named)
    return [speech.say("ledger.remark.year_plan", names=listed, count=str(len(beyond_plan)))]


def h1_line(ledger: Ledger, h1: Fraction, speech: Speech) -> str:
    """What is odd about the ledger's H1 beside the indicator's; blank where nothing is. Plain text."""
    compared = h1_beside(ledger, h1)
    if compared is None:
        return ""
    kind, whole = compared
    places = max(places_that_show(whole), places_that_show(h1))
    amounts = {"ledger": whole, "indicator": h1}
    amounts_said = {name: speech.amount(amount, UNIT, places) for name, amount in amounts.items()}
    return speech.say(f"ledger.remark.h1_{kind}", **amounts_said)


def remark_line(remark: Remark, speech: Speech) -> str:
    """What was read otherwise than it stands in a table, or left out of it, with the first rows it is about;
    plain text.
    """
    rows = speech.say("moved.and").join(map(str, remark.rows[:_MOST_NAMED])) + (
        "…" if len(remark.rows) > _MOST_NAMED else ""
    )
    if difference := remark.difference:
        places = places_that_add(
            [([difference.written], difference.written), ([difference.summed], difference.summed)]
        )
        amounts = {"written": difference.written, "summed": difference.summed}
        amounts_said = {name: speech.amount(amount, UNIT, places) for name, amount in amounts.items()}
        column = speech.say(f"ledger.column.{difference.column}")
        return speech.say("ledger.read.sum_differs", rows=rows, column=column, **amounts_said)
    if remark.kind == "separator":
        return speech.say("ledger.read.separator", how=speech.say(f"found.by_{remark.value}"))
    return speech.say(
        f"ledger.read.{remark.kind}", count=str(len(remark.rows)), rows=rows, value=speech.unit(remark.value)
    )


def units_line(table: TableRead, speech: Speech) -> str:
    """In which unit each column of amounts is read; blank while that is asked for. Plain text."""
    if table.asks_unit or not table.units:
        return ""
    columns: dict[str, list[str]] = {}
    for name, unit in table.units.items():
        columns.setdefault(unit, []).append(speech.say(f"ledger.column.{name}"))
    named = [f"{speech.say('moved.and').join(names)} {speech.unit(unit)}" for unit, names in columns.items()]
    return speech.say("ledger.preview.units", units=" · ".join(named))
