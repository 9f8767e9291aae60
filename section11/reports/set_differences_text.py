"""Differences between two sets as plain text for a terminal: counts first, then standard by standard."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from section11.domain.crosswalks import LinkKind, TrendBreak
from section11.domain.scales import RatingScale
from section11.domain.standards import StandardsSet
from section11.reports.definition_changes import Change
from section11.reports.set_differences import (
    ArrangementDifference,
    QuestionDifference,
    SetDifferences,
    StandardDifference,
)
from section11.reports.word_differences import LEGEND, change_in_words, word_difference

WIDTH = 79
_INDENT = " " * 9


def set_differences_text(differences: SetDifferences, *, linked_by: str) -> str:
    """Return the differences as lines of at most 79 characters (a longer word stays whole).

    ``linked_by`` says what the questions were linked by, such as the path of a crosswalk.
    """
    crosswalk = differences.crosswalk
    body = [line for part in _parts(differences) for line in ("", *part)]
    lines = [
        *_wrapped(_counts(differences)),
        *_wrapped(_comparability(differences)),
        "",
        *_wrapped(_title(crosswalk.before), "Before   "),
        *_wrapped(_title(crosswalk.after), "Now      "),
        *_wrapped(linked_by, "Linked   "),
        *([LEGEND] if any("[-" in line or "{+" in line for line in body) else []),
        *body,
    ]
    return "\n".join(lines)


def _counts(differences: SetDifferences) -> str:
    crosswalk = differences.crosswalk
    before, after = len(crosswalk.before.questions_by_id), len(crosswalk.after.questions_by_id)
    if differences.is_empty:
        return f"Nothing differs: {_questions(after)}, all the same."
    links = {kind: [link for link in crosswalk.links if link.kind is kind] for kind in LinkKind}
    same, unchanged = len(links[LinkKind.SAME]), sum(question.is_unchanged for question in differences.questions)
    split_into = sum(len(link.after) for link in links[LinkKind.SPLIT])
    merged_from = sum(len(link.before) for link in links[LinkKind.MERGED])
    parts = {
        f"{same} the same{'' if unchanged == same else f' ({unchanged} of them unchanged)'}": links[LinkKind.SAME],
        f"{len(links[LinkKind.REWORDED])} reworded": links[LinkKind.REWORDED],
        f"{len(links[LinkKind.SPLIT])} split into {split_into}": links[LinkKind.SPLIT],
        f"{merged_from} merged into {len(links[LinkKind.MERGED])}": links[LinkKind.MERGED],
        f"{len(crosswalk.new)} new": crosswalk.new,
        f"{len(crosswalk.dropped)} dropped": crosswalk.dropped,
    }
    return f"{_questions(before)} before, {after} now: {', '.join(words for words, found in parts.items() if found)}."


def _comparability(differences: SetDifferences) -> str:
    comparable = sum(question.is_comparable for question in differences.questions)
    if not comparable:
        return "Results before and now do not compare for any question."
    return f"Results compare for {_questions(comparable)}: same question, same scale, same descriptors."


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _questions_are(count: int) -> str:
    return "question is" if count == 1 else f"{count} questions are"


def _title(standards_set: StandardsSet) -> str:
    return f"{standards_set.id}: {standards_set.title}, version {standards_set.version}"


def _parts(differences: SetDifferences) -> Iterator[list[str]]:
    """Give each block of lines; a blank line stands before each."""
    crosswalk = differences.crosswalk
    dropped = set(crosswalk.dropped)
    if differences.changes:
        yield ["THE SET", *(line for change in differences.changes for line in _change_of_set(change))]
    for standard in differences.standards:
        if not standard.is_unchanged:
            yield from _standard(standard, crosswalk.after.scale)
    gone = [one for one in differences.standards_removed if {each.id for each in one.questions} <= dropped]
    if gone:
        yield ["STANDARDS THAT ARE GONE", *(line for one in gone for line in _with_id(one.id, one.title))]
    if differences.dropped:
        yield ["DROPPED", *(line for one in differences.dropped for line in _with_id(one.id, one.text))]
    arrangements = [line for one in differences.arrangements for line in _arrangement(one)]
    if arrangements:
        yield ["ARRANGEMENTS TESTED BY OTHER QUESTIONS", *arrangements]
    unchanged = [standard.standard.id for standard in differences.standards if standard.is_unchanged]
    if unchanged and not differences.is_empty:
        yield list(_wrapped(f"Nothing changed in {', '.join(unchanged)}."))


def _arrangement(difference: ArrangementDifference) -> Iterator[str]:
    if difference.tested_before == difference.tested_after and difference.in_before == difference.in_after:
        return
    yield from _wrapped(f"{difference.key}  {difference.title}", "  ")
    yield from _wrapped(_tested(difference.in_before, difference.tested_before), f"{_INDENT}before  ")
    yield from _wrapped(_tested(difference.in_after, difference.tested_after), f"{_INDENT}now     ")


def _tested(in_set: bool, question_ids: tuple[str, ...]) -> str:
    return ", ".join(question_ids) or ("no question" if in_set else "not in this set")


def _standard(difference: StandardDifference, scale: RatingScale) -> Iterator[list[str]]:
    """A standard is called new only if all its questions are: a new number for what was asked before is none."""
    heading = f"{difference.standard.id}  {difference.standard.title}"
    is_new = difference.is_new and all(question.kind is None for question in difference.questions)
    yield [
        *_wrapped(f"{heading} (new standard)" if is_new else heading),
        *(line for change in difference.changes for line in _change(change, "  ")),
    ]
    changed = [question for question in difference.questions if not question.is_unchanged]
    for question in changed:
        yield list(_question(question, scale))
    rest = len(difference.questions) - len(changed)
    if rest:
        yield [f"  {'The other' if changed else 'Its'} {_questions_are(rest)} unchanged."]


def _question(difference: QuestionDifference, scale: RatingScale) -> Iterator[str]:
    yield from _with_id(difference.question.id, _kind_in_words(difference))
    yield from _words(difference)
    if difference.note:
        yield from _wrapped(f"Note: {difference.note}", _INDENT)
    reasons = [_REASONS[one] for one in difference.breaks if one is not TrendBreak.QUESTION]
    if difference.kind is LinkKind.SAME and reasons:
        yield from _wrapped(f"Results do not compare: {' and '.join(reasons)}.", _INDENT)
    several = len(difference.predecessors) > 1
    for predecessor in difference.predecessors:
        yield from _changes(predecessor.changes, scale, f"{predecessor.question.id}: " if several else "")


_REASONS = {
    TrendBreak.SCALE: "the scale is another",
    TrendBreak.DESCRIPTORS: "the descriptors changed",
    TrendBreak.ANSWERS: "the unit or the choices changed",
}


def _kind_in_words(difference: QuestionDifference) -> str:
    ids = " and ".join(one.question.id for one in difference.predecessors)
    origin = "" if ids == difference.question.id else f" from {ids}"
    if difference.kind is None:
        return "new"
    if difference.kind is LinkKind.SAME:
        with_changes = any(one.changes for one in difference.predecessors)
        return f"the same{origin}{', with changes' if with_changes else ''}"
    beside = f", beside {' and '.join(difference.beside)}" if difference.beside else ""
    return f"{difference.kind}{origin}{beside}"


def _words(difference: QuestionDifference) -> Iterator[str]:
    text = difference.question.text
    earlier = [one.question for one in difference.predecessors]
    marked = word_difference(earlier[0].text, text) if len(earlier) == 1 else None
    if not earlier or marked:
        yield from _wrapped(marked or text, _INDENT)
        return
    for one in earlier:
        yield from _wrapped(one.text, f"{_INDENT}was  ")
    yield from _wrapped(text, f"{_INDENT}now  ")


def _changes(changes: tuple[Change, ...], scale: RatingScale, prefix: str) -> Iterator[str]:
    rewritten = [change.what for change in changes if change_in_words(change.before, change.after) is None]
    for change in changes:
        if change.what not in rewritten:
            yield from _change(change, f"{_INDENT}{prefix}")
    labels = [rating.label for rating in scale.ratings]
    if set(labels) <= set(rewritten):
        rewritten = ["Descriptors", *(what for what in rewritten if what not in labels)]
    if rewritten:
        yield from _wrapped(f"Rewritten: {', '.join(rewritten)}", f"{_INDENT}{prefix}")


def _change(change: Change, indent: str) -> Iterator[str]:
    words = change_in_words(change.before, change.after) or "rewritten"
    yield from _wrapped(f"{change.what}: {words}", indent)


def _change_of_set(change: Change) -> Iterator[str]:
    """Long lists change in a set; each entry has a line of its own."""
    if not (isinstance(change.before, tuple) and isinstance(change.after, tuple)):
        yield from _change(change, "  ")
        return
    gone, come = set(change.before) - set(change.after), set(change.after) - set(change.before)
    yield f"  {change.what}:{'' if gone or come else ' in another order'}"
    for entry in change.before:
        yield from _wrapped(f"[-{entry}-]", "    ") if entry in gone else ()
    for entry in change.after:
        yield from _wrapped(f"{{+{entry}+}}", "    ") if entry in come else ()


def _with_id(question_id: str, words: str) -> Iterator[str]:
    yield from _wrapped(words, f"  {question_id:<6} ")


def _wrapped(words: str, start: str = "") -> list[str]:
    """Return lines of which the first begins with ``start`` and the others stand below what follows it."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
