"""Help: the keys on one page, how work goes, and what Reviewer protects and does not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from reviewer.assets import resource
from reviewer.messages import later, say
from reviewer.summary import kinds
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.card import SectionHeading
from ui.widgets.keyhint import KeyHint
from ui.widgets.text import Label

READING_KEYS = (
    ("Up", later("previous factor")),
    ("Down", later("next factor")),
    ("0 - 4", later("rate the factor in focus, with the points of the inquiry's scale")),
    (
        "M U X O R",
        (
            later(
                "not assessable: missing, unclear, not relevant, outside, recused;"
                " where the inquiry has letters of its own, they stand in the sheet"
            )
        ),
    ),
    ("C", later("how confident, in turn")),
    ("L", later("what is left in the round")),
    ("Enter", later("write the comment of the factor in focus")),
    ("E", later("attach the selected passage to the factor in focus")),
    ("M N", later("on the pages: mark the selected passage, write a note to it")),
    ("W", later("on the pages: correct the selected word of a scan that was misread")),
    ("T", later("on the pages: an event of the chronology from the selected passage")),
    ("Ctrl+Shift+C", later("copy the selected passage with its citation")),
    ("Ctrl+F", later("find in this document")),
    ("F3", later("next place that was found; Shift+F3 the one before")),
    ("PgDown", later("on through the pages, wherever the focus is; PgUp goes back")),
    ("Ctrl++", later("larger pages")),
    ("Ctrl+-", later("smaller pages")),
    ("Ctrl+0", later("pages as wide as their room")),
    ("Ctrl+R", later("turn this page to the right; Ctrl+Shift+R to the left")),
    ("Ctrl+G", later("go to a page")),
    ("F7", later("the words of the page, for a screen reader or a caret; again closes them")),
    ("F8", later("next mark of the document; Shift+F8 the one before, Enter opens it")),
    (
        "B",
        later(
            "on the pages: a box that arrows move, and size with Shift; M marks it. With Box at"
            " the foot the mouse draws one, over words as well"
        ),
    ),
    (
        "Space",
        later(
            "look at a page without leaving: of evidence, of a heading, of what was found, or"
            " cited on the page, as {A-1/34}; Esc closes it, Enter goes there"
        ),
    ),
    ("Ctrl+I", later("what of this file is not on its pages")),
    ("Ctrl+D", later("all documents of the case as a list; typed words narrow it")),
    ("V", later("on the pages: the cover of the case, what is known of it and what is not here")),
    ("Ctrl+2", later("a second document beside the first one, or one again")),
    ("Ctrl+3", later("let both documents move when one is scrolled, or each by itself")),
    ("Ctrl+PgDown", later("next document of the case; Ctrl+PgUp the one before")),
    ("Alt+Down", later("next case; Alt+Up the one before")),
    ("/", later("filter the cases")),
    ("F6", later("from the cases to the pages, to those beside them, to the sheet")),
)
READING_WORDS = (
    (
        later(
            "On a factor's row one letter or digit is one act, and one Ctrl+Z"
            " takes it back. Letters typed on without a pause are taken for words:"
            " nothing is rated by them. Enter writes words in the comment, or the"
            " name of a missing record. On a button no letter rates."
        )
    ),
    (
        later(
            "Ctrl+Z takes back what you did since you opened the casebook, says"
            " what it was, and shows it. Older steps stand under What I did"
            " (Ctrl+H); each can be taken back by itself."
        )
    ),
    (
        later(
            "What of a file is not on its pages stands below them: a line says how"
            " many things, and Ctrl+I opens it. What was attached to a document"
            " stands behind it. The file itself, as it was brought in, is saved out"
            " by Ctrl+Shift+S; that copy is not encrypted."
        )
    ),
    (
        later(
            "The list of documents (Ctrl+D, or All above the pages) says of each how"
            " many pages you have read, what you marked, what it is attached to, and"
            " which records are not in the file. A page counts as read once it stood"
            " before you for some seconds, large enough to be read; that stays in your"
            " casebook and is told to nobody. Ctrl+Enter opens the document at hand"
            " beside the one that you read: the pane with the line over it is in use,"
            " marks go to it, and F6 leads from one to the other."
        )
    ),
    (
        later(
            "When a document is replaced, your marks stay on the old one. My marks"
            " counts those that wait for you, finds their words in the newer document"
            " and says how sure it is; you take a mark along or leave it. What you"
            " sealed stays what it was."
        )
    ),
    (
        later(
            "Before a round is sealed, a page says what goes and what is blank,"
            " and asks for a word. A sealed round can be opened again under What"
            " is left, with a reason, until an update says that the chair has"
            " released it."
        )
    ),
)


_NOBODY = later(
    "Nobody to talk to is named on this computer. Ctrl+Shift+H takes a name and a number; ask your"
    " inquiry for them."
)
_CARE = (
    later(
        "Defer sets a case aside without a reason; one that is still set aside when you seal goes"
        " to the chair as that. Ctrl+Shift+X steps back from the whole case: every factor that is"
        " asked for is recused in one step, with your reason."
    ),
    later(
        "A document with a content note stays covered until you choose to look. Ctrl+Shift+H"
        " reminds of breaks and finishes for today. None of this protects from what is written"
        " there; it leaves you the choice. What you set there stays on this computer."
    ),
)


class HelpDialog(Frame):
    """Keys and honest words; ``keys`` are those of the window's own actions."""

    def __init__(
        self, parent: QWidget, keys: Sequence[tuple[str, str]], support: str = ""
    ) -> None:
        super().__init__(parent, say("Help"), width=560)
        self.body.addWidget(SectionHeading(say("Keys everywhere")))
        self.body.addWidget(_keys(keys))
        self.body.addWidget(SectionHeading(say("Keys while reading and scoring")))
        self.body.addWidget(_keys([(key, say(what)) for key, what in READING_KEYS]))
        for told in READING_WORDS:
            self.body.addWidget(Label(say(told), tone="secondary", wrap=True))
        self.body.addWidget(SectionHeading(say("When reading is too much")))
        for words in (support or say(_NOBODY), *map(say, _CARE)):
            self.body.addWidget(Label(words, tone="secondary", wrap=True))
        self.body.addWidget(SectionHeading(say("Every cell is one of eight")))
        self.body.addWidget(_kinds())
        for heading, sentences in (*work(), *protection()):
            self.body.addWidget(SectionHeading(say(heading)))
            group = QVBoxLayout()
            group.setSpacing(SPACE.S)
            for sentence in sentences:
                group.addWidget(Label(say(sentence), tone="secondary", wrap=True))
            self.body.addLayout(group)


