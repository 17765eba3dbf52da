"""Finding words on a page, forgiving about case, accents of quotation and line breaks."""

from collections.abc import Iterator

_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def find(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every place where ``query`` stands in ``text``, without overlap.

    Upper and lower case are alike, curly and straight quotation marks are alike, and any run of
    white space matches any other. A query of white space alone finds nothing.
    """
    wanted = " ".join(query.translate(_ALIKE).casefold().split())
    if not wanted:
        return
    folded, places = _fold(text)
    at = folded.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        yield places[at], places[last] + 1
        at = folded.find(wanted, last + 1)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return ``text`` folded for finding, and for each character of it the offset it came from."""
    out: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text.translate(_ALIKE)):
        if character.isspace():
            if not out or out[-1] == " ":
                continue
            folded = " "
        else:
            folded = character.casefold()
        for one in folded:
            out.append(one)
            places.append(index)
    return "".join(out), places
