"""The whole job by commands: ``python -m tests.leaks.by_command ROOT`` in one process.

With ``--each`` every command is a program of its own, as a person runs them.
"""

import contextlib
import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from reviewer.cli.main import run
from reviewer.computer.hardening import harden
from tests.leaks.canaries import CANARIES as C
from tests.leaks.world import PROGRAM


class Job:
    """Runs commands one after the other; each must end as expected."""

    def __init__(self, root, *, each):
        self.work = Path(root) / "work"
        self.given = self.work / "in"
        self.each = each
        self.said = []

    def __call__(self, *arguments, code=0):
        arguments = [str(part) for part in arguments]
        if self.each:
            done = subprocess.run(
                [*PROGRAM, *arguments], capture_output=True, text=True, check=False
            )
            got, out, err = done.returncode, done.stdout, done.stderr
        else:
            streams = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
                got = run(arguments)
            out, err = (stream.getvalue() for stream in streams)
        if code is not None and got != code:
            sys.exit(f"{arguments[0]} ended with {got}, not {code}: {out[-400:]} {err[-400:]}")
        self.said.append({"command": arguments[0], "code": got, "out": out, "err": err})
        return json.loads(out) if "--json" in arguments else None


def whole_job(do):
    """Do everything that the command line can, with a canary wherever a person types."""
    work, given = do.work, do.given
    file = work / "inquiry.casebook"
    theirs = ("--passphrase-file", given / "member.txt")
    do("new", file, "--title", C["title"], "--chair", C["chair"], "--marking", C["marking"])
    do("import", file, "--register", given / "cases.csv")
    names = (C["document name"], C["picture name"])
    papers = sorted(p for p in given.iterdir() if p.stem in names and p.suffix != ".pdf")
    do("import", file, "--case", "2", *papers)
    do("import", file, "--case", C["search"], *papers, code=2)
    do("cases", file)
    for words in (C["document text"], C["search"]):
        do("search", file, words)
    do("text", file, "--case", "2")
    wrong = given / "wrong.casebook"
    wrong.write_bytes(b"SQLite format 3\0" + C["typed"].encode() * 200)
    do("cases", wrong, code=2)
    do("verify", file, "--passphrase-file", given / "wrong.casebook", code=2)
    secret = ("--member-passphrase-file", given / "member.txt")
    issued = [
        do("issue", file, "--member", name, "--to", work / "sticks", *secret, "--json")["casebook"]
        for name in (C["member"], "B. Two")
    ]
    do("issue", file, "--member", "C. Three", "--to", work / "sticks", "--slip-to", work / "slips")
    do("describe", file, "--case", C["reference"], "--content-note", C["note"])
    found = do("update", file, "--all", "--to", work / "updates", "--ask", C["reason"], "--json")
    for sent in found["written"]:
        for pack in issued:  # each takes its own and refuses the others'
            do("apply", pack, sent["update"], *theirs, code=None)
    do("recovery", file, "--to", work / "sheets")
    returns = [judged(do, pack, theirs) for pack in issued]
    own = given / "own.txt"
    own.write_text(C["passphrase"] + " velvet harbour\n")
    do("passphrase", file, "--new-passphrase-file", own)
    mine = ("--passphrase-file", own)
    do("merge", file, *returns, *mine)
    do("backup", file, *mine)
    do("backup", file, "--to", work / "backups", *mine)
    do("verify", file, *mine)
    do("release", file, "--without", "C. Three", "--reason", C["reason"], *mine)
    (work / "summary").mkdir(exist_ok=True)
    do("summary", file, "--to", work / "summary", *mine)
    do("status", file, *mine)
    newest = max((work / "backups").iterdir(), key=lambda path: path.suffix == ".casebook")
    do("restore", file, "--from", newest, *mine)


def judged(do, pack, theirs):
    """Judge one panellist's casebook by sheet and mark; return the sealed return."""
    out = do.work / "out"
    out.mkdir(exist_ok=True)
    sheet = out / f"{Path(pack).stem}.csv"
    do("sheet", pack, "--export", sheet, *theirs)
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for n, row in enumerate(rows):
        missing = n % 5 == 0
        row.update(
            value="missing" if missing else "1",
            confidence="high",
            comment=f'{C["comment"]} =HYPERLINK("http://127.0.0.1:9/")',
            record=C["record"] if missing else "",
        )
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    do("sheet", pack, "--import", sheet, *theirs)
    where = ("--case", C["reference"], "--page", 1)
    do("mark", pack, *where, "--quote", "Held face down", "--note", C["note"], *theirs)
    do("undo", pack, *theirs)
    do("redo", pack, *theirs)
    do("seal", pack, *theirs)
    do("reopen", pack, "--reason", C["reason"], *theirs)
    do("seal", pack, *theirs)
    return do("return", pack, "--to", do.work / "returns", "--json", *theirs)["return"]


def main():
    harden()
    do = Job(sys.argv[1], each="--each" in sys.argv)
    for folder in ("sticks", "slips", "returns", "backups", "updates", "sheets"):
        (do.work / folder).mkdir(exist_ok=True)
    whole_job(do)
    json.dump(do.said, sys.stdout)


if __name__ == "__main__":
    main()
