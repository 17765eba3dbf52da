"""Whether a new passphrase is good enough, and what would make it better.

Offline guessing costs three passes over 256 MiB a try (``profiles.STANDARD``): some 600 tries a
second on the fastest graphics card of 2026, 10,000 a second for somebody with a room of them.
Under 10^14 guesses that room finds the passphrase within a lifetime, so it is refused; up to
10^18 it is taken with the advice to add a word. Six drawn words are 10^23. The estimate is
zxcvbn's, told which words of this inquiry an attacker would try first. Only new passphrases are
judged, never those that open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from zxcvbn import zxcvbn

from reviewer.errors import PassphraseError

REFUSED_BELOW = 14.0  # log10 of guesses: over a century at 10,000 a second
ADVISED_BELOW = 18.0
_JUDGED = 72  # characters that zxcvbn looks at; more only cost time
_WORD = re.compile(r"[^\W_]{3,}")
_MOST_WORDS = 60  # of the context; a title has ten
DRAWN = "Or let Reviewer draw six words for you."


class Strength(Enum):
    """How a new passphrase is judged."""

    REFUSED = "refused"
    ADVISED = "advised"
    STRONG = "strong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """``sentence`` says why and what would help; it is empty for a strong one.

    ``guesses`` is the logarithm (base 10) of how many tries it would stand.
    """

    strength: Strength
    guesses: float
    sentence: str


def judge(passphrase: str, *, context: Iterable[str] = ()) -> Advice:
    """Return the judgement on a new passphrase.

    ``context`` are texts that everybody knows of this inquiry: its title, the names in it.
    """
    if not passphrase:
        sentence = "Too easy to guess. Nothing was typed."
        return Advice(strength=Strength.REFUSED, guesses=0.0, sentence=sentence)
    judged = zxcvbn(passphrase[:_JUDGED], user_inputs=_words(context))
    zxcvbn("x")  # it keeps the words of the context until the next call
    guesses = float(judged["guesses_log10"])
    if guesses >= ADVISED_BELOW:
        return Advice(strength=Strength.STRONG, guesses=guesses, sentence="")
    if guesses >= REFUSED_BELOW:
        sentence = "Good enough. One more word would make it much harder to guess."
        return Advice(strength=Strength.ADVISED, guesses=guesses, sentence=sentence)
    found = judged["feedback"]
    why = [str(found["warning"] or ""), *(str(hint) for hint in found["suggestions"])]
    hints = [_ours(hint) for hint in why if hint] or ["Add another word or two."]
    if any(match.get("dictionary_name") == "user_inputs" for match in judged["sequence"]):
        hints.insert(0, "It holds words of this inquiry.")
    sentence = " ".join(["Too easy to guess.", *hints])
    return Advice(strength=Strength.REFUSED, guesses=guesses, sentence=sentence)


def require(passphrase: str, *, context: Iterable[str] = ()) -> Advice:
    """Return the judgement on a new passphrase that is acceptable.

    Raises ``PassphraseError`` for one that is refused, saying why and what would help.
    """
    advice = judge(passphrase, context=context)
    if advice.strength is Strength.REFUSED:
        raise PassphraseError(f"{advice.sentence} {DRAWN}")
    return advice


def _words(context: Iterable[str]) -> list[str]:
    whole = [text for text in context if text.strip()]
    parts = [word for text in whole for word in _WORD.findall(text)]
    return [*whole, *parts][:_MOST_WORDS]


def _ours(hint: str) -> str:
    return hint.rstrip(".").replace("password", "passphrase") + "."
