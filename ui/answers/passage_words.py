"""Where in its source does a number stand, and what is said there?  Paragraph, place and our own words;
and what a source tells that nothing is worked out from.
"""

from __future__ import annotations

from typing import Protocol

from hdmodel import Edition
from hdmodel.reading.passages import Passage, passage_about, passages_of
from ui.text.speech import Speech


def paragraph_words(paragraph: str, speech: Speech) -> str:
    """A paragraph by its number; blank where there is none."""
    return speech.say("paragraph", number=paragraph) if paragraph.isdigit() else ""


class Cited(Protocol):
    """What stands in a source: a figure, a project, a number of a worked line."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def paragraph(self) -> str: ...


def place_words(edition: Edition, cited: Cited, speech: Speech) -> str:
    """Where something stands in its source, and what is said there, as far as it is known."""
    number = paragraph_words(cited.paragraph, speech)
    passage = passage_about(edition, cited.source, cited.paragraph, cited.id) if number else None
    if passage is None:
        return number
    return speech.say(
        "passage", paragraph=number, place=speech.pick(passage.place), said=speech.pick(passage.said)
    )


def passage_rows(edition: Edition, speech: Speech) -> list[tuple[str, ...]]:
    """Every passage of the edition's sources: source, place, what is said,
    and what is taken from it or why nothing is.
    """
    return [
        (
            speech.pick(edition.sources[passage.source].publisher),
            paragraph_words(passage.paragraph, speech),
            speech.pick(passage.place),
            speech.pick(passage.said),
            _use(edition, passage, speech),
        )
        for passage in passages_of(edition)
    ]


def _use(edition: Edition, passage: Passage, speech: Speech) -> str:
    names = {id: indicator.label for id, indicator in edition.indicators.items()}
    names |= {project.id: project.name for project in edition.projects}
    taken = [speech.pick(names[id]) for id in passage.about if id in names]
    if taken:
        return speech.say("passage.taken", names=speech.say("moved.and").join(taken))
    return speech.say("passage.not_modelled", reason=speech.pick(passage.reason))
