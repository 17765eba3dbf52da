"""Pictures of Bring in."""

from pathlib import Path
from typing import Any

from tests.reviewer.documents.locking import zipped
from tests.ui.sample import chair_casebook

LINES = [f"At {n % 24:02}:{n % 60:02} the officer wrote line {n} of the log" for n in range(60)]
FILES = {
    "{0}/police/custody rec 2.txt": LINES,
    "{0}/police/custody rec.txt": [*LINES[:30], "One line was another one", *LINES[31:]],
    "{0}/police/copy of rec.txt": LINES,
    "{0}/family/letter.txt": ["Dear Sirs", "I write about my brother."],
    "{1}/trust/scan0007.txt": ["FIREARMS LOG, NORTHMOOR DIVISION"],
    "{1}/trust/scan0009.txt": ["FIREARMS LOG, second sheet"],
    "{2}/misc/letter 9.txt": ["Our reference: {0}", "Thank you for your letter."],
    "from the archive/box 4/note.txt": ["A note without a name"],
}


def delivery(folder: Path, references: list[str]) -> Path:
    """Write a folder as an agency sends it, for three of the cases."""
    root = folder / "police disclosure 3"
    for path, lines in FILES.items():
        file = root / path.format(*references)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines).format(*references), encoding="utf-8")
    return root


def bring_in_empty(stage: Any) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("cases")
    stage.window.room.views.show_view("bring-in")
    stage.settle()


def bring_in(stage: Any) -> None:
    bring_in_empty(stage)
    lines = stage.window.room._model.rows
    root = delivery(stage.folder, [line.reference for line in lines[:3]])
    stage.window.room.front.arrive(root)
    stage.settle()
    stage.settle()  # the cases beside it are read anew as well


def bring_in_done(stage: Any) -> None:
    bring_in(stage)
    stage.window.room.front.join()
    stage.settle()
    stage.settle()


def bring_in_locked(stage: Any) -> None:
    """A file of an archive that opens only with a password: the field for it is in the card."""
    bring_in_empty(stage)
    reference = stage.window.room._model.rows[0].reference
    path = stage.folder / "police disclosure 3.zip"
    name = f"{reference}/police/custody record of the second night.txt"
    path.write_bytes(zipped(name, b"Ward log", b"x-ray"))
    stage.window.room.front.arrive(path)
    stage.settle()
    stage.settle()


BRING_IN_SCREENS = {
    "bring-in": bring_in,
    "bring-in-empty": bring_in_empty,
    "bring-in-done": bring_in_done,
    "bring-in-locked": bring_in_locked,
}
