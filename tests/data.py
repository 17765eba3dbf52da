"""Where the real test input lies; it belongs to nobody here and is never copied in."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def data(*parts: str) -> Path:
    """Return a path in the shared data; fail where it was promised, skip where it is absent."""
    promised = os.environ.get("REVIEWER_DATA")
    path = Path(promised or _BESIDE).joinpath(*parts)
    if not path.exists():
        if promised:
            pytest.fail(f"REVIEWER_DATA is set, but {'/'.join(parts)} is not there")
        pytest.skip(f"SKIPPED: no real test input ({'/'.join(parts)})")
    return path
