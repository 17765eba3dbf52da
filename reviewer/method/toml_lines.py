"""In which line of a framework's file each table and key stands, so that a fault can be found.

The TOML reader keeps no lines. This only says where to look: what a file holds is the reader's
answer alone, and where the two differ a line is wrong and nothing else.
"""

import re

Place = tuple[str, int, str]
"""The table ("" for the top), its number among those of its name, from 0, and the key, or ""."""

_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_HEADING = re.compile(rf"\s*+\[(\[?)\s*+({_KEY}(?:\s*+\.\s*+{_KEY})*+)")
_ASSIGNED = re.compile(rf"\s*+({_KEY}(?:\s*+\.\s*+{_KEY})*+)\s*+=")
_PART = re.compile(_KEY)
_LITERAL = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    r"|'''(?:[^']++|'(?!''))*+'''"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_SIGNS = str.maketrans(dict.fromkeys("[]{}=#.,", "_"))


def places(text: str) -> dict[Place, int]:
    r"""Return the line, from 1, of each table and of each key of the text of a TOML file.

    >>> places('id = "a"\n[[scale]]\nvalue = 1')
    {('', 0, 'id'): 1, ('scale', 0, ''): 2, ('scale', 0, 'value'): 3}
    """
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table, deep = "", 0
    for number, line in enumerate(_LITERAL.sub(_masked, text).split("\n"), 1):
        rest = line
        if not deep and (heading := _HEADING.match(line)):
            table, *within = _names(heading[2])
            if not within:
                counts[table] = counts.get(table, -1) + 1
            at = counts.setdefault(table, 0)
            found.setdefault((table, at, within[0] if within else ""), number)
            continue
        if not deep and (key := _ASSIGNED.match(line)):
            names = _names(key[1])
            inner = not table and len(names) > 1
            place = (names[0], 0, names[1]) if inner else (table, counts.get(table, 0), names[0])
            found.setdefault(place, number)
            rest = line[key.end() :]
        deep = max(0, deep + sum(rest.count(c) for c in "[{") - sum(rest.count(c) for c in "]}"))
    return found


def line_of(found: dict[Place, int], place: Place) -> int:
    """Return the line of a key, else of its table, else of whatever makes such tables, else 1."""
    table, at, key = place
    for other in (place, (table or key, at, ""), ("", 0, table), (table, 0, "")):
        if other in found:
            return found[other]
    return 1


def _names(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _masked(literal: re.Match[str]) -> str:
    """Return a text or a remark without the signs that build tables, its lines kept."""
    whole = literal[0]
    if whole[0] == "#":
        return ""
    if "\n" in whole or whole[:3] in {'"""', "'''"}:
        return '""' + "\n" * whole.count("\n")
    return whole[0] + whole[1:-1].translate(_SIGNS) + whole[-1]
