"""A codebook of another program as a value: its tree of codes, its sets, and what else it has."""

from dataclasses import dataclass
from typing import NamedTuple

MOST_CODES = 2_000
MOST_SETS = 200
MOST_MEMBERS = 20_000  # of all sets together
MOST_NAME = 4_000  # characters
MOST_WORDS = 1 << 20  # characters of one description
MOST_IN_ALL = 4 << 20  # characters of all of them
MOST_BYTES = 8 << 20


class Code(NamedTuple):
    """One code: how deep it stands (0 at the top), and whether anything can be coded with it."""

    depth: int
    guid: str
    name: str
    codable: bool
    description: str


class CodeSet(NamedTuple):
    """A set of codes, ``members`` by their guids."""

    name: str
    description: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Codebook:
    """The codes, each after the one above it; how many have a colour; how much else there is."""

    codes: tuple[Code, ...]
    sets: tuple[CodeSet, ...] = ()
    coloured: int = 0
    unknown: int = 0
