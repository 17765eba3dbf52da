"""The stand-alone verifier: one file, Python's standard library, nothing of ours on its path."""

import copy
import json
import subprocess
import sys

import pytest

from reviewer.assets import resource
from reviewer.exchange.journal import VERIFIER, journal_export
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import seal
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.reviewer.exchange.panel import (
    issue_to,
    make_chair,
    open_it,
    rate_something,
    returned,
)
from tests.reviewer.reports.whole import summary_json


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """{name: data} of a chair's journal, a panellist's, and the summary; and a receipt's code."""
    folder = tmp_path_factory.mktemp("exports")
    with make_chair(folder, rates=True, cases=3) as chair:
        packs = [issue_to(chair, name, folder) for name in ("Bo", "Cy")]
        receive(chair, [returned(pack, folder, at) for at, pack in enumerate(packs)])
        code = " ".join(chair.receipt.lines)
        rate_something(chair, 1)
        seal(chair)
        release(chair)
        files = {
            "chair.json": journal_export(chair),
            "summary.json": summary_json(consolidate(gather(chair), resamples=20)),
        }
    with open_it(packs[0]) as own:
        files["panellist.json"] = journal_export(own)
    return {name: json.loads(data) for name, data in files.items()}, code


@pytest.fixture
def verify(tmp_path):
    """Run the verifier in a Python that sees no site packages and none of our folders."""

    def run(files, *receipts):
        for name, data in files.items():
            (tmp_path / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        more = [word for code in receipts for word in ("--receipt", code)]
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "error", str(resource(VERIFIER)), *files, *more],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={},
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


def test_it_needs_nothing_and_finds_nothing_in_honest_exports(exports, verify):
    files, code = exports
    assert verify(files, code) == (
        0,
        "Nothing contradicts: chair.json, summary.json, panellist.json\n",
    )
    assert len(resource(VERIFIER).read_text(encoding="utf-8").splitlines()) <= 160


def test_no_score_comment_or_title_is_in_a_journal(exports):
    files, _ = exports
    for name in ("chair.json", "panellist.json"):
        text = json.dumps(files[name], ensure_ascii=False)
        for word in ("Quite clear", "Story", "Case 1", "custody log", "Record of", "Test inquiry"):
            assert word not in text, (name, word)


def cells(data):
    return [rating for cell in data["cells"] for rating in cell["ratings"]]


def _score(files):
    next(r for r in cells(files["summary.json"]) if r["value"] == 0)["value"] = 4


def _score_and_its_cell(files):
    """A careful cheat counts the cell again, but the score of another is taken away."""
    summary = files["summary.json"]
    cell = next(cell for cell in summary["cells"] if cell["n"] >= 2)
    gone = next(r for r in cell["ratings"] if r["value"] is not None)
    cell["ratings"].remove(gone)
    values = sorted(r["value"] for r in cell["ratings"] if r["value"] is not None)
    cell["n"] = len(values)
    half = len(values) // 2
    cell["median"] = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
    cell["distribution"] = [values.count(point) for point in range(5)]


def _ledger(files):
    for line in files["summary.json"]["ledger"]:
        line["declared"] = line["opened"] = line["stored"] = 0


def _header(files):
    one = files["summary.json"]["record"]["returns"][0]
    one["header"] = one["header"].replace('"seq":', '"seq":1')


def _member(files):
    files["summary.json"]["members"][0]["returned"] = False


def _other_release(files):
    files["summary.json"]["record"]["journal"]["entry"] -= 1


def _entry(files):
    files["chair.json"]["entries"][5][1] = "2020-01-01T00:00:00Z"


def _cut_inside(files):
    del files["chair.json"]["entries"][5]


def _head(files):
    files["chair.json"]["journal"]["head"] = "0" * 64


def _return_hidden(files):
    del files["chair.json"]["returns"][0]


def _return_put_in(files):
    files["chair.json"]["returns"].append(copy.deepcopy(files["chair.json"]["returns"][0]))
    files["chair.json"]["returns"][-1]["digest"] = "0" * 64


def _seal_hidden(files):
    files["panellist.json"]["sealed"] = []


def _not_ours(files):
    files["chair.json"] = {"format": "something"}


def _deep(files):
    del files["chair.json"]["entries"][3][2:]


@pytest.mark.parametrize(
    "tamper",
    [
        _score, _score_and_its_cell, _ledger, _header, _member, _other_release, _entry,
        _cut_inside, _head, _return_hidden, _return_put_in, _seal_hidden, _not_ours, _deep,
    ],
)  # fmt: skip
def test_it_finds_what_was_tampered_with(exports, verify, tamper):
    files = copy.deepcopy(exports[0])
    tamper(files)
    code, said = verify(files)
    assert code == 2, said
    assert "Nothing contradicts" not in said


def test_a_receipt_finds_a_journal_that_was_cut_and_a_typing_error_is_named(exports, verify):
    files, code = exports
    journal = copy.deepcopy(files["chair.json"])
    kept = int(code.replace(" ", "")[8:16], 16) - 1
    journal["entries"] = journal["entries"][:kept]
    journal["journal"] = {"entries": kept, "head": journal["entries"][-1][8]}
    alone = {"chair.json": journal | {"returns": [], "sealed": []}}
    assert "older or was cut short" in verify(alone, code)[1]
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    assert verify({"chair.json": files["chair.json"]}, wrong) == (
        2,
        "the receipt was not typed as printed (leave out the line numbers)\n",
    )
    assert verify({"panellist.json": files["panellist.json"]}, code)[0] == 2


def test_what_is_no_export_is_said_and_not_a_traceback(verify, tmp_path):
    (tmp_path / "text.json").write_text("no json")
    for name, data in (("a.json", []), ("b.json", {}), ("c.json", {"format": "reviewer-journal"})):
        code, said = verify({name: data})
        assert code == 2
        assert said.startswith("not as Reviewer writes")
