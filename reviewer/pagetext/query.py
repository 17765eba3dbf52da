"""What somebody looks for, read from what they type: words, phrases, beginnings, what is near.

The same query goes to the text index (see ``casebook/stores/search.py``) and, by ``places``, over
short texts that no index holds. Case and accents never matter.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reviewer.pagetext.breaks import plain

MAX_WORDS = 32  # more is a pasted paragraph; the engine would spend minutes on it
NEAR = 10  # words between two that are near each other, where nobody says how many
_MOST_APART = 200
_AROUND = 40  # characters of a text before and after what was found
_QUOTES = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
)  # as keyboards make them
_WORD = re.compile(r"[^\W_]+")
_NEAR = re.compile(r"NEAR(?:/(\d{1,3}))?")


class Term(NamedTuple):
    """A word or a phrase that is looked for; with ``begins`` its last word may go on."""

    text: str
    words: tuple[str, ...]
    begins: bool


class Group(NamedTuple):
    """Terms that stand at most ``apart`` words from each other; one alone has 0."""

    terms: tuple[Term, ...]
    apart: int


def read_query(query: str) -> list[Group]:
    """Return what ``query`` asks for: all of it is wanted.

    Of a chain each two neighbours are a group, with the distance that stands between them.

    >>> [[t.text for t in group.terms] for group in read_query('cell "face down" NEAR/5 officer*')]
    [['cell'], ['face down', 'officer']]
    >>> [
    ...     (*(t.text for t in group.terms), group.apart)
    ...     for group in read_query("a NEAR/2 b NEAR c")
    ... ]
    [('a', 'b', 2), ('b', 'c', 10)]
    """
    groups: list[Group] = []
    waiting = 0  # the distance that the next term is joined by
    for part in _parts(query):
        if isinstance(part, int):
            waiting = part
        elif waiting:
            last = groups[-1].terms[-1]
            if len(groups[-1].terms) == 1:
                groups.pop()
            groups.append(Group((last, part), waiting))
            waiting = 0
        else:
            groups.append(Group((part,), 0))
    if waiting:  # a word at the end that happens to read so
        groups.append(Group((_term("NEAR", begins=False),), 0))
    return groups


def _parts(query: str) -> Iterator[Term | int]:
    """Yield terms, and a distance where two are to be near each other."""
    count, joins = 0, False
    for place, part in enumerate(query.translate(_QUOTES).replace("\x00", " ").split('"')):
        for word in [part] if place % 2 else part.split():
            near = None if place % 2 else _NEAR.fullmatch(word)
            if near is not None and count and not joins:
                joins = True
                yield max(1, min(int(near[1] or NEAR), _MOST_APART))
                continue
            begins = not place % 2 and word.endswith("*")
            term = _term(word if place % 2 else word.rstrip("*"), begins=begins)
            if term.words and count < MAX_WORDS:
                count, joins = count + 1, False
                yield term


def _term(text: str, *, begins: bool) -> Term:
    return Term(text, tuple(map(plain, _WORD.findall(text))), begins)


def is_near(word: str) -> bool:
    """Return whether a typed word says how near two others stand."""
    return _NEAR.fullmatch(word) is not None


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, without case and accents."""
    return tuple(map(plain, _WORD.findall(text)))


def places(
    text: str,
    groups: Sequence[Group],
    words: Callable[[str], Sequence[str]] = words_of,
) -> tuple[int, int] | None:
    """Return where the first of ``groups`` stands in ``text`` (characters), if all of them do.

    ``words`` gives what ``words_of`` does; whoever asks often keeps what it gave.

    >>> places("Held face-down by officers", read_query('"face down" NEAR/2 officer*'))
    (5, 14)
    """
    tokens = words(text)
    first: tuple[int, int] | None = None
    for group in groups:
        found = _of_group(tokens, group)
        if found is None:
            return None
        first = first or found
    if first is None:
        return None
    spans = [match.span() for match in _WORD.finditer(text)]
    return spans[first[0]][0], spans[first[1] - 1][1]


def snippet(text: str, place: tuple[int, int]) -> str:
    """Return the words around ``place``, which stands between U+0002 and U+0003."""
    first, last = place
    before, after = text[max(0, first - _AROUND) : first], text[last : last + _AROUND]
    start = "\u2026 " if first > _AROUND else ""
    end = " \u2026" if last + _AROUND < len(text) else ""
    return f"{start}{before}\x02{text[first:last]}\x03{after}{end}".replace("\n", " ")


def _of_group(tokens: Sequence[str], group: Group) -> tuple[int, int] | None:
    """Return the first and last word (not counted) of the group's first term.

    Each term goes from place to place: one that ends too far before the latest of the others is
    near no later place of theirs either. So no place is looked at twice, however many there are.
    """
    found = [_of_term(tokens, term) for term in group.terms]
    now = [next(one, None) for one in found]
    while True:
        stand = [place for place in now if place is not None]
        if len(stand) < len(now):
            return None
        latest = max(start for start, _ in stand)
        behind = [n for n, (_, end) in enumerate(stand) if latest - end > group.apart]
        if not behind:
            return stand[0]
        for n in behind:
            now[n] = next(found[n], None)


def _of_term(tokens: Sequence[str], term: Term) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    for at in range(len(tokens) - size + 1):
        if tokens[at] != term.words[0] and size > 1:
            continue
        part = tuple(tokens[at : at + size])
        last = part[-1].startswith(term.words[-1]) if term.begins else part == term.words
        if last and part[:-1] == term.words[:-1]:
            yield at, at + size
