"""What does the offline page say of each indicator?  Cards, sentence, key to the chart and what must be, each
as it stands and for every case that its sliders lead to.

A case lies in the file as a template, written by the code that writes the settled text and with gaps for the
numbers; the script picks it and fills the gaps (`ui/handover/offline/page.js`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hdmodel import Lever, PageState, Projection, project
from hdmodel.explain.symbols import leaf
from hdmodel.facts import settled_levers
from hdmodel.numbers import plain
from hdmodel.paths import numbers_of
from hdmodel.projection import Outcome
from ui.answers.path_rows import path_title, rows_without_axis
from ui.answers.reason_sentences import tag_of
from ui.answers.requirement_rows import requirements
from ui.answers.sentences import verdict_sentence
from ui.charts.legend import chart_head, path_marks
from ui.html.elements import NOTHING, Markup, element, joined, without_elements
from ui.page.cards import CardWords, card_words, h1_figure
from ui.page.live_cases import against_target, always, needed_rows
from ui.page.q3_facts import bracketed_q3_tag
from ui.text.live_speech import LiveSpeech
from ui.text.speech import Speech

Cases = Mapping[str, Any]
Write = Callable[[Projection, Speech], Markup]


def sliders_of(opened: PageState) -> dict[str, Lever]:
    """The levers that have a slider in this state: those of which nothing is known, nor planned."""
    settled = settled_levers(opened.edition, numbers_of(opened.edition, opened.scenario))
    levers = [lever for lever in opened.edition.levers.values() if not lever.is_entry]
    return {
        lever.id: lever
        for lever in levers
        if lever.id not in settled and not lever.is_typed_alone and lever.low != lever.high
    }


def shown_of(opened: PageState) -> list[str]:
    """The indicators that have a card here: the headline ones, and those that a slider moves."""
    edition, sliders = opened.edition, {*sliders_of(opened)}
    return [
        id
        for id, indicator in edition.indicators.items()
        if indicator.headline or sliders.intersection(edition.own_levers(id))
    ]


def focus_of(opened: PageState) -> str:
    """The indicator that is in focus at first."""
    shown = shown_of(opened)
    return opened.focus if opened.focus in shown else shown[0]


@dataclass(frozen=True)
class Parts:
    """A state in parts; `conditions` says of each part with cases which of them holds."""

    opened: PageState
    speech: Speech
    live: LiveSpeech
    conditions: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def of(opened: PageState, speech: Speech) -> Parts:
        """The parts of a state, of which the numbers follow every slider that there is."""
        return Parts(opened, speech, LiveSpeech(speech.language, frozenset(sliders_of(opened))))

    # --- of an indicator

    def card(self, id: str) -> Markup:
        """Name and status, year, against the target; the small lines below."""
        return self._against_target("span", id, self._card_lines, class_="lines")

    def strip(self, id: str) -> Markup:
        """The same in one line."""
        return self._against_target("p", id, self._strip_line)

    def sentence(self, id: str) -> Markup:
        """Where the year lands."""
        return self._against_target("p", id, self._sentence_words, class_="sentence")

    def chart_key(self, id: str) -> Markup:
        """What the chart shows, and what its marks mean."""
        return self._against_target("div", id, self._key)

    def spoken_chart(self, id: str) -> Markup:
        """What the chart shows, in words for who does not see it."""
        return self._against_target("p", id, self._chart_words, class_="spoken")

    def needed(self, id: str) -> Markup:
        """What must be, a row for both quarters, Q4 and Q3; blank where nothing is required."""
        opened, edition = self.opened, self.opened.edition
        projection = project(edition, opened.scenario)[id]
        settled = requirements(edition, opened.scenario, projection, self.speech)
        cases = needed_rows(_seen(opened, id), self.live)
        if not settled:
            return NOTHING
        names = ("quarter", "needed", "judged")
        head = element("tr", *(element("th", self.speech.say(f"column.{name}")) for name in names))
        rows = [
            self._cased("tr", _of_each(case, _cells), _cells([row.quarter, row.needed, row.judged]))
            for case, row in zip(cases, settled, strict=True)
        ]
        return element("table", element("thead", head), element("tbody", *rows), class_="facts needed")

    # --- of a lever

    def value(self, name: str, lever: Lever, **attributes: str) -> Markup:
        """An element that says where a lever stands."""
        at = self.opened.scenario.as_dict()[lever.id]
        assert at is not None
        settled, moving = (
            speech.amount(number, lever.unit, lever.places)
            for speech, number in ((self.speech, at), (self.live, leaf(lever.id, at)))
        )
        return element(name, settled, data_words=moving, **attributes)

    def capped(self, lever: Lever) -> Markup:
        """What is said where others leave a lever less room than was asked for."""
        assert lever.joint is not None
        words = self.live.say(
            "input.capped",
            label=self.speech.pick(lever.label),
            limit=plain(lever.joint),
            used=self.live.number(leaf(lever.id, lever.low), lever.places),
        )
        inside = element("span", data_words=words)
        return element("p", inside, class_="remark capped", role="status", data_capped=lever.id, hidden="")

    # --- how they are written

    def _card_lines(self, projection: Projection, speech: Speech) -> Markup:
        words = card_words(self.opened.edition, self.opened.scenario, projection, speech)
        name = element("span", words.name, " ", _status(words.status, speech), class_="name")
        year = element("span", element("strong", words.year), f" {words.what}", class_="year")
        details = (element("span", line) for line in words.details)
        return joined((name, year, _outcome(words), element("small", *details)))

    def _strip_line(self, projection: Projection, speech: Speech) -> Markup:
        words = card_words(self.opened.edition, self.opened.scenario, projection, speech)
        year = element("strong", words.year)
        return joined((words.name, _status(words.status, speech), year, words.what, _outcome(words)), " ")

    def _sentence_words(self, projection: Projection, speech: Speech) -> Markup:
        """Without the way to the arithmetic, which the page has."""
        return without_elements(verdict_sentence(self.opened.edition, projection, speech), "span")

    def _key(self, projection: Projection, speech: Speech) -> Markup:
        edition, scenario = self.opened.edition, self.opened.scenario
        rows = rows_without_axis(Outcome(edition, scenario, projection), None, speech)
        tag = tag_of(edition, scenario, h1_figure(edition, projection), self.speech)
        q3_tag = bracketed_q3_tag(edition, scenario, projection.id, self.speech)
        marks = {
            **path_marks(rows, tag, q3_tag, self.speech),
            "ghost": self.speech.say("offline.ghost"),
        }
        return chart_head(path_title(projection, speech), marks)

    def _chart_words(self, projection: Projection, speech: Speech) -> Markup:
        outcome = Outcome(self.opened.edition, self.opened.scenario, projection)
        rows = rows_without_axis(outcome, None, speech)
        return joined((row["tip"] for row in rows), "; ")

    def _against_target(self, name: str, id: str, write: Write, **attributes: str) -> Markup:
        cases = against_target(
            self.opened, id, self.live, lambda _, projection, live: write(projection, live)
        )
        settled = write(project(self.opened.edition, self.opened.scenario)[id], self.speech)
        return self._cased(name, cases, settled, **attributes)

    def _cased(self, name: str, cases: Cases, settled: Markup, **attributes: str) -> Markup:
        """An element as it stands, with its other cases beside it; plain where nothing in it moves."""
        if cases == always(settled):
            return element(name, settled, **attributes)
        self.conditions.append({**cases, "cases": [*range(len(cases["cases"]))]})
        place = str(len(self.conditions) - 1)
        templates = (element("template", case) for case in cases["cases"])
        return element(name, *templates, settled, data_cases=place, **attributes)


def _seen(opened: PageState, id: str) -> PageState:
    return replace(opened, focus=id)


def _of_each(cases: Cases, write: Callable[[Any], Markup]) -> Cases:
    return {**cases, "cases": [write(case) for case in cases["cases"]]}


def _cells(texts: Sequence[str]) -> Markup:
    return joined(element("td", text) for text in texts)


def _status(status: str, speech: Speech) -> Markup:
    return element("em", speech.say(f"status.{status}"), class_=f"status {status.split('.')[0]}")


def _outcome(words: CardWords) -> Markup:
    return element("span", words.outcome, class_="outcome short" if words.is_short else "outcome")
