"""One planted panel for all of these tests; each works on its own copy."""

import shutil

import pytest

from tests.blinding.planting import plant


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    return plant(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def panel(original, tmp_path):
    """A copy of the panel's files, and whose words are where."""
    folder = tmp_path / "panel"
    shutil.copytree(original.chair.parent, folder)
    moved = {
        name: {
            who: folder / path.relative_to(original.chair.parent) for who, path in paths.items()
        }
        for name, paths in (("packs", original.packs), ("returns", original.returns))
    }
    return type(original)(original.planted, folder / original.chair.name, **moved)
