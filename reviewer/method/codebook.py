"""A framework as a REFI-QDA codebook, which programs for qualitative analysis exchange.

A codebook has codes with names and words, in a tree, and sets. A framework has more: codes of its
own, a scale, reasons. So its groups and factors are the tree, and the rest is the description of
a set that holds every factor, as TOML. Who changes a name or a definition in another program gets
it back changed; who deletes the set gets factors without their scale, which is said.
"""

import re
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reviewer.errors import FrameworkError
from reviewer.messages import say
from reviewer.method.files import FrameworkFile, of_data
from reviewer.method.price import refuse_costly, refuse_large
from reviewer.method.shape import refuse_faults
from reviewer.method.strange_codes import group_words, made_code, of_strange
from reviewer.method.toml_text import head_text
from reviewer.records.codebook import Code, Codebook
from reviewer.records.text import clean_line, look_alike

SET = "Reviewer framework"  # how the name of the set begins that holds the rest
_SPACE = uuid.UUID("6f1d5b0a-7c0e-5a52-9a53-2f0f6d1b9c41")  # ours: of what codes are made
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def codebook_bytes(file: FrameworkFile, name: str) -> bytes:
    """Return a framework as the bytes of a codebook called ``name``: UTF-8, valid REFI-QDA 1.0.

    Raises ``FrameworkError`` where XML cannot hold one of its texts.
    """
    text = "\n".join(_lines(file)) + "\n"
    if _NOT_XML.search(text):
        raise FrameworkError(
            say(
                "{name} was not written: a text of the framework has a character that a codebook"
                " cannot hold. Write it as TOML.",
                name=name,
            )
        )
    return text.encode()


def _lines(file: FrameworkFile) -> Iterator[str]:
    framework = file.framework
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Reviewer">'
    yield "  <Codes>"
    for group in framework.groups:
        guid, name = _guid("group", framework.id, group.code), _named(group.code, group.name)
        yield f'    <Code guid="{guid}" name="{name}" isCodable="false">'
        for one in framework.factors_of(group.code):
            guid, name = _guid("factor", framework.id, one.code), _named(one.code, one.name)
            yield f'      <Code guid="{guid}" name="{name}" isCodable="true">'
            if one.definition:
                yield f"        <Description>{_text(one.definition)}</Description>"
            yield "      </Code>"
        yield "    </Code>"
    yield "  </Codes>"
    yield "  <Sets>"
    called = _text(f"{SET} {framework.id} {framework.version}")
    yield f'    <Set guid="{_guid("set", framework.id, "")}" name="{called}">'
    yield f"      <Description>{_text(head_text(file))}</Description>"
    for code in framework.codes:
        yield f'      <MemberCode guid="{_guid("factor", framework.id, code)}"/>'
    yield "    </Set>"
    yield "  </Sets>"
    yield "</CodeBook>"


def _guid(kind: str, framework: str, code: str) -> str:
    """Return the guid of a code: the same for the same code of the same framework, always."""
    return str(uuid.uuid5(_SPACE, f"{kind}\n{framework}\n{code}"))


def _named(code: str, name: str) -> str:
    return _text(f"{code} {name}")


def _text(text: str) -> str:
    for sign, entity in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, f"&{entity};")
    return text


# ---------------------------------------------------------------- read back


def framework_of(untrusted: Codebook, name: str) -> tuple[FrameworkFile, tuple[str, ...]]:
    """Return the framework of a codebook called ``name``, and sentences about what is not in it.

    Of another program's codebook the scale is that of the first framework that comes along.
    Raises ``FrameworkError`` where it is none.
    """
    head = next((one for one in untrusted.sets if one.name.startswith(SET)), None)
    notes = list(_beside(untrusted, sets=len(untrusted.sets) - (head is not None)))
    if head is None:
        data, more = of_strange(untrusted, name)
    else:
        data, more = _joined(_head(head.description, name), untrusted.codes, name)
    refuse_large(data)
    refuse_faults(data, None, name)
    return of_data(data), (*more, *notes)


