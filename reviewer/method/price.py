"""What a framework's file may cost before it is read (SECURITY 20).

The TOML reader takes time that grows with the square of a dotted key's parts (one of 80 KB took
21 seconds) and cannot hold a number of 4,301 digits. So what no framework needs is refused first,
in one pass over the bytes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.errors import FrameworkError
from reviewer.messages import say

MAX_BYTES = 1 << 20  # a framework is a few pages of text
MAX_FACTORS = 500  # far over any published framework; a sheet must stay readable
MAX_TEXT = 4_000  # characters of one text
MAX_MARKS = 60_000  # of those that build tables, keys, lists and texts: 1 MiB of prose has 40,000
MAX_WHOLE = (1 << 53) - 1  # what every reader of JSON holds exactly
_PARTS = 8  # of one dotted key; a framework's keys have none
_DOTTED = re.compile(rb"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){%d}""" % _PARTS)
_DIGITS = 400  # of one number; the longest that counts has 16
_NUMBER = re.compile(rb"(?<![0-9A-Fa-f_xo])[0-9][0-9A-Fa-f_xo]{%d}" % _DIGITS)
_MARKS = (b"\n", b"=", b",", b"[", b"{", b'"', b"'", b"\\", b"#")
_EACH = ("factors", "groups", "scale", "reasons", "mapping")


def refuse_costly(untrusted: bytes, name: str) -> None:
    """Raise ``FrameworkError`` for bytes that would cost too much to read as TOML."""
    if len(untrusted) > MAX_BYTES:
        raise FrameworkError(
            say("The framework {name} is larger than 1 MiB, so it was not read.", name=name)
        )
    if (many := untrusted.count(b"[[factors]]")) > MAX_FACTORS:
        raise FrameworkError(
            say(
                "A framework has at most {max_factors} factors; {name} has {many:,}.",
                max_factors=MAX_FACTORS,
                name=name,
                many=many,
            )
        )
    if sum(untrusted.count(mark) for mark in _MARKS) > MAX_MARKS:
        raise FrameworkError(
            say(
                "The framework {name} has far more lines, lists or quotation marks"
                " than any framework needs, so it was not read.",
                name=name,
            )
        )
    if _DOTTED.search(untrusted):
        raise FrameworkError(
            say(
                "The framework {name} has a key of more than {parts} parts, so it was not read.",
                name=name,
                parts=_PARTS,
            )
        )
    if _NUMBER.search(untrusted):
        raise FrameworkError(
            say(
                "The framework {name} has a number of more than {digits} digits, so it"
                " was not read.",
                name=name,
                digits=_DIGITS,
            )
        )


def slow_to_read(untrusted: bytes) -> bool:
    """Whether TOML of any kind has a key or a number that would take its reader too long."""
    return bool(_DOTTED.search(untrusted) or _NUMBER.search(untrusted))


def refuse_large(data: Mapping[str, Any]) -> None:
    """Raise ``FrameworkError`` for more tables, longer texts or larger numbers than one needs."""
    for key in _EACH:
        tables = data.get(key)
        if isinstance(tables, list) and len(tables) > MAX_FACTORS:
            raise FrameworkError(
                say(
                    "A framework has at most {max_factors} {key}; this one has {count:,}.",
                    max_factors=MAX_FACTORS,
                    key=key,
                    count=len(tables),
                )
            )
    for key, value in _values(data):
        if max(len(key), len(value) if isinstance(value, str) else 0) > MAX_TEXT:
            raise FrameworkError(
                say(
                    "A text of the framework has at most {max_text:,} characters; one at"
                    " “{key}” has more.",
                    max_text=MAX_TEXT,
                    key=key[:40],
                )
            )
        if isinstance(value, int) and abs(value) > MAX_WHOLE:
            raise FrameworkError(
                say(
                    "“{key}” of the framework has a number beyond {max_whole:,}, which is"
                    " more than a file of this program can hold exactly.",
                    key=key[:40],
                    max_whole=MAX_WHOLE,
                )
            )


def _values(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield every key with its value: of the framework, of its tables and of their rows."""
    for key, value in data.items():
        yield str(key), value
        for table in value if isinstance(value, list) else [value]:
            if isinstance(table, Mapping):
                yield from ((str(inner), held) for inner, held in table.items())
