"""What a file is, from its bytes; its name is only asked where bytes leave a choice.

Runs in the worker. ``kind`` returns one of ``media.MEDIA`` or raises ``Refused`` with what it is.
"""

import codecs
import io
import re

import olefile

from reviewer.documents.formats import adts, archive, excel_xml, flat, mail, mp4, subtitles
from reviewer.documents.media import MEDIA
from reviewer.documents.refusals import Refused

_HEAD = 1024  # a PDF's mark may stand after a little noise

_STARTS = (
    (b"ID3", "mp3"),
    *((bytes([0xFF, one]), "mp3") for one in (0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3)),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b".snd", "au"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_MAGIC = (
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\1\0", "picture"),
    (b"8BPS", "picture"),
    (b"\0\0\0\x0cjP  ", "picture"),
    (b"\xff\x4f\xff\x51", "picture"),
    (b"%!PS", "postscript"),
    (b"!BDN", "pst"),
    (b"\xffWPC", "wordperfect"),
    (b"\xdb\xa5\x2d\0", "doc-old"),  # Word 2
    (b"\x9b\xa5\x21\0", "doc-old"),  # Word 1
    (b"\xfe\x37\0\x23", "doc-old"),  # Word for Macintosh
    (b"\x31\xbe\0\0", "doc-old"),  # Word for DOS, Write
    (b"\x32\xbe\0\0", "doc-old"),
    (b"\x09\0\x04\0", "xls-old"),  # Excel 2, 3 and 4
    (b"\x09\x02\x06\0", "xls-old"),
    (b"\x09\x04\x06\0", "xls-old"),
    (b"\0\0\x02\0\x06\x04\x06\0", "lotus"),
    (b"\0\0\x1a\0", "lotus"),
    (b"SQLite format 3\0", "database"),
    (b"\0\x01\0\0Standard Jet DB", "database"),
    (b"\0\x01\0\0Standard ACE DB", "database"),
    (b"AT&TFORM", "djvu"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "onenote"),
    (b"\xd7\xcd\xc6\x9a", "picture"),  # a drawing on its own (WMF)
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x1a\x45\xdf\xa3", "sound"),
    (b"#!AMR", "sound"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "sound"),
)
_SOUND_FORMS = {b"WAVE", b"AIFF", b"AIFC"}
_PHOTOS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"}
_NEWER_PHOTOS = {b"avif", b"avis"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TABLES = (".csv", ".tsv", ".tab")
_STREAMS = (
    ("EncryptedPackage", "office-locked"),
    ("__substg1.0_", "msg"),
    ("__nameid_version1.0", "msg"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,20000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT = re.compile(rb"\d \d+ obj\b")
_ELEMENT = re.compile(rb"<(?:/|!--)?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FIELD = re.compile(rb"[!-9;-~]{1,76}:[ \t]?.*")
_MAIL_FIELDS = (b"from", b"to", b"subject", b"date", b"return-path", b"received", b"mime-version")
_MAIL_ONLY = (b"message-id", b"received", b"mime-version", b"return-path")


def kind(untrusted: bytes, name: str) -> str:
    """Return what ``untrusted`` is: one of ``media.MEDIA``. Raises ``Refused`` for all else."""
    start = untrusted[:_HEAD]
    if is_pdf(untrusted):
        return "pdf"
    if start.startswith((b"ID3", b"\xff")) and adts.begins(untrusted):
        return "aac"
    if picture := _picture(start):
        return picture
    if start.startswith((_OLE, *_ZIP)):
        return archive.kind(untrusted) if start.startswith(_ZIP) else _ole(untrusted)
    _refuse_known(start)
    return _recording(start, untrusted) or _written(untrusted, name)


def _recording(start: bytes, untrusted: bytes) -> str:
    """Return which recording a file is, or "". Raises ``Refused`` for one with pictures."""
    if start.startswith((b"RIFF", b"RIFX", b"RF64")) and start[8:12] == b"WAVE":
        return "wav"
    if start.startswith(b"FORM") and start[8:12] in {b"AIFF", b"AIFC"}:
        return "aiff"
    if mp4.is_mp4(start):
        if mp4.shows_pictures(untrusted):
            raise Refused("video")
        return "m4a"
    return ""


def _written(untrusted: bytes, name: str) -> str:
    """Return what a text is."""
    start = untrusted[: 1 << 16]
    if start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if subtitles.VTT.match(start) or subtitles.SRT.match(start):
        return "vtt" if subtitles.VTT.match(start) else "srt"
    if _is_mail(untrusted, name):
        return "mail"
    if structured := _structured(start):
        return structured
    if name.lower().endswith(_TABLES):
        return "csv"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[2:].replace(b"\0", b"")
    return "html" if _is_html(start, name) else "text"


def _structured(start: bytes) -> str:
    """Return which document in one piece of XML begins so, or ""."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.replace(b"\0", b"")[2:]
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return ""
    return "excelxml" if excel_xml.ROOT.search(start) else flat.kind(start)


def folder(untrusted: bytes, name: str) -> str:
    """Return ``zip`` or ``mailbox`` for what is nothing but the files in it, else ""."""
    start = untrusted[:_HEAD]
    if start.startswith(_ZIP):
        try:
            archive.kind(untrusted)
        except Refused as refused:
            return "zip" if refused.code == "zip" else ""
        return ""
    if start.startswith((_OLE, b"%PDF")) or not mail.is_box(untrusted):
        return ""
    return "mailbox" if _is_mail(untrusted, name) else ""


def is_pdf(untrusted: bytes) -> bool:
    """Whether the file is a PDF, which may stand after a little noise; a text may speak of one."""
    at = untrusted[:_HEAD].find(b"%PDF-")
    return at == 0 or (at > 0 and _OBJECT.search(untrusted) is not None)


def _is_html(start: bytes, name: str) -> bool:
    """Whether a text is a web page: by its first element, or by its name and any element."""
    if _PAGE.match(start):
        return True
    return name.lower().endswith((".htm", ".html", ".xhtml")) and bool(_ELEMENT.search(start))


def _picture(start: bytes) -> str:
    """Return the kind of what is known by its first bytes alone, pictures mostly; else ""."""
    for mark, what in _STARTS:
        if start.startswith(mark):
            return what
    return _photo(start)


def _photo(start: bytes) -> str:
    """Return the kind of a picture whose mark stands further on."""
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "webp"
    if start.startswith(b"BM") and b"\0" in start:  # a text may begin with these two letters
        return "bmp"
    if start[4:8] != b"ftyp":
        return ""
    brands = {start[at : at + 4] for at in range(8, 64, 4)}
    if brands & _PHOTOS:
        return "heic"
    if brands & _NEWER_PHOTOS:
        return "avif"
    return "heic" if brands & {b"mif1", b"msf1"} else ""  # of a kind that the file does not name


def _refuse_known(start: bytes) -> None:
    for mark, what in _MAGIC:
        if start.startswith(mark):
            if what == "program" and b"\0" not in start:
                continue  # a text may begin with these two letters
            raise Refused(what)
    if start.startswith((b"RIFF", b"FORM", b"RIFX")) and start[8:12] not in _SOUND_FORMS:
        raise Refused("sound")


def _ole(untrusted: bytes) -> str:
    roots = _roots(untrusted)
    known = (what for name, what in _STREAMS if any(root.startswith(name) for root in roots))
    what = next(known, "ole")
    if what not in MEDIA:
        raise Refused(what)
    return what


def _roots(untrusted: bytes) -> list[str]:
    """Return what lies outermost in a compound file; a broken one may hold whatever it names.

    A message may hold a Word file that is locked, and a Word file a message.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as whole:
            return [entry[0] for entry in whole.listdir(streams=True, storages=True)]
    except Exception:  # noqa: BLE001 - the reader of compound files raises a dozen kinds
        return [name for name, _ in _STREAMS if name.encode("utf-16-le") in untrusted]


def _is_mail(untrusted: bytes, name: str) -> bool:
    """Whether the file begins with the header of a mail.

    A text may begin with From and To as well: without the name's ``.eml`` it takes a field that
    only mail programs write.
    """
    start = mail.start_of(untrusted[: 1 << 16])
    fields = _fields(start)
    if name.lower().endswith((".eml", ".emlx")):
        return any(field in fields for field in _MAIL_FIELDS)
    boxed = start.startswith(b"From ")  # the line before each mail of a mailbox
    return b"from" in fields and (boxed or any(field in fields for field in _MAIL_ONLY))


def _fields(start: bytes) -> set[bytes]:
    """Return the lower-case names of the header fields that ``start`` begins with."""
    found: set[bytes] = set()
    for at, line in enumerate(start.splitlines()):
        if not line.strip():
            break
        if line[:1] in {b" ", b"\t"} or (at == 0 and line.startswith(b"From ")):
            continue
        if not _FIELD.fullmatch(line):
            break
        found.add(line.split(b":", 1)[0].lower())
    return found
