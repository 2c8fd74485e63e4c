"""Visitors do anything in any order, and some before they have heard what became of it: card, address,
controls and history always say what they did.

More of them, and longer: `WALKS=200 STEPS=60 python -m pytest tests/views/test_walk.py`. A walk that goes
astray is shortened to the steps that matter, which `differences` takes as they are printed.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from hdmodel import Edition, open_link, write_link
from tests.indicators import INVESTMENT, STARTS, TELECOM
from tests.page import supposed, written_address
from tests.views.walk import differences, shortest, steps_of
from tests.wire import Browser
from ui.session import history

WALKS, STEPS = int(os.environ.get("WALKS", "2")), int(os.environ.get("STEPS", "30"))
Q3, Q4 = f"{TELECOM}.q3", f"{TELECOM}.q4"


@pytest.mark.parametrize("every", [1, 2, 3], ids=["heard", "a-step-late", "two-steps-late"])
@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_done_the_page_says_what_is_supposed(
    seed: int, every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_ONE_MOVE", timedelta(0))  # each move is one, however fast
    steps = steps_of(1_000 * every + seed, STEPS)
    if differences(steps, every):
        few = shortest(steps, every)
        pytest.fail(f"{few}, every={every}: {differences(few, every)}")


def test_a_lever_that_is_moved_before_its_undo_is_heard_of_shows_where_it_was_moved() -> None:
    browser = Browser.opened(f"focus={TELECOM}")
    browser.set(Q3, [30.0])
    browser.set(Q4, [35.0])
    browser.hear()
    browser.press("undo")
    browser.set(Q3, [40.0])
    browser.hear()
    assert browser.showing(Q3) == [40] and browser.showing(f"typed:{Q3}") == supposed(browser.page, Q3) == 40
    browser.set(Q4, [50.0])
    browser.hear()
    assert supposed(browser.page, Q3) == 40, "the browser does not send back what the undo had set"


def test_an_undo_before_a_scenario_is_heard_of_takes_back_the_scenario() -> None:
    browser = Browser.opened(f"focus={TELECOM}")
    browser.set(Q4, [35.0])
    browser.set("scenarios", True)
    browser.hear()
    browser.press("scenario-h1_pace_holds")
    browser.press("undo")
    browser.hear()
    assert supposed(browser.page, Q4) == 35 and browser.showing(Q4) == [35]


def test_a_lever_that_is_moved_while_its_indicator_leaves_the_page_moves_its_card_too() -> None:
    browser = Browser.opened()
    before = browser.element(f"card-{INVESTMENT}").label
    browser.press(f"card-{TELECOM}")
    browser.set(f"{INVESTMENT}.intensity_q3", [120.0])
    browser.hear()
    assert written_address(browser.page)[f"{INVESTMENT}.intensity_q3"] == "120"
    assert "**90" in before and "**94\\.5" in browser.element(f"card-{INVESTMENT}").label


def test_an_entry_stays_when_another_card_and_its_own_are_pressed_before_any_answer() -> None:
    browser = Browser.opened(f"focus={TELECOM}&{TELECOM}.h1_share=48")
    assert browser.showing(f"{TELECOM}.h1_share") == 48
    browser.press(f"card-{INVESTMENT}")
    browser.press(f"card-{TELECOM}")
    browser.hear()
    assert browser.showing(f"{TELECOM}.h1_share") == 48 and browser.showing(f"typed:{Q3}") == 20
    browser.set(Q3, [30.0])
    browser.hear()
    assert supposed(browser.page, f"{TELECOM}.h1_share") == 48


def test_past_years_stay_when_their_view_is_left_and_come_back_to_before_any_answer() -> None:
    browser = Browser.opened(f"view=required&focus={TELECOM}")
    browser.set("record", True)
    browser.hear()
    years = "2020 20 21\n2021 21 22"
    browser.set(f"record-years-{TELECOM}", years)
    browser.hear()
    browser.press("view-compare")
    browser.press("view-required")
    browser.hear()
    assert browser.showing(f"record-years-{TELECOM}") == years


def test_a_lever_counts_that_is_moved_before_an_entry_is_heard_of_on_a_page_that_began_with_a_notice(
    haidong: Edition,
) -> None:
    """The notice goes with the entry; the part of the page that a lever runs keeps its place."""
    browser = Browser.opened(write_link(open_link([], haidong)))
    browser.set("entries", True)
    browser.hear()
    browser.set("pro_rata.q3", 79.0)
    assert browser.set(f"{INVESTMENT}.intensity_q4", [74.0])
    browser.hear()
    assert supposed(browser.page, f"{INVESTMENT}.intensity_q4") == 74


def test_what_q3_brought_is_taken_out_of_its_field_too_by_the_button_in_the_sliders_place() -> None:
    entry = f"{STARTS}.actual_ytd_q3"
    browser = Browser.opened(f"focus={STARTS}")
    browser.set("entries", True)
    browser.hear()
    browser.set(entry, 62.0)
    browser.hear()
    browser.press(f"back-{entry}")
    browser.hear()
    assert browser.showing(entry) is None
    browser.set(f"{STARTS}.starts_q3", [2])
    browser.hear()
    assert entry not in written_address(browser.page), "it does not come back at the next press"
