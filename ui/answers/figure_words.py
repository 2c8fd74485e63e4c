"""How is a figure of the edition said?  As its source writes it, and how it follows from others."""

from __future__ import annotations

from hdmodel import Edition
from hdmodel.edition import Figure
from hdmodel.numbers import plain
from ui.text.speech import Speech


def figure_as_shown(figure: Figure, speech: Speech) -> str:
    """A printed figure as its source writes it; a worked-out one with two decimals,
    or fewer where that is exact.
    """
    if figure.value is None:
        return speech.say("blank")
    if figure.written:
        printed = f"{figure.written} {speech.unit_of_number(figure.printed_unit or figure.unit)}"
        value = f"{plain(figure.value)} {speech.unit_of_number(figure.unit)}"
        return (
            speech.say("sources.converted", printed=printed, value=value) if figure.is_converted else printed
        )
    places = next((places for places in (0, 1) if (figure.value * 10**places).denominator == 1), 2)
    return speech.amount(figure.value, figure.unit, places)


def how_words(edition: Edition, figure: Figure, speech: Speech) -> str:
    """How a figure follows from others, if it does, and what there is to note."""
    parts = _formula_in_words(edition, figure, speech), speech.pick(figure.note)
    return " — ".join(part for part in parts if part)


def _formula_in_words(edition: Edition, figure: Figure, speech: Speech) -> str:
    """A data formula with each id replaced by what it stands for."""
    text = figure.formula.replace("*", "×").replace("/", "÷").replace(" - ", " − ")
    for id in sorted(edition.figures, key=len, reverse=True):
        text = text.replace(id, f"「{speech.pick(edition.figures[id].label)}」")
    return f"= {text}" if text else ""
