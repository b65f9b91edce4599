# esskg: two commands matter. `make run` sets everything up, builds the graph and serves it; `make test` tests it all.

PORT ?= 8420
HOST ?= 127.0.0.1
PROJECT ?= data
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DIST := src/esskg/server/static/dist

.PHONY: help setup run test lint format bench train docs ontology frontend lock audit clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.run $(DIST)/manifest.json  ## Install everything that running needs

run: setup  ## Set up, build the graph from $(PROJECT)/documents and serve it on http://$(HOST):$(PORT)
	@$(BIN)/esskg build --project $(PROJECT); status=$$?; if [ $$status -gt 1 ]; then exit $$status; fi
	@$(BIN)/esskg serve --project $(PROJECT) --host $(HOST) --port $(PORT)

test: $(VENV)/.dev $(DIST)/manifest.json  ## Run the whole test suite
	$(BIN)/pytest

lint: $(VENV)/.dev  ## Check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev  ## Put the code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## Measure, and print the figures of benchmarks/README.md
	$(BIN)/python -m benchmarks

GOLD := --gold data/gold --documents data/documents
train: $(VENV)/.dev  ## Learn the weights of extraction anew, after a change of annotations or lexicons
	$(BIN)/python -m esskg.extract.relations.reliability $(GOLD)
	$(BIN)/python -m esskg.extract.training $(GOLD) --reference data/reference
	$(BIN)/python -m esskg.extract.relations.training $(GOLD)
	$(BIN)/python -m esskg.extract.attribution_training $(GOLD)

docs: $(VENV)/.dev  ## Write docs/reference/commands.md and queries.md from the program
	$(BIN)/python scripts/reference_docs.py

ontology: $(VENV)/.dev  ## Write the ontology's release to dist/ontology: merged files, context, shapes, pages, checksums
	$(BIN)/python scripts/ontology_release.py

frontend:  ## Build the browser code again
	@rm -f $(DIST)/manifest.json
	@$(MAKE) --no-print-directory $(DIST)/manifest.json

lock:  ## Pin the dependencies of pyproject.toml again (needs uv)
	sh scripts/lock.sh

audit:  ## Look for known weaknesses in the pinned packages (needs uv and npm)
	uvx pip-audit --require-hashes --disable-pip -r requirements/run.lock
	cd frontend && npm audit

clean:  ## Remove what can be made again (not the environment)
	rm -rf $(PROJECT)/build $(DIST) frontend/node_modules dist

$(VENV)/.python:
	@sh scripts/check_python.sh "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

FRONTEND := $(wildcard frontend/*.json frontend/*.mjs frontend/src/* frontend/src/graph/*)
$(DIST)/manifest.json: $(FRONTEND) | $(VENV)/.python
	@sh scripts/build_frontend.sh $(BIN) || echo "The browser code could not be built: pages work without it, the graph as a table."
