"""What every test is handed on request: the released edition, and projections of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import settings

from hdmodel import Edition, Projection, load_edition, project, released_edition
from hdmodel.forms import FORMS
from hdmodel.reading import edition as reading
from hdmodel.reading import new_edition
from tests.folders import MONTHLY_EDITION
from tests.model.monthly_flow import MONTHLY_FLOW, WORDS, WORDS_OF_A_NEW_EDITION
from tests.scenarios import scenario_of
from ui.text.texts import TEXTS

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("here", deadline=None, max_examples=60)
settings.load_profile("ci" if os.environ.get("CI") else "here")

Projected = Callable[..., Mapping[str, Projection]]


@pytest.fixture(scope="session")
def haidong() -> Edition:
    return released_edition("haidong-2022-h1")


@pytest.fixture(scope="session")
def projected(haidong: Edition) -> Projected:
    """`projected("industrial_value_added.q3=5", …)`: the projection with these settings on the baseline."""

    def of(*settings_: str) -> Mapping[str, Projection]:
        return project(haidong, scenario_of(haidong, *settings_))

    return of


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kind and its words are known, for one test."""
    monkeypatch.setitem(FORMS, MONTHLY_FLOW.name, MONTHLY_FLOW)
    for texts, own in ((TEXTS, WORDS), (new_edition.WORDS, WORDS_OF_A_NEW_EDITION)):
        for key, words in own.items():
            monkeypatch.setitem(texts, key, words)
    reading._loaded.cache_clear()
    yield
    reading._loaded.cache_clear()


@pytest.fixture
def port(registered: None) -> Edition:
    return load_edition(MONTHLY_EDITION)
