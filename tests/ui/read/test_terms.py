"""Lists of words in the window: lit on the pages, ticked on the bar, made, changed, taken back."""

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.term_lists import TermLists
from reviewer.errors import InputError
from reviewer.pagetext.terms import Terms
from reviewer.rounds.terms import take_in
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, stored
from ui.reader.page.layout import Layout, Settings
from ui.reader.page.lights import COLOURS, FINEST, Lights, Tick, ticks_of
from ui.rooms.read.terms import word_lists
from ui.rooms.read.terms.page import _PLACE
from ui.widgets.filled import unsent_in


@pytest.fixture
def path(path):
    with Casebook.open(path, PASSPHRASE) as book:
        take_in(book, [("Restraint", ["restrain*", "face down"]), ("People", ["officer*"])])
    return path


def keep(qtbot, room, words):
    room.word_lists.page.words.setPlainText(words)
    room.word_lists.page.words.document().setModified(True)
    room.word_lists.page.keep.click()
    calm(qtbot, room)


def lists(room):
    return {one.name: one for one in room.word_lists.lighting.lists}


def texts(room):
    model = room.word_lists.page.where.model()
    return [model.item(row).text().strip() for row in range(model.rowCount())]


def test_words_are_lit_on_the_page_and_ticked_on_the_scroll_bar(qtbot, call):
    view = call.reader.view
    lit = [part.lit for part in view.parts()]
    assert {one.colour for some in lit for one in some} == {0, 1}
    assert all(one.rects for some in lit for one in some)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: {paint for _, paint in bar.lit_places()} == set(COLOURS[:2]))
    assert bar.lit_places() is bar.lit_places()
    assert "Restraint" in call.reader.foot.about.text()
    image = view.viewport().grab().toImage()
    first = lit[0][0]
    place = first.rects[0].bottomLeft().toPoint()
    near = {
        image.pixelColor(place.x() + x, place.y() + y).name()
        for x in range(12)
        for y in range(-1, 3)
    }
    assert QColor(COLOURS[first.colour]).name() in near


def test_a_list_that_is_not_ticked_lights_nothing_and_it_is_a_step_back(qtbot, desk, call):
    call.word_lists.show()
    item = call.word_lists.page.lists.model().item(0)
    item.setCheckState(Qt.CheckState.Unchecked)
    calm(qtbot, call)
    assert not lists(call)["Restraint"].shown
    assert {one.colour for part in call.reader.view.parts() for one in part.lit} == {1}
    with qtbot.waitSignal(desk.changed):
        desk.do(lambda book: book.undo()).run()
    calm(qtbot, call)
    assert lists(call)["Restraint"].shown
    assert {one.colour for part in call.reader.view.parts() for one in part.lit} == {0, 1}


def test_a_list_is_made_kept_renamed_and_removed(qtbot, desk, call):
    call.word_lists.show()
    page = call.word_lists.page
    page._new()
    page.name.setText("Breath")
    page.name.setModified(True)
    keep(qtbot, call, "can't breathe\n\nair")
    assert stored(qtbot, call, lambda book: book.terms.named("breath").terms) == (
        "can't breathe", "air"
    )  # fmt: skip
    page.name.setText("Restraint")
    page.name.setModified(True)
    page.keep.click()
    calm(qtbot, call)
    assert "already" in page.problem.sentence
    page.name.setText("Breathing")
    keep(qtbot, call, "air\n...")
    assert page.problem.sentence.startswith("1 line cannot be read")
    keep(qtbot, call, "air")
    assert set(lists(call)) == {"Restraint", "People", "Breathing"}
    assert page.words.toPlainText() == "air"
    page.remove.click()
    calm(qtbot, call)
    assert set(lists(call)) == {"Restraint", "People"}
    page._new()
    keep(qtbot, call, "x")
    assert page.problem.sentence == "A name has 1 to 60 characters."


def test_it_says_where_the_words_stand_and_leads_there(qtbot, call):
    call.word_lists.show()
    page = call.word_lists.page
    qtbot.waitUntil(lambda: bool(texts(call)))
    assert page.count.text().startswith("In ")
    rows = texts(call)
    assert any(row.startswith("2010-07: ") for row in rows)
    assert "Custody record: 3 pages under a content note" in rows
    at = next(n for n, row in enumerate(rows) if row.startswith("999 call: "))
    page.where.activated.emit(page.where.model().index(at, 0))
    calm(qtbot, call)
    assert call._middle.currentWidget() is call.reader
    call.word_lists.show()
    page.lists.setCurrentIndex(page.lists.model().index(1, 0))
    qtbot.waitUntil(lambda: page.name.text() == "People")
    keep(qtbot, call, "zebra")
    qtbot.waitUntil(lambda: "no page" in page.count.text())


