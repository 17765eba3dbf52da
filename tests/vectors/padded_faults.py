"""What may be wrong with a return of version 2, one fault each, where version 1 has no such thing.

What both have in common is frozen in version 1 (``faults.py``). All of these are in the smallest
class, so that the files stay small.
"""

import json

from reviewer.crypto import envelope
from reviewer.exchange.padding import SMALLEST, STEP, pad
from reviewer.records.canonical import canonical

KINDS = ("reviews", "ratings", "comments", "marks", "evidence")


def _header(f, **changes):
    """Return a file whose header's JSON is changed and padded anew to its length."""
    data = json.loads(f.signed()) | changes | {"pad": ""}
    room = len(f.signed()) - len(canonical(data))
    return f.file(canonical(data | {"pad": "0" * room}))


def _inside(f, plain):
    return f.with_inner(envelope.lock(plain, f.release))


def _resized(f, by):
    return f.edited(pad=json.loads(f.signed())["pad"] + "0" * by)


def _shrunk(f):
    return f.edited(pad=json.loads(f.signed())["pad"][1:])


def _counts(f, **changes):
    return json.loads(f.work)["counts"] | changes


def _work(f, **changes):
    data = json.loads(f.work) | changes
    return canonical({name: value for name, value in data.items() if value is not None})


def _dirty(f):
    plain = bytearray(pad(f.work, 0))
    plain[-1] = 1
    return bytes(plain)


# name: (the layer that must refuse it, how it is made). Receipt sees all of these.
AT_RECEIPT = {
    "a newer format than padded": ("version", lambda f: _header(f, version=3)),
    "a padded header of a byte less": ("header", _shrunk),
    "a padded header of a byte more": ("header", lambda f: _resized(f, 1)),
    "a header padded with ones": (
        "header",
        lambda f: f.edited(pad=json.loads(f.signed())["pad"].replace("0", "1")),
    ),
    "a header without its padding": ("header", lambda f: f.edited(pad=None)),
    "padding that is a number": ("header", lambda f: f.edited(pad=0)),
    "counts beside the padding": ("header", lambda f: _header(f, counts=_counts(f))),
    "a padded header as version 1": ("header", lambda f: _header(f, version=1)),
    "a day that is none": ("header", lambda f: _header(f, at="2026-02-30T10:00:00Z")),
    "a time without a zone": ("header", lambda f: _header(f, at="2026-02-03T10:00:00")),
    "a time with an offset": ("header", lambda f: _header(f, at="2026-02-03T10:00:00+01:00")),
    "a part of a second": ("header", lambda f: _header(f, at="2026-02-03T10:00:00.5Z")),
    "a time in words": ("header", lambda f: _header(f, at="yesterday")),
    "an hour that is none": ("header", lambda f: _header(f, at="2026-02-03T24:00:01Z")),
}

# What only release sees.
AT_RELEASE = {
    "work without its padding": ("work", lambda f: _inside(f, f.work)),
    "a size between two classes": ("work", lambda f: _inside(f, pad(f.work, 0) + bytes(1))),
    "a size below all classes": ("work", lambda f: _inside(f, pad(f.work, 0)[: SMALLEST // 4])),
    "nothing inside the padding": ("work", lambda f: _inside(f, bytes(SMALLEST))),
    "no byte inside": ("work", lambda f: _inside(f, b"")),
    "padding with a byte in it": ("work", lambda f: _inside(f, _dirty(f))),
    "a length behind the padding": (
        "work",
        lambda f: _inside(f, (SMALLEST).to_bytes(4) + pad(f.work, 0)[4:]),
    ),
    "a length of four billion inside": (
        "work",
        lambda f: _inside(f, b"\xff" * 4 + pad(f.work, 0)[4:]),
    ),
    "a length one short inside": (
        "work",
        lambda f: _inside(f, (len(f.work) - 1).to_bytes(4) + pad(f.work, 0)[4:]),
    ),
    "a length one long inside": (
        "work",
        lambda f: _inside(f, (len(f.work) + 1).to_bytes(4) + pad(f.work, 0)[4:]),
    ),
    "work of version 1 in padding": (
        "work",
        lambda f: f.with_work(_work(f, version=1, counts=None)),
    ),
    "newer work in padding": ("version", lambda f: f.with_work(_work(f, version=3))),
    "work without its counts": ("work", lambda f: f.with_work(_work(f, counts=None))),
    "counts that are a number inside": ("work", lambda f: f.with_work(_work(f, counts=5))),
    "a count below nothing inside": (
        "work",
        lambda f: f.with_work(_work(f, counts=_counts(f, marks=-1))),
    ),
} | {
    f"{change:+} {kind} declared inside": (
        "work",
        lambda f, kind=kind, change=change: f.with_work(
            _work(f, counts=_counts(f, **{kind: _counts(f)[kind] + change}))
        ),
    )
    for kind in KINDS
    for change in (1, -1)
}

TAKEN = {
    "an honest padded return": lambda f: f.honest,
    "a padded return of the second class": lambda f: _inside(f, pad(f.work, SMALLEST * STEP)),
}
