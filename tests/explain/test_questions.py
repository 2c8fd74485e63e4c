"""A question writes itself in a few words and reads itself back: each kind its own, and no other's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from hdmodel import Edition, PageState, Scenario, baseline, change, load_edition, open_link
from hdmodel.explain.change import CHANGES
from hdmodel.explain.ledger import COVERED
from hdmodel.explain.past_years import FREQUENCIES
from hdmodel.explain.worked_lines import QUANTITIES
from hdmodel.ledger import Ledger, carried_indicator
from hdmodel.links.plans import Plan
from hdmodel.numbers import plain
from hdmodel.past_years import Year, needed
from hdmodel.projection import project
from tests.folders import INVENTED_EDITION
from tests.indicators import INVESTMENT, VALUE_ADDED
from tests.scenarios import scenario_of
from ui.explain import clicks
from ui.explain.questions import (
    KINDS,
    NOW,
    Change,
    Covered,
    Crossing,
    Frequency,
    Given,
    Move,
    Quantity,
    Question,
    Rounding,
    StateInQuestion,
    TradeOff,
    read,
    where,
)
from ui.session import history, state, visit_ledger

YEARS = (Year(2019, Fraction(9), Fraction("0.7")), Year(2021, Fraction(9), Fraction(8)))
STATES = ("now", "before", "baseline", "entered", "opened", "p1", "p3")


def every_question(edition: Edition, now: Scenario) -> Iterator[Question]:
    """Every question of each kind, in each state that is kept, and with levers set otherwise."""
    states = [StateInQuestion(key) for key in STATES]
    for id in edition.indicators:
        levers = edition.own_levers(id)
        sliders = [lever for lever in levers if edition.levers[lever].low < edition.levers[lever].high]
        ends = [{}, *({lever: edition.levers[lever].low} for lever in sliders)]
        fine = [lever for lever in sliders if not edition.levers[lever].is_count]
        ends += [{lever: edition.levers[lever].high - edition.levers[lever].step / 2} for lever in fine]
        tried = [where("p1", end) for end in ends if all(value is not None for value in end.values())]
        yield from (Quantity(id, quantity) for quantity in QUANTITIES)
        yield from (Quantity(id, name, there) for name, there in product(QUANTITIES, (*states, *tried)))
        yield from (Rounding(id, end, there) for end, there in product(("low", "high"), states))
        yield from (Crossing(id, lever, there) for lever, there in product(levers, (*states, *tried)))
        yield from (TradeOff(id, *pair, there) for *pair, there in product(levers, levers, states)
                    if pair[0] != pair[1])  # fmt: skip
        for since, there in product(states, states):
            yield from (Change(id, name, since, there) for name in ("change", "together"))
            yield from (Change(id, "effect", since, there, lever) for lever in edition.levers)
        yield from (Move(id, year) for year in YEARS)
        one = project(edition, now)[id]
        need = needed(one.kind, one.path.h1, one.target)
        yield from (Frequency(id, name, YEARS, need) for name in FREQUENCIES)
    carried = carried_indicator(edition)
    yield from (Covered(carried.id, name) for name in COVERED if carried)
    yield from (Given.of(edition, id) for id in edition.figures)


@contextmanager
def visited(edition: Edition, moved: Scenario, kept: Scenario) -> Iterator[PageState]:
    """A page whose visitor has moved, kept plans, typed past years and brought a ledger."""
    plans = (Plan(kept), None, Plan(baseline(edition)))
    page = replace(open_link([], edition), scenario=moved, plans=plans)
    with (
        patch.object(state, "as_opened", return_value=page),
        patch.object(state, "own_years", return_value=("", YEARS)),
        patch.object(history, "before_last", return_value=baseline(edition)),
        patch.object(visit_ledger, "held", return_value=SimpleNamespace(ledger=Ledger(()))),
    ):
        yield page


@pytest.fixture
def opened(haidong: Edition) -> Iterator[PageState]:
    moved = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", f"{VALUE_ADDED}.h1_share=46")
    with visited(haidong, moved, scenario_of(haidong, f"{VALUE_ADDED}.q3=5")) as page:
        yield page


def test_every_question_reads_back_what_it_writes(opened: PageState) -> None:
    questions = {*map(type, every_question(opened.edition, opened.scenario))}
    assert questions == {*KINDS} == {*Question.__subclasses__()}
    assert_read_back(opened)


def test_every_question_of_another_citys_edition_reads_back_what_it_writes() -> None:
    edition = load_edition(INVENTED_EDITION)
    slider = next(lever for lever in edition.levers.values() if lever.default not in (None, lever.low))
    moved = change(edition, baseline(edition), [(slider.id, plain(slider.low))])
    with visited(edition, moved, moved) as opened:
        assert opened.scenario != baseline(edition)
        assert_read_back(opened)


def assert_read_back(opened: PageState) -> None:
    questions = {clicks.asks(one): one for one in every_question(opened.edition, opened.scenario)}
    assert len(questions) > 1000
    for text, question in questions.items():
        assert read(opened, text.split(" ")) == question, text
        assert len(text) <= clicks._LONGEST, text


def test_no_two_kinds_of_question_read_the_same_words(haidong: Edition, opened: PageState) -> None:
    vocabularies = [QUANTITIES, FREQUENCIES, COVERED, CHANGES, ("rounding", "crossing", "trade_off", "year")]
    words = [word for vocabulary in vocabularies for word in vocabulary]
    assert len({*words}) == len(words)
    for kind in KINDS:
        one = next(one for one in every_question(haidong, opened.scenario) if type(one) is kind)
        kinds = KINDS if one.words[0] in haidong.indicators else (Given,)
        assert [other for other in kinds if other.read(opened, one.words)] == [kind]


def test_a_question_that_was_read_knows_its_state(haidong: Edition, opened: PageState) -> None:
    question = Quantity(INVESTMENT, "full_year", where("p1", {f"{INVESTMENT}.intensity_q3": Fraction(150)}))
    found = read(opened, question.words)
    assert isinstance(found, Quantity) and found.state.otherwise == (f"{INVESTMENT}.intensity_q3",)
    # 22.5·(1.5 + 1) + 45 = 101.25 % of the target
    assert (answer := found.answer(haidong)) and answer.value == Fraction("101.25")
    assert Quantity(INVESTMENT, "full_year", NOW).words == (INVESTMENT, "full_year", "now")
