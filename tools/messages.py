"""Catalogues of sentences: ``python tools/messages.py`` (run by ``make messages``).

Writes ``resources/languages/reviewer.pot``, all that a person can read, taken from the code: what
stands in ``say``, ``plural`` and ``later``, and the lines of the pages of help. Then compiles
each ``resources/languages/xx/LC_MESSAGES/reviewer.po`` into the ``.mo`` beside it, which is what
the program reads (see reviewer/messages.py); a sentence whose fields are not those of the English
one is refused. ``reviewer.spec`` does the same when the program is put together.
"""

import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ROOT / "resources" / "languages"
HELP = ROOT / "resources" / "help"
POT = LANGUAGES / "reviewer.pot"
_SAYS = {"say": 1, "later": 1, "plural": 2}  # sentences each takes first
_HEAD = """\
# The sentences of Reviewer, to be put into another language. Written by `make messages`, never by
# hand. A field in braces stays as it is, and may move. Copy this file to
# xx/LC_MESSAGES/reviewer.po, and say below how many forms of what is counted there are.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@dataclass(frozen=True, kw_only=True, order=True)
class Message:
    """One sentence, or both English forms of what is counted, and the file that says it."""

    one: str
    many: str = ""
    file: str = ""


class NoSentenceError(Exception):
    """What is said is not written there as a sentence, so that nobody could translate it."""


def extract(root: Path) -> list[Message]:
    """Return all that the code and the pages of help under ``root`` say."""
    found: set[Message] = set()
    for path in (*root.glob("reviewer/**/*.py"), *root.glob("ui/**/*.py")):
        found.update(in_source(path.read_text("utf-8"), path.relative_to(root).as_posix()))
    for path in root.glob("resources/help/*.txt"):
        file = path.relative_to(root).as_posix()
        lines = (line.removeprefix("# ") for line in path.read_text("utf-8").splitlines())
        found.update(Message(one=line, file=file) for line in lines if line)
    return sorted(found)


def in_source(source: str, file: str) -> Iterator[Message]:
    """Yield what one module says; ``say`` of a name is said where that is named (``later``)."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        takes = _SAYS.get(node.func.id, 0)
        texts = [arg.value for arg in node.args[:takes] if isinstance(arg, ast.Constant)]
        sentences = [text for text in texts if isinstance(text, str)]
        if takes and len(sentences) == takes:
            yield Message(one=sentences[0], many="".join(sentences[1:]), file=file)
        elif takes and (node.func.id != "say" or isinstance(node.args[0], ast.JoinedStr)):
            raise NoSentenceError(f"{file}:{node.lineno}")


def fields(sentence: str) -> set[str]:
    """Return the names of the fields of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def template(messages: list[Message]) -> Catalog:
    """Return the catalogue that a translation begins with."""
    made = Catalog(charset="utf-8", fuzzy=False)
    for message in messages:
        ident = (message.one, message.many) if message.many else message.one
        made.add(ident, locations=[(message.file, None)])
    return made


def written(messages: list[Message], to: Path) -> None:
    """Write the template to ``to``, the same for the same sentences on every day."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as stream:
        write_po(stream, template(messages), omit_header=True, sort_output=True, width=98)
    to.write_text(f"{_HEAD}\n{to.read_text('utf-8').strip()}\n", "utf-8", newline="\n")


def compiled(po: Path) -> list[str]:
    """Write the ``.mo`` beside ``po``; return what is wrong with it, and then write nothing."""
    with po.open("rb") as stream:
        catalogue = read_po(stream, locale=po.parts[-3], abort_invalid=True)
    wrong = [line for message in catalogue if message.id for line in _wrong(message)]
    if not wrong:
        with po.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
    return wrong


def _wrong(message: object) -> Iterator[str]:
    """Yield each form that has a field which the English sentence has not."""
    ident, said = message.id, message.string
    english = set().union(*map(fields, (ident,) if isinstance(ident, str) else ident))
    for form in (said,) if isinstance(said, str) else said:
        try:
            strange = fields(form) - english
        except ValueError:
            strange = {"a brace that stays open"}
        if strange:
            yield f"{' '.join(form.split())[:60]}: {', '.join(sorted(strange))}"


def main() -> int:
    """Write the template and the compiled catalogues; return the exit code."""
    written(extract(ROOT), POT)
    wrong = [line for po in sorted(LANGUAGES.glob("*/LC_MESSAGES/*.po")) for line in compiled(po)]
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
