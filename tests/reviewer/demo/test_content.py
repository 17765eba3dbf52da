"""The invented inquiry: the same each time, invented on every page, at one with itself."""

import email
import email.policy
import hashlib
import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from reviewer.assets import resource
from reviewer.demo.content import inquiry
from reviewer.demo.plot import codes
from reviewer.method.framework import load

pytestmark = pytest.mark.slow  # writing the inquiry takes seconds

FORBIDDEN = re.compile(
    r"\bcaus(?:ed|es|ing)\b|committed suicide|\bGBH\b|London|Metropolitan", re.IGNORECASE
)


def pages(paper):
    """Return the text of each page, for every form of paper but pictures."""
    kind = paper.file_name.rpartition(".")[2]
    if kind == "pdf":
        document = pypdfium2.PdfDocument(paper.content)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        return texts
    if kind == "docx":
        with zipfile.ZipFile(BytesIO(paper.content)) as archive:
            body = archive.read("word/document.xml").decode()
        return [re.sub(r"<[^>]+>", " ", body.replace("&amp;", "&"))]
    if kind == "eml":
        return [email.message_from_bytes(paper.content, policy=email.policy.default).get_content()]
    return [paper.content.decode()]


@pytest.fixture(scope="module")
def texts(made):
    return {
        (case.reference, paper.file_name): pages(paper)
        for case in made.cases
        for paper in case.documents
        if not paper.scan
    }


def test_there_are_55_cases_with_papers_of_every_kind(made):
    assert len(made.cases) == 55
    assert len({case.reference for case in made.cases}) == 55
    assert len({case.title for case in made.cases}) == 55
    assert [c.reference for c in made.cases] == sorted(c.reference for c in made.cases)
    kinds = {p.file_name.rpartition(".")[2] for case in made.cases for p in case.documents}
    assert kinds == {"pdf", "docx", "eml", "txt", "png", "jpg"}
    assert sum(case.documents[0].title == "Cover" for case in made.cases) == 55
    assert sum(bool(case.missing) for case in made.cases) > 25
    assert sum(len(p.content) for c in made.cases for p in c.documents) < 25e6
    assert all(row["invented"] == "yes" for row in made.register_rows)


def test_the_same_seed_gives_the_same_bytes(made):
    def prints(one):
        return [
            hashlib.sha256(paper.content).hexdigest() for c in one.cases for paper in c.documents
        ]

    assert prints(inquiry()) == prints(made)


def test_every_page_says_that_it_is_invented(texts):
    assert [key for key, found in texts.items() if not all("INVENTED" in t for t in found)] == []


def test_no_page_says_what_we_never_say(texts):
    found = {key: FORBIDDEN.findall(" ".join(said)) for key, said in texts.items()}
    assert {key: words for key, words in found.items() if words} == {}


def test_no_template_is_left_unfilled(texts):
    unfilled = re.compile(r"[{}|]|\[[^\]]*\]|\.\.")
    found = {key: unfilled.findall(" ".join(said)) for key, said in texts.items()}
    assert {key: words for key, words in found.items() if words} == {}


def test_the_papers_of_a_case_agree_on_who_and_where(made, texts):
    initials = re.compile(r"\b(?:Mr|Ms) ([A-Z]\.[A-Z]\.)")
    for case in made.cases:
        said = " ".join(t for (ref, _), ts in texts.items() if ref == case.reference for t in ts)
        said = " ".join(said.split())
        assert set(initials.findall(said)) == {case.facts["initials"]}, case.reference
        others = {each.facts["first"] for each in made.cases} - {case.facts["first"]}
        assert not [name for name in others if re.search(rf"\b{name}\b", said)], case.reference
        pronoun = "she" if case.facts["he"] == "he" else "he"
        notes = [
            t for (r, f), ts in texts.items() if r == case.reference for t in ts if "log" in f
        ]
        assert not re.search(rf"\b{pronoun}\b", " ".join(notes)), case.reference


def test_a_time_that_two_papers_give_is_the_same_time(made, texts):
    """The letter names times from the log: each stands in the log too, or near what it tells."""
    row = next(case for case in made.cases if case.reference == "2010-07")
    log = texts["2010-07", "01-call-log.pdf"][0]
    letter = next(t[0] for (r, f), t in texts.items() if r == "2010-07" and "letter" in f)
    times = set(re.findall(r"\b\d\d:\d\d\b", letter))
    assert row.family == "home"
    assert times
    assert times <= set(re.findall(r"\b\d\d:\d\d\b", log))


def test_what_bears_on_a_factor_is_quoted_from_the_page_that_has_it(made, texts):
    count = 0
    for case in made.cases:
        for passage in (p for found in case.passages.values() for p in found):
            found = texts[case.reference, passage.document]
            text = found[passage.page - 1] if passage.page else " ".join(found)
            assert passage.quote in " ".join(text.split()), (case.reference, passage)
            count += 1
    assert count > 55 * 17


def test_the_factors_are_those_of_the_framework():
    assert codes() == load(resource("frameworks/commission.toml")).codes
