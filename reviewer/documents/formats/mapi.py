"""A mail as Outlook keeps it: properties by their numbers ([MS-OXPROPS]), whatever holds them.

``outlook`` finds them in a .msg, ``tnef`` in a winmail.dat; here they become one mail on paper.
"""

import datetime as dt
import email
import email.policy
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from reviewer.documents import encoding
from reviewer.documents.formats import html, mail_parts, rtf_mail
from reviewer.documents.formats.mail_paper import (
    TWICE,
    WITHIN,
    Attached,
    Paper,
    same_words,
    shown_name,
)
from reviewer.records.text import clean_line

SUBJECT, BODY, HTML, RTF, CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A
_FROM = (0x0042, (0x5D02, 0x0065))  # whom it is from: name, addresses
_SENDER = (0x0C1A, (0x5D01, 0x0C1F))  # who pressed Send
_PERSON = (0x3001, (0x39FE, 0x3003))
_KIND_OF_PERSON, _TO, _CC, _BCC = 0x0C15, 1, 2, 3
_SHOWN_AS = {_TO: 0x0E04, _CC: 0x0E03, _BCC: 0x0E02}
_SENT, _RECEIVED = 0x0039, 0x0E06
_CODE_PAGES = (0x3FFD, 0x3FDE)
_PAGE_LETTERS = 0x3FDE
_HEADERS, _MESSAGE_ID = 0x007D, 0x1035
_FLAGS, _UNSENT = 0x0E07, 8
_IMPORTANCE, _SENSITIVITY = 0x0017, 0x0036
_WEIGHTS = {0: "low", 2: "high"}
_SECRETS = {1: "personal", 2: "private", 3: "confidential"}
_REPLIES = 0x0050
_METHOD, _DATA, _FILE_NAMES, _MEDIA = 0x3705, 0x3701, (0x3707, 0x3704, 0x3001), 0x370E
_PATHS = (0x370D, 0x3708)
_BY_REFERENCE = {2, 3, 4, 7}
_NUMBERS = {20127: "ascii", 65001: "utf-8", 50220: "cp932", 50221: "cp932", 50222: "cp932",
            51932: "euc-jp", 28591: "cp1252", 1200: "utf-16-le"}  # fmt: skip
_BEGAN = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
# Shows the mail that a file holds (signed, S/MIME), and says whether it holds one.
Open = Callable[[Paper, Attached, tuple[str, ...]], bool]
# What an invitation or a task says beside its text, by set and number.
_MEETING = "00062002-0000-0000-c000-000000000046"
_TASK = "00062003-0000-0000-c000-000000000046"
_PERSON_SET = "00062004-0000-0000-c000-000000000046"
_WORDS = "00020329-0000-0000-c000-000000000046"
NAMED: dict[tuple[str, int | str], str] = {
    (_MEETING, 0x820D): "Start",
    (_MEETING, 0x820E): "End",
    (_MEETING, 0x8208): "Location",
    (_TASK, 0x8104): "Start",
    (_TASK, 0x8105): "Due",
    (_WORDS, "Keywords"): "Keywords",
    **dict.fromkeys([(_PERSON_SET, one) for one in (0x8083, 0x8093, 0x80A3)], "E-mail"),
    **dict.fromkeys([(_PERSON_SET, one) for one in (0x801A, 0x801B, 0x801C)], "Address"),
}
# What a contact says: where a number is none of these it is shown under no name of its own.
_CONTACT = range(0x3A00, 0x3B00)
_CONTACT_NAMES = {
    0x3A02: "Callback telephone", 0x3A06: "Given name", 0x3A08: "Telephone at work",
    0x3A09: "Telephone at home", 0x3A11: "Surname", 0x3A15: "Postal address", 0x3A16: "Company",
    0x3A17: "Job title", 0x3A18: "Department", 0x3A19: "Office", 0x3A1C: "Mobile telephone",
    0x3A1F: "Other telephone", 0x3A24: "Fax", 0x3A26: "Country", 0x3A27: "Place",
    0x3A28: "County or state", 0x3A29: "Street", 0x3A2A: "Postcode", 0x3A44: "Middle name",
    0x3A4F: "Nickname",
}  # fmt: skip


