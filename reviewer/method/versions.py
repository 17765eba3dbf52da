"""A framework against the version before it: what became of each factor, and what carries over.

A rating answers the question that was asked. So it carries over where the question is the very
same, word for word, with the same scale, the same need of evidence and the same reasons; nothing
is ever computed from an older answer, and what is reworded, split or joined is asked again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.errors import FrameworkError
from reviewer.messages import say
from reviewer.method.files import FrameworkFile
from reviewer.method.framework import Factor, Framework
from reviewer.method.mapped import Fate, Link
from reviewer.method.wording import Piece, compare_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """What of a factor reads otherwise: ``field`` is name, definition or group."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What became of the factors ``old``, by codes, and which ones are there for them.

    ``words`` tell what reads otherwise, of what is kept or reworded. ``carries`` says whether a
    rating of it stands. ``doubt`` is a sentence, or "": that a code may stand for another factor.
    """

    fate: Fate
    old: tuple[str, ...]
    new: tuple[str, ...]
    words: tuple[Worded, ...] = ()
    carries: bool = False
    doubt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two versions compared; ``differs`` are sentences about what is not of one factor alone.

    ``asks_otherwise`` says that the scale, the evidence or the reasons are others, so that no
    rating carries over.
    """

    rows: tuple[Row, ...]
    differs: tuple[str, ...]
    asks_otherwise: bool

    @property
    def carries(self) -> tuple[str, ...]:
        """The codes of the factors whose ratings stand."""
        return tuple(row.new[0] for row in self.rows if row.carries)

    @property
    def counts(self) -> dict[Fate, int]:
        """How many factors of the old version each fate has; of ``NEW``, of the new one."""
        found = Counter[Fate]()
        for row in self.rows:
            found[row.fate] += len(row.new if row.fate is Fate.NEW else row.old)
        return {fate: found[fate] for fate in Fate}


def compare(new: Framework, old: Framework, file: FrameworkFile | None = None) -> Comparison:
    """Return ``new`` against ``old``; ``file`` is that of ``new``, for its mapping.

    What no mapping tells of is kept or reworded where the code is there still, dropped where it is
    not, and new. Raises ``FrameworkError`` where the mapping is not one from ``old``.
    """
    links = _declared(file, new, old) if file is not None else []
    otherwise = list(_otherwise(new, old))
    told = {code for link in links for code in (*link.old, *link.new)}
    kept = {code for link in links if link.fate == Fate.KEPT for code in link.old}
    before = {one.code: one for one in old.factors}
    after = {one.code: one for one in new.factors}
    rows = [
        Row(fate=Fate(link.fate), old=link.old, new=link.new)
        for link in links
        if link.fate not in {Fate.KEPT, Fate.REWORDED}
    ]
    moved = {row.old[0] if row.old else "": row for row in rows}
    found: list[Row] = []
    for code, factor in before.items():
        if code in moved:
            found.append(moved[code])
        elif code in after:
            row = _same_code(factor, after[code], carry=not otherwise)
            found.append(replace(row, doubt=_doubt(row, factor, after[code], told, kept)))
        elif code not in told:
            found.append(Row(fate=Fate.DROPPED, old=(code,), new=()))
    come = {code for row in rows for code in row.new}
    found += [
        Row(fate=Fate.NEW, old=(), new=(code,))
        for code in after
        if code not in before and code not in come
    ]
    return Comparison(
        rows=tuple(found),
        differs=(*otherwise, *_beside(new, old), *_unasked(file, old)),
        asks_otherwise=bool(otherwise),
    )


def _declared(file: FrameworkFile, new: Framework, old: Framework) -> list[Link]:
    """Return the mapping of a file, cut to the factors that are asked for in either version."""
    if not file.mapping:
        return []
    if file.replaces != old.version or new.id != old.id:
        raise FrameworkError(
            say(
                "The mapping of {id} leads from version {replaces} of it, and this is version"
                " {version} of {other}.",
                id=new.id,
                replaces=file.replaces,
                version=old.version,
                other=old.id,
            )
        )
    return [
        Link(link.fate, asked, tuple(code for code in link.new if code in new.codes))
        for link in file.mapping
        if (asked := tuple(code for code in link.old if code in old.codes))
    ]


def _unasked(file: FrameworkFile | None, old: Framework) -> Iterator[str]:
    """Yield which codes of a mapping the older version does not ask: extended, or misspelt."""
    links = file.mapping if file is not None else ()
    gone = [code for link in links for code in link.old if code not in old.codes]
    if gone:
        yield say(
            "The mapping leads from {codes} too, which version {version} does not ask here.",
            codes=", ".join(gone[:8]),
            version=old.version,
        )


def _same_code(old: Factor, new: Factor, *, carry: bool) -> Row:
    """Return what became of a factor that has its code still."""
    words = tuple(
        Worded(field=field, pieces=compare_words(before, after))
        for field, before, after in (
            ("name", old.name, new.name),
            ("definition", old.definition, new.definition),
            ("group", old.group, new.group),
        )
        if before.split() != after.split()
    )
    asked = [one for one in words if one.field != "group"]
    return Row(
        fate=Fate.REWORDED if asked else Fate.KEPT,
        old=(old.code,),
        new=(new.code,),
        words=words,
        carries=carry and not asked,
    )


def _doubt(row: Row, old: Factor, new: Factor, told: set[str], kept: set[str]) -> str:
    """Return why a code may stand for another factor now, or ""."""
    if row.fate is Fate.KEPT:
        return ""
    if new.code in kept:
        return say(
            "The mapping says that {code} is kept, and its words are others.", code=new.code
        )
    if new.code in told or _shared(old, new):
        return ""
    return say(
        "{code} has no word of its name or definition left. If it is another factor, give it a new"
        " code: a code once used is not used again. If it is not, let the mapping say “reworded”.",
        code=new.code,
    )


def _shared(old: Factor, new: Factor) -> bool:
    """Whether two factors share a word of four letters or more in their names or definitions."""
    before, after = (
        {word for word in f"{one.name} {one.definition}".casefold().split() if len(word) > 3}
        for one in (old, new)
    )
    return bool(before & after)


def _otherwise(new: Framework, old: Framework) -> Iterator[str]:
    """Yield why no rating carries over, whatever its factor."""
    if new.scale != old.scale:
        yield say("The scale is another one: no rating carries over.")
    if new.thresholds.evidence != old.thresholds.evidence:
        yield say("Another point needs evidence: no rating carries over.")
    if _said(new) != _said(old):
        yield say("The reasons read otherwise: no rating carries over.")


def _said(framework: Framework) -> Sequence[tuple[str, str, str]]:
    return [(one.reason.value, one.label, one.anchor) for one in framework.reasons]


def _beside(new: Framework, old: Framework) -> Iterator[str]:
    """Yield what else is another: it changes how ratings count, not what they answer."""
    if (new.thresholds.possible, new.thresholds.counts) != (
        old.thresholds.possible,
        old.thresholds.counts,
    ):
        yield say("A case counts from another point of the scale.")
    if [group.code for group in new.groups] != [group.code for group in old.groups]:
        yield say("The groups are others, so what they roll up to is not the same.")
    elif new.groups != old.groups:
        yield say("Groups are named or marked otherwise.")
