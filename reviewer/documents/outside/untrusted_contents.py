"""The outline and the page labels that the worker answers with, before they are believed."""

import json

from reviewer.documents.outside.untrusted import Lie
from reviewer.records.contents import (
    DEEPEST,
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_HEADINGS,
    Contents,
    Heading,
)
from reviewer.records.text import clean_line


def contents(untrusted: bytes, pages: int) -> Contents:
    """Return the contents of a document of ``pages`` pages.

    Raises ``Lie`` for an answer that an honest worker cannot give.
    """
    try:
        found = json.loads(untrusted)
    except (ValueError, RecursionError) as error:
        raise Lie("contents") from error
    if not isinstance(found, dict):
        raise Lie("contents")
    labels = _list(found.get("labels"), pages)
    if labels and len(labels) != pages:
        raise Lie("labels")
    headings = _list(found.get("headings"), MOST_HEADINGS)
    return Contents(
        headings=tuple(_heading(one, pages) for one in headings),
        labels=tuple(_words(one, LONGEST_LABEL) for one in labels),
        loops=found.get("loops") is True,
        cut=found.get("cut") is True,
    )


def _heading(untrusted: object, pages: int) -> Heading:
    if not isinstance(untrusted, list) or len(untrusted) != 3:
        raise Lie("heading")
    depth, page, title = untrusted
    if type(depth) is not int or type(page) is not int:
        raise Lie("heading")
    if not 0 <= depth < DEEPEST or not 0 <= page <= pages:
        raise Lie("heading")
    return Heading(depth=depth, page=page, title=_words(title, LONGEST_TITLE))


def _list(untrusted: object, most: int) -> list[object]:
    if not isinstance(untrusted, list) or len(untrusted) > most:
        raise Lie("list")
    return untrusted


def _words(untrusted: object, most: int) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > most:
        raise Lie("words")
    return clean_line(untrusted)
