"""The consolidated summary on paper."""

import dataclasses
import re
import time

import numpy as np
import pytest
from PIL import Image

from reviewer.errors import Cancelled
from reviewer.reports import facts, phrases
from reviewer.reports import paper as pdf
from reviewer.reports.chapters import cases as casepages
from reviewer.reports.paper import consolidated_pdf
from reviewer.reports.pdf.blocks import LABEL, Table
from reviewer.summary import kinds
from reviewer.summary.shapes import Code, Detail, PanelCase
from reviewer.typeset import fonts
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.hostile import PAYLOADS
from tests.reviewer.summary.build import cell_panel, framework, panel_of_votes, summarised
from tests.reviewer.summary.example import example_panel


def test_every_page_carries_the_marking_and_its_number(paper):
    pages = pdfs.texts(paper)
    for number, text in enumerate(pages, 1):
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert text.count(phrases.PANEL_ONLY) >= 2
        assert phrases.INVENTED in text
        assert re.search(rf"Page {number} of {len(pages)}\b", text)


def test_a_real_panel_is_not_called_invented(small):
    panel = dataclasses.replace(small.panel, demonstration=False, marking="")
    paper = consolidated_pdf(dataclasses.replace(small, panel=panel))
    assert "INVENTED" not in "".join(pdfs.texts(paper))


def test_every_share_and_bound_stands_in_the_findings(small, paper):
    text = pdfs.flat(paper)
    for row in (*small.factors, *small.groups):
        if not any(f.group == row.group for f in small.panel.framework.factors):
            continue
        assert flat(f"Counted in {phrases.share(row)}.") in text
        assert flat(f"{row.counted} of {row.assessable} assessable") in text
        assert flat(f"Bounds: {phrases.bounds(row)}.") in text
        assert flat(f"(possibly): {phrases.possibly(row)}.") in text


def test_every_coefficient_stands_in_the_table(small, paper):
    text = pdfs.flat(paper)
    for line in small.agreement:
        for estimate in (line.alpha, line.ac2_linear, line.raw, line.kappa):
            assert flat(phrases.coefficient(estimate.value)) in text
    assert flat("Krippendorff's alpha with 95 % interval") in text


def test_a_case_page_shows_every_rating_and_every_remark(small, paper):
    pages = pdfs.texts(paper)
    text = pdfs.flat(paper)
    assert any("INV-003" in page and "Restraint at home (3)" in page for page in pages)
    for (member, _, _), detail in small.panel.details.items():
        if detail.comment:
            name = small.panel.members[member].name
            assert flat(f"{detail.comment} [{detail.evidence[0]}]") in text
            assert flat(name) in text


def test_the_contents_name_the_right_pages(paper):
    pages = pdfs.texts(paper)
    contents = pages[1]
    for _, title, page in pdfs.bookmarks(paper):
        assert flat(title) in flat(pages[page])
        if title in {"Agreement", "Who returned", "Case by case"}:
            assert f"\n{page + 1}\n" in contents.replace("\r", "")


def test_the_bookmarks_lead_to_each_part_and_each_case(small, paper):
    marks = pdfs.bookmarks(paper)
    top = [title for level, title, _ in marks if level == 0]
    assert top == [
        "Contents",
        "In one page",
        "How to read this paper",
        "Findings by group and factor",
        "Heat map: cases by factors",
        "Agreement",
        "Disagreement agenda",
        "Records to chase",
        "How complete the records are",
        "Case by case",
        "Who returned",
        "Ledger: count in is count out",
        "Appendix: the framework",
    ]
    titles = [title for _, title, _ in marks]
    assert all(case.title in titles for case in small.panel.cases)
    assert all(factor.name in titles for factor in small.panel.framework.factors)


def test_every_font_is_embedded(paper):
    found = pdfs.fonts(paper)
    assert {name.partition("+")[2] for name, _ in found} >= {
        "NotoSerif-Regular",
        "NotoSans-Regular",
        "NotoSans-Bold",
    }
    assert all(embedded for _, embedded in found)
    used = set(re.findall(rb"/BaseFont /(\S+)", pdfs.outside_streams(paper)))
    assert all(b"+" in name for name in used), used


