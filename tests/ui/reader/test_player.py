"""The thread that plays: what is wanted now is heard, and nothing that goes wrong is lost."""

import threading
from contextlib import contextmanager, nullcontext

import pytest

from reviewer.computer.speaking.devices import NoSound
from reviewer.documents.outside.hearing import Sound
from reviewer.errors import DocumentError, EngineError
from tests.ui.read.heard import Counting
from tests.ui.waiting import WAIT
from ui.reader.sound import player as module
from ui.reader.sound.player import BARS, Player, Playing

SOUND = Sound(rate=100, frames=1_000, heard_rate=100, channels=1)


class Decoder:
    """A recording of ten seconds; each answer is a tenth of one."""

    def __init__(self, *, fails=""):
        self.fails, self.asked, self.abandoned = fails, [], False

    def listen(self, key, recording):
        self._fail("listen")
        return SOUND

    def samples(self, key, at, speed=1.0):
        self._fail("samples")
        self.asked.append(at)
        onward = min(at + 10, SOUND.frames)
        return onward, bytes(2 * round((onward - at) / speed))

    def loudness(self, key, begin, count, bars):
        self._fail("loudness")
        return bytes([9]) * bars

    def abandon(self):
        self.abandoned = True

    def _fail(self, what):
        if what == self.fails:
            raise DocumentError(f"{what} failed.")


@pytest.fixture
def play(qtbot):
    """Return a function that makes a player of a decoder and a loudspeaker, and opens it."""
    made = []

    def make(decoder=None, speaker=Counting):
        Counting.made.clear()
        decoder = decoder or Decoder()

        @contextmanager
        def opens():
            yield decoder

        made.append(Player(opens, speaker))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_all_of_it_is_drawn_once(qtbot, play):
    player, bars = play(), {}
    player.drawn.connect(lambda _key, first, some: bars.update({first: len(some)}))
    player.open("one", b"x")
    qtbot.waitUntil(lambda: sum(bars.values()) == BARS)
    assert bars == {0: 600, 600: 600}  # ten seconds are two steps


def test_a_long_one_is_drawn_in_steps(qtbot, play, monkeypatch):
    monkeypatch.setattr(module, "_STEP", 3.0)
    player, bars = play(), {}
    player.drawn.connect(lambda _key, first, some: bars.update({first: len(some)}))
    player.open("one", b"x")
    qtbot.waitUntil(lambda: sum(bars.values()) == BARS)
    assert bars == {0: 360, 360: 360, 720: 360, 1080: 120}


def test_a_very_long_one_is_not_drawn_while_it_is_heard(qtbot, play, monkeypatch):
    monkeypatch.setattr(module, "_STEP", 0.001)
    player, drawn = play(), []
    player._draw = lambda _decoder, run, _key: drawn.append(run.speaker is None)
    player.open("one", b"x")
    with qtbot.waitSignal(player.ended):
        player.play(Playing(at=5.0))
    qtbot.waitUntil(lambda: bool(drawn))  # once nothing is heard, it is
    player._run.drawn = SOUND.frames
    assert Counting.made[0].finished
    assert all(drawn)


@pytest.mark.parametrize(("speed", "heard"), [(1.0, 500), (2.0, 250), (0.5, 1_000)])
def test_the_moment_that_is_heard_is_one_of_the_recording(qtbot, play, speed, heard):
    player, moments = play(), []
    player.moved.connect(lambda _key, seconds: moments.append(seconds))
    player.open("one", b"x")
    with qtbot.waitSignal(player.ended):
        player.play(Playing(at=5.0, speed=speed))
    assert len(Counting.made[0].samples) == 2 * heard
    assert moments == sorted(moments)
    assert moments[0] == pytest.approx(5.1)
    assert moments[-1] == 10.0
    assert Counting.made[0].finished


def test_a_range_goes_round_until_something_else_is_wanted(qtbot, play):
    decoder = Decoder()
    player = play(decoder)
    player.open("one", b"x")
    player.play(Playing(at=1.0, loop=(1.0, 1.2)))
    qtbot.waitUntil(lambda: len(decoder.asked) > 6)
    player.pause()
    assert decoder.asked[:6] == [100, 110, 100, 110, 100, 110]


def test_a_range_up_to_the_end_goes_round_too(qtbot, play):
    decoder = Decoder()
    player = play(decoder)
    player.open("one", b"x")
    player.play(Playing(at=9.9, loop=(9.9, 20.0)))
    qtbot.waitUntil(lambda: decoder.asked.count(990) > 2)


