"""Check what Reviewer exported, with nothing but Python's standard library.

    python3 verify_export.py journal.json [summary.json] [another-journal.json] [--receipt "CODE"]

A journal: each entry hashes to what it says and is chained to the one before; its returns and
seals are in the chain. A summary: its counts are those of its ratings (and of older headers).
Two files: one history, and the journal that a panellist signed. A receipt: the state it names.
Alone, a journal cut short or written anew looks whole: only a receipt or another file tells.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sys


def sha(data):
    return hashlib.sha256(data).hexdigest()


def spell(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def signed(one):
    """The header of a return, where it is the one that was signed."""
    if sha(one["header"].encode()) != one["digest"]:
        raise ValueError(f"return {one['digest']}")
    return json.loads(one["header"])


def check_journal(data):
    """Yield what is wrong with one journal."""
    entries, prev = data["entries"], "0" * 64
    for place, (seq, *fields, before, said) in enumerate(entries, 1):
        if (seq, before, said) != (place, prev, sha(spell([seq, *fields, before]))):
            yield f"entry {place} does not hold: it was changed, put in, taken out or moved"
            return
        prev = said
    if data["journal"] != {"entries": len(entries), "head": prev}:
        yield "it does not end where it says"
    kept = {(entry[3], entry[4]) for entry in entries}
    named = {("receive", one["digest"]) for one in data["returns"] if signed(one)}
    named |= {("seal", f"{one['round']}.{one['seq']}") for one in data["sealed"]}
    for action, subject in named ^ {entry for entry in kept if entry[0] in {"receive", "seal"}}:
        yield f"the journal and what is listed differ: {action} {subject}"


_KEYS, _CAME = ("member", "value", "reason", "comment"), ("returned", "late")


def check_summary(data):
    """Yield what is wrong with one summary: everything that can be counted again is."""
    scale = [point["value"] for point in data["framework"]["scale"]]
    counted, stand, shown = collections.Counter(), set(), set()
    for one in data["round_ratings"]:
        answered = (one["value"], one["reason"]) != (None, None)
        counted[one["round"], one["member"], "ratings"] += answered
        counted[one["round"], one["member"], "comments"] += bool(one["comment"])
        if one["stands"] and answered:
            stand.add(tuple(one[key] for key in ("case", "factor", *_KEYS)))
    for cell in data["cells"]:
        values = sorted(one["value"] for one in cell["ratings"] if one["value"] is not None)
        middle = values[(len(values) - 1) // 2 :][: 2 - len(values) % 2]
        reasons = collections.Counter(one["reason"] for one in cell["ratings"] if one["reason"])
        told = {key: value for key, value in cell["reasons"].items() if value and key != "blank"}
        found = (len(values), sum(middle) / len(middle) if values else None, reasons)
        points = [values.count(point) for point in scale]
        if (cell["n"], cell["median"], told) != found or cell["distribution"] != points:
            yield f"{cell['case']}, {cell['factor']}: the numbers are not those of the ratings"
        rated = [tuple(one[key] for key in _KEYS) for one in cell["ratings"]]
        shown |= {(cell["case"], cell["factor"], *one) for one in rated if one[1:3] != (None, None)}
    if shown != stand or data["ledger"] != data["rounds"][-1]["ledger"]:
        yield "the figures are not those of the rounds that they are made from"
    headers = {(h["member"], h["round"]): h for h in map(signed, data["record"]["returns"])}
    for of, line in ((of, line) for of in data["rounds"] for line in of["ledger"]):
        who, kind = line["member"], line["kind"]
        declared = headers[who, of["round"]].get("counts", {}).get(kind, line["declared"])
        found = counted[of["round"], who, kind] if kind in {"ratings", "comments"} else declared
        if {line["declared"], line["opened"], line["stored"], found} != {declared}:
            yield f"{who}, {kind}: the counts are not those that were signed"
    back = {member["id"] for member in data["members"] if member["stands"]}
    out = {m["member"] for m in data["rounds"][-1]["members"] if m["part"] not in _CAME}
    told = {member["id"] for member in data["members"] if not member["returned"]}
    if back != {who for who, _ in headers} or {who for _, who, _ in counted} - back or told != out:
        yield "the members are not those whose returns are listed"


def check_pair(one, other):
    """Yield where a journal and another export contradict each other."""
    hashes = [entry[8] for entry in one.get("entries", [])]
    if not hashes or one["casebook"]["id"] != other["casebook"]["id"]:
        return
    digests = {back["digest"] for back in one["returns"]}
    if other["format"] == "reviewer-summary":
        if one["casebook"]["kind"] != "chair":
            return
        released = other["record"]["journal"]
        if hashes[released["entry"] - 1 :][:1] != [released["hash"]]:
            yield "the summary was not made from this journal"
        if {back["digest"] for back in other["record"]["returns"]} - digests:
            yield "the summary has a return that the journal has not"
    elif one["casebook"]["name"] == other["casebook"]["name"]:
        if any(mine != theirs[8] for mine, theirs in zip(hashes, other["entries"])):
            yield "the two journals are not one history"
    else:
        sealed = {mine["digest"] for mine in one["sealed"]}
        for back in other["returns"]:
            if back["digest"] in sealed and signed(back)["journal"] not in hashes:
                yield "the journal that was signed into a return is not this one"


def check_receipt(data, code):
    """Yield what is wrong between a journal and a receipt that was typed."""
    digits = re.sub(r"[^0-9a-z]", "", code.lower()).translate(str.maketrans("oli", "011"))
    lines = [digits[at : at + 20] for at in range(0, len(digits), 20)]
    raw = bytes.fromhex("".join(line[:16] for line in lines[:4]))
    seq, entries = int.from_bytes(raw[4:8], "big"), data["entries"]
    if len(digits) != 88 or sha(b"reviewer groups 1\nreceipt\n0\n" + raw)[:8] != lines[4]:
        yield "the receipt was not typed as printed (leave out the line numbers)"
    elif data["casebook"]["name"] != raw[:4].hex():
        yield "the receipt is another casebook's"
    elif len(entries) < seq:
        yield f"the receipt was printed at entry {seq}; this journal is older or was cut short"
    elif seq < 1 or entries[seq - 1][8][:48] != raw[8:].hex():
        yield f"entry {seq} is not the one that the receipt was printed from"


def check_all(files, receipts):
    """Yield everything that is wrong, each with the file it is wrong in."""
    kinds = {"reviewer-journal": check_journal, "reviewer-summary": check_summary}
    for name, data in files.items():
        yield from (f"{name}: {fault}" for fault in kinds[data["format"]](data))
        for other in files.keys() - {name}:
            yield from (f"{name}, {other}: {fault}" for fault in check_pair(data, files[other]))
    for code in receipts:
        found = [list(check_receipt(data, code)) for data in files.values() if "entries" in data]
        yield from min(found, key=len, default=["a receipt is held against a journal: give one"])


def main():
    parser = argparse.ArgumentParser(description="Check what Reviewer exported.")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--receipt", action="append", default=[])
    given = parser.parse_args()
    try:
        files = {name: json.loads(pathlib.Path(name).read_bytes()) for name in given.files}
        wrong = list(check_all(files, given.receipt))
    except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError) as error:
        wrong = [f"not as Reviewer writes or prints it: {type(error).__name__} {error}"]
    print("\n".join(wrong) or "Nothing contradicts: " + ", ".join(given.files))
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
