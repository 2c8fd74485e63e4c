"""Which words does the page use?  Every string once: tables beside this module, a file a part of the page,
a column a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hdmodel.language.words import words_of
from hdmodel.problems import WORDS
from hdmodel.reading.ledger_words import WORDS_OF_LEDGER

Words = Mapping[str, str]  # a text by language
_FOLDER = Path(__file__).with_name("texts")


def _all_texts() -> dict[str, Words]:
    """The model's words for faults and ledgers, and every table but that of units.

    Raises `ValueError` for a key that stands twice.
    """
    texts: dict[str, Words] = {**WORDS, **WORDS_OF_LEDGER}
    for path in sorted(_FOLDER.glob("*.csv")):
        own = {} if path.stem == "units" else words_of(path)
        if twice := sorted({*own} & {*texts}):
            raise ValueError(f"{path.name}: {', '.join(twice)} stands twice")
        texts |= own
    return texts


TEXTS = _all_texts()
UNITS = words_of(_FOLDER / "units.csv")  # by the unit that tables of an edition use
