"""Does a day's use leave the server as it was, and each visitor with what is theirs?

    .venv/bin/python bench/day.py [presses] [visitors] [minutes]    (20,000 of 50, or what the minutes bear:
    a quarter of an hour on a machine that does nothing else)

Visitors without a browser come, move levers, look at every view, keep plans, undo, hand over editions and
ledgers, paste, take files away, come with broken addresses, lose their connection and leave, as fast as one
process answers. Every answer is held against what the model gives for what this visitor supposes; each
writes a mark of their own wherever a name may be written, and no message and no file may hold another's.
Printed are the times, the server's memory at each tenth, and what of its log tells of a fault.
"""

from __future__ import annotations

import asyncio
import html
import io
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile, is_zipfile

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from servers import children, hosted, memory, processor  # noqa: E402
from visitors import Failed, Visitor  # noqa: E402

from hdmodel import PageState, open_link, project  # noqa: E402
from hdmodel.links.link import VIEWS, live_link, read_query  # noqa: E402
from hdmodel.links.plans import Plan  # noqa: E402
from hdmodel.numbers import printed  # noqa: E402
from hdmodel.problems import Faults  # noqa: E402
from hdmodel.reading.tables import Sheet  # noqa: E402
from hdmodel.reading.upload import own_edition  # noqa: E402
from hdmodel.scenario import with_values  # noqa: E402
from tests.browser.ledger import HEADER  # noqa: E402
from tests.reading.tables import changed  # noqa: E402
from ui.files.spreadsheets import write_zip  # noqa: E402

PRESSES = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
VISITORS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
MINUTES = float(sys.argv[3]) if len(sys.argv) > 3 else 60
LONGEST_VISIT = 160  # presses
GROWTH = 1.1  # of the memory, from the second half's first tenths to its last
MARK = re.compile(rb"visitor(\d\d)x")
LINK = re.compile(r"http://localhost[^\s\"<>]*\?(v=3[^\s\"<>]*)")
GAP = "\\u0001"  # where the offline page's script fills a number in
YEAR = re.compile(r"\*\*([\u2212-]?[\d.]+)")
BROKEN = (
    "gii.iq3=1e999&v=3", "e=nowhere-1999&view=nowhere&lang=xx", "v=99&p1=__~~&r=%ff%00",
    "gii.iq3=100&gii.iq3=120", "general_industrial_investment.intensity_q3=" + "9" * 3_000,
    "%3Cscript%3E=1&view=required&focus=%27%22",
)  # fmt: skip
EXPORTS = (
    "workbook", "offline", "document", "plans", "chat", "slide", "drawing", "results", "compare", "log",
)  # fmt: skip
HEAVY = ("offline", "document", "plans", "chat", "slide", "drawing")  # for which a process of their own draws
MOVED = {
    "general_industrial_investment": ("intensity_q3", "intensity_q4"),
    "outside_funds": ("intensity_q3", "intensity_q4", "new_q3"),
    "telecom_volume": ("q3", "q4"),
    "industrial_value_added": ("q3", "q4"),
}  # fmt: skip


@dataclass
class Counts:
    """What was done in all, by kind, and how long each press took in seconds."""

    done: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    end: float = field(default_factory=lambda: time.perf_counter() + 60 * MINUTES)

    @property
    def is_over(self) -> bool:
        return self.done["press"] >= PRESSES or time.perf_counter() > self.end


