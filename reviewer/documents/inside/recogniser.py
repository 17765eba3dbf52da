"""The process that reads scans: it is given pixels, and answers with words and their boxes.

Started as ``reviewer --recogniser PROGRAM [DATA]`` by the program itself, never by the process
that parses documents. It gives up network and files before the first pixel, may start Tesseract
and nothing else, and is killed when it overruns. The answers are checked in ``outside``.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from reviewer.documents import limits
from reviewer.documents.frames import read_frame, write_frame
from reviewer.documents.inside import confine, scanned, straighten
from reviewer.documents.inside.tesseract import Tesseract

_LIBRARY_FOLDERS = ("/lib64", "/usr/lib64", "/lib", "/usr/lib")
_LIBRARIES = ("libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1")
_LANGUAGES = ("libgcc_s.so.1", "libstdc++.so.6")
_INSTALLED = "/usr/share/tessdata", "/usr/share/tesseract-ocr"  # where a system keeps its own


def main(arguments: list[str]) -> int:
    """Run the process; ``arguments`` is what follows ``--recogniser``."""
    program = Path(arguments[0])
    data = Path(arguments[1]) if len(arguments) > 1 else None
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - what prints must not
        os.dup2(nowhere.fileno(), 0)  # write into the answers
        os.dup2(nowhere.fileno(), 1)
    reach = confine.confine_to(program, *_needed(data))
    tesseract = Tesseract(program, data)
    with contextlib.suppress(BrokenPipeError):
        write_frame(answers, {"ready": True, "reach": list(reach), "engine": tesseract.version()})
        serve(requests, answers, tesseract)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO, tesseract: Tesseract) -> None:
    """Read page after page until there are none."""
    kind = limits.RECOGNISING
    while (frame := read_frame(requests)) is not None:
        head, pixels = frame
        confine.spend(kind.processor_seconds, kind.processor_in_all)
        try:
            picture = straighten.grey(head["width"], head["height"], pixels)
            page = scanned.read_page(picture, head["dots"], tesseract.words)
        except MemoryError:
            write_frame(answers, {"refused": "memory"})
            continue
        text = page.text.encode("utf-8")
        write_frame(
            answers,
            {"text": len(text), "sure": page.sure, "turn": page.turn},
            text,
            page.boxes,
        )


def _needed(data: Path | None) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files that Tesseract reads: its data, the system's libraries."""
    if sys.platform != "linux":
        return [], []
    if data is None:  # a system's own Tesseract stands on libraries that we do not know
        return [Path(name) for name in (*_LIBRARY_FOLDERS, *_INSTALLED)], [
            Path("/etc/ld.so.cache")
        ]
    triplets = [path for name in _LIBRARY_FOLDERS for path in _below(Path(name))]
    files = [folder / name for folder in triplets for name in (*_LIBRARIES, *_LANGUAGES)]
    return [data], [Path("/etc/ld.so.cache"), *files, *confine.LOADERS]


def _below(folder: Path) -> list[Path]:
    return [folder, folder / "x86_64-linux-gnu", folder / "aarch64-linux-gnu"]
