"""On what does a number rest that nobody has published?  Its tags, and the figures that stand in,
so that they go wherever the number goes: sentences, log, plans, what is copied.
"""

from __future__ import annotations

from hdmodel import Edition, Lever, Scenario
from hdmodel.explain.worked_lines import Leaf, behind_the_year, tag_of_leaf
from ui.text.speech import Speech
from ui.text.texts import TEXTS

TOLD = ("illustrative", "proxy", "entered")  # what is printed, or follows from it, needs no word


def basis_of(edition: Edition, scenario: Scenario, indicator: str) -> dict[str, list[Leaf]]:
    """The figures behind an indicator's year and shortfall by those of their tags that are told;
    empty where there is no year.
    """
    by_tag: dict[str, list[Leaf]] = {tag: [] for tag in TOLD}
    for leaf in behind_the_year(edition, scenario, indicator):
        if (tag := tag_of_leaf(edition, leaf)) in TOLD and not leaf.id.endswith(
            ".base_h1"
        ):  # whose size cancels out
            by_tag[tag].append(leaf)
    return {tag: leaves for tag, leaves in by_tag.items() if leaves}


def tags_of(edition: Edition, scenario: Scenario, indicator: str, speech: Speech) -> str:
    """Those tags as they stand beside a number: `[示意]`; blank without any."""
    return " ".join(f"[{speech.say(f'tag.{tag}')}]" for tag in basis_of(edition, scenario, indicator))


def basis_words(edition: Edition, scenario: Scenario, indicator: str, speech: Speech, *more: str) -> str:
    """What the year rests on, in brackets behind a sentence, and whatever `more` there is to say with it;
    blank without any.
    """
    parts = [
        speech.say(
            "basis.part",
            tag=speech.say(f"tag.{tag}"),
            names=speech.say("moved.and").join(
                dict.fromkeys(stand_in(leaf.id, speech) or _label(edition, leaf, speech) for leaf in leaves)
            ),
        )
        for tag, leaves in basis_of(edition, scenario, indicator).items()
    ]
    parts_said = speech.say("basis.and").join((*parts, *more))
    return speech.say("basis", basis=parts_said) if parts_said else ""


def stand_in(id: str, speech: Speech) -> str:
    """What a figure or an entry is called in a word, blank where the catalogue has none."""
    key = f"stand_in.{id.rpartition('.')[2]}"
    return speech.say(key) if key in TEXTS else ""


def is_multiple_of_h1(edition: Edition, lever: Lever) -> bool:
    """Whether a lever is in % of what the first half brought: for each project, or in a quarter."""
    owner = edition.indicators.get(lever.indicator)
    return owner is not None and owner.form.is_multiple_of_h1 and lever.role == owner.form.asked.name


def _label(edition: Edition, leaf: Leaf, speech: Speech) -> str:
    known = edition.levers.get(leaf.id) or edition.figures[leaf.id]
    return speech.pick(known.label)
