"""A long scan made here: pages of typed words at 300 dots an inch, each a JPEG, in one PDF."""

import io
import random

import numpy as np
from _delivery import lines
from PIL import Image

from tests.reviewer.documents import scans

DOTS = 300
DRAWN = 8  # pages that are drawn; the others are these again, each with its own bytes
_A4 = (595, 842)


def photographs(seed=4):
    """Return pages that are a photograph each, in colour, as ``pictures`` does."""
    noise, made = np.random.default_rng(seed), []
    wide, high = (round(side / 72 * DOTS) for side in _A4)
    for _ in range(DRAWN):
        shown = np.zeros((high, wide, 3))
        for grain in (4, 16, 64, 256):  # as light and shade lie: large forms, and small ones
            small = noise.uniform(0, 255, (high // grain + 2, wide // grain + 2, 3))
            forms = Image.fromarray(small.astype("uint8")).resize((wide, high), 3)
            shown += np.asarray(forms) * (grain**0.5 / 30)
        out = io.BytesIO()
        Image.fromarray(shown.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=60)
        made.append(out.getvalue())
    return made, (wide, high)


def pictures(seed=3):
    """Return scanned pages as JPEGs of about half a megabyte, and their size in pixels."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)  # noqa: S311
    made = []
    for _ in range(DRAWN):
        page = scans.drawn(scans.typed(lines(chance, 40), "Courier", 9, apart=18), DOTS)
        pixels = np.asarray(page, float) * 0.9 + 18 + noise.normal(0, 2.5, page.size[::-1])
        out = io.BytesIO()
        Image.fromarray(pixels.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=52)
        made.append(out.getvalue())
    return made, page.size


def write(path, pages, *, colour=False):
    """Write a PDF of so many scanned pages, or of photographs; return its size in bytes."""
    drawn, (wide, high) = photographs() if colour else pictures()
    colours = "RGB" if colour else "Gray"
    places, count = {}, 3 * pages + 2
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(pages))
    with path.open("wb") as file:

        def put(number, head, stream=None):
            places[number] = file.tell()
            file.write(f"{number} 0 obj\n{head}\n".encode())
            if stream is not None:
                file.write(b"stream\n" + stream + b"\nendstream\n")
            file.write(b"endobj\n")

        file.write(b"%PDF-1.4\n")
        put(1, "<< /Type /Catalog /Pages 2 0 R >>")
        put(2, f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>")
        for n in range(pages):
            page, picture, content = 3 * n + 3, 3 * n + 4, 3 * n + 5
            put(
                page,
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4[0]} {_A4[1]}]"
                f" /Resources << /XObject << /Im {picture} 0 R >> >> /Contents {content} 0 R >>",
            )
            put(
                picture,
                f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high}"
                f" /ColorSpace /Device{colours} /BitsPerComponent 8 /Filter /DCTDecode"
                f" /Length {len(drawn[n % DRAWN])} >>",
                drawn[n % DRAWN],
            )
            draw = f"q {_A4[0]} 0 0 {_A4[1]} 0 0 cm /Im Do Q".encode()
            put(content, f"<< /Length {len(draw)} >>", draw)
        start = file.tell()
        file.write(f"xref\n0 {count + 1}\n0000000000 65535 f \n".encode())
        for number in range(1, count + 1):
            file.write(f"{places[number]:010} 00000 n \n".encode())
        end = f"trailer\n<< /Size {count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
        file.write(end.encode())
        return file.tell()
