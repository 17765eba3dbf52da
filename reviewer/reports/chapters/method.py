"""The method in plain words, with this panel's own scale and thresholds."""

from reportlab.platypus import Flowable, PageBreak

from reviewer.reports import phrases
from reviewer.reports.pdf.blocks import Column, Table, heading, note, text
from reviewer.reports.pdf.pages import TEXT
from reviewer.summary import kinds
from reviewer.summary.shapes import Summary

_SCALE = """
Each panellist rated each factor in each case alone, before seeing anyone else's ratings, on these
points:
"""
_REASONS = """
Where a panellist could not put a factor on the scale, they gave one of these reasons. A reason is
never a number and never enters a median.
"""
_CHAPTERS = (
    (
        "What counts",
        """
The panel's value of a factor in a case is the median of those who scored it; means are not used.
The case counts for the factor at a median of {counts} or more, and possibly at {possible} or more.
A group's value is, for each panellist, the highest score among its factors (the lowest point only
where every relevant factor was scored); the panel's value is the median of those.
""",
    ),
    (
        "Eight kinds of cell",
        """
Every cell is exactly one of eight, and they add up to all cells: {kinds}. Blank and not allocated
are never called missing, unclear, agreed or {lowest}.
""",
    ),
    (
        "Denominators and bounds",
        """
Every count is of assessable cases, and each of the two thresholds, {counts} and {possible}, has
its own. A cell (one factor in one case) is in doubt where about a third of the panellists, and at
least two, chose record missing or unclear, or where nobody scored it. Those ratings are then set
to {lowest}, and to {highest}: if the median falls on different sides of the threshold, the cell is
not assessable; if not, the result holds either way and is counted. A cell leaves the denominator
where more than half called it not relevant, blank ratings included. Outside my expertise and
recused leave the number of those who scored, and say nothing else.

The bounds answer what the missing records could change: every missing, unclear or blank rating is
set to {lowest}, then to {highest}, and the count is made again over all relevant cases. So a count
lies within its bounds. For a group this is done with the ratings of its factors, and then rolled
up; a factor that the panel finds not relevant in a case is left out. Who did not return has no
rating here and is in no bound. Nothing is imputed.
""",
    ),
    (
        "Agreement and the agenda",
        """
Each cell with at least five scores is classed by the RAND/UCLA disagreement rule, adapted to this
scale: low is below {possible}, high is {counts} and above. Disagreement: about a third or more
scored low and as many scored high. Agreement: fewer than that outside the median's own band.
Everything else is undecided. With fewer than five scores the ratings are printed and no class.

The agenda, worst first, is every cell that is disagreement or undecided; that has two to four
scores which are not all low, all high or all between; that somebody scored {counts} or more while
more than half called it not relevant; that some scored while others found the records missing or
unclear (one may have found a page that the other missed); and that somebody scored {evidence} or
more without a comment or without a page of evidence. Such a score counts all the same.
""",
    ),
    (
        "Reliability",
        """
Agreement is measured on the sealed ratings, before any discussion: Krippendorff's alpha (ordinal),
Gwet's AC2 (linear and quadratic weights), raw agreement and Fleiss' kappa, with reasons as missing
ratings, and 95 % bootstrap intervals that resample whole cases. With fewer than five cases above
the lowest point no interval is printed (too rare); with five to nine it is approximate; only cases
with two scores or more are counted for this, as they are in the coefficient. Kappa alone misleads
when a factor is rare. Agreement on assessability says how far panellists agree on whether the
records allow a rating at all.
""",
    ),
    (
        "Limits",
        """
These are judgements on records that were often incomplete. A factor that contributed did not
thereby cause the outcome. Cases were not drawn at random, so no number here speaks for cases that
the panel has not seen. Every number was computed from the merged returns when this paper was
written. A character that our typefaces lack is printed as \ufffd, and is copied out of this file
as itself; the spreadsheet and the data file hold every text whole. Signs that nobody sees and that
only turn the direction of a text (bidirectional marks) are taken out when it is typed.
""",
    ),
)
_IPRAS = """
This scale has the nine points that RAND/UCLA was made for, so a second rule stands beside the
class: the interpercentile range (30 to 70) of the scores, and its limit adjusted for symmetry
(2.35 + 1.5 times the distance of the range's middle from 5). Where the range is larger than the
limit, marked with !, the panel disagrees by that rule. The class and the agenda follow the rule
above, with this framework's own thresholds.
"""
_SOURCES = """
Scale and reasons: Reviewer, after child-death review Form C, PRISM and the Dutch audit of
perinatal deaths.

Disagreement: Fitch and others, The RAND/UCLA Appropriateness Method User's Manual (2001), adapted.

Coefficients: Krippendorff, Content Analysis (2004); Gwet, Handbook of Inter-Rater Reliability
(2014); Fleiss, Psychological Bulletin 76 (1971).
"""


_EIGHT = "; ".join(f"{name} ({kinds.MEANINGS[kind]})" for kind, name in kinds.WORDS.items())


def method(summary: Summary) -> list[Flowable]:
    """Return the chapter."""
    framework = summary.panel.framework
    scale = [(str(point.value), point.label, point.anchor) for point in framework.scale]
    reasons = [(reason.label, reason.anchor) for reason in framework.reasons]
    points = [
        Column(head="Point", wide=40, align=0.5, bold=True),
        Column(head="Label", wide=170, lines=3),
        Column(head="Meaning", wide=TEXT - 210, lines=4),
    ]
    outside = [
        Column(head="Reason", wide=140, bold=True, lines=3),
        Column(head="Meaning", wide=TEXT - 140, lines=4),
    ]
    story: list[Flowable] = [
        *heading("How to read this paper", 0, "method"),
        *heading("The scale", 1, "method-scale"),
        text(*_flowing(_SCALE)),
        Table(points, scale),
        text(*_flowing(_REASONS)),
        Table(outside, reasons),
    ]
    limits, values = framework.thresholds, framework.values
    for number, (title, chapter) in enumerate(_CHAPTERS):
        told = chapter.format(
            counts=limits.counts,
            possible=limits.possible,
            evidence=limits.evidence,
            lowest=values[0],
            highest=values[-1],
            kinds=_EIGHT,
        )
        story += heading(title, 1, f"method-{number}")
        story.append(text(*_flowing(told)))
    if phrases.has_ipras(summary):
        story += [*heading("IPRAS", 1, "method-ipras"), text(*_flowing(_IPRAS))]
    return [
        *story,
        *heading("Sources", 1, "method-sources"),
        note(*_flowing(_SOURCES)),
        PageBreak(),
    ]


def _flowing(source: str) -> list[str]:
    """Return paragraphs (parted by an empty line) as one line each."""
    return [" ".join(part.split()) for part in source.split("\n\n")]
