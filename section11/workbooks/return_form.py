"""What an Excel form is written from: a set as somebody is asked it, and for a return all that is known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from section11.domain.answers import Action, Answer
from section11.domain.carrying import Earlier
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation, OrganisationType
from section11.domain.standards import Question, Standard, StandardsSet


@dataclass(frozen=True, kw_only=True)
class SetForm:
    """What a form is written from: a set as an organisation type is asked it, or all of it; ``made_at`` has a time
    zone."""

    organisation_type: OrganisationType | None
    partnership_name: str
    standards_set: StandardsSet
    made_at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """What was answered last time, by question id."""
    open_actions: Mapping[str, str] = field(default_factory=dict)
    """What was promised in earlier cycles and is still open, in words, by question id."""
    is_demo: bool = False

    @property
    def title(self) -> str:
        """What stands above the questions."""
        return f"{self.standards_set.title}: blank form, not for import"

    @property
    def footer(self) -> str:
        """What stands below every printed page."""
        return f"{self.standards_set.title}, version {self.standards_set.version}"

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards with the questions that are asked."""
        if self.organisation_type is None:
            return self.standards_set.standards
        return self.standards_set.standards_for(self.organisation_type.key)

    @property
    def questions(self) -> list[Question]:
        return [question for standard in self.standards for question in standard.questions]

    @property
    def rated_standards(self) -> tuple[Standard, ...]:
        """The standards in which something is rated, whole: what stands on the sheet of answers."""
        return tuple(standard for standard in self.standards if standard.rated_questions)

    @property
    def profile_standards(self) -> tuple[Standard, ...]:
        """The standards that ask for numbers and facts alone: what stands on the sheet about the organisation."""
        return tuple(standard for standard in self.standards if not standard.rated_questions)

    @property
    def standards_with_actions(self) -> tuple[Standard, ...]:
        """The standards with only the questions under which an action may be promised."""
        return tuple(replace(standard, questions=standard.rated_questions) for standard in self.rated_standards)


@dataclass(frozen=True, kw_only=True)
class ReturnForm(SetForm):
    """Everything one Excel return is written from."""

    organisation: Organisation
    organisation_type: OrganisationType
    cycle: Cycle
    set_sha256: str
    contacts: tuple[str, ...] = ()
    """Whom to ask, each with an e-mail address."""
    signed: str = ""
    """When and by whom, with the hash; empty unless this is what was signed."""

    @property
    def title(self) -> str:
        return f"{self.organisation.name}: {self.cycle.audit_name}, {self.cycle.name}"

    @property
    def footer(self) -> str:
        return f"{self.organisation.name}, {self.cycle.name}"
