"""A file's name that came from outside, as one that every computer can write."""

import re

from reviewer.records.text import clean_line

_LONGEST = 150  # bytes; disks allow 255, and a folder's name comes before it
_LONGEST_ENDING = 20
_NOT_WRITTEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")


def writable_name(untrusted: str, *, without: str = "document") -> str:
    """Return the last part of ``untrusted`` as a name for a file, its ending kept.

    What some computer refuses in a name becomes ``_``; ``without`` is the name of what has none.

    >>> writable_name("../a: b?.msg"), writable_name("NUL.txt"), writable_name(" . ")
    ('a_ b_.msg', '_NUL.txt', 'document')
    """
    last = untrusted.replace("\\", "/").rpartition("/")[2]
    name = _NOT_WRITTEN.sub("_", clean_line(last)).strip(" .") or without
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    if _DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    room = _LONGEST - len((dot + ending).encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") or without
    return stem + dot + ending
