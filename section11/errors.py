"""What can go wrong, each with one sentence for the person it happens to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found in a file: where it is and what to do about it.

    ``place`` is what a person can find: ``set.yaml:12``, ``row 7`` or ``Answers!C7``.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Section11Error(Exception):
    """Base of every expected error; ``user_message`` is safe to show to anyone."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


class NotAvailableError(Section11Error):
    """The thing does not exist, or this person may not know that it does.

    Both cases say the same words, so that an address cannot be used to find out who takes part.
    """

    def __init__(self) -> None:
        super().__init__(
            "This is not available. It may have moved, or your account may not include it. "
            "Go back to your home page, or ask your administrator."
        )


class NotPermittedError(Section11Error):
    """The person may see the thing but may not do this to it."""


class NotSignedInError(Section11Error):
    """There is no session, or it has ended."""

    def __init__(self) -> None:
        super().__init__("You are not signed in. Sign in to carry on; everything you saved is kept.")


class SignInRefusedError(Section11Error):
    """The e-mail address and password do not belong together, or too many tries were made."""


class TransitionNotAllowedError(Section11Error):
    """The workflow has no move from the current status to the wanted one."""

    def __init__(self, *, current: str, wanted: str) -> None:
        super().__init__(
            f"This return is {_words(current)}, so it cannot become {_words(wanted)} now. "
            "Reload the page to see what can be done next."
        )
        self.current = current
        self.wanted = wanted


class ActionMoveNotAllowedError(Section11Error):
    """The table of an action's life has no such move from its status; ``move`` is in words."""

    def __init__(self, *, status: str, move: str) -> None:
        super().__init__(
            f"This action is {status}, so it cannot be {move} now. Reload the page to see what can be done next."
        )
        self.status = status


class StaleActionError(Section11Error):
    """Somebody else reported on this action after the page was loaded."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else reported on this action after you opened the page. Nothing was saved, and what you wrote "
            "is still there. Read what they wrote, shown now, then save again."
        )


class StaleAnswerError(Section11Error):
    """Somebody else saved this answer after the page was loaded."""

    def __init__(self, *, question_id: str, expected_version: int, stored_version: int) -> None:
        super().__init__(
            f"Question {question_id} was changed by a colleague while you were writing. "
            "Both texts are shown below: keep yours, keep theirs, or combine them."
        )
        self.question_id = question_id
        self.expected_version = expected_version
        self.stored_version = stored_version


class StaleModerationError(Section11Error):
    """The answer, its evidence, or the judgement itself was changed after the page was loaded. Nothing was saved."""

    def __init__(self, *, question_id: str, answer_changed: bool) -> None:
        what = (
            f"The organisation changed its answer to question {question_id}, or the evidence under it, after you "
            "opened it. Read what is new"
            if answer_changed
            else f"Question {question_id} was judged by a colleague, or in another window, after you opened it. "
            "Read that judgement"
        )
        super().__init__(f"{what}, then save yours again. What you chose and wrote is still here.")
        self.question_id = question_id
        self.answer_changed = answer_changed


class StalePackWordsError(Section11Error):
    """Somebody else saved this part of the board pack after the page was loaded. Nothing was saved."""

    def __init__(self, part: str) -> None:
        super().__init__(
            "Somebody else changed this part of the board pack after you opened it. Nothing was saved, and what you "
            "wrote is still there. Read theirs, shown now, then save again to keep yours."
        )
        self.part = part


class BadInputError(Section11Error):
    """What was typed or asked for cannot be used; the message says what to type instead."""


class ProblemsFoundError(Section11Error):
    """A file has faults. Nothing was changed; ``problems`` lists every one of them."""

    advice = "Nothing was imported; put them right and try again."

    def __init__(self, problems: Sequence[Problem], *, what: str = "The file") -> None:
        count = len(problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{what} has {count} {noun}. {self.advice}")
        self.problems = tuple(problems)


class DefinitionFaultsError(ProblemsFoundError):
    """A file that is used where it lies, such as a question set, has faults."""

    advice = "Put them right and try again."


class NotOurFileError(Section11Error):
    """The file is not one this product can read, or not one for this place."""


class SettingMissingError(Section11Error):
    """A setting is missing or wrong; the message says how to set it."""


def _words(status: str) -> str:
    return status.replace("_", " ").lower()
