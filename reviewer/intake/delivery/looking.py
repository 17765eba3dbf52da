"""Looking at a delivery: every file is read, and nothing of it is kept anywhere."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.documents.outside.worker import Worker
from reviewer.documents.reach import weakness
from reviewer.errors import DocumentError
from reviewer.intake.delivery import likeness
from reviewer.intake.delivery.assess import Held, Item, Table, There, assess
from reviewer.intake.delivery.compare import Likeness, Text, Words, compare
from reviewer.intake.delivery.corrections import Corrections, corrected
from reviewer.intake.delivery.facts import Facts, look_at
from reviewer.intake.delivery.references import References
from reviewer.intake.delivery.rules import Rules
from reviewer.intake.delivery.sources import Source
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.cases import Document, DocumentState
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.large import known_sha256

_AT_ONCE = 20  # documents whose words are asked of the casebook in one step


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A delivery as a table; ``groups`` are files that are nearly the same, by their labels."""

    name: str
    table: Table
    rules: Rules
    groups: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    weakness: str = ""


def dry_run(
    steps: Steps,
    worker: Worker,
    source: Source,
    progress: Progress,
    *,
    rules: Rules,
    corrections: Corrections | None = None,
) -> Looked:
    """Return the table of what ``source`` would bring; nothing is written anywhere."""
    held, old = steps(held_by), steps(standing)
    bare = [Item(path=one.path, size=one.size, sha256="", facts=Facts()) for one in source.entries]
    own = corrected(bare, corrections or {}, held.references)
    references = References(held.references)
    words, items = Words(), []
    total = len(source.entries)
    for number, entry in enumerate(source.entries):
        progress.step(number, total, entry.path)
        item, found = _look(worker, source, number, references, progress)
        items.append(replace(item, own=own[number].own))
        words.keep(number, found)
    items, groups = compared(steps, items, old, words.of, progress)
    progress.step(total, total)
    return Looked(
        name=source.name,
        table=assess(items, rules, held),
        rules=rules,
        groups=groups,
        notes=source.notes,
        weakness=weakness(worker.reach),
    )


def _look(
    worker: Worker, source: Source, number: int, references: References, progress: Progress
) -> tuple[Item, list[str]]:
    entry = source.entries[number]
    try:
        untrusted = source.read(number)
    except DocumentError as error:
        facts = Facts(refused=str(error))
        return Item(path=entry.path, size=entry.size, sha256="", facts=facts), []
    name = entry.path.rpartition("/")[2]
    within = Within(progress, number, len(source.entries), entry.path)
    facts, words = look_at(worker, untrusted, name, references, within)
    sha256 = known_sha256(untrusted)
    return Item(path=entry.path, size=len(untrusted), sha256=sha256, facts=facts), words


class Within:
    """Progress within one file: its place in the whole stays, the page is named."""

    def __init__(self, progress: Progress, done: int, total: int, what: str) -> None:
        self._progress, self._done, self._total, self._what = progress, done, total, what

    def step(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002 - we word it
        """Pass a page on; raises ``Cancelled`` where the person has stopped it."""
        within = f"{self._what}, page {done + 1} of {total}" if total > 1 else self._what
        self._progress.step(self._done, self._total, within)


def held_by(book: Casebook, came: Collection[str] | None = None) -> Held:
    """Return what a delivery is compared with; ``came`` are the hashes of its files, if known."""
    cases = {case.id: case.reference for case in book.cases.all()}
    by_sha: dict[str, list[There]] = defaultdict(list)
    titles: dict[str, list[str]] = defaultdict(list)
    for document in book.documents.all():
        if came is None or document.sha256 in came:
            by_sha[document.sha256].append(_there(book, document, cases))
        titles[cases[document.case]].append(document.title)
    return Held(references=tuple(cases.values()), by_sha=by_sha, titles=titles)


def _there(book: Casebook, document: Document, cases: dict[CaseId, str]) -> There:
    times = book.journal.times("add documents", document.id)
    return There(
        case=cases[document.case],
        title=document.title,
        since=_day(times[0]) if times else "",
        withdrawn=document.state is DocumentState.WITHDRAWN,
    )


def _day(stamp: str) -> str:
    """Return a moment's day here, in words: 3 May 2026."""
    day = dt.datetime.fromisoformat(stamp).astimezone().date()
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A document that is here, with what it is called in a sentence."""

    document: Document
    label: str


def standing(book: Casebook) -> list[Standing]:
    """Return the documents that stand, with what each is called in a sentence."""
    cases = {case.id: case.reference for case in book.cases.all()}
    return [
        Standing(document=one, label=f"{one.title} ({cases[one.case]})")
        for one in book.documents.all()
        if one.current
    ]


def compared(
    steps: Steps,
    items: list[Item],
    old: Sequence[Standing],
    words: Callable[[int], list[str] | None],
    progress: Progress | None,
) -> tuple[list[Item], tuple[tuple[str, ...], ...]]:
    """Return the items with what each is nearly the same as, and the groups of such files."""
    texts = [
        Text(
            label=one.label,
            pages=one.document.page_count,
            sha256=one.document.sha256,
            signature=signature,
        )
        for one, signature in zip(old, _signatures(steps, old, progress), strict=True)
    ]
    texts += [
        Text(
            label=item.path,
            pages=item.facts.pages,
            sha256=item.sha256,
            signature=item.facts.signature,
        )
        for item in items
    ]

    def of(place: int) -> list[str] | None:
        if place >= len(old):
            return words(place - len(old))
        return _words_here(steps, old[place].document.id)

    like: Likeness = compare(texts, of, new=len(old))
    marked = [
        replace(item, alike=tuple(like.told.get(len(old) + at, ())))
        for at, item in enumerate(items)
    ]
    return marked, tuple(tuple(texts[at].label for at in group) for group in like.groups)


def _words_here(steps: Steps, document: DocumentId) -> list[str]:
    texts = steps(lambda book: book.documents.texts(document))
    return likeness.words_of(texts)


def _texts(documents: Sequence[DocumentId], book: Casebook) -> list[list[str]]:
    return [book.documents.texts(one) for one in documents]


def _signatures(steps: Steps, old: Sequence[Standing], progress: Progress | None) -> list[bytes]:
    """Return the signature of each document that is here, a few texts at a time."""
    known: dict[str, bytes] = dict(steps(lambda book: book.deliveries.signatures()))
    sounds = {one.document.id for one in old if likeness.is_sound(one.document.media)}
    known.update(dict.fromkeys(sounds, b""))
    wanted = [one.document.id for one in old if one.document.id not in known]
    for start in range(0, len(wanted), _AT_ONCE):
        if progress is not None:
            progress.step(start, len(wanted), say("comparing with what is here"))
        some = wanted[start : start + _AT_ONCE]
        texts = steps(partial(_texts, some))
        made = [likeness.signature(likeness.words_of(pages)) for pages in texts]
        known.update(zip(some, made, strict=True))
    return [known[one.document.id] for one in old]
