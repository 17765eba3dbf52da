"""People's names, cut short for narrow columns."""

from collections.abc import Sequence

_BEFORE = """
mr mrs ms miss mx dr doctor prof professor sir dame lord lady baroness viscount viscountess
countess rt right hon honourable rev revd reverend the fr father sister canon bishop archbishop
rabbi imam sheikh judge hhj dhj commander cdr colonel col lt lieutenant captain capt sgt sergeant
inspector insp superintendent supt chief detective constable pc dc ds di dci commissioner cllr
councillor alderman emeritus assoc associate herr frau mme mlle madame monsieur señor señora ing
dipl
"""
_AFTER = """
KC QC MP MEP MSP MS JP OBE CBE MBE KBE DBE GBE KCB DCB CB PhD MD DPhil FRCP FRCPsych FRS FBA RN RMN
BSc MSc BA MA LLB LLM Esq Jr Sr II III IV
"""
_TITLES = frozenset(_BEFORE.split())
_ALSO_NAMES = frozenset(("dean", "general", "justice", "major"))  # titles only after a title
_HONOURS = frozenset(_AFTER.split())


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Return one or two letters a name, with a number behind where two would be the same.

    Titles before a name and honours after it give no letter.

    >>> initials(["Ms E.", "Prof. Dame Amara Oyelaran, DBE", "Al Bo", "Ada Byron KC"])
    ('E', 'AO', 'AB1', 'AB2')
    """
    short = [_initials(name) for name in names]
    seen: dict[str, int] = {}
    found = []
    for letters in short:
        seen[letters] = seen.get(letters, 0) + 1
        found.append(letters if short.count(letters) == 1 else f"{letters}{seen[letters]}")
    return tuple(found)


def _initials(name: str) -> str:
    parts = [part for part in name.partition(",")[0].split() if part[:1].isalpha()]
    while len(parts) > 2 and parts[-1].replace(".", "") in _HONOURS:
        del parts[-1]
    titles = _TITLES
    while len(parts) > 1 and parts[0].replace(".", "").casefold() in titles:
        del parts[0]
        titles = _TITLES | _ALSO_NAMES
    if not parts:
        return name.strip()[:2] or "?"
    second = parts[-1][0] if len(parts) > 1 else parts[0][1:2]
    return parts[0][0].upper() + (second.upper() if second.isalpha() else "")
