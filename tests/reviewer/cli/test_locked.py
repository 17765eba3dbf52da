"""Passwords of locked documents come from a file, one a line."""

from tests.books import case, chair_book
from tests.reviewer.intake.test_locked import locked
from tests.reviewer.intake.test_unlock import mail_with


def test_the_lines_of_a_file_are_tried(reviewer, tmp_path):
    book = chair_book(tmp_path / "a.casebook")
    book.cases.add([case("C-1")])
    book.close()
    file, path = tmp_path / "a.casebook", locked(tmp_path / "ward.pdf", "x-ray")
    refused = reviewer("import", file, "--case", "C-1", path)
    assert refused.code == 2
    assert "opens only with a password" in refused.err
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("wrong\n\nx-ray\n", "utf-8")
    said = reviewer(
        "import", file, "--case", "C-1", path, "--document-passwords", passwords, "--json"
    )
    assert said.code == 0, said.err
    assert said.data["documents_added"] == 1
    again = reviewer("import", file, "--case", "C-1", path, "--document-passwords", tmp_path)
    assert again.code == 2
    assert "not read" in again.err


def test_one_that_came_with_a_mail_is_read_later(reviewer, tmp_path):
    book = chair_book(tmp_path / "a.casebook")
    book.cases.add([case("C-1")])
    book.close()
    file, (path, _) = tmp_path / "a.casebook", mail_with(tmp_path)
    assert reviewer("import", file, "--case", "C-1", path).code == 0
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("wrong\n", "utf-8")
    where = ("--case", "C-1", "--document", "ward.pdf", "--document-passwords", passwords)
    refused = reviewer("unlock", file, *where)
    assert refused.code == 2
    assert "None of the passwords" in refused.err
    passwords.write_text("x-ray\n", "utf-8")
    said = reviewer("unlock", file, *where, "--json")
    assert said.code == 0, said.err
    assert said.data["pages"] == 1
    shown = reviewer("text", file, "--case", "C-1", "--document", said.data["document"])
    assert "Ward observations, hourly" in shown.out
    where = ("--case", "C-1", "--to", tmp_path / "out", "--replace", "--document")
    copy = reviewer("original", file, *where, said.data["document"], "--json").data
    assert (copy["unlocked"], copy["as_it_came"]) == (True, said.data["replaces"])
    told = reviewer("original", file, *where, said.data["document"]).out
    assert "the copy without its password, which was given." in told
    assert f"--document {copy['as_it_came']}" in told
    came = reviewer("original", file, *where, copy["as_it_came"], "--json").data
    assert (came["unlocked"], came["as_it_came"]) == (False, None)
    assert came["sha256"] != copy["sha256"]
    assert "as it was brought in" in reviewer("original", file, *where, copy["as_it_came"]).out


def test_a_file_of_document_passwords_is_called_what_it_is(reviewer, tmp_path):
    for name, raw, sentence in (
        ("empty.txt", b"", "The first line of empty.txt must be a password of a document."),
        ("odd.bin", b"\xff\xfe\xff", "The file of document passwords odd.bin could not be read"),
    ):
        path = tmp_path / name
        path.write_bytes(raw)
        given = ("--case", "C-1", tmp_path / "x.pdf", "--document-passwords", path)
        said = reviewer("import", tmp_path / "a.casebook", *given)
        assert said.code == 2
        assert sentence in said.err
        assert "passphrase" not in said.err
