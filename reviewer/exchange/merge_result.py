"""What became of one file that was handed in, and the sentence that says it."""

from dataclasses import dataclass, replace

from reviewer.errors import ReturnError
from reviewer.records.panel import ReturnStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeResult:
    """What became of one file. ``layer`` names the check that refused it, or is "".

    ``member`` is a name, or "" where the file could not be told to be anybody's; ``public_key`` is
    the key that signed it, or "" where nothing was kept. ``unpadded`` says that it is of the
    version whose size follows the work.
    """

    file: str
    standing: ReturnStatus
    member: str
    sentence: str
    layer: str = ""
    seq: int = 0
    round: int = 0
    digest: str = ""
    public_key: str = ""
    unpadded: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing of the file was kept."""
        return self.standing is ReturnStatus.REFUSED


def refused(name: str, who: str, refusal: ReturnError) -> MergeResult:
    """Return the verdict on a file of which nothing was kept."""
    return MergeResult(
        file=name,
        standing=ReturnStatus.REFUSED,
        member=who,
        sentence=str(refusal),
        layer=refusal.layer,
    )


def late(verdict: MergeResult, opens: bool) -> MergeResult:  # noqa: FBT001 - what it says is all there is
    """Return the verdict on a return that was kept, but came after the release of its round.

    ``opens`` says that the chair may open it late.
    """
    which = f"Return {verdict.seq} of {verdict.member} for round {verdict.round}"
    if opens:
        what = (
            "It was verified and is kept sealed. It counts nowhere until you open it as late, with"
            " a reason."
        )
    else:
        what = "What was opened of them stays in force; this one is kept sealed."
    return replace(
        verdict,
        standing=ReturnStatus.LATE if opens else ReturnStatus.SUPERSEDED,
        sentence=f"{which} came after that round was released. {what}",
    )
