"""Who is on the panel, put right: a name that was mistyped, somebody who never returned."""

from reviewer.casebook.book import Casebook, Change
from reviewer.errors import InputError, StateError
from reviewer.records.panel import LONGEST_NAME, Member
from reviewer.records.text import clean_line


def person_name(text: str) -> str:
    """Return a person's name as it is kept.

    Raises ``InputError`` for one that is empty, or longer than an update carries.
    """
    name = clean_line(text)
    if not name or len(name) > LONGEST_NAME:
        raise InputError(f"Give a name of 1 to {LONGEST_NAME} characters.")
    return name


def find_member(book: Casebook, name: str) -> Member:
    """Return who is called ``name``; raises ``InputError`` where nobody is."""
    member = book.members.by_name(clean_line(name))
    if member is None:
        raise InputError(f"There is nobody called {name} on this panel.")
    return member


def rename(book: Casebook, name: str, new: str) -> Change:
    """Let the member called ``name`` be called ``new``; the next update tells the member.

    Raises ``InputError`` for a name that is empty, too long, as it was, or somebody else's.
    """
    _chair(book)
    member = find_member(book, name)
    wanted = person_name(new)
    there = book.members.by_name(wanted)
    if there is not None and there.id != member.id:
        raise InputError(f"There is already a member called {there.name}.")
    if wanted == member.name:
        raise InputError(f"{member.name} is called that already.")
    return book.members.rename(member.id, wanted)


def remove(book: Casebook, name: str, *, reason: str = "") -> Change:
    """Take the member called ``name`` off the panel: nothing of them is waited for any more.

    What comes back from their casebook is refused from then on. Raises ``StateError`` where it is
    too late (see ``why_stays``).
    """
    _chair(book)
    member = find_member(book, name)
    stays = why_stays(book, member)
    if stays:
        raise StateError(stays)
    return book.members.remove(member.id, reason=clean_line(reason))


def why_stays(book: Casebook, member: Member) -> str:
    """Return why ``member`` cannot be taken off the panel, with the way out, or ""."""
    if member.role == "chair":
        return f"{member.name} is the chair of this casebook and stays on the panel."
    trace = book.members.trace(member.id)
    if trace == "returned":
        return (
            f"A return of {member.name} has arrived, so {member.name} stays on the panel. The"
            " release can leave them out, with a reason that the report prints."
        )
    if trace:
        return (
            f"A round was released without {member.name}, and its report says so; the name stays"
            " with it. Later rounds can be released without them again."
        )
    return ""


def _chair(book: Casebook) -> None:
    if book.about.kind != "chair":
        raise StateError("Only the chair changes who is on the panel, in the chair's casebook.")
