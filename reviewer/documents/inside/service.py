"""The other process: reads what came from outside and answers over a pipe.

Started as ``reviewer --worker SHARED`` where ``SHARED`` is ``fd:N`` (a memory file on Linux),
``tag:NAME`` (a named mapping on Windows) or ``pipe``. It holds no key and no casebook, gives up
files and network before the first byte (``confine``), and is killed when it overruns. The answers
are checked in ``outside``, by ``worker`` and ``untrusted``.
"""

import contextlib
import ctypes
import importlib
import io
import mmap
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any, BinaryIO

from reviewer.documents import limits
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.pdf_pictured import pictured
from reviewer.documents.frames import read_frame, write_frame
from reviewer.documents.inside.confine import confine, report, spend
from reviewer.documents.inside.pieces import Pieces
from reviewer.documents.media import MEDIA
from reviewer.documents.notes import named
from reviewer.documents.reach import Reach
from reviewer.documents.refusals import Refused

# Read only when a file is brought in, so that the first page of a casebook comes sooner.
_PREPARE, _SHEET = "reviewer.documents.inside.prepare", "reviewer.documents.formats.spreadsheet"
_CONTENTS = "reviewer.documents.formats.pdf_contents"
_COUNT = "reviewer.documents.inside.ledger.count"
_PREVIEWS = "reviewer.documents.inside.previews"
_CODEBOOK = "reviewer.documents.formats.codebook"
_HEARING = "reviewer.documents.inside.hearing"
Answer = tuple[dict[str, object], bytes]


