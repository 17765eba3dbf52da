"""Where trials are run: a few servers under the preload, and what their answers add up to."""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

KILL, TORN = -1, -2  # as in preload.c
CHANGES = "WSTURLMDO"  # the calls that change the folder, and those that open something in it


@dataclass
class Tally:
    """What a run of trials found."""

    trials: int = 0
    struck: int = 0
    killed: int = 0
    refused: Counter = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def add(self, asked, answer):
        """Count one answer."""
        self.trials += 1
        self.struck += bool(answer["struck"])
        self.killed += answer["killed"]
        for line in answer["refused"]:
            self.refused[line.split()[1]] += 1
        for wrong in answer["wrong"]:
            self.bad.append(f"{asked}: {wrong}")


class Lab:
    """Servers that try faults side by side, one a core."""

    def __init__(self, preload, *, cores=None, extra=None):
        memory = Path("/dev/shm")  # noqa: S108 - a disk in memory: a kill asks nothing of a real one
        self._scratch = tempfile.TemporaryDirectory(
            prefix="faults-", dir=memory if _large(memory) else None
        )
        self._idle = queue.Queue()
        self._servers = []
        for number in range(cores or os.cpu_count() or 1):
            folder = Path(self._scratch.name) / str(number)
            folder.mkdir()
            server = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.server", folder],
                env={**os.environ, "LD_PRELOAD": str(preload), **(extra or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._servers.append(server)
            self._idle.put(server)

    def close(self):
        """End the servers and throw away what they worked on."""
        for server in self._servers:
            server.stdin.close()
            server.wait(60)
            server.stdout.close()
        self._scratch.cleanup()

    def ask(self, **asked):
        """Run one trial on whichever server is free."""
        server = self._idle.get()
        try:
            server.stdin.write(json.dumps(asked) + "\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())
        finally:
            self._idle.put(server)

    def count(self, flow, kinds):
        """Return how many such calls the flow makes; undisturbed, it must do no wrong."""
        answer = self.ask(flow=flow, kinds=kinds)
        assert not answer["wrong"], answer
        return answer["seen"]

    def sweep(self, flow, kinds, action, *, stride=1, first=1, lasting=False):
        """Strike at every ``stride``-th call, from ``first`` on until the flow makes no more."""
        places = range(first, self.count(flow, kinds) + 1, stride)
        return self.all(
            {"flow": flow, "kinds": kinds, "nth": n, "action": action, "lasting": lasting}
            for n in places
        )

    def all(self, trials):
        """Run these trials, side by side, and add up what came of them."""
        trials, tally = list(trials), Tally()
        with ThreadPoolExecutor(len(self._servers)) as pool:
            for asked, answer in zip(
                trials, pool.map(lambda t: self.ask(**t), trials), strict=True
            ):
                tally.add(asked, answer)
        return tally


def _large(memory):
    """Whether every flow fits there, with a copy a core: in a container it may be small."""
    return memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30
