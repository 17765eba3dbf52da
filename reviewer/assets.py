"""Where the files in ``resources/`` lie, in a checkout, an installation and a frozen program."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a file in ``resources/`` (``name`` with forward slashes).

    Raises ``FileNotFoundError`` when the program was put together without it.
    """
    path = RESOURCES / name
    if not path.exists():
        raise FileNotFoundError(path)
    return path
