"""Web pages in the worker, as words: nothing is laid out, nothing that a page names is fetched.

What the page shows by a sign alone keeps one: struck-out and hidden words, the numbers of a list,
who is quoted, what was ticked and typed, where a link leads.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from reviewer.documents import encoding, limits
from reviewer.documents.formats.numbering import whole, written
from reviewer.documents.formats.typeset import Block
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_APART = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre", "hr",
}  # fmt: skip
_BREAKS = _APART | {
    "div", "br", "tr", "li", "dt", "dd", "option", "legend", "fieldset", "form", "caption",
    "section", "article", "header", "footer", "address", "figure", "figcaption", "summary", "body",
    "center", "main", "aside", "nav", "textarea", "select", "details", "dialog", "hgroup", "menu",
    "optgroup", "search", "dir", "listing", "xmp",
}  # fmt: skip
_SILENT = {"script", "style", "title", "template"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_UNSEEN = {"iframe", "object", "embed", "video", "audio", "svg", "canvas", "frame"}
_MARKS = {"s": "struck out", "strike": "struck out", "del": "deleted"}
_KEPT = {"pre", "textarea", "listing", "xmp"}  # their line ends and blanks are the page's own
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TYPED = {"text", "search", "tel", "url", "email", "number", "date", "time", "month", "week", ""}
_CLASS = re.compile(r"\.([\w-]+)[^{}]*\{[^}]*line-through", re.IGNORECASE)
_CONDITION = re.compile(r"<!\[[^<>]*>")  # which programs are to read what follows
_NEVER = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENDS = _BREAKS | _KEPT | {"td", "th"}  # whose end is waited for
_DEEP = 500  # elements within each other, beyond which ends are not waited for

_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096  # bytes in which a web page may name its letters
UNSEEN = "Parts of the web page that are not words, not shown: {}."

Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class _List:
    kind: str  # empty for bullets
    next: int = 1


@dataclass(slots=True)
class _Open:
    """An element that is open, and what stands where it ends."""

    tag: str
    after: str = ""
    link: str = ""
    start: int = 0


@dataclass(slots=True)
class Page:
    """What a web page says: its lines, its title, and how many parts of it are not words."""

    text: str = ""
    title: str = ""
    unseen: int = 0


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a web page as paragraphs, and what is not shown of it. Raises ``Refused``."""
    page, guessed = page_of(untrusted)
    found = [Block(text=clean(page.title), style="title")] if page.title else []
    found.append(Block(text=clean(page.text), style="lines"))
    notes: list[str] = ["This is a web page; only its words are shown."]
    if page.unseen:
        notes.append(told(UNSEEN.format(page.unseen), pictures=page.unseen))
    return found, [*notes, guessed] if guessed else notes


def page_of(untrusted: bytes, letters: str = "") -> tuple[Page, str]:
    """Return the words of a web page, and a note where its letters had to be made out.

    ``letters`` are those that the header of a mail states; without, the page's own count. Raises
    ``Refused``.
    """
    if len(untrusted) > limits.WEB_PAGE:
        raise Refused("text")
    text, told = encoding.stated(untrusted, letters or _letters_of(untrusted))
    return read(text), told


def _letters_of(untrusted: bytes) -> str:
    """Return the letters that a web page says it is in; empty where it says nothing."""
    found = _META.search(untrusted[:_META_WITHIN])
    return found[1].decode("ascii") if found else ""


def read(untrusted: str) -> Page:
    """Return the words of a web page, a line a block."""
    words = _Words()
    words.feed(_without_comments(untrusted.replace("\0", "")))
    words.close()
    words.read_on()
    return words.page()


def _without_comments(text: str) -> str:
    """Return a page without comments, and with no sign in it that the parser would seek in vain.

    What never ends is text: a parser that looks for the end of each of a million would take hours.
    """
    parts: list[str] = []
    at = 0
    while (begun := text.find("<!--", at)) >= 0 and (end := text.find("-->", begun + 4)) >= 0:
        parts.append(text[at:begun])
        at = end + 3
    parts.append(text[at:].replace("<!--", "&lt;!--"))
    text = _CONDITION.sub("", "".join(parts)).replace("<![", "&lt;![")
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", "&lt;")


