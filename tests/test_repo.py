"""What must hold of the checkout itself: what it names, what it pins, what it promises."""

import ast
import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import click
import sqlcipher3
from packaging.requirements import Requirement
from packaging.version import Version

from reviewer import __version__
from reviewer.cli.main import COMMANDS, commands

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("run.txt", "install.txt", "dev.txt")
HANDBOOK = ("CONTRIBUTING.md", "docs/architecture.md")

# Put together here, so that this file does not name them itself.
MACHINE = [f"/{name}/" for name in ("work", "farm", "root", "opt/" + "pypi", "tmp/" + "bash_jobs")]
HOSTS = [
    ".".join(name)
    for name in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb", "debian", "org"),
        ("snapshot", "debian", "org"),
        ("registry", "npmjs", "org"),
    )
]
FORBIDDEN = re.compile(
    "|".join([rf"(?<![\w.]){re.escape(path)}" for path in MACHINE] + [re.escape(h) for h in HOSTS])
)


def tracked(*patterns):
    """The files that git keeps, as paths; fails when there are none."""
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [ROOT / os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    assert files
    return [path for path in files if path.is_file()]


def locked(name):
    """The pins of a lock file: {name: [(version, marker, hashes)]}."""
    text = (ROOT / "requirements" / name).read_text()
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    pins = {}
    for line in lines:
        if line.lstrip().startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        pin = Requirement(requirement)
        assert re.fullmatch(r"==[^=]+", str(pin.specifier)), f"not pinned: {line[:60]}"
        pins.setdefault(pin.name.lower(), []).append((str(pin.specifier)[2:], hashes))
    assert pins
    return pins


def test_nothing_tracked_names_this_machine_or_a_registry():
    found = []
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" in raw:
            continue
        text = raw.decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in FORBIDDEN.finditer(text)]
    assert found == []


def test_the_search_would_find_them():
    assert FORBIDDEN.search("see /" + "work/main/x.py")
    assert FORBIDDEN.search("--index-url https://" + "pypi" + ".org/simple")
    assert not FORBIDDEN.search("reviewer/" + "work" + "/main.py")


def test_no_program_names_the_folder_or_library_of_one_version_of_python():
    """Under another version it would look where nothing is, and say nothing of it."""
    named = re.compile(r"python3\.\d")
    programs = tracked("reviewer/*.py", "ui/*.py", "tools/*", "tests/*.py", "*.spec", "bench/*.py")
    assert len(programs) > 400
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in programs
        for line in path.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ] == []


def test_every_package_says_why_it_is_here():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index("dependencies = [")
    packages = lines[start + 1 : lines.index("]", start)]
    assert len(packages) == len(PROJECT["project"]["dependencies"])
    assert [line for line in packages if not re.search(r"# \w{2,}", line)] == []


def test_locks_pin_every_package_with_hashes_and_nothing_else():
    for name in LOCKS:
        for package, pins in locked(name).items():
            for version, hashes in pins:
                assert hashes, f"{package} {version} has no hash"
                assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h.strip()) for h in hashes)


def test_locks_hold_what_the_project_asks_for_and_agree():
    run, install, dev = (locked(name) for name in LOCKS)
    groups = PROJECT["dependency-groups"]
    asked = {
        "run.txt": PROJECT["project"]["dependencies"],
        "install.txt": groups["install"],
        "dev.txt": [entry for group in groups.values() for entry in group],
    }
    for name, pins in (("run.txt", run), ("install.txt", install), ("dev.txt", dev)):
        for line in asked[name]:
            if isinstance(line, dict):
                continue  # one group within another
            requirement = Requirement(line)
            versions = [version for version, _ in pins[requirement.name.lower()]]
            assert all(requirement.specifier.contains(version) for version in versions), line
    for pins in (run, install):
        assert {name: dev[name] for name in pins} == pins


def test_what_is_handed_out_installs_and_builds_nothing():
    """The lock of the program names its parts: the notices and the list of parts follow it."""
    assert not {"pip", "hatchling", "editables", "setuptools"} & set(locked("run.txt"))


def test_the_engine_and_the_freezer_are_new_enough():
    """Older ones lack fixes that SECURITY's decisions rest on (key handling, FTS5, bootloader)."""
    dev = locked("dev.txt")
    assert Version(dev["sqlcipher3"][0][0]) >= Version("0.6.4")
    assert Version(dev["pyinstaller"][0][0]) >= Version("6.22.3")
    assert sqlcipher3.sqlite_version_info >= (3, 51, 3)


