"""Commands that end in something to read: summary and demo."""

from pathlib import Path

import click

from reviewer.cli.console import Bar, tell, tell_warning
from reviewer.cli.options import FILE, casebook_command, open_book
from reviewer.demo.build import build
from reviewer.errors import InputError, TakenError
from reviewer.reports.write import NOT_ENCRYPTED, write_report
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather


@click.command("summary")
@casebook_command
@click.option("--to", "folder", required=True, type=FILE, help="The folder to write to.")
@click.option("--replace", is_flag=True, help="Replace an older report of this round and day.")
def summary(
    *, file: Path, passphrase_file: Path | None, folder: Path, replace: bool, as_json: bool
) -> None:
    """Write the consolidated summary of FILE: PDF, XLSX, CSV and JSON, all or none."""
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder.name}. Make it first.")
    with open_book(file, passphrase_file) as book:
        found = consolidate(gather(book))
        try:
            written = write_report(book, found, folder, replace=replace, progress=Bar())
        except TakenError as error:
            raise TakenError(f"{error} To replace it: --replace", details=error.details) from error
    for sentence in written.unmade.values():
        tell_warning("paper", f"{sentence} The data files are whole.", {})
    tell(
        {"written": {kind: str(path) for kind, path in written.files.items()}},
        [*(f"Wrote {path}" for path in written.files.values()), NOT_ENCRYPTED],
        as_json=as_json,
    )


@click.command("demo")
@click.option(
    "--to",
    "folder",
    type=FILE,
    default=Path("demo"),
    show_default=True,
    help="The folder to make it in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def demo(folder: Path, *, as_json: bool) -> None:
    """Make an invented inquiry: 55 cases, eleven panellists, everything merged and summarised."""
    built = build(folder, progress=Bar())
    tell(
        {
            "folder": str(folder),
            "casebook": str(built.casebook),
            "practice": str(built.practice),
            "passphrase": built.passphrase,
            "cases": built.cases,
            "pages": built.pages,
            "members": built.members,
            "summary": {kind: str(path) for kind, path in built.summary.items()},
        },
        [
            f"Made an invented inquiry in {folder}: {built.cases} cases, {built.pages} pages.",
            f"Chair's casebook: {built.casebook}",
            f"Practice casebook: {built.practice}",
            f"Passphrase of both: {built.passphrase} (known to all: it guards invented cases)",
            *(f"Summary: {path}" for path in built.summary.values()),
        ],
        as_json=as_json,
    )
