# All set-up happens in .venv; an externally managed Python is never touched.
PYTHON ?= python3
BIN := .venv/bin
LOWEST := .venv/lowest/bin/python
# the whole workspace in one pip command, so that the distributions resolve each other
PLUGINS := $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
EDITABLE := $(foreach plugin,$(PLUGINS),-e $(plugin))
PROJECTS := pyproject.toml constraints.txt $(wildcard plugins/*/pyproject.toml)
AJV := ajv@8.20.0 ajv-formats@3.0.1
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check docs schema comparison thresholds bench bench-frames lowest clean

demo: .venv/demo
	$(BIN)/alliance demo

test: .venv/test .venv/ajv
	$(BIN)/python -m pytest

check: .venv/test .venv/ajv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
	$(BIN)/sphinx-build -nW -q -b html docs docs/_build

docs: .venv/test
	$(BIN)/sphinx-build -nW -b html docs docs/_build

schema: .venv/test
	$(BIN)/python -m therapeutic_alliance.codec.course_schema > src/therapeutic_alliance/schemas/course.schema.json

# the tables of docs/reference/comparison.md; this takes many minutes
comparison: .venv/test
	$(BIN)/alliance compare --simulate --scenario all --json > .venv/comparison.json
	$(BIN)/python docs/_ext/comparison_tables.py < .venv/comparison.json > docs/reference/comparison-tables.txt

# the tables of docs/guide/course.md; a quarter of a minute
thresholds: .venv/test
	$(BIN)/python docs/_ext/shipped_thresholds.py > docs/guide/shipped-thresholds.txt

bench: .venv/test
	$(BIN)/python tests/benchmarks/run.py

# the tables of docs/explanation/performance.md; this takes most of an hour and some 8 GiB
bench-frames: .venv/test
	$(BIN)/python tests/benchmarks/frames.py > docs/explanation/performance-frames.txt

# data frames with the lowest versions that pyproject.toml declares, on Python 3.11; what those
# versions themselves warn of is no error
lowest: export HYPOTHESIS_PROFILE = few
lowest: .venv/lowest/made
	$(LOWEST) -m pytest -W default tests/frames -m 'not slow'
	$(LOWEST) -m pytest -W default tests/frames/test_every_engine.py -k invented

clean:
	rm -rf .venv docs/_build

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "The venv module is missing: on Debian, apt-get install python3-venv"; exit 2; }
	@touch $@

.venv/demo: .venv/made $(PROJECTS)
	@echo "Installing into .venv: the library and its command ..."
	@$(PIP) install -c constraints.txt -e '.[cli]' $(EDITABLE)
	@touch $@

.venv/test: .venv/made $(PROJECTS)
	@echo "Installing into .venv: all that the tests need; this takes a minute ..."
	@$(PIP) install -c constraints.txt -e '.[test]' $(EDITABLE)
	@touch $@

.venv/lowest/made: .venv/made pyproject.toml constraints-lowest.txt
	@echo "Installing into .venv/lowest: the lowest versions ..."
	@$(BIN)/python -m venv .venv/lowest
	@$(LOWEST) -m pip --disable-pip-version-check --quiet install -c constraints-lowest.txt -e '.[cli,duckdb,testing]' pandas polars psutil pyspark sybil
	@touch $@

# a second judge of the published JSON Schema; where Node is missing, its tests are skipped
.venv/ajv: .venv/made Makefile
	@command -v npm >/dev/null \
	&& npm install --loglevel=error --no-save --no-package-lock --no-audit --no-fund --prefix .venv/node $(AJV) \
	&& touch $@ || echo "ajv is not installed (it needs Node and npm): the tests against it are skipped"
