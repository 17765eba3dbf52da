"""The words and numbers that every paper and spreadsheet of ours spells the same way."""

from collections.abc import Mapping, Sequence

from reviewer.records import text
from reviewer.records.determinations import Ruling
from reviewer.records.judgement import Reason
from reviewer.statistics.rand import NINE_POINTS
from reviewer.summary import kinds
from reviewer.summary.shapes import (
    Cell,
    Estimate,
    Flag,
    Kind,
    Panel,
    Prevalence,
    Summary,
)

NOT_ENCRYPTED = (
    "These files are not encrypted: whoever has them reads names, ratings and reasons. Keep them"
    " where the casebook is kept, and nowhere else."
)
PANEL_ONLY = "PANEL ONLY, NOT FOR PUBLICATION"
INVENTED = "INVENTED DEMONSTRATION"

FLAGS: Mapping[Flag, str] = {
    Flag.DISAGREEMENT: "disagreement",
    Flag.INDETERMINATE: "undecided",
    Flag.TOO_FEW: "too few and apart",
    Flag.RELEVANCE: "most say not relevant",
    Flag.SCORED_AND_NOT_ASSESSABLE: "some could not assess",
    Flag.UNSUPPORTED: "without comment or page",
    Flag.LATE_RECORD: "late record",
    Flag.LATE_RATING: "late rating",
    Flag.LATE_DOCUMENT: "corrected document",
    Flag.REOPENED: "reopened",
}
WHY: Mapping[Flag, str] = {
    Flag.DISAGREEMENT: "Disagreement",
    Flag.INDETERMINATE: "Undecided",
    Flag.TOO_FEW: "Two to four scores, in different bands",
    Flag.RELEVANCE: "Scored by some, not relevant to most",
    Flag.SCORED_AND_NOT_ASSESSABLE: "Scored by some, not assessable to others",
    Flag.UNSUPPORTED: "Scored high without a comment or a page",
    Flag.LATE_RECORD: "Named a record as missing that has come since",
    Flag.LATE_RATING: "Determined, and a rating came or changed since",
    Flag.LATE_DOCUMENT: "Determined, and a document that is cited was replaced or withdrawn since",
    Flag.REOPENED: "Determined before, and reopened",
}
_DETERMINED = {
    Ruling.MEDIAN.value: "left at the median",
    Ruling.NOT_ASSESSABLE.value: "not assessable",
    Ruling.NOT_RELEVANT.value: "not relevant",
}
_BLOCKS = {
    "missing": ("record missing", "records missing"),
    "unclear": ("records unclear", "records unclear"),
    "not-relevant": ("not relevant", "not relevant"),
    "outside": ("outside the panel's expertise", "outside the panel's expertise"),
    "recused": ("recused", "recused"),
    "determined": ("determined so", "determined so"),
}


counted = text.counted


def late(count: int) -> str:
    """Return how many of those who returned did so after the release, or ""."""
    return f"{count:,} of them late" if count else ""


