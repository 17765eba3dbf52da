"""Nothing in clear on any disk, no network, no trace: both faces, under strace (row 32)."""

import json
import re
import sys

import pytest

from tests.leaks.canaries import CANARIES, forms, found

pytestmark = pytest.mark.slow

# Written because a person asked for plain text, in a folder that they named.
BY_REQUEST = ("out", "summary", "slips", "sheets")
# What a computer remembers (FORMAT.md): a salt, and notes named by salted hashes.
REMEMBERED = (
    r"home/\.config(/Reviewer)?|home/\.config/Reviewer/"
    r"(\.?salt(\.\w+\.part)?|(seen|open)(/\.?[0-9a-f]{32}\.json(\.\w+\.part)?)?)"
)
KEPT = r"[\w.-]+\.casebook(-journal)?|[\w.-]+\.part(-journal)?"
BY_COMMAND = re.compile(
    rf"work/({KEPT})|work/(sticks|backups|inquiry-backups)(/({KEPT}|[\w-]+\.json))?"
    r"|work/(returns|updates)(/(\.?[\w-]+\.(return|update)(\.\w+\.part)?))?"
    rf"|work/({'|'.join(BY_REQUEST)})(/.*)?"
    rf"|{REMEMBERED}"
    r"|work/in/(own\.txt|wrong\.casebook)"  # by the session itself
)
BY_WINDOW = re.compile(
    rf"work/inquiry\.casebook(-journal)?|work/inquiry-backups(/({KEPT}|[\w-]+\.json))?"
    r"|home/\.config/Reviewer/(reviewer\.ini(\.lock)?|#\d+)"
    rf"|{REMEMBERED}"
)


@pytest.fixture(params=["by_command", "by_window"])
def session(request):
    return request.getfixturevalue(request.param)


def exempt(world):
    return tuple(world.work / name for name in BY_REQUEST)


def outside(session, allowed):
    """Return what was written that the list does not name."""
    root = f"{session.world.root}/"
    names = {path.removeprefix(root) for path in session.trace.written} - {"/dev/null"}
    return sorted(name for name in names if not allowed.fullmatch(name))


def test_no_plain_text_in_any_file_that_is_left(session):
    world, leaks = session.world, {}
    own = (world.planted,)
    looked = 0
    for path in world.files(*exempt(world), *own):
        looked += 1
        seen = found(path.read_bytes())
        if seen:
            leaks[str(path)] = seen
    assert leaks == {}
    assert looked >= 2


def test_no_plain_text_in_any_byte_that_was_ever_written(session, capsys):
    """Also of files that were overwritten, renamed or removed since."""
    spared = tuple(f"{folder}/" for folder in (*exempt(session.world), session.world.planted))
    leaks = {one for one in session.trace.spilt if not one[0].startswith(spared)}
    trace = session.trace
    with capsys.disabled():
        sys.stdout.write(
            f"\n{session.name}: {len(CANARIES)} canaries in {len(forms('canary'))} forms,"
            f" {len(trace.written)} paths, {trace.bytes_written / 1e6:.1f} MB written; found"
            f" {len(leaks)}; sockets {sorted(trace.sockets)}, beacons {len(session.hits)}\n"
        )
    assert leaks == set()
    assert trace.bytes_written > 300_000


def test_the_same_search_finds_what_was_asked_for_in_clear(by_command):
    """The stated exports hold the canaries, compressed ones too: the search is not blind."""
    seen = set()
    for folder in exempt(by_command.world):
        for path in folder.iterdir():
            seen |= found(path.read_bytes())
    assert {"reference", "comment", "member"} <= {field for field, _ in seen}
    assert any("compressed" in form for _field, form in seen)
    spilt = {field for _path, field, _form in by_command.trace.spilt}
    assert {"reference", "comment", "member"} <= spilt


def test_the_session_did_what_it_says(by_command):
    said = json.loads(by_command.done.stdout)
    assert len({one["command"] for one in said}) >= 20
    assert [one["code"] for one in said if one["command"] == "apply"].count(0) == 2


def test_commands_write_only_where_they_say(by_command):
    assert outside(by_command, BY_COMMAND) == []


def test_the_window_writes_its_casebook_and_its_settings_and_nothing_else(by_window):
    assert outside(by_window, BY_WINDOW) == []
    kept = by_window.world.home / ".config/Reviewer/reviewer.ini"
    keys = re.findall(r"^(\w+)=", kept.read_text(), re.MULTILINE)
    assert set(keys) <= {"geometry", "scheme", "text_scale", "lock_minutes", "keep_recent"}


def test_qt_keeps_no_history_of_the_files_that_were_chosen(by_window):
    left = [p for p in by_window.world.root.rglob("*") if p.name.startswith("QtProject")]
    assert left == []


def test_no_socket_but_those_of_this_computer(session):
    assert session.trace.sockets <= {"AF_UNIX"}
    assert session.trace.connected <= {"AF_UNIX"}


def test_nobody_came_to_the_beacons_and_nobody_opened_the_decoy(session):
    assert session.hits == []
    assert [path for path in session.trace.opened if "decoy" in path] == []


def test_memory_that_is_shared_has_one_name(session):
    assert session.trace.memories <= {"pages"}


def test_commands_never_repeat_a_passphrase_nor_put_content_into_a_complaint(by_command):
    for said in json.loads(by_command.done.stdout):
        told = found(f"{said['out']}{said['err']}".encode(), ["passphrase", "member passphrase"])
        assert told == set(), said["command"]
        if said["command"] != "import":  # which names the case that was asked for
            assert found(said["err"].encode()) == set(), said["command"]


def test_the_window_says_nothing_on_its_streams(by_window):
    lines = by_window.done.stderr.splitlines()
    assert lines, "its faults are told by type and place"
    for line in lines:
        assert re.fullmatch(r"Reviewer: (Qt \w+ in [\w.]+|\w+ at \w+\.py:\d+)", line), line
    assert found(by_window.done.stdout.encode(), set(CANARIES) - {"title"}) == set()


def test_nothing_of_the_casebook_is_held_by_a_widget_after_the_lock(by_window):
    assert "shown after the lock: []\n" in by_window.done.stdout
    assert "clipboard after the lock: ''\n" in by_window.done.stdout


def test_the_window_leaves_no_core_and_cannot_be_read_by_its_neighbours(by_window):
    assert "dumpable 0, core (0, 0)\n" in by_window.done.stdout


def test_the_window_ends_when_it_is_closed(by_window):
    """Nothing that hears of the last lock keeps the program, or a box of it, alive."""
    assert by_window.done.returncode == 0
    assert "RuntimeError" not in by_window.done.stderr
