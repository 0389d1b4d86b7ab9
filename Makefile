# Two commands are all a fresh machine needs: make conformance, make test.

PYTHON    ?= python3
VENV      ?= .venv
BIN       := $(VENV)/bin
REPORT    ?= fillproof-report
CONNECTOR ?=
SEED      ?= 7
RUNS      ?= 200
JOBS      ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup conformance test check format bench soak zoo fuzz clean

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Fillproof needs Python 3.11 to 3.13; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --upgrade pip
	$(BIN)/python -m pip install -qq --editable '.[ccxt,hyperliquid]' --group dev
	touch $@

setup: $(BIN)/.installed  ## Make the environment (.venv)

conformance: setup  ## Judge every connector this machine can host (or CONNECTOR=name), write reports
ifeq ($(CONNECTOR),)
	@$(BIN)/python -m fillproof.harness.connectors.hummingbot.environment --optional
else ifneq ($(filter hummingbot:%,$(CONNECTOR)),)
	@$(BIN)/python -m fillproof.harness.connectors.hummingbot.environment
endif
	@mkdir -p $(REPORT)
	$(BIN)/fillproof run $(addprefix --connector ,$(CONNECTOR)) --seed $(SEED) --jobs $(JOBS) \
	  --json $(REPORT)/fillproof.json --junit $(REPORT)/junit.xml --coverage $(REPORT)/coverage.txt

test: setup  ## Run the project's own tests
	@$(BIN)/python -m conformance_tests.clients.environment
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: setup  ## Format, lint, types, import contracts, tests: all that CI asks of a change
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile

format: setup  ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz: setup  ## Draw RUNS lifecycles for CONNECTOR (default reference)
	$(BIN)/fillproof fuzz --connector $(or $(CONNECTOR),reference) --runs $(RUNS) --seed $(SEED)

bench: setup  ## Print the measured ratios
	$(BIN)/python -m conformance_tests.benchmarks

soak: setup  ## Long counts: commands to engine and twin, a busy hour of many connections, digests, lifecycles, faults, restarts
	$(BIN)/python -m conformance_tests.soak

zoo: setup  ## Every planted bug against its own rule, and mutants of the reference against them all
	$(BIN)/python -m pytest conformance_tests/zoo
	$(BIN)/python -m conformance_tests.mutants --jobs $(JOBS)

clean:  ## Remove what was made here (not the cache of environments)
	rm -rf $(VENV) $(REPORT) build *.egg-info src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
