"""Does any of a thousand mutated files raise, hold others up, or stay in memory?

    .venv/bin/python bench/mutants.py [files] [suffix]   (about fifteen minutes for 1,000 of all kinds)

Each goes the way of an upload: it is read in a process of its own, then checked in the one that serves
everybody. An edition that is taken is opened on the page, too, and every view is drawn. Named are the slowest
files, those that held the serving process longest, and its memory at every tenth.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from streamlit.testing.v1 import AppTest  # noqa: E402

from hdmodel import BadInput, Problem, open_link  # noqa: E402
from hdmodel.links.link import VIEWS, read_query  # noqa: E402
from hdmodel.problems import Phrase  # noqa: E402
from tests.reading.mutants import Mutant, addresses, files  # noqa: E402
from ui.files import read_apart  # noqa: E402
from ui.files.ledger_file import found_apart, table_read  # noqa: E402
from ui.page.editions import read_own  # noqa: E402
from ui.text.speech import Speech  # noqa: E402

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
SUFFIX = f".{sys.argv[2]}" if len(sys.argv) > 2 else ""  # of one kind alone, as ods
MOST_SECONDS = 5
SPEECH = Speech("zh")
raised_apart: list[str] = []  # what the process that reads a file raised, which the page calls a damaged file
read_apart.fault = lambda _, error: raised_apart.append(str(error))


@dataclass(frozen=True)
class Outcome:
    """What became of a file, and its seconds of a processor: in all, and in the serving process alone."""

    name: str
    end: str
    seconds: float
    held: float


def outcome(mutant: Mutant) -> Outcome:
    begun, begun_here = _seconds_in_all(), time.process_time()
    try:
        if "ledger" in mutant.name:
            table_read(found_apart(mutant.name, mutant.data).sheet)
        else:
            read_own(mutant.data)
        end = "taken"
    except BadInput as bad:
        end = f"RAISED {raised_apart.pop()} apart" if raised_apart else _end_of(bad.problems[0])
    except Exception as error:  # what this is here to find
        end = f"RAISED {type(error).__name__}: {error}"
    return Outcome(mutant.name, end, _seconds_in_all() - begun, time.process_time() - begun_here)


def _end_of(problem: Problem) -> str:
    """The kind of a problem; a file at which the reading process ended without a word is told apart."""
    has_died = problem.kind == "malformed" and problem.wanted == Phrase("wanted.plain_file")
    return "died apart" if has_died else problem.kind


def _seconds_in_all() -> float:
    """Of a processor: of the clock, it would say how much else this machine does."""
    return sum(os.times()[:4])


def drawn(mutant: Mutant) -> str:
    """What the page makes of an edition that was taken: every view of it, or what it raises."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["view"] = "sources"
    page.run()
    page.file_uploader[0].set_value((f"{mutant.name}", mutant.data, "application/zip")).run()
    for view in VIEWS:
        if page.exception:
            return f"RAISED {page.exception[0].message}"
        page.button(f"view-{view}").click().run()
    return "drawn"


def memory() -> int:
    """MiB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def main() -> None:
    outcomes: list[Outcome] = []
    faults: list[str] = []
    for number, mutant in enumerate(files(COUNT, suffix=SUFFIX)):
        outcomes.append(outcome(mutant))
        if outcomes[-1].end == "taken" and "edition" in mutant.name:
            said = drawn(mutant)
            faults += [f"{mutant.name}: {said}"] if said != "drawn" else []
        if number % max(1, COUNT // 10) == 0:
            print(f"{number:5} files   {memory()} MiB", flush=True)
    print(f"{COUNT:5} files   {memory()} MiB")
    print(dict(Counter(each.end if "RAISED" not in each.end else "RAISED" for each in outcomes)))
    for what in ("seconds", "held"):
        for each in sorted(outcomes, key=lambda each: -getattr(each, what))[:5]:
            print(f"{what:8} {getattr(each, what):6.2f} s   {each.end:14} {each.name}")
    open_link([])  # which reads the released edition
    slowest = max(_seconds_of(address) for address in addresses(COUNT))
    print(f"{COUNT} addresses: at most {slowest:.3f} s of a processor")
    faults += [f"{each.name}: {each.end}" for each in outcomes if "RAISED" in each.end]
    faults += [f"{each.name}: {each.seconds:.1f} s" for each in outcomes if each.seconds > MOST_SECONDS]
    print("\n".join(faults) or "none raised, none took more than 5 s")


def _seconds_of(address: str) -> float:
    begun = time.process_time()
    open_link(read_query(address))
    return time.process_time() - begun


if __name__ == "__main__":
    main()
