"""Keys, the proof of enrolment, and words."""

import pytest

from reviewer.crypto import identity, words
from reviewer.errors import EngineError

PLACE = {"casebook": "c", "pack": "p", "member": "m"}


def test_keys_come_back_from_what_is_stored():
    age = identity.new_age_key()
    assert identity.age_key(age.secret) == age
    signing = identity.new_signing_key()
    assert identity.signing_key(signing.secret) == signing
    assert len(signing.public) == 64


def test_a_stored_key_that_is_none_is_our_fault():
    with pytest.raises(EngineError):
        identity.age_key("AGE-SECRET-KEY-1NOT")


def test_secrets_are_not_shown():
    age, signing = identity.new_age_key(), identity.new_signing_key()
    assert age.secret not in repr(age)
    assert signing.secret.hex() not in repr(signing)
    assert str(signing.secret) not in repr(signing)


def test_enrolment_binds_token_key_casebook_pack_and_member():
    token, key = identity.new_token(), identity.new_signing_key().public
    proof = identity.enrolment(token, key, **PLACE)
    assert identity.enrolled(proof, token, key, **PLACE)
    assert not identity.enrolled(proof, identity.new_token(), key, **PLACE)
    assert not identity.enrolled(proof, token, identity.new_signing_key().public, **PLACE)
    for name in PLACE:
        assert not identity.enrolled(proof, token, key, **(PLACE | {name: "other"}))
    assert not identity.enrolled("\ud800", token, key, **PLACE)


def test_a_drawn_passphrase_is_worth_77_bits():
    assert words.passphrase_bits() >= 77
    drawn = {words.new_passphrase() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(phrase.split()) == 6 for phrase in drawn)


@pytest.mark.parametrize(("version", "least"), [(1, 7_713), (2, 7_300)])
def test_the_word_list_is_clean(version, least):
    listed = words.word_list(version)
    assert len(set(listed)) == len(listed) >= least
    assert all(3 <= len(word) <= 9 and word.replace("-", "").isalpha() for word in listed)
    assert not {"graveyard", "jailer", "strangle"} & set(listed)


def test_what_is_read_to_people_in_grief_leaves_out_what_hurts():
    assert not {"shrapnel", "deplored", "remorse", "coroner", "helpless"} & set(words.word_list())
    assert set(words.word_list(2)) < set(words.word_list(1))
    assert words.hurts("uptight liking remorse")
    assert not words.hurts("uptight liking mystified")


def test_a_new_key_is_never_read_aloud_by_a_word_that_hurts():
    """The list of fingerprints stays, so that the words of a key that exists never change."""
    spoken = [words.fingerprint_words(identity.new_signing_key().public) for _ in range(300)]
    assert not any(words.hurts(one) for one in spoken)
    some = [words.fingerprint_words(f"{n:064x}") for n in range(300)]
    assert any(words.hurts(one) for one in some), "the test could not have failed"


def test_a_fingerprint_is_six_words_and_never_changes():
    assert words.fingerprint_words("00" * 32) == words.fingerprint_words("00" * 32)
    assert words.fingerprint_words("00" * 32) != words.fingerprint_words("01" + "00" * 31)
    # Read aloud from printed receipts: a change here breaks every one of them.
    assert (
        words.fingerprint_words("00" * 32) == "uptight liking mystified herself precook munchkin"
    )
