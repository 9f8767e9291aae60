"""Capitalised words that stand where a name could, and are none: groups of people, places and publications."""

from __future__ import annotations

_GROUP_WORDS = """
A Adult Adults All Any Apprentice Baby Boy Boys Brother Carer Carers Child Children Cohort Dad Each Every Everyone
Father Girl Girls Group Groups Her His Learner Learners Man Men Mother Mum One Our Parent Parents Patient Patients
People Person Persons Player Players Pupil Pupils Resident Residents Somebody Someone Staff Student Students
Teenager Teenagers That The Their Them These They Those Victim Visitor Volunteer Volunteers We Woman Women Worker
Workers Young Youth
"""
GROUPS = frozenset(_GROUP_WORDS.split())
"""Capitalised at the start of a sentence, and nobody's name."""

_PLACE_WORDS = """
Academy And Avenue Award Building Centre Charter Church Clinic Close College Cottage Council Court Crescent Drive
Foundation Gardens Grove Hall Hospice Hospital House Infant Infants Infirmary Inquiry Institute Junior Lane Library
Lodge Nursery Palace Park Parish Place Primary Project Report Review Road School Secondary Service Services Site
Square Street Surgery Team Terrace Trust Unit University Ward Way Wing Works
"""
NO_SURNAMES = frozenset(_PLACE_WORDS.split())
"""After a first name these make a place, a body or a publication."""

PUBLISHED = frozenset({"review", "inquiry", "enquiry", "report", "recommendations", "foundation", "trust", "act"})
"""After a whole name these say that it is known from a publication."""

KNOWN_AUTHORS = frozenset(
    {"Barnardo", "Bichard", "Carlile", "Casey", "Francis", "Jay", "Laming", "MacAlister", "Munro"}
)
"""Known for reports that returns refer to."""
