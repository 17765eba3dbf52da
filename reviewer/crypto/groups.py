"""A secret on paper: bytes as numbered lines of groups, and a reader that names the wrong line.

A line is 8 bytes as four groups of four hexadecimal digits and a fifth group that checks them: two
bytes of a Reed-Solomon code (``reedsolomon``), so that one wrong digit anywhere, and two that were
swapped with each other, are found for certain and not by luck. They are mixed with the first 2
bytes of SHA-256 over ``reviewer groups 1 LF sheet LF line LF``: a line in another place, or of
another sheet, does not fit. Last stands one more line of two groups, the first 4 bytes of the same
hash over line 0 and all bytes. What is left without the check groups is the secret in plain
hexadecimal, so that a sheet can be used with any other tool.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reviewer.crypto.reedsolomon import checks, suspect
from reviewer.errors import InputError
from reviewer.records.text import counted

LINE_BYTES = 8
_DIGITS = 20  # of a line: 16 of the secret and 4 that check it
_LAST_DIGITS = 8
_ALL = 0  # the number under which all bytes together are checked
_NUMBER = re.compile(r"\s*[0-9]{1,2}[.:)]?\s+")
_BETWEEN = re.compile(r"[\s\u00b7\u2010-\u2015_.,-]+")
_LOOK_ALIKES = str.maketrans("oli", "011")  # what a person reads for the digits 0 and 1
_HEX = re.compile(r"[0-9a-f]*")
MAX_TEXT = 4096  # characters; a longer text is the wrong file


class Sheet(Enum):
    """The sheets that carry a secret; the value is the name that enters the checks."""

    RECOVERY = "recovery"
    CUSTODIAN = "custodian"
    RECEIPT = "receipt"  # no secret, but typed with the same care

    @property
    def bytes(self) -> int:
        """How many bytes the secret of this sheet has."""
        return _BYTES[self]

    @property
    def lines(self) -> int:
        """How many lines this sheet has, the one that checks them all among them."""
        return self.bytes // LINE_BYTES + 1

    @property
    def spoken(self) -> str:
        """What people call this sheet."""
        return self.value if self is Sheet.RECEIPT else f"{self.value} sheet"


_BYTES = {Sheet.RECOVERY: 48, Sheet.CUSTODIAN: 32, Sheet.RECEIPT: 32}


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """How far a text is that somebody types off a sheet.

    ``wrong`` is one plain sentence a line that cannot be right whatever is typed after it;
    ``lines`` counts the whole lines that are right, out of ``wanted``.
    """

    wrong: tuple[str, ...]
    lines: int
    wanted: int

    @property
    def whole(self) -> bool:
        """Whether the text is the whole sheet."""
        return self.lines == self.wanted and not self.wrong


def to_lines(secret: bytes, sheet: Sheet) -> tuple[str, ...]:
    """Return the lines to print, without their numbers; ``secret`` has ``sheet.bytes`` bytes.

    >>> to_lines(bytes(32), Sheet.CUSTODIAN)[0]
    '0000 0000 0000 0000 2f98'
    """
    if len(secret) != sheet.bytes:
        raise ValueError(len(secret))
    parts = [secret[at : at + LINE_BYTES] for at in range(0, len(secret), LINE_BYTES)]
    lines = [part.hex() + _check(sheet, number, part) for number, part in enumerate(parts, 1)]
    return tuple(map(_grouped, [*lines, _check_all(sheet, secret)]))


def from_text(untrusted: str, sheet: Sheet) -> bytes:
    """Return the secret that ``untrusted`` carries as typed off a ``sheet``.

    Line numbers, capitals, hyphens, spaces and empty lines do not matter, and O, I and l pass for
    0 and 1. Raises ``InputError`` whose ``details`` name each wrong line.
    """
    typed = so_far(untrusted, sheet)
    if not typed.whole:
        wrong = typed.wrong or (
            f"Line {typed.lines + 1} is missing or not whole: the sheet has {typed.wanted} lines.",
        )
        raise InputError(f"This is not what the {sheet.spoken} says. {wrong[0]}", details=wrong)
    digits = [_digits(line)[:-4] for line in _lines(untrusted)[:-1]]
    return bytes.fromhex("".join(digits))


def in_one_line(untrusted: str, sheet: Sheet) -> str:
    """Return a sheet that was typed as one line, without numbers, cut into its lines.

    Anything else comes back as it is.
    """
    digits = _digits(untrusted)
    if len(_lines(untrusted)) != 1 or len(digits) != (sheet.lines - 1) * _DIGITS + _LAST_DIGITS:
        return untrusted
    return "\n".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


def so_far(untrusted: str, sheet: Sheet) -> Typed:
    """Return how far ``untrusted`` is on the way to a whole ``sheet``, while it is typed."""
    if len(untrusted) > MAX_TEXT:
        too_long = (f"It is much longer than a {sheet.spoken}.",)
        return Typed(wrong=too_long, lines=0, wanted=sheet.lines)
    lines = _lines(untrusted)
    wrong, right = [], 0
    for number, line in enumerate(lines[: sheet.lines], 1):
        fault = _fault(line, number, sheet)
        if fault:
            last = number == len(lines)
            if not (last and _unfinished(line, number, sheet)):
                wrong.append(fault)
        else:
            right += 1
    if len(lines) > sheet.lines:
        wrong.append(f"There are {len(lines)} lines, and the sheet has {sheet.lines}.")
    if right == sheet.lines and not wrong and not _all_fit(lines, sheet):
        wrong.append(f"Line {sheet.lines} does not fit the lines above it.")
    return Typed(wrong=tuple(wrong), lines=right, wanted=sheet.lines)


def line_so_far(untrusted: str, number: int, sheet: Sheet) -> str | None:
    """Return what is wrong with one line while it is typed: "" once it is right as a whole.

    None while it may yet become right. The last line is right here when it has all its digits:
    whether it fits the others only ``so_far`` knows.
    """
    line = " ".join(untrusted[:MAX_TEXT].splitlines())
    if not line.strip():
        return None
    fault = _fault(line, number, sheet)
    return None if fault and _unfinished(line, number, sheet) else fault


def _all_fit(lines: Sequence[str], sheet: Sheet) -> bool:
    secret = bytes.fromhex("".join(_digits(line)[:-4] for line in lines[:-1]))
    return _check_all(sheet, secret) == _digits(lines[-1])


def _lines(untrusted: str) -> list[str]:
    return [line for line in untrusted.splitlines() if line.strip()]


def _digits(line: str) -> str:
    """Return a line without its number and what stands between the digits, look-alikes read."""
    bare = _NUMBER.sub("", line.strip(), count=1) if _NUMBER.match(line) else line
    return _BETWEEN.sub("", bare).lower().translate(_LOOK_ALIKES)


def _fault(line: str, number: int, sheet: Sheet) -> str:
    """Return what is wrong with one line, or ""."""
    digits = _digits(line)
    wanted = _LAST_DIGITS if number == sheet.lines else _DIGITS
    if not _HEX.fullmatch(digits):
        strange = next(c for c in digits if not _HEX.fullmatch(c))
        return f"Line {number} holds {strange!r}; there are only 0 to 9 and a to f."
    if len(digits) != wanted:
        return f"Line {number} has {counted(len(digits), 'digit')}, and {wanted} are printed."
    if wanted == _LAST_DIGITS or _fits(digits, number, sheet):
        return ""
    other = next((one for one in Sheet if _fits(digits, number, one)), None)
    if other is not None:
        return f"Line {number} belongs to a {other.spoken}."
    place = suspect(bytes.fromhex(digits[:-4]), _unmixed(sheet, number, digits[-4:]))
    if place is None:
        return f"Line {number} is not as printed: compare it group by group."
    return f"Line {number} is not as printed: look at its {_GROUPS[place // 2]} group first."


_GROUPS = ("first", "second", "third", "fourth", "last")


def _fits(digits: str, number: int, sheet: Sheet) -> bool:
    return _check(sheet, number, bytes.fromhex(digits[:-4])) == digits[-4:]


def _unfinished(line: str, number: int, sheet: Sheet) -> bool:
    """Return whether the line being typed may yet become right."""
    digits = _digits(line)
    wanted = _LAST_DIGITS if number == sheet.lines else _DIGITS
    return len(digits) < wanted and _HEX.fullmatch(digits) is not None


def _check(sheet: Sheet, number: int, part: bytes) -> str:
    mixed = zip(checks(part), _said(sheet, number), strict=False)
    return bytes(own ^ name for own, name in mixed).hex()


def _unmixed(sheet: Sheet, number: int, digits: str) -> bytes:
    mixed = zip(bytes.fromhex(digits), _said(sheet, number), strict=False)
    return bytes(own ^ name for own, name in mixed)


def _check_all(sheet: Sheet, secret: bytes) -> str:
    return _said(sheet, _ALL, secret)[:4].hex()


def _said(sheet: Sheet, number: int, part: bytes = b"") -> bytes:
    said = f"reviewer groups 1\n{sheet.value}\n{number}\n".encode()
    return hashlib.sha256(said + part).digest()


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
