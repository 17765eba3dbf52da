"""Passwords of locked documents come from a file, one a line."""

from tests.books import case, chair_book
from tests.reviewer.intake.test_locked import locked


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
