"""The picture of an answer: its words, its size, its code, and what strangers wrote in it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from hdmodel import Edition, PageState, Words, open_link, project
from tests.handover.drawings import words_of
from tests.handover.states import ABOUT, random_states
from ui.answers.sentences import result_sentence
from ui.handover.drawing import on_sheet
from ui.handover.picture import CHAT, SLIDE, Shape, _laid, chat_picture, slide_drawing, slide_picture
from ui.handover.view_answer import explore_answer
from ui.html.elements import plain_text
from ui.page.about import About
from ui.page.cards import card_words
from ui.text.speech import Speech

ZH, EN = Speech("zh"), Speech("en")
LONG = About(ABOUT.made, "https://example.org/?v=3&" + "a.b=1&" * 900)  # more than a code holds


def picture_of(opened: PageState, about: About, shape: Shape, speech: Speech) -> str:
    """The picture of where the year lands, as SVG."""
    return on_sheet(*_laid(opened, about, explore_answer(opened, speech), shape, speech).finished())


@pytest.mark.parametrize("speech", [ZH, EN], ids=["zh", "en"])
def test_the_picture_says_what_the_page_says(haidong: Edition, speech: Speech) -> None:
    for at, scenario in enumerate(random_states(haidong, 10, 21)):
        focus = list(haidong.indicators)[at % 5]
        opened = replace(open_link([], haidong), scenario=scenario, focus=focus)
        projection = project(haidong, scenario)[focus]
        said = words_of(picture_of(opened, ABOUT, CHAT, speech))
        sentence = plain_text(result_sentence(haidong, scenario, projection, speech))
        assert sentence.replace(" ", "") in said
        year = re.match("[^ ]+", card_words(haidong, scenario, projection, speech).year)
        assert year and year[0] in said
        assert "2022-08-0509:30" in said and haidong.digest in said
        assert (
            plain_text(speech.pick(haidong.sources["haidong-daily-2022-h1"].title)).replace(" ", "") in said
        )


def test_a_slide_is_sixteen_to_nine_and_a_picture_for_a_chat_as_wide_as_a_phone_shows(
    haidong: Edition,
) -> None:
    opened = open_link([], haidong)
    answer = explore_answer(opened, ZH)
    assert Image.open(io.BytesIO(slide_picture(opened, ABOUT, answer, ZH))).size == (1920, 1080)
    assert Image.open(io.BytesIO(chat_picture(opened, ABOUT, answer, ZH))).size[0] == 1080
    drawing = slide_drawing(opened, ABOUT, answer, ZH)
    assert words_of(drawing) == words_of(picture_of(opened, ABOUT, SLIDE, ZH))


@pytest.mark.parametrize("make", [slide_picture, chat_picture])
def test_the_code_in_a_picture_leads_back(haidong: Edition, make) -> None:
    opened = open_link([], haidong)
    picture = Image.open(io.BytesIO(make(opened, ABOUT, explore_answer(opened, ZH), ZH))).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(np.asarray(picture))] == [ABOUT.link]


def test_a_link_that_no_code_holds_goes_without_one(haidong: Edition) -> None:
    opened = open_link([], haidong)
    long, short = (picture_of(opened, about, CHAT, ZH).count("#000000") for about in (LONG, ABOUT))
    assert short == long + 1


def test_what_strangers_wrote_is_text_in_a_picture(haidong: Edition) -> None:
    hostile = "</text><script>alert(1)</script>&\x00"
    own = {**haidong.indicators}
    id = "general_industrial_investment"
    own[id] = replace(own[id], label=Words.alike(hostile))
    svg = picture_of(open_link([], replace(haidong, indicators=own)), ABOUT, CHAT, ZH)
    assert hostile.removesuffix("\x00") in words_of(svg)
    assert not [one for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("}script")]


def test_nothing_in_a_picture_comes_from_elsewhere(haidong: Edition) -> None:
    svg = picture_of(open_link([], haidong), ABOUT, CHAT, ZH)
    links = {
        value
        for element in ElementTree.fromstring(svg).iter()
        for key, value in element.items()
        if "href" in key
    }
    assert {link for link in links if not link.startswith("#")} == set()
