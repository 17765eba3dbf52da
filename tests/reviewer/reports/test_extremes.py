"""No size of panel, framework, name or comment stops the paper or a data file."""

import dataclasses

import pytest

from reviewer.method.framework import Group
from reviewer.summary.shapes import Code, Detail
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.whole import make_all
from tests.reviewer.summary.build import summarised
from tests.reviewer.summary.example import default_framework, example_panel


def wide(factors, groups, *, members=3, cases=3):
    """A summary of ``factors`` factors that are shared out over ``groups`` groups."""
    panel = example_panel(members=members, cases=cases)
    own = default_framework()
    named = tuple(Group(code=f"G{n:02d}", name=f"Group number {n}") for n in range(groups))
    many = tuple(
        dataclasses.replace(
            own.factors[n % 17],
            code=f"G{n % groups:02d}-{n:03d}",
            group=f"G{n % groups:02d}",
            name=f"Factor {n}: {own.factors[n % 17].name}",
            short=f"{n} {own.factors[n % 17].short}",
        )
        for n in range(factors)
    )
    framework = dataclasses.replace(own, groups=named, factors=many)
    votes = panel.votes[:, :, [n % 17 for n in range(factors)]].copy()
    return summarised(
        dataclasses.replace(panel, framework=framework, votes=votes, details={}), resamples=5
    )


def long_comment():
    """A summary with one comment of 50,000 characters, and one of that many emoji."""
    panel = example_panel(members=3, cases=2)
    panel.votes[0, :, 0] = 3
    story = " ".join(f"w{n:05d}" for n in range(7143))[:50_000]
    details = {(0, 0, 0): Detail(comment=story), (0, 1, 0): Detail(comment="\N{OWL}" * 50_000)}
    return summarised(dataclasses.replace(panel, details=details), resamples=5)


def namesakes(members, name="Ms Margaret Worthington"):
    panel = example_panel(members=members, cases=2)
    people = tuple(dataclasses.replace(m, name=name) for m in panel.members)
    return summarised(dataclasses.replace(panel, members=people), resamples=5)


def overlong(text):
    """Every text that a person can type is ``text``."""
    panel = example_panel(members=3, cases=3)
    panel.votes[0, :, 0] = 3
    panel.votes[1, :, 1] = Code.MISSING
    replace = dataclasses.replace
    own = panel.framework
    framework = replace(
        own,
        title=text,
        source=text,
        scale=tuple(replace(point, label=text, anchor=text) for point in own.scale),
        reasons=tuple(replace(words, label=text, anchor=text) for words in own.reasons),
        groups=tuple(replace(group, name=text) for group in own.groups),
        factors=tuple(replace(f, name=text, short=text, definition=text) for f in own.factors),
    )
    details = {
        (0, 0, 0): Detail(comment=text, evidence=(text,) * 9),
        (1, 0, 1): Detail(record=text, comment=text),
    }
    return summarised(
        replace(
            panel,
            title=text,
            marking=text,
            framework=framework,
            details=details,
            cases=tuple(replace(c, title=text, reference=text + c.reference) for c in panel.cases),
            members=tuple(replace(m, name=text, without_reason=text) for m in panel.members),
            register=replace(
                panel.register,
                records=tuple(
                    replace(one, kind=text, what=text, agency=text)
                    for one in panel.register.records
                ),
            ),
        ),
        resamples=5,
    )


EXTREMES = {
    "500 factors": lambda: wide(500, 23),
    "60 factors in one group": lambda: wide(60, 1),
    "40 groups": lambda: wide(80, 40),
    "200 members": lambda: summarised(example_panel(members=200, cases=3), resamples=5),
    "a comment of 50,000 characters": long_comment,
    "14 members of one name": lambda: namesakes(14),
    "a name of 3,000 letters": lambda: namesakes(5, "W" * 3000),
    "texts of one long word": lambda: overlong("W" * 4000),
    "texts of lines": lambda: overlong("a\n" * 500),
    "texts of spaces": lambda: overlong(" " * 4000 + "end"),
    "texts of emoji": lambda: overlong("\N{OWL}" * 2000),
    "texts from right to left": lambda: overlong(
        "\u05e9\u05dc\u05d5\u05dd \u0639\u0644\u064a (12%) " * 100
    ),
    "no text": lambda: overlong(""),
}


@pytest.mark.slow
@pytest.mark.parametrize("extreme", EXTREMES)
def test_every_form_is_made_of_every_extreme(extreme):
    summary = EXTREMES[extreme]()
    assert len(make_all(summary)) == 11


@pytest.mark.slow
@pytest.mark.parametrize(("factors", "groups"), [(60, 1), (80, 40)])
def test_a_chart_taller_than_a_page_goes_on_with_its_head(factors, groups):
    summary = wide(factors, groups)
    text = pdfs.flat(make_all(summary)["summary.pdf"])
    row = "Group number 39" if groups == 40 else "Factor 59"
    assert row.replace(" ", "") in text
    assert "continued" in text


def test_members_without_return_are_no_extreme():
    panel = example_panel(members=14, cases=1)
    panel.votes[:, :, :] = Code.BLANK
    people = tuple(dataclasses.replace(m, returned=False) for m in panel.members)
    summary = summarised(dataclasses.replace(panel, members=people, details={}), resamples=5)
    assert make_all(summary)
