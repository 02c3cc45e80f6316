# The same words on a developer's machine and in CI.
# PORT=, VAR_DIR= and DATABASE_URL= are read from the environment; ARGS= goes to the tool itself.

PY := .venv/bin/python
DEV := sh bin/python bin/environment.py dev

.PHONY: help run test access browser check format messages lock bench clean

help:
	@echo 'make run       serve the site with its demonstration content (PORT=8000)'
	@echo 'make test      run the tests (ARGS="tests/common -k outbox")'
	@echo 'make access    ask every address as every role (ARGS=--rewrite-access writes the table)'
	@echo 'make browser   run the browser tests (Chromium, axe, Nu HTML Checker)'
	@echo 'make check     format, lint, types, imports, templates, translations, migrations'
	@echo 'make format    format the code'
	@echo 'make messages  collect the messages to translate and compile the catalogues'
	@echo 'make lock      compile requirements/*.in into requirements/*.txt, with hashes'
	@echo 'make bench     measure requests per second, CPU and SQL of the pages'
	@echo 'make clean     delete the database, the files and the caches of the tools'

run:
	@exec sh bin/python bin/run.py

test:
	@$(DEV)
	@$(PY) -m pytest -n 2 $(ARGS)

access:
	@$(DEV)
	@$(PY) -m pytest -m access -n 2 tests/access $(ARGS)

browser:
	@$(DEV)
	@test -d tests/browser/node_modules/axe-core || (cd tests/browser && npm ci)
	@$(PY) -m pytest -m browser -n 2 --dist loadgroup -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true tests/browser $(ARGS)

check:
	@$(DEV)
	@$(PY) bin/check.py $(ARGS)

format:
	@$(DEV)
	@$(PY) -m ruff check --fix-only --quiet
	@$(PY) -m ruff format

messages:
	@$(DEV)
	@$(PY) bin/messages.py

lock:
	@$(DEV)
	@$(PY) bin/lock.py

bench:
	@$(DEV)
	@$(PY) -m bench.run $(ARGS)

clean:
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
