"""What every format owes, in one class that each inherits; a kind without a class fails."""

import io
import random
import time
from email.message import EmailMessage

import numpy as np
import pytest
import soundfile
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.formats.registry import READERS
from reviewer.documents.inside import sniff
from reviewer.documents.media import MEDIA, PICTURES
from reviewer.documents.refusals import SENTENCES
from reviewer.errors import DocumentError
from reviewer.records.cases import Reading
from tests.reviewer.documents import old_excel, photos, test_excel_xml, test_flat, test_ods
from tests.reviewer.documents.compound import attached_mail, compound, message
from tests.reviewer.documents.old_word import doc as old
from tests.reviewer.documents.old_word import para
from tests.reviewer.documents.packing import of_mail, packed_mail, properties, tnef
from tests.reviewer.documents.sounds import aac, box, m4a
from tests.reviewer.documents.test_confined import needs_threads
from tests.reviewer.documents.test_opendocument import packed as opened
from tests.reviewer.documents.test_sheet_pages import workbook
from tests.reviewer.documents.test_slides import p, sp
from tests.reviewer.documents.test_slides import packed as slides
from tests.reviewer.documents.test_word import packed, paragraph

SOON = 30.0  # seconds on a computer that does other things as well
WORDS = "Seen at ten past four"
BROKEN = 40  # changed copies of each sample
TWICE = 5  # of them that are read in this process too


def ended(worker, untrusted, name):
    """Return the reading or the sentence that a file ends with, and that it did so soon."""
    started = time.monotonic()
    try:
        found = worker.read(untrusted, name)
    except DocumentError as error:
        found = str(error)
    assert time.monotonic() - started < SOON
    return found


