"""Lists of words that are lit wherever they stand: read from what is typed, found on a page.

A term is a word or words in a row, ``restraint``, ``face down``, ``can't breathe``; with ``*`` its
last word may go on. Case and accents do not matter, nor that a line ends within a word. All lists
are looked for in one walk over the words of a page, so that thousands of terms cost what one does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reviewer.errors import InputError
from reviewer.messages import plural, say
from reviewer.pagetext.breaks import BREAK, plain
from reviewer.pagetext.query import Term
from reviewer.pagetext.unparted import as_it_stands, sought_in_text
from reviewer.records.text import clean_line

MOST_TERMS = 5_000  # of one list
MOST_LISTS = 40
LONGEST = 120  # characters of a term
MOST_WORDS = 12  # of one term
MOST_BYTES = 2_000_000  # of a file of lists
MOST_TOLD = 20  # lines of a file whose faults are told one by one
LONGEST_NAME = 60
_LEAST_BEGINNING = 2  # letters before *: one would light half of every page
_SOFT = "\u00ad"  # a hyphen that is not seen, within a word
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{_SOFT}])*")  # accents may stand apart
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_HEAD = re.compile(r"#\s+(.*)")


class Place(NamedTuple):
    """Where a term stands on a page (characters), and the number of its list."""

    start: int
    end: int
    which: int


class _Sought(NamedTuple):
    words: tuple[str, ...]
    begins: bool
    which: int


def read_term(typed: str) -> str:
    """Return a term as it is kept; raises ``InputError`` with what is wrong with it.

    >>> read_term('  "face   down" '), read_term("restrain*")
    ('face down', 'restrain*')
    """
    words = clean_line(typed).strip(_QUOTES).lstrip("# ").strip()
    begins = words.endswith("*")
    words = words.rstrip("*").strip()
    count = len(_WORD.findall(words))
    if "*" in words:
        raise InputError(
            say(
                "In \u201c{term}\u201d the * is not at the end, where alone it stands.", term=words
            )
        )
    if len(words) > LONGEST or count > MOST_WORDS:
        raise InputError(
            say(
                "\u201c{term}\u2026\u201d is too long: a term has at most {words} words and"
                " {signs} characters.",
                term=words[:30],
                words=MOST_WORDS,
                signs=LONGEST,
            )
        )
    if not count and not sought_in_text(words):
        raise InputError(say("\u201c{term}\u201d holds no word.", term=typed.strip()[:30]))
    if begins and count and len(_WORD.findall(words)[-1]) < _LEAST_BEGINNING:
        raise InputError(
            say("\u201c{term}*\u201d would find half of every page: give two letters.", term=words)
        )
    return f"{words}*" if begins else words


def read_terms(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of ``typed`` lines, each once, in their order; empty lines are none.

    Raises ``InputError``: for several lines its details name them.
    """
    kept: dict[tuple[object, ...], str] = {}
    faults: list[str] = []
    for number, line in enumerate(typed, 1):
        if not line.strip():
            continue
        try:
            term = read_term(line)
        except InputError as error:
            faults.append(say("Line {number}: {fault}", number=number, fault=str(error)))
            continue
        kept.setdefault(_key(term), term)
    refuse(faults)
    if len(kept) > MOST_TERMS:
        raise InputError(
            say(
                "A list has at most {most:,} terms, and this would have {count:,}. Make two lists"
                " of it.",
                most=MOST_TERMS,
                count=len(kept),
            )
        )
    return tuple(kept.values())


def refuse(faults: Sequence[str]) -> None:
    """Raise ``InputError`` with ``faults`` as its details, the first of them, if there are any."""
    if faults:
        raise InputError(
            plural(
                "{count:,} line cannot be read as a term, so nothing was changed.",
                "{count:,} lines cannot be read as terms, so nothing was changed.",
                count=len(faults),
            ),
            details=tuple(faults[:MOST_TOLD]),
        )


def read_name(typed: str) -> str:
    """Return the name of a list or a search as it is kept; raises ``InputError``."""
    name = clean_line(typed).lstrip("# ").strip()
    if not name or len(name) > LONGEST_NAME:
        raise InputError(say("A name has 1 to {most} characters.", most=LONGEST_NAME))
    return name


