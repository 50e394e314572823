# Everything a user or a developer does with Jihe. `make` alone lists it.
# Needs Python 3.11 or newer and make; the rest is installed into .venv from requirements.lock.

PYTHON ?= python3
CORPUS ?= corpus/reports
OUT ?= outputs
WORKERS ?=
CODE := extractors normalizers pipeline corpus tests

BIN := .venv/bin
STAMP := .venv/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help cluster extract test lint format schema lock bench mutate score clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' Makefile | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'
	@echo "  variables: CORPUS=$(CORPUS) OUT=$(OUT) WORKERS=(one per core)"

# The stamp is a copy of the lock it was made from: packages are installed again only when the lock's text changed.
# Compiled once here, the code starts at once also where Python is told to leave no bytecode behind.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Jihe needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@cmp -s requirements.lock $@ || $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q extractors normalizers pipeline corpus
	@cp requirements.lock $@

cluster: $(STAMP) ## add what --engine ray and s3:// addresses need
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-cluster.lock

# `jihe extract` says 1 when a report has errors and 2 when a file could not be read: answers about the reports, not
# failures of the run, so make goes on. Bad usage (3), an interruption (130) and a crash stop it.
extract: $(STAMP) ## read CORPUS, write records and the working paper into OUT
	@$(BIN)/jihe extract "$(CORPUS)" --out "$(OUT)" $(if $(WORKERS),--workers $(WORKERS)) || [ $$? -le 2 ]

test: lint ## lint, types, architecture and all tests
	@$(BIN)/python -m pytest

lint: $(STAMP) ## ruff and mypy --strict
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy --strict

format: $(STAMP) ## put the code in form
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

schema: $(STAMP) ## write outputs/schema again from the record types
	@$(BIN)/python -m pipeline.writers.schema outputs/schema

lock: $(STAMP) ## pin the newest allowed packages in requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
		--no-emit-index-url --no-header --upgrade pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group cluster \
		--no-emit-index-url --no-header --constraint requirements.lock --output-file requirements-cluster.lock

bench: $(STAMP) ## reports per second and peak memory, stage by stage, against a named peer
	@$(BIN)/python -m corpus.bench "$(CORPUS)"
	@$(BIN)/python -m corpus.bench_pdf
	@$(BIN)/python -m corpus.bench_repair

mutate: $(STAMP) ## change single printed numbers of clean generated reports; count what is found
	@$(BIN)/python -m corpus.mutate

score: $(STAMP) ## compare OUT with hand-made truth, where ../shared is present
	@if [ -f ../shared/score.py ]; then $(BIN)/python ../shared/score.py "$(OUT)" && $(BIN)/python -m corpus.linking "$(OUT)"; \
	else echo "no ../shared/score.py here: nothing to compare with"; fi

clean: ## remove everything that can be made again
	@rm -rf .outputs.jihe .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find outputs -mindepth 1 -maxdepth 1 ! -name README.md ! -name schema -exec rm -rf {} +
	@find extractors normalizers pipeline corpus tests -name __pycache__ -type d -prune -exec rm -rf {} +
