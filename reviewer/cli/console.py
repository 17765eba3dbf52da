"""How a command tells its result: lines for people, or one JSON object with ``--json``.

Exit 0 done; 2 refused or bad input, with one sentence on standard error; 1 only for our own bugs.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from reviewer.errors import PassphraseError, ReviewerError
from reviewer.files.read import NotAFileError, read_secret

PASSPHRASE_VARIABLE = "REVIEWER_PASSPHRASE_FILE"  # noqa: S105 - a name, not a passphrase
_MAX_PASSPHRASE_FILE = 8192  # bytes; a larger one is the wrong file


class Bar:
    """Progress on standard error, where a person watches; Ctrl-C cancels."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Show how far the work is, on one line."""
        if self._watched:
            end = "\n" if done >= total else ""
            click.echo(f"\r{done} of {total}  {what[:50]:50}{end}", nl=False, err=True)


def tell(result: dict[str, Any], lines: Sequence[str], *, as_json: bool) -> None:
    """Print ``result`` as JSON, or ``lines``."""
    if as_json:
        warnings = _warnings()
        result = {**result, "warnings": warnings} if warnings else result
        click.echo(json.dumps(result, ensure_ascii=False, indent=2, sort_keys=False))
    else:
        for line in lines:
            click.echo(line)


def tell_warning(kind: str, sentence: str, facts: dict[str, Any]) -> None:
    """Warn on standard error, and in the result where that is JSON; the command goes on."""
    click.echo(f"Warning: {sentence}", err=True)
    _warnings().append({"kind": kind, "sentence": sentence, **facts})


def _warnings() -> list[dict[str, Any]]:
    context = click.get_current_context(silent=True)
    if context is None:
        return []
    found: list[dict[str, Any]] = context.meta.setdefault("reviewer.warnings", [])
    return found


def tell_refusal(error: ReviewerError, *, as_json: bool) -> None:
    """Print what was refused: the sentence on standard error, its details on standard output."""
    if as_json:
        kind = type(error).__name__.removesuffix("Error")
        refusal = {"kind": kind, "sentence": str(error), "details": list(error.details)}
        click.echo(json.dumps({"error": refusal}, ensure_ascii=False, indent=2))
    else:
        for detail in error.details:
            click.echo(f"- {detail}")
    click.echo(str(error), err=True)


def end_refused(sentence: str) -> NoReturn:
    """End with exit 2 after a result that was told already: part of the work was refused."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(2)


def read_passphrase(path: Path) -> str:
    """Return the first line of a passphrase file, without its line end.

    It may be a pipe of the shell (``<(...)``), see ``read_secret``. Raises
    ``PassphraseError`` where it cannot be read or is empty.
    """
    return _secret_lines(path, f"The passphrase file {path.name}", "the passphrase")[0]


def read_document_passwords(path: Path) -> tuple[str, ...]:
    """Return the lines of a file of passwords, which is refused as a passphrase file is."""
    called = f"The file of document passwords {path.name}"
    lines = _secret_lines(path, called, "a password of a document")
    return tuple(dict.fromkeys(line for line in lines if line))


def _secret_lines(path: Path, called: str, first: str) -> list[str]:
    try:
        raw = read_secret(path, _MAX_PASSPHRASE_FILE)
        text = raw.decode("utf-8-sig")
    except NotAFileError as error:
        raise PassphraseError(
            f"{called} is a folder, a pipe or a device, so it was not read."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseError(f"{called} could not be read as text.") from error
    lines = text.splitlines() or [""]
    if not lines[0] or len(raw) > _MAX_PASSPHRASE_FILE:
        raise PassphraseError(f"The first line of {path.name} must be {first}.")
    return lines


def named_passphrase_file(path: Path | None) -> Path | None:
    """Return the file that holds the passphrase: ``path``, else the variable's, else None."""
    named = os.environ.get(PASSPHRASE_VARIABLE)
    return path or (Path(named) if named else None)


def ask_passphrase(path: Path | None) -> str:
    """Return the passphrase from ``path``, else the variable's file, else a prompt.

    Raises ``PassphraseError`` where there is nobody to ask.
    """
    found = named_passphrase_file(path)
    if found is not None:
        return read_passphrase(found)
    if not sys.stdin.isatty():
        raise PassphraseError(
            "A passphrase is needed: give --passphrase-file FILE, or name the file in"
            f" {PASSPHRASE_VARIABLE}."
        )
    answer: str = click.prompt("Passphrase", hide_input=True, err=True)
    return answer
