"""Marks and ratings of the open case: shown at once, stored by the desk, read back after.

What comes back is taken only when nothing was changed since it was asked for; the newer change
brings its own reading back.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import About, Casebook, Change
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.method.framework import Factor, Framework
from reviewer.records.ids import CaseId, DocumentId, MarkId
from reviewer.records.judgement import Mark, Rating, Review, ReviewState
from ui.desk.desk import Desk
from ui.desk.unsaved import of_the_disk
from ui.reader.shown import Selection
from ui.rooms.read.marks.shown import chip_text, factors_of, new_mark
from ui.rooms.read.queries import CaseMaterial, read_case
from ui.rooms.read.sheet.factor_editor import Evidence

_SHOWN = frozenset(
    {"rating", "evidence", "mark", "review", "document", "inquiry_case"}
    | {"record_request", "request_step"}
)


class Judging(QObject):
    """Holds the material of the open case and is the only one that changes it."""

    loaded = Signal(object)  # CaseMaterial: another case was opened
    updated = Signal()  # the same case, with other marks, ratings or texts
    leaving = Signal()  # another case comes now: what is typed belongs to the one that is open
    failed = Signal(object)  # an exception to show

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: CaseId | None = None
        self._edits = 0
        self.material: CaseMaterial | None = None
        desk.checked.connect(self.updated)

    # ------------------------------------------------------------ properties

    @property
    def framework(self) -> Framework | None:
        """The framework of the open casebook."""
        return self._desk.about.framework if self._desk.about is not None else None

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, as a sentence, or nothing."""
        about = self._desk.about
        if about is None:
            return ""
        if self._desk.checking:
            return say(
                "Reviewer is still checking this file. You can read; scoring opens in a moment."
            )
        if not about.member:
            return say(
                "Nobody rates in this casebook, which is the chair's. Its documents can be read."
            )
        if about.released:
            return say(
                "Round {round} is released. It can be read; nothing in it can change.",
                round=about.round,
            )
        if about.sealed:
            return say(
                "Round {round} is sealed, so nothing in it can change. What is left"
                " shows how to return it, and how to open it again.",
                round=about.round,
            )
        return ""

    @property
    def opening(self) -> bool:
        """Whether a case is open, or on its way."""
        return self._wanted is not None

    def mark(self, mark: str) -> Mark | None:
        """Return a mark of the open case, or None."""
        marks = self.material.marks if self.material is not None else ()
        return next((one for one in marks if one.id == mark), None)

    def kept(self, mark: MarkId) -> bool:
        """Whether a mark belongs to an earlier round, so that it stays as it is."""
        return self.material is not None and mark in self.material.kept

    def factors(self, mark: str) -> list[Factor]:
        """Return the factors whose ratings cite a mark."""
        if self.material is None or self.framework is None:
            return []
        return factors_of(self.material, MarkId(mark), self.framework)

    def evidence(self, rating: Rating) -> list[Evidence]:
        """Return the chips of a rating."""
        if self.material is None:
            return []
        held = {mark.id: mark for mark in self.material.marks}
        return [
            Evidence(
                mark=one, words=chip_text(held[one], self.material.document(held[one].document))
            )
            for one in rating.evidence
            if one in held
        ]

    # ------------------------------------------------------------ opening

    def open(self, case: CaseId) -> None:
        """Read a case; ``loaded`` follows, or ``failed`` where it is gone or cannot be read."""
        self._wanted = case

        def fail(error: Exception) -> None:
            if self._wanted == case:
                self._wanted = self.material.case.id if self.material is not None else None
                self.failed.emit(error)

        def take(material: CaseMaterial | None) -> None:
            if material is None:
                fail(StateError(say("This case is no longer in the casebook.")))
            else:
                self._take(material)

        ask = self._desk.ask(lambda book: read_case(book, case)).owner(self)
        ask.succeeded(take).failed(fail).run()

    def close(self) -> None:
        """Hold nothing."""
        self._wanted = None
        self.material = None

    def on_changed(self, change: Change) -> None:
        """Read the open case again where a change touched it."""
        if self.material is None or not change.tables & _SHOWN:
            return
        case = self.material.case.id
        if change.cases and case not in change.cases:
            return
        self._read_again()

    # ------------------------------------------------------------ changing

    def put_rating(self, rating: Rating, *, case: CaseId | None = None) -> None:
        """Store a rating of the open case (or of the one just left)."""
        if self.material is None:
            return
        case = case or self.material.case.id
        if case == self.material.case.id:
            ratings = {**self.material.ratings, rating.factor: rating}
            self.material = replace(self.material, ratings=ratings)
        self._do(lambda book, at: book.ratings.put(at.member, case, at.round, rating))
        self.updated.emit()

    def put_text(self, name: str, text: str) -> None:
        """Store one of the texts at the end of the sheet."""
        if self.material is None:
            return
        case = self.material.case.id
        texts = {name: text}
        about = self._desk.about
        if about is not None:
            held = self.material.review
            held = held or Review(member=about.member, case=case, round=about.round)
            self.material = replace(self.material, review=replace(held, **texts))  # type: ignore[arg-type]  # fields of a Review
        self._do(lambda book, at: book.reviews.set_text(at.member, case, at.round, **texts))

    def defer(self, deferred: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Set the case aside, or take it up again."""
        if self.material is None:
            return
        case = self.material.case.id
        rated = any(not rating.blank for rating in self.material.ratings.values())
        back = ReviewState.DRAFT if rated else ReviewState.READING
        state = ReviewState.DEFERRED if deferred else back
        self._do(lambda book, at: book.reviews.set_state(at.member, case, at.round, state))

    def put_mark(self, document: DocumentId, selection: Selection) -> Mark | None:
        """Mark what is picked; return the mark."""
        about = self._desk.about
        if self.material is None or about is None or self.read_only:
            return None
        mark = new_mark(about.member, document, selection)
        self._keep(mark)
        self._do(lambda book, at: book.marks.put(mark, round_number=at.round))
        self.updated.emit()
        return mark

    def set_note(self, mark: str, note: str) -> None:
        """Store the note of a mark."""
        held = self.mark(mark)
        if held is None or held.note == note:
            return
        noted = replace(held, note=note)
        self._keep(noted)
        self._do(lambda book, at: book.marks.put(noted, round_number=at.round))
        self.updated.emit()

    def delete_mark(self, mark: str) -> None:
        """Remove a mark, also from the ratings that cite it."""
        if self.material is None:
            return
        self.material = replace(
            self.material,
            marks=tuple(one for one in self.material.marks if one.id != mark),
            ratings={
                code: replace(r, evidence=tuple(e for e in r.evidence if e != mark))
                for code, r in self.material.ratings.items()
            },
        )
        self._do(lambda book, at: book.marks.delete(MarkId(mark), round_number=at.round))
        self.updated.emit()

    def attach(self, rating: Rating, document: DocumentId, selection: Selection) -> Mark | None:
        """Mark what is picked and cite it for ``rating``, in one step that undo takes back."""
        about = self._desk.about
        if self.material is None or about is None or self.read_only:
            return None
        mark = new_mark(about.member, document, selection)
        self._keep(mark)
        self._cite(rating, mark, marks=[mark])
        return mark

    def attach_mark(self, rating: Rating, mark: str) -> None:
        """Cite a mark that is there for ``rating``."""
        held = self.mark(mark)
        if held is not None and held.id not in rating.evidence and not self.read_only:
            self._cite(rating, held, marks=[])

    def detach(self, mark: str, factor: str) -> None:
        """Cite a mark no longer for a factor."""
        if self.material is None or factor not in self.material.ratings:
            return
        rating = self.material.ratings[factor]
        kept = tuple(one for one in rating.evidence if one != mark)
        self.put_rating(replace(rating, evidence=kept))

    # ------------------------------------------------------------ private

    def _cite(self, rating: Rating, mark: Mark, *, marks: list[Mark]) -> None:
        if self.material is None:
            return
        case = self.material.case.id
        cited = replace(rating, evidence=(*rating.evidence, mark.id))
        ratings = {**self.material.ratings, cited.factor: cited}
        self.material = replace(self.material, ratings=ratings)
        self._do(
            lambda book, at: book.ratings.put_all(
                at.member, at.round, [(case, cited)], marks=marks, action="attach"
            )
        )
        self.updated.emit()

    def _keep(self, mark: Mark) -> None:
        if self.material is not None:
            others = tuple(one for one in self.material.marks if one.id != mark.id)
            self.material = replace(self.material, marks=(*others, mark))

    def _do(self, change: Callable[[Casebook, About], Change | None]) -> None:
        about = self._desk.about
        if about is None:
            return
        self._edits += 1
        job = self._desk.do(lambda book: change(book, about), keep=True)
        job.owner(self).failed(self._on_failed).run()

    def _read_again(self) -> None:
        if self.material is None:
            return
        case, edits = self.material.case.id, self._edits

        def take(material: CaseMaterial | None) -> None:
            current = self.material is not None and self.material.case.id == case
            if current and material is not None and edits == self._edits:
                shown = self.material is not None and _shown(self.material) == _shown(material)
                self.material = material
                if not shown:
                    self.updated.emit()

        self._desk.ask(lambda book: read_case(book, case)).owner(self).succeeded(take).run()

    def _take(self, material: CaseMaterial) -> None:
        if material.case.id == self._wanted:
            self.leaving.emit()
            self.material = material
            self.loaded.emit(material)

    def _on_failed(self, error: Exception) -> None:
        if not of_the_disk(error):  # else the desk holds it, and what is shown is what was typed
            self._read_again()
        self.failed.emit(error)


def _shown(material: CaseMaterial) -> tuple[object, ...]:
    """Return what the sheet and the pages show of a case: not how many of it are rated."""
    held = material.review
    texts = (held.narrative, held.good_practice, held.other) if held else ("", "", "")
    deferred = held is not None and held.state is ReviewState.DEFERRED
    return replace(material, review=None), texts, deferred
