"""What a rating needs before it is sealed, and is missed by after (METHOD 2, 4.4)."""

from collections.abc import Sequence
from enum import StrEnum

from reviewer.method.framework import Framework
from reviewer.records.judgement import Rating


class Need(StrEnum):
    """What a rating lacks, in words."""

    COMMENT = "a comment"
    WHY = "a comment that says why it changed"
    PAGE = "a marked page as evidence"


_SHORT = {Need.COMMENT: "a comment", Need.WHY: "a reason for the change", Need.PAGE: "a page"}


def before_seal(
    rating: Rating | None, framework: Framework, old: Rating | None = None
) -> tuple[Need, ...]:
    """Return what a rating still needs before it can be sealed; a blank needs nothing.

    ``old`` is the member's own of an earlier round. The same again needs nothing: what supported
    it stands in that round. Another one needs a comment that says why.
    """
    if rating is None or rating.blank:
        return ()
    if old is not None and (rating.value, rating.reason) == (old.value, old.reason):
        return ()
    needs = unsupported(rating, framework)
    if old is None or old.blank:
        return needs
    why = () if rating.comment.strip() else (Need.WHY,)
    return (*why, *(need for need in needs if need is not Need.COMMENT))


def unsupported(rating: Rating, framework: Framework) -> tuple[Need, ...]:
    """Return what a score of the evidence threshold or more lacks; nothing below it."""
    if rating.value is None or rating.value < framework.thresholds.evidence:
        return ()
    return lacks(rating.comment, rating.evidence)


def lacks(comment: str, evidence: Sequence[str]) -> tuple[Need, ...]:
    """Return which of ``comment`` and ``evidence`` a score lacks that needs both."""
    said = () if comment.strip() else (Need.COMMENT,)
    page = () if evidence else (Need.PAGE,)
    return (*said, *page)


def in_short(needs: Sequence[Need]) -> str:
    """Return what is needed in few words, or nothing.

    >>> in_short((Need.WHY, Need.PAGE)), in_short(())
    ('needs a reason for the change and a page', '')
    """
    return "needs " + " and ".join(map(_SHORT.__getitem__, needs)) if needs else ""
