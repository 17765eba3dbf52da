"""When so much is blank that it must be said before anything else is (METHOD 4.0)."""

from reviewer.records.text import counted


def mostly_blank(blank: int, asked: int) -> bool:
    """Return whether more than half of the ``asked`` ratings are ``blank``.

    >>> mostly_blank(735, 935), mostly_blank(1, 2), mostly_blank(0, 0)
    (True, False, False)
    """
    return 2 * blank > asked


def warning(blank: int, asked: int) -> str:
    """Return what is said before any figure of a round that is mostly blank; else "".

    >>> warning(1, 4)
    ''
    """
    said = most(blank, asked)
    return f"{said} The figures are of the rest." if said else ""


def most(blank: int, asked: int) -> str:
    """Return that most of a round is blank, in a sentence; "" where it is not.

    >>> most(3, 4)
    'Most of this round is blank: 3 of 4 ratings are blank.'
    """
    if not mostly_blank(blank, asked):
        return ""
    return f"Most of this round is blank: {told(blank, asked)}."


def told(blank: int, asked: int) -> str:
    """Return how much is blank, in words.

    >>> told(735, 935), told(1, 1)
    ('735 of 935 ratings are blank', '1 of 1 rating is blank')
    """
    return f"{blank:,} of {counted(asked, 'rating')} {'is' if blank == 1 else 'are'} blank"
