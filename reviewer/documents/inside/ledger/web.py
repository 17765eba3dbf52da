"""What a web page holds: its words, what its pictures say, what is filled in, where it leads."""

import html
import re

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters

_META = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_CODE = re.compile(r"<!--|<(script|style|template)\b[^<>]*>", re.IGNORECASE)
_ENDS = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "template": re.compile(r"</template\s*>", re.IGNORECASE),
}
_TOLD = re.compile(r"<[!?][^<>]*>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>")
_VALUE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "ruby", "samp", "small", "span", "strong", "sub", "sup", "tt",
    "u", "var", "wbr", "o:p", "st1:place",
}  # fmt: skip
_FILLED = {"text", "search", "tel", "url", "email", "number", "date", "submit", "button", ""}
_UNSEEN = {"iframe", "object", "embed", "video", "audio", "svg", "canvas", "frame"}


def hold(raw: bytes, stated: str = "") -> Held:
    """Return what a web page holds."""
    held = Held()
    for line in lines(raw, held, stated):
        held.say(line)
    return held


def lines(raw: bytes, held: Held, stated: str = "") -> list[str]:
    """Return the words of a page, a line a block; links and other things go to ``held``."""
    if not stated and (found := _META.search(raw[:_HEAD])):
        stated = found[1].decode("ascii", "replace")
    text = _TOLD.sub(" ", _without_code(letters(raw, stated).replace("\0", "")))
    parts: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        parts.append(text[at : tag.start()].replace("\n", " "))
        parts.append(_said(tag[2].lower(), tag[3], bool(tag[1]), held))
        at = tag.end()
    parts.append(text[at:].replace("\n", " "))
    return html.unescape("".join(parts)).split("\n")


def _without_code(text: str) -> str:
    """Return a page without what is code in it; what never ends is read as words."""
    parts: list[str] = []
    at = 0
    endless: set[str] = set()
    while code := _CODE.search(text, at):
        kind = (code[1] or "").lower()
        end = None if kind in endless else _ENDS[kind].search(text, code.end())
        parts.append(text[at : code.start()])
        if end is None:
            endless.add(kind)
        at = code.end() if end is None else end.end()
    return " ".join([*parts, text[at:]])


def _said(name: str, inner: str, ends: bool, held: Held) -> str:  # noqa: FBT001 - of one tag
    """Return what an element says or does to the line."""
    if ends:  # behind a link stands where it leads
        return " " if name == "a" else "" if name in _INLINE else "\n"
    values = {key.lower(): a or b or c for key, a, b, c in _VALUE.findall(inner)}
    if name == "a":
        target = html.unescape(values.get("href", "")).strip()
        if not target.startswith("#"):
            held.link(target.removeprefix("mailto:"))
        return ""
    if name in _UNSEEN:
        held.add("pictures")
    if name == "img":
        return f"\n{values.get('alt', '')}\n"
    if name == "input" and values.get("type", "").lower() in _FILLED:
        return f"\n{values.get('value', '')}\n"
    return "" if name in _INLINE else "\n"
