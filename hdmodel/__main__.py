"""The command line: `python -m hdmodel`, the same model with no browser."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import NoReturn

from hdmodel.edition import Edition
from hdmodel.links.link import PageState, open_link, read_query
from hdmodel.links.sent_results import differences, reason_of
from hdmodel.numbers import plain
from hdmodel.problems import BadInput, Phrase, Problem
from hdmodel.projection import project
from hdmodel.reading.edition import load_edition, released_edition
from hdmodel.report import json_of, table_of
from hdmodel.scenario import Scenario, baseline, change, preset

BAD_INPUT = 2


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, without repeating the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def arguments() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = OneLineParser(prog="python -m hdmodel", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="set one lever or entry; may be repeated",
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--scenario", metavar="NAME", help="start from a scenario of the edition")
    start.add_argument(
        "--link", metavar="QUERY", help="start from what a shared link says (its query string, or all of it)"
    )
    parser.add_argument(
        "--edition",
        type=Path,
        metavar="PATH",
        help="the folder with the figures (default: the released edition)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, unrounded")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Print the projection; exit status 2, with one line per problem on standard error,
    when the input is at fault.

    A link is read as the page reads it: what can be kept is shown, what cannot is named,
    and the status is 2 all the same.
    """
    options = arguments().parse_args(argv)
    try:
        edition, scenario, problems = _start(options)
        scenario = change(edition, scenario, _settings(options.set))
    except BadInput as bad:
        _say(bad.problems)
        return BAD_INPUT
    projections = project(edition, scenario)
    if options.json:
        print(
            json.dumps(json_of(edition, scenario, projections), ensure_ascii=False, indent=1, allow_nan=False)
        )
    else:
        print(table_of(edition, projections))
    _say(problems)
    return BAD_INPUT if problems else 0


def _start(options: argparse.Namespace) -> tuple[Edition, Scenario, tuple[Problem, ...]]:
    edition = _edition(options.edition) if options.edition else None
    if options.link is not None:
        opened = open_link(read_query(options.link), edition)
        _say_sent_results(opened)
        return opened.edition, opened.scenario, opened.problems
    chosen = edition or released_edition()
    return chosen, preset(chosen, options.scenario) if options.scenario is not None else baseline(chosen), ()


def _say_sent_results(opened: PageState) -> None:
    """Results other than those the link was sent with, on standard error; the status stays as it is."""
    found = differences(opened.edition, opened.scenario, opened.sent_results) if opened.sent_results else []
    for one in found:
        then, now = ("blank" if value is None else plain(value) for value in (one.then, one.now))
        why = {
            "model": "another model version",
            "edition": "the figures were revised",
            "altered": "the link was altered",
        }
        reason = why[reason_of(opened.edition, opened.sent_results)] if opened.sent_results else ""
        print(f"{one.indicator}: the link was sent with {then}, now it is {now}: {reason}", file=sys.stderr)


def _edition(path: Path) -> Edition:
    try:
        return load_edition(path.resolve())
    except (OSError, RuntimeError) as error:
        raise BadInput(
            [
                Problem(
                    "unknown_edition",
                    "edition",
                    f"{path} ({error})",
                    Phrase("wanted.edition_folder"),
                )
            ]
        ) from None


def _settings(texts: list[str]) -> list[tuple[str, str]]:
    problems = [Problem("malformed", "--set", text, "ID=VALUE") for text in texts if "=" not in text]
    if problems:
        raise BadInput(problems)
    return [(name.strip(), value.strip()) for name, value in (text.split("=", 1) for text in texts)]


def _say(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(problem.sentence(), file=sys.stderr)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        sys.exit(0)
