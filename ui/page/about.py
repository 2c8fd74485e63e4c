"""What does every file that leaves the page say of itself?  When it was made, of which figures and which
model, in which state, and the way back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hdmodel import Edition, PageState
from hdmodel.projection import MODEL_VERSION
from hdmodel.reading.upload import is_released
from hdmodel.scenario import baseline, in_effect
from ui.answers.reason_sentences import lever_change
from ui.page.frame import page_title
from ui.text.speech import Speech


@dataclass(frozen=True)
class About:
    """When a file was made, in the visitor's own time of day, and the address of the state it was made of."""

    made: datetime
    link: str


def title_of(opened: PageState, speech: Speech) -> str:
    """The title of the page."""
    return page_title(opened.edition, speech)


def file_name(opened: PageState, about: About, ending: str) -> str:
    """The name of a file: the edition and when it was made."""
    return f"{opened.edition.id}-{about.made.strftime('%Y%m%d-%H%M')}{ending}"


def provenance(opened: PageState, about: About, speech: Speech) -> list[str]:
    """Date and time, edition with its digest, and model version, a line each."""
    edition = opened.edition
    return [
        speech.say("book.made", time=about.made.strftime("%Y-%m-%d %H:%M")),
        speech.say(
            "book.edition",
            id=edition.id,
            digest=edition.digest,
            released=speech.say("book.released" if is_released(edition) else "book.own"),
            until=speech.pick(edition.names["known_until"]),
        ),
        speech.say("book.model", model=MODEL_VERSION),
    ]


def origin_lines(opened: PageState, about: About, speech: Speech) -> list[str]:
    """The same with the way back, as the last lines of a file of plain text or numbers."""
    return [*provenance(opened, about, speech), f"{speech.say('book.link')} {about.link}"]


def scenario_in_words(opened: PageState, speech: Speech) -> list[str]:
    """Every lever and entry that is otherwise than in the baseline, a line each."""
    edition = opened.edition
    plain = baseline(edition)
    before, now = in_effect(edition, plain), in_effect(edition, opened.scenario)
    moved = [
        lever_change(edition, id, (plain, opened.scenario), speech)
        for id in edition.levers
        if before[id] != now[id]
    ]
    return moved or [speech.say("book.scenario.none")]


def sources_of(edition: Edition, speech: Speech, figures: Collection[str] | None = None) -> str:
    """Where the printed figures and stand-ins among these, or of all, were published; may be blank."""
    used = {
        figure.source
        for id, figure in edition.figures.items()
        if figure.tag in ("printed", "derived", "proxy") and (figures is None or id in figures)
    }
    named = [
        speech.say(
            "paper.source",
            title=speech.pick(source.title),
            publisher=speech.pick(source.publisher),
            date=source.date,
        )
        for id, source in edition.sources.items()
        if id in used
    ]
    return speech.say("paper.sources", sources=speech.say("paper.and").join(named)) if named else ""
