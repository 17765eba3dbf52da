"""A made delivery: folders of cases with PDFs, scans, Word files and mails of invented text."""

import io
import random
from email.message import EmailMessage

import docx
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.reviewer.documents import scans

CASES = 55
PICTURES = 40  # scanned pages that are drawn; each file has them in an order of its own
DOTS = 150
WORDS = sorted({word.strip(".,") for word in " ".join(scans.LINES).split()})
KINDS = ("Custody record", "Statement", "Letter", "Log", "Report", "Minutes", "Call sheet")
REFERENCES = tuple(f"INV-{number:03d}" for number in range(1, CASES + 1))
LINES_OF_A_PAGE = 45


def lines(chance, count=LINES_OF_A_PAGE):
    """Return lines of invented words."""
    return [" ".join(chance.choices(WORDS, k=12)) for _ in range(count)]


def pictures(chance):
    """Return scanned pages as JPEG files."""
    rl_config.useA85 = 0
    made = []
    for number in range(PICTURES):
        page = scans.drawn(scans.typed(lines(chance, 38), "Courier", 9, apart=18), DOTS)
        page = page.rotate(number % 5 - 2, resample=Image.Resampling.BICUBIC, fillcolor=255)
        out = io.BytesIO()
        page.save(out, "JPEG", quality=45)
        made.append(out.getvalue())
    return made


def pdf(pages, title):
    """Return a PDF; a page is its lines, or the bytes of a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for page in pages:
        if isinstance(page, bytes):
            canvas.drawImage(ImageReader(io.BytesIO(page)), 0, 0, *A4)
        else:
            text = canvas.beginText(50, 800)
            text.setFont("Times-Roman", 9)
            text.setLeading(16)
            text.textLines(page)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(pages):
    """Return a Word file with as many printed pages."""
    document, out = docx.Document(), io.BytesIO()
    for at, page in enumerate(pages):
        if at:
            document.add_page_break()
        for start in range(0, len(page), 9):
            document.add_paragraph(" ".join(page[start : start + 9]))
    document.save(out)
    return out.getvalue()


def mail(text, number):
    """Return a mail."""
    message = EmailMessage()
    message["From"], message["To"] = "registry@example.org", "panel@example.org"
    message["Subject"] = f"Disclosure {number}"
    message["Date"] = "Tue, 04 Mar 2025 10:00:00 +0000"
    message.set_content("\n".join(text))
    return message.as_bytes()


def make(folder, files, pages, *, scanned=0.3, seed=9):
    """Fill ``folder``; return how many pages there are, and how many of them are pictures.

    Of twenty files one is a Word file and one a mail; of all pages the share ``scanned`` is
    pictures, in PDFs of their own.
    """
    chance = random.Random(seed)  # noqa: S311 - the same delivery each time
    drawn = pictures(chance)
    total = shown = 0
    for number in range(files):
        each = (pages - total) / (files - number)
        reference, kind = REFERENCES[number % CASES], KINDS[number % len(KINDS)]
        wanted = max(1, round(chance.uniform(0.2, 1.8) * each))
        name = f"{kind} {number:05d}"
        if number % 20 == 18:
            wanted, suffix, data = 1, "eml", mail(lines(chance, 20), number)
        elif number % 20 == 19:
            suffix, data = "docx", word([lines(chance) for _ in range(wanted)])
        else:
            picture = shown + wanted / 2 <= scanned * (total + wanted)
            kinds = [chance.choice(drawn) if picture else lines(chance) for _ in range(wanted)]
            suffix, data = "pdf", pdf(kinds, name)
            shown += wanted if picture else 0
        total += wanted
        case = folder / reference
        case.mkdir(exist_ok=True)
        (case / f"{name}.{suffix}").write_bytes(data)
    return total, shown
