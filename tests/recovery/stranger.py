"""Somebody with a printed recovery sheet, a casebook, and no Reviewer: follows the recipe.

``python -I stranger.py SHEET.pdf COPY.casebook`` prints what it could read as JSON. It knows what
the sheet says and nothing else, so it must never import ``reviewer``.
"""

import hashlib
import json
import re
import sys

import apsw
import pypdfium2


def text_of(pdf):
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.get_textpage().get_text_bounded()


def digits_of(text):
    """Leave out what the sheet says may be left out, and write the rest together."""
    assert "Leave out the fifth group of lines 1 to 6 and the whole of line 7." in " ".join(
        text.split()
    )
    lines = re.findall(r"^([1-6]) ((?:[0-9A-F]{4} ){4})[0-9A-F]{4}\s*$", text, re.MULTILINE)
    assert [number for number, _ in lines] == list("123456"), text
    digits = "".join(groups.replace(" ", "") for _, groups in lines)
    assert len(digits) == 96
    return digits


def opened(path, digits, recipe):
    """Open the copy as the recipe says, with SQLite3 Multiple Ciphers set to SQLCipher 4."""
    connection = apsw.Connection(path)
    connection.execute("PRAGMA cipher = 'sqlcipher'")
    connection.execute("PRAGMA legacy = 4")
    connection.execute(recipe.replace("DIGITS", digits))
    return connection


def dump(connection):
    """Return every table's number of rows and the hash of them all, in a fixed order."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '% VIRTUAL %'"
        )
    ]
    told = {}
    for name in names:
        rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))  # noqa: S608 - its own names
        told[name] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    return told


def main(sheet, casebook):
    text = text_of(sheet)
    recipe = re.search(r"^PRAGMA key = .*;$", text.replace("\r", ""), re.MULTILINE)[0]
    connection = opened(casebook, digits_of(text), recipe)
    cases = list(
        connection.execute("SELECT reference, title FROM inquiry_case ORDER BY reference")
    )
    documents = {
        sha256: [title, hashlib.sha256(original).hexdigest(), page_count]
        for sha256, title, original, page_count in connection.execute(
            "SELECT d.sha256, d.title, f.original, d.page_count FROM document d"
            " JOIN document_file f ON f.document = d.id"
        )
    }
    pages = [text for (text,) in connection.execute("SELECT text FROM page ORDER BY id")]
    ratings = list(connection.execute("SELECT factor, value, comment FROM rating ORDER BY factor"))
    assert "reviewer" not in sys.modules
    assert "sqlcipher3" not in sys.modules
    told = {
        "cases": cases,
        "documents": documents,
        "pages": pages,
        "ratings": ratings,
        "dump": dump(connection),
    }
    if sys.argv[3:] == ["--rewrite"]:
        connection.execute("VACUUM")
    connection.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:3])
