"""Writes into a built program what it is made of: ``python tools/notices.py dist/reviewer``.

``LICENSE.txt`` is our own licence, ``THIRD-PARTY-NOTICES.txt`` everybody else's, and
``sbom.cdx.json`` a list of every part (CycloneDX 1.6) that names the files each part brought and
what lies inside wheels. tests/frozen checks them.
"""

import fnmatch
import importlib.metadata
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "resources" / "licences"
KNOWN = tomllib.loads((ROOT / "tools" / "licences.toml").read_text(encoding="utf-8"))
INSIDE = "_internal"
MAGIC = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$|/licenses/", re.IGNORECASE)

_HEAD = """What Reviewer is made of, and under which licences. LICENSE.txt beside this file is
Reviewer's own. sbom.cdx.json lists the same parts, with what lies inside them, for a program.

RELINKING. Qt, Qt for Python and the other libraries under the GNU Lesser General Public License
are shared libraries in the folder _internal. You may replace each by a version of your own that
has the same interface: put it in the place of the file. Nothing checks or prevents it, and you may
take Reviewer apart to see that it works. Their sources are those of the named versions, unchanged.
"""


@dataclass(kw_only=True)
class Part:
    """One part of the program: its licence as SPDX, its texts, the files it brought."""

    name: str
    version: str = ""
    licence: str = "NOASSERTION"
    purl: str = ""
    note: str = ""
    texts: list[str] = field(default_factory=list)
    inside: list[dict[str, object]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


def main(bundle: Path) -> None:
    """Write the three files into ``bundle``."""
    there = {
        path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()
    }
    binaries = {name for name, path in there.items() if not path.is_symlink() and is_binary(path)}
    parts = [*packages(binaries), python(binaries), bootloader(binaries), *ours()]
    told = set().union(*(part.files for part in parts))
    parts += system(binaries - told)
    shutil.copyfile(ROOT / "LICENSE", bundle / "LICENSE.txt")
    (bundle / "THIRD-PARTY-NOTICES.txt").write_text(notices(parts), encoding="utf-8")
    (bundle / "sbom.cdx.json").write_text(json.dumps(sbom(parts), indent=1), encoding="utf-8")


def is_binary(path: Path) -> bool:
    """Whether a file is a program or a library."""
    with path.open("rb") as file:
        return file.read(4).startswith(MAGIC)


def packages(binaries: set[str]) -> Iterator[Part]:
    """Yield each package that the program stands on, with the files of its wheel."""
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in lock.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement = Requirement(line.partition(" --hash")[0])
        if requirement.marker is None or requirement.marker.evaluate():
            yield package(requirement.name, binaries)


def package(name: str, binaries: set[str]) -> Part:
    """Return one installed package as a part."""
    found = importlib.metadata.distribution(name)
    known = KNOWN["package"].get(name, {})
    files = list(found.files or [])
    own = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    texts = [
        words(Path(file.locate()))
        for file in files
        if ".dist-info" in str(file) and _TEXT.search(str(file))
    ]
    return Part(
        name=found.metadata["Name"],
        version=found.version,
        licence=known.get("licence") or own or "NOASSERTION",
        purl=f"pkg:pypi/{name}@{found.version}",
        note=known.get("note", ""),
        texts=[*texts, *(text_of(text) for text in known.get("texts", ()))],
        inside=[*told_inside(name), *listed_inside(files)],
        files=binaries & {f"{INSIDE}/{file.as_posix()}" for file in files},
    )


def told_inside(name: str) -> Iterator[dict[str, object]]:
    """Yield what we know to lie inside a wheel."""
    for one in KNOWN["inside"]:
        if one["package"] == name:
            yield {
                "type": "library",
                "name": one["name"],
                "licenses": [{"expression": one["licence"]}],
            }


def listed_inside(files: Iterable[importlib.metadata.PackagePath]) -> Iterator[dict[str, object]]:
    """Yield what a wheel itself lists as lying inside it (PEP 770)."""
    for file in files:
        if "/sboms/" in file.as_posix():
            for one in json.loads(file.read_text()).get("components", ()):
                kept = ("type", "name", "version", "purl", "licenses")
                yield {key: one[key] for key in kept if key in one}


def python(binaries: set[str]) -> Part:
    """Return Python itself: its library, and its own extension modules."""
    folders = [
        Path(sysconfig.get_path("stdlib")),
        Path(sys.base_prefix),
        Path(f"/usr/share/doc/python{sysconfig.get_python_version()}"),
    ]
    names = ("LICENSE.txt", "LICENSE", "copyright")
    texts = [folder / name for folder in folders for name in names if (folder / name).is_file()]
    own = {f for f in binaries if "/lib-dynload/" in f or re.search(r"/(lib)?python3", f)}
    return Part(
        name="CPython",
        version=platform.python_version(),
        licence="PSF-2.0",
        purl=f"pkg:generic/cpython@{platform.python_version()}",
        texts=[words(texts[0])] if texts else [],
        files=own,
    )


def bootloader(binaries: set[str]) -> Part:
    """Return what starts the program: PyInstaller's, whose exception lets any program carry it."""
    version = importlib.metadata.version("pyinstaller")
    files = importlib.metadata.files("pyinstaller") or []
    return Part(
        name="PyInstaller bootloader",
        version=version,
        licence="GPL-2.0-or-later WITH Bootloader-exception",
        purl=f"pkg:pypi/pyinstaller@{version}",
        texts=[words(Path(f.locate())) for f in files if f.name.startswith("COPYING")],
        files={name for name in binaries if "/" not in name},
    )


def ours() -> Iterator[Part]:
    """Yield the fonts and lists that lie in resources/."""
    for one in KNOWN["ours"]:
        texts = [text_of(name) for name in one["texts"]]
        yield Part(name=one["name"], licence=one["licence"], texts=texts)


def system(files: set[str]) -> Iterator[Part]:
    """Yield the libraries of this system that were taken along, by their Debian package."""
    for name in sorted(files):
        library = name.rpartition("/")[2]
        licences = [
            spdx for glob, spdx in KNOWN["system"].items() if fnmatch.fnmatch(library, glob)
        ]
        package_, version, text = debian(library)
        yield Part(
            name=package_ or library,
            version=version,
            licence=licences[0] if licences else declared(text),
            purl=f"pkg:deb/debian/{package_}@{version}" if package_ else "",
            texts=[text] if text else [],
            files={name},
        )


def debian(library: str) -> tuple[str, str, str]:
    """Return a library's Debian package, its version and copyright file; empty elsewhere."""
    if shutil.which("dpkg-query") is None:
        return "", "", ""
    found = run("dpkg-query", "--search", f"*/{library}").splitlines()
    if not found:
        return "", "", ""
    name = found[0].split(":")[0]
    version = run("dpkg-query", "--show", "--showformat", "${Version}\n", name).splitlines()
    text = Path("/usr/share/doc", name, "copyright")
    return name, version[0] if version else "", words(text) if text.is_file() else ""


def declared(copyright_: str) -> str:
    """Return the licence that Debian names for most of a package's files."""
    found = re.search(r"^Files: \*\n(?:.+\n)*?License: *(\S.*)$", copyright_, re.MULTILINE)
    return found.group(1) if found else "NOASSERTION"


def run(*command: str) -> str:
    """Return what a command prints, or nothing where it fails."""
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8").stdout  # noqa: S603


def words(path: Path) -> str:
    """Return a text that somebody else wrote."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def text_of(name: str) -> str:
    """Return one of the texts that we keep."""
    return (TEXTS / name).read_text(encoding="utf-8")


def notices(parts: list[Part]) -> str:
    """Return the notices: a list, then each text once under those that it holds for."""
    texts: dict[str, list[str]] = {}
    for part in parts:
        for text in part.texts:
            texts.setdefault(text.strip(), []).append(f"{part.name} {part.version}".strip())
    lines = [_HEAD, "PARTS", ""]
    lines += [
        f"- {part.name} {part.version}: {part.licence}{'. ' + part.note if part.note else ''}"
        for part in sorted(parts, key=lambda part: part.name.lower())
    ]
    for text, names in texts.items():
        lines += ["", "=" * 100, ", ".join(dict.fromkeys(names)), "=" * 100, "", text]
    return "\n".join(lines) + "\n"


def sbom(parts: list[Part]) -> dict[str, object]:
    """Return the parts as CycloneDX 1.6."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "Reviewer", "version": own_version()}
        },
        "components": [component(part) for part in parts],
    }


def component(part: Part) -> dict[str, object]:
    """Return one part as a component."""
    told: dict[str, object] = {"type": "library", "name": part.name, "version": part.version}
    told["licenses"] = [{"expression": part.licence}]
    if part.purl:
        told["purl"] = part.purl
    if part.inside:
        told["components"] = part.inside
    if part.files:
        told["evidence"] = {"occurrences": [{"location": name} for name in sorted(part.files)]}
    return told


def own_version() -> str:
    """Return the version of Reviewer."""
    return importlib.metadata.version("reviewer")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
