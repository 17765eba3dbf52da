"""Every statement that the casebook stores: what is asked for by a value is found, never sought.

The engine says how it would go about each. ``SCAN`` reads a whole table, and so does a ``SEARCH``
that names nothing it goes by. Either is written down here with its reason, or it is a fault.
"""

import ast
import importlib
import re
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

import reviewer.casebook
from reviewer.casebook import schema
from reviewer.casebook.engine import Database

FOLDER = Path(reviewer.casebook.__file__).parent
NOT_OF_A_CASEBOOK = {
    "schema",
    "keys_of_rounds",
    "indexes",
    "selftest",
    "engine",
    "broken_word_tables",
    "bundle_tables",
    "event_tables",
    "scan_tables",
}
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")

# Tables that stay a handful of rows however large the panel and the documents.
SMALL = {
    "CONSTANT ROW": "no table",
    "digest": "one row",
    "round": "a row a round",
    "sealed_return": "a row for each time that its one rater sealed",
    "sqlite_master": "the engine's own, a row a table",
    "_sqlite_migrations": "a row a format",
    "page_fts_config": "a row a setting",
    "applied_update": "a row an update of this one casebook",
    "secret": "a row a key; read so only when somebody is taken off the panel",
    "term_list": "at most 40 lists of words",
    "term_list_words": "as many",
    "saved_search": "at most 200 searches",
    "undo_step_undone": "what can be redone now",
    "json_each": "what is asked for, handed over as a list",
}
EVERYTHING = {
    # (module, table): why all of it is wanted, or why it ends at its first row
    ("book", "meta"): "all of it, at opening",
    ("beside_pages", "document_note"): "notes are looked through for words",
    ("beside_pages", "inquiry_case"): "as are titles and attributes of the register",
    ("deliveries", "delivery"): "the list of all deliveries",
    ("deliveries", "delivery_file"): "the signature of every document that came in one",
    ("deliveries", "staged_file"): "which bytes are here already",
    ("determinations", "determination"): "every decision, which the figures heed",
    ("documents", "document"): "the list of all documents",
    ("cases", "inquiry_case"): "the register",
    ("checking", "journal"): "its last row",
    ("copying", "journal"): "its last row",
    ("copying", "meta"): "all of it",
    ("events", "event"): "how many each case has; what others end in WHERE",
    ("everybody", "mark"): "where every mark is",
    ("journal", "journal"): "its last rows, or the export of all",
    ("marks", "mark"): "what the others end in WHERE",
    ("members", "member"): "the panel",
    ("members", "meta"): "what names somebody who is taken off the panel",
    ("returns", "received"): "the verified headers of all rounds; what others end in WHERE",
    ("proof", "journal"): "the check of the whole chain",
    ("proof", "journal_value"): "the check of every value",
    ("reading_positions", "reading_place"): "its highest, by an index",
    ("search", "document"): "every agency or kind, in any case of letters; whose day is not known",
    ("releases", "member"): "the panel",
    ("releases", "inquiry_case"): "the register",
    ("releases", "mark"): "everybody's marks are counted",
    ("agenda", "mark"): "opening a round gives every mark its round",
    ("agenda", "round_mark"): "the marks of all rounds before",
    ("requests", "record_request"): "the whole register; what others end in WHERE",
    ("requests", "request_address"): "a row an agency",
    ("requests", "request_step"): "the history of the whole register; as above",
    ("requests", "request_words"): "whose words name which record",
    (
        "scans",
        "page_reading",
    ): "what waits, by an index of that alone; what was read of everything",
    ("scans", "document"): "where the words of every document come from",
    ("search", "page_fts"): "the text index, by its own means",
    ("own_marks", "document_state"): "what was replaced by what, of every document at once",
    ("own_marks", "mark_left"): "at most one's own marks on what was replaced, all of them asked",
    ("within", "page"): "the text itself, for words of scripts that part none",
    ("within", "page_fts"): "the text index, by its own means",
    ("newest_seen", "journal"): "its last row",
    ("settling", "journal"): "the comparison of whole chains",
    ("steps", "undo_step"): "its last rows",
    ("updates", "case_change"): "all of it",
    ("updates", "document"): "all of them may have gone out",
    ("updates", "held"): "what everybody holds",
    ("updates", "issued_pack"): "what everybody was issued",
    ("updates", "sent_update"): "whether any is older than the record of what is held",
    ("inspection", "journal"): "the times of the whole chain",
    ("inspection", "document_ledger"): "whether every ledger adds up",
    ("inspection", "document"): "whether the pieces of every large file are whole",
    ("inspection", "file_piece"): "which files are here in pieces",
    ("file_pieces", "file_piece"): "which of the large files here nobody needs, by their index",
    ("file_pieces", "document"): "the files of all documents, which are needed",
    ("file_pieces", "delivery_file"): "as are those of deliveries",
    ("writer", "journal"): "its last row",
    ("writer", "undo_step"): "nothing can be taken back any more",
}
HIGHEST = re.compile(r"\bmax\((id|number|seq)\)")  # of rows' own numbers: one step


