# make run     the chat on the sample archive, or on your own: make run ARTICLES=folder
# make test    everything that is checked, from a bare machine on
# make check   the same without its set-up
# make setup   the environment alone: .venv with .venv/bin/onrecord
# make crash   the kills and power cuts of tests/crash at length, with their figures
# make screenshots   the pictures of docs/screenshots, of the sample archive as it is shown now
# make lock    the lock files anew, after a change of pyproject.toml or constraints.txt
# make sbom    a bill of materials of what is installed, as CycloneDX JSON, on standard output
# make train   train the reader and the question encoder again, from training/news and the public data in DATA; many hours
# make bench   what encoding, rebuilding, a question and a cold start take, in short; docs/performance.md has the long forms
# make peers   txtai, Haystack and LangChain in an environment of their own, for benchmarks beside them

PYTHON   ?= python3
# Empty is as good as not given; a name may hold spaces and quotes.
override ARTICLES := $(or $(ARTICLES),corpus/sample/articles)
# One index for each archive, so that going from one to another embeds nothing twice.
override INDEX := $(or $(INDEX),.onrecord/$(shell printf '%s' '$(subst ','\'',$(ARTICLES))' | sha256sum | cut -c1-12))

BIN := .venv/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check

# With LOCKED=yes each file is compared with its hash in a lock file, and nothing that stands in none is fetched. The lock
# files are for Linux on x86-64, CPython 3.11 and PyTorch's CPU build; by default versions go by constraints.txt alone.
LOCKED ?=

# $(call install,lock file,what)
ifeq ($(LOCKED),yes)
install = $(PIP) --require-hashes --only-binary :all: --no-deps --requirement $1 && $(PIP) --no-index --no-build-isolation --editable $2
else
install = $(PIP) --constraint constraints.txt --editable $2
endif

.PHONY: run setup test check lint types stories tests tests-code tests-browser browser clean

run: export ARTICLES := $(ARTICLES)
run: export INDEX := $(INDEX)
run: setup
	$(BIN)/onrecord index "$$ARTICLES" --index "$$INDEX"
	$(BIN)/onrecord serve --index "$$INDEX"

setup: .venv/installed

.venv/installed: pyproject.toml constraints.txt locked.txt
	@echo "Installing On Record into .venv (some 140 MB to fetch, 600 MB on disk, once)"
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("On Record needs Python 3.11 or newer; name one with: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv || $(PYTHON) -m venv --without-pip .venv
	$(call install,locked.txt,.)
	@touch $@

.venv/installed-dev: .venv/installed locked-dev.txt
	@echo "Installing the tools and PyTorch into .venv (without LOCKED=yes PyTorch's build for CUDA, several GB)"
	$(call install,locked-dev.txt,'.[dev]')
	@touch $@

test: .venv/installed-dev browser check

check: lint types stories tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

# What the reader learns from keeps to its format, its shares and its spans.
stories:
	$(BIN)/python -m training.news

# The browser tests have a process of their own, as their server shares it with no model; each fills about one core.
tests:
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target tests-code tests-browser

tests-code:
	$(BIN)/pytest --ignore=tests/browser

tests-browser:
	$(BIN)/pytest tests/browser

# The browser tests drive Debian's Chromium; without it they are skipped, and say so.
browser:
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Debian's chromium for the browser tests"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "**** BROWSER TESTS WILL BE SKIPPED: install Debian's package 'chromium' to run them ****"; \
	fi

# At length what `make tests` tries in short: a kill at every step and at 450 random times, some 400,000 crash states.
.PHONY: crash
crash: .venv/installed-dev
	CRASH=long $(BIN)/pytest tests/crash --log-cli-level=INFO

.PHONY: screenshots
screenshots: .venv/installed-dev browser
	$(BIN)/onrecord index corpus/sample/articles --index .onrecord/screenshots
	$(BIN)/python -m tests.browser.screenshots .onrecord/screenshots docs/screenshots

LOCK := .onrecord/lock

# pip chooses the files and says which in a report; nothing is installed. Only for the machine that the locks are for.
# setuptools builds On Record itself, with LOCKED=yes from what the lock has installed.
.PHONY: lock
lock: .venv/installed-dev
	mkdir -p $(LOCK)
	$(PIP) --constraint constraints.txt --only-binary :all: --dry-run --ignore-installed --report $(LOCK)/run.json . setuptools
	$(PIP) --constraint constraints.txt --only-binary :all: --dry-run --ignore-installed --report $(LOCK)/dev.json '.[dev]'
	$(BIN)/python -m supply.lock $(LOCK)/run.json $(LOCK)/dev.json

.PHONY: sbom
sbom: .venv/installed
	@$(BIN)/python -m supply.sbom

DATA ?= ../shared/data

.PHONY: train
train: .venv/installed-dev
	$(BIN)/python -m training.question_encoder.fit "$(DATA)" .onrecord/training
	$(BIN)/python -m training.question_encoder.export .onrecord/training/question_encoder.pt
	$(BIN)/python -m training.reader.fit "$(DATA)" .onrecord/training/reader
	$(BIN)/python -m training.reader.export .onrecord/training/reader/events.pt "$(DATA)"
	$(BIN)/python -m training.reader.weigh "$(DATA)"

BENCH := .onrecord/bench

.PHONY: bench
bench: .venv/installed-dev
	rm -rf $(BENCH)
	$(BIN)/python -m benchmarks.encode "$(DATA)" --texts 64 --rounds 3 --no-worth
	$(BIN)/python -m benchmarks.rebuild "$(DATA)" $(BENCH) --articles 500 --rebuilds 1
	$(BIN)/python -m benchmarks.scale $(BENCH)/index $(BENCH)/sizes --sizes 500,5000 --questions 40
	$(BIN)/python -m benchmarks.cold_start corpus/sample/articles $(BENCH)/cold --runs 3

.PHONY: peers
PEERS := .onrecord/peers/.venv

peers: $(PEERS)/installed

$(PEERS)/installed: benchmarks/peers/requirements.txt
	@echo "Installing txtai, Haystack and LangChain into $(PEERS), to measure beside On Record (some 1.6 GB, once)"
	@$(PYTHON) -m venv $(PEERS) || $(PYTHON) -m venv --without-pip $(PEERS)
	@$(PYTHON) -m pip --python $(PEERS)/bin/python install --quiet --disable-pip-version-check --requirement $<
	@touch $@

clean:
	rm -rf .venv .onrecord
