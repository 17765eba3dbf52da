"""Keys by their six words: what ``status`` and ``merge`` tell of them, and ``confirm``."""

from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.crypto.words import fingerprint_words
from reviewer.exchange import pinning
from reviewer.exchange.dealings import Dealings, RoundReturns, dealings
from reviewer.exchange.keyring import known_words
from reviewer.records.panel import KeyState, Received

NOT_COMPARED = "Not compared by telephone yet: the keys of {}."


def key_of(public: str) -> str:
    """Return the six words of a public key, or "" for none."""
    return fingerprint_words(public) if public else ""


def keys_told(book: Casebook) -> tuple[dict[str, Any], list[str]]:
    """Return what ``status`` says of keys, as JSON and as lines.

    The key of whoever rates in this file, and in the chair's the keys of the panel.
    """
    own = known_words(book)
    lines = [f"Your key words: {own}"] if own else []
    if book.about.kind != "chair":
        return {"fingerprint": own}, lines
    members = pinning.key_words(book)
    went = dealings(book)
    told = [
        {
            "name": one.member.name,
            "fingerprint": one.words,
            "key": one.state.value,
            "compared": one.at if one.state is KeyState.COMPARED else "",
            **_dealings_data(went[one.member.id]),
        }
        for one in members
    ]
    for one in members:
        lines.append(f"- {one.member.name}: {one.words or 'no key yet'} ({_said(one)})")
        lines += _dealings_lines(went[one.member.id])
    return {"fingerprint": own, "members": told}, lines


def _dealings_data(found: Dealings) -> dict[str, Any]:
    return {
        "casebooks": [
            {
                "file": given.file,
                "issued": given.at,
                "counts": given.counts,
                "updates": [
                    {"seq": one.seq, "at": one.at, "file": one.file} for one in given.updates
                ],
            }
            for given in found.casebooks
        ],
        "returns": [
            {
                "round": each.round,
                "seq": one.seq,
                "at": one.at,
                "sha256": one.sha256,
                "verdict": each.verdict(one).value,
                "opened_late": _opened_late(each, one),
            }
            for each in found.rounds
            for one in each.returns
        ],
        "left_out": {str(each.round): each.left_out for each in found.rounds if each.left_out},
    }


def _opened_late(each: RoundReturns, one: Received) -> dict[str, str] | None:
    if each.late is None or each.late.digest != one.sha256:
        return None
    return {"at": each.late.at, "reason": each.late.reason}


def _dealings_lines(found: Dealings) -> list[str]:
    lines = []
    for given in found.casebooks:
        replaced = "" if given.counts else ", replaced since"
        lines.append(f"  {given.file}, issued {given.at}{replaced}")
        lines += [f"  {one.file}, written {one.at}" for one in given.updates]
    for each in found.rounds:
        lines += [
            f"  round {each.round}: return {one.seq} of {one.at}, {each.verdict(one).value}"
            for one in each.returns
        ]
        if each.left_out:
            lines.append(f"  round {each.round}: released without ({each.left_out})")
        if each.late is not None:
            how = f"opened late on {each.late.at} ({each.late.reason})"
            lines.append(f"  round {each.round}: {how}")
    return lines


def _said(one: pinning.KeyWords) -> str:
    return f"{one.state.value} {one.at}".strip()


@click.command("confirm")
@casebook_command
@click.option("--member", required=True, help="Whose key was compared.")
@click.option("--words", help="The six words as the member read them; refused where they differ.")
@click.option("--withdraw", is_flag=True, help="Take back that it was compared.")
def confirm(
    *,
    file: Path,
    passphrase_file: Path | None,
    member: str,
    words: str | None,
    withdraw: bool,
    as_json: bool,
) -> None:
    """Keep that a member read the six words of their key to the chair, by telephone."""
    with open_book(file, passphrase_file) as book:
        if withdraw:
            pinning.withdraw(book, member)
        else:
            pinning.confirm(book, member, heard=words)
        one = next(
            one for one in pinning.key_words(book) if one.member == book.members.by_name(member)
        )
    tell(
        {
            "member": one.member.name,
            "fingerprint": one.words,
            "key": one.state.value,
            "compared": one.at if one.state is KeyState.COMPARED else "",
        },
        [f"{one.member.name}: {one.words} ({_said(one)})"],
        as_json=as_json,
    )