@pytest.fixture(scope="module")
def engine():
    db = dbapi2.connect(":memory:", isolation_level=None)
    schema.migrations.apply(Database(db, execute_plugins=False))
    yield db
    db.close()


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, str) and STATEMENT.match(one):
            yield one


def _stored():
    """Yield (module, name or line, statement): constants, and what calls put together of them."""
    for path in sorted(FOLDER.rglob("*.py")):
        if path.stem in NOT_OF_A_CASEBOOK:
            continue
        module = ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        names = vars(importlib.import_module(f"reviewer.casebook.{module}"))
        for name, value in names.items():
            for text in _texts(value):
                yield path.stem, name, text
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".execute"):
                for text in _texts(_value(node.args, names)):
                    yield path.stem, f"line {node.lineno}", text


def _value(args, names):
    """What a call's first argument is, where constants alone make it."""
    if not args or isinstance(args[0], ast.Starred):
        return None
    needed = {node.id for node in ast.walk(args[0]) if isinstance(node, ast.Name)}
    if not needed <= names.keys() or any(isinstance(n, ast.Call) for n in ast.walk(args[0])):
        return None
    return eval(compile(ast.Expression(args[0]), "-", "eval"), dict(names))  # noqa: S307 - our code


def _plan(engine, text):
    holes = re.findall(r":([a-z][a-z0-9]*)", text)
    values = dict.fromkeys(holes, 1) if holes else [1] * text.count("?")
    return [row[3] for row in engine.execute(f"EXPLAIN QUERY PLAN {text}", values)]


def _read_whole(engine, text):
    """Yield the table (or the index of few rows) of each step that reads all of it."""
    for step in _plan(engine, text):
        way, _, rest = step.partition(" ")
        table, _, how = rest.partition(" USING ")
        index = how.split(" INDEX ")[-1]
        if rest.startswith("("):
            continue  # what the statement itself has just found
        if (way == "SCAN" and index not in SMALL) or (
            way == "SEARCH" and not how and not HIGHEST.search(text)
        ):
            yield table.split(" VIRTUAL")[0]


def test_no_statement_reads_a_table_that_grows_where_a_search_is_meant(engine):
    found = [
        f"{module} {name}: all of {table}, for {text}"
        for module, name, text in _stored()
        for table in _read_whole(engine, text)
        if table not in SMALL and (module, table) not in EVERYTHING
    ]
    assert found == []


def test_what_is_asked_for_by_a_value_never_reads_all_of_a_table(engine):
    """A reason above is given for a module's table; it is none for a statement with a value."""
    found = [
        f"{module} {name}: all of {table}, for {text}"
        for module, name, text in _stored()
        for table in _read_whole(engine, text)
        if re.search(r"\b(\w+ = (:\w+|\?))", text.partition("WHERE")[2]) and table not in SMALL
        if table != "page_fts"  # found by the words
    ]
    assert found == []


def test_no_statement_serves_both_one_and_all():
    """``:member IS NULL OR ...`` hides from the engine what it could go by."""
    both = [
        (module, name)
        for module, name, text in _stored()
        if re.search(r":\w+ IS NULL\b", text) and "page_fts MATCH" not in text
    ]
    assert both == []


def test_nothing_is_sorted_by_hand_that_grows_with_the_panel(engine):
    """All ratings of a round come in the order of their rows: 4.6 million are not sorted first."""
    for text in (
        text for module, name, text in _stored() if (module, name) == ("selecting", "RATINGS")
    ):
        if ":member" not in text and ":case" not in text:
            assert not any("TEMP B-TREE" in step for step in _plan(engine, text))


def test_the_statements_are_found():
    stored = list(_stored())
    assert len({text for _, _, text in stored}) > 120
    assert any("WHERE member = ?" in text and " FROM mark" in text for _, _, text in stored)


def test_every_reason_is_needed(engine):
    needed = {
        (module, table)
        for module, _, text in _stored()
        for table in _read_whole(engine, text)
        if table not in SMALL
    }
    assert EVERYTHING.keys() <= needed
