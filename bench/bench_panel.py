"""Nothing slower for being larger: python bench/bench_panel.py [--full]

Makes two chair's casebooks whose round 1 is released, of 20 and 40 members with 100 and 200 cases
(with --full the larger has 200 members, 1,000 cases and 23 factors: 4.6 million ratings), through
the casebook's own stores. Of each are measured, in CPU seconds:

- what one member said in one case, while everybody's work is there: the same at both sizes;
- the panel gathered for the summary, the next round opened, and an update written for each
  member: no more than 1.5 times the ratings' growth, and with --full gathering under 10 s and
  opening under 15 s.
"""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"  # key derivation is not what is measured
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_merge import COMMENT, make_chair, rating

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.releases import OpenedReturn
from reviewer.casebook.stores.updates import Given, IssuedPack
from reviewer.crypto.identity import new_age_key, new_token
from reviewer.exchange import keyring
from reviewer.exchange.signed import GENESIS
from reviewer.exchange.updates.write import write_updates
from reviewer.records.ids import MemberId, new_id
from reviewer.records.judgement import ReviewState
from reviewer.records.panel import Counts, Member, Received, ReturnStatus
from reviewer.rounds.agenda import open_round
from reviewer.summary.gather import gather

GROWTH = 1.5  # times the ratings' own, at most
SAME = 2.0  # times, at most, where size must not matter
GATHER, OPEN = 10.0, 15.0  # seconds, with --full
KINDS = "the own case", "gather", "open round 2", "updates"


def make(folder: Path, members: int, cases: int, *, asked: int) -> Casebook:
    """Return a casebook in which ``members`` rated all; round 2 will ask for ``asked`` cases."""
    book = make_chair(folder, cases, extended=True)
    everybody = [
        Member(id=MemberId(new_id()), name=f"Member {number}") for number in range(members)
    ]
    documents = {document.case: document.id for document in book.documents.all()}
    given = Given(cases=frozenset(documents), documents=frozenset(documents.values()))
    for member in everybody:
        pack = hashlib.sha256(member.id.encode()).hexdigest()
        book.members.add(member)
        keyring.keep_new_token(book, member.id, pack, new_token())
        issued = IssuedPack(
            pack=pack,
            member=member.id,
            recipient=new_age_key().public,
            documents=given.documents,
        )
        book.updates.keep_issued(issued, given)
        book.members.set_issued(member.id, pack=pack, cases=())
        book.returns.keep(received(member), header="{}", sealed=b"-", standings={}, pin="")
    ask = frozenset(list(documents)[:asked])
    book.rounds.release(
        1,
        (opened(book, member, documents, ask) for member in everybody),
        own=None,
        without={},
    )
    return book


def received(member: Member) -> Received:
    return Received(
        id=0,
        member=member.id,
        round=1,
        seq=1,
        prev=GENESIS,
        sha256=hashlib.sha256(member.name.encode()).hexdigest(),
        public_key="",
        counts=Counts(),
        standing=ReturnStatus.RECEIVED,
        at="2026-01-01T00:00:00Z",
    )


def opened(book: Casebook, member: Member, documents: dict, ask: frozenset) -> OpenedReturn:
    """Return what a member said of every case; of what is asked again, nobody agrees."""
    codes = book.about.framework.codes
    reviews, ratings, marks, evidence = [], [], [], []
    place = int(member.name.split()[1])
    for case, document in documents.items():
        reviews.append((case, ReviewState.SEALED.value, COMMENT, "", ""))
        for at, code in enumerate(codes):
            one, mark = rating(code, member.id, document)
            value = one.value
            if case in ask and at == 0:
                value = (0, 4)[place % 2]
            elif value is not None and mark is None:
                value = 0
            reason = None if one.reason is None or value is not None else one.reason.value
            sure = None if one.confidence is None else one.confidence.value
            ratings.append((case, code, value, reason, sure, one.comment, one.record))
            if mark:
                marks.append(mark)
                evidence.append((case, code, mark.id, 1))
    return OpenedReturn(
        member=member.id,
        sha256=received(member).sha256,
        reviews=reviews,
        ratings=ratings,
        marks=marks,
        evidence=evidence,
    )


def cpu(what: Callable[[], object], *, times: int = 1) -> float:
    """Return the fewest CPU seconds of one call."""
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        what()
        least = min(least, time.process_time() - start)
    return least


def measure(folder: Path, members: int, cases: int) -> dict[str, float]:
    with make(folder, members, cases, asked=max(1, cases // 10)) as book:
        member, case = book.members.all()[-1].id, book.cases.all()[cases // 2].id
        out = folder / "out"
        out.mkdir()

        def own_case() -> None:
            for _ in range(20):
                book.ratings.of(member, case, 1)
                book.marks.of_case(member, case)

        def updates() -> None:
            names = [one.name for one in book.members.all() if one.rates and one.issued]
            written, refused = write_updates(book, names, out)
            assert not refused, refused[:1]
            assert len(written) == members

        took = {
            "the own case": cpu(own_case, times=5) / 20,
            "gather": cpu(lambda: gather(book), times=2),
            "open round 2": cpu(lambda: open_round(book)),
            "updates": cpu(updates),
        }
    size = members * cases * 23
    print(f"{members} x {cases} x 23 ({size:,} ratings): " + ", ".join(told(took)), flush=True)
    return took


def told(took: dict[str, float]) -> Iterator[str]:
    for what, seconds in took.items():
        yield f"{what} {1000 * seconds:.1f} ms" if seconds < 1 else f"{what} {seconds:.1f} s"


def main() -> int:
    """Measure both sizes; returns 1 where something grows faster than it may."""
    full = "--full" in sys.argv
    sizes = [(20, 100), (200, 1000) if full else (40, 200)]
    found = []
    for members, cases in sizes:
        with tempfile.TemporaryDirectory() as name:
            found.append(measure(Path(name), members, cases))
    grown = sizes[1][0] * sizes[1][1] / (sizes[0][0] * sizes[0][1])
    over = []
    for what in KINDS:
        ratio = found[1][what] / found[0][what]
        limit = SAME if what == "the own case" else GROWTH * grown
        print(f"{what}: {ratio:.2f} times for {grown:.0f} times the ratings (limit {limit:.1f})")
        over += [what] if ratio > limit else []
    if full:
        over += [
            what
            for what, most in (("gather", GATHER), ("open round 2", OPEN))
            if found[1][what] > most
        ]
    print("Over the limit: " + ", ".join(over) if over else "Within the limits.")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
