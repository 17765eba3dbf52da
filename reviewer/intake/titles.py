"""What documents are called: after their files, so that two of one name can be told apart."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from reviewer.records.text import clean_line, look_alike

_LONGEST = 200  # characters
_ENDING = 5  # letters after a dot that say what a file is, at most


def title_of(name: str) -> str:
    """Return what a document is called after its file's name.

    >>> title_of("custody record.pdf"), title_of("letter v1.2"), title_of(".pdf")
    ('custody record', 'letter v1', '.pdf')
    """
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem.strip() and len(ending) <= _ENDING else name


def titles_of(paths: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """Return a title for each file of one case, by the folders where names are the same.

    ``taken`` are the titles of documents that the case has.

    >>> titles_of(["C-1/2019/letter.txt", "C-1/2020/letter.txt", "C-1/log.pdf"])
    ['letter (2019)', 'letter (2020)', 'log']
    >>> titles_of(["a/log.pdf", "a/log.txt"], taken=["Log"])
    ['log.pdf', 'log.txt']
    """
    parts = [clean_line(path).split("/") for path in paths]
    made = [title_of(names[-1]) for names in parts]
    used = {look_alike(title) for title in taken}
    for step in (_with_folder, _with_ending, _with_all):
        clashes = _clashes(made, used)
        if not clashes:
            break
        for group in clashes:
            step(parts, group, made)
    return [title[-_LONGEST:] for title in made]


def _clashes(made: Sequence[str], used: Collection[str]) -> list[list[int]]:
    """Return the places of titles that are alike, or that another document has."""
    alike: dict[str, list[int]] = defaultdict(list)
    for at, title in enumerate(made):
        alike[look_alike(title)].append(at)
    return [places for title, places in alike.items() if len(places) > 1 or title in used]


def _with_folder(parts: Sequence[list[str]], group: Sequence[int], made: list[str]) -> None:
    """Name the folder at which their paths part, seen from the file."""
    depth = max(len(parts[at]) for at in group)
    for up in range(2, depth + 1):
        folders = [parts[at][-up] if up <= len(parts[at]) else "" for at in group]
        if len(set(map(look_alike, folders))) > 1 or len(group) == 1:
            break
    else:
        return
    for at, folder in zip(group, folders, strict=True):
        if folder:
            made[at] = f"{made[at]} ({folder})"


def _with_ending(parts: Sequence[list[str]], group: Sequence[int], made: list[str]) -> None:
    for at in group:
        made[at] = made[at].replace(title_of(parts[at][-1]), parts[at][-1], 1)


def _with_all(parts: Sequence[list[str]], group: Sequence[int], made: list[str]) -> None:
    for place, at in enumerate(group, 1):
        made[at] = f"{'/'.join(parts[at])} [{place}]" if len(group) > 1 else "/".join(parts[at])
