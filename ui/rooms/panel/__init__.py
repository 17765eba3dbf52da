"""Panel: who has what, what came back, and the issuing of casebooks."""

from ui.rooms.panel.room import PanelRoom

__all__ = ["PanelRoom"]
