"""Which rooms there are, for whom, in the order of the header. A new room is one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import About
from ui.desk import Desk
from ui.rooms.agreement.room import AgreementRoom
from ui.rooms.cases import CasesRoom
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom
from ui.rooms.read.room import ReadRoom
from ui.rooms.room import Room
from ui.rooms.safekeeping.room import SafekeepingRoom
from ui.rooms.summary.room import SummaryRoom
from ui.settings import Settings


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


ROOMS: tuple[Entry, ...] = (
    Entry(id="cases", title="Cases and records", when=chairs, build=CasesRoom, short="Cases"),
    Entry(id="read", title="Read and score", when=rates, build=ReadRoom, short="Read"),
    Entry(
        id="read",
        title="Read",
        when=lambda about: chairs(about) and not rates(about),
        build=ReadRoom,
    ),
    Entry(id="panel", title="Panel", when=chairs, build=PanelRoom),
    Entry(id="merge", title="Merge", when=chairs, build=MergeRoom),
    Entry(id="agreement", title="Agreement", when=chairs, build=AgreementRoom),
    Entry(id="summary", title="Summary", when=chairs, build=SummaryRoom),
    Entry(
        id="all-cases", title="All cases", when=lambda about: not chairs(about), build=CasesRoom
    ),
    Entry(
        id="safekeeping",
        title="Safekeeping",
        when=lambda _about: True,
        build=SafekeepingRoom,
        short="Keeping",
    ),
)


def rooms_for(about: About) -> tuple[Entry, ...]:
    """Return the rooms of this casebook, in order."""
    return tuple(entry for entry in ROOMS if entry.when(about))
