"""The chronology on the command line: entered, disputed, written out, brought in, taken back."""

import csv
import datetime as dt

import pytest
from openpyxl import Workbook

from reviewer.casebook.book import Casebook
from reviewer.chronology import dealings
from reviewer.chronology.dealings import enter
from reviewer.exchange.pack import issue
from reviewer.exchange.seal import seal
from reviewer.records.events import Event
from reviewer.records.ids import EventId
from reviewer.records.judgement import Rating, Reason
from tests.books import PASSPHRASE, chair_book, document
from tests.reviewer.exchange import panel

CASE = ("--case", "2010-01")
HEAD = "when,as_written,precision,clock,lane,what,document,page,quote,status,disputed_by"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "chair.casebook"
    chair_book(path, cases=2).close()
    return path


@pytest.fixture
def add(reviewer, file):
    def enter(what, when="", lane="police", *more):
        said = reviewer(
            "events", file, *CASE, "--add", "--what", what, "--when", when, "--lane", lane,
            *more, "--json",
        )  # fmt: skip
        assert said.code == 0, said.err
        return said.data["event"]["event"]

    return enter


@pytest.fixture
def table(tmp_path):
    def write(*lines, head=HEAD):
        path = tmp_path / "events.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def listed(reviewer, file):
    return reviewer("events", file, *CASE, "--json").data["cases"][0]


def test_an_event_is_entered_with_the_page_that_says_it(reviewer, file):
    said = reviewer(
        "events", file, *CASE, "--add", "--what", "Held face down", "--lane", "police", "--when",
        "2012-03-11T22:06/2012-03-11T22:13", "--as-written", "2206 to 2213", "--clock",
        "CAD +3 min", "--document", "Custody record", "--quote", "face down", "--json",
    )  # fmt: skip
    event = said.data["event"]
    assert event["precision"] == "between"
    assert (event["earliest"], event["latest"]) == ("2012-03-11T22:03", "2012-03-11T22:10")
    assert (event["clock"], event["fast"]) == ("CAD", 3)
    assert (event["document"], event["page"], event["quote"]) == ("Custody record", 1, "face down")
    with Casebook.open(file, PASSPHRASE) as book:
        (kept,) = book.events.of(book.cases.all()[0].id)
        assert (kept.anchor.kind, kept.anchor.start) == ("text", 11)
        assert kept.member == book.about.member
        assert book.journal.tail(1)[0].action == "enter events"
        assert book.events.counts() == {kept.case: 1}
    lines = reviewer("events", file).out.splitlines()
    assert lines[0] == "2010-01: 1 event, 0 gaps."
    assert "11 Mar 2012 22:03 to 22:10 · between two times · CAD +3 min · Police" in lines[1]
    assert "Custody record p.1" in lines[1]


def test_a_quotation_that_no_page_has_is_refused(reviewer, file):
    said = reviewer(
        "events", file, *CASE, "--add", "--what", "x", "--lane", "police", "--document",
        "Custody record", "--quote", "never written",
    )  # fmt: skip
    assert said.code == 2
    assert "holds these words" in said.err
    assert listed(reviewer, file)["events"] == []


def test_gaps_pairs_and_what_has_no_date_are_told(reviewer, file, add):
    first = add("Checked", "2012-03-11T22:31")
    add("Found", "2012-03-11T23:26")
    later = add("Told", "31 February", "health", "--follows", first)
    told = reviewer("events", file, *CASE, "--gaps-over", 50, "--json").data
    case = told["cases"][0]
    assert told["gaps_over"] == 50
    assert [event["what"] for event in case["events"]] == ["Checked", "Told", "Found"]
    assert case["gaps"][0]["minutes"] == 55
    assert case["gaps"][0]["lane"] == "police"
    assert case["without_date"] == [later]
    assert case["events"][1]["when"] == "31 February"
    assert case["events"][1]["earliest"] is None
    out = reviewer("events", file, *CASE, "--gaps-over", 50).out
    assert "Police: no entry for 55 min" in out
    assert listed(reviewer, file)["gaps"] == []  # an hour is the usual time


