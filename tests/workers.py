"""Several workers at once (``pytest -n 2``): who gets what, and coverage of what they ran.

Each worker is a process with a temporary folder of its own. It takes the tests file by file, or
folder by folder where a folder makes something once a session, so that nothing is made twice. What
takes minutes in one piece is begun first, and what comes apart into single tests last, so that the
workers end at about the same time.
"""

import coverage
import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER = (  # folders whose conftest makes something once a session
    "tests/blinding",
    "tests/faults",
    "tests/frozen",
    "tests/leaks",
    "tests/reviewer/demo",
    "tests/reviewer/reports",
    "tests/ui/read",
    "tests/ui/updates",
)
LONG = (  # minutes each: begun last, one worker would wait for the other
    "tests/faults",
    "tests/mutants/test_guards.py",
    "tests/leaks",
    "tests/ui/read",
    "tests/reviewer/reports",
)
APART = ("tests/ui/test_every_screen.py",)  # tests that share nothing: they fill what is left over
_measure = pytest.StashKey[coverage.Coverage]()


def unit(nodeid):
    """Return the folder, file or test that one worker runs, one after the other."""
    if nodeid.split("::", 1)[0] in APART:
        return nodeid
    folders = (folder for folder in TOGETHER if nodeid.startswith(f"{folder}/"))
    return next(folders, nodeid.split("::", 1)[0])


class _Units(LoadFileScheduling):
    def _split_scope(self, nodeid):
        return unit(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand the units out in the order of ``pytest_collection_modifyitems``."""
    config.option.loadscopereorder = False
    return _Units(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker whether the tests are run under ``coverage run``: it does not see that."""
    node.workerinput["measured"] = coverage.Coverage.current() is not None


def pytest_configure(config):
    """Measure in this worker what the program that started it would have measured alone."""
    if getattr(config, "workerinput", {}).get("measured"):
        config.stash[_measure] = coverage.Coverage(data_suffix=True)
        config.stash[_measure].start()


def pytest_make_parametrize_id(val, argname):
    """Call no test after bytes: what was packed a second later is another name to another worker.

    Workers that collect unlike names run nothing at all.
    """
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(config, items):
    """Begin with what is long and end with what comes apart, where there are several workers."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))


def turn(nodeid):
    """Return when a test has its turn among all: ``LONG`` in its order, the rest, ``APART``."""
    whole = unit(nodeid)
    if whole in LONG:
        return LONG.index(whole)
    return len(LONG) + (nodeid.split("::", 1)[0] in APART)


def pytest_sessionfinish(session):
    """Write what this worker measured, before it reports that it has finished."""
    if measure := session.config.stash.get(_measure, None):
        measure.stop()
        measure.save()
