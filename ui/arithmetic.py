"""How was this number worked out?  Any quantity of an indicator as its formula with the numbers in it."""

from __future__ import annotations

from html import escape

import streamlit as st

from hdmodel import Edition, Opened, Projection, project
from hdmodel.numbers import half_up, plain
from hdmodel.symbols import Symbol, infix
from hdmodel.worked import QUANTITIES, Leaf, in_steps, worked
from ui import state
from ui.tables import table_html
from ui.words import MINUS, Speech


def arithmetic(opened: Opened, speech: Speech) -> None:
    """The worked line of the number that was asked for, in a dialog; another number of the same indicator is a choice away."""
    asked = state.asked()
    if asked is None:
        return
    indicator, quantity = asked
    projection = project(opened.edition, opened.scenario)[indicator]
    names = [name for name in QUANTITIES if worked(opened.edition, opened.scenario, indicator, name)]

    @st.dialog(speech.say("arithmetic.title"), width="large")
    def shown() -> None:
        st.text(speech.pick(opened.edition.indicators[indicator].label))
        if not names:
            st.caption(speech.say("arithmetic.none"))
            return
        chosen = st.selectbox(
            speech.say("arithmetic.choose"),
            names,
            names.index(quantity) if quantity in names else 0,
            format_func=lambda name: speech.say(f"quantity.{name}"),
        )
        st.html(worked_html(opened, projection, chosen, speech))

    shown()


def arithmetic_button(opened: Opened, speech: Speech) -> None:
    """The way to the arithmetic for who does not click a number."""
    st.button(
        speech.say("arithmetic.title"), key="arithmetic", type="tertiary", on_click=state.ask, args=(opened.focus, "full_year")
    )


def worked_html(opened: Opened, projection: Projection, quantity: str, speech: Speech) -> str:
    """The worked lines, one a step, and the table of the numbers in them."""
    found = worked(opened.edition, opened.scenario, projection.id, quantity)
    if found is None:
        return ""
    lines = []
    for step in in_steps(opened.edition, opened.scenario, projection.id, quantity):
        name = speech.say(f"step.{step.gives}") if step.gives else speech.say(f"quantity.{quantity}")
        unit = "" if step.gives else f" {speech.unit(found.unit)}"
        said = infix(step.expression, in_line), in_line(step.expression) + unit
        lines.append(f"<p><b>{escape(name)}</b> = {escape(said[0])} = <b>{escape(said[1])}</b></p>")
    columns = [speech.say(f"column.{name}") for name in ("term", "value", "tag", "source", "paragraph")]
    terms = [_term(opened.edition, leaf, speech) for leaf in found.leaves]
    note = f'<p class="remark">{escape(speech.say("arithmetic.rounded"))}</p>'
    return f'<div class="worked">{"".join(lines)}{note}</div>{table_html(columns, terms, "terms")}'


def in_line(symbol: Symbol) -> str:
    """A number in a worked line: at most two decimals, none that is zero."""
    return plain(half_up(symbol.value, 2)).replace("-", MINUS)


def _term(edition: Edition, leaf: Leaf, speech: Speech) -> tuple[str, ...]:
    figure, lever = edition.figures.get(leaf.id), edition.levers.get(leaf.id)
    item = lever if lever is not None and leaf.tag in ("entered", "supposed") else figure or lever
    assert item is not None
    return (
        speech.pick(item.label),
        f"{in_line(Symbol(leaf.value))} {speech.unit(item.unit)}",
        speech.say(f"tag.{leaf.tag}"),
        speech.pick(edition.sources[leaf.source].publisher) if leaf.source else "",
        speech.say("paragraph", number=leaf.paragraph) if leaf.paragraph.isdigit() else "",
    )
