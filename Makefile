# All the set-up and every check. `make` alone says what there is.
#
# A file that make itself writes marks each step, so what has not changed is not done again.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# One step after the other, but for what `test` itself runs side by side.
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif

# The suite starts processes by the hundred: without it each of them compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

BIN    := .venv/bin
# Tests force every write to disk thousands of times. Where memory can be written to as files, and
# there is enough of it, they do it there.
ROOMY  := $(shell df --output=avail -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 {print "/dev/shm"}')
SCRATCH := $(if $(ROOMY),TMPDIR=$(ROOMY))
FRESH  := .venv-wheel/bin
PIP    := -m pip --disable-pip-version-check --quiet
VENDOR := dubu_plugin/web/static/vendor
SHELVES := dubu_plugin,adapters,templates,migrations
comma := ,
space := $() $()

.PHONY: help
help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

# --- set-up -----------------------------------------------------------------

.PHONY: setup
setup: .venv/.made-product $(VENDOR)/.made ## install everything that is needed here

.PHONY: debian
debian:
	@build_tools/debian.sh use

.PHONY: debian-test
debian-test:
	@build_tools/debian.sh use test

.venv/.made-python: | debian
	python3.11 -m venv --clear .venv
	@touch $@

.venv/.made-packages: .venv/.made-python locks/dev.lock
	$(BIN)/python $(PIP) install --require-hashes --requirement locks/dev.lock
	@touch $@

# A new adapter is a new import package, which an editable install learns of only when repeated.
.venv/.made-product: .venv/.made-packages pyproject.toml $(wildcard adapters/*/__init__.py templates/*/__init__.py migrations/*/__init__.py)
	$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable .
	@rm -rf build *.egg-info
	@touch $@

node_modules/.made: package.json package-lock.json | .venv/.made-packages
	build_tools/npm.sh $(BIN)/python ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(VENDOR)/.made: node_modules/.made build_tools/copy_assets.py
	$(BIN)/python build_tools/copy_assets.py
	@touch $@

# --- use --------------------------------------------------------------------

.PHONY: demo
demo: setup ## a municipality with cases, ready to click in
	$(BIN)/dubu demo $(ARGS)

.PHONY: bench
bench: setup ## measure everything and write benchmarks/RESULTS.md (make bench ARGS="small --only intake")
	$(BIN)/python benchmarks/measure.py $(ARGS)

# --- checks: what fails fastest stands first ----------------------------------

# What each says comes when it is done: two at a time would speak in each other's mouth. Side by side
# they leave no core idle where one of them waits, for a browser or for its last long test. The wheel
# has the most to do, so what it needs is there before the others begin, and it begins as the first.
# One that fails stops no other: what is red is seen at once.
.PHONY: test
test: debian-test setup lint .venv-wheel/.made-packages ## everything: lint, types, and every test: on the wheel, and in the checkout what needs one
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target SIDE_BY_SIDE=yes wheel types slow driven

.PHONY: lint
lint: setup ## ruff
	$(BIN)/ruff check
	$(BIN)/ruff format --check

.PHONY: format
format: setup ## let ruff put right what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: types
types: setup ## mypy --strict
	$(BIN)/mypy

# What the wheel's run leaves out: a browser needs our node_modules, a house test our files. Only
# the files that hold such tests are read: reading all takes every worker ten seconds.
TWO := -n 2 --dist worksteal
SLOW := $(shell grep -rlE --include='test_*.py' 'mark\.(slow|checkout)' tests)
DRIVEN := $(shell grep -rl --include='test_*.py' 'mark\.browser' tests) tests/browser
.PHONY: checkout
checkout: slow driven ## the tests that need the checkout, and those that are slow

.PHONY: slow
slow: debian-test setup
	$(SCRATCH) $(BIN)/pytest $(TWO) -m "not browser and (slow or checkout)" $(SLOW)

.PHONY: driven
driven: debian-test setup
	$(SCRATCH) $(BIN)/pytest $(TWO) -m browser $(DRIVEN)

.PHONY: suite
suite: debian-test setup ## every test in the checkout, with coverage (make suite ARGS="-k frist")
	mkdir -p .make
	$(SCRATCH) $(BIN)/python -m slipcover --source $(SHELVES) --json --out .make/rest.json -m pytest $(TWO) -m "not browser" $(ARGS)
	$(SCRATCH) $(BIN)/python -m slipcover --source $(SHELVES) --json --out .make/driven.json -m pytest $(TWO) -m browser $(ARGS)
	$(BIN)/python -m slipcover --out .make/coverage.json --merge .make/rest.json .make/driven.json

ON_WHEEL := not browser and not slow and not checkout
SITE := lib/python3.11/site-packages
OURS := $(subst $(space),$(comma),$(foreach package,plugin journal kalender templates migrations,$(SITE)/dubu_$(package)))

# The suite where the product is only what the wheel holds. It runs in the environment's folder, with
# the tests and nothing else of the checkout, so that no test can find the source by accident, and
# with -P, without which the current folder would come first. The tests keep their age and what was
# compiled of them: only those that changed are compiled again. Slipcover counts lines at a tenth of
# the tests' time; what traces each of them (coverage) takes half.
.PHONY: wheel
wheel: debian-test setup .venv-wheel/.made-packages ## the tests on the wheel, in an environment of its own, with coverage
	rm -rf build .make/dist
	$(BIN)/python $(PIP) wheel --no-deps --no-build-isolation --wheel-dir .make/dist .
	rm -rf build *.egg-info
	$(FRESH)/python $(PIP) install --no-deps --force-reinstall .make/dist/*.whl
	$(FRESH)/python $(PIP) check
	mkdir -p .venv-wheel/tests
	find .venv-wheel/tests -type f ! -name '*.pyc' -delete
	tar -c --exclude=__pycache__ tests pyproject.toml | tar -x -C .venv-wheel
	cd .venv-wheel && $(SCRATCH) bin/python -P -m slipcover --source $(OURS) -m pytest $(TWO) -m "$(ON_WHEEL)" $(ARGS)

# The packages are those of .venv, whose hashes were looked at there: only our own are left behind.
.venv-wheel/.made-packages: .venv/.made-packages
	python3.11 -m venv --clear --without-pip .venv-wheel
	cp -R -p .venv/$(SITE)/. .venv-wheel/$(SITE)
	rm -rf .venv-wheel/$(SITE)/*dubu_plugin*
	@touch $@

# --- upkeep -----------------------------------------------------------------

.PHONY: lock
lock: setup ## choose the exact versions anew from pyproject.toml (make lock ARGS=--upgrade)
	build_tools/lock.sh $(BIN)/python $(ARGS)

.PHONY: clean
clean: ## remove everything that make made
	rm -rf .venv .venv-wheel .make node_modules $(VENDOR) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
