"""What must outlive a lost connection?  The address says what is supposed;
what only this visit holds is named when it is gone.

The browser's part is `ui/session/visit.js`; it hears of every run at its end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from hdmodel import PageState
from hdmodel.links.link import VIEWS, live_link
from hdmodel.reading.upload import is_released
from ui.host.events import happened
from ui.host.turns import TURNS
from ui.html.show import run_script
from ui.session import history, keys, state, visit_ledger
from ui.session.browser import Part
from ui.text.speech import Speech

_SCRIPTS = [Path(__file__).with_name(name) for name in ("qr.js", "stamp.js", "visit.js")]
_SAID = ("lost", "restoring", "cut_off", "dismiss", "draft", "again")


def part(speech: Speech) -> Part:
    """Has the browser keep the address and watch over the connection."""
    words = {name: speech.say(f"visit.{name}") for name in _SAID}
    words |= {"gone": speech.say("visit.gone", gone="GONE"), "and": speech.say("visit.and")}
    data = {"words": words, "language": speech.traits.tag}  # to read aloud, and hyphens
    return Part("visit", _script(), data, {"view": _went_in_history})


@lru_cache
def _script() -> str:
    return "\n".join(script.read_text(encoding="utf-8") for script in _SCRIPTS)


def _went_in_history(asked: object) -> None:
    """The browser's Back or Forward asks for a view; the address does not name the first one."""
    view = str(asked or VIEWS[0])
    if view in VIEWS:
        state.show("view", view)


def run_ended(
    opened: PageState,
    speech: Speech,
    levers: Mapping[str, float] | None = None,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Tell the browser, at the end of a run, what the address is to say and what the visit holds beside it.

    Where the visitor's address needs an edition that is not here, it stays until something else is supposed.
    """
    detail = {
        "address": None if state.is_as_opened_while_waiting(opened) else live_link(opened),
        "session": state.session_name(),
        "holds": holds(opened, speech),
        "levers": dict(levers or {}),  # where it has the sliders in sight: `ui/page/live.js`
        "fields": dict(fields or {}),  # what the number fields in sight show that counts: `ui/page/typed.js`
    }
    detail_written = json.dumps(detail).replace("<", "\\u003c")
    # After what is seen.
    _log(opened)
    run_script(f"""setTimeout(() => {{
      window.visitLastRun = {detail_written};
      window.dispatchEvent(new CustomEvent("visit-run-ended", {{ detail: window.visitLastRun }}));
    }});""")


def run_began() -> None:
    """Note the time, for the log; first of all in every run."""
    keys.put(keys.BEGUN, time.perf_counter())


def _log(opened: PageState) -> None:
    """Say how long the answer took, with the wait for its turn: the first of a session, or one to a press."""
    begun = keys.take(keys.BEGUN, None)
    if begun is not None:
        event = "press" if keys.get(keys.IS_KNOWN, False) else "session"
        keys.put(keys.IS_KNOWN, True)
        waited, ran = TURNS.waited, time.perf_counter() - begun
        happened(event, seconds=round(waited + ran, 3), waited=round(waited, 3), view=opened.view)


def holds(opened: PageState, speech: Speech) -> dict[str, str]:
    """What stands in no address, by kind and in words: it ends with the visit."""
    rows, moves = visit_ledger.rows_of_ones_own(), len(history.history().log) - 1
    years, ledger = (
        state.count_own_years(),
        "ledger.drives" if visit_ledger.drives_the_year(opened) else "ledger",
    )
    return {
        **(
            {"edition": speech.say("visit.edition", id=opened.edition.id)}
            if not is_released(opened.edition)
            else {}
        ),
        **({"ledger": speech.say(f"visit.{ledger}", count=str(rows))} if rows else {}),
        **({"begun": speech.say("visit.begun")} if _has_begun_an_edition() else {}),
        **({"years": speech.say("visit.years", count=str(years))} if years else {}),
        **({"log": speech.say("visit.log", count=str(moves))} if moves else {}),
    }


def _has_begun_an_edition() -> bool:
    """Whether anything is typed into the form of a new edition."""
    filled: dict[str, str] = keys.get(keys.NEW_EDITION, {})
    return any(text for name, text in filled.items() if not name.endswith(("kind", "count")))
