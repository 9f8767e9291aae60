"""What a fictional organisation can say about each question: phrases of its own where there are any, or its prompts."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cached_property

from section11.domain.standards import Question, StandardsSet
from section11.services.demo.content import Phrases, QuestionPhrases


class Phrasing:
    """The phrases for the questions of one set."""

    def __init__(self, phrases: Phrases, standards_set: StandardsSet) -> None:
        self.phrases = phrases
        self._standards_set = standards_set
        self._has_its_own = standards_set.id == phrases.set_id

    def of_question(self, question: Question) -> QuestionPhrases:
        return self._by_question_id[question.id]

    def lean(self, question: Question) -> float:
        """Return how well the question usually does: above 0 better, below 0 worse."""
        standard_id = self._standards_set.standard_id_by_question_id[question.id]
        of_standard = self.phrases.standards[standard_id].lean if self._has_its_own else 0.0
        return of_standard + self.of_question(question).lean

    def reason_not_applicable(self, question: Question, *, buys_nothing: bool, keeps_no_case_records: bool) -> str:
        """Return why a question does not apply to an organisation; empty when it does."""
        standard_id = self._standards_set.standard_id_by_question_id[question.id]
        if buys_nothing and self._has_its_own and self.phrases.standards[standard_id].about_buying:
            return self.phrases.buys_nothing
        return self.of_question(question).not_applicable if keeps_no_case_records else ""

    def impacts(self, rng: random.Random) -> Impacts:
        """Return the impact texts of one return."""
        if self._has_its_own:
            strong = {key: list(one.impact) for key, one in self.phrases.standards.items()}
            weak = {key: [one.weak_impact] for key, one in self.phrases.standards.items()}
        else:
            # One list for all standards, so that nothing is said twice in a return.
            everywhere, nowhere = list(self.phrases.impact), list(self.phrases.weak_impact)
            strong = {one.id: everywhere for one in self._standards_set.standards}
            weak = {one.id: nowhere for one in self._standards_set.standards}
        for texts in strong.values():
            rng.shuffle(texts)
        return Impacts(rng, strong, weak)

    @cached_property
    def _by_question_id(self) -> Mapping[str, QuestionPhrases]:
        if self._has_its_own:
            return self.phrases.by_question_id
        return {question.id: _from_prompts(question) for question in self._standards_set.rated_questions}


class Impacts:
    """The impact texts of one return, by standard. Each is used once: nobody says the same under two questions."""

    def __init__(self, rng: random.Random, strong: Mapping[str, list[str]], weak: Mapping[str, list[str]]) -> None:
        self._rng, self._strong, self._weak = rng, strong, weak

    def next(self, standard_id: str, share: float, words: Mapping[str, str]) -> str:
        """Return what difference it made; often nothing, and more often where little is in place.

        ``share`` is the place of the rating in its scale, 0 for the best and 1 for the lowest.
        """
        texts = self._strong[standard_id] if share < 0.5 else self._weak[standard_id]
        wanted = self._rng.random() < (0.75 if share < 0.5 else 0.4)
        return texts.pop().format_map(words) if wanted and texts else ""


def _from_prompts(question: Question) -> QuestionPhrases:
    """Turn what would show it into what shows it, is missing, or is promised."""
    prompts = [prompt.replace("{", "(").replace("}", ")") for prompt in question.evidence_prompts] or [
        "A written record"
    ]
    wanted = prompts[0][0].lower() + prompts[0][1:]
    return QuestionPhrases(
        shown=[f"{prompt} ({{month}})." for prompt in prompts],
        gap=f"Still missing: {wanted}.",
        action=f"Put in place and keep up to date: {wanted}.",
    )
