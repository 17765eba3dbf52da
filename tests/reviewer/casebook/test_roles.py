"""What a role may not do is refused in the casebook, whatever window or command asks for it."""

import ast
import re
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.roles import MAY, Role
from reviewer.documents.outside.worker import Worker
from reviewer.errors import StateError
from reviewer.exchange import custody
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake.bring import import_documents, import_register
from reviewer.intake.correct import reinstate_document, withdraw_document
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating, ReviewState
from reviewer.records.panel import Custodian, Member
from reviewer.reports.slips.custodian import custodian_sheet
from reviewer.rounds.agenda import open_round
from tests.books import sql_of
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, page_mark

ROOT = Path(__file__).resolve().parents[3]
CHAIR, RATING, PANELLIST = Role.CHAIR, Role.RATING_CHAIR, Role.PANELLIST
_NAMED = {"CHANGED": "change passphrase", "PRINTED": "print recovery sheet"}


def actions_in_source():
    """Return the words of every change that the program makes."""
    found = set()
    for path in [*(ROOT / "reviewer").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            said = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "action")]
            if node.func.attr not in {"change", "put_all", "record"}:
                continue
            for one in said:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    found.add(one.value)
                elif isinstance(one, ast.Name | ast.Attribute):
                    found.add(_NAMED.get(getattr(one, "id", getattr(one, "attr", "")), ""))
    return found - {""}


def test_every_change_has_its_row():
    """A new kind of change says who may make it; a row without a change is taken out."""
    found = actions_in_source() | {"undo", "redo", "rate"}
    assert len(found) > 35
    assert found == set(MAY)


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The three roles, each with a case: the last as its panellist opens it. Nothing changes."""
    folder = tmp_path_factory.mktemp("roles")
    with make_chair(folder) as chair:
        path = issue_to(chair, "Bo", folder / "out")
        (folder / "rating").mkdir()
        with make_chair(folder / "rating", rates=True) as rating, open_it(path) as own:
            yield {CHAIR: chair, RATING: rating, PANELLIST: own}


@pytest.mark.parametrize("action", MAY)
def test_the_matrix_of_roles_and_changes(books, action):
    for role, book in books.items():
        before = book.journal.head()
        if role in MAY[action]:
            book.require(action)
        else:
            with pytest.raises(StateError), book._writer.change(action):
                pytest.fail("a change was begun")
        assert book.journal.head() == before


def case_of(book: Casebook) -> Case:
    return book.cases.all()[0]


def _draw(_sheet):
    return b"%PDF"


def _new_case():
    return Case(id=CaseId(new_id()), reference="C900", title="Smuggled")


def _document(book):
    return book.documents.of(case_of(book).id)[0]


# Everything that a chair does, as a panellist's program or a changed one would ask for it.
OF_THE_CHAIR = {
    "add cases": lambda b, _f: b.cases.add([_new_case()]),
    "import a register": lambda b, f: import_register(b, Worker(), f / "cases.csv", Quiet()),
    "import documents": lambda b, f: import_documents(
        b, Worker(), case_of(b).reference, [f / "cases.csv"], Quiet()
    ),
    "withdraw a document": lambda b, _f: withdraw_document(b, _document(b), "why"),
    "reinstate a document": lambda b, _f: reinstate_document(b, _document(b)),
    "add a member": lambda b, _f: b.members.add(Member(id=new_id(), name="Cy")),
    "allocate": lambda b, _f: b.members.allocate(b.about.member, [case_of(b).id]),
    "pin a key": lambda b, _f: b.members.pin(b.about.member, "ab" * 32),
    "compare a key": lambda b, _f: b.members.comparisons.put(b.about.member, "ab" * 32),
    "issue": lambda b, f: issue(b, "Cy", f / "more", passphrase="six words for a test only"),
    "write an update": lambda b, f: write_update(b, "Bo", f),
    "merge": lambda b, f: receive(b, [f / "cases.csv"]),
    "release": lambda b, _f: release(b),
    "open a round": lambda b, _f: open_round(b),
    "open a round in the store": lambda b, _f: b.agenda.begin(2, []),
    "open a round with a sheet": lambda b, f: custody.open_round_with_sheet(
        b, _draw, f / "stick", name="Di"
    ),
    "name a custodian": lambda b, f: custody.name_custodian(b, "Di", custodian_sheet, f / "s"),
    "name a custodian in the store": lambda b, _f: b.custody.name(
        Custodian(name="Di", since="", recipient="", mark=""), round_number=1, keep={}
    ),
    "replace a sheet": lambda b, f: custody.replace_sheet(b, _draw, f / "stick"),
}
# ... and everything that a rater does.
OF_A_RATER = {
    "rate": lambda b, _f: b.ratings.put("x", case_of(b).id, 1, Rating(factor="SYS-CALL", value=1)),
    "write": lambda b, _f: b.reviews.set_text("x", case_of(b).id, 1, narrative="n"),
    "set state": lambda b, _f: b.reviews.set_state("x", case_of(b).id, 1, ReviewState.READING),
    "mark": lambda b, _f: b.marks.put(page_mark(b, _document(b)), round_number=1),
    "seal": lambda b, _f: seal(b),
    "reopen": lambda b, _f: reopen(b, "why"),
}


def state(book):
    tables = sql_of(book).execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [
        sql_of(book).execute(f"SELECT * FROM [{name}]").fetchall()  # noqa: S608 - its own names
        for (name,) in tables.fetchall()
        if not re.match("page_fts", name)
    ]


@pytest.mark.parametrize("what", OF_THE_CHAIR)
def test_a_panellist_does_nothing_of_the_chairs(books, what, tmp_path):
    (tmp_path / "cases.csv").write_text("reference,title\nC900,Smuggled\n", encoding="utf-8")
    own = books[PANELLIST]
    before = state(own)
    with pytest.raises(StateError, match=r"the chair's casebook|is done in the chair's alone"):
        OF_THE_CHAIR[what](own, tmp_path)
    assert state(own) == before
    assert list(tmp_path.rglob("*.pdf")) == []


@pytest.mark.parametrize("what", OF_A_RATER)
def test_a_chair_who_does_not_rate_does_nothing_of_a_rater(books, what, tmp_path):
    before = state(books[CHAIR])
    with pytest.raises(StateError):
        OF_A_RATER[what](books[CHAIR], tmp_path)
    assert state(books[CHAIR]) == before


@pytest.mark.parametrize("role", [CHAIR, RATING])
def test_a_chair_takes_no_update(books, role, tmp_path):
    with pytest.raises(StateError, match="Updates go from the chair"):
        apply(books[role], tmp_path / "some.update")


def test_the_sentence_says_whose_casebook_it_is_and_what_to_do(books):
    with pytest.raises(StateError) as refused:
        books[PANELLIST].cases.add([_new_case()])
    assert str(refused.value) == (
        "This is a panellist's casebook, and this (add cases) is done in the chair's alone."
        " Nothing was changed; open the chair's casebook, or ask the chair."
    )
