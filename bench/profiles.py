"""Where the time of one save, one form opening and one heat map goes, by subject, as cProfile measures it."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from bench.limits import Result
from bench.tables import table
from section11.config import PROJECT_DIR

SAVES, OPENINGS, MAPS = 200, 20, 5
SHORT_SAVES, SHORT_OPENINGS, SHORT_MAPS = 3, 1, 1
AGENCIES, SCHOOLS = 40, 160
MOST_SHOWN = 7
MOST_FUNCTIONS = 6
NEARLY_ALL = 0.9
TIMEOUT_SECONDS = 240
SUBJECTS = (
    ("SQLAlchemy", ("sqlalchemy",)),
    ("our SQL (storage)", ("section11/storage",)),
    ("our rules (services, domain, definitions)", ("section11/services", "section11/domain", "section11/definitions")),
    ("our pages (ui)", ("section11/ui",)),
    ("our figures (reports)", ("section11/reports",)),
    ("Streamlit", ("streamlit",)),
    ("the driver of the database, with the wait for the disk", ("sqlite3", "psycopg")),
    ("protocol buffers", ("protobuf", "upb")),
)
"""A subject and what the places of its functions have in common; the first that fits counts."""
OTHERS = "Python's own library and the rest"


def run(is_short: bool) -> Result:
    """Profile all three in a process of their own, because it holds a whole application."""
    counts = (SHORT_SAVES, SHORT_OPENINGS, SHORT_MAPS) if is_short else (SAVES, OPENINGS, MAPS)
    command = [sys.executable, "-m", "bench.profiles", *map(str, counts)]
    done = subprocess.run(
        command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=TIMEOUT_SECONDS
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    parts = "\n".join(_part(title, one) for title, one in found.items())
    return Result(
        f"""## Where the time goes

Measured with cProfile, on SQLite, in a demo of {AGENCIES + SCHOOLS} organisations, each by itself: the save and the
form warm, the heat map cold, with nothing counted before. The profiler makes every call of a function dearer, so the
shares count and not the milliseconds. The save is the service alone; the form, of a return that is half filled in, and
the heat map are whole runs of their pages, as Streamlit runs them. What the server does around a run (the thread, the
messages, the socket) is not in it: compare with "server time of a step" above.

{parts}"""
    )


def _part(title: str, found: dict[str, Any]) -> str:
    rows = [(subject, f"{share:.0%}") for subject, share in found["subjects"][:MOST_SHOWN]]
    dearest = "; ".join(f"`{name}` {share:.0%}" for name, share in found["functions"])
    return f"""### {title}: {found["milliseconds"]:.1f} ms with the profiler

{table(("subject, by its own time", "share"), rows)}

