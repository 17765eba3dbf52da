"""What the panel determined as flat tables: every decision, and every dissent in its own words."""

from collections.abc import Iterator, Sequence

from reviewer.reports import decisions
from reviewer.summary.shapes import Summary

Row = Sequence[str | int | float | bool | None]
Head = Sequence[tuple[str, int]]

DECISIONS: Head = (
    *(("case", 14), ("factor", 12), ("number", 8), ("round", 7), ("what", 15), ("value", 7)),
    *(("reason", 60), ("dissents", 9), ("at", 22), ("by", 22), ("stands", 8)),
)
DISSENTS: Head = (
    *(("case", 14), ("factor", 12), ("number", 8), ("member", 38), ("name", 22)),
    *(("words", 60), ("instead", 15), ("stands", 8)),
)


def every(summary: Summary) -> Iterator[Row]:
    """Yield every decision on every cell, oldest first; those that no longer stand too."""
    for reference, one, stands in decisions.every(summary.panel):
        yield (
            reference,
            one.factor,
            one.number,
            one.round,
            one.what.value,
            one.value,
            one.reason,
            len(one.dissents),
            one.at,
            one.by,
            stands,
        )


def dissents(summary: Summary) -> Iterator[Row]:
    """Yield every dissent, in the dissenter's words, beside the number of its decision."""
    for reference, one, stands in decisions.every(summary.panel):
        for part in one.dissents:
            yield (
                reference,
                one.factor,
                one.number,
                part.member,
                part.name,
                part.words,
                part.instead,
                stands,
            )
