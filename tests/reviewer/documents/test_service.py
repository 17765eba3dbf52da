"""The loops of the other processes, run in this one: what they are asked and what they answer."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from reviewer.documents import limits
from reviewer.documents.frames import pack, read_frame
from reviewer.documents.inside import recogniser, service
from reviewer.documents.inside.service import Service
from reviewer.documents.inside.tesseract import Tesseract
from reviewer.documents.outside import channel
from reviewer.documents.outside.channel import Channel
from reviewer.documents.reach import Reach
from reviewer.documents.refusals import Refused

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory files, polled pipes")
PREPARE = {"do": "prepare", "key": "k", "name": "a.txt"}


def frames(*asked):
    return io.BytesIO(b"".join(pack(head, len(body)) + body for head, body in asked))


def answers(stream):
    stream.seek(0)
    found = []
    while (frame := read_frame(stream)) is not None:
        found.append(frame)
    return found


class System:
    """The pipes of a process, in memory: what it reads, what it writes, what it does with them."""

    devnull = os.devnull

    def __init__(self, done):
        self.done = done
        self.requests, self.written = io.BytesIO(), io.BytesIO()

    def dup(self, number):
        self.done.append(f"dup {number}")
        return number

    def dup2(self, _, number):
        self.done.append(f"away {number}")

    def fdopen(self, number, _):
        return self.written if number else self.requests


@pytest.fixture
def order(monkeypatch):
    """Return the steps of a start, in order; nothing of this process is changed."""
    done = []
    for part in (service, recogniser.confine):
        monkeypatch.setattr(part, "spend", lambda *_: done.append("time"))
    for part in (service, recogniser):
        monkeypatch.setattr(part, "os", System(done))
    return done


def run(process, arguments, *asked):
    """Run a process's ``main`` on these requests; return its answers."""
    process.os.requests = frames(*asked)
    assert process.main(arguments) == 0
    return answers(process.os.written)


def test_the_worker_is_confined_before_it_says_that_it_is_ready(monkeypatch, order):
    monkeypatch.setattr(
        service, "confine", lambda: order.append("confined") or (Reach.FILES, Reach.NETWORK)
    )
    asked = [(PREPARE, b"What was said."), ({"do": "text", "key": "k", "page": 1}, b"")]
    ready, prepared, text = run(service, [], *asked)
    assert ready == ({"ready": True, "reach": ["files", "network"]}, b"")
    assert prepared[0]["media"] == "text/plain"
    assert text[1].startswith(b"What was said.")
    assert order == ["dup 0", "dup 1", "away 0", "away 1", "confined", "time", "time"]


def test_the_worker_ends_quietly_where_nobody_listens(monkeypatch, order):
    def gone(*_):
        raise BrokenPipeError

    monkeypatch.setattr(service, "confine", lambda: ())
    monkeypatch.setattr(service, "serve", gone)
    assert run(service, ["pipe"]) == []


def test_pages_are_drawn_into_the_memory_that_it_was_given(monkeypatch, make_pdf):
    monkeypatch.setattr(limits, "SHARED", 1 << 20)
    file = os.memfd_create("pages")
    os.ftruncate(file, limits.SHARED)
    with service._map(f"fd:{file}") as shared:
        with pytest.raises(OSError, match="descriptor"):
            os.fstat(file)
        drawn, piped = Service(shared), Service(None)
        for one in (drawn, piped):
            assert one.answer({"do": "open", "key": "k"}, make_pdf("words"))[0] == {"pages": 1}
        head = {"do": "render", "key": "k", "page": 1, "width": 100}
        size, nothing = drawn.answer(head, b"")
        same, pixels = piped.answer(head, b"")
        assert (nothing, size) == (b"", same)
        assert shared[: size["stride"] * size["height"]] == pixels
        assert len(set(pixels)) > 1  # something is drawn
        drawn._pixels = None  # lets the memory go
        drawn.answer({"do": "forget", "key": "k"}, b"")
    assert service._map("pipe") is None
    assert service._map("tag:elsewhere") is None


