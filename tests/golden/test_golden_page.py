"""What a person reads in a set of states, held against a file in each language: cards, sentences,
requirements, chart labels.

To accept a change that was meant: `python -m tests.golden.test_golden_page`, and read the difference.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from hdmodel import Edition, Scenario, baseline, change, load_edition, project, released_edition
from hdmodel.projection import Outcome
from hdmodel.reasons import Transition
from tests.folders import INVENTED_EDITION
from tests.indicators import INVESTMENT, STARTS, VALUE_ADDED
from ui.answers.path_rows import path_rows
from ui.answers.reason_sentences import change_sentence
from ui.answers.requirement_rows import bands, requirements, slack
from ui.answers.sentences import result_sentence
from ui.page.cards import card_label
from ui.text.speech import Speech

GOLDEN = Path(__file__).parent
STATES = {
    "baseline": {},
    "the leader's question": {f"{INVESTMENT}.intensity_q3": "120", f"{STARTS}.starts_q3": "4"},
    "a standstill in both quarters": {
        f"{INVESTMENT}.intensity_q3": "0",
        f"{INVESTMENT}.intensity_q4": "0",
        "outside_funds.intensity_q3": "0",
    },
    "the target is far exceeded": {
        f"{INVESTMENT}.intensity_q3": "200",
        f"{INVESTMENT}.intensity_q4": "200",
        f"{STARTS}.starts_q3": "10",
    },
    "growth collapses": {
        f"{VALUE_ADDED}.q3": "-20",
        f"{VALUE_ADDED}.q4": "-20",
        "telecom_volume.q3": "-20",
        "telecom_volume.q4": "-20",
    },
    "growth soars": {f"{VALUE_ADDED}.q3": "40", "telecom_volume.q3": "60"},
    "real amounts, out of reach": {
        f"{INVESTMENT}.target": "40",
        f"{INVESTMENT}.h1": "5",
        "outside_funds.target": "100",
    },
    "real amounts, behind the staged ruler": {
        f"{INVESTMENT}.target": "40",
        f"{INVESTMENT}.h1": "18",
        "pro_rata.q3": "70",
    },
    "a hair short": {
        f"{INVESTMENT}.h1_completion": "49.98",
        f"{VALUE_ADDED}.q3": "-1.8",
        f"{VALUE_ADDED}.q4": "-1.9",
    },
    "H1 has done it all": {f"{INVESTMENT}.h1_completion": "120"},
    "readings and weights entered": {
        "fair_start_rate.q3": "41",
        f"{VALUE_ADDED}.h1_share": "46",
        f"{INVESTMENT}.h1_completion": "45",
    },
}


def told(edition: Edition, states: dict[str, dict[str, str]], language: str) -> str:
    """Every text that the page makes of these states."""
    speech, lines = Speech(language), []
    for name, settings in states.items():
        scenario = change(edition, baseline(edition), settings.items())
        lines.append(f"# {name}: {' '.join(f'{id}={value}' for id, value in settings.items())}")
        for id in edition.indicators:
            lines += [f"## {id}", *_indicator(edition, scenario, id, speech)]
    return "\n".join(lines) + "\n"


def _text(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))


def _indicator(edition: Edition, scenario: Scenario, id: str, speech: Speech) -> list[str]:
    projection = project(edition, scenario)[id]
    rows = path_rows(Outcome(edition, scenario, projection), None, speech)
    labels = ("period", "total_text", "quarter_text", "required_text", "target_text")
    return [
        card_label(edition, scenario, projection, speech).replace("\n", " | "),
        _text(result_sentence(edition, scenario, projection, speech)),
        *(
            " | ".join((row.quarter, row.needed + _text(row.instead), _text(row.amounts_to), row.judged))
            for row in requirements(edition, scenario, projection, speech)
        ),
        *(
            _text(said)
            for said in (
                slack(edition, scenario, projection, speech),
                *bands(edition, scenario, projection, speech),
            )
            if said
        ),
        change_sentence(Transition(edition, baseline(edition), scenario, id), speech),
        " / ".join(" ".join(row[label] for label in labels if row[label]) for row in rows),
        " / ".join(
            ",".join(
                f"{key}={row[key]:g}" for key in sorted(row) if isinstance(row[key], float) and key != "order"
            )
            for row in rows
        ),
    ]


CASES = {
    f"page_{language}.txt": (edition, states, language)
    for language in ("zh", "en")
    for edition, states in ((released_edition("haidong-2022-h1"), STATES),)
} | {"page_invented.txt": (load_edition(INVENTED_EDITION), {"baseline": {}}, "zh")}


@pytest.mark.parametrize("file", CASES)
def test_the_page_says_what_it_said(file: str) -> None:
    assert told(*CASES[file]) == (GOLDEN / file).read_text(encoding="utf-8")


if __name__ == "__main__":
    for file, case in CASES.items():
        (GOLDEN / file).write_text(told(*case), encoding="utf-8")
