"""All feedback letters of a cycle in one file: which are in it, who opens it, and for how long."""

import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from section11.domain.people import OPERATOR
from section11.errors import BadInputError, NotAvailableError
from section11.services.letter_bundles import KEPT_FOR, make_bundle, open_bundle
from section11.services.letters import LetterFormat, write_letters
from section11.services.moderating import finish_moderation
from section11.services.releasing import release_return
from section11.services.scrutiny import reopen
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    events,
    submitted,
)
from tests.services.moderation_builders import judged_alone, moderated, released


def with_two_released(panel):
    """Release the returns of the police and of the fire service; the childminder's stays where it is."""
    town = panel.town
    released(panel)
    fire = replace(town, contributor=town.fire_contributor, approver=town.fire_approver)
    submitted(fire, FIRE_RETURN)
    judged_alone(town, FIRE_RETURN)
    finish_moderation(panel.office, panel.ann, FIRE_RETURN)
    release_return(panel.office, panel.ann, FIRE_RETURN)


@pytest.mark.parametrize("letter_format", list(LetterFormat))
def test_all_letters_are_in_one_file_with_progress_and_one_event(panel, letter_format):
    with_two_released(panel)
    told = []
    file = BytesIO()

    made = write_letters(
        panel.office, panel.ann, CYCLE, letter_format, file, lambda name, share: told.append((name, share))
    )

    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"2026-{one}-letter.{letter_format.value}" for one in ("riverdale-fire", POLICE)]
    assert (made.count, made.left_out) == (2, ())
    assert told == [("Riverdale Fire and Rescue", 0.5), ("Riverdale Police", 1.0)]
    last = events(panel.town, f"partnership:{PARTNERSHIP}")[-1]
    assert (last.name, last.details) == (
        "letters_downloaded",
        {"cycle": CYCLE, "format": letter_format.value, "letters": 2},
    )


def test_a_return_that_is_opened_again_meanwhile_is_left_out_and_named(panel):
    with_two_released(panel)

    def told(name, share):
        if name == "Riverdale Fire and Rescue":
            reopen(panel.office, panel.ann, POLICE_RETURN, "A mistake in S1.1")

    file = BytesIO()
    made = write_letters(panel.office, panel.ann, CYCLE, LetterFormat.PDF, file, told)

    assert (made.count, made.left_out) == (1, ("Riverdale Police",))
    assert zipfile.ZipFile(file).namelist() == ["2026-riverdale-fire-letter.pdf"]


def test_where_nothing_is_released_nothing_is_written(panel):
    moderated(panel)
    file = BytesIO()

    with pytest.raises(BadInputError, match="No return of this cycle has been released"):
        write_letters(panel.office, panel.ann, CYCLE, LetterFormat.PDF, file)

    assert file.getvalue() == b""


def test_a_file_of_all_letters_opens_for_whoever_had_it_made_and_for_an_hour(panel):
    released(panel)
    bundle = make_bundle(panel.office, panel.ann, CYCLE, LetterFormat.PDF)

    assert open_bundle(panel.office, panel.ann, bundle.id) == bundle
    assert zipfile.ZipFile(bundle.path).namelist() == ["2026-riverdale-police-letter.pdf"]
    for user in (panel.ben, panel.town.contributor, OPERATOR):
        with pytest.raises(NotAvailableError):
            open_bundle(panel.office, user, bundle.id)
    panel.office.clock.move(seconds=KEPT_FOR.total_seconds() + 1)
    with pytest.raises(NotAvailableError):
        open_bundle(panel.office, panel.ann, bundle.id)
    assert not bundle.path.exists()


def test_a_file_that_is_interrupted_leaves_nothing_on_the_disk(panel):
    released(panel)
    folder = make_bundle(panel.office, panel.ann, CYCLE, LetterFormat.PDF).path.parent
    before = set(folder.iterdir())

    def stop(name, share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_bundle(panel.office, panel.ann, CYCLE, LetterFormat.PDF, stop)

    assert set(folder.iterdir()) == before


def test_the_kept_time_is_an_hour():
    assert timedelta(hours=1) == KEPT_FOR
