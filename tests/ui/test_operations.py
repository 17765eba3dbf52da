"""Jobs: built, connected, run; told on the window's thread; failures never lost."""

import threading

import pytest
from PySide6.QtCore import QObject, Signal

from reviewer.errors import Cancelled, StateError
from ui.desk.jobs import Runner


@pytest.fixture
def runner(qapp):
    made = Runner("casebook-test")
    yield made
    made.cancel_all()
    made.close()


def wait(qtbot, runner):
    qtbot.waitUntil(lambda: runner.idle, timeout=5000)


def test_result_arrives_on_the_windows_thread_and_work_ran_on_its_own(qtbot, runner):
    told = []
    job = runner.job(lambda _progress: threading.current_thread().name)
    job.succeeded(lambda name: told.append((name, threading.current_thread()))).run()
    wait(qtbot, runner)
    (name, thread) = told[0]
    assert name.startswith("casebook-test")
    assert thread is threading.main_thread()


def test_all_jobs_run_on_one_thread_in_order(qtbot, runner):
    done = []
    for n in range(50):
        runner.job(lambda _progress, n=n: (n, threading.get_ident())).succeeded(done.append).run()
    wait(qtbot, runner)
    assert [n for n, _thread in done] == list(range(50))
    assert len({thread for _n, thread in done}) == 1


def test_failure_goes_to_who_took_it_and_nowhere_else(qtbot, runner):
    taken, shown = [], []
    runner.failed.connect(shown.append)

    def fail(_progress):
        raise StateError("The round is sealed.")

    runner.job(fail).failed(taken.append).run()
    wait(qtbot, runner)
    assert [str(error) for error in taken] == ["The round is sealed."]
    assert shown == []


def test_failure_that_nobody_took_is_shown(qtbot, runner):
    shown = []
    runner.failed.connect(shown.append)
    runner.job(lambda _progress: 1 / 0).run()
    wait(qtbot, runner)
    assert isinstance(shown[0], ZeroDivisionError)


def test_cancelled_is_silence_but_ends(qtbot, runner):
    heard = []
    started, go = threading.Event(), threading.Event()

    def work(progress):
        started.set()
        go.wait(60)
        progress.step(1, 2)
        return "never"

    runner.failed.connect(lambda _error: heard.append("shown"))
    job = runner.job(work)
    job.succeeded(lambda _r: heard.append("success")).failed(lambda _e: heard.append("failure"))
    job.finished(lambda: heard.append("finished")).run()
    assert started.wait(60)
    job.cancel()
    go.set()
    wait(qtbot, runner)
    assert heard == ["finished"]


def test_job_cancelled_before_its_turn_never_starts(qtbot, runner):
    go, ran = threading.Event(), []
    runner.job(lambda _progress: go.wait(60)).run()
    second = runner.job(lambda _progress: ran.append(True)).run()
    second.cancel()
    go.set()
    wait(qtbot, runner)
    assert ran == []


def test_progress_ends_with_the_last_step(qtbot, runner):
    steps = []

    def work(progress):
        for n in range(200):
            progress.step(n + 1, 200, "pages")

    runner.job(work).progressed(lambda done, total, what: steps.append((done, total, what))).run()
    wait(qtbot, runner)
    assert steps[-1] == (200, 200, "pages")
    assert len(steps) < 200, "progress must not flood the window"


def test_nothing_is_told_to_a_widget_that_is_gone(qtbot, runner):
    told = []
    go = threading.Event()
    owner = QObject()
    job = runner.job(lambda _progress: go.wait(60)).owner(owner)
    job.succeeded(told.append).finished(lambda: told.append("finished")).run()
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    go.set()
    wait(qtbot, runner)
    assert told == []


def test_exception_loses_the_text_its_frames_held(qtbot, runner):
    def work(_progress):
        secret = "passphrase in a local"
        raise ValueError(len(secret))

    errors = []
    runner.job(work).failed(errors.append).run()
    wait(qtbot, runner)
    trace = errors[0].__traceback__
    while trace is not None:
        assert "passphrase in a local" not in map(str, trace.tb_frame.f_locals.values())
        trace = trace.tb_next


def test_a_bare_cancelled_from_deep_inside_is_silence_too(qtbot, runner):
    shown = []
    runner.failed.connect(shown.append)

    def work(_progress):
        raise Cancelled

    runner.job(work).run()
    wait(qtbot, runner)
    assert shown == []


def test_six_hundred_emits_of_true_do_not_abort(qapp):
    """PySide 6.12.0 on Python 3.11 dropped a reference to True at every emit."""

    class Bell(QObject):
        rung = Signal(bool)

    bell, heard = Bell(), []
    bell.rung.connect(heard.append)
    for _ in range(600):
        bell.rung.emit(True)
    assert heard == [True] * 600


def test_what_is_asked_of_a_runner_that_has_ended_is_left_undone(qtbot, qapp):
    """Views ask once more when they hear of the last lock; that must not keep the program."""
    runner = Runner("casebook")
    runner.close()
    done = []
    runner.job(lambda _progress: done.append(1)).finished(lambda: done.append(2)).run()
    qapp.sendPostedEvents()
    assert runner.idle
    assert done == []
