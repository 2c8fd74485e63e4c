"""How is a new edition asked for on the command line?  `python -m hdmodel new-edition`: by options,
or question by question.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from hdmodel.forms import FORMS
from hdmodel.language.languages import LANGUAGES, OF_THE_PROGRAM
from hdmodel.problems import BadInput, Phrase, Problem
from hdmodel.reading.new_edition import (
    NewEdition,
    NewIndicator,
    figures_asked,
    unit_asked,
    worded,
    write_edition,
)
from hdmodel.report import line_of

_BAD_INPUT: Final = 2
_PROG: Final = "python -m hdmodel new-edition"
_KINDS: Final = ", ".join(FORMS)
Ask = Callable[[str], str]


def new_edition_command(
    words: Sequence[str], parser: type[argparse.ArgumentParser] = argparse.ArgumentParser, ask: Ask = input
) -> int:
    """Write a new edition as a folder, by default one called as its id; exit status 2, with one line per
    problem, when the input is at fault.
    """
    options = _arguments(words, parser).parse_args(words)
    try:
        new = _of_options(options) if options.indicator else _asked(options, ask)
        folder = Path(options.into or new.id)
        edition = write_edition(new, folder)
    except BadInput as bad:
        for problem in bad.problems:
            print(line_of(problem, options.lang), file=sys.stderr)
        return _BAD_INPUT
    except EOFError:
        print(
            line_of(Problem("missing", "--indicator", "", _indicator_wanted()), options.lang), file=sys.stderr
        )
        return _BAD_INPUT
    count = str(len(edition.indicators))
    print(worded("written", options.lang, folder=str(folder), id=edition.id, count=count))
    return 0


def _arguments(words: Sequence[str], parser: type[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    language = next((known for known in LANGUAGES if "--lang" in words and known in words), OF_THE_PROGRAM)
    options = parser(prog=_PROG, description=worded("help", language), allow_abbrev=False)
    for name in ("id", "city", "year", "source", "into"):
        options.add_argument(f"--{name}", default="", help=worded(f"help.{name}", language))
    for name, shown in (("indicator", "KIND:ID:NAME"), ("figure", "ID.FIGURE=VALUE")):
        options.add_argument(
            f"--{name}", action="append", default=[], metavar=shown, help=worded(f"help.{name}", language)
        )
    options.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=OF_THE_PROGRAM,
        help=worded("help.lang", language),
    )
    return options


# --- by options


def _of_options(options: argparse.Namespace) -> NewEdition:
    parts = [(text, text.split(":", 2)) for text in options.indicator]
    problems = [
        Problem("malformed", "--indicator", text, _indicator_wanted())
        for text, given in parts
        if len(given) != 3 or given[0] not in FORMS
    ]
    if problems:
        raise BadInput(problems)
    figures = _figures(options.figure, [id for _, (_, id, _) in parts])
    indicators = [NewIndicator(id, FORMS[kind], label, figures[id]) for _, (kind, id, label) in parts]
    return NewEdition(options.id, options.city, options.year, indicators, options.source)


def _figures(texts: Sequence[str], ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """What is given of each indicator."""
    figures: dict[str, dict[str, str]] = {id: {} for id in ids}
    problems: list[Problem] = []
    for text in texts:
        name, sign, value = text.partition("=")
        id, _, figure = name.partition(".")
        if not sign or id not in figures:
            problems.append(Problem("malformed", "--figure", text, Phrase("wanted.figure_option")))
        elif figure in figures[id]:
            problems.append(Problem("duplicate", "--figure", text, Phrase("wanted.one_value")))
        else:
            figures[id][figure] = value
    if problems:
        raise BadInput(problems)
    return figures


def _indicator_wanted() -> Phrase:
    return Phrase("wanted.indicator_option", kinds=_KINDS)


# --- question by question


def _asked(options: argparse.Namespace, ask: Ask) -> NewEdition:
    language = options.lang
    head = {
        name: getattr(options, name) or ask(f"{worded(f'ask.{name}', language)}: ").strip()
        for name in ("id", "city", "year", "source")
    }
    indicators = tuple(_indicators(language, ask))
    return NewEdition(head["id"], head["city"], head["year"], indicators, head["source"])


def _indicators(language: str, ask: Ask) -> Iterator[NewIndicator]:
    number = 0
    while kind := ask(f"{worded('ask.kind', language, kinds=_KINDS)}: ").strip():
        if kind not in FORMS:
            print(line_of(Problem("unknown_name", "form", kind, _KINDS), language), file=sys.stderr)
            continue
        number += 1
        form, label = FORMS[kind], ask(f"{worded('ask.label', language)}: ").strip()
        figures = {}
        for name in figures_asked(form):
            asked = worded(f"figure.{name}", language)
            figures[name] = ask(
                f"{worded('ask.figure', language, label=label, name=asked, unit=unit_asked(form, name))}: "
            )
        yield NewIndicator(f"indicator_{number}", form, label, figures)
