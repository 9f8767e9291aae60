"""The rules of evidence: titles, dates, addresses, sizes, and what a signed return shows."""

from datetime import UTC, date, datetime

import pytest

from section11.domain.evidence import (
    Description,
    EvidenceItem,
    EvidenceKind,
    Expiry,
    Revision,
    as_signed,
    check_address,
    check_description,
    check_size,
    size_words,
)
from section11.errors import BadInputError, NotOurFileError

MB = 1024 * 1024


def moment(day: int) -> datetime:
    return datetime(2026, 3, day, 12, 0, tzinfo=UTC)


def an_item(*days: int, expires: date | None = None) -> EvidenceItem:
    revisions = tuple(Revision(number, moment(day), "ann") for number, day in enumerate(days, start=1))
    return EvidenceItem("police.e1", "police", EvidenceKind.FILE, "Policy", None, expires, revisions)


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\0"])
def test_evidence_without_a_title_is_asked_for_one(title):
    with pytest.raises(BadInputError, match="Give the evidence a title"):
        check_description(Description(title))


def test_a_title_that_is_too_long_says_by_how_much():
    with pytest.raises(BadInputError, match=r"has 201 characters\. Shorten it to at most 200"):
        check_description(Description("x" * 201))


def test_evidence_cannot_expire_before_it_was_made():
    with pytest.raises(BadInputError, match="The expiry date, 1 May 2026, is before the date of the evidence, 2 May"):
        check_description(Description("Policy", dated=date(2026, 5, 2), expires=date(2026, 5, 1)))


def test_a_description_is_kept_with_tidy_blanks():
    day = date(2026, 5, 1)

    assert check_description(Description(" Our \n policy ", day, day)) == Description("Our policy", day, day)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "  ",
        "policy.pdf",
        "www.riverdale.example/policy",
        "javascript:alert(1)",
        "JavaScript://riverdale.example/%0aalert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://riverdale.example/policy",
        "\\\\server\\share\\policy.docx",
        "https://",
        "https:///policy",
        "https://[riverdale",
        "https://river dale.example",
        "https://riverdale.example/a\nb",
        "https://riverdale.example\\@elsewhere.example",
        "https://ann:secret@riverdale.example/policy",
        "https://riverdale.example/" + "x" * 2000,
    ],
)
def test_an_address_that_cannot_be_opened_from_here_is_refused_with_what_to_do(address):
    with pytest.raises(BadInputError, match=r"https://|shorter link|Take that out"):
        check_address(address)


@pytest.mark.parametrize("address", ["https://riverdale.example", "http://intranet/policy?id=3#top"])
def test_a_whole_web_address_is_kept(address):
    assert check_address(f" {address}\n") == address


@pytest.mark.parametrize(
    ("expires", "today", "expiry"),
    [
        (None, date(2026, 3, 1), Expiry.NONE),
        (date(2026, 5, 1), date(2026, 3, 1), Expiry.CURRENT),
        (date(2026, 4, 30), date(2026, 3, 1), Expiry.SOON),
        (date(2026, 3, 1), date(2026, 3, 1), Expiry.SOON),
        (date(2026, 2, 28), date(2026, 3, 1), Expiry.EXPIRED),
    ],
)
def test_expiry_is_told_sixty_days_ahead_and_the_last_day_still_counts(expires, today, expiry):
    assert an_item(1, expires=expires).expiry(today) is expiry


def test_a_signed_return_shows_the_revisions_there_were_when_it_was_signed():
    item = an_item(1, 5, 9)

    seen = as_signed(item, moment(5))

    assert seen is not None
    assert [one.number for one in seen.revisions] == [1, 2]
    assert as_signed(an_item(6), moment(5)) is None
    assert as_signed(item, None) is None


def test_a_file_over_20_mb_is_refused_and_one_of_20_mb_is_not():
    check_size(20 * MB, [])

    with pytest.raises(NotOurFileError, match="too large: at most 20 MB"):
        check_size(20 * MB + 1, [])


def test_an_organisation_keeps_500_mb():
    check_size(10 * MB, [490 * MB])

    with pytest.raises(NotOurFileError, match="fills the 500 MB"):
        check_size(10 * MB + 1, [245 * MB, 245 * MB])


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (12_300, "12 KB"), (3_500_000, "3.3 MB")])
def test_sizes_are_said_as_people_say_them(size, words):
    assert size_words(size) == words
