"""What opens the return of an open round, said before it is sealed."""

from reviewer.casebook.book import Casebook


def whose_sheet(book: Casebook) -> str:
    """Return in a sentence what opens the return of this casebook's open round."""
    about = book.about
    if about.custodian is not None:
        return (
            f"Your return of round {about.round} opens only with the chair's casebook and the"
            f" sheet {about.custodian.mark} that {about.custodian.name} keeps on paper: both"
            " together."
        )
    known = book.custody.of_round(about.round)
    if about.kind != "chair" and (known is None or not known.room):
        return (
            "Your return opens with the chair's casebook. Whether a custodian's sheet is needed"
            " too, this casebook does not say: an older Reviewer issued it."
        )
    return (
        f"Your return of round {about.round} opens with the chair's casebook alone: there is no"
        " custodian, so the chair could open it before the release."
    )
