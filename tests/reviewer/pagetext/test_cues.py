"""What was said when, from the words of a transcript's pages."""

from reviewer.pagetext import cues as module
from reviewer.pagetext.cues import cue_at, cues_of

SET = (
    "Transcript\n00:00:02 - 00:00:05\nCALLER: He is on the floor.\n"
    "00:00:10 - 00:00:14\nPOLICE: Is he"
)
MORE = "breathing?\n00:01:30 - 00:01:34\nCALLER: He has stopped."


def told(cues):
    return [(one.start, one.end, one.words, one.page) for one in cues]


def test_parts_go_on_over_pages():
    assert told(cues_of([SET, MORE])) == [
        (2.0, 5.0, "CALLER: He is on the floor.", 1),
        (10.0, 14.0, "POLICE: Is he breathing?", 1),
        (90.0, 94.0, "CALLER: He has stopped.", 2),
    ]


def test_times_before_the_words_are_read_too():
    typed = "Heading\n[00:03] Help\n12:05.5: police\n1:00:00 - ambulance\nIt is 12:30 now."
    assert told(cues_of([typed])) == [
        (3.0, 33.0, "Help", 1),
        (725.5, 755.5, "police", 1),
        (3600.0, 3630.0, "ambulance It is 12:30 now.", 1),
    ]


def test_one_without_an_end_lasts_until_the_next():
    assert told(cues_of(["0:01 a\n0:03 b\n0:03 c"]))[0][1] == 3.0
    assert told(cues_of(["0:09 a\n0:03 b"])) == [(3.0, 9.0, "b", 1), (9.0, 39.0, "a", 1)]


def test_a_part_that_ends_before_it_begins_has_no_end():
    assert told(cues_of(["00:10 - 00:05\na"])) == [(10.0, 40.0, "a", 1)]


def test_words_without_times_are_none():
    assert cues_of(["Nothing is said at 10:30."]) == []
    assert cues_of(["00:10\n00:20"]) == []


class Counted(list):
    """A list that counts what is copied out of it."""

    copied = 0

    def __getitem__(self, at):
        found = super().__getitem__(at)
        Counted.copied += len(found) if isinstance(at, slice) else 0
        return found


def test_the_end_of_a_part_is_looked_for_near_it():
    begins = Counted(map(float, range(1_000)))
    assert module._until(3.0, begins, 4) == 4.0
    assert module._until(999.0, begins, 1_000) == 1_029.0
    assert Counted.copied <= 50


def test_there_are_not_more_than_can_be_shown(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    assert [one.words for one in cues_of(["0:01 a\n0:02 b\n0:03 c"])] == ["a", "b 0:03 c"]


def test_what_is_spoken_now():
    cues = cues_of(["0:02 a\n0:04 b"])
    assert [cue_at(cues, at) for at in (0, 2, 3.9, 4, 99)] == [-1, 0, 0, 1, 1]
    assert cue_at([], 3) == -1
