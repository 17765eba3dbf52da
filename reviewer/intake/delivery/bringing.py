"""A staged delivery looked at, decided, brought in, and taken back.

Each file is one transaction, with what came within it: cut off at any point, what joined its case
is whole, the rest is still staged, and nothing comes twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.documents.outside.worker import Worker
from reviewer.documents.reach import weakness
from reviewer.errors import DocumentError, InputError
from reviewer.intake.delivery import likeness
from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.compare import NEAREST, Words
from reviewer.intake.delivery.corrections import Corrections, corrected, place_of
from reviewer.intake.delivery.facts import Facts, facts_of, refusal_of
from reviewer.intake.delivery.joining import named, register_row
from reviewer.intake.delivery.looking import Looked, Within, compared, standing
from reviewer.intake.delivery.patterns import CLOSED
from reviewer.intake.delivery.references import References
from reviewer.intake.delivery.rules import Rules
from reviewer.intake.delivery.rules import from_data as rules_from
from reviewer.intake.delivery.stored import content, known, staged_of
from reviewer.intake.family import Family, Fate, kept_family, read_family
from reviewer.intake.family import Item as FamilyItem
from reviewer.intake.large import forget_cut_off
from reviewer.intake.transcripts import add_with_transcripts
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.cases import Document, DocumentState, end_of
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook, FileState
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.large import FileBytes
from reviewer.records.text import clean

_AT_ONCE = 25  # files whose looks are kept in one transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What was done with a delivery, and the table as it is now."""

    delivery: Delivery
    looked: Looked
    documents: int = 0
    pages: int = 0


def look(
    steps: Steps, worker: Worker, delivery: Delivery, progress: Progress, *, join: bool
) -> Brought:
    """Look at every file that nobody has looked at, and return the table.

    With ``join`` each file that has a case joins it at once, and files that were looked at before
    do too; else nothing joins a case.
    """
    work = _Work(steps, worker, delivery, progress, join=join)
    return work.done()


