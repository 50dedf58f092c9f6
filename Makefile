# Everything starts here; needs Python 3.11 or newer and make, nothing else.
#   make run     the portal with its demo province, on http://localhost:8000 (PORT=… for another)
#   make test    all tests, on SQLite and on PostgreSQL
#   make         lint and test
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
PYTEST_ARGS ?=
BIN := .venv/bin

.PHONY: all run test lint format lock install install-dev install-analytics clean

all: lint test

ifneq ($(SITES),)
$(error SITES is refused for now: joined sites come with the exchange between sites (issue E). Run `make run`)
endif
ifneq ($(TRAINING),)
$(error TRAINING is refused for now: the training site comes with issue G. Run `make run`)
endif

run: install
	@exec $(BIN)/motcua run --port $(PORT)

test: install-dev
	@exec tests/run $(PYTEST_ARGS)

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@home=$$(mktemp -d) && MOTCUA_HOME=$$home DJANGO_SETTINGS_MODULE=motcua.settings \
	    $(BIN)/django-admin makemigrations --check --dry-run; code=$$?; rm -rf "$$home"; exit $$code

format: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# New lock files from pyproject.toml; needs uv. UPGRADE=--upgrade moves every version.
lock:
	requirements/compile $(UPGRADE)

install: .venv/installed-run
install-dev: .venv/installed-dev

.venv/installed-run: requirements/run.txt requirements/install
	@requirements/install "$(PYTHON)" requirements/run.txt $@

# What `motcua export dossiers` needs beside the program: DuckDB.
install-analytics: .venv/installed-analytics

.venv/installed-analytics: requirements/analytics.txt requirements/install
	@requirements/install "$(PYTHON)" requirements/analytics.txt $@ .venv/installed-run

.venv/installed-dev: requirements/dev.txt requirements/install
	@requirements/install "$(PYTHON)" requirements/dev.txt $@ .venv/installed-run

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
