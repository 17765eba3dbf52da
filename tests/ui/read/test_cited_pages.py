"""What others cited in the round before, as a sheet names it."""

import pytest

from reviewer.records.cases import Document
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.updates import CitedPage
from ui.rooms.read.queries import _cited

PDF, SOUND = "application/pdf", "audio/mpeg"
NAMED = {
    "a page": (PDF, 3, 1, "Call p.3"),
    "a page that several cite": (PDF, 3, 2, "Call p.3 (2 times)"),
    "a recording": (SOUND, 1, 1, "Call"),
    "a recording that several cite": (SOUND, 1, 4, "Call (4 times)"),
}


@pytest.mark.parametrize("what", NAMED)
def test_a_page_has_its_number_and_a_recording_none(what):
    media, page, times, named = NAMED[what]
    document = Document(
        id=DocumentId("d"),
        case=CaseId("c"),
        title="Call",
        sha256="",
        media=media,
        size=1,
        page_count=3,
    )
    cited = CitedPage(document=document.id, page=page, times=times)
    assert _cited(cited, document) == named


def test_a_document_that_is_gone_is_cited_all_the_same():
    cited = CitedPage(document=DocumentId("d"), page=2, times=1)
    assert _cited(cited, None) == "Document p.2"
