"""Recordings in the room: heard, followed, picked, marked, found again."""

import shutil

import pytest
from PySide6.QtCore import QPoint, Qt

from reviewer.computer.speaking.devices import NoSound
from reviewer.records.moments import range_of
from tests.reviewer.documents.sounds import m4a
from tests.ui.read.heard import SECONDS, Counting, give_recording
from tests.ui.read.steps import calm, open_document, open_reference
from ui.reader.sound.player import BARS


@pytest.fixture(scope="session")
def recordings(template, tmp_path_factory):
    """Return a function: the path of a casebook with one recording, made once for all."""
    made = {}

    def of(**how):
        key = repr(how)
        if key not in made:
            folder = tmp_path_factory.mktemp("recordings")
            made[key] = shutil.copy(template, folder / "inquiry.casebook")
            give_recording(made[key], **how)
        return made[key]

    return of


@pytest.fixture
def path(recordings, tmp_path, request):
    """Take the place of the casebook without one; how it is recorded is the parameter."""
    Counting.made.clear()
    return shutil.copy(recordings(**getattr(request, "param", {})), tmp_path / "inquiry.casebook")


@pytest.fixture
def sounding(qtbot, room):
    found = room.acts.sounding
    found.player._new_speaker = Counting
    open_reference(qtbot, room, "2010-09")
    open_document(qtbot, room, "Recording")
    return found


def opened(qtbot, sounding):
    qtbot.waitUntil(lambda: sounding.view.wave.seconds == SECONDS, timeout=20_000)
    sounding.view.wave.setFocus()
    return sounding.view


def slow(sounding):
    sounding.player._new_speaker = lambda rate, channels: Counting(rate, channels, slow=True)


def test_its_wave_shows_where_it_is_loud(qtbot, sounding):
    view = opened(qtbot, sounding)
    qtbot.waitUntil(lambda: bool(view.wave._bars[BARS // 2 - 1]), timeout=20_000)
    loud = [at for at, bar in enumerate(view.wave._bars) if bar > 100]
    assert loud == list(range(BARS // 4, BARS // 2))
    assert view.whole.text() == "of 00:00:40"


def test_it_is_heard_to_its_end_and_its_transcript_follows(qtbot, sounding):
    view = opened(qtbot, sounding)
    qtbot.waitUntil(lambda: view.transcript.count() == 3)
    assert view.transcript.item(1).text() == "00:00:10  POLICE: Is he breathing?"
    with qtbot.waitSignal(sounding.player.ended, timeout=20_000):
        qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    assert not view.playing
    assert view.play.text() == "Play"
    assert len(Counting.made[0].samples) == SECONDS * 8_000 * 2
    assert view.at.text() == "00:00:40"
    assert view.transcript.currentRow() == 2


def test_space_is_silence_at_once(qtbot, sounding):
    slow(sounding)
    view = opened(qtbot, sounding)
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(Counting.made))
    assert view.play.text() == "Pause"
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    assert Counting.made[0].stopped
    assert view.play.accessibleName() == "Play"


@pytest.mark.parametrize(
    ("key", "held", "at"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 17),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 23),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, 0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 40),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 40),
    ],
    ids=["back", "on", "far-back", "far-on", "begin", "end"],
)
def test_keys_go_there(qtbot, sounding, key, held, at):
    view = opened(qtbot, sounding)
    view.show_moment(20.0)
    qtbot.keyClick(view.wave, key, held)
    assert view.wave.position == at


def test_speed_is_changed_by_keys_and_heard_from_there(qtbot, sounding):
    slow(sounding)
    view = opened(qtbot, sounding)
    qtbot.keyClick(view.wave, Qt.Key.Key_Up)
    assert view.speed.currentText() == "1.25 x"
    with qtbot.waitSignal(view.play_asked) as asked:
        qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    assert asked.args[0].speed == 1.25
    with qtbot.waitSignal(view.play_asked) as asked:
        qtbot.keyClick(view.wave, Qt.Key.Key_Down)
    assert asked.args[0].speed == 1.0


def test_a_typed_time_is_gone_to_and_another_is_told(qtbot, sounding):
    view = opened(qtbot, sounding)
    view.at.setFocus()
    view.at.setText("0:31")
    qtbot.keyClick(view.at, Qt.Key.Key_Return)
    assert view.wave.position == 31
    view.at.setText("noon")
    qtbot.keyClick(view.at, Qt.Key.Key_Return)
    assert "such as 0:12:03" in view.told.text()


