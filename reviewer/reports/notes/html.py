"""One's own marks and notes as one web page: no program, no address, nothing that is loaded."""

from collections.abc import Iterator
from html import escape

from reviewer.reports import phrases
from reviewer.reports.notes.model import CaseNotes, OwnNotes, Passage

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 serif; max-width: 44em; margin: 2em auto; padding: 0 1em; color: #20272e }}
h1, h2, h3, .banner, .below {{ font-family: sans-serif }}
.banner {{ background: #5b2a6e; color: #fff; text-align: center; padding: .3em; font-size: .8em }}
h2 {{ border-top: 1px solid #e2ddd2; padding-top: 1em; font-size: 1.2em }}
h3 {{ font-size: 1em; margin-bottom: .3em }}
blockquote {{ margin: .4em 0 1em 1em }}
.below {{ color: #55606b; font-size: .8em }}
p {{ white-space: pre-wrap; margin: .2em 0 }}
</style>
</head>
<body>
"""


def notes_html(notes: OwnNotes, sentence: str) -> bytes:
    """Return the notes as a page in UTF-8; ``sentence`` is said at its head."""
    return "".join(_page(notes, sentence)).encode("utf-8", "replace")


def _page(notes: OwnNotes, sentence: str) -> Iterator[str]:
    yield _HEAD.format(title=escape(f"{notes.title}, {notes.inquiry}"))
    marking = [notes.marking, phrases.PANEL_ONLY, phrases.INVENTED if notes.invented else ""]
    yield _line("div", " \u00b7 ".join(part for part in marking if part), "banner")
    yield _line("h1", notes.title)
    yield _line("p", f"{notes.inquiry} \u00b7 {notes.counted}")
    yield _line("p", sentence)
    for case in notes.cases:
        yield from _case(case)
    yield "</body>\n</html>\n"


def _case(case: CaseNotes) -> Iterator[str]:
    yield _line("h2", case.title)
    for head, words in case.texts:
        yield _line("h3", head)
        yield _line("p", words)
    for section in case.sections:
        yield _line("h3", section.title)
        if section.comment:
            yield _line("p", section.comment)
        for passage in section.passages:
            yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    yield "<blockquote>\n"
    if passage.quote:
        yield _line("p", f"\u201c{passage.quote}\u201d")
    facts = [passage.citation, passage.facts]
    yield _line("p", " \u00b7 ".join(part for part in facts if part), "below")
    if passage.note:
        yield _line("p", passage.note)
    yield "</blockquote>\n"


def _line(tag: str, words: str, kind: str = "") -> str:
    of = f' class="{kind}"' if kind else ""
    return f'<{tag}{of} dir="auto">{escape(words)}</{tag}>\n'
