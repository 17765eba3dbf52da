"""Broken PDFs by the thousand, read and drawn: pages or a sentence, within the limits."""

import io
import random
import time
from pathlib import Path

import pypdfium2
import pytest

from reviewer.documents import limits
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError
from tests.data import data

MEMORY = 512 << 20  # bytes that reading and drawing one document may take
SECONDS = 5.0
LARGEST = 400_000  # bytes of an original: the faults matter, not the time they take
DRAWN = 300  # pixels wide
PARTS = (b"/", b" obj", b"stream", b"<<", b"/Length", b"/Kids", b"/Filter", b"/W ", b"xref")


def originals(make_pdf):
    """Return PDFs of many makers, where they lie beside the checkout, and two of our own."""
    own = io.BytesIO()
    with pypdfium2.PdfDocument(make_pdf(*(f"Page {n}" for n in range(4)))) as document:
        document.save(own)
    found = [own.getvalue(), make_pdf("one", "two")]
    folder = data("documents")
    paths = [*folder.glob("pdf/*.pdf"), *folder.glob("pfd_real/*.pdf")]
    return found + [p.read_bytes() for p in sorted(paths) if p.stat().st_size < LARGEST]


def mutants(seed, count, bases):
    """Yield ``count`` broken copies: bytes changed, cut, moved; numbers and names made wrong."""
    chance = random.Random(seed)  # noqa: S311 - the same noise each time, not a secret
    for number in range(count):
        made = bytearray(bases[number % len(bases)])
        for _ in range(chance.randint(1, 25)):
            _break(made, chance)
        yield bytes(made)


def _break(made, chance):
    at = chance.randrange(max(len(made), 1))
    how = chance.random()
    if how < 0.4:
        made[at : at + 1] = bytes([chance.randrange(256)])
    elif how < 0.5:
        del made[at : at + chance.randint(1, 60)]
    elif how < 0.6:
        other = chance.randrange(max(len(made), 1))
        made[at:at] = made[other : other + chance.randint(1, 80)]
    else:  # near something that means something to a parser
        found = made.find(chance.choice(PARTS), at)
        if found >= 0:
            place = found + chance.randint(0, 14)
            made[place : place + 1] = chance.choice([b"9999999999", b"-1", b"0", b"R", b"[", b"/"])


def peak_of(worker):
    """Return the most memory that the worker at work now has held, in bytes."""
    if worker.process_id is None:
        return 0
    try:
        status = Path(f"/proc/{worker.process_id}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((part for part in status.splitlines() if part.startswith("VmHWM:")), "VmHWM: 0")
    return int(line.split()[1]) * 1024


def try_all(files):
    """Read and draw every file with one worker at a time; return what happened."""
    shown, refused, worst_s, worst_b = 0, 0, 0.0, 0
    with Worker() as worker:
        for untrusted in files:
            started = time.monotonic()
            try:
                reading = worker.read(untrusted, "a.pdf")
                worker.open("shown", untrusted)
                for page in range(1, min(len(reading.pages), 3) + 1):
                    worker.render("shown", page, DRAWN)
                shown += 1
            except DocumentError:
                refused += 1
            finally:
                worker.forget("shown")
            worst_s = max(worst_s, time.monotonic() - started)
            worst_b = max(worst_b, peak_of(worker))
        assert worker.read(b"next", "b.txt").pages[0].text == "next"
    return shown, refused, worst_s, worst_b


def judge(count, make_pdf, seed):
    bases = originals(make_pdf)
    shown, refused, worst_s, worst_b = try_all(mutants(seed, count, bases))
    print(  # noqa: T201 - the figure
        f"mutated PDFs: {count} of {len(bases)} originals, {shown} shown, {refused} refused,"
        f" worst {worst_b >> 20} MiB and {worst_s:.2f} s"
    )
    assert shown + refused == count
    assert shown
    assert refused
    assert worst_b < MEMORY < limits.MEMORY
    assert worst_s < SECONDS


@pytest.mark.slow
def test_200_broken_pdfs(make_pdf):
    judge(200, make_pdf, 1)


@pytest.mark.nightly
def test_2000_broken_pdfs(make_pdf):
    judge(2_000, make_pdf, 2)
