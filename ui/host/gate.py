"""Who gets past the door?  Every request and connection is asked, before the page's server sees it.

Without leave there is no page, no upload, no download and no connection; only whether the server lives is
told to anybody, since that is what a proxy asks. Streamlit signs people in and keeps who they are in a signed
cookie; this reads it back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui.host import pages
from ui.host.entrance import Entrance
from ui.host.events import happened

_HEALTH: Final = "/_stcore/health"
_SIGN_IN: Final = "/auth/login"
_SIGN_OUT: Final = "/auth/logout"
_CALLBACK: Final = "/oauth2callback"
_PROVIDER: Final = "default"  # that of the secrets' part `auth` itself
_NOT_KEPT: Final = {"Cache-Control": "no-store"}


class Gate:
    """Lets those in whom the table names; shows others the way to sign in."""

    def __init__(self, app: ASGIApp, entrance: Entrance, base: str) -> None:
        self.app, self.entrance, self.base = app, entrance, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        path = scope["path"].removeprefix(self.base)
        if path == _CALLBACK:
            return await self._signed_in(scope, receive, send)
        if path in (_HEALTH, _SIGN_IN, _SIGN_OUT):
            return await self.app(scope, receive, send)
        person = person_of(HTTPConnection(scope))
        if self.entrance.admits(person):
            return await self.app(scope, receive, send)
        happened("turned_away", kind=scope["type"], signed_in=int(person is not None))
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        await self._answer(Request(scope), person)(scope, receive, send)

    def _answer(self, request: Request, person: Mapping[str, Any] | None) -> Response:
        """The way to sign in for who asks for a page, and no more than a refusal for all else."""
        if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("sign in", 401, _NOT_KEPT)
        if person is None or not self.entrance.is_fresh(person):
            return _html(pages.sign_in_page(self._sign_in()), 401)
        return _html(pages.refused_page(self._sign_in(), str(person.get("email") or "?")), 403)

    def _sign_in(self) -> str:
        return f"{self.base}{_SIGN_IN}?provider={quote(encode_provider_token(_PROVIDER))}"

    async def _signed_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer to a sign-in: Streamlit's leads to the bare page, this one to what was asked for."""
        answered: list[Message] = []

        async def keep(message: Message) -> None:
            answered.append(message)

        await self.app(scope, receive, keep)
        cookies = [value for name, value in answered[0]["headers"] if name == b"set-cookie"]
        is_in = any(_names_a_person(cookie.decode("latin-1")) for cookie in cookies)
        page = pages.way_back_page(f"{self.base}/") if is_in else pages.failed_page(self._sign_in())
        response = _html(page, 200 if is_in else 401)
        response.raw_headers += [(b"set-cookie", cookie) for cookie in cookies]
        happened("signed_in" if is_in else "sign_in_failed")
        await response(scope, receive, send)


def person_of(connection: HTTPConnection) -> Mapping[str, Any] | None:
    """Who signed in, as the signed cookie says; `None` for nobody, and for a cookie of another place."""

    def read(name: str) -> bytes | None:
        value = connection.cookies.get(name)
        return (
            None
            if value is None
            else decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"))
        )

    try:
        cookie = json.loads(get_cookie_with_chunks(read, USER_COOKIE_NAME) or b"null")
    except ValueError:
        return None
    is_ours = isinstance(cookie, dict) and cookie.get("origin") == get_origin_from_redirect_uri()
    return cookie if is_ours else None


def _names_a_person(cookie: str) -> bool:
    """Whether an answer sets the cookie that says who signed in, rather than taking it away."""
    named = SimpleCookie(cookie).get(USER_COOKIE_NAME)
    return named is not None and bool(named.value)


def _html(page: bytes, status: int) -> Response:
    return Response(page, status, _NOT_KEPT, "text/html; charset=utf-8")
