"""The second custodian by commands: named, needed, refused; the half never an argument."""

import pytest

from reviewer.cli.custodian import LOST_SHEET, ask_half
from reviewer.crypto.groups import Sheet, to_lines
from reviewer.exchange.merge import receive
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE
from tests.reviewer.exchange.panel import PASSPHRASE as PANEL_PASSPHRASE
from tests.reviewer.exchange.panel import issue_to
from tests.reviewer.exchange.test_custody import NAME, all_in, two_of_them
from tests.reviewer.exchange.test_sheets_of_rounds import (
    CODE,
    Stick,
    after_round_1,
    make,
    one_return,
)
from tests.reviewer.reports import pdfs


@pytest.fixture
def new(reviewer, tmp_path):
    def call(*more):
        file = tmp_path / "inquiry.casebook"
        return reviewer("new", file, "--title", "T", "--chair-scores", *more)

    return call


def test_a_chair_who_scores_is_told_to_name_one_or_to_refuse(new, tmp_path):
    said = new()
    assert said.code == 2
    assert "--custodian NAME" in said.err
    assert "nobody would see it" in said.err
    assert not (tmp_path / "inquiry.casebook").exists()
    refused = new("--no-custodian")
    assert refused.code == 0
    assert "nobody would see it" in refused.out


