"""The chapter on what the panel determined: every decision, its reason, and who dissents."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, PageBreak

from reviewer.records.determinations import Determination, Ruling
from reviewer.reports import decisions, phrases
from reviewer.reports.pdf.blocks import REMARK, Prose, heading, note, text
from reviewer.summary.shapes import Kind, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Span

MOST = 4_000  # decisions on paper; the data files hold all


def chapter(summary: Summary) -> list[Flowable]:
    """Return the chapter; nothing where nothing was ever determined."""
    found = list(decisions.every(summary.panel))
    if not found:
        return []
    story: list[Flowable] = heading("What the panel determined", 0, "decisions")
    story += [text(_sentence(summary, found)), text(_HOW)]
    story += [Prose(list(_paragraphs(summary, *one)), REMARK) for one in found[:MOST]]
    more = len(found) - MOST
    if more > 0:
        story.append(note(f"and {more:,} more, in the spreadsheet and in the data files."))
    return [*story, PageBreak()]


_HOW = (
    "A determination holds in the count and in both bounds, and replaces everybody's rating before"
    " groups are rolled up. What was reopened counts by its ratings again. A rating or a record"
    " that came later changes no determination: it puts the cell back on the agenda. Agreement is"
    " that of round 1, whatever was determined."
)


def _sentence(summary: Summary, found: Sequence[tuple[str, Determination, bool]]) -> str:
    standing = [one for _, one, stands in found if stands]
    left = sum(one.what is Ruling.MEDIAN for one in standing)
    dissents = sum(bool(one.dissents) for one in standing)
    back = sum(bool(cell.determined) for cell in summary.cells if cell.kind is Kind.OPEN)
    told = (
        f"Determined: {phrases.counted(len(standing), 'cell')} of {len(summary.cells):,},"
        f" {left:,} left at the median; with dissent: {dissents:,}."
    )
    if back:
        told += f" Back on the agenda, for something came since: {back:,}."
    return told


def _paragraphs(
    summary: Summary,
    reference: str,
    one: Determination,
    stands: bool,  # noqa: FBT001 - of a row
) -> Iterator[list[Span]]:
    framework = summary.panel.framework
    factor = framework.factors[framework.codes.index(one.factor)].name
    no_more = "" if stands or one.what is Ruling.REOPENED else " (no longer stands)"
    when = f"{phrases.moment(one.at)}, {one.by}"
    yield [
        (fonts.SANS_BOLD, f"{reference}, {factor}: {decisions.told(one)}{no_more}. "),
        (fonts.SANS, f"{one.reason} "),
        (fonts.SANS_ITALIC, f"[{when}, after round {one.round}]"),
    ]
    for part in one.dissents:
        yield [
            (fonts.SANS_BOLD, f"Dissent. {decisions.dissent(part)}: "),
            (fonts.SANS, f"\u201c{part.words}\u201d"),
        ]
