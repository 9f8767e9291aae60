"""How long the server takes for each dashboard: cold, when nothing is kept, and warm, with 600 organisations.

Each page is run as its script runs in the server, by somebody signed in, without a browser. Cold is the first run
after everything kept was dropped, as after a restart or a change to a return; warm is the median of five more runs.
Times are of the processor, so that what else the machine does changes little; on an idle one they are the wait.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

AGENCIES, SCHOOLS, CYCLES = 40, 560, 3
COLD_LIMIT, WARM_LIMIT = 1.0, 0.15
WARM_RUNS = 5
PAGES = {
    "Returns": ("returns.py", {"cycle": "{latest}"}),
    "Heat map": ("heat_map.py", {"cycle": "{before}", "by": "arrangement"}),
    "Heat map, one set": ("heat_map.py", {"cycle": "{before}", "by": "standard"}),
    "One standard": ("standard.py", {"cycle": "{before}", "standard": "education-2026/E1"}),
    "One question": ("standard.py", {"cycle": "{before}", "standard": "education-2026/E1", "question": "E1.1"}),
    "Profile": ("profile.py", {"assessment": "{before}.riverdale-police"}),
    "Trend": ("trend.py", {"cycle": "{latest}"}),
    "Calibration": ("calibration.py", {"cycle": "{before}", "set": "section11-2026 1"}),
    "Action register": ("action_register.py", {"cycle": "{latest}"}),
}
"""File and address of each page; the latest cycle of the demo is open, the one before is complete."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds of one page."""

    page: str
    cold: float
    warm: float

    @property
    def is_kept(self) -> bool:
        return self.cold <= COLD_LIMIT and self.warm <= WARM_LIMIT


def run() -> list[PageTime]:
    """Build a demo of 600 organisations in a folder of its own and measure every page of it."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as folder:
        os.environ["SECTION11_DATA_DIR"] = folder
        os.environ.pop("SECTION11_DATABASE_URL", None)
        # The settings are read once in a process, so nothing of ours may be imported before.
        return _measured()


def _measured() -> list[PageTime]:
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from section11.services.accounts import sign_in
    from section11.services.demo import build_demo
    from section11.services.demo.people import PASSWORD
    from section11.services.office import this_office
    from section11.ui import navigation, session

    office = this_office()
    build_demo(office, agencies=AGENCIES, schools=SCHOOLS, cycles=CYCLES)
    token = sign_in(office, "scrutiny@riverdale.example", PASSWORD).token
    session.session_token = lambda: token
    app = Path(navigation.__file__).parent / "app.py"
    with office.store.reading() as work:
        latest, before, *_ = sorted((one.id for one in work.cycles.all()), reverse=True)
    found = []
    for title, (file, address) in PAGES.items():
        at = AppTest.from_file(app, default_timeout=60).run()
        at.query_params = {name: value.format(latest=latest, before=before) for name, value in address.items()}
        at.switch_page(f"screens/{file}")
        st.cache_data.clear()
        st.cache_resource.clear()
        cold = _seconds(at.run)
        if at.exception or at.error:
            raise RuntimeError(f"{title}: {at.exception or at.error}")
        found.append(PageTime(title, cold, median(_seconds(at.run) for _ in range(WARM_RUNS))))
    return found


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def table(times: list[PageTime]) -> str:
    """Return the times as a Markdown table, in milliseconds."""
    lines = [
        f"| {one.page} | {one.cold * 1000:.0f} ms | {one.warm * 1000:.0f} ms | {'yes' if one.is_kept else 'no'} |"
        for one in times
    ]
    heading = f"| page, {AGENCIES + SCHOOLS} organisations, {CYCLES} cycles | cold | warm | within the limits |"
    return "\n".join([heading, "|---|---:|---:|---|", *lines])


if __name__ == "__main__":
    print(table(run()))
