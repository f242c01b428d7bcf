# Two commands matter: `make run` shows Heard on this machine, `make test` proves it.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PORT ?= 8000
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV := .venv/bin
export PYTHONPATH := site:.

.PHONY: help run test test-rest test-all test-release check size prove prove-changed faults bench bench-day pictures words checkers requirements site-set-up dev-set-up

help:
	@echo "make run       set up and serve Heard with invented stories on http://127.0.0.1:$(PORT)/"
	@echo "make test      set up and run the tests that matter before a commit"
	@echo "make test-all  what CI tests: make test and the rest"
	@echo "make test-release  every test on both stores, odd days, every break (an hour and more; green before an issue is closed)"
	@echo "make check     formatting, types, imports, templates, migrations, known vulnerabilities (STRICT=1 before a release)"
	@echo "make size      how large the house is, beside the most that it may be"
	@echo "make prove     break each promise on purpose, and show that its own tests notice"
	@echo "make faults    kill each command midway; set up a bare Debian, break it in each way, and count what people meet (as root, an hour)"
	@echo "make bench     measure against a bare view, nginx and an ordinary Wagtail site, in ratios"
	@echo "make words     find every string of the public side, and compile its Welsh"
	@echo "make pictures  take the screenshots in docs/pictures/"

run: site-set-up
	@PORT=$(PORT) $(VENV)/python deploy/run_demo.py

test: dev-set-up
	@$(VENV)/python tests/run_all.py

# What of the rest CI runs: journeys, the other store where it differs, one of each kind of long work.
test-rest: dev-set-up checkers
	@$(VENV)/python tests/run_all.py --rest

test-all: test test-rest

test-release: dev-set-up checkers
	@failed=0; $(VENV)/python tests/run_all.py --release || failed=1; $(VENV)/python tests/prove.py || failed=1; \
	$(VENV)/python tests/timings.py; exit $$failed

check: dev-set-up
	@$(VENV)/python tests/run_checks.py $(if $(STRICT),--strict)

size:
	@$(PYTHON) tests/size.py

prove: dev-set-up checkers
	@$(VENV)/python tests/prove.py

prove-changed: dev-set-up checkers
	@$(VENV)/python tests/prove.py --changed

faults: dev-set-up
	@$(VENV)/python -m pytest -m faults tests/operations
	@$(VENV)/python tests/operations/on_bare_debian.py

bench-day: dev-set-up
	@$(VENV)/python -m bench.newspaper

bench: dev-set-up
	@$(VENV)/python bench/run.py

pictures: dev-set-up
	@$(VENV)/python docs/take_pictures.py

words: dev-set-up
	@$(VENV)/python deploy/catalogue.py

# What looks at the served pages from outside; no part of the site.
checkers:
	@$(VENV)/python tests/checkers/fetching.py

# Pins with hashes, made from the two .in files by the resolver `uv`.
requirements:
	uv pip compile requirements.in -o requirements.txt --generate-hashes --universal --python-version 3.11
	uv pip compile requirements-dev.in -o requirements-dev.txt --generate-hashes --universal --python-version 3.11

site-set-up:
	@test -n "$(PYTHON)" || { echo "Heard needs Python 3.11 or newer, and none was found on this machine."; exit 1; }
	@$(PYTHON) deploy/set_up.py requirements.txt
	@$(VENV)/python deploy/fetch_model.py

dev-set-up:
	@test -n "$(PYTHON)" || { echo "Heard needs Python 3.11 or newer, and none was found on this machine."; exit 1; }
	@$(PYTHON) deploy/set_up.py requirements.txt requirements-dev.txt
	@$(VENV)/python deploy/fetch_model.py
