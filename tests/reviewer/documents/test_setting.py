# ruff: noqa: RUF001 - Greek is meant
import io
import unicodedata

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.formats import faces, typeset
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.typeset import Block, set_pages
from reviewer.documents.refusals import Refused


def text_of(pdf):
    document = Pdf(pdf)
    return [document.words(number + 1).text for number in range(document.pages)]


def test_text_comes_back_as_it_was_set():
    text = "Custody record — “quoted”, £5, naïve, 22:10\nSecond line"
    assert text_of(set_pages([Block(text=text)]).pdf) == [text]


def test_nothing_in_a_text_is_markup(tmp_path):
    decoy = tmp_path / "decoy.png"
    text = f'<img src="{decoy}"/> <b>bold & <unclosed %s {{}}'
    pdf = set_pages([Block(text=text), Block(text="<para>x</para>", style="title")]).pdf
    assert "".join(text_of(pdf)[0].split()) == "".join(text.split()) + "<para>x</para>"
    with pypdfium2.PdfDocument(pdf) as document:
        kinds = {found.type for found in document[0].get_objects()}
    assert kinds == {pypdfium2.raw.FPDF_PAGEOBJ_TEXT}


def test_lines_are_cut_at_spaces_and_stay_on_the_paper():
    words = " ".join(f"word{n}" for n in range(400))
    for block in (Block(text=words), Block(text="x" * 3_000), Block(text=words, style="item")):
        pdf = set_pages([block]).pdf
        document = Pdf(pdf)
        found = document.words(1)
        corners = memoryview(found.boxes).cast("H")
        assert max(corners[2::4]) < 65_535 * 0.9
        assert "".join("".join(text_of(pdf)).split()) == "".join(block.text.split())


def test_a_long_text_fills_pages_and_a_fresh_block_begins_one():
    assert len(text_of(set_pages([Block(text="line\n" * 100, style="lines")]).pdf)) == 3
    assert text_of(set_pages([Block(text="a"), Block(text="b", fresh=True)]).pdf) == ["a", "b"]


def test_a_text_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PAGES", 3)
    with pytest.raises(Refused):
        set_pages([Block(text="line\n" * 500, style="lines")])
    monkeypatch.setattr(limits, "SET_CHARACTERS", 10)
    with pytest.raises(Refused):
        set_pages([Block(text="more than ten")])


def test_characters_that_no_face_has_are_told_of():
    done = set_pages([Block(text="a \u13a0 ✓ ☒ \uf0b7 \uf0fe b")])
    assert done.missing == {"\u13a0"}
    assert text_of(done.pdf) == ["a \ufffd ✓ ☒ • ☑ b"]


def test_a_sign_that_no_face_has_stands_by_its_name():
    done = set_pages([Block(text="I am done \U0001f979. \ue001")])
    assert text_of(done.pdf) == ["I am done [face holding back tears]. [U+E001]"]
    assert done.named == {"\U0001f979", "\ue001"}
    assert not done.missing


