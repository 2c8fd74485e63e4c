"""How is a fault of somebody's tables said?  In the page's language: where it is, what stands there,
and what is accepted.

The model says what it accepts in English. Its sentences stand in the catalogue word for word,
beside the Chinese ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hdmodel import Problem
from ui.files.spreadsheets import FILE
from ui.text.html_tables import table_html
from ui.text.speech import MINUS, Speech
from ui.text.texts import TEXTS

MOST = 200  # faults that are listed
_LONGEST = 60  # letters of what was found
_COLUMNS = ("sheet", "row", "column", "value", "what", "accepted")
_PLACE = re.compile(r"(?P<sheet>\S+\.csv)(?: row (?P<row>\d+))?(?: (?:column )?(?P<column>.+))?", re.DOTALL)
_MINUS_SIGN = re.compile(r"(?<!\w)-(?=\d)")


def faults_html(problems: tuple[Problem, ...], speech: Speech) -> str:
    """The faults as a table, a row each."""
    rows = [row_of(problem, speech) for problem in problems[:MOST]]
    return table_html(
        [speech.say(f"fault.{column}") for column in _COLUMNS], rows, "faults", is_labelled=True
    )


def row_of(problem: Problem, speech: Speech) -> tuple[str, ...]:
    """A fault's sheet, row, column, what stands there, what is wrong with it, and what is accepted."""
    place = _PLACE.fullmatch(problem.name)
    sheet, row, column = place.groups(default="") if place else (problem.name, "", "")
    value = problem.value if column else in_language("found", problem.value, speech)
    return (
        speech.say("fault.file") if sheet == FILE else sheet.removesuffix(".csv"),
        row,
        column,
        value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…",
        speech.say(f"problem.{problem.kind}"),
        _MINUS_SIGN.sub(MINUS, in_language("wanted", problem.accepted, speech)),
    )


def in_language(group: str, text: str, speech: Speech) -> str:
    """A sentence of the model's in the page's language; names and ranges, which no sentence holds,
    stay as they are.

    >>> [in_language("wanted", text, Speech("zh")) for text in ("at most 50 columns", "q3, q4")]
    ['至多 50 列', 'q3, q4']
    """
    for key, sentence in _sentences(group):
        said = sentence.fullmatch(text)
        if said:
            return speech.say(key, **said.groupdict())
    return text


@lru_cache(maxsize=4)
def _sentences(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The model's sentences as patterns, each gap open;
    those with the fewest gaps and the most words first.
    """
    texts = {key: words["en"] for key, words in TEXTS.items() if key.startswith(f"{group}.")}
    order = sorted(texts, key=lambda key: (texts[key].count("{"), -len(texts[key])))
    gap = re.compile(r"\\\{(\w+)\\\}")
    return tuple((key, re.compile(gap.sub(r"(?P<\1>.*)", re.escape(texts[key])), re.DOTALL)) for key in order)