def test_the_metadata_are_the_allowed_ones(paper):
    assert pdfs.metadata(paper) == {
        "Title": "Invented inquiry",
        "Subject": "Consolidated summary, round 1",
        "Creator": "Reviewer",
        "Producer": "Reviewer",
        "CreationDate": "D:20260115100000Z",
        "ModDate": "D:20260115100000Z",
    }
    assert b"/Lang" in paper
    assert b"/DisplayDocTitle true" in paper
    bare = pdfs.outside_streams(paper)
    for word in (b"/JavaScript", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/URI", b"/home"):
        assert word not in bare


def test_the_same_summary_gives_the_same_bytes(small, paper, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "cy_GB.UTF-8")
    time.tzset()
    try:
        assert consolidated_pdf(small) == paper
    finally:
        monkeypatch.undo()
        time.tzset()


def test_hostile_texts_are_printed_as_they_are(tmp_path):
    decoy = tmp_path / "decoy.png"
    Image.new("RGB", (3, 3), "red").save(decoy)
    payloads = [text.replace("{decoy}", str(decoy)) for text in PAYLOADS]
    panel = example_panel(members=5, cases=len(payloads))
    details = dict(panel.details)
    panel.votes[:2, :, 0] = 4
    panel.votes[2, :, 1] = Code.MISSING
    for case, text in enumerate(payloads):
        details[0, case, 0] = Detail(comment=text, evidence=(text, "p.1"))
        details[2, case, 1] = Detail(record=text)
    framework = panel.framework
    factors = tuple(
        dataclasses.replace(f, name=payloads[i % 6], short=payloads[i % 6], definition=payloads[2])
        for i, f in enumerate(framework.factors)
    )
    panel = dataclasses.replace(
        panel,
        title=payloads[0],
        marking=payloads[1],
        cases=tuple(
            PanelCase(id=c.id, reference=f"{i} {t}", title=t)
            for i, (c, t) in enumerate(zip(panel.cases, payloads, strict=True))
        ),
        members=tuple(
            dataclasses.replace(m, name=payloads[i], without_reason=payloads[i])
            for i, m in enumerate(panel.members)
        ),
        framework=dataclasses.replace(framework, factors=factors),
        details=details,
    )
    paper = consolidated_pdf(summarised(panel, resamples=10))
    assert pdfs.pictures(paper) == 0
    assert b"/URI" not in pdfs.outside_streams(paper)
    text = pdfs.flat(paper)
    for payload in payloads:
        if payload.isascii() and payload.isprintable() and len(payload) < 1000:
            assert flat(payload) in text
    assert flat("שלום עולם") in text
    assert text.count("x") >= 3000
    assert "\ufffd" in text
    assert "\0" not in text


@pytest.mark.parametrize(
    ("members", "cases", "returned"), [(1, 1, 1), (2, 1, 0), (40, 2, 40), (3, 0, 3)]
)
def test_panels_of_any_size_have_a_paper(members, cases, returned):
    panel = example_panel(members=members, cases=cases)
    people = tuple(
        dataclasses.replace(m, returned=i < returned, without_reason="Ill." * (i >= returned))
        for i, m in enumerate(panel.members)
    )
    summary = summarised(dataclasses.replace(panel, members=people), resamples=10)
    pages = pdfs.texts(consolidated_pdf(summary))
    assert f"{returned} of {phrases.counted(members, 'panellist')} returned round 1" in " ".join(
        pages
    )


@pytest.mark.slow
def test_two_hundred_panellists_have_a_paper():
    summary = summarised(example_panel(members=200, cases=2), resamples=10)
    text = pdfs.flat(consolidated_pdf(summary))
    assert flat("Panellist 200") in text
    assert flat("too many panellists to stand side by side") in text


def test_a_ledger_that_does_not_balance_says_so_in_capitals(small):
    first = dataclasses.replace(small.ledger[0], stored=small.ledger[0].stored - 1)
    panel = dataclasses.replace(small.panel, ledger=(first, *small.ledger[1:]))
    paper = consolidated_pdf(summarised(panel, resamples=2))
    assert "NOT EVERY LINE BALANCES" in "".join(pdfs.texts(paper))


def test_a_very_long_comment_runs_over_pages():
    panel = example_panel(members=3, cases=1)
    story = " ".join(f"word{n}" for n in range(6000))
    panel.votes[0, 0, 0] = 3
    panel = dataclasses.replace(panel, details={(0, 0, 0): Detail(comment=story)})
    pages = pdfs.texts(consolidated_pdf(summarised(panel, resamples=10)))
    assert sum("word" in page for page in pages) >= 3
    found = re.findall(r"word(\d+)\b", " ".join(pages))
    assert [int(n) for n in found] == list(range(6000))


@pytest.mark.parametrize(
    "text",
    [
        "so \U0001f600 and \U0001f642 \U0001f9d1\U0001f3fd",
        "\u4e2d\u6587 \U00020000",
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
        "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645",
    ],
)
def test_what_is_copied_out_of_the_paper_is_what_was_typed(text):
    """Emoji, rare characters, Hebrew, joined Arabic; in a chart, a table, a remark, a heading."""
    panel = example_panel(members=3, cases=2)
    factors = (dataclasses.replace(panel.framework.factors[0], name=text, short=text),)
    framework = dataclasses.replace(
        panel.framework, factors=(*factors, *panel.framework.factors[1:])
    )
    panel.votes[0, 0, 0] = 4
    details = {(0, 0, 0): Detail(comment=text, evidence=(text,))}
    summary = summarised(
        dataclasses.replace(panel, framework=framework, details=details), resamples=5
    )
    pages = pdfs.texts(consolidated_pdf(summary))
    for page in ("Findings by group", "Heat map", "Krippendorff's alpha with", "Remarks"):
        assert any(page in found and flat(text) in flat(found) for found in pages), page


def test_the_work_can_be_stopped(small):
    class Stop:
        def step(self, done, total, what=""):
            assert 0 <= done <= total
            if done > 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        consolidated_pdf(small, progress=Stop())


def test_members_without_a_vote_on_a_case_are_not_shown_as_blank():
    panel = example_panel(members=3, cases=2)
    panel.votes[0, 1, :] = Code.ABSENT
    panel = dataclasses.replace(panel, details={})
    pages = pdfs.texts(consolidated_pdf(summarised(panel, resamples=10)))
    row = next(p for p in pages if "INV-002" in p and "What it is" in p)
    assert "AO BW CA" in row


@pytest.mark.parametrize("members", [6, 14, 40])
def test_no_head_of_a_table_is_cut(members):
    summary = summarised(example_panel(members=members, cases=2), resamples=5)
    tables = [item for item in pdf._story(summary)[0] if isinstance(item, Table)]
    assert len(tables) > 10
    for column in (column for table in tables for column in table._columns):
        assert fonts.width(column.head, LABEL.face, LABEL.size) <= column.wide - 1, column.head


def test_every_kind_of_cell_stands_with_its_count_and_adds_up(small, paper):
    text = pdfs.flat(paper)
    assert flat(f"Of {len(small.cells)}: {kinds.told(small.kinds)}.") in text
    for kind, name in kinds.WORDS.items():
        assert flat(f"{name} {small.kinds[kind]}") in text  # the legend of the map
        assert flat(f"{name} ({kinds.MEANINGS[kind]})") in text
    for case in range(len(small.panel.cases)):
        assert flat(f"cells: {kinds.told(facts.case_facts(small, case).kinds)}.") in text


def test_how_many_returned_stands_beside_the_counts_of_every_chapter():
    panel = example_panel(members=3, cases=2)
    gone = dataclasses.replace(panel.members[2], returned=False, without_reason="ill")
    panel = dataclasses.replace(panel, members=(*panel.members[:2], gone), details={})
    text = pdfs.flat(consolidated_pdf(summarised(panel, resamples=5)))
    assert text.count(flat("2 of 3 panellists returned round 1.")) >= 5


def test_a_round_that_is_mostly_blank_says_so_before_any_figure():
    """One return of one with all but one rating blank is never told as settled or agreed."""
    votes = np.full((1, 2, 3), Code.BLANK)
    votes[0, 0, 0] = 2
    summary = summarised(panel_of_votes(votes, framework("AAB")), resamples=5)
    text = pdfs.flat(consolidated_pdf(summary))
    assert 0 < text.index("5of6ratingsareblank") < text.index("Everycellisoneofeight.Of6")
    assert flat("0 determined, 0 settled, 0 open, 1 too few for a class") in text
    assert flat("The panel agrees on every rating") not in text
    assert flat("That does not mean that the panel agrees: of 6 cells") in text


def test_nine_points_have_ipras_and_their_own_thresholds_in_the_paper():
    panel = cell_panel("00088", "22345", values=range(1, 10), possible=5, counts=8)
    text = pdfs.flat(consolidated_pdf(summarised(panel, resamples=5)))
    assert flat("low is below 5, high is 8 and above") in text
    assert flat("IPR/IPRAS") in text
    assert flat("6.40 / 3.55 !") in text


def test_no_number_of_scores_and_no_reason_is_cut_from_the_agenda():
    """Eleven points, each with a number of two digits, and every reason and flag beside them."""
    votes = np.repeat(np.arange(11), 10)
    beside = [
        Code.MISSING,
        Code.UNCLEAR,
        Code.NOT_RELEVANT,
        Code.OUTSIDE,
        Code.RECUSED,
        Code.BLANK,
    ]
    column = np.concatenate([votes, np.repeat(np.array(beside), 11)])
    panel = panel_of_votes(column[:, None, None], framework("A", values=range(11)))
    summary = summarised(
        dataclasses.replace(panel, unsupported=frozenset({(100, 0, 0)})), resamples=5
    )
    text = pdfs.flat(consolidated_pdf(summary))
    assert flat(" \u00b7 ".join(["10"] * 11)) in text
    cell = summary.cells[0]
    assert len(cell.reasons) == 6
    assert flat(phrases.reasons(cell.reasons, panel)) in text
    assert flat(phrases.flags(cell.flags[1:])) in text


def test_an_interval_over_few_failing_cases_is_called_approximate_in_the_table():
    votes = np.zeros((3, 12, 1), dtype=int)
    votes[:, :7, 0] = [[1], [2], [1]]
    panel = panel_of_votes(votes, framework("A"))
    summary = summarised(panel, resamples=50)
    (line, *_) = summary.agreement
    assert line.alpha.note == "approximate"
    text = pdfs.flat(consolidated_pdf(summary))
    table = text[text.index("Allcoefficients", text.index("AC2l") - 200) :]
    between = f"{phrases.coefficient(line.alpha.low)}\u2013{phrases.coefficient(line.alpha.high)}"
    assert flat(f"{between} approximate") in table


def test_votes_are_left_as_they_were(small):
    before = small.panel.votes.copy()
    consolidated_pdf(small)
    assert np.array_equal(before, small.panel.votes)


def flat(text):
    return re.sub(r"\s", "", text)


def test_remarks_too_long_for_paper_are_said_to_be_in_the_data(small, monkeypatch):
    """The cells stand; of what is left out one sentence says how much it is, and where."""
    whole = pdfs.flat(consolidated_pdf(small))
    assert flat("Remarks follow.") in whole
    monkeypatch.setattr(casepages, "MOST_ROWS", len(small.cells))
    text = pdfs.flat(consolidated_pdf(small))
    remarked = len(small.panel.details.keys() | small.panel.unsupported)
    assert flat(f"The remarks and evidence of {remarked:,} ratings are too long for paper") in text
    assert flat("Remarks and evidence") in whole
    assert text.count(flat("Remarks and evidence")) == 0
    assert all(flat(case.reference) in text for case in small.panel.cases)
    comment = next(detail.comment for detail in small.panel.details.values() if detail.comment)
    assert flat(comment) in whole
    assert flat(comment) not in text


def test_cases_too_long_for_paper_are_said_to_be_in_the_data(small, monkeypatch):
    monkeypatch.setattr(casepages, "MOST_ROWS", len(small.cells) - 1)
    paper = consolidated_pdf(small)
    text = pdfs.flat(paper)
    assert flat(f"The {len(small.cells)} cells of 8 cases") in text
    assert text.count(flat("too long for paper")) == 1
    assert flat("Each case shows") not in text
    assert flat("Who returned") in text
