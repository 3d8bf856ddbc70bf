# The whole project by `make`: needs git, make and Python 3.11 or later, nothing else. docs/setup.md tells what each does.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)
SHAILOO = .venv/bin/shailoo

.PHONY: help setup demo test bench lock clean

help:
	@echo "make setup            prepare .venv with .venv/bin/shailoo, the style sheets and the translations"
	@echo "make demo             set up, count a whole election and show it at http://127.0.0.1:8000/"
	@echo "make demo RESULTS=F   the same with the precinct results of file F"
	@echo "make test             set up, then every check and test, a real browser included"
	@echo "make bench            set up, then the speed measurements"
	@echo "make lock             resolve the requirements anew, with hashes"
	@echo "make clean            remove what these commands made; never the data"

setup:
	@$(if $(PYTHON),,echo "Python 3.11 or later is needed: install python3, or name one by make PYTHON=..." >&2; exit 2;) \
	$(PYTHON) tools/setup.py

demo: setup
	@$(SHAILOO) demo $(if $(RESULTS),--results "$(RESULTS)")

test: setup
	@.venv/bin/python tools/check.py

bench: setup
	@.venv/bin/python -m pytest benchmarks -o "python_files=bench_*.py" -p no:xdist --benchmark-only

lock: setup
	@.venv/bin/python tools/lock.py

clean:
	rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks test-results
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src -name '*.mo' -delete
