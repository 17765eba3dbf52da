"""Choosing files and folders, without waiting inside the call and without leaving traces.

Qt's own file dialog writes where it has been to ``QtProject.conf`` (SECURITY 4a) as it is
destroyed. ``keep_no_traces`` gives it no place to write to; where Qt cannot be told so (Windows'
registry, macOS' defaults) those keys are taken out again each time and at the next start.
"""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer.messages import later, say

_TRACES = ("FileDialog/history", "FileDialog/lastVisited", "FileDialog/shortcuts")
CASEBOOKS = later("Casebooks (*.casebook);;All files (*)")
DOCUMENTS = later(
    "Documents (*.pdf *.txt *.docx *.doc *.odt *.rtf *.pptx *.xlsx *.xlsm *.xls *.ods "
    "*.fods *.fodt *.xml *.csv *.tsv *.eml *.emlx *.msg *.mbox *.zip *.htm *.html "
    "*.jpg *.jpeg *.png *.tif *.tiff *.gif *.bmp *.webp *.avif *.heic *.heif *.wav *.mp3 *.m4a "
    "*.aac *.flac *.ogg *.aif *.aiff *.au *.srt *.vtt);;"
    "All files (*)"
)


def local_files(dragged: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged or dropped."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]


def choose_file(
    parent: QWidget, title: str, kinds: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for one existing file and call ``then`` with it; nothing where it is closed."""
    return _open(
        _ask(parent, title, say(kinds), QFileDialog.FileMode.ExistingFile, lambda c: then(c[0]))
    )


def choose_files(
    parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], object]
) -> QFileDialog:
    """Ask for existing files and call ``then`` with them."""
    return _open(_ask(parent, title, say(kinds), QFileDialog.FileMode.ExistingFiles, then))


def choose_folder(
    parent: QWidget,
    title: str,
    then: Callable[[Path], object],
    *,
    start: Path | None = None,
) -> QFileDialog:
    """Ask for a folder, beginning at ``start``, and call ``then`` with it."""
    dialog = _ask(parent, title, "", QFileDialog.FileMode.Directory, lambda c: then(c[0]))
    if start is not None and start.is_dir():
        dialog.setDirectory(str(start))
    return _open(dialog)


def choose_new(
    parent: QWidget, title: str, kinds: str, suggested: Path, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for the name of a file to make; ``suggested`` holds a neutral name and its suffix."""
    dialog = _ask(parent, title, say(kinds), QFileDialog.FileMode.AnyFile, lambda c: then(c[0]))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.setDirectory(str(suggested.parent))
    dialog.selectFile(suggested.name)
    return _open(dialog)


def _ask(
    parent: QWidget,
    title: str,
    kinds: str,
    mode: QFileDialog.FileMode,
    then: Callable[[list[Path]], object],
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.destroyed.connect(lambda _dialog=None: forget())
    return dialog


def _open(dialog: QFileDialog) -> QFileDialog:
    dialog.open()
    return dialog


def keep_no_traces() -> None:
    """Let Qt's own settings go nowhere; call it before the first file dialog."""
    if os.name == "posix":  # a file is no folder: nothing can come to be under it
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    forget()


def forget() -> None:
    """Take out what Qt's file dialog wrote down of where it has been."""
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _TRACES:
        store.remove(key)
    store.sync()
