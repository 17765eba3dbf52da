# ruff: noqa: RUF001 - these are the signs themselves
"""Signs that are typed as letters of a symbol face: in Wingdings a thorn is a ticked box.

A tick that turned into an empty box, or into a letter, would change what a form says.
"""

from reviewer.records.text import clean_line

_SYMBOL = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|⎯↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊<®©™∑(((⌈|⌊{{{|"
        ">∫⌠|⌡)))⌉|⌋}}}",
        strict=True,
    )
)
_WINGDINGS = {
    0x20: " ", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x44: "👎",
    0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4E: "☠",
    0x52: "☼", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐",
    0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•",
    0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗",
    0x56: "⊗", 0x97: "●", 0xA0: "▪", 0xA2: "■", 0xA3: "☐", 0xA4: "▣",
    **{0x6A + n: chr(0x2460 + n) for n in range(10)},
    **{0x75 + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_WEBDINGS = {0x20: " ", 0x61: "✔", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✖"}
_FACES = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {0x20: " "},
    "webdings": _WEBDINGS,
}
_PRIVATE = 0xF000  # where Word keeps the letters of symbol faces
OF_NO_FACE = {  # what they nearly always are where the face is not known
    _PRIVATE + 0xB7: "•", _PRIVATE + 0x2D: "-",
    **{_PRIVATE + code: _WINGDINGS[code] for code in (
        0x20, 0x6E, 0x6F, 0x76, 0xA7, 0xA8, 0xD8, 0xE0, 0xFB, 0xFC, 0xFD, 0xFE
    )},
}  # fmt: skip
TICKS = frozenset("☐☑☒✓✔✗✖")


def is_symbols(face: str) -> bool:
    """Whether the letters of a face are signs."""
    return face.strip().lower() in _FACES


def signs(text: str, face: str) -> str:
    """Return ``text`` as it is seen in ``face``; what we do not know is named, never dropped."""
    table = _FACES[face.strip().lower()]
    return "".join(_sign(letter, table, face) for letter in text)


def _sign(letter: str, table: dict[int, str], face: str) -> str:
    code = ord(letter)
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        code -= _PRIVATE
    elif code > 0xFF:
        packed = letter.encode("cp1252", "replace")
        code = code if packed == b"?" else packed[0]
    if code in table:
        return table[code]
    if code > 0xFF or letter in "\t\n\xad":
        return letter
    return f"[sign {code:02X} of {face.strip()[:20]}]"


def of_code(code: str, face: str) -> str:
    """Return the sign that a character of a face stands for, or its number where we know none."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if is_symbols(face) and 0 < number < 0xF100:
        return signs(chr(number), face)
    if number in OF_NO_FACE:
        return OF_NO_FACE[number]
    if 0xE000 <= number <= 0xF8FF or not 32 <= number < 0x110000 or 0xD800 <= number < 0xE000:
        return f"[sign {number:X} of {clean_line(face)[:20] or 'another face'}]"
    return chr(number)
