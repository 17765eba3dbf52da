"""Every sentence that a person reads, in that person's language.

English is the source, and catalogues (``resources/languages``) say it in other languages.

- ``say("{count:,} rated", count=n)``: one sentence, whole, with its fields by name. A sentence is
  never put together from pieces that mean nothing by themselves: other languages order them
  otherwise.
- ``plural("{count:,} case", "{count:,} cases", count=n)``: what is counted. English has two forms,
  Welsh has six; the catalogue chooses.
- ``later("...")``: names a sentence where nothing can be said yet, as in a constant of a module;
  it is said by ``say(NAME)`` when it is shown.

Nothing here raises at a person's screen. Where a catalogue is missing or broken, or its sentence
has fields that nobody gave, the English one is shown; tests see it by ``told_of``.
"""

import gettext
import re
import struct
from collections.abc import Callable
from pathlib import Path

DOMAIN = "reviewer"
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?")
_BROKEN = (OSError, ValueError, struct.error)  # what a catalogue can be: gone, or not one


class Messages:
    """The catalogue that is spoken from; there is one of them in the program (below)."""

    def __init__(self) -> None:
        self._catalogue = gettext.NullTranslations()
        self.told_of: Callable[[str], None] = _nobody

    def use(self, catalogue: gettext.NullTranslations) -> None:
        """Say everything from ``catalogue`` from now on."""
        self._catalogue = catalogue

    def load(self, folder: Path, language: str) -> bool:
        """Use the catalogue of ``language`` in ``folder``; English where there is none.

        Returns whether there was one.
        """
        catalogue = _read(folder, language)
        self.use(catalogue or gettext.NullTranslations())
        return catalogue is not None

    def say(self, sentence: str, /, **fields: object) -> str:
        """Return ``sentence`` in the person's language, its fields filled in.

        >>> Messages().say("Sealed by {name}", name="Dr Vane")
        'Sealed by Dr Vane'
        """
        if not sentence:
            return ""  # a catalogue answers it with its own head
        said = self._catalogue.gettext(sentence)
        return self._filled((said, sentence), fields) if fields else said

    def plural(self, one: str, many: str, /, *, count: int, **fields: object) -> str:
        """Return the form for ``count`` in the person's language, its fields filled in.

        >>> english = Messages()
        >>> english.plural("{count:,} case", "{count:,} cases", count=1)
        '1 case'
        >>> english.plural("{count:,} case", "{count:,} cases", count=1200)
        '1,200 cases'
        """
        said = self._catalogue.ngettext(one, many, count)
        return self._filled((said, one if count == 1 else many), {"count": count, **fields})

    def _filled(self, templates: tuple[str, ...], fields: dict[str, object]) -> str:
        for template in templates:
            try:
                return template.format(**fields)
            except (LookupError, ValueError, TypeError, AttributeError):
                self.told_of(template)
        return templates[-1]


def later(sentence: str) -> str:
    """Return ``sentence`` as it is: it is named here, and said by ``say`` when it is shown."""
    return sentence


def _nobody(_template: str) -> None:
    pass


def _read(folder: Path, language: str) -> gettext.GNUTranslations | None:
    if not _LANGUAGE.fullmatch(language):
        return None
    try:
        with (folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except _BROKEN:
        return None


MESSAGES = Messages()
say = MESSAGES.say
plural = MESSAGES.plural
