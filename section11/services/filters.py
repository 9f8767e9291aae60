"""What the figures of a cycle can be narrowed to: its partnerships, organisation types and bases of duty."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.organisations import DutyBasis, Organisation
from section11.domain.people import User
from section11.errors import BadInputError
from section11.permissions import Right
from section11.reports.selection import DUTY, PARTNERSHIP, RATINGS, TYPE, RatingsBy, Selection
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.storage.unit_of_work import UnitOfWork

Key = TypeVar("Key")


@dataclass(frozen=True)
class FilterChoices:
    """The words of each choice by its key, in the order of the words; only what occurs in the cycle."""

    partnerships: Mapping[str, str]
    types: Mapping[str, str]
    duties: Mapping[DutyBasis, str]


def filter_choices(office: Office, user: User, cycle_id: str) -> FilterChoices:
    """Return the choices there are in a cycle.

    Raises:
        NotAvailableError, NotPermittedError: the person may not follow this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.FOLLOW_PROGRESS)
        kinds = work.assessments.kinds_in_cycle(cycle_id, cycle.partnership_ids)
        names = work.facts.partnerships()
    return FilterChoices(
        partnerships=_by_words({one: names[one].name for one in cycle.partnership_ids if one in names}),
        types=_by_words({key: office.types[key].title for key in {key for key, _ in kinds}}),
        duties=_by_words({duty: office.types.duty_titles[duty] for _, duty in kinds}),
    )


def check_selection(office: Office, user: User, cycle_id: str, asked: Mapping[str, Sequence[str]]) -> None:
    """Raise ``BadInputError`` for a word of a selection, by its name in an address, that this cycle does not have.

    Raises:
        BadInputError: as said; it names what there is to choose from.
        NotAvailableError, NotPermittedError: the person may not follow this cycle.
    """
    choices = filter_choices(office, user, cycle_id)
    known: dict[str, list[str]] = {
        PARTNERSHIP: list(choices.partnerships),
        TYPE: sorted(choices.types),
        DUTY: sorted(one.value for one in choices.duties),
        RATINGS: [one.value for one in RatingsBy],
    }
    for name, values in asked.items():
        for value in values:
            if value not in known[name]:
                there = ", ".join(known[name]) or "nothing"
                raise BadInputError(f'"{value}" is not a {name} of this cycle. Choose from: {there}.')


def chosen_organisations(work: UnitOfWork, cycle: Cycle, selection: Selection) -> dict[str, Organisation]:
    """Return a cycle's members on the chosen basis of duty, in the chosen partnership, by their ids."""
    return {
        one.organisation.id: one.organisation
        for one in work.organisations.members(cycle.partnership_ids)
        if selection.partnership_id in ("", one.partnership_id)
        and (not selection.duties or one.duty in selection.duties)
    }


def is_chosen(assessment: Assessment, organisation_ids: Container[str], selection: Selection) -> bool:
    """Return whether an assessment is of one of these organisations and of a chosen type."""
    is_of_type = not selection.types or assessment.organisation_type in selection.types
    return is_of_type and assessment.organisation_id in organisation_ids


def _by_words(words: Mapping[Key, str]) -> dict[Key, str]:
    return dict(sorted(words.items(), key=lambda pair: pair[1].casefold()))


def selection_words(selection: Selection, choices: FilterChoices) -> str:
    """Return a selection as people read it: ``Police force or Fire and rescue service; moderated ratings``."""
    chosen = [
        [choices.partnerships.get(selection.partnership_id, "")] if selection.partnership_id else [],
        sorted(choices.types.get(key, key) for key in selection.types),
        sorted(choices.duties.get(key, key.value) for key in selection.duties),
    ]
    said = [" or ".join(each) for each in chosen if each] or ["all organisations"]
    if selection.ratings_by is RatingsBy.MODERATION:
        said.append("moderated ratings, so only returns whose moderation is finished")
    return "; ".join(said)
