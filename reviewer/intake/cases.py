"""What the casebook says of a case, put right: by hand, or from a register that was corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reviewer.casebook.book import Casebook, Change
from reviewer.documents import limits
from reviewer.errors import InputError, StateError
from reviewer.intake.register import KNOWN, LONGEST, Register, Row
from reviewer.intake.report import Difference
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.records.text import clean, clean_line, look_alike

TITLE, NOTES = "title", "content_note"  # columns of a register, and names of a difference
_JOINED = "; "


def correct_case(
    book: Casebook,
    case: Case,
    *,
    reference: str | None = None,
    title: str | None = None,
    attributes: Mapping[str, str] | None = None,
    content_notes: Sequence[str] | None = None,
) -> Change:
    """Give a case another reference, title, content notes or attributes; None leaves as it is.

    Of ``attributes`` those named are set, or taken away where the text is empty. Panellists read
    it with the next update. Raises ``InputError`` for a reference or title that is empty, too long
    or another case's, and for a name that is a column of the register's own.
    """
    chair_only(book)
    wanted = case
    if reference is not None:
        wanted = replace(wanted, reference=_reference(book, case, reference))
    if title is not None:
        wanted = replace(wanted, title=_line(title, "A title"))
    if content_notes is not None:
        notes = tuple(note for note in map(clean_line, content_notes) if note)
        wanted = replace(wanted, content_notes=notes)
    if attributes is not None:
        wanted = replace(wanted, attributes=_merged(case.attributes, attributes))
    return book.cases.describe(wanted)


def differences(cases: Mapping[str, Case], register: Register) -> list[Difference]:
    """Return where ``register`` says other than the ``cases`` that are there (by reference).

    Only its own columns are compared; a title that it leaves blank says nothing.
    """
    found: list[Difference] = []
    for row in register.rows:
        case = cases.get(row.reference)
        if case is not None:
            found += _differences(case, row, register)
    return found


def take_differences(book: Casebook, wanted: Iterable[Difference]) -> Change | None:
    """Let the cases read as the register does, in one transaction; None where none differs now.

    What was changed here since the register was compared stays as it is.
    """
    chair_only(book)
    known = {case.id: case for case in book.cases.all()}
    taken: dict[str, Case] = {}
    for one in wanted:
        case = taken.get(one.case) or known.get(one.case)
        if case is not None and _said(case, one.what) == one.here:
            taken[case.id] = _with(case, one)
    return book.cases.describe_all(list(taken.values())) if taken else None


def chair_only(book: Casebook) -> None:
    """Raise ``StateError`` in a casebook that is not the chair's."""
    if book.about.kind != "chair":
        raise StateError(
            say("Only the chair changes cases and documents, in the chair's casebook.")
        )


def _differences(case: Case, row: Row, register: Register) -> list[Difference]:
    said = {name: row.attributes.get(name, "") for name in register.attributes}
    if TITLE in register.known and row.title != row.reference:
        said[TITLE] = row.title
    if NOTES in register.known:
        said[NOTES] = _JOINED.join(row.content_notes)
    return [
        Difference(case=case.id, reference=case.reference, what=what, here=here, register=there)
        for what, there in said.items()
        if (here := _said(case, what)) != there
    ]


def _said(case: Case, what: str) -> str:
    if what == TITLE:
        return case.title
    return _JOINED.join(case.content_notes) if what == NOTES else case.attributes.get(what, "")


def _with(case: Case, one: Difference) -> Case:
    if one.what == TITLE:
        return replace(case, title=one.register)
    if one.what == NOTES:
        notes = tuple(note for note in one.register.split(_JOINED) if note)
        return replace(case, content_notes=notes)
    return replace(case, attributes=_merged(case.attributes, {one.what: one.register}))


def _merged(here: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Return ``here`` with what is ``wanted`` of it; the order of the register stays."""
    merged = dict(here)
    for untidy, value in wanted.items():
        name, text = clean_line(untidy), clean(value).strip()
        if not name or name.casefold() in KNOWN or len(name) > LONGEST:
            raise InputError(
                say("An attribute cannot be called {name}.", name=name[:60] or "nothing")
            )
        if len(text) > limits.MAX_CELL:
            raise InputError(
                say(
                    "{name} is longer than {max_cell:,} characters.",
                    name=name,
                    max_cell=limits.MAX_CELL,
                )
            )
        merged[name] = text
    return {name: text for name, text in merged.items() if text or name not in wanted}


def _reference(book: Casebook, case: Case, untidy: str) -> str:
    reference = _line(untidy, "A reference")
    there = book.cases.by_reference(reference)
    if there is not None and there.id != case.id:
        raise InputError(
            say(
                "There is a case {reference} already: {title}.",
                reference=reference,
                title=there.title,
            )
        )
    wanted = look_alike(reference)
    for other in book.cases.all():
        if other.id != case.id and look_alike(other.reference) == wanted:
            raise InputError(
                say(
                    "{reference} reads like the case {other} that is here already:"
                    " nobody could tell them apart.",
                    reference=reference,
                    other=other.reference,
                )
            )
    return reference


def _line(untidy: str, what: str) -> str:
    line = clean_line(untidy)
    if not line or len(line) > LONGEST:
        raise InputError(
            say("{what} needs 1 to {longest} characters.", what=what, longest=LONGEST)
        )
    return line
