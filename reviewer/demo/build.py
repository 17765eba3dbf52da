"""Runs the real flow over the invented inquiry: files, keys, seals, returns, all of it.

Three casebooks are left: the chair's, released and summarised; one panellist's in the middle of
the work, to learn on; and the chair's that issued that one, to merge its return into.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import Profile
from reviewer.demo.chronology import keep_events
from reviewer.demo.content import inquiry, panellists
from reviewer.demo.filling import Desk, Part, fill
from reviewer.demo.intake import Loaded, read_all, store
from reviewer.demo.opinions import ratings
from reviewer.demo.public import PASSPHRASE, READ_ME
from reviewer.demo.requests import keep_register
from reviewer.demo.shapes import Inquiry, Panellist
from reviewer.errors import EngineError, InputError
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.pinning import confirm, key_words
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.files.write import write_whole
from reviewer.method.framework import load
from reviewer.progress import Progress, Quiet
from reviewer.reports.write import write_report
from reviewer.rounds.terms import take_in
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather

CHAIR = "Chair of the Northmoor Inquiry"
LEARNER = "Panellist 4"
_NAMES = ("northmoor.casebook", "practice.casebook", "practice-chair.casebook", READ_ME)
_STEPS = 20  # the papers, the reading, eleven panellists, merge, release, summary, practice


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What was made, and where. ``members`` rate; the chair does not."""

    casebook: Path
    practice: Path
    practice_chair: Path
    passphrase: str
    cases: int
    documents: int
    pages: int
    members: int
    ratings: int
    returns: tuple[Path, ...]
    summary: Mapping[str, Path]


def build(
    to: Path,
    *,
    progress: Progress | None = None,
    passphrase: str | None = None,
    profile: Profile | None = None,
) -> Built:
    """Make the demonstration in the folder ``to``, which is made where it is not there.

    Raises ``InputError`` where files of an earlier demonstration are in the way, ``StorageError``,
    ``Cancelled`` (what was written by then stays).
    """
    progress = progress or Quiet()
    passphrase = passphrase or PASSPHRASE
    _prepare(to)
    steps = _Steps(progress)
    steps.next("Inventing the papers")
    made = inquiry()
    steps.next("Reading the papers")
    loaded = read_all(made, steps)
    chair = to / _NAMES[0]
    with _chair(chair, made, passphrase, profile) as book:
        store(book, loaded)
        keep_register(book, made, loaded)
        returns, count = _panel(book, made, loaded, to, passphrase, profile, steps)
        steps.next("Merging eleven returns")
        _merge(book, returns)
        _compare_keys(book)
        steps.next("Releasing the round")
        release(book)
        steps.next("Writing the summary")
        (to / "summary").mkdir()
        found = consolidate(gather(book))
        day = dt.date.fromisoformat(found.panel.released[:10])
        summary = write_report(book, found, to / "summary", on=day).files
    steps.next("Preparing the practice casebook")
    practice = _practice(to, made, loaded, passphrase, profile)
    built = Built(
        casebook=chair,
        practice=practice,
        practice_chair=to / _NAMES[2],
        passphrase=passphrase,
        cases=len(made.cases),
        documents=sum(len(case.papers) for case in loaded),
        pages=sum(case.page_count for case in loaded),
        members=len(panellists()),
        ratings=count,
        returns=tuple(returns),
        summary=summary,
    )
    write_whole(to / _NAMES[3], _read_me(built).encode())
    progress.step(_STEPS, _STEPS, "Done")
    return built


WORDS = (  # that are lit on the pages of who learns
    ("Restraint", ("restrain*", "face down", "prone", "can't breathe", "handcuff*")),
    ("Risk known", ("suicid*", "self-harm", "observation*", "section 136")),
)


class _Steps:
    """Progress over the whole: each part is one step, and may tell of itself within it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = -1
        self._what = ""

    def next(self, what: str) -> None:
        """Begin the next part."""
        self._done += 1
        self._what = what
        self._progress.step(self._done, _STEPS, what)

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on a step within the part at hand; raises ``Cancelled``."""
        within = f"{self._what}: {what}" if what else f"{self._what} ({done} of {total})"
        self._progress.step(self._done, _STEPS, within)


