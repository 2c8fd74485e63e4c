"""How was this number worked out?  Any quantity of an indicator as its formula with the numbers in it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from hdmodel import Edition, Opened
from hdmodel.numbers import half_up, plain
from hdmodel.plans import SLOTS
from hdmodel.scenario import in_effect
from hdmodel.symbols import Symbol, infix
from hdmodel.worked import QUANTITIES, Leaf, Worked, in_full
from ui import state
from ui.asked import Question, Supposed, asks, read
from ui.compare_rows import title_of
from ui.reason_sentence import lever_value
from ui.tables import table_html
from ui.words import MINUS, Speech


def arithmetic(opened: Opened, speech: Speech) -> None:
    """The worked line of the number that was asked for, in a dialog; another number of the same state is a choice away."""
    words = state.asked()
    question = None if words is None else read(opened, words)
    if question is None:
        return
    title = " · ".join((speech.pick(opened.edition.indicators[question.indicator].label), told_of(opened, question, speech)))

    @st.dialog(speech.say("arithmetic.title"), width="large")
    def shown() -> None:
        st.text(title)
        chosen = _chosen(opened.edition, question, speech) if question.quantity in QUANTITIES else question
        found = chosen.answer(opened.edition)
        if found is None:
            st.caption(speech.say("arithmetic.none"))
        else:
            st.html(worked_html(opened.edition, chosen, found, speech))

    shown()


def _chosen(edition: Edition, question: Question, speech: Speech) -> Question:
    """The number itself, or another one of the same state."""
    all_of_them = {name: replace(question, quantity=name) for name in QUANTITIES}
    names = [name for name, one in all_of_them.items() if one.answer(edition) is not None]
    if not names:
        return question
    return all_of_them[
        st.selectbox(
            speech.say("arithmetic.choose"),
            names,
            names.index(question.quantity) if question.quantity in names else 0,
            format_func=lambda name: speech.say(f"quantity.{name}"),
        )
    ]


def told_of(opened: Opened, question: Question, speech: Speech) -> str:
    """Which state a number is of, in words; for a change, from which to which."""
    said = _named(opened, question.state, speech)
    if question.end:
        return speech.say(f"asked.rounding.{question.end}", state=said)
    if question.since is None:
        return said if not question.lever else speech.say("asked.crossing", state=said, lever=_lever(opened, question, speech))
    since = _named(opened, question.since, speech)
    if not question.lever:
        return speech.say("asked.change", since=since, state=said)
    old, new = (
        lever_value(opened.edition, question.lever, in_effect(opened.edition, one.scenario)[question.lever], speech)
        for one in (question.since, question.state)
    )
    return speech.say("asked.effect", since=since, state=said, lever=_lever(opened, question, speech), old=old, new=new)


def _lever(opened: Opened, question: Question, speech: Speech) -> str:
    return speech.pick(opened.edition.levers[question.lever].label)


def _named(opened: Opened, supposed: Supposed, speech: Speech) -> str:
    """A state by its name, and what is set otherwise in it."""
    plans = dict(zip(SLOTS, opened.plans, strict=True))
    key = supposed.key
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


def arithmetic_html(indicator: str, speech: Speech) -> str:
    """The way to the arithmetic for who does not think of clicking a number."""
    return f'<span class="way"{asks(indicator, "full_year")}>{escape(speech.say("arithmetic.way"))}</span>'


def worked_html(edition: Edition, question: Question, found: Worked, speech: Speech) -> str:
    """The worked lines, one a step, and the table of the numbers in them."""
    lines = []
    for step in found.steps:
        lever = speech.pick(edition.levers[step.lever].label) if step.lever else ""
        name = speech.say(f"step.{step.gives}", lever=lever) if step.gives else speech.say(f"quantity.{found.quantity}")
        unit = "" if step.gives else f" {speech.unit(found.unit)}"
        formula = f"{escape(infix(step.expression, in_line))} = " if step.expression.operands else ""
        lines.append(f"<p><b>{escape(name)}</b> = {formula}<b>{escape(in_line(step.expression) + unit)}</b></p>")
    columns = [speech.say(f"column.{name}") for name in ("term", "value", "tag", "source", "paragraph")]
    terms = [_term(edition, leaf, _which(leaf, found.leaves), speech) for leaf in found.leaves]
    note = f'<p class="remark">{escape(speech.say("arithmetic.rounded"))}</p>'
    return f'<div class="worked">{"".join(lines)}{note}</div>{table_html(columns, terms, "terms")}'


def _which(leaf: Leaf, leaves: tuple[Leaf, ...]) -> str:
    """Of a number that stands there with two values: whether it is the one before the move or after."""
    values = [one for one in leaves if one.id == leaf.id]
    return "" if len(values) == 1 else "before" if leaf == values[0] else "after"


def in_line(symbol: Symbol) -> str:
    """A number in a worked line: at most two decimals, none that is zero."""
    return plain(half_up(symbol.value, 2)).replace("-", MINUS)


def _term(edition: Edition, leaf: Leaf, which: str, speech: Speech) -> tuple[str, ...]:
    label, value, unit = _named_value(edition, leaf, speech)
    return (
        speech.say(f"term.{which}", term=label) if which else label,
        f"{value} {speech.unit(unit)}",
        speech.say(f"tag.{leaf.tag}"),
        speech.pick(edition.sources[leaf.source].publisher) if leaf.source else "",
        speech.say("paragraph", number=leaf.paragraph) if leaf.paragraph.isdigit() else "",
    )


def _named_value(edition: Edition, leaf: Leaf, speech: Speech) -> tuple[str, str, str]:
    """A number's name, value and unit; a figure that is taken otherwise than published says so, its value to the last digit."""
    figure, lever = edition.figures.get(leaf.id), edition.levers.get(leaf.id)
    value = in_line(Symbol(leaf.value))
    if lever is not None and (figure is None or leaf.tag in ("entered", "supposed")):
        return speech.pick(lever.label), value, lever.unit
    assert figure is not None
    label = speech.pick(figure.label)
    if leaf.value == figure.value:
        return label, value, figure.unit
    if figure.formula:
        return speech.say("term.follows", term=label), value, figure.unit
    return speech.say("term.printed", term=label, printed=figure.written), in_full(leaf.value), figure.unit
