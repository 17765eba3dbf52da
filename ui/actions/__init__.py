"""What a person can do from anywhere, in one table; rooms ask for an action by its id."""

from ui.actions.action import Action
from ui.actions.actions import Actions

__all__ = ["Action", "Actions"]
