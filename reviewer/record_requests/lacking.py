"""What who reads a case is told of the records that it lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewer.messages import later, say
from reviewer.record_requests.matching import compared, find
from reviewer.records.ids import CaseId
from reviewer.records.requests import Group, RecordRequest, Status

_STANDS: Mapping[Status, str] = {
    Status.EXPECTED: later("not asked for yet"),
    Status.REQUESTED: later("asked for"),
    Status.ACKNOWLEDGED: later("asked for"),
    Status.PARTIAL: later("only in part"),
    Status.ILLEGIBLE: later("hard to read"),
    Status.NOT_LOCATED: later("not located"),
    Status.LOST: later("said to be lost"),
    Status.DESTROYED: later("destroyed"),
    Status.NONE: later("said not to exist"),
    Status.REFUSED: later("refused"),
    Status.RESTRICTED: later("restricted"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """One record that a case lacks.

    ``name`` is what it is named by as missing, ``words`` are short (a tab), ``told`` is all that
    is known. ``gone`` says that it will not come as asked, or that a rating names it; ``partly``
    that a part of it came, or a copy that is hard to read.
    """

    name: str
    words: str
    told: str
    gone: bool = True
    partly: bool = False


def lacks(
    case: CaseId, records: Iterable[RecordRequest], named: Iterable[str] = ()
) -> tuple[Lack, ...]:
    """Return what ``case`` lacks by ``records``, then what ratings name that is none of them.

    Nothing stands twice: two spellings of one record are one. ``records`` are all that are known
    of the case: one that has come since is no gap, although a rating still names it.
    """
    own = [one for one in records if one.case == case]
    gaps = [one for one in own if one.lacking]
    found = [_lack(one, gaps) for one in gaps]
    seen = set[str]()
    for name in named:
        words, key = name.strip(), compared(name)
        known = any(find(words, case, among, {}) is not None for among in (gaps, own))
        if not words or key in seen or known:
            continue
        seen.add(key)
        told = say("{name} missing", name=words)
        found.append(Lack(name=words, words=told, told=told))
    return tuple(found)


def has_come(name: str, case: CaseId, records: Sequence[RecordRequest]) -> bool:
    """Whether what a rating names as missing is one of ``records`` that has come whole since."""
    found = find(name, case, records, {})
    return any(one.id == found and not one.lacking for one in records)


def _lack(one: RecordRequest, gaps: Sequence[RecordRequest]) -> Lack:
    twins = sum(compared(other.title) == compared(one.title) for other in gaps) > 1
    stands = say(_STANDS[one.status])
    title = f"{one.title}, {one.name}" if twins else one.title
    return Lack(
        name=title,
        words=say("{title}: {stands}", title=title, stands=stands),
        told=_told(one, stands),
        gone=one.group is Group.NOT_COMING,
        partly=one.group is Group.PARTIAL,
    )


def _told(one: RecordRequest, stands: str) -> str:
    lead = say(
        "{title}, {agency}, record {name}: {stands}.",
        title=one.title,
        agency=one.agency,
        name=one.name,
        stands=stands,
    )
    if one.answered:
        answered = say("The answer came on {day}.", day=one.answered)
        return f"{lead} {answered}"
    if one.requested:
        asked = say("It was asked for on {day} and has not come yet.", day=one.requested)
        return f"{lead} {asked}"
    return lead
