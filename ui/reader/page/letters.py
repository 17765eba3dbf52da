"""Along a text by letters and words, as the arrows go. Pure values."""


def onward(text: str, at: int, *, by_word: bool) -> int:
    """Return the place a letter on from ``at``, or the end of the word that it stands in."""
    at = min(at + 1, len(text))
    while by_word and at < len(text) and not text[at].isspace():
        at += 1
    return at


def back(text: str, at: int, *, by_word: bool) -> int:
    """Return the place a letter before ``at``, or the start of the word that it stands in."""
    at = max(at - 1, 0)
    while by_word and at > 0 and not text[at - 1].isspace():
        at -= 1
    return at
