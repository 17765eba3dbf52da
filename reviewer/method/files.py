"""A framework's file as a whole: its factors, which of them are extended, and what they replace.

A casebook holds the factors that it asks for, and nothing of a mapping: so its framework written
to a file has no extended factors and no mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewer.assets import resource
from reviewer.errors import FrameworkError
from reviewer.messages import say
from reviewer.method.framework import Framework, from_data, read_toml
from reviewer.method.mapped import Link, links

STANDARDS = ("commission", "phases-of-care", "london-protocol", "safeguarding")


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameworkFile:
    """What a file holds: ``framework`` has all factors, ``extended`` are the codes of some.

    ``replaces`` is the version that ``mapping`` leads from, "" where there is none.
    """

    framework: Framework
    extended: frozenset[str] = frozenset()
    replaces: str = ""
    mapping: tuple[Link, ...] = ()

    def chosen(self, *, extended: bool) -> Framework:
        """Return the framework that is asked for, with its ``extended`` factors or without.

        Raises ``FrameworkError`` where no factor is left.
        """
        if extended or not self.extended:
            return self.framework
        core = tuple(one for one in self.framework.factors if one.code not in self.extended)
        if not core:
            raise FrameworkError(
                say("Every factor of this framework is an extended one. Ask for those too.")
            )
        return replace(self.framework, factors=core)


def read_file(path: Path) -> FrameworkFile:
    """Read a framework's TOML file. Raises ``FrameworkError``: see ``framework.load``."""
    return of_data(read_toml(path))


def of_data(data: Mapping[str, Any]) -> FrameworkFile:
    """Return what was read of a file and holds no fault. Raises ``FrameworkError``."""
    framework = from_data(data)
    flags = [one.get("extended") is True for one in data["factors"]]
    return FrameworkFile(
        framework=framework,
        extended=frozenset(
            code for code, extended in zip(framework.codes, flags, strict=True) if extended
        ),
        replaces=" ".join(str(data.get("replaces", "")).split()),
        mapping=tuple(links(data.get("mapping", ()))),
    )


def standard(name: str) -> FrameworkFile:
    """Return one of the frameworks that come along. Raises ``FrameworkError`` for another name."""
    if name not in STANDARDS:
        raise FrameworkError(
            say(
                "There is no framework {name!r} in Reviewer. There are: {known}.",
                name=name,
                known=", ".join(STANDARDS),
            )
        )
    return read_file(resource(f"frameworks/{name}.toml"))
