"""What a ledger says in words: what of a file is neither on its pages nor in a note."""

from collections.abc import Iterator, Sequence

from reviewer.documents.notes import kept
from reviewer.messages import plural, say
from reviewer.records.cases import LedgerLine


def sentences(ledger: Sequence[LedgerLine] | None) -> tuple[str, ...]:
    """Return a sentence about each thing that is missing, or that nothing could be counted."""
    if ledger is None:
        return (
            say(
                "What of this file is not shown could not be counted. "
                "Compare it with the original."
            ),
        )
    return tuple(kept([*_missing(ledger)]))


def _missing(ledger: Sequence[LedgerLine]) -> Iterator[str]:
    return (_sentence(line.thing, line.lost, _some(line)) for line in ledger if line.lost)


def _some(line: LedgerLine) -> str:
    return ", ".join(line.missing) or say("see the original")


def _sentence(thing: str, n: int, some: str) -> str:
    """Return how much of one thing is missing, and some of it."""
    match thing:
        case "words":
            return plural(
                "{count:,} word of this file is not shown: {some}.",
                "{count:,} words of this file are not shown: {some}.",
                count=n,
                some=some,
            )
        case "links":
            return plural(
                "Where {count:,} link of this file leads to is not shown: {some}.",
                "Where {count:,} links of this file lead to is not shown: {some}.",
                count=n,
                some=some,
            )
        case "headers":
            return plural(
                "{count:,} header of this mail is not shown: {some}.",
                "{count:,} headers of this mail are not shown: {some}.",
                count=n,
                some=some,
            )
        case "cells":
            return plural(
                "{count:,} cell of this file is not shown: {some}.",
                "{count:,} cells of this file are not shown: {some}.",
                count=n,
                some=some,
            )
    return _thing(thing, n)


def _thing(thing: str, n: int) -> str:
    match thing:
        case "pictures":
            return plural(
                "{count:,} picture in this file is not shown.",
                "{count:,} pictures in this file are not shown.",
                count=n,
            )
        case "attachments":
            return plural(
                "{count:,} file within this file is not shown.",
                "{count:,} files within this file are not shown.",
                count=n,
            )
    return plural(
        "{count:,} part of this file is not shown.",
        "{count:,} parts of this file are not shown.",
        count=n,
    )
