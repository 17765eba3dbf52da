"""What an update would bring to each member, counted as applying it counts."""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.updates import IssuedPack
from reviewer.documents import limits
from reviewer.errors import StateError
from reviewer.exchange.updates.held import Held, Inquiry, decoded, issued_before
from reviewer.records.cases import end_of
from reviewer.records.ids import DocumentId
from reviewer.records.panel import Member
from reviewer.records.text import counted, counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """What an update for one member would bring to who has all that was written before.

    The counts are those of applying it. ``documents`` leave the corrected ones out;
    ``reinstated`` are shown again; ``worded`` are titles, facts and notes. ``named`` says that
    the member or the chair is called otherwise, ``sheet`` that another sheet opens the returns of
    the round that is open. ``round`` is the round that it opens, or 0. ``gaps`` counts the missing
    records of which something else is told than before.

    ``why_not`` says in a sentence why none can be written, or is "". ``sent`` is the number of the
    last one written, or 0. ``size`` is of the documents that travel, in bytes, ``large`` how many
    of them an older Reviewer refuses, and all of the update with them.
    """

    member: Member
    why_not: str = ""
    sent: int = 0
    cases: int = 0
    documents: int = 0
    replaced: int = 0
    withdrawn: int = 0
    reinstated: int = 0
    worded: int = 0
    named: bool = False
    round: int = 0
    cells: int = 0
    size: int = 0
    sheet: bool = False
    gaps: int = 0
    large: int = 0

    @property
    def anything(self) -> bool:
        """Whether it would bring anything at all."""
        found = (self.cases, self.documents, self.replaced, self.withdrawn, self.reinstated)
        told = (self.worded, self.named, self.round, self.sheet, self.gaps)
        return any(found) or any(told)

    @property
    def told(self) -> str:
        """What it would bring, in words: "2 new documents, 1 withdrawn"; or "nothing new"."""
        parts = counts(
            (
                (self.cases, "new case", "new cases"),
                (self.documents, "new document", "new documents"),
                (self.replaced, "corrected", "corrected"),
                (self.withdrawn, "withdrawn", "withdrawn"),
                (self.reinstated, "shown again", "shown again"),
                (self.worded, "worded anew", "worded anew"),
                (self.gaps, "change in what is missing", "changes in what is missing"),
            )
        )
        parts += ["a name that was corrected"] if self.named else []
        parts += ["another sheet for the returns"] if self.sheet else []
        if self.round:
            again = counted(self.cells, "rating")
            parts.append(f"round {self.round}: {again} to look at again")
        told = ", ".join(parts) or "nothing new"
        if not self.large:
            return told
        more = counted(self.large, "document")
        return (
            f"{told} (with {more} of more than {limits.MAX_BYTES >> 20} MiB, for which the"
            " panellist needs this Reviewer or a newer one: an older one calls the update broken)"
        )


def outlines(book: Casebook) -> list[Outline]:
    """Return what an update would bring to each member to whom a casebook was issued."""
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook writes updates. Open that one.")
    inquiry = Inquiry(book)
    return [
        outline(inquiry, member)
        for member in book.members.all()
        if member.rates and member.issued and member.role != "chair"
    ]


def outline(inquiry: Inquiry, member: Member) -> Outline:
    """Return what an update for ``member`` would bring, without reading any document."""
    book = inquiry.book
    try:
        issued = issued_pack(book, member)
    except StateError as error:
        return Outline(member=member, why_not=str(error))
    had = held_now(inquiry, member, issued)
    wanted = inquiry.whole(member)
    sent = book.updates.sent(issued.pack)
    stand = [one for one, found in wanted.documents.items() if not found.state]
    told = _changed_states(had, wanted)
    ends = {end_of(inquiry.documents[one], inquiry.documents) or one for one in told}
    corrected = ends.intersection(stand)
    new = set(stand) - set(had.documents)
    opens = wanted.round > had.round
    sizes = [inquiry.documents[one].size for one in stand if one not in issued.documents]
    return Outline(
        member=member,
        sent=sent[-1].seq if sent else 0,
        cases=len(wanted.cases.keys() - had.cases.keys()),
        documents=len(new - corrected),
        replaced=len(corrected),
        withdrawn=len(ends - corrected),
        reinstated=sum(1 for one in stand if one in had.documents and had.documents[one].state),
        worded=_worded(had, wanted, stand),
        named=(had.name, had.chair) != (wanted.name, wanted.chair),
        round=wanted.round if opens else 0,
        cells=inquiry.asked(member) if opens else 0,
        size=sum(sizes),
        large=sum(size > limits.MAX_BYTES for size in sizes),
        sheet=had.key != wanted.key
        if had.key and not opens
        else _new_sheet(book, sent[-1].at if sent else member.issued),
        gaps=sum(
            had.gaps.get(one) != wanted.gaps.get(one) for one in had.gaps.keys() | wanted.gaps
        ),
    )


def held_now(inquiry: Inquiry, member: Member, issued: IssuedPack) -> Held:
    """Return what ``member`` has by all that was written for the casebook ``issued``."""
    kept = inquiry.book.updates.held(issued.pack)
    return decoded(kept) if kept else issued_before(inquiry, member, issued.documents)


def issued_pack(book: Casebook, member: Member) -> IssuedPack:
    """Return the casebook that ``member`` has; raises ``StateError`` where none takes updates."""
    if member.role == "chair":
        raise StateError(f"{member.name} is the chair and works in this casebook.")
    pack = book.members.pack(member.id)
    issued = book.updates.issued(pack) if pack else None
    if not pack:
        raise StateError(f"No casebook was issued to {member.name} yet. Issue one first.")
    if issued is None:
        raise StateError(
            f"The casebook of {member.name} was issued before there were updates. Issue another"
            " one; it holds what is new."
        )
    return issued


def _changed_states(had: Held, wanted: Held) -> list[DocumentId]:
    """Return the documents that are had and no longer stand, or for another reason than before."""
    return [
        one
        for one, found in wanted.documents.items()
        if found.state and one in had.documents and had.documents[one].state != found.state
    ]


def _new_sheet(book: Casebook, told: str) -> bool:
    """Return whether the open round's sheet was replaced after ``told``."""
    about = book.about
    lost = len(book.custody.keys(about.round)) > 1
    return lost and about.custodian is not None and told <= about.custodian.since


def _worded(had: Held, wanted: Held, stand: list[DocumentId]) -> int:
    cases = sum(
        1 for one, words in wanted.cases.items() if had.cases.get(one, "") not in {"", words}
    )
    return cases + sum(
        1
        for one in stand
        if one in had.documents
        and had.documents[one].wording not in {"", wanted.documents[one].wording}
    )