def test_a_row_of_a_case_opens_the_case_at_its_pages(qtbot, call):
    call.word_lists.show()
    page = call.word_lists.page
    qtbot.waitUntil(lambda: bool(texts(call)))
    model = page.where.model()
    places = [model.item(row).data(_PLACE) for row in range(model.rowCount())]
    assert [case for case, document in places if not document]
    for case in [case for case, document in places if not document]:
        page.place_chosen.emit(case, "")
        qtbot.waitUntil(lambda: call.judging.material.case.id == case)  # noqa: B023 - asked in this turn
        calm(qtbot, call)
        assert call._middle.currentWidget() is call.reader
        assert call.reading.document is not None


def test_back_leads_from_the_lists_to_the_pages(qtbot, call):
    call.word_lists.show()
    typed(call.word_lists.page, "...")
    call.jumps.step(-1)
    assert call._middle.currentWidget() is call.word_lists.page
    typed(call.word_lists.page, "van")
    call.jumps.step(-1)
    assert call._middle.currentWidget() is call.reader
    calm(qtbot, call)
    assert lists(call)["Restraint"].terms == ("van",)


def test_what_is_typed_is_kept_on_the_way_out_or_asked_about(qtbot, desk, call):
    call.word_lists.show()
    page = call.word_lists.page
    page.words.setPlainText("restrain*\nvan")
    page.words.document().setModified(True)
    qtbot.keyClick(page.lists, Qt.Key.Key_Escape)
    calm(qtbot, call)
    assert stored(qtbot, call, lambda book: book.terms.named("restraint").terms) == (
        "restrain*", "van"
    )  # fmt: skip
    call.word_lists.show()
    page.words.setPlainText("...")
    page.words.document().setModified(True)
    page.lists.setCurrentIndex(page.lists.model().index(1, 0))
    assert page.lists.currentIndex().row() == 0
    assert page.problem.sentence
    qtbot.keyClick(page.lists, Qt.Key.Key_Escape)
    assert call._middle.currentWidget() is page
    page.words.document().setModified(False)
    page.lists.setFocus()
    qtbot.keyClick(page.lists, Qt.Key.Key_Delete)
    calm(qtbot, call)
    assert set(lists(call)) == {"People"}


def test_lists_go_out_and_come_in_as_a_text_file(qtbot, call, tmp_path, monkeypatch):
    out = tmp_path / "lists.txt"
    monkeypatch.setattr(word_lists, "choose_new", lambda *given: given[-1](out))
    monkeypatch.setattr(word_lists, "choose_file", lambda *given: given[-1](out))
    call.word_lists.show()
    page = call.word_lists.page
    page.export_asked.emit()
    qtbot.waitUntil(out.exists)
    calm(qtbot, call)
    assert "not encrypted" in page.problem.sentence
    out.write_text("# People\nsergeant\n", encoding="utf-8")
    page.import_asked.emit()
    calm(qtbot, call)
    assert page.problem.sentence == "1 new term in People."
    assert lists(call)["People"].terms == ("officer*", "sergeant")
    out.write_text("...", encoding="utf-8")
    page.import_asked.emit()
    calm(qtbot, call)
    assert page.problem.sentence.startswith("1 line cannot be read")


def test_nothing_of_it_stays_at_a_lock(qtbot, desk, call):
    call.word_lists.show()
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    assert call.word_lists.page.words.toPlainText() == ""
    assert call.word_lists.lighting.lists == ()
    assert call.reader.view.lights.told(1, call.reader.view.characters(1)) == ""


def typed(page, words, name=""):
    if name:
        page.name.setText(name)
        page.name.setModified(True)
    page.words.setPlainText(words)
    page.words.document().setModified(True)


@pytest.mark.parametrize("behind", [False, True])
def test_words_that_are_typed_are_kept_by_a_lock(qtbot, desk, call, path, behind):
    call.word_lists.show()
    typed(call.word_lists.page, "restrain*\nstrangle")
    if behind:
        call._find()
        assert call._middle.currentWidget() is call.results
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    assert not call.word_lists.page.filled
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.terms.named("Restraint").terms == ("restrain*", "strangle")


