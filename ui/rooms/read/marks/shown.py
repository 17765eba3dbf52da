"""How marks, factors and the words about them go together. Pure values."""

from reviewer.messages import say
from reviewer.method.framework import Factor, Framework
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId, MarkId, MemberId, new_id
from reviewer.records.judgement import Anchor, Mark
from reviewer.records.moments import range_of, range_words
from ui.reader.shown import Selection, ShownMark
from ui.rooms.read.queries import CaseMaterial
from ui.theme import LIGHT, group_colour

_QUOTE = 40  # characters of a quote in a chip


def new_mark(
    member: MemberId, document: DocumentId, selection: Selection, *, note: str = ""
) -> Mark:
    """Return a new mark over what is picked."""
    return Mark(
        id=MarkId(new_id()),
        member=member,
        document=document,
        page=selection.page,
        anchor=selection.anchor,
        note=note,
    )


def whole_page(page: int) -> Selection:
    """Return the selection that stands for a page as a whole."""
    return Selection(page=page, anchor=Anchor(kind="page"))


def factors_of(material: CaseMaterial, mark: MarkId, framework: Framework) -> list[Factor]:
    """Return the factors whose ratings cite a mark, in the framework's order."""
    return [
        factor
        for factor in framework.factors
        if factor.code in material.ratings and mark in material.ratings[factor.code].evidence
    ]


def shown_marks(
    material: CaseMaterial,
    document: DocumentId,
    framework: Framework,
    others: Mark | None = None,
) -> list[ShownMark]:
    """Return the marks of a document as they are painted: in the colour of their group.

    ``others`` is somebody else's that is looked up.
    """
    shown = []
    for mark in material.marks:
        if mark.document != document:
            continue
        factors = factors_of(material, mark.id, framework)
        colour = group_colour(factors[0].group).name() if factors else LIGHT.warn
        about = [factor.name for factor in factors] or [say("not attached to a factor")]
        shown.append(
            ShownMark(
                id=mark.id,
                page=mark.page,
                boxes=mark.anchor.boxes,
                colour=colour,
                attached=bool(factors),
                noted=bool(mark.note.strip()),
                tip="\n".join(([mark.note.strip()] if mark.note.strip() else []) + about),
                span=range_of(mark.anchor),
            )
        )
    if others is not None and others.document == document:
        shown.append(_looked_up(others))
    return shown


def _looked_up(mark: Mark) -> ShownMark:
    return ShownMark(
        id=mark.id,
        page=mark.page,
        boxes=mark.anchor.boxes,
        colour=LIGHT.warn,
        attached=True,
        noted=bool(mark.note.strip()),
        tip=mark.note.strip() or say("marked by a panellist"),
        span=range_of(mark.anchor),
    )


def chip_text(mark: Mark, document: Document | None) -> str:
    """Return the words on an evidence chip: document, page, the first words of the quote."""
    title = document.title if document is not None else say("Document")
    span = range_of(mark.anchor)
    if span is not None:
        return f"{title} {range_words(*span)}"
    where = f"{title} p.{mark.page}"
    quote = " ".join(mark.anchor.quote.split())
    if not quote:
        return where + (say(", part of the page") if mark.anchor.kind == "area" else "")
    short = quote if len(quote) <= _QUOTE else quote[:_QUOTE].rsplit(" ", 1)[0] + "\u2026"
    return f"{where} \u201c{short}\u201d"
