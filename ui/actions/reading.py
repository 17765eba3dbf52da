"""What is done from anywhere with the pages of the room that reads them."""

from collections.abc import Callable

from reviewer.messages import say
from ui.actions.action import Action
from ui.rooms.room import Room


def of_reading(front: Callable[[], Room | None], back: Callable[[], object]) -> tuple[Action, ...]:
    """Return the actions; ``front`` says which room is in front, ``back`` goes back."""

    def forward() -> None:
        room = front()
        if room is not None and room.jumps is not None:
            room.jumps.step(1)

    return (
        Action(
            id="back",
            words=say("Back to where you were"),
            run=back,
            keys=("Alt+Left",),
            needs_casebook=True,
        ),
        Action(
            id="forward",
            words=say("Forward again after going back"),
            run=forward,
            keys=("Alt+Right",),
            needs_casebook=True,
        ),
    )
