"""What a disk may hold after the power goes, built from a log of what a program did to it.

The model: what was synced is there; of what was not, any part may be, down to 512-byte pieces of
a write. A creation, rename or removal counts as synced once its folder is (a file's own sync also
keeps its creation). This is harsher than most file systems.
"""

import random
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("<cHHqI")


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done: kind as in preload.c, paths relative to the folder."""

    kind: str
    path: str
    to: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class State:
    """One possible content of the folder, and what had been acknowledged by then."""

    upto: int
    how: str
    files: dict[str, bytes]
    acknowledged: list[bytes] = field(default_factory=list)


def read_log(log: Path, folder: Path) -> list[Op]:
    """Return the operations of a log."""
    raw, ops, at = log.read_bytes(), [], 0
    while at < len(raw):
        kind, first, second, offset, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        one = raw[at : at + first].decode()
        two = raw[at + first : at + first + second].decode()
        at += first + second
        ops.append(
            Op(
                kind.decode(),
                _below(one, folder),
                _below(two, folder),
                offset,
                raw[at : at + size],
            )
        )
        at += size
    return ops


def states(ops: list[Op], seed: dict[str, bytes], *, stride: int = 1) -> Iterator[State]:
    """Yield seven states for every ``stride``-th moment of the log."""
    for upto in range(1, len(ops) + 1):
        if upto % stride and upto != len(ops):
            continue
        durable = _durable(ops[:upto])
        said = [op.data for op in ops[:upto] if op.kind == "A"]
        for how, keep in _choices(upto):
            yield State(upto, how, _build(ops[:upto], seed, durable, keep), said)


def _choices(upto: int) -> list[tuple[str, Callable[[], int | bool]]]:
    """Return ways to lose what was not synced: all, nothing, halves, torn writes."""

    def half(seed: int) -> Callable[[], int | bool]:
        rng = random.Random(seed)  # noqa: S311 - a repeatable fault, not a secret
        return lambda: rng.random() < 0.5

    def torn(seed: int) -> Callable[[], int | bool]:
        rng = random.Random(seed)  # noqa: S311 - as above
        return lambda: rng.choice([False, True, SECTOR * rng.randrange(1, 8)])

    return [
        ("nothing unsynced kept", lambda: False),
        ("everything kept", lambda: True),
        *((f"half {n}", half(upto * 31 + n)) for n in range(3)),
        *((f"torn {n}", torn(upto * 77 + n)) for n in range(2)),
    ]


def _durable(ops: list[Op]) -> set[int]:
    kept: set[int] = set()
    waiting: dict[str, list[int]] = defaultdict(list)
    folders: dict[str, list[int]] = defaultdict(list)
    for place, op in enumerate(ops):
        if op.kind in "WT":
            waiting[op.path].append(place)
        elif op.kind in "CRUL":
            folders[_parent(op.to or op.path)].append(place)
        elif op.kind == "S":
            kept.update(folders.pop(op.path, ()))
            kept.update(waiting.pop(op.path, ()))
            own = [
                p
                for p in folders[_parent(op.path)]
                if ops[p].kind == "C" and ops[p].path == op.path
            ]
            kept.update(own)
            folders[_parent(op.path)] = [p for p in folders[_parent(op.path)] if p not in own]
        if op.kind == "R" and op.path in waiting:
            waiting[op.to] = waiting.pop(op.path)
    return kept


def _build(
    ops: list[Op], seed: dict[str, bytes], durable: set[int], keep: Callable[[], int | bool]
) -> dict[str, bytes]:
    files = {name: bytearray(content) for name, content in seed.items()}
    for place, op in enumerate(ops):
        if op.kind in "AS":
            continue
        kept = True if place in durable else keep()
        if kept is False:
            continue
        data = op.data if kept is True or op.kind != "W" else op.data[: int(kept)]
        _apply(files, op, data)
    return {name: bytes(content) for name, content in files.items()}


def _apply(files: dict[str, bytearray], op: Op, data: bytes) -> None:
    if op.kind == "C":
        files[op.path] = bytearray()
    elif op.kind == "U":
        files.pop(op.path, None)
    elif op.kind in "RL" and op.path in files:
        files[op.to] = files.pop(op.path) if op.kind == "R" else bytearray(files[op.path])
    elif op.kind == "T":
        content = files.get(op.path)
        if content is not None:
            del content[op.at :]
            content.extend(bytes(op.at - len(content)))
    elif op.kind == "W":
        content = files.setdefault(op.path, bytearray())
        content.extend(bytes(max(0, op.at - len(content))))
        content[op.at : op.at + len(data)] = data


def _below(path: str, folder: Path) -> str:
    return path.removeprefix(str(folder)).lstrip("/") if path else ""


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
