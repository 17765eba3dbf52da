"""Which record panellists mean: their words are kept, and two spellings are one record."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import RecordRequest
from reviewer.records.text import look_alike

_NAME = re.compile(r"\br ?0*(\d{1,9})\b", re.ASCII)
_ALIKE = 0.7  # of difflib's measure, from which a record is offered
_SHARED = 0.5  # share of words in common, from which it is offered too


def compared(words: str) -> str:
    """Return what spellings of one record have in common: letters and figures, folded.

    >>> compared("The Ward-log"), compared("ward  LOG.")
    ('ward log', 'ward log')
    """
    kept = (
        c if unicodedata.category(c)[0] in "LNM" else " "
        for c in look_alike(words)
        if c not in "'\u2019"
    )
    parts = "".join(kept).split()
    article = len(parts) > 1 and parts[0] in {"the", "a", "an"}
    return " ".join(parts[1:] if article else parts)


def find(
    words: str,
    case: CaseId,
    records: Iterable[RecordRequest],
    decided: Mapping[tuple[CaseId, str], RequestId],
) -> RequestId | None:
    """Return which of ``records`` of ``case`` the words name, or None: see ``Finder.find``."""
    return Finder(records, decided).find(words, case)


class Finder:
    """Finds many words among the same records; nothing of them is kept after it."""

    def __init__(
        self,
        records: Iterable[RecordRequest],
        decided: Mapping[tuple[CaseId, str], RequestId],
    ) -> None:
        self._decided = decided
        self._own: dict[CaseId, list[RecordRequest]] = {}
        for one in records:
            self._own.setdefault(one.case, []).append(one)
        self._folded: dict[str, str] = {}
        self._spelt: dict[RequestId, set[str]] = {}

    def find(self, words: str, case: CaseId) -> RequestId | None:
        """Return which record of ``case`` the words name, or None.

        What the chair decided goes first; then a record's number; then one record whose kind or
        title they are, with or without its agency. Where two fit, nobody is guessed at.
        """
        key = self.fold(words)
        if (case, key) in self._decided:
            return self._decided[case, key]
        here = self._own.get(case, [])
        numbers = {int(found) for found in _NAME.findall(key)}
        fitting = [one for one in here if one.number in numbers]
        fitting = fitting or [one for one in here if key and key in self._spellings(one)]
        return fitting[0].id if len(fitting) == 1 else None

    def _spellings(self, record: RecordRequest) -> set[str]:
        if record.id not in self._spelt:
            self._spelt[record.id] = _spellings(record, self.fold)
        return self._spelt[record.id]

    def fold(self, words: str) -> str:
        """Return ``compared(words)``; the same words come again and again."""
        if words not in self._folded:
            self._folded[words] = compared(words)
        return self._folded[words]


def alike(words: str, records: Sequence[RecordRequest], most: int = 3) -> list[RecordRequest]:
    """Return those of ``records`` that the words could name, the likeliest first: to be asked."""
    key = compared(words)
    found = [(max(_likeness(key, other) for other in _spellings(one)), one) for one in records]
    likely = sorted(
        ((like, one) for like, one in found if like > 0), key=lambda f: (-f[0], f[1].number)
    )
    return [one for _, one in likely[:most]]


def _spellings(record: RecordRequest, fold: Callable[[str], str] = compared) -> set[str]:
    kind, what, agency = fold(record.kind), fold(record.what), fold(record.agency)
    names = {kind, what} - {""}
    with_agency = {f"{agency} {name}" for name in names} | {f"{name} {agency}" for name in names}
    return names | with_agency | {f"{kind} {what}".strip()}


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    ones, others = set(one.split()), set(other.split())
    shared = len(ones & others) / min(len(ones), len(others))
    like = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(like, shared) if like >= _ALIKE or shared > _SHARED else 0.0
