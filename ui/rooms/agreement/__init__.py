"""Agreement: the heat map of cases by factors, the coefficients, one cell in full."""

from ui.rooms.agreement.room import AgreementRoom

__all__ = ["AgreementRoom"]
