"""The window speaks the language that its settings name, and English where there is none."""

import gettext

import pytest
from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Casebook
from reviewer.casebook.roles import MAY
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.merge import receive
from reviewer.messages import MESSAGES, say
from tests.books import PASSPHRASE
from tests.pseudo import spoken
from tests.reviewer.test_messages import WELSH, put
from tests.ui.chair.panel import forked_panel
from ui import app
from ui.main_window import session
from ui.main_window.session import SessionWatch
from ui.rooms.panel.card import _state
from ui.rooms.panel.people import read_people
from ui.settings import LANGUAGE, Settings


@pytest.fixture
def window_in(qtbot, qapp, tmp_path, monkeypatch):
    """Build the window where the settings name a language, and only Welsh is there."""
    put(tmp_path / "languages", WELSH)
    monkeypatch.setattr(app, "RESOURCES", tmp_path)

    def build(language):
        Settings(tmp_path / "settings.ini").put(LANGUAGE, language)
        qtbot.addWidget(app.build(qapp, tmp_path / "settings.ini", profile=CHEAP))

    yield build
    MESSAGES.use(gettext.NullTranslations())


@pytest.mark.parametrize(("language", "told"), [("cy", "3 chi"), ("xx", "3 dogs"), ("", "3 dogs")])
def test_the_window_speaks_what_its_settings_name(window_in, language, told):
    window_in(language)
    assert MESSAGES.plural("{count:,} dog", "{count:,} dogs", count=3) == told


@pytest.fixture
def foreign():
    with spoken():
        yield


def test_what_a_role_may_do_is_the_same_in_every_language(foreign, window):
    changes = {action.change for action in window.actions_._table.values()} - {""}
    assert changes
    assert changes <= set(MAY)


def test_the_system_s_own_names_are_the_same_in_every_language(foreign, qapp, monkeypatch):
    heard = []
    monkeypatch.setattr(SessionWatch, "_connect", lambda _self, _which, _address: "bus")
    monkeypatch.setattr(SessionWatch, "_hear", lambda _self, _bus, *where: heard.append(where[3]))
    parent = QWidget()
    watch = SessionWatch(parent)
    watch._listen_to_buses()
    assert "Lock" in heard
    left = []
    watch.left.connect(lambda: left.append(True))
    watch._on_properties(f"{session._LOGIN}.Session", {"Active": False}, [])
    assert left


def test_who_is_out_is_told_from_a_conflict_in_every_language(foreign, tmp_path):
    path, returns = forked_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:2])
        people = {one.member.name: one for one in read_people(book, book.about)}
    told = {name: one.returned for name, one in people.items() if one.why}
    assert [name for name, words in told.items() if words == say("conflict: choose one")] == [
        name for name, one in people.items() if one.returns > 1
    ]
    out = [one for one in people.values() if one.why and one.returns == 0 and one.member.rates]
    assert {_state(one)[0] for one in out} == {say("Return out")}
