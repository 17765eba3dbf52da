"""A value as a spreadsheet shows it: what a number format makes of a number, a date or a text.

The formats are those of Excel, which other programs write too. What a format would hide (``;;;``)
is shown, and what one asks of the computer's own country (the order of a date) comes as
year-month-day: nothing is guessed. A format that is not understood leaves the number as it is.
"""

import datetime as dt
import functools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
GENERAL = "General"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG = 300  # characters of a format; Excel takes 255
_LAST_DAY = 2_958_466  # the first day after the year 9999
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<room>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<noon>AM/PM|A/P)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+)|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?$")
_BY_COMPUTER = re.compile(r"\$-(?:x-sys|F[48]00)", re.IGNORECASE)
Piece = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """``dated`` is "" for what is no date, else the letters (of "ymdt") that are shown of it."""

    text: str
    dated: str = ""
    veiled: bool = False  # the format hides it


@dataclass(frozen=True, slots=True)
class _Section:
    pieces: tuple[Piece, ...]
    condition: tuple[str, Decimal] | None
    dated: str


def plain(number: float) -> str:
    """Return a number as a person would type it.

    >>> plain(0.1 + 0.2), plain(7.0), plain(1234567890123456)
    ('0.3', '7', '1234567890123456')
    """
    if abs(number) < 1e21 and number == int(number):
        return str(int(number))
    return f"{number:.15g}"


def show_text(text: str, code: str) -> str:
    """Return a text as the text's section of a format shows it."""
    sections = _sections(code)
    last = sections[-1] if sections else None
    if last is None or not any(piece == ("sign", "@") for piece in last.pieces):
        return text
    if len(sections) not in {1, 4}:
        return text
    return "".join(text if piece == ("sign", "@") else _literal(piece) for piece in last.pieces)


def show(number: float, code: str, *, from_1904: bool = False) -> Shown:
    """Return a number as a format shows it."""
    try:
        return _show(number, code, from_1904=from_1904)
    except (ArithmeticError, ValueError, IndexError):
        return Shown(text=plain(number))


def _show(number: float, code: str, *, from_1904: bool) -> Shown:
    sections = _sections(code)
    value = Decimal(repr(number))
    section, negative = _chosen(sections, value)
    if section is None or _is_general(section):
        before, after = _around(section)
        return Shown(text=before + plain(number) + after)
    if section.dated:
        shown = _date(section, number, from_1904=from_1904)
        return Shown(text=shown or plain(number), dated=section.dated if shown else "")
    if any(piece == ("sign", "@") for piece in section.pieces):
        return Shown(text=plain(number))
    if not any(kind == "digit" for kind, _ in section.pieces):
        words = "".join(map(_literal, section.pieces)).strip()
        return Shown(text=words or plain(number), veiled=not words)
    text = _number(section, abs(value)).strip()
    return Shown(text=f"-{text}" if negative and any(c in "123456789" for c in text) else text)


@functools.lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[_Section, ...]:
    if len(code) > _LONG or not code:
        return ()
    found: list[list[Piece]] = [[]]
    for match in _PIECE.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            found.append([])
        else:
            found[-1].append((kind, text))
    return tuple(_section(pieces) for pieces in found[:4])


def _section(pieces: list[Piece]) -> _Section:
    condition = None
    kept: list[Piece] = []
    for kind, text in pieces:
        if kind != "bracket":
            kept.append((kind, text))
        elif _ELAPSED.match(text):
            kept.append(("elapsed", text.lower()))
        elif found := _CONDITION.match(text):
            condition = (found[1], Decimal(found[2]))
        elif _BY_COMPUTER.match(text):
            return _Section(_by_computer(text), None, "t" if "400" in text else "ymd")
        elif found := _CURRENCY.match(text):
            kept.append(("quoted", found[1]))
    kept = _minutes(kept)
    return _Section(tuple(kept), condition, _letters(kept))


def _by_computer(text: str) -> tuple[Piece, ...]:
    if "400" in text:
        return (("date", "hh"), ("other", ":"), ("minute", "mm"), ("other", ":"), ("date", "ss"))
    return (("date", "yyyy"), ("other", "-"), ("date", "mm"), ("other", "-"), ("date", "dd"))


def _minutes(pieces: list[Piece]) -> list[Piece]:
    """Tell minutes, which stand beside hours or seconds, from months."""
    places = [at for at, (kind, _) in enumerate(pieces) if kind in {"date", "elapsed"}]
    letters = ["" if at is None else pieces[at][1][0].lower() for at in (None, *places, None)]
    done = list(pieces)
    for where, at in enumerate(places, 1):
        if letters[where] == "m" and (letters[where - 1] == "h" or letters[where + 1] == "s"):
            kind, text = pieces[at]
            done[at] = (kind if kind == "elapsed" else "minute", text)
    return done