@dataclass(slots=True)
class Properties:
    """The properties of one thing: texts and bytes as they lie there, numbers as 8 bytes."""

    texts: dict[int, str] = field(default_factory=dict)  # that are Unicode
    raw_texts: dict[int, bytes] = field(default_factory=dict)  # in the mail's own letters
    held: dict[int, Callable[[], bytes]] = field(default_factory=dict)
    numbers: dict[int, bytes] = field(default_factory=dict)
    letters: str = "cp1252"

    def text(self, *ids: int) -> str:
        """Return the first of some texts that says anything."""
        for one in ids:
            found = self.texts.get(one)
            if found is None and one in self.raw_texts:
                found = decode(self.raw_texts[one], self.letters)
            if found and found.strip("\0 "):
                return found.rstrip("\0")
        return ""

    def number(self, one: int) -> int | None:
        """Return a whole number, or None."""
        raw = self.numbers.get(one)
        return None if raw is None else int(struct.unpack("<i", raw[:4])[0])

    def time(self, one: int) -> str:
        """Return a moment as it is written in a mail, in UTC; or ""."""
        raw = self.numbers.get(one, b"")
        ticks = int.from_bytes(raw[:8], "little") if len(raw) >= 8 else 0
        if not ticks:
            return ""
        try:
            moment = _BEGAN + dt.timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return moment.strftime("%a, %d %b %Y %H:%M:%S +0000")

    def data(self, one: int) -> bytes:
        """Return what lies under a number as bytes, or b""."""
        return self.held[one]() if one in self.held else b""


@dataclass(slots=True)
class Item:
    """Something attached; ``message`` where it is a mail of its own, ``drawn`` an object."""

    properties: Properties
    message: "Message | None" = None
    drawn: bool = False


@dataclass(slots=True)
class Message:
    """One mail: itself, who is in it, what was attached, and what is named by words."""

    properties: Properties
    people: Sequence[Properties] = ()
    items: Callable[[], Iterator[Item]] = lambda: iter(())
    named: Mapping[int, str] = field(default_factory=dict)


def code_page(properties: Properties) -> str:
    """Return the letters that the texts of a mail are in."""
    for one in _CODE_PAGES:
        number = properties.number(one)
        if number:
            return _codec(number)
    return "cp1252"


def decode(raw: bytes, letters: str) -> str:
    """Return a text by its letters; one that does not fit them by those it does fit."""
    try:
        return raw.decode(letters)
    except (LookupError, UnicodeDecodeError):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return encoding.latin(raw)


def show(
    paper: Paper,
    message: Message,
    place: tuple[str, ...] = (),
    opened: Open = lambda _, __, ___: False,
) -> None:
    """Write a mail down, and the mails within it; ``opened`` shows the mail that a file is."""
    paper.count()
    paper.begin(len(place), headers(message))
    paper.unlisted(_unlisted(message.properties))
    _bodies(paper, message.properties)
    files, mails = _items(paper, message, place)
    if message.properties.text(CLASS).upper().startswith("IPM.NOTE.SMIME"):
        files = [one for one in files if not opened(paper, one, place)]
    paper.attach(files)
    within(paper, mails, place, opened)


def within(paper: Paper, mails: Sequence[Message], place: tuple[str, ...], opened: Open) -> None:
    """Write the mails down that lay within another."""
    for mail in mails:
        subject = clean_line(mail.properties.text(SUBJECT))[:80]
        show(paper, mail, (*place, subject or WITHIN), opened)


def unfold(
    paper: Paper, message: Message, place: tuple[str, ...]
) -> tuple[list[Attached], list[Message]]:
    """Add to the mail begun last what was packed with it; return its files and its mails."""
    for name, value in headers(message):
        paper.add_header(name, value)
    _bodies(paper, message.properties, again=True)
    return _items(paper, message, place)


def _items(
    paper: Paper, message: Message, place: tuple[str, ...]
) -> tuple[list[Attached], list[Message]]:
    files: list[Attached] = []
    mails: list[Message] = []
    for item in message.items():
        paper.count()
        if item.message is not None:
            mails.append(item.message)
            continue
        file = _file(paper, item, place)
        if file is not None:
            files.append(file)
    return files, mails


def headers(message: Message) -> list[tuple[str, str]]:
    """Return who sent what to whom and when, as lines of a mail."""
    own = message.properties
    written = _transport(own)
    sender, author = _person(own, _SENDER), _person(own, _FROM)
    draft = (own.number(_FLAGS) or 0) & _UNSENT != 0
    lines = [
        ("From", author or sender or written.get("From", "")),
        ("Sender", sender if author and sender != author else ""),
        ("To", _people(message, _TO)),
        ("Cc", _people(message, _CC)),
        ("Bcc", _people(message, _BCC)),
        ("Reply-To", clean_line(own.text(_REPLIES)) or written.get("Reply-To", "")),
        ("Date", written.get("Date", "") or own.time(_SENT)),
        ("Last saved" if draft else "Received", own.time(_RECEIVED)),
        ("Subject", clean_line(own.text(SUBJECT)) or written.get("Subject", "")),
        ("Importance", _WEIGHTS.get(own.number(_IMPORTANCE) or 1, "")),
        ("Sensitivity", _SECRETS.get(own.number(_SENSITIVITY) or 0, "")),
        ("Message-ID", clean_line(own.text(_MESSAGE_ID))),
    ]
    if draft:
        lines.append(("State", "a draft, not sent"))
    there = {name for name, value in lines if value}
    lines += [(name, value) for name, value in written.items() if name not in there]
    for one, name in message.named.items():
        lines.append((name, clean_line(own.text(one)) or own.time(one)))
    contact = sorted({*own.texts, *own.raw_texts} & set(_CONTACT))
    lines += [(_CONTACT_NAMES.get(one, "Further"), clean_line(own.text(one))) for one in contact]
    return [(name, value) for name, value in lines if value]