def test_an_impossible_date_says_so_and_keeps_its_words(reviewer, file):
    said = reviewer(
        "events", file, *CASE, "--add", "--what", "x", "--lane", "police", "--when", "2012-02-31"
    )
    assert said.code == 0
    assert "stands without one" in said.out


def test_two_events_dispute_each_other_and_are_settled(reviewer, file, add):
    one, other, third = add("Seven minutes"), add("Four minutes"), add("Two minutes")
    said = reviewer(
        "events", file, "--dispute", one, "--with", other, "--disputed-by", "PC 2", "--json"
    )
    assert said.data["event"]["status"] == "disputed"
    assert said.data["event"]["disputed_by"] == "PC 2"
    reviewer("events", file, "--dispute", third, "--with", other)
    case = listed(reviewer, file)
    assert case["disputed_pairs"] == [[one, other], [third, other]]
    assert [event["status"] for event in case["events"]] == ["disputed"] * 3
    reviewer("events", file, "--settle", one)
    case = listed(reviewer, file)
    assert [event["status"] for event in case["events"]] == ["undisputed", "disputed", "disputed"]
    assert case["disputed_pairs"] == [[other, third]]
    reviewer("events", file, "--settle", third)
    case = listed(reviewer, file)
    assert [event["status"] for event in case["events"]] == ["undisputed"] * 3
    assert case["disputed_pairs"] == []
    assert reviewer("events", file, "--dispute", one, "--with", one).code == 2
    assert "--with ID" in reviewer("events", file, "--dispute", one).err