def test_a_range_is_heard_again_and_again(qtbot, sounding):
    view = opened(qtbot, sounding)
    view.show_moment(10.0)
    qtbot.keyClick(view.wave, Qt.Key.Key_BracketLeft)
    view.show_moment(11.0)
    qtbot.keyClick(view.wave, Qt.Key.Key_BracketRight)
    assert view.wave.range == (10.0, 11.0)
    assert view.chosen.text() == "00:00:10-00:00:11 picked"
    qtbot.keyClick(view.wave, Qt.Key.Key_L)
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(Counting.made), timeout=20_000)
    qtbot.waitUntil(lambda: len(Counting.made[0].samples) > 3 * 16_000, timeout=20_000)
    assert 10 <= view.wave.position <= 11.5
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    part = Counting.made[0].samples[: 3 * 16_000]
    assert part[:16_000] == part[16_000:32_000]


def test_actions_of_the_window_do_it_and_say_where(qtbot, room, sounding):
    slow(sounding)
    view = opened(qtbot, sounding)
    view.show_moment(10.0)
    room.commands["range-begin"]()
    room.commands["range-again"]()
    assert view.wave.range == (10.0, 13.0)
    assert view.loop.isChecked()
    view.show_moment(12.0)
    room.commands["range-end"]()
    assert view.wave.range == (10.0, 12.0)
    room.commands["play-back"]()
    assert view.wave.position == 9.0
    with qtbot.waitSignal(view.play_asked) as asked:
        room.commands["play"]()
    assert asked.args[0].loop == (10.0, 12.0)
    open_document(qtbot, room, "\u21b3 Transcript")
    room.commands["play"]()
    assert "Open a recording" in room.reader.foot.about.whole


def test_a_range_is_marked_by_keys_and_its_card_shows_it(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    view._pick(12.0, 15.4)
    qtbot.keyClick(view.wave, Qt.Key.Key_M)
    calm(qtbot, room)
    (mark,) = room.judging.material.marks
    assert range_of(mark.anchor) == (12.0, 15.4)
    assert mark.anchor.quote == "00:00:12-00:00:15"
    assert view.wave.range is None
    qtbot.waitUntil(lambda: bool(view.wave._marks))
    assert "marked 00:00:12-00:00:15" in view.wave.accessibleDescription()
    wave = view.wave
    point = QPoint(round(wave.width() * 13 / SECONDS), wave.height() - 3)
    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=point)
    assert room.card.isVisible()
    assert room.card.mark.id == mark.id


