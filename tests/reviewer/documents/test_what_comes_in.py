"""The list of what comes in names every kind that the program shows, and no other."""

import re
from pathlib import Path

from reviewer.documents.media import MEDIA

LIST = Path(__file__).parents[3] / "docs" / "what-comes-in.md"


def test_every_kind_is_on_the_list_once():
    rows = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("| `")]
    named = [kind for row in rows for kind in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(MEDIA)
