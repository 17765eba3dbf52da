"""Several workers at once (``pytest -n 2``): who gets what, and coverage of what they ran.

Each worker is a process with a temporary folder of its own. It takes the tests file by file, or
folder by folder where a folder makes something once a session, so that nothing is made twice.
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
LONG = ("tests/ui/test_every_screen.py",)  # minutes in one file: begun last, one worker would wait
_measure = pytest.StashKey[coverage.Coverage]()


def unit(nodeid):
    """Return the folder or file whose tests one worker runs, one after the other."""
    folders = (folder for folder in TOGETHER if nodeid.startswith(f"{folder}/"))
    return next(folders, nodeid.split("::", 1)[0])


class _Units(LoadFileScheduling):
    def _split_scope(self, nodeid):
        return unit(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand the units out as they come: the longest folders stand first, and what is ``LONG``."""
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
    """Begin with what is long, where there are several workers."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: unit(item.nodeid) not in LONG)


def pytest_sessionfinish(session):
    """Write what this worker measured, before it reports that it has finished."""
    if measure := session.config.stash.get(_measure, None):
        measure.stop()
        measure.save()
