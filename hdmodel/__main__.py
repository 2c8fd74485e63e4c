"""The command line: `python -m hdmodel`, the same model with no browser."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from hdmodel.edition import Edition
from hdmodel.explain.result_rows import result_rows
from hdmodel.explain.sweep import Row, range_of, sweep
from hdmodel.language.languages import LANGUAGES, OF_THE_PROGRAM
from hdmodel.links.link import PageState, open_link, read_query
from hdmodel.links.sent_results import differences, reason_of
from hdmodel.numbers import plain
from hdmodel.problems import BadInput, Phrase, Problem
from hdmodel.projection import project
from hdmodel.reading.edition import faulty_labels, load_edition, released_edition
from hdmodel.reading.labels import table_of as table_of_labels
from hdmodel.reading.new_edition_command import new_edition_command
from hdmodel.reading.remarks import remarks_on
from hdmodel.reading.tables import csv_text
from hdmodel.report import json_of, line_of, say, table_of
from hdmodel.scenario import Scenario, baseline, change, preset

BAD_INPUT = 2
NEW_EDITION = "new-edition"


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, without repeating the usage, in the language that was asked for."""

    language = OF_THE_PROGRAM

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {option_fault(message, self.language)}\n")


class _Formatter(argparse.HelpFormatter):
    """Help whose own words are in the language, too."""

    def __init__(self, *given: Any, language: str = OF_THE_PROGRAM, **named: Any) -> None:
        super().__init__(*given, **named)
        self.language = language

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or say("help.usage", self.language) + " ")


def arguments(language: str = OF_THE_PROGRAM) -> argparse.ArgumentParser:
    """The options of the command line, told in a language."""

    def told(name: str, **gaps: str) -> str:
        return say(f"help.{name}", language, **gaps)

    parser = OneLineParser(
        prog="python -m hdmodel",
        description=say("help", language),
        allow_abbrev=False,
        add_help=False,
        formatter_class=partial(_Formatter, language=language),
    )
    parser.language = language
    options = parser.add_argument_group(told("options"))
    options.add_argument("-h", "--help", action="help", help=told("help"))
    options.add_argument("--set", action="append", default=[], metavar="ID=VALUE", help=told("set"))
    start = options.add_mutually_exclusive_group()
    start.add_argument("--scenario", metavar="NAME", help=told("scenario"))
    start.add_argument("--link", metavar="QUERY", help=told("link"))
    options.add_argument("--edition", metavar="PATH", help=told("edition"))
    printed = options.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help=told("json"))
    printed.add_argument("--csv", action="store_true", help=told("csv"))
    options.add_argument(
        "--sweep", action="append", default=[], metavar="LEVER=FROM:TO:STEP", help=told("sweep")
    )
    named = told("lang", languages=", ".join(LANGUAGES))
    options.add_argument("--lang", choices=LANGUAGES, default=OF_THE_PROGRAM, help=named)
    return parser


def option_fault(message: str, language: str) -> str:
    """What is wrong with an option: the parser's own words, or what it says in any other language.

    >>> option_fault("argument --set: expected one argument", "zh")
    '--set：后面要有一个值'
    """
    for kind, pattern in _OPTION_FAULTS.items():
        if language != OF_THE_PROGRAM and (match := re.fullmatch(pattern, message)):
            return say(f"option.{kind}", language, **match.groupdict())
    return message


_OPTION_FAULTS = {
    "unknown": r"unrecognized arguments: (?P<name>.*)",
    "no_value": r"argument (?P<name>.*): expected one argument",
    "both": r"argument (?P<name>.*): not allowed with argument (?P<other>.*)",
    "choice": r"argument (?P<name>.*): invalid choice: (?P<value>.*) \(choose from .*\)",
    "no_more": r"argument (?P<name>.*): ignored explicit argument (?P<value>.*)",
}


def _language(argv: list[str]) -> str:
    """The language asked for, known before the options are read: faults of theirs are said in it, too."""
    asked = [after for before, after in pairwise(argv) if before == "--lang"]
    asked += [argument.removeprefix("--lang=") for argument in argv if argument.startswith("--lang=")]
    return next((argument for argument in asked if argument in LANGUAGES), OF_THE_PROGRAM)


