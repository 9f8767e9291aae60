"""Evidence that is replaced after signing or meanwhile: scrutiny sees what was signed, and that there is another."""

from dataclasses import replace
from threading import Thread

from section11.domain.snapshots import SignedEvidence
from section11.services.attaching import evidence_of_return
from section11.services.changes import changes_since_last_time
from section11.services.evidence import replace_file, replace_link
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off, signed_versions
from tests.services.builders import (
    LATEST_TEXT,
    POLICE,
    POLICE_RETURN,
    answer,
    awaiting_sign_off,
    submitted,
)
from tests.services.evidence_builders import a_file, a_link


def test_another_revision_of_the_evidence_is_a_difference_for_scrutiny(town):
    policy = a_file(town.office, town.contributor)
    submitted(town)
    town.office.clock.move(days=1)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "This policy is of 2019.", ["S1.1"])
    replace_file(town.office, town.contributor, policy.id, "policy-2.txt", b"The policy as it is now")
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence=LATEST_TEXT, impact="Now of 2026")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    changes = changes_since_last_time(town.office, town.scrutiny, POLICE_RETURN)

    assert changes is not None
    [changed] = changes.answers
    assert [(one.title, one.before, one.after) for one in changed.fields] == [
        ("Evidence files and links", "Safeguarding policy", "Safeguarding policy (revision 2)"),
        ("Impact on children", "", "Now of 2026"),
    ]


def test_signing_waits_for_a_new_revision_that_is_just_being_kept_so_that_scrutiny_sees_what_was_signed(town):
    """Without the wait the revision would be dated before the signing, and shown, but not be what was signed."""
    item = a_link(town.office, town.contributor)
    awaiting_sign_off(town)
    signer = Thread(target=sign_off, args=(town.office, town.approver, POLICE_RETURN), kwargs={"agreed": True})
    with town.office.store.writing() as work:
        work.evidence.lock_organisation(POLICE)
        newer = replace(item.latest, number=2, url="https://intranet.example/newer", added_at=town.office.clock())
        work.evidence.add_revision(item.id, newer)
        signer.start()
        signer.join(timeout=0.5)
        assert signer.is_alive()
        work.commit()
    signer.join()

    [signed] = signed_versions(town.office, town.approver, POLICE_RETURN)
    [seen] = evidence_of_return(town.office, town.scrutiny, POLICE_RETURN)["S1.1"]
    assert signed.evidence() == {"S1.1": (SignedEvidence(item.id, 2),)}
    assert seen.latest.number == 2


def test_evidence_that_had_to_wait_for_a_signing_is_dated_after_it(town):
    """What was asked for before the signing is kept after it, so it is no part of what was signed."""
    item = a_link(town.office, town.contributor)
    awaiting_sign_off(town)
    keeper = Thread(
        target=replace_link, args=(town.office, town.contributor, item.id, "https://intranet.example/newer")
    )
    with town.office.store.writing() as work:
        work.evidence.lock_organisation(POLICE)
        keeper.start()
        keeper.join(timeout=0.5)
        assert keeper.is_alive()
        town.office.clock.move(minutes=1)
    keeper.join()

    with town.office.store.reading() as work:
        assert work.evidence.get(item.id).latest.added_at == town.office.clock()
