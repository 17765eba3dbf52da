"""Which rooms there are, for whom, in the order of the header.

A new room is one line in ``ROOMS``, and a function that imports it when it is first shown: the
window must not wait for rooms that nobody has entered.
"""

# ruff: noqa: PLC0415 - a room is imported when it is built
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewer.messages import later
from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.settings import Settings

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from ui.rooms.opening.first_unlock import FirstUnlockRoom
    from ui.rooms.opening.unlock import UnlockRoom


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One room: its id, its title in the header, for whom it is, and how it is built.

    ``short`` is the title where the header is crowded.
    """

    id: str
    title: str
    when: Callable[[About], bool]
    build: Callable[[Desk, Settings, QWidget], Room]
    short: str = ""


def rates(about: About) -> bool:
    """Say whether somebody rates in this casebook."""
    return bool(about.member)


def chairs(about: About) -> bool:
    """Say whether it is the chair's."""
    return about.kind == "chair"


def unlock(desk: Desk, settings: Settings) -> UnlockRoom:
    """Build what asks for the passphrase of a casebook."""
    from ui.rooms.opening import unlock as module

    return module.UnlockRoom(desk, settings)


def first_unlock(desk: Desk) -> FirstUnlockRoom:
    """Build what asks for a passphrase of one's own, at the first unlock of an issued casebook."""
    from ui.rooms.opening import first_unlock

    return first_unlock.FirstUnlockRoom(desk)


def _cases(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.cases import room as cases

    return cases.CasesRoom(desk, settings, parent)


def _read(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.read import room

    return room.ReadRoom(desk, settings, parent)


def _chronology(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.chronology import room

    return room.ChronologyRoom(desk, settings, parent)


def _my_marks(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.my_marks import room

    return room.MyMarksRoom(desk, settings, parent)


def _panel(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.panel import room

    return room.PanelRoom(desk, settings, parent)


def _merge(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.merge import room

    return room.MergeRoom(desk, settings, parent)


def _agreement(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.agreement import room

    return room.AgreementRoom(desk, settings, parent)


def _summary(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.summary import room

    return room.SummaryRoom(desk, settings, parent)


def _safekeeping(desk: Desk, settings: Settings, parent: QWidget) -> Room:
    from ui.rooms.safekeeping import room

    return room.SafekeepingRoom(desk, settings, parent)


ROOMS: tuple[Entry, ...] = (
    Entry(
        id="cases",
        title=later("Cases and records"),
        when=chairs,
        build=_cases,
        short=later("Cases"),
    ),
    Entry(id="read", title=later("Read and score"), when=rates, build=_read, short=later("Read")),
    Entry(
        id="read",
        title=later("Read"),
        when=lambda about: chairs(about) and not rates(about),
        build=_read,
    ),
    Entry(id="panel", title=later("Panel"), when=chairs, build=_panel),
    Entry(id="merge", title=later("Merge"), when=chairs, build=_merge),
    Entry(id="agreement", title=later("Agreement"), when=chairs, build=_agreement),
    Entry(id="summary", title=later("Summary"), when=chairs, build=_summary),
    Entry(
        id="chronology",
        title=later("Chronology"),
        when=rates,
        build=_chronology,
        short=later("Time"),
    ),
    Entry(
        id="my-marks",
        title=later("My marks"),
        when=rates,
        build=_my_marks,
        short=later("Marks"),
    ),
    Entry(
        id="all-cases",
        title=later("All cases"),
        when=lambda about: not chairs(about),
        build=_cases,
        short=later("Cases"),
    ),
    Entry(
        id="safekeeping",
        title=later("Safekeeping"),
        when=lambda _about: True,
        build=_safekeeping,
        short=later("Keeping"),
    ),
)


def rooms_for(about: About) -> tuple[Entry, ...]:
    """Return the rooms of this casebook, in order."""
    return tuple(entry for entry in ROOMS if entry.when(about))