@dataclass(slots=True)
class _Paper:
    """Lines, each behind the signs of the quotations it stands in."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quoted: int = 0

    def add(self, text: str) -> None:
        self.line.append(text)

    def close(self, sign: str) -> None:
        """Add a sign behind the last words, though their line may have ended."""
        if any(part.strip() for part in self.line) or not self.lines:
            self.line.append(sign)
            return
        while len(self.lines) > 1 and not self.lines[-1]:
            self.lines.pop()
        self.lines[-1] += sign

    def turn(self, *, apart: bool = False, kept: bool = False) -> None:
        """End the line; ``apart`` leaves one blank line behind it, ``kept`` keeps an empty one."""
        text = "".join(self.line)
        self.line.clear()
        if text.strip() or kept:
            self.lines.append("> " * self.quoted + text.rstrip())
        if apart and self.lines and self.lines[-1]:
            self.lines.append("")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paper = _Paper()
        self._open: list[_Open] = []
        self._lists: list[_List] = []
        self._silent = ""  # the element whose text is none of the page's
        self._held: list[str] = []  # its text: a page that never ends it loses no words
        self._kept = 0
        self._struck: set[str] = set()
        self._title = ""
        self._unseen = 0
        self._unended = False

    def read_on(self) -> None:
        """Read what stands behind a style or script that never ends: a browser shows none of it.

        The parser gives up there; here no words are lost for a sign that is missing.
        """
        rest = "".join(self._held) + self.rawdata
        self._held.clear()
        self.reset()
        self._silent, self._unended = "", True
        self.feed(rest)
        self.close()

    def set_cdata_mode(self, elem: str, **known: bool) -> None:
        """Read an element's text as text alone, but for one that never ends."""
        if not self._unended:
            super().set_cdata_mode(elem, **known)

    def page(self) -> Page:
        """Return what was read."""
        while self._open:
            self._close(self._open.pop())
        self._paper.turn()
        text = "\n".join(self._paper.lines).strip("\n")
        return Page(text=text, title=" ".join(self._title.split()), unseen=self._unseen)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._silent:
            self._held.append(" ")
            return
        if tag in _SILENT and not self._unended:
            self._silent = tag
            return
        self._unseen += tag in _UNSEEN
        if tag in {"a", "li", "option", "p", "td", "th", "tr", "dt", "dd"}:
            self._end_siblings(tag)
        if tag in _BREAKS:
            self._paper.turn(apart=tag in _APART, kept=tag == "br")
        known = dict(attrs)
        self._before(tag, known)
        if tag not in _VOID:
            one = self._opened(tag, known)
            if one.after or one.link or (tag in _ENDS and len(self._open) < _DEEP):
                self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._end_silence()
            return
        newest = range(len(self._open) - 1, max(-1, len(self._open) - 1 - _DEEP), -1)
        at = next((n for n in newest if self._open[n].tag == tag), -1)
        if at >= 0:
            ended = self._open[at:]
            del self._open[at:]
            for one in reversed(ended):
                self._close(one)

    def handle_data(self, data: str) -> None:
        if self._silent:
            self._held.append(data)
        elif self._kept:
            first, *others = data.replace("\r\n", "\n").split("\n")
            self._paper.add(first)
            for line in others:
                self._paper.turn(kept=True)
                self._paper.add(line)
        else:
            self._paper.add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _end_silence(self) -> None:
        held = "".join(self._held)
        self._held.clear()
        if self._silent == "title" and not self._title:
            self._title = held
        elif self._silent == "style":
            self._struck.update(_CLASS.findall(held))
        self._silent = ""

    def _end_siblings(self, tag: str) -> None:
        """End what a page need not end: the item before this one."""
        group = {"td", "th"} if tag in {"td", "th"} else {"dt", "dd"} if tag[0] == "d" else {tag}
        edges = {"ul", "ol", "dl", "table", "select", "blockquote", "div"}
        for one in reversed(self._open[-_DEEP:]):
            if one.tag in group:
                self.handle_endtag(one.tag)
                return
            if one.tag in edges:
                return

    def _before(self, tag: str, known: dict[str, str | None]) -> None:
        """Write what stands before the words of an element."""
        if tag == "blockquote":
            self._paper.quoted = min(20, self._paper.quoted + 1)
        elif tag in {"ul", "ol"}:
            kind = _KINDS.get(known.get("type") or "", "decimal") if tag == "ol" else ""
            self._lists.append(_List(kind, whole(known.get("start") or "", 1)))
        elif tag == "li":
            self._paper.add(self._item(known))
        elif tag in {"td", "th"} and any(self._paper.line):
            self._paper.add("  ")
        else:
            self._paper.add(_sign(tag, known))
        self._kept += tag in _KEPT

    def _item(self, known: dict[str, str | None]) -> str:
        inside = "  " * min(20, max(0, len(self._lists) - 1))
        if not self._lists or not self._lists[-1].kind:
            return f"{inside}• "
        of = self._lists[-1]
        of.next = whole(known.get("value") or "", of.next)
        of.next += 1
        return f"{inside}{written(of.next - 1, of.kind)}. "

    def _opened(self, tag: str, known: dict[str, str | None]) -> _Open:
        """Return an element as open, having written the sign that its words carry."""
        style = known.get("style") or ""
        classes = set((known.get("class") or "").split())
        mark = _MARKS.get(tag, "")
        if "line-through" in style.lower() or classes & self._struck:
            mark = "struck out"
        elif _NEVER.search(style) or "hidden" in known:
            mark = "hidden"
        if mark:
            self._paper.add(f"[{mark}: ")
        one = _Open(tag=tag, after="]" if mark else "”" if tag == "q" else "")
        if tag == "a":
            one.link, one.start = known.get("href") or "", len(self._paper.line)
        return one

    def _close(self, one: _Open) -> None:
        paper = self._paper
        if one.after:
            paper.close(one.after)
        if one.link and not one.link.startswith("#"):
            said = "".join(paper.line[one.start :])
            if one.link.removeprefix("mailto:").strip() not in said:
                paper.add(f" <{one.link.strip()}>")
        if one.tag in _BREAKS:
            paper.turn(apart=one.tag in _APART)
        self._kept -= one.tag in _KEPT
        if one.tag == "blockquote":
            paper.quoted = max(0, paper.quoted - 1)
        elif one.tag in {"ul", "ol"} and self._lists:
            self._lists.pop()


def _sign(tag: str, known: dict[str, str | None]) -> str:
    """Return what an element shows by itself."""
    if tag == "img":
        return f"[picture: {known.get('alt') or 'not shown'}]"
    if tag == "option":
        return "☒ " if "selected" in known else "☐ "
    if tag == "input":
        return _field(known)
    return "“" if tag == "q" else ""


def _field(known: dict[str, str | None]) -> str:
    """Return what a field of a form shows; nothing where a reader of the page sees nothing."""
    kind, value = (known.get("type") or "").lower(), known.get("value") or ""
    if kind in {"checkbox", "radio"}:
        return "☒ " if "checked" in known else "☐ "
    if kind in {"submit", "button", "reset"} or kind in _TYPED:
        return f"[{value}]" if value else ""
    return ""
