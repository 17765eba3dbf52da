"""What the page before a seal shows, read from the casebook in one go."""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.exchange.going import Going, what_goes
from reviewer.exchange.opens_with import whose_sheet
from reviewer.exchange.seal import beyond_first_class
from reviewer.rounds.readiness import Readiness, readiness


@dataclass(frozen=True, kw_only=True, slots=True)
class BeforeSeal:
    """What would go, what is left, and further sentences to be read before sealing."""

    going: Going
    left: Readiness
    notes: tuple[str, ...] = ()
    chair: bool = False  # the one who seals also releases


def read_before(book: Casebook) -> BeforeSeal:
    """Read it; runs on the casebook's thread."""
    chair = book.about.kind == "chair"
    return BeforeSeal(
        going=what_goes(book),
        left=readiness(book),
        notes=("" if chair else whose_sheet(book), beyond_first_class(book)),
        chair=chair,
    )
