"""A lost connection in real Chromium: whatever was lost on the server, the page goes on where it was,
and says what is gone.

Visitors come through a relay that can be cut off and led to another server, as a proxy does.
"""

from __future__ import annotations

import random
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.browser.ledger import paste, pasted, type_into, unfold
from tests.browser.visitor import Server, Visitor, alone, assert_same_numbers, command_line, thumb
from tests.indicators import INVESTMENT, STARTS

LONGEST = 60_000  # milliseconds until a browser tries again: Streamlit waits longer from try to try
# the address as loaded, which a new session must not go back to
LOADED = f"?lang=zh&{INVESTMENT}.intensity_q4=90"


class Relay:
    """Hands every connection on to a server, until it is cut off."""

    def __init__(self, target: Server) -> None:
        self.target, self.is_up = target, True
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def cut(self) -> None:
        self.is_up = False
        for connection in tuple(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self, target: Server | None = None) -> None:
        self.target, self.is_up = target or self.target, True

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                incoming, _ = self.listener.accept()
                if not self.is_up:
                    incoming.close()
                    continue
                try:
                    outgoing = socket.create_connection(("localhost", self.target.port))
                except OSError:
                    incoming.close()
                    continue
                self.open += [incoming, outgoing]
                for ends in ((incoming, outgoing), (outgoing, incoming)):
                    self._start(self._hand_on, *ends)

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        self.threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self.threads[-1].start()

    def _hand_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture(scope="module")
def forgetful(server: Server) -> Iterator[Server]:
    """A server that forgets a visitor after a second; `server` keeps one for two minutes."""
    other = Server("--server.disconnectedSessionTTL=1")
    yield other
    other.stop()


@pytest.fixture
def relay(server: Server) -> Iterator[Relay]:
    relay = Relay(server)
    yield relay
    relay.close()


@pytest.fixture
def visitor(browser: Browser, relay: Relay) -> Iterator[Visitor]:
    visitor = alone(browser, relay)
    yield visitor
    visitor.context.close()
    assert visitor.errors == []


def parameters(visitor: Visitor) -> dict[str, str]:
    return dict(parse_qsl(visitor.query()))


def is_back(visitor: Visitor) -> None:
    expect(visitor.page.locator('[data-test-connection-state="CONNECTED"]')).to_be_attached(timeout=LONGEST)
    expect(visitor.page.locator("#visit-veil")).to_have_count(0, timeout=LONGEST)
    visitor.settle()


def walk(visitor: Visitor) -> None:
    """Levers, a plan, a focus and an entry, none of which were in the address as loaded."""
    visitor.open(LOADED)
    visitor.press(f"{INVESTMENT}.intensity_q3", "ArrowRight", times=7)
    visitor.press(f"{STARTS}.starts_q4", "ArrowRight", times=3)
    visitor.page.locator(".st-key-view-compare button").click()
    visitor.page.locator(".st-key-keep-p2 button").click()
    visitor.settle()
    visitor.page.locator(".st-key-view-explore button").click()
    expect(visitor.page.locator("p.sentence")).to_be_visible()
    visitor.page.locator(".st-key-card-outside_funds button").click()
    visitor.settle()
    visitor.press("outside_funds.new_q3", "ArrowRight", times=2)


LEVERS = {
    INVESTMENT: (f"{INVESTMENT}.intensity_q3", f"{INVESTMENT}.intensity_q4"),
    STARTS: (f"{STARTS}.starts_q3", f"{STARTS}.starts_q4"),
    "outside_funds": ("outside_funds.new_q3", "outside_funds.intensity_q4"),
    "telecom_volume": ("telecom_volume.q3", "telecom_volume.q4"),
}
WALKED = {
    "e": "haidong-2022-h1",
    "focus": "outside_funds",
    f"{INVESTMENT}.intensity_q3": "107",
    f"{INVESTMENT}.intensity_q4": "90",
    f"{STARTS}.starts_q4": "3",
    "outside_funds.new_q3": "2",
}


