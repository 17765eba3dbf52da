"""The chapter on the register of records: how complete it is, and what its gaps cost."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from reviewer.record_requests.register import Count
from reviewer.reports.pdf.blocks import Column, Table, heading, note, text
from reviewer.reports.pdf.pages import TEXT
from reviewer.summary.register import FactorCost, RecordCost
from reviewer.summary.shapes import Summary

_MOST = 60  # records in the table; the spreadsheet holds all
_HEADS = ("Expected", "Received", "In part", "Asked for", "Will not come", "Not asked")


def completeness(summary: Summary) -> list[Flowable]:
    """Return the chapter; nothing where no register of records was kept."""
    found = summary.completeness
    whole = found.whole
    if not whole.expected:
        return []
    cases = [
        (case.reference, count)
        for case, count in zip(summary.panel.cases, found.cases, strict=True)
    ]
    return [
        *heading("How complete the records are", 0, "completeness"),
        text(_sentence(whole)),
        *heading("By agency", 1, "completeness-agencies"),
        _counts("Agency", found.agencies),
        *heading("By case", 1, "completeness-cases"),
        _counts("Case", cases),
        *_gaps(summary),
        PageBreak(),
    ]


def _sentence(whole: Count) -> str:
    return (
        f"Of {whole.expected:,} records that should exist, {whole.received:,} came whole and"
        f" {whole.partial:,} in part or hard to read; {whole.open:,} are asked for and not"
        f" answered, {whole.not_coming:,} will not come as asked, and {whole.not_asked:,} nobody"
        " has asked for yet. What was stated not to exist is counted among those that will not"
        " come: it is what the agency said, and not what is so."
    )


def _counts(head: str, rows: Sequence[tuple[str, Count]]) -> Table:
    columns = [
        Column(head=head, wide=TEXT - 6 * 58, bold=True, lines=3),
        *(Column(head=name, wide=58, align=1) for name in _HEADS),
    ]
    return Table(
        columns,
        [
            (
                name,
                f"{one.expected:,}",
                f"{one.received:,}",
                f"{one.partial:,}",
                f"{one.open:,}",
                f"{one.not_coming:,}",
                f"{one.not_asked:,}",
            )
            for name, one in rows
        ],
    )


def _gaps(summary: Summary) -> list[Flowable]:
    found = summary.completeness
    story = heading("What the gaps cost", 1, "completeness-gaps")
    if not found.costs:
        return [*story, text("No rating waits for a record of the register that has not come.")]
    cases = len(summary.panel.cases)
    story += [
        text(
            "Ratings that name a record as missing, where that record has not come whole. A range"
            " is of the cases in which a factor counts, from the lower to the upper bound. It"
            " would surely be narrower by so many cases, were these ratings given, whatever they"
            " say: there nothing else is unknown."
        ),
        _by_factor(summary, found.factors, cases),
        *heading("Record by record", 2, "completeness-records"),
        _by_record(summary, found.costs[:_MOST]),
    ]
    more = len(found.costs) - _MOST
    if more > 0:
        story.append(note(f"and {more:,} more, in the spreadsheet."))
    return story


def _by_factor(summary: Summary, costs: Sequence[FactorCost], cases: int) -> Table:
    columns = [
        Column(head="Factor", wide=TEXT - 250, bold=True, lines=3),
        Column(head="Ratings", wide=50, align=1),
        Column(head="Cells", wide=45, align=1),
        Column(head=f"Counts, of {cases:,}", wide=85, align=1),
        Column(head="Narrower by", wide=70, align=1),
    ]
    return Table(
        columns,
        [
            (
                summary.panel.framework.factors[one.factor].name,
                f"{one.ratings:,}",
                f"{one.cells:,}",
                f"{one.low:,} to {one.high:,}",
                f"{one.narrower:,}" if one.narrower else "none",
            )
            for one in costs
        ],
    )


def _by_record(summary: Summary, costs: Sequence[RecordCost]) -> Table:
    columns = [
        Column(head="Record", wide=46, bold=True),
        Column(head="Case", wide=62, lines=3),
        Column(head="What", wide=TEXT - 336, lines=4),
        Column(head="Agency", wide=88, lines=3),
        Column(head="Status", wide=84, lines=2),
        Column(head="Ratings", wide=56, align=1),
    ]
    return Table(
        columns,
        [
            (
                one.record.name,
                summary.panel.cases[one.case].reference,
                one.record.title,
                one.record.agency,
                one.record.status.value,
                f"{one.ratings:,} of {one.asked:,}",
            )
            for one in costs
        ],
    )
