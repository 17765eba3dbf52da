"""What became of one file that was handed in, and reading it with nothing believed yet."""

from dataclasses import dataclass

from reviewer.errors import ReturnError
from reviewer.records.panel import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of one file. ``layer`` names the check that refused it, or is "".

    ``member`` is a name, or "" where the file could not be told to be anybody's; ``public_key`` is
    the key that signed it, or "" where nothing was kept. ``unpadded`` says that it is of the
    version whose size follows the work.
    """

    file: str
    standing: Standing
    member: str
    sentence: str
    layer: str = ""
    seq: int = 0
    digest: str = ""
    public_key: str = ""
    unpadded: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing of the file was kept."""
        return self.standing is Standing.REFUSED


def refused(name: str, who: str, refusal: ReturnError) -> Verdict:
    """Return the verdict on a file of which nothing was kept."""
    return Verdict(
        file=name,
        standing=Standing.REFUSED,
        member=who,
        sentence=str(refusal),
        layer=refusal.layer,
    )
