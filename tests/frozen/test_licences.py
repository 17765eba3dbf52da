"""Whose work the built program carries, and that no part of it binds us to the GPL."""

import json
import re

import pytest

from tools.notices import is_binary

pytestmark = pytest.mark.frozen

# Words that a library says of itself where its licence is the GPL.
SAYS_GPL = re.compile(
    rb"General Public License|GNU GPL|GPLd|GPL ?v?[23](?![0-9A-Za-z])|GPL-[23]"
    rb"|(?<![A-Za-z])GPL (?:licen|compat)"
)
# Why such words stand in a library that is not under it.
EXPLAINED = {
    "libbz2.so": "tells of another program, to test memory with",
    "libfreetype": "the same words, from the bzip2 inside",
    "libfribidi": "names the Lesser licence",
    "libgcrypt.so": "names a kind of key by these letters",
    "libgpg-error.so": "the Lesser licence; its tools, which are not here, have the other",
    "libshiboken6": "offers the Lesser licence among others",
}
_FREE = re.compile(r"(?<![A-Z])(A?GPL)")


def binds(expression):
    """Whether an SPDX expression leaves no choice but the GPL."""
    return all(
        any(
            _FREE.search(part) and " WITH " not in part
            for part in re.split(r" AND ", choice.strip("() "))
        )
        for choice in expression.split(" OR ")
    )


@pytest.mark.parametrize(
    ("expression", "bound"),
    [
        ("MIT", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("MIT AND GPL-2.0-only", True),
    ],
)
def test_what_binds_is_known(expression, bound):
    assert binds(expression) is bound


@pytest.fixture(scope="module")
def sbom(bundle):
    return json.loads((bundle / "sbom.cdx.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def binaries(bundle):
    """Every program and library in the folder, by its name there."""
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    found = {path.relative_to(bundle).as_posix(): path for path in files if is_binary(path)}
    assert len(found) > 60
    return found


def test_every_file_has_a_part_and_every_part_a_licence(sbom, binaries):
    parts = sbom["components"]
    licences = {part["name"]: part["licenses"][0]["expression"] for part in parts}
    assert [name for name, said in licences.items() if said == "NOASSERTION"] == []
    assert [name for name, said in licences.items() if binds(said)] == []
    told = [
        at["location"] for part in parts for at in part.get("evidence", {}).get("occurrences", ())
    ]
    assert set(told) == set(binaries)
    assert len(told) == len(set(told))


def test_what_lies_inside_wheels_is_listed(sbom):
    inside = {
        part["name"]: {c["name"] for c in part.get("components", ())}
        for part in sbom["components"]
    }
    assert {"SQLCipher", "OpenSSL"} <= inside["sqlcipher3"]
    assert "OpenSSL" in inside["cryptography"]
    assert len(inside["pyrage"]) > 10
    assert len(inside["pillow"]) > 3
    assert inside["pypdfium2"] == {"PDFium"}


def test_nothing_that_installs_or_builds_is_a_part(sbom):
    names = {part["name"].lower() for part in sbom["components"]}
    assert names & {"pip", "hatchling", "editables", "setuptools", "pathspec", "tomlkit"} == set()


def test_no_library_says_that_it_is_under_the_gpl(binaries):
    found = []
    for name, path in binaries.items():
        words = {hit.decode("latin-1") for hit in SAYS_GPL.findall(path.read_bytes())}
        library = name.rpartition("/")[2]
        if words and not library.startswith(tuple(EXPLAINED)):
            found.append((name, sorted(words)[:3]))
    assert found == []
    assert not any("readline" in name or "libgdbm" in name for name in binaries)


def test_the_notices_hold_the_texts_that_must_go_along(bundle):
    text = (bundle / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    for words in (
        "GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3",
        "RELINKING",
        "ZETETIC LLC",
        "SIL OPEN FONT LICENSE",
        "PYTHON SOFTWARE FOUNDATION LICENSE",
        "Electronic Frontier Foundation",
        "PDFium",
    ):
        assert words in text, words
    assert "Apache License" in (bundle / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_search_finds_a_library_under_the_gpl(tmp_path):
    """The ground of the search: a library that says so is seen."""
    assert SAYS_GPL.search(b"\x7fELF\0under the GNU General Public License, version 3\0")
    assert SAYS_GPL.search(b"\0License GPLv3+: GNU\0")
    assert not SAYS_GPL.search(b"\0\x91GPL\x03")
