"""Rich text files (.rtf) in the worker: the text in reading order, and what is not shown."""

from collections.abc import Sequence

from reviewer.documents.formats import embedded
from reviewer.documents.formats.rtf_groups import Reader
from reviewer.documents.formats.typeset import Block
from reviewer.documents.notes import told
from reviewer.records.text import counted


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a rich text's paragraphs and sentences about what is not shown.

    Raises ``Refused`` for what nests without end or holds more than a document does.
    """
    reader = Reader()
    reader.read(untrusted)
    found = reader.paper.blocks()
    left = reader.left
    said: Sequence[tuple[bool, str]] = (
        (
            left.pictures > 0,
            told(
                f"Pictures in the file that are not shown: {left.pictures}.",
                pictures=left.pictures,
            ),
        ),
        (
            left.tracked,
            "Tracked changes: what was put in and taken out is shown in brackets.",
        ),
        (left.lost > 0, f"Letters that could not be made out: {left.lost}."),
        (left.open, "The file breaks off before its end; what is there is shown."),
        (
            left.behind > 0,
            f"Behind the end of the text are {counted(left.behind, 'byte')} that are not shown.",
        ),
    )
    notes = [sentence for yes, sentence in said if yes]
    if left.objects:
        taken = len(embedded.of_rich_text(untrusted)[1])
        notes += embedded.sentences(len(left.objects), taken, left.objects)
    return found, (notes if found or notes else ["The file has no text."])
