"""A language that nobody speaks: English with accents, in brackets, and 40 % longer.

It knows the sentences of the catalogue and no others, and leaves every field as it is. What is
said in it and still reads as English was forgotten: it does not go through ``reviewer.messages``.
"""

import gettext
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from reviewer.messages import MESSAGES
from tools.messages import extract

ROOT = Path(__file__).resolve().parents[1]
_ACCENTS = str.maketrans("AEIOUYSaceinosuyz", "ÀÉÎÕÜÝŠàçéîñõšüýž")
_FIELD = re.compile(r"(\{[^{}]*\})")
_DATA = {  # of the samples, and also what the window says
    "Chair",  # the name of a member
    "Records",  # a group of factors
    "Ambulance",  # agencies
    "Police",
    "12 words of this file are not shown: remember, tomorrow, hatch, airway and 8 more.",  # a note
}
_LONGER = "lõrém îpšüm dõlõr šît àmét "


def accented(sentence):
    """Return the sentence as the language has it."""
    parts = _FIELD.split(sentence)
    said = "".join(part if part.startswith("{") else part.translate(_ACCENTS) for part in parts)
    wants = len(sentence) * 4 // 10
    more = (_LONGER * (wants // len(_LONGER) + 1))[:wants].strip()
    return f"[{said} {more}]" if more else f"[{said}]"


@cache
def known():
    """Return every sentence of the catalogue, both forms of what is counted."""
    return frozenset(text for m in extract(ROOT) for text in (m.one, m.many) if text)


class Pseudo(gettext.NullTranslations):
    """The catalogue of that language."""

    def gettext(self, message):
        return accented(message) if message in known() else message

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def _english():
    """Return an expression for each sentence of the catalogue, as English shows it.

    One that is little but fields would match anything.
    """
    whole = []
    for sentence in known():
        parts = _FIELD.split(sentence)
        words = "".join(part for part in parts if not part.startswith("{"))
        if len(re.findall(r"[A-Za-z]{2,}", words)) >= (1 if len(parts) == 1 else 2):
            whole.append("".join(".+?" if p.startswith("{") else re.escape(p) for p in parts))
    return re.compile("|".join(whole), re.DOTALL)


def forgotten(text):
    """Return whether ``text`` is a sentence of the catalogue that stayed English."""
    return text not in _DATA and _english().fullmatch(text) is not None


@contextmanager
def spoken():
    """Say everything in that language for a while."""
    MESSAGES.use(Pseudo())
    try:
        yield
    finally:
        MESSAGES.use(gettext.NullTranslations())
