"""Which words are broken at the end of a line anywhere, as stored."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reviewer.casebook.writer import Transaction
from reviewer.pagetext.breaks import broken_words

_OF_WORDS = """
SELECT word, first FROM json_each(:words)
CROSS JOIN broken_word ON broken_word.word = json_each.value
"""
_OF_BEGINNINGS = """
SELECT word, first FROM json_each(:words)
CROSS JOIN broken_word
    ON broken_word.word >= json_each.value AND broken_word.word < json_each.value || char(1114111)
"""
MOST = 12  # breaks of one word, and of one beginning: more would slow a search down


def keep_broken_words(tx: Transaction, texts: Iterable[str]) -> None:
    """Keep the words that new page texts break, in an open transaction.

    Whoever stores the text of a page calls it, so that search finds such words whole.
    """
    found = set(broken_words(texts))
    if not found:
        return
    words = json.dumps(sorted({word for word, _ in found}))
    known = set(tx.connection.execute(_OF_WORDS, {"words": words}))
    if new := sorted(found - known):
        tx.add_all("broken_word", new)


def breaks_of(connection: Any, words: Iterable[str], *, begin: bool) -> Mapping[str, list[str]]:  # noqa: ANN401 - the driver has no types
    """Return the breaks ("obser vation") of each of ``words``, which are folded, if it has any.

    With ``begin`` they are beginnings of words: the breaks of all words that begin so.
    """
    asked = sorted(set(words))
    if not asked:
        return {}
    query = _OF_BEGINNINGS if begin else _OF_WORDS
    found: dict[str, list[str]] = {word: [] for word in asked}
    for word, first in sorted(set(connection.execute(query, {"words": json.dumps(asked)}))):
        for one in (one for one in asked if word.startswith(one)) if begin else (word,):
            found[one].append(f"{first} {word[len(first) :]}")
    return {word: breaks[:MOST] for word, breaks in found.items() if breaks}
