"""What the worker still holds while it reads (SECURITY, test 44)."""

import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.outside.spawn import environment
from reviewer.documents.outside.worker import Worker
from reviewer.documents.reach import Reach, weakness
from reviewer.errors import DocumentError, EngineError
from tests.reviewer.documents.test_word import packed, paragraph

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

# Whether this system gives a name space of users, in which threads are counted by themselves.
NAME_SPACES = not subprocess.run(
    [sys.executable, "-c", "import os, ctypes as c; os._exit(-c.CDLL(None).unshare(1 << 28))"],
    check=False,
).returncode

# A photograph is decoded in a thread: where the kernel counts all that a person runs, in none.
THREADS_START = NAME_SPACES or (sys.platform == "linux" and not os.getuid())
needs_threads = pytest.mark.skipif(
    sys.platform == "linux" and not THREADS_START,
    reason="without name spaces of users a confined process may start no thread",
)


def as_nobody(code):
    """Return the command that runs ``code`` as a person whom the kernel counts.

    Whoever runs the tests may be one whom it does not. Skips where that person reads neither
    this checkout nor this Python.
    """
    nobody = ["setpriv", "--reuid", "65534", "--clear-groups"] if not os.getuid() else []
    if nobody and not shutil.which(nobody[0]):
        pytest.skip("nothing here starts a program as another person")
    command = [*nobody, sys.executable, "-B", "-c"]
    probe = [*command, "import reviewer"]
    reads = subprocess.run(probe, check=False, cwd=ROOT, capture_output=True, env=environment())
    if reads.returncode:
        pytest.skip("another person reads neither this checkout nor this Python")
    return [*command, code]


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


@pytest.fixture(scope="module")
def held():
    os.environ["REVIEWER_TEST_SECRET"] = "canary"
    secret = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(secret, True)
    try:
        with Worker() as worker:
            told = worker.privileges()
            status = Path(f"/proc/{worker.process_id}/status").read_text(encoding="utf-8")
            yield told | {"kernel": dict(line.split(":\t") for line in status.splitlines())}
    finally:
        os.close(secret)
        del os.environ["REVIEWER_TEST_SECRET"]


def test_it_knows_nothing_of_the_machine(held):
    assert set(held["environment"]) <= {"LC_ALL", "OPENBLAS_NUM_THREADS", "LC_CTYPE"}
    assert held["arguments"][0] == "--worker"
    assert held["arguments"][1].startswith("fd:")


def test_it_holds_only_its_pipes_and_the_memory_it_draws_into(held):
    open_files = [name for name in held["files"] if name and name != "/dev/null"]
    assert sorted(name.split(":")[0] for name in open_files) == ["/memfd", "pipe", "pipe"]


def test_its_limits_are_set_and_cannot_be_raised(held):
    assert held["CORE"] == [0, 0]
    assert held["FSIZE"] == [0, 0]
    assert held["NPROC"] == [limits.THREADS if NAME_SPACES else 0] * 2
    assert held["NOFILE"] == [limits.OPEN_FILES] * 2
    assert held["AS"] == [limits.MEMORY] * 2
    soft, hard = held["CPU"]  # -1 would be no limit
    assert 0 < soft <= limits.PROCESSOR_SECONDS + 5
    assert 0 < hard <= limits.PROCESSOR_IN_ALL
    assert held["dumpable"] == 0


def test_the_system_itself_says_what_it_gave_up(held):
    """A filter of calls, no privileges by starting a program, and one thread."""
    told = {name: held["kernel"][name] for name in ("NoNewPrivs", "Seccomp", "Threads")}
    assert told == {"NoNewPrivs": "1", "Seccomp": "2", "Threads": "1"}


def test_it_sets_every_limit_itself_where_nobody_set_one_from_outside():
    script = (
        "import json; from reviewer.documents.inside.confine import confine, report;"
        "confine(); print(json.dumps(report()))"
    )
    command = [sys.executable, "-c", script]
    told = json.loads(subprocess.run(command, check=True, cwd=ROOT, capture_output=True).stdout)
    assert told["CORE"] == told["FSIZE"] == [0, 0]
    assert told["NPROC"] == [limits.THREADS if NAME_SPACES else 0] * 2
    assert told["NOFILE"] == [limits.OPEN_FILES] * 2
    assert told["AS"] == [limits.MEMORY] * 2
    assert 0 < told["CPU"][0] <= limits.PROCESSOR_SECONDS + 5
    assert 0 < told["CPU"][1] <= limits.PROCESSOR_IN_ALL


