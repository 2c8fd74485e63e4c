"""Several editions on one host: the page begins with the newest, offers the others, and an older one says
what has come after it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hdmodel import open_link, released_edition
from hdmodel.reading.edition import load_edition, newer_edition
from tests.page import html_of, opened_page, written_address
from tests.reading.host import HAIDONG, add, look_again


def revise(root: Path, id: str, **about: str) -> None:
    """A copy of the real edition with other lines in its `edition.csv`."""
    folder = add(root, id, id=id)
    text = (folder / "edition.csv").read_text(encoding="utf-8")
    pairs = [line.partition(",")[::2] for line in text.splitlines()]
    lines = [f"{key},{about.get(key, value)}" for key, value in pairs]
    (folder / "edition.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    look_again()


def test_with_one_edition_there_is_nothing_to_choose() -> None:
    page = opened_page()
    page.session_state["editions-here"] = True
    page.run()
    assert not any((button.key or "").startswith("edition-") for button in page.button)
    assert newer_edition(released_edition()) is None


def steps_offered(page: AppTest) -> list[str]:
    return [expander.label for expander in page.expander if "有更新的一版" in expander.label]


def test_the_page_begins_with_the_newest_and_an_older_one_says_so(host: Path) -> None:
    revise(host, "haidong-2022-h1-r2", revision="2")
    revise(host, "xining-2021-h1", city_zh="西宁市", city_en="Xining", year="2021")
    assert released_edition().id == "haidong-2022-h1-r2"
    assert open_link([]).edition.id == "haidong-2022-h1-r2"
    assert open_link([("e", HAIDONG)]).edition.id == HAIDONG, "a link is of the edition that it names"
    older = opened_page(f"e={HAIDONG}&telecom_volume.q3=31")
    assert steps_offered(older) == [
        "有更新的一版：海东市2022年 · 数据截至2022年6月 · 第2版——和现在的假设对照"
    ]
    assert not steps_offered(opened_page()) and not steps_offered(opened_page("e=xining-2021-h1"))
    assert "有更新的一版" not in html_of(older), "it is said once"


def test_another_edition_is_chosen_in_the_header_and_comes_back_as_it_was_left(host: Path) -> None:
    revise(host, "haidong-2022-h1-r2", revision="2")
    page = opened_page(f"e={HAIDONG}&telecom_volume.q3=31&view=compare")
    page.session_state["editions-here"] = True
    page.run()
    page.button("edition-haidong-2022-h1-r2").click().run()
    assert written_address(page) == {"e": "haidong-2022-h1-r2", "view": "compare"} and not page.exception
    page.session_state["editions-here"] = True
    page.run()
    page.button(f"edition-{HAIDONG}").click().run()
    assert written_address(page) == {"e": HAIDONG, "telecom_volume.q3": "31", "view": "compare"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("year", "2022年"), ("year", "abc"), ("year", "22"), ("revision", "一"), ("revision", "0")],
)
def test_year_and_revision_are_whole_numbers(key: str, value: str, host: Path) -> None:
    from hdmodel import BadInput

    folder = add(host, "haidong-2022-h1-r2", id="haidong-2022-h1-r2")
    text = (folder / "edition.csv").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith(key))
    (folder / "edition.csv").write_text(text.replace(line, f"{key},{value}"), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_edition(folder)
    assert [(problem.place.row, problem.found) for problem in caught.value.problems] == [
        (text.splitlines().index(line) + 1, value)
    ]
