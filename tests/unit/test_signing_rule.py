"""Who may sign: the whole rule as a table, and what a refusal tells the person to do."""

import pytest

from section11.domain.signing import Writing, authors_of, check_signer
from section11.errors import NotPermittedError

ANN, BEN, CAT = "ann", "ben", "cat"


@pytest.mark.parametrize(
    ("authors", "alone_is_allowed", "may_sign"),
    [
        # Ann signs.
        ({ANN}, False, False),
        ({ANN}, True, True),
        ({BEN}, False, True),
        ({BEN}, True, True),
        ({ANN, BEN}, False, True),
        ({ANN, BEN}, True, True),
        (set(), False, True),
        (set(), True, True),
    ],
)
def test_the_signer_is_not_the_only_author_unless_the_type_allows_it(authors, alone_is_allowed, may_sign):
    if may_sign:
        assert check_signer(ANN, authors, sole_signer_allowed=alone_is_allowed) is None
    else:
        with pytest.raises(NotPermittedError):
            check_signer(ANN, authors, sole_signer_allowed=alone_is_allowed)


@pytest.mark.parametrize(
    ("writings", "sign_offs", "authors"),
    [
        ([], 0, set()),
        ([Writing(ANN, 0)], 0, {ANN}),
        ([Writing(ANN, 0), Writing(BEN, 0)], 0, {ANN, BEN}),
        # Signed once: only what was written since counts …
        ([Writing(ANN, 0), Writing(BEN, 0), Writing(BEN, 1)], 1, {BEN}),
        ([Writing(ANN, 0), Writing(BEN, 1), Writing(CAT, 2)], 2, {CAT}),
        # … unless nobody wrote anything since.
        ([Writing(ANN, 0), Writing(BEN, 0)], 1, {ANN, BEN}),
    ],
)
def test_authors_are_those_since_the_last_sign_off_or_at_all_when_nobody_wrote_since(writings, sign_offs, authors):
    assert authors_of(writings, sign_offs) == authors


@pytest.mark.parametrize(
    ("others", "signed_before", "words"),
    [
        (
            [],
            False,
            "You wrote every answer yourself. Ask a colleague to check and update at least one answer, or invite a "
            "second approver, who can sign, on the page People.",
        ),
        (
            ["Head of Care"],
            False,
            "You wrote every answer yourself. Ask a colleague to check and update at least one answer, or let Head of "
            "Care sign.",
        ),
        (
            ["Head of Care", "Chair", "Director"],
            True,
            "You made every change since the last signature yourself. Ask a colleague to check and update at least "
            "one answer, or let Head of Care, Chair or Director sign.",
        ),
    ],
)
def test_the_refusal_says_who_else_could_sign_or_what_to_do(others, signed_before, words):
    with pytest.raises(NotPermittedError) as refused:
        check_signer(ANN, {ANN}, sole_signer_allowed=False, signed_before=signed_before, others=others)

    assert refused.value.user_message == words
