"""Which marks are shown, under which heads, in which order. Pure values."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.messages import plural, say
from reviewer.method.framework import Framework
from reviewer.pagetext.breaks import plain
from reviewer.records.ids import CaseId
from reviewer.records.own_marks import OwnMark
from ui.rooms.my_marks.material import Material

LOOSE = ""  # the group of what is not attached
_MOST_AGENCIES = 3


class By(StrEnum):
    """What marks are grouped by."""

    FACTOR = "factor"
    CASE = "case"
    DOCUMENT = "document"
    DAY = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which marks are wanted: of one case or all (""), not of ``without``, with all of ``words``.

    ``groups`` and ``kinds`` are those that are left out; ``moved`` wants those alone whose
    document was replaced and of which nothing was said yet.
    """

    case: str = ""
    groups: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    words: str = ""
    moved: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The line over some marks: ``group`` colours it, ``dots`` are its documents.

    ``value`` is the reader's rating, None where there is none or not one alone; ``loose`` where
    its marks support nothing.
    """

    key: str
    title: str
    count: int
    aside: str = ""
    group: str = ""
    dots: int = 0
    value: int | None = None
    loose: bool = False
    folded: bool = False

    @property
    def spoken(self) -> str:
        """The line as a sentence."""
        marks = plural("{count:,} mark", "{count:,} marks", count=self.count)
        rated = say("rated {value}", value=self.value) if self.value is not None else ""
        folded = say("folded") if self.folded else ""
        return ", ".join(part for part in (self.title, marks, rated, self.aside, folded) if part)


Row = Head | OwnMark


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many marks of each case, group and kind there are: each column adds up to ``all``."""

    all: int
    cases: tuple[tuple[CaseId, str, int], ...]
    groups: Counter[str]
    kinds: Counter[str]
    moved: int = 0


def homes(framework: Framework) -> Callable[[OwnMark], str]:
    """Return what tells the group of the first factor that a mark supports, in order."""
    places = {factor.code: (n, factor.group) for n, factor in enumerate(framework.factors)}
    known: dict[tuple[str, ...], str] = {}

    def home(mark: OwnMark) -> str:
        if mark.factors not in known:
            found = sorted(places[code] for code in mark.factors if code in places)
            known[mark.factors] = found[0][1] if found else LOOSE
        return known[mark.factors]

    return home


def counted(marks: Sequence[OwnMark], case: str, framework: Framework) -> Counts:
    """Count all marks by case, and those of one case (or of all) by group and kind."""
    home = homes(framework)
    cases: dict[CaseId, tuple[str, int]] = {}
    for mark in marks:
        cases[mark.case] = (mark.reference, cases.get(mark.case, ("", 0))[1] + 1)
    some = [mark for mark in marks if not case or mark.case == case]
    return Counts(
        all=len(some),
        cases=tuple((one, reference, count) for one, (reference, count) in cases.items()),
        groups=Counter(map(home, some)),
        kinds=Counter(mark.kind for mark in some),
        moved=sum(bool(mark.newer) for mark in some),
    )


def chosen(
    marks: Iterable[OwnMark],
    wanted: Wanted,
    framework: Framework,
    *,
    fold: Callable[..., str],
    kept: str = "",
) -> list[OwnMark]:
    """Return the marks that are wanted, and the one whose id is ``kept``, in their order.

    ``fold`` does, and may remember, what ``folded_text`` does.
    """
    home, words = homes(framework), plain(wanted.words).split()
    return [
        mark
        for mark in marks
        if mark.id == kept
        or (
            (not wanted.case or mark.case == wanted.case)
            and mark.kind not in wanted.kinds
            and (not wanted.moved or mark.newer)
            and (not wanted.groups or home(mark) not in wanted.groups)
            and (not words or _holds(mark, words, fold))
        )
    ]


