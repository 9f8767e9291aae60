"""Going back to the tables of an earlier release and forward again, with a partnership at work in them."""

import pytest
from sqlalchemy import text

from section11.services.api_tokens import create_api_token
from section11.services.trail import verify_trail
from section11.storage.migrations import go_back, migrate
from tests.services.builders import PARTNERSHIP, POLICE_RETURN, stored_answers
from tests.services.moderation_builders import a_panel, judged_alone


@pytest.fixture
def panel(office, tmp_path):
    panel = a_panel(office, tmp_path, seated=False)
    judged_alone(panel.town, POLICE_RETURN)
    create_api_token(panel.office, panel.town.admin, PARTNERSHIP, "Power BI")
    return panel


@pytest.mark.parametrize("revision", ["0007", "0006", "0005", "0004", "0003", "0002", "0001"])
def test_answers_and_the_trail_survive_the_way_back_and_forward(panel, revision):
    town, engine = panel.town, panel.office.store.engine
    before = stored_answers(town, POLICE_RETURN)

    go_back(engine, revision)
    migrate(engine)

    assert stored_answers(town, POLICE_RETURN) == before
    assert verify_trail(panel.office, town.admin).faults == ()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
