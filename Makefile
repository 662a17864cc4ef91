# The verbs of this project. `make run` on a fresh clone serves the demo; `make test` proves it.
SHELL := /bin/bash -o pipefail
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Byte code is kept, whatever the environment says: tests and hubs start a hundred processes of the same modules.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test test-slow-path test-million soak soak-relay soak-memory lint bench tour docs lock dist sbom clean bench-peer bench-plots

setup: $(VENV)/.ready web/node_modules/.ready

# Installs a lock: exactly its versions, each checked by its hash. Prints which package of how many is under way.
define install
@echo "Installing the packages of $(1): the first time this takes a few minutes"
@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $(1) | awk -v of="$$(grep -c == $(1))" \
	'/^Collecting/ { printf "  %d of %d  %s\n", ++n, of, $$2; fflush() } /^Installing collected/ { print "  unpacking them" ; fflush() }'
endef

# What the hub runs on; `make run` needs no more.
$(VENV)/.run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"$(PYTHON) is missing or older than 3.11; name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	$(call install,requirements.lock)
	@touch $@

# What tests, benchmarks and lint need beside.
$(VENV)/.ready: $(VENV)/.run requirements-dev.lock
	$(call install,requirements-dev.lock)
	@touch $@

# The pages' packages. Without npm everything else is served all the same: the scanner then lacks what it says it lacks.
web/node_modules/.ready: web/package.json web/package-lock.json
	@if command -v npm >/dev/null; then echo "Installing the packages of the pages by npm" && cd web && npm ci --silent && touch node_modules/.ready; \
	else echo "npm is missing: phones without a QR reader of their own cannot use their camera (install Node 22 or newer)" >&2; \
		[ "$${CI:-}" != true ]; fi

run: $(VENV)/.run web/node_modules/.ready
	$(BIN)/python run.py serve --demo

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.catalogues
	cd web && npm run --silent lint

# Linters of the API's descriptions, and the verifier of webhooks' signatures, which tests run.
tests/npm/node_modules/.ready: tests/npm/package.json tests/npm/package-lock.json
	@if command -v npm >/dev/null; then echo "Installing the tools of tests by npm" && cd tests/npm && npm ci --silent && touch node_modules/.ready; \
	else echo "npm is missing: the API's descriptions are not linted (install Node 22 or newer)" >&2; [ "$${CI:-}" != true ]; fi

test: setup tests/npm/node_modules/.ready
	tests/install-browser
	$(BIN)/python -m pytest -n 4 --dist worksteal

# What asks the hub over HTTP, with every scan and write on the ordinary way: both ways answer alike.
test-slow-path: setup
	tests/install-browser
	HUB_SCAN_FAST_PATH=false HUB_DIRECT_WRITE=false HUB_LEAN_SOCKETS=false $(BIN)/python -m pytest -n 4 --dist worksteal tests/handlers tests/end_to_end

# The plans of all questions at a million tickets: a minute and 3 GB, where `make test` asks the same at a tenth.
test-million: setup
	HUB_TEST_TICKETS=1_000_000 $(BIN)/python -m pytest tests/store/test_query_plans.py

# A night of faults: three mongods, two hubs, and the history checker (docs/reliability.md). Exit code 1 for an anomaly.
MINUTES ?= 2
SEED ?= 1
soak: setup
	$(BIN)/python -m tests.faults.soak --minutes $(MINUTES) --seed $(SEED)

# An evening of a hub and its relay, whose line and power are cut: 12 doors, 5,000 tickets in a quarter of an hour.
# NAMESPACES=1 gives each of them a machine of its own, as far as the network can see (Linux, root, iproute2).
soak-relay: setup
	$(BIN)/python -m tests.faults.relay_soak --minutes $(MINUTES) --seed $(SEED) $(if $(NAMESPACES),--namespaces)

# An evening's work as fast as it goes, a tenth at a time, with the worker's memory after each, and the slope of that.
SCANS ?= 100000
SOCKETS ?= 20000
soak-memory: setup
	$(BIN)/python -m bench.memory --scans $(SCANS) --sockets $(SOCKETS)

# The table of docs/benchmarks.md, kept in bench/results: an hour on an idle machine. PARTS="scans growth" for these alone.
bench: setup
	$(BIN)/python -m bench $(PARTS)

# The hub against pretix with PostgreSQL, gunicorn and nginx: needs Debian's postgresql and nginx; pretix goes into dist/peer.
bench-peer: setup
	$(BIN)/python -m bench.peer

# The picture of docs/benchmarks.md, from what is kept in bench/results.
bench-plots: setup
	$(BIN)/python -m bench.plots

# The pictures of docs/tour.md, taken from the demo.
tour: setup
	tests/install-browser
	$(BIN)/python -m tests.docs.tour

# What the documentation's site is built with.
$(VENV)/.docs: $(VENV)/.run requirements-docs.lock
	$(call install,requirements-docs.lock)
	@touch $@

# The documentation as a site in dist/docs, which needs no network and no server; a link that leads nowhere fails
# (not with --quiet, which counts no warnings).
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build
	@echo "Open dist/docs/index.html"

# The locks anew from the ranges of requirements*.txt: names, versions and hashes for all systems, and no registry's address.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock"
lock: setup
	$(COMPILE) --output-file requirements-dev.lock $(UPGRADE) requirements-dev.txt
	$(COMPILE) --output-file requirements.lock $(UPGRADE) --constraints requirements-dev.lock requirements.txt
	$(COMPILE) --output-file requirements-docs.lock $(UPGRADE) --constraints requirements-dev.lock requirements-docs.txt

# A wheel and a source archive, both with the pages' packages in them: whoever installs one needs no Node.
dist: setup
	$(BIN)/hatchling build

# What the locked set-up and the wheel consist of, as CycloneDX: each package with version and hash.
sbom: setup
	$(BIN)/python sbom.py dist

clean:
	rm -rf dist $(VENV) web/node_modules tests/npm/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
