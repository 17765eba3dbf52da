"""One casebook a session, copied for each test; the room on it, with its real desk."""

import shutil

import pytest

from reviewer.crypto.profiles import CHEAP
from tests.ui.read.inquiry import PASSPHRASE, make_inquiry
from tests.ui.read.steps import calm, open_document, open_reference
from ui.desk.desk import Desk
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings
from ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return make_inquiry(tmp_path_factory.mktemp("inquiry"))


@pytest.fixture
def path(template, tmp_path):
    return shutil.copy(template, tmp_path / "inquiry.casebook")


@pytest.fixture
def desk(qtbot, qapp, path):
    made = Desk(profile=CHEAP)
    with qtbot.waitSignal(made.opened):
        made.open(path, PASSPHRASE).run()
    yield made
    made.close()


@pytest.fixture
def room(qtbot, qapp, desk, tmp_path):
    Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    made = ReadRoom(desk, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.judging.loaded):
        made.enter()
    calm(qtbot, made)
    made.activateWindow()
    return made


@pytest.fixture
def call(qtbot, room):
    """Return the room with the call of 2010-07 open in it, drawn and at rest."""
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    return room