WAYS_OUT = {
    "settled": ("--settle",),
    "changed": ("--status", "undisputed", "--change"),
    "taken out": ("--remove",),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nobody_stays_disputed_with_an_event_that_is_disputed_no_more(reviewer, file, add, way):
    one, other, third, fourth = add("Seven"), add("Four"), add("Two"), add("Nine")
    for who, against in ((one, other), (third, one), (fourth, other)):
        said = reviewer("events", file, "--dispute", who, "--with", against)
        assert said.code == 0, said.err
    assert reviewer("events", file, *WAYS_OUT[way], one).code == 0
    case = listed(reviewer, file)
    by_id = {event["event"]: event for event in case["events"]}
    assert case["disputed_pairs"] == [[other, fourth]]
    assert by_id[third]["status"] == "undisputed"
    assert [by_id[each]["status"] for each in (other, fourth)] == ["disputed", "disputed"]
    assert {event["disputed_with"] for event in by_id.values()} == {"", other, fourth}
    assert reviewer("undo", file).code == 0
    assert len(listed(reviewer, file)["disputed_pairs"]) == 3  # one step


def test_one_that_somebody_disputes_by_name_stays_disputed(reviewer, file, add):
    one, other = add("Seven minutes"), add("Four minutes")
    reviewer("events", file, "--dispute", one, "--with", other, "--disputed-by", "PC 2")
    reviewer("events", file, "--remove", other)
    (left,) = listed(reviewer, file)["events"]
    assert (left["status"], left["disputed_by"], left["disputed_with"]) == ("disputed", "PC 2", "")
    said = reviewer("events", file, "--change", one, "--status", "undisputed", "--json")
    assert said.data["event"]["disputed_by"] == ""


def test_what_was_unsure_stays_unsure_when_a_dispute_is_settled(reviewer, file, table):
    path = table(
        ",,,,police,Seven,,,,disputed,,a,b", ",,,,police,Four,,,,unsure,,b,a",
        head=HEAD + ",event,disputed_with",
    )  # fmt: skip
    assert reviewer("events", file, *CASE, "--import", path).code == 0
    assert reviewer("events", file, "--settle", "a").code == 0
    case = listed(reviewer, file)
    assert [event["status"] for event in case["events"]] == ["undisputed", "unsure"]
    assert case["disputed_pairs"] == []


def test_an_event_is_changed_and_taken_out_and_both_are_taken_back(reviewer, file, add):
    one = add("Held")
    two = add("Told", "", "police", "--follows", one)
    reviewer("events", file, "--dispute", one, "--with", two)
    changed = reviewer(
        "events", file, "--change", one, "--what", "Held down", "--clock", "ward -2 min",
        "--page", 2, "--document", "Custody record", "--status", "unsure", "--json",
    ).data["event"]  # fmt: skip
    assert (changed["what"], changed["fast"], changed["page"]) == ("Held down", -2, 2)
    assert changed["status"] == "unsure"
    assert reviewer("events", file, "--remove", one).code == 0
    (left,) = listed(reviewer, file)["events"]
    assert (left["follows"], left["disputed_with"]) == ("", "")
    told = reviewer("undo", file, "--json").data["what"]
    assert told == "2010-01: event “Held down” taken out, 1 other event changed with it"
    by_id = {event["event"]: event for event in listed(reviewer, file)["events"]}
    assert by_id[two]["follows"] == one
    assert by_id[one] == {**changed, "disputed_with": two}
    assert "changed" in reviewer("undo", file, "--json").data["what"]
    assert reviewer("redo", file, "--json").data["redone"]


def test_what_others_say_of_an_event_is_kept_where_its_page_is_taken_away(reviewer, file, add):
    one = add("Held", "", "police", "--document", "Custody record", "--page", 2)
    said = reviewer("events", file, "--change", one, "--document", "", "--page", 0, "--json")
    event = said.data["event"]
    assert (event["document_id"], event["page"], event["quote"]) == (None, None, "")
    said = reviewer("events", file, "--change", one, "--disputed-by", "The family", "--json")
    assert said.data["event"]["status"] == "disputed"


def test_events_keep_the_name_of_a_document_that_is_moved_to_another_case(
    reviewer, file, add, tmp_path
):
    cited = ("--document", "Custody record", "--quote", "face down")
    one, other = add("Held", "", "police", *cited), add("Let go")
    moved = reviewer(
        "move", file, *CASE, "--document", "Custody record", "--to-case", "2010-02", "--reason",
        "wrong case",
    )  # fmt: skip
    assert moved.code == 0, moved.err
    event = listed(reviewer, file)["events"][0]
    assert (event["document"], event["document_id"]) == ("Custody record", None)
    assert (event["page"], event["quote"]) == (1, "face down")
    assert "Custody record p.1" in reviewer("events", file).out
    out = tmp_path / "out.csv"
    reviewer("events", file, *CASE, "--export", out)
    again = reviewer("events", file, *CASE, "--import", out, "--json").data
    assert (again["added"], again["unchanged"], again["differing"]) == (0, 2, [])
    assert reviewer("events", file, "--change", one, "--what", "Held down").code == 0
    assert reviewer("events", file, "--dispute", other, "--with", one).code == 0
    assert reviewer("events", file, "--settle", one).code == 0
    with Casebook.open(file, PASSPHRASE) as book:
        assert all(check.passed for check in book.verdicts())


def test_a_chair_who_does_not_rate_takes_events_back_too(reviewer, tmp_path):
    path = tmp_path / "quiet.casebook"
    chair_book(path, rates=False, cases=1).close()
    reviewer("events", path, *CASE, "--add", "--what", "Held", "--lane", "police")
    assert reviewer("undo", path, "--json").data["what"] == "2010-01: event “Held”"
    assert listed(reviewer, path)["events"] == []
    assert reviewer("redo", path, "--json").data["redone"]
    assert len(listed(reviewer, path)["events"]) == 1


def test_a_sealed_round_closes_no_chronology(reviewer, file, add):
    add("Held")
    with Casebook.open(file, PASSPHRASE) as book:
        seal(book)
    add("Found")
    assert reviewer("undo", file).code == 0
    assert [event["what"] for event in listed(reviewer, file)["events"]] == ["Held"]


def test_events_go_into_no_issued_casebook(reviewer, tmp_path, monkeypatch):
    monkeypatch.setattr(panel, "PASSPHRASE", PASSPHRASE)
    with panel.make_chair(tmp_path) as chair:
        path = chair.path
        reference = chair.cases.all()[0].reference
    said = reviewer(
        "events", path, "--case", reference, "--add", "--what", "Held", "--lane", "police"
    )
    assert said.code == 0
    with Casebook.open(path, PASSPHRASE) as chair:
        issued = panel.issue_to(chair, "Bo", tmp_path / "out")
    with Casebook.open(issued, PASSPHRASE) as own:
        assert own.events.counts() == {}


def test_somebody_elses_case_shows_no_events(reviewer, tmp_path):
    with chair_book(tmp_path / "chair.casebook", cases=2) as chair:
        (tmp_path / "out").mkdir()
        issued = issue(
            chair, "Cy", tmp_path / "out", passphrase=PASSPHRASE, case_refs=["2010-01"],
            must_change_passphrase=False,
        ).path  # fmt: skip
        other = Event(id=EventId("other"), case=chair.cases.all()[1].id, what="x", lane="police")
        enter(chair, [other])
    assert reviewer("events", issued, "--case", "2010-02").code == 2
    said = reviewer("events", issued, *CASE, "--json")
    assert said.data["cases"][0]["case"] == "2010-01"


def test_the_events_of_a_case_that_one_is_recused_from_are_left_alone(reviewer, file, add):
    one = add("Held")
    with Casebook.open(file, PASSPHRASE) as book:
        codes = book.about.framework.codes
        case = book.cases.all()[0].id
        gone = [(case, Rating(factor=code, reason=Reason.RECUSED)) for code in codes]
        book.ratings.put_all(book.about.member, 1, gone)
    said = reviewer("events", file, "--remove", one)
    assert said.code == 2
    assert "no case of yours" in said.err
    assert reviewer("events", file, "--json").data["cases"] == []


# ---------------------------------------------------------------- tables


def test_a_chronology_is_written_out_and_comes_back_the_same(reviewer, file, add, tmp_path):
    one = add(
        "=HYPERLINK(1)", "2012-03-11T22:04~", "police", "--as-written", "about 10.04 pm",
        "--clock", "CAD +3 min", "--document", "Custody record", "--quote", "face down",
    )  # fmt: skip
    two = add("Then", "", "Fire service", "--follows", one)
    reviewer("events", file, "--dispute", one, "--with", two, "--disputed-by", "@PC 2")
    out = tmp_path / "out.csv"
    said = reviewer("events", file, *CASE, "--export", out, "--json")
    assert said.data == {"file": str(out), "case": "2010-01", "events": 2}
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0])[:11] == HEAD.split(",")
    assert rows[0]["what"] == "'=HYPERLINK(1)"  # no program runs it
    assert rows[0]["precision"] == "about"
    assert (rows[0]["document"], rows[0]["page"]) == ("Custody record", "1")
    before = listed(reviewer, file)
    again = reviewer("events", file, *CASE, "--import", out, "--json").data
    assert (again["added"], again["unchanged"], again["differing"]) == (0, 2, [])
    for event in (one, two):
        reviewer("events", file, "--remove", event)
    said = reviewer("events", file, *CASE, "--import", out, "--json").data
    assert (said["added"], said["without_date"]) == (2, 1)
    assert listed(reviewer, file) == before
    refused = reviewer("events", file, *CASE, "--export", out)
    assert refused.code == 2
    assert "--replace" in refused.err
    assert reviewer("events", file, *CASE, "--export", out, "--replace").code == 0


