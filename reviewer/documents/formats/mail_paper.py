"""What every kind of mail becomes: headers, text, what was attached, and what is not shown.

``mail`` (RFC 5322), ``outlook`` (.msg) and ``tnef`` (winmail.dat) write on the same paper, so that
a reader sees one mail whoever packed it.
"""

import email.utils
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.formats import html, plain
from reviewer.documents.formats.typeset import Block
from reviewer.documents.notes import listed, told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean, clean_line

_LISTED = 20  # attachments named in a note; all of them are named on the page
_FACTS = (
    ("from", "From"), ("sender", "Sender"), ("to", "To"), ("cc", "Cc"), ("bcc", "Bcc"),
    ("date", "Date"), ("subject", "Subject"), ("message id", "Message-ID"),
)  # fmt: skip
_WORD = re.compile(r"\w+")
WITHIN = "Mail within this mail"
TWICE = "The mail says it twice, in plain text and as a web page; both are shown."
ONLY_WORDS = "The mail is a web page; only its words are shown."
SIGNED = "The mail is signed; the signature was not checked."
SIGNED_WHOLE = "The mail is signed as one piece (S/MIME, {}); the signature was not checked."


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a mail: ``place`` is where it lay, ``read`` unpacks it."""

    name: str
    media: str
    read: Callable[[], bytes]
    place: tuple[str, ...] = ()


@dataclass(slots=True)
class Paper:
    """One file's mails as they are written down."""

    blocks: list[Block] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)  # what is written on the first mail
    first: str = ""  # a sentence before all others
    _there: set[str] = field(default_factory=set)  # words of the mail begun last
    _parts: int = 0
    _mails: int = 0
    _unseen: int = 0
    _said: dict[str, int] = field(default_factory=dict)  # each sentence once, and for how many
    _unlisted: list[str] = field(default_factory=list)  # headers that are not shown

    def begin(
        self, depth: int, headers: Iterable[tuple[str, str]], *, fresh: bool = False
    ) -> None:
        """Begin a mail with its headers, each as it stands on one line."""
        if depth > limits.MAIL_DEPTH:
            raise Refused("mail-nested")
        lines = [(name, value) for name, value in headers if value]
        if depth == 0:
            title = dict(lines).get("Subject") or "Mail without a subject"
            self.blocks.append(Block(text=title, style="title", fresh=fresh))
        else:
            self.blocks.append(Block(text=WITHIN, style="heading"))
        if not self._mails:
            self.facts = _facts(lines)
        self._mails += 1
        self._there = {word for _, value in lines for word in _words(value)}
        for name, value in lines:
            if not (depth == 0 and name == "Subject"):
                self.blocks.append(Block(text=f"{name}: {value}", style="header"))
        self.blocks.append(Block(text="", style="lines"))

    def count(self) -> None:
        """Count one more part; raises ``Refused`` for more than any mail has."""
        self._parts += 1
        if self._parts > limits.MAIL_PARTS:
            raise Refused("mail-large")

    def attach(self, attached: list[Attached]) -> None:
        """Name what was attached to the mail that was begun last."""
        if not attached:
            return
        self.attached += attached
        self.blocks.append(Block(text="Attached", style="minor"))
        self.blocks += [Block(text=_named(one), style="header") for one in attached]

    def is_new(self, text: str) -> bool:
        """Whether a text has a word that the mail begun last does not show yet."""
        return not _words(text) <= self._there

    def add_header(self, name: str, value: str) -> None:
        """Write one more header down, unless its words stand there."""
        if self.is_new(value):
            self._there |= _words(value)
            self.blocks.append(Block(text=f"{name}: {value}", style="header"))

    def text(self, text: str) -> None:
        """Write lines down as they stand."""
        if text.strip():
            self._there |= _words(text)
            self.blocks += plain.lines(clean(text).strip("\n"))
            self.blocks.append(Block(text="", style="lines"))

    def page(self, page: html.Page) -> None:
        """Write down the words of a web page."""
        self._unseen += page.unseen
        self.tell(ONLY_WORDS)
        if not _words(page.title) <= _words(page.text):
            self.text(f"Title of the web page: {page.title}")
        self.text(page.text)

    def strong(self, sentence: str, files: int = 0) -> None:
        """Say on the page and in a note what is not shown of it."""
        self.tell(sentence, files)
        self.blocks.append(Block(text=sentence, style="strong"))

    def tell(self, sentence: str, files: int = 0) -> None:
        """Keep a sentence for the notes, which may stand for files within the mail."""
        if sentence:
            self._said[sentence] = self._said.get(sentence, 0) + files

    def unlisted(self, names: Iterable[str]) -> None:
        """Keep the names of headers that are not shown."""
        self._unlisted += names

    def notes(self) -> list[str]:
        """Return sentences about what is not shown."""
        said: list[str] = [self.first] if self.first else []
        if self.attached:
            names = listed([_named(one) for one in self.attached], _LISTED, "; ")
            sentence = f"Attachments, each a document of its own: {names}."
            said.append(told(sentence, attachments=len(self.attached)))
        said += [told(sentence, attachments=files) for sentence, files in self._said.items()]
        if self._unseen:
            said.append(told(html.UNSEEN.format(self._unseen), pictures=self._unseen))
        if self._unlisted:
            names = listed(list(dict.fromkeys(self._unlisted)), _LISTED)
            sentence = f"Headers that say how the mail was sent, not shown: {names}."
            said.append(told(sentence, headers=len(self._unlisted)))
        return said


def same_words(plain: str, rich: str) -> str:
    """Return which of two ways to say a thing has all the words of the other: or ""."""
    here, there = _words(plain), _words(rich)
    if there <= here:
        return "plain"
    return "rich" if here <= there else ""


def shown_name(untrusted: str) -> str:
    """Return the name of an attachment, on one line."""
    return clean_line(untrusted)[:120] or "without a name"


def _facts(lines: list[tuple[str, str]]) -> dict[str, str]:
    """Return what is written on a mail, by small names; the day where its date is one."""
    there = dict(lines)
    found = {name: there[header][: limits.MAX_FACT] for name, header in _FACTS if header in there}
    try:
        day = email.utils.parsedate_to_datetime(there.get("Date", "")).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return found
    return {**found, "day": day}


def _named(one: Attached) -> str:
    return f"{one.name} ({one.media})"


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
