"""Text on screen is plain: a case title must never become a picture, a link or a script."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QMessageBox

import ui
from ui import errors
from ui.errors import words
from ui.widgets.banner import MarkingBanner
from ui.widgets.chip import Chip, EvidenceChip
from ui.widgets.empty import EmptyState
from ui.widgets.keyhint import KeyHint
from ui.widgets.problem import InlineProblem
from ui.widgets.status import SaveStatus
from ui.widgets.text import Elided, Label, plain

OWN_WORDS = {("reader/status_bar.py", "name")}  # the names of our own buttons
ROOT = Path(ui.__file__).parent


@pytest.fixture
def decoy(tmp_path):
    """A red picture on the disk, and markup that would show it."""
    path = tmp_path / "decoy.png"
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 0))
    picture.save(str(path))
    return f'<img src="{path.as_uri()}"><b>bold</b>'


def red(widget):
    widget.resize(500, 160)
    picture = widget.grab().toImage()
    return any(
        picture.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )


def test_a_bare_label_would_show_the_picture(qtbot, decoy):
    """The reason for all the others: if this stops failing, Qt has changed."""
    label = QLabel(decoy)
    qtbot.addWidget(label)
    assert red(label)


def problem(text):
    made = InlineProblem()
    made.tell(text, details=(text,), action=text, then=lambda: None)
    return made


def banner(text):
    made = MarkingBanner()
    made.show_marking(text)
    return made


def evidence(text):
    return EvidenceChip("m", text)


def empty(text):
    return EmptyState(text, title=text, action=text, then=lambda: None)


@pytest.mark.parametrize(
    "make",
    [
        Label,
        Elided,
        Chip,
        KeyHint,
        EmptyState,
        problem,
        banner,
        evidence,
        empty,
    ],
)
def test_our_pieces_show_markup_as_it_was_typed(qtbot, light, decoy, make):
    widget = make(decoy)
    qtbot.addWidget(widget)
    assert not red(widget)


def test_a_message_box_shows_markup_as_it_was_typed(qtbot, decoy):
    parent = Label("")
    qtbot.addWidget(parent)
    box = errors.tell(parent, decoy, details=(decoy,))
    assert not red(box)
    assert box.isVisible()
    box.close()


def test_tool_tips_are_escaped():
    assert "<img" not in plain('<img src="file:///x">')
    assert len(plain("x" * 5000)) < 800


def test_a_fault_of_the_program_is_named_without_its_text():
    try:
        raise ValueError("the text of a letter")  # noqa: TRY301 - this is the point
    except ValueError as error:
        told = words(error)
    assert "letter" not in told.sentence + "".join(told.details)
    assert "ValueError at test_plain.py" in told.details[0]


def calls(name):
    """Yield every call of ``name`` in the window's source, with its file."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                found = called.attr if isinstance(called, ast.Attribute) else None
                found = called.id if isinstance(called, ast.Name) else found
                if found == name:
                    yield path.relative_to(ROOT).as_posix(), node


@pytest.mark.parametrize(
    "name", ["QLabel", "setHtml", "QTextBrowser", "QTextEdit", "setTextFormat"]
)
def test_nothing_makes_text_that_guesses(name):
    allowed = {"setTextFormat": {"widgets/text.py", "errors.py"}}.get(name, set())
    assert {where for where, _node in calls(name)} <= allowed


def test_message_boxes_are_made_in_one_place():
    assert {where for where, _node in calls("QMessageBox")} == {"errors.py"}


# each way to give a tip, and which of what it is given are the words
TIPS = {"setToolTip": -1, "setTabToolTip": 1, "showText": 1}


def test_every_tool_tip_goes_through_plain():
    found = [(where, node.args[at]) for name, at in TIPS.items() for where, node in calls(name)]
    assert found
    for where, given in found:
        text = ast.unparse(given)
        ours = isinstance(given, ast.Constant) or (where, text) in OWN_WORDS
        assert ours or "plain(" in text, f"{where}: {text}"


def test_nothing_else_is_shown_that_guesses():
    """Ways to show words that guess HTML and are not looked after above: none is in use."""
    for name in (
        "setWhatsThis",
        "QErrorMessage",
        "QInputDialog",
        "QProgressDialog",
        "setMarkdown",
        "QTextDocument",
        "QSplashScreen",
        "insertHtml",
        "appendHtml",
        "setTabWhatsThis",
        "QStaticText",
    ):
        assert not list(calls(name)), name


def test_saved_status_tells_its_words(qtbot, light):
    status = SaveStatus()
    qtbot.addWidget(status)
    status.not_saved()
    assert status.words == "Not saved"
    assert status.accessibleName() == "Not saved"


def test_message_box_type_is_plain(qtbot):
    parent = Label("")
    qtbot.addWidget(parent)
    box = errors.tell(parent, "x")
    assert isinstance(box, QMessageBox)
    assert box.textFormat().name == "PlainText"
    box.close()
