# run: the dashboard from a bare clone · test: everything that must hold · bench: how fast it is
# sheet: every figure in every size and language on sheets to look at, in screenshots/
# crash: 200 refreshes and 60 additions to the lake killed at random moments with readers
# large-flows: a table of 1 GB under a bound of 512 MB, killed half way and resumed
# score: how well articles are read
PORT ?= 8501
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark

.PHONY: run test bench bench-flows sheet crash large-flows score lock

run: $(READY)
	$(VENV)/bin/amur serve --port $(PORT)

test: $(SPARK)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	tests/browser/chromium.sh
	tests/serving/nginx.sh
	$(VENV)/bin/python -m pytest

bench: $(READY)
	@$(VENV)/bin/python -m bench.run

# 1, 10 and 50 million rows, Spark too: nine minutes and 10 GB of /tmp
bench-flows: $(SPARK)
	@$(VENV)/bin/python -m bench.flows 1 10 50

sheet: $(READY)
	@$(VENV)/bin/python -m tests.export.contact_sheet screenshots

crash: $(READY)
	@$(VENV)/bin/python -m tests.crash 200 8
	@$(VENV)/bin/python -m tests.crash_flows 60 4

large-flows: $(READY)
	@$(VENV)/bin/python -m tests.large_flows 1024 512

score: $(READY)
	@$(VENV)/bin/python -m tests.reading.gold_score $(GOLD)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip sync --quiet --python $(VENV)/bin/python --require-hashes requirements.lock
	@$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Spark is only for tests and clusters; `make run` does without its 450 MB
$(SPARK): requirements-spark.lock $(READY)
	@$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --require-hashes -r requirements-spark.lock
	@touch $(SPARK)

lock: $(READY)
	$(VENV)/bin/uv lock --upgrade
	$(VENV)/bin/uv export --group dev --no-emit-project --no-header --format requirements-txt --output-file requirements.lock
	$(VENV)/bin/uv export --no-dev --no-emit-project --no-header --format requirements-txt --output-file deploy/requirements.lock
	$(VENV)/bin/uv export --only-group spark --no-emit-project --no-header --format requirements-txt --output-file requirements-spark.lock
