"""What opens the return of a round, said before it is sealed."""

from reviewer.casebook.book import Casebook


def whose_sheet(book: Casebook, round_number: int | None = None) -> str:
    """Return in a sentence what opens the return of a round, or of the open one."""
    about = book.about
    number = about.round if round_number is None else round_number
    known = book.custody.of_round(number)
    if known is not None and known.custodian is not None:
        return (
            f"Your return of round {number} opens only with the chair's casebook and the sheet"
            f" {known.custodian.mark} that {known.custodian.name} keeps on paper: both together."
        )
    if about.kind != "chair" and (known is None or not known.room):
        return (
            "Your return opens with the chair's casebook. Whether a custodian's sheet is needed"
            " too, this casebook does not say: an older Reviewer issued it."
        )
    early = ", so the chair could open it before the release" if number == about.round else ""
    return (
        f"Your return of round {number} opens with the chair's casebook alone: there is no"
        f" custodian{early}."
    )
