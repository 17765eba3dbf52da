"""Rules that say of a file, by its path, whose case it is, whose paper and of which kind.

They are tried in order, and the first that says something of the case decides the case; likewise
agency, kind and date. What no rule says is asked, never guessed.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewer.errors import InputError
from reviewer.files.read import open_file
from reviewer.intake.delivery import patterns
from reviewer.intake.delivery.patterns import FIELDS
from reviewer.intake.delivery.references import References
from reviewer.messages import later, say
from reviewer.method.price import slow_to_read
from reviewer.records.text import as_seen, clean_line, look_alike

MAX_BYTES = 256 << 10
MAX_RULES = 500
_MAX_VALUE = 300  # characters of what a rule gives
_NAMES = ("agencies", "kinds", "cases")  # tables: what is meant by a word on a path
_OF = {"agencies": "agency", "kinds": "kind", "cases": "case"}
_KNOWN = frozenset({"name", "path", *FIELDS})
_NUMBERS = re.compile(r"\d+")
_NOT_READ = later("The rules in {name} could not be read: {why}. Nothing was changed.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule: a pattern of paths, and what it gives beside what it takes of the path."""

    name: str
    path: str
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The rules in the order in which they are tried, and what words on paths stand for.

    ``meant`` has for agency, kind and case what is meant by a word, by how the word looks.
    """

    rules: tuple[Rule, ...]
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return the rules as JSON-ready data; ``from_data`` takes it back."""
        return {
            "rules": [{"name": r.name, "path": r.path, **r.gives} for r in self.rules],
            "meant": {name: dict(words) for name, words in self.meant.items()},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value and which rule gave it, counted from 1; 0 is a person's own word."""

    value: str
    rule: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What the rules say of one path, by field; a field that no rule speaks of is not in it.

    ``unknown`` is what a rule took for a case that is not here, ``others`` are cases that the path
    names beside the one that was chosen.
    """

    chosen: Mapping[str, Choice] = field(default_factory=dict)
    unknown: str = ""
    others: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """Return the value of a field, "" where none was given."""
        choice = self.chosen.get(name)
        return choice.value if choice is not None else ""


def usual() -> Rules:
    """Return the rules that hold where nobody gave any: folders and files called after cases."""
    return Rules(
        rules=(
            Rule(name=say("Folder called after the case"), path="**/{case}/**"),
            Rule(name=say("Folder begins with the case"), path="**/{case}*/**"),
            Rule(name=say("File begins with the case"), path="**/{case}*"),
        )
    )


def decide(rules: Rules, path: str, references: References, *, around: str = "") -> Decision:
    """Return what ``rules`` say of ``path``; ``around`` is a folder that holds everything."""
    seen = as_seen(path)
    inner = seen.removeprefix(as_seen(around) + "/") if around else seen
    named = sorted(
        {part for name in seen.split("/") for part in references.within(name)},
        key=lambda part: (-len(part), part),
    )
    chosen: dict[str, Choice] = {}
    unknown = ""
    for number, rule in enumerate(rules.rules, 1):
        if rule.gives.keys() <= chosen.keys() and not _open(rule, chosen):
            continue
        taken = patterns.read(rule.path, inner, named)
        if taken is None and inner != seen:
            taken = patterns.read(rule.path, seen, named)
        if taken is None:
            continue
        for name, text in {**taken, **rule.gives}.items():
            value = _meant(rules, name, text, references)
            if value and name not in chosen:
                chosen[name] = Choice(value=value, rule=number)
            elif name == "case" and not value and not unknown:
                unknown = clean_line(text)
    case = chosen["case"].value if "case" in chosen else ""
    others = {references.named(part) for part in named} - {case}
    return Decision(
        chosen=chosen,
        unknown="" if case else unknown,
        others=tuple(sorted(_apart(others, case))),
    )


def _apart(others: Collection[str], case: str) -> list[str]:
    """Return the references that are not a part of the one that was chosen."""
    whole = look_alike(case) if others else ""
    return [one for one in others if look_alike(one) not in whole]


def _open(rule: Rule, chosen: Mapping[str, Choice]) -> bool:
    return any(f"{{{name}}}" in rule.path and name not in chosen for name in FIELDS)


def _meant(rules: Rules, name: str, text: str, references: References) -> str:
    """Return what ``text`` stands for as a field; "" where it can be none."""
    words = rules.meant.get(name, {})
    value = clean_line(words.get(look_alike(text), text) if words else text)[:_MAX_VALUE]
    if name == "case":
        return references.named(value)
    return patterns.iso(value) if name == "date" else value


def like(path: str, gives: Mapping[str, str]) -> Rule:
    """Return a rule for files that are called like the one at ``path``, numbers apart.

    >>> like("INV-038/police/scan0007.pdf", {"kind": "Firearms log"}).path
    '**/scan*.pdf'
    """
    name = _NUMBERS.sub("*", as_seen(path).rpartition("/")[2])
    for sign in "{}[]":
        name = name.replace(sign, "?")
    return Rule(name=say("Called like “{name}”", name=name), path=f"**/{name}", gives=dict(gives))


def within(path: str, gives: Mapping[str, str]) -> Rule:
    """Return a rule for all files in the folder of the one at ``path``, and in those within it.

    >>> within("box 4/misc/scan0007.pdf", {"case": "INV-038"}).path
    'box 4/misc/**'
    """
    folder = as_seen(path).rpartition("/")[0]
    name = folder.rpartition("/")[2]
    for sign in "{}[]*?":
        folder = folder.replace(sign, "?")
    return Rule(name=say("Folder “{name}”", name=name), path=f"{folder}/**", gives=dict(gives))


def read_rules(path: Path) -> Rules:
    """Read rules from a TOML file. Raises ``InputError`` with what is wrong and where."""
    try:
        with open_file(path) as stream:
            untrusted = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or say("its name cannot be used")
        raise InputError(say(_NOT_READ, name=path.name, why=why)) from error
    if len(untrusted) > MAX_BYTES or slow_to_read(untrusted):
        raise InputError(say(_NOT_READ, name=path.name, why=say("they are too long")))
    try:
        data = tomllib.loads(untrusted.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = clean_line(str(error))[:_MAX_VALUE]
        raise InputError(say(_NOT_READ, name=path.name, why=why)) from error
    return _from_toml(data, path.name)


def _from_toml(data: Mapping[str, Any], file: str) -> Rules:
    unknown = set(data) - {"rule", *_NAMES}
    if unknown:
        raise _wrong(file, say("“{key}” is nothing that rules have", key=min(unknown)[:40]))
    tables = data.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise _wrong(file, say("each rule begins with a line [[rule]]"))
    if not 1 <= len(tables) <= MAX_RULES:
        raise _wrong(file, say("there are between 1 and {most} rules", most=MAX_RULES))
    rules = [_rule(table, number, file) for number, table in enumerate(tables, 1)]
    meant = {_OF[name]: _words(data.get(name, {}), name, file) for name in _NAMES}
    return Rules(rules=tuple(rules), meant=meant)


def _rule(table: Mapping[str, Any], number: int, file: str) -> Rule:
    for key, value in table.items():
        if key not in _KNOWN or not isinstance(value, str) or len(value) > _MAX_VALUE:
            raise _wrong(
                file,
                say(
                    "“{key}” of rule {number} is no text of a rule: name, path, case, agency,"
                    " kind or date",
                    key=key[:40],
                    number=number,
                ),
            )
    path = table.get("path", "")
    why = patterns.fault(path)
    if why:
        raise _wrong(file, say("the path of rule {number} {why}", number=number, why=why))
    gives = {name: clean_line(table[name]) for name in FIELDS if table.get(name)}
    if gives.get("date") and not patterns.iso(gives["date"]):
        raise _wrong(
            file, say("the date of rule {number} is not written as 2019-05-03", number=number)
        )
    if not gives and not any(f"{{{name}}}" in path for name in FIELDS):
        raise _wrong(file, say("rule {number} gives nothing", number=number))
    return Rule(name=clean_line(table.get("name", "")) or path, path=path, gives=gives)


def _words(table: object, name: str, file: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(
        isinstance(value, str) and len(value) <= _MAX_VALUE for value in table.values()
    ):
        raise _wrong(file, say("[{name}] has a text for each word", name=name))
    return {look_alike(word): clean_line(value) for word, value in table.items()}


def _wrong(file: str, why: str) -> InputError:
    return InputError(say(_NOT_READ, name=file, why=why))


def from_data(data: Mapping[str, Any]) -> Rules:
    """Return the rules that ``as_data`` made."""
    return Rules(
        rules=tuple(
            Rule(
                name=one["name"],
                path=one["path"],
                gives={name: one[name] for name in FIELDS if name in one},
            )
            for one in data["rules"]
        ),
        meant=data["meant"],
    )
