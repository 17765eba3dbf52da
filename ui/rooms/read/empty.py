"""What stands where there is nothing to read."""

from reviewer.messages import later, say
from ui.widgets.empty import EmptyState

_NO_DOCUMENTS = later("This case has no documents yet.")
_RATE = later(" It can be rated all the same: name the records that are missing.")
_NO_CASES = later("There are no cases in this casebook yet. They come in with the register.")


def nothing_to_read(*, rates: bool) -> EmptyState:
    """Return what is shown of a case without documents."""
    shown = EmptyState(say(_NO_DOCUMENTS) + say(_RATE) * rates, title=say("Nothing to read"))
    shown.setMinimumWidth(1)  # it may be narrower than its sentence would like
    return shown


def no_cases() -> EmptyState:
    """Return what is shown of a casebook without cases."""
    return EmptyState(say(_NO_CASES), title=say("No cases"))
