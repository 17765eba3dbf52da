"""The time line: what is in view and where, labels that fold, zoom, keys and mouse."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.chronology.dates import Precision
from reviewer.chronology.dealings import enter
from reviewer.chronology.timeline import gaps, ordered
from reviewer.records.events import Event, Lane, Standing
from reviewer.records.ids import CaseId, EventId
from tests.ui.waiting import calm
from ui.rooms.chronology import layout, timeview
from ui.rooms.chronology.glyphs import GLYPH, key, paint_glyph
from ui.rooms.chronology.layout import ROWS, Line, Span, lay, whole
from ui.rooms.chronology.material import Only
from ui.theme import SPACE

DAY = "2012-03-11T"


def placed(*whens, lane="police"):
    return ordered(
        Event(id=EventId(f"{at}"), case=CaseId("c"), what=when, lane=lane, when=when)
        for at, when in enumerate(whens)
    )


def laid(events, span=None, label=10):
    return lay(Line(events), span or whole(events), 1000, lambda _one: label)


def test_a_line_without_a_date_is_none():
    assert whole(placed("soon", "")) is None
    assert whole(()) is None


def test_all_times_of_day_are_in_view_and_what_lies_far_before_is_counted():
    found = laid(placed("2012-02", f"{DAY}20:00", f"{DAY}23:00", "2013"))
    assert (found.before, found.after) == (1, 1)
    left, right = (spot.left for spot in found.spots)
    assert 0 < left < 100
    assert 800 < right < 1000


def test_where_no_time_of_day_is_known_the_days_are_looked_at():
    found = laid(placed("2012-03", "2012-05-01", "../2012-02-01", "2012-06-01/.."))
    assert len(found.spots) == 4
    assert found.spots[1].right - found.spots[1].left > found.spots[2].right - found.spots[2].left


def test_labels_that_would_meet_take_another_row_and_then_fold_into_a_count():
    times = [f"{DAY}20:{minute:02}" for minute in range(9)] + [f"{DAY}23:59"]
    found = laid(placed(*times), label=300)
    assert [spot.row for spot in found.spots] == [*range(ROWS), 0]
    assert sum(one.many for one in found.folded) == 10 - len(found.spots)
    wide = laid(placed(*times), whole(placed(*times)).zoomed(0.02, 0), label=300)
    assert len(wide.spots) + sum(one.many for one in wide.folded) + wide.after == 10


def test_another_lane_has_rows_of_its_own():
    found = laid([*placed(f"{DAY}20:00"), *placed(f"{DAY}20:00", lane="health")], label=300)
    assert [spot.row for spot in found.spots] == [0, 0]


def fortnight():
    """Return 2,000 events, ten minutes apart; one of them lasts, one says only the month."""
    start = dt.datetime(2012, 3, 1)  # noqa: DTZ001 - of no zone
    times = [(start + dt.timedelta(minutes=10 * n)).isoformat("T", "minutes") for n in range(1998)]
    return placed(*times, "2012-03-02T10:00/2012-03-09T10:00", "2012-03")


def test_only_what_is_in_sight_is_laid_out():
    events = fortnight()
    hour = Span(dt.datetime(2012, 3, 5, 12), 60)  # noqa: DTZ001 - of no zone
    seen, before, after = Line(events).in_sight(hour)
    assert sorted(one.placed.when.text for one in seen) == sorted(
        [f"2012-03-05T12:{n}0" for n in range(6)]
        + ["2012-03-05T13:00", "2012-03-02T10:00/2012-03-09T10:00", "2012-03"]
    )
    assert len(seen) + before + after == 2000
    words = []
    found = lay(Line(events), hour, 1000, lambda one: words.append(one) or 10.0)
    assert len(words) == len(found.spots) == len(seen) - sum(one.many for one in found.folded)
    assert (found.before, found.after) == (before, after)


def test_panning_works_out_no_bounds_anew(qtbot, room, monkeypatch):
    worked, words, work = [], [], layout.bounds
    monkeypatch.setattr(layout, "bounds", lambda when: worked.append(when) or work(when))
    monkeypatch.setattr(timeview, "_words", lambda one: words.append(one) or one.event.what)
    room.line.show_events(fortnight(), (), same=False)
    for _ in range(8):
        room.line.zoom(0.5)
    for _ in range(4):
        wheel(room.line, -120)
        room.line.grab()
    assert len(worked) == 2000
    assert 0 < len(words) < 100
    assert len(words) == len(set(words))  # once each


def test_another_text_size_measures_the_words_anew(room):
    room.line.laid()
    assert room.line._labels
    QApplication.sendEvent(room.line, QEvent(QEvent.Type.FontChange))
    assert not room.line._labels


def test_zooming_keeps_what_is_under_the_hand_and_ends_somewhere():
    span = whole(placed(f"{DAY}20:00", f"{DAY}23:00"))
    here = span.start
    assert span.zoomed(0.5, 0).start == here
    assert span.zoomed(1e-9).minutes > 0
    assert span.zoomed(1e12).minutes < 1e9
    far = Span(here.replace(year=9990), 200 * 366 * 1440.0)
    assert far.moved(5) == far


def test_the_line_shows_what_the_table_has_and_takes_it_in_hand(qtbot, room):
    line = room.line
    assert line.isVisible()
    assert line.foot(line.laid()) == "4 events in view"
    spot = next(one for one in line.laid().spots if one.placed.event.id == "held")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line._place(spot).center().toPoint())
    assert room.table.event_in_hand.id == "held"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert room.table.event_in_hand.id == "held"
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert room.table.event_in_hand.id == "checked"
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClick(line, Qt.Key.Key_Left)  # the first stays
    assert room.table.event_in_hand.id == "asked"
    QTest.keyClick(line, Qt.Key.Key_T)
    assert room.form.isVisible()
    room.form.leave()
    QTest.keyClick(line, Qt.Key.Key_G)
    assert room.table.event_in_hand is None
    QTest.keyClick(line, Qt.Key.Key_A)  # means nothing
    calm(qtbot, room)


def test_zoom_and_wheel_change_what_is_looked_at(qtbot, room):
    line = room.line
    before = line.span
    QTest.keyClick(line, Qt.Key.Key_Plus)
    assert line.span.minutes == before.minutes / 2
    QTest.keyClick(line, Qt.Key.Key_Minus)
    QTest.keyClick(line, Qt.Key.Key_Minus)
    assert line.span.minutes > before.minutes
    QTest.keyClick(line, Qt.Key.Key_0)
    assert line.span == before
    wheel(line, 120)
    assert line.span.start < before.start
    wheel(line, 120, Qt.KeyboardModifier.ControlModifier)
    assert line.span.minutes < before.minutes
    for _ in range(12):
        QTest.keyClick(line, Qt.Key.Key_Equal)
    room.table.choose(EventId("found"))  # it comes into view
    assert any(one.placed.event.id == "found" for one in line.laid().spots)
    line.grab()
    calm(qtbot, room)


def wheel(line, turn, modifiers=Qt.KeyboardModifier.NoModifier):
    at = QPointF(400, 60)
    event = QWheelEvent(
        at, line.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    line.wheelEvent(event)


def test_every_precision_is_drawn_and_a_line_at_the_end_of_time_too(qtbot, room):
    whens = (
        f"{DAY}22:04", f"{DAY}22", f"{DAY}22:10~", f"../{DAY}22:30", f"{DAY}22:40/..",
        f"{DAY}22:06/{DAY}22:13", "2012-03-11", "2012-03", "2012",
    )  # fmt: skip
    events = placed(*whens, *([f"{DAY}22:04"] * 5))
    disputed = events[0]._replace(
        event=Event(
            id=EventId("d"),
            case=CaseId("c"),
            what="A rather long description of it",
            lane="police",
            when=whens[0],
            standing=Standing.DISPUTED,
        )
    )
    room.line.show_events([disputed, *events[1:]], gaps(events, 1), same=False)
    room.line.hold("d")
    assert not room.line.grab().isNull()
    last = placed("9999-12-31T20:00", "9999-12-31T23:59")
    room.line.show_events(last, gaps(last, 1), same=False)
    room.line.zoom(1e6)
    assert not room.line.grab().isNull()


@pytest.mark.parametrize("zoom", [1, 40], ids=["hatched", "narrow"])
def test_a_gap_is_drawn_between_its_entries_and_in_its_lane_alone(qtbot, light, zoom):
    line = timeview.TimeView()
    qtbot.addWidget(line)
    line.resize(1000, 310)
    events = placed(f"{DAY}20:00", f"{DAY}23:00")
    line.show_events(events, (), same=False)
    line.zoom(zoom)
    bare = line.grab().toImage()
    line.show_events(events, gaps(events, 60), same=True)
    image = line.grab().toImage()
    changed = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixel(x, y) != bare.pixel(x, y)
    ]
    left, right = (spot.left + timeview._LANES for spot in line.laid().spots)
    at = list(Lane).index(Lane.POLICE)
    assert left - 2 <= min(x for x, _ in changed) <= left + 2
    assert right - 2 <= max(x for x, _ in changed) <= right + 2
    assert all(line._lane_top(at) <= y <= line._lane_top(at + 1) for _, y in changed)


def test_no_count_is_written_over_the_words_of_an_event(qtbot, light):
    line = timeview.TimeView()
    qtbot.addWidget(line)
    line.resize(1000, 310)
    crowd = placed(*[f"{DAY}20:{minute:02}" for minute in (0, 1, 2, 20)], f"{DAY}23:00")
    line.show_events(crowd, (), same=False)
    found = line.laid()
    (count,) = found.folded
    last = next(spot for spot in found.spots if spot.row == ROWS - 1)
    begin = timeview._LANES + last.right + 12
    end = line.room_until(found, last)
    assert begin < end < timeview._LANES + count.x
    assert line.room_until(found, found.spots[0]) == line.width() - SPACE.M
    image, foot = line.grab().toImage(), line._lane_top(list(Lane).index(Lane.POLICE) + 1)
    at = [
        (x, y) for x in range(int(begin), int(end)) for y in range(int(foot) - 14, int(foot) - 4)
    ]
    assert len({image.pixel(x, y) for x, y in at}) <= 2, "the ground, and a line of the hours"


def drawn(precision, wide=0.0, *, timed=True):
    image = QImage(80, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    begin = QPointF(20, 10)
    paint_glyph(painter, precision, begin, begin + QPointF(wide, 0), timed=timed)
    painter.end()
    return image


def inked(image):
    """Return the first and the last column in which something is drawn."""
    white = QColor(Qt.GlobalColor.white)
    found = [x for x in range(80) for y in range(20) if image.pixelColor(x, y) != white]
    return min(found), max(found)


def test_before_after_and_about_are_told_apart_from_all_others(room):
    images = [
        drawn(Precision.MINUTE), drawn(Precision.ABOUT), drawn(Precision.BEFORE),
        drawn(Precision.AFTER), drawn(Precision.BETWEEN, 20), drawn(Precision.DAY, timed=False),
        drawn(Precision.MONTH, 20, timed=False),
    ]  # fmt: skip
    assert all(one != other for at, one in enumerate(images) for other in images[:at])
    left, right = inked(images[2])
    assert 20 - left > right - 20
    left, right = inked(images[3])
    assert 20 - left < right - 20
    left, right = inked(drawn(Precision.ABOUT, 40, timed=False))  # as far as it may reach
    assert (left <= 22, right >= 58) == (True, True)


def test_a_low_window_leaves_the_line_out(room):
    room.resize(1000, 400)
    assert not room.line.isVisible()
    room.resize(1366, 700)
    assert room.line.isVisible()


def test_a_case_without_dates_has_no_line(qtbot, room):
    room.line.show_events(placed("soon"), (), same=False)
    room._share_height()
    assert not room.line.isVisible()
    assert room.line.laid().spots == []
    room.line.zoom(2.0)
    room.line.hold("x")
    room.line._step(1)
    wheel(room.line, 120)
    room.line.grab()


def test_what_is_known_to_the_day_alone_comes_into_view_too(qtbot, room):
    line = room.line
    everything = placed("2011-01-02", f"{DAY}20:00", f"{DAY}23:00", "2012-03", "../2013-02-01")
    line.show_events(everything, (), same=False)
    begin = line.span
    for event in ("0", "4", "1", "0"):
        line.hold(event)
        assert event in {spot.placed.event.id for spot in line.laid().spots}
    line.show_all()
    line.hold("3")  # the whole month goes through what is looked at already
    assert line.span == begin


def test_what_is_looked_at_stays_until_another_event_is_taken_in_hand(qtbot, room):
    line = room.line
    room.table.choose(EventId("found"))
    line.zoom(0.1)
    line.span = line.span.moved(40)
    away = line.span
    room.chips[Only.DISPUTED].click()
    room.chips[Only.ALL].click()
    line.span = away
    room._show()
    assert line.span == away


def test_a_case_is_seen_whole_at_first_whatever_its_first_row_is(qtbot, room):
    case = room.chosen_case
    early = Event(id=EventId("e"), case=case, when="2010-02", lane="health", what="Care plan")
    room.desk.call(lambda book: enter(book, [early]))
    room._let_go()
    room._read()
    calm(qtbot, room)
    assert room.table.events.rows[0].event.id == "e"
    assert room.line.foot(room.line.laid()) == "4 events in view \u00b7 1 before, 0 after"


def test_keys_of_the_line_are_those_of_the_table_and_none_with_control(qtbot, room):
    line, asked = room.line, []
    line.keyed.disconnect()
    line.keyed.connect(asked.append)
    line.setFocus()
    keys = Qt.Key
    pressed = (
        keys.Key_T, keys.Key_D, keys.Key_G, keys.Key_F2, keys.Key_Delete, keys.Key_Insert,
        keys.Key_Return, keys.Key_Enter,
    )  # fmt: skip
    for modifier in ("ControlModifier", "ShiftModifier", "AltModifier"):
        for one in pressed:
            QTest.keyClick(line, one, Qt.KeyboardModifier[modifier])
    before = line.span
    for one in (keys.Key_Plus, keys.Key_Minus, keys.Key_0):
        QTest.keyClick(line, one, Qt.KeyboardModifier.ControlModifier)
    assert (asked, line.span) == ([], before)
    for one in pressed:
        QTest.keyClick(line, one)
    assert asked == ["add", "dispute", "gap", "edit", "remove", "add", "open", "open"]
    QTest.keyClick(line, keys.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert line.span.minutes == before.minutes / 2


def test_enter_on_the_line_goes_to_the_page(qtbot, room):
    room.table.choose(EventId("held"))
    with qtbot.waitSignal(room.reads) as read:
        QTest.keyClick(room.line, Qt.Key.Key_Return)
    assert read.args[1].anchor.quote == "face down"


def test_the_key_names_the_glyphs_as_the_table_does_and_is_never_cut(room):
    metrics = QFontMetricsF(room.line.font())
    found = key(metrics, QRectF(100, 0, 900, 20))
    assert [one.words for one in found] == [
        "to the minute", "about", "between two times", "that day", "that month",
    ]  # fmt: skip
    ends = [one.x + GLYPH + metrics.horizontalAdvance(one.words) for one in found]
    assert ends[-1] == pytest.approx(1000)
    assert all(end < one.x for end, one in zip(ends, found[1:], strict=False))
    taken = ends[-1] - found[0].x + SPACE.L
    assert key(metrics, QRectF(100, 0, taken + 1, 20))
    assert key(metrics, QRectF(100, 0, taken - 1, 20)) == []
