"""Writing a board pack and making it final: a final one never changes, and nobody writes over a colleague's words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from section11.domain.board_packs import PLAN, THEMES, PlannedAction, plan_in
from section11.domain.people import OPERATOR
from section11.errors import BadInputError, NotAvailableError, NotOurFileError, NotPermittedError, StalePackWordsError
from section11.services.board_pack_files import Form, download_draft, download_pack, present_pack
from section11.services.board_packs import (
    list_packs,
    make_final,
    pack_figures,
    save_plan,
    save_words,
    view_draft,
)
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.slide_templates import drop_template, keep_template, list_templates
from section11.services.trail import partnership_stream, verify_trail
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    a_town,
    answer_everything,
    open_a_cycle,
    submitted,
)
from tests.small_files import a_template

RETURNED = "returned"


@pytest.fixture
def town(town):
    submitted(town, POLICE_RETURN)
    return town


def draft(town, user=None, cycle=CYCLE):
    user = user or town.scrutiny
    return view_draft(town.office, user, cycle, pack_figures(town.office, user, cycle))


def said(town, key=RETURNED):
    [sentence] = [one for some in draft(town).sentences.values() for one in some if one.key == key]
    return sentence


def fire_returns(town):
    answer_everything(town, town.fire_contributor, FIRE_RETURN)
    send_for_sign_off(town.office, town.fire_contributor, FIRE_RETURN)
    sign_off(town.office, town.fire_approver, FIRE_RETURN, agreed=True)


def edit(town, words, *, version=0, key=RETURNED, user=None):
    made_from = said(town, key).from_figures
    return save_words(
        town.office, user or town.scrutiny, CYCLE, key, words, expected_version=version, made_from=made_from
    )


def events(town, name):
    with town.office.store.reading() as work:
        return [one for one in work.audit_trail.events(partnership_stream(PARTNERSHIP)) if one.name == name]


def final_html(town, number, **more):
    return download_pack(town.office, town.board, CYCLE, number, Form.WEB_PAGE, **more).content.decode()


def test_a_colleague_s_words_are_never_written_over(town):
    edit(town, "Mine")

    with pytest.raises(StalePackWordsError):
        edit(town, "Theirs", version=0)

    assert said(town).words == "Mine"
    assert len(events(town, "board_pack_edited")) == 1


@pytest.mark.parametrize(
    ("part", "words", "sentence"),
    [
        ("no-such-rule", "x", "The board pack has no such part. Reload the page and try again."),
        (RETURNED, "x" * 1001, "This has 1,001 characters and at most 1,000 can be kept. Shorten it."),
        (THEMES, "x" * 20_001, "This has 20,001 characters and at most 20,000 can be kept. Shorten it."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence_and_leaves_no_trace(town, part, words, sentence):
    with pytest.raises(BadInputError) as refused:
        save_words(town.office, town.scrutiny, CYCLE, part, words, expected_version=0)

    assert refused.value.user_message == sentence
    assert draft(town).parts == {}
    assert events(town, "board_pack_edited") == []


def test_a_plan_without_words_is_refused(town):
    with pytest.raises(BadInputError, match="does not say what is to be done"):
        save_plan(town.office, town.scrutiny, CYCLE, [PlannedAction("  ", "Jo")], expected_version=0)


def test_an_edited_sentence_stands_in_the_pack_and_its_history_in_the_trail(town):
    edit(town, "Most came back.")
    edit(town, "Nearly all came back.", version=1)

    assert said(town).words == "Nearly all came back."
    assert [one.details["words"] for one in events(town, "board_pack_edited")] == [
        "Most came back.",
        "Nearly all came back.",
    ]
    assert verify_trail(town.office, OPERATOR).faults == ()


def test_going_back_to_the_words_of_the_figures_follows_them_again(town):
    edit(town, "Most came back.")
    edit(town, said(town).from_figures, version=1)
    fire_returns(town)

    assert not said(town).is_edited
    assert not said(town).is_outdated
    assert "2 of " in said(town).words


def test_saving_the_same_again_changes_nothing(town):
    assert edit(town, said(town).from_figures) == 0
    assert edit(town, "Most came back.") == 1
    assert edit(town, "Most came back.", version=1) == 1
    assert len(events(town, "board_pack_edited")) == 1


def test_a_sentence_edited_before_the_figures_changed_must_be_read_again_before_it_is_final(town):
    edit(town, "One of three came back.")
    fire_returns(town)

    with pytest.raises(BadInputError, match="One sentence was edited before the figures changed"):
        make_final(town.office, town.scrutiny, CYCLE)

    assert said(town).is_outdated
    assert list_packs(town.office, town.scrutiny, CYCLE) == []
    edit(town, "Two of three came back.", version=1)
    assert make_final(town.office, town.scrutiny, CYCLE).number == 1


def test_a_final_pack_stays_as_it_was_and_later_figures_make_a_new_one(town):
    save_words(town.office, town.scrutiny, CYCLE, THEMES, "Listening to children", expected_version=0)
    first = make_final(town.office, town.scrutiny, CYCLE)
    before = final_html(town, 1)

    fire_returns(town)
    save_words(town.office, town.scrutiny, CYCLE, THEMES, "Something else", expected_version=1)
    second = make_final(town.office, town.scrutiny, CYCLE)

    assert final_html(town, 1) == before
    assert "Listening to children" in before
    assert "Something else" in final_html(town, 2)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert [one.pack for one in list_packs(town.office, town.board, CYCLE)] == [second, first]
    assert list_packs(town.office, town.board, CYCLE)[0].made_by == town.scrutiny.person.name


@pytest.mark.parametrize("form", Form)
def test_every_form_comes_from_the_final_pack_and_its_download_is_an_event(town, form):
    make_final(town.office, town.scrutiny, CYCLE)

    whole = download_pack(town.office, town.board, CYCLE, 1, form)
    shared = download_pack(town.office, town.board, CYCLE, 1, form, for_sharing=True)

    assert whole.filename == f"2026-board-pack-1.{form.value}"
    assert shared.filename == f"2026-board-pack-1-for-sharing.{form.value}"
    assert whole.content != shared.content
    assert [one.details["for_sharing"] for one in events(town, "board_pack_downloaded")] == [False, True]


def test_the_fingerprint_is_on_every_form_and_in_the_trail(town):
    final = make_final(town.office, town.scrutiny, CYCLE)

    assert final.sha256 in final_html(town, 1)
    assert [one.details["sha256"] for one in events(town, "board_pack_made_final")] == [final.sha256]


def test_a_copy_for_sharing_names_nobody_and_gives_no_figure_of_a_small_partnership(town):
    make_final(town.office, town.scrutiny, CYCLE)

    shared = final_html(town, 1, for_sharing=True)

    assert "Riverdale Police" in final_html(town, 1)
    assert "Riverdale Police" not in shared
    assert "Most often" not in shared


def test_a_board_viewer_presents_a_final_pack_and_sees_no_draft(town):
    with pytest.raises(NotPermittedError):
        download_draft(town.office, town.board, CYCLE, Form.WEB_PAGE)
    make_final(town.office, town.scrutiny, CYCLE)

    shown = present_pack(town.office, town.board, CYCLE, 1)

    assert shown.content.startswith(b"<!doctype html>")
    assert len(events(town, "board_pack_presented")) == 1
    assert events(town, "board_pack_draft_downloaded") == []


def test_a_pack_that_does_not_exist_is_not_available(town):
    with pytest.raises(NotAvailableError):
        download_pack(town.office, town.board, CYCLE, 7, Form.PDF)

    assert events(town, "board_pack_downloaded") == []


def test_the_plan_is_kept_with_its_version(town):
    plan = [PlannedAction("Train chairs", "Jo", date(2027, 1, 31)), PlannedAction("")]

    assert save_plan(town.office, town.scrutiny, CYCLE, plan, expected_version=0) == 1

    assert plan_in(draft(town).parts[PLAN].words) == (plan[0],)
    with pytest.raises(StalePackWordsError):
        save_plan(town.office, town.scrutiny, CYCLE, [], expected_version=0)


def test_the_pack_is_compared_through_the_crosswalk_with_the_cycle_before_it(town):
    assert [len(one.lines[0].points) for one in pack_figures(town.office, town.scrutiny, CYCLE).trends] == [1]

    open_a_cycle(town, name="2028", due=date(2028, 3, 31))

    [trend] = pack_figures(town.office, town.scrutiny, "2028").trends
    assert [point.cycle_id for point in trend.lines[0].points] == [CYCLE, "2028"]


def test_a_cycle_in_which_nobody_is_expected_has_a_pack_too(office, tmp_path):
    town = a_town(office, tmp_path)

    assert make_final(town.office, town.scrutiny, CYCLE).number == 1
    assert "Nothing has been submitted in this cycle yet" in final_html(town, 1)


def test_a_template_is_kept_used_and_dropped(town):
    make_final(town.office, town.scrutiny, CYCLE)
    plain = download_pack(town.office, town.board, CYCLE, 1, Form.SLIDES).content

    with pytest.raises(NotOurFileError):
        keep_template(town.office, town.scrutiny, PARTNERSHIP, "bad.pptx", b"no")
    assert list_templates(town.office, town.scrutiny) == {PARTNERSHIP: None}

    keep_template(town.office, town.scrutiny, PARTNERSHIP, "ours.pptx", a_template())
    own = download_pack(town.office, town.board, CYCLE, 1, Form.SLIDES).content
    assert list_templates(town.office, town.scrutiny) == {PARTNERSHIP: "ours.pptx"}
    drop_template(town.office, town.scrutiny, PARTNERSHIP)

    assert len(own) != len(plain)
    assert list_templates(town.office, town.scrutiny) == {PARTNERSHIP: None}
    assert [len(events(town, name)) for name in ("slide_template_kept", "slide_template_dropped")] == [1, 1]


def test_the_time_of_the_figures_is_the_time_they_were_read(town):
    later = town.office.clock() + timedelta(days=3)
    office = replace(town.office, clock=lambda: later)

    final = make_final(office, town.scrutiny, CYCLE)

    assert final.taken_at == later
