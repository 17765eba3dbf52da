"""OpenDocument spreadsheets (.ods) in the worker: every sheet, with what it hides.

A cell's text is the one that the file keeps as it was shown; nothing is computed.
"""

from reviewer.documents.formats.archive import Archive
from reviewer.documents.formats.flat import Flat
from reviewer.documents.formats.ods_cells import Cells, Repeat
from reviewer.documents.formats.opendocument import Objects, is_locked
from reviewer.documents.formats.opendocument_form import Controls, Prompts
from reviewer.documents.formats.sheet_cells import HIDDEN, Book, Budget, Sheet
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.grid import cell_name
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_ROWS, _COLUMNS = 1_048_576, 16_384
_MOST = 500  # sheets
_AREAS = 20_000
_CHANGES = "The file keeps a list of earlier changes, which is not shown."


def book(untrusted: bytes) -> Book:
    """Return a spreadsheet as values. Raises ``Refused``."""
    return _book(Archive(untrusted, broken="sheet-broken", bomb="sheet-bomb"))


def flat(untrusted: bytes) -> Book:
    """Return the same of a spreadsheet that is one piece of XML (.fods)."""
    return _book(Flat(untrusted))


def _book(archive: Archive | Flat) -> Book:
    if is_locked(archive):
        raise Refused("sheet-locked")
    reader = _Reader(Objects(archive))
    for name in ("styles.xml", "content.xml"):
        if name in archive.names or name == "content.xml":
            reader.read(archive.read(name))
    reader.close()
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        reader.found.notes.append("The file holds macros, which were not run and are not shown.")
    return reader.found


