"""The eight kinds of cell, each with its sign, word and count; they add up to all cells."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from reviewer.messages import plural, say
from reviewer.summary import kinds
from reviewer.summary.shapes import Kind, Summary
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.heat import DASHED, FRAME, HOLLOW, RULED, SOLID, HeatCell, Sample
from ui.widgets.text import Label, set_tip


class KindsLine(QWidget):
    """A legend that counts: as many lines as it needs."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = Flow(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.text = ""

    def show_summary(
        self, summary: Summary, *, more: tuple[tuple[HeatCell, str], ...] = ()
    ) -> None:
        """Show the kinds of ``summary`` after the signs in ``more``.

        An open cell has two signs; the second stands only beside a map, where there is ``more``.
        """
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        scale = summary.panel.framework.scale
        signs = _signs(summary)
        told = [(cell, text, "") for cell, text in more]
        for kind, name in kinds.WORDS.items():
            meaning = kinds.MEANINGS[kind]
            sign = signs[kind]
            told.append((sign, f"{name} {summary.kinds[kind]:,}", f"{name}: {meaning}"))
            if more and kind is Kind.OPEN:
                told[-1] = (
                    sign,
                    say("open {kinds:,}: the panel disagrees", kinds=summary.kinds[kind]),
                    told[-1][2],
                )
                told.append((replace(sign, outline=DASHED), say("or open for another reason"), ""))
        for cell, text, tip in told:
            self._parts.addWidget(_part(cell, text, tip, len(scale)))
        self.text = say(
            "Of {cells}: {told}.",
            cells=plural("{count:,} cell", "{count:,} cells", count=len(summary.cells)),
            told=kinds.told(summary.kinds),
        )
        self.setAccessibleName(self.text)


def _signs(summary: Summary) -> dict[Kind, HeatCell]:
    """Return a cell of each kind, with the middle of the scale where a value is needed."""
    scale = summary.panel.framework.scale
    middle = len(scale) // 2
    value = str(scale[middle].value)
    return {
        Kind.DETERMINED: HeatCell(words=value, index=middle, ground=RULED),
        Kind.SETTLED: HeatCell(words=value, index=middle),
        Kind.OPEN: HeatCell(words=value, index=middle, outline=SOLID),
        Kind.TOO_FEW: HeatCell(words=value, index=middle, ground=HOLLOW),
        Kind.NOT_ASSESSABLE: HeatCell(words="n/a", hatched=True),
        Kind.NOT_RELEVANT: HeatCell(words="\u2013"),
        Kind.BLANK: HeatCell(words="", ground=FRAME),
        Kind.NOT_ALLOCATED: HeatCell(words="\u00b7"),
    }


def _part(cell: HeatCell, text: str, tip: str, points: int) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, SPACE.S, 0)
    row.setSpacing(SPACE.XS + 2)
    row.addWidget(Sample(cell, points=points, corner=cell.outline == DASHED))
    label = Label(text, tone="secondary", size="small")
    row.addWidget(label)
    if tip:
        set_tip(part, tip)
    return part
