"""The invented papers that are not PDF: Word, mail, text and scanned pages.

Every function returns bytes, and the same bytes for the same input.
"""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from random import Random
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from reviewer.assets import resource
from reviewer.demo.words import INVENTED

_WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE_NS}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.styles+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE_NS}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE_NS}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE_NS}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE_NS}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD_NS}"><w:style w:type="paragraph" w:default="1" '
    'w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:sz w:val="22"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style></w:styles>'
)
_STYLE_OF = {"#": "Heading1", "##": "Heading2"}
_EPOCH = (2012, 12, 31, 12, 0, 0)

SCAN_SIZE = (1000, 1414)  # A4 at about 120 dots an inch
_PAPER, _TYPE = 233, 58  # greys of the page and of the type


def word(lines: Sequence[tuple[str, str]]) -> bytes:
    """Return a DOCX of ``(style, text)``: style "#" or "##" for headings, "" for paragraphs."""
    body = "".join(_paragraph(style, text) for style, text in lines)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/_rels/document.xml.rels": _LINKS,
        "word/styles.xml": _STYLES,
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_WORD_NS}"><w:body>{body}<w:sectPr>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def mail(*, sender: str, to: str, subject: str, sent: str, number: str, body: str) -> bytes:
    """Return an EML; ``sent`` is a ready Date header, the addresses end in ``.example``."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = sent
    message["Message-ID"] = f"<{number}@northmoor.example>"
    message.set_content(f"{INVENTED}\n\n{body}\n\n{INVENTED}\n", cte="8bit", charset="utf-8")
    return message.as_bytes()


def plain(heading: str, paragraphs: Sequence[str]) -> bytes:
    """Return a text file that says at both ends that it is invented."""
    body = "\n\n".join(paragraphs)
    return f"{heading}\n{INVENTED}\n\n{body}\n\n{INVENTED}\n".encode()


def scan(heading: str, paragraphs: Sequence[str], rng: Random, *, jpeg: bool) -> bytes:
    """Return a picture of a typed page: a little crooked, grey and specked, with no text in it."""
    page = Image.new("L", SCAN_SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    small, plain_face, bold = _face(15, "Regular"), _face(20, "Regular"), _face(21, "Bold")
    draw.text((110, 70), INVENTED, fill=_TYPE + 40, font=small)
    draw.text((110, 130), heading, fill=_TYPE, font=bold)
    y = 190
    for paragraph in paragraphs:
        for line in _lines(paragraph, plain_face, SCAN_SIZE[0] - 240):
            shake = rng.choice((0, 0, 0, 1, -1))
            draw.text((110 + shake, y), line, fill=_TYPE + rng.randint(0, 26), font=plain_face)
            y += 31
        y += 14
    draw.text((110, SCAN_SIZE[1] - 84), INVENTED, fill=_TYPE + 40, font=small)
    page = page.rotate(
        rng.uniform(-1.3, 1.3), resample=Image.Resampling.BICUBIC, fillcolor=_PAPER - 18
    )
    page = _speck(page, rng)
    target = io.BytesIO()
    if jpeg:
        page.save(target, "JPEG", quality=58, dpi=(120, 120))
    else:
        page.quantize(16).save(target, "PNG", compress_level=6, dpi=(120, 120))
    return target.getvalue()


def _speck(page: Image.Image, rng: Random) -> Image.Image:
    """Add the grain of a cheap copier: coarse shade, and a few hundred specks."""
    coarse = Image.frombytes("L", (50, 70), bytes(rng.randint(0, 20) for _ in range(3500)))
    shade = coarse.resize(page.size, Image.Resampling.BILINEAR)
    page = Image.composite(page.point(lambda v: v - 9), page, shade.point(lambda v: v * 12))
    draw = ImageDraw.Draw(page)
    for _ in range(420):
        x, y = rng.randrange(page.width), rng.randrange(page.height)
        draw.point((x, y), fill=rng.randint(90, 200))
    for _ in range(3):
        x = rng.randrange(page.width)
        draw.line((x, 0, x + rng.randint(-6, 6), page.height), fill=_PAPER - 14)
    return page


@cache
def _face(size: int, weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource(f"fonts/NotoSerif-{weight}.ttf")), size)


def _lines(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for item in text.split():
        longer = f"{line} {item}" if line else item
        if line and face.getlength(longer) > width:
            lines.append(line)
            line = item
        else:
            line = longer
    return [*lines, line]


def _paragraph(style: str, text: str) -> str:
    name = _STYLE_OF.get(style)
    properties = f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>' if name else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
