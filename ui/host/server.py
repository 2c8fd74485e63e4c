"""What is put around the page for many?  Who may enter, counters, a log, and a version at an address.

HAIDONG_METRICS_PORT      where counters are read; none without it
HAIDONG_METRICS_ADDRESS   127.0.0.1 unless said
HAIDONG_SIGN_IN=required  refuses to start where the secrets set up no sign-in
"""

from __future__ import annotations

import ast
import gc
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.watcher.local_sources_watcher import LocalSourcesWatcher

from hdmodel import MODEL_VERSION, released_edition
from hdmodel.reading.edition import released_editions
from ui.host import downloads
from ui.host.entrance import Entrance, NotReady, entrance_of
from ui.host.events import fault, happened, write_to_standard_output
from ui.host.messages import taken
from ui.host.run_requests import take_turns
from ui.host.uploads import Uploads

_ROOT: Final = Path(__file__).parents[2]
_hosted: Final[list[bool]] = []


def routes() -> list[Route]:
    """The addresses beside the page's own."""
    return [Route(f"{base()}/version", _version, methods=["GET"])]


def middleware() -> list[Middleware]:
    """What every request goes through before the page's server; raises `NotReady`."""
    _hosted.append(True)
    entrance = entrance_here()
    gate = []
    if entrance is not None:
        from ui.host.gate import Gate  # which needs Authlib, as only a host with sign-in does

        gate = [Middleware(Gate, entrance=entrance, base=base())]
    return [*gate, Middleware(Connections), Middleware(Uploads)]


def begin() -> None:
    """Write the log, import the page, and serve counters where they are asked for."""
    write_to_standard_output()
    import_page()
    freeze_imports()
    port = os.environ.get("HAIDONG_METRICS_PORT")
    if port:
        from ui.host import counters

        counters.serve(int(port), os.environ.get("HAIDONG_METRICS_ADDRESS", "127.0.0.1"), versions())
    happened("started", sign_in=int(entrance_here() is not None), **versions())


def import_page() -> None:
    """Import what the page imports and read the released editions: whoever asks for health hears nothing
    before, and the first visitor waits for neither.
    """
    script = _ROOT / "app.py"
    page = ast.parse(script.read_text(encoding="utf-8"))
    imports = [node for node in page.body if isinstance(node, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(imports, []), script, "exec"), {})
    for id in released_editions():
        released_edition(id)


@cache
def freeze_imports() -> None:
    """Take what the imports left out of every later garbage collection, once for the server; before anybody
    comes, or what these visitors hold would never be collected.
    """
    gc.collect()
    gc.freeze()


@cache
def for_many() -> None:
    """Where Streamlit lets one visitor hold up the others, do it another way; once for the server."""
    freeze_imports()
    take_turns()
    downloads.keep_a_while()
    if config.get_option("server.fileWatcherType") == "none":
        LocalSourcesWatcher.update_watched_modules = _look_for_no_files  # type: ignore[method-assign]


def _look_for_no_files(_: LocalSourcesWatcher) -> None:
    """Nothing is watched: Streamlit would go through all modules nevertheless, for every session that begins
    or comes back, and answer no one for the quarter of a second that this takes.
    """


def script_failed(error: Exception) -> None:
    """A run of the page came to an end that nobody foresaw; what the visitor sees is Streamlit's."""
    fault("page", error)


def is_open_unguarded() -> bool:
    """Whether sign-in is set up, but the page was started past it."""
    return not _hosted and (_has_unread_secrets() or bool({"auth", "who_may_enter"} & {*_secrets()}))


def entrance_here() -> Entrance | None:
    """The table of this host's secrets; raises `NotReady`."""
    if _has_unread_secrets():
        raise NotReady("the secrets' file cannot be read as TOML")
    entrance = entrance_of(_secrets())
    if entrance is None and os.environ.get("HAIDONG_SIGN_IN") == "required":
        raise NotReady("HAIDONG_SIGN_IN=required, but the secrets have no [auth]")
    if entrance is not None and find_spec("authlib") is None:
        raise NotReady("sign-in needs Authlib: pip install -r requirements-sign-in.txt")
    return entrance


def _secrets() -> Mapping[str, Any]:
    return st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}


@cache
def _has_unread_secrets() -> bool:
    """A file that is there and cannot be read must not mean that everybody may enter."""
    files = [Path(file) for file in config.get_option("secrets.files")]
    return any(file.exists() for file in files) and not st.secrets.load_if_toml_exists()


def base() -> str:
    """The path under which the page stands: /haidong, or nothing for the root."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


@cache
def versions() -> dict[str, str]:
    """The program's version, the model's, and those of the figures and of Streamlit."""
    about = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "version": about["project"]["version"],
        "model": MODEL_VERSION,
        "editions": " ".join(f"{id}:{released_edition(id).digest}" for id in released_editions()),
        "streamlit": version("streamlit"),
    }


async def _version(_: Request) -> JSONResponse:
    return JSONResponse(versions(), headers={"Cache-Control": "no-store"})


class Connections:
    """Says when a visitor's connection opens and closes, and lets through what the page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        happened("connected")
        try:
            await self.app(scope, taken(receive), send)
        finally:
            happened("disconnected")
