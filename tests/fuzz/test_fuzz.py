"""Broken files by the thousand: each is taken or refused in a sentence, at once, in little memory.

``FUZZ_SECONDS`` (8 by default) is shared by all parsers, ``nightly`` takes thirty times that;
``FUZZ_SEED`` makes other files.
"""

import contextlib
import json
import os
import re
import time

import pytest

from reviewer.crypto import envelope
from reviewer.documents.formats import excel_xml, ods, opendocument, sheet_pages, spreadsheet
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import ReviewerError
from reviewer.exchange import header, sealed_work
from reviewer.exchange.layers import open_outer
from reviewer.exchange.sheet import export_sheet, import_sheet
from reviewer.exchange.updates import changes
from reviewer.exchange.updates import header as update_header
from reviewer.exchange.updates.changes import Changes, NextRound
from reviewer.exchange.updates.header import UpdateCounts, UpdateHeader
from reviewer.intake.register import read_register
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, MemberId, new_id
from tests.fuzz.mutator import Mutator
from tests.memory import grown
from tests.reviewer.documents import old_excel, photos, test_excel_xml, test_flat, test_ods
from tests.reviewer.documents.test_confined import needs_threads
from tests.reviewer.exchange.panel import make_chair, rate_something
from tests.vectors.panel import RETURNS, load
from tests.vectors.vector import read

SECONDS = float(os.environ.get("FUZZ_SECONDS", "8"))
SEED = int(os.environ.get("FUZZ_SEED", "20261126"))
HANG = 2.0
MEMORY = 512 << 20
PARSERS = (
    "outer", "header", "work", "sheet-csv", "sheet-xlsx", "sheet-ods", "sheet-xls", "register",
    "update-header", "update-changes", "sheet-xml", "sheet-of-flat", "flat-text", "photo",
)  # fmt: skip
REGISTER = (
    "reference,title,year,documents\r\nC001,A call from a hostel,2010,a.pdf;b.pdf\r\n"
    'C002,"Found, later",2011,c.pdf\r\nC003,,2012,\r\n'
)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    panel = load()
    with panel.build(tmp_path_factory.mktemp("fuzz") / "chair.casebook") as chair:
        yield panel.forger(chair, read(RETURNS / "taken-an-honest-return.return").body)


@pytest.fixture(scope="module")
def rater(tmp_path_factory):
    with make_chair(tmp_path_factory.mktemp("rater"), rates=True) as book:
        rate_something(book)
        yield book


def _outer(frozen, rater, folder, mutator):
    plain = frozen.plain(frozen.signed())
    secret = frozen.chair.secrets.get("age receiving").decode()
    yield lambda: open_outer(envelope.lock(mutator.raw(plain), frozen.receiving), secret)


def _header(frozen, rater, folder, mutator):
    value = json.loads(frozen.signed())
    yield lambda: header.decode(mutator.json(value))


def _work(frozen, rater, folder, mutator):
    value = json.loads(frozen.work)
    chair = frozen.chair
    scope = sealed_work.Scope(
        framework=chair.about.framework,
        cases=frozenset(case.id for case in chair.cases.all()),
        documents={d.id: (d.case, d.page_count) for d in chair.documents.all()},
    )
    whose = sealed_work.Whose(casebook=value["casebook"], member=value["member"], round=1)
    yield lambda: sealed_work.decode(mutator.json(value), whose=whose, scope=scope, declared=None)


def _sheet_csv(frozen, rater, folder, mutator):
    good = folder / "good.csv"
    export_sheet(rater, good)
    text = good.read_text(encoding="utf-8-sig")
    bad = folder / "bad.csv"

    def once():
        bad.write_bytes(mutator.csv(text))
        import_sheet(rater, bad)

    yield once


def _sheet_xlsx(frozen, rater, folder, mutator):
    good = folder / "good.xlsx"
    export_sheet(rater, good)
    whole = good.read_bytes()
    yield lambda: spreadsheet.grids(mutator.zip(whole))


def _sheet_ods(frozen, rater, folder, mutator):
    cells = [test_ods.cell(words) for words in ("case", "factor", "value")]
    whole = test_ods.packed(test_ods.sheet(*[test_ods.row(*cells)] * 30))
    yield lambda: sheet_pages.pages_of(spreadsheet.read(mutator.zip(whole)))


def _sheet_xls(frozen, rater, folder, mutator):
    records = b"".join(old_excel.number(row, 1, row, old_excel.DAY) for row in range(60))
    whole = old_excel.workbook(("Log", 0, records + old_excel.text(0, 0, 0)), strings=["case"])
    yield lambda: sheet_pages.pages_of(spreadsheet.read(mutator.raw(whole)))


