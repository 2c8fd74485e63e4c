"""What is seen on the offline page?  Cards, sliders, the answer with its chart and map, what rests on what,
the figures with their sources, how it is read, and the way back.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from hdmodel import Lever, project
from hdmodel.edition import QUARTERS, TAGS
from hdmodel.facts import settled_levers
from hdmodel.numbers import plain
from hdmodel.paths import numbers_of
from hdmodel.reading.upload import is_released
from ui.answers.basis import basis_words
from ui.answers.figure_words import figure_as_shown, how_words
from ui.answers.passage_words import place_words
from ui.answers.plan_rows import label_of_row
from ui.answers.reason_sentences import tag_of, tagged_values
from ui.answers.sentences import caveats, label_of, short_name
from ui.handover.offline.lever_map import map_foot, map_head
from ui.handover.offline.parts import Parts, focus_of, shown_of, sliders_of
from ui.html.elements import NOTHING, Markup, element, joined, listed, remark
from ui.html.tables import table_html
from ui.page.about import About, provenance, title_of
from ui.page.cards import last_reading
from ui.page.q3_facts import settled_html
from ui.page.share import is_of_this_machine

_READ: Final = range(1, 7)  # how many things there are to say of how it is read


def body_of(parts: Parts, about: About) -> Markup:
    """The whole body, the strip with the answer last, so that nothing lies over it but what is pointed at."""
    main = element("main", _cards(parts), _workbench(parts), *_below(parts, about))
    tip = element("div", id="tip", hidden="", aria_hidden="true")
    return joined((_head(parts, about), main, _strip(parts), tip))


def _head(parts: Parts, about: About) -> Markup:
    speech = parts.speech
    title = element("h1", title_of(parts.opened, speech))
    about_it = element("p", speech.say("offline.about"))
    lines = element("p", " · ".join(provenance(parts.opened, about, speech)))
    moved = element("p", speech.say("offline.moved"), class_="moved", role="status")
    without = element("noscript", element("p", speech.say("offline.no_script"), class_="moved"))
    return element("header", title, about_it, lines, moved, without, class_="title")


# --- cards


def _cards(parts: Parts) -> Markup:
    focus, shown = focus_of(parts.opened), shown_of(parts.opened)
    cards = (_card(parts, id, is_pressed=id == focus) for id in shown)
    return element("section", *cards, class_="cards", aria_label=parts.speech.say("offline.cards"))


def _card(parts: Parts, id: str, *, is_pressed: bool) -> Markup:
    pressed = "true" if is_pressed else "false"
    return element("button", parts.card(id), type="button", data_focus=id, aria_pressed=pressed)


def _strip(parts: Parts) -> Markup:
    strips = (_of(parts, id, parts.strip(id)) for id in shown_of(parts.opened))
    return element("div", *strips, id="strip", role="status")


def _of(parts: Parts, id: str, *inside: str, class_: str | None = None) -> Markup:
    """What is seen only while an indicator is in focus."""
    hidden = None if id == focus_of(parts.opened) else ""
    return element("div", *inside, class_=class_, data_of=id, hidden=hidden)


# --- sliders and answer


def _workbench(parts: Parts) -> Markup:
    shown, speech = shown_of(parts.opened), parts.speech
    reset = element("button", speech.say("offline.reset"), type="button", id="reset", class_="plain")
    levers = (_of(parts, id, *_quarters(parts, id)) for id in shown)
    left = element("section", reset, *levers, class_="levers", aria_label=speech.say("offline.levers"))
    answers = (_of(parts, id, *_answer(parts, id)) for id in shown)
    chart = element("div", id="chart", aria_hidden="true")
    needed = (_of(parts, id, parts.needed(id)) for id in shown)
    right = element(
        "section",
        *(*answers, chart, *needed, *_lever_maps(parts)),
        class_="answer",
        aria_label=speech.say("offline.answer"),
    )
    return element("div", left, right, class_="workbench")


def _lever_maps(parts: Parts) -> Iterable[Markup]:
    """One place for the map of whichever indicator is in focus, between its title and its table."""
    shown = shown_of(parts.opened)
    yield from (_of(parts, id, map_head(parts, id)) for id in shown)
    yield element("div", id="map", aria_hidden="true")
    yield from (_of(parts, id, *map_foot(parts, id)) for id in shown)


def _quarters(parts: Parts, id: str) -> Iterable[Markup]:
    edition = parts.opened.edition
    levers = [edition.levers[name] for name in edition.own_levers(id)]
    settled = settled_levers(edition, numbers_of(edition, parts.opened.scenario))
    is_q3_known = project(edition, parts.opened.scenario)[id].is_q3_known
    for quarter in QUARTERS:
        own = [lever for lever in levers if lever.quarter == quarter]
        known = [lever for lever in own if lever.id in settled]
        is_known = quarter == "q3" and is_q3_known and known
        title = f"quarter.{quarter if not is_known else 'known' if known == own else 'partly'}"
        if own:
            yield element("h2", parts.speech.say(title), class_="quarter")
        yield from (settled_html(parts.opened, lever, parts.speech) for lever in known)
        yield from (_lever(parts, id, lever) for lever in own if lever.id in sliders_of(parts.opened))


def _lever(parts: Parts, owner: str, lever: Lever) -> Markup:
    """A slider with its steps; one that two indicators share stands under each of them."""
    label, place = label_of(parts.opened.edition, lever, parts.speech), f"{owner} {lever.id}"
    slider = element(
        "input",
        type="range",
        id=place.replace(" ", "-"),
        min=plain(lever.low),
        max=plain(lever.high),
        step=plain(lever.step),
        value=plain(parts.opened.scenario.as_dict()[lever.id] or Fraction(0)),
        data_lever=lever.id,
        autocomplete="off",
    )
    down, up = (_step(parts, way, label) for way in ("down", "up"))
    head = element("p", element("label", label, for_=place.replace(" ", "-")), parts.value("output", lever))
    capped = parts.capped(lever) if lever.joint is not None else NOTHING
    return element("div", head, element("p", down, slider, up, class_="track"), capped, class_="lever")


def _step(parts: Parts, way: str, label: str) -> Markup:
    sign, name = {"down": "\N{MINUS SIGN}", "up": "+"}[way], parts.speech.say(f"input.{way}")
    return element("button", sign, type="button", data_step=way, aria_label=f"{name}: {label}")


def _answer(parts: Parts, id: str) -> Iterable[Markup]:
    opened = parts.opened
    projection = project(opened.edition, opened.scenario)[id]
    yield parts.sentence(id)
    yield from map(remark, caveats(opened.edition, opened.scenario, projection, parts.speech))
    yield parts.chart_key(id)
    yield parts.spoken_chart(id)


# --- what lies below


def _below(parts: Parts, about: About) -> Iterable[Markup]:
    speech = parts.speech
    yield _section("offline.supposed", parts, _supposed(parts))
    yield _section("offline.back", parts, *_back(parts, about))
    yield _section("offline.entered", parts, _entered(parts))
    yield _section("offline.others", parts, _others(parts))
    yield _section("offline.basis", parts, _basis(parts))
    yield _section("offline.read", parts, listed(speech.say(f"offline.read.{at}") for at in _READ))
    yield _section("sources.figures", parts, _figures(parts))
    yield _section("sources.list", parts, _sources(parts))
    means = (f"{speech.say(f'tag.{tag}')}: {speech.say(f'tag.{tag}.means')}" for tag in TAGS)
    yield _section("sources.tags", parts, listed(means))
    yield element("footer", remark(speech.say("offline.made_with")))


def _section(key: str, parts: Parts, *inside: Markup) -> Markup:
    """A part with its heading; blank where there is nothing in it."""
    heading = element("h2", parts.speech.say(key))
    return element("section", heading, *inside, class_=key.replace(".", "-")) if any(inside) else NOTHING


def _back(parts: Parts, about: About) -> Iterable[Markup]:
    speech, edition = parts.speech, parts.opened.edition
    yield remark(speech.say("offline.back.about"))
    link = element("a", speech.say("offline.back.open"), id="link", href=about.link)
    text = element(
        "input", id="link-text", readonly="", value=about.link, aria_label=speech.say("offline.back.text")
    )
    copy = element("button", speech.say("offline.back.copy"), type="button", id="copy", class_="plain")
    copied = element("span", speech.say("offline.back.copied"), id="copied", role="status", hidden="")
    yield element("p", link, text, copy, copied, class_="back")
    yield element("p", about.link, id="link-printed")
    if is_of_this_machine(about.link):
        yield remark(speech.say("share.only_here"))
    if not is_released(edition):
        yield remark(speech.say("editions.in_link", id=edition.id, digest=edition.digest))


def _supposed(parts: Parts) -> Markup:
    """Every slider, as it was exported and as it stands: for paper, where none is seen."""
    edition, speech = parts.opened.edition, parts.speech
    columns = [speech.say(key) for key in ("print.lever", "offline.exported", "print.now")]
    rows = [
        (
            label_of_row(edition, lever.id, speech),
            *tagged_values(edition, lever.id, [parts.opened.scenario], speech),
            parts.value("span", lever),
        )
        for lever in sliders_of(parts.opened).values()
    ]
    return table_html(columns, rows, "supposed") if rows else NOTHING


def _entered(parts: Parts) -> Markup:
    """What a user has entered, which no slider moves."""
    edition, scenario, speech = parts.opened.edition, parts.opened.scenario, parts.speech
    made = [id for id, value in scenario.values if value is not None and edition.levers[id].is_typed_alone]
    lines = (
        speech.say("offline.entry", name=speech.pick(edition.levers[id].label), value=value)
        for id in made
        for value in tagged_values(edition, id, [scenario], speech)
    )
    return listed(lines) if made else NOTHING


def _others(parts: Parts) -> Markup:
    """The indicators that no slider moves and that have no card."""
    rest = [id for id in parts.opened.edition.indicators if id not in shown_of(parts.opened)]
    return listed(_other(parts, id) for id in rest) if rest else NOTHING


def _other(parts: Parts, id: str) -> str:
    edition, scenario, speech = parts.opened.edition, parts.opened.scenario, parts.speech
    projection = project(edition, scenario)[id]
    year, places = projection.path.full_year, edition.indicators[id].places_in(projection.unit)
    tag = "" if year is None else tag_of(edition, scenario, last_reading(parts.opened, id), speech)
    value = f"{speech.amount(year, projection.unit, places)} {tag}".strip()
    return speech.say("offline.entry", name=speech.pick(edition.indicators[id].label), value=value)


def _basis(parts: Parts) -> Markup:
    """Which indicators rest on figures that are illustrative, stand in, or were entered."""
    edition, scenario, speech = parts.opened.edition, parts.opened.scenario, parts.speech
    of_each = [(id, basis_words(edition, scenario, id, speech).strip()) for id in edition.indicators]
    lines = [f"{short_name(edition, id, speech)}{basis}" for id, basis in of_each if basis]
    return listed(lines) if lines else element("p", speech.say("offline.basis.none"))


def _figures(parts: Parts) -> Markup:
    edition, speech = parts.opened.edition, parts.speech
    columns = ("figure", "value", "tag", "source", "paragraph", "how")
    rows = (
        (
            speech.pick(figure.label),
            figure_as_shown(figure, speech),
            speech.say(f"tag.{figure.tag}"),
            speech.pick(edition.sources[figure.source].publisher),
            place_words(edition, figure, speech),
            how_words(edition, figure, speech),
        )
        for figure in edition.figures.values()
    )
    return table_html([speech.say(f"column.{name}") for name in columns], rows, "figures", is_labelled=True)


def _sources(parts: Parts) -> Markup:
    edition, speech = parts.opened.edition, parts.speech
    rows = (
        (speech.pick(source.title), speech.pick(source.publisher), source.date, speech.pick(source.locator))
        for source in edition.sources.values()
    )
    columns = (speech.say(f"column.{name}") for name in ("source", "publisher", "date", "note"))
    return table_html([*columns], rows, "list", is_labelled=True)
