# Two commands for a stranger: `make demo` and `make check`. Each does its own set-up in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo check test lint types stairs format bench words docs audit release-check pictures clean

demo: $(VENV)/user
	$(BIN)/evengait --home demo/home demo --html demo/report.html

check: lint types stairs test

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto --dist loadscope

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev
	$(BIN)/mypy

stairs: $(VENV)/dev
	$(BIN)/lint-imports

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev
	$(BIN)/pip install -q -c constraints.txt -e .[bench]
	$(BIN)/python benchmarks/fit_race.py
	$(BIN)/python benchmarks/xml_race.py
	$(BIN)/python benchmarks/import_bench.py
	$(BIN)/python benchmarks/gait_change_study.py
	$(BIN)/python benchmarks/explain_study.py
	$(BIN)/python benchmarks/screening_study.py

# Gathers every sentence that people read into src/evengait/locale, and builds what the program loads.
words: $(VENV)/dev
	$(BIN)/python tools/words.py

# Asks PyPI for known flaws of the pinned versions: needs the network.
audit: $(VENV)/dev
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install -q pip-audit
	$(VENV)/audit/bin/pip-audit --disable-pip --no-deps -r constraints.txt

release-check: $(VENV)/dev
	$(BIN)/python tools/release_check.py

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian and Ubuntu: apt install python3-venv, then the same again."; exit 1; }

$(VENV)/user: $(VENV)/bin/python pyproject.toml setup.py constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e .
	touch $@

$(VENV)/dev: $(VENV)/bin/python pyproject.toml setup.py constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e .[dev]
	touch $@ $(VENV)/user

# Every page of the desk, for the docs: needs Chromium, and the fonts Inter and P052 (fonts-inter, fonts-urw-base35).
pictures: $(VENV)/dev
	$(BIN)/python tools/screenshots.py --axe

docs: $(VENV)/dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) build site demo src/*.egg-info
