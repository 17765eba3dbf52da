"""What this computer remembers of the window: a few plain choices, never anything of a casebook.

Each setting is declared once, with its type and default. The file is our own INI with exactly
these keys; a value that is not of its type counts as absent. Recent casebooks are names of files,
so they are kept only where the person turned that on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import Scheme

T = TypeVar("T")

MOST_RECENT = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting(Generic[T]):
    """One setting: its key, its default, and how it goes to text and back."""

    key: str
    default: T
    read: Callable[[str], T]
    write: Callable[[T], str] = str


def _flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


def _switch(key: str) -> Setting[bool]:
    return Setting(key=key, default=False, read=_flag, write=lambda on: "yes" if on else "no")


def _between(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return read


def _paths(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)[:MOST_RECENT]


LANGUAGE: Setting[str] = Setting(key="look/language", default="", read=str)
SCHEME: Setting[Scheme] = Setting(key="look/scheme", default=Scheme.SYSTEM, read=Scheme)
TEXT_SCALE: Setting[float] = Setting(key="look/text_scale", default=1.0, read=_between(0.5, 3.0))
LOCK_MINUTES: Setting[float] = Setting(
    key="privacy/lock_minutes", default=15.0, read=_between(1.0, 240.0)
)
ALLOW_CAPTURE = _switch("privacy/allow_capture")
CONFINED_ONLY = _switch("privacy/confined_only")
SCANS_PAUSED = _switch("reading/scans_paused")
CASES_HIDDEN = _switch("reading/cases_hidden")
OUTLINE_SHOWN = _switch("reading/outline")
NIGHT_PAGES = _switch("reading/night")
READING_BAND = _switch("reading/band")
TWO_PAGES = _switch("reading/two_pages")
# Of whoever reads on this computer: never in a casebook, so never in a return.
BREAK_MINUTES: Setting[float] = Setting(
    key="care/break_minutes", default=0.0, read=_between(0.0, 240.0)
)
SUPPORT: Setting[str] = Setting(key="care/support", default="", read=str)
TOLD_WEAKNESS: Setting[str] = Setting(key="privacy/told_weakness", default="", read=str)
KEEP_RECENT = _switch("privacy/keep_recent")
RECENT: Setting[tuple[str, ...]] = Setting(
    key="privacy/recent", default=(), read=_paths, write="\n".join
)
GEOMETRY: Setting[bytes] = Setting(
    key="window/geometry", default=b"", read=bytes.fromhex, write=bytes.hex
)
BACKUP_FOLDER: Setting[str] = Setting(key="keeping/backup_folder", default="", read=str)
ALLOWED = frozenset(
    setting.key
    for setting in (
        LANGUAGE,
        SCHEME,
        TEXT_SCALE,
        LOCK_MINUTES,
        ALLOW_CAPTURE,
        CONFINED_ONLY,
        SCANS_PAUSED,
        BREAK_MINUTES,
        SUPPORT,
        CASES_HIDDEN,
        OUTLINE_SHOWN,
        NIGHT_PAGES,
        READING_BAND,
        TWO_PAGES,
        TOLD_WEAKNESS,
        KEEP_RECENT,
        RECENT,
        GEOMETRY,
        BACKUP_FOLDER,
    )
)


class Settings:
    """Reads and writes the settings in one INI file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)
        self.folders: dict[str, Path] = {}  # chosen since the program began; never written down
        for key in self._store.allKeys():
            if key not in ALLOWED:
                self._store.remove(key)

    def get(self, setting: Setting[T]) -> T:
        """Return the setting, or its default where nothing usable is stored."""
        raw = self._store.value(setting.key)
        if not isinstance(raw, str):
            return setting.default
        try:
            return setting.read(raw)
        except ValueError:
            return setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        """Store the setting at once."""
        if setting.key not in ALLOWED:
            raise KeyError(setting.key)
        self._store.setValue(setting.key, setting.write(value))
        self._store.sync()

    def remember(self, path: Path) -> None:
        """Put ``path`` first among the recent casebooks, where the person wants them kept."""
        if not self.get(KEEP_RECENT):
            return
        others = (known for known in self.get(RECENT) if known != str(path))
        self.put(RECENT, (str(path), *others)[:MOST_RECENT])

    def keep_recent(self, on: bool) -> None:  # noqa: FBT001 - the value of the setting itself
        """Turn the list of recent casebooks on or off; off forgets it."""
        self.put(KEEP_RECENT, on)
        if not on:
            self._store.remove(RECENT.key)
            self._store.sync()

    @property
    def recent(self) -> tuple[str, ...]:
        """The recent casebooks, newest first."""
        return self.get(RECENT)

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window stands."""
        self.put(GEOMETRY, bytes(geometry.data()))

    def geometry(self) -> QByteArray:
        """Return where the window stood."""
        return QByteArray(self.get(GEOMETRY))
