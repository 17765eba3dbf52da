"""Late records and a second round by commands alone, as a script would do them."""

import pytest


@pytest.fixture
def files(tmp_path):
    """A register of two cases with a document each, and passphrase files."""
    for name in ("C-1", "C-2"):
        (tmp_path / f"{name}.txt").write_text(f"What was written of {name}.\n" * 9, "utf-8")
    rows = ("reference,title,document", "C-1,First,C-1.txt", "C-2,Second,C-2.txt")
    (tmp_path / "cases.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "own.txt").write_text("another good passphrase\n", "utf-8")
    (tmp_path / "late.txt").write_text("A statement that came late.\n", "utf-8")
    (tmp_path / "better.txt").write_text("The page that was missing.\n", "utf-8")
    for name in ("sticks", "updates", "returns"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def job(reviewer, files):
    """A chair's casebook, and one issued to each of three."""
    file, secret = files / "inquiry.casebook", files / "own.txt"
    assert reviewer("new", file, "--title", "T", "--chair", "A. Chair").code == 0
    assert reviewer("import", file, "--register", files / "cases.csv").code == 0
    packs = {}
    for name in ("B. One", "C. Two", "D. Three"):
        said = reviewer(
            "issue", file, "--member", name, "--to", files / "sticks",
            "--member-passphrase-file", secret, "--json",
        )  # fmt: skip
        packs[name] = said.data["casebook"]
    return file, packs, secret


def test_late_corrected_and_withdrawn_documents_reach_a_panellist(reviewer, files, job):
    file, packs, secret = job
    own = ("--passphrase-file", secret)
    assert reviewer("import", file, "--case", "C-1", files / "late.txt").code == 0
    said = reviewer(
        "correct", file, files / "better.txt", "--case", "C-1", "--document", "C-1",
        "--reason", "a page was missing", "--json",
    )  # fmt: skip
    assert said.data["pages"] == 1
    assert reviewer("withdraw", file, "--case", "C-2", "--document", "C-2").code == 2
    said = reviewer(
        "withdraw", file, "--case", "C-2", "--document", "C-2", "--reason", "a child", "--json"
    )
    assert said.data["withdrawn"]
    assert reviewer("describe", file, "--case", "C-2", "--title", "Better").code == 0
    look = reviewer("update", file, "--all", "--json").data["updates"]
    assert [(one["documents"], one["replaced"], one["withdrawn"]) for one in look] == [
        (1, 1, 1)
    ] * 3
    said = reviewer("update", file, "--member", "B. One", "--to", files / "updates", "--json")
    update = said.data["written"][0]["update"]
    assert said.data["written"][0]["seq"] == 1
    said = reviewer("apply", packs["B. One"], update, "--preview", "--json", *own)
    assert (said.data["applied"], said.data["corrected"]) == (False, 1)
    said = reviewer("apply", packs["B. One"], update, "--json", *own)
    assert (said.data["applied"], said.data["withdrawn"], said.data["worded"]) == (True, 1, 1)
    assert reviewer("apply", packs["B. One"], update, "--json", *own).data["already"]
    told = reviewer("cases", packs["B. One"], "--json", *own).data["cases"]  # in B. One's order
    cases = sorted(told, key=lambda case: case["reference"])
    assert [d["standing"] for d in cases[0]["documents"]] == ["replaced", "current", "current"]
    assert cases[1]["title"] == "Better"
    assert any("a page was missing" in line for line in cases[0]["changed"])
    refused = reviewer("apply", packs["C. Two"], update, "--json", *own)
    assert refused.code == 2
    assert refused.data["error"]["kind"] == "Return"


def test_a_second_round_goes_round_by_commands(reviewer, files, job):
    file, packs, secret = job
    own = ("--passphrase-file", secret)
    head = "case,factor,value,confidence,comment,evidence,record\n"
    for value, pack in zip((0, 3, 4), packs.values(), strict=True):
        row = f"C-1,SYS-CALL,{value},high,Because,{'p.1' if value else ''},\n"
        (files / "sheet.csv").write_text(head + row, "utf-8")
        assert reviewer("sheet", pack, "--import", files / "sheet.csv", *own).code == 0
        assert reviewer("seal", pack, *own).code == 0
        sent = reviewer("return", pack, "--to", files / "returns", "--json", *own).data["return"]
        assert reviewer("merge", file, sent).code == 0
    assert reviewer("round", file, "--open").code == 2
    assert reviewer("release", file).code == 0
    assert [c["factor"] for c in reviewer("round", file, "--json").data["agenda"]] == ["SYS-CALL"]
    (files / "cells.csv").write_text("case,factor\nC-1,SYS-CUST\n", "utf-8")
    before = reviewer("round", file, "--cells", files / "cells.csv")
    assert (before.code, "C-1, SYS-CUST is not on the agenda" in before.err) == (2, True)
    assert reviewer("round", file, "--open", "--json").data["round"] == 2
    assert reviewer("round", file, "--cells", files / "cells.csv").code == 2  # of no later round
    assert reviewer("status", file, "--json").data["results"] == 1
    said = reviewer("update", file, "--all", "--to", files / "updates", "--json")
    updates = {one["member"]["name"]: one["update"] for one in said.data["written"]}
    assert len(updates) == 3
    for name, pack in packs.items():
        assert reviewer("apply", pack, updates[name], *own).code == 0
        told = reviewer("round", pack, "--json", *own).data["agenda"]
        assert sum(told[0]["points"]) == 2
        blank = reviewer("sheet", pack, "--export", files / f"{name}.csv", *own)
        assert "Wrote 1 row to" in blank.out
        row = "C-1,SYS-CALL,3,high,I read it again,p.1,\n"
        (files / "again.csv").write_text(head + row, "utf-8")
        assert reviewer("sheet", pack, "--import", files / "again.csv", *own).code == 0
        assert ": 1 rating, 0 left blank." in reviewer("seal", pack, *own).out
        sent = reviewer("return", pack, "--to", files / "returns", "--json", *own).data["return"]
        assert reviewer("merge", file, sent, "--json").data["verdicts"][0]["verdict"] == "received"
    ledger = reviewer("release", file, "--json").data["ledger"]
    assert all(line["declared"] == line["opened"] == line["stored"] for line in ledger)
    assert reviewer("verify", file).code == 0
    assert reviewer("status", file, "--json").data["results"] == 2


def test_further_cases_go_to_each_one_named_and_only_with_the_updates(reviewer, files, job):
    file, _, secret = job
    for name in ("B. One", "C. Two"):
        said = reviewer(
            "issue", file, "--member", name, "--to", files / "sticks", "--again", "--cases", "C-1",
            "--member-passphrase-file", secret,
        )  # fmt: skip
        assert said.code == 0
    to = ("--to", files / "updates", "--json")
    look = reviewer("update", file, "--all", "--cases", "C-2")
    assert (look.code, "--to FOLDER" in look.err) == (2, True)
    before = reviewer("update", file, "--all", "--json").data["updates"]
    assert [one["cases"] for one in before] == [0, 0, 0]
    said = reviewer("update", file, "--all", "--cases", "C-2", *to).data
    assert [one["documents"] for one in said["written"]] == [1, 1]
    assert said["nothing_new"] == ["D. Three"], "who has every case has this one"
    strange = reviewer("update", file, "--member", "B. Won")
    assert (strange.code, "anybody called B. Won" in strange.err) == (2, True)


def test_a_document_in_the_wrong_case_is_moved_before_it_is_issued(reviewer, files, job):
    file, _, _ = job
    assert reviewer("import", file, "--case", "C-1", files / "late.txt").code == 0
    move = ("move", file, "--case", "C-1", "--to-case", "C-2", "--json")
    said = reviewer(*move, "--document", "late", "--reason", "it is the other's")
    assert (said.data["from_case"], said.data["case"]) == ("C-1", "C-2")
    listed = reviewer("cases", file, "--json").data["cases"]
    assert [len(one["documents"]) for one in listed] == [1, 2]
    said = reviewer(*move, "--document", "C-1", "--reason", "it is the other's")
    assert (said.code, said.data["error"]["kind"]) == (2, "State")
    assert "went to panellists in case C-1" in said.data["error"]["sentence"]


def test_a_case_and_a_members_name_are_put_right(reviewer, files, job):
    file, packs, secret = job
    said = reviewer(
        "case", file, "--case", "C-1", "--reference", "C-01", "--title", "The first",
        "--attribute", "borough=Northmoor", "--json",
    )  # fmt: skip
    assert (said.data["before"], said.data["case"]) == ("C-1", "C-01")
    assert said.data["attributes"] == {"borough": "Northmoor"}
    assert reviewer("case", file, "--case", "C-01", "--reference", "C-2").code == 2
    assert reviewer("case", file, "--case", "C-01", "--attribute", "borough").code == 2
    assert reviewer("case", file, "--case", "C-01").code == 2
    said = reviewer("member", file, "--member", "B. One", "--rename", "Bea One", "--json")
    assert (said.data["before"], said.data["name"]) == ("B. One", "Bea One")
    said = reviewer("member", file, "--member", "C. Two", "--remove", "--json")
    assert (said.data["name"], said.data["removed"]) == (None, True)
    assert reviewer("member", file, "--member", "C. Two", "--remove").code == 2
    assert reviewer("member", file, "--member", "Bea One").code == 2
    written = reviewer("update", file, "--member", "Bea One", "--to", files / "updates", "--json")
    update = written.data["written"][0]["update"]
    own = ("--passphrase-file", secret)
    said = reviewer("apply", packs["B. One"], update, "--json", *own)
    assert said.data["cases"][0]["changes"][0] == "It was called C-1 before."
    listed = reviewer("cases", packs["B. One"], "--json", *own).data["cases"]
    assert sorted(one["reference"] for one in listed) == ["C-01", "C-2"]


def test_a_corrected_register_is_taken_only_when_told(reviewer, files, job):
    file, _, _ = job
    rows = ("reference,title,document", "C-1,First of all,C-1.txt", "C-2,Second,C-2.txt")
    (files / "cases.csv").write_text("\n".join(rows) + "\n", "utf-8")
    again = ("import", file, "--register", files / "cases.csv", "--json")
    said = reviewer(*again).data
    assert said["differences"] == [
        {"case": "C-1", "what": "title", "here": "First", "register": "First of all"}
    ]
    assert not said["differences_taken"]
    told = reviewer(*again[:-1]).out
    assert "--take-differences" in told
    assert reviewer(*again, "--take-differences").data["differences_taken"]
    assert reviewer("cases", file, "--json").data["cases"][0]["title"] == "First of all"


def test_several_are_issued_at_once_and_what_went_and_came_is_told(reviewer, files, job):
    file, _, _ = job
    (files / "slips").mkdir()
    where = ("--to", files / "sticks", "--slip-to", files / "slips", "--json")
    said = reviewer("issue", file, "--member", "E. Five", "--member", "F. Six", *where)
    assert [one["member"]["name"] for one in said.data["issued"]] == ["E. Five", "F. Six"]
    assert len(list((files / "slips").iterdir())) == 2
    said = reviewer("issue", file, "--member", "E. Five", "--member", "G. Seven", *where)
    assert said.code == 2
    assert [one["member"]["name"] for one in said.data["issued"]] == ["G. Seven"]
    assert [one["member"] for one in said.data["refused"]] == ["E. Five"]
    members = {one["name"]: one for one in reviewer("status", file, "--json").data["members"]}
    (given,) = members["G. Seven"]["casebooks"]
    assert (files / "sticks" / given["file"]).is_file()
    assert (given["counts"], given["updates"]) == (True, [])
    assert given["file"] in reviewer("status", file).out


def test_all_means_those_to_whom_an_update_brings_something(reviewer, files, job):
    file, _, _ = job
    to = ("--to", files / "updates", "--json")
    said = reviewer("update", file, "--all", *to)
    assert (said.code, said.data["written"]) == (0, [])
    assert said.data["nothing_new"] == ["B. One", "C. Two", "D. Three"]
    assert len(reviewer("update", file, "--member", "B. One", *to).data["written"]) == 1
    said = reviewer("update", file, "--all", "--ask", "a page in C-1", *to)
    assert len(said.data["written"]) == 3
