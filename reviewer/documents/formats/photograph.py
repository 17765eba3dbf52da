"""Photographs of telephones (HEIC): what decodes them, and what of them is no page.

The decoder (libheif with libde265, both LGPL and shared) works in a thread of its own. Where none
may be started it would end the whole process: so one is tried first.
"""

import importlib
import threading

from PIL import Image

from reviewer.documents.formats import mp4
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused

_UNKNOWN = ("Unsupported", "Support for")  # as the decoder says it of what it does not know


def ready() -> None:
    """Make Pillow open such photographs. Raises ``Refused`` where nothing here can."""
    try:
        library = importlib.import_module("pi_heif")
        one = threading.Thread(target=_nothing)
        one.start()
    except (ImportError, RuntimeError) as error:
        raise Refused("heic") from error
    one.join()
    library.options.DECODE_THREADS = 1
    library.register_heif_opener(thumbnails=False)


def unseen(image: Image.Image, untrusted: bytes) -> str:
    """Return a note about the pictures of a file that are not pages of it, or ""."""
    deep = len(image.info.get("depth_images", ()))
    more = sum(map(len, image.info.get("aux", {}).values()))
    moving = mp4.pictures(untrusted)
    said = [
        f"{moving} that move" if moving else "",
        f"{deep} for depth" if deep else "",
        f"{more} for brighter screens and the like" if more else "",
    ]
    if not any(said):
        return ""
    which = ", ".join(filter(None, said))
    sentence = f"The file holds other pictures of the same, which are not shown: {which}."
    return told(sentence, pictures=deep + more + moving)


def code(error: Exception) -> str:
    """Return why a photograph was not read: it is damaged, or of a kind that is not known."""
    return "heic" if any(word in str(error) for word in _UNKNOWN) else "picture-broken"


def _nothing() -> None:
    """Be a thread that may be started."""
