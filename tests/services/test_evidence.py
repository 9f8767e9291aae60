"""Keeping evidence: files, links, revisions, dates, sizes, the virus check; a refusal leaves everything as it was."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from section11.domain import evidence as rules
from section11.domain.evidence import Description, ScanState
from section11.domain.people import Role
from section11.errors import BadInputError, NotAvailableError, NotOurFileError, NotPermittedError
from section11.services import evidence, opening_evidence, scanning
from section11.services.attaching import QuestionPlace, evidence_of_return
from section11.services.clamav import ClamAv
from section11.services.evidence import (
    add_link,
    describe_evidence,
    evidence_organisations,
    list_evidence,
    replace_file,
    replace_link,
)
from section11.services.opening_evidence import open_evidence
from tests.services.builders import (
    FIRE,
    GROUP,
    POLICE,
    POLICE_RETURN,
    event_names,
    events,
    invite,
    stored_assessment,
    submitted,
)
from tests.services.evidence_builders import HARMFUL_MARK, POLICY, S1_1, a_file, a_link, a_scanner, nobody_listens
from tests.services.walk.world import everything_in
from tests.small_files import PROGRAM, a_pdf

HARMFUL_TEXT = b"notes " + HARMFUL_MARK


def kept(town):
    return list_evidence(town.office, town.contributor, POLICE)


def organisation_events(town):
    return [(event.name, event.details) for event in events(town, f"organisation:{POLICE}")]


def with_scanner(town, address):
    return replace(town, office=replace(town.office, scanner=ClamAv.at(address)))


def test_a_file_is_kept_attached_and_told_of(town):
    content = a_pdf()

    item = a_file(town.office, town.contributor, content=content)

    assert (item.id, item.title, item.latest.number) == (f"{POLICE}.e1", "Safeguarding policy", 1)
    assert (item.latest.media_type, item.latest.size) == ("application/pdf", len(content))
    assert item.latest.scan is ScanState.NOT_SCANNED
    assert evidence_of_return(town.office, town.contributor, POLICE_RETURN) == {"S1.1": (item,)}
    [(name, details)] = organisation_events(town)
    assert (name, details["sha256"], details["expires"]) == ("evidence_added", item.latest.sha256, "2027-01-15")
    assert event_names(town, POLICE_RETURN)[-2:] == ["evidence_attached", "assessment_started"]
    assert town.office.evidence_files.read(item.latest.sha256) == content


def test_a_link_is_kept_with_its_address(town):
    item = a_link(town.office, town.contributor)

    assert item.latest.url == "https://intranet.example/training"
    assert organisation_events(town)[0][1]["url"] == item.latest.url


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"content": PROGRAM}, NotOurFileError),
        ({"content": b""}, NotOurFileError),
        ({"content": a_pdf("secret")}, NotOurFileError),
        ({"name": "policy.exe"}, NotOurFileError),
        ({"content": b"%PDF-" + b"x" * (20 * 1024 * 1024)}, NotOurFileError),
        ({"about": Description(" ")}, BadInputError),
        ({"about": replace(POLICY, expires=date(2026, 1, 1))}, BadInputError),
        ({"attach_to": QuestionPlace(POLICE_RETURN, "S9.9")}, BadInputError),
        ({"attach_to": QuestionPlace("2026.riverdale-fire", "S1.1")}, NotAvailableError),
        ({"organisation_id": FIRE}, NotAvailableError),
        ({"organisation_id": "nobody"}, NotAvailableError),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(town, change, refusal):
    a_file(town.office, town.contributor)
    before = everything_in(town.office)

    with pytest.raises(refusal):
        a_file(town.office, town.contributor, **change)

    assert everything_in(town.office) == before


def test_a_link_that_cannot_be_opened_is_refused(town):
    with pytest.raises(BadInputError):
        add_link(town.office, town.contributor, POLICE, Description("Policy"), "javascript:alert(1)")

    assert kept(town).lines == ()


def test_a_new_revision_takes_the_place_of_the_latest_and_the_earlier_stays(town):
    item = a_file(town.office, town.contributor)
    old, new = a_pdf(), a_pdf(pages=2)

    replace_file(town.office, town.approver, item.id, "policy-2.pdf", new)

    [line] = kept(town).lines
    assert [one.file_name for one in line.item.revisions] == ["policy.pdf", "policy-2.pdf"]
    assert (line.item.latest.number, line.item.latest.added_by) == (2, town.approver.id)
    assert open_evidence(town.office, town.contributor, item.id, 1).content == old
    assert open_evidence(town.office, town.contributor, item.id, 2).content == new
    assert kept(town).size == len(old) + len(new)


def test_the_same_file_or_address_again_is_no_new_revision(town):
    file, link = a_file(town.office, town.contributor), a_link(town.office, town.contributor)

    with pytest.raises(BadInputError, match="same file as the latest of “Safeguarding policy”"):
        replace_file(town.office, town.contributor, file.id, "again.pdf", a_pdf())
    with pytest.raises(BadInputError, match="same link"):
        replace_link(town.office, town.contributor, link.id, link.latest.url)


def test_a_file_is_replaced_by_a_file_and_a_link_by_a_link(town):
    file, link = a_file(town.office, town.contributor), a_link(town.office, town.contributor)

    with pytest.raises(BadInputError, match=r"is a file\. Replace it with another file"):
        replace_link(town.office, town.contributor, file.id, "https://intranet.example")
    with pytest.raises(BadInputError, match=r"is a link\. Replace it with another link"):
        replace_file(town.office, town.contributor, link.id, "policy.pdf", a_pdf())
    replace_link(town.office, town.contributor, link.id, "https://intranet.example/new")
    assert [one.item.latest.number for one in kept(town).lines] == [1, 2]


def test_title_and_dates_change_with_an_event_and_only_when_they_differ(town):
    item = a_file(town.office, town.contributor)
    wanted = Description("Policy of 2026", date(2026, 2, 1), None)

    describe_evidence(town.office, town.contributor, item.id, wanted)
    describe_evidence(town.office, town.contributor, item.id, wanted)

    [line] = kept(town).lines
    assert (line.item.title, line.item.dated, line.item.expires) == ("Policy of 2026", date(2026, 2, 1), None)
    assert [name for name, _ in organisation_events(town)] == ["evidence_added", "evidence_described"]
    with pytest.raises(BadInputError):
        describe_evidence(town.office, town.contributor, item.id, Description(""))


def test_the_room_of_an_organisation_is_counted_over_all_revisions(town, monkeypatch):
    monkeypatch.setattr(rules, "MOST_OF_AN_ORGANISATION_MB", 2 * len(a_pdf()) / rules.MEGABYTE)
    item = a_file(town.office, town.contributor)
    a_file(town.office, town.contributor)

    for add_more in (
        lambda: a_file(town.office, town.contributor),
        lambda: replace_file(town.office, town.contributor, item.id, "p.pdf", a_pdf(pages=2)),
    ):
        with pytest.raises(NotOurFileError, match="fills the"):
            add_more()
    a_file(town.office, town.fire_contributor, organisation_id=FIRE, attach_to=None)
    assert len(kept(town).lines) == 2


def test_the_list_says_where_each_piece_is_used(town):
    a_file(town.office, town.contributor)
    a_link(town.office, town.contributor, attach_to=None)

    lines = kept(town).lines

    assert [(line.item.title, [use.question_id for use in line.uses]) for line in lines] == [
        ("Safeguarding policy", ["S1.1"]),
        ("Training record", []),
    ]
    assert kept(town).cycle_names == {POLICE_RETURN: "2026"}


def test_a_person_chooses_among_their_own_organisations(town):
    assert [one.id for one in evidence_organisations(town.office, town.contributor)] == [POLICE]
    assert evidence_organisations(town.office, town.scrutiny) == []


def test_many_people_adding_at_once_get_a_number_each(town):
    with ThreadPoolExecutor(8) as people:
        items = list(people.map(lambda _n: a_file(town.office, town.contributor, attach_to=None), range(16)))

    assert {item.id for item in items} == {f"{POLICE}.e{number}" for number in range(1, 17)}
    assert len(kept(town).lines) == 16


def test_two_new_revisions_at_once_are_both_kept(town):
    item = a_file(town.office, town.contributor)

    with ThreadPoolExecutor(4) as people:
        numbers = [
            one.latest.number
            for one in people.map(
                lambda pages: replace_file(town.office, town.approver, item.id, "p.pdf", a_pdf(pages=pages)),
                range(2, 8),
            )
        ]

    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]


def test_with_a_scanner_a_clean_file_is_marked_clean(town):
    with a_scanner() as desk:
        item = a_file(with_scanner(town, desk.address).office, town.contributor)

    assert item.latest.scan is ScanState.CLEAN
    assert len(desk.heard) == 1


def test_a_harmful_file_is_refused_before_it_is_kept(town):
    with a_scanner() as desk, pytest.raises(NotOurFileError) as refusal:
        a_file(with_scanner(town, desk.address).office, town.contributor, name="a.txt", content=HARMFUL_TEXT)

    assert refusal.value.user_message == scanning.HARMFUL
    assert kept(town).lines == ()
    assert organisation_events(town) == []


def test_nobody_without_the_right_makes_the_scanner_work(town):
    with a_scanner() as desk, pytest.raises(NotAvailableError):
        a_file(with_scanner(town, desk.address).office, town.fire_contributor)

    assert desk.heard == []


def test_while_the_scanner_is_silent_a_file_is_held_and_nobody_opens_it(town):
    silent = with_scanner(town, nobody_listens())
    item = a_file(silent.office, town.contributor)
    submitted(town)

    assert item.latest.scan is ScanState.HELD
    for reader in (town.contributor, town.scrutiny):
        with pytest.raises(NotPermittedError) as refusal:
            open_evidence(silent.office, reader, item.id, 1)
        assert refusal.value.user_message == opening_evidence.HELD
    with pytest.raises(NotPermittedError):
        open_evidence(town.office, town.contributor, item.id, 1)  # the scanner was taken away: still held


def test_a_held_file_opens_once_the_scanner_answers(town):
    item = a_file(with_scanner(town, nobody_listens()).office, town.contributor)

    with a_scanner() as desk:
        opened = open_evidence(with_scanner(town, desk.address).office, town.contributor, item.id, 1)

    assert opened.content == a_pdf()
    assert kept(town).lines[0].item.latest.scan is ScanState.CLEAN
    assert [name for name, _ in organisation_events(town)] == ["evidence_added", "evidence_scanned", "evidence_opened"]


def test_a_held_file_that_proves_harmful_stays_shut_and_can_be_replaced(town):
    silent = with_scanner(town, nobody_listens())
    item = a_file(silent.office, town.contributor, name="a.txt", content=HARMFUL_TEXT)

    with a_scanner() as desk:
        asking = with_scanner(town, desk.address)
        for _ in range(2):
            with pytest.raises(NotPermittedError) as refusal:
                open_evidence(asking.office, town.contributor, item.id, 1)
            assert refusal.value.user_message == opening_evidence.FOUND_HARMFUL
        replaced = replace_file(asking.office, town.contributor, item.id, "a.txt", b"clean notes")

    assert [one.scan for one in replaced.revisions] == [ScanState.REFUSED, ScanState.CLEAN]


def test_a_parent_reads_what_its_site_keeps_and_changes_nothing(town):
    parent = invite(town.office, Role.CONTRIBUTOR, organisation_id=GROUP)
    item = a_file(town.office, town.contributor)

    assert not list_evidence(town.office, parent, POLICE).can_change
    assert open_evidence(town.office, parent, item.id, 1).content == a_pdf()
    with pytest.raises(NotAvailableError):
        replace_file(town.office, parent, item.id, "p.pdf", a_pdf(pages=2))


def test_adding_evidence_raises_the_revision_of_the_return_it_is_attached_to(town):
    before = stored_assessment(town, POLICE_RETURN).revision

    a_file(town.office, town.contributor, attach_to=S1_1)

    assert stored_assessment(town, POLICE_RETURN).revision > before
    assert evidence.list_evidence(town.office, town.contributor, POLICE).can_change
