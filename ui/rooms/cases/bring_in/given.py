"""What Bring in was given to read with, in memory only: passwords, and where deliveries lie."""

from pathlib import Path

from reviewer.intake.delivery.assess import Row
from reviewer.records.deliveries import Delivery
from ui.rooms.cases.bring_in import work
from ui.rooms.cases.bring_in.work import Reading, Shown, Work
from ui.settings import CONFINED_ONLY, Settings


class Given:
    """The passwords that were typed since a delivery came, and the places of those that came."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._passwords: tuple[str, ...] = ()
        self._places: dict[str, Path] = {}  # by the delivery

    @property
    def how(self) -> Reading:
        """How documents are read now."""
        alone = self._settings.get(CONFINED_ONLY)
        return Reading(confined_only=alone, passwords=self._passwords)

    def begin(self) -> None:
        """Forget the passwords: something else comes."""
        self._passwords = ()

    def came(self, shown: Shown | None) -> None:
        """Remember where a delivery that has just come lies."""
        if shown is not None and shown.source is not None:
            self._places[shown.delivery.id] = shown.source

    def opens(self, delivery: Delivery, row: Row | None) -> bool:
        """Whether a password of ``row`` can be tried: its bytes are here, or where it lies is."""
        if row is None or not row.item.facts.locked:
            return False
        return bool(row.item.sha256) or delivery.id in self._places

    def unlocking(self, shown: Shown, row: Row | None, password: str) -> Work:
        """Return the work that tries one more password; it is kept nowhere.

        A file of an archive that is locked has not come: the archive is brought in again.
        """
        self._passwords = (*self._passwords, password)
        place = self._places.get(shown.delivery.id)
        if row is not None and not row.item.sha256 and place is not None:
            return work.arrive(place, self.how, lambda _shown: None)
        return work.look_again(shown.delivery, self.how, joining=False)