def test_a_range_is_attached_and_its_chip_leads_back(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    room.sheet.open_factor("SYS-CALL")
    view._pick(12.0, 15.4)
    view.wave.setFocus()
    qtbot.keyClick(view.wave, Qt.Key.Key_E)
    calm(qtbot, room)
    (rating,) = [one for one in room.judging.material.ratings.values() if one.evidence]
    (mark,) = room.judging.material.marks
    assert rating.evidence == (mark.id,)
    view.show_moment(0.0)
    room._jump(mark.id)
    assert view.wave.position == 12.0
    assert view.wave.range == (12.0, 15.4)
    assert view.chosen.text() == "00:00:12-00:00:15 marked"
    assert "is marked and shown" in view.wave.accessibleDescription()
    assert not view.mark.isEnabled(), "it is marked already"
    assert view.note.isEnabled()
    assert view.loop.isEnabled()
    view.note.click()
    assert room.card.mark.id == mark.id
    assert len(room.judging.material.marks) == 1


def test_a_chip_opens_the_recording_and_goes_there(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    view._pick(12.0, 15.4)
    qtbot.keyClick(view.wave, Qt.Key.Key_M)
    calm(qtbot, room)
    (mark,) = room.judging.material.marks
    open_document(qtbot, room, "\u21b3 Transcript")
    assert view.isHidden()
    assert not view.transcript.count()
    room._jump(mark.id)
    qtbot.waitUntil(lambda: view.wave.position == 12.0, timeout=20_000)


def test_the_mouse_goes_and_picks(qtbot, sounding):
    view = opened(qtbot, sounding)
    wave = view.wave
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(wave, left, pos=QPoint(wave.width() // 2, 10))
    assert wave.position == pytest.approx(20, abs=0.2)
    qtbot.mousePress(wave, left, pos=QPoint(wave.width() // 4, 10))
    qtbot.mouseMove(wave, QPoint(wave.width() // 3, 10))
    qtbot.mouseRelease(wave, left, pos=QPoint(wave.width() // 2, 10))
    assert wave.range == pytest.approx((10, 20), abs=0.2)
    qtbot.keyClick(wave, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert wave.range == pytest.approx((10, 21), abs=0.2)
    qtbot.keyClick(wave, Qt.Key.Key_Escape)
    assert wave.range is None


def test_a_part_of_the_transcript_is_gone_to_and_picked(qtbot, sounding):
    view = opened(qtbot, sounding)
    qtbot.waitUntil(lambda: view.transcript.count() == 3)
    view.transcript.setFocus()
    view.transcript.setCurrentRow(1)
    qtbot.keyClick(view.transcript, Qt.Key.Key_Return)
    assert view.wave.range == (10.0, 14.0)
    assert view.wave.position == 10.0


def test_its_citation_says_when(qtbot, room, sounding, monkeypatch):
    copied = []
    monkeypatch.setattr("ui.widgets.clipboard.copy", copied.append)
    view = opened(qtbot, sounding)
    view._pick(12.0, 15.4)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.wave, Qt.Key.Key_C, both)
    assert copied == ["Recording of the 999 call 00:00:12-00:00:15, 2010-09"]


@pytest.mark.parametrize("path", [{"note": "A voice."}], indirect=True)
def test_under_a_cover_nothing_is_opened(qtbot, room, sounding):
    assert room.reader.covered
    assert sounding.view.isHidden()
    assert sounding.player._run is None
    room.reader.cover.show_button.click()
    opened(qtbot, sounding)
    assert sounding.view.isVisible()


@pytest.mark.parametrize(
    "path", [{"raw": m4a(5_000), "name": "call.m4a", "srt": None}], indirect=True
)
def test_one_that_cannot_be_decoded_says_what_to_do(qtbot, sounding):
    qtbot.waitUntil(lambda: "Save the original" in sounding.view.told.text(), timeout=20_000)
    assert not sounding.view.play.isEnabled()


def test_without_a_loudspeaker_it_says_so_and_the_wave_stays(qtbot, sounding):
    def none(*_):
        raise NoSound

    sounding.player._new_speaker = none
    view = opened(qtbot, sounding)
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "plays no sound now" in view.told.text())
    assert not view.playing
    assert view.wave.seconds == SECONDS


def test_when_it_is_locked_nothing_of_it_is_held(qtbot, room, sounding):
    slow(sounding)
    view = opened(qtbot, sounding)
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(Counting.made))
    room._let_go()
    assert Counting.made[0].stopped
    assert sounding.player._run is None
    assert not view.transcript.count()
    assert view.isHidden()


def test_leaving_the_room_is_silence(qtbot, room, sounding):
    slow(sounding)
    view = opened(qtbot, sounding)
    qtbot.keyClick(view.wave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(Counting.made))
    room.hide()
    assert Counting.made[0].stopped
    assert not view.playing


def test_keys_mean_the_range_that_was_just_marked(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    room.sheet.open_factor("SYS-CALL")
    view._pick(2.0, 4.0)
    view.wave.setFocus()
    qtbot.keyClick(view.wave, Qt.Key.Key_E)
    calm(qtbot, room)
    (first,) = room.judging.material.marks
    room._jump(first.id)
    room.sheet.open_factor("IND-FORCE")
    view._pick(12.0, 15.4)
    view.wave.setFocus()
    qtbot.keyClick(view.wave, Qt.Key.Key_M)
    calm(qtbot, room)
    (second,) = [one for one in room.judging.material.marks if one.id != first.id]
    qtbot.keyClick(view.wave, Qt.Key.Key_E)
    calm(qtbot, room)
    assert room.judging.material.ratings["IND-FORCE"].evidence == (second.id,)
    qtbot.keyClick(view.wave, Qt.Key.Key_N)
    assert room.card.mark.id == second.id
    assert room.card.title.text() == "Mark 00:00:12-00:00:15"


def test_its_card_is_whole_where_the_pages_are_low(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    view._pick(12.0, 15.4)
    view.setMinimumHeight(room.reader.height() - 180)
    qtbot.waitUntil(lambda: room.reader.view.height() < 140)
    qtbot.keyClick(view.wave, Qt.Key.Key_N)
    assert room.card.note.isVisible()
    assert room.card.height() < 260
    assert room.card.visibleRegion().boundingRect().contains(room.card.rect())


def test_a_click_on_a_line_of_the_transcript_goes_there_and_it_follows_from_there(qtbot, sounding):
    view = opened(qtbot, sounding)
    qtbot.waitUntil(lambda: view.transcript.count() == 3)
    place = view.transcript.visualItemRect(view.transcript.item(1)).center()
    qtbot.mouseClick(view.transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.wave.position == 10.0
    assert view.at.text() == "00:00:10"
    assert view.wave.range is None
    view.show_moment(31.0)
    assert view.transcript.currentRow() == 2, "the line that is heard is the one that is lit"


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_T])
def test_a_key_that_needs_a_range_says_how_one_is_picked(qtbot, room, sounding, key):
    view = opened(qtbot, sounding)
    told = []
    room.reader.foot.about.set_text = told.append
    qtbot.keyClick(view.wave, key)
    assert told == ["Pick a range first: [ and ], or drag over the wave."]


def test_of_marks_that_lie_over_each_other_each_is_seen_and_can_be_pressed(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    for span in ((10.0, 30.0), (12.0, 20.0), (31.0, 35.0)):
        view._pick(*span)
        qtbot.keyClick(view.wave, Qt.Key.Key_M)
        calm(qtbot, room)
    qtbot.waitUntil(lambda: len(view.wave._marks) == 3)
    wave = view.wave
    assert sorted(wave._lanes) == [0, 0, 1]
    pressed = []
    wave.mark_pressed.connect(lambda mark, _where: pressed.append(mark))
    high = wave.height() - wave._strip
    for lane in (0, 1):
        y = round(high + wave._lane_top(lane) + wave._lane_height / 2)
        point = QPoint(round(wave.width() * 15 / SECONDS), y)
        qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=point)
    at = {mark.id: range_of(mark.anchor) for mark in room.judging.material.marks}
    assert [at[one] for one in pressed] == [(10.0, 30.0), (12.0, 20.0)]
    colours = {mark.id: mark.colour for mark in wave._marks}
    image = wave.grab().toImage()
    ratio = image.width() / wave.width()
    for lane, mark in enumerate(pressed):
        y = round((high + wave._lane_top(lane) + wave._lane_height / 2) * ratio)
        x = round(wave.width() * 15 / SECONDS * ratio)
        assert image.pixelColor(x, y).name() == colours[mark].lower()


def test_looking_at_a_range_shows_its_times_and_what_is_said_in_it(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    for span in ((9.0, 31.0), (20.0, 25.0)):
        view._pick(*span)
        qtbot.keyClick(view.wave, Qt.Key.Key_M)
        calm(qtbot, room)
    marks = {range_of(one.anchor): one.id for one in room.judging.material.marks}
    peek = room.peeking.peek
    room.peeking.look_at_mark(marks[9.0, 31.0])
    qtbot.waitUntil(peek.isVisible, timeout=20_000)
    assert peek.title.text() == "Recording of the 999 call 00:00:09-00:00:31, 2010-09"
    assert peek.told.text().splitlines() == [
        "00:00:10  POLICE: Is he breathing?",
        "00:00:30  CALLER: He has stopped.",
    ]
    assert "POLICE: Is he breathing?" in peek.area.accessibleDescription()
    assert peek.sheet._boxes == ()
    room.peeking.look_at_mark(marks[20.0, 25.0])
    qtbot.waitUntil(lambda: "no words there" in peek.told.text(), timeout=20_000)


@pytest.mark.parametrize("path", [{"srt": None}], indirect=True)
def test_looking_at_a_range_without_a_transcript_says_so(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    view._pick(9.0, 31.0)
    qtbot.keyClick(view.wave, Qt.Key.Key_M)
    calm(qtbot, room)
    room.peeking.look_at_mark(room.judging.material.marks[0].id)
    qtbot.waitUntil(lambda: "has no transcript" in room.peeking.peek.told.text(), timeout=20_000)


LINES = "\n\n".join(
    f"{at + 1}\n00:00:{at:02},000 --> 00:00:{at + 1:02},000\nLine {at}" for at in range(40)
)


@pytest.mark.parametrize("path", [{"srt": LINES.encode()}], indirect=True)
def test_looking_at_a_long_range_says_how_much_more_is_said(qtbot, room, sounding):
    view = opened(qtbot, sounding)
    view._pick(0.0, 40.0)
    qtbot.keyClick(view.wave, Qt.Key.Key_M)
    calm(qtbot, room)
    room.peeking.look_at_mark(room.judging.material.marks[0].id)
    told = room.peeking.peek.told
    qtbot.waitUntil(lambda: told.text().endswith("and 28 lines more"), timeout=20_000)
    room.peeking.peek.close_peek()
    assert told.text() == ""
