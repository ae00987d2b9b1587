# Needs python3 (3.11 or newer, with venv) and make; everything else is installed into .venv.
PYTHON ?= python3
PY := .venv/bin/python
RUN := .venv/.installed
DEV := .venv/.installed-dev
MO := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types coverage bench drills mutants messages migrate pdf lock audit

help:  ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: $(RUN) $(MO)  ## serve eight invented coalitions, one of them living (PORT=8000)
	@$(PY) manage.py demo

test: lint types  ## everything that must hold: lint, types, architecture, behaviour, coverage
	@$(PY) -m pytest -n auto --cov --cov-report=term
	@$(PY) -m coverage report --fail-under=100 --include='*/scoring.py,*/disclosure.py,*/subtraction.py,*/access.py'

lint: $(DEV)  ## style and common mistakes
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: $(DEV)  ## put the code in the house's form
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

types: $(DEV)  ## types where the rules live
	@$(PY) -m mypy

coverage: $(DEV) $(MO)  ## which lines no test reaches, as pages in var/coverage-html
	@$(PY) -m pytest -n auto --cov --cov-report=term --cov-report=html

bench: $(DEV) $(MO)  ## how fast, as ratios in one run; writes var/bench.json
	@$(PY) -m tests.bench.bench

drills: $(DEV) $(MO)  ## the long attacks and faults; writes var/drills.json
	@$(PY) -m tests.bench.drills

mutants: $(DEV) $(MO)  ## break scoring and the gate on purpose: does a test notice?
	@$(PIP) -r requirements-mutants.lock
	@$(PY) -m mutmut run
	@$(PY) -m mutmut results

messages: $(DEV)  ## gather texts to translate, check and compile them
	@$(PY) manage.py messages
	@$(PY) manage.py messages --check --compile

migrate: $(RUN) $(MO)  ## bring the database up to date
	@$(PY) manage.py migrate

pdf: $(RUN)  ## add what makes PDFs; needs Pango of the system
	@$(PIP) -r requirements-pdf.lock

lock:  ## pin requirements*.in with hashes
	@$(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install -qq --disable-pip-version-check pip-tools
	@for name in requirements requirements-pdf requirements-dev requirements-mutants; do \
	  CUSTOM_COMPILE_COMMAND="make lock" var/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	    --no-strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	    $(LOCK_OPTIONS) --output-file $$name.lock $$name.in || exit 1; \
	done

audit: $(DEV)  ## known weaknesses in what is installed (asks the network)
	@$(PY) -m pip_audit --require-hashes --disable-pip -r requirements.lock

test coverage bench: | $(MO)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python lacks venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv (a minute, once)"
	@$(PYTHON) -m venv .venv

$(RUN): requirements.lock | $(PY)
	@$(PIP) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock | $(PY)
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(RUN)

# Without installed packages there is nothing to compile with; either set will do.
$(MO): %.mo: %.po | $(PY)
	@test -e $(RUN) || $(MAKE) --no-print-directory $(RUN)
	@$(PY) manage.py messages --compile
