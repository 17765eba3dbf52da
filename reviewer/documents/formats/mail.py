"""Mails (.eml, .emlx, mbox) in the worker: headers, the text, and the names of what was attached.

HTML is stripped to its words, never laid out; nothing it points at is fetched.
"""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage

from reviewer.documents import encoding, limits
from reviewer.documents.formats import mail_parts, mail_words, mapi, tnef
from reviewer.documents.formats.mail_paper import (
    SIGNED,
    SIGNED_WHOLE,
    TWICE,
    WITHIN,
    Attached,
    Paper,
    same_words,
)
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused

_BOX = re.compile(rb"(?:\A|(?<=\n))From [^\r\n]*\r?\n(?=[!-9;-~]{1,76}:)")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_APPLE = re.compile(rb"\A(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]{1,76}:)")
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*")
_BOILERPLATE = re.compile(r"\A\s*(?:[^\n]*\n?){1,3}\Z")  # what mail programs put for old ones
_OLD = re.compile(r"\bmulti-?part\b|\bMIME\b", re.IGNORECASE)


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return mails as paragraphs and sentences about what is not shown. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.blocks, paper.notes()


def came_with(untrusted: bytes) -> tuple[dict[str, str], list[Attached]]:
    """Return what is written on the first mail, and what was attached. Raises ``Refused``."""
    paper = read(untrusted)
    return paper.facts, paper.attached


def read(untrusted: bytes) -> Paper:
    """Return mails on paper, and what came with them. Raises ``Refused``."""
    found = _Mail(Paper())
    mails = _mails(untrusted)
    for at, raw in enumerate(mails):
        _refuse_monsters(raw)
        try:
            message = email.message_from_bytes(raw, policy=email.policy.default)
            found.add(message, fresh=at > 0)
        except RecursionError as error:
            raise Refused("mail-nested") from error
        except Refused:
            raise
        except Exception as error:  # the standard parser raises a dozen kinds over odd headers
            raise Refused("mail-broken") from error
    if len(mails) > 1:
        found.paper.first = (
            f"The file is a mailbox of {len(mails)} mails, shown one after the other."
        )
    return found.paper


def files(untrusted: bytes) -> tuple[list[Attached], int]:
    """Return each mail of a mailbox as a file of its own; nothing where there is only one."""
    mails = _mails(untrusted)
    if len(mails) < 2:
        return [], 0
    found = [
        Attached(_called(at, raw), "message/rfc822", _as_it_is(raw))
        for at, raw in enumerate(mails, 1)
    ]
    return found, 0


def _called(at: int, raw: bytes) -> str:
    """Return what a mail of a mailbox is called: its place and its subject."""
    _refuse_monsters(raw)
    head = email.message_from_bytes(raw[: _head_of(raw)], policy=email.policy.default)
    subject = mail_parts.header(head, "Subject").replace("/", "-")[:80]
    return f"{at:04} {subject or 'Mail without a subject'}.eml"


def _as_it_is(raw: bytes) -> Callable[[], bytes]:
    return lambda: raw


def start_of(untrusted: bytes) -> bytes:
    """Return a mail from its first header on: without blank lines and Apple's count before."""
    begun = _BEFORE.sub(b"", untrusted, count=1)
    apple = _APPLE.match(begun)
    return begun[apple.end() :] if apple else begun


def is_box(untrusted: bytes) -> bool:
    """Whether a file begins as a mailbox does."""
    return _BOX.match(_BEFORE.sub(b"", untrusted[: 1 << 16], count=1)) is not None


