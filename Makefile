# `make demo` and `make test` set themselves up in .venv; they need git, make and Python 3.11 or newer with venv.
# Another Python than the first one found: make test PYTHON=/path/to/python3

PYTHON ?= python3.13 python3.12 python3.11 python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE_DAY := 2026-03-16
CATALOGUES := $(wildcard vaultkit/locale/*/LC_MESSAGES/vaultkit.po)

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test format accept sample prove bench messages clean docs

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/installed ## check a copy of the sample vault, build its pages and say which one to open
	@$(BIN)/vaultkit demo

test: $(VENV)/installed-dev $(CATALOGUES:.po=.mo) ## formatting, lint, types, import contracts and tests
	$(call step,formatting,$(BIN)/ruff format --check --quiet .,make format mends it)
	$(call step,lint,$(BIN)/ruff check --quiet .,make format mends some of it)
	$(call step,types,$(BIN)/mypy,)
	$(call step,import contracts,$(BIN)/lint-imports --no-logo,which room may import which stands in pyproject.toml)
	$(call step,tests,$(BIN)/pytest -q -n auto,)
	@echo "All is well."

format: $(VENV)/installed-dev ## format the code and mend what lint can mend by itself
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

accept: $(VENV)/installed-dev $(CATALOGUES:.po=.mo) ## let the scenarios expect what they get now; read it in the diff
	@$(BIN)/pytest -q --accept tests

sample: $(VENV)/installed-dev $(CATALOGUES:.po=.mo) ## write the pages of the sample vault anew; read them in the diff
	@$(BIN)/vaultkit --vault sample_vault --today $(SAMPLE_DAY) build

pictures: $(VENV)/installed $(CATALOGUES:.po=.mo) ## draw the pages of the sample vault as Obsidian would; needs node and Chromium
	@cd tools/pictures && npm install --no-package-lock --silent
	@for language in en fr; do tools/pictures/draw "$(abspath $(BIN))/vaultkit" $$language $(SAMPLE_DAY) build/pictures || exit 1; done

docs: $(VENV)/installed-dev $(CATALOGUES:.po=.mo) ## write the pages of docs/ that are made from the code anew
	@{ echo '[En français](fr/validators.md)'; echo; LANGUAGE=en $(BIN)/vaultkit explain --all --format md; } >docs/validators.md
	@{ echo '[In English](../validators.md)'; echo; LANGUAGE=fr $(BIN)/vaultkit explain --all --format md; } >docs/fr/validators.md

prove: $(VENV)/installed-dev $(CATALOGUES:.po=.mo) ## the long proofs, and every property test on many more examples
	$(call step,proofs,$(BIN)/pytest -q -n auto -m "prove or hypothesis" --hypothesis-profile=prove,)

bench: $(VENV)/installed ## how fast, beside its peers: make bench BENCH="--vault FOLDER"; bench/README.md says more
	@$(BIN)/python -m bench $(BENCH)

messages: $(VENV)/installed-dev ## bring the catalogues of translations up to date with the sources
	@$(BIN)/python -m tools.messages

clean: ## remove what make and the tests have made
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -f $(CATALOGUES:.po=.mo)
	find . -name .git -prune -o -name __pycache__ -prune -exec rm -rf {} +

# The build hook compiles the catalogues too, so that a demo is set up again when they change.
$(VENV)/installed: pyproject.toml hatch_build.py $(CATALOGUES) | $(BIN)/python
	$(call install,.)
	@touch $@

$(VENV)/installed-dev: pyproject.toml hatch_build.py | $(BIN)/python
	$(call install,.[dev])
	@touch $(VENV)/installed $@

%.mo: %.po | $(VENV)/installed-dev
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(BIN)/python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then bare="$$bare $$python"; continue; fi; \
		echo "Setting up $(VENV) with $$("$$python" --version)"; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
		rm -rf $(VENV); exit 1; \
	done; \
	if [ -n "$$bare" ]; then \
		echo "Found$$bare, but without venv. On Debian and Ubuntu: apt install python3-venv (or python3.12-venv," \
			"for the Python that you use). Elsewhere: install Python from python.org or with brew install python." >&2; \
	else \
		echo "No Python 3.11 or newer was found under the names: $(PYTHON)." \
			"Install one (apt install python3 python3-venv; brew install python; python.org)," \
			"or say where yours is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1

# $(call step,its name,the command,what to do when it fails)
define step
@echo "$(1)"
@$(2) || { echo "make $@ stopped at: $(1). $(3)" >&2; exit 1; }
endef

# $(call install,what)
define install
@echo "Installing vaultkit and what it needs into $(VENV) (the first time takes a minute)"
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable "$(1)" || { \
	echo "pip could not install: its message stands above. It needs the network the first time." >&2; exit 1; }
endef