def test_the_changelog_speaks_of_this_version():
    headings = re.findall(r"^## .*$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert any(__version__ in heading for heading in headings)


def test_no_room_has_grown_too_large():
    """Over 400 lines a file has more than one reason to change; over 60 a function has too."""
    large = []
    for path in tracked("reviewer/*.py", "ui/*.py"):
        source = path.read_text()
        name = path.relative_to(ROOT)
        if (length := source.count("\n")) > 400:
            large.append(f"{name}: {length} lines")
        large += [
            f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.end_lineno - node.lineno >= 60
        ]
    assert large == []


def test_ci_runs_what_the_readme_says():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
    readme = (ROOT / "README.md").read_text()
    assert "make run" in readme
    assert "make test" in readme
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", readme)) <= made


def test_what_make_is_asked_for_is_there_and_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    told = re.findall(r"^([a-z]+):.*## \w", makefile, re.MULTILINE)
    assert sorted(" ".join(phony).split()) == sorted(told)


def test_the_readmes_commands_are_commands():
    """Every line of the README that runs ``reviewer`` names a command and flags that it has."""
    readme = (ROOT / "README.md").read_text()
    lines = [
        shlex.split(line)
        for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("reviewer ")
    ]
    assert len(lines) > 10
    for _program, name, *arguments in lines:
        command = commands.get_command(click.Context(commands), name)
        assert command, name
        flags = {flag for parameter in command.params for flag in parameter.opts}
        assert {a for a in arguments if a.startswith("--")} <= flags, name


def test_every_command_and_option_is_in_the_docs():
    """A row a command, that names its options and no others; each option says what it does."""
    rows = [
        line
        for line in (ROOT / "docs" / "command-line.md").read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    everywhere = {"--json", "--help", "--passphrase-file", "--here"}
    wrong = []
    for name in COMMANDS:
        command = commands.get_command(click.Context(commands), name)
        options = [p for p in command.params if isinstance(p, click.Option)]
        have = {flag for option in options for flag in option.opts}
        own = [row for row in rows if re.search(rf"`{name}[ `]", row.split(" | ")[0])]
        said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", " ".join(own)))
        differ = (have - said | said - have) - everywhere
        wrong += [f"{name}: {flag}" for flag in sorted(differ)]
        wrong += [f"{name} {option.opts[0]} says nothing" for option in options if not option.help]
        wrong += [f"{name} has no row"] * (not own)
    assert wrong == []


def test_what_is_said_to_be_tested_is_there():
    """A page that names a test or a command that is gone promises what nobody tries."""
    said = [ROOT / name for name in ("SECURITY.md", "README.md", "docs/reliability.md", *HANDBOOK)]
    named = {
        found
        for page in said
        for found in re.findall(r"\b(?:tests|bench|tools)/[\w/.-]*\w", page.read_text("utf-8"))
    }
    assert len(named) > 20
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_figure_names_the_command_that_prints_it():
    rows = [
        line.strip("|").split("|")
        for line in (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.endswith("command |")
    ]
    assert len(rows) > 4
    bare = [row[0] for row in rows if "`" not in row[-1] and "the same" not in row[-1]]
    assert bare == []


def _handbook():
    return "\n".join((ROOT / name).read_text("utf-8") for name in HANDBOOK)


def _floors(contract, above):
    """The floors of a contract of import-linter, each as the names that stand on it."""
    every = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(one for one in every if one["id"] == contract)["layers"]
    rows = [sorted(name.strip() for name in row.split("|")) for row in layers]
    return [[f"{above}.{name}" for name in row] for row in rows if not row[0].startswith("(")]


def test_the_picture_of_the_floors_is_what_the_contracts_hold():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    picture = re.search(r"```text\n(.*?)```", page, re.DOTALL)[1]
    window, domain = re.split(r"^=+\n", picture, flags=re.MULTILINE)
    for half, contract, above in (
        (window, "ui-floors", "ui"),
        (domain, "domain-floors", "reviewer"),
    ):
        drawn = [sorted(re.findall(rf"\b{above}\.\w+", row)) for row in half.splitlines()]
        assert drawn == _floors(contract, above)


def test_the_list_of_folders_is_what_is_there():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    listed = re.findall(r"^\| `((?:reviewer|ui)[\w/]*)` \| \w", page, re.MULTILINE)
    folders = {path.parent for path in tracked("reviewer/*.py", "ui/*.py")}
    assert listed == sorted(str(folder.relative_to(ROOT)) for folder in folders)


def test_the_map_names_every_folder_at_the_root():
    readme = (ROOT / "README.md").read_text("utf-8")
    tops = {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}
    mapped = " ".join(re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE))
    assert [top for top in sorted(tops) if f"`{top}/" not in mapped] == []


def test_what_the_handbook_names_is_there():
    text = _handbook()
    paths = set(re.findall(r"`((?:reviewer|ui|tests|docs|resources)/[\w./-]*)`", text))
    assert len(paths) > 60
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_what_the_handbook_finds_in_a_file_is_defined_there():
    found = set(re.findall(r"`(\w+)` in\s+`([\w./]+\.py)`", _handbook()))
    assert len(found) > 25
    gone = [
        f"{name} in {path}"
        for name, path in sorted(found)
        if not re.search(
            rf"^ *(?:async )?(?:def|class) {name}\b|^{name}\b.*=",
            (ROOT / path).read_text("utf-8"),
            re.MULTILINE,
        )
    ]
    assert gone == []


def test_the_handbook_names_modules_and_contracts_that_there_are():
    text = _handbook()
    modules = re.findall(r"`python -m ([\w.]+)`", text)
    assert modules
    assert [
        m
        for m in modules
        if not (ROOT / m.replace(".", "/")).with_suffix(".py").exists() and not (ROOT / m).is_dir()
    ] == []
    contracts = {one["id"] for one in PROJECT["tool"]["importlinter"]["contracts"]}
    named = set(re.findall(r"contract\s+`([\w-]+)`", text))
    assert named
    assert named <= contracts
