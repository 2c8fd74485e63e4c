"""What a visitor does while their run waits or works is done after it, all of it and in its order."""

from __future__ import annotations

import threading
import tomllib

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.testing.v1 import AppTest

from tests.folders import ROOT
from tests.host.line import SOON, stands_in_line, working
from ui.host import turns
from ui.host.run_requests import InTurn, take_turns

RERUN = ScriptRequestType.RERUN


def test_no_message_is_left_out_as_known_to_the_browser() -> None:
    """It may have let go of it since it said so, in the time in which its press waited."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    longest = settings["server"]["maxMessageSize"] * 2**20
    assert settings["global"]["minCachedMessageSize"] > longest


def slid(value: float) -> WidgetState:
    return WidgetState(id="slider", double_value=value)


def clicked(name: str) -> WidgetState:
    return WidgetState(id=name, trigger_value=True)


def asked(*states: WidgetState, **other: str) -> RerunData:
    return RerunData(widget_states=WidgetStates(widgets=states), **other)


def states_of(request: ScriptRequest) -> dict[str, object]:
    """What a request says of each control."""
    states = request.rerun_data.widget_states
    assert states is not None
    return {state.id: getattr(state, str(state.WhichOneof("value"))) for state in states.widgets}


def all_taken_up(requests: ScriptRequests) -> list[dict[str, object]]:
    """What a thread takes up until nothing is left."""
    done = []
    while (request := requests.on_scriptrunner_ready()).type is RERUN:
        done.append(states_of(request))
    return done


def test_what_a_visitor_does_while_they_wait_joins_what_they_wait_for() -> None:
    requests, done = InTurn(), list[dict[str, object]]()
    requests.request_rerun(asked(slid(1)))
    turns.TURNS.take()
    thread = threading.Thread(target=lambda: done.extend(all_taken_up(requests)), daemon=True)
    thread.start()
    stands_in_line(turns.TURNS, 1)
    other_hand = threading.Thread(target=lambda: requests.request_rerun(asked(slid(2))))
    other_hand.start()
    other_hand.join(SOON)
    assert done == []
    turns.TURNS.give_back()
    thread.join(SOON)
    assert done == [{"slider": 2}]
    working(turns.TURNS, after := [], "next").join(SOON)  # the turn is given back
    assert after == ["next"]


def test_clicks_that_wait_are_done_one_after_the_other() -> None:
    requests = InTurn()
    requests.request_rerun(asked(slid(1)))
    for name in ("scenario", "undo", "undo"):
        requests.request_rerun(asked(slid(1), clicked(name)))
    requests.request_rerun(asked(slid(3)))
    assert all_taken_up(requests) == [
        {"slider": 1, "scenario": True},
        {"slider": 1, "undo": True},
        {"slider": 3, "undo": True},
    ]


def test_a_click_in_a_part_of_the_page_that_waits_behind_another_runs_that_part() -> None:
    requests = InTurn()
    requests.request_rerun(asked(clicked("undo")))
    requests.request_rerun(asked(clicked("make"), fragment_id="dialog"))
    assert requests.on_scriptrunner_ready().rerun_data.fragment_id_queue == []
    assert requests.on_scriptrunner_ready().rerun_data.fragment_id_queue == ["dialog"]
    requests.on_scriptrunner_ready()


def test_a_run_goes_to_its_end_unless_it_asks_itself_or_is_to_stop() -> None:
    requests = InTurn()
    requests.request_rerun(asked(slid(1)))
    requests.on_scriptrunner_ready()
    hand = threading.Thread(target=lambda: requests.request_rerun(asked(slid(2))))
    hand.start()
    hand.join(SOON)
    assert requests.on_scriptrunner_yield() is None
    requests.request_rerun(RerunData())
    request = requests.on_scriptrunner_yield()
    assert request is not None and states_of(request) == {"slider": 2}
    requests.request_stop()
    stop = requests.on_scriptrunner_yield()
    assert stop is not None and stop.type is ScriptRequestType.STOP
    requests.on_scriptrunner_ready()


@pytest.fixture
def in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ScriptRequests", "SafeSessionState"):
        monkeypatch.setattr(script_runner, name, getattr(script_runner, name))
    take_turns()


def disturbed_script() -> None:
    """A page that is asked for something else in the middle of a callback, and of a run."""
    import threading

    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def disturb() -> None:
        requests = get_script_run_ctx().script_requests
        hand = threading.Thread(target=lambda: requests.request_rerun(RerunData()))
        hand.start()
        hand.join()

    def suppose() -> None:
        st.session_state["q3"] = 1
        disturb()
        st.session_state["q4"] = 2

    st.button("suppose", on_click=suppose)
    if st.session_state.get("q3") and not st.session_state.get("remarks"):
        st.session_state["remarks"] = ["written"]
        disturb()
        st.caption("a remark that is shown once")
        st.session_state["remarks"].append("shown")


def test_what_is_asked_in_the_middle_of_a_callback_or_a_run_breaks_neither_off(in_turns: None) -> None:
    page = AppTest.from_function(disturbed_script).run()
    page.button[0].click().run()
    assert not page.exception
    assert (page.session_state["q3"], page.session_state["q4"]) == (1, 2)
    assert page.session_state["remarks"] == ["written", "shown"]


def test_a_visitor_who_leaves_in_the_middle_of_a_callback_leaves_nothing_half_written(in_turns: None) -> None:
    def script() -> None:
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        def suppose() -> None:
            st.session_state["q3"] = 1
            get_script_run_ctx().script_requests.request_stop()
            st.session_state["q4"] = 2

        st.button("suppose", on_click=suppose)

    page = AppTest.from_function(script).run()
    page.button[0].click().run()
    assert (page.session_state["q3"], page.session_state["q4"]) == (1, 2)


def test_the_whole_page_after_a_part_of_it_is_laid_out_where_it_was(in_turns: None) -> None:
    """Streamlit leaves the place of a fragment open behind its run, and laid the page out in it."""

    def script() -> None:
        import threading

        import streamlit as st
        from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

        def ask(**of: str) -> None:
            requests = get_script_run_ctx().script_requests
            hand = threading.Thread(target=lambda: requests.request_rerun(RerunData(**of)))
            hand.start()
            hand.join()

        @st.fragment
        def levers() -> None:
            (part,) = get_script_run_ctx().shared.new_fragment_ids.snapshot()
            if get_script_run_ctx().fragment_ids_this_run:
                ask()  # a click on something else, in the middle of a press
            elif not st.session_state.get("is_pressed"):
                ask(fragment_id=part)
                st.session_state["is_pressed"] = True
            st.caption("levers")

        st.title("page")
        with st.container():
            levers()
        st.caption("foot")
        st.session_state["whole_pages"] = st.session_state.get("whole_pages", 0) + 1

    page = AppTest.from_function(script).run()
    assert not page.exception and page.session_state["whole_pages"] == 2
    assert [child.type for child in page.main.children.values()] == ["title", "flex_container", "caption"]
    assert [caption.value for caption in page.caption] == ["levers", "foot"]
