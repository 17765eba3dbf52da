"""The summary as flat tables, for the spreadsheet and the CSV files alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.progress import Progress
from reviewer.reports import decisions, facts, phrases, rounds
from reviewer.reports.chapters import agreement
from reviewer.reports.tables import decision_rows, record_rows
from reviewer.summary.kinds import WORDS
from reviewer.summary.shapes import Estimate, Kind, Prevalence, Summary

Scalar = str | int | float | bool | None
Row = Sequence[Scalar]
_FEW = 1000  # rows of a table that does not grow with the ratings
_OFTEN = 256  # rows between two steps of progress


def _few(_summary: Summary) -> int:
    return _FEW


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One table: its name, its column heads with widths in characters, and its rows.

    ``about`` is how many rows there will be, for progress alone.
    """

    name: str
    head: Sequence[tuple[str, int]]
    rows: Callable[[Summary], Iterator[Row]]
    about: Callable[[Summary], int] = _few


def told(summary: Summary, sheet: Sheet, progress: Progress) -> Iterator[Row]:
    """Yield a table's rows one by one, and tell how far they are. Raises ``Cancelled``."""
    total = max(sheet.about(summary), 1)
    for number, row in enumerate(sheet.rows(summary)):
        if number % _OFTEN == 0:
            progress.step(min(number, total), total)
        yield row
    progress.step(total, total)


def _summary(summary: Summary) -> Iterator[Row]:
    panel, head = summary.panel, facts.headline(summary)
    overall = facts.agreement(summary).get(facts.OVERALL)
    yield "Title", panel.title
    yield "Marking", panel.marking
    yield "Circulation", phrases.PANEL_ONLY
    if panel.demonstration:
        yield "Demonstration", phrases.INVENTED
    yield "Casebook", panel.casebook
    yield "Round", panel.round
    yield "Released", panel.released
    yield "Framework", f"{panel.framework.id} {panel.framework.version}"
    yield "Framework hash", panel.framework.hash
    yield "Cases", len(panel.cases)
    yield "Factors", len(panel.framework.factors)
    for one in summary.panel.rounds:
        yield f"Round {one.number}", rounds.told(one)
    yield "Panellists", head.members
    yield "Returned", head.returned
    yield "Ratings declared", head.declared
    yield "Ratings stored", head.stored
    yield "Cells", head.cells
    for kind, name in WORDS.items():
        yield f"Cells {name}", head.kinds[kind]
    yield "Cells of disagreement", head.disagreements
    yield "Ratings asked for", head.asked
    yield "Ratings left blank", head.blank
    whole = summary.completeness.whole
    if whole.expected:
        yield "Records expected", whole.expected
        yield "Records received whole", whole.received
    if overall is not None:
        yield "Krippendorff's alpha, overall", overall.alpha.value
        yield "from", overall.alpha.low
        yield "to", overall.alpha.high
    yield "Point of the scale", "Label"
    for point in panel.framework.scale:
        yield point.value, point.label


def _rates(rows: Sequence[Prevalence], summary: Summary) -> Iterator[Row]:
    lines = facts.agreement(summary)
    for row in rows:
        line = lines.get(row.code)
        alpha = line.alpha if line else Estimate(value=None)
        yield (
            row.code,
            row.name,
            row.group,
            row.counted,
            row.possible,
            row.assessable,
            row.relevant,
            len(summary.panel.cases),
            row.low,
            row.high,
            row.not_assessable,
            ", ".join(f"{name} {n}" for name, n in sorted(row.blocked_by.items())),
            row.disagreements,
            alpha.value,
            alpha.low,
            alpha.high,
            alpha.note,
            row.possible_assessable,
            row.possible_low,
            row.possible_high,
            row.possible_not_assessable,
            row.holds,
            row.possible_holds,
            row.not_relevant,
            row.blank,
            row.not_allocated,
            row.without_factor,
            *row.kinds.values(),
            summary.panel.round,
        )


def _factors(summary: Summary) -> Iterator[Row]:
    return _rates(summary.factors, summary)


def _groups(summary: Summary) -> Iterator[Row]:
    return _rates(summary.groups, summary)


