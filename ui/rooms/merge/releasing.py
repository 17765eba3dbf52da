"""The step before the release: what it means, and a reason for everybody who is left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reviewer.exchange.release import Released
from reviewer.messages import later, plural, say
from reviewer.records.panel import Custodian
from reviewer.records.text import clean_line
from ui.rooms.merge.half import HalfField
from ui.rooms.merge.round_status import Out, RoundStands
from ui.theme import SPACE
from ui.widgets.form import Form
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label
from ui.widgets.tick import Tick

_MEANS = later(
    "All returns open together, in one step. From then on everybody's"
    " ratings can be read here, what comes later is late and opens only"
    " with a reason, and it cannot be undone."
)
_OUT = later(
    "Some are out. Wait for them, or give for each the reason why the"
    " round goes on without; it stands in the report."
)
_SEAL = later(
    "Seal your own round first: nobody reads the others' work before that. Ratings may stay blank."
)


class ReleaseForm(SideForm):
    """Tells ``confirmed`` with the reason for each one left out, or ``away``.

    Where there is a custodian, ``confirmed`` carries the half that was typed, else None.
    """

    confirmed = Signal(object, object)  # dict[str, str], bytes | None

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(
            "", say("Release the round"), self.send, away=say("Not yet"), parent=parent
        )
        self._reasons: dict[str, QLineEdit] = {}
        self._seal_first = False
        self._build()
        self._half.changed.connect(self._problem.clear)
        self._sure = Tick(say("I have read this, and nobody else is to return"))
        self.over_foot.addWidget(self._sure)

    def begin(self, stands: RoundStands, round_: int, custodian: Custodian | None) -> None:
        """Ask for ``round_`` as it stands now, and for the half that ``custodian`` keeps."""
        self._half.setVisible(custodian is not None)
        if custodian is not None:
            self._half.ask(custodian)
        self._title.setText(
            say(
                "Release round {round_}: {received} of {expected} in",
                round_=round_,
                received=stands.received,
                expected=stands.expected,
            )
        )
        self._go.setText(say("Release round {round_}", round_=round_))
        self._unheard.setText(_unheard(stands.unheard))
        self._unheard.setVisible(bool(stands.unheard))
        self._ask_reasons(stands.out)
        self._sure.setChecked(False)
        self._problem.clear()
        first = next(iter(self._reasons.values()), None)
        if first is None and custodian is not None:
            self._half.focus()
        else:
            (first or self._sure).setFocus()
        self._area.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        column = self.inside
        column.setSpacing(SPACE.M)
        self._unheard = Label("", tone="warn", wrap=True)
        self._some_out = Label(say(_OUT), tone="warn", wrap=True)
        self._outs = QVBoxLayout()
        self._half = HalfField()
        for part in (Label(say(_MEANS), wrap=True), self._unheard, self._some_out):
            column.addWidget(part)
        column.addLayout(self._outs)
        column.addWidget(self._half)
        column.addStretch(1)

    def _ask_reasons(self, out: tuple[Out, ...]) -> None:
        """Ask for a reason for each who is out."""
        while (item := self._outs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._reasons = {}
        self._seal_first = any(one.own for one in out)
        others = [one for one in out if not one.own]
        said = [say(_SEAL)] * self._seal_first + [say(_OUT)] * bool(others)
        self._some_out.setText(" ".join(said))
        self._some_out.setVisible(bool(said))
        if not others:
            return
        form = Form()
        for one in others:
            field = QLineEdit()
            field.setMaxLength(300)
            field.setPlaceholderText(say("Reason"))
            form.add(
                say("Without {name}", name=one.name),
                field,
                help_=f"{one.why[:1].upper()}{one.why[1:]}.",
            )
            self._reasons[one.name] = field
        self._outs.addWidget(form)

    def _look_at(self, field: QWidget) -> None:
        field.setFocus()
        self._area.ensureWidgetVisible(field)

    def send(self) -> None:
        """Tell the reasons, or what is missing."""
        given = {name: clean_line(field.text()) for name, field in self._reasons.items()}
        without = [name for name, reason in given.items() if not reason]
        if self._seal_first:
            self._problem.tell(say(_SEAL))
        elif without:
            self._problem.tell(
                say(
                    "Give a reason for leaving out {without}, or wait.", without=", ".join(without)
                )
            )
            self._look_at(self._reasons[without[0]])
        elif self._half.isVisibleTo(self) and self._half.problem:
            self._problem.tell(self._half.problem)
            self._half.focus()
            self._area.ensureWidgetVisible(self._half)
        elif not self._sure.isChecked():
            self._problem.tell(say("Tick the box: a release cannot be undone."))
            self._sure.setFocus()
        else:
            self._problem.clear()
            self.confirmed.emit(given, self._half.half if self._half.isVisibleTo(self) else None)

    def forget(self) -> None:
        """Let go of what the custodian typed."""
        self._half.clear()

    def leave(self) -> None:
        self.forget()
        super().leave()


def _unheard(names: tuple[str, ...]) -> str:
    """Return the warning about keys that nobody has compared; the release goes on all the same."""
    shown = ", ".join(names[:4]) + (
        say(" and {count} more", count=len(names) - 4) if len(names) > 4 else ""
    )
    return say(
        "Not compared by telephone yet: the key words of {shown}. Until then a"
        " return is known to come from their casebook, not from them. Panel"
        " shows the words; the report says how many were compared.",
        shown=shown,
    )


def released_words(released: Released, *, first: bool) -> str:
    """Return what is said of a release; ``first``: there is something to read before figures."""
    told = plural(
        "Round {round} is released: {count:,} return opened together.",
        "Round {round} is released: {count:,} returns opened together.",
        count=released.returns,
        round=released.round,
    )
    then = say("Agreement and Summary show what the panel found.")
    return " ".join((told, *([say("Read this before any figure.")] if first else []), then))