class Person(Visitor):
    """One of the visitors: what they suppose, and whether the page says so."""

    def __init__(self, url: str, number: int, counts: Counts) -> None:
        super().__init__(url)
        self.number, self.counts = number, counts
        self.mark = f"visitor{number:02}x"
        self.chance = random.Random(number)
        self.state = open_link([])
        self.been: list[PageState] = []
        self.doing = "come"

    # --- what they do

    async def visit(self) -> None:
        """Come, do this and that, and leave."""
        await self.come("" if self.chance.random() < 0.8 else self.chance.choice(BROKEN))
        for _ in range(self.chance.randrange(20, LONGEST_VISIT)):
            if self.counts.is_over:
                break
            (does,) = self.chance.choices(*zip(*WAYS.items(), strict=True))
            self.counts.done[does.__name__] += 1
            self.doing = does.__name__
            await does(self)
        await self.leave()

    async def come(self, query: str) -> None:
        """Open the page, with an address that may be broken."""
        self.counts.done["broken address"] += bool(query)
        self.query, self.state = query, replace(open_link(read_query(query)), problems=())
        self.been = [self.state]
        await self.open()
        self.check()

    async def move(self) -> None:
        """Move a lever by its slider, or by the field beside it."""
        await self.look_at_levers()
        edition, focus = self.state.edition, self.state.focus
        lever = edition.levers[f"{focus}.{self.chance.choice(MOVED[focus])}"]
        most = int((lever.high - lever.low) / lever.step)
        value = lever.low + lever.step * (self.chance.randrange(self.number % most, most, VISITORS))
        key = lever.id if self.chance.random() < 0.9 else f"typed:{lever.id}"
        self.suppose({lever.id: value})
        await self.set(key, float(value))
        self.check()

    async def look(self) -> None:
        """Go to another view."""
        await self.show(self.chance.choice(VIEWS))

    async def pick(self) -> None:
        """Bring another indicator into focus."""
        await self.look_at_levers(self.chance.choice([*MOVED]))

    async def undo(self) -> None:
        """Take a move back, and perhaps take that back, too: one lands where one has been."""
        if "undo" not in self.controls:
            await self.show("explore")
        await self.press(self.chance.choice(["undo", "undo", "redo"]))
        self.adopt()

    async def keep_plan(self) -> None:
        """Keep what is supposed as a plan, and give it a name."""
        await self.show("compare")
        slot = self.chance.randrange(3)
        await self.press(f"keep-p{slot + 1}")
        self.hold(slot, Plan(self.state.scenario))
        await self.set(f"name-p{slot + 1}", self.mark)
        self.hold(slot, Plan(self.state.scenario, self.mark))

    def hold(self, slot: int, plan: Plan) -> None:
        plans = [*self.state.plans]
        plans[slot] = plan
        self.state = replace(self.state, plans=tuple(plans))
        self.note()
        self.check()

    async def paste(self) -> None:
        """Paste a ledger and take it."""
        await self.ways_in()
        await self.fill("ledger-text", "\n".join("\t".join(row) for row in self.ledger()))
        await self.press("ledger-take")
        await self.take_ledger()

    async def hand_over_ledger(self) -> None:
        """Upload one."""
        await self.ways_in()
        key = next(key for key in self.controls if key.startswith("ledger-file-"))
        data = "\n".join(",".join(row) for row in self.ledger()).encode("gb18030")
        await self.upload(key, f"{self.mark}.csv", data)
        await self.take_ledger()

    async def take_ledger(self) -> None:
        await self.press("ledger-accept")
        self.check()
        data = await self.download("ledger-csv")
        self.check_marks("the ledger", data)
        if self.mark.encode() not in data:
            self.wrong("the ledger is not there")

    async def hand_over_edition(self) -> None:
        """Run the page on figures of one's own for a while, and go back."""
        await self.show("sources")
        funds = f"{431 + self.number}.25"
        tables = changed(("figures.csv", "outside_funds.h1", "value", funds), id=f"{self.mark}-own")
        left, edition = self.state, own_edition(
            {name: Sheet(name, tuple(enumerate(rows, 1))) for name, rows in tables.items()}, Faults()
        )  # fmt: skip
        self.state = replace(open_link([], edition), view="sources", language=left.language)
        await self.upload("edition-file", f"{self.mark}.zip", write_zip(tables))
        self.been = [self.state]
        self.check()
        for does in (Person.move, Person.look, Person.move):
            await does(self)
        await self.show("sources")
        await self.press("edition-back")
        self.state = replace(left, view="sources")
        self.been = [self.state]
        self.check()

    async def hand_over_rubbish(self) -> None:
        """Upload what is no edition."""
        await self.show("sources")
        await self.upload("edition-file", f"{self.mark}.xlsx", b"PK\x03\x04" + self.mark.encode() * 50)
        self.check()

    async def take_file(self) -> None:
        """Take a file away, which must open what this visitor supposes."""
        weights = [1 if kind in HEAVY else 3 for kind in EXPORTS]
        (kind,) = self.chance.choices(EXPORTS, weights)
        await self.press("export")
        if f"make-{kind}" in self.controls:
            await self.press(f"make-{kind}")
            if f"{kind}-file" in self.controls:
                self.check_file(kind, await self.download(f"{kind}-file"))
            made = "file" if f"{kind}-file" in self.controls else "said why there is no"  # too much at once
            self.counts.done[f"{made} {kind}"] += 1
        self.check()

    async def lose_connection(self) -> None:
        """Lose the connection, and come back as the same page or with the address alone."""
        await self.drop()
        await asyncio.sleep(self.chance.random())
        if self.chance.random() < 0.6:
            await self.come_back()
            self.check()
            return
        self.been = [self.state]
        await self.open()
        self.check()

    async def speak(self) -> None:
        """Read the page in the other language."""
        await self.press("language")
        other = {"zh": "en", "en": "zh"}[self.state.language]
        self.state = replace(self.state, language=other)
        self.check()

    # --- the ways there

    async def look_at_levers(self, focus: str = "") -> None:
        if self.state.view not in ("explore", "required"):
            await self.show(self.chance.choice(["explore", "explore", "required"]))
        focus = focus or (self.state.focus if self.state.focus in MOVED else "outside_funds")
        if focus != self.state.focus:
            self.state = replace(self.state, focus=focus)
            await self.press(f"card-{focus}")
            self.check()

    async def show(self, view: str) -> None:
        if view != self.state.view:
            self.state = replace(self.state, view=view)
            await self.press(f"view-{view}")
            self.check()

    async def ways_in(self) -> None:
        await self.show("projects")
        if "ledger-text" not in self.controls:
            await self.set("ledger-in", True)

    def ledger(self) -> list[tuple[str, ...]]:
        rows = [
            (f"{self.mark}{row}", "续建", "20", f"{self.number / 10:g}", "20000", "已开工", "是", self.mark)
            for row in range(self.chance.randrange(1, 30))
        ]
        return [HEADER, *rows]

    # --- what they suppose, and what the page says

    def suppose(self, values: dict[str, Fraction | None]) -> None:
        self.state = replace(
            self.state, scenario=with_values(self.state.edition, self.state.scenario, values)
        )
        self.note()

    def note(self) -> None:
        """Undo and redo may come back to this."""
        self.been = [*self.been[-200:], self.state]

    def told(self) -> PageState:
        """The state that the page says at the end of its run."""
        return open_link(list(self.detail["address"].items()), self.state.edition)

    def adopt(self) -> None:
        """Take over where an undo has led, if this visitor has been there."""
        told = self.told() if self.detail["address"] is not None else self.been[0]
        if (told.scenario, told.plans) not in [(been.scenario, been.plans) for been in self.been]:
            self.wrong("undo leads to what this visitor never supposed")
        self.state = replace(self.state, scenario=told.scenario, plans=told.plans)
        self.check()

    def check(self) -> None:
        """The page says what the model gives for what this visitor supposes."""
        if self.detail["address"] is None:
            return  # which waits for an edition that is not here
        told = self.told()
        is_said, is_so = live_link(told), live_link(self.state)
        if is_said != is_so:
            self.wrong(f"the address differs in {dict(is_said.items() ^ is_so.items())}")
        for id, projection in project(self.state.edition, self.state.scenario).items():
            card = self.controls.get(f"card-{id}")
            shown = YEAR.search(card.described.label.replace("\\", "")) if card else None
            if shown:
                text, year = shown[1].replace("\u2212", "-"), projection.path.full_year
                if text != printed(year, len(text.partition(".")[2])):
                    self.wrong(f"{id}: {text} on its card, {float(year):.4f} by the model")

    def hears(self, received: bytes) -> None:
        self.check_marks("a message", received)

    def check_file(self, kind: str, data: bytes) -> None:
        """A file holds nobody else's mark, and its link opens what this visitor supposes."""
        texts = [data]
        if is_zipfile(io.BytesIO(data)):
            with ZipFile(io.BytesIO(data)) as archive:
                texts = [archive.read(name) for name in archive.namelist()]
        for text in texts:
            self.check_marks(kind, text)
            links = LINK.findall(text.decode("utf-8", "replace"))
            for link in (each for each in links if GAP not in each):
                opened = open_link(read_query(html.unescape(link)), self.state.edition)
                if opened.scenario != self.state.scenario:
                    self.wrong(f"{kind}: its link opens something else")
                self.counts.done["link of a file"] += 1

    def check_marks(self, place: str, data: bytes) -> None:
        for other in {int(each) for each in MARK.findall(data)} - {self.number}:
            self.wrong(f"{place} holds what visitor {other} wrote")

    def wrong(self, what: str) -> None:
        raise Failed(what)

    async def run(self, *arguments: object, **named: object) -> None:
        begun = time.perf_counter()
        await super().run(*arguments, **named)  # type: ignore[arg-type]
        self.counts.took.append(time.perf_counter() - begun)
        self.counts.done["press"] += 1