def number(value: float) -> str:
    """Return a median or count without needless decimals: 3, 2.5, 10,285."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def coefficient(value: float | None) -> str:
    """Return a coefficient with two decimals and no leading zero (.61, 1.00); a dash if none."""
    if value is None:
        return "\u2013"
    text = f"{abs(value):.2f}"
    if text == "0.00":
        return ".00"
    return ("\u2212" if value < 0 else "") + (text[1:] if text[0] == "0" else text)


def interval(estimate: Estimate) -> str:
    """Return the interval in words: ".55 to .66", with "approximate", or why there is none."""
    if estimate.value is None:
        return "undefined"
    if estimate.low is None or estimate.high is None:
        return estimate.note or "no interval"
    text = f"{coefficient(estimate.low)} to {coefficient(estimate.high)}"
    return f"{text} ({estimate.note})" if estimate.note else text


def denominator(row: Prevalence) -> str:
    """Return "31 of 47 assessable"."""
    return f"{row.counted} of {row.assessable} assessable"


def blocked(row: Prevalence) -> str:
    """Return "8 not assessable: records missing", or with numbers where reasons differ; or ""."""
    if not row.not_assessable:
        return ""
    found = sorted(row.blocked_by.items(), key=lambda item: -item[1])
    if len(found) == 1:
        return f"{row.not_assessable} not assessable: {_block(*found[0])}"
    parts = ", ".join(f"{n} {_block(name, n)}" for name, n in found)
    return f"{row.not_assessable} not assessable: {parts}"


def share(row: Prevalence) -> str:
    """Return "31 of 47 assessable (8 not assessable: records missing; 2 blank)"."""
    rest = [
        blocked(row),
        f"{row.blank} blank" if row.blank else "",
        f"{row.not_allocated} not allocated" if row.not_allocated else "",
        f"{counted(row.holds, 'holds', 'hold')} either way" if row.holds else "",
    ]
    told = "; ".join(part for part in rest if part)
    return f"{denominator(row)} ({told})" if told else denominator(row)


def possibly(row: Prevalence) -> str:
    """Return "36 of 50 assessable, 34 to 45 of 55 relevant"."""
    between = _between(row.possible_low, row.possible_high, row.relevant)
    return f"{row.possible} of {row.possible_assessable} assessable, {between}"


def unassessed(alone: int, depending: int) -> str:
    """Return what makes up the cells that are not assessable at "counts"."""
    return f"{alone:,} that nobody could tell, {depending:,} on the agenda"


def bounds(row: Prevalence) -> str:
    """Return "29 to 41 of 55 relevant"."""
    return _between(row.low, row.high, row.relevant)


def _between(low: int, high: int, relevant: int) -> str:
    found = str(low) if low == high else f"{low} to {high}"
    return f"{found} of {relevant} relevant"


def standing(cell: Cell) -> str:
    """Return what a cell is, in its kind's word: "settled", "open: disagreement"."""
    if cell.kind is Kind.DETERMINED:
        how = _DETERMINED.get(cell.determined, "")
        return f"{kinds.WORDS[cell.kind]}: {how}" if how else kinds.WORDS[cell.kind]
    if cell.kind is not Kind.OPEN:
        return kinds.WORDS[cell.kind]
    return f"{kinds.WORDS[cell.kind]}: {FLAGS[Flag(cell.flags[0])]}"


def has_ipras(summary: Summary) -> bool:
    """Return whether the scale is the one that IPRAS is made for (1 to 9)."""
    return summary.panel.framework.values == NINE_POINTS


def ipras(cell: Cell) -> str:
    """Return the interpercentile range and its limit, "6.50 / 6.10 !" where it is larger."""
    if cell.ipras is None:
        return "\u2013"
    width, limit = cell.ipras
    return f"{width:.2f} / {limit:.2f}" + (" !" if width > limit else "")


def flags(cell_flags: Sequence[str]) -> str:
    """Return "disagreement, without comment or page"."""
    return ", ".join(FLAGS[Flag(flag)] for flag in cell_flags)


def reasons(found: Mapping[str, int], panel: Panel) -> str:
    """Return "record missing 3, outside my expertise 1" in the framework's words."""
    return ", ".join(f"{reason(name, panel).lower()} {n}" for name, n in found.items() if n)


def reason(name: str, panel: Panel) -> str:
    """Return how the framework names a reason; blank is ours."""
    return "Left blank" if name == "blank" else panel.framework.words(Reason(name)).label


def moment(stamp: str) -> str:
    """Return an RFC 3339 time as "15 January 2026, 10:00 UTC"; what is not one stays."""
    day, _, clock = stamp.partition("T")
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return stamp
    year, month, date = (int(part) for part in parts)
    if not 1 <= month <= 12:
        return stamp
    text = f"{date} {_MONTHS[month - 1]} {year}"
    return f"{text}, {clock[:5]} UTC" if len(clock) >= 5 and clock.endswith("Z") else text


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _block(name: str, n: int) -> str:
    one, many = _BLOCKS[name]
    return one if n == 1 else many
