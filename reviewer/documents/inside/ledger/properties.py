"""What is written on an Office file: words of people in the parts that describe it."""

from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import Package, walk

_BEARING = {
    "title", "subject", "creator", "initial-creator", "keywords", "keyword", "description",
    "lastModifiedBy", "category", "contentStatus", "Manager", "Company", "user-defined",
}  # fmt: skip
_PROGRAMS = ("openpyxl", "python-docx")


def hold(package: Package, held: Held) -> None:
    """Take the words of each part that describes a file."""
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"):
        if name in package.members:
            _part(package.read(name), held, every="custom" in name)


def _part(raw: bytes, held: Held, *, every: bool) -> None:
    open_: list[str] = []

    def start(name: str, values: dict[str, str]) -> None:
        open_.append(name)
        if name in {"property", "user-defined"}:
            held.say_once(values.get("name", ""))

    def end(_: str) -> None:
        open_.pop()

    def text(words: str) -> None:
        if (every or open_[-1] in _BEARING) and not words.endswith(_PROGRAMS):
            held.say_once(words)

    walk(raw, start, end, text)
