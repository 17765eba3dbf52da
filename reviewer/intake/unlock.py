"""A document that was kept locked, read once its password is known.

The file as it came stays, as the version that is replaced; what takes its place is the same file
without its password, with what came with it.
"""

import hashlib
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, at_once, original_by
from reviewer.documents.media import KEPT, MEDIA
from reviewer.documents.notes import UNLOCKED, UNLOCKED_FILE
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake.correct import STAYS, reason_for
from reviewer.intake.family import read_family
from reviewer.intake.originals import WITHOUT_PASSWORD
from reviewer.intake.register import Row
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.cases import Document


def unlock_document(book: Casebook, worker: Worker, old: Document, progress: Progress) -> Document:
    """Read ``old``, which is kept and not shown, with the passwords that ``worker`` has.

    Returns what now stands in its place. Raises ``InputError`` where it is shown already or no
    longer stands, ``LockedError`` where no password opens it, ``DocumentError`` where what is
    inside cannot be read.
    """
    return bring_unlocked(at_once(book), worker, old, progress)


def bring_unlocked(steps: Steps, worker: Worker, old: Document, progress: Progress) -> Document:
    """Do as ``unlock_document``, beside the thread that owns the casebook."""
    why = say("Its password was given.")
    steps(lambda book: reason_for(book, old, why))
    if old.media != KEPT:
        raise InputError(say("{title} is shown already.", title=old.title))
    untrusted = original_by(steps, old.id)
    row = Row(number=0, reference="", title="", kind=old.kind, agency=old.agency)
    family = read_family(
        worker,
        old.case,
        row,
        label=old.file_name,
        untrusted=untrusted,
        known=lambda sha: steps(lambda book: book.documents.by_sha(old.case, sha)),
        progress=progress,
    )
    (read, _, reading), *came = family.items
    if not reading.opened:
        raise InputError(
            say("{title} opens without a password. Import it once more.", title=old.title)
        )
    opened = reading.opened
    rendition = b"" if read.media == MEDIA["pdf"] else reading.rendition
    said = {UNLOCKED, UNLOCKED_FILE}
    notes = (str(WITHOUT_PASSWORD), *(note for note in reading.notes if note not in said))

    def put(book: Casebook) -> Document:
        now = book.documents.get(old.id) or old
        reason_for(book, now, why)
        origin = replace(
            read.origin, parent=now.origin.parent, place=now.origin.place, path=now.origin.path
        )
        stays = {name: getattr(now, name) for name in (*STAYS, "file_name")}
        sha256 = hashlib.sha256(opened).hexdigest()
        made = replace(read, **stays, origin=origin, sha256=sha256, size=len(opened))
        new = [(replace(one, case=now.case), data, said) for one, data, said in came]
        new = [item for item in new if book.documents.by_sha(now.case, item[0].sha256) is None]
        shown = replace(reading, rendition=rendition, notes=notes, opened=b"")
        book.documents.replace(now.id, made, opened, shown, why, came_with=new)
        return made

    return steps(put)
