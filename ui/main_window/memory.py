"""Giving memory back: of large pictures at once, of all else once the casebook is locked."""

import contextlib
import ctypes
import gc
import sys

_LARGE = 128 << 10  # bytes
_LARGE_APART, _PARTS = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX of GNU's malloc


def lay_apart() -> None:
    """Let what is large lie apart, so that it goes back to the system when it is let go of.

    GNU's malloc takes larger and larger pieces into its heap, up to 32 MiB, and gives a heap back
    from its end only: pages of pictures that were scrolled by left holes of 260 MB in it.
    """
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):  # another libc than GNU's
            ctypes.CDLL(None).mallopt(_LARGE_APART, _LARGE)
            ctypes.CDLL(None).mallopt(_PARTS, 2)


def give_back() -> None:
    """Collect what nobody uses, and hand free memory to the system, which empties it.

    Python and Qt free text without wiping it; this leaves less of it, and promises nothing.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):  # another libc than GNU's
            ctypes.CDLL(None).malloc_trim(0)
