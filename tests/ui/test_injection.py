"""Markup in every field of a casebook, and every room of both people walked: it stays text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTabBar, QTextEdit, QWidget

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.records.judgement import Rating, Reason
from tests.books import PASSPHRASE, case, document, framework, page_mark
from ui.rooms.catalogue import rooms_for

WAIT = 10_000
RED = (255, 0, 0)


@pytest.fixture(scope="module")
def markup(tmp_path_factory):
    """Text that shows a red picture wherever it is taken for more than text."""
    path = tmp_path_factory.mktemp("decoy") / "decoy.png"
    picture = QImage(80, 80, QImage.Format.Format_RGB32)
    picture.fill(QColor(*RED))
    picture.save(str(path))
    return f'<img src="{path.as_uri()}"><b>b</b>&amp;'


@pytest.fixture(scope="module")
def casebooks(tmp_path_factory, markup):
    """A chair's released casebook and a panellist's, with markup in every text that there is."""
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "hostile.casebook"
    new = NewCasebook(
        title=f"T {markup}", chair=f"Chair {markup}", marking=f"M {markup}", framework=framework()
    )
    returns, pack_path = [], None
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book:
        cases = [hostile_case(n, markup) for n in range(3)]
        book.cases.add(cases)
        book.documents.add_many([hostile_document(c, markup) for c in cases])
        for name in ("A", "B", "C", "D", "E"):
            made = issue(
                book, f"{name} {markup}", folder, passphrase=PASSPHRASE,
                must_change_passphrase=False,
            )  # fmt: skip
            pack_path = made.path
            with Casebook.open(made.path, PASSPHRASE) as pack:
                rate(pack, markup, apart=name in "AB")
                if name != "E":
                    seal(pack)
                    returns.append(write_return(pack, folder))
        receive(book, returns)
        release(book, without={f"E {markup}": f"R {markup}"})
    return {"chair": path, "panellist": pack_path}


def hostile_case(number, markup):
    return replace(
        case(f"{number} {markup}", title=f"t {markup}"),
        attributes={f"k {markup}": f"v {markup}"},
        content_notes=(f"n {markup}",),
    )


def hostile_document(case_, markup):
    made, original, reading = document(case_, pages=(f"p {markup}", "second"))
    named = replace(
        made, title=f"d {markup}", kind=f"kind {markup}", agency=f"a {markup}",
        date=f"on {markup}", file_name=f"f {markup}.pdf",
    )  # fmt: skip
    return named, original, reading


def rate(pack, markup, *, apart):
    about = pack.about
    first, second, third = about.framework.codes[:3]
    for each in pack.cases.all():
        mark = page_mark(pack, pack.documents.of(each.id)[0], note=f"note {markup}")
        strong = Rating(factor=first, value=4, comment=f"w {markup}", evidence=(mark.id,))
        missing = Rating(factor=third, reason=Reason.MISSING, record=f"rec {markup}")
        ratings = [strong, replace(strong, factor=second, value=4 if apart else 0), missing]
        pack.ratings.put_all(about.member, 1, [(each.id, r) for r in ratings], marks=[mark])
        for field in ("narrative", "good_practice", "other"):
            pack.reviews.set_text(about.member, each.id, 1, **{field: f"{field} {markup}"})


def texts_of(widget):
    """Yield every text that Qt might take for markup, with where it stands."""
    yield "tool tip", widget.toolTip()
    yield "what's this", widget.whatsThis()
    yield "status tip", widget.statusTip()
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield "label", widget.text()
    if isinstance(widget, QTextEdit) and widget.acceptRichText():
        yield "field", widget.toHtml()
    if isinstance(widget, QTabBar):
        yield from (("tab", widget.tabToolTip(n)) for n in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(min(model.rowCount(), 40)):
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            for column in range(columns):
                found = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                yield "cell's tip", found if isinstance(found, str) else ""


def is_red(window):
    picture = window.grab().toImage()
    return any(
        picture.pixelColor(x, y).getRgb()[:3] == RED
        for x in range(0, picture.width(), 8)
        for y in range(0, picture.height(), 8)
    )


def faults_in(window, where):
    for widget in [window, *window.findChildren(QWidget)]:
        for kind, text in texts_of(widget):
            if "<img" in text:
                yield f"{where}: {kind} of {type(widget).__name__}: {text[:60]}"
    if is_red(window):
        yield f"{where}: the picture was shown"


@pytest.mark.slow
@pytest.mark.parametrize("whose", ["chair", "panellist"])
def test_no_room_takes_a_text_for_more(qtbot, window, casebooks, whose):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(casebooks[whose], PASSPHRASE).run()
    wrong, seen = [], set()
    rooms = [entry.id for entry in rooms_for(window.desk.about)]
    assert len(rooms) >= 3
    for ident in rooms:
        window.show_room(ident)
        qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        for view in window.room.findChildren(QAbstractItemView):
            if view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
        qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        wrong += faults_in(window, ident)
        seen |= {
            part
            for part in ("T <", "t <", "d <", "w <", "note <", "A <", "rec <")
            for label in window.findChildren(QLabel)
            if part in label.text()
        }
    assert wrong == []
    assert "T <" in seen, "the walk saw nothing of what was planted"


def test_the_walk_would_see_it(qtbot, window, markup):
    label = QLabel(markup, window)
    label.resize(200, 100)
    label.show()
    label.setToolTip(markup)
    wrong = list(faults_in(window, "here"))
    assert len(wrong) == 3, wrong