@pytest.mark.parametrize(
    ("error", "code", "page"),
    [
        (Refused("large", 3), "large", 3),
        (MemoryError(), "memory", 0),
        (RecursionError(), "unknown", 0),
        (ZeroDivisionError(), "unknown", 0),
    ],
)
def test_whatever_a_parser_does_there_is_an_answer(monkeypatch, error, code, page):
    def fails(*_):
        raise error

    monkeypatch.setattr(service, "Pdf", fails)
    answer = Service(None).answer({"do": "open", "key": "k"}, b"")
    assert answer == ({"refused": code, "page": page}, b"")


def test_the_files_within_are_those_of_the_last_document_only():
    reader = Service(None)
    assert reader.answer(PREPARE, b"words")[0]["pages"] == 1
    assert reader.answer({"do": "within", "key": "k"}, b"")[0] == {"facts": {}, "files": 0}
    assert reader.answer({"do": "within", "key": "other"}, b"")[0]["refused"] == "unknown"
    reader.answer({"do": "forget", "key": "k"}, b"")
    assert reader.answer({"do": "within", "key": "k"}, b"")[0]["refused"] == "unknown"
    assert reader.answer({"do": "text", "key": "k", "page": 1}, b"")[0]["refused"] == "unknown"


def test_a_file_within_that_is_larger_than_was_asked_for_is_not_sent():
    class File:
        name, place = "a.txt", ("folder",)
        read = staticmethod(lambda: b"words")

    reader = Service(None)
    reader._within["k"] = [File]
    head = {"do": "file", "key": "k", "at": 0, "most": 5}
    told = {"name": "a.txt", "place": ["folder"], "failed": ""}
    assert reader.answer(head, b"") == (told, b"words")
    assert reader.answer(head | {"most": 4}, b"") == (told | {"failed": "within-large"}, b"")


