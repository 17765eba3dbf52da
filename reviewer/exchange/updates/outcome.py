"""What an update is and does here, as values and in sentences."""

from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.exchange.updates.plan import Told
from reviewer.records.panel import RoundKey
from reviewer.records.text import counted, counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsealed:
    """Work of one round that was never sealed, or was opened again: ``ratings`` and ``texts``."""

    round: int
    ratings: int
    texts: int
    reopened: bool

    @property
    def told(self) -> str:
        """What there is, in words: "3 ratings and 1 text"."""
        parts = counts(
            ((self.ratings, "rating", "ratings"), (self.texts, "written text", "written texts"))
        )
        return " and ".join(parts) or "what was sealed and opened again"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What an update is and does here.

    ``already`` says that it was applied before and changes nothing. ``missing`` are numbers before
    it that never arrived; this one brings what they would have. ``ask`` is why the chair asks for
    the sealed round to be opened again, or ""; ``sealed`` says that it is sealed, and stays so.
    ``ratings`` and ``marks`` are what the panellist has made and keeps. ``older`` says that a
    later one was applied before, which brought all that this holds. ``skipped`` are rounds that
    came and went without this casebook. ``unsealed`` is the work in the open round that is not
    sealed where the update opens the next: applying it closes that round. ``key`` is what returns
    are sealed to from now on, where the update changes it; ``lost`` says that the round that is
    sealed already must be sealed again for it.
    """

    seq: int
    digest: str
    at: str
    already: bool
    told: Told
    missing: tuple[int, ...] = ()
    ask: str = ""
    sealed: bool = False
    ratings: int = 0
    marks: int = 0
    older: bool = False
    skipped: tuple[int, ...] = ()
    unsealed: Unsealed | None = None
    key: RoundKey | None = None
    lost: bool = False


def unsealed_work(book: Casebook) -> Unsealed | None:
    """Return what a panellist has made in the open round and not sealed, or None."""
    about = book.about
    if about.sealed or about.released:
        return None
    reviews = book.reviews.all(about.member, about.round).values()
    texts = sum(
        bool(text.strip())
        for one in reviews
        for text in (one.narrative, one.good_practice, one.other)
    )
    ratings = sum(1 for _ in book.ratings.everyone(about.round, member=about.member))
    own = book.returns.own(about.round)
    reopened = own is not None and bool(own.reopened)
    if not (ratings or texts or reopened):
        return None
    return Unsealed(round=about.round, ratings=ratings, texts=texts, reopened=reopened)


def sentences(outcome: Outcome) -> list[str]:
    """Return what an update does as plain sentences, the first of them a summary."""
    if outcome.already:
        return [f"Update {outcome.seq} was applied already. Nothing changed."]
    asks = [f"The chair asks you to look again: {line}" for line in outcome.ask.splitlines()]
    if outcome.older:
        older = (
            f"Update {outcome.seq} is older than one that was applied here and brought all that it"
            " holds. Nothing changed."
        )
        return [older, *asks]
    told = _summary(outcome.seq, outcome.told)
    lines = [told, *outcome.told.named, _kept(outcome), *_not_arrived(outcome)]
    if outcome.unsealed is not None:
        lines += closing(outcome.unsealed)
    lines += [*asks, *_of_sheet(outcome)]
    if outcome.sealed and not outcome.lost and not outcome.told.round:
        lines.append("Your round is sealed and stays sealed. Reopen it if you want to change it.")
    return lines


def closing(unsealed: Unsealed) -> tuple[str, str]:
    """Return what an update that opens the next round does to unsealed work, in sentences."""
    again = " It was sealed before and opened again." if unsealed.reopened else ""
    closes = (
        f"Round {unsealed.round} is not sealed here: {unsealed.told}.{again} This update opens the"
        " next round and closes that one, so nothing in it can change any more."
    )
    late = (
        "Nothing of it is lost: after that it can still be sealed as it is and sent as late, and"
        " the chair decides whether it is opened."
    )
    return closes, late


def _summary(seq: int, told: Told) -> str:
    parts = counts(
        (
            (told.new_cases, "new case", "new cases"),
            (told.new_documents - told.corrected, "new document", "new documents"),
            (told.corrected, "corrected document", "corrected documents"),
            (told.withdrawn, "withdrawn document", "withdrawn documents"),
            (told.reinstated, "document shown again", "documents shown again"),
            (told.worded, "title or note worded anew", "titles or notes worded anew"),
            (told.gaps, "change in what is missing", "changes in what is missing"),
        )
    )
    if told.named:
        parts.append(counted(len(told.named), "name"))
    if told.round:
        again = counted(told.cells, "rating")
        parts.append(f"round {told.round} with {again} to look at again")
    return f"Update {seq}: {', '.join(parts) or 'nothing that is new here'}."


def _kept(outcome: Outcome) -> str:
    if not (outcome.ratings or outcome.marks):
        return "You have not rated or marked anything yet, so nothing of yours changes."
    ratings, marks = counted(outcome.ratings, "rating"), counted(outcome.marks, "mark")
    return f"Your {ratings} and {marks} stay as they are."


def _not_arrived(outcome: Outcome) -> list[str]:
    lines = [
        f"Round {number} was opened and released while no update arrived here: you were not asked"
        " in it, and what you rated before it stands."
        for number in outcome.skipped
    ]
    if outcome.missing:
        numbers = ", ".join(str(number) for number in outcome.missing[:5])
        lines.insert(0, f"Update {numbers} never arrived; this one brings what it held.")
    return lines


def _of_sheet(outcome: Outcome) -> list[str]:
    """Return whose sheet opens returns from now on, and whether a sealed one is lost by that."""
    lines = []
    if outcome.key is not None and outcome.key.custodian is not None:
        whose = outcome.key.custodian
        lines.append(
            f"From now on returns open with the sheet {whose.mark} that {whose.name} keeps."
        )
    if outcome.lost:
        lines.append(
            "The sheet that your round was sealed for is lost. Reopen the round and seal it again,"
            " then write the return once more."
        )
    return lines
