"""What papers, tables and screens say of each round alone (METHOD 3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.reports import phrases
from reviewer.summary.parts import Part, RoundMember
from reviewer.summary.shapes import Code, Detail, RoundVotes, Summary
from reviewer.summary.votes import word

_NOTHING = Detail()


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundRating:
    """One rating as it was given in one round; value and reason as in ``facts.Vote``.

    ``stands``: it is the rating in force: neither blank nor replaced in a later round.
    """

    round: int
    member: int
    case: int
    factor: int
    value: int | None
    code: str
    detail: Detail
    late: bool
    stands: bool


def latest(summary: Summary) -> RoundVotes:
    """Return the round whose results these are."""
    return summary.panel.rounds[-1]


def stands(summary: Summary, place: int, before: int | None = None) -> int:
    """Return the last round (before round ``before``) that a member returned, or 0."""
    found = [
        one.number
        for one in summary.panel.rounds
        if one.members[place].came and (before is None or one.number < before)
    ]
    return max(found, default=0)


def took_part(summary: Summary, one: RoundVotes, place: int) -> str:
    """Return how a member took part in one round: "returned", "not returned: round 1 stands"."""
    member = one.members[place]
    if member.part is Part.LATE:
        return f"late, opened {phrases.moment(member.late_at)}"
    if member.part is Part.RETURNED:
        return member.part.value
    earlier = stands(summary, place, one.number)
    return f"{member.part.value}: round {earlier} stands" if earlier else member.part.value


def why(member: RoundMember) -> str:
    """Return the reasons kept of a member's part in a round, or ""."""
    told = [member.without_reason]
    if member.late_reason:
        told.append(f"Opened late: {member.late_reason}")
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in told if part
    )


def back(summary: Summary) -> str:
    """Return the sentence that stands beside counts: how many of those asked returned each round.

    Who did not return has no vote and is in no bound.
    """
    parts = [
        f"{one.returned} of {phrases.counted(one.asked, 'panellist')} returned round"
        f" {one.number}{_late(one)}"
        for one in summary.panel.rounds
    ]
    return f"{'; '.join(parts)}."


def told(one: RoundVotes) -> str:
    """Return one round in a sentence or two: who returned it, and how much was rated in it."""
    back = (
        f"{one.returned} of {phrases.counted(one.asked, 'panellist')} returned round {one.number}"
    )
    back += _late(one)
    if not one.ratings:
        return f"{back}. {nothing_new(one)}"
    asked = sum(member.asked for member in one.members if member.came)
    came = f"{phrases.counted(one.ratings, 'rating')} came in, of {asked:,} asked of them"
    return f"{back}; {came}."


def _late(one: RoundVotes) -> str:
    return f", {phrases.late(one.late)}" if one.late else ""


def nothing_new(one: RoundVotes) -> str:
    """Return what a round says in which nothing was rated, or ""."""
    if one.ratings:
        return ""
    if one.number == 1:
        return "Nothing was rated in it."
    return (
        f"Nothing was rated again in round {one.number}: every rating is of a round before it, and"
        " what stands below is not a result of this round."
    )


def title(summary: Summary) -> str:
    """Return what the paper is of: "round 2", or that nothing was rated again in it."""
    one = latest(summary)
    if one.ratings or one.number == 1:
        return f"round {one.number}"
    stood = int(summary.panel.from_round.max(initial=1))
    return f"round {stood} (round {one.number} brought no rating)"


def every_rating(summary: Summary) -> Iterator[RoundRating]:
    """Yield each rating of each round that counts, round by round, blank ones too."""
    panel = summary.panel
    values = panel.framework.values
    for one in summary.panel.rounds:
        for place, member in enumerate(one.members):
            if not member.came:
                continue
            for case, row in enumerate(one.votes[place].tolist()):
                for factor, code in enumerate(row):
                    if code == Code.ABSENT:
                        continue
                    at = (place, case, factor)
                    yield RoundRating(
                        round=one.number,
                        member=place,
                        case=case,
                        factor=factor,
                        value=values[code] if code >= 0 else None,
                        code="" if code >= 0 else word(Code(code)),
                        detail=one.details.get(at, _NOTHING),
                        late=member.part is Part.LATE,
                        stands=code != Code.BLANK and bool(panel.from_round[at] == one.number),
                    )


def how_many(summary: Summary) -> int:
    """Return how many ratings ``every_rating`` yields."""
    return sum(
        int((one.votes[place] != Code.ABSENT).sum())
        for one in summary.panel.rounds
        for place, member in enumerate(one.members)
        if member.came
    )


def of_round(summary: Summary, member: int, case: int, factor: int) -> int | None:
    """Return the round that a vote in force is from; None where nothing was said."""
    return int(summary.panel.from_round[member, case, factor]) or None
