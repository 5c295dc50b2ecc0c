# Everything a newcomer or CI calls. `make demo` and `make test` need Python >= 3.11 and nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal
READY  := $(VENV)/ready

.PHONY: demo test check lint types locale golden schema calibrate coverage conformance portfolio bench own dist lock clean

demo: $(READY)          ## scan the demo shop and write report.html
	$(BIN)/outlast scan fixtures/demo --html report.html
	@echo "The report: file://$(CURDIR)/report.html"

test: $(READY)          ## run all tests
	$(PYTEST)

check: lint types       ## before a commit: all but the tests in browsers, on clusters and over many processes
	$(PYTEST) -m "not slow"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/outlast rules lint

types: $(READY)
	$(BIN)/mypy

locale: $(READY)        ## add new messages to the catalogues of scanner/locale; then translate them
	$(BIN)/python -m tests.locale

golden: $(READY)        ## rewrite the expected outputs of the tests; read the diff
	OUTLAST_GOLDEN=1 $(PYTEST)

schema: $(READY)        ## rewrite the published schemas from the types
	$(BIN)/python -m tests.schemas

calibrate: $(READY)     ## LABELS=labels.csv: verdicts against labels that somebody else gave
	$(BIN)/python -m tests.calibration.calibrate $(LABELS)

coverage: $(READY)      ## CORPUS=DIR: how much of what real projects depend on the rules know
	$(BIN)/python -m tests.calibration.coverage $(CORPUS)

conformance: $(READY)   ## CORPUS=DIR: components against what two other tools read
	$(BIN)/python -m tests.conformance.conformance $(CORPUS)

portfolio: $(READY)     ## make 10,000 projects, scan them as a batch, and print times, memory and sizes
	$(BIN)/python -m tests.bench.portfolio

bench: $(READY)         ## times, memory and ratios as one table, and in build/bench.json; CORPUS=DIR for real lockfiles
	$(BIN)/python -m tests.bench

bench-peers: $(READY)   ## install syft and cdxgen into build/peers, for make bench
	$(BIN)/python -m tests.bench.peers

bench-page: $(READY)    ## put build/bench.json into docs/benchmarks.md
	$(BIN)/python -m tests.bench.table build/bench.json docs/benchmarks.md

fuzz: $(READY)          ## SECONDS=600: spoilt inputs for everything that reads what others wrote
	-$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600)

soak: $(READY)          ## 200 scans in one process, then 2,000 in a row: memory and open files
	$(BIN)/python -m tests.bench.soak

audit: $(READY)         ## known vulnerabilities of everything that requirements-dev.txt pins; asks the package index
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements-dev.txt --no-deps --disable-pip --strict --progress-spinner off

$(READY): pyproject.toml requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "outlast needs Python 3.11 or later, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

own dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)

own: $(READY)           ## what outlast asks of itself: its policy, and an SBOM of it in build/
	mkdir -p build
	$(BIN)/outlast check . --config .ci/outlast.toml --offline --no-progress --output cyclonedx=build/outlast.cdx.json

dist: $(READY) own      ## the wheel, the sdist, the SBOM and their checksums in dist/, the same at every build
	rm -rf dist
	$(BIN)/python -m hatchling build
	cp build/outlast.cdx.json dist/
	cd dist && sha256sum * > SHA256SUMS

lock:                   ## write requirements-dev.txt anew: every dependency, with its hashes
	uv pip compile pyproject.toml --group dev --extra batch --extra dask --extra xml --universal \
	  --python-version 3.11 --generate-hashes --quiet --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