def click(selector: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.page.locator(selector).first.click()


def key(id: str, name: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.press(id, name)


NEXT = {
    "a key on a slider": (
        key("outside_funds.intensity_q4", "ArrowRight"),
        {"outside_funds.intensity_q4": "101"},
    ),
    "the field's plus": (
        click(".st-key-typed-outside_funds-new_q3 [data-testid=stNumberInputStepUp]"),
        {"outside_funds.new_q3": "3"},
    ),
    "a typed value": (
        lambda visitor: visitor.type_value("outside_funds.new_q4", "5"),
        {"outside_funds.new_q4": "5"},
    ),
    "a card": (click(".st-key-card-telecom_volume button"), {"focus": "telecom_volume"}),
    "undo, of which there is nothing": (click(".st-key-undo button"), {}),
    "the language": (click(".st-key-language button"), {"lang": "en"}),
    "a view": (click(".st-key-view-required button"), {"view": "required"}),
}


def assert_as(visitor: Visitor, plan: str, **changes: str) -> None:
    visitor.settle()
    expect(visitor.page.locator(".st-key-cards button strong")).to_have_count(5)
    now = parameters(visitor)
    assert now.pop("p2", None) == plan
    assert now == {**WALKED, **changes}
    settings = [part for id, value in now.items() if "." in id for part in ("--set", f"{id}={value}")]
    assert_same_numbers(visitor, command_line(*settings))


def test_at_another_replica_the_next_action_goes_on_from_where_the_page_was(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    walk(visitor)
    plan, so_far = parameters(visitor)["p2"], {}
    for action, (act, changes) in NEXT.items():  # each is the first that a session knows of
        steps = visitor.page.evaluate("history.length")
        relay.cut()
        visitor.page.wait_for_timeout(1_500)  # until it is forgotten
        relay.mend(forgetful)
        is_back(visitor)
        assert_as(visitor, plan, **so_far)
        act(visitor)
        so_far |= changes
        assert_as(visitor, plan, **so_far)
        assert visitor.page.evaluate("history.length") == steps + ("view" in changes), action


def test_a_connection_that_streamlit_gives_up_for_good_is_begun_anew(visitor: Visitor) -> None:
    """It cuts itself off at a message that it cannot read; the page did nothing more then."""
    connections: list[WebSocketRoute] = []

    def between(connection: WebSocketRoute) -> None:
        connection.connect_to_server()
        connections.append(connection)

    visitor.page.route_web_socket(re.compile("_stcore/stream"), between)
    walk(visitor)
    plan = parameters(visitor)["p2"]
    connections[-1].send(b"\xff\xff\xff")
    visitor.page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    is_back(visitor)
    assert_as(visitor, plan)
    key("outside_funds.intensity_q3", "ArrowRight")(visitor)
    assert_as(visitor, plan, **{"outside_funds.intensity_q3": "101"})
    visitor.errors.clear()  # Streamlit's own, of the message


def test_what_is_gone_is_named_in_the_language_that_was_chosen_last(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    visitor.open(LOADED)
    NEXT["the language"][0](visitor)
    visitor.settle()
    visitor.press(f"{STARTS}.starts_q4", "ArrowRight")
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    expect(visitor.page.locator("#visit-gone")).to_contain_text("This is a new visit")


@pytest.mark.parametrize("is_noticed", [False, True], ids=["at once", "once the page knows"])
@pytest.mark.parametrize("is_another", [False, True], ids=["the same server", "another replica"])
def test_back_pressed_while_the_connection_is_lost_counts(
    is_another: bool,
    is_noticed: bool,
    visitor: Visitor,
    relay: Relay,
    forgetful: Server,
) -> None:
    sent: list[bytes] = []

    def note(frame: bytes | str) -> None:
        sent.append(frame if isinstance(frame, bytes) else frame.encode())

    walk(visitor)
    plan, steps = parameters(visitor)["p2"], visitor.page.evaluate("history.length")
    relay.cut()
    if is_noticed:
        expect(visitor.page.locator('[data-test-connection-state="CONNECTED"]')).to_have_count(0)
    # of what comes after the cut: the former connection may still be told, and nobody hears it
    visitor.page.on("websocket", lambda socket: socket.on("framesent", note))
    visitor.page.go_back()
    relay.mend(forgetful if is_another else None)
    is_back(visitor)
    expect(visitor.page.locator(".st-key-view-compare button")).to_have_attribute("kind", "primary")
    visitor.settle()
    now = parameters(visitor)
    assert now.pop("p2") == plan and now == {**WALKED, "view": "compare"}
    assert visitor.page.evaluate("history.length") == steps
    asked = [query for frame in sent for query in re.findall(rb"e=haidong-2022-h1[\w.&=-]*", frame)]
    as_it_was = [query.decode() for query in asked if b"focus=outside_funds" not in query]
    assert asked and not as_it_was, "none asks for the entry as it was"


@pytest.mark.parametrize("seed", [12, 1126])
def test_after_any_walk_the_address_and_the_numbers_are_those_of_before(
    seed: int, visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    """Random levers, cards, views and languages, then another replica, then a random lever again."""
    chance = random.Random(seed)
    visitor.open(LOADED)
    for _ in range(6):
        random_step(visitor, chance)
    before, focus = parameters(visitor), chance.choice(list(LEVERS))
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    assert parameters(visitor) == before
    bring_in_sight(visitor, focus)
    lever = chance.choice(LEVERS[focus])
    key(lever, "Home")(visitor)
    now = parameters(visitor)
    kept = {name: value for name, value in before.items() if name not in ("focus", "view", lever)}
    assert {name: value for name, value in now.items() if name not in ("focus", "view", lever)} == kept
    settings = [part for id, value in now.items() if "." in id for part in ("--set", f"{id}={value}")]
    assert_same_numbers(visitor, command_line(*settings))


def bring_in_sight(visitor: Visitor, focus: str) -> None:
    """The levers of an indicator; its card is pressed only where it is not in focus,
    since there it shows the arithmetic.
    """
    click(".st-key-view-explore button")(visitor)
    visitor.settle()
    if parameters(visitor).get("focus", INVESTMENT) != focus:
        click(f".st-key-card-{focus} button")(visitor)
        visitor.settle()


def random_step(visitor: Visitor, chance: random.Random) -> None:
    """One action of a visitor: mostly a lever of a random indicator, now and then a view,
    a language or a plan.
    """
    kind = chance.choice(("lever", "lever", "lever", "view", "language", "plan"))
    if kind == "language":
        click(".st-key-language button")(visitor)
    elif kind == "view":
        click(f".st-key-view-{chance.choice(('required', 'compare', 'sources'))} button")(visitor)
    elif kind == "plan":
        click(".st-key-view-compare button")(visitor)
        visitor.settle()
        click(f".st-key-keep-{chance.choice(('p1', 'p2', 'p3'))} button")(visitor)
    else:
        focus = chance.choice(list(LEVERS))
        bring_in_sight(visitor, focus)
        visitor.press(
            chance.choice(LEVERS[focus]),
            chance.choice(("ArrowRight", "ArrowLeft")),
            times=chance.randrange(1, 6),
        )
    visitor.settle()


def test_after_a_click_that_drew_the_whole_page_one_action_is_enough(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    """Streamlit asks for no run by itself then:
    the new session knows no button unless the page asks for one.
    """
    walk(visitor)
    click(".st-key-card-telecom_volume button")(visitor)
    visitor.settle()
    plan = parameters(visitor)["p2"]
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    click(".st-key-card-start_rate button")(visitor)
    assert_as(visitor, plan, focus=STARTS)
    key(f"{STARTS}.starts_q4", "ArrowRight")(visitor)
    assert_as(visitor, plan, focus=STARTS, **{f"{STARTS}.starts_q4": "4"})


def test_the_run_that_streamlit_asks_for_itself_comes_from_the_live_address(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    walk(visitor)
    plan = parameters(visitor)["p2"]
    visitor.page.evaluate("""() => {
      const dispatch = window.dispatchEvent.bind(window);
      const isConnected = () => document.querySelector('[data-test-connection-state="CONNECTED"]') !== null;
      window.dispatchEvent = event => (event.type === "popstate" && isConnected()) || dispatch(event);
    }""")
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    assert_as(visitor, plan)


def test_a_visitor_who_was_away_longer_than_the_server_remembers_finds_the_page_as_it_was(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    relay.mend(forgetful)
    walk(visitor)
    plan = parameters(visitor)["p2"]
    relay.cut()
    said = visitor.page.locator("#visit-said")
    expect(said).to_contain_text("连接中断，正在重新连接", timeout=10_000)
    visitor.page.wait_for_timeout(20_000)
    expect(said).to_be_visible()
    assert "onnect" not in visitor.page.locator("body").inner_text(), (
        "no word of Streamlit's own, which is English"
    )
    relay.mend()
    is_back(visitor)
    expect(visitor.page.locator("#visit-gone")).to_contain_text("操作记录（")
    act, changes = NEXT["a card"]
    act(visitor)
    assert_as(visitor, plan, **changes)


@pytest.mark.parametrize("pressed", ["a slider", "a button"])
def test_a_restart_in_mid_press_costs_no_slider_and_names_what_may_be_lost(
    pressed: str,
    browser: Browser,
) -> None:
    own = Server()
    visitor = alone(browser, own)
    try:
        walk(visitor)
        plan = parameters(visitor)["p2"]
        own.process.send_signal(19)  # stopped: the press that follows gets no answer
        if pressed == "a slider":
            visitor.slider("outside_funds.intensity_q3").focus()
            visitor.page.keyboard.press("ArrowRight")
        else:
            visitor.page.locator(".st-key-card-telecom_volume button").click()
        visitor.page.wait_for_timeout(1_000)
        own.process.kill()
        own.process.wait(10)
        own.start()
        is_back(visitor)
        gone = visitor.page.locator("#visit-gone")
        expect(gone).to_contain_text("操作记录（")
        if pressed == "a slider":
            expect(gone).not_to_contain_text("最后一步可能没有算上")
            assert_as(visitor, plan, **{"outside_funds.intensity_q3": "101"})
        else:
            expect(gone).to_contain_text("最后一步可能没有算上")
            assert_as(visitor, plan)
        gone.get_by_role("button").click()
        expect(gone).to_have_count(0)
        key("outside_funds.intensity_q3", "ArrowRight")(visitor)
        steps = {"a slider": "102", "a button": "101"}
        assert_as(visitor, plan, **{"outside_funds.intensity_q3": steps[pressed]})
        assert visitor.errors == []
    finally:
        visitor.context.close()
        own.stop()


def test_a_short_break_loses_nothing_and_says_nothing(visitor: Visitor, relay: Relay) -> None:
    walk(visitor)
    plan = parameters(visitor)["p2"]
    relay.cut()
    relay.mend()
    is_back(visitor)
    expect(visitor.page.locator("#visit-gone")).to_have_count(0)
    click(".st-key-undo button")(visitor)
    visitor.settle()
    without = {id: value for id, value in WALKED.items() if id != "outside_funds.new_q3"}
    assert {id: value for id, value in parameters(visitor).items() if id != "p2"} == without, (
        "the log is still there"
    )
    assert parameters(visitor)["p2"] == plan


def test_a_ledger_that_drove_the_year_is_named_when_it_is_gone_and_its_sums_stay(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    visitor.open(f"?view=projects&{INVESTMENT}.target=40&{INVESTMENT}.h1=30&lang=en")
    unfold(visitor)
    paste(visitor, pasted())
    visitor.page.locator(".st-key-drive-ledger button").click()
    visitor.settle()
    driven = parameters(visitor)
    assert (driven[f"{INVESTMENT}.planned_q3"], driven[f"{INVESTMENT}.planned_q4"]) == ("4.2", "2.8")
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    expect(visitor.page.locator("#visit-gone")).to_contain_text(
        "the project ledger (rows: 4; it drives the year"
    )
    assert parameters(visitor) == driven
    visitor.page.locator(".st-key-view-explore button").click()
    visitor.settle()
    assert {**parameters(visitor), "view": "projects"} == driven
    settings = [part for id, value in driven.items() if "." in id for part in ("--set", f"{id}={value}")]
    assert_same_numbers(visitor, command_line(*settings))


def test_what_was_saved_before_a_restart_is_opened_after_it_and_what_was_not_read_yet_can_be_copied(
    visitor: Visitor, relay: Relay, forgetful: Server, tmp_path: Path
) -> None:
    visitor.open(f"?view=projects&{INVESTMENT}.target=40&{INVESTMENT}.h1=30")
    unfold(visitor)
    paste(visitor, pasted())
    click(".st-key-drive-ledger button")(visitor)
    click(".st-key-view-sources button")(visitor)
    visitor.settle()
    with visitor.page.expect_download() as download:
        visitor.page.locator(".st-key-visit-save button").click()
    download.value.save_as(file := tmp_path / "mine.visit.json")
    click(".st-key-view-projects button")(visitor)
    unfold(visitor)
    visitor.page.locator(".st-key-ledger-text textarea").fill("没有读入")
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    gone = visitor.page.locator("#visit-gone")
    expect(gone).to_contain_text("项目台账（4 行，全年正由它推动；两季计划合计在地址栏里，全年不变）")
    expect(gone.locator("textarea")).to_have_value("没有读入")
    gone.get_by_role("button").click()
    click(".st-key-view-sources button")(visitor)
    visitor.settle()
    visitor.page.set_input_files(".st-key-visit-file input", file)
    expect(visitor.page.locator("p.told").first).to_contain_text("已打开“mine.visit.json”")
    visitor.settle()
    click(".st-key-view-projects button")(visitor)
    expect(visitor.page.locator(".st-key-drive-ledger button")).to_have_attribute("kind", "primary")
    expect(visitor.page.locator(".ledger-said")).to_contain_text("台账可保障 7.00 亿元")


def test_an_editor_of_a_session_that_is_gone_shows_nothing_that_does_not_count(
    visitor: Visitor, relay: Relay, forgetful: Server
) -> None:
    visitor.open(f"?view=projects&{INVESTMENT}.target=40&{INVESTMENT}.h1=30")
    type_into(visitor, 0, 6, "7")
    visitor.settle()
    first = visitor.page.locator('[data-testid="glide-cell-7-0"]')
    expect(first).to_have_text("7")
    relay.cut()
    relay.mend(forgetful)
    is_back(visitor)
    expect(visitor.page.locator("#visit-gone")).to_contain_text("项目台账（5 行）")
    expect(first).not_to_have_text("7")


@pytest.mark.parametrize("moment", ["while the thumb is held", "after it was let go"])
def test_the_last_position_of_a_drag_counts_though_the_connection_went(
    visitor: Visitor, relay: Relay, moment: str
) -> None:
    visitor.open(LOADED)
    slider = visitor.slider(f"{INVESTMENT}.intensity_q3")
    x, y = thumb(visitor, f"{INVESTMENT}.intensity_q3")
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + 20, y, steps=4)
    relay.cut()
    visitor.page.wait_for_timeout(400)
    visitor.page.mouse.move(x + 44, y, steps=4)
    visitor.page.wait_for_timeout(200)
    at = slider.input_value()
    answer = command_line("--link", LOADED[1:], "--set", f"{INVESTMENT}.intensity_q3={at}")
    assert visitor.year(INVESTMENT) == pytest.approx(answer[INVESTMENT]["full_year"], abs=0.05)
    if moment == "after it was let go":
        visitor.page.mouse.up()
        visitor.page.wait_for_timeout(600)
    relay.mend()
    expect(visitor.page.locator('[data-test-connection-state="CONNECTED"]')).to_be_attached(timeout=LONGEST)
    visitor.page.mouse.up()
    is_back(visitor)
    assert slider.input_value() == at, "the last position wins"
    assert_same_numbers(visitor, answer)