def _letters(pieces: list[Piece]) -> str:
    seen = {
        "t" if kind != "date" or text[0].lower() in "hs" else text[0].lower().replace("e", "y")
        for kind, text in pieces
        if kind in {"date", "minute", "elapsed", "noon"}
    }
    return "".join(letter for letter in "ymdt" if letter in seen)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, bool]:
    """Return the section for a value, and whether it needs a minus before it."""
    numbers = sections[:3]
    if not numbers:
        return None, value < 0
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition is None or _holds(value, *section.condition):
                below = section.condition is not None and section.condition[0] in {"<", "<="}
                return section, value < 0 and not below
        return None, value < 0
    if len(numbers) >= 2 and value < 0:
        return numbers[1], False
    if len(numbers) == 3 and value == 0:
        return numbers[2], False
    return numbers[0], value < 0


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _is_general(section: _Section) -> bool:
    return any(kind == "general" for kind, _ in section.pieces)


def _around(section: _Section | None) -> tuple[str, str]:
    if section is None:
        return "", ""
    at = next(at for at, (kind, _) in enumerate(section.pieces) if kind == "general")
    return (
        "".join(map(_literal, section.pieces[:at])),
        "".join(map(_literal, section.pieces[at + 1 :])),
    )


def _literal(piece: Piece) -> str:
    kind, text = piece
    if kind in {"quoted", "escaped", "other", "sign"}:
        return text
    return " " if kind == "room" else ""


# ---------------------------------------------------------------- numbers


def _number(section: _Section, value: Decimal) -> str:
    pieces = section.pieces
    if any(kind == "exponent" for kind, _ in pieces):
        return _scientific(pieces, value)
    if ("sign", "/") in pieces:
        return _fraction(pieces, value)
    value *= Decimal(100) ** sum(piece == ("sign", "%") for piece in pieces)
    whole, parts, grouped, scale = _parted(pieces)
    value = value.scaleb(-3 * scale)
    places = sum(kind == "digit" for kind, _ in parts)
    value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    digits, _, rest = f"{value:f}".partition(".")
    before = _whole(whole, digits.lstrip("0"), grouped=grouped)
    after = _part(parts, rest)
    return before + after


def _parted(pieces: tuple[Piece, ...]) -> tuple[list[Piece], list[Piece], bool, int]:
    """Return what stands before and after the point, whether grouped, and by what scaled."""
    point = next((at for at, one in enumerate(pieces) if one == ("sign", ".")), len(pieces))
    digits = [at for at, (kind, _) in enumerate(pieces) if kind == "digit"]
    before = [at for at in digits if at < point]
    commas = [at for at, one in enumerate(pieces) if one == ("sign", ",")]
    grouped = bool(before) and any(before[0] < at < before[-1] for at in commas)
    scale = sum(at > digits[-1] or (bool(before) and before[-1] < at < point) for at in commas)
    kept = [[*pieces[:point]], [*pieces[point:]]]
    whole, parts = ([one for one in some if one != ("sign", ",")] for some in kept)
    return whole, parts, grouped, scale


def _whole(pieces: list[Piece], digits: str, *, grouped: bool) -> str:
    """Set digits into their places, from the right; the first place takes all that are left."""
    first = next((at for at, (kind, _) in enumerate(pieces) if kind == "digit"), None)
    out: list[str] = []
    written = 0
    for at in range(len(pieces) - 1, -1, -1):
        kind, text = pieces[at]
        if kind != "digit":
            out.append(_literal(pieces[at])[::-1])
            continue
        taken = digits if at == first else digits[-1:]
        digits = "" if at == first else digits[:-1]
        for letter in reversed(taken or {"0": "0", "?": " "}.get(text, "")):
            if grouped and written and written % 3 == 0 and letter != " ":
                out.append(",")
            out.append(letter)
            written += 1
    shown = "".join(out)[::-1]
    return shown if first is not None else shown + digits


def _part(pieces: list[Piece], digits: str) -> str:
    out: list[str] = []
    left = digits.rstrip("0")
    for kind, text in pieces:
        if kind != "digit":
            out.append(_literal((kind, text)))
            continue
        letter, left = left[:1], left[1:]
        out.append(letter or {"0": "0", "?": " "}.get(text, ""))
    shown = "".join(out)
    return shown[1:] if shown.rstrip() == "." else shown


