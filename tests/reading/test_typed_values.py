"""What somebody types: read by the model's own reader, or refused by name with what would do."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdmodel import Edition, open_link
from hdmodel.reading.typed import LONGEST, read_typed
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED
from ui.page import typed
from ui.session import state
from ui.text.speech import Speech


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１５．５", "15.5"),
        ("15，5", "15.5"),
        ("15,5", "15.5"),
        ("15。5", "15.5"),
        ("－3.2", "-3.2"),
        ("\u22123.2", "-3.2"),
        ("–3,2", "-3.2"),
        ("+7", "7"),
        ("  12 ", "12"),
        ("\u300012\u00a0", "12"),
        ("12%", "12"),
        ("12 ％", "12"),
        ("1,500", "1500"),
        ("1，500.5", "1500.5"),
        ("12,345,678", "12345678"),
        ("0,500", "0.5"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert read_typed(text, "%") == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1 5",
        "1.5.2",
        "1,5,2",
        "1,50,000",
        "15,",
        ",5",
        "12 万元",
        "1、5",
        "①",
        "3²",
        "--3",
        "9" * 61,
    ],
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_typed(text, "%")


@given(text=st.text(max_size=LONGEST + 5))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(read_typed(text, "亿元"), Fraction)


@pytest.mark.parametrize(
    ("id", "text", "values", "note"),
    [
        (f"{VALUE_ADDED}.q3", "１５．５", {f"{VALUE_ADDED}.q3": 15.5}, None),
        (f"{VALUE_ADDED}.q3", "15，5", {f"{VALUE_ADDED}.q3": 15.5}, "input.read"),
        (f"{VALUE_ADDED}.q3", "15。5", {f"{VALUE_ADDED}.q3": 15.5}, "input.read"),
        (f"{VALUE_ADDED}.q3", "15，55", {f"{VALUE_ADDED}.q3": 15.6}, "input.snapped"),
        (f"{VALUE_ADDED}.q3", "4000", {}, "input.out_of_range"),
        (f"{VALUE_ADDED}.q3", "十五", {}, "input.not_a_number"),
        (f"{STARTS}.starts_q3", "2，5", {}, "input.not_whole"),
        (f"{INVESTMENT}.target", "４０亿元", {f"{INVESTMENT}.target": 40.0}, None),
        (
            f"{INVESTMENT}.actual_completion_q3",
            "２０",
            {f"{INVESTMENT}.actual_completion_q3": 20.0},
            None,
        ),
    ],
)
def test_what_is_typed_counts_or_is_named(
    haidong: Edition, id: str, text: str, values: dict[str, float], note: str | None
) -> None:
    opened, lever, speech = open_link([], haidong), haidong.levers[id], Speech("zh")
    put: dict[str, float] = {}
    noted: list[tuple[str, dict[str, str]]] = []
    with (
        patch.object(state, "put", lambda _, given: put.update({k: float(v) for k, v in given.items()})),
        patch.object(state, "note", lambda key, **parts: noted.append((key, parts))),
        patch.object(state, "ask_whole_page", lambda: None),
        patch.object(typed, "only_this_way", lambda *_: None),
    ):
        typed.take(opened, lever, text)
    assert put == values
    assert [key for key, _ in noted] == ([] if note is None else [note])
    for key, parts in noted:  # names the thing, the value, what would do and what counts
        said = speech.say(key, **parts)
        assert speech.pick(lever.label) in said and (text in said or "15.55" in said)
