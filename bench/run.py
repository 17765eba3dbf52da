"""Run every benchmark beside this file, one after another, and name the promises not kept.

A benchmark is a script here that prints what it measured and exits with 1 when a ratio is over
its limit. Each measures both sides of its ratio in the same run, on the machine it stands on, so
that a slow machine does not look like slow code.
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIMIT_SECONDS = 900


def main() -> int:
    """Return 0 when every promise was kept; names on the command line choose among them."""
    chosen = set(sys.argv[1:])
    scripts = sorted(
        path
        for path in HERE.glob("*.py")
        if path.name != Path(__file__).name and not path.name.startswith("_")
    )
    failed = []
    for script in scripts:
        if chosen and script.stem not in chosen:
            continue
        print(f"== {script.stem}", flush=True)
        start = time.monotonic()
        try:
            code = subprocess.run(  # noqa: S603 - our own scripts
                [sys.executable, str(script)],
                cwd=HERE.parent,
                check=False,
                timeout=LIMIT_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            code = 1
            print(f"   stopped after {LIMIT_SECONDS} s")
        if code:
            failed.append(script.stem)
        print(f"   ({time.monotonic() - start:.1f} s)\n", flush=True)
    print("Over the limit: " + ", ".join(failed) if failed else "Every promise was kept.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
