"""Who may enter?  Those whom the host's secrets name, by address or by group; without sign-in, everybody.

The secrets' part `auth` is Streamlit's own and says where people sign in. Beside it `who_may_enter` is the
table of this page. A sign-in that is half set up lets nobody in: the server does not start and says why.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

HOURS: Final = 12.0
_NEEDED: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET: Final = 32
_KNOWN: Final = {"addresses", "groups", "groups_claim", "hours"}


class NotReady(Exception):
    """A sign-in that is half set up; it says what is missing."""


@dataclass(frozen=True)
class Entrance:
    """The table of who may enter: whole addresses or `@domain`, groups, and for how many hours."""

    addresses: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    groups_claim: str = "groups"
    hours: float = HOURS

    def admits(self, person: Mapping[str, Any] | None, now: float | None = None) -> bool:
        """Whether somebody who signed in as this may enter, and did so within the hours.

        >>> table = Entrance(frozenset({"a@b.example", "@c.example"}), frozenset({"readers"}))
        >>> signed_in = {"is_logged_in": True, "iat": 1000}
        >>> addresses = ("A@b.example", "x@b.example", "x@c.example")
        >>> [table.admits({**signed_in, "email": email}, 1000) for email in addresses]
        [True, False, True]
        >>> table.admits({**signed_in, "groups": ["readers"]}, 1000 + 13 * 3600)
        False
        """
        if person is None or person.get("is_logged_in") is not True or not self.is_fresh(person, now):
            return False
        return bool(self._names_of(person) & self.addresses or self._groups_of(person) & self.groups)

    def is_fresh(self, person: Mapping[str, Any], now: float | None = None) -> bool:
        """Whether somebody signed in within the hours."""
        since = person.get("iat")
        if not isinstance(since, int | float):
            return False
        return (time.time() if now is None else now) - since < self.hours * 3600

    @staticmethod
    def _names_of(person: Mapping[str, Any]) -> set[str]:
        """An address and its domain; none that whoever signs people in knows to be unverified."""
        address = person.get("email")
        if not isinstance(address, str) or person.get("email_verified") in (False, "false"):
            return set()
        name, _, domain = address.strip().lower().rpartition("@")
        return {f"{name}@{domain}", f"@{domain}"} if name and domain else set()

    def _groups_of(self, person: Mapping[str, Any]) -> set[str]:
        groups = person.get(self.groups_claim)
        named = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return {group for group in named if isinstance(group, str)}


def entrance_of(secrets: Mapping[str, Any]) -> Entrance | None:
    """The table of these secrets; `None` where they ask for no sign-in. Raises `NotReady`.

    >>> entrance_of({}) is None
    True
    >>> entrance_of({"auth": {"client_id": "page"}})
    Traceback (most recent call last):
    ui.host.entrance.NotReady: [auth] lacks redirect_uri, cookie_secret, client_secret, server_metadata_url
    """
    if "auth" not in secrets and "who_may_enter" not in secrets:
        return None
    _check_sign_in(secrets.get("auth") or {})
    table = secrets.get("who_may_enter") or {}
    unknown = {*table} - _KNOWN
    if unknown:
        raise NotReady(f"[who_may_enter] does not know {', '.join(sorted(unknown))}")
    addresses = frozenset(each.lower() for each in _names(table, "addresses"))
    wrong = [each for each in addresses if "@" not in each or each == "@"]
    if wrong:
        raise NotReady(f"[who_may_enter] addresses: {', '.join(wrong)} is neither name@domain nor @domain")
    entrance = Entrance(
        addresses, frozenset(_names(table, "groups")), _claim(table), _hours(table.get("hours", HOURS))
    )
    if not (entrance.addresses or entrance.groups):
        raise NotReady("[who_may_enter] names nobody: addresses or groups")
    return entrance


def _check_sign_in(auth: Mapping[str, Any]) -> None:
    missing = [key for key in _NEEDED if not auth.get(key)]
    if missing:
        raise NotReady(f"[auth] lacks {', '.join(missing)}")
    if len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        raise NotReady(f"[auth] cookie_secret has less than {_SHORTEST_SECRET} letters: openssl rand -hex 32")
    if not str(auth["redirect_uri"]).endswith("/oauth2callback"):
        raise NotReady("[auth] redirect_uri ends with /oauth2callback")


def _names(table: Mapping[str, Any], key: str) -> list[str]:
    names = table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(each, str) and each.strip() for each in names):
        raise NotReady(f"[who_may_enter] {key} is a list of texts")
    return [each.strip() for each in names]


def _claim(table: Mapping[str, Any]) -> str:
    claim = table.get("groups_claim", "groups")
    if not isinstance(claim, str):
        raise NotReady("[who_may_enter] groups_claim is a text")
    return claim


def _hours(hours: Any) -> float:
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24 * 30:
        raise NotReady("[who_may_enter] hours is a number above 0, at most 720")
    return float(hours)