def _register(frozen, rater, folder, mutator):
    bad = folder / "bad.csv"

    def once():
        broken = mutator.csv(REGISTER)
        if not broken.startswith(b"PK"):  # a table of text never reaches the other process
            bad.write_bytes(broken)
            read_register(bad, None)

    yield once


def _update_header(frozen, rater, folder, mutator):
    made = UpdateHeader(
        casebook=new_id(),
        pack="ab" * 32,
        framework="cd" * 32,
        member=MemberId(new_id()),
        round=1,
        seq=1,
        prev="0" * 64,
        recipient=frozen.receiving,
        public_key="ef" * 32,
        counts=UpdateCounts(cases=1),
        length=2,
        changes="ab" * 32,
        size=0,
        journal="ab" * 32,
        at="2026-01-01T00:00:00Z",
    )
    value = json.loads(made.encode())
    yield lambda: update_header.decode(mutator.json(value))


def _update_changes(frozen, rater, folder, mutator):
    framework = frozen.chair.about.framework
    made = Changes(
        ask="Please read the new record",
        cases=tuple(
            Case(id=CaseId(new_id()), reference=f"C{n}", title="T", attributes={"year": "2010"})
            for n in range(3)
        ),
        documents=tuple(rater.documents.all()),
        states=(),
        round=NextRound(
            number=2, opened="2026-01-01T00:00:00Z", released="2026-01-01T00:00:00Z", cells=()
        ),
    )
    value = json.loads(changes.encode(made))
    factors = frozenset(framework.codes)
    points = len(framework.values)
    yield lambda: changes.decode(mutator.json(value), points=points, factors=factors)


def _sheet_xml(frozen, rater, folder, mutator):
    cells = [test_excel_xml.cell("12", "Number", StyleID="padded"), test_excel_xml.cell("case")]
    row = f'<Row ss:Hidden="1" ss:Span="1">{"".join(cells)}</Row>'
    whole = test_excel_xml.whole(test_excel_xml.sheet(*[row] * 30))
    yield lambda: sheet_pages.pages_of(excel_xml.book(mutator.raw(whole)))


def _sheet_of_flat(frozen, rater, folder, mutator):
    cells = [test_ods.cell(words) for words in ("case", "factor", "value")]
    whole = test_flat.sheets(test_ods.sheet(*[test_ods.row(*cells)] * 30))
    yield lambda: sheet_pages.pages_of(ods.flat(mutator.raw(whole)))


def _flat_text(frozen, rater, folder, mutator):
    picture = f"<draw:image>{test_flat.letters(test_flat.drawing())}</draw:image>"
    whole = test_flat.text(*["<text:p>What was said</text:p>"] * 30, test_flat.framed(picture))
    yield lambda: opendocument.flat(mutator.raw(whole))


def _photo(frozen, rater, folder, mutator):
    with Worker() as worker:
        worker.read(photos.TWO, "a.heic")  # which starts it
        yield lambda: worker.read(mutator.raw(photos.TWO), "a.heic")


MAKERS = dict(
    zip(
        PARSERS,
        (
            _outer, _header, _work, _sheet_csv, _sheet_xlsx, _sheet_ods, _sheet_xls, _register,
            _update_header, _update_changes, _sheet_xml, _sheet_of_flat, _flat_text, _photo,
        ),
        strict=True,
    )
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "parser", [pytest.param(one, marks=needs_threads if one == "photo" else ()) for one in PARSERS]
)
@pytest.mark.parametrize("long", [1, pytest.param(30, marks=pytest.mark.nightly)])
def test_no_broken_file_does_more_than_be_refused(parser, long, frozen, rater, tmp_path):
    mutator = Mutator(SEED)
    making = MAKERS[parser](frozen, rater, tmp_path, mutator)
    once = next(making)
    said: dict[str, int] = {}
    tried, worst = 0, 0.0
    busy = time.process_time  # of this process alone: the worker has a limit of its own
    end = time.perf_counter() + long * SECONDS / len(PARSERS)
    with grown(at_most=MEMORY):
        while time.perf_counter() < end or tried < 20:
            tried, start = tried + 1, busy()
            with contextlib.suppress(Refused):
                try:
                    once()
                except ReviewerError as refusal:
                    said[str(refusal)] = said.get(str(refusal), 0) + 1
            worst = max(worst, busy() - start)
    print(f"\n{parser}: {tried:,} tried, worst {worst * 1000:.0f} ms")  # noqa: T201
    assert worst < HANG
    assert [words for words in said if not re.search(r"[a-z]{3}.*[.:]", words, re.DOTALL)] == []
    if not parser.startswith(("sheet-x", "sheet-o", "flat-")):
        assert sum(said.values()) > tried / 2, "the mutator breaks too little"
