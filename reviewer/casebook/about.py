"""What a casebook says of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.casebook.creation import PackInfo
from reviewer.method.framework import Framework, from_data
from reviewer.records.ids import MemberId
from reviewer.records.panel import Custodian


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a casebook is. ``member`` is who rates in this file, or "" where nobody does.

    ``custodian`` is who keeps half of the open round's release key on paper, or None.

    ``sealed`` is when the own round was sealed and ``released`` when the round was released, RFC
    3339 in UTC, or "". ``results`` is the latest round that was released, or 0: while a later
    round is open, its results still stand.
    """

    id: str
    kind: str
    title: str
    marking: str
    demonstration: bool
    framework: Framework
    round: int
    chair: str
    member: MemberId
    sealed: str
    released: str
    results: int
    must_change_passphrase: bool
    created: str
    pack: PackInfo | None
    custodian: Custodian | None = None


def framework_of(connection: Any, wanted: str) -> Framework:  # noqa: ANN401 - the driver has no types
    """Return the framework whose hash is ``wanted``. Raises ``TypeError`` where there is none."""
    row = connection.execute("SELECT body FROM framework WHERE hash = ?", (wanted,)).fetchone()
    return from_data(json.loads(row[0]))


def about_of(
    meta: Mapping[str, str],
    framework: Framework,
    *,
    sealed: str,
    released: str,
    results: int,
    custodian: Custodian | None,
) -> About:
    """Return what a casebook is, from its table of facts."""
    pack = json.loads(meta["pack"])
    return About(
        id=meta["id"],
        kind=meta["kind"],
        title=meta["title"],
        marking=meta["marking"],
        demonstration=meta["demonstration"] == "1",
        framework=framework,
        round=int(meta["round"]),
        chair=meta["chair"],
        member=MemberId(meta["member"]),
        sealed=sealed,
        released=released,
        results=results,
        must_change_passphrase=bool(int(meta["must_change_passphrase"])),
        created=meta["created"],
        pack=PackInfo(**pack) if pack else None,
        custodian=custodian,
    )
