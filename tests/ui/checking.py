"""Pictures of the checks: the verdicts of a sound casebook and of another, receipts."""

from reviewer.casebook.book import Check
from tests.ui.sample import chair_casebook
from ui.rooms.safekeeping.checks import ChecksCard


def _card(stage, path=None):
    stage.open(path or chair_casebook(stage.folder))
    stage.window.show_room("safekeeping")
    stage.settle()
    return next(card for card in stage.window.room.cards if isinstance(card, ChecksCard))


def _show(stage, card):
    stage.settle()
    room = stage.window.room
    room._area.verticalScrollBar().setValue(card.y() - 16)


def checked(stage):
    card = _card(stage)
    card.check_now()
    _show(stage, card)


def failed(stage):
    card = _card(stage)
    card._checked(
        [
            Check(name="pages", passed=True, sentence="Every page is authentic."),
            Check(
                name="journal", passed=True, sentence="1,204 entries, each chained to the last."
            ),
            Check(
                name="seen",
                passed=False,
                sentence="This file is older than what this computer has seen: it ends with change"
                " 12 (2026-11-20 10:02:11 UTC), and this computer has seen change 1204 (2026-11-26"
                " 08:15:40 UTC). If you did not put an older copy there yourself, look for the"
                " newer file or a newer backup before you work in it.",
            ),
            Check(
                name="backups",
                passed=True,
                remark=True,
                sentence="There is no backup beside it. Make one, and keep another elsewhere.",
            ),
        ]
    )
    _show(stage, card)


def receipt(stage):
    card = _card(stage)
    folder = stage.folder / "receipts"
    folder.mkdir(exist_ok=True)
    card.print_to(folder)
    _show(stage, card)


def comparing(stage):
    card = _card(stage)
    card._show_entry()
    _show(stage, card)


SCREENS = {
    "checks": checked,
    "checks-failed": failed,
    "receipt-printed": receipt,
    "receipt-compare": comparing,
}
