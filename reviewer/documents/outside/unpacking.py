"""Taking files out of files: what came with a mail, what an archive holds."""

from abc import abstractmethod
from collections.abc import Callable, Iterator

from reviewer.documents import limits, refusals
from reviewer.documents.outside import within
from reviewer.documents.outside.asking import Asking
from reviewer.errors import DocumentError
from reviewer.records.families import Embedded, Inside
from reviewer.records.large import FileBytes, LargeFile, whole

_ENDS = 3  # times that taking a file out of one may end the process before the rest is refused


class Unpacking(Asking):
    """The part of a ``Worker`` that takes files out of files."""

    _folders = 0
    _passwords: list[str]  # tried on what is locked

    @abstractmethod
    def forget(self, key: str) -> None:
        """Close what is open under ``key``."""

    def folder(self, untrusted: bytes, name: str) -> "Folder":
        """Return an archive or a mailbox, opened; one without files for any other file.

        Raises ``DocumentError`` for an archive that cannot be opened.
        """
        refuse_sizes(untrusted)
        self._folders += 1
        folder = Folder(self, f"\0folder {self._folders}", untrusted, name)
        folder.open()
        return folder

    def open_folder(self, key: str, untrusted: bytes, name: str) -> tuple[int, int]:
        """Open a folder under ``key``; return how many files it has, and passes over."""
        head = {"do": "contents", "key": key, "name": name[-200:], "passwords": self._passwords}
        answer, _ = self._ask(head, untrusted, limits.DOCUMENT_SECONDS, 0)
        with self._believed():
            count, aside = within.count(answer, "files"), within.count(answer, "aside")
        self._sent.add(key)
        return count, aside

    def holds(self, key: str) -> bool:
        """Whether the process still has open what was opened under ``key``."""
        return key in self._sent

    def _inside(self, key: str, again: Callable[[], object]) -> Inside:
        """Return what came with the file that was prepared last.

        ``again`` prepares it once more, where taking out one of its files ended the process: the
        others come all the same, unless that happens too often.
        """
        facts, count = self._written(key)
        files: list[Embedded] = []
        left, ends = limits.BYTES_WITHIN, 0
        for at in range(count):
            if not self.holds(key):
                ends += 1
                try:
                    if ends > _ENDS:
                        raise refusals.refusal("within-broken")
                    again()
                    self._sent.add(key)
                    if self._written(key) != (facts, count):
                        raise refusals.refusal("lies")
                except DocumentError as error:
                    files += [_refused(n, error) for n in range(at, count)]
                    break
            files.append(self.take(key, at, left))
            left -= len(files[-1].data)
        return Inside(facts=facts, files=tuple(files))

    def _written(self, key: str) -> tuple[dict[str, str], int]:
        """Return what is written on a file that is open, and how many are within it."""
        answer, _ = self._ask({"do": "within", "key": key}, b"", limits.PAGE_SECONDS, 0)
        with self._believed():
            return within.written(answer), within.count(answer, "files")

    def take(self, key: str, at: int, most: int) -> Embedded:
        """Return one file; the next is asked for all the same where this one ends the process."""
        try:
            with self._believed():
                return within.one(self._ask, key, at, most)
        except DocumentError as error:
            return _refused(at, error)


class Folder:
    """The files of an archive or a mailbox, each taken out when it is asked for.

    Others may be read in between; it is opened again where they ended the process.
    """

    def __init__(self, worker: Unpacking, key: str, untrusted: bytes, name: str) -> None:
        self._worker, self._key, self._untrusted, self._name = worker, key, untrusted, name
        self.count = 0
        self.aside = 0  # files that programs left there, which were passed over

    def open(self) -> None:
        """Find out what is in it."""
        self.count, self.aside = self._worker.open_folder(self._key, self._untrusted, self._name)

    def __iter__(self) -> Iterator[Embedded]:
        """Yield every file in its order, and close the folder."""
        try:
            for at in range(self.count):
                yield self.take(at)
        finally:
            self.close()

    def take(self, at: int) -> Embedded:
        """Return the file at a place (from 0)."""
        count = self.count
        if not self._worker.holds(self._key):
            self.open()
        if self.count != count:
            raise refusals.refusal("lies")
        return self._worker.take(self._key, at, limits.MAX_BYTES)

    def close(self) -> None:
        """Let the worker forget it."""
        self._worker.forget(self._key)


def _refused(at: int, error: DocumentError) -> Embedded:
    return Embedded(name=f"File {at + 1}", refused=str(error))


def as_sent(untrusted: FileBytes) -> FileBytes:
    """Return a file as it is sent to be read: whole, or (a larger one) in pieces.

    Raises ``DocumentError`` for one without a byte, and for one that is larger than any may be.
    """
    if isinstance(untrusted, LargeFile) and len(untrusted) > limits.MAX_BYTES:
        if len(untrusted) > limits.MAX_LARGE:
            raise refusals.refusal("larger")
        return untrusted
    untrusted = whole(untrusted)
    refuse_sizes(untrusted)
    return untrusted


def refuse_sizes(untrusted: bytes) -> None:
    """Refuse a file without a byte, and one that is larger than any may be."""
    if not untrusted:
        raise refusals.refusal("empty")
    if len(untrusted) > limits.MAX_BYTES:
        raise refusals.refusal("large")
