"""The command about frameworks: which there are, what one asks, checked, taken out as a file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from reviewer.cli.console import tell
from reviewer.cli.framework_versions import show_comparison
from reviewer.cli.options import FILE, here_option, open_book
from reviewer.errors import InputError, TakenError
from reviewer.files.write import write_whole
from reviewer.intake.frameworks import framework_bytes, is_framework, read_framework
from reviewer.method.files import STANDARDS, FrameworkFile, standard
from reviewer.method.versions import compare
from reviewer.records.text import counted

Held = tuple[FrameworkFile, tuple[str, ...]]
"""A framework, and sentences about what of its file was not taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a person typed, and how a casebook is opened."""

    passphrase_file: Path | None
    extended: bool
    as_json: bool


@click.command("framework")
@here_option
@click.argument("file", type=FILE, required=False)
@click.option("--standard", "name", help="One that comes along, by its name in --list.")
@click.option("--list", "listing", is_flag=True, help="List the frameworks that come along.")
@click.option("--extended", is_flag=True, help="Take its extended factors too.")
@click.option("--check", is_flag=True, help="Only look whether FILE has a fault.")
@click.option(
    "--against", type=click.Path(), help="Compare with the version before: FILE or name."
)
@click.option("--import", "source", type=FILE, help="The framework file to look at: TOML or .qdc.")
@click.option("--export", "target", type=FILE, help="Write it into this new file, .toml or .qdc.")
@click.option("--replace", "overwrite", is_flag=True, help="Replace a file of the same name.")
@click.option("--passphrase-file", type=FILE, help="As elsewhere, where FILE is a casebook.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def framework(
    *,
    file: Path | None,
    name: str | None,
    listing: bool,
    extended: bool,
    check: bool,
    against: str | None,
    source: Path | None,
    target: Path | None,
    overwrite: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Show, check or take out a framework: of FILE, a casebook or a framework file, or --standard.

    A framework file is TOML or a REFI-QDA codebook (.qdc): see docs/frameworks.md.
    """
    wanted = Wanted(passphrase_file=passphrase_file, extended=extended, as_json=as_json)
    if overwrite and not target:
        raise InputError("--replace goes with --export FILE.")
    if source is not None:
        if file or name or not check:
            raise InputError("Give --import FRAMEWORK --check.")
        file = source
    if listing:
        _list(wanted)
        return
    held = _held(file, name, wanted)
    if against is not None:
        _compare(held, against, wanted)
    elif target is not None:
        _export(held, target, wanted, over=overwrite)
    elif check:
        _show(held, wanted, first=f"{(file or Path(name or '')).name} has no fault.")
    else:
        _show(held, wanted)


def _held(file: Path | None, name: str | None, wanted: Wanted) -> Held:
    """Return the framework of a casebook, of a file, or one that comes along."""
    if (file is None) == (name is None):
        raise InputError(
            "Give FILE, a casebook or a framework file, or --standard NAME, or --list."
        )
    if name is not None:
        return standard(name), ()
    path = file or Path()
    if is_framework(path):
        return read_framework(path)
    with open_book(path, wanted.passphrase_file, reading=True) as book:
        return FrameworkFile(framework=book.about.framework), ()


def framework_given(file: Path | None, name: str | None) -> Held:
    """Return the framework of a file, or one that comes along: the first where none is named."""
    if file and name:
        raise InputError("Give --framework FILE or --standard NAME, not both.")
    return read_framework(file) if file else (standard(name or STANDARDS[0]), ())


def _list(wanted: Wanted) -> None:
    found = [(name, standard(name)) for name in STANDARDS]
    tell(
        {
            "frameworks": [
                {
                    "name": name,
                    "id": one.framework.id,
                    "version": one.framework.version,
                    "title": one.framework.title,
                    "source": one.framework.source,
                    "factors": len(one.framework.factors) - len(one.extended),
                    "extended": len(one.extended),
                    "hash": one.chosen(extended=wanted.extended).hash,
                }
                for name, one in found
            ]
        },
        [f"{name}: {one.framework.title} ({_extent(one)})" for name, one in found],
        as_json=wanted.as_json,
    )


def _extent(file: FrameworkFile) -> str:
    core = counted(len(file.framework.factors) - len(file.extended), "factor")
    return f"{core} and {len(file.extended)} extended" if file.extended else core


def data_of(file: FrameworkFile, *, extended: bool) -> dict[str, Any]:
    """Return a framework as ``--json`` prints it; its hash is that of what is asked for."""
    return {
        **file.framework.as_data(),
        "hash": file.chosen(extended=extended).hash,
        "factors": [
            {**asdict(one), "extended": one.code in file.extended}
            for one in file.framework.factors
        ],
        "replaces": file.replaces,
        "mapping": [
            {"fate": one.fate, "from": list(one.old), "to": list(one.new)} for one in file.mapping
        ],
    }


def _show(found: Held, wanted: Wanted, *, first: str = "") -> None:
    file, notes = found
    held = file.framework
    lines = [
        *([first] if first else []),
        *notes,
        f"{held.title} ({held.id}, version {held.version}): {_extent(file)}",
        *([f"Source: {held.source}"] if held.source else []),
        "Scale: " + "; ".join(f"{point.value} {point.label}" for point in held.scale),
    ]
    for group in held.groups:
        lines.append(f"{group.code}  {group.name}")
        lines += [
            f"  {one.code}  {one.name}" + (" (extended)" if one.code in file.extended else "")
            for one in held.factors_of(group.code)
        ]
    data = {**data_of(file, extended=wanted.extended), "notes": list(notes)}
    tell(data, lines, as_json=wanted.as_json)


def _compare(found: Held, against: str, wanted: Wanted) -> None:
    """Show a framework against an earlier one: of a file, a casebook, or by its name."""
    named = against in STANDARDS and not Path(against).exists()
    before, more = _held(None if named else Path(against), against if named else None, wanted)
    file, notes = found
    new, old = (one.chosen(extended=wanted.extended) for one in (file, before))
    comparison = compare(new, old, file)
    show_comparison(new, old, comparison, (*notes, *more), as_json=wanted.as_json)


def _export(found: Held, target: Path, wanted: Wanted, *, over: bool) -> None:
    file, notes = found
    raw = framework_bytes(file, target.name)
    try:
        write_whole(target, raw, overwrite=over)
    except InputError as error:
        if over or not target.is_file():
            raise
        raise TakenError(f"{error} To replace it: --replace") from error
    held = file.framework
    tell(
        {
            "file": str(target),
            "id": held.id,
            "version": held.version,
            "hash": file.chosen(extended=wanted.extended).hash,
            "factors": len(held.factors),
            "notes": list(notes),
        },
        [*notes, f"Wrote {target.name}: {held.title}, {_extent(file)}. It is not encrypted."],
        as_json=wanted.as_json,
    )
