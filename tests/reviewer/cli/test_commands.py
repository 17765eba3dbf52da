"""Each command: what it says, in both forms, and how it refuses."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import location
from reviewer.cli.main import COMMANDS, commands, run
from reviewer.errors import StateError
from reviewer.records.ids import MemberId, new_id
from reviewer.records.panel import Member
from reviewer.rounds.allocation import own_order
from tests.books import PASSPHRASE, chair_book


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    return path


def test_every_named_command_loads_and_describes_itself():
    for name in COMMANDS:
        command = commands.get_command(None, name)
        assert command.name == name
        assert command.help


def test_new_makes_a_casebook_and_says_what_is_in_it(reviewer, tmp_path):
    made = reviewer(
        "new", tmp_path / "a.casebook", "--title", " Northmoor  Inquiry ", "--chair", "R. Chair",
        "--chair-scores", "--no-custodian", "--json",
    )  # fmt: skip
    assert made.code == 0
    assert made.data["title"] == "Northmoor Inquiry"
    assert (made.data["factors"], made.data["chair_scores"]) == (17, True)
    extended = reviewer("new", tmp_path / "b.casebook", "--title", "X", "--extended", "--json")
    assert extended.data["factors"] == 23


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--title", "T", "--chair", "x" * 121], "Give a name of 1 to 120 characters"),
        (["--title", " "], "needs a title"),
        (["--title", "X", "--framework", "gone.toml"], "gone.toml could not be read"),
    ],
    ids=["chair", "title", "framework"],
)
def test_new_refuses_with_one_sentence_and_makes_nothing(reviewer, tmp_path, arguments, words):
    said = reviewer("new", tmp_path / "a.casebook", *arguments)
    assert said.code == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "a.casebook").exists()


def test_one_is_said_as_one(reviewer, tmp_path):
    file, register = tmp_path / "one.casebook", tmp_path / "register.csv"
    chair_book(file, cases=0).close()
    register.write_text("reference,title,document\n1,One,letter.txt\n", encoding="utf-8")
    (tmp_path / "letter.txt").write_text("A welfare check.", encoding="utf-8")
    said = reviewer("import", file, "--register", register).out
    said += reviewer("cases", file).out
    said += reviewer("search", file, "welfare").out
    said += reviewer("status", file).out
    assert "1 added (1 page)," in said
    assert "1 page in 1 document, 0 of" in said
    assert "1 page in 1 case holds all of it." in said
    assert "1 case, 1 document." in said


def test_updates_are_asked_for_only_where_somebody_has_a_casebook(reviewer, file, tmp_path):
    describe = ("describe", file, "--case", "2010-01", "--title")
    right = ("case", file, "--case", "2010-02", "--title")
    assert reviewer(*describe, "One").out == "Kept.\n"
    assert reviewer(*right, "Two").out == "Case 2010-02 is corrected.\n"
    with Casebook.open(file, PASSPHRASE) as book:
        member = Member(id=MemberId(new_id()), name="Bo")
        book.members.add(member)
        book.members.set_issued(member.id, pack="ab" * 32, cases=())
    assert "Write updates" in reviewer(*describe, "Other").out
    assert "Write updates" in reviewer(*right, "Other").out


def test_cases_lists_references_and_documents(reviewer, file):
    said = reviewer("cases", file, "--json")
    listed = sorted(said.data["cases"], key=lambda case: case["reference"])
    assert [case["reference"] for case in listed] == ["2010-01", "2010-02", "2010-03"]
    first = listed[0]
    assert first["documents"][0]["title"] == "Custody record"
    assert (first["pages"], first["rated"], first["state"]) == (2, 0, "unopened")
    assert "2010-01  Call from hostel" in reviewer("cases", file).out


def test_cases_come_in_the_order_in_which_their_reader_has_them(reviewer, tmp_path):
    path = tmp_path / "many.casebook"
    with chair_book(path, cases=9) as book:
        there = book.cases.all()
        own = [case.reference for case in own_order(book.about.member, there)]
    listed = reviewer("cases", path, "--json").data["cases"]
    assert [case["reference"] for case in listed] == own
    assert own != [case.reference for case in there]


def test_search_tells_case_document_page_and_snippet(reviewer, file):
    said = reviewer("search", file, "sister", "--case", "2010-02", "--json")
    assert said.data["hits"] == [
        {
            "case": "2010-02",
            "document": "Custody record",
            "document_id": said.data["hits"][0]["document_id"],
            "page": 2,
            "snippet": "Sister telephoned.",
        }
    ]
    assert "p.2: [Sister] telephoned." in reviewer("search", file, "sister").out
    assert "No page" in reviewer("search", file, "zebra").out
    assert reviewer("search", file, "x", "--case", "nope").code == 2


def test_mark_undo_redo(reviewer, file):
    said = reviewer(
        "mark", file, "--case", "2010-01", "--page", "1", "--quote", "face down", "--factor",
        "IND-FORCE", "--json",
    )  # fmt: skip
    assert said.data["document"] == "Custody record"
    steps = reviewer("undo", file, "--list", "--json").data["steps"]
    assert [step["undone"] for step in steps] == [False]
    undone = reviewer("undo", file, "--json").data
    assert undone == {"undone": True, "step": steps[0]["step"], "what": steps[0]["what"]}
    nothing = reviewer("undo", file, "--json").data
    assert nothing == {"undone": False, "step": None, "what": None}
    assert "(taken back)" in reviewer("undo", file, "--list").out
    assert reviewer("undo", file, "--step", str(steps[0]["step"])).code == 2
    assert reviewer("redo", file, "--json").data == {
        "redone": True,
        "step": steps[0]["step"],
        "what": steps[0]["what"],
    }
    for wrong in (
        ["--case", "nope", "--page", "1"],
        ["--case", "2010-01", "--page", "9"],
        ["--case", "2010-01", "--page", "1", "--quote", "not there"],
        ["--case", "2010-01", "--page", "1", "--factor", "NOPE"],
        ["--case", "2010-01", "--page", "1", "--document", "Other"],
    ):
        assert reviewer("mark", file, *wrong).code == 2


def test_verify_and_status(reviewer, file):
    assert reviewer("verify", file, "--json").data["sound"] is True
    status = reviewer("status", file, "--json").data
    assert (status["kind"], status["state"], status["cases"]) == ("chair", "open", 3)
    broken = bytearray(file.read_bytes())
    broken[-100] ^= 1
    file.write_bytes(broken)
    said = reviewer("verify", file)
    assert said.code == 2
    assert "BAD" in said.out
    assert "damaged" in said.err


def test_the_passphrase_changes(reviewer, file, tmp_path, monkeypatch):
    new = tmp_path / "new.txt"
    new.write_text("quite another one, and longer", encoding="utf-8")
    assert reviewer("passphrase", file, "--new-passphrase-file", new).code == 0
    assert reviewer("status", file).code == 2
    assert reviewer("status", file, "--passphrase-file", new).code == 0


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 9000])
def test_a_passphrase_file_that_is_none_is_refused(reviewer, file, tmp_path, content):
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(content)
    said = reviewer("cases", file, "--passphrase-file", wrong)
    assert said.code == 2
    assert "wrong.txt" in said.err


def test_without_a_passphrase_and_a_terminal_it_says_what_to_give(reviewer, file, monkeypatch):
    monkeypatch.delenv("REVIEWER_PASSPHRASE_FILE")
    said = reviewer("cases", file)
    assert said.code == 2
    assert "--passphrase-file" in said.err


def test_refusals_have_a_stable_json_form(reviewer, tmp_path):
    said = reviewer("cases", tmp_path / "gone.casebook", "--json")
    assert said.code == 2
    assert said.data["error"]["kind"] == "NotACasebook"
    assert said.data["error"]["sentence"] in said.err


def test_our_own_mistakes_exit_one_and_say_nothing_of_the_casebook(reviewer, file, monkeypatch):
    def fail(*_args, **_parts):
        raise RuntimeError("CANARY in a message")

    monkeypatch.setattr("reviewer.cli.prepare.open_book", fail)
    said = reviewer("cases", file)
    assert said.code == 1
    assert "CANARY" not in said.err + said.out


def test_a_refusal_lists_its_details_on_standard_output(reviewer, file, monkeypatch):
    def refuse(*_args, **_parts):
        raise StateError("Two things are wrong.", details=["one", "two"])

    monkeypatch.setattr("reviewer.cli.prepare.open_book", refuse)
    said = reviewer("cases", file)
    assert (said.out, said.err) == ("- one\n- two\n", "Two things are wrong.\n")


def test_what_is_neither_a_command_nor_a_file_is_told(reviewer):
    said = reviewer("nonsense")
    assert said.code == 2
    assert "no command and no file" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "--case", "2010-01"],
        ["sheet"],
        ["issue", "--member", "A", "--to", "."],
    ],
    ids=["import", "documents", "sheet", "issue"],
)
def test_half_a_command_is_refused(reviewer, file, arguments):
    command, *rest = arguments
    assert reviewer(command, file, *rest).code == 2


def test_backup_and_restore(reviewer, file):
    made = reviewer("backup", file, "--json")
    assert made.code == 0
    file.write_bytes(b"lost")
    said = reviewer("restore", file, "--from", made.data["backup"], "--json")
    assert said.code == 0
    assert said.data["old"].endswith(".casebook")
    assert reviewer("verify", file).code == 0


def test_an_older_file_is_warned_of_and_accepted(reviewer, file):
    old = file.read_bytes()
    with Casebook.open(file, PASSPHRASE) as book:
        book.reviews.set_text(book.about.member, book.cases.all()[0].id, 1, narrative="newer")
    file.write_bytes(old)
    said = reviewer("cases", file, "--json")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert "Warning: This file is older" in said.err
    (warning,) = said.data["warnings"]
    assert (warning["kind"], warning["here"]["seq"]) == ("older", warning["seen"]["seq"] - 1)
    assert reviewer("accept", file, "--json").data["accepted"] is True
    said = reviewer("cases", file, "--json")
    assert (said.err, "warnings" in said.data) == ("", False)
    assert reviewer("accept", file, "--json").data["accepted"] is False


def test_backups_are_listed_without_a_passphrase(reviewer, file):
    assert reviewer("backups", file, "--json").data["backups"] == []
    made = reviewer("backup", file, "--json").data
    (found,) = reviewer("backups", file, "--json").data["backups"]
    assert (found["backup"], found["entries"]) == (made["backup"], made["entries"])
    assert made["backup"] in reviewer("backups", file).out


@pytest.fixture
def stick(file, tmp_path, monkeypatch):
    """Let the folder of ``file`` be a stick, and ``tmp_path / "own"`` this computer."""
    folder = tmp_path / "stick"
    folder.mkdir()
    own = tmp_path / "own"
    own.mkdir()
    moved = file.rename(folder / file.name)
    table = tmp_path / "mountinfo"
    table.write_text(
        f"1 0 8:1 / / rw - ext4 x rw\n2 1 8:2 / {folder} rw - vfat y rw\n", encoding="utf-8"
    )
    monkeypatch.setattr(location, "_MOUNTS", table)
    return moved


def test_work_on_a_stick_is_refused_with_the_way_out(reviewer, stick, tmp_path):
    before = stick.read_bytes()
    said = reviewer("undo", stick)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert f"reviewer copy {stick} --to FOLDER" in said.err
    for command in ("status", "cases", "verify"):
        assert reviewer(command, stick).code == 0, "what only reads works there"
    copied = reviewer("copy", stick, "--to", tmp_path / "own", "--json")
    assert copied.data["copy"] == str(tmp_path / "own" / stick.name)
    assert reviewer("undo", copied.data["copy"]).code == 0
    assert stick.read_bytes() == before
    again = reviewer("copy", stick, "--to", tmp_path / "own")
    assert (again.code, "already exists" in again.err) == (2, True)
    assert "lies on" in reviewer("copy", stick, "--to", stick.parent / "deeper").err
    assert reviewer("undo", stick, "--here").code == 0
    fresh = stick.parent / "fresh.casebook"
    assert "was not made" in reviewer("new", fresh, "--title", "X").err
    assert not fresh.exists()
    assert reviewer("new", fresh, "--title", "X", "--here").code == 0


def test_damage_names_the_newest_good_backup_and_changes_nothing(reviewer, file):
    first, second, third = (reviewer("backup", file, "--json").data for _ in range(3))
    with Casebook.open(file, PASSPHRASE) as book:
        book.reviews.set_text(book.about.member, book.cases.all()[0].id, 1, narrative="newer")
    spoilt = Path(third["backup"])
    spoilt.write_bytes(spoilt.read_bytes()[:-4096])
    whole = bytearray(file.read_bytes())
    whole[9 * 4096 + 77] ^= 4
    file.write_bytes(whole)
    for command in (["cases", file], ["undo", file], ["undo", file, "--json"]):
        said = reviewer(*command)
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert f"restore {file} --from {second['backup']}" in said.err
    assert "without the last change." in said.err
    assert file.read_bytes() == whole
    assert reviewer("restore", file, "--from", first["backup"]).code == 0
    assert reviewer("cases", file).code == 0


def test_an_import_is_backed_up_and_a_failing_backup_only_warns(reviewer, file, tmp_path):
    text = tmp_path / "statement.txt"
    text.write_text("A statement.", encoding="utf-8")
    assert reviewer("import", file, "--case", "2010-01", text).code == 0
    (found,) = reviewer("backups", file, "--json").data["backups"]
    assert found["entries"] == 4
    shutil.rmtree(file.with_name("inquiry-backups"))
    file.with_name("inquiry-backups").write_text("in the way", encoding="utf-8")
    text.write_text("Another statement.", encoding="utf-8")
    said = reviewer("import", file, "--case", "2010-01", text, "--json")
    assert (said.code, said.data["warnings"][0]["kind"]) == (0, "backup")


@pytest.mark.parametrize("allowed", [False, True])
def test_pictures_of_the_window_are_allowed_by_an_option_alone(monkeypatch, tmp_path, allowed):
    class Window:
        said = None

        @classmethod
        def main(cls, path, *, allow_capture):
            cls.said = (path, allow_capture)
            return 0

    monkeypatch.setattr("reviewer.cli.main.importlib.import_module", lambda _name: Window)
    file = tmp_path / "a.casebook"
    file.write_bytes(b"x")
    assert run([*(["--allow-screen-capture"] if allowed else []), str(file)]) == 0
    assert Window.said == (file, allowed)


def test_search_counts_what_lies_under_covers_and_shows_nothing_of_it(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        noted = replace(book.documents.all()[0], content_note="Describes an injury.")
        before = len(book.search("sister"))
        book.documents.describe(noted)
        left = len(book.search("sister"))
    assert left < before
    said = reviewer("search", file, "sister", "--json").data
    assert sum(case["covered"] for case in said["cases"]) == before - left
    assert noted.id not in {hit["document_id"] for hit in said["hits"]}
    assert "1 more lie in documents under a content note" in reviewer("search", file, "sister").out
