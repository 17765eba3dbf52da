"""What must hold of a folder after any fault: the same questions, whatever the fault was."""

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass, field

from reviewer.casebook.book import Casebook
from reviewer.casebook.file.copying import identify
from reviewer.errors import UnlockError
from tests.books import PASSPHRASE
from tests.faults.flows import BOOK, NEW_PASSPHRASE, passphrase_of
from tests.formats.samples import SAMPLE_PASSPHRASE

_LEFT = re.compile(r"^\..*\.part|^(?!.*\.(interrupted|before-restore)-).*-journal$")


@dataclass
class Promise:
    """What had been acknowledged when the fault struck."""

    heads: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    rekeyed: bool = False

    @classmethod
    def of(cls, printed):
        """Read the acknowledgements in what a flow printed."""
        promise = cls()
        for line in printed.decode().splitlines():
            match line.split():
                case ["ack", "head", head]:
                    promise.heads.append(head)
                case ["ack", "file", name, sha256]:
                    promise.files[name] = sha256
                case ["ack", "passphrase", "new"]:
                    promise.rekeyed = True
        return promise


def faults_in(folder, promise, *, flow, known=None):
    """Return what is wrong in ``folder``, as sentences; nothing is the right answer.

    ``known`` are the journal heads that the undisturbed flow passed through, where they are known.
    """
    wrong = []
    path = folder / BOOK
    if not path.exists():
        if promise.heads or flow != "create":
            wrong.append("the casebook is gone")
    else:
        wrong += _book_faults(path, promise, known, flow)
    wrong += [f"{name} has its final name and is not whole" for name in _broken(folder)]
    for name, sha256 in promise.files.items():
        found = folder / name
        if not found.exists() or hashlib.sha256(found.read_bytes()).hexdigest() != sha256:
            wrong.append(f"{name} was acknowledged and is not whole")
    return wrong


def left_over(folder):
    """Return the part files and journals that still lie anywhere in ``folder``, by name.

    An empty journal is the engine's, kept while the casebook is open.
    """
    return [
        found.name
        for found in folder.rglob("*")
        if _LEFT.search(found.name) and (found.suffix != "-journal" or found.stat().st_size)
    ]


def _broken(folder):
    """Return the files with a final name whose own kind of check they do not pass."""
    return [
        found.name
        for found in folder.rglob("*")
        if found.suffix in _WHOLE
        and not found.name.startswith(".")
        and not _passes(_WHOLE[found.suffix], found)
    ]


def _passes(check, path):
    try:
        return check(path)
    except Exception:  # noqa: BLE001 - whatever it is, the file is not whole
        return False


def _opens(path):
    if path.name == BOOK:  # judged by itself, with its promises
        return True
    for passphrase in (PASSPHRASE, NEW_PASSPHRASE, SAMPLE_PASSPHRASE):
        try:
            return bool(identify(path, passphrase))  # every check; only read, whatever its format
        except UnlockError:
            continue
    return False


_WHOLE = {
    ".casebook": _opens,
    ".update": lambda path: path.read_bytes().startswith(b"age-encryption.org/v1\n"),
    ".return": lambda path: path.read_bytes().startswith(b"age-encryption.org/v1\n"),
    ".pdf": lambda path: path.read_bytes().rstrip().endswith(b"%%EOF"),
    ".xlsx": lambda path: zipfile.ZipFile(path).testzip() is None,
    ".json": lambda path: bool(json.loads(path.read_bytes())),
    ".csv": lambda path: path.read_bytes().endswith(b"\n"),
}


def _book_faults(path, promise, known, flow):
    try:
        heads = _heads(path, promise, flow)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of ours
        return [f"{type(error).__name__}: {error}"]
    wrong = [f"acknowledged entry {h[:8]} is missing" for h in promise.heads if h not in heads]
    if known is not None and heads[-1] not in known:
        wrong.append("the casebook is in a state that it never passed through")
    names = [found.name for found in path.parent.iterdir()]
    left = [n for n in names if n.startswith(f".{path.name}") or _LEFT.search(n)]
    if left:
        wrong.append(f"left behind: {left}")
    return wrong


def _heads(path, promise, flow):
    """Return the journal's heads, oldest first, by the passphrase that must open it."""
    if not promise.rekeyed:
        try:
            return _open(path, passphrase_of(flow))
        except UnlockError:
            if flow != "rekey":
                raise
    return _open(path, NEW_PASSPHRASE)


def _open(path, passphrase):
    with Casebook.open(path, passphrase) as book:
        return [entry.hash for entry in reversed(book.journal.tail(1_000_000))]
