"""What a worker may still reach that it should not, where the system gives less than Linux."""

from collections.abc import Sequence
from enum import StrEnum


class Reach(StrEnum):
    """One thing that a worker could not give up."""

    FILES = "files"
    NETWORK = "network"
    PROGRAMS = "programs"


_NAMES = {
    Reach.FILES: "read your files",
    Reach.NETWORK: "use a network",
    Reach.PROGRAMS: "start other programs",
}


def unopened(reaches: Sequence[Reach]) -> str:
    """Return why a document was not opened where only a confined process may open it."""
    return (
        f"Not opened: here the process that reads documents could still {_listed(reaches)}, and"
        " Reviewer was told to open none then. Bring documents in on a computer with Linux 5.13 or"
        " newer, or allow it in Safekeeping (on the command line: without --confined-only)."
    )


def weakness(reaches: Sequence[Reach]) -> str:
    """Return what a document that takes the reading process over could do here, or ""."""
    if not reaches:
        return ""
    return (
        "This computer does not shut the process that reads documents off as well as Linux can: a"
        f" document that took it over could {_listed(reaches)}. It holds no passphrase and no"
        " casebook, and its time and memory are bounded. Bring in only documents whose sender you"
        " know, or do it on a computer that holds nothing else."
    )


def _listed(reaches: Sequence[Reach]) -> str:
    names = [_NAMES[reach] for reach in reaches]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
