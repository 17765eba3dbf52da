"""The files within a file, as the worker takes them out: asked for one by one, none believed.

The worker may say how many there are and what each is called; how many and how large they may be
is decided here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from reviewer.documents import limits, refusals
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.untrusted import Lie
from reviewer.records.families import Embedded
from reviewer.records.text import clean, clean_line

Ask = Callable[[Mapping[str, object], bytes, float, int], tuple[dict[str, Any], bytes]]
_FACTS = frozenset({"from", "sender", "to", "cc", "bcc", "date", "day", "subject", "message id"})


def written(untrusted: Mapping[str, Any]) -> dict[str, str]:
    """Return what is written on a file, a clean line each."""
    facts = untrusted.get("facts")
    if not isinstance(facts, dict) or not facts.keys() <= _FACTS:
        raise Lie("facts")
    for value in facts.values():
        if not isinstance(value, str) or len(value) > limits.MAX_FACT:
            raise Lie("fact")
    return {name: clean_line(value) for name, value in facts.items()}


def count(untrusted: Mapping[str, Any], name: str) -> int:
    """Return how many files are within, or were passed over."""
    return checks.whole(untrusted, name, 0, limits.FILES_WITHIN)


def one(ask: Ask, key: str, at: int, most: int) -> Embedded:
    """Return the file at a place (from 0), of at most ``most`` bytes. Raises ``Lie``."""
    head = {"do": "file", "key": key, "at": at, "most": most}
    answer, body = ask(head, b"", limits.DOCUMENT_SECONDS, most)
    name, place, code = answer.get("name"), answer.get("place"), answer.get("failed")
    if not isinstance(name, str) or not isinstance(place, list) or not isinstance(code, str):
        raise Lie("file")
    if len(place) > limits.FOLDERS_DEEP or not all(isinstance(part, str) for part in place):
        raise Lie("place")
    if max(map(len, (name, *place))) > limits.MAX_NAME or (code and body):
        raise Lie("name")
    return Embedded(
        name=_part(name) or "without a name",
        place=tuple(part for folder in place if (part := _part(folder))),
        data=body,
        refused=str(refusals.refusal(code)) if code else "",
        locked=code in refusals.LOCKED,
    )


def _part(untrusted: str) -> str:
    """Return one part of a path, which can be no path of its own."""
    return clean_line(clean(untrusted).replace("/", "-").replace("\\", "-"))
