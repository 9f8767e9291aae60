"""Why a trend breaks between two editions of a set, in sentences, and which questions still compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from section11.domain.crosswalks import Crosswalk, LinkKind, TrendBreak


def comparable_pairs(crosswalk: Crosswalk, before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Return the questions on both sides whose results belong on one line, as (id before, id after)."""
    pairs = [(crosswalk.back(one), one) for one in after]
    return [
        (match.question_ids[0], one) for match, one in pairs if match.is_comparable and match.question_ids[0] in before
    ]


def breaks_between(crosswalk: Crosswalk, before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return everything that keeps the results of these questions apart; nothing where the line runs on."""
    return tuple(_sentences(crosswalk, before, after))


def withheld_words(question_ids: Sequence[str]) -> tuple[str, ...]:
    """Return why a line breaks where these questions are withheld in one of the two cycles, as too few answered."""
    return (f"Too few organisations answered {_listed(question_ids)} in one of the cycles.",) if question_ids else ()


def _sentences(crosswalk: Crosswalk, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    matches = {one: crosswalk.back(one) for one in after}
    if any(TrendBreak.SCALE in match.breaks for match in matches.values()):
        yield from _scale_sentences(crosswalk)
    described = [one for one in after if TrendBreak.DESCRIPTORS in matches[one].breaks]
    if described:
        yield f"What the ratings mean was changed in {_listed(described)}."
    for kind, words in (
        (LinkKind.REWORDED, "Asked in other words: {}."),
        (LinkKind.SPLIT, "Made from a question that was split: {}."),
        (LinkKind.MERGED, "Made from several questions: {}."),
    ):
        found = [one for one in after if matches[one].kind is kind]
        if found:
            yield words.format(_listed(found))
    new = [one for one in after if matches[one].kind is None]
    if new:
        yield f"New: {_listed(new)}."
    otherwise = [one for one in after if TrendBreak.ANSWERS in matches[one].breaks]
    if otherwise:
        yield f"Answered in another way before: {_listed(otherwise)}."
    came = [
        one
        for one in after
        if matches[one].kind and one not in otherwise and not set(matches[one].question_ids) & set(before)
    ]
    if came:
        yield f"Asked elsewhere before: {_listed(came)}."
    onward = {one: crosswalk.onward(one) for one in before}
    dropped = [one for one in before if onward[one].kind is None]
    if dropped:
        yield f"No longer asked: {_listed(dropped)}."
    left = [one for one in before if onward[one].kind and not set(onward[one].question_ids) & set(after)]
    if left:
        yield f"Asked elsewhere now: {_listed(left)}."


def _scale_sentences(crosswalk: Crosswalk) -> Iterator[str]:
    before = {one.key: one for one in crosswalk.before.scale.ratings}
    after = {one.key: one for one in crosswalk.after.scale.ratings}
    if list(before) != list(after):
        labels = [", ".join(one.label for one in ratings.values()) for ratings in (before, after)]
        yield f"The rating scale changed from {labels[0]} to {labels[1]}."
        return
    changed = [key for key in after if before[key] != after[key]]
    for key in changed:
        old, new = before[key], after[key]
        if old.label != new.label:
            yield f"“{old.label}” is now called “{new.label}”."
        if old.meaning != new.meaning:
            yield f"“{new.label}” meant “{_bare(old.meaning)}” and now means “{_bare(new.meaning)}”."
        elif old.label == new.label:
            yield f"“{new.label}” is another rating than before."


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def _listed(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
