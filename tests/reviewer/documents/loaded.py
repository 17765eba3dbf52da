"""Reads files as a confined worker does and prints what had to be loaded for it.

``python -m tests.reviewer.documents.loaded FILE ...``
"""

import json
import os
import sys
from pathlib import Path

from reviewer.documents.inside import confine
from reviewer.documents.inside.service import Service


def mapped(descriptor):
    """Return the files that lie in this process's memory."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = b""
    while got := os.read(descriptor, 1 << 16):
        text += got
    return {line.split()[-1] for line in text.decode().splitlines() if "/" in line}


def read(service, name, body):
    """Have one file prepared, its first page read and drawn, and its cells where it has any."""
    if name.endswith(".xlsx"):
        return "refused" not in service.answer({"do": "sheets"}, body)[0]
    answers = [
        service.answer({"do": "prepare", "key": "k", "name": name, "passwords": []}, body)[0],
        service.answer({"do": "text", "key": "k", "page": 1}, b"")[0],
        service.answer({"do": "render", "key": "k", "page": 1, "width": 200}, b"")[0],
    ]
    return not any("refused" in answer for answer in answers)


def main():
    files = [(Path(name).name, Path(name).read_bytes()) for name in sys.argv[1:]]
    maps = os.open("/proc/self/maps", os.O_RDONLY)
    own = [str(path) for path in confine._own_folders()]
    reach = confine.confine()
    modules, there = set(sys.modules), mapped(maps)
    service = Service(None)
    unread = [name for name, body in files if not read(service, name, body)]
    late = mapped(maps) - there
    answer = {
        "reach": list(reach),
        "unread": unread,
        "imported": sorted(set(sys.modules) - modules),
        "outside": sorted(n for n in late if not any(n.startswith(f"{one}/") for one in own)),
    }
    os.write(1, json.dumps(answer).encode())
    os._exit(0)  # what is tidied at the end of Python needs calls that are refused


if __name__ == "__main__":
    main()
