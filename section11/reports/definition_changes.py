"""What changed between two questions, two standards or two sets, thing by thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.word_differences import Value


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was; ``what`` is what people call it. Both values are of the same kind."""

    what: str
    before: Value
    after: Value


def changes_of_question(before: Question, after: Question, standards_set: StandardsSet) -> tuple[Change, ...]:
    """Return every change but that of the question's own words, in the order of the form.

    Descriptors are compared for each rating of ``standards_set`` (the one after) that both questions describe.
    """
    return _real((*_descriptors(before, after, standards_set), *_rest_of_question(before, after)))


def changes_of_standard(before: Standard, after: Standard) -> tuple[Change, ...]:
    """Return every change of a standard but those of its questions."""
    return _real((Change("Title", before.title, after.title), Change("Summary", before.summary, after.summary)))


def changes_of_set(before: StandardsSet, after: StandardsSet) -> tuple[Change, ...]:
    """Return every change of a set but its id, title, version and standards."""
    return _real(_set(before, after))


def _real(changes: Iterator[Change] | tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.before != change.after)


def _descriptors(before: Question, after: Question, standards_set: StandardsSet) -> Iterator[Change]:
    for rating in standards_set.scale.ratings:
        if rating.key in before.descriptors and rating.key in after.descriptors:
            yield Change(rating.label, before.descriptors[rating.key], after.descriptors[rating.key])


def _rest_of_question(before: Question, after: Question) -> Iterator[Change]:
    yield Change("Essential", before.essential, after.essential)
    yield Change("Optional", before.optional, after.optional)
    yield Change("Arrangements", before.arrangements, after.arrangements)
    yield Change("References", before.references, after.references)
    yield Change("Asked of", _asked_of(before), _asked_of(after))
    yield Change("Not asked of", tuple(sorted(before.not_asked_of)), tuple(sorted(after.not_asked_of)))
    yield Change("Unit", before.unit, after.unit)
    yield Change("Least", _figure(before.least), _figure(after.least))
    yield Change("Most", _figure(before.most), _figure(after.most))
    yield Change("Choices", _with_keys(before.choices), _with_keys(after.choices))
    yield Change("Help", before.help, after.help)
    yield Change("Evidence", before.evidence_prompts, after.evidence_prompts)
    yield Change("Impact", before.impact_prompt, after.impact_prompt)


def _set(before: StandardsSet, after: StandardsSet) -> Iterator[Change]:
    yield Change("Summary", before.summary, after.summary)
    yield Change("Scale", before.scale.title, after.scale.title)
    yield Change("Ratings", _ratings(before), _ratings(after))
    strong = (before.thresholds.strong_from_percent, after.thresholds.strong_from_percent)
    weak = (before.thresholds.weak_below_percent, after.thresholds.weak_below_percent)
    yield Change("Strong from", f"{strong[0]:g}%", f"{strong[1]:g}%")
    yield Change("Weak below", f"{weak[0]:g}%", f"{weak[1]:g}%")
    yield Change("Bases of duty", before.duties, after.duties)
    yield Change("Arrangements", _with_keys(before.arrangements), _with_keys(after.arrangements))
    yield Change("References", _references(before), _references(after))


def _asked_of(question: Question) -> tuple[str, ...]:
    return tuple(sorted(question.asked_of)) or ("everyone",)


def _figure(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _with_keys(words_by_key: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{key}: {words}" for key, words in words_by_key.items())


def _ratings(standards_set: StandardsSet) -> tuple[str, ...]:
    return tuple(f"{rating.label}: {rating.meaning}" for rating in standards_set.scale.ratings)


def _references(standards_set: StandardsSet) -> tuple[str, ...]:
    return tuple(f"{one.key}: {one.title} {one.url}".rstrip() for one in standards_set.references.values())
