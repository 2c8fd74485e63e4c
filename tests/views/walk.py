"""A visitor who does anything in any order, and a shadow in plain Python that keeps what should be
supposed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hdmodel import Edition, Lever, PageState, Scenario, baseline, open_link, preset, project, write_link
from hdmodel.links.link import VIEWS
from hdmodel.links.plans import SLOTS, Plan, named
from hdmodel.links.telephone_code import write_code
from hdmodel.links.values import on_step, written
from hdmodel.scenario import together_with
from tests.page import told_to_the_browser
from tests.wire import Browser
from ui.page.cards import card_label
from ui.page.levers import WITH_LEVERS
from ui.session import keys
from ui.session.slider_and_field import typed_key
from ui.text.speech import Speech

Values = dict[str, Fraction | None]
Step = tuple[str, int]


@dataclass
class Shadow:
    """What should be supposed, kept, and shown, and the way back and forth."""

    edition: Edition
    values: Values
    plans: tuple[Plan | None, ...]
    view: str
    focus: str
    language: str
    past: list[tuple[Scenario, tuple[Plan | None, ...]]] = field(default_factory=list)
    future: list[tuple[Scenario, tuple[Plan | None, ...]]] = field(default_factory=list)

    @classmethod
    def of(cls, opened: PageState) -> Shadow:
        return cls(
            opened.edition,
            opened.scenario.as_dict(),
            opened.plans,
            opened.view,
            opened.focus,
            opened.language,
        )

    @property
    def scenario(self) -> Scenario:
        return Scenario(tuple(self.values.items()))

    @property
    def present(self) -> tuple[Scenario, tuple[Plan | None, ...]]:
        return self.scenario, self.plans

    def can_be(self, values: Values) -> bool:
        """Whether these values hold together."""
        pairs = [(id, written(value)) for id, value in values.items()]
        return not open_link(pairs, self.edition).problems

    def change(self, values: Values | None = None, plans: tuple[Plan | None, ...] | None = None) -> None:
        """A move, which can be taken back."""
        before = self.present
        self.values = {**self.values, **(values or {})}
        self.plans = self.plans if plans is None else plans
        if self.present != before:
            self.past.append(before)
            self.future.clear()

    def step(self, source: list[Any], behind: list[Any]) -> None:
        if source:
            behind.append(self.present)
            scenario, self.plans = source.pop()
            self.values = scenario.as_dict()

    def with_plan(self, slot: str, plan: Plan | None) -> tuple[Plan | None, ...]:
        return tuple(plan if name == slot else kept for name, kept in zip(SLOTS, self.plans, strict=True))

    def opened(self) -> PageState:
        return PageState(self.edition, self.scenario, self.view, self.focus, self.language, (), self.plans)


class Walk:
    """A visitor's browser and the shadow beside it."""

    def __init__(self, query: str = "") -> None:
        self.browser = Browser.opened(query)
        self.shadow = Shadow.of(open_link([*told_to_the_browser(self.browser.page)["address"].items()]))

    def take(self, step: Step) -> None:
        """One thing that the visitor does, as the step's number has it; nothing where it cannot be done."""
        name, number = step
        ACTIONS[name](self, random.Random(number))

    def differences(self) -> list[str]:
        """What the page says otherwise than the shadow."""
        browser, shadow = self.browser, self.shadow
        page, found = browser.page, []

        def compare(what: str, is_now: object, wanted: object) -> None:
            if is_now != wanted:
                found.append(f"{what}: {is_now!r} for {wanted!r}")

        def compare_values(what: str, values: Values) -> None:
            for id, value in shadow.values.items():
                compare(f"{what} {id}", values.get(id), value)

        address = open_link([*told_to_the_browser(page)["address"].items()], shadow.edition)
        compare_values("address", address.scenario.as_dict())
        compare_values("kept", page.session_state[keys.NOW].as_dict())
        for name in ("plans", "view", "focus", "language"):
            compare(name, getattr(address, name), getattr(shadow, name))
        history = page.session_state[keys.HISTORY]
        for name in ("past", "future"):
            steps = [(history.log[at].scenario, history.log[at].plans) for at in getattr(history, name)]
            compare(f"{name} has", len(steps), len(getattr(shadow, name)))
            compare(f"{name} is", steps == getattr(shadow, name), True)
        for id, value in shadow.values.items():
            for key in (id, typed_key(id)):
                if browser.has(key):
                    shown = browser.showing(key)
                    shown = shown[0] if isinstance(shown, list) else shown
                    compare(f"shown {key}", shown, None if value is None else float(value))
        if shadow.view in WITH_LEVERS:
            projections, speech = project(shadow.edition, shadow.scenario), Speech(shadow.language)
            for id, indicator in shadow.edition.indicators.items():
                if indicator.headline:
                    label = card_label(shadow.edition, shadow.scenario, projections[id], speech)
                    compare(f"card {id}", browser.element(f"card-{id}").label, label)
        return found


