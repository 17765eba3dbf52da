"""The window speaks the language that its settings name, and English where there is none."""

import gettext

import pytest

from reviewer.crypto.profiles import CHEAP
from reviewer.messages import MESSAGES
from tests.reviewer.test_messages import WELSH, put
from ui import app
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
