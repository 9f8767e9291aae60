"""Likely personal data in texts: what is pointed out, and the many things that look alike and are not."""

import pytest

from section11.domain.privacy import Kind, likely_personal_data, may_hold_personal_data
from section11.domain.privacy.numbers import is_nhs_number, is_pupil_number


def found_in(text):
    return [(found.kind, found.words) for found in likely_personal_data(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Director of Children's Services",
        "The Director of Children's Services chairs the board.",
        "Head of Safeguarding, Deputy Designated Safeguarding Lead and Chief Nurse",
        "Working Together 2026",
        "Working Together to Safeguard Children 2023",
        "NHS Riverdale and Riverdale NHS Foundation Trust",
        "Riverdale Police, Oakfield Primary School and Lily Lane Childminding",
        "Children's social worker",
        "Mrs",
        "Mr or Mrs, whichever applies",
        "Dr Barnardo's",
        "Professor Munro's review of child protection",
        "Child A and Miss B were anonymised",
        "St James Hospital, Queen Elizabeth Hospital and George Street",
        "Robert Gordon University",
        "Daniel Pelka review and the Victoria Climbié Inquiry",
        "Ann Craft Trust",
        "Children aged 7 to 11 were asked",
        "Young People aged 16+ and Pupils (aged 7)",
        "Volunteers aged 18 and over",
        "Year 7 (aged 11-12)",
        "A policy called Safe Together",
        "The child called the helpline",
        "A group named Young Voices asked",
        "Children's mothers and Women's Aid",
        "Parent's mother tongue",
        "S11-01 and paragraph 223",
        "Freedom to Speak Up",
        "Will Young People be asked? May Staff attend?",
        "Mark every question. Grant funding. Hope Charity.",
        "safeguarding@riverdale.example and mash.team@riverdale.example",
        "info@riverdale-fire.example",
        "Childline 0800 1111, NSPCC 0808 800 5000, Ofsted 0300 123 1231",
        "URN 123456 and DfE number 990/2001",
        "1234567890 forms",
        "Order number 943 476 5910",
        "01/02/2023 to 03/04/2024",
        "The date of birth is checked on each file.",
        "Children born in 2015",
        "DOB is recorded",
        "B123456789012",
        "97 % of 1,234 staff in 2025/26; 12 of 15 sites",
        "Reviewed by the board in January 2026.",
    ],
)
def test_posts_bodies_guidance_and_numbers_are_left_alone(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mr Smith leads on this.", Kind.NAME, "Mr Smith"),
        ("Ask Miss Jane Doe in the office", Kind.NAME, "Miss Jane Doe"),
        ("Dr. O'Brien chairs", Kind.NAME, "Dr. O'Brien"),
        ("Mrs J Smith-Jones", Kind.NAME, "Mrs J Smith-Jones"),
        ("Cllr Patel is the lead member", Kind.NAME, "Cllr Patel"),
        ("a child called Jane told us", Kind.NAME, "Jane"),
        ("A young person whose name is Kai said", Kind.NAME, "Kai"),
        ("Jane (aged 7) was seen", Kind.NAME, "Jane"),
        ("Kai, aged 14, told us", Kind.NAME, "Kai"),
        ("Zofia, 9 years old, told us", Kind.NAME, "Zofia"),
        ("Kai's mother was told", Kind.NAME, "Kai"),
        ("Our DSL is Sarah Jones.", Kind.NAME, "Sarah Jones"),
        ("DSL: Mohammed Khan, deputy to follow", Kind.NAME, "Mohammed Khan"),
        ("NHS number 943 476 5919", Kind.NHS_NUMBER, "943 476 5919"),
        ("see 9434765919.", Kind.NHS_NUMBER, "9434765919"),
        ("UPN H801200001001", Kind.PUPIL_NUMBER, "H801200001001"),
        ("DOB: 12/03/2011", Kind.DATE_OF_BIRTH, "DOB: 12/03/2011"),
        ("d.o.b. 3.4.12", Kind.DATE_OF_BIRTH, "d.o.b. 3.4.12"),
        ("who was born on 12 March 2011", Kind.DATE_OF_BIRTH, "born on 12 March 2011"),
        ("date of birth 2011-03-12", Kind.DATE_OF_BIRTH, "date of birth 2011-03-12"),
        ("write to jane.doe@riverdale.example", Kind.EMAIL, "jane.doe@riverdale.example"),
        ("her mobile is 07700 900 123", Kind.PHONE, "07700 900 123"),
        ("+44 7700 900123", Kind.PHONE, "+44 7700 900123"),
        ("ring (01632) 960 001 after six", Kind.PHONE, "(01632) 960 001"),
    ],
)
def test_what_may_identify_somebody_is_found_with_its_place(text, kind, words):
    [found] = likely_personal_data(text)

    assert (found.kind, found.words) == (kind, words)
    assert text[found.start : found.end] == words


def test_several_details_come_in_the_order_of_the_text_and_each_once():
    assert found_in("Miss Jane Doe (DOB 12/03/2011), NHS 943 476 5919, mother 07700 900123") == [
        (Kind.NAME, "Miss Jane Doe"),
        (Kind.DATE_OF_BIRTH, "DOB 12/03/2011"),
        (Kind.NHS_NUMBER, "943 476 5919"),
        (Kind.PHONE, "07700 900123"),
    ]


@pytest.mark.parametrize(("digits", "is_one"), [("9434765919", True), ("9434765918", False), ("4010232137", True)])
def test_the_last_digit_of_an_nhs_number_follows_from_the_others(digits, is_one):
    assert is_nhs_number(digits) is is_one


@pytest.mark.parametrize("last", range(10))
def test_a_number_that_would_need_the_check_digit_ten_is_never_an_nhs_number(last):
    # 6 x 10 + 3 x 9 + 1 x 2 = 89, and 89 modulo 11 is 1: the check digit would be 10.
    assert not is_nhs_number(f"630000001{last}")


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("H801200001001", True),  # 16 + 0 + 4 + 10 + 10 + 13 = 53, modulo 23 is 7: the eighth letter
        ("J801200001001", False),
        ("G80120000100A", False),
        ("U80120000100A", True),  # temporary: 16 + 4 + 10 + 10 + 0 = 40, modulo 23 is 17: the eighteenth letter
    ],
)
def test_the_first_letter_of_a_pupil_number_follows_from_the_rest(words, is_one):
    assert is_pupil_number(words) is is_one


def test_a_very_long_text_is_read_at_once():
    assert found_in("The Head of Safeguarding reports to the board each quarter. " * 500) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ring 020 7946 0958.",
        "NHS number 943 476 5919",
        "She was born on 3 May 2012.",
        "DOB: 03/05/2012",
        "jo.b@example.org",
        "Seen by Mr. Oakes",
        "A boy called Dev was moved.",
        "Dev (aged 12)",
        "Dev, 12 y/o",
        "Dev’s mother came in.",
        "Sarah Oakes leads this.",
        "Ring 07٧٠٠ ٩٠٠١٢٣.",
        "The child’s name is Élodie Roux; her pupil Élodie Roux, 12 years old.",
    ],
)
def test_what_is_found_in_a_text_shows_at_a_first_glance_among_many_others(text):
    assert found_in(text)
    assert may_hold_personal_data(f"Reviewed in May 2024.\n{text}\nThe team")


def test_a_first_glance_passes_over_what_returns_usually_say():
    assert not may_hold_personal_data(
        "The children's board is named in the plan. What new people may do before induction is on page 3.\n2026-11-25"
    )