# The worker with two seconds of processor time a request, of which three ask for nearly one, and
# the next for more than there is.
SPENDING = """
import sys, time
from reviewer.documents import limits
from reviewer.documents.inside import service
limits.PROCESSOR_SECONDS = 2
asked = []
def spend():
    asked.append(time.process_time())
    while time.process_time() - asked[-1] < (0.8 if len(asked) < 4 else 1000):
        pass
    return {}
service.report = spend
service.main(sys.argv[1:])
"""


def test_processor_time_is_given_anew_to_each_request_and_ends_the_process():
    with Worker([sys.executable, "-c", SPENDING]) as worker:
        worker.probe()
        number = worker.process_id
        for _ in range(3):
            worker.privileges()
        assert worker.process_id == number
        with pytest.raises(DocumentError, match="fail"):
            worker.privileges()
        assert worker.process_id is None


def test_it_cannot_write_a_file(held):
    assert held["wrote"] is False


def test_it_is_alone_in_its_network(held):
    """Its network is not ours, and such a network has a loopback and nothing else."""
    ask = "import ctypes as c, sys; sys.exit(c.CDLL(None).unshare(0x50000000) != 0)"
    if subprocess.run([sys.executable, "-c", ask], check=False).returncode:
        pytest.skip("this system gives nobody a network of one's own")
    assert re.fullmatch(r"net:\[\d+\]", held["network"])
    assert held["network"] != str(Path("/proc/self/ns/net").readlink())
    script = (
        "from pathlib import Path; from reviewer.documents.inside.confine import _leave_network;"
        "_leave_network(); print(Path('/proc/self/net/dev').read_text())"
    )
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    assert re.findall(r"^ *(\S+):", ended.stdout, re.MULTILINE) == ["lo"]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, None])
def test_a_document_that_takes_the_worker_over_reaches_nothing(tmp_path, version):
    """SECURITY 17: every deed is one that this process could do before it was confined.

    Older versions of Landlock know fewer rights: nothing may stand on the newest one alone.
    """
    command = [sys.executable, str(HERE / "taken_over.py"), str(tmp_path), str(os.getpid())]
    answer = taken_over(tmp_path, [*command, *([] if version is None else [str(version)])])
    assert answer["reach"] == []
    assert answer["before"] == 600
    assert answer["tried"] > 50
    assert answer["done"] == []
    print(f"\ntake-overs tried: {answer['tried']}, done: {len(answer['done'])}")  # noqa: T201


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of that processor")
def test_without_landlock_it_can_read_and_do_nothing_else(tmp_path):
    command = [str(HERE / "taken_over.py"), str(tmp_path), str(os.getpid())]
    answer = taken_over(tmp_path, under(["444=38"], [sys.executable, *command]))
    assert answer["reach"] == ["files"]
    assert set(answer["done"]) == {
        "the casebook read",
        "the folder listed",
        "the home listed",
        "the list of users read",
        "what lies beside the packages read",
    }


def taken_over(folder, command):
    """Let a take-over try its deeds on a casebook in ``folder``; return what it says."""
    book = folder / "inquiry.casebook"
    book.write_bytes(b"secret" * 100)
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, cwd="/").stdout)
    assert book.read_bytes() == b"secret" * 100
    assert [path.name for path in folder.iterdir()] == ["inquiry.casebook"]
    return answer


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of that processor")
@pytest.mark.parametrize("number", [0x40000000 | 39, 0x40000000 | 41], ids=["getpid", "socket"])
def test_a_call_by_other_numbers_ends_the_process(number):
    script = (
        "import ctypes; from reviewer.documents.inside.confine import confine; confine();"
        f"ctypes.CDLL(None).syscall({number:d}, 2, 1, 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT)
    assert ended.returncode == -signal.SIGSYS


WEAKER = {
    "no Landlock": (["444=38"], [Reach.FILES]),
    "no name spaces": (["272=1"], []),
    "no filter": (["filter=22"], list(Reach)),  # a local socket leads to whatever listens
    "no filter, no name spaces": (["filter=22", "272=1"], list(Reach)),
    "nothing": (["444=38", "filter=22", "272=1"], list(Reach)),
}


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of that processor")
@pytest.mark.parametrize("name", WEAKER)
def test_where_the_system_gives_less_the_worker_says_so_and_reads_all_the_same(name):
    refused, reach = WEAKER[name]
    with Worker(weaker(refused)) as worker:
        assert list(worker.probe()) == reach
        assert worker.read(b"What was said.", "a.txt").pages[0].text.strip() == "What was said."
    sentence = weakness(worker.reach)
    assert bool(sentence) is bool(reach)
    assert ("read your files" in sentence) is (Reach.FILES in reach)
    assert ("use a network" in sentence) is (Reach.NETWORK in reach)


THREADS = """
import json, os, threading
from reviewer.documents.inside.confine import confine
confine()
ended, started = threading.Event(), 0
def program():
    try:
        os.fork()
    except OSError as error:
        return type(error).__name__
    return "forked"
said = []
def work():
    said.append(program())
    ended.wait()
for thread in [threading.Thread(target=work) for _ in range(40)]:
    try:
        thread.start()
    except RuntimeError:
        break
    started += 1
ended.set()
os.write(1, json.dumps([started, sorted(set(said))]).encode())
os._exit(0)
"""


@pytest.mark.skipif(not NAME_SPACES, reason="threads are counted in such a space alone")
def test_few_threads_can_be_started_and_each_is_as_confined():
    command = as_nobody(THREADS)
    ended = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env=environment())
    started, said = json.loads(ended.stdout)
    assert 1 <= started < limits.THREADS
    assert said == ["PermissionError"]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of that processor")
