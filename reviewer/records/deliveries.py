"""What was delivered: when, by whom, and what became of each file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FileState(StrEnum):
    """What became of a file of a delivery."""

    STAGED = "staged"  # its bytes are kept; it has joined no case yet
    LEFT_OUT = "left out"  # a person left it out; its bytes are kept
    BROUGHT_IN = "brought in"
    TAKEN_BACK = "taken back"  # its document is no longer shown; it can be brought in again


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One delivery. ``received`` is the day on which it came, ``at`` when it was staged here.

    ``rules`` are the rules that say whose case a file is, as data; ``notes`` what was passed over.
    """

    id: str
    number: int
    name: str
    sender: str
    received: str
    at: str
    rules: Mapping[str, Any] = field(hash=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveredFile:
    """One file of a delivery, by its position from 1; ``own`` is what a person said of it."""

    delivery: str
    position: int
    path: str
    sha256: str
    size: int
    own: Mapping[str, str] = field(default_factory=dict, hash=False)
    state: FileState = FileState.STAGED
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryLook:
    """What was found by looking at a file; ``signature`` stands for its words."""

    facts: Mapping[str, Any] = field(hash=False)
    alike: tuple[str, ...] = ()
    signature: bytes = b""
