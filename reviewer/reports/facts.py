"""Numbers that pages and sheets print, each counted from the summary when it is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.reports import phrases, rounds
from reviewer.summary.kinds import counted
from reviewer.summary.parts import Part
from reviewer.summary.shapes import Agreement, Cell, Class, Code, Detail, Kind, RoundVotes, Summary
from reviewer.summary.votes import word

OVERALL = "overall"
_NOTHING = Detail()


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """The figures of "In one page". Cells are pairs of case and factor; ``kinds`` add up to them.

    ``depending`` are those on the agenda of which it is not known whether they reach "counts".
    ``members``, ``returned``, ``asked``, ``blank`` and the ledger are of the latest round alone:
    ``members`` were asked in it, of ``returned`` ``late`` came after its release; ``asked`` and
    ``blank`` count ratings of those who returned.
    """

    members: int
    returned: int
    late: int
    cells: int
    kinds: Mapping[str, int]
    agenda: int
    depending: int
    disagreements: int
    asked: int
    blank: int
    declared: int
    stored: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """One case in figures; each counts factors, and ``kinds`` add up to all of them."""

    counted: int
    possible: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """One member's vote on one cell; ``value`` is a scale value, ``code`` a word, or neither.

    ``unsupported``: the score lacks the comment or the page that its height demands. ``round`` is
    the round that it is from, or None where nothing was said.
    """

    member: int
    value: int | None
    code: str
    detail: Detail
    unsupported: bool = False
    round: int | None = None


def headline(summary: Summary) -> Headline:
    """Count the key figures."""
    one = rounds.latest(summary)
    back = [member for member in one.members if member.came]
    lines = [line for line in summary.ledger if line.kind == "ratings"]
    return Headline(
        members=one.asked,
        returned=one.returned,
        late=one.late,
        cells=len(summary.cells),
        kinds=summary.kinds,
        agenda=len(summary.agenda),
        depending=sum(
            cell.kind is Kind.OPEN and cell.relevant and not cell.assessable
            for cell in summary.cells
        ),
        disagreements=sum(cell.klass is Class.DISAGREEMENT for cell in summary.cells),
        asked=sum(member.asked for member in back),
        blank=sum(member.blank for member in back),
        declared=sum(line.declared for line in lines),
        stored=sum(line.stored for line in lines),
    )


def keys_compared(summary: Summary) -> tuple[int, int]:
    """Return (keys that the chair compared by telephone, keys that came with a return)."""
    given = [
        member.key_compared
        for member in summary.panel.members
        if member.returned and member.key_compared is not None
    ]
    return sum(bool(at) for at in given), len(given)


def cells_of_case(summary: Summary, case: int) -> tuple[Cell, ...]:
    """Return the cells of one case in factor order."""
    wide = len(summary.panel.framework.factors)
    return summary.cells[case * wide : (case + 1) * wide]


def cells_of_factor(summary: Summary, factor: int) -> tuple[Cell, ...]:
    """Return the cells of one factor in case order."""
    return summary.cells[factor :: len(summary.panel.framework.factors)]


def case_facts(summary: Summary, case: int) -> CaseFacts:
    """Count what one case shows."""
    limits = summary.panel.framework.thresholds
    cells = cells_of_case(summary, case)
    return CaseFacts(
        counted=sum(cell.assessable and _reaches(cell, limits.counts) for cell in cells),
        possible=sum(
            cell.assessable_possible
            and _reaches(cell, limits.possible)
            and not (cell.assessable and _reaches(cell, limits.counts))
            for cell in cells
        ),
        kinds=counted(cells),
    )


def _reaches(cell: Cell, threshold: int) -> bool:
    return cell.in_force is not None and cell.in_force >= threshold


def counted_cases(summary: Summary, factor: int) -> tuple[Cell, ...]:
    """Return the cells of a factor that count, highest in force first, then in case order."""
    least = summary.panel.framework.thresholds.counts
    found = [
        (cell.in_force, cell)
        for cell in cells_of_factor(summary, factor)
        if cell.assessable and cell.in_force is not None and cell.in_force >= least
    ]
    return tuple(cell for _, cell in sorted(found, key=lambda pair: (-pair[0], pair[1].case)))


def distribution(summary: Summary, factor: int) -> tuple[int, ...]:
    """Return how many ratings each point of the scale got over all cases."""
    columns = [cell.distribution for cell in cells_of_factor(summary, factor)]
    points = len(summary.panel.framework.scale)
    return tuple(sum(column[point] for column in columns) for point in range(points))


def agreement(summary: Summary) -> dict[str, Agreement]:
    """Return the agreement lines by their scope."""
    return {line.scope: line for line in summary.agreement}


def votes(summary: Summary, case: int, factor: int) -> Iterator[Vote]:
    """Yield every vote on a cell in member order; who had no vote there (ABSENT) is left out."""
    panel = summary.panel
    values = panel.framework.values
    for member, code in enumerate(panel.votes[:, case, factor].tolist()):
        if code == Code.ABSENT or not panel.members[member].returned:
            continue
        yield Vote(
            member=member,
            value=values[code] if code >= 0 else None,
            code="" if code >= 0 else word(Code(code)),
            detail=panel.details.get((member, case, factor), _NOTHING),
            unsupported=code >= 0 and (member, case, factor) in panel.unsupported,
            round=rounds.of_round(summary, member, case, factor) if code != Code.BLANK else None,
        )


def groups_in_use(summary: Summary) -> tuple[int, ...]:
    """Return the places of the groups that have factors."""
    framework = summary.panel.framework
    used = {factor.group for factor in framework.factors}
    return tuple(i for i, group in enumerate(framework.groups) if group.code in used)


def opening(summary: Summary, of: RoundVotes) -> list[str]:
    """Return how a round was opened, a sentence each: with whose key, what came late or before."""
    names = {member.id: member.name for member in summary.panel.members}
    opened = of.opening
    told = []
    if opened.returns:
        count = phrases.counted(len(opened.returns), "return was", "returns were")
        whose = (
            f"with the half of the key that {opened.custodian} keeps"
            if opened.custodian
            else "with the key that the chair's casebook holds alone"
        )
        told.append(f"{count} opened together on {phrases.moment(of.released)}, {whose}.")
    told += [
        f"The return of {names.get(member.id, member.id)} came after the release and was opened"
        f" late, on {phrases.moment(member.late_at)}. The reason given: {member.late_reason}"
        for member in of.members
        if member.part is Part.LATE
    ]
    told += [
        f"The chair's own round had been sealed and was opened again on {phrases.moment(back.at)},"
        f" before the release. The reason given: {back.reason}"
        for back in opened.reopened
    ]
    told += [
        f"{names.get(one.member, one.member)} sealed more than once: return {one.number} counts."
        for one in opened.returns
        if one.number > 1
    ]
    return told
