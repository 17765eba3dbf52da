"""A large file on its way into a casebook: a few MiB a step, so that others get in between.

It joins no case before all of it is here and hashed anew as it lies here. What was cut off goes on
where it ended when the same file is brought in again next; the end of any other import lets go of
it, so that nothing stays that belongs to no document. What was spoilt as it lies here is put right
by the right file.
"""

import hashlib
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, by_steps
from reviewer.errors import DocumentError
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.ids import DocumentId
from reviewer.records.large import PIECE, FileBytes, LargeFile, known_sha256, pieces_of, sha256_of

_AT_ONCE = 8  # pieces kept in one transaction


def keep_large(steps: Steps, file: FileBytes, progress: Progress, name: str) -> None:
    """Keep the bytes of ``file`` where it is large; nothing happens where it is not.

    Raises ``DocumentError`` where it changes while it is read, and ``Cancelled``.
    """
    if not isinstance(file, LargeFile):
        return
    sha256 = known_sha256(file)
    forget_cut_off(steps, but=sha256)
    missing = steps(partial(_missing, sha256, len(file)))
    for start in range(0, len(missing), _AT_ONCE):
        progress.step(missing[start], file.count, name)
        some = {number: file.piece(number) for number in missing[start : start + _AT_ONCE]}
        steps(partial(_keep, sha256, some))
    while steps(partial(_tidy, sha256, len(file))):
        pass
    here = by_steps(steps, steps(partial(_here, sha256, len(file))))
    if sha256_of(here) != sha256 and not _put_right(steps, file, sha256):
        _forget(steps, sha256)
        raise DocumentError(say("The file changed while it was read. Import it again."))
    progress.step(file.count, file.count, name)


def mend_large(
    steps: Steps, document: DocumentId, file: FileBytes, progress: Progress, name: str
) -> None:
    """Put right what is here of ``file``, which a document has already.

    Nothing happens where its bytes are not kept in pieces. Raises as ``keep_large``.
    """
    if not steps(partial(_needed, document)):
        return
    if not isinstance(file, LargeFile):
        held = file
        file = LargeFile(len(held), lambda number: held[number * PIECE : (number + 1) * PIECE])
    keep_large(steps, file, progress, name)


def forget_cut_off(steps: Steps, but: str = "") -> None:
    """Let go of what was cut off while it came, a few MiB a step; a file may be spared."""
    for cut_off in steps(_unused):
        if cut_off != but:
            _forget(steps, cut_off)


def _put_right(steps: Steps, file: LargeFile, sha256: str) -> bool:
    """Write anew the pieces here that are not those of ``file``; return whether all are then.

    Nothing is written where ``file`` is not what it was: others may need what is here.
    """
    hashes, whole = [], hashlib.sha256()
    for piece in file.pieces():
        hashes.append(hashlib.sha256(piece).digest())
        whole.update(piece)
    if whole.hexdigest() != sha256:
        return False
    here = by_steps(steps, steps(partial(_here, sha256, len(file))))
    for number, is_here in enumerate(pieces_of(here)):
        if hashlib.sha256(is_here).digest() != hashes[number]:
            piece = file.piece(number)
            if hashlib.sha256(piece).digest() != hashes[number]:
                return False
            steps(partial(_keep, sha256, {number: piece}))
    return True


def _needed(document: DocumentId, book: Casebook) -> bool:
    return book.pieces.needed(document)


def _tidy(sha256: str, size: int, book: Casebook) -> bool:
    return book.pieces.tidy(sha256, size, _AT_ONCE)


def _missing(sha256: str, size: int, book: Casebook) -> list[int]:
    return book.pieces.missing(sha256, size)


def _keep(sha256: str, pieces: dict[int, bytes], book: Casebook) -> None:
    book.pieces.keep(sha256, pieces)


def _here(sha256: str, size: int, book: Casebook) -> LargeFile:
    return book.pieces.file(sha256, size)


def _unused(book: Casebook) -> list[str]:
    return book.pieces.unused()


def _forget(steps: Steps, sha256: str) -> None:
    while steps(lambda book: book.pieces.forget(sha256, _AT_ONCE)):
        pass
