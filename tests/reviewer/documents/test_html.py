import pytest

from reviewer.documents import encoding
from reviewer.documents.formats import html


def text(page):
    return html.read(page).text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<head><style>p{color:red}</style><body><p>last seen at 21:40", "last seen at 21:40"),
        ("<head><title>t<p>never ended", "t never ended"),
        ("<style>p{} <p>words <b>stay</b></p>", "p{}\n\nwords stay"),
        ("<script>no(1) <p>words stay", "no(1)\n\nwords stay"),
        ("a <!-- never ended <p>words", "a <!-- never ended\n\nwords"),
        ("a<!-- unseen -->b<script>no()</script>c", "abc"),
        ("a < b & c &lt; d", "a < b & c < d"),
        ("<![if !mso]>seen<![endif]>", "seen"),
    ],
)
def test_no_words_are_lost_for_a_sign_that_is_missing(page, words):
    assert text(page) == words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("He was <s>not</s> seen", "He was [struck out: not] seen"),
        ("It was <del>two</del> <ins>three</ins> hours", "It was [deleted: two] three hours"),
        ("<span style='text-decoration: line-through'>a</span>b", "[struck out: a]b"),
        ("<style>.x{color:red;text-decoration:line-through}</style><b class='y x'>a</b>b",
         "[struck out: a]b"),
        ("<p style='display:none'>a</p>b", "[hidden: a]\n\nb"),
        ("<strike>a<p>b", "[struck out: a\n\nb]"),
    ],
)  # fmt: skip
def test_words_that_are_struck_out_or_hidden_carry_a_sign(page, words):
    assert text(page) == words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=3 type=a><li>a<li value=9>b<li>c</ol>", "c. a\ni. b\nj. c"),
        ("<ol type=I><li>a<ul><li>in</ul><li>b</ol>", "I. a\n\n  • in\n\nII. b"),
        ("<blockquote>Did he?<blockquote>He did</blockquote></blockquote>No",
         "> Did he?\n\n> > He did\n\nNo"),
        ("<pre>21:00  asleep\n21:15  \n\nNOT</pre>", "21:00  asleep\n21:15\n\nNOT"),
        ("<p>a<p>b", "a\n\nb"),
        ("<div>a</div><div>b<br><br>c</div>", "a\nb\n\nc"),
        ("<table><tr><th>Time<th>Pulse<tr><td>21:00<td>88</table>", "Time  Pulse\n21:00  88"),
        ("<q>so</q>", "“so”"),
    ],
)  # fmt: skip
def test_lists_quotations_tables_and_lines_read_as_they_are_seen(page, words):
    assert text(page) == words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<a href='http://x.example/r'>the report</a>.", "the report <http://x.example/r>."),
        ("<a href='mailto:a@b'>a@b</a>", "a@b"),
        ("<a href='#part'>above</a>", "above"),
        ("<img alt='map' src=x><img src=y>", "[picture: map][picture: not shown]"),
        ("<select><option>Yes<option selected>No</select>", "☐ Yes\n☒ No"),
        ("<input type=checkbox checked>a<input type=radio>b", "☒ a☐ b"),
        ("<input value='typed'><input type=hidden value='id'>", "[typed]"),
        ("<textarea>one\n two</textarea>", "one\n two"),
    ],
)
def test_what_stands_behind_a_link_a_picture_or_a_field_is_shown(page, words):
    assert text(page) == words


def test_letters_that_a_page_does_not_state_are_told_as_guessed():
    assert html.blocks("<p>café".encode("cp1252"))[1][-1] == encoding.GUESSED
    page = '<meta charset="utf-8"><p>café'.encode("cp1252")
    assert html.blocks(page)[1][-1] == encoding.UNFIT


def test_parts_that_are_not_words_are_counted():
    assert html.read("<svg><text>x</text></svg><video src=x></video>a").unseen == 2


def test_a_page_of_a_hundred_thousand_open_elements_is_read_soon():
    assert text("<b><div><s>" * 30_000 + "end").endswith("end" + "]" * 30_000)


def test_a_page_is_shown_under_its_title_in_its_own_letters():
    page = '<meta charset="iso-8859-2"><title>A\n case</title><p>Wałęsa'.encode("iso-8859-2")
    blocks, notes = html.blocks(page)
    assert [(block.text, block.style) for block in blocks] == [
        ("A case", "title"),
        ("Wałęsa", "lines"),
    ]
    assert notes == ["This is a web page; only its words are shown."]


def test_what_a_page_does_not_show_is_said():
    _, notes = html.blocks("<video src=x></video>caf\xe9".encode("cp1252"))
    assert notes[1] == "Parts of the web page that are not words, not shown: 1."


@pytest.mark.parametrize("tag", ["details", "dialog", "menu", "optgroup", "hgroup"])
def test_a_word_after_a_box_is_a_word_of_its_own(tag):
    made = f"<p>a</p><{tag}>hidden until it is opened</{tag}><a>after</a>"
    assert "openedafter" not in text(made)
