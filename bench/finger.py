"""How fast does the answer follow the finger?  One table: drags, keys, answers, first load.

    .venv/bin/python bench/finger.py [--rounds 5] [--peers FOLDER]     (some eight minutes; needs Chromium,
    and a machine that does nothing else)

Beside the page stand two that do the least a page of the kind can do, and with `--peers` (a folder with the
programs `marimo`, `panel` and a `python` that has Dash; none of them is a dependency) the same job in these.
All of them run on this machine and take turns. Quote ratios with the machine's name, and the worst round.
How many visitors one process bears: `bench/load.py`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from servers import PORT, served, streamlit

MOVES, KEYS, PRESSES, LOADS = 40, 20, 12, 3
BETWEEN_MOVES, BETWEEN_KEYS, UNTIL_SETTLED = 60, 120, 900  # milliseconds
CHART = "[data-testid=stVegaLiteChart] svg"
TEN = ".st-key-p0 input"  # the slider of a floor page
LEVER = ".st-key-general_industrial_investment-intensity_q3 input[type=range]"
WATCH = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").partition("\n\n")[2].rstrip()
IN_VIEW = "node => node.scrollIntoView({block: 'center'})"


@dataclass(frozen=True)
class Candidate:
    """A page that is measured: where its slider is, and which of its parts shall follow."""

    name: str
    command: tuple[str, ...]
    place: str = ""
    slider: str = LEVER
    parts: dict[str, str] = field(default_factory=lambda: {"chart": CHART})
    size: tuple[int, int] = (1280, 800)
    is_streamlit: bool = True
    is_answered: bool = True  # by the server, after a move


APP = streamlit("app.py")
CARD = {"card": ".st-key-card-general_industrial_investment"}
PAGES = (
    Candidate("explore", APP, "?lang=zh", parts={**CARD, "chart": CHART}),
    Candidate(
        "required", APP, "?lang=zh&view=required", parts={**CARD, "charts": CHART, "table": "table.needed"}
    ),
    Candidate("explore, phone", APP, "?lang=zh", parts={"strip": "#strip", "chart": CHART}, size=(390, 844)),
    Candidate(
        "floor: follows",
        streamlit("bench/floor_follows.py"),
        slider=".st-key-q3 input[type=range]",
        is_answered=False,
    ),
    Candidate("floor: ten sliders, one chart", streamlit("bench/floor.py", "1"), slider=TEN, parts={}),
    Candidate("floor: ten sliders, two charts", streamlit("bench/floor.py", "2"), slider=TEN, parts={}),
)


def peers(folder: Path) -> tuple[Candidate, ...]:
    """The same job in other frameworks, which are installed in a folder."""
    drawn = {"chart": "svg, canvas"}
    marimo = [folder / "marimo", "run", "bench/peers/marimo_page.py", "--headless", "--no-token", "-p", PORT]
    panel = [folder / "panel", "serve", "bench/peers/panel_page.py", "--port", PORT]
    dash = [folder / "python", "bench/peers/dash_page.py", PORT]
    return tuple(
        Candidate(name, tuple(map(str, command)), place, slider, drawn, is_streamlit=False, is_answered=False)
        for name, command, place, slider in (
            ("marimo", marimo, "", "marimo-slider >> [role=slider]"),
            ("Panel", panel, "panel_page", ".noUi-handle"),
            ("Dash", dash, "", "[role=slider]"),
        )
    )


@dataclass
class Opened:
    """A page in the browser, and what was measured of it: milliseconds by what was done, and bytes."""

    candidate: Candidate
    page: Page
    received: int = 0  # bytes through the websocket

    def round(self) -> Iterator[tuple[str, list[float]]]:
        """One of everything, by its name."""
        self.page.bring_to_front()
        if self.candidate.parts:
            yield from self._drag()
            yield from self._keys() if self.candidate.is_streamlit else ()
        if self.candidate.is_answered:
            yield from self._presses()

    def _drag(self) -> Iterator[tuple[str, list[float]]]:
        x, y = self._grip()
        mouse = self.page.mouse
        self._clear()
        mouse.move(x, y)
        mouse.down()
        for step in range(1, MOVES + 1):
            mouse.move(x + (step if step <= MOVES // 2 else MOVES - step + 3) * 2, y)
            self.page.wait_for_timeout(BETWEEN_MOVES)
        took = self._took()
        yield from ((f"drag → {part}", times) for part, times in took.items())
        self._clear()
        mouse.up()
        self.page.wait_for_timeout(2 * UNTIL_SETTLED)
        if self.candidate.is_answered:
            yield "let go → answered", self._since("let_go", "answered")

    def _keys(self) -> Iterator[tuple[str, list[float]]]:
        self.page.locator(self.candidate.slider).first.focus()
        self._clear()
        for step in range(KEYS):
            self.page.keyboard.press("ArrowRight" if step < KEYS // 2 else "ArrowLeft")
            self.page.wait_for_timeout(BETWEEN_KEYS)
        yield from ((f"key → {part}", times) for part, times in self._took().items())
        self.page.wait_for_timeout(2 * UNTIL_SETTLED)

    def _presses(self) -> Iterator[tuple[str, list[float]]]:
        drawn, answered, before = [], [], self.received
        for step in range(PRESSES):
            self.page.locator(self.candidate.slider).first.focus()
            self._clear()
            self.page.keyboard.press("ArrowRight" if step % 2 else "ArrowLeft")
            self.page.wait_for_timeout(UNTIL_SETTLED)
            drawn += self._since("at", "drawn")
            answered += self._since("at", "answered")
        yield "key → charts at rest", drawn
        yield "key → answered", answered
        yield "bytes a press", [(self.received - before) / PRESSES]

    def _grip(self) -> tuple[float, float]:
        """The middle of the slider's thumb."""
        thumb = self.page.locator(self.candidate.slider).first
        if self.candidate.is_streamlit:
            thumb = thumb.locator("xpath=ancestor::*[@data-rac][1]")
        thumb.evaluate(IN_VIEW)
        box = thumb.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def _clear(self) -> None:
        self.page.evaluate("finger.clear()")

    def _took(self) -> dict[str, list[float]]:
        return self.page.evaluate("finger.took")

    def _since(self, begun: str, ended: str) -> list[float]:
        took = self.page.evaluate(
            f"finger.{ended} === null || finger.{begun} === null ? null : finger.{ended} - finger.{begun}"
        )
        return [] if took is None else [took]


