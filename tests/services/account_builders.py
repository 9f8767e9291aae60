"""A person with a password and a role, at the door."""

import pytest

from section11.domain.organisations import DutyBasis, Organisation, Partnership
from section11.domain.people import Grant, Person, Role
from section11.errors import SignInRefusedError
from section11.services.accounts import sign_in
from section11.services.passwords import Passwords
from section11.services.sign_in_limits import Caller
from section11.storage.organisations import Membership

PASSWORD, WRONG = "purple tractor moon", "a wrong password"
ANN = Person("ann", "ann@oakfield.example", "Ann Lee", "Head teacher")
BEN = Person("ben", "ben@oakfield.example", "Ben Roe")
HOME, CAFE = Caller("192.0.2.7", browser="Firefox on Windows"), Caller("198.51.100.9")


def with_ann_and_ben(office):
    """Oakfield School in Riverdale: Ann is its approver, Ben a contributor; both have the same password."""
    hashed = Passwords(memory_kib=8, passes=1).hashed(PASSWORD)
    with office.store.writing() as work:
        work.facts.add_partnership(Partnership("riverdale", "Riverdale Partnership"))
        school = Organisation("oakfield", "Oakfield School", "school")
        work.organisations.add_all([Membership(school, "riverdale", DutyBasis.EQUIVALENT)])
        work.accounts.add_people([(ANN, hashed), (BEN, hashed)])
        work.accounts.add_grants(
            [
                (ANN.id, Grant(Role.APPROVER, organisation_id="oakfield")),
                (BEN.id, Grant(Role.CONTRIBUTOR, organisation_id="oakfield")),
            ]
        )
        work.commit()


def wrong_tries(office, number, caller, person=ANN):
    for _ in range(number):
        with pytest.raises(SignInRefusedError):
            sign_in(office, person.email, WRONG, caller)


def may_sign_in(office, caller, person=ANN):
    try:
        sign_in(office, person.email, PASSWORD, caller)
    except SignInRefusedError:
        return False
    return True


def event_names(office, person=ANN):
    with office.store.reading() as work:
        return [event.name for event in work.audit_trail.events(f"person:{person.id}")]
