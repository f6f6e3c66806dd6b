# run: the dashboard from a bare clone · test: everything that must hold · bench: how fast it is
# sheet: every figure in every size and language on sheets to look at, in screenshots/
# crash: 200 refreshes killed at random moments with 8 readers
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: run test bench sheet crash lock

run: $(READY)
	$(VENV)/bin/amur serve --port $(PORT)

test: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	tests/browser/chromium.sh
	$(VENV)/bin/python -m pytest

bench: $(READY)
	@$(VENV)/bin/python -m bench.run

sheet: $(READY)
	@$(VENV)/bin/python -m tests.export.contact_sheet screenshots

crash: $(READY)
	@$(VENV)/bin/python -m tests.crash 200 8

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip sync --quiet --python $(VENV)/bin/python --require-hashes requirements.lock
	@$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

lock:
	$(VENV)/bin/uv lock --upgrade
	$(VENV)/bin/uv export --all-groups --no-emit-project --no-header --format requirements-txt --output-file requirements.lock