def test_without_a_filter_no_process_may_be_started():
    with Worker(weaker(["filter=22"])) as worker:
        assert worker.privileges()["NPROC"] == [0, 0]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of that processor")
def test_a_weak_computer_can_be_told_to_open_nothing():
    refused, _ = WEAKER["no Landlock"]
    with Worker(weaker(refused), confined_only=True) as worker:
        with pytest.raises(DocumentError, match=r"could still read your files.*--confined-only"):
            worker.read(b"What was said.", "a.txt")
        with pytest.raises(DocumentError, match="told to open none"):
            worker.sheets(b"PK")
    with Worker(confined_only=True) as worker:
        assert worker.read(b"What was said.", "a.txt").pages


@pytest.mark.parametrize("said", ["x", ["x"], [1], {}, ["files", "files"], None])
def test_a_worker_that_says_nonsense_of_its_reach_is_none(said):
    script = f"""
import json, os, struct
text = json.dumps({{"ready": True, "reach": {said!r}}}).encode()
os.write(1, struct.pack('>IQ', len(text), 0) + text)
os.read(0, 1)
"""
    with Worker([sys.executable, "-c", script]) as worker, pytest.raises(EngineError):
        worker.probe()


def test_nothing_outside_the_program_is_loaded_while_every_format_is_read(tmp_path):
    """The list is printed: what is still imported once the worker is confined."""
    files = samples(tmp_path)
    command = [sys.executable, "-m", "tests.reviewer.documents.loaded", *map(str, files)]
    ended = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment())
    answer = json.loads(ended.stdout)
    assert answer["unread"] == []
    assert answer["outside"] == []
    late = sorted({name.partition(".")[0] for name in answer["imported"]})
    print(f"\nimported when confined: {len(answer['imported'])} modules of {late}")  # noqa: T201


def weaker(refused):
    worker = [sys.executable, "-B", "-E", "-s", "-X", "utf8", "-m", "reviewer", "--worker"]
    return under(refused, worker)


def under(refused, command):
    return [sys.executable, str(HERE / "weaker.py"), *refused, "--", *command]


def samples(folder):
    """Make a file of each format that is brought in; return their paths."""
    sheet = openpyxl.Workbook()
    sheet.active["A1"] = "reference"
    sheet.save(folder / "register.xlsx")
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Late records", "A. Clerk <a@example.org>"
    mail.set_content("The first part.")
    mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="x.bin")
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    canvas = Canvas(str(folder / "letter.pdf"))
    canvas.drawString(20, 50, "Set in a font that the file does not bring.")
    canvas.save()
    picture = Image.new("RGB", (60, 40), "white")
    for ending in ("png", "jpg"):
        picture.save(folder / f"picture.{ending}")
    picture.convert("1").save(folder / "fax.tif", compression="group4")
    (folder / "page.html").write_text("<!doctype html><p>What was said.", encoding="utf-8")
    (folder / "notes.txt").write_text("Notes, \u201cquoted\u201d.", encoding="utf-16")
    (folder / "word.docx").write_bytes(packed(paragraph("What was said.")))
    return sorted(folder.iterdir())
