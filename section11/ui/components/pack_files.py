"""The four forms of a board pack as download links."""

from __future__ import annotations

from section11.services.board_pack_files import Form
from section11.ui.components.links import board_pack_download_path, download_link

FORM_TITLES = {
    Form.SLIDES: "PowerPoint",
    Form.PDF: "PDF",
    Form.WEB_PAGE: "Web page",
    Form.WORKBOOK: "Workbook",
}


def file_links(cycle_id: str, number: int, *, for_sharing: bool = False) -> None:
    """Draw a link for each form; number 0 is the draft."""
    for form, title in FORM_TITLES.items():
        path = board_pack_download_path(cycle_id, number, form.value, for_sharing=for_sharing)
        download_link(title, path, key=f"page.file.{number}.{form.value}.{for_sharing}")