SCRIPTS = {
    "Chinese": "他说他不能呼吸",
    "Japanese": "息ができない カタカナ",
    "Korean": "그는 숨을 쉴 수 없다고 말했다. 10월 3일, ㅋㅋ 뷁",
    "Bengali": "আমি শ্বাস নিতে পারছি না",
    "Punjabi": "ਮੈਨੂੰ ਸਾਹ ਨਹੀਂ ਆਉਂਦਾ",
    "Gujarati": "હું શ્વાસ લઈ શકતો નથી",
    "Hindi": "मैं साँस नहीं ले पा रहा हूँ",
    "Tamil": "என்னால் மூச்சு விட முடியவில்லை",
    "Telugu, Kannada, Malayalam, Sinhala": "చదవడం ಕನ್ನಡ മലയാളം සිංහල",
    "Arabic": "لا أستطيع التنفس",
    "Arabic with its vowels": "العَرَبِيَّةُ لا",
    "Urdu": "میں سانس نہیں لے سکتا ہوں، 14:05",
    "Hebrew": "אני לא יכול לנשום (21:40)",
    "Hebrew with its vowels": "שָׁלוֹם",
    "Greek": "Δεν μπορώ να αναπνεύσω",
    "Cyrillic": "Я не могу дышать",
    "Thai": "ฉันหายใจไม่ออก",
    "Ethiopic, Georgian, Armenian": "ደህና ነኝ ვერ ვსუნთქავ Չեմ կարող",
    "Welsh, Polish, Yoruba": "Tŷ Gŵyr Wałęsa ọ̀rọ̀",
    "signs of a telephone": "I am fine 😢🔪 end 👍🏽 ❤️",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_of_every_script_are_drawn_and_can_be_found(script):
    text = unicodedata.normalize("NFC", SCRIPTS[script])
    for style in ("body", "strong", "title", "row"):
        done = set_pages([Block(text=text, style=style)])
        assert text_of(done.pdf) == [text]
        assert not done.missing
        assert not done.named


@pytest.mark.parametrize("script", ["Bengali", "Arabic", "Tamil", "Hindi", "Chinese", "Korean"])
def test_long_texts_of_a_script_are_cut_into_lines_and_lose_nothing(script):
    text = unicodedata.normalize("NFC", SCRIPTS[script])
    (found,) = text_of(set_pages([Block(text=f"{text} " * 20)]).pdf)
    assert "".join(found.split()) == "".join(text.split()) * 20
    corners = memoryview(Pdf(set_pages([Block(text=f"{text} " * 20)]).pdf).words(1).boxes)
    assert max(corners.cast("H")[2::4]) < 65_535 * 0.9


def test_every_syllable_of_korean_has_a_sign():
    assert all(faces.known(chr(code), "serif") for code in range(0xAC00, 0xD7A4))


def test_letters_that_join_are_joined_and_marks_stand_on_their_letters():
    """A joiner that parts letters gives them other shapes, and a vowel is drawn."""
    joined, apart = (
        set_pages([Block(text=text)]).pdf for text in ("\u0647\u0647\u0647", "\u0647\u200c" * 3)
    )
    assert ink(joined) != ink(apart)
    assert ink(set_pages([Block(text="ਨੂੰ")]).pdf) > ink(set_pages([Block(text="ਨ")]).pdf)


def ink(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=4).to_numpy()
    return int((picture < 128).sum())


@pytest.mark.parametrize(
    "text",
    [
        "שלום",
        "שלום עולם",
        "(שלום)",
        "נבדק בשעה 21:40 במיטה 3",
        "نص عربي، وصل في 14/03/2021 ومعه 3 أوراق",
        "אבג 123 דהו abc זחט",
        "a, ב, c, ד.",
    ],
)
def test_words_that_run_leftwards_can_be_found_as_they_are_read(text):
    assert text_of(set_pages([Block(text=text)]).pdf) == [text]


def test_each_line_of_a_text_that_runs_leftwards_does():
    words = [f"{number} שלום" for number in range(60)]
    (found,) = text_of(set_pages([Block(text="א " + " ".join(words))]).pdf)
    assert " ".join(found.split()) == "א " + " ".join(words)


def test_the_same_text_gives_the_same_bytes_and_names_nobody():
    first, second = (set_pages([Block(text="x")]).pdf for _ in range(2))
    assert first == second
    with pypdfium2.PdfDocument(io.BytesIO(first)) as document:
        said = document.get_metadata_dict(skip_empty=True)
    assert set(said) <= {"Producer", "CreationDate", "ModDate", "Creator"}


@pytest.mark.parametrize(
    "text", ["Checked (twice) at 04:00 \\ no", "Żółć, Ελλάς, Привет", "a\u00a0b  c", "10% #5 {x}"]
)
def test_a_run_is_written_as_the_typesetter_itself_writes_it(text):
    def drawn(write):
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        write(canvas)
        canvas.save()
        page = Pdf(out.getvalue()).words(1)
        return page.text, page.boxes

    def ours(canvas):
        faces.draw(canvas, 71.25, 600.5, faces.Run("serif", text, 0.0), 10.5)

    def theirs(canvas):
        faces.ready()
        canvas.setFont("serif", 10.5)
        canvas.drawString(71.25, 600.5, text)

    assert drawn(ours) == drawn(theirs)
    assert drawn(ours)[0].split() == text.split()


def test_what_fits_a_line_is_broken_as_everything_else_is():
    style = typeset.STYLES["cell"]
    setter = typeset.Setter(Canvas(io.BytesIO()))
    for text in ("", "one", "at 04:00 ", "two  words", " three words here", "x" * 70):
        for width in (20.0, 60.0, 61.3, 400.0):
            every = [line.text for line in setter.lines(text, style, width)]
            assert every == list(typeset._wrap(text, style, width)), (text, width)
