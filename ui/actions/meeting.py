"""What the chair does from anywhere with what the panel decides, in the room Agreement."""

from collections.abc import Callable
from functools import partial

from reviewer.messages import later, say
from ui.actions.action import Action
from ui.rooms.room import Room

_COMMANDS = (
    ("map", later("Agreement: the map"), ""),
    ("agenda", later("Agreement: the agenda, worst first"), "Ctrl+Shift+A"),
    ("movement", later("Agreement: what later rounds and decisions moved"), ""),
    ("determine", later("Agreement: determine the chosen cell..."), "Ctrl+Shift+D"),
    # The view has the key of this one: Ctrl+Enter means something else elsewhere.
    ("settle", later("Agenda: settle the cell, and go to the next"), ""),
)


def of_meeting(front: Callable[[], Room | None]) -> tuple[Action, ...]:
    """Return the actions; ``front`` says which room is in front."""

    def command(ident: str) -> None:
        room = front()
        if room is not None and ident in room.commands:
            room.commands[ident]()
        elif room is not None:
            room.tells.emit(say("That is done in Agreement, once a round is released."))

    return tuple(
        Action(
            id=ident,
            words=say(words),
            run=partial(command, ident),
            keys=(key,) if key else (),
            needs_casebook=True,
            change="determine",
        )
        for ident, words, key in _COMMANDS
    )
