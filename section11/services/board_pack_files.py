"""The board pack as files to take away and as slides to present; each download is an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.permissions import Right
from section11.presentations.board_pack_slides import board_pack_slides
from section11.reports.board_pack import BoardPack
from section11.reports.board_pack_html import board_pack_html
from section11.reports.board_pack_pdf import board_pack_pdf
from section11.reports.board_sharing import copy_for_sharing
from section11.services.board_packs import pack_figures, stored_pack, view_draft
from section11.services.downloads import HTML, PDF, PPTX, XLSX, Download
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.board_pack_workbook import board_pack_workbook


class Form(StrEnum):
    """The four forms of a pack; the value is the ending of the file."""

    SLIDES = "pptx"
    PDF = "pdf"
    WEB_PAGE = "html"
    WORKBOOK = "xlsx"


@dataclass(frozen=True, slots=True)
class _Printed:
    """What a form is made from; ``template`` is a partnership's own presentation."""

    pack: BoardPack
    fingerprint: str
    template: bytes | None


_MEDIA_TYPES = {Form.SLIDES: PPTX, Form.PDF: PDF, Form.WEB_PAGE: HTML, Form.WORKBOOK: XLSX}
_MAKERS: dict[Form, Callable[[_Printed], bytes]] = {
    Form.SLIDES: lambda one: board_pack_slides(one.pack, one.fingerprint, one.template),
    Form.PDF: lambda one: board_pack_pdf(one.pack, one.fingerprint),
    Form.WEB_PAGE: lambda one: board_pack_html(one.pack, one.fingerprint),
    Form.WORKBOOK: lambda one: board_pack_workbook(one.pack, one.fingerprint),
}


def download_pack(
    office: Office, user: User, cycle_id: str, number: int, form: Form, *, for_sharing: bool = False
) -> Download:
    """Return a final pack as a file; a copy for sharing has aliases for names and nothing about small groups.

    Raises:
        NotAvailableError, NotPermittedError: there is no such pack, or the person may not read it.
    """
    return _final(office, user, cycle_id, number, form, "board_pack_downloaded", for_sharing=for_sharing)


def present_pack(office: Office, user: User, cycle_id: str, number: int) -> Download:
    """Return a final pack as the web page that is shown in the room. Presenting is an event."""
    return _final(office, user, cycle_id, number, Form.WEB_PAGE, "board_pack_presented", for_sharing=False)


def download_draft(office: Office, user: User, cycle_id: str, form: Form, *, for_sharing: bool = False) -> Download:
    """Return the pack as it would be made final now, marked as a draft.

    Raises:
        NotAvailableError, NotPermittedError: the person may not write this cycle's board pack.
    """
    pack = view_draft(office, user, cycle_id, pack_figures(office, user, cycle_id)).pack
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.EDIT_BOARD_PACK)
        _note(office, work, user, cycle, "board_pack_draft_downloaded", form=form.value, for_sharing=for_sharing)
        template = _template(work, cycle)
        work.commit()
    return _file(_Printed(_copy(pack, for_sharing), "", template), cycle_id, form)


def _final(
    office: Office, user: User, cycle_id: str, number: int, form: Form, event: str, *, for_sharing: bool
) -> Download:
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_BOARD_PACK)
        pack, fingerprint = stored_pack(work, cycle_id, number)
        _note(office, work, user, cycle, event, number=number, form=form.value, for_sharing=for_sharing)
        template = _template(work, cycle)
        work.commit()
    return _file(_Printed(_copy(pack, for_sharing), fingerprint, template), cycle_id, form)


def _copy(pack: BoardPack, for_sharing: bool) -> BoardPack:
    return copy_for_sharing(pack) if for_sharing else pack


def _template(work: UnitOfWork, cycle: Cycle) -> bytes | None:
    """Return the template of the first partnership of the cycle that has one."""
    templates = work.board_packs.templates(cycle.partnership_ids)
    return next((templates[one].content for one in sorted(templates)), None)


def _file(printed: _Printed, cycle_id: str, form: Form) -> Download:
    pack = printed.pack
    number = f"-{pack.number}" if pack.is_final else "-draft"
    ending = "-for-sharing" if pack.is_for_sharing else ""
    return Download(f"{cycle_id}-board-pack{number}{ending}.{form.value}", _MEDIA_TYPES[form], _MAKERS[form](printed))


def _note(office: Office, work: UnitOfWork, user: User, cycle: Cycle, name: str, **details: object) -> None:
    for partnership_id in sorted(cycle.partnership_ids):
        record(work, partnership_stream(partnership_id), user, name, office.clock(), cycle=cycle.id, **details)