def _head(untrusted: str, name: str) -> dict[str, Any]:
    """Return what the description of the set says, as TOML. Raises ``FrameworkError``."""
    raw = untrusted.encode("utf-8", "replace")
    refuse_costly(raw, name)
    try:
        data = tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise FrameworkError(
            say(
                "{name} was made by Reviewer and its set “{set}” was changed, so that it cannot be"
                " read. Delete the set to read the codes alone, or export the framework again.",
                name=name,
                set=SET,
            )
        ) from error
    refuse_large(data)
    for key in ("groups", "factors"):
        data[key] = [dict(row) for row in _rows(data.get(key))]
    return data


def _rows(untrusted: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(untrusted, list):
        yield from (row for row in untrusted if isinstance(row, Mapping))


def _joined(
    data: dict[str, Any], codes: Sequence[Code], name: str
) -> tuple[dict[str, Any], list[str]]:
    """Put the names and words of the tree into what the set says; add what is new in the tree."""
    ident = str(data.get("id", ""))
    tree = {_bare(code.guid): (code, above) for code, above in _with_parents(codes)}
    groups, by_guid, worded = [], dict[str, str](), list[str]()
    for row in data["groups"]:
        code = str(row.get("code", ""))
        if (guid := _guid("group", ident, code)) in tree:
            by_guid[guid] = code
            held = tree.pop(guid)[0]
            groups.append({**row, "name": held.name.removeprefix(f"{code} ")})
            worded += [held.name] if held.description.strip() else []
    factors: list[dict[str, Any]] = []
    for row in data["factors"]:
        code = str(row.get("code", ""))
        if (guid := _guid("factor", ident, code)) in tree:
            held, above = tree[guid]
            if group := by_guid.get(above):
                del tree[guid]
                words = {"group": group, "name": held.name.removeprefix(f"{code} ")}
                factors.append({**row, **words, "definition": held.description})
    gone = len(data["groups"]) + len(data["factors"]) - len(groups) - len(factors)
    new = _new(tree, by_guid, [*groups, *factors])
    if len(tree) > len(new) or len(codes) > len(groups) + len(factors) + len(new):
        raise FrameworkError(_homeless(name, tree, by_guid))
    told = [*_gone(gone), *_made(new), *group_words(worded)]
    return {**data, "groups": groups, "factors": [*factors, *new]}, told


def _gone(count: int) -> Iterator[str]:
    if count:
        yield say("Groups and factors that were deleted in it: {count:,}.", count=count)


def _made(new: Sequence[Mapping[str, str]]) -> Iterator[str]:
    if new:
        codes = ", ".join(row["code"] for row in new[:8])
        yield say("New factors, their codes made from their names: {codes}.", codes=codes)


def _new(
    tree: Mapping[str, tuple[Code, str]],
    by_guid: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
) -> list[dict[str, str]]:
    """Return the factors that another program put into a group."""
    made = {look_alike(str(row.get("code", ""))) for row in rows}
    return [
        {
            "code": made_code(code.name, made),
            "group": by_guid[above],
            "name": clean_line(code.name),
            "definition": code.description,
        }
        for code, above in tree.values()
        if code.codable and above in by_guid
    ]


def _homeless(name: str, tree: Mapping[str, tuple[Code, str]], by_guid: Mapping[str, str]) -> str:
    names = [
        clean_line(code.name)[:60]
        for code, above in tree.values()
        if not (code.codable and above in by_guid)
    ]
    if not names:
        return say("{name} has codes of the same guid. Export it again.", name=name)
    return say(
        "{name} was made by Reviewer, and codes stand in it now that are in none of its groups:"
        " {codes}. Move them into a group, or write them into the TOML file of the framework.",
        name=name,
        codes=", ".join(names[:8]),
    )


def _with_parents(codes: Iterable[Code]) -> Iterator[tuple[Code, str]]:
    """Yield each code with the guid of the one at the top above it, or ""."""
    top = ""
    for code in codes:
        yield code, top if code.depth else ""
        if not code.depth:
            top = _bare(code.guid)


def _bare(guid: str) -> str:
    return guid.strip().strip("{}").lower()


def _beside(codebook: Codebook, *, sets: int) -> Iterator[str]:
    """Yield sentences about what a codebook has and a framework has not."""
    if codebook.coloured:
        yield say("Colours of codes were not taken: {count:,}.", count=codebook.coloured)
    if sets:
        yield say("Sets of codes were not taken: {count:,}.", count=sets)
    if codebook.unknown:
        yield say(
            "Parts that no codebook has were passed over: {count:,}.", count=codebook.unknown
        )
