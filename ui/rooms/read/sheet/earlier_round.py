"""What was said before of a rating that a later round asks for again: one's own, the others'."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from reviewer.messages import say
from reviewer.method.framework import Framework
from reviewer.records.judgement import Rating
from ui import theme
from ui.rooms.read.queries import Again
from ui.theme import SPACE
from ui.widgets.charts import Stack, StackedDots
from ui.widgets.text import Label

_HEIGHT = 96  # logical pixels of the dots
_NOT_ASSESSED = ("missing", "unclear")
_MOST_PAGES = 6
_MOST_WORDS = 400  # characters of one's own comment


class Earlier(QFrame):
    """Stands above the scale; hidden in the first round."""

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framework = framework
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE.S)
        column.setSpacing(SPACE.XS)
        self.own = Label("", size="strong", wrap=True)
        self.why = Label("", tone="secondary", size="small", wrap=True)
        self.others = Label("", tone="secondary", size="small", wrap=True)
        self.dots = StackedDots()
        self.dots.setFixedHeight(round(_HEIGHT * theme.scale()))
        self.pages = Label("", tone="secondary", size="small", wrap=True)
        for part in (self.own, self.why, self.others, self.dots, self.pages):
            column.addWidget(part)
        self.hide()

    def show_again(self, again: Again | None) -> None:
        """Show what was said before, or nothing in the first round."""
        self.setVisible(again is not None)
        if again is None:
            return
        self.own.setText(_own_words(again.own, self._framework))
        said = again.own.comment.strip() if again.own is not None else ""
        self.why.setText(said if len(said) <= _MOST_WORDS else said[:_MOST_WORDS] + "\u2026")
        self.why.setVisible(bool(said))
        self._show_others(again)
        shown = ", ".join(again.pages[:_MOST_PAGES])
        more = len(again.pages) - _MOST_PAGES
        self.pages.setText(
            say("Pages cited: {shown} and {more} more", shown=shown, more=more)
            if more > 0
            else say("Pages cited: {shown}", shown=shown)
        )
        self.pages.setVisible(bool(again.pages))

    def _show_others(self, again: Again) -> None:
        scale = self._framework.scale
        rated = sum(again.points)
        unsure = sum(again.reasons.get(name, 0) for name in _NOT_ASSESSED)
        rest = sum(again.reasons.values()) - unsure
        words = say("The others, without names: {rated} rated", rated=rated)
        words += say(", {unsure} could not assess", unsure=unsure) if unsure else ""
        words += say(", {rest} gave no rating", rest=rest) if rest else ""
        self.others.setText(words + ".")
        stacks = [
            Stack(words=str(point.value), count=count, index=place)
            for place, (point, count) in enumerate(zip(scale, again.points, strict=True))
        ]
        if unsure:
            stacks.append(Stack(words="n/a", count=unsure))
        self.dots.set_stacks(tuple(stacks), len(scale))
        self.dots.setVisible(bool(rated or unsure))


def _own_words(rating: Rating | None, framework: Framework) -> str:
    """Return one's own earlier rating in words."""
    if rating is None or rating.blank:
        return say("You left this blank.")
    if rating.reason is not None:
        said = framework.words(rating.reason).label
    else:
        label = next(p.label for p in framework.scale if p.value == rating.value)
        said = f"{rating.value} {label}"
    sure = (
        say(", {confidence} confidence", confidence=rating.confidence.value)
        if rating.confidence is not None
        else ""
    )
    return say("You said: {said}{sure}. It stands unless you rate again.", said=said, sure=sure)