Of ours, with all they call: {dearest}.
"""


def main() -> None:
    """Profile so many saves, openings and maps, and print them as JSON."""
    saves, openings, maps = (int(one) for one in sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as folder:
        os.environ["SECTION11_DATA_DIR"] = folder
        os.environ["SECTION11_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'section11.db'}"
        # The settings are read once in a process, so what reads them is imported only now.
        from section11.services.demo import build_demo
        from section11.services.office import this_office

        office = this_office()
        try:
            build_demo(office, agencies=AGENCIES, schools=SCHOOLS, cycles=2)
            found = {
                "One save": _save(office, saves),
                "One form opening": _form(office, openings),
                "One heat map, cold": _heat_map(office, maps),
            }
            print(json.dumps(found))
        finally:
            office.store.close()


def _save(office: Any, count: int) -> dict[str, Any]:
    from section11.domain.people import Role
    from section11.domain.workflow import EDITABLE
    from section11.services.answering import save_answer, view_assessment

    with office.store.reading() as work:
        latest = work.cycles.all()[0]
        place = next(
            one.assessment for one in work.assessments.in_cycle(latest.id) if one.assessment.status in EDITABLE
        )
        staff = work.accounts.users_in(partnership_ids=[], organisation_ids=[place.organisation_id])
    user = next(one for one in staff if one.organisations_as(Role.CONTRIBUTOR))
    view = view_assessment(office, user, place.id)
    question = next(one for one in view.standards_set.questions_for(place.organisation_type) if one.is_rated)
    version = view.answer_to(question.id).version

    def save(number: int) -> None:
        nonlocal version
        saved = save_answer(office, user, place.id, question.id, expected_version=version, evidence=f"Words {number}.")
        version = saved.version

    save(-1)
    profile = cProfile.Profile()
    profile.enable()
    for number in range(count):
        save(number)
    profile.disable()
    return _summary([profile], count)


def _form(office: Any, count: int) -> dict[str, Any]:
    at = _opened(office, "contributor", "assessment.py", assessment="2026.riverdale-police")
    with _profiled_threads() as profiles:
        for _ in range(count):
            at.run()
    return _summary(profiles, count)


def _heat_map(office: Any, count: int) -> dict[str, Any]:
    import streamlit as st

    at = _opened(office, "scrutiny", "heat_map.py", cycle="2026", by="arrangement")
    with _profiled_threads() as profiles:
        for _ in range(count):
            st.cache_data.clear()
            st.cache_resource.clear()
            at.run()
    return _summary(profiles, count)


def _opened(office: Any, mailbox: str, file: str, **address: str) -> Any:
    """Return a page of somebody of the demo, opened once.

    Raises:
        RuntimeError: it shows an error.
    """
    from streamlit.testing.v1 import AppTest

    from section11.services.accounts import sign_in
    from section11.services.demo.people import PASSWORD
    from section11.ui import navigation, session

    token = sign_in(office, f"{mailbox}@riverdale.example", PASSWORD).token
    session.session_token = lambda: token
    app = Path(navigation.__file__).parent / "app.py"
    at = AppTest.from_file(app, default_timeout=60).run()
    for name, value in address.items():
        at.query_params[name] = value
    at.switch_page(f"screens/{file}").run()
    if at.exception or at.error:
        raise RuntimeError(f"{file} did not open: {at.exception or at.error}")
    return at


class _profiled_threads:  # noqa: N801  read as the words of a sentence, like a function
    """Profile every thread that starts meanwhile; each run of a page is one."""

    def __enter__(self) -> list[cProfile.Profile]:
        self._profiles: list[cProfile.Profile] = []
        threading.setprofile(self._begin)
        return self._profiles

    def __exit__(self, *_: object) -> None:
        threading.setprofile(None)  # type: ignore[arg-type]

    def _begin(self, _frame: FrameType, _event: str, _argument: object) -> Callable[..., None] | None:
        # It takes the place of this function, which Python calls at the first event of a new thread.
        profile = cProfile.Profile()
        self._profiles.append(profile)
        profile.enable()
        return None


def _summary(profiles: list[cProfile.Profile], count: int) -> dict[str, Any]:
    own: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for profile in profiles:
        profile.disable()
        for (file, _, name), (_, _, own_seconds, all_seconds, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
            own[_subject(file, name)] += own_seconds
            place = file.replace(os.sep, "/").partition("/section11/")[2]
            if place and not name.startswith("<"):
                inside[f"{name} ({place})"] += all_seconds
    total = sum(own.values())
    shares = [(name, seconds / total) for name, seconds in inside.most_common()]
    return {
        "milliseconds": total / count * 1000,
        "subjects": [(subject, seconds / total) for subject, seconds in own.most_common()],
        # What holds nearly all of it says nothing of where it goes.
        "functions": [(name, share) for name, share in shares if share < NEARLY_ALL][:MOST_FUNCTIONS],
    }


def _subject(file: str, name: str) -> str:
    place = f"{file}:{name}".replace(os.sep, "/")
    return next((subject for subject, marks in SUBJECTS if any(mark in place for mark in marks)), OTHERS)


if __name__ == "__main__":
    main()
