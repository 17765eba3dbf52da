"""Pictures of the meeting: the agenda, a form begun, what was decided, what stands reopened."""

from dataclasses import replace
from typing import Any

import numpy as np

from reviewer.casebook.book import Casebook
from reviewer.records.determinations import Dissent, Ruling
from reviewer.rounds.determining import ToDecide, determine
from reviewer.summary.consolidate import consolidate
from reviewer.summary.parts import Part
from reviewer.summary.rounds import RatingsInForce
from reviewer.summary.shapes import Code, Panel
from tests.books import PASSPHRASE
from tests.reviewer.summary.example import example_panel
from tests.ui.chair.panel import NAMES, released_panel
from tests.ui.chair.shots import _enter, _rich
from ui.desk.consolidated import Consolidated

REASON = "On either account the hold outlasted the need, and nobody had the airway as a task."


def agenda(stage: Any) -> None:
    """The worst cell of a whole panel, a decision half typed."""
    _rich(stage, "agreement")
    stage.settle()
    room = stage.window.room
    room.show_view("agenda")
    form = room.agenda.form
    form.choice.choose(next(one for one in form.choice.offered if one.value == 3))
    form.reason.setPlainText(REASON)
    form.add_dissent()
    stage.settle()


def agenda_decided(stage: Any) -> None:
    """A cell that was determined, with its dissent: it can be reopened."""
    path = decided_panel(stage.folder)
    _enter(stage, path, "agreement")
    room = stage.window.room
    cell = next(one for one in room.map.cells.summary.cells if one.determined)
    room.map.setCurrentIndex(room.map.cells.index_of(cell))
    room.decide()
    stage.settle()


def agenda_empty(stage: Any) -> None:
    """Nothing is on the agenda."""
    _enter(stage, released_panel(stage.folder, names=NAMES[:1]), "agreement")
    stage.window.room.show_view("agenda")


def agenda_two_rounds(stage: Any) -> None:
    """Both rounds beside each other."""
    two_rounds(stage)
    stage.window.room.show_view("agenda")
    stage.settle()


def movement(stage: Any) -> None:
    """What the second round moved."""
    two_rounds(stage)
    stage.window.room.show_view("movement")
    stage.settle()


def movement_none(stage: Any) -> None:
    """No later round is released."""
    _enter(stage, released_panel(stage.folder), "agreement")
    stage.window.room.show_view("movement")
    stage.settle()


def two_rounds(stage: Any) -> None:
    """Show eleven panellists and 20 cases, of which round 2 asked what was on the agenda."""
    stage.desk.open(released_panel(stage.folder), PASSPHRASE).run()
    stage.settle()
    Consolidated.of(stage.desk)._summary = consolidate(rated_again(), resamples=50)
    stage.window.show_room("agreement")
    stage.settle()


def rated_again(cases: int = 20, members: int = 11) -> Panel:
    """Make a panel that rated its agenda again, one nearer to the median or not; one was away."""
    first = example_panel(cases=cases, members=members)
    chance = np.random.default_rng(7)
    votes = np.full(first.votes.shape, Code.ABSENT, dtype=np.int8)
    for item in consolidate(first, resamples=1).agenda:
        here = first.votes[:, item.case, item.factor]
        middle = np.median(here[here >= 0]) if (here >= 0).any() else 0
        step = np.sign(middle - here) * chance.choice([0, 1, 1, -1], here.shape)
        moved = np.clip(here + step, 0, 4)
        votes[:, item.case, item.factor] = np.where(here >= 0, moved, here)
    one = first.rounds[0]
    parts = [Part.RETURNED] * len(one.members)
    parts[4] = Part.OUT
    asked = (votes != Code.ABSENT).sum(axis=(1, 2)).tolist()
    people = tuple(
        replace(member, part=part, asked=many)
        for member, part, many in zip(one.members, parts, asked, strict=True)
    )
    two = replace(one, number=2, votes=votes, members=people)
    standing = RatingsInForce(votes.shape)
    standing.take(one)
    standing.take(two)
    return replace(
        first,
        round=2,
        votes=standing.votes,
        rounds=(one, two),
        from_round=standing.rounds,
        first=standing.first,
    )


def decided_panel(folder: Any) -> Any:
    """Make a released panel whose first case has a determination with dissent, reopened once."""
    path = released_panel(folder)
    with Casebook.open(path, PASSPHRASE) as book:
        reference = book.cases.all()[0].reference
        factor = book.about.framework.codes[1]
        for wanted in (
            ToDecide(what=Ruling.NOT_ASSESSABLE, reason="Nothing shows it."),
            ToDecide(what=Ruling.REOPENED, reason="The video came."),
            ToDecide(
                what=Ruling.POINT,
                value=3,
                reason=REASON,
                dissents=(
                    Dissent(words="The time is one officer's estimate.", instead="0"),
                    Dissent(words="Nobody asked him.", name=NAMES[1], instead="4"),
                ),
            ),
        ):
            determine(book, reference, factor, wanted)
    return path


MEETING_SCREENS = {
    "agenda": agenda,
    "agenda-decided": agenda_decided,
    "agenda-empty": agenda_empty,
    "agenda-two-rounds": agenda_two_rounds,
    "movement": movement,
    "movement-none": movement_none,
}