def main(argv: list[str] | None = None) -> int:
    """Print the projection; exit status 2, with one line per problem on standard error,
    when the input is at fault.

    A link is read as the page reads it: what can be kept is shown, what cannot is named,
    and the status is 2 all the same. Remarks stand on standard error and leave the status as it is.
    """
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == [NEW_EDITION]:
        return new_edition_command(words[1:], OneLineParser)
    options = arguments(_language(words)).parse_args(words)
    try:
        edition, scenario, problems = _start(options)
        scenario = change(edition, scenario, _settings(options.set))
        swept = sweep(edition, scenario, _ranges(options.sweep), options.lang) if options.sweep else None
    except BadInput as bad:
        _say(bad.problems, options.lang)
        return BAD_INPUT
    print(_printed(edition, scenario, swept.rows if swept else None, options))
    of_sweep = swept.remarks if swept else ()
    of_labels = faulty_labels().get(table_of_labels(options.lang), ())
    remarks = (*of_labels, *_other_name(edition, options.edition), *remarks_on(edition, scenario), *of_sweep)
    _say((*problems, *remarks), options.lang)
    return BAD_INPUT if problems else 0


def _printed(
    edition: Edition, scenario: Scenario, swept: list[Row] | None, options: argparse.Namespace
) -> str:
    if options.json:
        answer = json_of(edition, scenario, project(edition, scenario)) if swept is None else swept
        return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
    if options.csv or swept is not None:
        return _csv(result_rows(edition, scenario, options.lang) if swept is None else swept)
    return table_of(edition, project(edition, scenario), options.lang)


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows of the same columns, blank where there is nothing."""
    cells = (["" if cell is None else str(cell) for cell in row.values()] for row in rows)
    return csv_text([[*rows[0]], *cells] if rows else []).rstrip("\n")


def _ranges(texts: list[str]) -> dict[str, tuple[Fraction, ...]]:
    """The ranges by lever; raises `BadInput` for one that cannot be read, and for a lever given twice."""
    read = [range_of(text) for text in texts]
    levers = [lever for lever, _ in read]
    problems = [
        Problem("duplicate", "--sweep", lever, "")
        for lever in dict.fromkeys(levers)
        if levers.count(lever) > 1
    ]
    if problems:
        raise BadInput(problems)
    return dict(read)


def _start(options: argparse.Namespace) -> tuple[Edition, Scenario, tuple[Problem, ...]]:
    edition = _edition(options.edition) if options.edition is not None else None
    if options.link is not None:
        opened = open_link(read_query(options.link), edition)
        _say_sent_results(opened, options.lang)
        return opened.edition, opened.scenario, opened.problems
    chosen = edition or released_edition()
    return chosen, preset(chosen, options.scenario) if options.scenario is not None else baseline(chosen), ()


def _say_sent_results(opened: PageState, language: str) -> None:
    """Results other than those the link was sent with, on standard error; the status stays as it is."""
    moved = differences(opened.edition, opened.scenario, opened.sent_results) if opened.sent_results else []
    for difference in moved:
        then, now = (
            say("sent.blank", language) if value is None else plain(value)
            for value in (difference.then, difference.now)
        )
        reason = reason_of(opened.edition, opened.sent_results) if opened.sent_results else ""
        why = say(f"sent.{reason}", language) if reason else ""
        print(
            say("sent", language, indicator=difference.indicator, then=then, now=now, why=why),
            file=sys.stderr,
        )


def _edition(path: str) -> Edition:
    try:
        if not path.strip():
            raise ValueError("blank")  # which is not the folder one stands in
        return load_edition(Path(path).resolve())
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        unreadable = f"{path} ({error})"
        raise BadInput(
            [Problem("unknown_edition", "edition", unreadable, Phrase("wanted.edition_file"))]
        ) from None


def _other_name(edition: Edition, path: str | None) -> tuple[Problem, ...]:
    """A remark on a folder that is called otherwise than its edition: among those released it may not be."""
    name = Path(path).resolve().name if path is not None and Path(path).is_dir() else edition.id
    return () if name == edition.id else (Problem("other_id", "edition.csv", edition.id, name),)


def _settings(texts: list[str]) -> list[tuple[str, str]]:
    problems = [Problem("malformed", "--set", text, "ID=VALUE") for text in texts if "=" not in text]
    if problems:
        raise BadInput(problems)
    return [(name.strip(), value.strip()) for name, value in (text.split("=", 1) for text in texts)]


def _say(problems: tuple[Problem, ...], language: str) -> None:
    for problem in problems:
        print(line_of(problem, language), file=sys.stderr)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        sys.exit(0)
