"""The last pages: who returned, the ledger, the framework."""

from reportlab.platypus import Flowable, PageBreak

from reviewer.reports import facts, palette
from reviewer.reports.blocks import Column, Table, heading, note, text
from reviewer.reports.casepages import heads
from reviewer.reports.findings import Stripe
from reviewer.reports.pages import TEXT
from reviewer.summary.shapes import Code, Summary


def returned(summary: Summary) -> list[Flowable]:
    """Return the table of members and what came back from each."""
    panel, head = summary.panel, facts.headline(summary)
    story = heading("Who returned", 0, "returned")
    story.append(text(f"{head.returned} of {head.members} panellists returned this round."))
    compared, keys = facts.keys_compared(summary)
    if keys:
        story.append(
            text(
                f"The words of {compared} of {keys} keys were compared by telephone: who signed a"
                " return is known from that alone."
            )
        )
    letters = heads(summary)
    rows = []
    for place, member in enumerate(panel.members):
        votes = panel.votes[place] if member.returned else panel.votes[place, :0]
        rows.append(
            (
                letters[place],
                member.name,
                member.role,
                "returned" if member.returned else "not returned",
                f"{int((votes >= 0).sum()):,}",
                f"{int(((votes < 0) & (votes != Code.BLANK) & (votes != Code.ABSENT)).sum()):,}",
                f"{int((votes == Code.BLANK).sum()):,}",
                member.without_reason,
            )
        )
    columns = [
        Column(head="", wide=34, bold=True),
        Column(head="Name", wide=124, lines=3),
        Column(head="Role", wide=58),
        Column(head="Return", wide=62),
        Column(head="Scores", wide=44, align=1),
        Column(head="Reasons", wide=46, align=1),
        Column(head="Blank", wide=36, align=1),
        Column(head="Without, because", wide=TEXT - 404, lines=8),
    ]
    return [*story, Table(columns, rows)]


def ledger(summary: Summary) -> list[Flowable]:
    """Return the ledger: what each return declared, held, and what the casebook stores."""
    story = heading("Ledger: count in is count out", 0, "ledger")
    if not summary.ledger:
        return [*story, text("No return has been merged, so the ledger is empty."), PageBreak()]
    names = {member.id: member.name for member in summary.panel.members}
    balanced = facts.headline(summary).balanced
    story.append(
        text(
            "Every line balances: what each return declared was found in it and is stored."
            if balanced
            else "NOT EVERY LINE BALANCES. Do not use this paper until the chair has settled why."
        )
    )
    story += [text(sentence) for sentence in facts.opening(summary)]
    rows: list[tuple[str, ...]] = []
    for line in summary.ledger:
        same = line.declared == line.opened == line.stored
        rows.append(
            (
                names.get(line.member, line.member),
                line.kind,
                f"{line.declared:,}",
                f"{line.opened:,}",
                f"{line.stored:,}",
                "balances" if same else "DOES NOT BALANCE",
            )
        )
    for kind in dict.fromkeys(line.kind for line in summary.ledger):
        lines = [line for line in summary.ledger if line.kind == kind]
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
    return [*story, Table(columns, rows), PageBreak()]


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
