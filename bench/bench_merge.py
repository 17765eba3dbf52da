"""How long merging takes: python bench/bench_merge.py [--full]

(a) 11 returns of 55 cases and 17 factors, made with real issued casebooks: receive, with all
    verification, must stay under 2 seconds.
(b) 40 returns (200 with --full) of 1,000 cases and 23 factors: receive and release together must
    take at most 4 times as long as inserting the same rows in one transaction of an equally
    encrypted, equally configured file.
"""

import hashlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"  # key derivation is not what is measured
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.identity import enrolment, new_signing_key, new_token
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange import keyring
from reviewer.exchange.header import Header
from reviewer.exchange.layers import lock_work, put_together
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.exchange.sealed_work import CaseWork, Whose, encode
from reviewer.exchange.signed import GENESIS
from reviewer.method.framework import load
from reviewer.records.cases import Box, Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId, new_id
from reviewer.records.judgement import (
    Anchor,
    Confidence,
    Mark,
    Rating,
    Reason,
    Review,
    ReviewState,
)
from reviewer.records.panel import Member

PASSPHRASE = "bench"  # noqa: S105 - opens nothing of anybody's
COMMENT = "The custody record shows that the risk was noted at 22:14 and not passed on. " * 2
RANDOM = random.Random(7)  # noqa: S311 - the same ratings in each run


def make_chair(folder: Path, cases: int, *, extended: bool) -> Casebook:
    book = Casebook.create(
        folder / "chair.casebook",
        PASSPHRASE,
        NewCasebook(
            title="Bench",
            framework=load(resource("frameworks/commission.toml"), extended=extended),
        ),
        profile=CHEAP,
    )
    listed = [
        Case(id=CaseId(new_id()), reference=f"C{n:04}", title=f"Case {n}") for n in range(cases)
    ]
    book.cases.add(listed)
    page = PageText(number=1, text="Page", boxes=b"", width=595.0, height=842.0)
    book.documents.add_many(
        [
            (
                Document(
                    id=DocumentId(new_id()),
                    case=case.id,
                    title=f"Record {case.reference}",
                    media="application/pdf",
                    sha256=hashlib.sha256(case.id.encode()).hexdigest(),
                    size=3,
                    page_count=1,
                ),
                b"%PDF",
                Reading(media="application/pdf", pages=(page,)),
            )
            for case in listed
        ]
    )
    return book


def rating(code: str, member: MemberId, document: DocumentId) -> tuple[Rating, Mark | None]:
    """One rating in ten is high, with comment, mark and evidence; one in ten is a reason."""
    luck = RANDOM.random()
    if luck < 0.1:
        return Rating(factor=code, reason=RANDOM.choice(list(Reason))), None
    if luck < 0.9:
        return Rating(factor=code, value=RANDOM.choice((0, 0, 0, 1))), None
    mark = Mark(
        id=MarkId(new_id()),
        member=member,
        document=document,
        page=1,
        anchor=Anchor(
            kind="text",
            start=10,
            end=70,
            quote="risk was noted at 22:14 and not passed on to the next shift.",
            prefix="The custody record shows that the",
            suffix="Nothing further is written there",
            boxes=(Box(left=0.1, top=1 / 3, right=0.9, bottom=0.35),),
        ),
    )
    return (
        Rating(
            factor=code,
            value=RANDOM.choice((2, 3, 4)),
            confidence=Confidence.MODERATE,
            comment=COMMENT,
            evidence=(mark.id,),
        ),
        mark,
    )


def small(folder: Path) -> None:
    with make_chair(folder, 55, extended=False) as chair:
        files = []
        for number in range(11):
            path = issue(
                chair, f"Member {number}", folder, passphrase=PASSPHRASE, profile=CHEAP
            ).path
            with Casebook.open(path, PASSPHRASE) as own:
                about = own.about
                documents = {document.case: document.id for document in own.documents.all()}
                ratings, marks = [], []
                for case in own.cases.all():
                    for code in about.framework.codes:
                        one, mark = rating(code, about.member, documents[case.id])
                        ratings.append((case.id, one))
                        marks += [mark] if mark else []
                own.ratings.put_all(about.member, 1, ratings, marks=marks)
                seal(own)
                files.append(write_return(own, folder))
        start = time.perf_counter()
        verdicts = receive(chair, files)
        took = time.perf_counter() - start
        assert not any(verdict.refused for verdict in verdicts)
        print(f"(a) receive 11 x 55 x 17: {took:.2f} s (limit 2 s)")
        start = time.perf_counter()
        release(chair)
        print(f"    release: {time.perf_counter() - start:.2f} s")


