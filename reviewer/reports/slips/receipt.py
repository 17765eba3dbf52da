"""The receipt: one page that says which state a casebook is in, and nothing of any case."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from reviewer.casebook.book import About, Casebook
from reviewer.crypto.receipt import Receipt
from reviewer.errors import StorageError
from reviewer.files.write import write_whole
from reviewer.reports import phrases
from reviewer.reports.pdf import one_page, palette
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

_CODE = Type(fonts.SANS, 7.5, palette.INK)
_NAME = Type(fonts.SANS_BOLD, 8.5, palette.INK)
_WHICH, _HASH = 104.0, 224.0  # columns of the list, from the left edge
_MOST = 16  # returns that fit the page; the code above covers the others too
_PROVES = (
    """Whoever holds this page and the casebook can tell whether the casebook still holds the state
    of this page, on any computer: in Reviewer under Safekeeping, Checks and receipts, or with the
    command""",
    """Type the five lines as printed, or scan the square. The fifth group of lines 1 to 4, and
    line 5, only check what is typed. Capitals and spaces do not matter.""",
    """A casebook that was put back to an older state, or whose journal was written anew, does not
    fit this page. Later work does fit: keep the page, and print another when more has come in.""",
)
_OPENS_NOTHING = "The page opens nothing and holds nothing of any case."
_FOR_OTHERS = """Copy it and give it to others on the panel: the more of them hold one, the less
    can be taken back unseen."""
# Who writes and marks much rates high, and the entries of a panellist's journal tell how much.
_NOT_YET = """The number of its entry tells how much was done in this casebook: keep the page to
    yourself until the chair has released the round, and give others on the panel copies then."""
_COMMAND = 'reviewer verify FILE --receipt "the five lines"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One sealed return on the page: whose, which, how it stands, and its digest."""

    who: str
    which: str
    stands: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What the page tells: the journal's newest entry and the state digest, both hexadecimal."""

    receipt: Receipt
    at: str
    head: str
    digest: str
    lines: Sequence[Line]


def advice_on(about: About | None) -> str:
    """Return what to do with a receipt of a casebook; of None, where it was locked meanwhile."""
    chair = about is not None and about.kind == "chair"
    when = "" if chair else " once the chair has released the round"
    return (
        f"Print it, keep it apart from the casebook, and give copies to others on the panel{when}."
    )


def write_receipt(book: Casebook, folder: Path) -> Path:
    """Write the receipt of the state that ``book`` is in into ``folder``; returns its path.

    Raises ``StorageError`` for a folder that is not there, ``DamagedError`` where a check that
    opening left for later fails.
    """
    book.finish_checks()
    if not folder.is_dir():
        raise StorageError(f"The folder {folder.name} is not there. Choose one that is.")
    about = book.about
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamp = now.replace("-", "").replace(":", "")
    path = folder / f"receipt-{about.id[:8]}-{book.receipt.seq}-{stamp}.pdf"
    return write_whole(path, receipt_page(about, state_of(book), printed_on=now))


def state_of(book: Casebook) -> State:
    """Return what a receipt of the open casebook tells."""
    newest = book.journal.tail(1)[0]
    return State(
        receipt=book.receipt,
        at=newest.at,
        head=newest.hash,
        digest=book.journal.digest()[1],
        lines=_lines(book),
    )


def _lines(book: Casebook) -> list[Line]:
    about = book.about
    if about.kind != "chair":
        return [
            Line(
                who="Sealed here",
                which=f"round {one.round}, no. {one.seq}",
                stands="opened again" if one.reopened else "sealed",
                digest=one.sha256,
            )
            for one in book.returns.every_own()
        ]
    names = {member.id: member.name for member in book.members.all()}
    return [
        Line(
            who=names.get(one.member, ""),
            which=f"round {number}, no. {one.seq}",
            stands=one.standing.value,
            digest=one.sha256,
        )
        for number in range(1, about.round + 1)
        for one in book.returns.received(number)
    ]


def receipt_page(about: About, state: State, *, printed_on: str) -> bytes:
    """Return the page as a PDF; the same values give the same bytes. No value is markup."""

    def draw(canvas: Canvas) -> None:
        one_page.banner(
            canvas,
            (
                about.marking.strip(),
                "RECEIPT: OPENS NOTHING",
                phrases.INVENTED if about.demonstration else "",
            ),
        )
        y = one_page.head(canvas, "Receipt", _facts(about, state, printed_on))
        lines = [line.upper() for line in state.receipt.lines]
        numbered = "\n".join(f"{number} {line}" for number, line in enumerate(lines, 1))
        y = one_page.box(canvas, lines, numbered, y)
        y = _how(canvas, about, y)
        y = _hashes(canvas, state, y)
        _returns(canvas, about, state.lines, y)

    return one_page.one_page("Receipt", printed_on, draw)


def _facts(about: About, state: State, printed_on: str) -> tuple[tuple[str, str], ...]:
    holder = "the chair's casebook" if about.kind == "chair" else "a panellist's casebook"
    return (
        ("Inquiry", about.title),
        ("Casebook", f"{about.id[:8]}, {holder}"),
        ("State", f"journal entry {state.receipt.seq:,}, claimed time {phrases.moment(state.at)}"),
        ("Printed", phrases.moment(printed_on)),
    )


def _how(canvas: Canvas, about: About, y: float) -> float:
    y = one_page.section(canvas, "What it is for", y)
    others = _FOR_OTHERS if about.kind == "chair" else _NOT_YET
    for number, text in enumerate((*_PROVES, f"{_OPENS_NOTHING} {others}")):
        y = one_page.point(canvas, text, y)
        if not number:
            fonts.draw(canvas, one_page.LEFT + 32, y, _COMMAND, _NAME)
            y -= 17
    return y - 9


def _hashes(canvas: Canvas, state: State, y: float) -> float:
    y = one_page.section(canvas, "The state in full", y)
    half = len(state.digest) // 2
    for name, values in (
        ("Journal's head", (state.head,)),
        ("State digest", (state.digest[:half], state.digest[half:])),
    ):
        fonts.draw(canvas, one_page.LEFT, y, name, one_page.SMALL)
        for value in values:
            fonts.draw(canvas, one_page.LEFT + _HASH, y, value, _CODE)
            y -= 12
        y -= 3
    return y - 9


def _returns(canvas: Canvas, about: About, lines: Sequence[Line], y: float) -> None:
    chair = about.kind == "chair"
    title = "Returns that have arrived" if chair else "What was sealed in this casebook"
    y = one_page.section(canvas, title, y)
    if not lines:
        none = "None has arrived yet." if chair else "Nothing was sealed yet."
        fonts.draw(canvas, one_page.LEFT, y, none, one_page.TEXT)
        return
    for line in lines[:_MOST]:
        who = fonts.elide(line.who, _NAME.face, _NAME.size, _WHICH - 8)
        fonts.draw(canvas, one_page.LEFT, y, who, _NAME)
        which = f"{line.which}, {line.stands}"
        which = fonts.elide(which, one_page.SMALL.face, one_page.SMALL.size, _HASH - _WHICH - 6)
        fonts.draw(canvas, one_page.LEFT + _WHICH, y, which, one_page.SMALL)
        fonts.draw(canvas, one_page.LEFT + _HASH, y, line.digest, _CODE)
        y -= 13.5
    if len(lines) > _MOST:
        more = f"and {len(lines) - _MOST} more: the code above stands for all of them."
        fonts.draw(canvas, one_page.LEFT, y, more, one_page.SMALL)
