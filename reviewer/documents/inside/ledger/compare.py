"""What a file holds against what is seen of it: shown, named in a note, or missing."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from reviewer.documents import limits
from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.inside.ledger.numbers import moments, ways
from reviewer.documents.inside.ledger.words import Seen, words

_SURE = 8  # letters in a row that do not stand on a page by chance
_LEVELS = 4  # rows that are tried for one place
_LIKELY = 2  # ways to write a number that are tried first
_NEAR = 8  # neighbours that are looked at
_TRIED = 3_000  # rows of letters that are looked for; the rest counts as not found
_AROUND = 2_000  # places of one word that are looked at

Line = dict[str, object]


class Compare:
    """One comparison of a file with its pages and the notes about it.

    ``told_below``: the notes stand at the foot of the pages as well, and are not the file's words.
    """

    def __init__(
        self, held: Held, pages: Sequence[str], notes: Sequence[str], *, told_below: bool
    ) -> None:
        self._held = held
        self._pages = Seen(pages)
        self._notes = Seen(note.partition(": ")[2] for note in notes)  # what they list and quote
        self._told = "\n".join(notes)
        self._latest = time.monotonic() + limits.COUNT_SECONDS / 2
        self._known: dict[int, dict[str, int]] = {}
        if told_below:
            below = (note for note in notes if self._has(self._pages, note))
            self._pages.counts.subtract(Seen(below).counts)

    def lines(self, named: Mapping[str, int]) -> list[Line]:
        """Return a line a thing; ``named`` is how many of each the notes stand for."""
        found = [self._words(named.get("words", 0))]
        if self._held.numbers:
            found.append(self._numbers(named.get("cells", 0)))
        if self._held.links:
            found.append(self._each("links", self._held.links, named))
        if self._held.headers:
            found.append(self._headers(named))
        for thing, count in self._held.things.items():
            shown = min(count, self._held.shown.get(thing, 0))
            told = min(count - shown, named.get(thing, 0))
            found.append(_line(thing, count, shown, told, ()))
        return found

    def _words(self, named: int) -> Line:
        held = Counter(word for piece in self._held.pieces for word in piece)
        left = _less(held, self._pages.counts)
        if left:
            left = _less(left, self._found(left, held, self._pages))
        after = _less(left, self._notes.counts)
        if after:
            after = _less(after, self._found(after, after, self._notes))
        whole, unseen, missing = held.total(), left.total(), after.total()
        told = min(missing, named)
        some = [] if told == missing else list(after)
        return _line("words", whole, whole - unseen, unseen - missing + told, some)

    def _found(self, left: Counter[str], held: Counter[str], seen: Seen) -> Counter[str]:
        """Return how many of each word stand there in a row with their neighbours, gaps apart.

        A layout may part a word, or close a gap: the letters still follow each other.
        """
        places: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for piece in self._held.pieces:
            for at, word in enumerate(piece):
                if word in left and len(places[word]) < _AROUND:
                    places[word].append(_rows(piece, at))
        found: Counter[str] = Counter()
        for word, rows in places.items():
            there = self._there(rows, seen)
            direct = held[word] - left[word]
            found[word] = max(0, min(there, held[word]) - direct)
        return found

    def _there(self, places: Sequence[tuple[str, ...]], seen: Seen) -> int:
        """Return how many places of a word are there; the longest rows speak first.

        A row that stands there once does not speak for two places.
        """
        used: Counter[str] = Counter()
        open_ = list(places)
        for level in range(_LEVELS):
            still: list[tuple[str, ...]] = []
            for rows in open_:
                row = rows[level] if level < len(rows) else ""
                if row and self._times(row, seen) > used[row]:
                    used.update(rows)
                else:
                    still.append(rows)
            open_ = still
        return len(places) - len(open_)

    def _times(self, row: str, seen: Seen) -> int:
        """Return how often a row of letters stands there; too many of them are not looked for."""
        known = self._known.setdefault(id(seen), {})
        if row not in known:
            if time.monotonic() > self._latest:
                raise TooMuch
            known[row] = seen.times(row) if len(known) < _TRIED else 0
        return known[row]

    def _numbers(self, named: int) -> Line:
        """Return the line of cells with numbers: each takes the words of one way to write it.

        All are first looked for as they are most likely written, moments last, and what is left
        then in other ways: so none takes the words of another.
        """
        left = Counter(self._pages.counts)
        left.subtract(Counter(word for piece in self._held.pieces for word in piece))
        missing = sorted(self._held.numbers, key=lambda one: one[2])
        for tried in (_LIKELY, None):
            missing = [one for one in missing if not self._taken(left, *one, tried)]
        told = min(len(missing), named)
        held = len(self._held.numbers)
        some = (text for text, *_ in missing[told:])
        return _line("cells", held, held - len(missing), told, some)

    def _taken(
        self,
        left: Counter[str],
        text: str,
        code: str,
        timed: bool,  # noqa: FBT001 - as it is held
        tried: int | None,
    ) -> bool:
        """Take the words of a number off those that are left; return whether they were there."""
        found = moments(text, since_1904=self._held.since_1904) if timed else ways(text, code)
        for way in islice(found, tried):
            if way and all(left[word] >= way.count(word) for word in way):
                left.subtract(way)
                return True
        return False

    def _each(self, thing: str, some: Iterable[str], named: Mapping[str, int]) -> Line:
        """Return the line of things that are shown where all their words are."""
        texts = list(some)
        unseen = [text for text in texts if not self._has(self._pages, text)]
        missing = [text for text in unseen if not self._has(self._notes, text)]
        told = min(len(missing), max(0, named.get(thing, 0) - (len(unseen) - len(missing))))
        return _line(
            thing,
            len(texts),
            len(texts) - len(unseen),
            len(unseen) - len(missing) + told,
            missing[: len(missing) - told],
        )

    def _headers(self, named: Mapping[str, int]) -> Line:
        """Return the line of a mail's headers: shown where value follows name on a page.

        Those of several mails in one file may be alike: each needs a place of its own.
        """
        lines = self._held.headers
        used: Counter[str] = Counter()
        unseen: list[str] = []
        for name, text in lines:
            before = "" if name.lower() == "subject" else "".join(words(name))
            row = before + "".join(words(text))
            if self._times(row, self._pages) > used[row]:
                used[row] += bool(row)
            else:
                unseen.append(name)
        told = min(len(unseen), named.get("headers", 0))
        some = [name for name in unseen if f" {name}" not in self._told] or unseen
        some = list(dict.fromkeys(some)) if told < len(unseen) else []
        return _line("headers", len(lines), len(lines) - len(unseen), told, some)

    def _has(self, seen: Seen, text: str) -> bool:
        return self._times("".join(words(text)), seen) > 0


def _rows(piece: Sequence[str], at: int) -> tuple[str, ...]:
    """Return a word with its neighbours, gaps left out, as far as no chance makes such rows."""
    word = piece[at]
    before = _near(reversed(piece[max(0, at - _NEAR) : at]), word)
    after = _near(piece[at + 1 : at + 1 + _NEAR], word)
    before.reverse()
    rows = ([*before, word, *after], [*before, word], [word, *after], [word])
    closed = dict.fromkeys(map("".join, rows))
    return tuple(row for row in closed if len(row) >= _SURE or not row.isascii())


def _near(some: Iterable[str], word: str) -> list[str]:
    """Return as many neighbours of a word as make a row of letters that no chance makes."""
    found: list[str] = []
    size = len(word)
    for one in some:
        found.append(one)
        size += len(one)
        if size >= _SURE:
            break
    return found


def _less(held: Counter[str], seen: Mapping[str, int]) -> Counter[str]:
    """Return what of ``held`` is not in ``seen`` as often."""
    return Counter(
        {
            word: count - there
            for word, count in held.items()
            if (there := max(0, min(count, seen.get(word, 0)))) < count
        }
    )


def _line(thing: str, held: int, shown: int, named: int, missing: Iterable[str]) -> Line:
    some = [text[: limits.MAX_SAMPLE] for text in missing][: limits.SAMPLES]
    return {"thing": thing, "held": held, "shown": shown, "named": named, "missing": some}
