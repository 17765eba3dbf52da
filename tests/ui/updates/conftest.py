"""Panels made once a session, copied for each test."""

import shutil

import pytest

from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.updates.story import bring_changes, inquiry, released, second_round


@pytest.fixture
def passphrase():
    """Return what opens the casebooks of these panels."""
    return PASSPHRASE


@pytest.fixture(scope="session")
def changed_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    path, paths = inquiry(folder)
    bring_changes(folder, path)
    return folder, path, paths


@pytest.fixture(scope="session")
def released_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released")
    return folder, *released(folder)


@pytest.fixture(scope="session")
def second_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("second")
    return folder, *second_round(folder)


def _copied(once, to):
    folder, path, paths = once
    shutil.copytree(folder, to, dirs_exist_ok=True)
    moved = {name: to / one.relative_to(folder) for name, one in paths.items()}
    return to / path.relative_to(folder), moved


@pytest.fixture
def changed(changed_once, tmp_path):
    """A chair with late, corrected and withdrawn documents, and who has their casebook."""
    return _copied(changed_once, tmp_path)


@pytest.fixture
def after_release(released_once, tmp_path):
    """A chair whose round 1 is released."""
    return _copied(released_once, tmp_path)


@pytest.fixture
def round_2(second_once, tmp_path):
    """A chair in round 2, and panellists who have it."""
    return _copied(second_once, tmp_path)
