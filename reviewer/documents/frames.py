"""What passes through the pipes: a length-prefixed JSON head, then raw bytes.

``FRAME``: head length (uint32, big-endian), body length (uint64), head, body.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

FRAME = struct.Struct(">IQ")
MAX_HEAD = 256 << 10


def pack(head: Mapping[str, object], length: int) -> bytes:
    """Return the prefix and head of a frame whose body of ``length`` bytes follows."""
    text = json.dumps(head, ensure_ascii=True, allow_nan=False).encode("ascii")
    return FRAME.pack(len(text), length) + text


def parse_head(untrusted: bytes) -> dict[str, Any]:
    """Return a frame's head. Raises ``ValueError`` for anything but one JSON object."""
    try:
        head = json.loads(untrusted, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(head, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one class for all that is malformed
    return head


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame of a trusted, blocking stream; None at its end (the worker's side)."""
    prefix = stream.read(FRAME.size)
    if len(prefix) < FRAME.size:
        return None
    head, body = FRAME.unpack(prefix)
    return parse_head(stream.read(head)), stream.read(body)


def write_frame(stream: BinaryIO, head: Mapping[str, object], *body: bytes) -> None:
    """Write one frame and flush it (the worker's side)."""
    stream.write(pack(head, sum(map(len, body))))
    stream.writelines(body)
    stream.flush()


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not a number")
