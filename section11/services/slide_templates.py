"""A partnership's own PowerPoint template, which its board packs are written into."""

from __future__ import annotations

import hashlib

from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right, require
from section11.presentations.own_template import own_deck
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.trail import partnership_stream, record
from section11.storage.board_packs import SlideTemplate

LONGEST_FILE_NAME = 200


def list_templates(office: Office, user: User) -> dict[str, str | None]:
    """Return the file name of each partnership's template by partnership id, None where it has none.

    Only partnerships whose board packs this person may write are listed.
    """
    with office.store.reading() as work:
        ids = partnerships_with(user, Right.EDIT_BOARD_PACK, list(work.facts.partnerships()))
        templates = work.board_packs.templates(ids)
    return {one: templates[one].file_name if one in templates else None for one in ids}


def keep_template(office: Office, user: User, partnership_id: str, file_name: str, content: bytes) -> None:
    """Keep a presentation as the partnership's template, in the place of the one before.

    Raises:
        NotOurFileError: it cannot be used; nothing was changed.
        NotAvailableError, NotPermittedError: the person may not write this partnership's board packs.
    """
    with office.store.refusals_told():
        require(user, Right.EDIT_BOARD_PACK, partnership_place(partnership_id))
    own_deck(content)
    template = SlideTemplate(
        partnership_id=partnership_id,
        file_name=file_name[-LONGEST_FILE_NAME:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=user.id,
        at=office.clock(),
    )
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        work.board_packs.put_template(template)
        record(
            work,
            partnership_stream(partnership_id),
            user,
            "slide_template_kept",
            office.clock(),
            file=template.file_name,
            sha256=template.sha256,
        )
        work.commit()


def drop_template(office: Office, user: User, partnership_id: str) -> None:
    """Go back to the house look; files made from now on have it.

    Raises:
        NotAvailableError, NotPermittedError: the person may not write this partnership's board packs.
    """
    with office.store.refusals_told():
        require(user, Right.EDIT_BOARD_PACK, partnership_place(partnership_id))
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        if work.board_packs.drop_template(partnership_id):
            record(work, partnership_stream(partnership_id), user, "slide_template_dropped", office.clock())
            work.commit()
