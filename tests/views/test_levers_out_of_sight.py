"""A lever that is not on the page holds what it was last set to, however it was set: by hand, or with all
others by an undo, a scenario or a plan.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.indicators import INVESTMENT, TELECOM
from tests.page import opened_page, supposed, written_address


def undo(page: AppTest) -> None:
    page.slider(f"{INVESTMENT}.intensity_q3").set_value(120).run()
    page.button("undo").click().run()


def load_scenario(page: AppTest) -> None:
    page.session_state["scenarios"] = True
    page.run()
    page.button("scenario-h1_pace_holds").click().run()


def load_plan(page: AppTest) -> None:
    page.button("view-compare").click().run()
    page.button("keep-p1").click().run()
    page.button("load-p1").click().run()
    page.button("view-explore").click().run()


@pytest.mark.parametrize("sets_all", [undo, load_scenario, load_plan])
def test_what_is_moved_after_all_were_set_stays_when_its_slider_leaves_the_page(
    sets_all: Callable[[AppTest], None],
) -> None:
    page = opened_page(f"{TELECOM}.q4=25")
    sets_all(page)
    page.button(f"card-{TELECOM}").click().run()
    page.slider(f"{TELECOM}.q3").set_value(30.7).run()
    page.button(f"card-{INVESTMENT}").click().run()
    page.slider(f"{INVESTMENT}.intensity_q3").set_value(130).run()
    assert written_address(page)[f"{TELECOM}.q3"] == "30.7"
    assert supposed(page, f"{INVESTMENT}.intensity_q3") == 130


def test_an_entry_made_again_after_it_was_taken_back_stays_when_its_field_leaves_the_page() -> None:
    page = opened_page(f"focus={TELECOM}")
    page.session_state["entries"] = True
    page.run()
    field = f"{TELECOM}.h1_share"
    page.number_input(field).set_value(48.0).run()
    page.button("undo").click().run()
    page.number_input(field).set_value(49.0).run()
    page.button(f"card-{INVESTMENT}").click().run()
    page.slider(f"{INVESTMENT}.intensity_q3").set_value(130).run()
    assert supposed(page, field) == 49


def test_what_was_set_out_of_sight_is_what_its_slider_then_shows_and_moves_from() -> None:
    page = opened_page("")
    page.button(f"card-{TELECOM}").click().run()
    page.number_input(f"typed:{TELECOM}.q3").set_value(33.0).run()
    page.button(f"card-{INVESTMENT}").click().run()
    page.slider(f"{INVESTMENT}.intensity_q3").set_value(90).run()
    page.button("undo").click().run()
    page.button("undo").click().run()  # the telecom field's move
    assert supposed(page, f"{TELECOM}.q3") == 20
    page.button(f"card-{TELECOM}").click().run()
    assert page.slider(f"{TELECOM}.q3").value == page.number_input(f"typed:{TELECOM}.q3").value == 20
    page.slider(f"{TELECOM}.q3").set_value(21.0).run()
    assert supposed(page, f"{TELECOM}.q3") == page.number_input(f"typed:{TELECOM}.q3").value == 21
