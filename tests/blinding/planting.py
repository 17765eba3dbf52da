"""A panel of six and a chair who scores: every field that a person can type holds its own word."""

import secrets
import string
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.pack import issue
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.records.ids import MarkId, new_id
from reviewer.records.judgement import Anchor, Mark, Rating, Reason
from tests.books import PASSPHRASE, case, document, framework

LENGTH = 24
_TAG = 8


def _letters(count: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


CHAIR = "The chair"
PANELLISTS = tuple(f"Panellist {n}" for n in range(1, 7))
CASES = 3


@dataclass
class Planted:
    """Whose word stands where: word -> (member, place).

    All words of one member begin with the same eight letters, so that a piece of one is known
    too; those in names with others, because a chair may know who is on the panel.
    """

    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    tags: dict[tuple[str, bool], str] = field(default_factory=dict)

    def word(self, member: str, place: str) -> str:
        """Return a new word of 24 letters for one place of one member."""
        tag = self.tags.setdefault((member, place == "name"), _letters(_TAG))
        word = tag + _letters(LENGTH - _TAG)
        self.words[word] = (member, place)
        return word

    def of(self, *members: str) -> set[str]:
        """Return the words of some members."""
        return {word for word, (member, _) in self.words.items() if member in members}


@dataclass
class PlantedPanel:
    """What was built: the chair's casebook, the issued ones and the returns by member."""

    planted: Planted
    chair: Path
    packs: dict[str, Path]
    returns: dict[str, Path]


def plant(folder: Path) -> PlantedPanel:
    """Build the panel: everybody has rated and returned, nothing is received, the chair sealed."""
    planted = Planted()
    chair_file = folder / "chair.casebook"
    new = NewCasebook(title="Inquiry", framework=framework(), chair=CHAIR, chair_rates=True)
    packs, returns = {}, {}
    (folder / "returns").mkdir()
    with Casebook.create(chair_file, PASSPHRASE, new, profile=CHEAP) as book:
        made = [case(f"2010-{n:02}") for n in range(1, CASES + 1)]
        book.cases.add(made)
        book.documents.add_many([document(one) for one in made])
        for name in PANELLISTS:
            packs[name] = issue(
                book,
                f"{name} {planted.word(name, 'name')}",
                folder / "packs",
                passphrase=PASSPHRASE,
                must_change_passphrase=False,
                profile=CHEAP,
            ).path
        rate(book, planted, CHAIR)
        seal(book)
    for name, path in packs.items():
        with Casebook.open(path, PASSPHRASE) as own:
            rate(own, planted, name)
            seal(own)
            returns[name] = write_return(own, folder / "returns")
    return PlantedPanel(planted, chair_file, packs, returns)


def rate(book: Casebook, planted: Planted, member: str) -> None:
    """Fill every field that this person can type into, in every case."""
    about = book.about
    first, second, *_ = about.framework.codes
    value = 0 if member in PANELLISTS[::2] else 4  # apart, so that a second round has an agenda
    for each in book.cases.all():
        at = each.reference

        def word(place: str, at: str = at) -> str:
            return planted.word(member, f"{place} of {at}")

        paper = book.documents.of(each.id)[0]
        mark = Mark(
            id=MarkId(new_id()),
            member=about.member,
            document=paper.id,
            page=1,
            anchor=Anchor(
                kind="text",
                start=0,
                end=8,
                quote=word("quote"),
                prefix=word("prefix"),
                suffix=word("suffix"),
            ),
            note=word("note"),
        )
        strong = Rating(factor=first, value=value, comment=word("comment"), evidence=(mark.id,))
        missing = Rating(
            factor=second, reason=Reason.MISSING, record=word("record"), comment=word("why")
        )
        book.ratings.put_all(
            about.member, about.round, [(each.id, strong), (each.id, missing)], marks=[mark]
        )
        for name in ("narrative", "good_practice", "other"):
            book.reviews.set_text(about.member, each.id, about.round, **{name: word(name)})
