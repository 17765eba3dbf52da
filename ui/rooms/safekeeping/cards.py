"""Which cards there are, for whom, in their order. A new card is one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from reviewer.casebook.book import About
from ui.desk.desk import Desk
from ui.rooms.safekeeping.about import AboutCard
from ui.rooms.safekeeping.backups import BackupsCard
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.rooms.safekeeping.checks import ChecksCard
from ui.rooms.safekeeping.custodian import CustodianCard
from ui.rooms.safekeeping.documents import DocumentsCard
from ui.rooms.safekeeping.key import KeyCard
from ui.rooms.safekeeping.passphrase import PassphraseCard
from ui.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class CardEntry:
    """One card: for which casebooks it is, and how it is built."""

    build: Callable[[Desk, Settings], SafekeepingCard]
    when: Callable[[About], bool] = lambda _about: True


CARDS: tuple[CardEntry, ...] = (
    CardEntry(build=AboutCard),
    CardEntry(build=BackupsCard),
    CardEntry(build=PassphraseCard),
    CardEntry(build=ChecksCard),
    CardEntry(build=DocumentsCard),
    CardEntry(build=CustodianCard, when=lambda about: about.kind == "chair"),
    CardEntry(build=KeyCard, when=lambda about: about.kind == "panellist"),
)
