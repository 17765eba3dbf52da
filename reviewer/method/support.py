"""What a rating must bring with it before it is sealed, and is missed by after (METHOD 2, 4.4)."""

from collections.abc import Sequence

from reviewer.method.framework import Framework
from reviewer.records.judgement import Rating


def needs_support(rating: Rating, framework: Framework) -> bool:
    """Return whether a score is so high that it needs a comment and a page of evidence."""
    return rating.value is not None and rating.value >= framework.thresholds.evidence


def unchanged(rating: Rating, old: Rating | None) -> bool:
    """Return whether a rating says what ``old``, the member's own of an earlier round, said.

    The same again needs nothing: what supported it stands in that round.
    """
    return old is not None and (rating.value, rating.reason) == (old.value, old.reason)


def unsupported(rating: Rating, framework: Framework) -> tuple[str, ...]:
    """Return what a score of the evidence threshold or more lacks, in words; nothing below it."""
    if not needs_support(rating, framework):
        return ()
    return lacks(rating.comment, rating.evidence)


def lacks(comment: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Return which of ``comment`` and ``evidence`` a score lacks that needs both, in words."""
    said = () if comment.strip() else ("a comment",)
    page = () if evidence else ("a marked page as evidence",)
    return (*said, *page)
