"""Scanned pages made in code: set in a typewriter's face, drawn, and spoiled as scanners do."""

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.outside.untrusted import Bitmap

LINES = (
    "Statement of Detention Officer P. Marlow, Northmoor Police",
    "I came on duty at 22:00 hours on Tuesday 4 March 1997 and was",
    "posted to the cell corridor with Sergeant Ferris. The detained",
    "person was brought in at 23:35 by two constables and was seen",
    "to be unsteady on his feet. He was placed in cell 14 and was to",
    "be roused at each half hour. At 01:15 the log shows that he was",
    "asleep and breathing. At 02:50 the nurse noted shallow breathing",
    "and called for an ambulance under reference NM/2231/97. No check",
    "is entered between these two times. The family were told at 06:20",
    "by telephone. I make this statement from the custody record.",
)


def typed(lines=LINES, font="Courier", size=11, apart=20):
    """Return a PDF of one page with these lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont(font, size)
    for at, line in enumerate(lines):
        canvas.drawString(60, 770 - at * apart, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def drawn(pdf, dots=150):
    """Return the first page of a PDF as a grey picture."""
    with pdfium.PdfDocument(pdf) as document:
        return document[0].render(scale=dots / 72).to_pil().convert("L")


def spoiled(picture, *, lean=2.0, noise=12.0, seed=1):
    """Return a page as a bad scanner makes it: leaning, soft, grey, and with specks."""
    picture = picture.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor=255)
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), float)
    chance = np.random.default_rng(seed)
    pixels = pixels * 0.75 + 40 + chance.normal(0, noise, pixels.shape)
    specks = chance.random(pixels.shape)
    pixels[specks < 0.004], pixels[specks > 0.996] = 0, 255
    return Image.fromarray(pixels.clip(0, 255).astype("uint8"))


def bitmap(picture):
    """Return a picture as the worker draws a page."""
    return Bitmap(
        width=picture.width,
        height=picture.height,
        stride=picture.width * 4,
        data=picture.convert("RGBX").tobytes(),
    )


def wrong(truth, read):
    """Return how many of 100 characters are wrong: insertions, omissions and exchanges.

    Line breaks are spaces, and typographic quotation marks are what a typewriter writes.
    """
    even = str.maketrans("\u201c\u201d\u2018\u2019\u2014", "\"\"''-")
    one, other = (
        np.frombuffer(" ".join(text.translate(even).split()).encode("utf-32-le"), np.uint32)
        for text in (truth, read)
    )
    places = np.arange(len(other) + 1)
    row = places
    for at, sign in enumerate(one, 1):
        least = np.minimum(row[1:] + 1, row[:-1] + (other != sign))
        row = np.minimum.accumulate(np.concatenate(([at], least)) - places) + places
    return 100 * int(row[-1]) / max(1, len(one))
