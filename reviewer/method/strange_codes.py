"""A codebook that another program made, as what a framework's file would hold.

Nothing of it is a framework yet: codes have no codes of their own, and there is no scale. What is
at the top and has codes below it is a group; what can be coded is a factor.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from reviewer.messages import say
from reviewer.method.files import STANDARDS, standard
from reviewer.records.codebook import Code, Codebook
from reviewer.records.text import clean_line, look_alike

_LONGEST = 40  # characters of a code
_LISTED = 8
_LOOSE = "CODES"


def of_strange(codebook: Codebook, name: str) -> tuple[dict[str, Any], list[str]]:
    """Return a framework's data, and sentences about what was made up and what was left."""
    made = {look_alike(_LOOSE)}
    groups: list[dict[str, str]] = []
    factors: list[dict[str, str]] = []
    deeper, left, worded = 0, list[str](), list[str]()
    codes = codebook.codes
    for at, code in enumerate(codes):
        below = at + 1 < len(codes) and codes[at + 1].depth > code.depth
        if not code.depth and (below or not code.codable):
            groups.append({"code": made_code(code.name, made), "name": clean_line(code.name)})
            if code.description and not code.codable:
                worded.append(code.name)
        elif not code.codable:
            left.append(code.name)
        if code.codable:
            factors.append(_factor(code, made, groups, loose=not code.depth and not below))
            deeper += code.depth > 1
    return _with_scale(name, groups, factors), list(_told(deeper, left, worded))


def _told(deeper: int, left: Sequence[str], worded: Sequence[str]) -> Iterator[str]:
    yield say(
        "A codebook has no scale and no reasons: those of “{name}” stand.", name=STANDARDS[0]
    )
    yield say("It has no codes as frameworks do: they were made from the names.")
    if deeper:
        yield say("Factors that stood deeper stand under their group: {count}.", count=deeper)
    if left:
        yield say("Headings within groups were left out: {names}.", names=_listed(left))
    yield from group_words(worded)


def group_words(names: Sequence[str]) -> Iterator[str]:
    """Yield the sentence about groups whose words a framework has no place for."""
    if names:
        yield say("The words of groups were left out, of: {names}.", names=_listed(names))


def _factor(
    code: Code, made: set[str], groups: list[dict[str, str]], *, loose: bool
) -> dict[str, str]:
    if loose:  # under nothing: in a group that is made for such ones
        if all(group["code"] != _LOOSE for group in groups):
            groups.append({"code": _LOOSE, "name": say("Codes without a group")})
        group = _LOOSE
    else:
        group = next(one["code"] for one in reversed(groups) if one["code"] != _LOOSE)
    return {
        "code": made_code(code.name, made),
        "group": group,
        "name": clean_line(code.name),
        "definition": code.description,
    }


def made_code(name: str, made: set[str]) -> str:
    """Return a code for a name that no other has: its letters and digits, in capitals."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    stem = "-".join(re.findall("[A-Z0-9]+", plain))[: _LONGEST - 5].strip("-") or "CODE"
    code, number = stem, 1
    while look_alike(code) in made:
        number += 1
        code = f"{stem}-{number}"
    made.add(look_alike(code))
    return code


def _with_scale(
    name: str, groups: Sequence[dict[str, str]], factors: Sequence[dict[str, str]]
) -> dict[str, Any]:
    given = standard(STANDARDS[0]).framework.as_data()
    title = clean_line(name.rpartition(".")[0]) or clean_line(name)
    return {
        "id": title[:60],
        "version": "1",
        "language": given["language"],
        "title": title[:300],
        "source": "",
        **{key: given[key] for key in ("thresholds", "scale", "reasons")},
        "groups": list(groups),
        "factors": list(factors),
    }


def _listed(names: Sequence[str]) -> str:
    more = f" (+{len(names) - _LISTED})" if len(names) > _LISTED else ""
    return ", ".join(clean_line(one)[:60] for one in names[:_LISTED]) + more