def _transport(own: Properties) -> dict[str, str]:
    """Return the headers that came over the wire, where the mail still has them."""
    parsed = _wire(own)
    found = ((name, mail_parts.header(parsed, name)) for name in mail_parts.HEADERS)
    return {name: value for name, value in found if value}


def _wire(own: Properties) -> EmailMessage:
    raw = own.text(_HEADERS)
    start = raw.find("\n") + 1 if raw.lower().startswith("microsoft mail") else 0
    return email.message_from_string(raw[start:], policy=email.policy.default)


def _unlisted(own: Properties) -> list[str]:
    """Return the names of the headers that came over the wire and are not shown."""
    return mail_parts.headers_but(_wire(own), (*mail_parts.HEADERS, "Message-ID", "Priority"))


def _person(own: Properties, which: tuple[int, tuple[int, ...]]) -> str:
    name = clean_line(own.text(which[0]))
    address = next((at for one in which[1] if "@" in (at := clean_line(own.text(one)))), "")
    address = address or clean_line(own.text(which[1][-1]))
    if not address or address.casefold() == name.casefold():
        return name or address
    return f"{name} <{address}>" if name else address


def _people(message: Message, kind: int) -> str:
    """Return everybody of a kind; the line as Outlook shows it where that has others."""
    found = [
        _person(one, _PERSON)
        for one in message.people
        if (one.number(_KIND_OF_PERSON) or _TO) & 0xF == kind
    ]
    listed = "; ".join(one for one in found if one)
    shown = clean_line(message.properties.text(_SHOWN_AS[kind]))
    known = listed.casefold()
    more = [one.strip(" '") for one in shown.split(";")]
    more = [one for one in more if one and one.casefold() not in known]
    return "; ".join([listed, *more] if listed else more)


def _bodies(paper: Paper, own: Properties, *, again: bool = False) -> None:
    """Write down the text of a mail: plain, as a web page, or packed as RTF.

    With ``again`` it was packed with a mail that is shown: only if it says more.
    """
    plain = own.text(BODY)
    page = _page(paper, own)
    packed = rtf_mail.read(rtf_mail.unpack(own.data(RTF)))
    if page is None and packed.page:
        page = html.read(packed.text)
    if again and not paper.is_new(" ".join((plain, page.text if page else packed.text))):
        return
    enough = same_words(plain, page.text) if page is not None else ""
    if page is not None and enough != "plain":
        paper.page(page)
    if page is None or enough != "rich":
        if plain.strip() and page is not None and enough == "":
            paper.tell(TWICE)
        paper.text(plain)
    if page is None and not packed.page and same_words(plain, packed.text) != "plain":
        paper.text(packed.text)
    if packed.unseen:
        paper.tell(f"Pictures in the text of the mail that are not shown: {packed.unseen}.")


def _page(paper: Paper, own: Properties) -> html.Page | None:
    if HTML in own.texts:
        return html.read(own.texts[HTML])
    raw = own.data(HTML) or own.raw_texts.get(HTML, b"")
    if not raw:
        return None
    number = own.number(_PAGE_LETTERS)
    page, told = html.page_of(raw, _codec(number) if number else "")
    paper.tell(told)
    return page


def _file(paper: Paper, item: Item, place: tuple[str, ...]) -> Attached | None:
    own = item.properties
    name = shown_name(own.text(*_FILE_NAMES))
    if item.drawn:
        sentence = f"An object of another program is part of the mail and is not shown: {name}."
        paper.strong(sentence, 1)
        return None
    if own.number(_METHOD) in _BY_REFERENCE and _DATA not in own.held:
        path = clean_line(own.text(*_PATHS))[:200] or name
        paper.strong(f"Attached as a link to a file that is not in the mail: {path}.", 1)
        return None
    media = clean_line(own.text(_MEDIA))[:80] or "application/octet-stream"
    return Attached(name, media, lambda: own.data(_DATA), place)


def _codec(number: int) -> str:
    name = _NUMBERS.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