def test_a_table_without_ids_is_brought_in_once(reviewer, file, table):
    path = table(
        "2012-03-11T22:04,,,,Police,Held,Custody record,1,face down,,",
        "2012-03,,month,,HEALTH,Plan lapses,,,,disputed,The family",
    )
    said = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert said == {
        "case": "2010-01", "added": 2, "unchanged": 0, "without_date": 0, "differing": [],
        "notes": [],
    }  # fmt: skip
    again = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert (again["added"], again["unchanged"]) == (0, 2)
    month, minute = listed(reviewer, file)["events"]
    assert month["status"] == "disputed"
    assert (month["lane"], minute["lane"]) == ("health", "police")
    assert reviewer("undo", file).code == 0  # one step
    assert listed(reviewer, file)["events"] == []


def test_what_is_kept_otherwise_than_it_was_meant_is_told(reviewer, file, table):
    path = table(
        "31 February 2012,on the 31st,,,police,Impossible,,,,,",
        "2012-03-11,,minute,,Fire service,Precision,,,,,",
        "2012-03-11,,,,police,Unknown document,Diary,7,some words,,",
        "2012-03-11,,,,police,Unknown words,Custody record,1,never written,,",
        "2012-03-11,,,,police,Another page,Custody record,1,Sister telephoned,,",
        "2012-03-11,,,,police,Column,,,,,,surplus",
        head=HEAD + ",remark",
    )
    said = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert (said["added"], said["without_date"]) == (6, 1)
    notes = said["notes"]
    assert "Row 2: “31 February 2012” is no date" in notes[0]
    assert "Row 3: its precision says “minute”" in notes[1]
    assert "Row 3: there is no lane “Fire service”" in notes[2]
    assert "Row 4: there is no document “Diary”" in notes[3]
    assert "Row 5: no page of Custody record has its quotation" in notes[4]
    assert "Row 6: its quotation stands on page 2, not 1" in notes[5]
    assert notes[6:] == ["Column “remark” has no place here and was not kept."]
    events = {event["what"]: event for event in listed(reviewer, file)["events"]}
    assert events["Impossible"]["when"] == "31 February 2012"
    assert events["Impossible"]["as_written"] == "on the 31st"
    assert events["Precision"]["lane_as_given"] == "Fire service"
    assert events["Precision"]["lane"] == "others"
    diary = events["Unknown document"]
    assert (diary["document"], diary["document_id"], diary["page"]) == ("Diary", None, 7)
    assert diary["quote"] == "some words"
    assert events["Unknown words"]["quote"] == "never written"
    assert events["Another page"]["page"] == 2
    text = reviewer("events", file, *CASE, "--import", path).out
    assert "0 events added, 6 were there." in text


