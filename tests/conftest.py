"""What every test stands on: no screen, a home of its own, cheap keys."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import pytest

_HOMES = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory):
    """Keep what is built once for several tests out of the person's own home, too."""
    folder = str(tmp_path_factory.mktemp("homes"))
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOMES:
            patch.setenv(name, folder)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Give each test a home and settings folder that nobody else sees."""
    folder = tmp_path_factory.mktemp("home")
    for name in _HOMES:
        monkeypatch.setenv(name, str(folder))
    return folder
