"""Sound out of this computer: what each system is asked, and the process that asks it."""

import ctypes
import io
import os
import shutil
import sys

import pytest

from reviewer.computer.speaking import devices, process
from reviewer.computer.speaking.devices import Alsa, AudioQueue, NoSound, WaveOut, open_device
from reviewer.computer.speaking.speaker import Speaker
from reviewer.documents.outside.spawn import worker_command

SAMPLES = bytes(range(200)) * 8


class Fake:
    """A library of a system: remembers what was called, and answers what it is told to."""

    def __init__(self, **answers):
        self.calls, self.answers = [], answers

    def __getattr__(self, name):
        answers, calls = self.answers.get(name, 0), self.calls

        class Call:
            restype = None

            def __call__(self, *arguments):
                calls.append(name)
                return answers(*arguments) if callable(answers) else answers

        return Call()


# ---------------------------------------------------------------- Linux


def test_alsa_is_given_all_of_it():
    written = []

    def write(_, data, count):
        taken = min(count.value, 100)
        written.append(data[: taken * 2])
        return taken

    device = Alsa(8_000, 1, Fake(snd_pcm_writei=write))
    device.play(SAMPLES)
    device.finish()
    assert b"".join(written) == SAMPLES
    assert device.heard == len(SAMPLES) // 2


def test_what_is_still_ahead_is_not_heard_yet():
    def ahead(_, into):
        into._obj.value = 300
        return 0

    device = Alsa(8_000, 1, Fake(snd_pcm_writei=lambda *a: a[2].value, snd_pcm_delay=ahead))
    device.play(SAMPLES)
    assert device.heard == len(SAMPLES) // 2 - 300


def test_after_a_gap_alsa_goes_on():
    answers = iter([-32, 800])
    library = Fake(snd_pcm_writei=lambda *_: next(answers))
    Alsa(8_000, 1, library).play(SAMPLES)
    assert library.calls.count("snd_pcm_recover") == 1


@pytest.mark.parametrize("what", ["snd_pcm_open", "snd_pcm_set_params", "snd_pcm_recover"])
def test_alsa_without_a_device_is_no_sound(what):
    with pytest.raises(NoSound):
        Alsa(8_000, 1, Fake(**{what: -2, "snd_pcm_writei": -5})).play(SAMPLES)


def test_without_its_library_there_is_no_sound(monkeypatch):
    def missing(_):
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", missing)
    for platform in ("linux", "darwin", "another"):
        with pytest.raises(NoSound):
            open_device(8_000, 1, platform)


# ---------------------------------------------------------------- Windows


def test_wave_out_is_given_all_of_it_and_waits(monkeypatch):
    held, data = [], []

    def write(_, header, __):
        held.append(header._obj)
        first = ctypes.cast(ctypes.pointer(header._obj), ctypes.POINTER(ctypes.c_void_p))[0]
        data.append(ctypes.string_at(first, header._obj.length))
        return 0

    def sleep(_):
        held.pop(0).flags |= 1

    monkeypatch.setattr(devices.time, "sleep", sleep)
    library = Fake(waveOutWrite=write)
    device = WaveOut(8_000, 1, library)
    for _ in range(4):
        device.play(SAMPLES)
    assert device.heard == 3 * len(SAMPLES) // 2  # no more than .12 s is ahead
    device.finish()
    assert b"".join(data) == 4 * SAMPLES
    assert device.heard == 4 * len(SAMPLES) // 2
    assert library.calls.count("waveOutUnprepareHeader") == 4


def test_windows_without_a_device_is_no_sound():
    with pytest.raises(NoSound):
        WaveOut(8_000, 1, Fake(waveOutOpen=2))


# ---------------------------------------------------------------- macOS


def test_an_audio_queue_gets_its_buffers_back():
    kept, data = [], []

    def allocate(_, room, into):
        memory = ctypes.create_string_buffer(room.value)
        buffer = devices._Buffer(room.value, ctypes.addressof(memory), 0, None)
        kept.append((memory, buffer))
        into._obj.contents = buffer
        return 0

    def made(_, emptied, *__):
        library.emptied = emptied
        return 0

    def enqueue(_, buffer, *__):
        data.append(ctypes.string_at(buffer.contents.data, buffer.contents.length))
        library.emptied(None, None, buffer)
        return 0

    library = Fake(
        AudioQueueAllocateBuffer=allocate,
        AudioQueueNewOutput=made,
        AudioQueueEnqueueBuffer=enqueue,
    )
    device = AudioQueue(8_000, 1, library)
    device.play(SAMPLES)
    device.play(SAMPLES)
    device.finish()
    assert b"".join(data) == 2 * SAMPLES
    assert device.heard == len(SAMPLES)
    assert library.calls.count("AudioQueueStart") == 1


