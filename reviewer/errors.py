"""Every refusal a person can meet, one class for each thing they can do about it.

ReviewerError
├── InputError              what was given cannot be used: put it right and try again
│   ├── RegisterError         a register (CSV or XLSX)
│   ├── SheetError            a rating sheet
│   ├── FrameworkError        a factor framework
│   ├── DocumentError         a document that could not be read
│   ├── TakenError            a name that is taken: ask for it to be replaced, or go elsewhere
│   ├── RecoveryError         a recovery sheet that was mistyped, or is of another file or key
│   └── PassphraseError       a passphrase that is missing or too weak to accept
├── CasebookError           the casebook file itself
│   ├── NotACasebookError     not ours, empty, cut short or plain SQLite
│   ├── UnlockError           the passphrase does not open it, or its first page is damaged
│   ├── DamagedError          a check found damage: nothing is written, restore a backup
│   ├── NewerFormatError      made by a newer Reviewer
│   ├── BusyError             open elsewhere
│   ├── PlaceError            it lies on a stick or a share: work in a copy on this computer
│   └── StorageError          the disk: full, gone, read-only
│       └── ClosedError         ... and the casebook had to be closed: open it again
├── ReturnError             a return or update file that was refused; ``layer`` names which check
├── StateError              right in itself, but not now (sealed, released, returns still out)
├── EngineError             the program's own parts are not what they must be
└── Cancelled               the person stopped it: never shown

Each class carries its sentence: what happened and what to do.
"""

from collections.abc import Sequence


class ReviewerError(Exception):
    """Something a person can be told about, in ``str(error)``: one or two plain sentences.

    ``details`` lists further lines (one a fault) where several things were found at once.
    """

    def __init__(self, sentence: str, *, details: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.details: tuple[str, ...] = tuple(details)


class InputError(ReviewerError):
    """What was given cannot be used as it is."""


class RegisterError(InputError):
    """A register of cases cannot be used as it is."""


class SheetError(InputError):
    """A rating sheet cannot be used as it is."""


class FrameworkError(InputError):
    """A factor framework cannot be used as it is."""


class TakenError(InputError):
    """A file of that name is there already and is replaced only when asked for."""


class DocumentError(InputError):
    """A document could not be read; the sentence says why and what to bring instead."""


class LockedError(DocumentError):
    """A document opens only with a password of its own, and none was given that fits."""


class SlowError(DocumentError):
    """A document took too long to open: it may open where less is done beside it."""


class PassphraseError(InputError):
    """No passphrase was given, or one that cannot be accepted."""


class RecoveryError(InputError):
    """A recovery sheet was mistyped, or does not open this casebook (any more)."""


class CasebookError(ReviewerError):
    """The casebook file cannot be used."""


class NotACasebookError(CasebookError):
    """The file is not a casebook."""


class UnlockError(CasebookError):
    """The passphrase does not open the file, or its first page is damaged: they look alike."""


class DamagedError(CasebookError):
    """The file is damaged. It is never written to again; a backup is the way out.

    ``seq`` and ``at`` name its newest change where that could still be read, else 0 and "".
    """

    seq = 0
    at = ""


class NewerFormatError(CasebookError):
    """The file was made by a newer Reviewer."""


class BusyError(CasebookError):
    """The file is open elsewhere."""


class PlaceError(CasebookError):
    """The file lies where nobody should work in it: a stick, a share."""


class StorageError(CasebookError):
    """The disk is full, gone, or may not be written to."""


class ClosedError(StorageError):
    """The disk failed so that the open casebook had to be closed; nothing in it is lost."""


class ReturnError(ReviewerError):
    """A return or update was refused; ``layer`` names the check that refused it."""

    def __init__(self, sentence: str, *, layer: str, details: Sequence[str] = ()) -> None:
        super().__init__(sentence, details=details)
        self.layer = layer


class StateError(ReviewerError):
    """The step is not possible now: the round is sealed or released, or something is still out."""


class UnsealedError(StateError):
    """An update would close a round that is not sealed here; it wants a deliberate yes."""


class EngineError(ReviewerError):
    """A part of the program itself is not what it must be; nothing is opened with it."""


class Cancelled(Exception):  # noqa: N818 - it is not an error: a person stopped the work
    """The person stopped the work. Nothing is shown."""
