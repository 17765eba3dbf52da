"""Who may change what: one row for each kind of change, asked by the writer before any of them.

A window may leave an action out, and another window, the command line or a changed program would
still find it. So a role is not told what it may do where it is shown: it is refused here.
"""

from collections.abc import Mapping
from enum import StrEnum

from reviewer.errors import StateError


class Role(StrEnum):
    """Whose casebook it is, and whether anybody rates in it."""

    CHAIR = "the chair's"
    RATING_CHAIR = "the chair's, who rates"
    PANELLIST = "a panellist's"


_CHAIR = frozenset({Role.CHAIR, Role.RATING_CHAIR})
_RATER = frozenset({Role.RATING_CHAIR, Role.PANELLIST})
_PANELLIST = frozenset({Role.PANELLIST})
_ANYBODY = frozenset(Role)

MAY: Mapping[str, frozenset[Role]] = {
    "create": _ANYBODY,
    "migrate": _ANYBODY,
    "change passphrase": _ANYBODY,
    "print recovery sheet": _ANYBODY,
    "keep keys": _ANYBODY,
    "read": _ANYBODY,
    "read scan": _ANYBODY,
    "correct scan": _ANYBODY,
    # what the reader looks for, which is the reader's own
    "list terms": _ANYBODY,
    "save search": _ANYBODY,
    "undo": _ANYBODY,
    "redo": _ANYBODY,
    # the chronology: the chair's and everybody's own
    "enter events": _ANYBODY,
    "remove event": _ANYBODY,
    # what there is to judge
    "add cases": _CHAIR,
    "add documents": _CHAIR,
    "keep pieces": _CHAIR,
    "describe case": _CHAIR,
    "describe document": _CHAIR,
    "move document": _CHAIR,
    "replace document": _CHAIR,
    "reinstate document": _CHAIR,
    "withdraw document": _CHAIR,
    # the register of records
    "address agency": _CHAIR,
    "enter record step": _CHAIR,
    "expect records": _CHAIR,
    "leave out record": _CHAIR,
    "match record": _CHAIR,
    "take back record step": _CHAIR,
    "write letters": _CHAIR,
    "stage delivery": _CHAIR,
    "look at delivery": _CHAIR,
    "decide delivery": _CHAIR,
    "take back delivery": _CHAIR,
    # the panel
    "add member": _CHAIR,
    "allocate": _CHAIR,
    "issue": _CHAIR,
    "keep update key": _CHAIR,
    "keep what is held": _CHAIR,
    "name custodian": _CHAIR,
    "remove member": _CHAIR,
    "rename member": _CHAIR,
    "write report": _CHAIR,
    "write update": _CHAIR,
    # from the returns to the next round
    "choose return": _CHAIR,
    "compare key": _CHAIR,
    "determine": _CHAIR,
    "keep earlier round": _CHAIR,
    "keep states": _CHAIR,
    "open late return": _CHAIR,
    "open round": _CHAIR,
    "pin key": _CHAIR,
    "receive": _CHAIR,
    "release": _CHAIR,
    "reopen determination": _CHAIR,
    "withdraw choice": _CHAIR,
    "withdraw key comparison": _CHAIR,
    # the own work
    "attach": _RATER,
    "import sheet": _RATER,
    "leave mark": _RATER,
    "mark": _RATER,
    "rate": _RATER,
    "remove mark": _RATER,
    "reopen": _RATER,
    "seal": _RATER,
    "set state": _RATER,
    "write": _RATER,
    # updates
    "apply update": _PANELLIST,
    "see changes": _PANELLIST,
}


def role_of(kind: str, member: str) -> Role:
    """Return the role of a casebook of ``kind`` in which ``member`` rates ("" for nobody)."""
    if kind == "panellist":
        return Role.PANELLIST
    return Role.RATING_CHAIR if member else Role.CHAIR


def may(action: str, role: Role) -> bool:
    """Return whether ``role`` may do ``action``: what a window leaves out."""
    return role in MAY.get(action, _ANYBODY)


def require(action: str, role: Role) -> None:
    """Raise ``StateError`` where ``role`` may not do ``action``."""
    if may(action, role):
        return
    allowed = MAY[action]
    if allowed is _CHAIR:
        raise StateError(
            f"This is {role} casebook, and this ({action}) is done in the chair's alone. Nothing"
            " was changed; open the chair's casebook, or ask the chair."
        )
    if allowed is _PANELLIST:
        raise StateError(
            f"Updates go from the chair to a panellist's casebook, and this is {Role.CHAIR}"
            " casebook. Nothing was changed."
        )
    raise StateError(
        f"Nobody rates in this casebook, so this ({action}) cannot be done in it. Nothing was"
        " changed."
    )
