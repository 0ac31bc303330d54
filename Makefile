# make run · make test · make bench · make dev      (see README.md)
SHELL := /bin/bash
LISTEN ?= 127.0.0.1:8080
CARGO ?= cargo
RELEASE := target/release/corridor
DEBUG := target/debug/corridor
BUILT := crates/corridor/assets/built/.done
WEB := $(shell find web/src web/styles web/scripts web/build.mjs web/icons.txt web/package-lock.json -type f 2>/dev/null)
TEMPLATES := $(shell find crates/corridor/templates -type f 2>/dev/null)

.PHONY: run dev test bench assets tools check format lint unit web-check end-to-end documentation screenshots clean

## Build everything, make the demonstration database from data/, and serve it.
run: tools assets
	@$(CARGO) build --release --quiet -p corridor
	@$(RELEASE) demo --pack data --listen $(LISTEN)

## The same with a debug build, for working on Corridor.
dev: tools assets
	@$(CARGO) build -p corridor
	@$(DEBUG) demo --pack data --listen $(LISTEN)

tools:
	@command -v $(CARGO) >/dev/null || { echo "Corridor is built with Rust 1.95 or newer: install rustup from rust-lang.org"; exit 1; }
	@command -v cc >/dev/null || { echo "a C compiler is missing (Debian: apt-get install gcc)"; exit 1; }
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is missing (Debian: apt-get install nodejs npm)"; exit 1; }
	@node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || { echo "Node 20 or newer is needed, this is $$(node --version)"; exit 1; }

assets: $(BUILT)

web/node_modules/.done: web/package-lock.json
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

$(BUILT): web/node_modules/.done $(WEB) $(TEMPLATES)
	@cd web && npm run --silent build
	@touch $@

## Everything that must be green: format, lints, unit, property and story tests on both databases, documentation,
## browser code, pages in Chromium with axe. Nothing is skipped: what is missing fails with the sentence that mends it.
test: tools format lint unit documentation web-check end-to-end
	@echo "all of it is green"

format:
	$(CARGO) fmt --all -- --check

lint: assets
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings

unit: assets
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
	  .ci/with_postgres $(CARGO) nextest run --workspace --no-fail-fast --status-level fail --final-status-level fail; \
	else \
	  .ci/with_postgres $(CARGO) test --workspace --lib --bins --tests --quiet; \
	fi
	$(CARGO) test --workspace --doc --quiet

documentation:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --quiet

web-check: web/node_modules/.done
	cd web && npm run --silent check

e2e/node_modules/.done: e2e/package-lock.json
	@cd e2e && npm ci --silent --no-audit --no-fund
	@touch $@

end-to-end: assets e2e/node_modules/.done
	$(CARGO) build -p corridor --quiet
	.ci/with_chromium .ci/end_to_end $(DEBUG)
	.ci/with_postgres .ci/with_chromium .ci/end_to_end $(DEBUG) --postgres --pack crates/corridor/tests/fixtures/pack "^(accounts|rights|ihi|event):"

## The pictures of the guide and of README, made anew from a running demonstration.
screenshots: assets e2e/node_modules/.done
	@$(CARGO) build --release --quiet -p corridor
	.ci/with_chromium .ci/end_to_end $(RELEASE) --screenshots docs/pictures

## Benchmarks against data and peers that are not part of the project: make bench SHARED=../shared
bench:
	@test -n "$(SHARED)" || { echo "say where the benchmark data is: make bench SHARED=../shared"; exit 1; }
	bench/run "$(SHARED)"

clean:
	rm -rf target var crates/corridor/assets/built web/node_modules e2e/node_modules
