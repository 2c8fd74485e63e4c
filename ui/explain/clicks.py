"""Which number does the visitor want explained?  Numbers in sentences and tables can be clicked,
or reached by Tab and Enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ui.explain.questions import Question, read
from ui.html.elements import Markup, element
from ui.session import state
from ui.session.browser import Part
from ui.text.speech import Speech

_SCRIPT = Path(__file__).with_suffix(".js")
_LONGEST = 400  # characters of a text that names a number


def asks(question: Question) -> str:
    """What a browser sends when a number with this question is clicked.

    >>> from ui.explain.questions import Quantity
    >>> asks(Quantity("start_rate", "full_year"))
    'start_rate full_year'
    """
    return " ".join(question.words)


def _asking(name: str, text: str, question: Question | None) -> Markup:
    """A text that asks for a number's arithmetic when it is clicked."""
    way = {} if question is None else {"role": "button", "tabindex": "0", "data_asks": asks(question)}
    return element("span", text, class_=name, **way)


def number_html(text: str, question: Question | None = None) -> Markup:
    """A number and its unit, kept on one line, that opens its arithmetic at a click if a question names it.

    >>> from ui.explain.questions import Quantity
    >>> print(number_html("5 %", Quantity("start_rate", "full_year")))
    <span class="n" role="button" tabindex="0" data-asks="start_rate full_year">5 %</span>
    """
    return _asking("n", text, question)


def arithmetic_html(speech: Speech, question: Question) -> Markup:
    """The way to a number's arithmetic for who does not think of clicking the number."""
    return _asking("way", speech.say("arithmetic.way"), question)


def part() -> Part:
    """Hears those clicks, wherever on the page they are."""
    return Part("clicks", _SCRIPT.read_text(encoding="utf-8"), hears={"number": _heard})


def _heard(words: object) -> None:
    _ask(str(words))


def heard_on_chart(points: Iterable[Mapping[str, object]]) -> bool:
    """Ask for the number whose label was clicked on a chart (in its callback), if one was:
    its words stand in a field `…_asks`.
    """
    return any(
        [_ask(str(text)) for point in points for field, text in point.items() if field.endswith("_asks")]
    )


def _ask(text: str) -> bool:
    """What a browser sends is believed only where it names a number of this edition,
    in a state that is there.
    """
    words = text[:_LONGEST].split(" ")
    is_number = len(text) <= _LONGEST and read(state.current(), words) is not None
    if is_number:
        state.ask(*words)
    return is_number
