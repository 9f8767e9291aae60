# What people do with this project: install, run, test, check. Each target works on a fresh machine.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
PY := .venv/Scripts/python.exe
else
PY := .venv/bin/python
endif
APP := .venv/installed
DEV := .venv/installed-dev

.PHONY: install run test check bench docs

install: $(APP)

$(APP): requirements.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $(APP)

$(DEV): requirements.txt requirements-dev.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(APP) $(DEV)

run: $(APP)
	$(PY) -m section11 demo --if-new
	$(PY) -m streamlit run audit_app.py

test: $(DEV)
	$(PY) tests/browser/find_chromium.py
	$(PY) -m pytest -n auto

check: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: $(DEV)
	$(PY) -m bench

docs: $(APP)
	$(PY) -m section11 reference