def _cells(summary: Summary) -> Iterator[Row]:
    panel = summary.panel
    for cell in summary.cells:
        case, factor = panel.cases[cell.case], panel.framework.factors[cell.factor]
        yield (
            case.reference,
            case.title,
            factor.code,
            factor.name,
            cell.n,
            cell.assessable,
            cell.relevant,
            cell.median,
            " ".join(str(n) for n in cell.distribution),
            ", ".join(f"{name} {n}" for name, n in cell.reasons.items()),
            cell.klass.value,
            ", ".join(cell.flags),
            cell.kind.value,
            cell.assessable_possible,
            ", ".join(cell.holds),
            *(cell.ipras or (None, None)),
            panel.round,
            cell.in_force,
            decisions.by(cell),
            cell.determined,
        )


def _ratings(summary: Summary) -> Iterator[Row]:
    panel = summary.panel
    for cell in summary.cells:
        case, factor = panel.cases[cell.case].reference, panel.framework.factors[cell.factor].code
        for vote in facts.votes(summary, cell.case, cell.factor):
            member, detail = panel.members[vote.member], vote.detail
            yield (
                case,
                factor,
                member.id,
                member.name,
                vote.value,
                vote.code,
                detail.confidence.value if detail.confidence else "",
                detail.comment,
                "; ".join(detail.evidence),
                detail.record,
                vote.unsupported,
                vote.round,
            )


def _agreement(summary: Summary) -> Iterator[Row]:
    for line in summary.agreement:
        named = {
            "Krippendorff's alpha": line.alpha,
            "AC2, linear": line.ac2_linear,
            "AC2, quadratic": line.ac2_quadratic,
            "Raw agreement": line.raw,
            "Fleiss' kappa": line.kappa,
            "Assessability (AC1)": line.assessability,
        }
        for name, found in named.items():
            entering = (line.cases, line.with_failing)
            if found is line.assessability:
                entering = (line.assessed, line.with_blocked)
            yield (
                line.scope,
                agreement.name_of(summary, line.scope),
                *entering,
                name,
                found.value,
                found.low,
                found.high,
                found.note,
                found.undefined,
                found.resamples,
            )


def _agenda(summary: Summary) -> Iterator[Row]:
    panel, wide = summary.panel, len(summary.panel.framework.factors)
    for number, item in enumerate(summary.agenda, 1):
        factor = panel.framework.factors[item.factor]
        yield (
            number,
            panel.cases[item.case].reference,
            factor.code,
            factor.name,
            ", ".join(item.flags),
            item.spread,
            decisions.value(summary.cells[item.case * wide + item.factor]),
        )


def _returned(summary: Summary) -> Iterator[Row]:
    for one in summary.panel.rounds:
        for place, part in enumerate(one.members):
            member = summary.panel.members[place]
            yield (
                member.id,
                member.name,
                member.role,
                part.came,
                part.without_reason,
                one.number,
                rounds.took_part(summary, one, place),
                part.asked,
                part.ratings,
                part.blank,
                part.late_reason,
            )


def _ledger(summary: Summary) -> Iterator[Row]:
    names = {member.id: member.name for member in summary.panel.members}
    for one in summary.panel.rounds:
        for line in one.ledger:
            yield (
                line.member,
                names.get(line.member, ""),
                line.kind,
                line.declared,
                line.opened,
                line.stored,
                line.balances,
                one.number,
                line.late,
            )


def _rounds(summary: Summary) -> Iterator[Row]:
    panel, codes = summary.panel, summary.panel.framework.codes
    for rating in rounds.every_rating(summary):
        member, detail = panel.members[rating.member], rating.detail
        yield (
            rating.round,
            panel.cases[rating.case].reference,
            codes[rating.factor],
            member.id,
            member.name,
            rating.value,
            rating.code,
            detail.confidence.value if detail.confidence else "",
            detail.comment,
            "; ".join(detail.evidence),
            detail.record,
            rating.late,
            rating.stands,
        )


