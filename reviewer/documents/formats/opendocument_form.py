"""Forms of OpenDocument files: what was ticked, chosen and typed, and what is asked there."""

import re
from collections.abc import Callable
from functools import partial

from reviewer.documents.formats.xml import Attributes
from reviewer.records.text import clean_line

_SHORT = 4_000  # characters of a control
_MOST = 20_000  # controls and prompts; more are nobody's
_BOXES = frozenset({"checkbox", "radio"})
_OTHERS = frozenset(
    {
        "text", "textarea", "formatted-text", "number", "date", "time", "password", "file",
        "combobox", "listbox", "fixed-text", "button", "frame", "value-range", "column",
        "generic-control",
    }
)  # fmt: skip
_CONTROLS = _BOXES | _OTHERS
_LISTED = re.compile(r"cell-content-is-in-list\((.*)\)\s*$", re.DOTALL)
_PROMPTS = {"help-message": "Asked", "error-message": "Said of what may not stand"}


class Controls:
    """The controls of a form, each as one line; ``said`` has them by their names in the file."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._chosen: list[str] = []

    def starts(self) -> dict[str, Callable[[Attributes], Callable[[], None]]]:
        """Return what takes each element of a form, and itself returns what ends it."""
        return {name: partial(self._started, name) for name in (*_CONTROLS, "option")}

    def _started(self, name: str, attributes: Attributes) -> Callable[[], None]:
        self.start(name, attributes)
        return partial(self.end, name, attributes)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element within a form."""
        if name in {"listbox", "combobox"}:
            self._chosen = []
        elif name == "option":
            ticked = attributes.get("current-selected") or attributes.get("selected", "")
            sign = "☒" if ticked == "true" else "☐"
            self._chosen.append(f"{sign} {attributes.get('label') or attributes.get('value', '')}")

    def end(self, name: str, attributes: Attributes) -> None:
        """Take the end of an element within a form, with what its start said."""
        if name not in _CONTROLS or len(self.said) >= _MOST:
            return
        if name in _BOXES:
            state = attributes.get("current-state") or attributes.get("state", "")
            chosen = attributes.get("current-selected") or attributes.get("selected", "")
            sign = "☒" if state == "checked" or chosen == "true" else "☐"
            parts = [f"{sign} {attributes.get('label', '')}"]
        else:
            value = attributes.get("current-value") or attributes.get("value", "")
            parts = [attributes.get("label", ""), value]
            if name == "listbox":
                parts.append("; ".join(self._chosen))
        said = clean_line(": ".join(part for part in parts if part))
        if title := clean_line(attributes.get("title", "")):
            said = f"{said} ({title})".strip()
        if said:
            key = attributes.get("id", "") or f"\0{len(self.said)}"
            self.said[key] = said[:_SHORT]


class Prompts:
    """What is asked at cells of a spreadsheet, by the name under which cells point at it."""

    def __init__(self) -> None:
        self._lines: dict[str, list[tuple[str, str]]] = {}
        self._name = ""
        self._what = ""
        self._words: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element that stands before the sheets."""
        if name == "content-validation" and len(self._lines) < _MOST:
            self._name = attributes.get("name", "")
            self._lines[self._name] = []
            if found := _LISTED.search(attributes.get("condition", "")):
                self._add("To choose from", found[1].replace('"', "").replace(";", "; "))
        elif name in _PROMPTS:
            self._what = _PROMPTS[name]
            self._words = [attributes.get("title", "")]
        elif self._what and name == "p":
            self._words.append("")

    def text(self, words: str) -> None:
        """Take text."""
        if self._what:
            self._words[-1] += words

    def end(self, name: str) -> None:
        """Take the end of such an element."""
        if name in _PROMPTS and self._what:
            self._add(self._what, ": ".join(filter(None, self._words)))
            self._what = ""

    def _add(self, what: str, words: str) -> None:
        if said := clean_line(words):
            self._lines.setdefault(self._name, []).append((what, said[:_SHORT]))

    def at(self, name: str, cell: str) -> list[str]:
        """Return what is asked at a cell that points there; it is said of the first one alone."""
        return [f"{what} at {cell}: {said}" for what, said in self._lines.pop(name, [])]

    def rest(self) -> list[str]:
        """Return what no cell points at."""
        return [
            f"{what}: {said}" for name in list(self._lines) for what, said in self._lines.pop(name)
        ]
