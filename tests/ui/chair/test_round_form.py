"""What opening the next round asks: which ratings, who keeps its sheet, where, and surely."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reviewer.assets import resource
from reviewer.method.framework import load
from reviewer.records.ids import CaseId, MemberId
from reviewer.records.panel import Custodian, Member
from reviewer.records.updates import AgendaCell
from reviewer.rounds.agenda import RoundOffer
from ui.rooms.merge import round_form
from ui.rooms.merge.round_form import RoundForm

FRAMEWORK = load(resource("frameworks/commission.toml"))
CASES = tuple(CaseId(f"c{n}") for n in (1, 2))
KEEPER = Custodian(
    name="Ruth Hale", since="2026-05-03T10:00:00Z", recipient="age1x", mark="12345678"
)
CELLS = tuple(
    AgendaCell(case=case, factor=factor.code, flags=("disagreement",))
    for case in CASES
    for factor in FRAMEWORK.factors[:2]
)


def member(number, cases=()):
    return Member(id=MemberId(f"m{number}"), name=f"Member {number}", cases=cases)


def offer(*members):
    return RoundOffer(
        number=2,
        cells=CELLS,
        references={case: f"INV-{n:03d}" for n, case in enumerate(CASES, 1)},
        members=members,
    )


@pytest.fixture
def form(qtbot, light):
    made = RoundForm(FRAMEWORK)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(form, words):
    next(one for one in form.findChildren(QPushButton) if one.text() == words).click()


def test_all_or_none_are_ticked_and_none_is_refused(form):
    form.begin(offer(member(1)), None)
    assert len(form.picked) == 4
    press(form, "None")
    assert not form.picked
    assert form._each.text().startswith("0 of 4 ratings, in 0 cases.")
    form.send()
    assert "at least one rating" in form.problem
    press(form, "All")
    assert form._each.text() == "4 of 4 ratings, in 2 cases. Each panellist gets 4."


def test_who_gets_how_many_is_told_by_name_and_many_are_counted(form):
    form.begin(offer(member(1), member(2, CASES[:1])), None)
    assert form._each.text().endswith("They get: Member 1 4, Member 2 2.")
    many = [member(n, CASES[: 1 + n % 2]) for n in range(1, 16)]
    form.begin(offer(*many), None)
    assert form._each.text().endswith("Member 12 2 and 3 more.")


def test_a_round_without_a_sheet_asks_only_to_be_sure(qtbot, form):
    form.begin(offer(member(1)), None)
    assert not form._keeper.isVisible()
    form.send()
    assert "cannot be taken back" in form.problem
    form.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    form._sure.setChecked(True)
    with qtbot.waitSignal(form.confirmed) as told:
        form.send()
    picked, keeper, folder = told.args
    assert len(picked) == 3
    assert (keeper, folder) == ("", None)


def test_a_sheet_needs_its_keeper_and_its_folder(qtbot, form, monkeypatch, tmp_path):
    form.begin(offer(member(1)), KEEPER)
    assert form._keeper.text() == "Ruth Hale"
    form._keeper.clear()
    form.send()
    assert "name of the person who keeps the sheet" in form.problem
    form._keeper.setText("Ruth Hale")
    form.send()
    assert "Choose a folder" in form.problem
    monkeypatch.setattr(round_form, "choose_folder", lambda _w, _what, then: then(tmp_path))
    form._choose.click()
    assert form._choose.text() == str(tmp_path)
    form._sure.setChecked(True)
    with qtbot.waitSignal(form.confirmed) as told:
        form.send()
    assert told.args[1:] == ["Ruth Hale", tmp_path]
