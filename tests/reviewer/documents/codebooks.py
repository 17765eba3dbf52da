"""A codebook read as the worker reads it, in this process: for many small ones."""

from reviewer.documents.formats.codebook import codebook
from reviewer.documents.outside.codebooks import codebook as believed


def in_here(raw):
    """Return the codebook in ``raw``, as it comes out of the worker and is believed."""
    return believed(codebook(raw))
