"""Our side of a codebook that is read in the worker, and what of the answer is believed."""

import contextlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from reviewer.documents import limits, refusals
from reviewer.documents.outside.untrusted import Lie, whole
from reviewer.records import codebook as most
from reviewer.records.codebook import Code, Codebook, CodeSet

_ANSWER = 16 << 20  # bytes: a letter may take six of them


class Codebooks(ABC):
    """The part of a ``Worker`` that reads codebooks."""

    @abstractmethod
    def _ask(
        self, head: Mapping[str, object], body: bytes, seconds: float, most: int, page: int = 0
    ) -> tuple[dict[str, Any], bytes]:
        """Send one request and return its answer."""

    @abstractmethod
    def _believed(self, page: int = 0) -> contextlib.AbstractContextManager[None]:
        """Turn a lie of the process into its end and a sentence."""

    def codebook(self, untrusted: bytes) -> Codebook:
        """Return what a REFI-QDA codebook holds. Raises ``DocumentError``."""
        if len(untrusted) > most.MOST_BYTES:
            raise refusals.refusal("codebook-large")
        _, body = self._ask({"do": "codebook"}, untrusted, limits.DOCUMENT_SECONDS, _ANSWER)
        with self._believed():
            return codebook(body)


def codebook(untrusted: bytes) -> Codebook:
    """Return the codebook. Raises ``Lie`` for an answer that an honest worker cannot give."""
    try:
        found = json.loads(untrusted)
    except (ValueError, RecursionError) as error:
        raise Lie("codebook") from error
    if not isinstance(found, dict):
        raise Lie("codebook")
    codes = tuple(map(_code, _list(found.get("codes"), most.MOST_CODES)))
    sets = tuple(map(_set, _list(found.get("sets"), most.MOST_SETS)))
    steps = [code.depth for code in codes]
    if not codes or any(
        now > before + 1 for before, now in zip([-1, *steps], steps, strict=False)
    ):
        raise Lie("depth")
    return Codebook(
        codes=codes,
        sets=sets,
        coloured=whole(found, "coloured", 0, most.MOST_CODES),
        unknown=whole(found, "unknown", 0, most.MOST_BYTES),
    )


def _code(untrusted: object) -> Code:
    row = _list(untrusted, 5)
    if len(row) != 5 or type(row[0]) is not int or not 0 <= row[0] <= most.MOST_CODES:
        raise Lie("code")
    if type(row[3]) is not bool:
        raise Lie("code")
    guid, name = _text(row[1], most.MOST_NAME), _text(row[2], most.MOST_NAME)
    return Code(row[0], guid, name, row[3], _text(row[4], most.MOST_WORDS))


def _set(untrusted: object) -> CodeSet:
    row = _list(untrusted, 3)
    if len(row) != 3:
        raise Lie("set")
    members = _list(row[2], most.MOST_MEMBERS)
    return CodeSet(
        _text(row[0], most.MOST_NAME),
        _text(row[1], most.MOST_WORDS),
        tuple(_text(one, most.MOST_NAME) for one in members),
    )


def _list(untrusted: object, longest: int) -> list[Any]:
    if not isinstance(untrusted, list) or len(untrusted) > longest:
        raise Lie("list")
    return untrusted


def _text(untrusted: object, longest: int) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > longest:
        raise Lie("words")
    return untrusted
