"""Finding the choice that a person meant, by its words or its key."""

from __future__ import annotations

from collections.abc import Mapping

from section11.errors import BadInputError


def chosen_key(words: str, options: Mapping[str, str]) -> str:
    """Return the key that was given, or that of the choice with these words, in any case.

    A key itself comes first: that is what the form sends, whatever the words of other choices are.

    Raises:
        BadInputError: there is no such choice.
    """
    if words in options:
        return words
    keys_by_words = {_folded(key): key for key in options} | {_folded(label): key for key, label in options.items()}
    if _folded(words) in keys_by_words:
        return keys_by_words[_folded(words)]
    raise BadInputError(f'"{words.strip()}" is not one of the choices. Choose one of: {", ".join(options.values())}.')


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