def opened(browser: Browser, candidate: Candidate, address: str) -> Opened:
    page = browser.new_page(viewport=dict(zip(("width", "height"), candidate.size, strict=True)))
    visit = Opened(candidate, page)

    def received(frame: bytes | str) -> None:
        visit.received += len(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    page.goto(address + candidate.place)
    page.locator(candidate.slider).first.wait_for(state="attached", timeout=30_000)
    page.wait_for_timeout(4_000)
    page.evaluate(WATCH, candidate.parts)
    return visit


def first_loads(browser: Browser, address: str) -> Iterator[tuple[str, list[float]]]:
    """Milliseconds until the first chart is drawn, and kilobytes, in a browser that knows nothing yet."""
    times, sizes = [], []
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        came: list[float] = []
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on(
            "Network.loadingFinished", lambda event, came=came: came.append(event["encodedDataLength"])
        )
        page.on(
            "websocket", lambda socket, came=came: socket.on("framereceived", lambda f: came.append(len(f)))
        )
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(f"{CHART} path").first.wait_for(state="attached", timeout=30_000)
        times.append(1_000 * (time.perf_counter() - begun))
        page.wait_for_timeout(2_000)
        sizes.append(sum(came) / 1_000)
        context.close()
    yield "first load → first chart", times
    yield "first load, kB", sizes


def table(found: dict[tuple[str, str], list[list[float]]]) -> Iterator[str]:
    """A line for each page and thing, with the worst median and the worst twentieth of a round."""
    yield "| page | what | p50 | p95 | worst round | count |"
    yield "|---|---|---|---|---|---|"
    for (page, what), rounds in found.items():
        rounds = [times for times in rounds if times]
        times = [took for each in rounds for took in each]
        if times:
            worst = f"{max(map(_p50, rounds)):.0f} / {max(map(_p95, rounds)):.0f}"
            yield f"| {page} | {what} | {_p50(times):.0f} | {_p95(times):.0f} | {worst} | {len(times)} |"


def _p50(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-95 * len(times) // 100) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, help="a folder with the programs of marimo, Panel and Dash")
    asked = parser.parse_args()
    candidates = (*PAGES, *(peers(asked.peers) if asked.peers else ()))
    found: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    with sync_playwright() as playwright, ExitStack() as served_here:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        commands = dict.fromkeys(each.command for each in candidates)
        addresses = {command: served_here.enter_context(served(command))[0] for command in commands}
        pages = [opened(browser, each, addresses[each.command]) for each in candidates]
        for _ in range(asked.rounds):
            for visit in pages:
                for what, times in visit.round():
                    found[visit.candidate.name, what].append(times)
        for each in candidates[:2]:
            for what, times in first_loads(browser, addresses[each.command] + each.place):
                found[each.name, what].append(times)
        browser.close()
    print(f"{os.cpu_count()} cores, {asked.rounds} rounds, milliseconds")
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
