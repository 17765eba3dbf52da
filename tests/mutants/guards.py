"""Guards with one fault each: a check dropped, a comparison turned, a limit taken away.

Each names the file, the words that are replaced (they must stand there once), and the tests of
which at least one has to fail.
"""

from dataclasses import dataclass

_EX = "tests/reviewer/exchange/"
VECTORS = (f"{_EX}test_vectors.py",)
ATTACKS = (f"{_EX}test_attacks.py",)
STANDING = (f"{_EX}test_standing.py",)
PINNING = (f"{_EX}test_pinning.py",)
ROUND = (f"{_EX}test_round.py", f"{_EX}test_custody.py")
SHEETS = (f"{_EX}test_sheets_of_rounds.py",)
SHEETED = ("tests/reviewer/casebook/test_recovery.py", "tests/reviewer/casebook/test_settling.py")
PADDING = (f"{_EX}test_padding.py",)
LATE = (f"{_EX}test_late.py",)
EXAMINE = (f"{_EX}test_examine.py",)
SILENT = (f"{_EX}test_silent.py",)
ROLES = ("tests/reviewer/casebook/test_roles.py",)
HOSTILE = (f"{_EX}test_hostile.py", f"{_EX}test_forgery.py")
CRYPTO = ("tests/reviewer/crypto",)
OPENING = (
    "tests/reviewer/casebook/test_opening.py",
    "tests/reviewer/casebook/test_holding.py",
    "tests/reviewer/casebook/test_schema.py",
    "tests/reviewer/casebook/test_opener.py",
    "tests/reviewer/casebook/test_guards.py",
)
POWER = ("tests/faults/test_power_loss.py::test_nothing_acknowledged_is_lost[seal]",)
SETTLING = ("tests/reviewer/casebook/test_settling.py",)
CONFINED = ("tests/reviewer/documents/test_confined.py",)
LIES = ("tests/reviewer/documents/test_lies.py",)
SCANS = ("tests/reviewer/documents/test_scans_confined.py",)
SWAPPED = ("tests/reviewer/casebook/test_swapped.py",)
OUTFILE = ("tests/reviewer/test_outfile.py",)
IN_USE = ("tests/reviewer/test_in_use.py",)
NAMES = ("tests/reviewer/records/test_file_names.py",)
UPDATE_VECTORS = (f"{_EX}test_update_vectors.py",)
TOLD = (f"{_EX}test_told.py", *UPDATE_VECTORS)
FRAMEWORK = ("tests/reviewer/method/test_framework.py",)
FRAMEWORK_FILES = ("tests/reviewer/method/test_framework_files.py",)
CODEBOOKS = ("tests/reviewer/intake/test_frameworks.py",)
VERSIONS = ("tests/reviewer/method/test_versions.py",)
REGISTER = ("tests/reviewer/intake/test_register.py",)
REGISTER_SHEETS = ("tests/reviewer/intake/test_register_sheets.py",)
SHEET_PAGES = ("tests/reviewer/documents/test_sheet_pages.py",)
BOOK = ("tests/reviewer/casebook",)
BACKUP = ("tests/reviewer/casebook/test_backup.py",)
LAWS = (f"{_EX}test_laws.py",)
CELLS = ("tests/reviewer/records/test_cells.py",)
OUTSET = ("tests/reviewer/test_outset.py",)
BROUGHT = ("tests/reviewer/intake/test_import.py",)
_DELIVERY = "tests/reviewer/intake/delivery/"
DELIVERED = tuple(f"{_DELIVERY}test_{n}.py" for n in ("staging", "pulled", "dry_run"))
LARGE = ("tests/reviewer/intake/test_large.py", "tests/reviewer/casebook/test_file_pieces.py")
RULED = (f"{_DELIVERY}test_rules.py",)
BUNDLES = ("tests/reviewer/intake/test_bundles.py",)
UNPACKED = ("tests/reviewer/documents/test_unpacking.py",)
FAMILIES = ("tests/reviewer/intake/test_families.py",)
REPORT = ("tests/reviewer/reports/test_write.py",)
SHEET = (f"{_EX}test_sheet.py",)
GAPS = (f"{_EX}test_gaps.py",)
FIGURES = ("tests/reviewer/summary/test_oracle.py",)
DETERMINED = ("tests/reviewer/summary/test_determined.py",)
DETERMINING = ("tests/reviewer/rounds/test_determining.py",)
RECORDS = ("tests/reviewer/record_requests", "tests/reviewer/summary/test_costs.py")
LETTERS = ("tests/reviewer/reports/test_letters.py",)


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One fault: in ``file``, ``old`` becomes ``new``; ``tests`` must notice."""

    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _m(file: str, old: str, new: str, tests: tuple[str, ...]) -> Mutant:
    return Mutant(file=f"reviewer/{file}", old=old, new=new, tests=tests)


MUTANTS = {
    # ---- the envelope
    "no limit on a file's size": _m(
        "crypto/envelope.py", "if len(untrusted) > MAX_BYTES:", "if False:", CRYPTO
    ),
    "armor is taken": _m("crypto/envelope.py", "if head.startswith(_ARMOR):", "if False:", CRYPTO),
    "passphrases are taken": _m(
        "crypto/envelope.py", 'if b"scrypt" in keys:', "if False:", CRYPTO
    ),
    "two recipients are taken": _m(
        "crypto/envelope.py", 'if keys != [b"X25519"]:', 'if b"X25519" not in keys:', CRYPTO
    ),
    "the header is not read by us": _m(
        "crypto/envelope.py",
        "    check_header(untrusted)\n    try:\n        plain",
        "    try:\n        plain",
        CRYPTO,
    ),
    "a signature is not verified": _m(
        "crypto/envelope.py",
        "Ed25519PublicKey.from_public_bytes(public).verify(signature, _pae(kind, payload))",
        "Ed25519PublicKey.from_public_bytes(public)",
        CRYPTO,
    ),
    "a signature fits every kind": _m(
        "crypto/envelope.py", 'name = kind.encode("utf-8")', 'name = b"x"', CRYPTO
    ),
    "an enrolment names no member": _m(
        "crypto/identity.py", "{pack}\\n{member}\\n{public}", "{pack}\\n{public}", CRYPTO
    ),
    "an enrolment names no key": _m(
        "crypto/identity.py", "{member}\\n{public}", "{member}", CRYPTO
    ),
    "every enrolment is right": _m(
        "crypto/identity.py",
        'return hmac.compare_digest(proof.encode("utf-8", "replace"), expected.encode())',
        "return bool(expected)",
        CRYPTO,
    ),
    "a fingerprint of three words": _m(
        "crypto/words.py", "FINGERPRINT_WORDS = 6", "FINGERPRINT_WORDS = 3", CRYPTO
    ),
    # ---- the strict parser
    "another spelling is taken": _m(
        "crypto/strict.py", "if spelt != untrusted:", "if False:", CRYPTO
    ),
    "any depth is taken": _m("crypto/strict.py", "    if brackets:\n", "    if False:\n", CRYPTO),
    "a field twice is taken": _m(
        "crypto/strict.py", "if len(value) != len(pairs):", "if False:", CRYPTO
    ),
    "NaN is taken": _m(
        "crypto/strict.py",
        'parse_constant=lambda name: refuse(layer, f"holds {name}, which is no number"),',
        "",
        CRYPTO,
    ),
    "unknown fields are taken": _m(
        "crypto/strict.py",
        "if unknown := sorted(untrusted.keys() - names):",
        "if unknown := []:",
        CRYPTO,
    ),
    "true is a number": _m(
        "crypto/strict.py",
        "if type(untrusted) is not int or",
        "if not isinstance(untrusted, int) or",
        CRYPTO,
    ),
    "control characters are taken": _m(
        "crypto/strict.py", "    if not is_clean(untrusted):\n", "    if False:\n", CRYPTO
    ),
    "any length of JSON is read": _m(
        "crypto/strict.py", "if len(untrusted) > max_bytes:", "if False:", CRYPTO
    ),
    "53 bits are not asked": _m(
        "crypto/strict.py", "if any(int(digits[:20]) > MAX_WHOLE", "if any(False", CRYPTO
    ),
    # ---- the layers of a return
    "no magic": _m(
        "exchange/layers.py",
        "if len(plain) < _FRONT or not plain.startswith(MAGIC):",
        "if len(plain) < _FRONT:",
        VECTORS,
    ),
    "the signature is verified after parsing": _m(
        "exchange/layers.py",
        "    envelope.verify(KIND, signed, signature, public)\n    header = decode(signed)\n",
        "    header = decode(signed)\n    envelope.verify(KIND, signed, signature, public)\n",
        VECTORS,
    ),
    "the key in front is not the one named": _m(
        "exchange/layers.py", "if header.public_key != public.hex():", "if False:", VECTORS
    ),
    "the inner layer is not compared": _m(
        "exchange/layers.py",
        "if hashlib.sha256(inner).hexdigest() != header.inner:",
        "if False:",
        VECTORS,
    ),
    "the header may be as long as it likes": _m(
        "exchange/layers.py",
        "if length > MAX_BYTES or _FRONT + length > len(plain):",
        "if length > MAX_BYTES:",
        VECTORS,
    ),
    "a newer format is read": _m(
        "exchange/signed.py", "if found > version:", "if False:", VECTORS
    ),
    "another type is read": _m(
        "exchange/signed.py",
        'if not isinstance(data, dict) or data.get("type") != kind:',
        "if not isinstance(data, dict):",
        VECTORS,
    ),
    # ---- merging
    "another casebook's is taken": _m(
        "exchange/merge.py", "if header.casebook != about.id:", "if False:", VECTORS
    ),
    "the recipient signed is not compared": _m(
        "exchange/merge.py", "if header.recipient != self._receiving.public:", "if False:", VECTORS
    ),
    "the release key signed is not compared": _m(
        "exchange/merge.py",
        "if header.release == self._releases[header.round]:",
        "if True:",
        VECTORS,
    ),
    "another round's is taken": _m(
        "exchange/merge.py", "if header.round > about.round:", "if False:", VECTORS
    ),
    "a replaced casebook's is taken": _m(
        "exchange/merge.py", "if header.pack != self._packs[member.id]:", "if False:", ATTACKS
    ),
    "anybody is enrolled": _m("exchange/merge.py", "if not enrolled(", "if not all(", VECTORS),
    "another framework's is taken": _m(
        "exchange/merge.py", "if header.framework != about.framework.hash:", "if False:", VECTORS
    ),
    "a first return may have one before it": _m(
        "exchange/merge.py",
        "if header.seq == 1 and header.prev != GENESIS:",
        "if False:",
        VECTORS,
    ),
    "the inner envelope is not looked at": _m(
        "exchange/merge.py", "envelope.check_header(opened.inner)", "pass", VECTORS
    ),
    "a late return is told as any other": _m(
        "exchange/merge.py",
        "return released and verdict.digest not in self._opened",
        "return False",
        LATE,
    ),
    "a return of an open round is opened alone": _m(
        "exchange/late.py", "if not book.rounds.released(one.round):", "if False:", LATE
    ),
    "a late return takes the place of an opened one": _m(
        "exchange/late.py", "if one.member in book.rounds.opened(one.round):", "if False:", LATE
    ),
    "a late return is opened without a reason": _m(
        "exchange/late.py", "    if not reason:", "    if False:", LATE
    ),
    "a late return is in time": _m(
        "summary/rounds.py",
        "self.first = _of(one, Part.RETURNED)",
        "self.first = came",
        LATE,
    ),
    "verify counts the newest round alone": _m(
        "exchange/examine.py",
        "for n in range(1, book.about.round + 1) if book.rounds.released(n)]",
        "for n in [book.about.round] if book.rounds.released(n)]",
        EXAMINE,
    ),
    "the same return is taken twice": _m(
        "exchange/merge.py", "if opened.digest in self.ids:", "if False:", ATTACKS
    ),
    "a pipe is read": _m(
        "files/read.py", "if not stat.S_ISREG(facts.st_mode):", "if False:", HOSTILE
    ),
    "a gigabyte is read": _m(
        "exchange/files.py", "if os.fstat(stream.fileno()).st_size > most:", "if False:", HOSTILE
    ),
    "a growing file is read to its end": _m(
        "exchange/returns.py", "stream.read(envelope.MAX_BYTES + 1)", "stream.read()", HOSTILE
    ),
    "the chair is left out before sealing": _m(
        "exchange/release.py", "if unsealed and about.member in absent:", "if False:", ROUND
    ),
    "a backup takes any file's place": _m(
        "casebook/file/copying.py",
        "if not (backups.bears_name_of(path, source) or _same_salt(path, source)):",
        "if False:",
        BACKUP,
    ),
    # ---- which return counts
    "two keys are no fork": _m(
        "exchange/return_status.py", "if len(trusted) == 1:", "if True:", STANDING
    ),
    "one number twice is no fork": _m(
        "exchange/return_status.py", "if len(by_seq) != len(line):", "if False:", STANDING
    ),
    "a return may follow one we do not have": _m(
        "exchange/return_status.py", "by_seq[one.seq - 1].digest != one.prev", "False", STANDING
    ),
    "the lowest number counts": _m(
        "exchange/return_status.py", "last = max(line,", "last = min(line,", STANDING
    ),
    "a replaced pack's return counts": _m(
        "exchange/return_status.py", "if one.pack == packs.get(one.member) and", "if", STANDING
    ),
    "a choice forgives what came after": _m(
        "exchange/return_status.py", "one.seq > chosen.seq or", "", STANDING
    ),
    # ---- the release
    "somebody may be out": _m(
        "exchange/release.py", "    _refuse_outstanding(book, absent)\n", "", ROUND
    ),
    "a round is released twice": _m(
        "exchange/release.py",
        "    if about.released:\n        raise",
        "    if False:\n        raise",
        ROUND,
    ),
    "the ledger is not balanced": _m(
        "exchange/release.py", "if not line.balances]", "if False]", ROUND
    ),
    "what is declared is not compared": _m(
        "exchange/release.py", "if work.declared != work.counts:", "if False:", VECTORS
    ),
    "a bad return holds up the others": _m(
        "exchange/release.py",
        "                continue\n            yield",
        "                raise\n            yield",
        VECTORS,
    ),
    "what was never sent may be spoken of": _m(
        "exchange/release.py", "        if given is not None:", "        if False:", ROUND
    ),
    "a lost sheet's return counts": _m(
        "exchange/return_status.py", " and one.release == sealed_to:", ":", STANDING
    ),
    "one half opens every round": _m(
        "exchange/custody.py",
        "key = book.custody.of_round(number)",
        "key = book.custody.of_round(1)",
        SHEETS,
    ),
    "a round opens without its sheet": _m(
        "rounds/agenda.py",
        "if key is None and about.custodian is not None:",
        "if False:",
        SHEETS,
    ),
    # ---- nothing of scores before the release
    "a header of any length": _m("exchange/header.py", "len(untrusted) != BYTES or ", "", VECTORS),
    "a header padded with anything": _m("exchange/header.py", ' or pad.strip("0")', "", VECTORS),
    "a time of any kind": _m(
        "exchange/signed.py", "not _TIME.fullmatch(untrusted)", "False", VECTORS
    ),
    "a day of any kind": _m(
        "exchange/signed.py", "dt.datetime.fromisoformat(untrusted)", "pass", VECTORS
    ),
    "work is not padded": _m(
        "exchange/padding.py", '.ljust(class_of(body, first), b"\\0")', "", PADDING
    ),
    "every size doubles": _m("exchange/padding.py", "STEP = 4", "STEP = 2", PADDING),
    "a size of no class": _m(
        "exchange/padding.py", "if len(untrusted) not in _classes():", "if False:", VECTORS
    ),
    "padding that is not nothing": _m(
        "exchange/padding.py", " or untrusted[end:] != bytes(len(untrusted) - end)", "", VECTORS
    ),
    "counts are kept on arrival": _m(
        "exchange/merge.py",
        "counts=Counts(),",
        "counts=header.counts or Counts(reviews=1),",
        SILENT,
    ),
    # ---- what is within, and what is told
    "one file that ends the process spoils the others": _m(
        "documents/outside/unpacking.py",
        "if not self.holds(key):\n                ends",
        "if False:\n                ends",
        UNPACKED,
    ),
    "files may end the process for ever": _m(
        "documents/outside/unpacking.py", "if ends > _ENDS:", "if False:", UNPACKED
    ),
    "what has not come is called ready": _m(
        "intake/delivery/stored.py",
        "gone = not file.document and file.sha256 not in here",
        "gone = False",
        DELIVERED,
    ),
    "a case's folder is cut without a word": _m(
        "intake/named.py", "    if lying.more:", "    if False:", REGISTER_SHEETS
    ),
    "a folder too deep is left without a word": _m(
        "intake/places.py", "deep.append(Path(entry.path))", "pass", REGISTER_SHEETS
    ),
    "a delivery's folder too deep is left without a word": _m(
        "intake/delivery/sources.py", "yield path, 0  # as", "pass  # as", DELIVERED
    ),
    "letters that turn others round are shown": _m(
        "intake/delivery/sources.py", " and ord(c) not in BIDI", "", DELIVERED
    ),
    "two files of one path": _m(
        "intake/delivery/sources.py", "while path in seen:", "while False:", DELIVERED
    ),
    "any name of a file is written": _m(
        "records/file_names.py", "if _DEVICES.fullmatch(", "if False and (", NAMES
    ),
    "signs that some computer refuses are written": _m(
        "records/file_names.py",
        '_NOT_WRITTEN.sub("_", clean_line(last))',
        "clean_line(last)",
        NAMES,
    ),
    "a path is a name": _m("records/file_names.py", '.rpartition("/")[2]', "", NAMES),
    "one page is read twice in an update": _m(
        "exchange/updates/told.py",
        "if len({one.number for one in scans}) != len(scans):",
        "if False:",
        TOLD,
    ),
    "one thing is counted twice in an update": _m(
        "exchange/updates/told.py",
        "if len({one.thing for one in lines}) != len(lines):",
        "if False:",
        TOLD,
    ),
    "one word is corrected twice in an update": _m(
        "exchange/updates/told.py",
        "if len({(one.page, one.start) for one in typed}) != len(typed):",
        "if False:",
        TOLD,
    ),
    "an update names a parent that is no identity": _m(
        "exchange/updates/told.py", "if parent and not _ID.fullmatch(parent):", "if False:", TOLD
    ),
    "an update counts what nobody knows": _m(
        "exchange/updates/told.py", "or not _THING.fullmatch(row[0])", "", TOLD
    ),
    "an update tells of pages that are not there": _m(
        "exchange/updates/bodies.py",
        "if any(number > document.page_count for number in numbers):",
        "if False:",
        UPDATE_VECTORS,
    ),
    "notes beyond the limit go without a word": _m(
        "exchange/updates/told.py", "if len(kept) == len(notes):", "if True:", TOLD
    ),
    # ---- the casebook that is open
    "the casebook itself is read at the last moment": _m(
        "files/read.py", "if in_use.is_in_use(in_use.id_of(facts)):", "if False:", IN_USE
    ),
    "a file takes the casebook's place": _m(
        "files/write.py", "if in_use.is_in_use(in_use.id_at(path)):", "if False:", IN_USE
    ),
    # ---- roles
    "every role may do everything": _m(
        "casebook/roles.py", "    if may(action, role):", "    if True:", ROLES
    ),
    "the writer asks nobody": _m(
        "casebook/writer.py", "        self.require(action)\n", "", ROLES
    ),
    "a panellist adds cases": _m(
        "casebook/roles.py", '"add cases": _CHAIR', '"add cases": _ANYBODY', ROLES
    ),
    "what was kept is not compared": _m(
        "exchange/release.py", "if opened.digest != one.sha256:", "if False:", ATTACKS
    ),
    "a mark may be somebody else's": _m(
        "exchange/release.py", "if mark.id in self._whose_mark:", "if False:", HOSTILE
    ),
    "a reason is not asked for": _m(
        "exchange/release.py", "if not clean(reason).strip():", "if False:", ROUND
    ),
    "the custodian's half is not compared": _m(
        "exchange/custody.py", "if sheet_mark(paper) != custodian.mark:", "if False:", ROUND
    ),
    # ---- the work inside
    "the work may be somebody else's": _m(
        "exchange/sealed_work.py",
        "if canonical([data[name] for name in asdict(whose)])",
        "if False and canonical([data[name] for name in asdict(whose)])",
        (*VECTORS, *ATTACKS),
    ),
    "a case that was not given": _m(
        "exchange/sealed_work.py",
        "if not isinstance(untrusted, str) or untrusted not in self._scope.cases:",
        "if not isinstance(untrusted, str):",
        HOSTILE,
    ),
    "a case twice": _m(
        "exchange/sealed_work.py", "if untrusted in self._seen:", "if False:", HOSTILE
    ),
    "off the scale": _m(
        "exchange/sealed_work.py", "if not known.keys() >= set(untrusted):", "if False:", VECTORS
    ),
    "evidence from another case": _m(
        "exchange/sealed_work.py",
        "if self._scope.documents[marks[number].document][0] != case:",
        "if False:",
        VECTORS,
    ),
    "one mark twice": _m(
        "exchange/sealed_work.py",
        "if len({mark.id for mark in work.marks}) != len(work.marks):",
        "if False:",
        HOSTILE,
    ),
    "a mark on a page that is not there": _m(
        "exchange/anchors.py",
        "strict.whole(row[2], 1, documents[document][1], layer=_LAYER)",
        "strict.whole(row[2], 1, 10_000, layer=_LAYER)",
        VECTORS,
    ),
    # ---- whose key
    "other words confirm": _m(
        "exchange/pinning.py", "if heard is not None and", "if False and", PINNING
    ),
    "a key that changed is confirmed": _m(
        "exchange/pinning.py", "if public_key is not None and", "if False and", PINNING
    ),
    "a comparison holds for any key": _m(
        "records/panel.py",
        "KeyState.COMPARED if comparison.public_key == public_key else KeyState.CHANGED",
        "KeyState.COMPARED",
        PINNING,
    ),
    # ---- the casebook
    "a plain database is opened": _m(
        "casebook/file/connection.py", "if head == PLAIN:", "if False:", OPENING
    ),
    "a link is opened": _m(
        "casebook/file/connection.py",
        "if stat.S_ISLNK(facts.st_mode) or not stat.S_ISREG(facts.st_mode):",
        "if stat.S_ISDIR(facts.st_mode):",
        OPENING,
    ),
    "an empty file is opened": _m(
        "casebook/file/connection.py", "if facts.st_size == 0:", "if False:", OPENING
    ),
    "half a page is opened": _m(
        "casebook/file/connection.py", "if facts.st_size % PAGE:", "if False:", OPENING
    ),
    "a journal is played unseen": _m(
        "casebook/file/settling.py",
        "if not companions.beside(path) or path",
        "if True or path",
        SETTLING,
    ),
    "the engine meets a journal": _m(
        "casebook/file/connection.py",
        'if found and not path.name.endswith(".part"):',
        "if False:",
        ("tests/reviewer/casebook/test_guards.py",),
    ),
    "a journal that deletes is played": _m(
        "casebook/file/settling.py",
        "names_another = stream.read() == _SUPER",
        "names_another = False",
        SETTLING,
    ),
    "an older state is more": _m(
        "casebook/file/settling.py",
        "return len(other) > len(chain) and",
        "return bool(chain) or",
        SETTLING,
    ),
    "a half-made index is whole": _m(
        "casebook/file/settling.py",
        "searched = checking.search(read).passed",
        "searched = True",
        SETTLING,
    ),
    "a program at work is settled": _m(
        "casebook/file/filelock.py",
        "while not _locked(handle, reading=reading):",
        "while False:",
        SETTLING,
    ),
    "no room is asked for": _m(
        "casebook/file/settling.py",
        "require_room(part, size + sum(one.lstat().st_size for one in found))",
        "pass",
        SETTLING,
    ),
    "a stick is settled on": _m(
        "casebook/file/settling.py", "if place_of(path) is not None:", "if False:", SETTLING
    ),
    "a torn free page is damage": _m(
        "casebook/file/settling.py",
        "            _leave_torn_pages(path, part, key_for)\n            played",
        "            played",
        POWER,
    ),
    "a damaged state is taken": _m(
        "casebook/file/settling.py",
        "checking.refuse_damage(part, checking.examine(part, key, salt))",
        "checking.examine(part, key, salt)",
        SETTLING,
    ),
    "the file as it was is not kept": _m(
        "casebook/file/settling.py",
        "            _keep(path, old, handle)\n",
        "            pass\n",
        SETTLING,
    ),
    "a journal that was not played is thrown away": _m(
        "casebook/file/settling.py",
        "    names = [one.name for one in companions.set_aside(path, old)]\n",
        "    names = [one.unlink() or 'it' for one in companions.beside(path)]\n",
        SETTLING,
    ),
    "another sheet settles": _m(
        "casebook/file/settling.py",
        "        recovery.refuse_other(path, sheet, salt)\n",
        "",
        SHEETED,
    ),
    "a swapped file is called saved": _m(
        "casebook/file/swapped.py", "if files.is_in_place(connection, path):", "if True:", SWAPPED
    ),
    "a swap after the change is not seen": _m(
        "casebook/writer.py", "        self.in_place(True)\n", "", SWAPPED
    ),
    "a running program's part is swept": _m(
        "files/write.py",
        "(match[1] == _HERE and not is_running(pid))",
        "match[1] == _HERE",
        OUTFILE,
    ),
    "another computer's part is swept": _m(
        "files/write.py",
        "(match[1] == _HERE and not is_running(pid))",
        "not is_running(pid)",
        OUTFILE,
    ),
    "a costly key is read": _m(
        "method/price.py", "if _DOTTED.search(untrusted):", "if False:", FRAMEWORK
    ),
    "a point beyond 53 bits is taken": _m(
        "method/price.py",
        "if isinstance(value, int) and abs(value) > MAX_WHOLE:",
        "if False:",
        FRAMEWORK,
    ),
    "a misspelt key is passed over": _m(
        "method/shape.py", "elif key not in beside:", "elif False:", FRAMEWORK_FILES
    ),
    "a code is given to another factor": _m(
        "method/mapped.py", "if code in there:", "if False:", FRAMEWORK_FILES
    ),
    "a codebook may be of any length": _m(
        "documents/formats/codebook.py",
        "if len(self.codes) > most.MOST_CODES or len(self.sets) > most.MOST_SETS:",
        "if False:",
        CODEBOOKS,
    ),
    "another scale carries ratings over": _m(
        "method/versions.py", "if new.scale != old.scale:", "if False:", VERSIONS
    ),
    "what is reworded carries over": _m(
        "method/versions.py", "carries=carry and not asked,", "carries=carry,", VERSIONS
    ),
    "a circle is a mapping": _m(
        "method/mapped.py", "circle = loop(found)", "circle = frozenset()", FRAMEWORK_FILES
    ),
    "look-alikes are two": _m(
        "intake/register.py",
        "seen := look_alike(row.reference)",
        "seen := row.reference",
        REGISTER,
    ),
    "a short key is taken": _m(
        "casebook/file/connection.py",
        "if not isinstance(part, bytes | bytearray) or len(part) != length:",
        "if False:",
        OPENING,
    ),
    "another file may be attached": _m(
        "casebook/file/connection.py", "if action == dbapi.SQLITE_ATTACH:", "if False:", OPENING
    ),
    "the key may be changed by a pragma": _m(
        "casebook/file/connection.py",
        'if action == dbapi.SQLITE_PRAGMA and (first or "").lower() in _KEY_PRAGMAS:',
        "if False:",
        OPENING,
    ),
    "settings are not read back": _m(
        "casebook/file/connection.py",
        "        if found != expected:\n",
        "        if False:\n",
        OPENING,
    ),
    "a taken name is overwritten": _m(
        "casebook/file/connection.py",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600",
        "os.O_CREAT | os.O_RDWR, 0o600",
        OPENING,
    ),
    "everybody may read the file": _m(
        "casebook/file/connection.py", "os.O_RDWR, 0o600)", "os.O_RDWR, 0o644)", OPENING
    ),
    "damage is not refused": _m(
        "casebook/file/checking.py",
        "bad = [check.sentence for check in checks if not check.passed]",
        "bad: list[str] = []",
        OPENING,
    ),
    "the digest is not compared": _m(
        "casebook/file/proof.py", "good = kept == [(rows, root)]", "good = True", OPENING
    ),
    "the chain is not compared": _m(
        "casebook/file/proof.py", 'or entry["prev"] != prev', "or False", OPENING
    ),
    "an entry's hash is not compared": _m(
        "casebook/file/proof.py", 'or entry["hash"] != entry_hash(entry)', "or False", OPENING
    ),
    "a failed change is kept": _m(
        "casebook/writer.py",
        '                    self._connection.execute("ROLLBACK")\n',
        '                    self._connection.execute("COMMIT")\n',
        (*BOOK, *LAWS),
    ),
    # ---- the process that reads what came from outside
    "files are within reach": _m(
        "documents/inside/landlock.py",
        "library.syscall(_RESTRICT, ruleset, 0) == 0",
        "ruleset >= 0",
        CONFINED,
    ),
    "files may be written below what is read": _m(
        "documents/inside/landlock.py",
        "folder, _READ_FILE | _READ_DIR, os",
        "folder, (1 << 13) - 1, os",
        CONFINED,
    ),
    "the checkout may be read": _m(
        "documents/inside/confine.py",
        "if path.is_dir() and path != _ROOT)",
        "if path.is_dir())",
        CONFINED,
    ),
    "who reads scans may run any program": _m(
        "documents/inside/confine.py",
        "run=[program, *LOADERS]",
        "run=[program, *LOADERS, Path('/usr/bin'), Path('/bin')]",
        SCANS,
    ),
    "what reads a scan may start more": _m(
        "documents/inside/seccomp.py",
        "for number in (calls.clone, *calls.forks, _CLONE3):",
        "for number in (_CLONE3,):",
        SCANS,
    ),
    "who reads scans may make threads and name spaces": _m(
        "documents/inside/seccomp.py",
        "(0x01200011, 0x00004111)",
        "(0x01200011, 0x00004111, 0x00000100)",
        SCANS,
    ),
    "the worker may start a process that shares its memory": _m(
        "documents/inside/seccomp.py", "(0x003D0F00,)", "(0x003D0F00, 0x003C0F00)", CONFINED
    ),
    "the worker may start threads without end": _m(
        "documents/inside/confine.py",
        "processes=limits.THREADS if alone else 0",
        "processes=None",
        CONFINED,
    ),
    "a worker without a filter may start processes": _m(
        "documents/inside/confine.py",
        "        _lower(resource.RLIMIT_NPROC, 0)  #",
        "        #",
        CONFINED,
    ),
    "what a scan says is believed without a look": _m(
        "documents/outside/recogniser.py",
        '    if turn not in _TURNS:\n        raise Lie("turn")\n',
        "",
        SCANS,
    ),
    "calls are not counted off": _m(
        "documents/inside/seccomp.py",
        "library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0",
        "program.length > 0",
        CONFINED,
    ),
    "what is not on the list is allowed": _m(
        "documents/inside/seccomp.py",
        "return [*steps, _Step(_RETURN, 0, 0, _FAIL | _EPERM)]",
        "return [*steps, _Step(_RETURN, 0, 0, _ALLOW)]",
        CONFINED,
    ),
    "other numbers are let through": _m(
        "documents/inside/seccomp.py",
        "        _Step(_AT_LEAST, 0, 1, _OTHER_NUMBERS),\n        _Step(_RETURN, 0, 0, _KILL),\n",
        "",
        CONFINED,
    ),
    "any process may be signalled": _m(
        "documents/inside/seccomp.py",
        "    steps += _if_argument(calls.signal, 0, (process,))\n",
        "    steps += [_Step(_EQUAL, 0, 1, calls.signal), _Step(_RETURN, 0, 0, _ALLOW)]\n",
        CONFINED,
    ),
    "a file is opened to be changed": _m(
        "documents/inside/seccomp.py", "(0,), mask=_CHANGES)", "(0,), mask=0)", CONFINED
    ),
    "a pipe may signal": _m(
        "documents/inside/seccomp.py",
        "    steps += _if_argument(calls.fcntl, 1, _FCNTLS)\n",
        "    steps += [_Step(_EQUAL, 0, 1, calls.fcntl), _Step(_RETURN, 0, 0, _ALLOW)]\n",
        CONFINED,
    ),
    "an argument is not looked at": _m(
        "documents/inside/seccomp.py",
        "    inside.append(_Step(_RETURN, 0, 0, _FAIL | _EPERM))",
        "    inside.append(_Step(_RETURN, 0, 0, _ALLOW))",
        CONFINED,
    ),
    "a limit is not set": _m(
        "documents/inside/confine.py", "        _lower(what, most)\n", "        pass\n", CONFINED
    ),
    "the worker shares the network": _m(
        "documents/inside/confine.py", "_NEWUSER | _NEWNET) != 0", "_NEWUSER) != 0", CONFINED
    ),
    "the worker may be looked at": _m(
        "documents/inside/confine.py",
        "    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)\n",
        "",
        CONFINED,
    ),
    "the worker may win privileges": _m(
        "documents/inside/confine.py",
        "    library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)\n",
        "",
        CONFINED,
    ),
    "all requests share one processor time": _m(
        "documents/inside/service.py", "        spend(limits.PROCESSOR_SECONDS)\n", "", CONFINED
    ),
    "a count may show more than the file holds": _m(
        "documents/outside/untrusted.py",
        'shown = whole(untrusted, "shown", 0, held)',
        'shown = whole(untrusted, "shown", 0, limits.MAX_TEXT)',
        LIES,
    ),
    "a word that stands twice is taken for shown by one": _m(
        "documents/inside/ledger/compare.py",
        "self._times(row, seen) > used[row]",
        "self._times(row, seen) > 0",
        ("tests/reviewer/documents/test_ledger.py",),
    ),
    "only the worker itself sets its limits": _m(
        "documents/outside/spawn.py", "    _limit(process.pid, kind)\n", "", LIES
    ),
    "the worker's processor time has no end": _m(
        "documents/outside/spawn.py",
        "        (resource.RLIMIT_CPU, kind.processor_in_all),\n",
        "",
        LIES,
    ),
    "what the worker started goes on": _m(
        "documents/outside/spawn.py", "os.killpg(process.pid, signal.SIGKILL)", "pass", LIES
    ),
    "a weak worker says that it is confined": _m(
        "documents/inside/confine.py",
        "return () if fileless else (Reach.FILES,)",
        "return ()",
        CONFINED,
    ),
    "a weak worker opens what it is told not to": _m(
        "documents/outside/worker.py",
        "if self._confined_only and self._process.reach:",
        "if False:",
        CONFINED,
    ),
    # ---- spreadsheets and reports
    "a date is taken for a reference unasked": _m(
        "intake/sheet_rows.py", "        if as_shown:", "        if True:", REGISTER_SHEETS
    ),
    "a formula without its result is a value": _m(
        "intake/sheet_rows.py", "        self._bare()\n", "", REGISTER_SHEETS
    ),
    "an error of a spreadsheet names a case": _m(
        "intake/sheet_rows.py", "        self._errors()\n", "", REGISTER_SHEETS
    ),
    "a hidden sheet is the register": _m(
        "documents/outside/table.py",
        "if grid.state == STATES[0]]\n    if fit",
        "if True]\n    if fit",
        REGISTER_SHEETS,
    ),
    "what a sheet hides is not told": _m(
        "documents/formats/sheet_pages.py", "[*_hidden(book), ", "[", SHEET_PAGES
    ),
    "a spreadsheet may hold any number of cells": _m(
        "documents/formats/sheet_cells.py",
        "        if self._cells < 0 or self._text < 0:",
        "        if False:",
        SHEET_PAGES,
    ),
    "the worker may answer any number of rows": _m(
        "documents/outside/untrusted_grid.py", " or len(untrusted) > _MOST_ROWS", "", LIES
    ),
    "a formula after a semicolon is left": _m(
        "records/cells.py", r'_BREAK = r";\t', r'_BREAK = r"\t', CELLS
    ),
    "a formula behind an invisible sign is left": _m(
        "records/cells.py", r"\u200b-\u200f", "", CELLS
    ),
    "a field is quoted only where it must be": _m(
        "records/cells.py", "csv.QUOTE_ALL", "csv.QUOTE_MINIMAL", CELLS
    ),
    "an emoji counts once": _m(
        "records/cells.py", 'len(text) + sum(c > "\\uffff" for c in text)', "len(text)", CELLS
    ),
    "older files do not come back": _m(
        "outset.py", "place.old.replace(place.path)", "pass", OUTSET
    ),
    "new files stay where a set was taken back": _m(
        "outset.py", "place.path.unlink(missing_ok=True)", "pass", OUTSET
    ),
    "an older report is replaced unasked": _m(
        "reports/write.py", "if there and not replace:", "if False:", REPORT
    ),
    "a report is in no journal": _m(
        "reports/write.py", 'book.journal.record("write report", told)', "None", REPORT
    ),
    "the data depend on the paper": _m(
        "reports/write.py", "            if kind != _PAPER:", "            if True:", REPORT
    ),
    "a report's file is not read back": _m(
        "reports/write.py", ", check=partial(_check, kind)", "", REPORT
    ),
    "what unpacks to far too much is unpacked all the same": _m(
        "documents/formats/zip_files.py",
        "if budget.left < 0 or size > max(_SMALL, limits.RATIO * packed):",
        "if budget.left < 0:",
        UNPACKED,
    ),
    "what was locked in an archive is believed unchecked": _m(
        "documents/formats/zip_locked.py",
        "if not hmac.compare_digest(whole, own):",
        "if not own:",
        ("tests/reviewer/documents/test_locked_files.py",),
    ),
    "members that share their bytes are not counted together": _m(
        "documents/formats/zip_files.py", "budget.left -= len(part)", "pass", UNPACKED
    ),
    "a name within a file is a path": _m(
        "documents/outside/within.py",
        'clean_line(clean(untrusted).replace("/", "-").replace("\\\\", "-"))',
        "clean_line(untrusted)",
        UNPACKED,
    ),
    "what is written on a mail is believed as it comes": _m(
        "documents/outside/within.py",
        "if not isinstance(facts, dict) or not facts.keys() <= _FACTS:",
        "if not isinstance(facts, dict):",
        UNPACKED,
    ),
    "files within files go on without end": _m(
        "intake/bring.py",
        """        if depth > limits.WITHIN_DEEP:
            raise refusals.refusal("within-deep")
