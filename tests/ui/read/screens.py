"""The screens of the read and score room, for ``tests.ui.shots``."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.casebook.book import Casebook
from reviewer.records.contents import Contents, Heading
from reviewer.rounds.terms import take_in
from tests.books import PASSPHRASE
from tests.ui.chair.panel import issued_panel
from tests.ui.read.family import give_family
from tests.ui.read.inquiry import PASSPHRASE as INQUIRY
from tests.ui.read.inquiry import make_inquiry
from tests.ui.read.scanned import RIGHT, WRONG, give_scan
from ui.dialogs.misread import MisreadDialog


def read(stage):
    """A case half scored: marks in their colours, words picked, the bar over them."""
    room = _case(stage, "2010-07", "999 call")
    view, sheet = room.reader.view, room.sheet
    for factor, words in (
        ("IND-FORCE", "Restrained by four officers and held face down for seven minutes"),
        ("COO-LIAI", "Detained person brought in by two officers"),
    ):
        sheet.open_factor(factor)
        _pick(room, words)
        QTest.keyClick(view, Qt.Key.Key_E)
        stage.settle()
    _pick(room, "No officer is recorded")
    QTest.keyClick(view, Qt.Key.Key_M)
    for factor, keys in (("SYS-CALL", "1"), ("SYS-CUST", "x"), ("IND-FORCE", "3cc")):
        sheet.open_factor(factor)
        for key in keys:
            QTest.keyClick(sheet.rows[factor], key)
    sheet.body.comment.setPlainText(
        "Two accounts agree on about seven minutes; nobody is recorded as watching his breathing."
    )
    sheet.flush()
    _pick(room, "Checked through hatch")
    stage.settle()
    return room


def read_alone(stage):
    """The pages with the lists away and the band over the line that is read."""
    room = _case(stage, "2010-07", "999 call")
    for what in ("hide-cases", "hide-sheet", "reading-band"):
        room.commands[what]()
    stage.settle()
    return room


def read_outline(stage):
    """The outline of a document beside its small pages, and a page with a name of its own."""
    room = _case(stage, "2010-07", "999 call")
    room.commands["outline"]()
    headings = (("Arrival at the station", 1, 0), ("First search", 1, 1), ("In the cell", 2, 0))
    contents = Contents(
        headings=tuple(Heading(title=t, page=p, depth=d) for t, p, d in headings),
        labels=("iv", "A-1", "A-2"),
    )
    stage.settle()
    room.renderer.described.emit(room.reading.document, contents)
    stage.settle()
    return room


def read_covered(stage):
    """A document with a content note, before the reader wants to look."""
    _case(stage, "2010-07", "Custody record")


def read_words(stage):
    """The words of the page below it, with what is picked in them picked on the page."""
    room = read(stage)
    room.by_ear.turn_words()
    stage.settle()


def read_notes(stage):
    """What of a mail is not on its pages, opened; its attachment stands behind it."""
    room = _case(stage, "2010-07", "Re: the hatch", family=True)
    room.below.notes.turn()
    stage.settle()


def read_documents(stage):
    """The documents of the case as a list, some pages read, one record not in the file."""
    room = _case(stage, "2010-07", "999 call", family=True)
    _pick(room, "No officer is recorded")
    QTest.keyClick(room.reader.view, Qt.Key.Key_M)
    stage.settle()
    for page in (1, 2):
        room.reading._on_read(room.reading.document, page)
    room.listing.turn()
    stage.settle()


def read_misread(stage):
    """A word of a scan that was misread, asked for beside its picture."""
    path = make_inquiry(stage.folder)
    give_scan(path)
    room = _case(stage, "2010-07", "Typed statement", path=path)
    _pick(room, WRONG)
    stage.settle()
    QTest.keyClick(room.reader.view, Qt.Key.Key_W)
    stage.settle()
    (dialog,) = room.window().findChildren(MisreadDialog)
    for _ in range(40):
        stage.settle()
        if not dialog.picture.pixmap().isNull():
            return


def read_corrected(stage):
    """A scan with a word that was corrected, and the bar over another."""
    path = make_inquiry(stage.folder)
    made = give_scan(path)
    with Casebook.open(path, INQUIRY) as book:
        start = book.documents.page(made.id, 1).text.index(WRONG)
        book.scans.correct(made.id, 1, start, start + len(WRONG), RIGHT)
    room = _case(stage, "2010-07", "Typed statement", path=path)
    _pick(room, "officers and held")
    stage.settle()


def read_cover(stage):
    """The cover of a case: what it holds, what is noted, a mail with its attachment among it."""
    room = _case(stage, "2010-07", "999 call", family=True)
    room.listing.turn_cover()
    stage.settle()


def read_beside(stage):
    """Two documents side by side, the second in use, words picked in it."""
    room = _case(stage, "2010-07", "Photograph")
    room.beside.open(room.judging.material.documents[1])
    stage.settle()
    view = room.beside.pane.reader.view
    for _ in range(40):
        stage.settle()
        if view.parts() and view.parts()[0].image is not None and view.characters(1):
            break
    start = view.characters(1).text.index("No officer is recorded")
    view.select(1, start, start + 22)
    stage.settle()


def read_two_pages(stage):
    """Two pages side by side, words picked on the second."""
    room = _case(stage, "2010-07", "999 call")
    room.commands["two-pages"]()
    stage.settle()
    room.reader.view.select(2, 0, 24)
    stage.settle()


def read_peek(stage):
    """A page looked at without leaving the one that is read: that of a mark."""
    room = _case(stage, "2010-07", "999 call")
    _pick(room, "Restrained by four officers")
    room.reader.view.mark_asked.emit()
    stage.settle()
    room.beside.reading.open(room.judging.material.documents[2])
    stage.settle()
    room.peeking.look_at_mark(room.judging.material.marks[0].id)
    for _ in range(60):
        stage.settle()
        if room.peeking.peek.sheet.drawn:
            break


def read_attached(stage):
    """A document that came with another."""
    _case(stage, "2010-07", "\u21b3 Photo of the hatch", family=True)


def cases_notes(stage):
    """The mail chosen in Cases, with what is to be known of it."""
    path = make_inquiry(stage.folder)
    give_family(path)
    stage.open(path)
    stage.window.show_room("cases")
    stage.settle()
    room = stage.window.room
    titles = [row.first for row in room.detail.documents]
    room.detail.choose(titles.index("Re: the hatch"))
    room.detail.file_notes.turn()
    stage.settle()


def read_find(stage):
    """Words found in the document."""
    room = _case(stage, "2010-07", "999 call")
    room.reader.find_words("officers")
    room.reader._ask_find("officers")
    stage.settle()


def read_everywhere(stage):
    """Words found in all cases."""
    room = _case(stage, "2010-07", "999 call")
    room._find_everywhere("officer airway")
    stage.settle()


def read_left(stage):
    """What is left, before the round is sealed."""
    room = read(stage)
    room.reader.view.clear_selection()
    room._show_left()
    stage.settle()


def before_seal(stage):
    """The page before a seal, nearly everything blank."""
    room = _case(stage, "2010-07", "999 call")
    QTest.keyClick(room.sheet.rows["SYS-CALL"], "1")
    QTest.keyClick(room.sheet.rows["SYS-CALL"], "c")
    stage.settle()
    room.ending.show_page()
    stage.settle()
    return room


def before_seal_rated(stage):
    """The page before a seal, most of it rated."""
    room = _case(stage, "2010-07", "999 call")
    for reference in ("2010-07", "2010-09"):
        room.open_case(next(r.id for r in room.cases._rows if r.row.first == reference))
        stage.settle()
        for factor in list(room.sheet.rows)[:15]:
            room.sheet.open_factor(factor)
            QTest.keyClick(room.sheet.rows[factor], "0")
    stage.settle()
    room.ending.show_page()
    stage.settle()


def before_seal_act(stage):
    """The end of the page before a seal, the word typed."""
    room = before_seal(stage)
    bar = room.before._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.keyClicks(room.before.word, "seal")


def reopening(stage):
    """A sealed round, and the question why it is to be opened again."""
    read_sealed(stage)
    stage.window.room.left.reopening.ask()


def read_sealed(stage):
    """A panellist's round just sealed: the key words to read to the chair."""
    issued_panel(stage.folder, names=("A. One",), cases=2)
    stage.desk.open(next((stage.folder / "out").glob("*.casebook")), PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("read")
    stage.settle()
    room = stage.window.room
    room._show_left()
    stage.settle()


def undone(stage):
    """What was taken back is named over the foot, and its place is open."""
    room = read(stage)
    room.reader.view.clear_selection()
    room.open_case(next(r.id for r in room.cases._rows if r.row.first == "2010-09"))
    stage.settle()
    stage.action("undo")
    _drawn(stage, room)


def steps(stage):
    """The list of what was done, one step taken back."""
    undone(stage)
    stage.action("steps")


def my_marks(stage):
    """Marks under their factors, one with a note, one that hangs loose."""
    room = read(stage)
    _pick(room, "Checked through hatch")
    QTest.keyClick(room.reader.view, Qt.Key.Key_M)
    stage.settle()
    for mark in room.judging.material.marks[:2]:
        room.judging.set_note(mark.id, "Written 22:13, by the same hand")
    stage.settle()
    stage.window.show_room("my-marks")
    stage.settle()
    marks = stage.window.room
    marks.list.setCurrentIndex(marks.list.marks.index(1, 0))
    return marks


def my_marks_by_day(stage):
    """All marks of a day under one head, which is folded; what does not fit is said."""
    marks = my_marks(stage)
    marks.by.setCurrentIndex(3)
    marks._fold(marks.list.marks.rows[0].key)


def my_marks_none_fits(stage):
    """Words that no mark holds."""
    marks = my_marks(stage)
    marks.side.field.setText("ambulance station")
    marks.side._tell()


def my_marks_none(stage):
    """Before anything is marked."""
    stage.open(make_inquiry(stage.folder))
    stage.window.show_room("my-marks")


def read_terms(stage):
    """The lists of words, and where those of the first stand."""
    _lit(stage).word_lists.show()
    stage.settle()


def read_lit(stage):
    """A page on which words of two lists are lit, beside a mark."""
    room = _lit(stage)
    _pick(room, "No officer is recorded")
    QTest.keyClick(room.reader.view, Qt.Key.Key_M)
    stage.settle()


def _lit(stage):
    room = _case(stage, "2010-07", "999 call")
    lists = [("Restraint", ["restrain*", "face down"]), ("People", ["officer*", "sister"])]
    stage.desk.do(lambda book: take_in(book, lists)[0]).run()
    stage.settle()
    return room


READ_SCREENS = {
    "read-terms": read_terms,
    "read-lit": read_lit,
    "my-marks": my_marks,
    "my-marks-by-day": my_marks_by_day,
    "my-marks-none-fits": my_marks_none_fits,
    "my-marks-none": my_marks_none,
    "read-undone": undone,
    "steps": steps,
    "read": read,
    "read-alone": read_alone,
    "read-outline": read_outline,
    "read-covered": read_covered,
    "read-words": read_words,
    "read-notes": read_notes,
    "read-documents": read_documents,
    "read-cover": read_cover,
    "read-beside": read_beside,
    "read-peek": read_peek,
    "read-two-pages": read_two_pages,
    "read-attached": read_attached,
    "read-corrected": read_corrected,
    "read-misread": read_misread,
    "cases-notes": cases_notes,
    "read-find": read_find,
    "read-everywhere": read_everywhere,
    "read-left": read_left,
    "read-sealed": read_sealed,
    "read-before-seal": before_seal,
    "read-before-seal-rated": before_seal_rated,
    "read-before-seal-act": before_seal_act,
    "read-reopening": reopening,
}


def _case(stage, reference, title, *, family=False, path=None):
    path = path or make_inquiry(stage.folder)
    if family:
        give_family(path)
    stage.open(path)
    stage.window.show_room("read")
    stage.settle()
    room = stage.window.room
    room.open_case(next(r.id for r in room.cases._rows if r.row.first == reference))
    stage.settle()
    tabs = room.tabs
    tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n).startswith(title)))
    _drawn(stage, room)
    return room


def _drawn(stage, room):
    """Wait until the page in sight has been drawn; the desk's rest does not say that."""
    view = room.reader.view
    for _ in range(40):
        stage.settle()
        if room.reader.covered or (view.parts() and view.parts()[0].image is not None):
            return


def _pick(room, words):
    view = room.reader.view
    start = view.characters(1).text.index(words)
    view.select(1, start, start + len(words))
