"""The six words of the key that signs this casebook's returns, for whoever rates here."""

from reviewer.exchange.keyring import known_words
from reviewer.messages import later, say
from ui.desk.desk import Desk
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import Settings
from ui.widgets.text import Label

_NOTE = later(
    "Every return that you seal is signed with a key that never leaves"
    " this casebook. Six words stand for it."
)
_TELL = later(
    "Read these words to the chair by telephone, on a number that you"
    " know. If the chair has the same six, the return is yours and nobody"
    " else's. They are no secret and do not change."
)
_NONE = later("The key is made when you first seal a round; the words stand here from then on.")


class KeyCard(SafekeepingCard):
    """Shows the words, and what to do with them."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Your key words"), say(_NOTE))
        self.words = Label("", size="section", wrap=True)
        self.words.setAccessibleDescription(say("Your key words"))
        self.help = Label("", tone="secondary", wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.help)
        self.close_card()

    def enter(self) -> None:
        self.desk.ask(known_words).owner(self).succeeded(self._show).run()

    def _show(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.help.setText(say(_TELL) if words else say(_NONE))
