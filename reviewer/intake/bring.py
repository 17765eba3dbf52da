"""Bringing a register, or documents, into a casebook.

All cases of a register are one transaction and each document is one: cancelled or cut off at any
point, what is in the casebook is whole, and the same import again adds only what is missing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, at_once
from reviewer.documents import limits, refusals
from reviewer.documents.notes import UNHEARD
from reviewer.documents.outside.unpacking import Folder, as_sent
from reviewer.documents.outside.worker import Worker
from reviewer.documents.reach import weakness
from reviewer.errors import DocumentError, InputError, LockedError, RegisterError, SlowError
from reviewer.intake import places
from reviewer.intake.cases import differences, take_differences
from reviewer.intake.family import Family, Item, aside, folder_of, read_family
from reviewer.intake.large import forget_cut_off, keep_large, mend_large
from reviewer.intake.named import (
    NamedFile,
    left_lying,
    named_files,
    told_apart,
    without_documents,
)
from reviewer.intake.register import Register, Row, read_register
from reviewer.intake.report import Difference, FamilyReport, ImportReport, Refusal
from reviewer.intake.transcripts import add_with_transcripts, written_down
from reviewer.intake.unread import unread
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, DocumentId, new_id
from reviewer.records.large import FileBytes, known_sha256
from reviewer.records.scans import PageState
from reviewer.records.text import clean_line, look_alike


def import_register(
    book: Casebook,
    worker: Worker,
    path: Path,
    progress: Progress,
    *,
    number_missing: bool = False,
    take: bool = False,
    dates_as_shown: bool = False,
) -> ImportReport:
    """Bring in every case of a register (CSV or a spreadsheet) with its documents.

    A case that is there already is kept as it is, and the report says where the register differs;
    with ``take`` the register's words are taken. ``number_missing`` calls a row that has no
    reference after its row; without it such a row is a fault, and so is a reference that is a
    date to the spreadsheet, unless ``dates_as_shown`` takes what it shows. Raises
    ``RegisterError`` with every fault of the register, before anything is changed.
    """
    steps = at_once(book)
    return bring_register(
        steps, worker, path, progress,
        number_missing=number_missing, take=take, dates_as_shown=dates_as_shown,
    )  # fmt: skip


def import_documents(
    book: Casebook, worker: Worker, case_ref: str, paths: Sequence[Path], progress: Progress
) -> ImportReport:
    """Bring documents into one case. Raises ``InputError`` where there is no such case."""
    return bring_documents(at_once(book), worker, case_ref, paths, progress)


def bring_register(
    steps: Steps,
    worker: Worker,
    path: Path,
    progress: Progress,
    *,
    number_missing: bool = False,
    take: bool = False,
    dates_as_shown: bool = False,
) -> ImportReport:
    """Do as ``import_register``, beside the thread that owns the casebook."""
    steps(lambda book: book.require("add cases"))
    progress.step(0, 1, path.name)
    register = read_register(
        path, worker, number_missing=number_missing, dates_as_shown=dates_as_shown
    )
    folder = path.resolve().parent
    work = _Work(steps, worker, progress)
    cases = work.add_cases(register, take=take)
    named: list[tuple[CaseId, list[NamedFile]]] = []
    passed: list[Path] = []
    for row in register.rows:
        files, by_programs = named_files(folder, row)
        named.append((cases[row.reference], files))
        passed += by_programs
    work.total = sum(len(found) for _, found in named)
    for case, found in named:
        within = told_apart([one.name for one in found])
        for one in found:
            work.add_document(case, one, within.get(one.name, ""))
    bare = [
        row.reference for row, (_, found) in zip(register.rows, named, strict=True) if not found
    ]
    taken = {one.file for _, found in named for one in found if isinstance(one.file, Path)}
    notes = [*without_documents(bare), *left_lying(path, taken, register.rows, passed)]
    return work.report(register, notes)


def bring_documents(
    steps: Steps, worker: Worker, case_ref: str, paths: Sequence[Path], progress: Progress
) -> ImportReport:
    """Do as ``import_documents``, beside the thread that owns the casebook."""

    def find(book: Casebook) -> Case | None:
        book.require("add documents")
        return book.cases.by_reference(clean_line(case_ref))

    case = steps(find)
    if case is None:
        raise InputError(say("There is no case {reference} in this casebook.", reference=case_ref))
    work = _Work(steps, worker, progress)
    work.total = len(paths)
    row = Row(number=0, reference=case.reference, title=case.title)
    for path in paths:
        work.add_document(case.id, NamedFile(row=row, name=path.name, file=path))
    return work.report(None)


class _Work:
    """One import: what it has done so far."""

    def __init__(self, steps: Steps, worker: Worker, progress: Progress) -> None:
        self._steps = steps
        self._worker = worker
        self._progress = progress
        self._done = 0
        self.total = 0
        self._cases = [0, 0]  # added, unchanged
        self._documents = [0, 0]
        self._pages = 0
        self._refused: list[Refusal] = []
        self._notes: list[str] = []
        self._unheard: list[tuple[CaseId, DocumentId, str]] = []  # and what was noted of each
        self._differences: list[Difference] = []
        self._taken = False
        self._slow = ""  # the hash of a file that took too long: it may be brought in again
        self._families: list[FamilyReport] = []

    def report(self, register: Register | None, notes: Sequence[str] = ()) -> ImportReport:
        """End it: return what was done, with what to know of the register besides."""
        forget_cut_off(self._steps, but=self._slow)
        heard = self._steps(self._written_down)
        mine = [note for note in self._notes if note not in heard]
        self._progress.step(self.total, self.total)
        return ImportReport(
            cases_added=self._cases[0],
            cases_unchanged=self._cases[1],
            documents_added=self._documents[0],
            documents_unchanged=self._documents[1],
            pages_added=self._pages,
            refused=tuple(self._refused),
            attributes=register.attributes if register else (),
            notes=(*(register.notes if register else ()), *notes, *mine),
            differences=tuple(self._differences),
            taken=self._taken,
            families=tuple(self._families),
            weakness=weakness(self._worker.reach),
        )

    def _written_down(self, book: Casebook) -> set[str]:
        """Return what was noted of recordings whose transcripts have come by now."""
        cases = {case for case, _, _ in self._unheard}
        here = {one for case in cases for one in written_down(book.documents.of(case))}
        return {line for _, document, line in self._unheard if document in here}

    def add_cases(self, register: Register, *, take: bool) -> dict[str, CaseId]:
        """Add the cases that are not there, in one transaction; return all by reference.

        Where the others differ it is remembered, and with ``take`` they come to read as the
        register does.
        """
        return self._steps(lambda book: self._add_cases(book, register, take=take))

    def _add_cases(self, book: Casebook, register: Register, *, take: bool) -> dict[str, CaseId]:
        there = {case.reference: case for case in book.cases.all()}
        new = [_case(row) for row in register.rows if row.reference not in there]
        _refuse_look_alikes(new, there)
        self._differences = differences(there, register)
        if new:
            book.cases.add(new)
        if take:
            self._taken = take_differences(book, self._differences) is not None
        self._cases = [len(new), len(register.rows) - len(new)]
        return {case.reference: case.id for case in (*there.values(), *new)}

    def add_document(self, case: CaseId, one: NamedFile, within: str = "") -> None:
        """Add one document unless it is there; keep why where it cannot be read.

        ``within`` tells its title from another's.
        """
        label = clean_line(one.name)[-200:] or "document"
        what = f"{one.row.reference}: {label}"
        self._progress.step(self._done, self.total, what)
        try:
            if isinstance(one.file, DocumentError):
                raise one.file
            self._read(case, label, places.contents(one.file), one.row, within=within)
        except DocumentError as error:
            refused = _refusal(one.row, label, error)
            self._refused.append(refused)
        self._done += 1

    def _read(
        self,
        case: CaseId,
        label: str,
        untrusted: FileBytes,
        row: Row,
        *,
        depth: int = 0,
        within: str = "",
    ) -> None:
        untrusted = as_sent(untrusted)
        sha256 = known_sha256(untrusted)
        what = f"{row.reference}: {label}"
        within_it = _Within(self._progress, self._done, self.total, what)
        there = self._steps(lambda book: book.documents.by_sha(case, sha256))
        if there is not None:
            mend_large(self._steps, there.id, untrusted, within_it, label)
            self._documents[1] += 1
            return
        if depth > limits.WITHIN_DEEP:
            raise refusals.refusal("within-deep")
        folder = folder_of(self._worker, untrusted, label)
        if folder is not None:
            self._unpack(case, label, folder, row, depth)
            return
        try:
            family = read_family(
                self._worker,
                case,
                row,
                label=label,
                untrusted=untrusted,
                known=lambda sha: self._steps(lambda book: book.documents.by_sha(case, sha)),
                progress=within_it,
            )
        except SlowError:
            self._slow = sha256
            raise
        keep_large(self._steps, untrusted, within_it, label)
        self._keep(label, family.called(within), row)

    def _unpack(self, case: CaseId, label: str, folder: Folder, row: Row, depth: int) -> None:
        """Bring in the files of an archive as those of a folder: each by itself."""
        if folder.aside:
            self._notes.append(f"{row.reference}: {aside(label, folder.aside)}")
        self.total += folder.count - 1
        for one in folder:
            name = f"{label}/{one.path}"
            self._progress.step(self._done, self.total, f"{row.reference}: {name}")
            try:
                self._read(case, name, one.bytes(), row, depth=depth + 1)
            except DocumentError as error:
                self._refused.append(_refusal(row, name, error))
            self._done += 1
        self._done -= 1  # the archive itself is counted by whoever named it

    def _keep(self, label: str, family: Family, row: Row) -> None:
        """Keep a family in one transaction; what came another way meanwhile is not added twice."""

        def keep(book: Casebook) -> list[Item]:
            new = [
                (document, original, reading)
                for document, original, reading in family.items
                if book.documents.by_sha(document.case, document.sha256) is None
            ]
            if new and new[0][0] is family.items[0][0]:
                return add_with_transcripts(book, new, book.documents.add_family)
            return []

        kept = self._steps(keep)
        if not kept:
            self._documents[1] += 1
            return
        self._documents[0] += len(kept)
        for at, (document, _, reading) in enumerate(kept):
            self._pages += len(reading.pages)
            name = f"{label} / {document.origin.path}" if at else label
            waits = unread({PageState.WAITING: [page.number for page in reading.scans]})
            told = (*reading.notes, *waits)
            lines = [f"{row.reference}: {name}: {note}" for note in told]
            self._notes += lines
            self._unheard += [
                (document.case, document.id, line)
                for line, note in zip(lines, told, strict=True)
                if note == UNHEARD
            ]
        if family.relatives:
            self._families.append(
                FamilyReport(case=row.reference, file=label, relatives=family.relatives)
            )


def _refusal(row: Row, file: str, error: DocumentError) -> Refusal:
    locked = isinstance(error, LockedError)
    return Refusal(case=row.reference, file=file, sentence=str(error), locked=locked)


class _Within:
    """Progress within one document: the place in the whole stays, the page is named."""

    def __init__(self, progress: Progress, done: int, total: int, what: str) -> None:
        self._progress, self._done, self._total, self._what = progress, done, total, what

    def step(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002 - we word it
        """Pass a page on; raises ``Cancelled`` where the person has stopped the import."""
        within = f"{self._what}, page {done + 1} of {total}" if total > 1 else self._what
        self._progress.step(self._done, self._total, within)


def _refuse_look_alikes(new: Sequence[Case], there: Iterable[str]) -> None:
    """Refuse cases whose references nobody could tell from those that are there."""
    seen = {look_alike(reference): reference for reference in there}
    faults = [
        f"The reference {case.reference[:60]} reads like the case {seen[found][:60]} that is here."
        for case in new
        if (found := look_alike(case.reference)) in seen
    ]
    if faults:
        raise RegisterError(
            say(
                "Nothing was imported. {fault} Write it as it is here, or give it another.",
                fault=faults[0],
            ),
            details=faults,
        )


def _case(row: Row) -> Case:
    return Case(
        id=CaseId(new_id()),
        reference=row.reference,
        title=row.title,
        attributes=dict(row.attributes),
        content_notes=row.content_notes,
    )