def test_a_clock_that_is_not_understood_is_noted_or_refused(reviewer, file, table):
    path = table(
        "2012-03-11T22:04,,,CAD runs 3 min fast,police,Held,,,,,",
        "2012-03-11T22:05,,,CAD 3 min,police,Released,,,,,",
    )
    said = reviewer("events", file, *CASE, "--import", path, "--json")
    (note,) = said.data["notes"]
    assert "Row 3: “CAD 3 min” seems to say how wrong a clock is" in note
    held, released = listed(reviewer, file)["events"]
    assert (held["clock"], held["fast"], held["earliest"]) == ("CAD", 3, "2012-03-11T22:01")
    assert (released["clock"], released["fast"]) == ("CAD 3 min", 0)
    said = reviewer("events", file, "--change", held["event"], "--clock", "CAD 3 min")
    assert said.code == 2
    assert "is written CAD +3 min" in said.err
    assert listed(reviewer, file)["events"][0]["fast"] == 3


FAULTS = {
    "nothing happened": (",,,,police,,,,,,", "Say what happened"),
    "no lane": (",,,,,Held,,,,,", "choose a lane"),
    "a page of words": (",,,,police,Held,Custody record,three,,,", "no number of a page"),
    "a page beyond the last": (",,,,police,Held,Custody record,3,,,", "has no page 3"),
    "an unknown status": (",,,,police,Held,,,,perhaps,", "no status “perhaps”"),
    "too many cells": (",,,,police,Held,,,,,,x", "more cells"),
    "too long": (f",,,,police,{'x' * 2001},,,,,", "longer than 2,000"),
    "a long quotation": (f",,,,police,Held,,,{'x' * 4001},,", "quotation is longer"),
    "a clock of years": (",,,CAD +99999 min,police,Held,,,,,", "ten days"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_row_that_cannot_be_an_event_refuses_the_table(reviewer, file, table, fault):
    row, sentence = FAULTS[fault]
    path = table("2012-03-11,,,,police,Fine,,,,,", row)
    said = reviewer("events", file, *CASE, "--import", path)
    assert said.code == 2
    assert "Row 3: " in said.out
    assert sentence in said.out
    assert "Nothing was changed" in said.err
    assert listed(reviewer, file)["events"] == []


def test_a_table_brought_in_again_adds_nothing_that_was_disputed_meanwhile(reviewer, file, table):
    path = table(
        "2012-03-11T22:04,,,,police,Held,Custody record,1,face down,,",
        "2012-03-11T22:05,,,,health,Watched,,,,,",
    )
    reviewer("events", file, *CASE, "--import", path)
    held, watched = (one["event"] for one in listed(reviewer, file)["events"])
    reviewer("events", file, "--dispute", held, "--with", watched)
    again = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert (again["added"], again["unchanged"]) == (0, 0)
    assert [line[:6] for line in again["differing"]] == ["Row 2:", "Row 3:"]
    reviewer("events", file, "--change", held, "--what", "Held face down")
    again = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert again["added"] == 1
    (note,) = again["notes"]
    assert note.startswith("Row 2: an event of that time, lane and page is there in other words.")


def test_rows_that_name_events_that_are_there_are_known_again(reviewer, file, add, table):
    one = add("Held", "2012-03-11T22:04")
    path = table(
        f"2012-03-11T22:05,,,,health,Not held,,,,disputed,,{one},",
        f",,,,police,Told,,,,,,,{one}",
        head=HEAD + ",disputed_with,follows",
    )
    for added, unchanged in ((2, 0), (0, 2)):
        said = reviewer("events", file, *CASE, "--import", path, "--json").data
        assert (said["added"], said["unchanged"]) == (added, unchanged)
    head = HEAD + ",event,disputed_with,follows"
    other = table(  # its own ids: the first is there, whatever the table calls it
        "2012-03-11T22:04,,,,police,Held,,,,,,x,,",
        ",,,,police,Rang,,,,,,y,,x",
        "2012-03-11T22:09,,,,health,Nobody rang,,,,disputed,,z,x,",
        head=head,
    )
    said = reviewer("events", file, *CASE, "--import", other, "--json").data
    assert (said["added"], said["unchanged"]) == (2, 1)
    events = {event["what"]: event for event in listed(reviewer, file)["events"]}
    assert (events["Rang"]["follows"], events["Nobody rang"]["disputed_with"]) == (one, one)


def test_rows_of_a_document_that_was_replaced_are_known_again(reviewer, file, table, tmp_path):
    path = table(
        "2012-03-11T22:04,,,,police,Held,Custody record,1,face down,,", "2012,,,,police,Seen,,,,,"
    )
    reviewer("events", file, *CASE, "--import", path)
    newer = tmp_path / "Custody record.txt"
    newer.write_text("Corrected. Restrained and held face down.\n", encoding="utf-8")
    said = reviewer(
        "correct", file, "--case", "2010-01", "--document", "Custody record", newer,
        "--reason", "A page lacked",
    )  # fmt: skip
    assert said.code == 0, said.err
    again = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert (again["added"], again["unchanged"], again["differing"]) == (0, 2, [])


def test_ids_of_a_table_are_held_against_each_other_and_what_is_there(reviewer, file, add, table):
    one = add("Held")
    head = HEAD + ",event,disputed_with,follows"
    twice = table(",,,,police,A,,,,,,x,,", ",,,,police,B,,,,,,x,,", head=head)
    assert "the event of row 2" in reviewer("events", file, *CASE, "--import", twice).out
    gone = table(",,,,police,A,,,,,,x,,gone", head=head)
    assert "not one of this case" in reviewer("events", file, *CASE, "--import", gone).out
    own = table(",,,,police,A,,,,,,x,x,", head=head)
    assert "itself" in reviewer("events", file, *CASE, "--import", own).out
    long = table(f",,,,police,A,,,,,,{'x' * 37},,", head=head)
    assert "names no event" in reviewer("events", file, *CASE, "--import", long).out
    other = table(f",,,,police,Held otherwise,,,,,,{one},,", head=head)
    said = reviewer("events", file, *CASE, "--import", other, "--json").data
    assert (said["added"], len(said["differing"])) == (0, 1)
    assert listed(reviewer, file)["events"][0]["what"] == "Held"
    elsewhere = reviewer("events", file, "--case", "2010-02", "--import", other)
    assert "another case" in elsewhere.out


def test_a_time_in_a_cell_of_a_spreadsheet_is_a_time(reviewer, file, tmp_path):
    book = Workbook()
    book.active.append(["when", "lane", "what"])
    for when in (dt.datetime(2012, 3, 11, 22, 4), dt.datetime(2012, 3, 11, 22, 4, 30)):  # noqa: DTZ001 - a sheet's moments have no zone
        book.active.append([when, "police", f"Seen at {when:%S}"])
    book.active.append([dt.date(2012, 3, 12), "police", "Found"])
    book.active.append(["2012-03-11 25:04", "police", "At no hour"])
    book.save(tmp_path / "kept.xlsx")
    said = reviewer("events", file, *CASE, "--import", tmp_path / "kept.xlsx", "--json").data
    assert (said["added"], said["without_date"]) == (4, 1)
    events = reviewer("events", file, "--json").data["cases"][0]["events"]
    assert [(one["when"], one["precision"]) for one in events] == [
        ("2012-03-11T22:04", "minute"),
        ("2012-03-11T22:04:30", "minute"),
        ("2012-03-12", "day"),
        ("2012-03-11 25:04", "unknown"),
    ]


def test_a_document_that_two_are_called_is_not_chosen(reviewer, file, table, tmp_path):
    with Casebook.open(file, PASSPHRASE) as book:
        book.documents.add_many([document(book.cases.all()[0])])
    path = table(",,,,police,Held,Custody record,,,,")
    said = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert "several documents" in said["notes"][0]
    with Casebook.open(file, PASSPHRASE) as book:
        ids = [one.id for one in book.documents.of(book.cases.all()[0].id)]
    reviewer(
        "events", file, *CASE, "--add", "--what", "x", "--lane", "police", "--document", ids[1]
    )
    out = tmp_path / "out.csv"
    reviewer("events", file, *CASE, "--export", out)
    assert ids[1] in out.read_text(encoding="utf-8-sig")


def test_what_is_no_chronology_is_refused_with_what_it_has(reviewer, file, table):
    path = table("a,b", head="what,else")
    said = reviewer("events", file, *CASE, "--import", path)
    assert said.code == 2
    assert "it needs the columns when, lane, what" in said.err
    twice = table(",,", head="when,lane,what,what")
    assert "each once" in reviewer("events", file, *CASE, "--import", twice).err


def test_a_table_in_an_older_encoding_is_read_and_told(reviewer, file, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(f"{HEAD}\n,,,,police,Caf\xe9 \x96 closed,,,,,\n".encode("latin-1"))
    said = reviewer("events", file, *CASE, "--import", path, "--json").data
    assert "Windows-1252" in said["notes"][0]
    assert listed(reviewer, file)["events"][0]["what"] == "Café \u2013 closed"


def test_a_case_has_at_most_so_many_events(reviewer, file, add, monkeypatch):
    add("Held")
    monkeypatch.setattr(dealings, "MOST", 1)
    said = reviewer("events", file, *CASE, "--add", "--what", "x", "--lane", "police")
    assert "at most 1 events" in said.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--add", "--what", "x", "--lane", "police"), "--case REF"),
        (("--export", "x.csv"), "--case REF"),
        (("--import", "x.csv"), "--case REF"),
        ((*CASE, "--what", "x"), "--add, or --change"),
        ((*CASE, "--add", "--remove", "x"), "one thing at a time"),
        (("--remove", "x"), "not there any more"),
        ((*CASE, "--add", "--what", "x", "--lane", "police", "--page", "1", "--follows", "x"),
         "not one of this case"),
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_asked_has_to_be_whole(reviewer, file, arguments, sentence):
    said = reviewer("events", file, *arguments)
    assert said.code == 2
    assert sentence in said.err


def test_nothing_that_is_asked_beside_it_is_left_out_in_silence(reviewer, file, add):
    one, other = add("Held"), add("Not held")
    dispute = ("--dispute", one, "--with", other)
    for given, sentence in (
        ((*dispute, "--what", "Let go"), "--dispute takes only"),
        (("--with", other), "--with goes with"),
        (("--change", one, "--what", "Let go", "--with", other), "--with goes with"),
        (("--replace",), "--replace goes with"),
        (("--case", "2010-02", "--remove", one), "not one of 2010-02"),
        (("--case", "2010-02", "--change", one, "--what", "Let go"), "not one of 2010-02"),
        (("--case", "2010-02", *dispute), "not one of 2010-02"),
        (("--case", "2010-02", "--settle", one), "not one of 2010-02"),
    ):
        said = reviewer("events", file, *given)
        assert (said.code, sentence in said.err) == (2, True), given
    events = reviewer("events", file, "--json").data["cases"][0]["events"]
    assert [(one["what"], one["status"]) for one in events] == [
        ("Held", "undisputed"),
        ("Not held", "undisputed"),
    ]
    assert reviewer("events", file, *CASE, *dispute, "--disputed-by", "The family").code == 0


def test_a_change_says_what(reviewer, file, add):
    assert "Say what to change" in reviewer("events", file, "--change", add("Held")).err


def test_a_casebook_without_events_says_so(reviewer, file):
    assert reviewer("events", file).out == "No events yet.\n"
    assert reviewer("events", file, "--json").data == {"gaps_over": 60, "cases": []}


def test_a_status_that_nobody_disputes_frees_the_other_too(reviewer, file, add):
    one, other = add("Seven minutes"), add("Four minutes")
    reviewer("events", file, "--dispute", one, "--with", other)
    reviewer("events", file, "--change", one, "--status", "undisputed")
    case = listed(reviewer, file)
    assert case["disputed_pairs"] == []
    assert [event["status"] for event in case["events"]] == ["undisputed", "undisputed"]


def test_a_page_goes_with_the_document_that_is_taken_away(reviewer, file, add):
    one = add("Held", "", "police", "--document", "Custody record", "--quote", "face down")
    said = reviewer("events", file, "--change", one, "--document", "", "--json")
    event = said.data["event"]
    assert (event["document_id"], event["page"], event["quote"]) == (None, None, "face down")


def test_a_step_says_how_many_events_it_changed_with_the_one_it_names(reviewer, file, add):
    one = add("Held")
    others = [add(f"Other {number}") for number in range(3)]
    for other in others:
        reviewer("events", file, "--dispute", other, "--with", one)
    reviewer("events", file, "--settle", one)
    told = "2010-01: event “Held” changed, 3 other events changed with it"
    assert reviewer("undo", file).out == f"Taken back: {told}.\n"
    reviewer("events", file, "--remove", one)
    told = "2010-01: event “Held” taken out, 3 other events changed with it"
    assert reviewer("undo", file, "--json").data["what"] == told
