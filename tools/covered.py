"""Say which lines no test runs, in the packages where every line must be run.

``make test`` calls it after ``coverage combine``. A package joins ``WHOLE`` once it holds; what is
left in exchange, casebook, summary and rounds is printed by ``python tools/covered.py NAME ...``.
"""

import sys
from pathlib import Path

import coverage

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ("crypto", "statistics")


def missing(measured: coverage.Coverage, folder: Path) -> dict[Path, list[int]]:
    """Return the lines of each module below ``folder`` that were not run; whole ones are left out.

    A module that nothing imported counts too: none of its lines was run.
    """
    modules = sorted(folder.rglob("*.py"))
    if not modules:
        sys.exit(f"{folder.name}: there is no such package.")
    found = {module: measured.analysis2(str(module))[3] for module in modules}
    return {module: lines for module, lines in found.items() if lines}


def main() -> None:
    """Print a line a module, and end with 1 where there is one."""
    measured = coverage.Coverage()
    measured.load()
    bare = {}
    for name in sys.argv[1:] or WHOLE:
        bare |= missing(measured, ROOT / "reviewer" / name)
    for module, lines in bare.items():
        print(f"{module.relative_to(ROOT)}: not run by any test: {', '.join(map(str, lines))}")  # noqa: T201
    sys.exit(1 if bare else 0)


if __name__ == "__main__":
    main()