def read_lists(untrusted: bytes, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lists in a text file: a name after ``# ``, and below it a term a line.

    What stands above the first name is the list ``name``. Raises ``InputError``.
    """
    if len(untrusted) > MOST_BYTES:
        raise InputError(
            say(
                "The file is larger than {most} MB, which no list of words is.",
                most=MOST_BYTES // 1_000_000,
            )
        )
    lines: dict[str, list[str]] = {}
    faults: list[str] = []
    at = name
    for number, line in enumerate(_text(untrusted).splitlines(), 1):
        try:
            head = _HEAD.fullmatch(line.strip())
            if head is not None:
                at = read_name(head[1])
                lines.setdefault(at, [])
            elif line.strip():
                lines.setdefault(at, []).append(read_term(line))
        except InputError as error:
            faults.append(say("Line {number}: {fault}", number=number, fault=str(error)))
    refuse(faults)
    found = [(one, read_terms(some)) for one, some in lines.items()]
    if not any(terms for _, terms in found):
        raise InputError(
            say("The file holds no words: a term a line, a list below \u201c# Name\u201d.")
        )
    return found


def write_lists(lists: Iterable[tuple[str, Sequence[str]]]) -> bytes:
    """Return lists as ``read_lists`` reads them, UTF-8."""
    return "\n".join(
        "".join(f"{line}\n" for line in (f"# {name}", *terms)) for name, terms in lists
    ).encode()


def as_query(term: str) -> Term:
    """Return a term as the text index is asked for it."""
    begins = term.endswith("*")
    words = term.rstrip("*")
    return Term(words.replace('"', " "), tuple(map(_folded, _WORD.findall(words))), begins)


class Terms:
    """All terms of some lists, made once and then looked for on many pages."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        self._whole: dict[str, list[_Sought]] = {}
        self._begun: dict[int, dict[str, list[_Sought]]] = {}
        self._text: list[tuple[re.Pattern[str], int]] = []
        for which, terms in enumerate(lists):
            for term in terms:
                self._add(term, which)

    def __bool__(self) -> bool:
        return bool(self._whole or self._begun or self._text)

    def places(self, text: str) -> list[Place]:
        """Return where terms stand in ``text``, in their order; of one list none overlap."""
        found = [
            Place(*one.span(), which)
            for pattern, which in self._text
            for one in pattern.finditer(text)
        ]
        if self._whole or self._begun:
            found += self._of_words(text)
        return _merged(found)

    def _add(self, term: str, which: int) -> None:
        if sought_in_text(term):
            self._text.append((as_it_stands(term.rstrip("*")), which))
            return
        query = as_query(term)
        sought = _Sought(query.words, query.begins, which)
        if query.begins and len(query.words) == 1:
            word = query.words[0]
            self._begun.setdefault(len(word), {}).setdefault(word, []).append(sought)
        else:
            self._whole.setdefault(query.words[0], []).append(sought)

    def _of_words(self, text: str) -> Iterator[Place]:
        words = _Words(text)
        whole, begun = self._whole, tuple(self._begun.items())
        for at, word in enumerate(words.words):
            ways = words.ways(at) if at in words.joined else ((word, at + 1),)
            for read, after in ways:
                sought = [*whole.get(read, ())]
                for length, beginnings in begun:
                    sought += beginnings.get(read[:length], ())
                for one in sought:
                    end = words.follow(one, after)
                    if end:
                        yield Place(words.spans[at][0], words.spans[end - 1][1], one.which)


class _Words:
    """The words of a page, folded; ``joined`` are those that a line ends within."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        known: dict[str, str] = {}
        self.spans = [one.span() for one in found]
        self.words = [
            known.get(one[0]) or known.setdefault(one[0], _folded(one[0])) for one in found
        ]
        self.joined: dict[int, str] = {}
        if BREAK in text:
            for at in range(len(found) - 1):
                between = text[self.spans[at][1] : self.spans[at + 1][0]]
                if between == BREAK and all(
                    _LETTERS.fullmatch(one[0]) for one in found[at : at + 2]
                ):
                    self.joined[at] = self.words[at] + self.words[at + 1]

    def ways(self, at: int) -> Iterator[tuple[str, int]]:
        """Yield what may be read at a word, and the number of the word after it."""
        yield self.words[at], at + 1
        if at in self.joined:
            yield self.joined[at], at + 2

    def follow(self, sought: _Sought, at: int, known: int = 1) -> int:
        """Return the number of the word after a term whose first ``known`` words end at ``at``.

        0 where its others do not follow.
        """
        if known == len(sought.words):
            return at
        if at >= len(self.words):
            return 0
        wanted = sought.words[known]
        last = sought.begins and known == len(sought.words) - 1
        for word, after in self.ways(at):
            if word.startswith(wanted) if last else word == wanted:
                end = self.follow(sought, after, known + 1)
                if end:
                    return end
        return 0


def _folded(word: str) -> str:
    return plain(word.replace(_SOFT, ""))


def _merged(found: list[Place]) -> list[Place]:
    kept: list[Place] = []
    last: dict[int, int] = {}
    for place in sorted(found):
        at = last.get(place.which)
        if at is not None and place.start < kept[at].end:
            kept[at] = kept[at]._replace(end=max(kept[at].end, place.end))
        else:
            last[place.which] = len(kept)
            kept.append(place)
    return kept


def _key(term: str) -> tuple[object, ...]:
    """Return what two terms share that find the same."""
    query = as_query(term)
    return (query.words or (term,), query.begins)


def _text(untrusted: bytes) -> str:
    wide = untrusted[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        return untrusted.decode("utf-16" if wide else "utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        raise InputError(
            say("The file is no text in UTF-8. Save it as \u201cUTF-8\u201d, and import it again.")
        ) from None
