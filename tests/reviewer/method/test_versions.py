"""Versions of a framework: words that differ, what became of each factor, what carries over."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import FrameworkError
from reviewer.method.files import FrameworkFile, standard
from reviewer.method.mapped import Fate, Link
from reviewer.method.versions import compare
from reviewer.method.wording import Change, Piece, compare_words

SAME, OUT, IN = Change.SAME, Change.OUT, Change.IN
OLD = standard("safeguarding").framework
CODES = OLD.codes


def changed(code="PRAC-VOICE", **words):
    """Return the framework with one factor that reads otherwise, as version 2."""
    factors = [replace(one, **words) if one.code == code else one for one in OLD.factors]
    return replace(OLD, version="2", factors=tuple(factors))


def without(*codes, more=()):
    kept = tuple(one for one in OLD.factors if one.code not in codes)
    made = tuple(replace(OLD.factors[0], code=code) for code in more)
    return replace(OLD, version="2", factors=(*kept, *made))


def mapped(new, *rows):
    links = tuple(Link(fate, tuple(old), tuple(to)) for fate, old, to in rows)
    return FrameworkFile(framework=new, replaces="1", mapping=links)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("a b", "a  b\n", [(SAME, "a b")]),
        ("", "a b", [(IN, "a b")]),
        ("a b", "", [(OUT, "a b")]),
        ("a b c", "a x y c", [(SAME, "a"), (OUT, "b"), (IN, "x y"), (SAME, "c")]),
        ("a b c d", "b d", [(OUT, "a"), (SAME, "b"), (OUT, "c"), (SAME, "d")]),
        ("a a", "a a a", [(SAME, "a a"), (IN, "a")]),
        ("one two", "two one", [(IN, "two"), (SAME, "one"), (OUT, "two")]),
    ],
    ids=str,
)
def test_words_are_compared_one_by_one(old, new, pieces):
    assert list(compare_words(old, new)) == [Piece(*one) for one in pieces]


WORDS = st.lists(st.sampled_from("abc"), max_size=9)


def longest(before, after):
    """How many words two texts have in common, counted without any cleverness."""
    rows = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            best = max(rows[i][j + 1], rows[i + 1][j])
            rows[i + 1][j + 1] = rows[i][j] + 1 if one == other else best
    return rows[-1][-1]


@given(WORDS, WORDS)
def test_pieces_hold_both_texts_and_as_much_the_same_as_can_be(old, new):
    pieces = compare_words(" ".join(old), " ".join(new))

    def words(*what):
        return [word for one in pieces if one.what in what for word in one.words.split()]

    assert words(SAME, OUT) == old
    assert words(SAME, IN) == new
    assert len(words(SAME)) == longest(old, new)
    assert all(one.what is not two.what for one, two in pairwise(pieces))


def test_the_longest_texts_are_compared_whole():
    old = " ".join(["a", "b"] * 1000)
    new = " ".join(["b", "c", "a"] * 660)
    same = [one for one in compare_words(old, new) if one.what is SAME]
    assert sum(len(one.words.split()) for one in same) > 1300


# ---------------------------------------------------------------- versions


def test_the_same_framework_carries_everything():
    found = compare(OLD, OLD)
    assert found.carries == CODES
    assert found.counts[Fate.KEPT] == len(CODES)
    assert (found.differs, found.asks_otherwise) == ((), False)


def test_what_is_reworded_is_asked_again_and_told_word_by_word():
    definition = OLD.factors[0].definition.replace("wanted", "wished for")
    found = compare(changed(definition=definition), OLD)
    row = found.rows[0]
    assert (row.fate, row.carries, row.doubt) == (Fate.REWORDED, False, "")
    assert [one.field for one in row.words] == ["definition"]
    assert row.words[0].pieces[1:3] == (Piece(OUT, "wanted,"), Piece(IN, "wished for,"))
    assert found.carries == CODES[1:]
    assert compare(changed(name="Voice of the person"), OLD).rows[0].fate is Fate.REWORDED


def test_white_space_a_heading_and_another_group_change_no_question():
    definition = OLD.factors[0].definition.replace(" ", "\n", 1)
    found = compare(changed(definition=definition, short="Other"), OLD)
    assert (found.rows[0].fate, found.rows[0].words) == (Fate.KEPT, ())
    moved = compare(changed(group="GOV"), OLD)
    assert [one.field for one in moved.rows[0].words] == ["group"]
    assert (moved.rows[0].fate, moved.rows[0].carries) == (Fate.KEPT, True)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(OLD, scale=OLD.scale[:-1]), "The scale"),
        (replace(OLD, scale=(*OLD.scale[:-1], replace(OLD.scale[-1], anchor="x"))), "The scale"),
        (replace(OLD, thresholds=replace(OLD.thresholds, evidence=1)), "needs evidence"),
        (replace(OLD, reasons=(replace(OLD.reasons[0], label="x"), *OLD.reasons[1:])), "reasons"),
    ],
    ids=["fewer points", "an anchor", "evidence", "a reason"],
)
def test_where_the_answers_are_others_no_rating_carries_over(other, words):
    found = compare(other, OLD)
    assert found.asks_otherwise
    assert words in found.differs[0]
    assert found.carries == ()
    assert found.counts[Fate.KEPT] == len(CODES)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(OLD, thresholds=replace(OLD.thresholds, counts=4)), "counts from another point"),
        (replace(OLD, groups=(replace(OLD.groups[0], name="x"), *OLD.groups[1:])), "named or"),
        (replace(OLD, groups=OLD.groups[::-1]), "The groups are others"),
    ],
    ids=["thresholds", "a name", "their order"],
)
def test_what_counts_otherwise_is_said_and_ratings_stand(other, words):
    found = compare(other, OLD)
    assert words in found.differs[0]
    assert found.carries == CODES


def test_another_letter_for_a_reason_changes_nothing():
    other = replace(OLD, reasons=(replace(OLD.reasons[0], key="z"), *OLD.reasons[1:]))
    assert compare(other, OLD).carries == CODES


def test_what_no_mapping_tells_of_is_dropped_and_new():
    found = compare(without("PRAC-ASK", more=["PRAC-X"]), OLD)
    assert [(row.fate, row.old, row.new) for row in found.rows if row.fate is not Fate.KEPT] == [
        (Fate.DROPPED, ("PRAC-ASK",), ()),
        (Fate.NEW, (), ("PRAC-X",)),
    ]
    assert found.counts[Fate.DROPPED] == found.counts[Fate.NEW] == 1


def test_a_mapping_splits_joins_and_drops_and_nothing_of_it_carries():
    gone = ("PRAC-ASK", "JOIN-SHARE", "JOIN-LEAD", "ORG-LAW")
    new = without(*gone, more=["A", "B", "C"])
    rows = (
        ("split", ["PRAC-ASK"], ["A", "B"]),
        ("joined", ["JOIN-LEAD", "JOIN-SHARE"], ["C"]),
        ("dropped", ["ORG-LAW"], []),
        ("kept", ["GOV-OVER"], ["GOV-OVER"]),
    )
    found = compare(new, OLD, mapped(new, *rows))
    assert [(row.fate.value, row.old, row.new) for row in found.rows if not row.carries] == [
        ("split", ("PRAC-ASK",), ("A", "B")),
        ("joined", ("JOIN-LEAD", "JOIN-SHARE"), ("C",)),
        ("dropped", ("ORG-LAW",), ()),
    ]
    assert found.counts == {
        Fate.KEPT: 8,
        Fate.REWORDED: 0,
        Fate.SPLIT: 1,
        Fate.JOINED: 2,
        Fate.DROPPED: 1,
        Fate.NEW: 0,
    }
    assert set(found.carries) == set(CODES) - set(gone)


def test_a_mapping_from_another_version_is_refused():
    for new, old in (
        (replace(OLD, version="2"), replace(OLD, version="1.1")),
        (replace(OLD, version="2", id="other"), OLD),
    ):
        with pytest.raises(
            FrameworkError, match="leads from version 1 of it, and this is version"
        ):
            compare(new, old, mapped(new, ("dropped", ["X"], [])))


def test_what_the_older_version_does_not_ask_is_said():
    new = without("PRAC-ASK", more=["A", "B"])
    rows = (("joined", ["PRAC-ASK", "EXT"], ["A"]), ("split", ["FAR"], ["B"]))
    found = compare(new, OLD, mapped(new, *rows))
    assert found.differs == (
        "The mapping leads from EXT, FAR too, which version 1 does not ask here.",
    )
    assert [(row.fate.value, row.old, row.new) for row in found.rows if not row.carries] == [
        ("joined", ("PRAC-ASK",), ("A",)),
        ("new", (), ("B",)),
    ]


def test_a_code_that_may_stand_for_another_factor_is_doubted():
    new = changed(name="Restraint", definition="Held down by force.")
    assert "a code once used" in compare(new, OLD).rows[0].doubt
    reworded = mapped(new, ("reworded", ["PRAC-VOICE"], ["PRAC-VOICE"]))
    assert compare(new, OLD, reworded).rows[0].doubt == ""
    kept = mapped(new, ("kept", ["PRAC-VOICE"], ["PRAC-VOICE"]))
    row = compare(new, OLD, kept).rows[0]
    assert (row.fate, row.carries) == (Fate.REWORDED, False)
    assert row.doubt == "The mapping says that PRAC-VOICE is kept, and its words are others."