ROWS = "\n".join(
    "\t".join(row)
    for row in (
        ["level", "page", "block", "par", "line", "word", "x", "y", "w", "h", "conf", "text"],
        ["5", "1", "1", "1", "1", "1", "10", "10", "40", "12", "96.5", "What"],
        ["5", "1", "1", "1", "1", "2", "60", "10", "40", "12", "95.5", "was"],
        ["5", "1", "1", "1", "2", "1", "10", "30", "40", "12", "94.0", "said"],
        ["4", "1", "1", "1", "2", "0", "10", "30", "40", "12", "-1", ""],
        ["5", "1", "1", "1", "2", "2", "60", "30", "40", "12", "20", "|"],  # a speck
        ["5", "1", "1", "1", "2", "3", "x", "30", "40", "12", "95", "unplaced"],
        ["5", "short"],
    )
)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Return a program that answers as Tesseract does, and writes down how it was started."""
    made = tmp_path / "tesseract"
    made.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> {tmp_path}/asked\n'
        f'echo "$OMP_THREAD_LIMIT ${{HOME:-no home}}" > {tmp_path}/knows\n'
        "case $1 in --version) echo 'tesseract v5.3.4';;\n"
        f"*) echo '{ROWS}';; esac\n",
        encoding="utf-8",
    )
    made.chmod(0o755)
    monkeypatch.setattr("reviewer.documents.inside.tesseract.seccomp.start_no_more", lambda: None)
    return made


def test_rows_become_words_and_what_is_none_is_left_out(program, tmp_path):
    tesseract = Tesseract(program, tmp_path)
    assert tesseract.version() == "Tesseract 5.3.4"
    words = tesseract.words(Image.new("L", (120, 60), 255), 150)
    assert [(word.text, word.sure) for word in words] == [
        ("What", 96.5), ("was", 95.5), ("said", 94.0),
    ]  # fmt: skip
    assert words[0].box == (10, 10, 50, 22)
    assert words[1].line == words[0].line != words[2].line
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[0] == "--version"
    assert asked[1].startswith(f"stdin stdout --tessdata-dir {tmp_path} -l eng")
    assert "--dpi 150" in asked[1]
    assert (tmp_path / "knows").read_text(encoding="utf-8") == "1 no home\n"


def test_a_program_that_does_not_run_has_no_version(tmp_path):
    assert Tesseract(tmp_path / "none", None).version() == ""
    other = Path("/bin/true")
    if other.exists():
        assert Tesseract(other, None).version() == ""


def test_the_reader_of_scans_is_confined_to_its_program(monkeypatch, order, program, tmp_path):
    given = []
    monkeypatch.setattr(
        recogniser.confine, "confine_to", lambda *all_of: given.append(all_of) or (Reach.FILES,)
    )
    page = bytes(4 * 120 * 60)
    head = {"width": 120, "height": 60, "dots": 150}
    arguments = [str(program), str(tmp_path)]
    ready, read = run(recogniser, arguments, (head, page))
    assert ready[0] == {"ready": True, "reach": ["files"], "engine": "Tesseract 5.3.4"}
    length = read[0]["text"]
    assert read[1][:length].decode() == "What was\nsaid"
    assert len(read[1]) == length + 8 * length
    (one, folders, files), *_ = given
    assert (one, folders) == (program, [tmp_path])
    assert Path("/etc/ld.so.cache") in files
    assert recogniser.confine.LOADERS[0] in files


def test_a_page_that_takes_too_much_memory_is_refused_and_the_next_is_read(monkeypatch, order):
    def read_page(picture, dots, words):
        if dots == 1:
            raise MemoryError
        return recogniser.scanned.Page(text="é", boxes=bytes(8), sure=91, turn=90)

    monkeypatch.setattr(recogniser.scanned, "read_page", read_page)
    head = {"width": 1, "height": 1}
    out = io.BytesIO()
    asked = frames((head | {"dots": 1}, bytes(4)), (head | {"dots": 2}, bytes(4)))
    recogniser.serve(asked, out, Tesseract(Path("none"), None))
    refused, read = answers(out)
    assert refused == ({"refused": "memory"}, b"")
    assert read == ({"text": 2, "sure": 91, "turn": 90}, "é".encode() + bytes(8))
    assert order == ["time", "time"]


def test_a_systems_own_tesseract_reads_the_systems_libraries(monkeypatch, tmp_path):
    folders, files = recogniser._needed(None)
    assert {Path("/usr/lib"), Path("/usr/share/tessdata")} <= set(folders)
    assert files == [Path("/etc/ld.so.cache")]
    folders, files = recogniser._needed(tmp_path)
    assert folders == [tmp_path]
    assert Path("/usr/lib/x86_64-linux-gnu/libm.so.6") in files
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "win32")
        elsewhere = recogniser._needed(tmp_path)
    assert elsewhere == ([], [])


@pytest.fixture(params=[True, False], ids=["polled", "watched"])
def started(request, monkeypatch):
    """Return what starts a program with a channel to it, as on Linux and as on Windows."""
    monkeypatch.setattr(channel, "_POSIX", request.param)
    processes = []

    def start(script):
        command = [sys.executable, "-S", "-E", "-c", script]
        pipe = subprocess.PIPE
        processes.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, bufsize=0))
        return Channel(processes[-1]), processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def soon():
    return time.monotonic() + 60


def test_bytes_go_to_a_process_and_come_back(started):
    pipes, _ = started("import os\nwhile got := os.read(0, 9999): os.write(1, got[::-1])")
    pipes.send(b"abc", soon())
    assert pipes.receive(2, soon()) == b"cb"
    assert pipes.receive(1, soon()) == b"a"


def test_a_process_that_ends_is_found_gone(started):
    pipes, process = started("import os; os.write(1, b'ab')")
    with pytest.raises(EOFError):
        pipes.receive(3, soon())
    process.wait()
    with pytest.raises(EOFError):
        pipes.send(b"more", soon())


def test_a_process_that_answers_nothing_is_given_up(started):
    pipes, process = started("import time; time.sleep(600)")
    with pytest.raises(TimeoutError):
        pipes.receive(1, time.monotonic() + 0.2)
    if channel._POSIX:  # it is for the caller to end it
        assert process.poll() is None
        with pytest.raises(TimeoutError):
            pipes.send(bytes(1 << 20), time.monotonic() + 0.2)
    else:
        assert process.wait(60)


def test_a_process_without_pipes_has_no_channel():
    command = [sys.executable, "-S", "-c", ""]
    with subprocess.Popen(command) as process, pytest.raises(ValueError, match="without pipes"):
        Channel(process)
