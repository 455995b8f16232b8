# Plumbline: `make help` says what there is. Needs make and Python 3.11 or later; everything else goes into .venv.
PYTHON ?= python3
CHAT ?= 1
SCALE ?= 0.01
QUESTION ?= Why did GMV dip in October, and what would it take to reach our target?
PYTEST_ARGS ?=
# Files of tests run side by side, the big ones first; those that hold times against a limit run by themselves behind them.
BESIDE := -n logical --maxprocesses 4 --dist loadfile

# Compiled modules are kept, or each process would compile the large libraries anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup_environment.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all bench lint lock

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: ## Build .venv with what the product runs on, from the hash lock
	@$(SETUP) runtime

demo: setup ## Sample data, one strategy question, then the chat on 127.0.0.1:8000 (CHAT=0: stop after the answer)
	@$(BIN)/plumbline sample novamart --scale $(SCALE) --if-absent
	@$(BIN)/plumbline ask "$(QUESTION)"
	@if [ "$(CHAT)" != "0" ]; then exec $(BIN)/plumbline chat; fi

test: ## Everything the tests need, then the tests that take seconds
	@$(SETUP) dev
	@$(SETUP) browser
	@failed=0; \
	$(BIN)/python -m pytest -m "not slow and not alone" $(BESIDE) $(PYTEST_ARGS) || [ $$? = 5 ] || failed=1; \
	$(BIN)/python -m pytest -m "alone and not slow" $(PYTEST_ARGS) || [ $$? = 5 ] || failed=1; \
	exit $$failed

test-all: ## All tests, the slow ones too
	@$(SETUP) dev
	@$(SETUP) browser
	@failed=0; \
	$(BIN)/python -m pytest -m "not alone" $(BESIDE) $(PYTEST_ARGS) || [ $$? = 5 ] || failed=1; \
	$(BIN)/python -m pytest -m "alone" $(PYTEST_ARGS) || [ $$? = 5 ] || failed=1; \
	exit $$failed

bench: ## Measure: every script in benchmarks/ in turn
	@$(SETUP) dev
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

lint: ## Style and types
	@$(SETUP) dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: ## Write the hash locks anew from pyproject.toml (UPGRADE=1: the newest versions it allows)
	@$(SETUP) bootstrap
	@$(BIN)/python scripts/lock.py $(if $(filter 1,$(UPGRADE)),--upgrade)
