"""How was this number worked out?  Any quantity of the indicator in focus as its formula with the numbers in it."""

from __future__ import annotations

from html import escape

import streamlit as st

from hdmodel import Edition, Opened, Projection
from hdmodel.numbers import half_up, plain
from hdmodel.symbols import Symbol, infix
from hdmodel.worked import QUANTITIES, Leaf, in_steps, worked
from ui.tables import table_html
from ui.words import MINUS, Speech


def arithmetic(opened: Opened, projection: Projection, speech: Speech) -> None:
    """A fold-out: choose a quantity, read its line, and below it each number with its tag, source and paragraph."""
    folded = st.expander(speech.say("arithmetic.title"), key="arithmetic", on_change="rerun")
    if not folded.open:
        return
    with folded:
        names = [name for name in QUANTITIES if worked(opened.edition, opened.scenario, projection.id, name)]
        if not names:
            st.caption(speech.say("arithmetic.none"))
            return
        chosen = st.selectbox(
            speech.say("arithmetic.choose"),
            names,
            key=f"arithmetic-{projection.id}",
            format_func=lambda name: speech.say(f"quantity.{name}"),
        )
        st.html(worked_html(opened, projection, chosen, speech))


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
