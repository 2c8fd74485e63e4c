"""House rules, read from the source: who may import what, and that words and formulas keep up with it."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hdmodel.edition import TAGS
from hdmodel.forms import FORMS
from hdmodel.language.languages import LANGUAGES
from hdmodel.problems import KINDS, WORDS
from hdmodel.projection import STATUSES
from tests.folders import ROOT
from ui.html.elements import Markup, element, plain_text
from ui.session import keys
from ui.text.speech import Speech
from ui.text.texts import TEXTS, UNITS
from ui.views.sources import formula_names

MODEL, PAGE = (
    sorted((ROOT / "hdmodel").rglob("*.py")),
    [ROOT / "app.py", ROOT / "hosted.py", *sorted((ROOT / "ui").rglob("*.py"))],
)


# Each room may import from itself and from those before it: data flow one way.
ROOMS = {
    "hdmodel": ("language", "", "forms", "reading", "links", "explain"),
    "ui": (
        "html",
        "text",
        "host",
        "session",
        "explain",
        "files",
        "answers",
        "charts",
        "page",
        "handover",
        "views",
    ),
}


def room(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as it reads; the rules look at each some ten times."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def rooms_of(path: Path) -> Iterator[tuple[str, str]]:
    """The rooms of the file's own package that it imports from; "" is the package's own floor."""
    package = path.relative_to(ROOT).parts[0]
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            parts = (node.module or "").split(".")[1:]
            names = parts[:1] or [alias.name for alias in node.names]
            for name in names:
                yield package, name if name in ROOMS[package] else ""


@pytest.mark.parametrize(
    "path",
    [path for path in (*MODEL, *PAGE[2:]) if path.name not in ("__init__.py", "__main__.py")],
    ids=room,
)
def test_a_room_imports_from_those_before_it_only(path: Path) -> None:
    package, *folders, _ = path.relative_to(ROOT).parts
    order = ROOMS[package]
    own = folders[0] if folders else ""
    assert own in order, f"{own}: a new room has a place in the order"
    for _, other in rooms_of(path):
        assert order.index(other) <= order.index(own), f"{own} imports from {other}"


def test_a_folder_is_seen_at_a_glance() -> None:
    for package in ROOMS:
        for folder in (
            ROOT / package,
            *(path for path in (ROOT / package).iterdir() if path.is_dir() and path.name != "__pycache__"),
        ):
            assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 24, folder


def test_no_retired_name_comes_back() -> None:
    table = (ROOT / "docs" / "names.md").read_text(encoding="utf-8")
    retired = re.findall(
        r"^\| `([\w.]+)` \| `([\w.]+)` \|", table.split("## Retired names")[1], flags=re.MULTILINE
    )
    assert len(retired) > 40
    for old, new in retired:
        assert not (ROOT / f"{old.replace('.', '/')}.py").exists(), f"{old} is now {new}"
        assert (ROOT / f"{new.replace('.', '/')}.py").exists(), new


def test_no_retired_class_comes_back() -> None:
    table = (ROOT / "docs" / "names.md").read_text(encoding="utf-8").split("## Retired names")[1]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (*MODEL, *PAGE))
    rows = re.findall(r"^\| class `(\w+)` \| (.+) \|", table, flags=re.MULTILINE)
    assert len(rows) >= 5
    for old, new in rows:
        assert not re.search(rf"^class {old}\b", source, flags=re.MULTILINE), f"{old} is now {new}"
        for name in re.findall(r"`(\w+)`", new):
            assert re.search(rf"^class {name}\b", source, flags=re.MULTILINE), name


def test_every_module_stands_in_the_table_of_names() -> None:
    table = (ROOT / "docs" / "names.md").read_text(encoding="utf-8").split("## Retired names")[0]
    named = set(re.findall(r"`((?:hdmodel|ui)\.[\w.]+)`", table))
    there = {
        room(path).removesuffix(".py").replace("/", ".")
        for path in (*MODEL, *PAGE[2:])
        if not path.name.startswith("__")
    }
    assert named == there


def test_tests_stand_in_the_room_that_they_ask_about_and_share_by_modules_of_their_own() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        assert path.parent.parent == ROOT / "tests", f"{room(path)}: a room is one folder below `tests`"
        for node in nodes_of(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
                assert ".test_" not in f".{node.module}", f"{room(path)}: what tests share is no test"


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }


def forms_named_in(source: str) -> set[str]:
    """The forms that stand in a module by name: in a text, or as the module that is imported."""
    tree = ast.parse(source)
    others = docstrings(tree)
    words = {
        word
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in others
        for word in re.findall(r"\w+", node.value)
    }
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name for name in FORMS if name in words or f"hdmodel.forms.{name}" in modules}


@pytest.mark.parametrize("path", [path for path in (*MODEL, *PAGE) if path.parent.name != "forms"], ids=room)
def test_a_form_is_named_in_its_own_room_only(path: Path) -> None:
    assert forms_named_in(path.read_text(encoding="utf-8")) == set(), "ask the form (`hdmodel.form`)"


def test_a_form_that_is_named_is_found() -> None:
    for source in (
        'if indicator.form.name == "project_flow": ...',
        'KEY = {"start_rate": 1}',
        'say(f"effect.weighted_growth.{unit}")',
        "from hdmodel.forms.reading import READING",
    ):
        assert len(forms_named_in(source)) == 1, source
    assert forms_named_in('"""A project_flow."""') == set()


def kinds_named_in(source: str) -> set[str]:
    """The kinds of year that a module names: a new one would have to be added there."""
    tree = ast.parse(source)
    others = docstrings(tree)
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in others)
    return {form.kind.name for form in FORMS.values()} & {str(node.value) for node in constants}


OUTSIDE_FORMS = [path for path in (*MODEL, *PAGE) if "forms" not in path.parts and path.name != "form.py"]


@pytest.mark.parametrize("path", OUTSIDE_FORMS, ids=room)
def test_a_kind_is_named_in_its_own_room_only(path: Path) -> None:
    assert kinds_named_in(path.read_text(encoding="utf-8")) == set(), "ask the kind (`hdmodel.form.Kind`)"


def test_a_kind_that_is_named_is_found() -> None:
    for source in ('if projection.kind == "flow": ...', '_PLACES = {"growth": 1}', 'kind in ("level",)'):
        assert len(kinds_named_in(source)) == 1, source
    assert kinds_named_in('"""flow"""\nkey = "flow_share"') == set()


def languages_named_in(source: str) -> set[str]:
    """The codes and tags of languages that a module names, and columns or fields that end in one."""
    names = {name for language in LANGUAGES.values() for name in (language.code, language.tag)}
    tree = ast.parse(source)
    others = docstrings(tree)
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in others)
    texts = {node.value for node in constants if isinstance(node.value, str)}
    fields = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    fields |= {node.arg or "" for node in ast.walk(tree) if isinstance(node, ast.keyword | ast.arg)}
    ends = tuple(f"_{name}" for name in names)
    return (names & (texts | fields)) | {text for text in texts | fields if text.endswith(ends)}


@pytest.mark.parametrize("path", [*MODEL, *PAGE], ids=room)
def test_no_module_names_a_language(path: Path) -> None:
    assert languages_named_in(path.read_text(encoding="utf-8")) == set(), (
        "ask for what is meant (`hdmodel.language.languages.Language`)"
    )


def test_a_language_that_is_named_is_found() -> None:
    for source in (
        'if speech.language == "zh": ...',
        '_FONT = {"en": "Calibri"}',
        'columns = ("id", "label_zh")',
        'about[f"city_{place}_en"]',
        "text = words.zh",
        'Words(en="a")',
        'element("html", lang="zh-CN")',
    ):
        assert len(languages_named_in(source)) == 1, source
    assert languages_named_in('"""In zh."""\nkey = "length"; taken = frozen') == set()


def test_every_form_has_a_module_of_its_own() -> None:
    modules = {path.stem for path in MODEL if path.parent.name == "forms"} - {"__init__"}
    assert {*FORMS} == modules


def imported(path: Path) -> set[str]:
    """The top-level packages a file imports, inside functions too."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "__import__", path.name
    return found


