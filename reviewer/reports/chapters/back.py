"""The last pages: who returned, the ledger, the framework."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from reviewer.reports import facts, rounds
from reviewer.reports.chapters.cases import heads
from reviewer.reports.chapters.findings import Stripe
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import Column, Table, heading, note, text
from reviewer.reports.pdf.pages import TEXT
from reviewer.summary.shapes import RoundVotes, Summary


def returned(summary: Summary) -> list[Flowable]:
    """Return the table of members and what came back from each, round by round."""
    story = heading("Who returned", 0, "returned")
    compared, keys = facts.keys_compared(summary)
    if keys:
        story.append(
            text(
                f"The words of {compared} of {keys} keys were compared by telephone: who signed a"
                " return is known from that alone."
            )
        )
    columns = [
        Column(head="", wide=34, bold=True),
        Column(head="Name", wide=118, lines=3),
        Column(head="Role", wide=50),
        Column(head="Return", wide=84, lines=4),
        Column(head="Asked", wide=44, align=1),
        Column(head="Rated", wide=46, align=1),
        Column(head="Blank", wide=36, align=1),
        Column(head="Without, because", wide=TEXT - 412, lines=8),
    ]
    over = heads(summary)
    for one in summary.panel.rounds:
        story += heading(f"Round {one.number}", 1, f"returned-{one.number}")
        story.append(text(rounds.told(one)))
        story.append(Table(columns, _members(summary, one, over)))
    return story


def _members(summary: Summary, one: RoundVotes, over: Sequence[str]) -> list[tuple[str, ...]]:
    return [
        (
            over[place],
            member.name,
            member.role,
            rounds.took_part(summary, one, place),
            f"{one.members[place].asked:,}",
            f"{one.members[place].ratings:,}",
            f"{one.members[place].blank:,}",
            rounds.why(one.members[place]),
        )
        for place, member in enumerate(summary.panel.members)
    ]


def ledger(summary: Summary) -> list[Flowable]:
    """Return the ledger of each round: what each return declared, held, and what is stored."""
    story = heading("Ledger: count in is count out", 0, "ledger")
    every = summary.panel.rounds
    if not any(one.ledger for one in every):
        return [*story, text("No return has been merged, so the ledger is empty."), PageBreak()]
    balanced = all(line.balances for one in every for line in one.ledger)
    story.append(
        text(
            "Every line balances: what each return declared was found in it and is stored."
            if balanced
            else "NOT EVERY LINE BALANCES. Do not use this paper until the chair has settled why."
        )
    )
    for one in every:
        story += heading(f"Round {one.number}", 1, f"ledger-{one.number}")
        story += [text(sentence) for sentence in facts.opening(summary, one)]
        story.append(_ledger_of(summary, one))
    return [*story, PageBreak()]


def _ledger_of(summary: Summary, one: RoundVotes) -> Table:
    names = {member.id: member.name for member in summary.panel.members}
    rows: list[tuple[str, ...]] = [
        (
            names.get(line.member, line.member),
            line.kind,
            f"{line.declared:,}",
            f"{line.opened:,}",
            f"{line.stored:,}",
            ("balances" if line.balances else "DOES NOT BALANCE")
            + (", late" if line.late else ""),
        )
        for line in one.ledger
    ]
    for kind in dict.fromkeys(line.kind for line in one.ledger):
        lines = [line for line in one.ledger if line.kind == kind]
        sums = [sum(getattr(line, name) for line in lines) for name in _COUNTS]
        rows.append(("All", kind, *(f"{n:,}" for n in sums), ""))
    columns = [
        Column(head="Panellist", wide=150, bold=True, lines=2),
        Column(head="Kind", wide=80),
        Column(head="Declared", wide=56, align=1),
        Column(head="Opened", wide=56, align=1),
        Column(head="Stored", wide=56, align=1),
        Column(head="", wide=TEXT - 398),
    ]
    return Table(columns, rows)


_COUNTS = ("declared", "opened", "stored")


def framework(summary: Summary) -> list[Flowable]:
    """Return the framework's definitions."""
    used = summary.panel.framework
    story = heading("Appendix: the framework", 0, "framework")
    story.append(text(used.title))
    for place in facts.groups_in_use(summary):
        group = used.groups[place]
        story += heading(group.name, 1, f"framework-{place}", lead=group.code)
        story.append(Stripe(palette.group(group.code, place)))
        story.append(
            Table(
                [
                    Column(head="Code", wide=76, bold=True, lines=2),
                    Column(head="Factor", wide=126, lines=4),
                    Column(head="Definition", wide=TEXT - 202, lines=30),
                ],
                [(f.code, f.name, f.definition) for f in used.factors_of(group.code)],
            )
        )
    story.append(
        note(
            f"{used.source} Framework {used.id}, version {used.version}. SHA-256 of its canonical "
            f"text: {used.hash}."
        )
    )
    return story
