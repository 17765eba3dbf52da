"""Sentences in other languages: chosen, filled in, and never a fault at a person's screen."""

import gettext

import pytest

from reviewer.messages import DOMAIN, Messages, later
from tools.messages import compiled

WELSH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 :"
" (n==6) ? 4 : 5;\\n"

msgid "Sealed by {name}"
msgstr "Seliwyd gan {name}"

msgid "Not translated"
msgstr ""

msgid "{count:,} dog"
msgid_plural "{count:,} dogs"
msgstr[0] "{count:,} cŵn (dim)"
msgstr[1] "{count:,} ci"
msgstr[2] "{count:,} gi"
msgstr[3] "{count:,} chi"
msgstr[4] "{count:,} chi (chwech)"
msgstr[5] "{count:,} ci (llawer)"
"""


def put(folder, po, language="cy"):
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / f"{DOMAIN}.po").write_text(po, "utf-8")
    assert compiled(place / f"{DOMAIN}.po") == []
    return folder


class Catalogue(gettext.NullTranslations):
    def __init__(self, said):
        super().__init__()
        self._said = said

    def gettext(self, message):
        return self._said

    def ngettext(self, msgid1, msgid2, n):
        return self._said


def test_welsh_has_six_forms(tmp_path):
    welsh = Messages()
    assert welsh.load(put(tmp_path, WELSH), "cy")
    told = [
        welsh.plural("{count:,} dog", "{count:,} dogs", count=n) for n in (0, 1, 2, 3, 6, 1200)
    ]
    assert told == [
        "0 cŵn (dim)",
        "1 ci",
        "2 gi",
        "3 chi",
        "6 chi (chwech)",
        "1,200 ci (llawer)",
    ]
    assert welsh.say("Sealed by {name}", name="Dr Vane") == "Seliwyd gan Dr Vane"


def test_what_is_not_translated_is_english(tmp_path):
    welsh = Messages()
    welsh.load(put(tmp_path, WELSH), "cy")
    assert welsh.say("Not translated") == "Not translated"
    assert welsh.say("Nobody knew {this} there", this="one") == "Nobody knew one there"
    assert welsh.plural("{count} cat", "{count} cats", count=2) == "2 cats"
    assert welsh.say("") == ""


@pytest.mark.parametrize("language", ["xx", "", "../cy", "cy/../cy", "CY"])
def test_a_language_without_a_catalogue_is_english(tmp_path, language):
    messages = Messages()
    put(tmp_path, WELSH)
    messages.load(tmp_path, "cy")
    assert not messages.load(tmp_path, language)
    assert messages.say("Sealed by {name}", name="x") == "Sealed by x"


@pytest.mark.parametrize("held", [b"", b"no catalogue", bytes.fromhex("de120495") + b"\xff" * 9])
def test_a_broken_catalogue_is_english(tmp_path, held):
    messages = Messages()
    (put(tmp_path, WELSH) / "cy" / "LC_MESSAGES" / f"{DOMAIN}.mo").write_bytes(held)
    assert not messages.load(tmp_path, "cy")
    assert messages.say("Sealed by {name}", name="x") == "Sealed by x"


def test_a_rule_for_plurals_that_is_none_is_english(tmp_path):
    messages = Messages()
    path = put(tmp_path, WELSH) / "cy" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    held = path.read_bytes()
    path.write_bytes(held.replace(b"plural=(n==0) ?", b"plural=(n==0( ?"))
    assert path.read_bytes() != held
    assert not messages.load(tmp_path, "cy")


@pytest.mark.parametrize("said", ["{other}", "{name", "{name:,}", "{name.no}", "{0}", "{name!q}"])
def test_a_translation_with_a_wrong_field_gives_way_to_english(said):
    messages, told = Messages(), []
    messages.told_of = told.append
    messages.use(Catalogue(said))
    assert messages.say("Sealed by {name}", name="Vane") == "Sealed by Vane"
    assert messages.plural("{count} {name}", "{count} {name}s", count=2, name="cat") == "2 cats"
    assert told == [said, said]


def test_a_field_that_nobody_gave_is_shown_and_told_of():
    messages, told = Messages(), []
    messages.told_of = told.append
    assert messages.say("Sealed by {name} on {day}", name="Vane") == "Sealed by {name} on {day}"
    assert told
    assert messages.say("{count:,} of them", count=None) == "{count:,} of them"


def test_what_is_named_for_later_is_said_in_the_language_of_that_time(tmp_path):
    named = later("Sealed by {name}")
    messages = Messages()
    messages.load(put(tmp_path, WELSH), "cy")
    assert messages.say(named, name="Vane") == "Seliwyd gan Vane"