@pytest.mark.parametrize("path", MODEL, ids=room)
def test_the_model_imports_the_standard_library_only(path: Path) -> None:
    assert imported(path) <= {*sys.stdlib_module_names, "hdmodel"} - {"importlib"}


@pytest.mark.parametrize("path", PAGE, ids=room)
def test_the_page_imports_streamlit_pandas_altair_and_the_model(path: Path) -> None:
    extra = {
        "elements.py": {"markupsafe"},
        "lever_map_rows.py": {"numpy"},
        "share.py": {"segno"},
        "spreadsheets.py": {"openpyxl"},
        "other_workbooks.py": {"python_calamine"},
        "old_workbooks.py": {"olefile"},
        "workbook_parts.py": {"openpyxl"},
        "ledger_file.py": {"openpyxl"},
        "edition_file.py": {"openpyxl"},
        "book.py": {"xlsxwriter"},
        "official_page.py": {"docx"},
        "vega.py": {"vl_convert"},
        "counters.py": {"prometheus_client"},
        "gate.py": {"starlette"},
        "server.py": {"starlette"},
        "messages.py": {"starlette"},
        "uploads.py": {"starlette"},
    }.get(path.name, set())
    assert (
        imported(path)
        <= {*sys.stdlib_module_names, "hdmodel", "ui", "streamlit", "pandas", "pyarrow", "altair"} | extra
    )


