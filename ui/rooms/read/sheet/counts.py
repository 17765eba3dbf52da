"""What stands at the head of the sheet: how much is rated, and what is not ready to seal."""

from reviewer.messages import say


def counted(rated: int, total: int, needs: int, *, again: bool) -> str:
    """Return it in words, of ``total`` ratings that the round asks for (``again``: once more)."""
    if not total:
        words = say("This round asks for no rating of this case")
    elif again:
        words = say("{rated} of {total} rated again", rated=rated, total=total)
    else:
        words = say("{rated} of {total} rated", rated=rated, total=total)
    return (
        say("{words}  ·  {needs} not ready to seal", words=words, needs=needs) if needs else words
    )
