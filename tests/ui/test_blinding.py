"""Before the release no widget or model of the chair's window holds a word of another reviewer."""

import contextlib
import gc
import shutil
from collections import Counter

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QObject,
)
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView
from shiboken6 import isValid

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from tests.blinding.finding import members_in, others, words_in
from tests.blinding.planting import CHAIR, PANELLISTS, plant
from tests.books import PASSPHRASE
from ui.rooms.agreement.room import AgreementRoom
from ui.rooms.catalogue import rooms_for

WAIT = 20_000
ROLES = (*range(16), *range(256, 272))  # Qt's own and the first of ours
ROWS = 60


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return plant(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def folder(original, tmp_path):
    copied = tmp_path / "panel"
    shutil.copytree(original.chair.parent, copied)
    return copied


@pytest.fixture
def opened(qtbot, window, folder):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(folder / "chair.casebook", PASSPHRASE).run()
    return window


def texts_of(thing):
    """Yield every text that a Qt object holds: properties, document, model, our own fields."""
    yield from kept_in(thing)
    if not isValid(thing):  # deleted by Qt, kept by Python
        return
    meta = thing.metaObject()
    for place in range(meta.propertyCount()):
        found = meta.property(place).read(thing)
        if isinstance(found, str):
            yield found
    if isinstance(thing, QTextDocument):
        yield thing.toPlainText()
    if isinstance(thing, QAbstractItemModel):
        yield from cells_of(thing)


def kept_in(thing):
    for found in vars(thing).values() if hasattr(thing, "__dict__") else ():
        with contextlib.suppress(RuntimeError):  # it names something that Qt has deleted
            yield repr(found)


def cells_of(model):
    for row in range(min(model.rowCount(), ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for column in range(columns):
            index = model.index(row, column)
            for role in ROLES:
                found = index.data(role)
                if found is not None:
                    yield found if isinstance(found, str) else repr(found)


def words_held(things, planted):
    held = "\n".join(text for thing in things for text in texts_of(thing))
    return words_in(held.encode("utf-8", "replace"), planted)


def everything(window):
    return [window, *window.findChildren(QObject)]


def walk(qtbot, window, planted):
    """Show every room, choose the first row of every list, and count the words that are held."""
    found, seen = Counter(), []
    for entry in rooms_for(window.desk.about):
        window.show_room(entry.id)
        qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        for view in window.room.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
                qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        if isinstance(window.room, AgreementRoom):
            qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        found += words_held(everything(window), planted)
        seen.append(entry.id)
    assert {"cases", "read", "panel", "merge", "agreement", "summary"} <= set(seen)
    return found


@pytest.mark.slow
def test_before_the_release_no_room_holds_a_word_of_others(qtbot, opened, original, folder):
    opened.show_room("merge")
    qtbot.waitUntil(lambda: opened.desk.idle, timeout=WAIT)
    opened.room.take(sorted((folder / "returns").iterdir()))
    qtbot.waitUntil(lambda: opened.desk.idle, timeout=WAIT)
    assert opened.room._stands.received == 7
    found = walk(qtbot, opened, original.planted)
    assert others(found, CHAIR) == Counter()
    assert CHAIR in members_in(found), "the walk must find the chair's own words"
    told("the chair's window, before", found)


def told(place, found):
    print(f"\n{place}: own {sum(found.values()) - sum(others(found, CHAIR).values())},"  # noqa: T201
          f" of others {sum(others(found, CHAIR).values())}")  # fmt: skip


@pytest.mark.nightly
def test_after_the_release_the_walk_finds_them(qtbot, window, original, folder):
    path = folder / "chair.casebook"
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, sorted((folder / "returns").iterdir()))
        release(book)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    found = walk(qtbot, window, original.planted)
    assert set(PANELLISTS) <= members_in(found)
    told("the chair's window, after", found)


def living():
    """Return every Qt object that Python still knows, wherever it hangs, dead ones too."""
    return [thing for thing in gc.get_objects() if issubclass(type(thing), QObject)]


@pytest.mark.slow
def test_once_locked_no_widget_or_model_holds_a_word(qtbot, opened, original):
    found = walk(qtbot, opened, original.planted)
    assert CHAIR in members_in(found)
    with qtbot.waitSignal(opened.desk.locked, timeout=WAIT):
        opened.actions_.run("lock")
    qtbot.waitUntil(lambda: opened.desk.idle, timeout=WAIT)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = words_held([*living(), *everything(opened)], original.planted)
    assert left == Counter()
    told("widgets and models once locked", left)


def test_a_word_in_a_tool_tip_a_cell_or_a_field_would_be_seen(qtbot, window, original):
    planted = original.planted
    word = next(one for one, (_, place) in planted.words.items() if place != "name")
    (owner, _place) = planted.words[word]
    for hide, show in (
        (lambda: window.setToolTip(""), lambda: window.setToolTip(f"see {word}")),
        (lambda: window.setAccessibleName(""), lambda: window.setAccessibleName(word)),
        (lambda: vars(window).pop("aside"), lambda: vars(window).update(aside={"note": word})),
    ):
        show()
        assert members_in(words_held(everything(window), planted)) == {owner}
        hide()
        assert words_held(everything(window), planted) == Counter()
