"""Lists of words over the cases that their reader may see: counted, taken in, written out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import Change
from reviewer.casebook.steps import Steps
from reviewer.casebook.stores.term_lists import AT_ONCE, PAGES_AT_ONCE, new_list
from reviewer.errors import InputError, TakenError
from reviewer.files.read import read_small
from reviewer.files.write import write_whole
from reviewer.messages import say
from reviewer.pagetext.terms import MOST_BYTES, read_lists, read_terms, write_lists
from reviewer.pagetext.unparted import sought_in_text
from reviewer.records.terms import TermList, TermPages
from reviewer.rounds.allocation import readable


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A list that a file brought: how many of its terms are ``new``; ``made`` if the list is."""

    name: str
    new: int
    terms: int
    made: bool


def count_pages(call: Steps, terms: Sequence[str]) -> list[TermPages]:
    """Return how many pages of which documents hold one of ``terms``, of what may be read.

    The casebook is free for others between the steps. Raises ``Cancelled``.
    """
    pages: set[int] = set()
    for some in _lots([term for term in terms if not sought_in_text(term)]):
        pages |= call(partial(_pages_with, some))
    lots = _lots([term for term in terms if sought_in_text(term)])
    last = call(lambda book: book.terms.last_page()) if lots else 0
    for some in lots:
        for after in range(0, last, PAGES_AT_ONCE):
            pages |= call(partial(_pages_with_in_text, some, after))
    return call(
        lambda book: book.terms.of_documents(
            pages, frozenset(case.id for case in readable(book, book.about))
        )
    )


def _lots(terms: Sequence[str]) -> list[Sequence[str]]:
    return [terms[at : at + AT_ONCE] for at in range(0, len(terms), AT_ONCE)]


def _pages_with(terms: Sequence[str], book: Casebook) -> set[int]:
    return book.terms.pages_with(terms)


def _pages_with_in_text(terms: Sequence[str], after: int, book: Casebook) -> set[int]:
    return book.terms.pages_with_in_text(terms, after)


def merged(
    there: Sequence[TermList], lists: Sequence[tuple[str, Sequence[str]]]
) -> tuple[list[TermList], list[Taken]]:
    """Return the lists that change where ``lists`` (name and terms) are taken in, and what came.

    Terms join the list of their name; a name that is not there makes a list. Raises
    ``InputError`` where one would be too long.
    """
    known = {one.name.casefold(): one for one in there}
    changed: dict[str, TermList] = {}
    taken = []
    for name, terms in lists:
        before = known.get(name.casefold())
        if before is None:
            now = new_list(list(known.values()), name, read_terms(terms))
        else:
            now = replace(before, terms=read_terms([*before.terms, *terms]))
        known[name.casefold()] = now
        if now != before:
            changed[now.id] = now
        new = len(now.terms) - (len(before.terms) if before else 0)
        taken.append(Taken(name=now.name, new=new, terms=len(now.terms), made=before is None))
    return list(changed.values()), taken


def take_in(
    book: Casebook, lists: Sequence[tuple[str, Sequence[str]]]
) -> tuple[Change | None, list[Taken]]:
    """Take lists into a casebook, all or none of them; the change is None where nothing is new."""
    changed, taken = merged(book.terms.all(), lists)
    return (book.terms.put(changed) if changed else None), taken


def load_lists(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Read lists from a text file: see ``read_lists``. Raises ``InputError``."""
    return read_lists(read_small(path, MOST_BYTES), path.stem or path.name)


def save_lists(book: Casebook, path: Path, *, replace_it: bool = False) -> int:
    """Write every list into a text file, which is not encrypted; return how many.

    Raises ``InputError`` where there is none, ``TakenError`` where the name is taken.
    """
    lists = [(one.name, one.terms) for one in book.terms.all()]
    if not lists:
        raise InputError(say("There is no list of words to write yet."))
    if path.exists() and not replace_it:
        raise TakenError(say("{name} already exists there.", name=path.name))
    write_whole(path, write_lists(lists), overwrite=replace_it)
    return len(lists)
