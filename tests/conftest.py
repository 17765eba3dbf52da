"""What every test stands on: no screen, a home of its own, cheap keys."""

import functools
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import pytest

from reviewer.messages import MESSAGES
from tests.workers import (  # noqa: F401 - hooks: pytest finds them by their names
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_configure_node,
    pytest_make_parametrize_id,
    pytest_sessionfinish,
    pytest_xdist_make_scheduler,
)


def _no_fault(template):
    """At a person's screen English is shown instead; here it is a fault."""
    raise AssertionError(f"what {template!r} names was not given")


MESSAGES.told_of = _no_fault
PATIENCE = 60_000  # ms; a crowded machine is slow, not wrong
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


@pytest.fixture
def qtbot(qtbot):
    """Give what is waited for a minute at least, whatever a test names as its usual time."""
    for name in ("waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, name, _patient(getattr(qtbot, name)))
    return qtbot


def _patient(wait):
    @functools.wraps(wait)
    def patient(*arguments, timeout=0, **more):
        return wait(*arguments, timeout=max(timeout, PATIENCE), **more)

    return patient