class _Work:
    """One run over a delivery: what it has read and brought so far."""

    def __init__(
        self, steps: Steps, worker: Worker, delivery: Delivery, progress: Progress, *, join: bool
    ) -> None:
        self._steps, self._worker, self._progress = steps, worker, progress
        self._join = join
        self._staged = staged = staged_of(steps, delivery.number)
        self._references = References(staged.held.references)
        self._words = Words()
        self._looks: list[tuple[DeliveredFile, DeliveryLook]] = []
        self._known, self._here = steps(partial(known, {file.sha256 for file in staged.files}))
        self._documents = self._pages = 0

    def done(self) -> Brought:
        """Do all that there is to do."""
        files, rows = self._staged.files, self._staged.table.rows
        taken_back = [f for f in files if f.state is FileState.TAKEN_BACK]
        if self._join and taken_back:
            back = self._steps(partial(_bring_back, taken_back))
            self._documents += back
        for file, row in zip(files, rows, strict=True):
            self._progress.step(file.position - 1, len(files), file.path)
            self._file(file, row)
        self._keep_looks()
        self._compare()
        forget_cut_off(self._steps)
        self._progress.step(len(files), len(files))
        number = self._staged.delivery.number
        return Brought(
            delivery=self._staged.delivery,
            looked=table_of(self._steps, number, self._worker),
            documents=self._documents,
            pages=self._pages,
        )

    def _file(self, file: DeliveredFile, row: Row) -> None:
        looked = file.position in self._staged.looks and not row.item.facts.refused
        joins = self._join and not row.asks and row.state in {State.READY, State.LOOK}
        if (looked and not joins) or file.document or not file.sha256:
            return
        if row.state is State.LEFT_OUT and (facts := self._known.get(file.sha256)) is not None:
            self._looked(file, replace(facts, signature=b""))
            return
        untrusted = content(self._steps, file.sha256, self._here.get(file.sha256))
        if untrusted is None:
            return  # its bytes have not come
        try:
            family = self._read(file, row, untrusted, joins=joins)
        except DocumentError as error:
            if joins and row.decision.value(CLOSED):
                self._bring_closed(file, row, untrusted, error)
            else:
                self._looked(file, refusal_of(error))
            return
        facts = self._facts(file, family)
        if joins and (looked or not _text_asks(row, facts)):
            self._bring(file, facts, family.items)
        else:
            self._looked(file, facts)

    def _facts(self, file: DeliveredFile, family: Family) -> Facts:
        reading = family.items[0][2]
        words = likeness.own_words(reading.media, [page.text for page in reading.pages])
        self._words.keep(file.position, words)
        added = sum(one.fate in {Fate.ADDED, Fate.KEPT} for one in family.relatives)
        facts = replace(facts_of(reading, words, self._references), within=added)
        self._known[file.sha256] = facts
        return facts

    def _read(self, file: DeliveredFile, row: Row, untrusted: FileBytes, *, joins: bool) -> Family:
        """Read a file with all that came with it; what is in its case already is named."""
        case = self._staged.cases.get(row.case, CaseId(""))

        def there(sha256: str) -> Document | None:
            return self._steps(lambda book: book.documents.by_sha(case, sha256)) if joins else None

        told = register_row(row)
        within = Within(self._progress, file.position - 1, len(self._staged.files), file.path)
        family = read_family(
            self._worker,
            case,
            told,
            label=file.path,
            untrusted=untrusted,
            known=there,
            progress=within,
        )
        return named(family, file, row)

    def _bring_closed(
        self, file: DeliveredFile, row: Row, untrusted: FileBytes, error: DocumentError
    ) -> None:
        """Let a file join its case that cannot be shown: a page says so, its bytes are kept."""
        case = self._staged.cases[row.case]
        family = kept_family(
            self._worker,
            case,
            register_row(row),
            label=file.path,
            untrusted=untrusted,
            error=error,
        )
        items = named(family, file, row).items
        self._bring(file, facts_of(items[0][2], [], self._references), items)

    def _bring(self, file: DeliveredFile, facts: Facts, items: Sequence[FamilyItem]) -> None:
        look = DeliveryLook(facts=facts.as_data(), signature=facts.signature)
        kept = self._steps(partial(_bring_in, file, items, look))
        self._documents += len(kept)
        self._pages += sum(document.page_count for document, _, _ in kept)

    def _looked(self, file: DeliveredFile, facts: Facts) -> None:
        found = DeliveryLook(facts=facts.as_data(), signature=facts.signature)
        self._looks.append((file, found))
        if len(self._looks) >= _AT_ONCE:
            self._keep_looks()

    def _keep_looks(self) -> None:
        if self._looks:
            self._steps(partial(_keep, self._looks))
            self._looks = []

    def _compare(self) -> None:
        """Keep what each file is nearly the same as, where that is not known yet."""
        staged = staged_of(self._steps, self._staged.delivery.number)
        own = {file.document for file in staged.files if file.document}
        old = [one for one in self._steps(standing) if one.document.id not in own]
        items = [row.item for row in staged.table.rows]
        places = [file.position for file in staged.files]

        def words(at: int) -> list[str] | None:
            return self._words.of(places[at])

        marked, _ = compared(self._steps, items, old, words, self._progress)
        changed = [
            (file, replace(staged.looks[file.position], alike=item.alike))
            for file, item in zip(staged.files, marked, strict=True)
            if file.position in staged.looks
            and _how_many(item.alike) != _how_many(staged.looks[file.position].alike)
        ]
        if changed:
            self._steps(partial(_keep, changed))


