"""Tesseract, started once for one picture: grey pixels in by a pipe, words with boxes out by one.

It reads no file but its own data, and starts nothing: see ``confine``.
"""

import contextlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from reviewer.documents.inside import seccomp

_COLUMNS = 12
_WORD = "5"  # the level of a row that is a word
_VERSION = re.compile(r"tesseract v?(\d+(?:\.\d+){1,3})")
_MOST_OUTPUT = 32 << 20
_NO_LETTER_SURE = 60.0  # a lone stroke or speck is kept only where it is surely a sign


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word, how sure it is (0-100), its box in pixels, and the line it stands in."""

    text: str
    sure: float
    box: tuple[int, int, int, int]
    line: tuple[str, str, str]


class Tesseract:
    """The program, where it lies, and what it knows of letters."""

    def __init__(self, program: Path, data: Path | None) -> None:
        self._program = program
        self._data = data
        beside = str(Path(sys.executable).parent / "_internal")
        self._environment = {
            "OMP_THREAD_LIMIT": "1",
            "LC_ALL": "C.UTF-8",
            **({"LD_LIBRARY_PATH": beside} if getattr(sys, "frozen", False) else {}),
        }

    def version(self) -> str:
        """Return which Tesseract this is, or "" where it does not run here."""
        try:
            told = self._run(["--version"], b"")
        except OSError:
            return ""
        found = _VERSION.search(told[:200].decode("utf-8", "replace"))
        return f"Tesseract {found[1]}" if found else ""

    def words(self, picture: Image.Image, dots: int) -> list[Word]:
        """Return the words of a grey picture of ``dots`` an inch, in reading order."""
        head = f"P5 {picture.width} {picture.height} 255\n".encode("ascii")
        data = ["--tessdata-dir", str(self._data)] if self._data else []
        how = ["-l", "eng", "--psm", "3", "--oem", "1", "--dpi", str(dots)]
        out = self._run(
            ["stdin", "stdout", *data, *how, "-c", "tessedit_create_tsv=1"],
            head + picture.tobytes(),
        )
        rows = out[:_MOST_OUTPUT].decode("utf-8", "replace").splitlines()
        return [word for row in rows if (word := _word(row.split("\t"))) is not None]

    def _run(self, arguments: list[str], pixels: bytes) -> bytes:
        done = subprocess.run(  # noqa: S603 - found by the parent; nothing else may be started
            [str(self._program), *arguments],
            input=pixels,
            capture_output=True,  # nowhere to put it could be opened here
            check=False,
            env=self._environment,
            preexec_fn=seccomp.start_no_more if sys.platform == "linux" else None,
        )
        return done.stdout


def _word(row: list[str]) -> Word | None:
    if len(row) != _COLUMNS or row[0] != _WORD or not row[11].strip():
        return None
    with contextlib.suppress(ValueError):
        left, top, width, height = map(int, row[6:10])
        word = Word(
            text=row[11].strip(),
            sure=float(row[10]),
            box=(left, top, left + width, top + height),
            line=(row[2], row[3], row[4]),
        )
        written = any(sign.isalnum() for sign in word.text)
        return word if written or word.sure >= _NO_LETTER_SURE else None
    return None
