"""The score sheet under the fingers: every key, saving at once, nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt

from reviewer.assets import resource
from reviewer.casebook.stores.reviews import Reviews
from reviewer.method.framework import from_data, load
from reviewer.records.judgement import Confidence, Reason, ReviewState
from tests.ui.read.steps import calm, open_reference, ratings, ratings_on_disk, stored
from ui.rooms.read.sheet.factor_row import FactorRow
from ui.rooms.read.sheet.keys import keys_for
from ui.rooms.read.sheet.sheet import ScoreSheet
from ui.widgets.writing_field import PAUSE


@pytest.fixture
def sheet(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    return room.sheet


def press(qtbot, sheet, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(sheet.rows[sheet.factor.code], key, modifier)


def test_digits_rate_letters_give_reasons_and_arrows_move(qtbot, room, sheet):
    for key in ("0", Qt.Key.Key_Down, "4", Qt.Key.Key_Down, "u", Qt.Key.Key_Down, "x"):
        press(qtbot, sheet, key)
    calm(qtbot, room)
    found = ratings(qtbot, room)
    assert [found[c].value for c in ("SYS-CALL", "SYS-VULN")] == [0, 4]
    assert found["SYS-CUST"].reason is Reason.UNCLEAR
    assert found["SYS-INFO"].reason is Reason.NOT_RELEVANT
    assert sheet.counts.whole.startswith("4 of 17 rated")
    assert sheet.rows["SYS-VULN"].accessibleName() == (
        "Recognising vulnerability and risk, 4, Strong evidence it contributed,"
        " needs a comment and a page"
    )


def test_a_point_off_the_scale_and_a_letter_with_control_do_nothing(qtbot, room, sheet):
    press(qtbot, sheet, "7")
    press(qtbot, sheet, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, room)
    assert ratings(qtbot, room) == {}


def test_every_reason_has_its_key_and_missing_asks_which_record(qtbot, room, sheet):
    for words in sheet.framework.reasons:
        press(qtbot, sheet, words.key)
        assert sheet.body.rating.reason is words.reason
        sheet._run.end()  # as after a pause
    press(qtbot, sheet, "m")
    assert sheet.body.record.isVisible()
    assert not sheet.body.record.hasFocus()
    press(qtbot, sheet, Qt.Key.Key_Return)
    assert sheet.body.record.hasFocus()
    qtbot.keyClicks(sheet.body.record, "Ward log")
    qtbot.keyClick(sheet.body.record, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].record == "Ward log"
    assert room.tabs.tabText(room.tabs.count() - 1) == "Ward log missing"
    assert not room.tabs.isTabEnabled(room.tabs.count() - 1)


def test_confidence_goes_round_and_delete_makes_blank(qtbot, room, sheet):
    press(qtbot, sheet, "3")
    press(qtbot, sheet, "c")
    press(qtbot, sheet, "c")
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].confidence is Confidence.MODERATE
    press(qtbot, sheet, Qt.Key.Key_Delete)
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].blank


def test_a_comment_saves_itself_within_a_second(qtbot, room, sheet):
    assert PAUSE < 1_000
    press(qtbot, sheet, "2")
    press(qtbot, sheet, Qt.Key.Key_Return)
    with qtbot.waitSignal(room.sheet.rating_edited):
        qtbot.keyClicks(sheet.body.comment, "Two 999 calls; m, x and e are only letters here")
    calm(qtbot, room)
    rating = ratings(qtbot, room)["SYS-CALL"]
    assert rating.comment == "Two 999 calls; m, x and e are only letters here"
    assert (rating.value, rating.reason) == (2, None)


def test_typing_is_kept_when_the_case_is_left_at_once(qtbot, room, sheet):
    press(qtbot, sheet, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.body.comment, "Half a sen")
    open_reference(qtbot, room, "2010-08")
    assert ratings(qtbot, room, "2010-07")["SYS-CALL"].comment == "Half a sen"
    assert ratings(qtbot, room, "2010-08") == {}
    assert sheet.body.comment.toPlainText() == ""


def test_typing_is_kept_when_the_casebook_is_locked_at_once(qtbot, room, sheet, path):
    press(qtbot, sheet, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.body.comment, "Half a sen")
    sheet.closing.fields["good_practice"].setPlainText("The sister was rung back.")
    with qtbot.waitSignal(room.desk.locked):
        room.desk.lock()
    assert ratings_on_disk(path, "2010-07")["SYS-CALL"].comment == "Half a sen"
    assert room.judging.material is None
    assert room.reader.view.page_count == 0


def test_undo_and_redo_show_on_the_sheet(qtbot, room, sheet):
    press(qtbot, sheet, "3")
    press(qtbot, sheet, "1")
    calm(qtbot, room)
    room.desk.do(lambda book: book.undo()).run()
    calm(qtbot, room)
    assert sheet.body.rating.value == 3
    assert sheet.rows["SYS-CALL"].accessibleName().startswith("Call handling and dispatch, 3")
    room.desk.do(lambda book: book.redo()).run()
    calm(qtbot, room)
    assert sheet.body.rating.value == 1


def test_what_is_typed_survives_a_change_from_elsewhere(qtbot, room, sheet):
    press(qtbot, sheet, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.body.comment, "Still typ")
    room.judging.put_text("other", "something else")
    calm(qtbot, room)
    assert sheet.body.comment.toPlainText().startswith("Still typ")


def test_the_fields_at_the_end_save_themselves(qtbot, room, sheet):
    for name, field in sheet.closing.fields.items():
        field.setPlainText(f"About {name}")
        field.flush()
    calm(qtbot, room)
    review = stored(qtbot, room, lambda b: list(b.reviews.all(b.about.member, 1).values()))[0]
    assert (review.good_practice, review.other, review.narrative) == (
        "About good_practice",
        "About other",
        "About narrative",
    )


def test_a_case_is_deferred_without_a_reason_and_taken_up_again(qtbot, room, sheet):
    qtbot.mouseClick(sheet.defer, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    assert room.judging.material.review.state is ReviewState.DEFERRED
    assert sheet.defer.text() == "Take up again"
    qtbot.mouseClick(sheet.defer, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    assert room.judging.material.review.state is ReviewState.READING


def test_the_sheet_steps_aside_for_the_letters_of_a_framework():
    data = load(resource("frameworks/commission.toml")).as_data()
    data["reasons"][0]["key"], data["reasons"][1]["key"] = "c", "l"
    keys = keys_for(from_data(data))
    assert keys.confidence not in "cluxore"
    assert keys.left not in {"c", "l", keys.confidence}


def test_eleven_points_and_hundreds_of_factors_stay_usable(qtbot):
    data = load(resource("frameworks/commission.toml")).as_data()
    data["scale"] = [{"value": n, "label": f"Point {n}", "anchor": ""} for n in range(11)]
    data["factors"] = [
        {"code": f"F{n}", "group": "SYS", "name": f"Factor {n}", "short": f"F {n}"}
        for n in range(200)
    ]
    sheet = ScoreSheet(from_data(data))
    qtbot.addWidget(sheet)
    sheet.resize(380, 700)
    sheet.set_case({}, {}, None)
    with qtbot.waitExposed(sheet):
        sheet.show()
    sheet.activateWindow()
    sheet.open_factor("F0")
    qtbot.waitUntil(sheet.rows["F0"].hasFocus)
    with qtbot.waitSignal(sheet.rating_edited) as told:
        qtbot.keyClick(sheet.rows["F0"], "9")
    assert told.args[0].value == 9
    sheet.open_factor("F199")
    assert sheet.factor.code == "F199"


def test_a_rating_reads_its_own_case_again_and_no_other(qtbot, room, monkeypatch):
    """What is stored is as it was shown at once, so the sheet is bound a single time."""
    open_reference(qtbot, room, "2010-08")
    whole, bound = [], []
    room.overviews.read.connect(whole.append)
    changed = []
    room.overviews.changed.connect(lambda _overview, cases: changed.append(cases))
    shown = room.sheet.set_case
    monkeypatch.setattr(room.sheet, "set_case", lambda *a, **k: (bound.append(1), shown(*a, **k)))
    code = room.judging.framework.codes[0]
    room.sheet.open_factor(code)
    qtbot.keyClick(room.sheet.rows[code], "1")
    calm(qtbot, room)
    case = room.judging.material.case.id
    assert stored(qtbot, room, lambda b: b.ratings.of(b.about.member, case, 1))[code].value == 1
    assert changed == [frozenset({case})]
    assert whole == []
    assert len(bound) == 1
    row = next(row for row in room.cases._rows if row.id == case)
    assert row.row.state.startswith("1 of ")


def test_a_key_paints_its_own_row_again_and_no_other(qtbot, room, sheet, monkeypatch):
    """Where the row stays as high as it was: else those below it move."""
    press(qtbot, sheet, "1")
    press(qtbot, sheet, "c")
    calm(qtbot, room)
    painted = []
    paint = FactorRow._paint_head
    monkeypatch.setattr(
        FactorRow, "_paint_head", lambda row, *a: (painted.append(row.factor.code), paint(row, *a))
    )
    press(qtbot, sheet, "c")
    calm(qtbot, room)
    assert set(painted) == {"SYS-CALL"}


def test_a_key_reads_no_other_case(qtbot, room, sheet, monkeypatch):
    """However many there are: the reviews of all of them belong to the list, not to the case."""

    def everything(*_):
        pytest.fail("all reviews were read")

    monkeypatch.setattr(Reviews, "all", everything)
    press(qtbot, sheet, "3")
    calm(qtbot, room)
    assert ratings(qtbot, room)["SYS-CALL"].value == 3
    assert room.judging.material.review.state is ReviewState.DRAFT
