"""How long from a key press on a slider until every chart has changed?  Each view against the floor page,
press by press.

    .venv/bin/python bench/latency.py            (about two minutes; needs Chromium,
    and a machine that does nothing else)

Both pages run on this machine; the presses alternate, so that a slow moment hits both. Quote the ratios,
not the times.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PRESSES = 40
VIEWS = {"explore": ("", 1), "required": ("?view=required", 2)}
SLIDER = ".st-key-general_industrial_investment-intensity_q3 input[type=range]"
WATCH = """() => {
  const charts = '[data-testid="stVegaLiteChart"]';
  window.last = null;
  new MutationObserver(changes => {
    if (changes.some(change => change.target.closest?.(charts))) window.last = performance.now();
  }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  window.addEventListener('keydown', event => { window.pressed = event.timeStamp; window.last = null; },
  true);
}"""


def served(script: str, **environment: str) -> tuple[subprocess.Popen[bytes], str]:
    """A Streamlit page on a port of its own, with the project's settings."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.headless=true",
        f"--server.port={port}",
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}/"
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=1):
                return process, address
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{script} did not start")


def opened(browser: Browser, address: str, slider: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(address)
    page.locator(slider).wait_for(state="attached", timeout=30_000)
    page.wait_for_timeout(3_000)
    page.evaluate(WATCH)
    page.locator(slider).focus()
    return page


def pressed(page: Page, slider: str, key: str) -> float:
    """Milliseconds from the press to the last change of a chart."""
    page.locator(slider).focus()
    page.keyboard.press(key)
    page.wait_for_timeout(700)
    return page.evaluate("window.last === null ? NaN : window.last - window.pressed")


def compare(browser: Browser, name: str, query: str, charts: int) -> str:
    """One line: the view's p50 and p95, the floor's, and their ratios."""
    floor_process, floor = served("bench/floor.py", CHARTS=str(charts))
    page_process, address = served("app.py")
    try:
        pages = [
            (opened(browser, address + query, SLIDER), SLIDER),
            (opened(browser, floor, ".st-key-p0 input"), ".st-key-p0 input"),
        ]
        times: list[list[float]] = [[], []]
        for press in range(PRESSES + 5):
            for (page, slider), found in zip(pages, times, strict=True):
                page.bring_to_front()
                took = pressed(page, slider, "ArrowRight" if press % 20 < 10 else "ArrowLeft")
                if press >= 5 and took == took:
                    found.append(took)
        cuts = [statistics.quantiles(found, n=20) for found in times]
        (p50, p95), (floor_p50, floor_p95) = ((cut[9], cut[18]) for cut in cuts)
        return (
            f"{name:9} p50 {p50:4.0f} ms  p95 {p95:4.0f} ms | floor, {charts} chart(s): p50 {floor_p50:4.0f} "
            f" p95 {floor_p95:4.0f}"
            f" | ratio {p50 / floor_p50:.2f} and {p95 / floor_p95:.2f}  ({len(times[0])} presses)"
        )
    finally:
        for process in (floor_process, page_process):
            process.terminate()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for view, (query, charts) in VIEWS.items():
            print(compare(chromium, view, query, charts), flush=True)