class Service:
    """What the worker can do, one method a request; documents stay open under their keys."""

    def __init__(self, shared: mmap.mmap | None) -> None:
        self._open: dict[str, Pdf] = {}
        self._within: dict[str, Sequence[Any]] = {}  # the files that each holds
        self._heard: dict[str, Any] = {}  # the recordings that are played
        self._prepared: tuple[str, bytes | Pdf, str] = "", b"", ""  # key, last file, its kind
        self._shared = shared
        self._pixels = _array(shared)
        self.fetch: Callable[[str, int], bytes] = _nothing  # a piece of a document, by its number

    def answer(self, head: Mapping[str, Any], body: bytes) -> Answer:
        """Answer one request; a refusal is an answer too."""
        act: Callable[[Mapping[str, Any], bytes], Answer] = getattr(self, f"_do_{head['do']}")
        try:
            return act(head, body)
        except Refused as refused:
            return {"refused": refused.code, "page": refused.page}, b""
        except MemoryError:
            return {"refused": "memory", "page": 0}, b""
        except ImportError:  # a part of ours: nothing is wrong with the document
            return {"refused": "incomplete", "page": 0}, b""
        except RecursionError:
            return {"refused": "unknown", "page": 0}, b""
        except Exception:  # noqa: BLE001 - whatever a parser does, the answer is a refusal
            return {"refused": "unknown", "page": 0}, b""

    def _do_open(self, head: Mapping[str, Any], body: bytes) -> Answer:
        self._forget(head["key"])
        file = self._in_pieces(head) if head.get("size") else body
        self._open[head["key"]] = pdf = Pdf(file)
        return {"pages": pdf.pages}, b""

    def _in_pieces(self, head: Mapping[str, Any]) -> BinaryIO:
        """Return a document of which nothing was sent: what is read of it is asked for."""
        key = head["key"]
        return io.BufferedReader(Pieces(head["size"], lambda number: self.fetch(key, number)))

    def _do_prepare(self, head: Mapping[str, Any], body: bytes) -> Answer:
        self._forget(head["key"])
        prepare = importlib.import_module(_PREPARE)
        if head.get("size"):
            return self._prepare_large(head, prepare)
        prepared = prepare.prepare(body, head["name"], head.get("passwords", []))
        pdf_itself = prepared.media == MEDIA["pdf"]
        opens = prepared.rendition or body
        file = opens if pdf_itself else prepared.opened or body
        self._prepared = head["key"], file, prepared.media
        self._open[head["key"]] = pdf = Pdf(opens)
        notes = [*prepared.notes, *(prepare.pdf_notes(pdf, opens) if pdf_itself else [])]
        return {
            "pages": pdf.pages,
            "media": prepared.media,
            "notes": notes,
            "named": named(notes),
            "picture": prepared.picture,
            "opened": len(prepared.opened),
        }, prepared.rendition + prepared.opened

    def _prepare_large(self, head: Mapping[str, Any], prepare: ModuleType) -> Answer:
        """Open a file that is too large to be sent: a PDF, or it is refused."""
        prepare.require_pdf(self._in_pieces(head))
        self._open[head["key"]] = pdf = Pdf(self._in_pieces(head))
        self._prepared = head["key"], pdf, MEDIA["pdf"]
        notes = prepare.large_notes(pdf, self._in_pieces(head))
        return {
            "pages": pdf.pages,
            "media": MEDIA["pdf"],
            "notes": notes,
            "named": named(notes),
            "picture": 0,
            "opened": 0,
        }, b""

    def _do_count(self, head: Mapping[str, Any], body: bytes) -> Answer:
        """Count what of a file is on its pages; all is sent again, nothing is remembered."""
        size = head["size"]
        pages = body[size:].decode("utf-8").split("\0")
        count = importlib.import_module(_COUNT).count
        lines = count(
            body[:size],
            head["media"],
            pages,
            head["notes"],
            head["named"],
            drawn=head["drawn"],
        )
        return {"ledger": lines}, b""

    def _do_within(self, head: Mapping[str, Any], _: bytes) -> Answer:
        key, body, media = self._prepared
        if head["key"] != key:
            raise KeyError(key)
        facts, files = importlib.import_module(_PREPARE).came_with(body, media)
        self._within[key] = files
        return {"facts": facts, "files": len(files)}, b""

    def _do_contents(self, head: Mapping[str, Any], body: bytes) -> Answer:
        self._forget(head["key"])
        files, aside = importlib.import_module(_PREPARE).contents(
            body, head["name"], head.get("passwords", [])
        )
        self._within[head["key"]] = files
        return {"files": len(files), "aside": aside}, b""

    def _do_file(self, head: Mapping[str, Any], _: bytes) -> Answer:
        found = self._within[head["key"]][head["at"]]
        place = [part[: limits.MAX_NAME] for part in found.place[-limits.FOLDERS_DEEP :]]
        answer = {"name": found.name[-limits.MAX_NAME :], "place": place, "failed": ""}
        try:
            data = found.read()
        except Refused as refused:
            return {**answer, "failed": refused.code}, b""
        if len(data) > head["most"]:
            return {**answer, "failed": "within-large"}, b""
        return answer, data

    def _do_kept(self, head: Mapping[str, Any], _: bytes) -> Answer:
        self._forget(head["key"])
        pdf = importlib.import_module(_PREPARE).stand_in(head["title"], head["lines"])
        self._open[head["key"]] = opened = Pdf(pdf)
        return {"pages": opened.pages}, pdf

    def _do_text(self, head: Mapping[str, Any], _: bytes) -> Answer:
        words = self._open[head["key"]].words(head["page"])
        text = words.text.encode("utf-8")
        sizes = {"width": words.width, "height": words.height, "text": len(text)}
        return {**sizes, "costly": words.costly}, text + words.boxes

    def _do_scan(self, head: Mapping[str, Any], _: bytes) -> Answer:
        dots, covered = pictured(self._open[head["key"]].document, head["page"])
        return {"dots": dots, "covered": covered}, b""

    def _do_outline(self, head: Mapping[str, Any], _: bytes) -> Answer:
        pdf = self._open[head["key"]]
        contents = importlib.import_module(_CONTENTS).contents
        return {"pages": pdf.pages}, contents(pdf.document, labels=bool(head.get("labels")))

    def _do_render(self, head: Mapping[str, Any], _: bytes) -> Answer:
        pdf = self._open[head["key"]]
        size = pdf.render(head["page"], head["width"], self._pixels)
        width, height, stride = size
        body = b"" if self._shared is not None else ctypes.string_at(self._pixels, stride * height)
        return {"width": width, "height": height, "stride": stride}, body

    def _do_preview(self, head: Mapping[str, Any], _: bytes) -> Answer:
        pdf = self._open[head["key"]]
        width, height, stride = pdf.render(head["page"], limits.PREVIEW_WIDTH, self._pixels)
        encoded = importlib.import_module(_PREVIEWS).encoded
        return {}, encoded(self._pixels, width, height, stride)

    def _do_picture(self, head: Mapping[str, Any], body: bytes) -> Answer:
        decoded = importlib.import_module(_PREVIEWS).decoded
        width, height, stride, pixels = decoded(body, head["across"])
        if self._shared is not None:
            ctypes.memmove(self._pixels, pixels, len(pixels))
            pixels = b""
        return {"width": width, "height": height, "stride": stride}, pixels

    def _do_listen(self, head: Mapping[str, Any], _: bytes) -> Answer:
        self._forget(head["key"])
        opens = partial(self._in_pieces, head)
        self._heard[head["key"]] = heard = importlib.import_module(_HEARING).Heard(opens)
        names = ("rate", "frames", "heard_rate", "channels")
        return {name: getattr(heard, name) for name in names}, b""

    def _do_samples(self, head: Mapping[str, Any], _: bytes) -> Answer:
        onward, samples = self._heard[head["key"]].samples(head["at"], head["speed"])
        return {"next": onward}, samples

    def _do_loudness(self, head: Mapping[str, Any], _: bytes) -> Answer:
        heard = self._heard[head["key"]]
        return {}, heard.loudness(head["begin"], head["count"], head["bars"])

    def _do_sheets(self, _: Mapping[str, Any], body: bytes) -> Answer:
        sheets: bytes = importlib.import_module(_SHEET).grids(body)
        return {}, sheets

    def _do_codebook(self, _: Mapping[str, Any], body: bytes) -> Answer:
        codes: bytes = importlib.import_module(_CODEBOOK).codebook(body)
        return {}, codes

    def _do_forget(self, head: Mapping[str, Any], _: bytes) -> Answer:
        self._forget(head["key"])
        return {}, b""

    def _do_report(self, _: Mapping[str, Any], __: bytes) -> Answer:
        return report(), b""

    def _forget(self, key: str) -> None:
        self._within.pop(key, None)
        if self._prepared[0] == key:
            self._prepared = "", b"", ""
        heard = self._heard.pop(key, None)
        if heard is not None:
            heard.close()
        pdf = self._open.pop(key, None)
        if pdf is not None:
            pdf.close()


