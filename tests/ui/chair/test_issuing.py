"""Issuing from the Panel room: the form's refusals, and the two files that come out."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import StorageError, UnlockError
from reviewer.progress import Quiet
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, issued_panel
from ui.rooms.panel.form import IssueForm
from ui.rooms.panel.issuing import SAME_FOLDER, Wish, issue_with_slip
from ui.rooms.panel.room import PanelRoom

WAIT = 10_000


@pytest.fixture
def room(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=3).close()
    made = enter(PanelRoom, path)
    made.ask_to_issue()
    qtbot.waitUntil(lambda: made.desk.idle, timeout=WAIT)
    return made


@pytest.fixture
def folders(tmp_path):
    made = (tmp_path / "stick", tmp_path / "post")
    for folder in made:
        folder.mkdir()
    return made


def test_the_form_says_what_is_missing_one_thing_at_a_time(room, folders):
    form, (stick, post) = room.form, folders
    form.send()
    assert "name" in form.problem
    form._names.setPlainText("F. Six")
    form.send()
    assert "folder for the casebook" in form.problem
    form.set_folder("casebook", stick)
    form.send()
    assert "passphrase slip" in form.problem
    form._some.setChecked(True)
    form.send()
    assert "Tick at least one case" in form.problem
    form.set_folder("slip", post)
    assert form.problem == ""


def test_the_slip_may_not_lie_beside_the_casebook(room, folders, tmp_path):
    form, (stick, _) = room.form, folders
    form._names.setPlainText("F. Six")
    form.set_folder("casebook", stick)
    form.set_folder("slip", tmp_path / "post" / ".." / "stick")
    form.send()
    assert form.problem == SAME_FOLDER
    assert not list(stick.iterdir())


def test_issuing_writes_the_casebook_and_the_slip_to_two_places(qtbot, room, folders):
    form, (stick, post) = room.form, folders
    form._names.setPlainText("  F.  Six ")
    form.set_folder("casebook", stick)
    form.set_folder("slip", post)
    form._some.setChecked(True)
    form._list.item(1).setCheckState(form._list.item(1).checkState().Checked)
    form.send()
    qtbot.waitUntil(lambda: not room.outcome.isHidden() and room.desk.idle, timeout=WAIT)
    (casebook,), (slip,) = stick.iterdir(), post.iterdir()
    assert casebook.suffix == ".casebook"
    assert slip.read_bytes().startswith(b"%PDF")
    assert str(casebook) in room.outcome.lines
    person = room._people[-1]
    assert (person.member.name, person.allocated) == ("F. Six", "1 of 3")
    assert room._side.currentIndex() == 0


def test_a_casebook_whose_slip_fails_does_not_stay(tmp_path, folders):
    stick, _ = folders
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    wish = Wish(name="F. Six", references=None, folder=stick, slip_folder=taken / "inside")
    with (
        chair_book(tmp_path / "inquiry.casebook", rates=False, cases=1) as book,
        pytest.raises(StorageError, match="taken away again"),
    ):
        issue_with_slip(book, Quiet(), wish)
    assert not list(stick.iterdir())


def test_the_drawn_passphrase_is_nobody_elses(tmp_path, folders):
    stick, post = folders
    wish = Wish(name="F. Six", references=None, folder=stick, slip_folder=post)
    with chair_book(tmp_path / "inquiry.casebook", rates=False, cases=1) as book:
        written = issue_with_slip(book, Quiet(), wish)
    with pytest.raises(UnlockError):
        Casebook.open(written.issued.path, PASSPHRASE)


def test_issuing_again_warns_and_keeps_the_name(qtbot, tmp_path, enter):
    path, _ = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    room = enter(PanelRoom, path)
    room.ask_to_issue(room._people[1])
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    form = room.form
    assert form._again
    assert form._names.isReadOnly()
    assert "refused from now on" in form._lead.text()


def test_before_anybody_has_a_casebook_the_room_offers_the_first_step(tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=1).close()
    room = enter(PanelRoom, path)
    assert room._main.currentIndex() == 1
    assert room._issue.isHidden()
    assert room._head.note == ""


def test_many_are_issued_at_once_and_who_was_not_stays_in_the_form(qtbot, room, folders):
    form, (stick, post) = room.form, folders
    form.set_folder("casebook", stick)
    form.set_folder("slip", post)
    form._names.setPlainText("F. Six\n  G.  Seven \n\nF. Six\nChair\n")
    assert form.names == ["F. Six", "G. Seven", "Chair"]
    assert form._go.text() == "Issue 3"
    form.send()
    qtbot.waitUntil(lambda: bool(form.problem) and room.desk.idle, timeout=6 * WAIT)
    assert form.names == ["Chair"], "what was written is not asked for again"
    assert "Chair: Chair is the chair" in form._problem._details.text()
    assert len(list(stick.iterdir())) == len(list(post.iterdir())) == 2
    assert "2 panellists can start" in room.outcome.text
    assert room.outcome.lines.count("casebook") >= 2
    assert room._side.currentIndex() == 1


def test_folders_are_remembered_while_the_program_runs_and_not_written_down(qtbot, room, folders):
    form, (stick, post) = room.form, folders
    form.set_folder("casebook", stick)
    form.set_folder("slip", post)
    again = IssueForm(room.settings.folders)
    qtbot.addWidget(again)
    assert again._fields["casebook"].text() == str(stick)
    again._names.setPlainText("F. Six")
    stick.rmdir()
    again.send()
    assert "is not there now" in again.problem, "no folder is made where a stick was"
    kept = stick.parent / "settings.ini"
    assert not kept.exists() or str(stick) not in kept.read_text("utf-8", "replace")
