"""What does a visitor without a browser do?  Speaks Streamlit's protocol: keeps what the page shows, as a
browser keeps it, and sends all of it back with each press.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 120.0  # seconds for an answer: a file is drawn in ten, behind others in more
_KEY = re.compile(r"\$\$ID-[0-9a-f]+-(.+)", re.DOTALL)
_DETAIL = re.compile(r"window\.visitLastRun = (.*);$", re.MULTILINE)
_SHOWN_BY_BLOCKS = ("expandable", "popover")
_NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"  # as Streamlit's own page says that it has none


class Failed(Exception):
    """The page answered with what no visitor may see."""


@dataclass
class Control:
    """Something on the page that can be used: how the server described it, and what it shows."""

    kind: str
    described: Any
    fragment: str
    shown: Any = None  # what a browser sends of it; `None` for nothing

    @property
    def id(self) -> str:
        identifier: str = self.described.id
        return identifier


@dataclass
class Visitor:
    """One connection, and all that its browser would hold."""

    url: str
    query: str = ""
    controls: dict[str, Control] = field(default_factory=dict)  # by the key that the page gave them
    detail: dict[str, Any] = field(default_factory=dict)  # what the last run said at its end
    session: str = ""
    cookie: str = ""

    # --- coming and going

    async def open(self) -> Visitor:
        """Come with an address, as to a page that is loaded."""
        await asyncio.to_thread(self._load)
        self.controls, self.session = {}, ""
        await self._connect()
        await self.run()
        return self

    async def drop(self) -> None:
        """Lose the connection, without a word."""
        self.socket.transport.abort()
        await self.socket.wait_closed()

    async def come_back(self) -> None:
        """Connect again, as the same browser page does."""
        await self._connect()
        await self.run()

    async def leave(self) -> None:
        await self.socket.close()

    def _load(self) -> None:
        with urllib.request.urlopen(self.url, timeout=LONGEST) as answer:  # whose cookie leads to one replica
            answer.read()
            self.cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]

    async def _connect(self) -> None:
        protocols = ["streamlit", _NO_TOKEN, self.session] if self.session else ["streamlit"]
        self.socket = await websockets.connect(
            f"ws{self.url[4:]}_stcore/stream",
            subprotocols=[websockets.Subprotocol(name) for name in protocols],
            additional_headers={"Cookie": self.cookie} if self.cookie else {},
            max_size=None,
            open_timeout=LONGEST,
            ping_interval=None,
        )

    # --- using what is on the page

    def _control(self, key: str) -> Control:
        if key not in self.controls:
            raise Failed(f"{key} is not among {', '.join(self.controls) or 'nothing'}")
        return self.controls[key]

    async def press(self, key: str) -> None:
        """Press a button."""
        button = self._control(key)
        if getattr(button.described, "disabled", False):
            raise Failed(f"{key} cannot be pressed")
        await self.run(button.fragment, pressed=button)

    async def set(self, key: str, value: Any) -> None:
        """Move a slider, type into a field, or unfold what is folded."""
        control = self._control(key)
        control.shown = [value] if control.kind == "slider" else value
        await self.run(control.fragment)

    async def fill(self, key: str, value: Any) -> None:
        """Type into a form, which says nothing yet."""
        self.controls[key].shown = value

    async def upload(self, key: str, name: str, data: bytes) -> None:
        """Hand a file over."""
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid4().hex
        asked.file_urls_request.file_names.append(name)
        answer = await self._asked(asked, "file_urls_response")
        (urls,) = answer.file_urls_response.file_urls
        await asyncio.to_thread(self._put, urls.upload_url, name, data)
        control = self.controls[key]
        control.shown = (urls, name, len(data))
        await self.run(control.fragment)

    async def download(self, key: str) -> bytes:
        """The file behind a button, as a browser fetches it."""
        button = self.controls[key].described
        address = button.url
        if not address:
            asked = BackMsg()
            asked.backend_operation_request.request_id = uuid4().hex
            asked.backend_operation_request.session_id = self.session
            asked.backend_operation_request.deferred_file.file_id = button.deferred_file_id
            answer = (await self._asked(asked, "backend_operation_response")).backend_operation_response
            if answer.error_msg:
                raise Failed(answer.error_msg)
            address = answer.deferred_file.url
        return await asyncio.to_thread(self._fetched, address)

    # --- what goes over the line

    async def run(self, fragment: str = "", pressed: Control | None = None) -> None:
        """Send what the page shows, and wait until the answer has come to its end."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id = self.query, fragment
        asked.context_info.url, asked.context_info.timezone = self.url, "Asia/Shanghai"
        for control in self.controls.values():
            if control is pressed or control.shown is not None:
                _write(asked.widget_states.widgets.add(), control, is_pressed=control is pressed)
        before = {} if fragment else self.controls
        if not fragment:
            self.controls = {}
        self._has_begun = False  # what still comes of a run before this one is none of it
        await self.socket.send(message.SerializeToString())
        came = 0
        try:
            while not self._is_end(await self._heard(), before):
                came += 1
        except TimeoutError:
            raise Failed(f"nothing in {LONGEST:g} s, after {came} messages") from None
        self._keep_address()

    def hears(self, received: bytes) -> None:
        """Every message that comes, before it is read."""

    async def _heard(self) -> bytes:
        received = await asyncio.wait_for(self.socket.recv(), LONGEST)
        assert isinstance(received, bytes)
        self.hears(received)
        return received

    async def _asked(self, message: BackMsg, kind: str) -> ForwardMsg:
        await self.socket.send(message.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != kind:
            answer.ParseFromString(await self._heard())
        return answer

    def _is_end(self, received: bytes, before: dict[str, Control]) -> bool:
        message = ForwardMsg()
        message.ParseFromString(received)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._has_begun = True
            self.session = message.new_session.initialize.session_id or self.session
        if kind == "delta":
            self._note(message.delta, before)
        ends = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        return self._has_begun and kind == "script_finished" and message.script_finished in ends

    def _note(self, delta: Any, before: dict[str, Control]) -> None:
        if delta.WhichOneof("type") == "new_element":
            kind = delta.new_element.WhichOneof("type")
            if kind == "exception":
                raise Failed(delta.new_element.exception.type)
            if kind == "html" and (said := _DETAIL.search(delta.new_element.html.body)):
                self.detail = json.loads(said[1])
            described = getattr(delta.new_element, kind)
        elif (kind := delta.add_block.WhichOneof("type")) in _SHOWN_BY_BLOCKS:
            described = getattr(delta.add_block, kind)
        else:
            return
        key = _KEY.fullmatch(getattr(described, "id", ""))
        if key:
            old = before.get(key[1]) or self.controls.get(key[1])
            known = old.shown if old and old.id == described.id else None
            self.controls[key[1]] = Control(
                kind, described, delta.fragment_id, _shown(kind, described, known)
            )

    def _keep_address(self) -> None:
        """The address as the page would replace it."""
        if self.detail.get("address") is not None:
            self.query = urlencode(self.detail["address"])

    def _put(self, path: str, name: str, data: bytes) -> None:
        """The file to its address, with the token that the server gives against forged requests."""
        connection, base = self._connection()
        connection.request("GET", f"{base}/_stcore/health", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        token = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
        limit = uuid4().hex
        head = f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{limit}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={limit}",
            "Cookie": f"{self.cookie}; {token}".strip("; "),
            "X-Xsrftoken": token.partition("=")[2].strip('"'),
        }
        connection.request("PUT", f"{base}/{path.lstrip('/')}", body, headers)
        answer = connection.getresponse()
        if answer.status >= 300:
            raise Failed(f"upload: {answer.status} {answer.read()[:200]!r}")
        connection.close()

    def _fetched(self, path: str) -> bytes:
        connection, base = self._connection()
        inside = path if path.startswith(f"{base}/") else f"{base}/{path.lstrip('/')}"
        connection.request("GET", inside, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status != 200:
            raise Failed(f"download: {answer.status}")
        return data

    def _connection(self) -> tuple[http.client.HTTPConnection, str]:
        parts = urlsplit(self.url)
        return http.client.HTTPConnection(parts.netloc, timeout=LONGEST), parts.path.rstrip("/")


def _shown(kind: str, described: Any, known: Any) -> Any:
    """What a control shows once the server has described it: what it was set to, else what the browser had,
    else what it begins with.
    """
    reads: dict[str, Callable[[Any], Any]] = {
        "slider": lambda each: list(each.value) if each.set_value else known or list(each.default),
        "number_input": _shown_in_field(known),
        "text_input": _shown_in_field(known),
        "text_area": _shown_in_field(known),
        "expandable": lambda each: bool(known),
        "popover": lambda each: bool(known),
        "file_uploader": lambda each: known,
    }
    return reads[kind](described) if kind in reads else None


def _shown_in_field(known: Any) -> Callable[[Any], Any]:
    def shown(field: Any) -> Any:
        if field.set_value:
            return field.value if field.HasField("value") else None
        return known if known is not None else field.default if field.HasField("default") else None

    return shown


def _write(state: Any, control: Control, is_pressed: bool) -> None:
    """A control's value, as a browser sends it."""
    state.id = control.id
    if is_pressed:
        state.trigger_value = True
    elif control.kind == "slider":
        state.double_array_value.data.extend(control.shown)
    elif control.kind == "number_input" and control.described.data_type == control.described.INT:
        state.int_value = int(control.shown)
    elif control.kind == "number_input":
        state.double_value = control.shown
    elif control.kind in _SHOWN_BY_BLOCKS:
        state.bool_value = control.shown
    elif control.kind == "file_uploader":
        urls, name, size = control.shown
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_urls.CopyFrom(urls)
        file.file_id, file.name, file.size = urls.file_id, name, size
    else:
        state.string_value = control.shown
