"""A key, drawn as a key, beside what it does."""

import re

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui.widgets.text import Label, restyle

_JOINT = re.compile(r"(?<=.)\+(?=.)")  # between keys, not the key + itself


class KeyHint(Label):
    """A key such as ``Ctrl+F``, written as this system writes it."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        super().__init__(_JOINT.sub(" ", native), parent=parent)
        self.setProperty("kind", "key")
        self.setAccessibleName(say("Key {native}", native=native))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        restyle(self)
