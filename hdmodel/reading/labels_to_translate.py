"""Which labels are there to translate?  `python -m hdmodel.reading.labels_to_translate LANGUAGE` prints the
table of a language's labels: every text of the released editions, with what it says for it so far.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from hdmodel.language.languages import IN_EDITIONS
from hdmodel.reading.edition import released_edition, released_editions
from hdmodel.reading.labels import labels_in, texts_of
from hdmodel.reading.tables import csv_text


def rows_to_translate(code: str) -> Iterator[tuple[str, ...]]:
    """The table's rows, its header first; each text once."""
    yield *IN_EDITIONS, code
    texts = [text for name in released_editions() for text in texts_of(released_edition(name))]
    for text in dict.fromkeys(texts):
        yield *text, labels_in(code).texts.get(text, "")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    asked = argparse.ArgumentParser(prog="labels_to_translate")
    asked.add_argument("language")
    print(csv_text(rows_to_translate(asked.parse_args().language)), end="")
