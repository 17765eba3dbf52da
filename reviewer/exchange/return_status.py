"""Which of a member's returns counts: a pure function of the set of headers that arrived.

Order of arrival, clocks and file names play no part, so that merging in any order, on any number
of sticks, any number of times, ends the same (SECURITY 1.8).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reviewer.exchange.header import Header
from reviewer.records.ids import MemberId
from reviewer.records.panel import ReturnStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """What the standing of one return depends on. Verified: wrong ones never get here."""

    member: MemberId
    round: int
    pack: str
    seq: int
    prev: str
    digest: str
    public_key: str
    release: str


def arrived_of(header: Header, digest: str) -> Arrived:
    """Return what the standing of a return depends on."""
    return Arrived(
        member=header.member,
        round=header.round,
        pack=header.pack,
        seq=header.seq,
        prev=header.prev,
        digest=digest,
        public_key=header.public_key,
        release=header.release,
    )


def standings(
    arrived: Iterable[Arrived],
    *,
    packs: Mapping[MemberId, str],
    choices: Mapping[tuple[MemberId, int], str],
    releases: Mapping[int, str],
    opened: Collection[str] = (),
) -> dict[str, ReturnStatus]:
    """Return the standing of every return by its digest.

    ``packs`` is the pack hash last issued to each member: returns of an earlier one are kept but
    superseded, and so are those sealed to another key than the one of their round in ``releases``:
    the sheet that opens them is lost. ``choices`` is the digest that the chair chose where there
    was a fork, by member and round. ``opened`` are the digests that releases opened: they count
    for ever, whatever was issued, sealed or contradicted since, and nothing else of the same
    member and round does.
    """
    different = {one.digest: one for one in arrived}.values()
    found = _by_rule(different, packs, choices, releases)
    settled = {(one.member, one.round) for one in different if one.digest in opened}
    for one in different:
        if one.digest in opened:
            found[one.digest] = ReturnStatus.RECEIVED
        elif (one.member, one.round) in settled and found[one.digest] is ReturnStatus.RECEIVED:
            found[one.digest] = ReturnStatus.SUPERSEDED
    return found


def pin_of(
    arrived: Iterable[Arrived], found: Mapping[str, ReturnStatus], *, packs: Mapping[MemberId, str]
) -> str:
    """Return the one key of a member whose returns stand as ``found``, or "".

    The returns of the casebook issued last say it; before any of those counts, the latest round.
    """
    counting = [one for one in arrived if found[one.digest] is ReturnStatus.RECEIVED]
    latest = max((one.round for one in counting), default=0)
    keys = {one.public_key for one in counting if one.pack == packs.get(one.member)}
    keys = keys or {one.public_key for one in counting if one.round == latest}
    return keys.pop() if len(keys) == 1 else ""


def _by_rule(
    different: Collection[Arrived],
    packs: Mapping[MemberId, str],
    choices: Mapping[tuple[MemberId, int], str],
    releases: Mapping[int, str],
) -> dict[str, ReturnStatus]:
    """Return the standings before anything was released."""
    found: dict[str, ReturnStatus] = {}
    of_member: dict[MemberId, list[Arrived]] = defaultdict(list)
    for one in different:
        sealed_to = releases.get(one.round, one.release)
        if one.pack == packs.get(one.member) and one.release == sealed_to:
            of_member[one.member].append(one)
        else:
            found[one.digest] = ReturnStatus.SUPERSEDED
    for member, returns in of_member.items():
        chosen = [one for one in returns if choices.get((member, one.round)) == one.digest]
        found |= _of_member(returns, {one.round: one for one in chosen})
    return found


def counting(found: Mapping[str, ReturnStatus]) -> frozenset[str]:
    """Return the digests of the returns that count."""
    return frozenset(
        digest for digest, standing in found.items() if standing is ReturnStatus.RECEIVED
    )


def _of_member(returns: list[Arrived], chosen: Mapping[int, Arrived]) -> dict[str, ReturnStatus]:
    """Return the standings of one member's returns, round by round.

    Two keys for one token are a fork in every round, until a choice in one says which to trust.
    """
    keys = {one.public_key for one in returns}
    trusted = {chosen[max(chosen)].public_key} if chosen else keys
    by_round: dict[int, list[Arrived]] = defaultdict(list)
    for one in returns:
        by_round[one.round].append(one)
    found: dict[str, ReturnStatus] = {}
    for number, group in by_round.items():
        found |= {one.digest: ReturnStatus.FORK for one in group}
        if len(trusted) == 1:
            line = [one for one in group if one.public_key in trusted]
            found |= _of_line(_after(line, chosen.get(number)))
    return found


def _after(line: list[Arrived], chosen: Arrived | None) -> list[Arrived]:
    """Return the chosen return and what was sealed after it; all where nothing was chosen.

    A choice settles what came up to it. A second fork after it asks a second time.
    """
    if chosen is None:
        return line
    return [one for one in line if one.seq > chosen.seq or one.digest == chosen.digest]


def _of_line(line: list[Arrived]) -> dict[str, ReturnStatus]:
    if not line or _forked(line):
        return {}
    last = max(line, key=lambda one: one.seq)
    found = {one.digest: ReturnStatus.SUPERSEDED for one in line}
    found[last.digest] = ReturnStatus.RECEIVED
    return found


def _forked(line: list[Arrived]) -> bool:
    """Return whether one number stands for two returns, or a return follows one we do not have.

    The second is a fork seen from its next step: number 3 names a number 2 other than ours.
    """
    by_seq = {one.seq: one for one in line}
    if len(by_seq) != len(line):
        return True
    return any(one.seq - 1 in by_seq and by_seq[one.seq - 1].digest != one.prev for one in line)
