"""Who may enter: the table is read as it stands or not at all, and a sign-in half set up opens nothing."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.folders import ROOT
from ui.host import server
from ui.host.entrance import HOURS, Entrance, NotReady, entrance_of

AUTH = {
    "redirect_uri": "https://page.example/haidong/oauth2callback",
    "cookie_secret": "0123456789abcdef" * 4,
    "client_id": "page",
    "client_secret": "invented",
    "server_metadata_url": "https://people.example/.well-known/openid-configuration",
}
TABLE = {"addresses": ["Zhang@bureau.example", "@office.example"], "groups": ["readers"]}
NOW = 1_000_000.0


@pytest.mark.parametrize("page", ["operate.md", "operate.zh-CN.md"])
def test_the_documents_example_is_a_whole_sign_in(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    entrance = entrance_of(tomllib.loads(block.replace("…", "0123456789abcdef" * 4)))
    assert entrance is not None and entrance.hours == HOURS
    assert entrance.admits({"is_logged_in": True, "iat": NOW, "email": "a@office.example"}, NOW)


def test_without_sign_in_there_is_no_table() -> None:
    assert entrance_of({}) is None
    assert entrance_of({"database": {"password": "x"}}) is None


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ({"email": "zhang@bureau.example"}, True),
        ({"email": " ZHANG@Bureau.Example "}, True),
        ({"email": "li@bureau.example"}, False),
        ({"email": "li@office.example"}, True),
        ({"email": "li@evil.office.example"}, False),
        ({"email": "li@office.example@evil.example"}, False),
        ({"email": "@office.example"}, False),
        ({"email": "li@office.example", "email_verified": False}, False),
        ({"email": "li@office.example", "email_verified": True}, True),
        ({"email": "x@y.example", "groups": ["others", "readers"]}, True),
        ({"groups": "readers"}, True),
        ({"groups": "Readers"}, False),
        ({"groups": {"readers": 1}}, False),
        ({"groups": [["readers"]]}, False),
        ({"email": ["zhang@bureau.example"]}, False),
        ({"email": "zhang@bureau.example", "iat": NOW - 12 * 3600 + 1}, True),
        ({"email": "zhang@bureau.example", "iat": NOW - 12 * 3600}, False),
        ({"email": "zhang@bureau.example", "iat": None}, False),
        ({"email": "zhang@bureau.example", "is_logged_in": False}, False),
        ({}, False),
    ],
)
def test_who_is_admitted(person: dict[str, object], may: bool) -> None:
    entrance = entrance_of({"auth": AUTH, "who_may_enter": TABLE})
    assert entrance is not None
    assert entrance.admits({"is_logged_in": True, "iat": NOW - 60, **person}, NOW) is may
    assert not entrance.admits(None, NOW)


def test_the_table_takes_another_claim_and_other_hours() -> None:
    table = {"groups": ["a"], "groups_claim": "roles", "hours": 1}
    assert entrance_of({"auth": AUTH, "who_may_enter": table}) == Entrance(
        groups=frozenset({"a"}), groups_claim="roles", hours=1.0
    )


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ({"auth": AUTH}, "names nobody"),
        ({"auth": AUTH, "who_may_enter": {"addresses": []}}, "names nobody"),
        ({"who_may_enter": TABLE}, "lacks redirect_uri"),
        ({"auth": {**AUTH, "client_secret": ""}, "who_may_enter": TABLE}, "lacks client_secret"),
        ({"auth": {**AUTH, "cookie_secret": "short"}, "who_may_enter": TABLE}, "cookie_secret"),
        ({"auth": {**AUTH, "redirect_uri": "https://x/"}, "who_may_enter": TABLE}, "oauth2callback"),
        ({"auth": AUTH, "who_may_enter": {"adresses": ["a@b"]}}, "adresses"),
        ({"auth": AUTH, "who_may_enter": {"addresses": "a@b"}}, "list"),
        ({"auth": AUTH, "who_may_enter": {"addresses": ["bureau.example"]}}, "neither"),
        ({"auth": AUTH, "who_may_enter": {"addresses": ["@"]}}, "neither"),
        ({"auth": AUTH, "who_may_enter": {"groups": [""]}}, "list"),
        ({"auth": AUTH, "who_may_enter": {**TABLE, "hours": 0}}, "hours"),
        ({"auth": AUTH, "who_may_enter": {**TABLE, "hours": True}}, "hours"),
        ({"auth": AUTH, "who_may_enter": {**TABLE, "groups_claim": 1}}, "groups_claim"),
    ],
)
def test_what_is_half_set_up_is_named_and_opens_nothing(secrets: dict[str, object], said: str) -> None:
    with pytest.raises(NotReady, match=said):
        entrance_of(secrets)


def test_a_host_that_asks_for_sign_in_does_not_start_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_secrets", dict)
    assert server.entrance_here() is None
    monkeypatch.setenv("HAIDONG_SIGN_IN", "required")
    with pytest.raises(NotReady, match="have no"):
        server.entrance_here()


def test_sign_in_without_its_library_or_with_an_unreadable_file_does_not_start(monkeypatch) -> None:
    monkeypatch.setattr(server, "_secrets", lambda: {"auth": AUTH, "who_may_enter": TABLE})
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    with pytest.raises(NotReady, match="requirements-sign-in"):
        server.entrance_here()
    monkeypatch.setattr(server, "_has_unread_secrets", lambda: True)
    with pytest.raises(NotReady, match="cannot be read"):
        server.entrance_here()


def test_the_page_alone_stays_closed_where_sign_in_is_set_up(monkeypatch) -> None:
    monkeypatch.setattr(server, "_secrets", dict)
    assert not server.is_open_unguarded()
    for secrets in ({"auth": AUTH}, {"who_may_enter": TABLE}):
        monkeypatch.setattr(server, "_secrets", lambda secrets=secrets: secrets)
        assert server.is_open_unguarded()
