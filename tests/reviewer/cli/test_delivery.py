"""A delivery on the command line."""

import pytest

from tests.books import chair_book


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    return path


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "disclosure 3"
    for path, text in {
        "2010-01/police/log.txt": "The call log",
        "2010-02/police/log.txt": "Another call log",
        "misc/note.txt": "A note",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_a_dry_run_prints_the_table_and_writes_nothing(reviewer, file, folder, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\npath = "{case}/{agency}/**"\n[agencies]\npolice = "Police"\n')
    before = file.read_bytes()
    said = reviewer("import", file, "--folder", folder, "--rules", rules, "--dry-run", "--json")
    assert said.code == 0, said.err
    data = said.data
    assert data["counts"] == {
        "files": 3, "pages": 3, "ready": 2, "look": 1, "left_out": 0, "brought_in": 0,
        "taken_back": 0,
    }  # fmt: skip
    assert data["rules"] == [
        {"rule": 1, "name": "{case}/{agency}/**", "path": "{case}/{agency}/**", "gives": {},
         "files": 2},
    ]  # fmt: skip
    log = data["files"][0]
    assert (log["path"], log["case"], log["agency"]) == (
        "2010-01/police/log.txt", "2010-01", "Police",
    )  # fmt: skip
    assert (log["state"], log["decided_by"]) == ("ready", {"case": 1, "agency": 1})
    assert (log["pages"], log["text"], log["title"]) == (1, "native", "log")
    assert data["folders_without_case"] == ["misc"]
    assert data["cases_without_files"] == [{"case": "2010-03", "documents": 1}]
    assert file.read_bytes() == before


def test_the_same_for_people(reviewer, file, folder):
    said = reviewer("import", file, "--folder", folder, "--dry-run")
    assert said.code == 0
    assert "Look at these: 1 file" in said.out
    assert (
        "- misc/note.txt: which case?; 1 page; Which case? No case is called “misc”." in said.out
    )
    assert "Folders that no case is called after: misc" in said.out
    assert "Cases that got nothing: 2010-03" in said.out


def test_a_correction_by_hand_and_by_table(reviewer, file, folder, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("path,case,kind\nmisc/note.txt,2010-03,Note\n")
    said = reviewer("import", file, "--folder", folder, "--dry-run", "--table", table,
                    "--set", "misc/note.txt", "kind=Memo", "--json")  # fmt: skip
    (note,) = (one for one in said.data["files"] if one["path"] == "misc/note.txt")
    assert (note["case"], note["kind"]) == ("2010-03", "Memo")
    assert note["decided_by"] == {"case": 0, "kind": 0}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--set", "misc/note.txt", "colour=red"], "says nothing of misc/note.txt"),
        (["--set", "misc/gone.txt", "case=2010-01"], "no file misc/gone.txt"),
        (["--case", "2010-01"], "rules say whose case"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(reviewer, file, folder, more, words):
    said = reviewer("import", file, "--folder", folder, "--dry-run", *more)
    assert said.code == 2
    assert words in said.err


def test_a_delivery_joins_its_cases_and_says_what_waits(reviewer, file, folder):
    said = reviewer("import", file, "--folder", folder, "--sender", "Northmoor Police",
                    "--received", "2026-05-03", "--json")  # fmt: skip
    assert said.code == 2, "one file waits"
    assert "1 file waits for somebody to say whose case it is: --delivery 1" in said.err
    assert (said.data["documents_added"], said.data["waiting"]) == (2, 1)
    assert said.data["delivery"]["number"] == 1
    done = reviewer("import", file, "--delivery", 1, "--set", "misc/note.txt", "case=2010-03",
                    "--bring-in", "--json")  # fmt: skip
    assert (done.code, done.data["documents_added"]) == (0, 1)
    listed = reviewer("deliveries", file, "--json").data["deliveries"]
    assert [(one["number"], one["sender"], one["received"], one["files"], one["brought_in"])
            for one in listed] == [(1, "Northmoor Police", "2026-05-03", 3, 3)]  # fmt: skip
    held = reviewer("deliveries", file, "--delivery", 1, "--json").data["files"]
    cases = {one["path"]: one["case"] for one in held}
    assert cases["misc/note.txt"] == "2010-03"
    assert all(len(one["sha256"]) == 64 and one["document_id"] for one in held)


def test_what_is_left_out_is_one_number_wherever_it_is_told(reviewer, file, folder):
    (folder / "2010-02" / "again.txt").write_text("Another call log")
    said = reviewer("import", file, "--folder", folder, "--json").data["counts"]
    listed = reviewer("deliveries", file, "--json").data["deliveries"][0]
    assert (said["left_out"], listed["left_out"]) == (1, 1)
    assert listed["staged"] == said["ready"] + said["look"] == 1
    assert (said["brought_in"], listed["brought_in"], listed["files"]) == (2, 2, 4)
    assert listed["bytes"] == sum(one.stat().st_size for one in folder.rglob("*.txt"))
    reviewer("import", file, "--delivery", 1, "--leave-out", "misc/note.txt")
    assert reviewer("deliveries", file, "--json").data["deliveries"][0]["left_out"] == 2


def test_staged_alone_nothing_joins(reviewer, file, folder):
    said = reviewer("import", file, "--folder", folder, "--stage", "--json")
    assert (said.code, said.data["documents_added"], said.data["waiting"]) == (0, 0, 3)
    named = reviewer("import", file, "--delivery", 1, "--sender", "Trust", "--json")
    assert named.data["delivery"]["sender"] == "Trust"
    out = reviewer("import", file, "--delivery", 1, "--leave-out", "misc/note.txt", "--bring-in")
    assert out.code == 0
    assert "Delivery 1: 2 documents brought in (2 pages)." in out.out


def test_a_delivery_is_taken_back_with_a_reason(reviewer, file, folder):
    reviewer("import", file, "--folder", folder)
    assert reviewer("deliveries", file, "--take-back", 1).code == 2
    said = reviewer("deliveries", file, "--take-back", 1, "--reason", "Sent in error", "--json")
    assert said.data == {"delivery": 1, "taken_back": 2}
    listed = reviewer("deliveries", file)
    assert "disclosure 3, came" in listed.out
    assert reviewer("deliveries", file, "--delivery", 7).code == 2


@pytest.mark.parametrize(
    "more",
    [
        ["--folder", "x", "--delivery", "1"],
        ["--folder", "x", "--dry-run", "--stage"],
        ["--delivery", "1", "--stage", "--bring-in"],
    ],
)
def test_what_contradicts_itself_is_refused(reviewer, file, more):
    assert reviewer("import", file, *more).code == 2


def test_pages_are_printed_by_their_numbers_in_the_case(reviewer, file, folder):
    reviewer("import", file, "--folder", folder)
    said = reviewer("text", file, "--bundle", "{2010-01/2-3}", "--json")
    assert said.code == 0, said.err
    assert [(one["number"], one["bundle"]) for one in said.data["pages"]] == [(2, 2), (1, 3)]
    assert said.data["pages"][1]["text"] == "The call log"
    assert reviewer("text", file, "--bundle", "{2010-01/9}").code == 2
    assert reviewer("text", file, "--bundle", "{2010-01/1}", "--case", "2010-01").code == 2
    assert reviewer("text", file).code == 2


def test_the_same_folder_again_writes_nothing_and_backs_nothing_up(reviewer, file, folder):
    reviewer("import", file, "--folder", folder)
    before = file.read_bytes()
    backups = sorted(file.parent.glob("*-backups/*"))
    assert backups
    again = reviewer("import", file, "--folder", folder, "--json")
    assert again.data["documents_added"] == 0
    assert file.read_bytes() == before
    assert sorted(file.parent.glob("*-backups/*")) == backups