# --- what a visitor does


def _any_value(lever: Lever, chance: random.Random) -> Fraction:
    most = min(lever.high, lever.low + 60) if lever.is_entry else lever.high
    step = lever.step if lever.step >= Fraction(1, 10) else Fraction(1, 10)
    return lever.low + step * chance.randint(0, int((most - lever.low) / step))


def _held(walk: Walk, lever: Lever, value: Fraction) -> Fraction:
    """A lever that was moved is held to what its joint limit leaves."""
    if lever.joint is None:
        return value
    others = together_with(walk.shadow.edition, lever, {**walk.shadow.values, lever.id: Fraction(0)})
    return min(value, max(lever.low, lever.joint - others))


def slide(walk: Walk, chance: random.Random) -> None:
    sliders = [key for key in walk.browser.keys("slider") if key in walk.shadow.values]
    if sliders:
        lever = walk.shadow.edition.levers[chance.choice(sliders)]
        value = _any_value(lever, chance)
        _move(walk, lever, value, lambda: walk.browser.set(lever.id, [float(value)]))


def type_beside(walk: Walk, chance: random.Random) -> None:
    fields = [key for key in walk.browser.keys("number_input") if key.startswith("typed:")]
    if fields:
        key = chance.choice(fields)
        lever = walk.shadow.edition.levers[key.removeprefix("typed:")]
        value = _any_value(lever, chance) + chance.choice([Fraction(0), lever.step / 4])
        value = min(value, lever.high)
        _move(walk, lever, on_step(lever, value), lambda: walk.browser.set(key, float(value)))


def step_beside(walk: Walk, chance: random.Random) -> None:
    """The + or − of a field: what it shows, a step on."""
    fields = [key for key in walk.browser.keys("number_input") if key.startswith("typed:")]
    if fields:
        key = chance.choice(fields)
        lever = walk.shadow.edition.levers[key.removeprefix("typed:")]
        shown = walk.browser.showing(key)
        if shown is not None:
            value = Fraction(repr(shown)) + lever.step * chance.choice([-1, 1])
            if lever.low <= value <= lever.high:
                _move(walk, lever, value, lambda: walk.browser.set(key, float(value)))


def _move(walk: Walk, lever: Lever, value: Fraction, sets: Callable[[], bool]) -> None:
    """The browser sets a lever, unless that would break a joint limit or the control takes nothing."""
    held = _held(walk, lever, value)
    if walk.shadow.can_be({**walk.shadow.values, lever.id: held}) and sets():
        walk.shadow.change({lever.id: held})


def enter(walk: Walk, chance: random.Random) -> None:
    """Type into an entry, or empty it."""
    if walk.browser.has("entries") and not walk.browser.showing("entries"):
        walk.browser.set("entries", True)
        walk.browser.hear()
    fields = [key for key in walk.browser.keys("number_input") if key in walk.shadow.values]
    if fields:
        lever = walk.shadow.edition.levers[chance.choice(fields)]
        value = None if chance.random() < 0.2 else _any_value(lever, chance)
        made: Values = {lever.id: value}
        if lever.role == "actual" and value is not None:
            ways = walk.shadow.edition.actuals_of(lever.indicator)
            made = {**dict.fromkeys(ways), **made}
        if walk.shadow.can_be({**walk.shadow.values, **made}) and walk.browser.set(
            lever.id, None if value is None else float(value)
        ):
            walk.shadow.change(made)


def fold(walk: Walk, chance: random.Random) -> None:
    """Open or close what is folded."""
    folds = walk.browser.keys("expandable")
    if folds:
        key = chance.choice(folds)
        walk.browser.set(key, not walk.browser.showing(key))


