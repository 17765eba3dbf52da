"""What stands where there is nothing to read."""

from ui.widgets.empty import EmptyState

_NO_DOCUMENTS = "This case has no documents yet."
_RATE = " It can be rated all the same: name the records that are missing."
_NO_CASES = "There are no cases in this casebook yet. They come in with the register."


def nothing_to_read(*, rates: bool) -> EmptyState:
    """Return what is shown of a case without documents."""
    shown = EmptyState(_NO_DOCUMENTS + _RATE * rates, title="Nothing to read")
    shown.setMinimumWidth(1)  # it may be narrower than its sentence would like
    return shown


def no_cases() -> EmptyState:
    """Return what is shown of a casebook without cases."""
    return EmptyState(_NO_CASES, title="No cases")
