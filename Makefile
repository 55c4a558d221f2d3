# Madeleine. `make` alone lists what there is; `make run` is all that a newcomer needs.
# What these targets do stands in packaging/setup/; here are only their names.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv/bin/python
STEPS := $(PYTHON) -E -s packaging/setup/steps.py
OWN := app ingest memory models recall reflect tests benchmarks packaging
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run questions setup tools check format test clip test-clip test-wayland bundle deb install uninstall bench screenshots translations licences lock clean clean-cache python

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

python:
	@test -n "$(PYTHON)" || { echo "Madeleine needs Python 3.11, and none was found. On Debian 12: sudo apt-get install python3"; exit 3; }

run: python ## set up whatever is missing and open the sample day
	@$(STEPS) run

setup: python ## set up for use: packages and weights; then .venv/bin/madeleine is there
	@$(STEPS) setup

questions: python ## ask all questions of the sample day on the terminal and count what is right
	@$(STEPS) questions

tools: python
	@$(STEPS) tools

check: tools ## what CI runs before the tests: style, types, imports, licences
	$(VENV) -m ruff check $(OWN)
	$(VENV) -m ruff format --check $(OWN)
	$(VENV) -m mypy
	MYPYPATH=packaging/setup $(VENV) -m mypy --config-file pyproject.toml packaging/setup/*.py
	$(VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command(["--no-logo"])'
	$(VENV) packaging/setup/licences.py --check
	$(VENV) packaging/setup/house.py

format: tools ## sort imports and lay out the code
	$(VENV) -m ruff check --fix $(OWN)
	$(VENV) -m ruff format $(OWN)

test: python ## set up and run all tests; make test ARGS="tests/unit -k words" runs some
	@$(STEPS) test $(ARGS)

clip: python ## set up what exports CLIP (open_clip and torch, in an environment of their own)
	@$(STEPS) clip_environment

test-clip: python ## test the export of CLIP against open_clip
	@$(STEPS) test_clip $(ARGS)

test-wayland: python ## install a Wayland desktop without a monitor, and test the live screen capture on it
	@$(STEPS) test_wayland $(ARGS)

bundle: python ## make dist/madeleine, which runs without Python, and see it work
	@$(STEPS) bundle

deb: python ## make a Debian package of the bundle
	@$(STEPS) deb

install: python ## install for this user; make install ARGS=--autostart also starts it at login
	@$(STEPS) install $(ARGS)

uninstall: python ## take away what install brought; memories and weights stay
	@$(STEPS) uninstall

bench: ## list the benchmarks
	@for f in benchmarks/[a-z]*.py; do test -f "$$f" && printf '  .venv/bin/python %-34s %s\n' "$$f" \
		"$$(sed -n '1s/^"""//; 1s/"""$$//; 1p' "$$f")"; done; true

screenshots: python ## draw the pictures of the documentation anew
	@$(STEPS) screenshots $(ARGS)

translations: tools ## bring the window's other languages up to date with its texts
	$(VENV) packaging/translations.py

licences: tools ## write docs/licences.md anew
	$(VENV) packaging/setup/licences.py

lock: tools ## write both lock files anew; make lock ARGS=--upgrade looks for newer versions
	$(VENV) packaging/setup/lock.py $(ARGS)

clean: ## remove what was made in this folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-cache: ## remove the installed packages of all checkouts; weights and memories stay
	rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/madeleine"
