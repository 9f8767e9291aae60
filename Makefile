# What people do with this project: install, run, test, check. Each target works on a fresh machine.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
PY := .venv/Scripts/python.exe
else
PY := .venv/bin/python
endif
APP := .venv/installed
DEV := .venv/installed-dev
# Every command and server that a test starts would otherwise compile the whole product for itself.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install run test drill check bench docs

install: $(APP)

$(APP): requirements.txt
	test -x $(PY) || $(PYTHON) -m venv --upgrade-deps .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $(APP)

$(DEV): requirements.txt requirements-dev.txt
	test -x $(PY) || $(PYTHON) -m venv --upgrade-deps .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(APP) $(DEV)

run: $(APP)
	$(PY) -m section11 demo --if-new
	$(PY) -m streamlit run audit_app.py

test: $(DEV)
	$(PY) tests/browser/find_chromium.py
	$(PY) -m pytest -n auto

# What takes too long for every change and must have been seen before a release: many more kills, races and interleavings,
# and every look of every page.
drill: $(DEV)
	SECTION11_HOSTILE=whole SECTION11_LOOKS=whole SECTION11_INTERLEAVINGS=2000 SECTION11_KILLS=200 SECTION11_SERVER_KILLS=25 SECTION11_RACING_SAVES=10000 \
		$(PY) -m pytest -n auto --timeout 3000 tests/hostile tests/storage/test_power_cut.py tests/storage/test_racing_saves.py tests/services/test_moderation_interleavings.py tests/browser/test_accessibility.py

check: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: $(DEV)
	$(PY) -m bench

docs: $(APP)
	$(PY) -m section11 reference