def another_way(walk: Walk, chance: random.Random) -> None:
    """Say that it is another figure of Q3 that is at hand."""
    ways = [key for key in walk.browser.keys("radio") if key.startswith("way-")]
    if ways:
        key = chance.choice(ways)
        walk.browser.set(key, chance.choice(list(walk.browser.element(key).options)))


def take_out(walk: Walk, chance: random.Random) -> None:
    """The way back from an entry to what stands without it."""
    ways = [key for key in walk.browser.keys("button") if key.removeprefix("back-") in walk.shadow.values]
    if ways:
        key = chance.choice(ways)
        made: Values = {key.removeprefix("back-"): None}
        if walk.shadow.can_be({**walk.shadow.values, **made}) and walk.browser.press(key):
            walk.shadow.change(made)


def focus(walk: Walk, chance: random.Random) -> None:
    cards = [key for key in walk.browser.keys("button") if key.startswith("card-")]
    others = [key for key in cards if key != f"card-{walk.shadow.focus}"]
    if others:
        key = chance.choice(others)
        walk.browser.press(key)
        walk.shadow.focus = key.removeprefix("card-")


def view(walk: Walk, chance: random.Random) -> None:
    walk.shadow.view = chance.choice(VIEWS)
    walk.browser.press(f"view-{walk.shadow.view}")


def language(walk: Walk, chance: random.Random) -> None:
    walk.browser.press("language")
    walk.shadow.language = "en" if walk.shadow.language == "zh" else "zh"


def undo(walk: Walk, chance: random.Random) -> None:
    if walk.browser.has("undo") and walk.browser.press("undo"):
        walk.shadow.step(walk.shadow.past, walk.shadow.future)


def redo(walk: Walk, chance: random.Random) -> None:
    if walk.browser.has("redo") and walk.browser.press("redo"):
        walk.shadow.step(walk.shadow.future, walk.shadow.past)


def _opened(walk: Walk, menu: str, button: str) -> bool:
    """Open a menu that is on the page; whether the button is in it."""
    if walk.browser.has(menu) and not walk.browser.showing(menu):
        walk.browser.set(menu, True)
        walk.browser.hear()
    return walk.browser.has(button)


def reset(walk: Walk, chance: random.Random) -> None:
    if _opened(walk, "reset", "reset-baseline") and walk.browser.press("reset-baseline"):
        walk.shadow.change(baseline(walk.shadow.edition).as_dict())


def scenario(walk: Walk, chance: random.Random) -> None:
    name = chance.choice(list(walk.shadow.edition.scenarios))
    levers = walk.shadow.edition.levers
    values = {id: v for id, v in preset(walk.shadow.edition, name).values if not levers[id].is_entry}
    if (
        walk.shadow.can_be({**walk.shadow.values, **values})
        and _opened(walk, "scenarios", f"scenario-{name}")
        and walk.browser.press(f"scenario-{name}")
    ):
        walk.shadow.change(values)


def _slot(walk: Walk, chance: random.Random) -> tuple[str, Plan | None] | None:
    at = chance.randrange(len(SLOTS))
    return (SLOTS[at], walk.shadow.plans[at]) if walk.browser.has("keep-p1") else None


def keep(walk: Walk, chance: random.Random) -> None:
    if (of := _slot(walk, chance)) and walk.browser.press(f"keep-{of[0]}"):
        walk.shadow.change(plans=walk.shadow.with_plan(of[0], Plan(walk.shadow.scenario)))


def load(walk: Walk, chance: random.Random) -> None:
    if (of := _slot(walk, chance)) and of[1] and walk.browser.press(f"load-{of[0]}"):
        walk.shadow.change(of[1].scenario.as_dict())


def swap(walk: Walk, chance: random.Random) -> None:
    if (of := _slot(walk, chance)) and of[1]:
        walk.browser.press(f"swap-{of[0]}")
        here = walk.shadow.with_plan(of[0], Plan(walk.shadow.scenario))
        walk.shadow.change(of[1].scenario.as_dict(), here)


def clear(walk: Walk, chance: random.Random) -> None:
    if (of := _slot(walk, chance)) and of[1] and walk.browser.press(f"clear-{of[0]}"):
        walk.shadow.change(plans=walk.shadow.with_plan(of[0], None))


