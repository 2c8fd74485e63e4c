"""Where does each number come from, and how is it computed?  Every figure, range, scenario,
formula and source as a table.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from fractions import Fraction

import streamlit as st

from hdmodel import Edition, PageState, formulas
from hdmodel.edition import TAGS, Figure, Lever
from hdmodel.numbers import plain
from ui.answers.figure_words import figure_as_shown, how_words
from ui.answers.passage_words import passage_rows, place_words
from ui.explain.clicks import number_html
from ui.explain.questions import Given
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.page.editions import editions
from ui.page.frame import heading
from ui.page.new_edition import new_edition
from ui.page.visit_file import visit_file
from ui.text.speech import Speech
from ui.text.texts import TEXTS

AMOUNT_UNIT = "亿元"  # of the amounts in projects.csv


def sources(opened: PageState, speech: Speech) -> None:
    """The whole provenance of the page, in the order a sceptic asks for it."""
    edition = opened.edition
    editions(opened, speech)
    new_edition(edition, speech)
    visit_file(opened, speech)
    _table(
        "sources.figures",
        ("figure", "value", "tag", "source", "paragraph", "how"),
        _figures(edition, speech),
        speech,
    )
    _table("sources.levers", ("lever", "now", "default", "range", "reason"), _levers(opened, speech), speech)
    _table("sources.scenarios", ("scenario", "settings", "reason"), _scenarios(edition, speech), speech)
    _table("sources.formulas", ("formula", "in_words"), _formulas(speech), speech)
    _table(
        "sources.projects",
        ("project", "stage", "amount", "source", "paragraph", "note"),
        _projects(edition, speech),
        speech,
    )
    passages = passage_rows(edition, speech)
    if passages:
        _table(
            "sources.passages",
            ("source", "paragraph", "place", "said", "use"),
            passages,
            speech,
        )
    _table("sources.list", ("source", "publisher", "date", "note"), _sources(edition, speech), speech)
    _table(
        "sources.tags",
        ("tag", "means"),
        ((speech.say(f"tag.{tag}"), speech.say(f"tag.{tag}.means")) for tag in TAGS),
        speech,
    )


def formula_names() -> list[str]:
    """The names of the model's formulas, in the order they are written."""
    return [name for name, item in vars(formulas).items() if inspect.isfunction(item)]


def _table(key: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], speech: Speech) -> None:
    heading(speech.say(key))
    if f"{key}.about" in TEXTS:
        st.caption(speech.say(f"{key}.about"))
    show_html(table_html([speech.say(f"column.{column}") for column in columns], rows, key.replace(".", "-")))


def _figures(edition: Edition, speech: Speech) -> Iterable[tuple[str, ...]]:
    for figure in edition.figures.values():
        yield (
            speech.pick(figure.label),
            _to_click(edition, figure, speech),
            speech.say(f"tag.{figure.tag}"),
            speech.pick(edition.sources[figure.source].publisher),
            place_words(edition, figure, speech),
            how_words(edition, figure, speech),
        )


def _to_click(edition: Edition, figure: Figure, speech: Speech) -> str:
    """A figure with the way to its arithmetic; blank where none is published."""
    shown = figure_as_shown(figure, speech)
    return shown if figure.value is None else number_html(shown, Given.of(edition, figure.id))


def _levers(opened: PageState, speech: Speech) -> Iterable[tuple[str, ...]]:
    edition, values = opened.edition, opened.scenario.as_dict()
    for lever in edition.levers.values():
        yield (
            speech.pick(lever.label),
            _now(edition, lever, values[lever.id], speech),
            _default(edition, lever, speech),
            f"{_bound(lever.low)} … {_bound(lever.high)} {speech.unit_of_number(lever.unit)}",
            speech.pick(lever.reason),
        )


def _now(edition: Edition, lever: Lever, value: Fraction | None, speech: Speech) -> str:
    """What is reckoned with at present; an entry that somebody has made is tagged so."""
    if value is None:
        return _default(edition, lever, speech)
    bound = f"{_bound(value)} {speech.unit_of_number(lever.unit)}"
    return f"{bound} [{speech.say('tag.entered')}]" if lever.is_entry else bound


def _default(edition: Edition, lever: Lever, speech: Speech) -> str:
    if lever.default is None:
        return speech.say("blank")
    if lever.id in edition.figures:
        return figure_as_shown(edition.figures[lever.id], speech)
    return f"{_bound(lever.default)} {speech.unit_of_number(lever.unit)}"


def _bound(value: Fraction) -> str:
    return plain(value).replace("-", "\N{MINUS SIGN}")


def _scenarios(edition: Edition, speech: Speech) -> Iterable[tuple[str, ...]]:
    for scenario in edition.scenarios.values():
        settings = (f"{speech.pick(edition.levers[id].label)} {value}" for id, value in scenario.settings)
        yield (
            speech.pick(scenario.label),
            " · ".join(settings) or speech.say("settings.none"),
            speech.pick(scenario.reason),
        )


def _formulas(speech: Speech) -> Iterable[tuple[str, ...]]:
    for name in (*formula_names(), "status"):
        yield speech.say(f"formula.{name}"), speech.say(f"formula.{name}.how")


def _projects(edition: Edition, speech: Speech) -> Iterable[tuple[str, ...]]:
    for project in edition.projects:
        yield (
            speech.pick(project.name),
            speech.say(f"stage.{project.stage}"),
            speech.amount(project.amount, AMOUNT_UNIT, 2),
            speech.pick(edition.sources[project.source].publisher),
            place_words(edition, project, speech),
            speech.pick(project.note),
        )


def _sources(edition: Edition, speech: Speech) -> Iterable[tuple[str, ...]]:
    for source in edition.sources.values():
        yield (
            speech.pick(source.title),
            speech.pick(source.publisher),
            source.date,
            speech.pick(source.locator),
        )
