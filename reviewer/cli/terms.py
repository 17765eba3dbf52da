"""The command for lists of words that are lit on every page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import at_once
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, casebook_command, open_book
from reviewer.errors import InputError, TakenError
from reviewer.pagetext.terms import read_terms
from reviewer.records.ids import CaseId
from reviewer.records.terms import TermList, TermPages
from reviewer.records.text import counted
from reviewer.rounds.terms import Taken, count_pages, load_lists, save_lists, take_in

Done = tuple[list[Taken], list[str]]  # what came of words that were given, and what is told
_ONE = "Give one of --add, --remove, --rename, --light, --unlight, --import and --export."


@click.command("terms")
@casebook_command
@click.argument("words", nargs=-1)
@click.option("--add", metavar="NAME", help="Add WORDS to this list; it is made if need be.")
@click.option("--remove", metavar="NAME", help="Take WORDS out of this list, or all of it.")
@click.option("--rename", nargs=2, metavar="NAME NEW", help="Call a list otherwise.")
@click.option("--light", metavar="NAME", help="Light a list on the pages.")
@click.option("--unlight", metavar="NAME", help="Light it no longer; it is kept.")
@click.option("--import", "source", type=FILE, help="Take in lists from this text file.")
@click.option("--export", "target", type=FILE, help="Write all lists into this text file.")
@click.option("--replace", "overwrite", is_flag=True, help="Replace a file of the same name.")
@click.option("--count", is_flag=True, help="Count the pages of every case and document.")
def terms(
    *,
    file: Path,
    passphrase_file: Path | None,
    words: tuple[str, ...],
    add: str | None,
    remove: str | None,
    rename: tuple[str, str] | None,
    light: str | None,
    unlight: str | None,
    source: Path | None,
    target: Path | None,
    overwrite: bool,
    count: bool,
    as_json: bool,
) -> None:
    """Show and change the lists of words that are lit on every page that is read in FILE.

    A term is a word, "words in a row", or restrain* for all that begins so. The lists are your
    own: they are in no issued casebook, return or update. A text file has "# Name" above each
    list and a term a line.
    """
    asked = {
        "add": add,
        "remove": remove,
        "rename": rename,
        "light": light,
        "unlight": unlight,
        "import": source,
        "export": target,
    }
    chosen = [(name, given) for name, given in asked.items() if given]
    if len(chosen) > 1 or (words and not (add or remove)) or (overwrite and not target):
        raise InputError(_ONE)
    taken: list[Taken] = []
    told: list[str] = []
    with open_book(file, passphrase_file, reading=not chosen or target is not None) as book:
        for name, given in chosen:
            taken, told = _WORK[name](book, given, words, overwrite)
        lists = book.terms.all()
        counts = {one.id: count_pages(at_once(book), one.terms) for one in lists if count}
        names = _names(book) if count else {}
    found = [_data(one, counts.get(one.id), names) for one in lists]
    result: dict[str, Any] = {"lists": found}
    if taken:
        result["taken"] = [asdict(one) for one in taken]
    if target:
        result["file"] = str(target)
    tell(result, told + [_took(one) for one in taken] + _lines(found), as_json=as_json)


def _add(book: Casebook, name: str, words: Sequence[str], _over: bool) -> Done:  # noqa: FBT001 - as _WORK has them
    if not words:
        raise InputError("Name the words after the list: --add NAME WORD...")
    return take_in(book, [(name, read_terms(words))])[1], []


def _remove(book: Casebook, name: str, words: Sequence[str], _over: bool) -> Done:  # noqa: FBT001 - as above
    """Take words out of a list, or the whole list away."""
    before, typed = book.terms.named(name), read_terms(words)
    if not typed:
        book.terms.remove(before.id)
        told = f"\u201c{before.name}\u201d is taken away. To have it back: reviewer undo FILE"
        return [], [told]
    folded = {word.casefold() for word in typed}
    unknown = folded - {term.casefold() for term in before.terms}
    if unknown:
        raise InputError(
            f"\u201c{before.name}\u201d does not hold all of these, so nothing was changed.",
            details=sorted(unknown),
        )
    kept = tuple(term for term in before.terms if term.casefold() not in folded)
    book.terms.put([replace(before, terms=kept)])
    return [], []


def _rename(book: Casebook, names: tuple[str, str], _words: object, _over: bool) -> Done:  # noqa: FBT001 - as above
    book.terms.put([replace(book.terms.named(names[0]), name=names[1])])
    return [], []


def _light(book: Casebook, name: str, _words: object, _over: bool) -> Done:  # noqa: FBT001 - as above
    book.terms.put([replace(book.terms.named(name), shown=True)])
    return [], []


def _unlight(book: Casebook, name: str, _words: object, _over: bool) -> Done:  # noqa: FBT001 - as above
    book.terms.put([replace(book.terms.named(name), shown=False)])
    return [], []


def _import(book: Casebook, source: Path, _words: object, _over: bool) -> Done:  # noqa: FBT001 - as above
    return take_in(book, load_lists(source))[1], []


def _export(book: Casebook, target: Path, _words: object, over: bool) -> Done:  # noqa: FBT001 - as above
    try:
        save_lists(book, target, replace_it=over)
    except TakenError as error:
        raise TakenError(f"{error} To replace it: --replace") from error
    return [], [f"Wrote {target}", "It is a text file, and not encrypted."]


_WORK: Mapping[str, Callable[[Casebook, Any, Sequence[str], bool], Done]] = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "light": _light,
    "unlight": _unlight,
    "import": _import,
    "export": _export,
}


def _names(book: Casebook) -> dict[str, str]:
    names: dict[str, str] = {case.id: case.reference for case in book.cases.all()}
    return names | {one.id: one.title for one in book.documents.all()}


def _data(
    one: TermList, counts: Sequence[TermPages] | None, names: dict[str, str]
) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "lit": one.shown, "colour": one.colour}
    told["words"] = list(one.terms)
    if counts is None:
        return told
    cases: dict[CaseId, list[TermPages]] = {}
    for count in counts:
        cases.setdefault(count.case, []).append(count)
    return told | {
        "pages": sum(count.pages for count in counts),
        "covered": sum(count.covered for count in counts),
        "cases": [
            {
                "case": names[case],
                "pages": sum(count.pages for count in some),
                "covered": sum(count.covered for count in some),
                "documents": [
                    {
                        "document": names[count.document],
                        "document_id": count.document,
                        "pages": count.pages,
                    }
                    for count in some
                    if count.pages
                ],
            }
            for case, some in cases.items()
        ],
    }


def _took(one: Taken) -> str:
    return f"{one.name}: {counted(one.new, 'new term')}, {counted(one.terms, 'term')} in all"


def _lines(lists: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for one in lists:
        lit = "" if one["lit"] else ", not lit"
        many = f", on {counted(one['pages'], 'page')}" if "pages" in one else ""
        lines.append(f"{one['name']}: {counted(len(one['words']), 'term')}{lit}{many}")
        lines += [
            f"  {case['case']}: {counted(case['pages'], 'page')}"
            + (f", {case['covered']} under a content note" if case["covered"] else "")
            for case in one.get("cases", ())
        ]
    return lines or ["There is no list of words. Make one: --add NAME WORD..."]