def _prepare(to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    taken = [name for name in (*_NAMES, "summary", "returns") if (to / name).exists()]
    if taken:
        raise InputError(
            f"There is a demonstration in {to.name} already ({taken[0]}). Choose another folder,"
            " or remove that one."
        )


def _chair(path: Path, made: Inquiry, passphrase: str, profile: Profile | None) -> Casebook:
    new = NewCasebook(
        title=made.title,
        framework=load(resource("frameworks/commission.toml")),
        chair=CHAIR,
        demonstration=True,
    )
    return Casebook.create(path, passphrase, new, profile=profile)


def _panel(  # noqa: PLR0917 - the parts of one build
    book: Casebook,
    made: Inquiry,
    loaded: Sequence[Loaded],
    to: Path,
    passphrase: str,
    profile: Profile | None,
    steps: _Steps,
) -> tuple[list[Path], int]:
    """Issue to all eleven; each is filled in, sealed and returned while the next is issued."""
    folder = to / "returns"
    folder.mkdir()
    work: list[Future[tuple[Path, int]]] = []
    with (
        tempfile.TemporaryDirectory(dir=to, prefix=".issued-") as issued,
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="demo-panel") as pool,
    ):
        for who in panellists():
            steps.next(f"Issuing to {who.name}")
            path = issue(
                book,
                who.name,
                Path(issued),
                passphrase=passphrase,
                must_change_passphrase=False,
                progress=steps,
                profile=profile,
            ).path
            work.append(pool.submit(_one, path, passphrase, made, loaded, who, folder))
        done = [each.result() for each in work]
    return [path for path, _ in done], sum(count for _, count in done)


def _one(  # noqa: PLR0917 - as above
    path: Path,
    passphrase: str,
    made: Inquiry,
    loaded: Sequence[Loaded],
    who: Panellist,
    folder: Path,
) -> tuple[Path, int]:
    """Do one panellist's whole round in their own casebook; return the file and the ratings."""
    with Casebook.open(path, passphrase) as book:
        desk = Desk.of(book, loaded, seed=f"{made.seed}:{who.name}")
        count = fill(desk, ratings(made, who))
        seal(book)
        written = write_return(book, folder)
    path.unlink()  # sealed and returned; keeping eleven copies would only fill the disk
    return written, count


def _compare_keys(book: Casebook) -> None:
    """Let the chair have telephoned all but the last: so the report shows both."""
    for one in key_words(book)[:-1]:
        confirm(book, one.member.name, heard=one.words)


def _merge(book: Casebook, returns: Sequence[Path]) -> None:
    refused = [verdict.sentence for verdict in receive(book, returns) if verdict.refused]
    if refused:
        raise EngineError(f"The demonstration's own return was refused: {refused[0]}")


def _practice(
    to: Path,
    made: Inquiry,
    loaded: Sequence[Loaded],
    passphrase: str,
    profile: Profile | None,
) -> Path:
    """Make the casebook to learn on: 12 of 55 cases done, two begun, one put off.

    Its reader has two lists of words, which are lit on the pages, and a chronology of a case.
    """
    with _chair(to / _NAMES[2], made, passphrase, profile) as book:
        store(book, loaded)
        keep_register(book, made, loaded)
        path = issue(
            book,
            LEARNER,
            to,
            passphrase=passphrase,
            must_change_passphrase=False,
            profile=profile,
        ).path
    with Casebook.open(path, passphrase) as book:
        take_in(book, WORDS)
        keep_events(book, made, loaded)
        who = panellists()[3]
        desk = Desk.of(book, loaded, seed=f"{made.seed}:{LEARNER}")
        fill(desk, ratings(made, who), part=Part(whole=12, begun=("2010-02", "2010-07")))
        desk.put_off("2011-06")
    return path.rename(to / _NAMES[1])


def _read_me(built: Built) -> str:
    return f"""The Northmoor Inquiry: an invented demonstration

Everything in this folder is invented: {built.cases} cases, {built.documents} documents and
{built.pages} pages, {built.members} panellists and {built.ratings} ratings. No real person, place
or event is in it, so these files need no protection, and the passphrase stands here:

    {built.passphrase}

{_NAMES[0]}        the chair's casebook: round 1 returned, released and summarised
{_NAMES[1]}         a panellist's casebook in the middle of the work, to learn on
{_NAMES[2]}   the chair's casebook that issued it: merge your own return into it
returns/                  the eleven sealed returns, as they arrived
summary/                  the consolidated summary as PDF, spreadsheet, CSV and JSON

The chair of this inquiry does not score, and nobody else keeps half of the key to its returns: a
real casebook whose chair scores should have a second custodian, and asks for one.

Never put real records into these three casebooks: their passphrase is public.
"""
