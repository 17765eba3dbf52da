"""How a rating sheet names pages: ``DOCUMENT p.N``, or ``p.N`` where the case has one document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId, MarkId, MemberId, new_id
from reviewer.records.judgement import Anchor, Mark
from reviewer.records.text import clean_line, counted

SEPARATOR = ";"
_PAGE = re.compile(r"(?:(?P<document>.*\S)\s+)?p\.\s*(?P<page>[0-9]{1,7})", re.IGNORECASE)

Place = tuple[DocumentId, int]


class PageNames:
    """The pages of one case by name, there and back.

    A document answers to its title, its file's name, its id, and ``document 1``, ``document 2`` in
    the case's order; to each only where no other document of the case does. After a correction a
    title means the version that stands: one that does not gives its names up to one that does.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._stand = [document for document in documents if document.current] or list(documents)
        taken = {name.casefold() for one in self._stand for name in _own_names(one)}
        self._names = {
            document.id: (
                *(
                    name
                    for name in _own_names(document)
                    if document in self._stand or name.casefold() not in taken
                ),
                f"document {number}",
                str(document.id),
            )
            for number, document in enumerate(documents, 1)
        }
        claims = Counter(
            name for names in self._names.values() for name in {n.casefold() for n in names}
        )
        self._shared = {name for name, count in claims.items() if count > 1}
        self._by_name = {
            name.casefold(): document
            for document in documents
            for name in self._names[document.id]
            if name and name.casefold() not in self._shared
        }

    def spell(self, marks: Iterable[Mark]) -> str:
        """Return the pages that ``marks`` are on, each once."""
        places = dict.fromkeys((mark.document, mark.page) for mark in marks)
        return f"{SEPARATOR} ".join(self._spell(*place) for place in places)

    def read(self, text: str) -> tuple[list[Place], list[str]]:
        """Return the pages that ``text`` names, each once, and a sentence a fault."""
        places: list[Place] = []
        faults: list[str] = []
        for part in filter(None, (clean_line(part) for part in text.split(SEPARATOR))):
            found = self._read(part)
            if isinstance(found, str):
                faults.append(found)
            else:
                places.append(found)
        return list(dict.fromkeys(places)), faults

    def _spell(self, document: DocumentId, page: int) -> str:
        if [one.id for one in self._stand] == [document]:
            return f"p.{page}"
        name = next(
            name
            for name in self._names[document]
            if name and SEPARATOR not in name and name.casefold() not in self._shared
        )
        return f"{name} p.{page}"

    def _read(self, part: str) -> Place | str:
        match = _PAGE.fullmatch(part)
        if match is None:
            return f"the evidence {part[:80]!r} is not of the form DOCUMENT p.N"
        name, page = match["document"], int(match["page"])
        document = self._document(name)
        if isinstance(document, str):
            return document
        if not 1 <= page <= document.page_count:
            pages = counted(document.page_count, "page")
            return f"{document.title} has {pages}, so there is no p.{page}"
        return document.id, page

    def _document(self, name: str | None) -> Document | str:
        if name is None:
            if len(self._stand) == 1:
                return self._stand[0]
            return f"the case has {len(self._stand)} documents, so name the one that you mean"
        if name.casefold() in self._shared:
            return f"the case has several documents called {name[:80]!r}; write document 1, 2 ..."
        found = self._by_name.get(name.casefold())
        return found or f"the case has no document called {name[:80]!r}"


def _own_names(document: Document) -> tuple[str, str]:
    return clean_line(document.title), clean_line(document.file_name)


def marks_on(
    places: Sequence[Place],
    *,
    cited: Sequence[Mark],
    known: Sequence[Mark],
    member: MemberId,
) -> tuple[tuple[MarkId, ...], list[Mark]]:
    """Return the evidence for ``places`` and the page marks to be made for it.

    Marks that the rating cites already stay where their page is still named; else a page mark of
    the member is used, and made where there is none.
    """
    evidence: list[MarkId] = []
    made: list[Mark] = []
    for document, page in places:
        there = [m.id for m in cited if (m.document, m.page) == (document, page)]
        if not there:
            whole = [
                m.id
                for m in known
                if (m.document, m.page, m.anchor.kind) == (document, page, "page")
            ]
            there = whole[:1]
        if not there:
            mark = Mark(
                id=MarkId(new_id()),
                member=member,
                document=document,
                page=page,
                anchor=Anchor(kind="page"),
            )
            made.append(mark)
            there = [mark.id]
        evidence += there
    return tuple(evidence), made
