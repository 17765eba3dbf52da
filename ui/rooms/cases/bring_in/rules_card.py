"""The rules of a delivery, in the order in which they are tried, with what each decided."""

from reviewer.intake.delivery.assess import Row
from reviewer.intake.delivery.looking import Looked
from reviewer.messages import plural, say
from ui import theme
from ui.widgets.card import Card
from ui.widgets.rows import SideRow, Sign
from ui.widgets.side_list import SideModel, side_list

_LIST = 150  # pixels at the drawn text size, at least: four rules


class RulesCard(Card):
    """Shows the rules; those behind the chosen file carry a sign."""

    def __init__(self) -> None:
        super().__init__(
            say("Rules for case and kind"),
            say("Tried in this order. Marked: the rules behind the chosen file."),
        )
        self._looked: Looked | None = None
        self._row: Row | None = None
        self.model = SideModel(self)
        self.list = side_list(self.model, say("Rules for case and kind"))
        self.list.setMinimumHeight(round(_LIST * theme.scale()))
        self.body.addWidget(self.list, 1)

    def show_rules(self, looked: Looked) -> None:
        """Show the rules of a delivery."""
        self._looked = looked
        self._fill()

    def show_behind(self, row: Row | None) -> None:
        """Mark the rules behind ``row``."""
        self._row = row
        self._fill()

    def _fill(self) -> None:
        if self._looked is None:
            return
        table = self._looked.table
        chosen = self._row.decision.chosen.values() if self._row is not None else ()
        behind = {choice.rule for choice in chosen}
        rows = [
            SideRow(
                first=f"{number}  {rule.name}",
                second=" \u00b7 ".join(
                    [
                        _files(table.decided.get(number, 0)),
                        rule.path,
                        *(f"\u2192 {v}" for v in rule.gives.values()),
                    ]
                ),
                signs=_signs(number in behind),
            )
            for number, rule in enumerate(self._looked.rules.rules, 1)
        ]
        if table.decided.get(0):
            rows.insert(
                0,
                SideRow(
                    first=say("Said by hand"),
                    second=_files(table.decided[0]),
                    signs=_signs(0 in behind),
                ),
            )
        asked = sum(row.asks for row in table.rows)
        if asked:
            rows.append(SideRow(first=say("No rule: you choose"), second=_files(asked)))
        self.model.set_rows(rows)


def _signs(behind: bool) -> tuple[Sign, ...]:  # noqa: FBT001 - the only thing it says
    return (Sign(text="\u25c0", words=say("behind the chosen file")),) if behind else ()


def _files(count: int) -> str:
    return plural("{count:,} file", "{count:,} files", count=count)
