# Commands of this project. `make run` and `make test` install what is missing first.

SWIFT_FLAGS = --explicit-target-dependency-import-check error
RELEASE = .build/release/luyan
DATA ?= data
HOST ?= 127.0.0.1
PORT ?= 8080

.PHONY: help run build test conformance fuzz format lint bench clean

help:
	@echo "make run      build, start a server with an example in $(DATA)/, print its address and sign-in links"
	@echo "make test     every check: Swift, web, tidy, end to end (make test STEPS='tidy swift' for some)"
	@echo "make conformance   all 517 Autobahn cases: server and client, plain and over TLS"
	@echo "make fuzz     the fuzzers of Tests/Fuzz, 60 s each (ARGS='--grow Frames' for one, into the corpus)"
	@echo "make format   put Swift and web sources into the project's format"
	@echo "make lint     format, tidy and web checks, without changing anything"
	@echo "make bench    figures beside what is possible here (ARGS=--help; PEERS=DIR for further servers)"
	@echo "make clean    remove what was built (data stays)"

run: build
	$(RELEASE) serve --data "$(DATA)" $(if $(LAN),--lan,--host $(HOST)) --port $(PORT) --demo

build:
	@scripts/install run
	swift build -c release --product luyan $(SWIFT_FLAGS)

test:
	@scripts/test $(STEPS)

conformance: build
	@scripts/install test
	swift build -c release --product ConformanceClient $(SWIFT_FLAGS)
	LUYAN_BIN=$(CURDIR)/$(RELEASE) CONFORMANCE=whole \
		CONFORMANCE_CLIENT=$(CURDIR)/.build/release/ConformanceClient \
		.venv/bin/pytest -q Tests/EndToEnd/test_conformance.py

fuzz:
	@scripts/install test
	scripts/fuzz --seconds 60 $(ARGS)

format:
	swift format --in-place --recursive Package.swift Sources Tests
	@scripts/web format

lint:
	@scripts/install test
	@scripts/test format tidy web

bench: build
	scripts/bench/run --no-build $(ARGS)

clean:
	rm -rf .build .build-fuzz .artifacts
