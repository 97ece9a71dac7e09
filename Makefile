# Two commands: `make serve` sets everything up and serves the graph, `make test` sets everything up and tests it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
ARGS   ?=

FRONTEND := src/comity/web/frontend
BUILT    := src/comity/web/static/built/manifest.json

.PHONY: chromium engines messages serve test test-long audit lint check pictures lock clean help

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

serve: $(VENV)/.runtime $(BUILT) ## set up, validate and serve the graph at http://127.0.0.1:8000/
	@$(BIN)/comity serve --port $(PORT) $(ARGS)

test: $(VENV)/.dev $(BUILT) chromium ## set up, lint, and run every test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/comity check
	@$(BIN)/python -m pytest -n auto -m 'not long' $(ARGS)

test-long: $(VENV)/.dev $(BUILT) engines ## the long tests: kill loops, whole conformance suites, many random cases
	@HYPOTHESIS_PROFILE=wide $(BIN)/python -m pytest -n auto -m long $(ARGS)

lint: $(VENV)/.dev $(BUILT) ## style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm --prefix $(FRONTEND) run --silent check

audit: $(VENV)/.dev ## advisories on the locked versions, and the licence of each
	@$(BIN)/python tests/audit.py

check: $(VENV)/.runtime ## validate the repository's data
	@$(BIN)/comity check

messages: $(VENV)/.dev ## write the sentences of the interface into the catalogues of its languages
	@$(BIN)/python tests/messages.py

pictures: $(VENV)/.runtime $(BUILT) ## draw the pictures of the documentation anew, from the ontology and a running server
	@docs/take-pictures.sh http://127.0.0.1:$(PORT)

lock: ## write the lock files anew from pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --group node -o requirements-node.lock

clean: ## remove the environment and every cache
	rm -rf $(FRONTEND)/node_modules $(dir $(BUILT)) $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Comity needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one with make PYTHON=...")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once)"
	@test -e $(VENV)/.dev || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) for development (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

# A machine without Node gets one in the environment.
$(BUILT): $(wildcard $(FRONTEND)/*.json $(FRONTEND)/*.mjs $(FRONTEND)/src/*.ts $(FRONTEND)/src/*/*.ts) | $(BIN)/python
	@echo "Bundling the front end"
	@$(BIN)/python hatch_build.py --has-node || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	@$(BIN)/python hatch_build.py

# The tests in a browser want Debian's; without it they are skipped by name.
chromium:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing chromium (once)" && apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium fonts-noto-cjk >/dev/null; } || true

# Stores of other makers for the long tests; what cannot be had is skipped by name.
FUSEKI := org.apache.jena:jena-fuseki-server:5.5.0
engines: ## fetch the stores that the long tests compare: Fuseki (Maven), Virtuoso (Debian)
	@test -e .cache/engines/jena-fuseki-server.jar || ! command -v mvn >/dev/null || { mkdir -p .cache/engines && echo "Fetching Fuseki (once)" && mvn -q dependency:get -Dtransitive=false -Dartifact=$(FUSEKI) && mvn -q dependency:copy -Dartifact=$(FUSEKI) -DoutputDirectory=.cache/engines -Dmdep.stripVersion=true; } || true
	@command -v virtuoso-t >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Virtuoso (once)" && apt-get -qq update && apt-get -qq install --yes --no-install-recommends virtuoso-opensource-7-bin >/dev/null; } || true
