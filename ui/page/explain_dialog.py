"""How was this number worked out?  Any quantity of an indicator as its formula with the numbers in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import streamlit as st

from hdmodel import Edition, PageState
from hdmodel.edition import COUNTED, Figure
from hdmodel.explain.change import CHANGES
from hdmodel.explain.steps import Step
from hdmodel.explain.symbols import Symbol, infix
from hdmodel.explain.worked_lines import QUANTITIES, Leaf, Worked, in_full
from hdmodel.links.plans import SLOTS
from hdmodel.numbers import half_up, plain
from hdmodel.scenario import in_effect
from ui.answers.passage_words import place_words
from ui.answers.plan_rows import title_of
from ui.answers.reason_sentences import lever_value, lever_values
from ui.explain.questions import (
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
)
from ui.html.elements import Markup, element, remark
from ui.html.show import show_html
from ui.html.tables import table_html
from ui.session import state
from ui.text.speech import MINUS, Speech
from ui.text.texts import TEXTS

_DECIMALS, _DIGITS, _MOST_ZEROS = 2, 6, 12


def arithmetic(opened: PageState, speech: Speech) -> None:
    """The worked line of the number that was asked for, in a dialog;
    another number of the same state is a choice away.
    """
    words = state.asked()
    question = None if words is None else read(opened, words)
    if question is None:
        return
    of = opened.edition.indicators.get(question.indicator)
    title = " · ".join((*([speech.pick(of.label)] if of else []), told_of(opened, question, speech)))

    @st.dialog(speech.say("arithmetic.title"), width="large")
    def shown() -> None:
        st.text(title)
        chosen = _chosen(opened.edition, question, speech) if isinstance(question, Quantity) else question
        answer = chosen.answer(opened.edition)
        if answer is None:
            st.caption(speech.say("arithmetic.none"))
        else:
            name = quantity_name(opened.edition, chosen.indicator, answer.quantity, speech)
            show_html(worked_html(opened.edition, answer, speech, Asked(tried_in(chosen), name)))

    shown()


def _chosen(edition: Edition, question: Quantity, speech: Speech) -> Quantity:
    """The number itself, or another one of the same state."""
    all_of_them = {name: replace(question, quantity=name) for name in QUANTITIES}
    names = [name for name, asked in all_of_them.items() if asked.answer(edition) is not None]
    if not names:
        return question
    return all_of_them[
        st.selectbox(
            speech.say("arithmetic.choose"),
            names,
            names.index(question.quantity) if question.quantity in names else 0,
            key=f"quantity-{state.times_asked()}",
            format_func=lambda name: quantity_name(edition, question.indicator, name, speech),
        )
    ]


def quantity_name(edition: Edition, indicator: str, quantity: str, speech: Speech) -> str:
    """What a quantity is called; in the terms of a lever that has words of its own, in those."""
    of = edition.indicators.get(indicator)
    own = f"quantity.{quantity}.{of.form.asked.name}" if of else ""
    return speech.say(own if own in TEXTS else f"quantity.{quantity}")


def told_of(opened: PageState, question: Question, speech: Speech) -> str:
    """Which state or which past years a number is of, in words; for a change, from which to which."""

    def state_(asked_state: StateInQuestion) -> str:
        return _state_named(opened, asked_state, speech)

    def lever(id: str) -> str:
        return speech.pick(opened.edition.levers[id].label)

    match question:
        case Quantity(state=now):
            return state_(now)
        case Given(figure=id):
            return speech.pick(opened.edition.figures[id].label)
        case Rounding(end=end, state=now):
            return speech.say(f"asked.rounding.{end}", state=state_(now))
        case Crossing(lever=id, state=now):
            return speech.say("asked.crossing", state=state_(now), lever=lever(id))
        case TradeOff(lever=id, other=other, state=now):
            return speech.say("asked.trade_off", state=state_(now), lever=lever(id), other=lever(other))
        case Change(since=since, state=now, lever=""):
            return speech.say("asked.change", since=state_(since), state=state_(now))
        case Change(since=since, state=now, lever=id):
            values = [in_effect(opened.edition, asked_state.scenario)[id] for asked_state in (since, now)]
            old, new = lever_values(opened.edition, id, values, speech)
            return speech.say(
                "asked.effect", since=state_(since), state=state_(now), lever=lever(id), old=old, new=new
            )
        case Covered(state=now):
            return speech.say("asked.covered", state=state_(now))
        case Move(year=year):
            return speech.say("asked.year", year=str(year.year))
        case Frequency(years=years):
            return speech.say("asked.years", first=str(years[0].year), last=str(years[-1].year))
    raise TypeError(question)


def _state_named(opened: PageState, supposed: StateInQuestion, speech: Speech) -> str:
    """A state by its name, and what is set otherwise in it."""
    plans = dict(zip(SLOTS, opened.plans, strict=True))
    key = supposed.key or "now"
    name = title_of(key, plans[key], speech) if key in plans else speech.say(f"asked.{key}")
    if not supposed.otherwise:
        return name
    values = in_effect(opened.edition, supposed.scenario)
    set_ = (
        speech.say(
            "asked.set",
            lever=speech.pick(opened.edition.levers[id].label),
            value=lever_value(opened.edition, id, values[id], speech),
        )
        for id in supposed.otherwise
    )
    return speech.say("asked.otherwise", state=name, levers=speech.say("moved.and").join(set_))


def tried_in(question: Question) -> tuple[str, ...]:
    """The levers that only the question sets: what nobody has entered or supposed."""
    match question:
        case Quantity(state=state_) | Crossing(state=state_):
            return state_.otherwise
        case TradeOff(other=other):
            return (other,)
    return ()


@dataclass(frozen=True)
class Asked:
    """What a question adds to the lines that answer it: the levers that are only tried out,
    and what the result is called if otherwise than usual.
    """

    otherwise: tuple[str, ...] = ()
    name: str = ""


def worked_html(edition: Edition, answer: Worked, speech: Speech, asked: Asked = Asked()) -> Markup:
    """The worked lines, one a step, and the table of the numbers in them."""
    result_name = asked.name or speech.say(f"quantity.{answer.quantity}")
    lines = []
    for step in answer.steps:
        lever = speech.pick(edition.levers[step.lever].label) if step.lever else ""
        name = _step_name(edition, step, lever, speech) if step.gives else result_name
        name = speech.say(f"step.in.{step.year}", step=name, lever=lever) if step.year else name
        formula = f"{infix(step.expression, in_line)} = " if step.expression.operands else ""
        result = f"{in_line(step.expression)} {speech.unit_of_number(step.unit)}".rstrip()
        if not step.gives and step.unit in COUNTED and answer.quantity not in CHANGES:
            result += _in_whole(answer.value, speech)
        why = _why(edition, step, answer.quantity, speech) if formula else ""
        lines.append(element("p", element("b", name), f" = {formula}", element("b", result)))
        lines += [element("p", why, class_="remark reason")] if why else []
    columns = [speech.say(f"column.{name}") for name in ("term", "value", "tag", "source", "paragraph")]
    leaves = [replace(leaf, tag="tried") if leaf.id in asked.otherwise else leaf for leaf in answer.leaves]
    terms = [_term(edition, leaf, _which(leaf, answer), speech) for leaf in leaves]
    note = remark(speech.say("arithmetic.rounded"))
    return element("div", *lines, note, class_="worked") + table_html(columns, terms, "terms")


def _why(edition: Edition, step: Step, quantity: str, speech: Speech) -> str:
    """Why a step is reckoned so: the words of its formula, the note of its figure, or words of its own."""
    if step.formula:
        return speech.say(f"formula.{step.formula}.how")
    if step.figure:
        return speech.pick(edition.figures[step.figure].note)
    own = f"why.{step.gives or quantity}"
    return speech.say(own) if own in TEXTS else ""


def _which(leaf: Leaf, answer: Worked) -> str:
    """Of a number that stands in a change with two values: whether it is the one before the move or after."""
    values = [other for other in answer.leaves if other.id == leaf.id]
    return (
        ""
        if answer.quantity not in CHANGES or len(values) == 1
        else "before"
        if leaf == values[0]
        else "after"
    )


def _step_name(edition: Edition, step: Step, lever: str, speech: Speech) -> str:
    """What a step that is not the result gives, in words."""
    if step.gives in edition.figures:
        return speech.pick(edition.figures[step.gives].label)
    return speech.say(f"step.{step.gives}", lever=lever)


def _in_whole(count: Fraction, speech: Speech) -> str:
    """The whole projects that a count which is none comes to."""
    whole = max(Fraction(ceil(count)), Fraction(0))
    return "" if whole == count else speech.say("arithmetic.whole", count=speech.count(whole))


def in_line(symbol: Symbol) -> str:
    """A number in a worked line: to six digits, at least two of them decimals, none that is zero;
    a calculator can follow it.
    """
    before_point = (
        len(str(int(abs(symbol.value)))) if abs(symbol.value) >= 1 else -_zeros_after_point(abs(symbol.value))
    )
    return plain(half_up(symbol.value, max(_DECIMALS, _DIGITS - before_point))).replace("-", MINUS)


def _zeros_after_point(value: Fraction) -> int:
    """How many zeros stand between the point and the first digit of a number below one.

    >>> [_zeros_after_point(Fraction(value)) for value in ("0.05", "0.5", "0")]
    [1, 0, 0]
    """
    return next((zeros for zeros in range(_MOST_ZEROS) if value * 10 ** (zeros + 1) >= 1), 0)


def _term(edition: Edition, leaf: Leaf, which: str, speech: Speech) -> tuple[str, ...]:
    label = _named(edition, leaf, speech)
    # what is taken otherwise than published stands there to its last digit
    value = (
        in_full(leaf.value)
        if _is_otherwise(edition.figures.get(leaf.id), leaf)
        else in_line(Symbol(leaf.value))
    )
    return (
        speech.say(f"term.{which}", term=label) if which else label,
        f"{value} {speech.unit_of_number(leaf.unit)}",
        speech.say(f"tag.{leaf.tag}"),
        speech.pick(edition.sources[leaf.source].publisher) if leaf.source else "",
        place_words(edition, leaf, speech),
    )


def _named(edition: Edition, leaf: Leaf, speech: Speech) -> str:
    """A number by the name of its lever or figure, or, for one that is of no edition, by the catalogue's."""
    figure, lever = edition.figures.get(leaf.id), edition.levers.get(leaf.id)
    if lever is not None and (figure is None or not leaf.source):
        return speech.pick(lever.label)
    if figure is None:
        return speech.say(leaf.id if leaf.id.startswith("stage.") else f"term.{leaf.id}")
    label = speech.pick(figure.label)
    if leaf.value == figure.value:
        return label
    key = "term.printed" if _is_otherwise(figure, leaf) else "term.follows"
    return speech.say(key, term=label, printed=figure.written)


def _is_otherwise(figure: Figure | None, leaf: Leaf) -> bool:
    """Whether a printed figure is taken at another value than it is published with."""
    return figure is not None and bool(leaf.source) and not figure.formula and leaf.value != figure.value
