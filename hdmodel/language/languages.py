"""Which languages does the page speak, and how does each differ from the others?  A row a language, in
`languages.csv` beside this module; everything else asks for what is meant, and compares no code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_YES_OR_NO: Final = {"yes": True, "no": False}


@dataclass(frozen=True)
class Language:
    """A language (语言) of the page. `code` names it in links, in `--lang` and in the tables of texts, `tag`
    in HTML; `name` is what it calls itself.

    `is_in_editions`: the tables of an edition have columns in it; for any other, labels stand beside the
    editions (`hdmodel.reading.labels`). `instead`: the language in which a label is shown that it lacks.
    `is_of_the_program`: ids are words of it, so exceptions and the command line speak it unasked.
    `closes_up`: no blank stands between its signs. `letters_on_a_card`: how long a name may be that stands
    beside a status. `font`: of workbooks. `drawn_with`: two signs that a host's fonts must have, to draw a
    chart in it; blank where any font will do.
    """

    code: str
    tag: str
    name: str
    is_in_editions: bool
    instead: str
    is_of_the_program: bool
    closes_up: bool
    letters_on_a_card: int
    font: str
    drawn_with: str = ""


def languages_of(path: Path) -> dict[str, Language]:
    """The languages of a table by code, in its order.

    Raises `ValueError` for a code that stands twice, a cell that is not of its kind, a language that is to
    stand in and is none of an edition's, and where not one alone is the program's.
    """
    with path.open(encoding="utf-8", newline="") as table:
        rows = [_language(row, path.name) for row in csv.DictReader(table, strict=True)]
    languages = {language.code: language for language in rows}
    if len(languages) != len(rows):
        raise ValueError(f"{path.name}: a code stands twice")
    if sum(language.is_of_the_program for language in rows) != 1:
        raise ValueError(f"{path.name}: one language is the program's")
    for language in rows:
        if not language.is_in_editions and language.instead not in codes_in_editions(rows):
            raise ValueError(f"{path.name}: {language.code}: a language of editions stands in")
    return languages


def codes_in_editions(languages: Iterable[Language]) -> tuple[str, ...]:
    """Those of the languages in which every edition is written."""
    return tuple(language.code for language in languages if language.is_in_editions)


def _language(row: dict[str, str], table: str) -> Language:
    try:
        return Language(
            code=row["code"],
            tag=row["tag"],
            name=row["name"],
            is_in_editions=_YES_OR_NO[row["is_in_editions"]],
            instead=row["instead"],
            is_of_the_program=_YES_OR_NO[row["is_of_the_program"]],
            closes_up=_YES_OR_NO[row["closes_up"]],
            letters_on_a_card=int(row["letters_on_a_card"]),
            font=row["font"],
            drawn_with=row["drawn_with"],
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{table}: {row.get('code')}: {error}") from error


LANGUAGES: Final = languages_of(Path(__file__).with_name("languages.csv"))
FIRST: Final = next(iter(LANGUAGES))  # which the page speaks until another is chosen
OF_THE_PROGRAM: Final = next(code for code, language in LANGUAGES.items() if language.is_of_the_program)
IN_EDITIONS: Final = codes_in_editions(LANGUAGES.values())


def columns_of(*names: str, languages: Iterable[str] = IN_EDITIONS) -> Iterator[str]:
    """The columns that a table has for texts: for each name one a language, by default those of editions.

    >>> tuple(columns_of("label", "note"))
    ('label_zh', 'label_en', 'note_zh', 'note_en')
    """
    codes = tuple(languages)
    yield from (f"{name}_{code}" for name in names for code in codes)
