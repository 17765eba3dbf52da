"""What an update would change here, as rows and as lines for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.updates import Steps
from reviewer.crypto import strict
from reviewer.exchange.updates.changes import Changes
from reviewer.exchange.updates.gaps import gap_row, told
from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId, DocumentId, RequestId
from reviewer.records.panel import RoundKey
from reviewer.records.requests import RecordRequest
from reviewer.records.text import counted
from reviewer.records.updates import StateChange

_LAYER = "changes"
_CONTENT = ("case", "sha256", "size", "page_count", "media", "text_source", "file_name")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What an update changes, counted and told case by case.

    ``cases`` pairs a reference with one plain line for each change in it, in the cases' order.
    A document counts as corrected where what took its place in the end stands, else as withdrawn.
    ``named`` says in a sentence each who is called otherwise. ``cells`` is how many ratings are
    asked for again, ``round`` the round that it opens or 0, ``gaps`` of how many missing records
    something else is told.
    """

    new_cases: int = 0
    new_documents: int = 0
    corrected: int = 0
    withdrawn: int = 0
    reinstated: int = 0
    worded: int = 0
    named: tuple[str, ...] = ()
    round: int = 0
    cells: int = 0
    gaps: int = 0
    cases: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(kw_only=True)
class _Sorted:
    """Changes as they are sorted."""

    new_cases: list[Case] = field(default_factory=list)
    changed_cases: list[Case] = field(default_factory=list)
    new_documents: list[Document] = field(default_factory=list)
    changed_documents: list[Document] = field(default_factory=list)
    placed: list[Document] = field(default_factory=list)
    reinstated: list[DocumentId] = field(default_factory=list)
    states: list[StateChange] = field(default_factory=list)
    gaps: list[RecordRequest] = field(default_factory=list)
    closed: list[RequestId] = field(default_factory=list)
    lines: dict[CaseId, list[str]] = field(default_factory=dict)


def plan(book: Casebook, changes: Changes) -> tuple[Steps, Told, frozenset[DocumentId]]:
    """Return the steps, what is told of them, and which documents' bodies are wanted.

    Raises ``ReturnError`` (layer ``changes``) where the changes do not fit this casebook.
    """
    have = {document.id: document for document in book.documents.all()}
    done = _Sorted()
    _sort_cases(book, changes, done)
    for document in changes.documents:
        _sort_document(document, have, changes, done)
    titles = {one.id: one.title for one in (*changes.documents, *have.values())}
    for state in changes.states:
        _sort_state(state, have, titles, done)
    _refuse_twins(have, done.new_documents)
    _sort_gaps(book, changes, done)
    about = book.about
    member = book.members.get(about.member)
    opened = changes.round if changes.round and changes.round.number > about.round else None
    steps = Steps(
        new_cases=done.new_cases,
        changed_cases=done.changed_cases,
        changed_documents=done.changed_documents,
        placed=done.placed,
        reinstated=done.reinstated,
        states=done.states,
        gaps=done.gaps,
        closed=done.closed,
        lines=done.lines,
        cases=_allocated(member.cases if member else (), done.new_cases),
        round=opened.number if opened else 0,
        opened=opened.opened if opened else "",
        released=opened.released if opened else "",
        cells=opened.cells if opened else (),
        key=_new_key(book, changes),
        open_round=about.round,
        name=_anew(changes.name, member.name if member else ""),
        chair=_anew(changes.chair, about.chair),
    )
    return steps, _told(book, changes, steps, done), frozenset(d.id for d in done.new_documents)


def _anew(told: str, here: str) -> str:
    """Return a name where it is another than before; "" in an update says nothing of it."""
    return told if told != here else ""


def _new_key(book: Casebook, changes: Changes) -> RoundKey | None:
    """Return what returns are sealed to from now on, where that changes."""
    number = changes.round.number if changes.round else 1
    if number < book.about.round or changes.returns == book.custody.of_round(number):
        return None
    return changes.returns


def _sort_cases(book: Casebook, changes: Changes, done: _Sorted) -> None:
    known = {case.id: case for case in book.cases.all()}
    told = {case.id for case in changes.cases}  # each with a reference of its own
    names = {case.reference: case.id for case in known.values() if case.id not in told}
    for case in changes.cases:
        old = known.get(case.id)
        if old == case and list(old.attributes.items()) == list(case.attributes.items()):
            continue
        if names.get(case.reference, case.id) != case.id:
            _refuse("gives one reference to two cases")
        if old is None:
            done.new_cases.append(case)
            _say(done, case.id, "New case.")
        else:
            done.changed_cases.append(case)
            if old.reference != case.reference:
                _say(done, case.id, f"It was called {old.reference} before.")
            if replace(old, reference=case.reference) != case:
                _say(done, case.id, "Its title, facts or content notes were worded anew.")