def test_a_range_behind_the_end_is_the_end(qtbot, play):
    player = play()
    player.open("one", b"x")
    with qtbot.waitSignal(player.ended):
        player.play(Playing(at=12.0, loop=(12.0, 20.0)))


@pytest.mark.parametrize("what", ["listen", "samples", "loudness"])
def test_what_cannot_be_decoded_is_said(qtbot, play, what):
    player = play(Decoder(fails=what))
    with qtbot.waitSignal(player.failed) as told:
        player.open("one", b"x")
        player.play(Playing(at=0.0))
    assert told.args == ["one", f"{what} failed."]
    qtbot.waitUntil(lambda: player._wanted is None)


def test_a_worker_that_does_not_start_is_said(qtbot):
    @contextmanager
    def none():
        raise EngineError("It did not start.")
        yield

    player = Player(none, Counting)
    with qtbot.waitSignal(player.failed) as told:
        player.open("one", b"x")
    assert told.args == ["one", "It did not start."]
    player.close()


def test_a_loudspeaker_that_goes_away_is_said(qtbot, play):
    class Unplugged(Counting):
        def play(self, samples):
            if self.samples:
                raise NoSound
            super().play(samples)

    player = play(speaker=Unplugged)
    player.open("one", b"x")
    with qtbot.waitSignal(player.silent) as told:
        player.play(Playing(at=0.0))
    assert "plays no sound now" in told.args[0]
    qtbot.waitUntil(lambda: Counting.made[0].stopped, timeout=WAIT)


def test_nothing_is_heard_of_nothing(qtbot, play):
    player = play()
    player.play(Playing(at=0.0))
    assert player._wanted is None
    player.close()
    assert not Counting.made


def test_one_that_was_not_opened_is_not_played(qtbot, play):
    player = play(Decoder(fails="listen"))
    with qtbot.waitSignal(player.failed):
        player.open("one", b"x")
    player.play(Playing(at=0.0))
    qtbot.waitUntil(lambda: player._wanted is None)
    assert not Counting.made


def test_another_recording_takes_its_place(qtbot, play):
    player = play(speaker=lambda rate, channels: Counting(rate, channels, slow=True))
    player.open("one", b"x")
    player.play(Playing(at=0.0))
    qtbot.waitUntil(lambda: bool(Counting.made))
    with qtbot.waitSignal(player.opened) as told:
        player.open("two", b"y")
    assert told.args[0] == "two"
    assert Counting.made[0].stopped


def test_one_that_is_opened_late_is_not_taken_for_the_next(qtbot, play):
    late = Sound(rate=100, frames=7, heard_rate=100, channels=1)

    class Late(Decoder):
        def listen(self, key, recording):
            if key == "one":
                player.open("two", b"y")
                return late
            return SOUND

    player, found = play(Late()), []
    player.opened.connect(lambda key, sound: found.append((key, sound)))
    player.open("one", b"x")
    qtbot.waitUntil(lambda: bool(found))
    assert found == [("two", SOUND)]
    assert player._run.sound is SOUND


@pytest.mark.parametrize("what", ["listen", "samples", "loudness"])
def test_leaving_a_recording_that_decodes_slowly_waits_for_nothing(qtbot, play, what):
    class Slow(Decoder):
        def __init__(self):
            super().__init__()
            self.began, self.ended, self.left = (threading.Event() for _ in range(3))

        def abandon(self):
            self.abandoned = True
            self.ended.set()

        def _fail(self, asked):
            if asked == what:
                self.began.set()
                assert self.ended.wait(20)
                self.left.set()
                raise DocumentError("It was ended.")

    decoder, told = Slow(), []
    player = play(decoder)
    player.failed.connect(lambda *one: told.append(one))
    player.open("one", b"x")
    player.play(Playing(at=0.0))
    assert decoder.began.wait(20)
    player.close()
    assert decoder.abandoned
    assert decoder.left.wait(20)
    following = Decoder()
    player._decoder = lambda: nullcontext(following)
    with qtbot.waitSignal(player.opened) as opened:
        player.open("two", b"y")
    assert opened.args == ["two", SOUND]
    assert (told, player._run.sound) == ([], SOUND)
    assert not following.abandoned


def test_one_that_is_closed_before_its_process_is_there_ends_it_as_well(qtbot):
    decoder, here, closed = Decoder(), threading.Event(), threading.Event()

    @contextmanager
    def late():
        here.set()
        assert closed.wait(20)
        yield decoder
        here.clear()
        left.set()

    left = threading.Event()
    player = Player(late, Counting)
    player.open("one", b"x")
    assert here.wait(20)
    player.close()
    closed.set()
    assert left.wait(20), "its thread ends by itself"
    assert decoder.asked == []
