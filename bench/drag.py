"""How long from a move of the mouse on a slider until card and chart have changed, and from letting go until
the answer has come?  Against a page that does no more than follow, drag by drag.

    .venv/bin/python bench/drag.py       (about two minutes; needs Chromium, and a quiet machine)

Both pages run on this machine and take turns. Quote the ratios with the machine's name, and the worst round.
"""

from __future__ import annotations

import shutil
import statistics

from latency import served
from playwright.sync_api import Browser, Page, sync_playwright

ROUNDS, MOVES = 5, 40
SLIDER = ".st-key-general_industrial_investment-intensity_q3 input[type=range]"
WATCH = """card => {
  window.moved = null; window.took = {chart: [], card: []}; window.ended = [];
  const done = {chart: true, card: true};
  for (const kind of ["pointermove", "mousemove"]) window.addEventListener(kind, event => {
    if (window.moved === null) { window.moved = event.timeStamp; done.chart = done.card = false; }
  }, true);
  const note = name => {
    if (window.moved === null || done[name]) return;
    done[name] = true;
    window.took[name].push(performance.now() - window.moved);
    if (done.chart && (done.card || !card)) window.moved = null;
  };
  new MutationObserver(changes => changes.forEach(({target}) => {
    const node = target.nodeType === 1 ? target : target.parentElement;
    if (node?.closest("[data-testid=stVegaLiteChart] svg, canvas")) note("chart");
    if (card && node?.closest(card)) note("card");
  })).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  window.addEventListener("visit-run-ended", () => window.ended.push(performance.now()));
  window.addEventListener("pointerup", () => { window.released = performance.now(); }, true);
}"""


def opened(browser: Browser, address: str, slider: str, card: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.locator(slider).wait_for(state="attached", timeout=30_000)
    page.wait_for_timeout(4_000)
    page.evaluate(WATCH, card)
    return page


def drag(page: Page, slider: str) -> dict[str, list[float]]:
    """Milliseconds for each move, and from letting go to the end of the run that answers."""
    page.bring_to_front()
    box = page.locator(slider).locator("xpath=ancestor::*[@data-rac][1]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate("window.took = {chart: [], card: []}; window.ended = []; window.moved = null")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, MOVES + 1):
        page.mouse.move(x + (step if step <= MOVES // 2 else MOVES - step + 3) * 2, y)
        page.wait_for_timeout(60)
    page.mouse.up()
    page.wait_for_timeout(1_500)
    took = page.evaluate("window.took")
    settled = page.evaluate("window.ended.length ? window.ended[0] - window.released : null")
    return {**took, "settled": [settled] if settled is not None else []}


def cut(times: list[float]) -> str:
    quantiles = statistics.quantiles(times, n=20)
    return f"p50 {quantiles[9]:5.1f} p95 {quantiles[18]:5.1f} ({len(times)})"


if __name__ == "__main__":
    floor_process, floor = served("bench/floor_live.py")
    page_process, address = served("app.py")
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            card = ".st-key-card-general_industrial_investment"
            pages = {
                "page": (opened(chromium, f"{address}?lang=zh", SLIDER, card), SLIDER),
                "floor": (opened(chromium, floor, ".st-key-q3 input[type=range]", ""), ".st-key-q3 input"),
            }
            all_settled: list[float] = []
            for turn in range(ROUNDS):
                for name, (page, slider) in pages.items():
                    found = drag(page, slider)
                    all_settled += found["settled"] if name == "page" else []
                    parts = [f"{what} {cut(times)}" for what, times in found.items() if len(times) > 1]
                    print(f"round {turn + 1} {name:6} move → " + "  ".join(parts), flush=True)
            print(f"release → answered, one a round: {sorted(round(took) for took in all_settled)} ms")
    finally:
        for process in (floor_process, page_process):
            process.terminate()
