"""What can be wrong with a list that people choose from, the ratings of a scale or the choices of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from section11.domain.answers import MARKER_TITLES

_RESERVED = {text.casefold(): title for marker, title in MARKER_TITLES.items() for text in (marker.value, title)}
"""What every question offers besides, by its key and by its words."""


def faults_of_offered(offered: Sequence[tuple[str, str]], what: str) -> Iterator[tuple[int, str, str]]:
    """Give the place, "key" or "label", and the sentence of each fault.

    ``offered`` is each key with its label; ``what`` is what one of them is called.

    Keys and words must be told apart wherever either may stand, as in past results that are imported.
    """
    keys: dict[str, int] = {}
    for index, (key, _) in enumerate(offered):
        if key in keys:
            yield index, "key", f'The {what} "{key}" stands here twice. Give this one another key.'
        elif key in _RESERVED:
            yield index, "key", f'"{key}" is what every question offers besides. Give this {what} another key.'
        keys.setdefault(key, index)
    seen: set[str] = set()
    for index, (_, label) in enumerate(offered):
        words = " ".join(label.split()).casefold()
        if words in seen:
            yield index, "label", f'Two have the label "{label}". Give this {what} other words.'
        elif words in _RESERVED:
            message = (
                f'"{_RESERVED[words]}" is offered with every question. Take this {what} away, or change its label.'
            )
            yield index, "label", message
        elif keys.get(words, index) != index:
            message = f'"{label}" is the key of another {what}. Change the words, so that nobody mistakes them.'
            yield index, "label", message
        seen.add(words)
