"""How well and how fast scanned pages are read, beside plain Tesseract in the same run.

Run: ``python bench/bench_ocr.py``. Exit 1 where a limit is broken. The pages are set here, drawn
at 150 dots an inch and spoiled on purpose: leaning by 2 degrees, soft, grey, and full of specks.
With folders on the command line, each picture in them that has a text of its name beside it is
read too, and told.
"""

import io
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewer.documents.outside.engine import find_engine
from reviewer.documents.outside.recogniser import Recogniser
from tests.reviewer.documents import scans

DOTS = 150
PAGES = 3  # of each face
FACES = (("Courier", 10), ("Times-Roman", 11))
NOISES = (("clean", 0.0), ("noisy", 12.0), ("very noisy", 25.0))
LIMIT = 1.0  # of 100 characters wrong, on noisy pages
BETTER = 5.0  # times fewer than plain Tesseract there
WORDS = " ".join(scans.LINES).split()


def lines(seed):
    """Return 40 lines of words that stand together in no order of their own."""
    chance = random.Random(seed)  # noqa: S311 - pages that are the same each time
    page = []
    for _ in range(40):
        at, line = chance.randrange(len(WORDS)), ""
        while len(line) < 60:
            line = f"{line} {WORDS[at % len(WORDS)]}".strip()
            at += 1
        page.append(line)
    return page


def plain(engine, picture):
    """Read a page by Tesseract alone."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    data = ["--tessdata-dir", str(engine.data)] if engine.data else []
    how = ["stdin", "stdout", *data, "-l", "eng", "--dpi", str(DOTS)]
    done = subprocess.run(  # noqa: S603 - the engine that is measured
        [str(engine.program), *how],
        input=out.getvalue(),
        capture_output=True,
        check=True,
        env={"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode()


def memory(process):
    """Return the most that a process and those it started have held, in MB (Linux)."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> int:
    engine = find_engine()
    if engine is None:
        print("no Tesseract here")
        return 1
    broken = False
    with Recogniser(engine) as reading:
        start = time.perf_counter()
        print(f"{reading.engine}, started in {time.perf_counter() - start:.2f} s")
        for name, noise in NOISES:
            ours, theirs, took, alone = [], [], 0.0, 0.0
            for face, size in FACES:
                for seed in range(PAGES):
                    truth = lines(seed)
                    page = scans.drawn(scans.typed(truth, face, size, apart=18), DOTS)
                    lean = 2.0 if seed % 2 else -2.0
                    page = scans.spoiled(page, lean=lean, noise=noise, seed=seed)
                    start = time.perf_counter()
                    read = reading.read(scans.bitmap(page), DOTS)
                    middle = time.perf_counter()
                    other = plain(engine, page)
                    took, alone = took + middle - start, alone + time.perf_counter() - middle
                    ours.append(scans.wrong("\n".join(truth), read.text))
                    theirs.append(scans.wrong("\n".join(truth), other))
            mine, bare = float(np.mean(ours)), float(np.mean(theirs))
            broken |= name == "noisy" and (mine > LIMIT or mine * BETTER > bare)
            each = ", ".join(f"{one:.2f}" for one in ours)
            print(
                f"{name}: {mine:.2f} of 100 characters wrong (plain Tesseract {bare:.2f}),"
                f" {len(ours) * 60 / took:.0f} pages a minute on one core"
                f" (plain {len(ours) * 60 / alone:.0f}); page by page {each}"
            )
        print(f"the process that reads holds {memory(reading.process_id)} MB beside Tesseract")
        for folder in sys.argv[1:]:
            for picture in sorted(Path(folder).iterdir()):
                truth = picture.with_suffix(".txt")
                if picture.suffix in {".png", ".tif", ".jpg"} and truth.exists():
                    read = reading.read(scans.bitmap(Image.open(picture).convert("L")), 300)
                    wrong = scans.wrong(truth.read_text(encoding="utf-8"), read.text)
                    print(f"{picture.name}: {wrong:.2f} of 100 wrong, {read.sure} % sure")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
