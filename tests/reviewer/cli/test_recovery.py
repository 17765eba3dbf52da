"""passphrase, recovery and recover, and new passphrases on the command line."""

import re
import stat
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import location
from reviewer.crypto.words import word_list
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.reports import pdfs

WEAK = "password1"
NEW = "lanterns over the estuary at dusk"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    return path


@pytest.fixture
def sheets(tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    return folder


@pytest.fixture
def new(tmp_path):
    path = tmp_path / "new.txt"
    path.write_text(f"{NEW}\n", encoding="utf-8")
    return path


def opens(path, passphrase):
    try:
        Casebook.open(path, passphrase).close()
    except Exception:  # noqa: BLE001 - any refusal will do
        return False
    return True


def typed(tmp_path, pdf, *, change=lambda text: text):
    """Save the text of a sheet as somebody would who copied it off the page."""
    path = tmp_path / "typed.txt"
    path.write_text(change("".join(pdfs.texts(pdf.read_bytes()))), encoding="utf-8")
    return path


def test_a_lost_passphrase_is_replaced_with_the_printed_sheet(
    reviewer, tmp_path, file, sheets, new
):
    made = reviewer("recovery", file, "--to", sheets, "--json")
    assert made.code == 0
    pdf = Path(made.data["sheet"])
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    assert made.data["printed"]
    text = typed(tmp_path, pdf)
    said = reviewer("recover", file, "--sheet-file", text, "--new-passphrase-file", new, "--json")
    assert said.code == 0
    assert said.data == {"file": str(file), "advice": "", "drawn_to": None}
    assert opens(file, NEW)
    assert not opens(file, PASSPHRASE)
    again = reviewer("recover", file, "--sheet-file", text, "--new-passphrase-file", new)
    assert again.code == 2
    assert "passphrase was changed after the sheet was printed" in again.err


def test_status_says_whether_the_last_sheet_still_opens_the_casebook(reviewer, file, sheets, new):
    def told():
        return reviewer("status", file, "--json").data["recovery"]

    assert told() == {"printed": "", "opens": False, "passphrase_changed": ""}
    assert "No recovery sheet was printed" in reviewer("status", file).out
    reviewer("recovery", file, "--to", sheets)
    assert told()["opens"] is True
    assert "it opens this casebook" in reviewer("status", file).out
    reviewer("passphrase", file, "--new-passphrase-file", new)
    said = reviewer("status", file, "--passphrase-file", new)
    assert "no longer opens this casebook" in said.out


def test_a_sheet_waits_for_the_panellists_own_passphrase(reviewer, tmp_path, file, sheets, new):
    """Else it would be outdated at once, and the chair might print it."""
    slips = tmp_path / "slips"
    made = reviewer(
        "issue", file, "--member", "A. One", "--to", tmp_path / "out", "--slip-to", slips, "--json"
    ).data
    slip = " ".join(pdfs.texts(Path(made["slip"]).read_bytes())).replace("\r\n", " ")
    found = dict(re.findall(r"\b([1-6]) ([a-z]+)\b", slip.partition("Open the casebook")[0]))
    words = tmp_path / "slip.txt"
    words.write_text(" ".join(found[n] for n in "123456"), encoding="utf-8")
    own = ("--passphrase-file", words)
    early = reviewer("recovery", made["casebook"], "--to", sheets, *own)
    assert early.code == 2
    assert "passphrase of your own first" in early.err
    assert not list(sheets.iterdir())
    assert reviewer("passphrase", made["casebook"], "--new-passphrase-file", new, *own).code == 0
    own = ("--passphrase-file", new)
    assert reviewer("recovery", made["casebook"], "--to", sheets, *own).code == 0


def test_a_mistyped_sheet_names_its_line_and_changes_nothing(
    reviewer, tmp_path, file, sheets, new
):
    reviewer("recovery", file, "--to", sheets)
    (pdf,) = sheets.iterdir()
    before = file.read_bytes()

    def slip(text):
        line = next(row for row in text.splitlines() if row.startswith("3 "))
        return text.replace(line, f"3 {line[3]}{line[2]}{line[4:]}" if line[2] != line[3] else "3")

    text = typed(tmp_path, pdf, change=slip)
    said = reviewer("recover", file, "--sheet-file", text, "--new-passphrase-file", new)
    assert said.code == 2
    assert "ine 3" in said.err + said.out
    assert file.read_bytes() == before


def test_the_sheet_of_another_casebook_is_named_so(reviewer, tmp_path, file, sheets, new):
    chair_book(tmp_path / "other.casebook").close()
    reviewer("recovery", tmp_path / "other.casebook", "--to", sheets)
    (pdf,) = sheets.iterdir()
    text = typed(tmp_path, pdf)
    said = reviewer(
        "recover", file, "--sheet-file", text, "--draw-passphrase-to", new.parent / "d"
    )
    assert said.code == 2
    assert "printed from another casebook" in said.err
    assert not (new.parent / "d").exists()


def test_a_casebook_on_a_stick_is_not_encrypted_anew_there(
    reviewer, file, sheets, new, monkeypatch
):
    reviewer("recovery", file, "--to", sheets)
    (pdf,) = sheets.iterdir()
    arguments = ("--sheet-file", typed(file.parent, pdf), "--new-passphrase-file", new)
    stick = location.Place(kind=location.Kind.REMOVABLE, system="vfat")
    monkeypatch.setattr(location, "place_of", lambda _path: stick)
    said = reviewer("recover", file, *arguments)
    assert said.code == 2
    assert "--here" in said.err
    assert opens(file, PASSPHRASE)
    assert reviewer("recover", file, *arguments, "--here").code == 0
    assert opens(file, NEW)


def test_a_sheet_never_lies_beside_its_casebook(reviewer, file):
    said = reviewer("recovery", file, "--to", file.parent)
    assert said.code == 2
    assert "must not lie beside" in said.err
    assert not list(file.parent.glob("*.pdf"))
    with Casebook.open(file, PASSPHRASE) as book:
        assert book.recovery.state.printed == ""


def test_a_text_that_is_no_sheet_is_refused(reviewer, file, new, tmp_path):
    for content in (b"", b"\xff\xfe\x00", b"hello\n" * 9, b"x" * 300_000):
        (tmp_path / "odd.txt").write_bytes(content)
        said = reviewer(
            "recover", file, "--sheet-file", tmp_path / "odd.txt", "--new-passphrase-file", new
        )
        assert said.code == 2
        assert said.err.count("\n") == 1
    assert opens(file, PASSPHRASE)


def test_six_words_are_drawn_into_a_file_of_ones_own(reviewer, tmp_path, file):
    drawn = tmp_path / "drawn.txt"
    said = reviewer("passphrase", file, "--draw-passphrase-to", drawn, "--json")
    assert said.code == 0
    assert said.data["drawn_to"] == str(drawn)
    assert stat.S_IMODE(drawn.stat().st_mode) == 0o600
    words = drawn.read_text(encoding="utf-8").split()
    assert len(words) == 6
    assert set(words) <= set(word_list())
    assert not set(words) & set(said.out.split()), "never on the screen"
    assert opens(file, " ".join(words))
    kept = drawn.read_bytes()
    again = reviewer("passphrase", file, "--passphrase-file", drawn, "--draw-passphrase-to", drawn)
    assert again.code == 2
    assert drawn.read_bytes() == kept, "a passphrase that is in use is never written over"


def test_a_new_casebook_with_drawn_words(reviewer, tmp_path):
    drawn, path = tmp_path / "drawn.txt", tmp_path / "a.casebook"
    assert reviewer("new", path, "--title", "T", "--draw-passphrase-to", drawn).code == 0
    assert opens(path, drawn.read_text(encoding="utf-8").strip())
    other = tmp_path / "other.txt"
    taken = reviewer("new", path, "--title", "T", "--draw-passphrase-to", other)
    assert taken.code == 2
    assert not other.exists(), "words that open nothing are taken away again"
    both = reviewer(
        "new", tmp_path / "b.casebook", "--title", "T", "--draw-passphrase-to", other,
        "--passphrase-file", drawn,
    )  # fmt: skip
    assert both.code == 2
    assert "not both" in both.err


@pytest.mark.parametrize("command", ["new", "passphrase", "issue", "recover"])
def test_a_weak_passphrase_is_refused_with_what_would_help(
    reviewer, tmp_path, file, sheets, command
):
    weak = tmp_path / "weak.txt"
    weak.write_text(WEAK, encoding="utf-8")
    reviewer("recovery", file, "--to", sheets)
    (pdf,) = sheets.iterdir()
    before = file.read_bytes()
    arguments = {
        "new": [tmp_path / "n.casebook", "--title", "T", "--passphrase-file", weak],
        "passphrase": [file, "--new-passphrase-file", weak],
        "issue": [
            file, "--member", "A. One", "--to", tmp_path / "out", "--member-passphrase-file", weak,
        ],
        "recover": [
            file, "--sheet-file", typed(tmp_path, pdf), "--new-passphrase-file", weak,
        ],
    }[command]  # fmt: skip
    said = reviewer(command, *arguments)
    assert said.code == 2
    assert "Too easy to guess" in said.err
    assert WEAK not in said.err + said.out
    assert file.read_bytes() == before
    assert not (tmp_path / "n.casebook").exists()
    assert not list(tmp_path.glob("out/*"))


def test_words_of_the_inquiry_count_against_a_passphrase(reviewer, tmp_path):
    chosen = tmp_path / "chosen.txt"
    chosen.write_text("Northmoor Inquiry Ashdown 2010", encoding="utf-8")
    said = reviewer(
        "new", tmp_path / "n.casebook", "--title", "Northmoor Inquiry", "--chair", "C. Ashdown",
        "--passphrase-file", chosen,
    )  # fmt: skip
    assert said.code == 2
    assert "words of this inquiry" in said.err


def test_the_same_passphrase_again_is_no_change(reviewer, tmp_path, file):
    same = tmp_path / "same.txt"
    same.write_text(PASSPHRASE, encoding="utf-8")
    said = reviewer("passphrase", file, "--new-passphrase-file", same)
    assert said.code == 2
    assert "has already" in said.err


def test_changing_the_passphrase_says_what_still_opens_with_the_old_one(reviewer, file, new):
    said = reviewer("passphrase", file, "--new-passphrase-file", new)
    assert "Copies and backups made before still open with the old passphrase" in said.out


def test_without_a_new_passphrase_and_a_terminal_it_says_what_to_give(reviewer, file):
    said = reviewer("passphrase", file)
    assert said.code == 2
    assert "--draw-passphrase-to" in said.err


def test_at_a_terminal_an_empty_answer_draws_six_words(reviewer, file, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_a, **_k: "")
    said = reviewer("passphrase", file)
    assert said.code == 0
    words = said.err.partition(": ")[2].strip()
    assert len(words.split()) == 6
    assert words not in said.out
    assert opens(file, words)


def test_at_a_terminal_a_weak_answer_is_refused(reviewer, file, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_a, **_k: WEAK)
    said = reviewer("passphrase", file)
    assert said.code == 2
    assert "Too easy to guess" in said.err
    assert opens(file, PASSPHRASE)
