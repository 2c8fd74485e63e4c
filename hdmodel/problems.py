"""What is wrong with an input?  One record for links, command lines and data files alike, and its words once,
in `problems.csv` beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hdmodel.language.languages import OF_THE_PROGRAM
from hdmodel.language.words import words_of
from hdmodel.numbers import LONGEST_REPEATED, shortened

WORDS: Final = words_of(Path(__file__).with_name("problems.csv"))
# Characters that cannot be seen, or look like others, by what they are called; those of the second table
# are as they should be among Chinese characters.
_UNSEEN: Final = {
    "zero_width": "\u200b-\u200d\u2060\ufeff\u00ad\u180e",
    "no_break": "\u00a0\u202f\u2007",
    "wide_blank": "\u3000\u2000-\u2006\u2008-\u200a\u205f",
    "direction": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "control": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
}
_LOOKS_ALIKE: Final = {
    "minus": "\u2010-\u2015\u2212\u2796\ufe63\uff0d",
    "full_width": "\uff01-\uff0c\uff0e-\uff5e",
}
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_NAMED_AT_MOST = 3
KINDS: Final = frozenset(key.removeprefix("problem.") for key in WORDS if key.startswith("problem."))


class Phrase(str):
    """A sentence of `problems.csv` with its gaps filled: the English one,
    which remembers its key and values so that a page can say it in another language.

    >>> phrase = Phrase("wanted.most_columns", most=50)
    >>> phrase, phrase.key, phrase.gaps
    ('at most 50 columns', 'wanted.most_columns', {'most': '50'})
    """

    __slots__ = ("gaps", "key")
    key: str
    gaps: Mapping[str, str]

    def __new__(cls, key: str, **gaps: object) -> Phrase:
        """Raises `KeyError` for a key that the table lacks, or a gap that is not filled."""
        written = {name: str(value) for name, value in gaps.items()}
        phrase = super().__new__(cls, WORDS[key][OF_THE_PROGRAM].format_map(written))
        phrase.key, phrase.gaps = key, written
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, str]]:
        """What makes the phrase anew in another process."""
        return (self.key,), self.gaps


class Place(str):
    """Where something stands in a table; its parts, and one English line of them.

    >>> place = Place("figures.csv", 17, "value")
    >>> place, place.table, place.row, place.column
    ('figures.csv row 17 column value', 'figures.csv', 17, 'value')
    """

    __slots__ = ("column", "row", "table")
    table: str
    row: int | None
    column: str

    def __new__(cls, table: str, row: int | None = None, column: str = "") -> Place:
        line, cell = ("", column) if row is None else (f"row {row}", f"column {column}" if column else "")
        place = super().__new__(cls, " ".join(part for part in (table, line, cell) if part))
        place.table, place.row, place.column = table, row, column
        return place

    def __getnewargs_ex__(self) -> tuple[tuple[str, int | None, str], Mapping[str, str]]:
        """What makes the place anew in another process."""
        return (self.table, self.row, self.column), {}

    def in_column(self, column: str) -> Place:
        """A column of the same row."""
        return Place(self.table, self.row, column)


@dataclass(frozen=True)
class Problem:
    """One fault, as data: its kind (one of `KINDS`), where it stands (a `Place` in a table, or a name),
    what was found there and what is wanted (values, or a `Phrase`), and what was used instead.
    """

    kind: str
    place: Place | str
    found: Phrase | str
    wanted: Phrase | str
    used: str = ""

    @property
    def letters(self) -> tuple[Phrase, ...]:
        """What cannot be seen in what was found, or looks like another character: a full-width digit in a
        number is one, in a Chinese name it is none.

        >>> Problem("not_a_number", "a", "1\\u200b2", "").letters
        ('zero-width character U+200B',)
        """
        value = self._repeated
        is_word = self.kind != "not_a_number" and _CHINESE.search(value)
        return letters_in(value, _UNSEEN if is_word else {**_UNSEEN, **_LOOKS_ALIKE})

    @property
    def remedy(self) -> Phrase | None:
        """How to mend it: what helps where a cell holds what cannot be seen, else what the table of phrases
        says of the kind, or of the kind with what is wanted; `None` for what stands in no table or file.

        >>> Problem("hidden", Place("a"), "", Phrase("wanted.visible_ledger")).remedy
        'in Excel right-click the tab of a sheet, and unhide it'
        """
        if letters_in(self._repeated, _UNSEEN):
            return Phrase("remedy.typed_anew")
        if not isinstance(self.place, Place):
            return None
        wanted, gaps = (self.wanted.key, self.wanted.gaps) if isinstance(self.wanted, Phrase) else ("", {})
        of_both = f"remedy.{self.kind}.{wanted.removeprefix('wanted.')}"
        key = of_both if of_both in WORDS else f"remedy.{self.kind}"
        return Phrase(key, **gaps) if key in WORDS else None

    @property
    def _repeated(self) -> str:
        """What a message repeats of a value; a phrase of our own is none."""
        return "" if isinstance(self.found, Phrase) else self.found[:LONGEST_REPEATED]

    def sentence(self) -> str:
        """The fault as one English line, for the command line.

        >>> Problem("out_of_range", "a.q3", "99", "-20…40", "13.8").sentence()
        'a.q3: 99: out of range; accepted: -20…40; used: 13.8'
        """
        used = f"; used: {shortened(self.used)}" if self.used else ""
        wanted = f"; accepted: {self.wanted}" if self.wanted else ""
        wanted += Phrase("remedy.said", remedy=self.remedy) if self.remedy else ""
        what = WORDS[f"problem.{self.kind}"][OF_THE_PROGRAM]
        value = shortened(self.found)
        if self.letters:
            value = Phrase("found.with_letters", found=value, letters=", ".join(self.letters))
        line = f"{shortened(self.place)}: {value}: {what}{wanted}"
        return " ".join((line + used).split())


class BadInput(ValueError):
    """Raised with every problem found, never with the first one only."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))


def letters_in(text: str, named: Mapping[str, str]) -> tuple[Phrase, ...]:
    """The characters of a text that have a name among `named`, each kind once, with its code point."""
    phrases = []
    for name, letters in named.items():
        if there := re.findall(f"[{letters}]", text):
            code = " ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(there[:_NAMED_AT_MOST]))
            phrases.append(Phrase(f"letter.{name}", code=code, letters="".join(dict.fromkeys(there))[:9]))
    return tuple(phrases)


def table_of(place: Place | str) -> str:
    """The table, or file, in which a place is; a name is one itself."""
    return place.table if isinstance(place, Place) else place


@dataclass
class Faults:
    """Collects problems while an edition is read, and raises them together."""

    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # tables of which a row was passed over

    def add(self, kind: str, place: Place | str, found: Phrase | str, wanted: Phrase | str) -> None:
        at = place if isinstance(place, Place) else Place(place)
        self.problems.append(Problem(kind, at, found, wanted))

    def is_at(self, place: Place) -> bool:
        """Whether this very place has been found at fault."""
        return any(problem.place == place for problem in self.problems)

    def is_broken(self, table: str) -> bool:
        """Whether a table, or a row of it, could not be read: something in it may be unknown."""
        return table in self.unread or any(
            table_of(problem.place) == table
            and not (isinstance(problem.place, Place) and problem.place.column)
            for problem in self.problems
        )

    def name(self, table: str) -> bool:
        """Whether a table as a whole, or a place in it, has been found at fault."""
        return any(table_of(problem.place) == table for problem in self.problems)

    def raise_if_any(self) -> None:
        """Raises `BadInput` with all that was found so far."""
        if self.problems:
            raise BadInput(self.problems)
