"""One part of a mail: its headers, its text and its name, whatever letters they were sent in."""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.header import decode_header, make_header
from email.message import EmailMessage, Message

from reviewer.documents import encoding
from reviewer.documents.formats import html, sealed
from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.formats.mail_words import in_one_piece, unflowed
from reviewer.records.text import clean_line

HEADERS = (
    "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject", "Resent-From",
    "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-Date", "Importance",
    "Sensitivity", "Organization", "Comments", "Keywords", "Message-ID",
)  # fmt: skip
_MAILS = {"message/rfc822", "message/global", "message/news"}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]+")  # a long header goes on in the next line
_FEW = 100  # bytes of a text for each zero in it
_ZEROS = "Zero bytes within the text, which stand for no letter, were left out: {}."
_ELSEWHERE = {"message/external-body", "message/partial"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SIGNATURES = {
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
}  # fmt: skip
_PACKING = {
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
    "content-id", "content-length", "content-language", "lines",
}  # fmt: skip
_SHOWN_AS_TEXT = {"text/plain", "text/calendar", "text/enriched", "text/rfc822-headers"}


def is_mail(part: Message) -> bool:
    """Whether a part is a mail of its own."""
    return part.get_content_type() in _MAILS


def is_report(part: Message) -> bool:
    """Whether a part is a report about a mail: delivered, read, refused."""
    return part.get_content_maintype() == "message" and not is_mail(part)


def is_sealed(part: EmailMessage) -> bool:
    """Whether a part holds the mail itself, signed or encrypted as one piece."""
    return part.get_content_type() in _SEALED or (
        part.get_content_type() == "application/octet-stream"
        and file_name(part).lower().endswith(".p7m")
    )


def is_packed(part: EmailMessage) -> bool:
    """Whether a part is what Outlook packs a mail into (winmail.dat)."""
    return part.get_content_type() in _TNEF or file_name(part).lower() == "winmail.dat"


def signed_within(part: EmailMessage) -> EmailMessage | None:
    """Return the mail that a part holds signed as one piece; None where it is no such part."""
    if not is_sealed(part):
        return None
    content = sealed.opened(_file(part))
    if content is None:
        return None
    return email.message_from_bytes(content, policy=email.policy.default)


def is_signature(part: Message) -> bool:
    """Whether a part is a signature over the others."""
    return part.get_content_type() in _SIGNATURES


def is_text(part: EmailMessage) -> bool:
    """Whether a part is text to be shown as it stands."""
    if part.get_content_maintype() == "multipart":  # broken: it says so but has no parts
        return not part.get_filename()
    return part.get_content_type() in _SHOWN_AS_TEXT and not _attached(part)


def is_html(part: EmailMessage) -> bool:
    """Whether a part is a web page to be shown as its words."""
    return part.get_content_type() == "text/html" and not _attached(part)


def _attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def file_name(part: EmailMessage) -> str:
    """Return the name of an attachment, on one line."""
    return shown_name(part.get_filename() or "")


def attached(part: EmailMessage) -> Attached:
    """Return a part as the file that it is."""
    return Attached(file_name(part), part.get_content_type(), lambda: _file(part))


def _file(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else part.as_bytes()


def header(message: Message, name: str, letters: str = "") -> str:
    """Return a header's values on one line; raw letters are read as ``letters``."""
    values = []
    for key, raw in message.raw_items():
        if key.lower() != name.lower():
            continue
        if key.lower().endswith("date"):  # as it was written
            values.append(_read_raw(raw, letters))
            continue
        values.append(_said(key, in_one_piece(_FOLD.sub("", _read_raw(raw, letters)))))
    return clean_line(", ".join(values))


def _said(name: str, text: str) -> str:
    """Return a header's value in its own letters, or as it was sent where it cannot be read."""
    try:
        if "(" not in text:  # the parser of addresses drops what stands in brackets
            return str(email.policy.default.header_factory(name, text))
    except Exception:  # noqa: BLE001, S110 - it raises many kinds over odd bytes
        pass
    try:
        return str(make_header(decode_header(text)))
    except Exception:  # noqa: BLE001 - as above
        return text


def headers_but(message: Message, shown: Sequence[str]) -> list[str]:
    """Return the names of a mail's other headers, but for those that say how it is packed."""
    known = {name.lower() for name in shown} | _PACKING
    names = {key.lower(): key for key, _ in message.raw_items()}
    return [clean_line(key)[:60] for name, key in names.items() if name not in known]


def _read_raw(value: object, letters: str) -> str:
    """Return a header without the stand-ins that the parser puts for bytes beyond ASCII."""
    text = str(value)
    if text.isascii():
        return text
    raw = text.encode("utf-8", "surrogateescape")
    for name in ("utf-8", letters):
        try:
            return raw.decode(encoding.meant(name))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return encoding.latin(raw)


def letters_of(message: EmailMessage) -> str:
    """Return the letters that the first text of a mail says it is in."""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            return stated_letters(part)
    return ""


def stated_letters(part: Message) -> str:
    """Return the letters that a part says it is in; empty where it says nothing."""
    try:
        return str(part.get_content_charset("") or "")
    except Exception:  # noqa: BLE001 - the header parser raises many kinds over odd bytes
        return ""


def text_of(part: EmailMessage) -> tuple[str, str]:
    """Return a text part's text, and a note where its letters had to be made out."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload()), ""
    text, told = _stated(payload, stated_letters(part))
    sent = {name.lower(): value.lower() for name, value in parameters(part)}
    if sent.get("format") == "flowed" and part.get_content_type() == "text/plain":
        text = unflowed(text, closed=sent.get("delsp") == "yes")
    return text, told


def parameters(part: Message) -> list[tuple[str, str]]:
    """Return what a part's type says more of it, such as its letters or where it lies."""
    try:
        return [(str(name), str(value)) for name, value in part.get_params([])[1:]]
    except Exception:  # noqa: BLE001 - the header parser raises many kinds over odd bytes
        return []


def elsewhere(part: Message) -> str:
    """Return where a part lies that is not in the file, or of what it is a part; else nothing."""
    if part.get_content_type() not in _ELSEWHERE:
        return ""
    return clean_line("; ".join(f"{name}: {value}" for name, value in parameters(part)))


def _stated(payload: bytes, letters: str) -> tuple[str, str]:
    """Return a text, and a note; a few zeros that some program left in it are left out."""
    zeros = payload.count(0)
    if not 0 < zeros * _FEW < len(payload) or encoding.meant(letters).startswith(
        ("utf-16", "utf-32")
    ):
        return encoding.stated(payload, letters)
    text, told = encoding.stated(payload.replace(b"\0", b""), letters)
    return text, told or _ZEROS.format(zeros)


def page_of(part: EmailMessage) -> tuple[html.Page, str]:
    """Return the words of a web page, and a note where its letters had to be made out."""
    payload = part.get_payload(decode=True)
    untrusted = payload if isinstance(payload, bytes) else b""
    return html.page_of(untrusted, stated_letters(part))


def mail_within(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the mail that a part holds, unpacked where it was sent as base64."""
    packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    for inner in part.iter_parts():
        if not isinstance(inner, EmailMessage):
            continue
        if packed in {"base64", "quoted-printable"}:
            yield _unpacked(inner, packed)
        else:
            yield inner


def _unpacked(inner: EmailMessage, packed: str) -> EmailMessage:
    raw = inner.as_bytes(policy=email.policy.default.clone(refold_source="none"))
    carrier = EmailMessage()
    carrier["Content-Transfer-Encoding"] = packed
    carrier.set_payload(raw.lstrip(b"\r\n").decode("ascii", "replace"))
    payload = carrier.get_payload(decode=True)
    if not isinstance(payload, bytes) or b":" not in payload[:200]:
        return inner
    return email.message_from_bytes(payload, policy=email.policy.default)


def lines_of_report(part: EmailMessage) -> list[str]:
    """Return every header of a report about a mail, a line each, and the text it holds."""
    lines: list[str] = []
    blocks = part.get_payload() if part.is_multipart() else [part]
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, EmailMessage):
            continue
        if block is not part:
            names = dict.fromkeys(key for key, _ in block.raw_items())
            lines += [f"{clean_line(name)}: {header(block, name)}" for name in names]
        if not block.is_multipart():
            lines += text_of(block)[0].strip("\n").splitlines()
        lines.append("")
    return lines
