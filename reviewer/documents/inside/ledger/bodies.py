"""The text of a mail as Outlook keeps it: the same in up to three forms."""

from reviewer.documents.inside.ledger import rich_text, web
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.packed_text import unpacked
from reviewer.documents.inside.ledger.words import beyond


def take(held: Held, plain: str, page: bytes, stated: str, packed: bytes) -> None:
    """Take of each form what those before it did not say.

    Rich text may part words otherwise: what stands in a row in another form was said.
    """
    lines = Held()
    for line in plain.splitlines():
        lines.say(line)
    web_page = Held(links=held.links, things=held.things)
    for line in web.lines(page, web_page, stated):
        web_page.say(line)
    forms = [lines, web_page]
    if packed:
        rich = rich_text.hold(unpacked(packed))
        held.links |= rich.links
        forms.append(rich)
    said: list[str] = []
    for form in forms:
        found = [word for piece in form.pieces for word in piece]
        if not said:
            held.pieces += form.pieces
            said = found
            continue
        closed = "".join(said) if form is not web_page else ""
        new = [word for word in beyond(said, found) if word not in closed]
        held.take(new)
        said += new
