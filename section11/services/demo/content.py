"""What the demo is made of: the files of ``orgs/demo/``, checked as they are read."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from section11.config import PROJECT_DIR
from section11.definitions.far_reading import parsed
from section11.definitions.yaml_lines import read_yaml
from section11.domain.organisations import OrganisationType
from section11.domain.standards import StandardsSet
from section11.errors import BadInputError, DefinitionFaultsError

DEMO_DIR = PROJECT_DIR / "orgs" / "demo"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NamePattern(_Part):
    name: str
    type: str


class Agencies(_Part):
    agencies: list[NamePattern]
    further_agencies: list[NamePattern]


class SchoolKind(_Part):
    type: str
    names: list[str]
    in_trust: bool = False


class Schools(_Part):
    places: list[str]
    second_words: list[str]
    kinds: list[SchoolKind]

    def places_in_order(self, rng: random.Random) -> list[str]:
        """Return every place name in random order: first each place alone, then with its second words."""
        longer = [f"{place} {word}" for place in self.places for word in self.second_words]
        return rng.sample(self.places, len(self.places)) + rng.sample(longer, len(longer))


class Profile(_Part):
    """The posts of one kind of organisation, and how likely it is that some questions do not apply to it."""

    types: list[str] = []
    groups: list[str] = []
    contributor: str
    approver: str
    body: str
    lead: str
    buys_nothing_percent: int
    no_case_records_percent: int
    action_owners: list[str]


class PartnershipPosts(_Part):
    scrutiny: str
    board: str
    administrator: str


class Posts(_Part):
    profiles: list[Profile]
    demo: PartnershipPosts
    hand_back_reasons: list[str]

    def profile_for(self, kind: OrganisationType) -> Profile:
        """Return the profile of a type or else of its group; the last profile serves everything else."""
        by_type = (one for one in self.profiles if kind.key in one.types)
        by_group = (one for one in self.profiles if kind.group in one.groups)
        return next(by_type, None) or next(by_group, self.profiles[-1])


class QuestionPhrases(_Part):
    shown: list[str]
    gap: str
    action: str
    lean: float = 0.0
    not_applicable: str = ""


class StandardPhrases(_Part):
    lean: float
    impact: list[str]
    weak_impact: str
    about_buying: bool = False
    questions: dict[str, QuestionPhrases]


class Phrases(_Part):
    """``standards`` has phrases for every question of one set; returns of other sets are made from their prompts."""

    set_id: str
    closing: list[str]
    nearly: list[str]
    plain: list[str]
    dont_know: str
    buys_nothing: str
    impact: list[str]
    weak_impact: list[str]
    standards: dict[str, StandardPhrases]

    @cached_property
    def by_question_id(self) -> dict[str, QuestionPhrases]:
        return {key: one for standard in self.standards.values() for key, one in standard.questions.items()}

    def check_covers(self, standards_set: StandardsSet) -> None:
        """Raise BadInputError when a rated question of the set has no phrases."""
        lacking = sorted({question.id for question in standards_set.rated_questions} - self.by_question_id.keys())
        if lacking:
            raise BadInputError(f"orgs/demo/phrases.yaml has nothing for {', '.join(lacking)}. Add phrases there.")


@dataclass(frozen=True)
class DemoContent:
    agencies: Agencies
    schools: Schools
    posts: Posts
    phrases: Phrases


def read_content(folder: Path = DEMO_DIR) -> DemoContent:
    """Return everything in the folder.

    Raises:
        DefinitionFaultsError: a file is missing or has faults.
    """
    return DemoContent(
        agencies=_read(folder / "agencies.yaml", Agencies),
        schools=_read(folder / "schools.yaml", Schools),
        posts=_read(folder / "posts.yaml", Posts),
        phrases=_read(folder / "phrases.yaml", Phrases),
    )


_Content = TypeVar("_Content", bound=BaseModel)


def _read(path: Path, model: type[_Content]) -> _Content:
    content, problems = parsed(read_yaml(path), model)
    if content is None:
        raise DefinitionFaultsError(problems, what=path.name)
    return content
