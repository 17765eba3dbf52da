"""One command line, for ``python -m reviewer`` and for the installed ``reviewer``.

``reviewer [FILE]`` opens the window; everything else is a sub-command.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

import reviewer
from reviewer.cli.console import tell_refusal
from reviewer.errors import Cancelled, ReviewerError

WINDOW = "ui.app"  # named, not imported: reviewer runs without Qt
CAPTURE = "--allow-screen-capture"
STOPPED = 130  # what a shell expects of a program that was interrupted

# A command's module is loaded when the command is wanted: the window must not wait for them all.
COMMANDS = {
    "new": "prepare:new",
    "framework": "framework:framework",
    "import": "bring:import_",
    "deliveries": "arrival:deliveries",
    "cases": "prepare:cases",
    "search": "search:search",
    "terms": "terms:terms",
    "text": "reading:text",
    "original": "reading:original",
    "scans": "scans:scans",
    "records": "requests:records",
    "events": "events:events",
    "status": "prepare:status",
    "verify": "record:verify",
    "journal": "record:journal",
    "receipt": "record:receipt",
    "passphrase": "recovery:passphrase",
    "recovery": "recovery:recovery",
    "recover": "recovery:recover",
    "backup": "keeping:backup",
    "backups": "keeping:backups",
    "restore": "keeping:restore",
    "accept": "keeping:accept",
    "copy": "keeping:copy",
    "custodian": "custodian:custodian",
    "correct": "updates:correct",
    "unlock": "unlock:unlock",
    "withdraw": "updates:withdraw",
    "describe": "updates:describe",
    "move": "moving:move",
    "case": "righting:case",
    "member": "righting:member",
    "issue": "panel:issue",
    "update": "updates:update",
    "apply": "updates:apply",
    "sheet": "judge:sheet",
    "mark": "judge:mark",
    "marks": "marks:marks",
    "moved": "moved:moved",
    "recuse": "recuse:recuse",
    "undo": "judge:undo",
    "redo": "judge:redo",
    "seal": "judge:seal",
    "reopen": "judge:reopen",
    "return": "judge:return_",
    "merge": "panel:merge",
    "choose": "panel:choose",
    "confirm": "keys:confirm",
    "release": "panel:release",
    "round": "rounds:round_",
    "agenda": "determining:agenda",
    "determine": "determining:determine",
    "movement": "determining:movement",
    "summary": "results:summary",
    "cell": "ground:cell",
    "demo": "results:demo",
}


class Commands(click.Group):
    """The sub-commands, in the order in which a panel needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all sub-commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load one sub-command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(f"reviewer.cli.{module}"), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(reviewer.__version__, prog_name="Reviewer")
def commands() -> None:
    """Reviewer: encrypted casebooks for inquiry panels that work offline.

    `reviewer [FILE]` opens the window. With `--allow-screen-capture` before FILE, other programs
    may take pictures of it. The commands below do the same work without it.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 2 refused, 1 our own fault."""
    if list(arguments[:1]) == [CAPTURE]:
        return _window(arguments[1:], allow_capture=True)
    if not arguments or (arguments[0] not in COMMANDS and arguments[0][:1] != "-"):
        return _window(arguments)
    try:
        code = commands.main(args=list(arguments), prog_name="reviewer", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt, Cancelled):
        click.echo("Stopped. What was finished before is kept.", err=True)
        return STOPPED
    except (click.ClickException, ReviewerError) as error:
        return _refused(error, as_json="--json" in arguments)
    except Exception as error:  # noqa: BLE001 - the last line: says where, never what it held
        return _own_fault(error)
    return code if isinstance(code, int) else 0


def _refused(error: click.ClickException | ReviewerError, *, as_json: bool) -> int:
    if isinstance(error, ReviewerError):
        tell_refusal(error, as_json=as_json)
    else:
        error.show()
    return 2


def _window(arguments: Sequence[str], *, allow_capture: bool = False) -> int:
    path = Path(arguments[0]) if arguments else None
    if path is not None and not path.exists():
        click.echo(
            f"There is no command and no file {path.name!r}. See: reviewer --help", err=True
        )
        return 2
    try:
        window = importlib.import_module(WINDOW)
    except ImportError as error:
        click.echo(f"The window cannot start here ({error}). See: reviewer --help", err=True)
        return 2
    return int(window.main(path, allow_capture=allow_capture))


def _own_fault(error: Exception) -> int:
    """Tell of a fault of ours without repeating what the casebook holds."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    click.echo(
        f"Reviewer made a mistake ({type(error).__name__} at {where}). The casebook is as it was.",
        err=True,
    )
    if os.environ.get("REVIEWER_TRACEBACK") == "1":
        traceback.print_exception(error, file=sys.stderr)
    return 1
