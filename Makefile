# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.
# A stamp in .venv says what has been done already, so that a second run starts at once.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
PYTEST := $(PY) -m pytest
WORKERS ?= 3

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test quick check shots bench long faults nightly messages freeze frozen lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: $(VENV)/run.stamp ## build the demonstration on first use and open the window on it
	@sh tools/run.sh $(PY)

test: check $(VENV)/qt.stamp $(VENV)/faults.stamp ## every check, cheapest first, in three workers for two cores, since some wait; WORKERS=6 for four
	@$(PY) -m coverage erase
	@$(COMPILE)
	$(PY) -m coverage run -m pytest -n $(WORKERS) -m "not nightly and not frozen"
	@$(PY) -m coverage combine --quiet
	$(PY) -m coverage report
	@$(PY) tools/covered.py

quick: check $(VENV)/qt.stamp ## the checks of about four minutes, while one works
	@$(COMPILE)
	$(PYTEST) -n $(WORKERS) -m "not slow and not nightly and not frozen" $(QUICK)

# Once, and not by each of the thousands of programs that the tests start: those write nothing.
COMPILE := $(PY) -m compileall -q reviewer ui tests

QUICK := reviewer tests/test_repo.py tests/test_contracts.py tests/test_workers.py tests/reviewer tests/ui

check: $(VENV)/dev.stamp ## format, lint, contracts and types
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/ruff check
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy

shots: $(VENV)/dev.stamp $(VENV)/qt.stamp ## a picture of every screen, in shots/
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.ui.shots --to shots

bench: $(VENV)/dev.stamp $(VENV)/qt.stamp ## the speeds that we promise, measured as ratios
	$(PY) bench/run.py

long: faults nightly ## what takes hours: every fault, every mutant, every screen

faults: $(VENV)/dev.stamp $(VENV)/qt.stamp $(VENV)/faults.stamp ## the first half of it: power, kills, disks and sticks against the real work
	FAULTS_STRIDE=5 FAULTS_KILLS=5 FAULTS_REFUSALS=15 FAULTS_ROOM=256 FAULTS_JOURNALS=5 $(PYTEST) tests/faults -s -m "not nightly"
	LEAKS_EACH=1 $(PYTEST) tests/leaks -s

nightly: $(VENV)/dev.stamp $(VENV)/qt.stamp $(VENV)/faults.stamp ## the second half: the tests that take minutes each
	$(PYTEST) -m nightly

messages: $(VENV)/dev.stamp ## write the catalogue of all sentences anew, and compile the translations
	$(PY) tools/messages.py

freeze: $(VENV)/dev.stamp $(VENV)/freeze.stamp ## the program as one folder, in dist/reviewer
	$(PY) -m PyInstaller --noconfirm --clean --log-level WARN reviewer.spec
	$(PY) tools/notices.py dist/reviewer

frozen: freeze $(VENV)/qt.stamp ## build it and try what was built
	REVIEWER_FROZEN=dist/reviewer $(PYTEST) tests/frozen -m frozen

lock: $(VENV)/dev.stamp ## write requirements/*.txt anew from pyproject.toml; UPGRADE=--upgrade takes newer releases
	@test -x $(VENV)/bin/uv || $(PIP) install --quiet uv
	$(VENV)/bin/uv pip compile pyproject.toml $(LOCK) $(UPGRADE) --group dev --output-file requirements/dev.txt
	$(VENV)/bin/uv pip compile pyproject.toml $(LOCK) --constraint requirements/dev.txt --no-emit-package pip --output-file requirements/run.txt
	$(VENV)/bin/uv pip compile $(LOCK) --constraint requirements/dev.txt --group install --output-file requirements/install.txt

LOCK := --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --override requirements/overrides.txt

clean: ## forget everything made here: environment, builds, demonstration, pictures
	rm -rf $(VENV) build dist demo shots .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# ---------------------------------------------------------------- the environment

$(VENV)/run.stamp: requirements/run.txt requirements/install.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reviewer needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing what Reviewer stands on (once; a minute or two) ..."
	@$(PIP) install --quiet --require-hashes --no-deps --requirement requirements/run.txt --requirement requirements/install.txt
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the checks need (once) ..."
	@$(PIP) install --quiet --require-hashes --no-deps --requirement requirements/dev.txt
	@touch $@

$(VENV)/qt.stamp: tools/system-libraries.sh $(VENV)/run.stamp
	@sh tools/system-libraries.sh qt $(PY)
	@touch $@

$(VENV)/faults.stamp: tools/system-libraries.sh $(VENV)/run.stamp
	@sh tools/system-libraries.sh faults $(PY)
	@touch $@

$(VENV)/freeze.stamp: tools/system-libraries.sh $(VENV)/dev.stamp
	@sh tools/system-libraries.sh freeze $(PY)
	@touch $@