def test_the_sheet_is_written_to_another_folder_and_the_loss_is_told(reviewer, new, tmp_path):
    made = new("--custodian", NAME, "--custodian-sheet-to", tmp_path / "stick", "--json")
    sheet = made.data["custodian_sheet"]
    assert made.data["custodian"]["name"] == NAME
    assert len(pdfs.texts((tmp_path / "stick" / sheet).read_bytes())) == 2
    file = tmp_path / "inquiry.casebook"
    shown = reviewer("custodian", file, "--json").data
    assert shown == {
        "custodian": made.data["custodian"],
        "sheet_file": None,
        "can_be_named": False,
        "seal_again": [],
    }
    assert "cannot be printed again" in reviewer("custodian", file).out
    assert reviewer("status", file, "--json").data["custodian"]["name"] == NAME


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--custodian", NAME], "together"),
        (["--custodian", NAME, "--custodian-sheet-to", "stick", "--no-custodian"], "either"),
        (["--custodian", "chair", "--custodian-sheet-to", "stick"], "somebody else"),
        (["--custodian", NAME, "--custodian-sheet-to", "."], "must not lie beside"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(new, tmp_path, monkeypatch, more, words):
    monkeypatch.chdir(tmp_path)
    said = new(*more)
    assert (said.code, words in said.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["passphrase.txt"]


def test_where_the_casebook_cannot_be_made_the_sheet_goes_again(new, tmp_path):
    (tmp_path / "inquiry.casebook").write_bytes(b"")
    said = new("--custodian", NAME, "--custodian-sheet-to", tmp_path / "stick")
    assert said.code == 2
    assert list((tmp_path / "stick").iterdir()) == []


def test_one_is_named_later_while_nothing_is_issued(reviewer, tmp_path):
    file = tmp_path / "inquiry.casebook"
    assert reviewer("new", file, "--title", "T").code == 0
    assert "One can still be named" in reviewer("custodian", file).out
    assert reviewer("custodian", file, "--name", NAME).code == 2
    named = reviewer("custodian", file, "--name", NAME, "--sheet-to", tmp_path / "stick")
    assert LOST_SHEET in named.out
    again = reviewer("custodian", file, "--name", NAME, "--sheet-to", tmp_path / "stick")
    assert (again.code, "already" in again.err) == (2, True)


def test_the_release_needs_the_half_from_a_file(reviewer, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.reviewer.exchange.panel.PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("tests.reviewer.exchange.test_custody.PASSPHRASE", PASSPHRASE)
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
    file, text = tmp_path / "chair.casebook", tmp_path / "typed.txt"
    said = reviewer("release", file)
    assert (said.code, "keeps the other half" in said.err) == (2, True)
    lines = to_lines(paper, Sheet.CUSTODIAN)
    text.write_text("\n".join([*lines[:3], lines[0], lines[4]]))
    said = reviewer("release", file, "--custodian-file", text)
    assert (said.code, "Line 4 is not as printed" in said.err) == (2, True)
    text.write_text("\n".join(lines))
    done = reviewer("release", file, "--custodian-file", text, "--json")
    assert (done.code, done.data["custodian"]) == (0, NAME)
    assert not any(part in done.out.replace(" ", "") for part in (paper.hex(), paper.hex()[:16]))


def test_at_a_terminal_each_line_is_asked_until_it_is_right(tmp_path, monkeypatch, capsys):
    book, paper = two_of_them(tmp_path)
    with book:
        about = book.about
    lines = list(to_lines(paper, Sheet.CUSTODIAN))
    typed = iter([lines[0], lines[0], "12", *lines[1:]])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _prompt: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert ask_half(None, about) == paper
    err = capsys.readouterr().err
    assert "Line 2 is not as printed" in err
    assert "That line is not whole" in err
    assert not any(line in err for line in lines)


def test_a_casebook_without_a_custodian_takes_no_half(reviewer, tmp_path):
    file = tmp_path / "inquiry.casebook"
    reviewer("new", file, "--title", "T")
    said = reviewer("release", file, "--custodian-file", tmp_path / "typed.txt")
    assert (said.code, "has no custodian" in said.err) == (2, True)


def _lines(folder, half):
    file = folder / f"half-{len(list(folder.iterdir()))}.txt"
    file.write_text("\n".join(to_lines(half, Sheet.CUSTODIAN)), encoding="utf-8")
    return file


def test_each_round_has_its_own_sheet_by_commands(reviewer, tmp_path, monkeypatch):
    """Open the next round with its sheet, update, seal: the earlier half opens nothing."""
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PANEL_PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("REVIEWER_PASSPHRASE_FILE", str(secret))
    book, stick, packs = after_round_1(tmp_path)
    file = book.path
    first = book.about.custodian
    book.close()
    refused = reviewer("round", file, "--open")
    assert (refused.code, "sheet of its own" in refused.err) == (2, True)
    assert reviewer("round", file, "--custodian-sheet-to", tmp_path / "stick").code == 2
    opened = reviewer(
        "round", file, "--open", "--custodian-sheet-to", tmp_path / "stick", "--json"
    ).data
    assert opened["round"] == 2
    assert opened["custodian"]["sheet"] != first.mark
    assert len(pdfs.texts((tmp_path / "stick" / opened["sheet_file"]).read_bytes())) == 2
    update = reviewer("update", file, "--member", "Bo", "--to", tmp_path, "--json").data
    applied = reviewer("apply", packs[0], update["written"][0]["update"])
    assert f"sheet {opened['custodian']['sheet']} that Cass keeps" in applied.out
    assert reviewer("status", packs[0], "--json").data["custodian"] == opened["custodian"]
    sealed = reviewer("seal", packs[0], "--json")
    assert opened["custodian"]["sheet"] in sealed.err
    assert opened["custodian"]["sheet"] in sealed.data["opens_with"]
    file_of_bo = reviewer("return", packs[0], "--to", tmp_path, "--json").data["return"]
    assert reviewer("merge", file, file_of_bo).code == 0
    old = _lines(tmp_path, stick.halves[0])
    said = reviewer("release", file, "--custodian-file", old, "--without", "Cy", "--reason", "ill")
    assert (said.code, "round 2 opens with the sheet" in said.err) == (2, True)


def test_a_lost_sheet_is_replaced_by_a_command(reviewer, tmp_path, monkeypatch):
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PANEL_PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("REVIEWER_PASSPHRASE_FILE", str(secret))
    stick = Stick(tmp_path)
    with make(tmp_path, stick) as book:
        pack = issue_to(book, "Bo", tmp_path / "out")
        receive(book, [one_return(pack, tmp_path, Rating(factor=CODE, value=0))])
        file, old = book.path, book.about.custodian.mark
    assert reviewer("custodian", file, "--lost").code == 2
    said = reviewer("custodian", file, "--lost", "--sheet-to", tmp_path / "stick", "--json").data
    assert said["custodian"]["sheet"] != old
    assert said["seal_again"] == ["Bo"]
    update = reviewer("update", file, "--member", "Bo", "--to", tmp_path, "--json").data
    applied = reviewer("apply", pack, update["written"][0]["update"])
    assert "seal it again" in applied.out
    refused = reviewer("return", pack, "--to", tmp_path)
    assert (refused.code, "reopen the round" in refused.err) == (2, True)