def _scientific(pieces: tuple[Piece, ...], value: Decimal) -> str:
    at = next(at for at, (kind, _) in enumerate(pieces) if kind == "exponent")
    point = next((p for p, one in enumerate(pieces[:at]) if one == ("sign", ".")), at)
    places = sum(kind == "digit" for kind, _ in pieces[point:at])
    least = sum(text == "0" for kind, text in pieces[at:] if kind == "digit")
    step = max(1, sum(kind == "digit" for kind, _ in pieces[:point]))
    power = 0 if value == 0 else value.adjusted() // step * step
    shown = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "-" if power < 0 else "+" if pieces[at][1].endswith("+") else ""
    return f"{shown:f}E{sign}{abs(power):0{max(1, least)}d}"


def _fraction(pieces: tuple[Piece, ...], value: Decimal) -> str:
    at = pieces.index(("sign", "/"))
    below = "".join(text for kind, text in pieces[at + 1 :] if kind in {"digit", "other"}).strip()
    digits = re.sub(r"[#?]", "", below)
    room = max(1, sum(kind == "digit" for kind, _ in pieces[at + 1 :]))
    mixed = sum(kind == "digit" for kind, _ in pieces[:at]) > 1
    whole = int(value) if mixed else 0
    rest = Fraction(value) - whole
    if digits.isdigit() and int(digits):
        over = Fraction(round(rest * int(digits)), 1)
        top, bottom = int(over), int(digits)
    else:
        near = rest.limit_denominator(10 ** min(room, 4) - 1)
        top, bottom = near.numerator, near.denominator
    if top in {0, bottom}:
        return str(whole + (1 if top else 0))
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"


# ---------------------------------------------------------------- dates


def moment(number: float, *, from_1904: bool = False) -> dt.datetime | None:
    """Return the moment that a serial number stands for, or None where there is none.

    Excel counts a 29 February 1900 that was not: what comes before it is a day off.
    """
    if not 0 <= number < _LAST_DAY or (not from_1904 and 60 <= number < 61):
        return None
    start = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
    if not from_1904 and number < 60:
        start += dt.timedelta(days=1)
    try:
        return start + dt.timedelta(milliseconds=round(number * 86_400_000))
    except OverflowError:
        return None


def _date(section: _Section, number: float, *, from_1904: bool) -> str:
    kinds = {kind for kind, _ in section.pieces}
    when = moment(number, from_1904=from_1904)
    if when is None and section.dated == "t" and (number >= 0 or "elapsed" in kinds):
        when = dt.datetime(1900, 1, 1)  # noqa: DTZ001 - a length of time has no day
    if when is None:
        return ""
    if _smallest(section) == "s":
        when += dt.timedelta(milliseconds=500)
    halved = "noon" in kinds
    return "".join(_told(one, when, number, halved=halved) for one in section.pieces).strip()


def _told(piece: Piece, when: dt.datetime, number: float, *, halved: bool) -> str:
    kind, text = piece
    if kind == "elapsed":
        return _elapsed(text, number)
    if kind in {"date", "minute"}:
        return _part_of(when, kind, text.lower(), halved=halved)
    if kind == "noon":
        half = "AM" if when.hour < 12 else "PM"
        return half[:1] if len(text) < 5 else half
    return "" if kind == "digit" else _literal(piece)


def _smallest(section: _Section) -> str:
    texts = [text.lower() for kind, text in section.pieces if kind == "date"]
    if any("." in text for text in texts):
        return "."
    return "s" if any(text.startswith("s") for text in texts) else ""


def _elapsed(text: str, number: float) -> str:
    seconds = Decimal(repr(number)) * 86_400
    whole = int(abs(seconds).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    units = {"h": 3600, "m": 60, "s": 1}[text[0]]
    return ("-" if number < 0 else "") + str(whole // units).zfill(len(text))


def _part_of(when: dt.datetime, kind: str, text: str, *, halved: bool) -> str:
    letter, size = text[0], len(text)
    if kind == "minute":
        return f"{when.minute:0{min(size, 2)}d}"
    if letter in "ye":
        return f"{when.year % 100:02d}" if letter == "y" and size <= 2 else f"{when.year:04d}"
    if letter == "h":
        hour = (when.hour + 11) % 12 + 1 if halved else when.hour
        return f"{hour:0{min(size, 2)}d}"
    if letter == "s":
        whole, _, part = text.partition(".")
        tail = f".{when.microsecond // 1000:03d}"[: len(part) + 1] if part else ""
        return f"{when.second:0{min(len(whole), 2)}d}{tail}"
    name = _MONTHS[when.month - 1] if letter == "m" else _DAYS[when.weekday()]
    number = when.month if letter == "m" else when.day
    named = {3: name[:3], 5: name[:1] if letter == "m" else name}
    return f"{number:0{size}d}" if size <= 2 else named.get(size, name)
