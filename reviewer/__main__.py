"""``python -m reviewer`` and the frozen program: the command line, or a worker process."""

import sys

from reviewer.computer.hardening import harden


def main() -> None:
    """Run the program; the workers come before all else: they import next to nothing."""
    if sys.argv[1:2] == ["--worker"]:
        from reviewer.documents.inside import service  # noqa: PLC0415 - only in the worker

        sys.exit(service.main(sys.argv[2:]))
    if sys.argv[1:2] == ["--recogniser"]:
        from reviewer.documents.inside import recogniser  # noqa: PLC0415 - only in that process

        sys.exit(recogniser.main(sys.argv[2:]))
    if sys.argv[1:2] == ["--speaker"]:
        from reviewer.computer.speaking import process  # noqa: PLC0415 - only in that process

        sys.exit(process.main(sys.argv[2:]))
    harden()
    from reviewer.cli.main import run  # noqa: PLC0415 - the worker must never import it

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