def work() -> list[tuple[str, list[str]]]:
    """Return how reading, sealing and the chair's work go: (heading, sentences)."""
    return _parts("help/steps.txt")


def protection() -> list[tuple[str, list[str]]]:
    """Return what is protected and what is not: (heading, sentences), as SECURITY.md has it."""
    return _parts("help/protection.txt")


def _parts(name: str) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    for line in resource(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            parts.append((line[2:], []))
        elif line:
            parts[-1][1].append(line)
    return parts


def _kinds() -> QWidget:
    """Return the kinds of cell, each with what it means; they add up to all of a summary."""
    pairs = [(name, kinds.MEANINGS[kind]) for kind, name in kinds.WORDS.items()]
    told = [
        (Label(_begun(w)), Label(f"{_begun(m)}.", tone="secondary", wrap=True)) for w, m in pairs
    ]
    return _table(told, Qt.AlignmentFlag.AlignTop)


def _keys(keys: Sequence[tuple[str, str]]) -> QWidget:
    """Return keys, each with what it does."""
    told = [(KeyHint(key), Label(_begun(what), wrap=True)) for key, what in keys]
    return _table(told, Qt.AlignmentFlag.AlignVCenter)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _table(rows: Sequence[tuple[Label, Label]], stands: Qt.AlignmentFlag) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE.L)
    grid.setVerticalSpacing(SPACE.S)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    for row, (word, told) in enumerate(rows):
        grid.addWidget(word, row, 0, Qt.AlignmentFlag.AlignLeft | stands)
        grid.addWidget(told, row, 1)
    return part
