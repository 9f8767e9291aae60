"""What an organisation and the board see of a moderation, once it is released."""

from tests.app.browsing import go_to, links_on, words_on
from tests.services.builders import (
    POLICE_RETURN,
)
from tests.services.moderation_builders import (
    judge,
    judge_everything,
    released,
)


def moderate_page(panel, open_app, user, **address):
    return go_to(open_app(panel.office, user), "moderate.py", assessment=POLICE_RETURN, **address)


def test_the_organisation_sees_both_ratings_side_by_side_once_they_are_released_and_not_before(panel, open_app):
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.2", "partly_met", reason="Two of five teams.")
    app = open_app(panel.office, panel.town.contributor)
    before = words_on(go_to(app, "whole_return.py", assessment=POLICE_RETURN))
    assert "Two of five teams." not in before
    assert "What scrutiny found" not in before

    at = moderate_page(panel, open_app, panel.ann)
    at.button(key="page.finish").click().run()
    at.button(key="page.release").click().run()

    after = words_on(go_to(open_app(panel.office, panel.town.contributor), "whole_return.py", assessment=POLICE_RETURN))
    assert "1 rating of 4 differ from the organisation's own. Moderated by scrutiny_lead of riverdale." in after
    assert "Two of five teams." in after
    assert ":orange-badge[Partly met] Evidence: documented." in after


def test_the_board_reads_what_is_released(panel, open_app):
    at = go_to(open_app(panel.office, panel.town.board), "released.py")
    assert "Nothing has been released yet." in words_on(at)
    released(panel)

    at.run()

    said = words_on(at)
    assert "1 return released." in said
    assert "What scrutiny found" in said
    assert "Reviewed by the board in January 2026." in said


def test_the_boards_home_has_what_is_released_in_numbers_and_the_way_to_read_it(panel, open_app):
    released(panel)

    at = open_app(panel.office, panel.town.board)

    said = words_on(at)
    assert "1 of 4 returns released." in said
    assert links_on(at)["Read each released return"].endswith("cycle=2026")
    assert links_on(at)["See the figures"].endswith("cycle=2026")
    assert "Fewer than five, so their figures are withheld." in words_on(go_to(at, "released.py"))


def test_the_return_of_an_organisation_links_to_its_moderation(panel, open_app):
    at = go_to(open_app(panel.office, panel.ann), "organisation.py", assessment=POLICE_RETURN)

    assert links_on(at)["Moderate"] == f"assessment={POLICE_RETURN}"
