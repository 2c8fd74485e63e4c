"""How is a fault of somebody's tables said?  In the page's language: where it is, what stands there,
and what is accepted.
The model names what it accepts by a key; the words stand in its table of phrases.
"""

from __future__ import annotations

import re

from hdmodel import Problem
from hdmodel.problems import Phrase, Place
from ui.files.spreadsheets import FILE
from ui.html.elements import Markup
from ui.html.tables import table_html
from ui.text.speech import MINUS, Speech

MOST = 200  # faults that are listed
_COLUMNS = ("sheet", "row", "column", "value", "what", "accepted")
_MINUS_SIGN = re.compile(r"(?<!\w)-(?=\d)")


def faults_html(problems: tuple[Problem, ...], speech: Speech) -> Markup:
    """The faults as a table, a row each."""
    rows = [row_of(problem, speech) for problem in problems[:MOST]]
    return table_html(
        [speech.say(f"fault.{column}") for column in _COLUMNS], rows, "faults", is_labelled=True
    )


def row_of(problem: Problem, speech: Speech) -> tuple[str, ...]:
    """A fault's sheet, row, column, what stands there, what is wrong with it, and what is accepted."""
    place = place_of(problem)
    return (
        speech.say("fault.file") if place.table == FILE else place.table.removesuffix(".csv"),
        "" if place.row is None else str(place.row),
        place.column,
        found_in_words(problem, speech) or speech.say("used.blank"),
        speech.say(f"problem.{problem.kind}"),
        with_remedy(problem, _MINUS_SIGN.sub(MINUS, in_words(problem.wanted, speech)), speech),
    )


def found_in_words(problem: Problem, speech: Speech) -> str:
    """What was found, cut where it is long, with what cannot be seen in it by name.

    >>> found_in_words(Problem("not_a_number", "a", "1\\u200b2", ""), Speech("zh"))
    '1\\u200b2（含零宽字符 U+200B）'
    """
    value = speech.shortened(in_words(problem.found, speech))
    named = speech.say("letter.and").join(in_words(letter, speech) for letter in problem.letters)
    return speech.say("found.with_letters", found=value, letters=named) if named else value


def with_remedy(problem: Problem, wanted: str, speech: Speech) -> str:
    """What is accepted, and how to mend it."""
    remedy = problem.remedy
    return wanted + (speech.say("remedy.said", remedy=in_words(remedy, speech)) if remedy else "")


def place_of(problem: Problem) -> Place:
    """Where a fault stands; a name alone is a table, or a file."""
    return problem.place if isinstance(problem.place, Place) else Place(problem.place)


def in_words(text: Phrase | str, speech: Speech) -> str:
    """A phrase of the model's in the page's language; names, values and ranges stay as they are.

    >>> [in_words(text, Speech("zh")) for text in (Phrase("wanted.most_columns", most=50), "q3, q4")]
    ['至多 50 列', 'q3, q4']
    """
    return speech.say(text.key, **text.gaps) if isinstance(text, Phrase) else text
