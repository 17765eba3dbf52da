"""A window on an open casebook, run by hand, and how long its thread is busy at a time."""

import time

from ui.desk.desk import Desk

_REST = 0.0005  # seconds between two looks


class Busy:
    """What the window's thread is busy for: its processor seconds, and the clock's."""

    def __enter__(self):
        self._start = time.thread_time(), time.perf_counter()
        return self

    def __exit__(self, *_):
        ends = time.thread_time(), time.perf_counter()
        self.took = tuple(end - start for start, end in zip(self._start, ends, strict=True))


class Window:
    """The window's thread, with the casebook at ``path`` open on its desk."""

    def __init__(self, application, path, passphrase, profile):
        self.application = application
        self.desk = Desk(profile=profile)
        opened = []
        self.desk.opened.connect(opened.append)
        self.desk.open(path, passphrase).run()
        self.until(lambda: opened)

    def until(self, done):
        """Run the window until ``done``; return its longest ``Busy`` time."""
        longest = (0.0, 0.0)
        while True:
            with Busy() as busy:
                self.application.processEvents()
            longest = max(longest, busy.took)
            if done():
                return longest
            time.sleep(_REST)
