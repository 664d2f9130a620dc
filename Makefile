# The front door. `make demo` and `make test` need nothing but Python 3.11 or newer and a
# connection to the Python package index the first time; everything lands in .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := .demo
KG := $(BIN)/kg

# The newest Python that spaCy has wheels for; `make PYTHON=…` takes another.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

.PHONY: demo test lint check readme bench test-ray docs calibrate golden clean environment help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/	/' | expand -t 14

environment: $(READY) ## .venv with the product and its tools

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (a minute or two, once) …"
	@rm -rf $(VENV)
	@if uv pip install --help 2>/dev/null | grep -q -- --group; then \
		uv venv --quiet --python "$(PYTHON)" $(VENV) \
		&& uv pip install --quiet --python $(BIN)/python --editable '.[sources]' --group dev; \
	else \
		"$(PYTHON)" -m venv $(VENV) \
		&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' \
		&& $(BIN)/python -m pip install --quiet --editable '.[sources]' --group dev; \
	fi
	@touch $@

demo: $(READY) ## the corpus as a graph, three answers, maps and a briefing, in .demo/
	@$(KG) build corpus --graph $(DEMO)/graph
	@printf '\nWhich joint facilities exist, and who made and hosts them?\n\n'
	@$(KG) ask facilities --graph $(DEMO)/graph
	@printf '\nWhich agreements were signed since 2019, and between whom?\n\n'
	@$(KG) ask agreements --param status=signed --param since=2019 --graph $(DEMO)/graph
	@printf '\nWhich rectors and directors of Kazakhstan met colleagues from China?\n\n'
	@$(KG) ask encounters --param role=rector --graph $(DEMO)/graph
	@printf '\n'
	@$(KG) map --graph $(DEMO)/graph --output $(DEMO)/map.html
	@$(KG) map --graph $(DEMO)/graph --focus "Turan University" --output $(DEMO)/turan.html
	@$(KG) brief --graph $(DEMO)/graph --output $(DEMO)/brief.html --no-pdf
	@echo "Ask on with $(KG) questions and $(KG) ask QUESTION --graph $(DEMO)/graph"

test: $(READY) ## all tests
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

test-ray: $(READY) ## reading on a Ray cluster of three nodes, one killed; installs Ray (280 MB)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ray]' \
		|| uv pip install --quiet --python $(BIN)/python --editable '.[ray]'
	@$(BIN)/python -m pytest -q tests/extraction/engines/test_cluster.py

lint: $(READY) ## style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict -p kg

check: test lint ## what the continuous integration runs

readme: $(READY) ## the README's outputs and figures, made anew
	@$(BIN)/python tests/test_readme.py

bench: $(READY) ## every benchmark; BENCH_ARGS=--short for a first look
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

docs: $(READY) ## all terms of the ontology, as a page: build/docs/terms.html
	@mkdir -p build/docs
	@$(KG) build corpus --graph build/docs/graph
	@$(KG) describe --html build/docs/terms.html --graph build/docs/graph

calibrate: $(READY) ## the confidences, fitted anew on the annotated texts
	@$(BIN)/python -m kg.evaluation.calibration corpus $(wildcard tests/data/practice)

golden: $(READY) ## the expected answers of the questions, made anew
	@PYTHONPATH=tests/graph $(BIN)/python tests/queries/goldens.py

clean: ## take away what was made
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