WAYS: dict[Callable[[Person], Awaitable[None]], float] = {
    Person.move: 80,
    Person.look: 6,
    Person.pick: 4,
    Person.undo: 4,
    Person.keep_plan: 1,
    Person.speak: 1,
    Person.paste: 0.5,
    Person.hand_over_ledger: 0.5,
    Person.hand_over_edition: 0.5,
    Person.hand_over_rubbish: 0.3,
    Person.take_file: 1,
    Person.lose_connection: 1.5,
}


async def day(url: str, counts: Counts) -> None:
    """Visits one after the other in so many places, until all presses are made."""

    async def place(number: int) -> None:
        person = Person(url, number, counts)
        while not counts.is_over:
            try:
                counts.done["visit"] += 1
                await person.visit()
            except Exception as error:
                counts.wrong.append(f"visitor {number}, {person.doing}: {type(error).__name__} {error}")
                await person.leave()

    await asyncio.gather(*(place(number) for number in range(VISITORS)))


async def watch(pid: int, counts: Counts, samples: list[tuple[int, float, float]]) -> None:
    """Note the server's memory, and that of what it has started, twice a second."""
    while True:
        beside = sum(memory(child) for child in children(pid) if Path(f"/proc/{child}/statm").exists())
        samples.append((counts.done["press"], memory(pid), beside))
        if len(samples) % 120 == 0:
            print(f"{counts.done['press']:6} presses, {samples[-1][1]:.0f} MiB", file=sys.stderr, flush=True)
        await asyncio.sleep(0.5)


