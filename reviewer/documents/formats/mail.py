"""Mails (.eml) in the worker: headers, the text, and the names of what was attached.

HTML is stripped to its words, never laid out; nothing it points at is fetched.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser

from reviewer.documents import limits
from reviewer.documents.formats.encoding import decode
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean, clean_line

_HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject")
_HEADER_TEXT = 20_000  # characters: a list of 300 recipients
_LISTED = 20  # attachments named in a note; all of them are named on the page
_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr"}
_SILENT = {"script", "style", "title", "head", "template"}
_BLANKS = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a mail as paragraphs and sentences about what is not shown. Raises ``Refused``."""
    _refuse_monsters(untrusted)
    try:
        message = email.message_from_bytes(untrusted, policy=email.policy.default)
        found = _Mail()
        found.add(message, 0)
    except RecursionError as error:
        raise Refused("mail-nested") from error
    except Refused:
        raise
    except Exception as error:  # the standard parser raises a dozen kinds over odd headers
        raise Refused("mail-broken") from error
    return found.blocks, found.notes()


def _refuse_monsters(untrusted: bytes) -> None:
    """Refuse before parsing what the parser would spend minutes on."""
    ends = [at for at in (untrusted.find(b"\n\n"), untrusted.find(b"\r\n\r\n")) if at >= 0]
    if min(ends, default=len(untrusted)) > limits.MAIL_HEADERS:
        raise Refused("mail-large")
    if untrusted.lower().count(b"boundary=") > limits.MAIL_PARTS:
        raise Refused("mail-nested")


class _Mail:
    """What was found so far, over all the mails within."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._attached: list[str] = []
        self._parts = 0
        self._stripped = False

    def add(self, message: EmailMessage, depth: int) -> None:
        """Add one mail: its headers, its text, its attachments, the mails within it."""
        if depth > limits.MAIL_DEPTH:
            raise Refused("mail-nested")
        self._headers(message, depth)
        leaves = list(self._leaves(message, 0))
        self._body(leaves)
        attached: list[str] = []
        inner: list[EmailMessage] = []
        for part in leaves:
            if part.get_content_type() == "message/rfc822":
                inner += [p for p in part.iter_parts() if isinstance(p, EmailMessage)]
            elif _is_attachment(part):
                attached.append(f"{_file_name(part)} ({part.get_content_type()})")
        if attached:
            self._attached += attached
            self.blocks.append(Block(text="Attached, not shown here", style="minor"))
            self.blocks += [Block(text=name, style="header") for name in attached]
        for mail in inner:
            self.blocks.append(Block(text="Mail within this mail", style="heading"))
            self.add(mail, depth + 1)

    def notes(self) -> list[str]:
        """Return sentences about what is not shown."""
        said = []
        if self._attached:
            names = "; ".join(self._attached[:_LISTED])
            said.append(f"Attachments, to be imported on their own: {names}.")
        if self._stripped:
            said.append("The mail is a web page; only its words are shown.")
        return said

    def _headers(self, message: EmailMessage, depth: int) -> None:
        if depth == 0:
            title = _header(message, "Subject") or "Mail without a subject"
            self.blocks.append(Block(text=title, style="title"))
        for name in _HEADERS:
            value = _header(message, name)
            if value and not (depth == 0 and name == "Subject"):
                self.blocks.append(Block(text=f"{name}: {value}", style="header"))
        self.blocks.append(Block(text="", style="lines"))

    def _leaves(self, message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
        self._parts += 1
        if self._parts > limits.MAIL_PARTS:
            raise Refused("mail-large")
        if depth > limits.MAIL_DEPTH:
            raise Refused("mail-nested")
        kind = message.get_content_type()
        if kind == "message/rfc822" or not message.is_multipart():
            yield message
            return
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        leaves = [leaf for part in parts for leaf in self._leaves(part, depth + 1)]
        if kind == "multipart/alternative" and any(map(_is_plain, leaves)):
            leaves = [leaf for leaf in leaves if not _is_html(leaf)]
        yield from leaves

    def _body(self, leaves: list[EmailMessage]) -> None:
        """Add every text; of HTML, its words."""
        for part in leaves:
            if _is_attachment(part) or part.get_content_type() == "message/rfc822":
                continue
            text = _content(part)
            if _is_html(part):
                text = words_of(text)
                self._stripped = True
            if text.strip():
                self.blocks.append(Block(text=clean(text).strip("\n"), style="lines"))
                self.blocks.append(Block(text="", style="lines"))


def words_of(html: str) -> str:
    """Return the words of ``html``, a line a block; scripts and styles are dropped."""
    words = _Words()
    words.feed(html)
    words.close()
    return _BLANKS.sub("\n\n", "".join(words.parts)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag == "td":
            self.parts.append("  ")
        elif tag == "img":
            self.parts.append(f"[picture: {dict(attrs).get('alt') or 'not shown'}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _is_attachment(part: EmailMessage) -> bool:
    if part.get_content_type() == "message/rfc822":
        return False
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    if part.get_content_maintype() == "multipart":  # broken: it says so but has no parts
        return False
    return not (_is_plain(part) or _is_html(part))


def _is_plain(part: EmailMessage) -> bool:
    return part.get_content_type() == "text/plain" and not part.get_filename()


def _is_html(part: EmailMessage) -> bool:
    return part.get_content_type() == "text/html" and not part.get_filename()


def _file_name(part: EmailMessage) -> str:
    return clean_line(part.get_filename() or "")[:120] or "without a name"


def _header(message: EmailMessage, name: str) -> str:
    try:
        values = message.get_all(name, [])
    except Exception:  # noqa: BLE001 - the header parser raises many kinds over odd bytes
        values = ["(cannot be read)"]
    return clean_line(", ".join(str(value) for value in values))[:_HEADER_TEXT]


def _content(part: EmailMessage) -> str:
    """Return a text part's text, by its stated letters, else by what the bytes allow."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload())
    try:
        return payload.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(payload)[0]
