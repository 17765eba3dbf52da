"""The figures of METHOD 4.0 to 4.6 again, slowly and plainly, from lists: an oracle for tests.

Of 4.7 it has what stands beside a coefficient: the coefficients have oracles of their own.

Written from METHOD alone: of ``reviewer.summary`` it has the panel as it is handed in and the
names of its codes, and nothing that counts. No arrays, the standard library's median, one cell
after another. A vote is a number of the scale, a reason, "blank", or None for whoever was not
asked.
"""

from collections import Counter
from itertools import combinations
from statistics import median

from reviewer.summary.shapes import Code

MISSING, UNCLEAR, IRRELEVANT, BLANK = "missing", "unclear", "not-relevant", "blank"
OUTSIDE, RECUSED = "outside", "recused"
KINDS = (
    *("determined", "settled", "open", "too-few"),
    *("not-assessable", "not-relevant", "blank", "not-allocated"),
)
WORDS = {code.value: code.name.lower().replace("_", "-") for code in Code}


class Oracle:
    """The figures of one panel."""

    def __init__(self, panel):
        self.panel, self.frame = panel, panel.framework
        self.scale = list(panel.framework.values)
        self.counts = panel.framework.thresholds.counts
        self.possible = panel.framework.thresholds.possible
        self.cases = range(len(panel.cases))
        self.factors = range(len(panel.framework.factors))
        self.back = [i for i, member in enumerate(panel.members) if member.returned]
        self.asked = {
            (c, f): any(self._raw(m, c, f) is not None for m in range(len(panel.members)))
            for c in self.cases
            for f in self.factors
        }
        self.last = {at: history[-1] for at, history in panel.determinations.items()}
        self.decided = {at: one for at, one in self.last.items() if one.what != "reopened"}
        self.cells = {(c, f): self._cell(c, f) for c in self.cases for f in self.factors}

    def _raw(self, member, case, factor, votes=None):
        code = int((self.panel.votes if votes is None else votes)[member, case, factor])
        if code >= 0:
            return self.scale[code]
        return None if WORDS[code] == "absent" else WORDS[code]

    def votes(self, case, factor, votes=None):
        """Who returned and was asked, in member order."""
        found = [self._raw(member, case, factor, votes) for member in self.back]
        return [vote for vote in found if vote is not None]

    # -- one cell

    def _cell(self, case, factor):
        votes = self.votes(case, factor)
        scores = [vote for vote in votes if not isinstance(vote, str)]
        cell = {
            "n": len(scores),
            "median": median(scores) if scores else None,
            "distribution": tuple(scores.count(point) for point in self.scale),
            "reasons": dict(Counter(vote for vote in votes if isinstance(vote, str))),
            "relevant": self.asked[case, factor] and not more_than_half_irrelevant(votes),
            "unanswered": self.asked[case, factor] and unanswered(votes),
            "in_force": median(scores) if scores else None,
            "determined": "",
        }
        cell |= self.thresholds(votes, cell["relevant"])
        cell["class"] = self._class(case, factor, cell, scores)
        cell["flags"] = self._flags(case, factor, cell, scores)
        cell["kind"] = self._kind(cell)
        if (case, factor) in self.last and (case, factor) not in self.decided:
            cell["flags"], cell["kind"] = (*cell["flags"], "reopened"), "open"
        if (case, factor) in self.decided:
            cell |= self._decided(case, factor)
        return cell

    def _decided(self, case, factor):
        """What a determination says in the place of the ratings, and what came since."""
        one = self.decided[case, factor]
        value = None if one.halves is None else one.halves / 2
        told = {}
        for name, threshold in (("counts", self.counts), ("possible", self.possible)):
            over = value is not None and value >= threshold
            known = value is not None
            told[name] = {
                "assessable": known,
                "counted": over,
                "low": over,
                "high": over or one.what == "not-assessable",
                "holds": False,
            }
        flags = []
        here = [m for m in self.back if self._raw(m, case, factor) is not None]
        if {self.panel.members[m].id: self.said(m, case, factor) for m in here} != one.ground.said:
            flags = ["late-rating"]
        return told | {
            "relevant": one.what != "not-relevant",
            "unanswered": False,
            "in_force": value,
            "determined": one.what,
            "flags": tuple(flags),
            "kind": "open" if flags else "determined",
        }

    def said(self, member, case, factor):
        """A rating as a determination keeps it: "" is a blank."""
        vote = self._raw(member, case, factor)
        return "" if vote == BLANK else str(vote)

    def middle(self, votes, point, unknown):
        told = [point if vote in unknown else vote for vote in votes]
        scores = [vote for vote in told if not isinstance(vote, str)]
        return median(scores) if scores else None

    def thresholds(self, votes, relevant, settled=None):
        """What a cell is at each of the two thresholds."""
        told = {}
        for name, threshold in (("counts", self.counts), ("possible", self.possible)):
            known, counted, low, high, doubtful = self.reach(votes, threshold, settled)
            told[name] = {
                "assessable": relevant and known,
                "counted": relevant and known and counted,
                "low": relevant and low,
                "high": relevant and high,
                "holds": relevant and known and doubtful,
            }
        return told

    def reach(self, votes, threshold, settled=None):
        """(known, counted, lower bound, upper bound, in doubt) at one threshold."""
        settled = settled or (lambda point, unknown: self.middle(votes, point, unknown))
        scores = [vote for vote in votes if not isinstance(vote, str)]
        blocked = sum(vote in {MISSING, UNCLEAR} for vote in votes)
        n = len(scores) + blocked
        doubtful = blocked >= max(2, (3 * n + 9) // 10) or not scores
        lowest, highest = self.scale[0], self.scale[-1]
        worst = settled(lowest, {MISSING, UNCLEAR})
        best = settled(highest, {MISSING, UNCLEAR})
        same = worst is not None and (worst >= threshold) == (best >= threshold)
        known = same or not doubtful
        counted = median(scores) >= threshold if scores else same and worst >= threshold
        everything = {MISSING, UNCLEAR, BLANK}
        low, high = settled(lowest, everything), settled(highest, everything)
        return (
            known,
            counted,
            low is not None and low >= threshold and worst is not None,
            high is not None and high >= threshold,
            doubtful,
        )

    def band(self, value):
        return (value >= self.possible) + (value >= self.counts)

    def _class(self, case, factor, cell, scores):
        if not self.asked[case, factor]:
            return "not-allocated"
        if not cell["relevant"]:
            return "not-relevant"
        if not scores:
            return "blank" if cell["unanswered"] else "not-assessable"
        if len(scores) < 5:
            return "too-few"
        camp = (3 * len(scores) + 9) // 10
        bands = [self.band(score) for score in scores]
        if bands.count(0) >= camp and bands.count(2) >= camp:
            return "disagreement"
        middle = median(scores)
        higher = min(point for point in self.scale if point >= middle)
        outside = sum(band != self.band(higher) for band in bands)
        return "agreement" if outside <= camp - 1 else "indeterminate"

    def _flags(self, case, factor, cell, scores):
        flags = [cell["class"]] if cell["class"] in {"disagreement", "indeterminate"} else []
        if cell["class"] == "too-few" and len({self.band(score) for score in scores}) > 1:
            flags.append("too-few")
        irrelevant = self.asked[case, factor] and not cell["relevant"]
        if irrelevant and any(score >= self.counts for score in scores):
            flags.append("relevance")
        if scores and (cell["reasons"].get(MISSING) or cell["reasons"].get(UNCLEAR)):
            flags.append("scored-and-not-assessable")
        lacking = [m for m, c, f in self.panel.unsupported if (c, f) == (case, factor)]
        if any(not isinstance(self._raw(m, case, factor), str) for m in lacking if m in self.back):
            flags.append("unsupported")
        if any(self._came(m, case, factor) for m in self.back):
            flags.append("late-record")
        return tuple(flags)

    def _came(self, member, case, factor):
        """Whether a member names a record as missing that has come, by its kind alone."""
        told = self.panel.details.get((member, case, factor))
        if told is None or self._raw(member, case, factor) != MISSING:
            return False
        here = [r for r in self.panel.register.records if r.case == self.panel.cases[case].id]
        said = {r.status for r in here if r.kind.lower() == " ".join(told.record.split()).lower()}
        return bool(said & {"received complete", "found late"})

    def _kind(self, cell):
        if cell["flags"]:
            return "open"
        if cell["class"] in {"not-allocated", "not-relevant", "blank", "not-assessable"}:
            return cell["class"]
        return "too-few" if cell["n"] < 5 else "settled"

    # -- factors and groups

    def rate(self, factor):
        """The prevalence of one factor, with every denominator counted by itself."""
        cells = [self.cells[case, factor] for case in self.cases]
        asked = [self.asked[case, factor] for case in self.cases]
        return self._rate(cells, asked) | {
            "disagreements": sum(cell["class"] == "disagreement" for cell in cells),
            "kinds": {kind: sum(c["kind"] == kind for c in cells) for kind in KINDS},
            "without_factor": 0,
        }

    @staticmethod
    def _rate(cells, asked):
        return {
            "counted": sum(c["counts"]["counted"] for c in cells),
            "possible": sum(c["possible"]["counted"] for c in cells),
            "assessable": sum(c["counts"]["assessable"] for c in cells),
            "possible_assessable": sum(c["possible"]["assessable"] for c in cells),
            "relevant": sum(c["relevant"] for c in cells),
            "low": sum(c["counts"]["low"] for c in cells),
            "high": sum(c["counts"]["high"] for c in cells),
            "possible_low": sum(c["possible"]["low"] for c in cells),
            "possible_high": sum(c["possible"]["high"] for c in cells),
            "holds": sum(c["counts"]["holds"] for c in cells),
            "possible_holds": sum(c["possible"]["holds"] for c in cells),
            "not_allocated": asked.count(False),
            "not_relevant": sum(
                a and not c["relevant"] for a, c in zip(asked, cells, strict=True)
            ),
            "blank": sum(c["unanswered"] for c in cells),
        }

    def group_rate(self, code):
        """The prevalence of one group, from panellists' roll-ups."""
        children = [f for f in self.factors if self.frame.factors[f].group == code]
        cells = [self.group_cell(case, children) for case in self.cases]
        asked = [any(self.asked[case, f] for f in children) for case in self.cases]
        inside = [self.cells[case, f] for case in self.cases for f in children]
        alone = sum(
            cell["counts"]["counted"]
            and not any(self.cells[case, f]["counts"]["counted"] for f in children)
            for case, cell in zip(self.cases, cells, strict=True)
        )
        return self._rate(cells, asked) | {
            "kinds": {kind: sum(c["kind"] == kind for c in inside) for kind in KINDS},
            "without_factor": alone,
        }

    def group_cell(self, case, children):
        sheets = [self.decided_sheet(member, case, children) for member in self.back]
        if not any(self.stands_there(member, case, children) for member in self.back):
            sheets.append(self.told_alone(case, children))

        def rolled(point=None, unknown=()):
            found = [
                self.roll_up([point if vote in unknown else vote for vote in sheet])
                for sheet in sheets
            ]
            return [vote for vote in found if vote is not None]

        def settled(point, unknown):
            scores = [vote for vote in rolled(point, unknown) if not isinstance(vote, str)]
            return median(scores) if scores else None

        votes = rolled()
        scores = [vote for vote in votes if not isinstance(vote, str)]
        asked = any(self.asked[case, f] for f in children)
        cell = {
            "n": len(scores),
            "median": median(scores) if scores else None,
            "relevant": asked and not more_than_half_irrelevant(votes),
            "unanswered": asked and unanswered(votes),
        }
        cell |= self.thresholds(votes, cell["relevant"], settled)
        return cell

    def stands_there(self, member, case, children):
        """Whether a member has a vote on a group at all, and does not stand aside from all."""
        return any(self._raw(member, case, f) not in {None, RECUSED} for f in children)

    def replaced(self, case, factor):
        """What everybody's rating becomes: a value, unclear, or None where nothing does."""
        one = self.decided.get((case, factor))
        if one is None or one.what == "not-relevant":
            return None
        return UNCLEAR if one.what == "not-assessable" else one.halves / 2

    def decided_sheet(self, member, case, children):
        """One panellist's votes, the determined ones in the place of theirs."""
        sheet = self.sheet(member, case, children)
        if not self.stands_there(member, case, children):
            return sheet
        decided = [self.replaced(case, factor) for factor in children]
        return [vote if new is None else new for vote, new in zip(sheet, decided, strict=True)]

    def told_alone(self, case, children):
        """What was determined where nobody voted on the group; nothing where nothing was."""
        decided = [self.replaced(case, factor) for factor in children]
        if all(new is None for new in decided):
            return [None] * len(children)
        return [self.filled(case, f, new) for f, new in zip(children, decided, strict=True)]

    def filled(self, case, factor, new):
        """Beside what was determined: not relevant, blank where somebody was asked, or none."""
        if new is not None:
            return new
        if (case, factor) in self.decided:
            return IRRELEVANT
        return BLANK if self.asked[case, factor] else None

    def sheet(self, member, case, children, votes=None, cells=None):
        """One panellist's votes on a group's factors; those found not relevant are left out."""
        found = []
        for factor in children:
            vote = self._raw(member, case, factor, votes)
            dropped = not (cells or self.cells)[case, factor]["relevant"]
            found.append(IRRELEVANT if dropped and vote is not None else vote)
        return found

    def roll_up(self, sheet):
        """One panellist's value of a group: the highest score, 0 only if all were scored."""
        scores = [vote for vote in sheet if vote is not None and not isinstance(vote, str)]
        if any(score > self.scale[0] for score in scores):
            return max(scores)
        if all(vote is None for vote in sheet):
            return None
        for reason in (MISSING, UNCLEAR, BLANK, OUTSIDE, RECUSED):
            if reason in sheet:
                return reason
        if None in sheet:
            return OUTSIDE
        return self.scale[0] if scores else IRRELEVANT

    # -- agreement

    def agreement(self, columns):
        """What stands beside a coefficient over ``columns``, each a list of votes a case."""
        lowest = self.scale[0]
        paired, failing, assessed, blocked, pairs = set(), set(), set(), set(), []
        for column in columns:
            for case, votes in enumerate(column):
                scores = [vote for vote in votes if not isinstance(vote, str)]
                unsure = sum(vote in {MISSING, UNCLEAR} for vote in votes)
                if len(scores) >= 2:
                    paired.add(case)
                    failing |= {case} if median(scores) > lowest else set()
                    same = [a == b for a, b in combinations(scores, 2)]
                    pairs.append(sum(same) / len(same))
                if len(scores) + unsure >= 2:
                    assessed.add(case)
                    blocked |= {case} if 2 * unsure >= len(scores) + unsure else set()
        return {
            "cases": len(paired),
            "with_failing": len(failing),
            "assessed": len(assessed),
            "with_blocked": len(blocked),
            "raw": sum(pairs) / len(pairs) if pairs else None,
        }


def more_than_half_irrelevant(votes):
    voted = [vote for vote in votes if vote not in {OUTSIDE, RECUSED}]
    return voted.count(IRRELEVANT) * 2 > len(voted)


def unanswered(votes):
    """Nobody who could answer has: blanks alone, or nobody of those asked returned."""
    voted = [vote for vote in votes if vote not in {OUTSIDE, RECUSED}]
    return set(voted) == {BLANK} or not votes
