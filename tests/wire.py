"""A visitor's browser by what goes over the wire: it shows what it has heard of, sends what it shows, and may
send again before it has heard.

Streamlit's own test harness takes what every control shows from the server. A browser does not: it keeps
what it was given last, or what its visitor did since, and says so with every message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.element_tree import get_widget_state, parse_tree_from_messages
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from hdmodel.links.link import read_query
from tests.page import APP

_FIELDS = {
    "slider": "double_array_value",
    "number_input": "double_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "button_group": "string_array_value",
    "expandable": "bool_value",
    "popover": "bool_value",
}
Path = tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What the server sent for one message, and the fragment that ran; blank where the whole page did."""

    messages: tuple[ForwardMsg, ...]
    fragment: str


class _Runner(LocalScriptRunner):
    """One run, of the whole page or of a fragment; keeps what it sent."""

    fragment = ""
    last: _Runner

    def request_rerun(self, rerun_data: RerunData) -> bool:
        _Runner.last = self
        self._requests = ScriptRequests()  # without the request for the whole page that a runner begins with
        if self.fragment:
            rerun_data = replace(rerun_data, fragment_id_queue=[self.fragment])
        return super().request_rerun(rerun_data)

    def answer(self) -> Answer:
        started = [
            data["fragment_ids_this_run"]
            for event, data in zip(self.events, self.event_data, strict=True)
            if event == ScriptRunnerEvent.SCRIPT_STARTED
        ]
        deltas = tuple(message for message in self.forward_msgs() if message.HasField("delta"))
        return Answer(deltas, (started[-1] or [""])[0])


@dataclass
class Browser:
    """What a browser has on its page, by place, and what each control shows, by its id."""

    page: AppTest
    shown: dict[Path, ForwardMsg] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    on_its_way: list[Answer] = field(default_factory=list)

    @classmethod
    def opened(cls, query: str = "") -> Browser:
        """A browser that has come to an address and heard the answer."""
        page = AppTest.from_file(APP, default_timeout=60)
        for name, value in read_query(query):
            page.query_params[name] = value
        browser = cls(page)
        browser._send(WidgetStates(), "")
        browser.hear()
        return browser

    # --- what its visitor does

    def press(self, key: str) -> bool:
        """Press a button; whether the server takes it."""
        id = self.id_of(key)
        message = self._everything()
        message.widgets.append(WidgetState(id=id, trigger_value=True))
        return self._send(message, self._fragment_of(id))

    def set(self, key: str, value: Any) -> bool:
        """Leave a control at a value; whether the server takes it."""
        id = self.id_of(key)
        self.values[id] = value
        return self._send(self._everything(), self._fragment_of(id))

    def upload(self, key: str, file: tuple[str, bytes, str]) -> None:
        """Choose a file."""
        node = self.page.file_uploader(key).set_value(file)
        message = self._everything()
        message.widgets.append(get_widget_state(node))
        self._send(message, "")

    # --- what it hears

    def hear(self) -> None:
        """Take in every answer that is on its way."""
        for answer in self.on_its_way:
            self._take_in(answer)
        self.on_its_way.clear()

    def _take_in(self, answer: Answer) -> None:
        kept = {
            path: message
            for path, message in self.shown.items()
            if answer.fragment and message.delta.fragment_id != answer.fragment
        }
        new = {tuple(message.metadata.delta_path): message for message in answer.messages}
        self.shown = {**kept, **new}
        for kind, proto in _controls(new.values()):
            if kind in ("expandable", "popover"):
                self.values[proto.id] = proto.expanded if kind == "expandable" else proto.open
            elif proto.set_value:
                self.values[proto.id] = _set_value(kind, proto)
            else:
                self.values.setdefault(proto.id, _default(kind, proto))
        there = {proto.id for _, proto in _controls(self.shown.values())}
        self.values = {id: value for id, value in self.values.items() if id in there}
        in_order = [self.shown[path] for path in sorted(self.shown)]
        self.page._tree = parse_tree_from_messages(in_order)
        self.page._tree._runner = self.page

    # --- what is on it

    def keys(self, *kinds: str) -> list[str]:
        """The keys of the controls on the page, of these kinds."""
        return [_key(proto.id) for kind, proto in _elements(self.shown.values()) if kind in kinds]

    def has(self, key: str) -> bool:
        return any(_key(proto.id) == key for _, proto in _elements(self.shown.values()))

    def showing(self, key: str) -> Any:
        """What a control shows; `None` for an empty field."""
        return self.values[self.id_of(key)]

    def id_of(self, key: str) -> str:
        return str(self.element(key).id)

    def element(self, key: str) -> Any:
        return next(proto for _, proto in _elements(self.shown.values()) if _key(proto.id) == key)

    def html(self) -> str:
        return " ".join(
            message.delta.new_element.html.body
            for message in self.shown.values()
            if message.delta.new_element.HasField("html")
        )

    # --- what goes over the wire

    def _fragment_of(self, id: str) -> str:
        return next(
            message.delta.fragment_id
            for message in self.shown.values()
            for _, proto in _elements([message])
            if proto.id == id
        )

    def _everything(self) -> WidgetStates:
        states = WidgetStates()
        for kind, proto in _controls(self.shown.values()):
            state = WidgetState(id=proto.id)
            _put(state, _FIELDS[kind], self.values[proto.id])
            states.widgets.append(state)
        return states

    def _send(self, message: WidgetStates, fragment: str) -> bool:
        """Let the server run. It passes over what comes from a fragment that the page has left, as with
        another view; the browser hears of that before it sends anything else.
        """
        if fragment and not self.page._fragment_storage.contains(fragment):
            self.hear()
            return False
        tree = self.page._tree
        with (
            patch.object(app_test, "LocalScriptRunner", _Runner),
            patch.object(_Runner, "fragment", fragment),
        ):
            self.page._run(message)
        assert not self.page.exception
        self.page._tree = tree
        self.on_its_way.append(_Runner.last.answer())
        return True


def _elements(messages: Any) -> Iterator[tuple[str, Any]]:
    """Every element and block that has an id, with its kind."""
    for message in messages:
        of = message.delta
        part = of.add_block if of.WhichOneof("type") == "add_block" else of.new_element
        kind = part.WhichOneof("type")
        proto = getattr(part, kind) if kind else None
        if getattr(proto, "id", ""):
            yield kind, proto


def _controls(messages: Any) -> Iterator[tuple[str, Any]]:
    yield from ((kind, proto) for kind, proto in _elements(messages) if kind in _FIELDS)


def _key(id: str) -> str:
    """The key that the page gave an element."""
    return id.split("-", 2)[2] if id.startswith("$$ID-") else id


def _set_value(kind: str, proto: Any) -> Any:
    if kind == "slider":
        return list(proto.value)
    if kind in ("radio", "selectbox"):
        return proto.raw_value if proto.HasField("raw_value") else None
    if kind == "button_group":
        return list(proto.raw_values)
    return proto.value if proto.HasField("value") else None


def _default(kind: str, proto: Any) -> Any:
    if kind == "slider":
        return list(proto.default)
    if kind in ("radio", "selectbox"):
        return proto.options[proto.default] if proto.options and proto.HasField("default") else None
    if kind == "button_group":
        return [proto.options[place].content for place in proto.default]
    return proto.default if proto.HasField("default") else None


def _put(state: WidgetState, name: str, value: Any) -> None:
    if name == "double_array_value":
        state.double_array_value.data.extend(value)
    elif name == "string_array_value":
        state.string_array_value.data.extend(value)
    elif value is not None:
        setattr(state, name, value)