async def watched_day(url: str, pid: int, counts: Counts) -> list[tuple[int, float, float]]:
    samples: list[tuple[int, float, float]] = []
    watching = asyncio.create_task(watch(pid, counts, samples))
    await day(url, counts)
    watching.cancel()
    return samples


def said_of_memory(samples: list[tuple[int, float, float]]) -> tuple[list[str], bool]:
    """The memory at each tenth, and whether it stayed as it was in the second half."""
    last = samples[-1][0] + 1
    tenths = [
        [sample for sample in samples if tenth <= 10 * sample[0] / last < tenth + 1] for tenth in range(10)
    ]
    lines = [
        f"presses {part[0][0]:6}–{part[-1][0]:6}   server {statistics.median(s[1] for s in part):5.0f} MiB"
        f" (most {max(s[1] for s in part):5.0f})   its children at most {max(s[2] for s in part):5.0f} MiB"
        for part in tenths
        if part
    ]
    middle, end = ([s[1] for part in tenths[at : at + 2] for s in part] for at in (4, 8))
    is_flat = bool(middle and end) and statistics.median(end) < GROWTH * statistics.median(middle)
    return lines, is_flat


def said_of_log(log: Path) -> list[str]:
    """The lines of the server's log that tell of a fault."""
    lines = log.read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if '"event": "fault"' in line or "Traceback" in line or "Error" in line]
    marks = [line for line in lines if MARK.search(line.encode())]
    return [f"log: {line[:300]}" for line in told] + [f"log names a visitor: {line[:300]}" for line in marks]


def main() -> int:
    counts = Counts()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with hosted(1, log) as (url, (pid,)):
            begun, had, before = time.perf_counter(), processor(pid), memory(pid)
            samples = asyncio.run(watched_day(url, pid, counts))
            seconds, cores = time.perf_counter() - begun, processor(pid) - had
        faults = [*counts.wrong, *said_of_log(log)]
    took = statistics.quantiles(counts.took, n=20)
    print(f"{os.cpu_count()} cores; {counts.done['press']} presses of {VISITORS} visitors in {seconds:.0f} s")
    print(f"{counts.done['press'] / seconds:.1f} a second, p50/p95 {took[9]:.2f}/{took[18]:.2f} s,", end=" ")
    print(f"{cores / seconds:.2f} of a core")
    print(dict(counts.done))
    lines, is_flat = said_of_memory(samples)
    print(f"memory: {before:.0f} MiB before anybody came", *lines, sep="\n")
    faults += [] if is_flat else ["the memory is not flat"]
    print(
        "\n".join(faults[:60]) or "every answer right, nobody saw another's, memory flat, no fault in the log"
    )
    return len(faults)


if __name__ == "__main__":
    sys.exit(bool(main()))