def _how_many(alike: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return what tells how many near copies are told: past the most alike one line counts them.

    The lines on the most alike are not compared: which words differ is known only when it is read.
    """
    return len(alike), tuple(alike[NEAREST:])


def _text_asks(row: Row, facts: Facts) -> bool:
    """Whether the text speaks of another case than the path, and nobody has said which it is."""
    by_hand = row.decision.chosen["case"].rule == 0
    return bool(facts.names) and row.case not in facts.names and not by_hand


def _bring_in(
    file: DeliveredFile, items: Sequence[FamilyItem], look: DeliveryLook, book: Casebook
) -> Sequence[FamilyItem]:
    """Keep a family in one transaction; what came another way meanwhile is not added twice."""
    new = [one for one in items if book.documents.by_sha(one[0].case, one[0].sha256) is None]
    if not new or new[0] is not items[0]:
        return ()
    return add_with_transcripts(book, new, lambda all_: book.deliveries.bring_in(file, all_, look))


def _bring_back(files: Sequence[DeliveredFile], book: Casebook) -> int:
    came = _came_of(files, book.documents.all())
    documents = [one.id for one in came if one.state is DocumentState.WITHDRAWN]
    book.deliveries.bring_back(files, documents)
    return len(documents)


def _keep(looks: Sequence[tuple[DeliveredFile, DeliveryLook]], book: Casebook) -> None:
    book.deliveries.keep_looks(looks)


def table_of(
    steps: Steps, number: int, worker: Worker | None = None, *, near: bool = True
) -> Looked:
    """Return the table of a delivery that is staged, as it is now; with ``near`` its groups."""
    staged = staged_of(steps, number)
    groups: tuple[tuple[str, ...], ...] = ()
    if near:
        own = {file.document for file in staged.files if file.document}
        old = [one for one in steps(standing) if one.document.id not in own]
        items = [row.item for row in staged.table.rows]
        groups = compared(steps, items, old, lambda _: None, None)[1]
    return Looked(
        name=staged.delivery.name,
        table=staged.table,
        rules=rules_from(staged.delivery.rules),
        groups=groups,
        notes=staged.delivery.notes,
        weakness=weakness(worker.reach) if worker is not None else "",
    )


def decide(
    steps: Steps,
    delivery: Delivery,
    corrections: Corrections,
    *,
    leave_out: Sequence[str] = (),
    take_in: Sequence[str] = (),
    rules: Rules | None = None,
) -> None:
    """Keep what a person says of a staged delivery, in one step each."""
    if rules is not None:
        steps(lambda book: book.deliveries.use_rules(delivery.id, rules.as_data()))
    staged = staged_of(steps, delivery.number)
    items = [row.item for row in staged.table.rows]
    made = corrected(items, corrections, staged.held.references)
    states = {place_of(path, items): FileState.LEFT_OUT for path in leave_out}
    states |= {place_of(path, items): FileState.STAGED for path in take_in}
    changed = []
    for at, (file, item) in enumerate(zip(staged.files, made, strict=True)):
        state = states.get(at, file.state)
        if item.own == file.own and state is file.state:
            continue
        if file.document:
            raise InputError(
                say(
                    "{path} has joined its case. Move, describe or withdraw it there.",
                    path=file.path,
                )
            )
        changed.append(replace(file, own=item.own, state=state))
    if changed:
        steps(lambda book: book.deliveries.decide(changed))


def take_back(steps: Steps, delivery: Delivery, reason: str) -> int:
    """Let what came of a delivery no longer be shown; return how many documents that were.

    All of it is kept, with every mark in it, and can be brought in again. Raises ``InputError``
    without a reason, or where nothing of it is shown.
    """
    why = clean(reason).strip()
    if not why:
        raise InputError(say("Say why the delivery is taken back: panellists read it."))
    return steps(partial(_take_back, delivery, why))


def _take_back(delivery: Delivery, reason: str, book: Casebook) -> int:
    book.require("take back delivery")
    everything = book.documents.all()
    by_id = {one.id: one for one in everything}
    files = []
    for file in book.deliveries.files(delivery.id):
        if file.state is FileState.BROUGHT_IN:
            became = by_id[DocumentId(file.document)]
            if by_id[end_of(became, by_id) or became.id].current:
                files.append(file)
    if not files:
        raise InputError(
            say("Nothing of delivery {number} is shown in any case.", number=delivery.number)
        )
    documents = [one.id for one in _came_of(files, everything) if one.current]
    book.deliveries.take_back(delivery.id, files, documents, reason)
    return len(documents)


def _came_of(files: Sequence[DeliveredFile], everything: Sequence[Document]) -> list[Document]:
    """Return what ``files`` became, what took its place since, and what came with any of these."""
    then: dict[str, list[str]] = defaultdict(list)
    for one in everything:
        then[one.origin.parent].append(one.id)
        then[one.id].append(one.replaced_by)
    way = [file.document for file in files]
    wanted = {""}  # no parent, and replaced by nothing
    while way:
        at = way.pop()
        if at not in wanted:
            wanted.add(at)
            way += then[at]
    return [one for one in everything if one.id in wanted]
