"""The catalogue of sentences is that of the code, and nothing is said past it."""

import ast
from pathlib import Path

import pytest

from reviewer.messages import plural, say
from tests.pseudo import accented, forgotten, spoken
from tests.sentences import unsaid
from tools import messages as tool

ROOT = Path(__file__).resolve().parents[1]

# Folders and modules of which every sentence is in the catalogue. This list only grows.
CONVERTED = ("ui",)


def modules(*names):
    found = [path for name in names for path in _under(ROOT / name)]
    assert found or not names
    return found


def _under(place):
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def calls():
    """Every call that says something: (where, the name of the call, the call)."""
    for path in modules("reviewer", "ui"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in {"say", "plural", "later"}:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def test_the_catalogue_is_that_of_the_code(tmp_path):
    """Where this fails, `make messages` writes it anew."""
    tool.written(tool.extract(ROOT), tmp_path / "new.pot")
    assert tool.POT.read_text("utf-8") == (tmp_path / "new.pot").read_text("utf-8")


@pytest.mark.parametrize("name", CONVERTED)
def test_no_sentence_stands_beside_the_catalogue(name):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:70]}"
        for path in modules(name)
        for line, text in unsaid(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_sentence_is_given_the_fields_that_it_names():
    wrong = []
    for where, name, node in calls():
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        given = {keyword.arg for keyword in node.keywords}
        if texts and name != "later" and None not in given:
            named = set().union(*map(tool.fields, texts))
            wrong += [f"{where}: {field}" for field in (named ^ given) - {"count"}]
    assert wrong == []


def test_nothing_is_said_before_the_language_is_known():
    """A sentence said while its module is imported would be English for ever."""
    early = []
    for path in modules("reviewer", "ui"):
        inside, waiting = [], [ast.parse(path.read_text("utf-8"))]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                waiting += [*node.decorator_list, *node.args.defaults]
                waiting += [default for default in node.args.kw_defaults if default]
            elif not isinstance(node, ast.Lambda):
                inside.append(node)
                waiting += ast.iter_child_nodes(node)
        early += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in inside
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"say", "plural"}
        ]
    assert early == []


def test_the_searches_find_what_they_look_for():
    source = """
def shown(name):
    "Two words that are a docstring."
    label.setObjectName("two words")
    label.setText("Two words")
    label.setText(f"Two words {name}")
    label.setText(say("Two words"))
    return "Open", theme.font("section"), "Ctrl+F"
"""
    assert [line for line, _ in unsaid(source)] == [5, 6, 8]
    with pytest.raises(tool.NoSentenceError):
        list(tool.in_source("def f(n):\n    return say(f'{n} rated')", "x.py"))
    with pytest.raises(tool.NoSentenceError):
        list(tool.in_source("def f(n, one):\n    return plural(one, 'cases', count=n)", "x.py"))


def test_a_translation_with_another_field_is_not_compiled(tmp_path):
    po = tmp_path / "cy" / "LC_MESSAGES" / "reviewer.po"
    po.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for said in ("Seliwyd gan {enw}", "Seliwyd gan {name"):
        po.write_text(f'{head}msgid "Sealed by {{name}}"\nmsgstr "{said}"\n', "utf-8")
        assert len(tool.compiled(po)) == 1
        assert not po.with_suffix(".mo").exists()
    po.write_text(f'{head}msgid "Sealed by {{name}}"\nmsgstr "{{name}}: seliwyd"\n', "utf-8")
    assert tool.compiled(po) == []
    assert po.with_suffix(".mo").exists()


def test_the_language_that_nobody_speaks_keeps_fields_and_finds_what_stayed_english():
    assert accented("Sealed by {name:,}").startswith("[Šéàléd bý {name:,}")
    assert "{name:,}" in accented("Sealed by {name:,}")
    assert len(accented("A sentence of some length, as most are")) > 1.38 * 38
    line = next(
        line for line in (ROOT / "resources/help/steps.txt").read_text().splitlines() if line
    )
    assert forgotten(line.removeprefix("# "))
    assert not forgotten(accented(line))
    with spoken():
        said = say("{count:,} rated", count=3), plural("{count} case", "{count} cases", count=2)
    assert said == ("3 rated", "2 cases")  # no sentence of the catalogue: it is not known
