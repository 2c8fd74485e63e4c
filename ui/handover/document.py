"""How does a state become a page to file?  In words: conclusion, indicators, plans or units in a table, what
was supposed, and which figures to be careful with. The layout is that of `ui.handover.official_page`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hdmodel import PageState, project
from hdmodel.explain.worked_lines import behind_the_year
from ui.answers.basis import basis_words, tags_of
from ui.answers.ledger_answer import LedgerAnswer, counting_words, ledger_sentence
from ui.answers.ledger_rows import MOST_UNITS, remark_lines, sum_columns, unit_rows
from ui.answers.plan_rows import (
    NamedState,
    columns_of,
    lever_rows,
    needed_html,
    result_rows,
    said_of,
    short_name,
)
from ui.answers.sentences import result_sentence
from ui.handover.answer_sheet import cautions
from ui.handover.drawing import path_chart
from ui.handover.official_page import Paper, PaperTable, fitting, written
from ui.html.elements import plain_text
from ui.page.about import About, provenance, scenario_in_words, sources_of, title_of
from ui.page.cards import h1_figure, tag_of, target_figure
from ui.text.speech import Speech

_WEIGHTS = (53, 53, 66, 66, 96, 108)  # of the columns of the indicators
_UNIT_WEIGHTS = (2.6, 0.9, 1.1, 1.1, 1.1, 1.1, 1.1, 1.0)
_LEAST_BODY = 12  # points: before type gets smaller, more units are summed in one row
_LONGEST_UNIT = 40  # letters


def document_of(opened: PageState, about: About, speech: Speech) -> bytes:
    """The document (.docx) of the present state, its indicators with target, H1 and what is required."""
    table = PaperTable(_indicators(opened, speech), _WEIGHTS)
    return written(_paper(opened, about, table, scenario_in_words(opened, speech), speech), speech)


def plans_document_of(opened: PageState, about: About, speech: Speech) -> bytes:
    """The same with the present state, the baseline and the plans side by side."""
    edition, columns = opened.edition, columns_of(opened, speech)
    titles = [column.title for column in columns]
    rows = [[plain_text(cell) for cell in row] for row in result_rows(edition, columns, speech)]
    supposed = [
        speech.say(
            "paper.of_plans",
            lever=label,
            values=speech.say("paper.beside").join(map(" ".join, zip(titles, values, strict=True))),
        )
        for label, *values in lever_rows(edition, columns, speech)
    ]
    table = PaperTable([[speech.say("paper.column.name"), *titles], *rows], [1.0, *[1.5] * len(titles)])
    return written(
        _paper(opened, about, table, supposed or scenario_in_words(opened, speech), speech), speech
    )


def _indicators(opened: PageState, speech: Speech) -> list[list[str]]:
    """Target, H1, year, difference and what is required of each headline indicator, with their tags."""
    edition, scenario = opened.edition, opened.scenario
    names = ("name", "target", "h1", "year", "difference", "needed")
    rows = [[speech.say(f"paper.column.{name}") for name in names]]
    for id, projection in project(edition, scenario).items():
        indicator = edition.indicators[id]
        if not indicator.headline:
            continue
        year, status, by = said_of(edition, projection, speech)
        places = indicator.places_in(projection.unit)
        target, h1 = (
            _tagged(speech.amount(value, projection.unit, places), tag_of(edition, scenario, figure, speech))
            for value, figure in (
                (projection.target, target_figure(edition, projection)),
                (projection.path.h1, h1_figure(edition, projection)),
            )
        )
        needed = plain_text(needed_html(edition, NamedState("now", "", scenario), projection, speech))
        rows.append(
            [
                short_name(edition, id, speech),
                target if projection.target is not None else speech.say("card.no_target"),
                h1,
                _tagged(year, tags_of(edition, scenario, id, speech)),
                " ".join((*([by] if by else []), status)),
                needed or "—",
            ]
        )
    return rows


def _tagged(amount: str, tag: str) -> str:
    return f"{amount}\n{tag}" if tag else amount


def _paper(
    opened: PageState, about: About, table: PaperTable, supposed: Sequence[str], speech: Speech
) -> Paper:
    edition, scenario = opened.edition, opened.scenario
    projection = project(edition, scenario)[opened.focus]
    sentence = plain_text(result_sentence(edition, scenario, projection, speech))
    rests = basis_words(edition, scenario, opened.focus, speech).strip()
    chart = path_chart(opened, projection, speech)
    made, *model = provenance(opened, about, speech)
    return Paper(
        title_of(opened, speech),
        made,
        speech.say(
            "paper.conclusion",
            name=speech.pick(edition.indicators[opened.focus].label),
            said=speech.say("between_sentences").join((sentence, rests)) if rests else sentence,
        ),
        speech.say("paper.indicators"),
        table,
        f"{short_name(edition, opened.focus, speech)} · {chart.title}",
        chart,
        supposed,
        cautions(opened, speech),
        [*([sources] if (sources := _sources(opened, _headlines(opened), speech)) else []), *model],
        about.link,
    )


def _headlines(opened: PageState) -> list[str]:
    return [id for id, indicator in opened.edition.indicators.items() if indicator.headline]


def _sources(opened: PageState, indicators: Sequence[str], speech: Speech) -> str:
    """Where the figures behind the years of these indicators were published."""
    leaves = (behind_the_year(opened.edition, opened.scenario, id) for id in indicators)
    return sources_of(opened.edition, speech, {leaf.id for of_number in leaves for leaf in of_number})


# --- the open part of the ledger


def units_document_of(opened: PageState, answer: LedgerAnswer, about: About, speech: Speech) -> bytes:
    """The document of the ledger by unit in charge (责任单位): what is secured of what is missing, and what
    each has planned and not started. Units past what fits in readable type are summed in one row.
    """
    whole = _units_paper(opened, answer, about, speech)
    tables = (_units(answer, most, speech) for most in range(MOST_UNITS, 0, -1))
    papers = (replace(whole, table=table) for table in tables)
    paper = next((shorter for shorter in papers if fitting(shorter, speech)[0].body >= _LEAST_BODY), None)
    return written(paper or replace(whole, table=_units(answer, 1, speech)), speech)


def _units(answer: LedgerAnswer, most: int, speech: Speech) -> PaperTable:
    rows = [
        (speech.shortened(unit, _LONGEST_UNIT), *amounts)
        for unit, *amounts in unit_rows(answer.ledger, speech, most)
    ]
    return PaperTable([sum_columns("unit", speech), *rows], _UNIT_WEIGHTS)


def _units_paper(opened: PageState, answer: LedgerAnswer, about: About, speech: Speech) -> Paper:
    edition, indicator = opened.edition, opened.edition.indicators[answer.indicator]
    name = speech.pick(indicator.label)
    rests = basis_words(edition, opened.scenario, answer.indicator, speech).strip()
    sentence = plain_text(ledger_sentence(answer, speech))
    remarks = remark_lines(answer.ledger, speech)
    made, *model = provenance(opened, about, speech)
    return Paper(
        speech.say("paper.units.title", title=title_of(opened, speech)),
        made,
        speech.say(
            "paper.conclusion",
            name=name,
            said=speech.say("between_sentences").join((sentence, rests)) if rests else sentence,
        ),
        speech.say("paper.units"),
        _units(answer, MOST_UNITS, speech),
        "",
        None,
        scenario_in_words(opened, speech),
        [counting_words(answer, name, speech), *remarks, speech.say("paper.units.link")],
        [*([sources] if (sources := _sources(opened, [answer.indicator], speech)) else []), *model],
        about.link,
    )
