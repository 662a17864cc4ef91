# The verbs of this project. `make run` on a fresh clone serves the demo; `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Byte code is kept, whatever the environment says: tests and hubs start a hundred processes of the same modules.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test test-slow-path test-million soak lint bench clean

setup: $(VENV)/.ready web/node_modules/.ready

$(VENV)/.ready: requirements.txt requirements-dev.txt
	@echo "Setting up $(VENV): a few minutes, this once"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# The pages' packages. Without npm everything else is served all the same: the scanner then lacks what it says it lacks.
web/node_modules/.ready: web/package.json web/package-lock.json
	@if command -v npm >/dev/null; then cd web && npm ci --silent && touch node_modules/.ready; \
	else echo "npm is missing: phones without a QR reader of their own cannot use their camera (install Node 20 or newer)" >&2; \
		[ "$${CI:-}" != true ]; fi

run: setup
	$(BIN)/python run.py serve --demo

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.catalogues
	cd web && npm run --silent lint

test: setup
	tests/install-browser
	$(BIN)/python -m pytest -n 4 --dist worksteal

# What asks the hub over HTTP, with every scan and write on the ordinary way: both ways answer alike.
test-slow-path: setup
	tests/install-browser
	HUB_SCAN_FAST_PATH=false HUB_DIRECT_WRITE=false $(BIN)/python -m pytest -n 4 --dist worksteal tests/handlers tests/end_to_end

# The plans of all questions at a million tickets: a minute and 3 GB, where `make test` asks the same at a fifth.
test-million: setup
	HUB_TEST_TICKETS=1_000_000 $(BIN)/python -m pytest tests/store/test_query_plans.py

# A night of faults: three mongods, two hubs, and the history checker (docs/reliability.md). Exit code 1 for an anomaly.
MINUTES ?= 2
SEED ?= 1
soak: setup
	$(BIN)/python -m tests.faults.soak --minutes $(MINUTES) --seed $(SEED)

bench: setup
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
