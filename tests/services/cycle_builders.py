"""A cycle of the town as tests prepare it, and what may happen to its set and its organisations meanwhile."""

from section11.services.cycles import create_cycle
from section11.services.taking_in.organisations import import_organisations
from tests.services.builders import (
    CYCLE,
    DUE,
    PARTNERSHIP,
    SET_ID,
    events,
)


def prepare(town, *, user=None, **changes):
    values = {
        "name": CYCLE, "due": DUE, "set_ids_by_type": {"*": SET_ID}, "partnership_ids": frozenset({PARTNERSHIP}),
    } | changes  # fmt: skip
    return create_cycle(town.office, user or town.admin, **values)


def import_rows(town, *rows):
    content = "\n".join(["id,name,type,status", *rows]).encode()
    import_organisations(town.office, town.admin, PARTNERSHIP, content, "organisations.csv")


def edit(town, file, right, wrong):
    path = town.standards / SET_ID / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")


def partnership_events(town, partnership=PARTNERSHIP):
    return [(one.name, dict(one.details)) for one in events(town, f"partnership:{partnership}")]