class _Reader:
    """The sheets as they come by, one element after the other."""

    def __init__(self, objects: Objects) -> None:
        self.found = Book()
        self._objects = objects
        self._cells = Cells(Budget())
        self._hidden: set[str] = set()  # styles of sheets that are not displayed
        self._style = ""
        self._sheet: Sheet | None = None
        self._row, self._column = 0, 0
        self._repeat = Repeat()
        self._defined = 0  # columns
        self._chart: list[str] = []
        self._prompts = Prompts()
        self._controls: Controls | None = None  # of the sheet whose form is read
        self._open: list[Attributes] = []  # elements of that form
        self._described: list[str] | None = None  # words of what is drawn
        self._skipped = 0  # within what is no cell of a sheet: a list of changes, a chart

    def read(self, untrusted: bytes) -> None:
        """Read a part. Raises ``Refused``."""
        walk(untrusted, self._start, self._end, self._text, broken="sheet-broken",
             dtd="sheet-bomb")  # fmt: skip

    def close(self) -> None:
        """Show what is asked at no cell."""
        if self.found.sheets:
            self._ask(self.found.sheets[0], self._prompts.rest())

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in {"tracked-changes", "master-styles"} or self._nests(name):
            self._skipped += 1
            self._chart.append("\n")
            if name == "tracked-changes":
                self.found.notes.append(told(_CHANGES, changes=1))
        elif name == "table" and self._sheet is None:
            self._begin_sheet(attributes)
        elif self._sheet is None:
            self._prompts.start(name, attributes)
            self._styled(name, attributes)
        else:
            self._in_sheet(self._sheet, name, attributes)

    def _in_sheet(self, sheet: Sheet, name: str, attributes: Attributes) -> None:
        if self._controls is not None and name != "p":
            self._open.append(attributes)
            self._controls.start(name, attributes)
        elif name == "forms":
            self._controls = Controls()
        elif name in {"title", "desc"}:
            self._described = []
        elif self._cells.open:
            self._within(name, attributes)
        else:
            self._on_sheet(sheet, name, attributes)

    def _on_sheet(self, sheet: Sheet, name: str, attributes: Attributes) -> None:
        if name == "table-column":
            self._begin_columns(sheet, attributes)
        elif name == "table-row":
            self._repeat = Repeat.of(attributes, "rows", _ROWS)
            self._column = 0
            if attributes.get("visibility", "visible") != "visible":
                self._repeat.hidden = True
                sheet.filtered |= attributes["visibility"] == "filter"
        elif name in {"table-cell", "covered-table-cell"}:
            self._begin_cell(sheet, name, attributes)
        else:
            self._drawn(name, attributes)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            self._chart.append("\n")
            if not self._skipped:
                self._end_chart()
        elif self._sheet is None:
            self._prompts.end(name)
            self._cells.end_style(name)
        else:
            self._end_in_sheet(self._sheet, name)

    def _end_in_sheet(self, sheet: Sheet, name: str) -> None:
        if self._controls is not None and name != "p":
            self._end_form(sheet, self._controls, name)
        elif name in {"title", "desc"} and self._described is not None:
            self._end_description(sheet, self._described)
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell(sheet)
        elif name == "table-row":
            self._end_row(sheet)
        elif name == "table" and not self._cells.open:
            self._sheet = None
        else:
            self._cells.end(name)

    def _nests(self, name: str) -> bool:
        """Whether a chart begins here that lies in the sheet itself, as a file of its own."""
        if name != "document" or self._sheet is None:
            return False
        self._chart.clear()
        return True

    def _text(self, words: str) -> None:
        if self._skipped:
            self._chart.append(words)
        elif self._described is not None:
            self._described.append(words)
        elif self._sheet is None:
            self._prompts.text(words)
        else:
            self._cells.text(words)

    def _end_chart(self) -> None:
        lines = filter(None, (clean(line).strip() for line in "".join(self._chart).split("\n")))
        self._chart.clear()
        words = " / ".join(dict.fromkeys(lines))
        if words and self._sheet is not None:
            self._sheet.loose.append(self._cells.budget.take(f"Chart: {words}"))

    def _end_form(self, sheet: Sheet, controls: Controls, name: str) -> None:
        if name == "forms":
            said = list(controls.said.values())
            sheet.loose += [self._cells.budget.take(line) for line in said]
            self._controls, self._open = None, []
        elif self._open:
            controls.end(name, self._open.pop())

    def _end_description(self, sheet: Sheet, described: list[str]) -> None:
        words = " ".join("".join(described).split())
        if words:
            line = f"Description of a picture: {clean(words)}"
            sheet.loose.append(self._cells.budget.take(line))
        self._described = None

    def _ask(self, sheet: Sheet, lines: list[str]) -> None:
        for line in lines:
            sheet.asked[self._cells.budget.take(line)] = None

    def _styled(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden.add(self._style)
        self._cells.style(name, attributes)

    def _begin_sheet(self, attributes: Attributes) -> None:
        if len(self.found.sheets) >= _MOST:
            raise Refused("sheet-bomb")
        self._sheet = Sheet(name=clean(attributes.get("name", ""))[:200])
        if attributes.get("style-name", "") in self._hidden:
            self._sheet.state = HIDDEN
        self.found.sheets.append(self._sheet)
        self._row = self._defined = 0

    def _begin_columns(self, sheet: Sheet, attributes: Attributes) -> None:
        repeat = Repeat.of(attributes, "columns", _COLUMNS)
        first, self._defined = self._defined, self._defined + repeat.times
        if attributes.get("visibility", "visible") != "visible":
            sheet.hidden_columns.append((first, self._defined - 1))

    def _begin_cell(self, sheet: Sheet, name: str, attributes: Attributes) -> None:
        repeat = Repeat.of(attributes, "columns", _COLUMNS)
        self._cells.begin(attributes, repeat, covered=name == "covered-table-cell")
        if asked := attributes.get("content-validation-name"):
            self._ask(sheet, self._prompts.at(asked, cell_name(self._row, self._column)))
        across = Repeat.number(attributes, "number-columns-spanned", _COLUMNS)
        down = Repeat.number(attributes, "number-rows-spanned", _ROWS)
        if (across > 1 or down > 1) and len(sheet.merged) < _AREAS:
            last = (self._row + down - 1, self._column + across - 1)
            sheet.merged.append((self._row, self._column, *last))

    def _end_cell(self, sheet: Sheet) -> None:
        done = self._cells.take()
        if done.cell is not None:
            if self._repeat.times * done.times > _ROWS:
                raise Refused("sheet-bomb")
            for down in range(self._repeat.times):
                row = sheet.rows.setdefault(self._row + down, {})
                for across in range(done.times):
                    self._cells.budget.take(done.cell.text)
                    row[self._column + across] = done.cell
        if done.remark:
            sheet.remarks[self._row, self._column] = self._cells.budget.take(done.remark)
        if done.link:
            sheet.links[self._row, self._column] = done.link
        self._column += done.times
        if self._column > _COLUMNS:
            raise Refused("sheet-broken")

    def _end_row(self, sheet: Sheet) -> None:
        if self._repeat.hidden:
            most = min(self._repeat.times, 50_000)
            sheet.hidden_rows.update(range(self._row, self._row + most))
        self._row += self._repeat.times
        if self._row > 2 * _ROWS:
            raise Refused("sheet-broken")
        self._repeat = Repeat()

    def _within(self, name: str, attributes: Attributes) -> None:
        """Take what stands in a cell: its text, or what is drawn at it."""
        if name in {"image", "object", "object-ole"}:
            self._drawn(name, attributes)
        self._cells.start(name, attributes)

    def _drawn(self, name: str, attributes: Attributes) -> None:
        if self._sheet is None:
            return
        if name == "image":
            self._sheet.pictures += "ObjectReplacements" not in attributes.get("href", "")
        elif name == "object-ole":
            self._sheet.objects += 1
        elif name == "object":
            self._sheet.charts += 1
            words = self._objects.words(attributes.get("href", "").removeprefix("./"))
            if words:
                said = f"Chart: {' / '.join(dict.fromkeys(words))}"
                self._sheet.loose.append(self._cells.budget.take(said))
        elif name in {"p", "h"}:
            self._cells.begin_loose(self._sheet.loose)