@pytest.mark.parametrize("name", ["", "people"], ids=["without a name", "under a taken one"])
def test_words_that_cannot_have_their_name_are_kept_by_a_lock_under_a_made_one(
    qtbot, desk, call, path, name
):
    call.word_lists.show()
    page = call.word_lists.page
    for words in ("van", "strangle"):
        page._new()
        typed(page, words, name)
        page.keep_begun()
        calm(qtbot, call)
    assert unsent_in(call) == []
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    with Casebook.open(path, PASSPHRASE) as book:
        made = {one.name: one.terms for one in book.terms.all()}
    first, second = (one for one in made if one.startswith("Words of "))
    assert (made[first], made[second]) == (("van",), ("strangle",))
    assert second == f"{first} (2)"
    assert len(made) == 4


def test_a_lock_does_not_rename_a_list_to_a_name_that_is_taken(qtbot, call):
    call.word_lists.show()
    page = call.word_lists.page
    typed(page, "van", name="people")
    page.keep_begun()
    calm(qtbot, call)
    assert lists(call)["Restraint"].terms == ("van",)


def test_words_that_are_typed_are_kept_where_the_room_settles(qtbot, call):
    call.word_lists.show()
    typed(call.word_lists.page, "restrain*\nstrangle")
    call.settle()
    calm(qtbot, call)
    assert lists(call)["Restraint"].terms == ("restrain*", "strangle")


def test_words_that_cannot_be_kept_are_no_secret_at_a_lock(qtbot, call):
    call.word_lists.show()
    page = call.word_lists.page
    assert unsent_in(call) == []
    typed(page, "...")
    call.settle()
    assert page.problem.sentence
    assert unsent_in(call) == ["words of a list"]
    call._show_pages()
    assert unsent_in(call) == ["words of a list"]
    page.clear()
    assert unsent_in(call) == []


def test_a_name_that_is_taken_costs_nothing_that_is_typed(qtbot, call):
    call.word_lists.show()
    page = call.word_lists.page
    typed(page, "restrain*\nvan", name="people")
    page.keep.click()
    page.lists.setCurrentIndex(page.lists.model().index(1, 0))
    calm(qtbot, call)
    assert "already" in page.problem.sentence
    assert page.lists.currentIndex().row() == 0
    assert (page.name.text(), page.words.toPlainText()) == ("people", "restrain*\nvan")
    page.name.setText("Held")
    page.keep.click()
    calm(qtbot, call)
    assert lists(call)["Held"].terms == ("restrain*", "van")
    assert set(lists(call)) == {"Held", "People"}


@pytest.mark.parametrize("new", [False, True])
def test_what_the_casebook_refuses_is_still_typed(qtbot, call, monkeypatch, new):
    call.word_lists.show()
    page = call.word_lists.page
    if new:
        page._new()

    def refuse(_self, _lists):
        raise InputError("No.")

    with monkeypatch.context() as patch:
        patch.setattr(TermLists, "put", refuse)
        typed(page, "van", name="Vehicles")
        page.keep.click()
        calm(qtbot, call)
    assert page.problem.sentence == "No."
    assert page.filled
    assert page.words.toPlainText() == "van"
    page.keep.click()
    calm(qtbot, call)
    assert set(lists(call)) == {"Vehicles", "People", *(["Restraint"] if new else [])}
    page.lists.model().item(0).setCheckState(Qt.CheckState.Unchecked)
    calm(qtbot, call)
    assert not page.filled


def test_ticks_stop_where_they_are_no_longer_wanted():
    terms = Terms([["cell"]])
    assert ticks_of(terms, [3], ["a cell", ""], wanted=lambda: True) == [Tick(1, 2 / 6, 3)]
    assert ticks_of(terms, [3], ["a cell"], wanted=lambda: False) == []
    crowd = ticks_of(terms, [3], ["cell " * 2 * FINEST] * 2, wanted=lambda: True)
    assert len(crowd) == FINEST, "those that would lie on each other are one"
    lights = Lights()
    lights.set_ticks([Tick(2, 0.5, 3)])
    layout = Layout([(100.0, 100.0), (100.0, 100.0)], Settings(), QSizeF(300, 300))
    ((height, colour),) = lights.heights(layout)
    assert 0.7 < height < 0.8
    assert colour == COLOURS[3]
    assert lights.heights(layout) is lights.heights(layout)