def _sort_document(
    document: Document, have: Mapping[DocumentId, Document], changes: Changes, done: _Sorted
) -> None:
    old = have.get(document.id)
    if old is None:
        if document.id not in changes.bodies:
            _refuse("leaves out a document that this casebook does not have")
        done.new_documents.append(document)
        if not any(state.replaced_by == document.id for state in changes.states):
            _say(done, document.case, f"New document: {document.title}.")
        return
    if any(getattr(old, name) != getattr(document, name) for name in _CONTENT):
        _refuse("has other content for a document that this casebook has")
    if document.origin != old.origin or (document.bundle and not old.bundle):
        done.placed.append(document)  # put below another since, or issued before pages had numbers
    if not old.current:
        done.reinstated.append(document.id)
        _say(done, document.case, f"Shown again: {document.title}.")
    wording = ("title", "kind", "agency", "date", "content_note")
    if any(getattr(old, name) != getattr(document, name) for name in wording):
        done.changed_documents.append(document)
        _say(done, document.case, f"Worded anew: {document.title}.")


def _sort_state(
    state: StateChange,
    have: Mapping[DocumentId, Document],
    titles: Mapping[DocumentId, str],
    done: _Sorted,
) -> None:
    """Take a state for a document that is here; of others there is nothing to say."""
    old = have.get(state.document)
    if old is None:
        return
    told = (old.state, old.replaced_by, old.changed, old.reason)
    if told == (state.state, state.replaced_by or "", state.at, state.reason):
        return
    done.states.append(state)
    day = state.at[:10]
    if state.replaced_by is None:
        line = f"Withdrawn on {day}: {old.title}."
    else:
        new = titles.get(state.replaced_by, old.title)
        line = f"Corrected on {day}: {old.title}" + (f", now {new}." if new != old.title else ".")
    _say(done, old.case, f"{line} Why: {state.reason}" if state.reason else line)


def _sort_gaps(book: Casebook, changes: Changes, done: _Sorted) -> None:
    """Take what the cases lack now; an update of an older program says nothing of that."""
    if changes.gaps is None:
        return
    have = {one.id: one for one in book.requests.all()}
    for gap in changes.gaps:
        old = have.pop(gap.id, None)
        if old is not None and gap_row(old) == gap_row(gap):
            continue
        done.gaps.append(gap)
        _say_gap(done, gap.case, told(old, gap))
    for gone in have.values():
        done.closed.append(gone.id)
        _say_gap(done, gone.case, told(gone, None))


def _say_gap(done: _Sorted, case: CaseId, line: str) -> None:
    if line:
        _say(done, case, line)


def _refuse_twins(have: Mapping[DocumentId, Document], new: list[Document]) -> None:
    seen = {(one.case, one.sha256) for one in have.values()}
    for document in new:
        if (document.case, document.sha256) in seen:
            _refuse("brings one document twice")
        seen.add((document.case, document.sha256))


def _allocated(cases: tuple[CaseId, ...], new: list[Case]) -> tuple[CaseId, ...]:
    return (*cases, *(case.id for case in new)) if cases and new else ()


def _told(book: Casebook, changes: Changes, steps: Steps, done: _Sorted) -> Told:
    asked: dict[CaseId, int] = {}
    for cell in steps.cells:
        asked[cell.case] = asked.get(cell.case, 0) + 1
    for case, count in asked.items():
        _say(done, case, f"Round {steps.round} asks for {counted(count, 'rating')} again.")
    references = {case.id: case.reference for case in (*book.cases.all(), *changes.cases)}
    stand = {document.id for document in changes.documents}
    ends = {state.replaced_by or state.document for state in steps.states}
    return Told(
        new_cases=len(steps.new_cases),
        new_documents=len(done.new_documents),
        corrected=len(ends & stand),
        withdrawn=len(ends - stand),
        reinstated=len(steps.reinstated),
        named=(
            *((f"You are called {steps.name} now.",) if steps.name else ()),
            *((f"The chair is called {steps.chair} now.",) if steps.chair else ()),
        ),
        worded=len(steps.changed_cases) + len(steps.changed_documents),
        round=steps.round,
        cells=len(steps.cells),
        gaps=len(steps.gaps) + len(steps.closed),
        cases=tuple(
            (reference, tuple(done.lines[case]))
            for case, reference in references.items()
            if case in done.lines
        ),
    )


def _say(done: _Sorted, case: CaseId, line: str) -> None:
    done.lines.setdefault(case, []).append(line)


def _refuse(what: str) -> NoReturn:
    strict.refuse(_LAYER, what)
