"""The menu of what an event is disputed with."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.chronology.dealings import dispute, settle
from reviewer.chronology.timeline import Placed
from reviewer.chronology.words import shown
from reviewer.messages import say
from reviewer.records.events import Event, Standing

_OFFERED = 30  # events that may dispute one


def dispute_menu(
    parent: QWidget,
    placed: Sequence[Placed],
    event: Event,
    do: Callable[[Callable[[Casebook], Change]], None],
) -> QMenu:
    """Offer the events of a case that may say otherwise than ``event``, the nearest first."""
    places = [one.event.id for one in placed]
    here = places.index(event.id)
    near = sorted((abs(at - here), at) for at, one in enumerate(places) if one != event.id)
    menu = QMenu(parent)
    menu.setAccessibleName(say("Disputed with"))
    if event.standing is Standing.DISPUTED:
        act = menu.addAction(say("Nobody disputes it any more"))
        act.triggered.connect(lambda _checked=False: do(partial(settle, event=event)))
        menu.addSeparator()
    for _, at in near[:_OFFERED]:
        other = placed[at]
        told = f"{shown(other.when, year=False)}  {other.event.what}".strip()
        act = menu.addAction(told[:90].replace("&", "&&"))
        change = partial(dispute, one=event, other=other.event)
        act.triggered.connect(lambda _checked=False, change=change: do(change))
    if not near:
        menu.addAction(say("There is no other event in this case")).setEnabled(False)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
