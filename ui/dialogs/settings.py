"""Look and privacy: what this computer does for the person, nothing of any casebook."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from reviewer.messages import later, say
from ui.dialogs.frame import Frame
from ui.settings import ALLOW_CAPTURE, KEEP_RECENT, LOCK_MINUTES, Settings
from ui.system import facts
from ui.theme import SPACE, Scheme, Theme
from ui.theme.apply import TEXT_SCALES
from ui.widgets.capture import can_hide
from ui.widgets.form import Form
from ui.widgets.text import Label, set_tip

_SCHEMES = (
    (Scheme.SYSTEM, later("As the system")),
    (Scheme.LIGHT, later("Light")),
    (Scheme.DARK, later("Dark")),
)
_MINUTES = (2, 5, 10, 15, 30, 60)


class SettingsDialog(Frame):
    """Each choice acts at once and is kept at once."""

    look_changed = Signal(object, float)  # Scheme, text scale
    capture_changed = Signal()

    def __init__(self, parent: QWidget, settings: Settings, theme: Theme) -> None:
        super().__init__(parent, say("Look and privacy"), width=460)
        self._settings = settings
        form = Form()
        self.body.addWidget(form)
        self._scheme = QComboBox()
        for scheme, words in _SCHEMES:
            self._scheme.addItem(say(words), scheme)
        self._scheme.setCurrentIndex([s for s, _words in _SCHEMES].index(theme.scheme))
        form.add(say("Colours"), self._scheme)
        self._text = QComboBox()
        for size in TEXT_SCALES:
            self._text.addItem(f"{size:.0%}", size)
        nearest = min(TEXT_SCALES, key=lambda size: abs(size - theme.text_scale))
        self._text.setCurrentIndex(TEXT_SCALES.index(nearest))
        form.add(say("Text size"), self._text, help_=say("Also Ctrl and > or <."))
        self._lock = QComboBox()
        for minutes in _MINUTES:
            self._lock.addItem(say("after {minutes} minutes", minutes=minutes), minutes)
        kept = settings.get(LOCK_MINUTES)
        nearest_minutes = min(_MINUTES, key=lambda minutes: abs(minutes - kept))
        self._lock.setCurrentIndex(_MINUTES.index(nearest_minutes))
        form.add(
            say("Lock when nobody is here"),
            self._lock,
            help_=say(
                "Ratings, comments and marks are saved first; a form that was not sent is not."
            ),
        )
        self._recent = QCheckBox(say("Keep a list of recent casebooks on this computer"))
        self._recent.setChecked(settings.get(KEEP_RECENT))
        form.add_plain(self._recent)
        if can_hide():
            form.add_plain(self._build_capture())
        form.add_plain(_this_computer())
        for box in (self._scheme, self._text):
            box.currentIndexChanged.connect(lambda _index: self._look())
        self._lock.currentIndexChanged.connect(
            lambda index: settings.put(LOCK_MINUTES, float(_MINUTES[index]))
        )
        self._recent.toggled.connect(settings.keep_recent)

    def _build_capture(self) -> QCheckBox:
        box = QCheckBox(say("Allow pictures of this window (assistive tools, training)"))
        set_tip(box, say("Otherwise other programs see nothing where the window is."))
        box.setChecked(self._settings.get(ALLOW_CAPTURE))
        box.toggled.connect(lambda on: self._settings.put(ALLOW_CAPTURE, on))
        box.toggled.connect(lambda _on: self.capture_changed.emit())
        return box

    def _look(self) -> None:
        self.look_changed.emit(
            _SCHEMES[self._scheme.currentIndex()][0], TEXT_SCALES[self._text.currentIndex()]
        )


def _this_computer() -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.S)
    column.addWidget(Label(say("This computer"), size="strong"))
    for fact in facts():
        column.addWidget(Label(fact, tone="secondary", size="small", wrap=True))
    return part