def make_return(chair: Casebook, folder: Path, number: int) -> Path:
    """Write what a panellist's casebook would: the same bytes, without the casebook."""
    about = chair.about
    member = MemberId(new_id())
    token, pack, key = new_token(), hashlib.sha256(member.encode()).hexdigest(), new_signing_key()
    chair.members.add(Member(id=member, name=f"Member {number}"))
    keyring.keep_new_token(chair, member, pack, token)
    chair.members.set_issued(member, pack=pack, cases=())
    documents = {document.case: document.id for document in chair.documents.all()}
    cases, marks = [], []
    for case in chair.cases.all():
        made = [rating(code, member, documents[case.id]) for code in about.framework.codes]
        marks += [mark for _, mark in made if mark]
        cases.append(
            CaseWork(
                review=Review(
                    member=member,
                    case=case.id,
                    round=1,
                    state=ReviewState.SEALED,
                    narrative=COMMENT,
                ),
                ratings={one.factor: one for one, _ in made},
            )
        )
    whose = Whose(casebook=about.id, member=member, round=about.round)
    body = encode(cases, marks, about.framework, whose=whose)
    inner = lock_work(body, keyring.round_key(chair))
    header = Header(
        casebook=about.id,
        pack=pack,
        framework=about.framework.hash,
        member=member,
        round=1,
        seq=1,
        prev=GENESIS,
        recipient=keyring.receiving_key(chair).public,
        release=keyring.release_recipient(chair),
        public_key=key.public,
        enrolment=enrolment(token, key.public, casebook=about.id, pack=pack, member=member),
        inner=hashlib.sha256(inner).hexdigest(),
        journal=GENESIS,
        at="2026-01-01T00:00:00Z",
    )
    path = folder / f"{number}.return"
    path.write_bytes(put_together(header, inner, key)[0])
    return path


def bare_insert(chair: Casebook, folder: Path) -> float:
    """Insert the rows that release stored into a second casebook, in one transaction."""
    book = Casebook.create(
        folder / "bare.casebook",
        PASSPHRASE,
        NewCasebook(title="Bench", framework=chair.about.framework),
        profile=CHEAP,
    )
    source, target = chair._connection, book._connection  # noqa: SLF001 - measured below its rules
    for table in ("inquiry_case", "document"):
        rows = source.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our tables
        target.executemany(
            f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})",  # noqa: S608
            rows,
        )
    target.execute("DELETE FROM member")
    rows = source.execute("SELECT * FROM member").fetchall()
    target.executemany(f"INSERT INTO member VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608
    took = 0.0
    target.execute("BEGIN IMMEDIATE")
    for (member,) in source.execute("SELECT id FROM member").fetchall():
        for table, where in (
            ("review", "member = ?"),
            ("rating", "review IN (SELECT id FROM review WHERE member = ?)"),
            ("mark", "member = ?"),
            ("evidence", "review IN (SELECT id FROM review WHERE member = ?)"),
        ):
            rows = source.execute(f"SELECT * FROM {table} WHERE {where}", (member,)).fetchall()  # noqa: S608
            if not rows:
                continue
            start = time.perf_counter()
            target.executemany(
                f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})",  # noqa: S608
                rows,
            )
            took += time.perf_counter() - start
    start = time.perf_counter()
    target.execute("COMMIT")
    took += time.perf_counter() - start
    book.close()
    return took


def large(folder: Path, returns: int) -> None:
    with make_chair(folder, 1000, extended=True) as chair:
        files = [make_return(chair, folder, number) for number in range(returns)]
        size = sum(file.stat().st_size for file in files)
        start = time.perf_counter()
        verdicts = receive(chair, files)
        received = time.perf_counter() - start
        assert not any(verdict.refused for verdict in verdicts)
        start = time.perf_counter()
        done = release(chair, without={"Chair": "does not rate"} if chair.about.member else {})
        released = time.perf_counter() - start
        rows = sum(line.stored for line in done.ledger if line.kind != "comments")
        bare = bare_insert(chair, folder)
    ratio = (received + released) / bare
    print(
        f"(b) {returns} returns x 1,000 x 23 ({size / 2**20:.0f} MiB, {rows:,} rows):"
        f" receive {received:.1f} s + release {released:.1f} s, bare insert {bare:.1f} s,"
        f" ratio {ratio:.2f} (limit 4)"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        (Path(where) / "small").mkdir()
        small(Path(where) / "small")
    with tempfile.TemporaryDirectory() as where:
        large(Path(where), 200 if "--full" in sys.argv else 40)
