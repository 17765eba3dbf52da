"""Scripts that part no words, and signs: what stands on a page without a gap around it."""

import re

UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)  # Thai, Lao, Burmese, Khmer, Japanese, Chinese
SIGN = re.compile("[\U0001f000-\U0001faff]")
LETTER = re.compile(r"[^\W_]")


def as_it_stands(words: str) -> re.Pattern[str]:
    """Return the expression that finds ``words`` as they are; a line may end within them."""
    return re.compile("\n?".join(map(re.escape, words)))


def sought_in_text(words: str) -> bool:
    """Whether ``words`` are looked for in the text itself: it has no words that stand alone.

    >>> sought_in_text("呼吸"), sought_in_text("😢"), sought_in_text("ward 😢")
    (True, True, False)
    """
    return bool(UNPARTED.search(words) or (not LETTER.search(words) and SIGN.search(words)))
