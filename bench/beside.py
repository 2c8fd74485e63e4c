"""Does a hostile file keep others waiting?  A visitor's steps alone, and while somebody's files are read.

    .venv/bin/python bench/beside.py FILE ...        (half a minute a file)

Somebody uploads each file again and again as an edition; beside it a visitor moves a slider three times a
second. Both speak Streamlit's protocol. The times alone, and beside a file of a few letters, come from the
same run: compare them with the others.
"""

from __future__ import annotations

import asyncio
import http.client
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from load import Session, hosted  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402

SECONDS, PAUSE = 15.0, 0.33


class Uploader(Session):
    """Somebody in 出处, who hands files over."""

    uploader = ""

    def _note(self, delta: object) -> None:
        super()._note(delta)
        element = delta.new_element
        if element.WhichOneof("type") == "file_uploader":
            self.uploader = element.file_uploader.id

    async def run(self, fragment: str = "") -> None:
        await self._sent(None)

    async def upload(self, name: str, data: bytes) -> None:
        """Put a file and have the page read it, as a browser does."""
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid4().hex
        asked.file_urls_request.file_names.append(name)
        await self.socket.send(asked.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "file_urls_response":
            answer.ParseFromString(await self.socket.recv())
        (urls,) = answer.file_urls_response.file_urls
        await asyncio.to_thread(_put, self.url, urls.upload_url, name, data)
        await self._sent((urls, name, len(data)))

    async def _sent(self, file: tuple[object, str, int] | None) -> None:
        message = BackMsg()
        message.rerun_script.query_string = "view=sources"
        if file is not None:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.uploader
            one = state.file_uploader_state_value.uploaded_file_info.add()
            one.file_urls.CopyFrom(file[0])
            one.file_id, one.name, one.size = file[0].file_id, file[1], file[2]
        await self.socket.send(message.SerializeToString())
        while not self._is_end(await asyncio.wait_for(self.socket.recv(), 60)):
            pass


def _put(page: str, path: str, name: str, data: bytes) -> None:
    """The file to its address, with the token that the server gives against forged requests."""
    parts = urlsplit(page)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", f"{parts.path}_stcore/health")
    answer = connection.getresponse()
    answer.read()
    cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
    limit = uuid4().hex
    head = f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{limit}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={limit}", "Cookie": cookie}
    headers["X-Xsrftoken"] = cookie.partition("=")[2].strip('"')
    connection.request("PUT", f"{parts.path.rstrip('/')}/{path.lstrip('/')}", body, headers)
    answer = connection.getresponse()
    if answer.status >= 300:
        raise SystemExit(f"upload: {answer.status} {answer.read()[:200]!r}")


async def steps(visitor: Session) -> list[float]:
    took, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        took.append(await visitor.step(100 + len(took) % 60))
        await asyncio.sleep(PAUSE)
    return took


async def beside(url: str, files: dict[str, bytes]) -> None:
    visitor, other = await Session(url).open(), await Uploader(url).open()
    print(f"alone                                    {said(await steps(visitor))}", flush=True)
    for name, data in files.items():
        taken = 0
        moving = asyncio.create_task(steps(visitor))
        while not moving.done():
            await other.upload(name, data)
            taken += 1
        print(f"{name[:32]:32} {taken:3} times {said(moving.result())}", flush=True)


def said(took: list[float]) -> str:
    cuts = statistics.quantiles(took, n=20)
    return f"p50 {cuts[9]:4.0f}  p95 {cuts[18]:4.0f}  most {max(took):4.0f} ms of {len(took)} steps"


if __name__ == "__main__":
    with hosted(1) as (address, _):
        hostile = {path.name: path.read_bytes() for path in map(Path, sys.argv[1:])}
        asyncio.run(beside(address, {"a few letters": b"no workbook", **hostile}))
