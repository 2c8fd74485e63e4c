"""Which labels are there to translate?  `python -m hdmodel.reading.labels_to_translate LANGUAGE` writes the
table of a language's labels anew: every text of the released editions, with what it says for it so far.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hdmodel.language.languages import IN_EDITIONS
from hdmodel.problems import BadInput
from hdmodel.reading import labels
from hdmodel.reading.edition import released_edition, released_editions
from hdmodel.reading.tables import csv_text

_BAD_INPUT = 2
_CODE = re.compile("[a-z]{2,8}(-[a-z0-9]+)*")


def rows_to_translate(code: str) -> Iterator[tuple[str, ...]]:
    """The table's rows, its header first: each text once, then those that have gone, which lose nothing."""
    yield *IN_EDITIONS, code
    known = labels.labels_in(code).texts
    texts = [text for name in released_editions() for text in labels.texts_of(released_edition(name))]
    for text in dict.fromkeys([*texts, *known]):
        yield *text, known.get(text, "")


def write_labels_to_translate(code: str) -> Path:
    """Write the table and give its place; raises `BadInput` for one at fault, which stays as it is."""
    if problems := labels.labels_in(code).problems:
        raise BadInput(problems)
    text, table = csv_text(rows_to_translate(code)), labels.FOLDER / f"{code}.csv"
    table.parent.mkdir(exist_ok=True)
    table.write_text(text, encoding="utf-8")
    return table


def main(argv: Sequence[str]) -> int:
    """Say where the table is; exit status 2, with a line a fault, where it cannot be written."""
    asked = argparse.ArgumentParser(prog="labels_to_translate")
    asked.add_argument("language")
    code = asked.parse_args(argv).language
    if not _CODE.fullmatch(code):
        asked.error(f"{code}: no code of a language, such as bo")
    try:
        print(write_labels_to_translate(code))
    except (BadInput, OSError) as error:
        print(error, file=sys.stderr)
        return _BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
