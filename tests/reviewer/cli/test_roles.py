"""Every command of the chair on a panellist's casebook: refused in a sentence, nothing changed."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.cli.main import COMMANDS, commands
from reviewer.rounds.recusal import recuse
from tests.books import PASSPHRASE
from tests.reviewer.exchange import panel

ANYBODYS = {
    "accept", "backup", "backups", "cases", "copy", "demo", "events", "framework", "journal",
    "new", "original", "passphrase", "receipt", "recover", "recovery", "redo", "restore", "scans",
    "search", "status", "terms", "text", "undo", "verify",
}  # fmt: skip
A_RATERS = {"apply", "mark", "marks", "moved", "recuse", "reopen", "return", "seal", "sheet"}
# ... and the rest, as a panellist who tries would type them; `{f}` is a file that is there.
THE_CHAIRS = {
    "agenda": [[]],
    "determine": [
        ["--case", "C001", "--factor", "SYS-CALL", "--value", "3", "--reason", "r"],
        ["--case", "C001", "--factor", "SYS-CALL", "--reopen", "--reason", "r"],
    ],
    "movement": [[]],
    "import": [["--register", "{f}"], ["--case", "C001", "{f}"], ["--folder", "{d}"]],
    "case": [["--case", "C001", "--title", "Other"]],
    "cell": [["--case", "C001", "--factor", "SYS-CALL"]],
    "choose": [["ab" * 32], ["ab" * 32, "--undo"]],
    "confirm": [["--member", "Bo", "--words", "a b c d e f"]],
    "correct": [["{f}", "--case", "C001", "--document", "Record of C001", "--reason", "r"]],
    "custodian": [["--name", "Di", "--sheet-to", "{d}"], ["--lost", "--sheet-to", "{d}"]],
    "deliveries": [["--take-back", "1", "--reason", "r"]],
    "describe": [["--case", "C001", "--title", "Other"]],
    "issue": [["--member", "Di", "--to", "{d}", "--slip-to", "{d}/slips"]],
    "member": [["--member", "Bo", "--rename", "Bob"], ["--member", "Bo", "--remove"]],
    "merge": [["{f}"]],
    "move": [
        ["--case", "C001", "--document", "Record of C001", "--to-case", "C002", "--reason", "r"]
    ],
    "records": [["--expect", "custody"], ["--letters", "{d}"]],
    "release": [[], ["--without", "Bo", "--reason", "r"]],
    "round": [["--open"], ["--open", "--custodian-sheet-to", "{d}"]],
    "summary": [["--to", "{d}"]],
    "unlock": [
        ["--case", "C001", "--document", "Record of C001", "--document-passwords", "{f}"],
    ],
    "update": [["--all", "--to", "{d}"], ["--member", "Bo", "--to", "{d}"]],
    "withdraw": [["--case", "C001", "--document", "Record of C001", "--reason", "r"]],
}


def test_every_command_is_looked_at():
    assert {*ANYBODYS, *A_RATERS, *THE_CHAIRS} == set(COMMANDS)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(panel, "PASSPHRASE", PASSPHRASE)
        with panel.make_chair(folder) as chair:
            return panel.issue_to(chair, "Bo", folder / "out", must_change_passphrase=False)


@pytest.mark.parametrize(
    ("command", "more"), [(name, more) for name, tries in THE_CHAIRS.items() for more in tries]
)
def test_a_panellist_is_refused_and_nothing_changes(reviewer, own, tmp_path, command, more):
    register = tmp_path / "cases.csv"
    register.write_text("reference,title\nC900,Smuggled\n", encoding="utf-8")
    made = tmp_path / "made"
    made.mkdir()
    before = own.read_bytes()
    said = reviewer(command, own, *(part.format(f=register, d=made) for part in more))
    assert said.code == 2, said
    assert "the chair" in said.err.lower(), "it was refused for something else"
    assert said.err.strip().endswith(".")
    assert "Usage:" not in said.err
    assert "mistake" not in said.err
    assert own.read_bytes() == before
    assert not [path for path in made.rglob("*") if path.is_file()]


# Every command that names a case, as one who stepped back from it would type it.
STEPPED_BACK = {
    "correct": ["{f}", "--document", "x", "--reason", "r"],
    "describe": ["--document", "x", "--title", "Other"],
    "move": ["--document", "x", "--to-case", "C002", "--reason", "r"],
    "withdraw": ["--document", "x", "--reason", "r"],
    "unlock": ["--document", "x", "--document-passwords", "{f}"],
    "mark": ["--document", "x", "--page", "1"],
    "marks": [],
    "moved": [],
    "events": [],
    "records": [],
    "original": ["--document", "x", "--to", "{d}"],
    "scans": [],
    "search": ["Record"],
    "text": [],
}
ALL_THE_SAME = {
    "case",
    "cell",
    "determine",
    "import",
    "recuse",
}  # the chair's, and what steps back itself


def test_every_command_that_names_a_case_is_typed_by_who_stepped_back():
    params = {name: commands.get_command(None, name).params for name in COMMANDS}
    naming = {name for name, given in params.items() if any("--case" in one.opts for one in given)}
    assert naming == {*STEPPED_BACK, *ALL_THE_SAME}


@pytest.fixture(scope="module")
def recused(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recused")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(panel, "PASSPHRASE", PASSPHRASE)
        with panel.make_chair(folder) as chair:
            file = panel.issue_to(chair, "Bo", folder / "out", must_change_passphrase=False)
    with Casebook.open(file, PASSPHRASE) as book:
        recuse(book, book.cases.by_reference("C001").id, "kin")
    return file


@pytest.mark.parametrize("command", STEPPED_BACK)
def test_nothing_of_a_case_stepped_back_from_is_told(reviewer, recused, tmp_path, command):
    there = tmp_path / "there"
    there.write_text("a password\n", encoding="utf-8")
    more = [part.format(f=there, d=tmp_path) for part in STEPPED_BACK[command]]
    said = reviewer(command, recused, *more, "--case", "C001")
    assert said.code == 2
    assert "You are recused from C001" in said.err
    assert "Record of" not in said.out + said.err
