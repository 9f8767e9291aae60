"""Rating scales: the allowed ratings, best first, with what each means in general."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from section11.errors import BadInputError


class Tone(StrEnum):
    """How good a rating is in any scale; decides colour and nothing else."""

    FULL = "full"
    MOST = "most"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rating:
    """One value of a scale, such as ``fully_met``."""

    key: str
    label: str
    meaning: str
    tone: Tone


@dataclass(frozen=True)
class RatingScale:
    """The ratings a set uses, best first. Ratings of two scales are never compared or averaged.

    ``not_applicable_words`` are what past results in this scale wrote for "not applicable"
    (lower case), for instance ``grey``.
    """

    id: str
    title: str
    ratings: tuple[Rating, ...]
    not_applicable_words: tuple[str, ...] = ()

    @property
    def best(self) -> Rating:
        return self.ratings[0]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(rating.key for rating in self.ratings)

    def rating(self, key: str) -> Rating:
        """Return the rating with this key.

        Raises:
            BadInputError: the scale has no such rating.
        """
        place = self._places.get(key)
        if place is not None:
            return self.ratings[place]
        choices = ", ".join(rating.label for rating in self.ratings)
        raise BadInputError(f'"{key}" is not a rating. Choose one of: {choices}.')

    def position(self, key: str) -> int:
        """Return the place of a rating, 0 for the best."""
        place = self._places.get(key)
        return self._places[self.rating(key).key] if place is None else place

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {key: place for place, key in enumerate(self.keys)}

    def is_lower_half(self, key: str) -> bool:
        """Return whether a rating lies in the lower half of the scale (two lowest of four)."""
        return self.position(key) * 2 >= len(self.ratings)

    def find(self, words: str) -> Rating | None:
        """Return the rating a person meant by its key or label, in any case; None if there is none."""
        wanted = words.strip().casefold()
        for rating in self.ratings:
            if wanted in {rating.key.casefold(), rating.label.casefold()}:
                return rating
        return None
