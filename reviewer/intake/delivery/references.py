"""The cases that are here, looked for in paths and in texts by what people can tell apart."""

import re
from collections.abc import Iterable, Iterator, Mapping

from reviewer.records.text import as_seen, look_alike

_TOKEN = re.compile(r"[^\W_]+")
_MOST_TOKENS = 60  # of one name or line; what follows is no reference
_MORE = re.compile(r"[-./]\w")  # 2010-07 in 2010-07-12 is a day and no case
_BEFORE = re.compile(r"\w[-./]$")
_LEAST = 4  # characters of a reference that a text is asked for: "7" stands in every letter


class References:
    """The references of the cases that are here; ``words`` are other words for some of them.

    >>> here = References(["INV-014", "INV-1"])
    >>> here.within("INV-014 custody record")
    ['INV-014']
    >>> here.named("inv\u2013014")
    'INV-014'
    """

    def __init__(self, references: Iterable[str], words: Mapping[str, str] | None = None) -> None:
        self._known = {look_alike(reference): reference for reference in references}
        for word, meant in (words or {}).items():  # what people call a case on their folders
            if look_alike(meant) in self._known:
                self._known.setdefault(look_alike(word), self._known[look_alike(meant)])
        split = [_TOKEN.findall(known) for known in self._known]
        self._longest = max((len(tokens) for tokens in split), default=0)
        self._first = {tokens[0] for tokens in split if tokens}
        self._found: dict[str, list[str]] = {}
        self._named = {reference: reference for reference in self._known.values()}

    def named(self, text: str) -> str:
        """Return the reference that ``text`` reads like, or ""."""
        return self._named.get(text) or self._known.get(look_alike(text), "")

    def within(self, name: str) -> list[str]:
        """Return the parts of one name on a path that read like a reference, the longest first.

        They are as they stand in ``name``, which is ``as_seen``; a part ends where a word does.
        """
        if name not in self._found:
            spans = {name, *self._spans(name)}
            found = [part for part in spans if self.named(part)]
            self._found[name] = sorted(found, key=lambda part: (-len(part), part))
        return self._found[name]

    def spoken_of(self, text: str) -> list[str]:
        """Return the references that a text names, in order; short ones and bare words are not.

        One that stands within a longer one that is named there too is not meant.
        """
        found: dict[str, None] = {}
        for line in as_seen(text).splitlines():
            named = [
                line[start:end]
                for start, end in self._places(line)
                if _distinct(line[start:end])
                and self.named(line[start:end])
                and not _MORE.match(line, end)
                and not _BEFORE.search(line, max(0, start - 2), start)
            ]
            for part in named:
                if not any(part != other and part in other for other in named):
                    found[self.named(part)] = None
        return list(found)

    def _spans(self, text: str) -> Iterator[str]:
        if text.isascii() and self._first.isdisjoint(_TOKEN.findall(text.casefold())):
            return iter(())  # most names of files: nothing in them begins a reference
        return (text[start:end] for start, end in self._places(text))

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the runs of whole words begin and end that may be a reference."""
        tokens = list(_TOKEN.finditer(text))[:_MOST_TOKENS]
        for at, token in enumerate(tokens):
            word = token.group()
            if (word.casefold() if word.isascii() else look_alike(word)) not in self._first:
                continue
            for last in tokens[at : at + self._longest]:
                yield token.start(), last.end()


def _distinct(reference: str) -> bool:
    return len(reference) >= _LEAST and any(c.isdigit() for c in reference)
