"""A fresh home, and papers of every kind with a canary in every field, name and page."""

import io
import os
import sys
import zipfile
from pathlib import Path

from PIL import Image, PngImagePlugin
from reportlab.pdfgen.canvas import Canvas

from tests.leaks.canaries import CANARIES
from tests.leaks.traced import ROOT

C = CANARIES


class World:
    """``work`` is where a person works; everything else that appears is a leak to explain."""

    def __init__(self, folder, port=9):
        self.root = Path(folder)
        self.work = self.root / "work"
        self.home = self.root / "home"
        self.planted = self.work / "in"
        self.decoy = self.root / "decoy.png"
        near = f"127.0.0.1:{port}/{C['typed']}"
        self.beacons = (f"http://{near}", f"//{near}", f"file://{self.decoy}")
        self.secret, self.member_secret = self.planted / "chair.txt", self.planted / "member.txt"

    def build(self):
        """Make the folders, the decoy and the passphrases; return this world."""
        for made in (self.planted, self.home, self.root / "tmp"):
            made.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), "red").save(self.decoy)
        self.secret.write_text(C["passphrase"] + " amber otter lantern\n")
        self.member_secret.write_text(C["member passphrase"] + " quiet drum\n")
        return self

    def environment(self, **more):
        """Return an environment in which everything personal lies under ``root``."""
        places = {
            "HOME": self.home,
            "XDG_CONFIG_HOME": self.home / ".config",
            "XDG_CACHE_HOME": self.home / ".cache",
            "XDG_DATA_HOME": self.home / ".local/share",
            "XDG_STATE_HOME": self.home / ".local/state",
            "TMPDIR": self.root / "tmp",
        }
        return {name: str(path) for name, path in places.items()} | {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "REVIEWER_CHEAP_KEYS": "1",
            "REVIEWER_PASSPHRASE_FILE": str(self.secret),
            "QT_QPA_PLATFORM": "offscreen",
            **more,
        }

    def papers(self):
        """Write documents of every kind, a register, and a corrected rating sheet."""
        name = C["document name"]
        self._write(f"{name}.pdf", self.pdf())
        self._write(f"{name}.txt", f"{C['document text']} {' '.join(self.beacons)}\n")
        self._write(f"{name}.eml", self.mail())
        self._write(f"{name}.docx", self.word())
        for suffix in ("png", "jpg"):
            out = io.BytesIO()
            note = PngImagePlugin.PngInfo()
            note.add_text("Comment", C["picture name"])
            Image.new("RGB", (200, 120), "white").save(
                out, "PNG" if suffix == "png" else "JPEG", pnginfo=note
            )
            self._write(f"{C['picture name']}.{suffix}", out.getvalue())
        return self._write(
            "cases.csv",
            "reference,title,document,place\n"
            f"{C['reference']},{C['case title']},{name}.pdf,{C['attribute']}\n"
            f"2,\"<img src='{self.beacons[0]}'><img src='{self.beacons[2]}'>\",,\n",
        )

    def documents(self):
        """Give the documents but the register's own."""
        ours = (C["document name"], C["picture name"])
        return sorted(p for p in self.planted.iterdir() if p.stem in ours and p.suffix != ".pdf")

    def pdf(self):
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=1)
        for _ in range(2):
            canvas.drawString(72, 780, f"Held face down. {C['document text']}")
            canvas.linkURL(self.beacons[0], (0, 0, 595, 842))
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def mail(self):
        web = self.beacons[0]
        return (
            f"From: a@example.org\nTo: b@example.org\nSubject: {C['mail text']}\n"
            "MIME-Version: 1.0\nContent-Type: text/html\n\n"
            f"<link rel=stylesheet href='{web}'><style>p{{background:url({web})}}</style>"
            f"<p>{C['mail text']}<img src='{web}'><img src='{self.beacons[2]}'>\n"
        )

    def word(self):
        office = "http://schemas.openxmlformats.org"
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        links = "".join(
            f'<Relationship Id="r{n}" TargetMode="External" Target="{beacon}"'
            f' Type="{office}/officeDocument/2006/relationships/{kind}"/>'
            for n, (kind, beacon) in enumerate(
                zip(("image", "attachedTemplate", "oleObject"), self.beacons, strict=True), 2
            )
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, text in {
                "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
                f'<Default Extension="rels" ContentType="{rels}"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
                "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
                f'<Relationship Id="r1" Target="word/document.xml"'
                f' Type="{office}/officeDocument/2006/relationships/officeDocument"/>'
                "</Relationships>",
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}/package/2006/'
                f'relationships">{links}</Relationships>',
                "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main">'
                f"<w:body><w:p><w:r><w:t>{C['word text']}</w:t></w:r></w:p></w:body></w:document>",
            }.items():
                archive.writestr(path, text)
        return out.getvalue()

    def files(self, *exempt):
        """Give every file under ``root`` but what was planted and what is ``exempt``."""
        spared = (self.planted, self.decoy, *exempt)
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not any(path == s or s in path.parents for s in spared):
                yield path

    def _write(self, name, data):
        path = self.planted / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path


PROGRAM = (sys.executable, "-m", "reviewer")