def test_a_mac_without_a_device_is_no_sound():
    with pytest.raises(NoSound):
        AudioQueue(8_000, 1, Fake(AudioQueueNewOutput=1))


# ---------------------------------------------------------------- the process


class Plays:
    """A device that hears all at once."""

    def __init__(self, rate=8_000, channels=1):
        self.heard, self.got = 0, b""

    def play(self, samples):
        self.got += samples
        self.heard = len(self.got) // 2

    def finish(self):
        self.heard += 1


def test_it_answers_how_much_was_heard():
    device, answers = Plays(), io.BytesIO()
    process.speak(device, 8_000, 2, io.BytesIO(SAMPLES), answers)
    told = answers.getvalue()
    numbers = [int.from_bytes(told[at : at + 8], "big") for at in range(0, len(told), 8)]
    assert numbers == [320, 640, 800, 801]
    assert device.got == SAMPLES


def test_it_says_by_how_it_ends_that_there_is_no_sound(monkeypatch):
    def none(*_):
        raise NoSound

    assert process.main(["8000", "1"], none) == process.SILENT

    class Standard:
        buffer = io.BytesIO(SAMPLES)

    class Gone:
        class buffer:  # noqa: N801 - as it is called
            @staticmethod
            def write(_):
                raise BrokenPipeError

    monkeypatch.setattr(sys, "stdin", Standard)
    monkeypatch.setattr(sys, "stdout", Gone)
    assert process.main(["8000", "1"], Plays) == 0


def _alsa(folder, monkeypatch, device):
    """Let the system's default sound be ``device``, in its own words."""
    config = folder / "alsa.conf"
    config.write_text(f"pcm.!default {{ {device} }}\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))


linux = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("ldconfig"), reason="needs ALSA"
)


def _needs_alsa():
    try:
        ctypes.CDLL("libasound.so.2")
    except OSError:
        pytest.skip("needs ALSA")


@linux
def test_what_is_played_comes_out_of_the_system(tmp_path, monkeypatch):
    _needs_alsa()
    out = tmp_path / "out.raw"
    _alsa(tmp_path, monkeypatch, f'type file; slave.pcm {{ type null }}; file "{out}"; format raw')
    speaker = Speaker(worker_command("--speaker"), 8_000, 1)
    speaker.play(SAMPLES)
    speaker.finish()
    speaker.close()
    assert out.read_bytes().startswith(SAMPLES)
    assert speaker.heard == len(SAMPLES) // 2


@linux
def test_a_system_without_a_device_is_told_of(tmp_path, monkeypatch):
    _needs_alsa()
    _alsa(tmp_path, monkeypatch, "type hw; card 7")
    speaker = Speaker(worker_command("--speaker"), 8_000, 1)
    with pytest.raises(NoSound):
        speaker.finish()
    speaker.close()


def test_stopping_ends_it_and_what_waits(tmp_path):
    speaker = Speaker([sys.executable, "-c", "import time; time.sleep(60)"], 8_000, 1)
    speaker.stop()
    with pytest.raises(NoSound):
        speaker.play(SAMPLES * 100)
    speaker.close()
    with pytest.raises(NoSound):
        speaker.play(SAMPLES)


def test_a_program_that_is_not_there_is_no_sound(tmp_path):
    with pytest.raises(NoSound):
        Speaker([str(tmp_path / "none")], 8_000, 1)


@pytest.mark.parametrize(
    ("servers", "told"),
    [
        ("unix:/run/user/1000/pulse/native", True),
        ("{0f}unix:/run/pulse /tmp/pulse", True),
        ("tcp:10.0.0.7:4713", False),
        ("elsewhere.example", False),
        ("unix:/run/pulse tcp:elsewhere.example", False),
    ],
    ids=["a socket", "two of them", "an address", "a name", "an address at last"],
)
def test_no_server_of_sound_on_another_computer_is_told(monkeypatch, servers, told):
    monkeypatch.setenv("PULSE_SERVER", servers)
    code = "import os, sys; sys.exit('PULSE_SERVER' in os.environ)"
    speaker = Speaker([sys.executable, "-c", code], 8_000, 1)
    speaker.stop = speaker._process.wait
    speaker.close()
    assert speaker._process.returncode == told


def test_it_is_told_next_to_nothing_of_this_computer(monkeypatch):
    monkeypatch.setenv("A_SECRET", "x")
    speaker = Speaker(
        [sys.executable, "-c", "import os, sys; sys.exit('A_SECRET' in os.environ)"], 8_000, 1
    )
    speaker.finish()
    speaker.close()
    assert os.environ["A_SECRET"] == "x"
