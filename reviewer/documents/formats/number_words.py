"""Numbers as Word writes them out in a list: 1st, One, First."""

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def in_english(count: int, kind: str) -> str:
    """Return a number as a list of ``kind`` shows it; beyond 99 words are not written out.

    >>> in_english(22, "ordinal"), in_english(11, "ordinal"), in_english(21, "cardinalText")
    ('22nd', '11th', 'Twenty-one')
    >>> (
    ...     in_english(30, "ordinalText"),
    ...     in_english(12, "ordinalText"),
    ...     in_english(100, "ordinalText"),
    ... )
    ('Thirtieth', 'Twelfth', '100th')
    """
    if kind != "ordinal" and 0 < count < 100:
        tens, ones = divmod(count, 10) if count > 19 else (0, count)
        parts = [part for part in (_TENS[tens], _SMALL[ones] if ones else "") if part]
        if kind == "ordinalText":
            parts[-1] = _ordinal(parts[-1])
        return "-".join(parts).capitalize()
    if kind == "cardinalText":
        return str(count)
    tail = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if count // 10 % 10 == 1 else tail}"


def _ordinal(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
