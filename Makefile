# run: the dashboard from a bare clone · test: everything that must hold · bench: how fast it is
# crash: 200 refreshes killed at random moments with 8 readers · score: how well articles are read
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: run test bench crash score lock

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

crash: $(READY)
	@$(VENV)/bin/python -m tests.crash 200 8

score: $(READY)
	@$(VENV)/bin/python -m tests.reading.gold_score $(GOLD)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip sync --quiet --python $(VENV)/bin/python --require-hashes requirements.lock
	@$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

lock:
	$(VENV)/bin/uv lock --upgrade
	$(VENV)/bin/uv export --all-groups --no-emit-project --no-header --format requirements-txt --output-file requirements.lock
