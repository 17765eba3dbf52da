"""How the styles of a Word file have words look: struck out, hidden, in a face of signs.

A style of a paragraph or of some letters says so for all that is set in it.
"""

from dataclasses import dataclass, field

from reviewer.documents.formats.xml import OFF, Attributes, walk

LOOKS = {"strike": "struck out", "dstrike": "struck out", "vanish": "hidden"}
_MOST_STYLES = 50  # styles that stand on each other


@dataclass(slots=True)
class _Style:
    parent: str = ""
    face: str = ""
    looks: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be said of words, and the face they are set in; empty where nothing is."""

    said: tuple[str, ...] = ()
    face: str = ""


class Looks:
    """The looks of all styles of a file, whatever they stand on."""

    def __init__(self, untrusted_styles: bytes) -> None:
        self._styles: dict[str, _Style] = {}
        self._known: dict[str, Look] = {"": Look()}
        if untrusted_styles:
            reader = _Reader(self._styles)
            walk(
                untrusted_styles, reader.start, reader.end, lambda _: None,
                broken="docx-broken", dtd="docx-dtd",
            )  # fmt: skip

    def of(self, style: str) -> Look:
        """Return the look of what is set in a style."""
        if style not in self._known:
            self._known[style] = self._of(style)
        return self._known[style]

    def _of(self, style: str) -> Look:
        face, looks, at = "", dict[str, bool](), style
        for _ in range(_MOST_STYLES):
            found = self._styles.get(at)
            if found is None:
                break
            face = face or found.face
            looks = found.looks | looks
            at = found.parent
        return Look(tuple(dict.fromkeys(LOOKS[one] for one, on in looks.items() if on)), face)


class _Reader:
    """Reads the part that declares styles."""

    def __init__(self, found: dict[str, _Style]) -> None:
        self._found = found
        self._style = _Style()
        self._aside = 0  # within what a table's corners look like, or what was before a change

    def start(self, name: str, attributes: Attributes) -> None:
        if self._aside or name in {"tblStylePr", "rPrChange", "pPrChange"}:
            self._aside += 1
        elif name == "style":
            self._style = self._found.setdefault(attributes.get("styleId", ""), _Style())
        elif name == "basedOn":
            self._style.parent = attributes.get("val", "")
        elif name == "rFonts":
            self._style.face = attributes.get("ascii", "") or attributes.get("hAnsi", "")
        elif name in LOOKS:
            self._style.looks[name] = attributes.get("val", "") not in OFF

    def end(self, _: str) -> None:
        self._aside = max(0, self._aside - 1)