_RATES = (
    *(("code", 12), ("name", 40), ("group", 8), ("counted", 9), ("possible", 9)),
    *(("assessable", 11), ("relevant", 9), ("cases", 7), ("low", 7), ("high", 7)),
    *(("not_assessable", 15), ("blocked_by", 24), ("disagreements", 14)),
    *(("alpha", 8), ("alpha_low", 10), ("alpha_high", 10), ("note", 14)),
    *(("possible_assessable", 19), ("possible_low", 12), ("possible_high", 13)),
    *(("possible_not_assessable", 22), ("holds", 7), ("possible_holds", 14)),
    *(("not_relevant", 12), ("blank", 7), ("not_allocated", 13), ("without_factor", 14)),
    *((f"cells_{kind.value.replace('-', '_')}", 20) for kind in Kind),
    ("round", 7),
)
_CELLS = (
    *(("case", 14), ("title", 36), ("factor", 12), ("name", 34), ("n", 5)),
    *(("assessable", 11), ("relevant", 9), ("median", 8), ("distribution", 13)),
    *(("reasons", 24), ("class", 16), ("flags", 34), ("kind", 15)),
    *(("assessable_possible", 19), ("holds", 16), ("ipr", 8), ("ipras", 8)),
    *(("round", 7), ("in_force", 9), ("in_force_by", 14), ("determined", 15)),
)
_RATINGS = (
    *(("case", 14), ("factor", 12), ("member", 38), ("name", 22), ("value", 7)),
    *(("reason", 13), ("confidence", 11), ("comment", 60), ("evidence", 30), ("record", 24)),
    *(("unsupported", 12), ("round", 7)),
)
_AGREEMENT = (
    *(("scope", 12), ("name", 40), ("cases", 7), ("with_failing", 13)),
    *(("coefficient", 22), ("value", 8), ("low", 8), ("high", 8), ("note", 14)),
    *(("undefined", 11), ("resamples", 11)),
)
_AGENDA = (
    *(("place", 7), ("case", 14), ("factor", 12), ("name", 40), ("flags", 44), ("spread", 8)),
    ("determined", 15),
)
_RETURNED = (
    *(("member", 38), ("name", 26), ("role", 12), ("returned", 10), ("without_reason", 50)),
    *(("round", 7), ("part", 28), ("asked", 8), ("ratings", 8), ("blank", 8)),
    ("late_reason", 50),
)
_LEDGER = (
    *(("member", 38), ("name", 26), ("kind", 12), ("declared", 10), ("opened", 10)),
    *(("stored", 10), ("balances", 10), ("round", 7), ("late", 7)),
)
_ROUNDS = (
    *(("round", 7), ("case", 14), ("factor", 12), ("member", 38), ("name", 22), ("value", 7)),
    *(("reason", 13), ("confidence", 11), ("comment", 60), ("evidence", 30), ("record", 24)),
    *(("late", 7), ("stands", 8)),
)

SUMMARY = Sheet(name="Summary", head=(("what", 34), ("value", 70)), rows=_summary)
FACTORS = Sheet(name="Factors", head=_RATES, rows=_factors)
GROUPS = Sheet(name="Groups", head=_RATES, rows=_groups)
CELLS = Sheet(name="Cells", head=_CELLS, rows=_cells, about=lambda summary: len(summary.cells))
RATINGS = Sheet(
    name="Ratings", head=_RATINGS, rows=_ratings, about=lambda summary: summary.panel.votes.size
)
AGREEMENT = Sheet(name="Agreement", head=_AGREEMENT, rows=_agreement)
AGENDA = Sheet(name="Agenda", head=_AGENDA, rows=_agenda)
RETURNED = Sheet(name="Returned", head=_RETURNED, rows=_returned)
LEDGER = Sheet(name="Ledger", head=_LEDGER, rows=_ledger)
ROUNDS = Sheet(name="Rounds", head=_ROUNDS, rows=_rounds, about=rounds.how_many)
COMPLETENESS = Sheet(
    name="Completeness", head=record_rows.COMPLETENESS, rows=record_rows.completeness
)
RECORDS = Sheet(name="Records", head=record_rows.RECORDS, rows=record_rows.records)
GAPS = Sheet(name="Gaps", head=record_rows.GAPS, rows=record_rows.gaps)
DETERMINATIONS = Sheet(
    name="Determinations", head=decision_rows.DECISIONS, rows=decision_rows.every
)
DISSENTS = Sheet(name="Dissents", head=decision_rows.DISSENTS, rows=decision_rows.dissents)
ALL = (
    *(SUMMARY, FACTORS, GROUPS, CELLS, RATINGS, AGREEMENT, AGENDA, RETURNED, LEDGER, ROUNDS),
    *(COMPLETENESS, RECORDS, GAPS, DETERMINATIONS, DISSENTS),
)
