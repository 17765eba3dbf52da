"""The watch that locks when nobody is here, by a clock of the test's own."""

from ui.main_window.idle import IdleWatch


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_idle_warns_then_locks_and_a_sign_of_life_stays(qapp):
    clock = Clock()
    watch = IdleWatch(lambda: 900.0, clock=clock)
    told = []
    watch.warned.connect(told.append)
    watch.stirred.connect(lambda: told.append("stirred"))
    watch.expired.connect(lambda: told.append("expired"))
    watch.start()

    def pass_by(seconds):
        told.clear()
        for _ in range(seconds):
            clock.now += 1
            watch.look()
        return told

    assert pass_by(869) == []
    assert pass_by(6) == [30, 29, 28, 27, 26, 25]
    told.clear()
    watch.stir()
    assert told == ["stirred"]
    assert pass_by(899) == list(range(30, 0, -1))
    assert pass_by(1) == ["expired"]


def test_a_computer_that_slept_is_locked(qapp):
    clock = Clock()
    watch = IdleWatch(lambda: 900.0, clock=clock)
    told = []
    watch.expired.connect(lambda: told.append("expired"))
    watch.start()
    clock.now += 30
    watch.look()
    assert told == [], "a busy computer is slow as well"
    clock.now += 31
    watch.look()
    assert told == ["expired"]


def test_a_window_out_of_sight_for_ten_minutes_is_locked(qapp):
    clock, away = Clock(), [False]
    watch = IdleWatch(lambda: 3600.0, hidden=lambda: away[0], clock=clock)
    told = []
    watch.expired.connect(lambda: told.append(clock.now))
    watch.start()
    for hidden, seconds in ((True, 590), (False, 5), (True, 600)):
        away[0] = hidden
        for _ in range(seconds):
            clock.now += 1
            watch.look()
    assert told == []
    clock.now += 1
    watch.look()
    assert told == [clock.now]
    watch.stop()
