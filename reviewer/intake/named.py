"""The files of a register's case: those its rows name, and those in the folder of its name."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.documents.notes import listed
from reviewer.errors import DocumentError
from reviewer.intake import places
from reviewer.intake.delivery.sources import passed_over
from reviewer.intake.register import Row
from reviewer.messages import plural, say
from reviewer.records.text import look_alike

_LISTED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedFile:
    """A file by the name that the register or the folder gives it, or why it may not be read."""

    row: Row
    name: str
    file: Path | DocumentError


def named_files(folder: Path, row: Row) -> tuple[list[NamedFile], tuple[Path, ...]]:
    """Return the files of a case, and what programs left in its folder.

    The files are those that its rows name, then those in its folder besides.
    """
    lying = places.folder_of(folder, row.reference)
    return list(_named(folder, row, lying)), lying.aside


def _named(folder: Path, row: Row, lying: places.Lying) -> Iterator[NamedFile]:
    seen: set[Path] = set()
    for one in (row, *row.more):
        for name in one.documents:
            file = _found(folder, name)
            if isinstance(file, Path):
                seen.add(file)
            yield NamedFile(row=one, name=name, file=file)
    for path in lying.files:
        name = path.relative_to(folder).as_posix()
        file = _found(folder, name)
        if file not in seen:
            yield NamedFile(row=row, name=name, file=file)
    for path in lying.deep:
        why = say(
            "This folder lies within more than {most} others, so it was not looked into. Move it"
            " further up.",
            most=places.DEEP,
        )
        name = path.relative_to(folder).as_posix()
        yield NamedFile(row=row, name=f"{name}/", file=DocumentError(why))
    if lying.more:
        why = plural(
            "{count:,} more file lies in this folder than one case's may hold, and was not read."
            " Bring the folder in as a delivery (--folder).",
            "{count:,} more files lie in this folder than one case's may hold, and were not read."
            " Bring the folder in as a delivery (--folder).",
            count=lying.more,
        )
        yield NamedFile(row=row, name=f"{row.reference}/", file=DocumentError(why))


def _found(folder: Path, name: str) -> Path | DocumentError:
    try:
        return places.within(folder, name)
    except DocumentError as error:
        return error


def told_apart(names: Sequence[str]) -> dict[str, str]:
    """Return, for names of a case that end alike, the folders that tell them apart.

    >>> told_apart(["A/2019/letter.txt", "A/2020/letter.txt", "A/report.txt"])
    {'A/2019/letter.txt': '2019', 'A/2020/letter.txt': '2020'}
    """
    alike: dict[str, list[tuple[str, list[str]]]] = {}
    for name in dict.fromkeys(names):
        *folders, last = name.replace("\\", "/").split("/")
        alike.setdefault(look_alike(last), []).append((name, folders))
    found: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1:
            common = _shared([folders for _, folders in group])
            found |= {name: "/".join(folders[common:]) for name, folders in group}
    return found


def _shared(paths: list[list[str]]) -> int:
    """Return how many folders all paths begin with."""
    same = (len(set(parts)) == 1 for parts in zip(*paths, strict=False))
    return sum(1 for _ in itertools.takewhile(bool, same))


def left_lying(
    register: Path, taken: Collection[Path], rows: Sequence[Row], aside: Sequence[Path]
) -> list[str]:
    """Return sentences about the folders and files beside a register that no case took.

    ``aside`` is what programs left in the folders of cases.
    Nothing is said where the register takes no documents at all.
    """
    folder = register.resolve().parent
    if not taken or not folder.is_dir():
        return []
    own = {places.alike(row.reference) for row in rows}
    below = {parent for path in taken for parent in path.parents}
    folders, files = [], []
    for path in places.beside(folder):
        if path.is_dir():
            if path not in below and places.alike(path.name) not in own:
                folders.append(path.name)
        elif path not in taken and path.name != register.name:
            files.append(path.name)
    notes = []
    if folders:
        notes.append(
            plural(
                "No case is called after the folder {names}, so what is in it was not read.",
                "No case is called after the folders {names}, so what is in them was not read.",
                count=len(folders),
                names=listed([f"“{name[:60]}”" for name in folders], _LISTED),
            )
        )
    if files:
        notes.append(
            plural(
                "Beside the register lies a file that no row names, so it was not read: {names}.",
                "Beside the register lie {count:,} files that no row names, so they were not"
                " read: {names}.",
                count=len(files),
                names=listed([f"“{name[:60]}”" for name in files], _LISTED),
            )
        )
    return [*notes, *passed_over([path.relative_to(folder).as_posix() for path in aside])]


def without_documents(references: Sequence[str]) -> list[str]:
    """Return a sentence about the cases that came without a document."""
    if not references:
        return []
    return [
        plural(
            "{cases} has no document: its row names none, and no folder is called so.",
            "{count:,} cases have no document, neither named nor in a folder called after them:"
            " {cases}.",
            count=len(references),
            cases=listed([one[:60] for one in references], _LISTED),
        )
    ]
