"""What each invented panellist makes of each case: differing, plausible, with reasons.

A panellist sees the truth through the papers, with their own leniency, care and scatter; where
two papers differ they follow those they trust. The same seed gives the same opinions.
"""

from collections.abc import Sequence
from random import Random

from reviewer.demo.plot import codes
from reviewer.demo.shapes import (
    Inquiry,
    InventedCase,
    Judgement,
    Opinion,
    Panellist,
    Passage,
    Truth,
)
from reviewer.demo.words import Clock, material, tell
from reviewer.records.judgement import Confidence, Reason

NEEDS_EVIDENCE = 2  # the commission's framework: from here up, a comment and a page
_BELIEVES = {"family": 0.72, "clinical": 0.5, "police": 0.2}  # the first paper, not the review
_BLANK = 0.006  # a cell that a busy reader passed over
_UNCLEAR = 0.012
_CLOCK = Clock(0, 1.0)  # comments name no times of their own; {at} is a word here


def ratings(inquiry: Inquiry, panellist: Panellist) -> tuple[Judgement, ...]:
    """Return one panellist's work on every case, factors in the framework's order."""
    return tuple(_judge(inquiry.seed, case, panellist) for case in inquiry.cases)


def _judge(seed: int, case: InventedCase, panellist: Panellist) -> Judgement:
    tag = f"{seed}:{case.reference}:{panellist.name}"
    opinions = tuple(
        _opinion(case, code, panellist, Random(f"{tag}:{code}"))  # noqa: S311 - invention
        for code in codes()
    )
    rng = Random(tag)  # noqa: S311 - invention, not secrecy
    words = material("remarks")
    facts = case.facts
    narrative = good = other = ""
    if case.reference not in panellist.recused:
        narrative = tell(rng.choice(words["narrative"]), facts, _CLOCK, rng)
        good = tell(rng.choice(words["good"]), facts, _CLOCK, rng) if rng.random() < 0.3 else ""
        other = tell(rng.choice(words["other"]), facts, _CLOCK, rng) if rng.random() < 0.1 else ""
    return Judgement(
        reference=case.reference,
        opinions=opinions,
        narrative=narrative,
        good_practice=good,
        other=other,
    )


def _opinion(  # noqa: PLR0911 - one line a way not to score
    case: InventedCase, code: str, panellist: Panellist, rng: Random
) -> Opinion:
    truth = case.truths[code]
    words = material("passages")["general"]
    if case.reference in panellist.recused:
        return _set_aside(case, code, Reason.RECUSED, rng.choice(words["recused"]), rng)
    if rng.random() < panellist.outside.get(code, 0.0):
        return Opinion(factor=code, reason=Reason.OUTSIDE)
    if not truth.relevant and rng.random() < 0.94:
        return Opinion(factor=code, reason=Reason.NOT_RELEVANT)
    if truth.blocked and rng.random() < truth.doubt:
        return _set_aside(case, code, Reason.MISSING, rng.choice(words["missing"]), rng)
    draw = rng.random()
    if draw < _BLANK / panellist.care**8:
        return Opinion(factor=code)
    if draw > 1 - _UNCLEAR - (0.05 if truth.split else 0.0):
        return _set_aside(case, code, Reason.UNCLEAR, rng.choice(words["unclear"]), rng)
    return _scored(case, code, truth, panellist, rng)


def _set_aside(
    case: InventedCase, code: str, reason: Reason, comment: str, rng: Random
) -> Opinion:
    record = case.truths[code].blocked if reason is Reason.MISSING else ""
    facts = {**case.facts, "record": record.lower()}
    return Opinion(
        factor=code,
        reason=reason,
        comment=tell(comment, facts, _CLOCK, rng),
        record=record,
    )


def _scored(
    case: InventedCase, code: str, truth: Truth, panellist: Panellist, rng: Random
) -> Opinion:
    passages = case.passages.get(code, ())
    seen = truth.severity
    believed = rng.random() < _BELIEVES[panellist.trusts]
    if truth.split:
        seen = rng.uniform(3.0, 3.9) if believed else rng.uniform(0.0, 1.0)
    if not truth.relevant:
        seen = 0.0
    if rng.random() > panellist.care:
        seen *= 0.35  # the passage was not taken in
    leaning = panellist.leniency * (1.0 if seen > 0.6 else 0.45)
    value = min(4, max(0, round(seen + leaning + rng.gauss(0.0, _scatter(seen, panellist)))))
    if not passages:
        value = min(value, NEEDS_EVIDENCE - 1)  # nothing to point at
    likely = 0.7 if truth.split else 0.16  # who differs from others says why
    speaks = value >= NEEDS_EVIDENCE or (bool(passages) and rng.random() < likely)
    cited = _cite(passages, value, rng, split=truth.split) if speaks else ()
    return Opinion(
        factor=code,
        value=value,
        confidence=_confidence(truth, value, rng),
        comment=_comment(case, code, value, cited, rng, split=truth.split) if speaks else "",
        evidence=cited,
    )


def _scatter(seen: float, panellist: Panellist) -> float:
    """Nobody strays far where nothing is to be seen; the middle of the scale is the loosest."""
    return panellist.scatter * (1.0 if seen < 0.6 else 1.9 if seen < 2.6 else 1.5)


def _cite(
    passages: Sequence[Passage], value: int, rng: Random, *, split: bool
) -> tuple[Passage, ...]:
    first, last = passages[0], passages[-1]
    if split and value < NEEDS_EVIDENCE:
        return (last,)
    if len(passages) > 1 and not split and rng.random() < 0.3:
        return (first, last)
    return (first,)


def _confidence(truth: Truth, value: int, rng: Random) -> Confidence | None:
    if rng.random() < 0.08:
        return None
    near = abs(truth.severity - value) < 0.6 and not truth.split and not truth.blocked
    sure = (0.12, 0.55) if near else (0.38, 0.88)
    draw = rng.random()
    if draw < sure[0]:
        return Confidence.LOW
    return Confidence.MODERATE if draw < sure[1] else Confidence.HIGH


def _comment(
    case: InventedCase,
    code: str,
    value: int,
    cited: Sequence[Passage],
    rng: Random,
    *,
    split: bool,
) -> str:
    passage = cited[0]
    facts = {
        **case.facts,
        "doc": f"{passage.title} p.{passage.page}" if passage.page else passage.title,
        "at": passage.at,
        "quote": f"\u201c{_shorter(passage.quote)}\u201d",
    }
    words = material("passages")
    level = "bad" if value >= 3 else "some" if value == 2 else "good"
    own = words[code][f"comment_{level}"]
    if split and rng.random() < 0.6:
        side = "split_high" if value >= NEEDS_EVIDENCE else "split_low"
        text = rng.choice(words["general"][side])
    elif passage.level == level:
        text = own[passage.variant % len(own)]
    else:
        above = {"good": 0, "some": 2, "bad": 3}[passage.level] < value
        text = rng.choice(words["general"]["higher" if above else "lower"])
    if value >= NEEDS_EVIDENCE and rng.random() < 0.45:
        text += " " + rng.choice(words["general"]["after_high" if value >= 3 else "after_some"])
    return tell(text, facts, _CLOCK, rng)


def _shorter(quote: str) -> str:
    """Return at most about 110 characters of a quotation, cut between words."""
    return quote if len(quote) <= 120 else quote[:110].rsplit(" ", 1)[0] + " \u2026"
