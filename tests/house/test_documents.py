"""What README, guides and the other documents say is so: their examples are run, their pictures are made,
the pages they lead to are there.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas
import pytest

from docs.pictures import FOLDER, LANGUAGES, PICTURES
from hdmodel import open_link, project, write_link
from tests.folders import ROOT
from tests.indicators import INVESTMENT, STARTS
from tests.scenarios import scenario_of
from ui.answers.sentences import result_sentence
from ui.text.speech import Speech

READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
EXAMPLE = re.compile(r"```console\n\$ (python -m hdmodel.*?)\n(.*?)```", flags=re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_test_command_is_the_one_that_ci_runs(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, flags=re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert readme.index(commands[1]) < 3_000, "both commands stand on the first screen"


@pytest.mark.parametrize("name", READMES)
def test_the_readme_is_a_screen_and_a_half(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_of_a_document_are_what_the_command_line_says(path: Path) -> None:
    for command, shown in EXAMPLE.findall(path.read_text(encoding="utf-8")):
        run = subprocess.run(
            [sys.executable, *shlex.split(command)[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        lines = [line for line in shown.splitlines() if line.strip()]
        assert lines and all(line in (run.stdout + run.stderr).splitlines() for line in lines), run.stderr


def test_there_are_examples() -> None:
    assert sum(len(EXAMPLE.findall(path.read_text(encoding="utf-8"))) for path in DOCUMENTS) >= 3


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_leads_to_pages_that_are_there_and_names_files_that_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for place in re.findall(r"\]\(([^)#]+)\)", text):
        assert (path.parent / place).exists(), place
    if path.name != "CHANGELOG.md":  # which speaks of what once was
        for place in re.findall(r"`((?:ui|hdmodel|bench|tests|data|docs)/[\w./-]+)`", text):
            assert (ROOT / place).exists() or "<" in place, place


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_example_of_a_document_escapes_the_test(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    assert sum(language == "console" for language, _ in blocks) == len(EXAMPLE.findall(text))
    for language, block in blocks:
        if language == "python":
            exec(block, {"pandas": pandas})
            continue
        assert language in ("console", "toml") or block.startswith("python3 -m venv .venv"), block


def test_options_that_the_readmes_name_are_taken() -> None:
    link = write_link(open_link([]))
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        options = re.findall(r"`(--[^`]+)`", text)
        assert len(options) == 7, name
        for option in options:
            words = shlex.split(option.replace("v=3&…", link).replace("PATH", "data/haidong-2022-h1"))
            command = [sys.executable, "-m", "hdmodel", *words]
            run = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
            )
            assert (run.returncode, run.stderr) == (0, ""), option


def test_what_the_readmes_say_of_the_example_the_page_says(haidong) -> None:
    scenario = scenario_of(haidong, f"{INVESTMENT}.intensity_q3=120", f"{STARTS}.starts_q3=4")
    said = result_sentence(haidong, scenario, project(haidong, scenario)[INVESTMENT], Speech("zh"))
    sentence = unescape(re.sub("<[^>]+>", "", said))
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        for part in ("缺口 2.9 个百分点", "若三季度为 120 %，四季度需 112.1 %（取 113 %）"):
            assert part in text and part in sentence, (name, part)


def test_both_readmes_show_the_same_examples_options_and_pages() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    assert EXAMPLE.findall(english) == EXAMPLE.findall(chinese)
    assert re.findall(r"`(--[^`]+)`", english) == re.findall(r"`(--[^`]+)`", chinese)
    pages = [
        {place for place in re.findall(r"\]\(([^)]+)\)", text) if not place.endswith(".png")}
        for text in (english, chinese)
    ]
    assert pages[0] == pages[1]
    headings = [len(re.findall("^## ", text, flags=re.MULTILINE)) for text in (english, chinese)]
    assert headings[0] == headings[1]


def test_every_picture_that_is_shown_is_made_and_every_one_that_is_made_is_shown() -> None:
    made = {FOLDER / picture.file(language) for picture in PICTURES for language in LANGUAGES}
    shown = {
        (path.parent / place).resolve()
        for path in DOCUMENTS
        for place in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    }
    assert shown == made == {*FOLDER.iterdir()}
    assert {*ROOT.glob("docs/*.png")} == set(), "pictures are made by `docs/pictures.py`"
    for path in made:
        assert path.stat().st_size < 120_000, f"{path.name} is kept small"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_chinese_document_shows_the_chinese_page_and_an_english_one_the_english(path: Path) -> None:
    language = "zh" if path.name.endswith(".zh-CN.md") else "en"
    for place in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        assert place.endswith(f".{language}.png"), place
