"""Crosswalks: which questions of one standards set stand for which of another, and which results compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from section11.domain.standards import Question, StandardsSet


class LinkKind(StrEnum):
    """How the questions of a link belong together.

    ``SAME`` asks the same in the same words (spelling apart), ``REWORDED`` asks it in other words or asks a
    little more or less. ``SPLIT`` is one question that became several, ``MERGED`` several that became one.
    """

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"

    def fits(self, count_before: int, count_after: int) -> bool:
        """Return whether a link of this kind may join so many questions to so many."""
        if self is LinkKind.SPLIT:
            return count_before == 1 and count_after > 1
        if self is LinkKind.MERGED:
            return count_before > 1 and count_after == 1
        return count_before == count_after == 1


_KIND_FROM_THE_OTHER_SIDE = {LinkKind.SPLIT: LinkKind.MERGED, LinkKind.MERGED: LinkKind.SPLIT}


class TrendBreak(StrEnum):
    """Why a line of results may not run on from one question to another."""

    QUESTION = "question"
    """Something else is asked, or it is asked in other words."""
    SCALE = "scale"
    DESCRIPTORS = "descriptors"
    ANSWERS = "answers"
    """The unit of a number or the choices are others; only for questions that are not rated."""


@dataclass(frozen=True, slots=True)
class Link:
    """Questions of one set, by id, and the questions of another that stand for them."""

    kind: LinkKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""

    def reversed(self) -> Link:
        return Link(_KIND_FROM_THE_OTHER_SIDE.get(self.kind, self.kind), self.after, self.before, self.note)


@dataclass(frozen=True, slots=True)
class Match:
    """What stands for one question in the other set: no ``question_ids`` and no ``kind`` if nothing does.

    ``kind`` is that of the link, seen in the direction of the crosswalk. ``breaks`` says why a trend stops
    here; it is empty for a comparable match, and for a question that nothing stands for.
    """

    question_ids: tuple[str, ...] = ()
    kind: LinkKind | None = None
    breaks: tuple[TrendBreak, ...] = ()
    note: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether results of both questions belong on one line: same question, scale and descriptors."""
        return self.kind is LinkKind.SAME and not self.breaks


@dataclass(frozen=True)
class Crosswalk:
    """Every question of two sets, each in exactly one place: in a link, ``dropped`` (before) or ``new`` (after)."""

    before: StandardsSet
    after: StandardsSet
    links: tuple[Link, ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]

    def onward(self, question_id: str) -> Match:
        """Return what stands in the set after for a question of the set before.

        Raises:
            KeyError: the set before has no such question.
        """
        return self._matches_onward[question_id]

    def back(self, question_id: str) -> Match:
        """Return what stood in the set before for a question of the set after.

        Raises:
            KeyError: the set after has no such question.
        """
        return self._matches_back[question_id]

    def reversed(self) -> Crosswalk:
        """Return the same crosswalk read the other way."""
        links = tuple(link.reversed() for link in self.links)
        return Crosswalk(self.after, self.before, links, new=self.dropped, dropped=self.new)

    def breaks_of(self, link: Link) -> tuple[TrendBreak, ...]:
        """Return everything that keeps the results on both sides of a link apart."""
        before = [self.before.questions_by_id[one] for one in link.before]
        after = [self.after.questions_by_id[one] for one in link.after]
        found = [] if link.kind is LinkKind.SAME else [TrendBreak.QUESTION]
        if not (before[0].is_rated and after[0].is_rated):
            return (*found, *([] if _answered_alike(before[0], after[0]) else [TrendBreak.ANSWERS]))
        if self.before.scale.ratings != self.after.scale.ratings:
            found.append(TrendBreak.SCALE)
        elif len(before) == len(after) == 1 and dict(before[0].descriptors) != dict(after[0].descriptors):
            found.append(TrendBreak.DESCRIPTORS)
        return tuple(found)

    @cached_property
    def _matches_onward(self) -> Mapping[str, Match]:
        found = dict.fromkeys(self.dropped, Match())
        for link in self.links:
            match = Match(link.after, link.kind, self.breaks_of(link), link.note)
            found |= dict.fromkeys(link.before, match)
        return found

    @cached_property
    def _matches_back(self) -> Mapping[str, Match]:
        found = dict.fromkeys(self.new, Match())
        for link in self.links:
            match = Match(link.before, link.kind, self.breaks_of(link), link.note)
            found |= dict.fromkeys(link.after, match)
        return found


def crosswalk_of(
    before: StandardsSet,
    after: StandardsSet,
    links: Sequence[Link] = (),
    *,
    new: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Crosswalk:
    """Return the crosswalk of two sets from what is written about them; without that, it is derived whole.

    A question that nothing is written about is matched by its id and type: ``SAME`` with the same words,
    ``REWORDED`` with others, but only between editions of one set: in two sets one id says little. Without a match
    it is new or dropped. What is written about questions that a
    set does not have is passed over, so that an older edition of a set can still be read.
    """
    kept = [each for link in links if (each := _within(link, before, after)) is not None]
    is_one_set = before.id == after.id or _is_copy(before, after)
    spoken_for_before = {*dropped, *(one for link in kept for one in link.before)}
    spoken_for_after = {*new, *(one for link in kept for one in link.after)}
    for question in before.all_questions():
        counterpart = after.questions_by_id.get(question.id)
        if question.id in spoken_for_before or question.id in spoken_for_after or counterpart is None:
            continue
        kind = _kind_by_words(question, counterpart)
        if counterpart.type == question.type and (kind is LinkKind.SAME or is_one_set):
            kept.append(Link(kind, (question.id,), (question.id,)))
    linked_before = {one for link in kept for one in link.before}
    linked_after = {one for link in kept for one in link.after}
    return Crosswalk(
        before,
        after,
        tuple(kept),
        new=tuple(one for one in after.questions_by_id if one not in linked_after),
        dropped=tuple(one for one in before.questions_by_id if one not in linked_before),
    )


_LEAST_IN_COMMON = 0.5


def _is_copy(before: StandardsSet, after: StandardsSet) -> bool:
    """Return whether one set was made from the other: at least half of the ids they share have the same words."""
    pairs = [
        (question, after.questions_by_id[question.id])
        for question in before.all_questions()
        if question.id in after.questions_by_id
    ]
    same = sum(_kind_by_words(one, other) is LinkKind.SAME for one, other in pairs)
    return same >= _LEAST_IN_COMMON * max(1, len(pairs))


def _within(link: Link, before: StandardsSet, after: StandardsSet) -> Link | None:
    ids_before = tuple(one for one in link.before if one in before.questions_by_id)
    ids_after = tuple(one for one in link.after if one in after.questions_by_id)
    return Link(link.kind, ids_before, ids_after, link.note) if ids_before and ids_after else None


def _kind_by_words(before: Question, after: Question) -> LinkKind:
    return LinkKind.SAME if before.text.split() == after.text.split() else LinkKind.REWORDED


def _answered_alike(before: Question, after: Question) -> bool:
    return (before.type, before.unit, dict(before.choices)) == (after.type, after.unit, dict(after.choices))
