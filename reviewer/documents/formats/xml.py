"""XML parts of Office files, read as a stream: no document types, no entities, no tree.

Names come without their namespace: the strict and the transitional form then read alike.
"""

from collections.abc import Callable
from xml.parsers import expat

from reviewer.documents.refusals import Refused

Attributes = dict[str, str]
OFF = frozenset({"0", "false", "off"})  # how a property says that it does not hold
_DEEP = 512  # real files nest to about 40


def walk(
    untrusted: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    *,
    broken: str,
    dtd: str,
) -> None:
    """Parse ``untrusted`` and call back; raises ``Refused`` with one of the two codes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEP:
            raise Refused(broken)
        start(local(name), {local(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local(name))

    def typed(*_: object) -> None:
        raise Refused(dtd)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = typed
    parser.EntityDeclHandler = typed
    try:
        parser.Parse(untrusted, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused(broken) from error


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]