def serve(
    requests: BinaryIO, answers: BinaryIO, shared: mmap.mmap | None, reach: tuple[Reach, ...]
) -> None:
    """Say what is still within reach, then answer requests until there are none."""
    service = Service(shared)

    def fetch(key: str, number: int) -> bytes:
        write_frame(answers, {"piece": key, "number": number})
        frame = read_frame(requests)
        return frame[1] if frame else b""

    service.fetch = fetch
    write_frame(answers, {"ready": True, "reach": list(reach)})
    while (frame := read_frame(requests)) is not None:
        head, body = frame
        spend(limits.PROCESSOR_SECONDS)
        answer, blob = service.answer(head, body)
        write_frame(answers, answer, blob)


def main(arguments: list[str]) -> int:
    """Run the worker; ``arguments`` is what follows ``--worker``."""
    shared = _map(arguments[0] if arguments else "pipe")
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - a parser that prints must not
        os.dup2(nowhere.fileno(), 0)  # write into the answers
        os.dup2(nowhere.fileno(), 1)
    reach = confine()
    with contextlib.suppress(BrokenPipeError):
        serve(requests, answers, shared, reach)
    return 0


def _nothing(_: str, __: int) -> bytes:
    return b""


def _map(where: str) -> mmap.mmap | None:
    kind, _, name = where.partition(":")
    if kind == "fd":
        number = int(name)
        shared = mmap.mmap(number, limits.SHARED)
        os.close(number)
        return shared
    if kind == "tag" and sys.platform == "win32":
        return mmap.mmap(-1, limits.SHARED, tagname=name)
    return None


def _array(shared: mmap.mmap | None) -> ctypes.Array[ctypes.c_char]:
    kind = ctypes.c_char * limits.SHARED
    return kind() if shared is None else kind.from_buffer(shared)
