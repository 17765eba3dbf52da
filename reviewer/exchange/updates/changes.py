"""The changes inside an update: what one panellist's casebook is to hold from now on.

Text from documents and registers is taken verbatim: it is shown as plain text everywhere, and an
honest file name must never make an update unreadable.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewer.crypto import strict
from reviewer.documents import limits
from reviewer.exchange.keyring import key_row
from reviewer.exchange.signed import MAX_ROUND, check_version
from reviewer.exchange.updates.bodies import MAX_PAGES_BYTES, BodyFacts
from reviewer.exchange.updates.gaps import gap_row, read_gaps
from reviewer.exchange.updates.header import MAX_CHANGES, UpdateCounts
from reviewer.exchange.updates.names import read_key, read_name
from reviewer.exchange.updates.told import MAX_TOLD, origin_of, origin_row
from reviewer.records.canonical import canonical
from reviewer.records.cases import Case, Document, DocumentState, Origin, go_round
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.judgement import Reason
from reviewer.records.panel import RoundKey
from reviewer.records.requests import RecordRequest
from reviewer.records.updates import AgendaCell, CitedPage, Feedback, StateChange

TYPE = "reviewer changes"
VERSION = 4
_MAX_BUNDLE = 100_000_000  # pages of one case
WITHOUT_KEY = 1  # the version that says nothing of keys and names
WITHOUT_TOLD = 2  # the version that says nothing of a document beside its pages
WITHOUT_GAPS = 3  # the version that says nothing of the records that are missing
MAX_CASES = 20_000
MAX_DOCUMENTS = 100_000
MAX_CELLS = 500_000
MAX_CITED = 1_000
MAX_LINE = 4_000  # characters of a title, a name, a note, a reason
MAX_VOTES = 10_000
REASONS = (*(reason.value for reason in Reason), "blank")
_FLAGS = re.compile(r"[a-z-]{1,40}( [a-z-]{1,40}){0,5}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LAYER = "changes"
_SAID = frozenset({"type", "version", "ask", "cases", "documents", "states", "round"})
_KEYED = _SAID | {"name", "chair", "returns"}
_FIELDS = {
    WITHOUT_KEY: _SAID,
    WITHOUT_TOLD: _KEYED,
    WITHOUT_GAPS: _KEYED,
    VERSION: _KEYED | {"gaps"},
}
_STATES = (DocumentState.REPLACED.value, DocumentState.WITHDRAWN.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class NextRound:
    """A later round: when it was opened, when the one before was released, what to rate again."""

    number: int
    opened: str
    released: str
    cells: tuple[AgendaCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """Everything that a panellist is to have. ``bodies`` are of those documents that travel.

    ``returns`` is how returns of its round are sealed, ``name`` the member's own and ``chair`` the
    chair's as they are now, ``gaps`` the records that its cases lack; None and "" where they stay
    as they were.
    """

    ask: str = ""
    cases: tuple[Case, ...] = ()
    documents: tuple[Document, ...] = ()
    bodies: dict[DocumentId, BodyFacts] = field(default_factory=dict)
    states: tuple[StateChange, ...] = ()
    round: NextRound | None = None
    name: str = ""
    chair: str = ""
    returns: RoundKey | None = None
    gaps: tuple[RecordRequest, ...] | None = None

    @property
    def counts(self) -> UpdateCounts:
        """How much there is of each kind."""
        return UpdateCounts(
            cases=len(self.cases),
            documents=len(self.documents),
            bodies=len(self.bodies),
            states=len(self.states),
            cells=0 if self.round is None else len(self.round.cells),
        )

    @property
    def length(self) -> int:
        """How many bytes the bodies have in all."""
        return sum(
            document.size + facts.rendition + facts.pages + facts.told
            for document in self.documents
            if (facts := self.bodies.get(document.id)) is not None
        )


def encode(changes: Changes) -> bytes:
    """Return the canonical bytes of ``changes``."""
    return canonical(
        {
            "type": TYPE,
            "version": VERSION,
            "ask": changes.ask,
            "cases": [_case_row(case) for case in changes.cases],
            "documents": [_document_row(one, changes.bodies) for one in changes.documents],
            "states": [
                [s.document, s.state.value, s.replaced_by or "", s.at, s.reason]
                for s in changes.states
            ],
            "round": _round_row(changes.round),
            "name": changes.name,
            "chair": changes.chair,
            "returns": [] if changes.returns is None else key_row(changes.returns),
            "gaps": [gap_row(one) for one in changes.gaps or ()],
        }
    )


def decode(untrusted: bytes, *, points: int, factors: frozenset[str]) -> Changes:
    """Return the changes in ``untrusted``, whose hash was signed.

    ``points`` is how many the framework's scale has, ``factors`` are its codes. Raises
    ``ReturnError``: layer ``version`` for a newer format, else ``changes``.
    """
    data = strict.parse(untrusted, layer=_LAYER, max_bytes=MAX_CHANGES)
    version = check_version(data, TYPE, VERSION, layer=_LAYER)
    data = strict.fields(data, _FIELDS[version], layer=_LAYER)
    reader = _Reader(points, factors, told=version > WITHOUT_TOLD)
    reader.cases(strict.rows(data["cases"], layer=_LAYER, at_most=MAX_CASES))
    reader.documents(strict.rows(data["documents"], layer=_LAYER, at_most=MAX_DOCUMENTS))
    reader.states(strict.rows(data["states"], layer=_LAYER, at_most=MAX_DOCUMENTS))
    return Changes(
        ask=strict.text(data["ask"], layer=_LAYER, at_most=MAX_LINE),
        cases=tuple(reader.found_cases.values()),
        documents=tuple(reader.found_documents.values()),
        bodies=reader.bodies,
        states=tuple(reader.found_states),
        round=reader.round(data["round"]),
        name=read_name(data.get("name", "")),
        chair=read_name(data.get("chair", "")),
        returns=read_key(data.get("returns", [])),
        gaps=read_gaps(data["gaps"], reader.found_cases) if "gaps" in data else None,
    )


def _case_row(case: Case) -> list[Any]:
    pairs = [[name, text] for name, text in case.attributes.items()]
    return [case.id, case.reference, case.title, pairs, list(case.content_notes)]


def _document_row(document: Document, bodies: dict[DocumentId, BodyFacts]) -> list[Any]:
    facts = bodies.get(document.id)
    return [
        document.id,
        document.case,
        document.title,
        document.kind,
        document.agency,
        document.date,
        document.file_name,
        document.media,
        document.sha256,
        document.size,
        document.page_count,
        document.content_note,
        document.text_source,
        [] if facts is None else [facts.rendition, facts.pages, facts.told, facts.sha256],
        origin_row(document.origin),
        document.bundle,
    ]


def _round_row(opened: NextRound | None) -> list[Any]:
    if opened is None:
        return []
    return [opened.number, opened.opened, opened.released, [cell_row(c) for c in opened.cells]]


def cell_row(cell: AgendaCell) -> list[Any]:
    """Return a cell of the agenda as it travels."""
    told = cell.feedback
    return [
        cell.case,
        cell.factor,
        " ".join(cell.flags),
        list(told.points),
        [told.reasons.get(reason, 0) for reason in REASONS],
        [[page.document, page.page, page.times] for page in told.pages],
    ]


class _Reader:
    """Reads rows one after another; later ones may only name what earlier ones brought."""

    def __init__(self, points: int, factors: frozenset[str], *, told: bool) -> None:
        self._told = told
        self._points = points
        self._factors = factors
        self.found_cases: dict[str, Case] = {}
        self.found_documents: dict[str, Document] = {}
        self.bodies: dict[DocumentId, BodyFacts] = {}
        self.found_states: list[StateChange] = []

    def cases(self, rows: Sequence[object]) -> None:
        """Read the cases; identities and references are each there once."""
        references = set()
        for untrusted in rows:
            row = strict.row(untrusted, 5, layer=_LAYER)
            pairs = [
                strict.row(pair, 2, layer=_LAYER)
                for pair in strict.rows(row[3], layer=_LAYER, at_most=1_000)
            ]
            case = Case(
                id=CaseId(_new_id(row[0], self.found_cases)),
                reference=_line(row[1]),
                title=_line(row[2]),
                attributes={_line(name): _text(text) for name, text in pairs},
                content_notes=tuple(
                    _line(note) for note in strict.rows(row[4], layer=_LAYER, at_most=100)
                ),
            )
            if not case.reference or case.reference in references:
                strict.refuse(_LAYER, "has a case without a reference of its own")
            if len(case.attributes) != len(pairs):
                strict.refuse(_LAYER, "names one column of a case twice")
            references.add(case.reference)
            self.found_cases[case.id] = case

    def documents(self, rows: Sequence[object]) -> None:
        """Read the documents of those cases, and what of their bodies travels."""
        for untrusted in rows:
            row = strict.row(untrusted, 16 if self._told else 14, layer=_LAYER)
            document = Document(
                id=DocumentId(_new_id(row[0], self.found_documents)),
                case=self._case(row[1]),
                title=_line(row[2]),
                kind=_line(row[3]),
                agency=_line(row[4]),
                date=_line(row[5]),
                file_name=_line(row[6]),
                media=_line(row[7]),
                sha256=strict.hexadecimal(row[8], 64, layer=_LAYER),
                size=strict.whole(row[9], 1, limits.MAX_LARGE, layer=_LAYER),
                page_count=strict.whole(row[10], 1, limits.MAX_PAGES, layer=_LAYER),
                content_note=_line(row[11]),
                text_source=_line(row[12]),
                origin=origin_of(row[14], layer=_LAYER) if self._told else Origin(),
                bundle=strict.whole(row[15], 0, _MAX_BUNDLE, layer=_LAYER) if self._told else 0,
            )
            if row[13] != []:
                self.bodies[document.id] = _facts(row[13], told=self._told)
            self.found_documents[document.id] = document

    def states(self, rows: Sequence[object]) -> None:
        """Read which documents no longer stand; none of them may be among those that do."""
        seen: dict[str, object] = dict(self.found_documents)
        for untrusted in rows:
            row = strict.row(untrusted, 5, layer=_LAYER)
            document = DocumentId(_new_id(row[0], seen))
            state = DocumentState(strict.one_of(row[1], _STATES, layer=_LAYER))
            by = None if row[2] == "" else DocumentId(_id(row[2]))
            if (by is None) is (state is DocumentState.REPLACED) or by == document:
                strict.refuse(_LAYER, "has a document that is replaced by nothing")
            seen[document] = state
            self.found_states.append(
                StateChange(
                    document=document,
                    state=state,
                    replaced_by=by,
                    at=_date(row[3]),
                    reason=strict.text(row[4], layer=_LAYER, at_most=MAX_LINE),
                )
            )
        ends = {s.document: s.replaced_by for s in self.found_states if s.replaced_by is not None}
        if go_round(ends):
            strict.refuse(_LAYER, "has documents that are replaced by each other")
        if not seen.keys() >= set(ends.values()):
            strict.refuse(_LAYER, "has a document that is replaced by one that is not there")

    def round(self, untrusted: object) -> NextRound | None:
        """Read the next round, if there is one."""
        if untrusted == []:
            return None
        row = strict.row(untrusted, 4, layer=_LAYER)
        cells = [self._cell(one) for one in strict.rows(row[3], layer=_LAYER, at_most=MAX_CELLS)]
        if len({(cell.case, cell.factor) for cell in cells}) != len(cells):
            strict.refuse(_LAYER, "has one cell of the agenda twice")
        return NextRound(
            number=strict.whole(row[0], 2, MAX_ROUND, layer=_LAYER),
            opened=_date(row[1]),
            released=_date(row[2]),
            cells=tuple(cells),
        )

    def _cell(self, untrusted: object) -> AgendaCell:
        row = strict.row(untrusted, 6, layer=_LAYER)
        case = self._case(row[0])
        if not isinstance(row[1], str) or row[1] not in self._factors:
            strict.refuse(_LAYER, "asks for a factor that the framework does not have")
        flags = strict.text(row[2], layer=_LAYER, at_most=200)
        if not _FLAGS.fullmatch(flags):
            strict.refuse(_LAYER, "has a cell that nothing is said of")
        points = strict.row(row[3], self._points, layer=_LAYER)
        reasons = strict.row(row[4], len(REASONS), layer=_LAYER)
        pages = strict.rows(row[5], layer=_LAYER, at_most=MAX_CITED)
        counted = [_votes(n) for n in reasons]
        return AgendaCell(
            case=case,
            factor=row[1],
            flags=tuple(flags.split(" ")),
            feedback=Feedback(
                points=tuple(_votes(n) for n in points),
                reasons={name: n for name, n in zip(REASONS, counted, strict=True) if n},
                pages=tuple(self._page(page, case) for page in pages),
            ),
        )

    def _page(self, untrusted: object, case: CaseId) -> CitedPage:
        row = strict.row(untrusted, 3, layer=_LAYER)
        document = self.found_documents.get(_id(row[0]))
        if document is None or document.case != case:
            strict.refuse(_LAYER, "names a page of a document that the case does not have")
        return CitedPage(
            document=document.id,
            page=strict.whole(row[1], 1, document.page_count, layer=_LAYER),
            times=strict.whole(row[2], 1, MAX_VOTES, layer=_LAYER),
        )

    def _case(self, untrusted: object) -> CaseId:
        if not isinstance(untrusted, str) or untrusted not in self.found_cases:
            strict.refuse(_LAYER, "speaks of a case that is not among its own")
        return CaseId(untrusted)


def _facts(untrusted: object, *, told: bool) -> BodyFacts:
    row = strict.row(untrusted, 4 if told else 3, layer=_LAYER)
    return BodyFacts(
        rendition=strict.whole(row[0], 0, limits.MAX_RENDITION, layer=_LAYER),
        pages=strict.whole(row[1], 1, MAX_PAGES_BYTES, layer=_LAYER),
        told=strict.whole(row[2], 1, MAX_TOLD, layer=_LAYER) if told else 0,
        sha256=strict.hexadecimal(row[-1], 64, layer=_LAYER),
    )


def _new_id(untrusted: object, seen: dict[str, Any]) -> str:
    found = _id(untrusted)
    if found in seen:
        strict.refuse(_LAYER, "names one case or document twice")
    return found


def _id(untrusted: object) -> str:
    if not isinstance(untrusted, str) or not _ID.fullmatch(untrusted):
        strict.refuse(_LAYER, "has a case or document without an identity")
    return untrusted


def _line(untrusted: object) -> str:
    return strict.verbatim(untrusted, layer=_LAYER, at_most=MAX_LINE)


def _text(untrusted: object) -> str:
    return strict.verbatim(untrusted, layer=_LAYER, at_most=limits.MAX_CELL)


def _date(untrusted: object) -> str:
    return strict.text(untrusted, layer=_LAYER, at_most=40)


def _votes(untrusted: object) -> int:
    return strict.whole(untrusted, 0, MAX_VOTES, layer=_LAYER)
