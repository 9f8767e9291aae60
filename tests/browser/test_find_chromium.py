"""Finding the browser for the browser tests."""

from __future__ import annotations

import sys

from tests.browser.find_chromium import SETTING, WHAT_TO_DO, chromium_path, main


def test_a_browser_that_was_asked_for_and_is_not_there_is_named_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv(SETTING, "/no/such/browser")

    assert chromium_path() is None
    assert main() == 1
    assert capsys.readouterr().err.strip() == WHAT_TO_DO


def test_any_program_that_starts_may_be_the_browser_asked_for(monkeypatch, capsys):
    monkeypatch.setenv(SETTING, sys.executable)

    assert chromium_path() == sys.executable
    assert main() == 0
    assert capsys.readouterr().out.strip() == f"Chromium: {sys.executable}"
