"""The life of a passphrase: after each step exactly the secrets that should open a file do."""

import collections
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive
from reviewer.crypto.recovery import RawKey
from reviewer.errors import CasebookError, RecoveryError, UnlockError
from reviewer.exchange.pack import issue
from tests.books import chair_book, sql_of

PASSPHRASES = (
    "one of them",
    "another of them",
    "a third: \u00e9\u00df\U0001f54a",
    "the fourth " * 20,
)
NEVER = ("", "one of the", "One of them", "one of them ", "\u2014")
PICK = st.sampled_from(PASSPHRASES)


@dataclass
class File:
    """A casebook as the model knows it: the one passphrase that opens it."""

    path: Path
    passphrase: str


@dataclass
class Sheet:
    """A printed sheet: what is on it, and of which file and passphrase it was."""

    raw: RawKey
    salt: bytes
    passphrase: str


@dataclass
class Model:
    files: list[File] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    folder: Path = Path()


TRIED = collections.Counter()  # over all walks


class Life(RuleBasedStateMachine):
    """create, change, wrong tries, recovery sheet, issue, copy, crash between."""

    def __init__(self):
        super().__init__()
        self.model = Model(folder=Path(tempfile.mkdtemp()))

    def teardown(self):
        shutil.rmtree(self.model.folder)

    @initialize(passphrase=PICK, printed=st.booleans())
    def create(self, passphrase, printed):
        path = self.model.folder / "chair.casebook"
        with chair_book(path, cases=1) as book:
            book.rekey(passphrase)
        self.model.files.append(File(path, passphrase))
        if printed:
            self.print_sheet(0)

    @rule(which=st.integers(0, 9), new=PICK)
    def change(self, which, new):
        file = self.file(which)
        with Casebook.open(file.path, file.passphrase) as book:
            assert book.opens_with(file.passphrase)
            assert book.opens_with(new) == (new == file.passphrase)
            book.rekey(new)
        file.passphrase = new

    @rule(which=st.integers(0, 9), new=PICK)
    def crash_after_the_change_before_its_entry(self, which, new):
        """The engine has encrypted anew, the journal does not know it yet."""
        file = self.file(which)
        book = Casebook.open(file.path, file.passphrase)
        files.rekey(sql_of(book), file.path, derive(new, book._salt), book._salt)
        sql_of(book).close()
        file.passphrase = new

    @rule(which=st.integers(0, 9))
    def crash_in_a_change_of_rows(self, which):
        """The power goes before the transaction ends."""
        file = self.file(which)
        book = Casebook.open(file.path, file.passphrase)
        sql_of(book).execute("BEGIN IMMEDIATE")
        sql_of(book).execute("UPDATE meta SET value = 'x' WHERE key = 'title'")
        sql_of(book).close()

    @rule(which=st.integers(0, 9))
    def print_sheet(self, which):
        file = self.file(which)

        def write(raw):
            self.model.sheets.append(Sheet(raw, raw.salt, file.passphrase))
            return file.path.with_name("sheet.pdf")

        with Casebook.open(file.path, file.passphrase) as book:
            book.recovery.hand_out(write)
            assert book.recovery.state.opens

    @precondition(lambda self: self.model.sheets)
    @rule(which=st.integers(0, 9), sheet=st.integers(0, 9), new=PICK)
    def recover(self, which, sheet, new):
        file, printed = self.file(which), self.model.sheets[sheet % len(self.model.sheets)]
        if self.opens(file, printed):
            Casebook.recover(file.path, printed.raw, new).close()
            file.passphrase = new
        else:
            with pytest.raises(RecoveryError):
                Casebook.recover(file.path, printed.raw, new)

    @precondition(lambda self: len(self.model.files) < 4)
    @rule(passphrase=PICK)
    def issue(self, passphrase):
        chair = self.model.files[0]
        with Casebook.open(chair.path, chair.passphrase) as book:
            name = f"Member {len(self.model.files)}"
            made = issue(book, name, self.model.folder / "out", passphrase=passphrase)
        self.model.files.append(File(made.path, passphrase))

    @precondition(lambda self: len(self.model.files) < 4)
    @rule(which=st.integers(0, 9))
    def copy(self, which):
        """A backup keeps the secrets of its day, whatever happens to its original."""
        file = self.file(which)
        copy = self.model.folder / f"copy-{len(self.model.files)}.casebook"
        shutil.copy(file.path, copy)
        self.model.files.append(File(copy, file.passphrase))

    @invariant()
    def exactly_the_modelled_secrets_open_each_file(self):
        for file in self.model.files:
            salt = files.read_salt(file.path)
            for passphrase in (*PASSPHRASES, *NEVER[1:]):
                assert unlocks(file.path, derive(passphrase, salt), salt) == (
                    passphrase == file.passphrase
                ), passphrase
                TRIED["passphrases"] += 1
            for sheet in self.model.sheets:
                assert sheet_opens(file.path, sheet.raw) == self.opens(file, sheet)
                TRIED["sheets"] += 1
            one_opens = any(self.opens(file, sheet) for sheet in self.model.sheets)
            with Casebook.open(file.path, file.passphrase) as book:
                assert one_opens or not book.recovery.state.opens
            assert not file.path.with_name(f"{file.path.name}-journal").exists()

    def file(self, which):
        return self.model.files[which % len(self.model.files)]

    def opens(self, file, sheet):
        """A key is a passphrase under a salt; copies of a file share its salt."""
        return sheet.salt == files.read_salt(file.path) and sheet.passphrase == file.passphrase


def unlocks(path, key, salt):
    try:
        files.connect(path, key, salt).close()
    except UnlockError:
        return False
    return True


def sheet_opens(path, raw):
    try:
        Casebook.check_sheet(path, raw)
    except RecoveryError:
        return False
    return True


FAST = settings(
    max_examples=6, stateful_step_count=10, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
TestLife = pytest.mark.slow(Life.TestCase)
TestLife.settings = FAST


class LongLife(Life):
    """The same for longer."""


TestLongLife = pytest.mark.nightly(LongLife.TestCase)
TestLongLife.settings = settings(FAST, max_examples=60, stateful_step_count=25, derandomize=False)


def test_the_walks_tried_something():
    if not TRIED:
        pytest.skip("no walk was made in this run")
    assert TRIED["sheets"] > 10, TRIED
    print(f"\ntried against the model: {dict(TRIED)}")  # noqa: T201 - the figure


def test_fifty_wrong_passphrases_go_one_way_and_lock_nothing_out(tmp_path):
    """No try is told apart from another by what is done, said or kept."""
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=1).close()
    right = "correct horse battery staple"
    before = path.read_bytes()
    near = [right[:n] for n in range(1, len(right))]
    wrong = [*near, *(right + "!" * n for n in range(1, 51 - len(near)))]
    assert len(wrong) == 50
    ways, said = set(), set()
    for passphrase in wrong:
        way, error = traced(path, passphrase)
        ways.add(way)
        said.add((type(error), str(error)))
    assert len(ways) == 1
    assert len(ways.pop()) > 5, "the trace saw something"
    assert [kind for kind, _ in said] == [UnlockError]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    Casebook.open(path, right).close()


def traced(path, passphrase):
    """Return which functions of ours ran, in order, and what was raised."""
    ran = []

    def note(frame, event, _argument):
        if event == "call" and "/reviewer/" in frame.f_code.co_filename:
            ran.append(f"{frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        Casebook.open(path, passphrase)
    except CasebookError as error:
        return tuple(ran), error
    finally:
        sys.setprofile(None)
    raise AssertionError(passphrase)