def test_no_arithmetic_on_the_page() -> None:
    operators = [
        node
        for node in ast.walk(ast.parse((ROOT / "app.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.BinOp)
    ]
    assert operators == []


@pytest.mark.parametrize("path", [*MODEL, *PAGE], ids=room)
def test_a_module_says_what_it_answers_and_has_a_name_of_the_trade(path: Path) -> None:
    tree = tree_of(path)
    first = (ast.get_docstring(tree) or "").splitlines()
    assert first, "a first line that says which question it answers"
    if path.stem not in ("__init__", "__main__", "app", "hosted"):
        assert "?" in first[0], first[0]
    assert not re.search(r"util|helper|manager|process|misc|common", path.stem)
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and path in MODEL
        ):
            assert ast.get_docstring(node) or node.name == "HasId", f"{path.name}: {node.name}"


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


AREAS = sorted({key.partition(".")[0] for key in TEXTS})


def texts_of(area: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts whose keys begin so: 1,500 tests of a line each take longer to count than to run."""
    return ((key, words) for key, words in TEXTS.items() if key.partition(".")[0] == area)


@pytest.mark.parametrize("area", AREAS)
def test_every_text_stands_in_every_language_with_the_same_gaps(area: str) -> None:
    for key, words in texts_of(area):
        assert {*words} == {*LANGUAGES}, key
        assert len({frozenset(gaps(text)) for text in words.values()}) == 1, key
        if key == "between_sentences":
            continue
        assert all(words.values()), key
        for code, language in LANGUAGES.items():
            is_plain = language.closes_up or key.startswith("tag")
            assert is_plain or not re.search(r"[\u4e00-\u9fff]", words[code]), (key, words[code])


def said(asks: str = r"(\.say|\.html|^Phrase)$") -> set[str]:
    """Every literal key that the page or the model asks the tables for; a gap stands for any text."""
    return {
        key
        for path in (*PAGE, *MODEL)
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and re.search(asks, ast.unparse(node.func))
        for key in keys_in(node.args[0])
    }


def test_a_text_with_markup_is_asked_for_as_html_only() -> None:
    html = [re.compile(".*".join(map(re.escape, key.split("*")))) for key in said(r"\.html$")]
    plain = said(r"\.say$")
    with_markup = {key for key, words in TEXTS.items() if any("<" in text for text in words.values())}
    assert len(with_markup) > 15
    for key in with_markup:
        assert key not in plain and any(pattern.fullmatch(key) for pattern in html), key
        with pytest.raises(ValueError, match="markup"):  # also where its key has gaps
            Speech("zh").say(key)


def test_html_in_a_gap_makes_html_and_closes_up_in_chinese_like_plain_text() -> None:
    number, speech = element("b", "4 项"), Speech("zh")
    with pytest.raises(ValueError, match="markup"):  # or its tags would be read as text later
        speech.say("say.exact", target=number)
    said = speech.html("say.exact", target=number)
    assert isinstance(said, Markup) and said == "恰好等于 <b>4 项</b>的目标"
    assert plain_text(said) == speech.say("say.exact", target="4 项")
    assert speech.html("say.exact", target="<b>4 项</b>") == "恰好等于 &lt;b&gt;4 项&lt;/b&gt; 的目标"


@pytest.mark.parametrize("area", AREAS)
def test_the_markup_of_a_text_is_bold_or_emphasis_and_whole_in_every_language(area: str) -> None:
    for key, words in texts_of(area):
        tags = [re.findall(r"<(b|em)>[^<]*</\1>", text) for text in words.values()]
        assert len({tuple(sorted(names)) for names in tags}) == 1, key
        for text in words.values():
            assert not re.search("[<&]", re.sub(r"<(b|em)>([^<]*)</\1>", r"\2", text)), (key, text)


OUTSIDE_HTML = [path for path in PAGE if path.parent.name != "html"]


@pytest.mark.parametrize("path", OUTSIDE_HTML, ids=room)
def test_html_is_made_in_its_own_room_only(path: Path) -> None:
    assert faults_of_html(path.read_text(encoding="utf-8")) == []


def faults_of_html(source: str) -> list[str]:
    """Where a module writes tags, escapes them by hand, or hands HTML to Streamlit past the one door."""
    tree = ast.parse(source)
    others, faults = docstrings(tree), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in others:
            faults += re.findall(r"</?[a-z][a-z0-9]*\b[^<]*>?", node.value)
        elif isinstance(node, ast.Import):
            faults += [alias.name for alias in node.names if alias.name in ("html", "markupsafe")]
        elif isinstance(node, ast.ImportFrom):
            faults += [node.module or ""] if node.module in ("html", "markupsafe") else []
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            is_door = re.search(r"(?<!speech)(?<!live)\.html$", name) and not name.startswith("ui.")
            faults += [name] if is_door or name.split(".")[-1] in ("Markup", "iframe") else []
            faults += [f"{word.arg}" for word in node.keywords if (word.arg or "").startswith("unsafe_")]
    return faults


@pytest.mark.parametrize(
    "source",
    [
        "import html",
        "from html import escape",
        "from markupsafe import Markup",
        "Markup(name)",
        "st.html(name)",
        "place.html(name)",
        "st.markdown(name, unsafe_allow_html=True)",
        'said = f"<b>{name}</b>"',
        "said = f'<p class=\"{name}\">'",
        'said = "</p>"',
    ],
)
def test_html_that_is_made_elsewhere_is_found(source: str) -> None:
    assert faults_of_html(source)


def test_what_asks_for_html_or_draws_it_is_no_fault() -> None:
    source = 'show_html(element("p", speech.html("say.short", by=by), "a < b", "x => y"))'
    assert faults_of_html(source) == []


def test_every_phrase_of_the_model_is_used() -> None:
    asked = [re.compile(".*".join(re.escape(part) for part in key.split("*"))) for key in said()]
    unused = {key for key in WORDS if not any(pattern.fullmatch(key) for pattern in asked)}
    assert unused == set()


def keys_in(argument: ast.expr) -> set[str]:
    match argument:
        case ast.JoinedStr(values):
            return {"".join(value.value if isinstance(value, ast.Constant) else "*" for value in values)}
        case ast.Constant(str() as key):
            return {key}
        case ast.IfExp(_, body, orelse):
            return keys_in(body) | keys_in(orelse)
    return set()


def test_every_text_that_is_asked_for_exists() -> None:
    for key in said():
        pattern = re.compile(".*".join(re.escape(part) for part in key.split("*")))
        assert any(pattern.fullmatch(name) for name in TEXTS), key


def test_every_status_tag_fault_and_formula_has_its_words() -> None:
    needed = {f"status.{status}" for status in STATUSES} | {f"tag.{tag}" for tag in (*TAGS, "")}
    needed |= {f"problem.{kind}" for kind in KINDS}
    needed |= {f"formula.{name}{part}" for name in formula_names() for part in ("", ".how")}
    assert needed <= set(TEXTS)


def test_no_formula_is_described_that_is_not_there() -> None:
    described = {key.split(".")[1] for key in TEXTS if key.startswith("formula.")}
    assert described == {*formula_names(), "status"}


def test_every_unit_of_the_edition_can_be_said(haidong) -> None:
    units = {
        item.unit
        for table in (haidong.figures, haidong.levers, haidong.indicators)
        for item in table.values()
    }
    assert units <= set(UNITS)


def test_every_requirement_has_its_reason_and_a_tested_range() -> None:
    reasons = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-sign-in.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert f"`{re.split('[<>=~]', line)[0]}`" in reasons, line
                assert "<" in line and ">=" in line, f"{line}: pinned to a tested range"


def test_the_top_level_holds_what_has_earned_it() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    if not tracked:
        pytest.skip("not a git checkout")
    expected = {
        "app.py",
        "hdmodel",
        "ui",
        "data",
        "tests",
        "requirements.txt",
        "README.md",
        "CHANGELOG.md",
        "pyproject.toml",
    }
    expected |= {"README.zh-CN.md", "requirements-dev.txt", "requirements-sign-in.txt", "hosted.py"}
    expected |= {".streamlit", ".ci", ".gitignore", "docs", "bench", "deploy"}
    assert {name.split("/")[0] for name in tracked} <= expected


def test_the_style_sheet_leaves_a_press_cheap() -> None:
    rules = re.sub(
        r"/\*.*?\*/", "", (ROOT / "ui" / "page" / "look.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert ".st-key-cards" in rules
    assert "[class" not in rules and ":has(" not in rules, (
        "each press would have the style of the whole page worked out anew"
    )


def literals() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text of the code that can be a key: plain ones, and those with gaps as patterns."""
    plain, patterns = set(), []
    for path in (*MODEL, *PAGE):
        for node in nodes_of(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+"
                    for part in node.values
                ]
                if (
                    isinstance(node.values[0], ast.Constant) and "." in node.values[0].value
                ):  # one that begins with a gap fits anything
                    patterns.append(re.compile("".join(parts)))
    return plain, patterns


def test_every_text_is_used() -> None:
    plain, patterns = literals()
    by_group = ("wanted.", "found.")  # of which the sentence that fits is looked for (`ui.files.faults`)
    unused = [
        key
        for key in TEXTS
        if key not in plain
        and key.removesuffix(".about") not in plain
        and not key.startswith(by_group)
        and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize("path", [path for path in PAGE if {"answers", "text"} & {*path.parts}], ids=room)
def test_answers_and_texts_draw_nothing(path: Path) -> None:
    assert "streamlit" not in imported(path)


def test_only_the_room_of_the_session_touches_what_a_visitor_holds() -> None:
    for path in PAGE:
        if path.parent.name != "session":
            assert "session_state" not in path.read_text(encoding="utf-8"), f"{room(path)}: ui.session.keys"


@pytest.mark.parametrize("path", PAGE, ids=lambda path: path.stem)
def test_what_makes_a_file_when_it_is_asked_for_asks_no_session(path: Path) -> None:
    """It runs outside of any, where every key seems to be empty."""
    of_sessions = {"keys", "state", "visit", "visit_ledger", "history", "st"}
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button"):
            makers = [
                part for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Lambda)
            ]
            asked = {name.id for maker in makers for name in ast.walk(maker) if isinstance(name, ast.Name)}
            assert not asked & of_sessions, f"line {node.lineno}"


def test_every_key_of_the_session_is_named_once_and_used() -> None:
    assert len({*keys.KEYS}) == len(keys.KEYS) > 25
    source = "\n".join(path.read_text(encoding="utf-8") for path in PAGE if path.name != "keys.py")
    for name, value in vars(keys).items():
        if isinstance(value, keys.Key):
            assert f"keys.{name}" in source, f"nothing stands at {name}"
    assert not re.search(r'session_state(?:\.\w+\(|\[)"_', source), (
        "a key that is not named in ui/session/keys.py"
    )


def test_all_that_the_installed_model_needs_is_declared() -> None:
    """`pip install .` takes what `pyproject.toml` names: every room, every table below hdmodel and data."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = settings["tool"]["setuptools"]
    rooms = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "hdmodel").rglob("__init__.py")
    }
    assert {*declared["packages"]} == {*rooms, "hdmodel.data"}
    folders = {"hdmodel": ROOT / "hdmodel", "hdmodel.data": ROOT / declared["package-dir"]["hdmodel.data"]}
    taken = {
        path
        for package, patterns in declared["package-data"].items()
        for pattern in patterns
        for path in folders[package].glob(pattern)
    }
    read = {
        path for folder in folders.values() for path in folder.rglob("*") if path.suffix in (".csv", ".json")
    }
    assert read and read == taken
    assert "dependencies" not in settings["project"], "the model is the standard library alone"
