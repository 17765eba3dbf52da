"""A framework's file of either kind, TOML or a REFI-QDA codebook: read, and written read back."""

from pathlib import Path

from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, FrameworkError, InputError
from reviewer.files.read import open_file
from reviewer.messages import say
from reviewer.method.codebook import codebook_bytes, framework_of
from reviewer.method.files import FrameworkFile, read_file
from reviewer.method.toml_text import toml_bytes
from reviewer.records.codebook import MOST_BYTES

TOML, CODEBOOK = ".toml", ".qdc"
KINDS = (TOML, CODEBOOK)


def is_framework(path: Path) -> bool:
    """Whether a path is called as a framework's file is."""
    return path.suffix.casefold() in KINDS


def read_framework(path: Path) -> tuple[FrameworkFile, tuple[str, ...]]:
    """Return the framework in a file, and sentences about what of it was not taken.

    A codebook is parsed in a worker process of its own. Raises ``FrameworkError``.
    """
    if path.suffix.casefold() != CODEBOOK:
        return read_file(path), ()
    try:
        with open_file(path) as stream:
            untrusted = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise FrameworkError(
            say(
                "The framework {name} could not be read: {reason}.",
                name=path.name,
                reason=error.strerror,
            )
        ) from error
    return _of_codebook(untrusted, path.name)


def framework_bytes(file: FrameworkFile, name: str) -> bytes:
    """Return a framework as the bytes of a file called ``name``, which says the kind.

    They were read back as the very same. Raises ``FrameworkError``, ``InputError`` for another
    kind of name.
    """
    kind = Path(name).suffix.casefold()
    if kind == TOML:
        return toml_bytes(file, name)
    if kind != CODEBOOK:
        raise InputError(
            say(
                "{name} was not written: a framework is written as {kinds}.",
                name=name,
                kinds=", ".join(KINDS),
            )
        )
    raw = codebook_bytes(file, name)
    if _of_codebook(raw, name) != (file, ()):
        raise FrameworkError(
            say("{name} would not read as the framework that it was made from.", name=name)
        )
    return raw


def _of_codebook(untrusted: bytes, name: str) -> tuple[FrameworkFile, tuple[str, ...]]:
    try:
        with Worker() as worker:
            found = worker.codebook(untrusted)
    except DocumentError as error:
        raise FrameworkError(f"{name}: {error}") from error
    return framework_of(found, name)