def rename(walk: Walk, chance: random.Random) -> None:
    if (of := _slot(walk, chance)) and of[1]:
        name = chance.choice(["稳", "b_1~2", ""])
        if walk.browser.set(f"name-{of[0]}", name):
            walk.shadow.change(plans=walk.shadow.with_plan(of[0], Plan(of[1].scenario, named(name))))


def keep_preset(walk: Walk, chance: random.Random) -> None:
    edition, levers = walk.shadow.edition, walk.shadow.edition.levers
    name = chance.choice(list(edition.scenarios))
    if (of := _slot(walk, chance)) and _opened(walk, f"preset-{of[0]}", f"preset-{of[0]}-{name}"):
        made = {id: value for id, value in walk.shadow.values.items() if levers[id].is_entry}
        values = {**preset(edition, name).as_dict(), **made}
        if walk.shadow.can_be(values):
            label = named(Speech(walk.shadow.language).pick(edition.scenarios[name].label))
            walk.browser.press(f"preset-{of[0]}-{name}")
            plan = Plan(Scenario(tuple(values.items())), label)
            walk.shadow.change(plans=walk.shadow.with_plan(of[0], plan))


def come_back(walk: Walk, chance: random.Random) -> None:
    """A row of the log."""
    if walk.browser.has("log"):
        walk.browser.press("log")
        walk.browser.hear()
        rows = [key for key in walk.browser.keys("button") if key.removeprefix("back-").isdecimal()]
        if rows:
            key = chance.choice(rows)
            moment = walk.browser.page.session_state[keys.HISTORY].log[int(key.removeprefix("back-"))]
            if walk.browser.press(key):
                walk.shadow.change(moment.scenario.as_dict(), moment.plans)


def code(walk: Walk, chance: random.Random) -> None:
    """A code that was read out replaces the sliders, and keeps what was entered."""
    edition = walk.shadow.edition
    sliders = [lever for lever in edition.levers.values() if not lever.is_typed_alone]
    wanted = {lever.id: lever.default for lever in sliders}
    for lever in chance.sample(sliders, 3):
        if lever.joint is None:
            wanted[lever.id] = _any_value(lever, chance)
    text = write_code(edition, Scenario(tuple({**baseline(edition).as_dict(), **wanted}.items())))
    if walk.shadow.can_be({**walk.shadow.values, **wanted}):
        walk.browser.press("share")
        walk.browser.hear()
        walk.browser.set("code-heard", text)
        walk.browser.hear()
        if walk.browser.press("open-code"):
            walk.shadow.change(wanted)


def another_visit(walk: Walk, chance: random.Random) -> None:
    """The link is opened by somebody else, or the address loaded again."""
    walk.browser.hear()
    link = write_link(walk.shadow.opened())
    walk.browser = Browser.opened(link)
    walk.shadow.past, walk.shadow.future = [], []


ACTIONS: dict[str, Callable[[Walk, random.Random], None]] = {
    action.__name__: action
    for action in (
        slide, type_beside, step_beside, enter, fold, another_way, take_out, focus, view, language,
        undo, redo, reset, scenario, keep, load, swap, clear, rename, keep_preset, come_back, code,
        another_visit,
    )
}  # fmt: skip
_OFTEN = ("slide", "slide", "type_beside", "step_beside", "enter", "focus", "focus", "view", "undo", "undo")


def steps_of(seed: int, length: int) -> list[Step]:
    """The steps of a walk, the same for the same seed."""
    chance = random.Random(seed)
    return [(chance.choice([*ACTIONS, *_OFTEN]), chance.randrange(10**9)) for _ in range(length)]


def differences(steps: list[Step], every: int = 1) -> list[str]:
    """Where a walk first shows something else than the shadow; the browser hears of every so manieth step
    only, and of those before it at once.
    """
    walk = Walk()
    for place, step in enumerate(steps, start=1):
        walk.take(step)
        if place % every == 0 or place == len(steps):
            walk.browser.hear()
            if found := walk.differences():
                return found
    return []


def shortest(steps: list[Step], every: int = 1) -> list[Step]:
    """As few of the steps as still show a difference."""
    size = len(steps) // 2
    while size:
        at = 0
        while at < len(steps):
            fewer = steps[:at] + steps[at + size :]
            if differences(fewer, every):
                steps = fewer
            else:
                at += size
        size //= 2
    return steps