class Format:
    """One format: a good file of it, and files that were made to cost too much."""

    kind = ""
    name = "a.bin"
    has_words = True

    def sample(self):
        raise NotImplementedError

    def bomb(self):
        """Return a small file that unpacks to, or asks for, far more than a document holds."""
        raise NotImplementedError

    def nested(self):
        """Return a file whose parts lie within each other without end."""
        raise NotImplementedError

    def test_it_is_known_by_its_bytes(self):
        assert sniff.kind(self.sample(), "x") == self.kind

    def test_its_words_are_shown(self, worker):
        reading = ended(worker, self.sample(), self.name)
        assert isinstance(reading, Reading)
        assert reading.media == MEDIA[self.kind]
        text = " ".join(" ".join(page.text for page in reading.pages).split())
        assert (WORDS in text) is self.has_words

    @pytest.mark.parametrize("tenths", range(1, 10))
    def test_cut_short_it_ends_with_pages_or_a_sentence(self, worker, tenths):
        sample = self.sample()
        found = ended(worker, sample[: len(sample) * tenths // 10], self.name)
        assert isinstance(found, Reading) or found != SENTENCES["unknown"]

    def test_changed_copies_end_with_pages_or_a_sentence(self, worker, confined):
        chance = random.Random(self.kind)  # noqa: S311
        for number in range(BROKEN):
            copy = bytearray(self.sample())
            for _ in range(chance.randrange(1, 9)):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
            assert ended(worker if number < TWICE else confined, bytes(copy), self.name)

    @pytest.mark.parametrize("made", ["bomb", "nested"])
    def test_what_was_made_to_harm_ends_soon_and_the_next_is_read(self, confined, made):
        untrusted = getattr(self, made)()
        if untrusted is not None:
            assert ended(confined, untrusted, self.name)
        assert isinstance(ended(confined, self.sample(), self.name), Reading)


class TestPdf(Format):
    kind = "pdf"
    name = "a.pdf"

    def sample(self):
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        canvas.drawString(50, 700, WORDS)
        canvas.save()
        return out.getvalue()

    def bomb(self):
        return self.sample().replace(b"/Count 1", b"/Count 99999999")

    def nested(self):
        return b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\ntrailer<</Root 1 0 R>>"


class Picture(Format):
    has_words = False
    how = ""

    def sample(self):
        return self.made((300, 200))

    def made(self, size):
        out = io.BytesIO()
        Image.new("RGB", size, "white").save(out, self.how)
        return out.getvalue()

    def bomb(self):
        return self.made((9000, 9000))

    def nested(self):
        return None


class TestPng(Picture):
    kind, name, how = "png", "a.png", "PNG"


class TestJpeg(Picture):
    kind, name, how = "jpeg", "a.jpg", "JPEG"


class TestGif(Picture):
    kind, name, how = "gif", "a.gif", "GIF"

    def nested(self):
        """Return a picture that moves for very long."""
        out = io.BytesIO()
        frames = [Image.new("1", (900, 900), at % 2) for at in range(400)]
        frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
        return out.getvalue()


class TestBmp(Picture):
    kind, name, how = "bmp", "a.bmp", "BMP"

    def bomb(self):
        """Return the head of a picture of a thousand million points."""
        return self.sample()[:18] + (30_000).to_bytes(4, "little") * 2 + self.sample()[26:]


class TestWebp(Picture):
    kind, name, how = "webp", "a.webp", "WEBP"


class TestAvif(Picture):
    kind, name, how = "avif", "a.avif", "AVIF"


@needs_threads
class TestHeic(Picture):
    kind, name, how = "heic", "a.heic", "HEIF"

    def sample(self):
        return photos.PLAIN

    def bomb(self):
        return photos.LARGE


class TestExcelXml(Format):
    kind, name = "excelxml", "a.xml"

    def sample(self):
        return test_excel_xml.workbook(test_excel_xml.cell(WORDS))

    def bomb(self):
        cells = test_excel_xml.cell("wide words " * 5_900) * 300
        return test_excel_xml.workbook(cells)

    def nested(self):
        return test_excel_xml.workbook("<Cell><Data>" * 5_000)


class TestFlatText(Format):
    kind, name = "fodt", "a.fodt"

    def sample(self):
        return test_flat.text(f"<text:p>{WORDS}</text:p>")

    def bomb(self):
        return test_flat.text("<text:p>" + "wide words " * 700_000 + "</text:p>")

    def nested(self):
        return test_flat.text("<text:section>" * 5_000)


class TestFlatSheet(Format):
    kind, name = "fods", "a.fods"

    def sample(self):
        return test_flat.sheets(test_ods.sheet(test_ods.row(test_ods.cell(WORDS))))

    def bomb(self):
        row = '<table:table-row table:number-rows-repeated="1000000">'
        return test_flat.sheets(test_ods.sheet(row + test_ods.cell("x") + "</table:table-row>"))

    def nested(self):
        return test_flat.sheets("<table:table>" * 5_000)


class TestTiff(Picture):
    kind, name, how = "tiff", "a.tif", "TIFF"

    def bomb(self):
        page = Image.new("1", (7000, 7000))
        out = io.BytesIO()
        page.save(out, "TIFF", compression="group4", save_all=True, append_images=[page] * 40)
        return out.getvalue()

    def nested(self):
        """Return a file whose list of pages leads back to its first."""
        data = bytearray(self.sample())
        first = int.from_bytes(data[4:8], "little")
        entries = int.from_bytes(data[first : first + 2], "little")
        at = first + 2 + 12 * entries
        data[at : at + 4] = data[4:8]
        return bytes(data)


class TestWord(Format):
    kind = "docx"
    name = "a.docx"

    def sample(self):
        return packed(paragraph(WORDS), settings_xml="<x>" + "y" * 2000 + "</x>")

    def bomb(self):
        return packed("<w:p>" + " " * (210 << 20) + "</w:p>")

    def nested(self):
        return packed("<w:tbl><w:tr><w:tc>" * 5_000)


class TestOpenDocument(Format):
    kind = "odt"
    name = "a.odt"

    def sample(self):
        return opened(f"<text:p>{WORDS}</text:p>" * 20)

    def bomb(self):
        return opened("<text:p>" + " " * (210 << 20) + "</text:p>")

    def nested(self):
        return opened("<table:table><table:table-row><table:table-cell>" * 5_000)


class TestDoc(Format):
    kind = "doc"
    name = "a.doc"

    def sample(self):
        return old([para(WORDS)] * 20)

    def bomb(self):
        """Return a file whose looks and paragraphs are each told of a million times."""
        again = b"".join(number.to_bytes(4, "little") for number in range(0, 4_000_004, 4))
        return old([para(WORDS)] * 20, tables={1: again * 4, 11: again, 51: again, 74: again})

    def nested(self):
        deep = ((0x2416, b"\1"), (0x6649, b"\xff\xff\xff\x7f"))
        return old([para("x", said=deep, end="\x07"), para("y")] * 5_000)


class TestSlides(Format):
    kind = "pptx"
    name = "a.pptx"

    def sample(self):
        return slides(*[sp(p(WORDS))] * 5)

    def bomb(self):
        return slides("<a:p>" + " " * (210 << 20) + "</a:p>")

    def nested(self):
        return slides("<p:grpSp><a:tbl><a:tr><a:tc>" * 5_000)


class TestRtf(Format):
    kind = "rtf"
    name = "a.rtf"

    def sample(self):
        return rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard " + f"{WORDS}\\par\n".encode() * 20 + b"}"

    def bomb(self):
        return b"{\\rtf1 " + b"{\\*\\x" * 1_000 + b"\\bin2000000000 " * 100

    def nested(self):
        return b"{\\rtf1 " + b"{\\b x" * 1_000_000


class TestExcel(Format):
    kind = "xlsx"
    name = "a.xlsx"

    def sample(self):
        return workbook([[WORDS]] * 60)

    def bomb(self):
        return workbook(
            [["x"]], parts=lambda _, data: data.replace(b"<v>", b"<v>" + b" " * (210 << 20))
        )

    def nested(self):
        return workbook(
            [["x"]], parts=lambda _, data: data.replace(b"<row", b"<row><x>" * 50_000 + b"<row")
        )


class TestOldExcel(Format):
    kind = "xls"
    name = "a.xls"

    def sample(self):
        records = b"".join(old_excel.text(row, 0, 0) for row in range(60))
        return old_excel.workbook(("Log", 0, records), strings=[WORDS])

    def bomb(self):
        """Return a file whose table of texts says that it has four thousand million."""
        data = bytearray(self.sample())
        at = data.index(b"\xfc\x00")
        data[at + 4 : at + 12] = b"\xff" * 8
        return bytes(data)

    def nested(self):
        deep = old_excel.begin(old_excel.CHART) * 100_000
        return old_excel.workbook(("Log", 0, deep), strings=[WORDS])


class TestOpenSheet(Format):
    kind = "ods"
    name = "a.ods"

    def sample(self):
        return test_ods.packed(test_ods.sheet(test_ods.row(test_ods.cell(WORDS))))

    def bomb(self):
        return test_ods.packed(" " * (210 << 20))

    def nested(self):
        return test_ods.packed("<table:table><table:table-row><table:table-cell>" * 5_000)


class TestSeparated(Format):
    kind = "csv"
    name = "a.csv"

    def test_it_is_known_by_its_bytes(self):
        assert sniff.kind(self.sample(), "a.CSV") == self.kind

    def sample(self):
        return f"time,what\n04:10,{WORDS}\n".encode() * 20

    def bomb(self):
        return b"a,b\n" + b"," * (20 << 20)

    def nested(self):
        return b"a,b\n" + b'"' * 1_000_001 + b",x"


class TestMail(Format):
    kind = "mail"
    name = "a.eml"

    def sample(self):
        message = EmailMessage()
        message["From"], message["Message-ID"] = "a@b.example", "<x@b.example>"
        message.set_content(f"{WORDS}\n" * 20)
        return message.as_bytes()

    def bomb(self):
        return b"From: a@b.example\nTo: " + b"x@y.example, " * 200_000 + b"\n\nwords"

    def nested(self):
        return b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 100_000


class TestOutlook(Format):
    kind = "msg"
    name = "a.msg"

    def sample(self):
        return compound(message(texts=[(0x0037, "Handover"), (0x1000, f"{WORDS}\n" * 200)]))

    def bomb(self):
        """Return a file whose one stream says that it is as long as all others together."""
        data = bytearray(compound(message(raw=[(0x1000, b"x" * 9000)])))
        at = data.index("__substg1.0_1000001E".encode("utf-16-le"))
        data[at + 120 : at + 124] = b"\xff\xff\xff\x7f"
        return bytes(data)

    def nested(self):
        """Return a file whose folders lead back to the first of them."""
        inner = attached_mail(message(top=False))
        data = bytearray(compound(message({"__attach_version1.0_#0": inner})))
        at = data.index("__substg1.0_3701000D".encode("utf-16-le"))
        data[at + 76 : at + 80] = (1).to_bytes(4, "little")
        return bytes(data)


class TestPacked(Format):
    kind = "tnef"
    name = "winmail.dat"

    def sample(self):
        words = properties((0x0037, "Handover"), (0x1000, f"{WORDS}\n" * 200))
        return tnef(of_mail(0x9003, words))

    def bomb(self):
        return tnef(of_mail(0x9004, b"\xff\xff\xff\x7f"), *[of_mail(0x9003, bytes(4))] * 100_000)

    def nested(self):
        raw = tnef(of_mail(0x9003, bytes(4)))
        for _ in range(1_000):
            raw = tnef(packed_mail(raw))
        return raw


class Sound(Format):
    has_words = False
    how = ""

    def sample(self):
        out = io.BytesIO()
        wave = np.sin(np.arange(16_000) / 9).astype("float32") / 2
        soundfile.write(out, wave, 8_000, format=self.how)
        return out.getvalue()

    def bomb(self):
        """Return a recording whose head says that it goes on for years."""
        return self.sample().replace((32_000).to_bytes(4, "little"), b"\xf0\xff\xff\x7f")

    def nested(self):
        return None


class TestWav(Sound):
    kind, name, how = "wav", "a.wav", "WAV"

    def nested(self):
        return b"RIFF\xff\xff\xff\x7fWAVE" + b"LIST\x04\0\0\0INFO" * 200_000


class TestMp3(Sound):
    kind, name, how = "mp3", "a.mp3", "MP3"

    def bomb(self):
        return b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(100_000)


class TestFlac(Sound):
    kind, name, how = "flac", "a.flac", "FLAC"


class TestOgg(Sound):
    kind, name, how = "ogg", "a.ogg", "OGG"


class TestAiff(Sound):
    kind, name, how = "aiff", "a.aif", "AIFF"


class TestAu(Sound):
    kind, name, how = "au", "a.au", "AU"


class TestM4a(Sound):
    kind, name = "m4a", "a.m4a"

    def sample(self):
        return m4a(90_000)

    def bomb(self):
        return m4a(90_000).replace(b"mvhd", b"mvhd" * 3) + b"\0\0\0\1mdat" + b"\xff" * 8

    def nested(self):
        return box(b"ftyp", b"M4A ") + b"\0\0\0\x08moov" * 300_000


class TestAac(Sound):
    kind, name = "aac", "a.aac"

    def sample(self):
        return aac(400)

    def bomb(self):
        return aac(1_000_000, size=7)

    def nested(self):
        return None


class TestSrt(Format):
    kind = "srt"
    name = "a.srt"

    def sample(self):
        cue = f"{{}}\n00:00:01,000 --> 00:00:02,500\n{WORDS}\n\n"
        return "".join(cue.format(at) for at in range(1, 30)).encode()

    def bomb(self):
        return b"1\n00:00:01,000 --> 00:00:02,500\n" + b"<v <v <v " * 200_000

    def nested(self):
        return b"1\n00:00:01,000 --> 00:00:02,500\n" + b"<i><b>" * 300_000


class TestVtt(TestSrt):
    kind = "vtt"
    name = "a.vtt"

    def sample(self):
        return b"WEBVTT\n\n" + super().sample()


class TestHtml(Format):
    kind = "html"
    name = "a.html"

    def sample(self):
        return f"<!doctype html><title>A case</title><p>{WORDS}</p>".encode() + b"<p>more</p>" * 50

    def bomb(self):
        return b"<html>" + b"<!--" * 200_000

    def nested(self):
        return b"<html>" + b"<ol><li><blockquote><s>" * 50_000


class TestText(Format):
    kind = "text"
    name = "a.txt"

    def sample(self):
        return f"{WORDS}\n".encode() * 20

    def bomb(self):
        return b"x" * (50 << 20)

    def nested(self):
        return b"\f" * 1_000_000 + b"\fend" * 3_000


def _below(kind):
    return {kind, *(one for below in kind.__subclasses__() for one in _below(below))}


def test_every_kind_has_its_class_its_reader_and_its_name():
    made = {one.kind for one in _below(Format) if one.kind}
    assert made == set(MEDIA)
    assert set(READERS) | PICTURES | {"pdf"} == set(MEDIA)
    assert len(set(MEDIA.values())) == len(MEDIA)
