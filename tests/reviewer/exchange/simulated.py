"""A simulated panel whose members write as people do: who finds much, writes and marks much.

Invented, and harder than real panels: of each member a share of factors that were present, how
many words they use and how many passages they mark. Length and marks follow the ratings, as the
evidence rule asks: a comment and a page from 2 up.
"""

from dataclasses import dataclass

import numpy as np

from reviewer.exchange.header import Header
from reviewer.exchange.sealed_work import CaseWork, Whose, encode
from reviewer.exchange.signed import GENESIS
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import (
    Anchor,
    Confidence,
    Mark,
    Rating,
    Reason,
    Review,
    ReviewState,
)
from tests.reviewer.exchange.panel import FRAMEWORK

WORDS = 6  # characters of a word with its space


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """What one member made: the work as it travels, and how much of it rates high."""

    body: bytes
    high: float
    ratings: int
    marks: int


def _id(random, kind=str):
    value = random.bytes(16).hex()
    parts = (value[:8], value[8:12], f"4{value[13:16]}", f"8{value[17:20]}", value[20:])
    return kind("-".join(parts))


def _text(random, length):
    letters = random.choice(list("abcdefghijklmnopqrstuvwxyz      "), size=max(int(length), 1))
    return "".join(letters)


def member(random, *, cases) -> Simulated:
    """Return what one member makes of ``cases`` cases, drawn with ``random``."""
    share_high = random.beta(3, 6)  # a third of the factors contributed, from one in ten to most
    done = random.beta(8, 1)  # most rate nearly everything
    wordy = random.lognormal(np.log(18), 0.5)  # words a comment: 18, from 7 to 50
    marking = random.lognormal(np.log(1.1), 0.3)  # marks a high rating
    marks: list[Mark] = []
    worked, high, rated = [], 0, 0
    whose = MemberId(_id(random))
    for _ in range(cases):
        case, found = _id(random, CaseId), {}
        for code in FRAMEWORK.codes:
            if random.random() > done:
                continue
            present = random.random() < share_high
            cited = [
                _mark(random, whose)
                for _ in range(max(1, random.poisson(marking)) if present else 0)
            ]
            rating = _rating(random, code, wordy, cited)
            marks.extend(cited if rating.reason is None else [])
            found[code] = rating
            rated += 1
            high += rating.value is not None and rating.value >= 2
        review = Review(
            member=whose,
            case=case,
            round=1,
            state=ReviewState.DRAFT,
            narrative=_text(random, wordy * WORDS * random.exponential(3)),
        )
        worked.append(CaseWork(review=review, ratings=found))
    body = encode(
        worked, marks, FRAMEWORK, whose=Whose(casebook=_id(random), member=whose, round=1)
    )
    return Simulated(body=body, high=high / max(rated, 1), ratings=rated, marks=len(marks))


def _rating(random, code, wordy, cited):
    """Return a rating: high where it cites marks, else low; one in eight has a reason instead."""
    if random.random() < 0.12:
        return Rating(factor=code, reason=random.choice(list(Reason)), record="custody log")
    value = int(random.integers(2, 5)) if cited else int(random.integers(0, 2))
    comments = cited or random.random() < 0.15
    return Rating(
        factor=code,
        value=value,
        confidence=random.choice(list(Confidence)),
        comment=_text(random, wordy * WORDS * random.exponential(1)) if comments else "",
        evidence=tuple(mark.id for mark in cited),
    )


def _mark(random, whose):
    quote = int(random.lognormal(np.log(120), 0.7))
    lines = max(1, quote // 80)
    return Mark(
        id=_id(random, MarkId),
        member=whose,
        document=_id(random, DocumentId),
        page=int(random.integers(1, 40)),
        anchor=Anchor(
            kind="text",
            start=1000,
            end=1000 + quote,
            quote=_text(random, quote),
            prefix=_text(random, 32),
            suffix=_text(random, 32),
            boxes=tuple(
                Box(left=0.12345, top=0.2 + n / 97, right=0.87654, bottom=0.21 + n / 97)
                for n in range(lines)
            ),
        ),
        note="",
    )


def header(random, *, seq=1) -> Header:
    """Return a header as a seal makes it, over nothing in particular."""
    digest = [random.bytes(32).hex() for _ in range(8)]
    return Header(
        casebook=_id(random),
        pack=digest[0],
        framework=digest[1],
        member=_id(random, MemberId),
        round=1,
        seq=seq,
        prev=GENESIS if seq == 1 else digest[2],
        recipient="age1" + "q" * 58,
        release="age1" + "p" * 58,
        public_key=digest[3],
        enrolment=digest[4],
        inner=digest[5],
        journal=digest[6],
        at="2026-11-23T14:03:12Z",
    )