def _mails(untrusted: bytes) -> list[bytes]:
    begun = _BEFORE.sub(b"", untrusted, count=1)
    if apple := _APPLE.match(begun):
        return [begun[apple.end() : apple.end() + int(apple[1])]]
    marks = [*_BOX.finditer(begun)]
    if not marks or marks[0].start() > 0:
        return [begun]
    if len(marks) > limits.FILES_WITHIN:
        raise Refused("mail-large")
    ends = [*(mark.start() for mark in marks[1:]), len(begun)]
    return [
        _QUOTED_FROM.sub(rb"\1", begun[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]


def _refuse_monsters(untrusted: bytes) -> None:
    """Refuse before parsing what the parser would spend minutes on."""
    if _head_of(untrusted) > limits.MAIL_HEADERS:
        raise Refused("mail-large")
    if untrusted.lower().count(b"boundary=") > limits.MAIL_PARTS:
        raise Refused("mail-nested")


def _head_of(untrusted: bytes) -> int:
    """Return where the headers of a mail end."""
    ends = [at for at in (untrusted.find(b"\n\n"), untrusted.find(b"\r\n\r\n")) if at >= 0]
    return min(ends, default=len(untrusted))


class _Mail:
    """The mails of one file, on one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def add(
        self, message: EmailMessage, place: tuple[str, ...] = (), *, fresh: bool = False
    ) -> None:
        """Add one mail: its headers, its text, its attachments, the mails within it."""
        self.paper.begin(len(place), _headers(message), fresh=fresh)
        self.paper.unlisted(mail_parts.headers_but(message, mail_parts.HEADERS))
        self.fill(message, place)

    def fill(self, message: EmailMessage, place: tuple[str, ...]) -> None:
        """Add what stands below the headers of a mail."""
        leaves = list(self._leaves(message, 0))
        packed = [part for part in leaves if mail_parts.is_packed(part)]
        found = [one for part in leaves if part not in packed for one in self._leaf(part)]
        mails: list[mapi.Message] = []
        for part in packed:
            files, more = self._packed(part, place)
            found += files
            mails += more
        self.paper.attach([replace(one, place=one.place or place) for one in found])
        for part in leaves:
            if mail_parts.is_mail(part):
                for mail in mail_parts.mail_within(part):
                    self.add(mail, (*place, mail_parts.header(mail, "Subject")[:80] or WITHIN))
        mapi.within(self.paper, mails, place, show_sealed)

    def _packed(
        self, part: EmailMessage, place: tuple[str, ...]
    ) -> tuple[list[Attached], list[mapi.Message]]:
        """Show what Outlook packed with a mail (winmail.dat); keep the file where it cannot be."""
        file = mail_parts.attached(part)
        try:
            return mapi.unfold(self.paper, tnef.message(file.read()), place)
        except Refused as refused:
            if refused.code != "tnef-broken":
                raise
            self.paper.strong(
                f"What Outlook packed with the mail ({file.name}) is damaged and cannot be shown. "
                "Ask for the mail as .msg, PDF or plain text."
            )
            return [file], []

    def _leaves(self, message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
        self.paper.count()
        if depth > limits.MAIL_DEPTH:
            raise Refused("mail-nested")
        if message.get_content_maintype() == "message" or not message.is_multipart():
            signed = mail_parts.signed_within(message)
            if signed is None:
                yield message
                return
            name = mail_parts.file_name(message)
            self.paper.tell(SIGNED_WHOLE.format(name), 1)
            yield from self._leaves(signed, depth + 1)
            return
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        for part in parts:
            self.paper.unlisted(mail_parts.headers_but(part, ()))
        leaves = [leaf for part in parts for leaf in self._leaves(part, depth + 1)]
        if message.get_content_type() == "multipart/alternative":
            leaves = self._alternative(leaves)
        self._loose(message.preamble)
        yield from leaves
        self._loose(message.epilogue)

    def _alternative(self, leaves: list[EmailMessage]) -> list[EmailMessage]:
        """Leave out of two ways to say a thing the one whose words the other has as well."""
        plain = [part for part in leaves if mail_parts.is_text(part)]
        pages = [part for part in leaves if mail_parts.is_html(part)]
        if not plain or not pages:
            return leaves
        try:
            simple = " ".join(mail_parts.text_of(part)[0] for part in plain)
            rich = " ".join(mail_parts.page_of(part)[0].text for part in pages)
        except Refused:  # of the one that is no text, which is said where it would stand
            return leaves
        enough = same_words(simple, rich)
        if not enough:
            self.paper.tell(TWICE)
            return leaves
        return [part for part in leaves if part not in (pages if enough == "plain" else plain)]

    def _leaf(self, part: EmailMessage) -> list[Attached]:
        """Show one part; return it where it is a file of its own."""
        paper = self.paper
        if mail_parts.is_mail(part):
            return []
        if mail_parts.is_report(part):
            if where := mail_parts.elsewhere(part):
                paper.strong(f"A part of the mail that is not in this file: {where}.")
            paper.text("\n".join(mail_parts.lines_of_report(part)))
        elif mail_parts.is_sealed(part):
            self._sealed(part)
        elif mail_parts.is_html(part) or mail_parts.is_text(part):
            return self._written(part)
        elif mail_parts.is_signature(part):
            paper.tell(SIGNED, 1)
        else:
            return [mail_parts.attached(part)]
        return []

    def _written(self, part: EmailMessage) -> list[Attached]:
        """Show a text; return it where it is none though the mail says so."""
        paper, files = self.paper, list[Attached]()
        try:
            if mail_parts.is_html(part):
                page, told = mail_parts.page_of(part)
                paper.page(page)
            else:
                text, told = mail_parts.text_of(part)
                paper.text(text)
                files = list(mail_words.written_out(text))
        except Refused as refused:
            if refused.code not in {"binary", "encoding"}:
                raise
            paper.strong("A part of the mail that is said to be text is none, and is not shown.")
            return [mail_parts.attached(part)]
        paper.tell(told)
        for _ in files:
            paper.count()
        return files

    def _sealed(self, part: EmailMessage) -> None:
        name = mail_parts.file_name(part)
        self.paper.strong(
            f"The words of this mail are inside one encrypted or damaged piece (S/MIME or PGP, "
            f"{name}), which cannot be opened here. Open the mail where it was received and save "
            "it as PDF.",
            1,
        )

    def _loose(self, text: str | None) -> None:
        """Show what stands before or behind the parts, where mail programs show nothing."""
        if text and text.strip() and not (_OLD.search(text) and _BOILERPLATE.match(text.strip())):
            self.paper.blocks.append(Block(text="Outside the parts of the mail", style="minor"))
            self.paper.text(encoding.decode(text.encode("utf-8", "surrogateescape"))[0])


def show_sealed(paper: Paper, file: Attached, place: tuple[str, ...]) -> bool:
    """Show the mail that a file is (signed, S/MIME); return whether it is such a file.

    Outlook keeps such a mail as the one attachment of an empty one.
    """
    if not file.name.lower().endswith(".p7m"):
        return False
    part = EmailMessage()
    raw = file.read()
    if raw[:64].lstrip().lower().startswith(b"content-type:"):
        signed = email.message_from_bytes(raw, policy=email.policy.default)
    else:
        part.set_content(raw, maintype="application", subtype="pkcs7-mime", filename=file.name)
        signed = part
    _Mail(paper).fill(signed, place)
    return True


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    letters = mail_parts.letters_of(message)
    return [(name, mail_parts.header(message, name, letters)) for name in mail_parts.HEADERS]