def rows_of(
    marks: Sequence[OwnMark],
    by: By,
    material: Material,
    framework: Framework,
    folded: AbstractSet[str] = frozenset(),
    *,
    kept: str = "",
) -> list[Row]:
    """Return heads and marks; under a folded head all are left out but that with id ``kept``."""
    found: list[Row] = []
    for head, under in _GROUPED[by](marks, material, framework):
        shut = head.key in folded
        found.append(replace(head, folded=True) if shut else head)
        found += [mark for mark in under if mark.id == kept] if shut else under
    return found


Grouped = list[tuple[Head, list[OwnMark]]]


def _by_factor(marks: Sequence[OwnMark], material: Material, framework: Framework) -> Grouped:
    under: dict[str, list[OwnMark]] = {factor.code: [] for factor in framework.factors}
    loose = []
    for mark in marks:
        known = [code for code in mark.factors if code in under]
        for code in known:
            under[code].append(mark)
        if not known:
            loose.append(mark)
    found: Grouped = [
        (
            Head(
                key=factor.code,
                title=factor.name,
                count=len(under[factor.code]),
                aside=_sources(under[factor.code]),
                group=factor.group,
                dots=len({mark.document for mark in under[factor.code]}),
                value=_value(under[factor.code], factor.code, material),
            ),
            under[factor.code],
        )
        for factor in framework.factors
        if under[factor.code]
    ]
    if loose:
        head = Head(
            key=LOOSE,
            title=say("Not attached to a factor"),
            count=len(loose),
            aside=say("These stay with you: only attached marks go with your return"),
            loose=True,
        )
        found.append((head, loose))
    return found


def _by_case(marks: Sequence[OwnMark], _material: Material, _framework: Framework) -> Grouped:
    return _under(marks, lambda mark: (mark.case, mark.reference))


def _by_document(marks: Sequence[OwnMark], _material: Material, _framework: Framework) -> Grouped:
    return _under(marks, lambda mark: (mark.document, f"{mark.title} \u00b7 {mark.reference}"))


def _by_day(marks: Sequence[OwnMark], _material: Material, _framework: Framework) -> Grouped:
    newest = sorted(marks, key=lambda mark: mark.made[:10], reverse=True)
    return _under(newest, lambda mark: (mark.made[:10], mark.made[:10] or say("Day not known")))


_GROUPED = {
    By.FACTOR: _by_factor,
    By.CASE: _by_case,
    By.DOCUMENT: _by_document,
    By.DAY: _by_day,
}


def _under(marks: Sequence[OwnMark], of: Callable[[OwnMark], tuple[str, str]]) -> Grouped:
    under: dict[tuple[str, str], list[OwnMark]] = {}
    for mark in marks:
        under.setdefault(of(mark), []).append(mark)
    return [
        (
            Head(
                key=f"at {key}",
                title=title,
                count=len(some),
                aside=_sources(some),
                dots=len({mark.document for mark in some}),
            ),
            some,
        )
        for (key, title), some in under.items()
    ]


def _sources(marks: Sequence[OwnMark]) -> str:
    """Return how many documents these are on, and whose: counted, never scored."""
    documents = plural(
        "{count:,} document", "{count:,} documents", count=len({m.document for m in marks})
    )
    agencies = list(dict.fromkeys(mark.agency for mark in marks if mark.agency))
    if not agencies:
        return documents
    named = ", ".join(agencies[:_MOST_AGENCIES])
    if len(agencies) > _MOST_AGENCIES:
        named = say("{named} and others", named=named)
    return say("{documents}: {agencies}", documents=documents, agencies=named)


def _value(marks: Sequence[OwnMark], factor: str, material: Material) -> int | None:
    cases = {mark.case for mark in marks}
    return material.ratings.get((marks[0].case, factor)) if len(cases) == 1 else None


def _holds(mark: OwnMark, words: Sequence[str], fold: Callable[..., str]) -> bool:
    whole = fold(mark.quote, mark.note, mark.title, mark.reference)
    return all(word in whole for word in words)


def folded_text(*parts: str) -> str:
    """Return texts as words are looked for in them: without case and accents."""
    return plain("\n".join(parts))