""",
        "",
        FAMILIES,
    ),
    "a family of any size comes in": _m(
        "intake/family.py",
        "if self._left < 0 or len(self.items) >= limits.FAMILY_FILES:",
        "if self._left < 0:",
        FAMILIES,
    ),
    "attachments of a withdrawn mail stay": _m(
        "intake/correct.py", "[one.id for one in family if one.current]", "()", FAMILIES
    ),
    "a document that came while it was read comes twice": _m(
        "intake/bring.py",
        "                if book.documents.by_sha(document.case, document.sha256) is None\n",
        "",
        BROUGHT,
    ),
    "a delivered file that came another way meanwhile is added twice": _m(
        "intake/delivery/bringing.py",
        "[one for one in items if book.documents.by_sha(one[0].case, one[0].sha256) is None]",
        "list(items)",
        DELIVERED,
    ),
    "a link in a delivery is followed": _m(
        "intake/delivery/sources.py",
        "        if path.is_symlink():\n            raise DocumentError(",
        "        if False:\n            raise DocumentError(",
        DELIVERED,
    ),
    "a file whose text names another case joins the one of its folder": _m(
        "intake/delivery/bringing.py",
        "return bool(facts.names) and row.case not in facts.names and not by_hand",
        "return False",
        DELIVERED,
    ),
    "a delivery of other bytes is taken for the one before": _m(
        "intake/delivery/staging.py",
        'return self._hashes[file.position] in {"", file.sha256}',
        "return True",
        DELIVERED,
    ),
    "why a file could not be read stands beside it once it has come": _m(
        "casebook/stores/deliveries.py",
        '                tx.remove("delivery_look", _key(one), secret=True)\n',
        "",
        DELIVERED,
    ),
    "rules that take their reader forever are read": _m(
        "intake/delivery/rules.py", " or slow_to_read(untrusted)", "", RULED
    ),
    "a longer reference is taken for a shorter one": _m(
        "intake/delivery/patterns.py", '(?![^\\W_])"\n    found', '"\n    found', RULED
    ),
    "a panellist's casebook numbers pages by itself": _m(
        "casebook/stores/bundles.py", '!= "chair"', '== "nobody"', BUNDLES
    ),
    "a correction is not asked again when it is stored": _m(
        "intake/correct.py", "        refuse_known(book, now.case)\n", "", BROUGHT
    ),
    "a correction takes the place of what was withdrawn meanwhile": _m(
        "intake/correct.py", "now = book.documents.get(old.id) or old", "now = old", BROUGHT
    ),
    "an emptied row is passed over": _m(
        "exchange/sheet.py",
        "        self.changed.append((case.id, Rating(factor=code)))",
        "        return",
        SHEET,
    ),
    "a sheet that went out blank wipes later work": _m(
        "exchange/sheet.py", "if was == _BLANK:", "if False:", SHEET
    ),
    "a text that a spreadsheet cut is read back": _m(
        "exchange/sheet.py", "        faults += _cut(line, old)\n", "", SHEET
    ),
    # ---- the figures
    "a result that holds either way is not counted": _m(
        "summary/layers.py", "ballot.relevant & (known | ~doubtful)", "~doubtful", FIGURES
    ),
    "a factor found not relevant stays in its group": _m(
        "summary/decided.py", "kept = leave_out(votes, force.relevant)", "kept = votes", FIGURES
    ),
    # ---- what the panel determined
    "a determined factor does not replace what was rated": _m(
        "summary/decided.py",
        "votes_in[:, :, None] & taken[None, :, inside]",
        "votes_in[:, :, None] & ~asked[None, :, inside]",
        DETERMINED,
    ),
    "what is determined not assessable counts as nought": _m(
        "summary/layers.py", "reached | decided.unknown", "reached", DETERMINED
    ),
    "a late rating leaves a determination alone": _m(
        "summary/decided.py", "_answers(now) != _answers(standing.ground)", "False", DETERMINED
    ),
    "a late record leaves a determination alone": _m(
        "summary/decided.py", "not now.came <= standing.ground.came", "False", DETERMINING
    ),
    "a cell that a round asks for is determined": _m(
        "rounds/determining.py", "    if asked:\n", "    if False:\n", DETERMINING
    ),
    "a dissenter may be anybody": _m(
        "rounds/determining.py", "if name and member is None:", "if False:", DETERMINING
    ),
    "what is decided is decided over": _m(
        "rounds/determining.py",
        "what is not Ruling.REOPENED and cell.kind is Kind.DETERMINED",
        "False",
        DETERMINING,
    ),
    "blank is called not assessable": _m(
        "summary/votes.py",
        "blank=asked & (answered == 0)",
        "blank=asked & (answered < 0)",
        FIGURES,
    ),
    "a score against not relevant is no flag": _m(
        "summary/cells.py", "& ~ballot.relevant & held[2]", "& ~ballot.asked", FIGURES
    ),
    "a case with one score makes a factor less rare": _m(
        "summary/agreement.py",
        "= _paired(counts) & (2",
        "= (counts.sum(axis=1) > 0) & (2",
        FIGURES,
    ),
    "a score without support is not named": _m(
        "summary/gaps.py", "in sorted(standing.unsupported.items())", "in ()", GAPS
    ),
    "a score without support is named again when it is given again": _m(
        "summary/rounds.py", "kept = ~said | (came == self.votes)", "kept = ~said", GAPS
    ),
    "a score without support is not flagged": _m(
        "summary/rounds.py",
        "bare = ~supported & np.where(again, self._bare, votes >= lowest)",
        "bare = np.zeros_like(supported)",
        GAPS,
    ),
    "a mostly blank round is not told": _m(
        "method/blanks.py", "return 2 * blank > asked", "return False", GAPS
    ),
    "words that fit two records are given to the first": _m(
        "record_requests/matching.py",
        "fitting[0].id if len(fitting) == 1 else None",
        "fitting[0].id if fitting else None",
        RECORDS,
    ),
    "a day in no said order is guessed": _m(
        "record_requests/dates.py",
        "if said is None or not order:",
        "order = order or 'dmy'\n    if said is None:",
        RECORDS,
    ),
    "a record is overdue on the day it is due": _m(
        "records/requests.py", '"" < self.due < today', '"" < self.due <= today', RECORDS
    ),
    "a register is brought in without the rows that are at fault": _m(
        "record_requests/bring.py",
        "    if faults:\n        raise",
        "    if []:\n        raise",
        RECORDS,
    ),
    "a record that is one of several unknowns is said to settle the cell": _m(
        "summary/costs.py", "open_ & (waiting == self._unknown)", "open_ & (waiting > 0)", RECORDS
    ),
    "letters stand that the register does not know": _m(
        "reports/letters/write.py",
        "files.stand(lambda: book.requests.letters_went(steps, numbers))",
        "files.stand(); book.requests.letters_went(steps, numbers)",
        LETTERS,
    ),
    "a large file that changed while it came is kept under the hash of before": _m(
        "intake/large.py",
        "if sha256_of(here) != sha256 and not _put_right(steps, file, sha256):",
        "if False:",
        LARGE,
    ),
    "a changed file is written over what was brought in": _m(
        "intake/large.py", "if whole.hexdigest() != sha256:", "if False:", LARGE
    ),
    "what waits in a delivery is let go as if it were cut off": _m(
        "casebook/stores/file_pieces.py",
        " AND sha256 NOT IN (\n    SELECT sha256 FROM delivery_file"
        " WHERE state IN ('staged', 'left out'))",
        "",
        LARGE,
    ),
    "a file that was spoilt in its row is called whole": _m(
        "casebook/inspection.py",
        "return held == size and read.hexdigest() == sha256",
        "return held == size",
        LARGE,
    ),
    "a process waits for ever for a piece that does not come": _m(
        "documents/outside/worker.py",
        "except BaseException:  # a piece did not come, and it waits for one\n"
        "            self._stop()",
        "except BaseException:",
        LARGE,
    ),
}
