"""What the table of Bring in shows, before any window does: its order, and what narrows it."""

from reviewer.intake.delivery.assess import Held, Item, assess
from reviewer.intake.delivery.facts import Facts
from reviewer.intake.delivery.rules import usual
from ui.rooms.cases.bring_in.lines import NO_LINES, WAITING, lines_of, stands

PATHS = ("misc/note.txt", "INV-014/scan 2.pdf", "INV-014/scan 1.pdf", "INV-021/letter.pdf")


def lines(*paths, media="application/pdf", **own):
    items = [
        Item(
            path=path,
            size=1,
            sha256=path,
            facts=Facts(media=media, pages=1, worded=1),
            own=own.get(path.rpartition("/")[2].partition(".")[0], {}),
        )
        for path in paths
    ]
    return lines_of(assess(items, usual(), Held(references=("INV-014", "INV-021"))).rows)


def paths(rows):
    return [row.item.path for row in rows]


def test_what_somebody_should_look_at_stands_first():
    assert paths(lines(*PATHS).rows) == [PATHS[0], PATHS[2], PATHS[1], PATHS[3]]


def test_words_and_a_case_narrow_it():
    found = lines(*PATHS)
    assert paths(found.having("SCAN inv-014")) == [PATHS[2], PATHS[1]]
    assert paths(found.having("", "INV-021")) == [PATHS[3]]
    assert paths(found.having("", "")) == [PATHS[0]], "nobody knows its case"
    assert found.having("scan", "INV-021") == []


def test_files_called_alike_are_counted():
    found = lines(*PATHS)
    assert [found.like(row) for row in found.rows] == [1, 2, 2, 1]
    assert found.like(None) == 0


def test_the_same_files_stay_where_they_were_although_one_is_decided():
    before, after = lines(*PATHS), lines(*PATHS, note={"case": "INV-014"})
    assert after.rows[0].item.path != PATHS[0], "by itself it would move"
    still = after.as_in(before)
    assert paths(still.rows) == paths(before.rows)
    assert paths(still.having("note", "INV-014")) == [PATHS[0]], "its texts move with it"


def test_other_files_are_in_their_own_order():
    after = lines(*PATHS)
    assert after.as_in(NO_LINES) is after
    assert after.as_in(lines(*PATHS[:3], "INV-021/other.pdf")) is after


def test_what_is_not_read_yet_is_counted_as_such_and_not_as_ready():
    assert {stands(row) for row in lines(*PATHS, media="").rows} == {WAITING}
    assert [stands(row) for row in lines(*PATHS).rows] == [row.state for row in lines(*PATHS).rows]


def test_a_rule_for_a_folder_is_for_those_in_it_of_which_nobody_knows_the_case():
    found = lines("misc/a.txt", "misc/in/b.txt", "misc/INV-014/c.txt", "d.txt", "INV-021/e.txt")
    counts = {row.item.path: found.beside(row) for row in found.rows}
    assert counts == {
        "misc/a.txt": 2,
        "misc/in/b.txt": 1,
        "misc/INV-014/c.txt": 1,
        "d.txt": 0,
        "INV-021/e.txt": 1,
    }
    assert found.beside(None) == 0
