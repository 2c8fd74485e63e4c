"""How long does a ledger of 5,000 projects take, and how much memory?  Read, summed, written,
and drawn in Chromium.

    .venv/bin/python bench/ledger.py [rows]            (about a minute; needs Chromium,
    and a machine that does nothing else)

Times without tracing; the peak of each step is measured in a second run of it. The server's memory is what
the system counts for the whole process, so the difference between the two lines is what the ledger costs
while somebody holds
and edits it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from servers import served, streamlit  # noqa: E402

from hdmodel.ledger import Ledger, by_stage, by_unit, largest  # noqa: E402
from hdmodel.reading.ledger import read_ledger  # noqa: E402
from hdmodel.reading.ledger_columns import Cells  # noqa: E402
from ui.files.ledger_file import csv_file, found_in_file, workbook  # noqa: E402
from ui.text.speech import Speech  # noqa: E402
from ui.views.projects import editor_frame  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
ZH = Speech("zh")
VIEW = "?view=projects&general_industrial_investment.target=9000&general_industrial_investment.h1=1"
STAGES = ("continuing", "new", "preliminary", "completed")


def invented(count: int) -> tuple[Cells, ...]:
    """Rows of every stage, a tenth of them not in the statistics, over forty units."""
    return tuple(
        (
            *(
                f"虚构项目{n:05}",
                STAGES[n % 4],
                "90",
                "1.5",
                "",
                "",
                f"0.{n % 997:04}",
                f"0.{n % 883:04}",
                "started",
            ),
            *("no" if n % 10 == 5 else "yes", f"虚构局{n % 40}", f"虚构甲{n % 200}", "虚构的备注"),
        )
        for n in range(count)
    )


def measured(name: str, step: Callable[[], object]) -> object:
    """One line: the time of a step, and its peak of memory in a second run."""
    begun = time.perf_counter()
    result = step()
    took = time.perf_counter() - begun
    tracemalloc.start()
    step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{name:34} {took * 1000:7.0f} ms   peak {peak / 2**20:6.1f} MiB", flush=True)
    return result


def sums(ledger: Ledger) -> tuple[object, ...]:
    fresh = Ledger(ledger.rows)  # a ledger keeps its sum
    return fresh.tally, by_stage(fresh), by_unit(fresh), largest(fresh)


def memory_of(pid: int) -> str:
    """What a process holds now and has held at most, where the system says so."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    now, most = (int(status[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now} MiB, at most {most} MiB"


def told(page: Page, name: str, act: Callable[[], object]) -> None:
    """One line: the time from an act until the sentence has changed."""
    sentence = page.locator(".ledger-said p.sentence")
    before = sentence.inner_text()
    begun = time.perf_counter()
    act()
    expect(sentence).not_to_have_text(before, timeout=60_000)
    print(f"{name:34} {(time.perf_counter() - begun) * 1000:7.0f} ms", flush=True)
    page.wait_for_timeout(2_000)


def edit(page: Page, text: str) -> Callable[[], object]:
    """The first project's plan for Q3, open and filled in; gives the key that takes it over."""
    canvas = page.locator('.st-key-ledger-editor [data-testid="stDataFrame"] canvas').first
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    for _ in range(6):
        page.keyboard.press("ArrowRight", delay=50)
    page.keyboard.press("Enter")
    page.locator("#portal input").fill(text)
    return lambda: page.keyboard.press("Enter")


def in_chromium(file: Path) -> None:
    with served(streamlit("app.py")) as (address, pid), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address + VIEW)
        page.locator(".st-key-ledger-in summary").click(timeout=30_000)
        uploader = page.locator('[data-testid="stFileUploader"] input[type=file]')
        uploader.wait_for(state="attached")
        page.wait_for_timeout(2_000)
        print(f"server, five named projects          {memory_of(pid)}")
        accept = page.locator(".st-key-ledger-accept button")
        begun = time.perf_counter()
        uploader.set_input_files(str(file))
        accept.wait_for(timeout=60_000)
        print(
            f"Chromium: upload until the preview {(time.perf_counter() - begun) * 1000:7.0f} ms",
            flush=True,
        )
        told(page, "Chromium: taken until the sentence", accept.click)
        for text in ("7", "8", "9"):
            told(page, f"Chromium: a cell set to {text}", edit(page, text))
        print(f"server, {ROWS} projects               {memory_of(pid)}")


if __name__ == "__main__":
    cells = invented(ROWS)
    as_csv, as_workbook = csv_file(cells, ZH), workbook(cells, ZH)
    print(f"{ROWS} projects; CSV {len(as_csv) // 1024} KiB, workbook {len(as_workbook) // 1024} KiB")
    ledger = measured("read CSV", lambda: read_ledger(found_in_file("x.csv", as_csv).sheet))
    measured("read workbook", lambda: read_ledger(found_in_file("x.xlsx", as_workbook).sheet))
    measured("sum, by stage, by unit, largest", lambda: sums(ledger))  # type: ignore[arg-type]
    measured("table for the editor", lambda: editor_frame(cells))
    measured("write CSV", lambda: csv_file(cells, ZH))
    measured("write workbook", lambda: workbook(cells, ZH))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.csv"
        file.write_bytes(as_csv)
        in_chromium(file)
