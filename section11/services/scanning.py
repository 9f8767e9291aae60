"""The virus check of evidence files: refused when harmful, held while the scanner is silent."""

from __future__ import annotations

from section11.domain.evidence import ScanState
from section11.errors import NotOurFileError
from section11.services.clamav import ScannerSilentError
from section11.services.office import Office

HARMFUL = (
    "The virus check found something harmful in this file, so it was not kept. "
    "Do not send it to anybody, and tell those who look after your computers."
)


def scanned(office: Office, content: bytes) -> ScanState:
    """Return what the scanner says of a file that is about to be kept.

    Raises:
        NotOurFileError: it is harmful.
    """
    if office.scanner is None:
        return ScanState.NOT_SCANNED
    state = verdict(office, content)
    if state is ScanState.REFUSED:
        raise NotOurFileError(HARMFUL)
    return state


def verdict(office: Office, content: bytes) -> ScanState:
    """Return clean or refused, or held when there is nobody to ask."""
    if office.scanner is None:
        return ScanState.HELD
    try:
        return ScanState.CLEAN if office.scanner.is_harmless(content) else ScanState.REFUSED
    except ScannerSilentError:
        return ScanState.HELD
