# Every target starts from a virtual environment of its own; nothing is installed outside it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run watch test bench bench-quick bench-hosted histories fuzz example clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test]"
	touch $@

# The checkout becomes a workspace with the example municipality.
seuranta.toml: | setup
	$(BIN)/seuranta init . --example

run: setup seuranta.toml
	$(BIN)/seuranta forms
	$(BIN)/seuranta run

watch: setup seuranta.toml
	$(BIN)/seuranta watch

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term:skip-covered --cov-fail-under=95

# Writes docs/performance.md; takes most of an hour, and wants a quiet machine.
bench: $(VENV)/.bench-ready
	$(BIN)/python -m benchmarks.run --page
	$(BIN)/python -m benchmarks.intake --case all --officers 10 --versions 40 --hold 5

# Every case once, on small offices: shows that all of them run; no time fails it.
bench-quick: $(VENV)/.bench-ready
	$(BIN)/python -m benchmarks.run --quick

# The numbers of docs/hosted.md: deadline evenings of many municipalities, with PostgreSQL and LibreOffice. Takes most of
# an hour.
MUNICIPALITIES ?= 300
bench-hosted: $(VENV)/.bench-ready
	$(BIN)/python -m benchmarks.hosted --case reports --municipalities $(MUNICIPALITIES) --workers 1 2 4
	$(BIN)/python -m benchmarks.hosted --case large --municipalities $(MUNICIPALITIES) --workers 2
	$(BIN)/python -m benchmarks.hosted --case pdfs --municipalities 20 --seconds 30 --workers 1 2 4
	$(BIN)/python -m benchmarks.hosted --case roles
	$(BIN)/python -m benchmarks.hosted --case crashes --municipalities $(MUNICIPALITIES) --workers 2 \
	    --kills 100 --restarts 10 --crash-seconds 300

# What only the benchmarks measure ours beside.
$(VENV)/.bench-ready: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test,bench]"
	touch $@

# Random histories of saves, kills, restores and damage: make histories HISTORIES=20
HISTORIES ?= 12
histories: setup
	HISTORIES=$(HISTORIES) $(BIN)/python -m pytest tests/flow/test_histories.py

# Spoils a filled workbook at random, plays random histories of an office against the person model, and random evenings of
# the person who makes the report; a seed makes the same ones again: make fuzz SEED=7 COUNT=500 EVENINGS=200
SEED ?= 1
COUNT ?= 20000
EVENINGS ?= 10000
fuzz: setup
	$(BIN)/python tools/fuzz.py --seed $(SEED) --count $(COUNT)
	$(BIN)/python -m tools.fuzz_people --seed $(SEED) --count $(COUNT)
	$(BIN)/python -m tools.fuzz_secretary --seed $(SEED) --count $(EVENINGS)

# Makes the template, the example's plan and its officers' submissions anew.
example: setup
	$(BIN)/python tools/build_template.py
	$(BIN)/python tools/build_example.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
