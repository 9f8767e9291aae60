"""One piece of evidence in a line: what it is, its dates, whether it still holds, and where it opens."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from section11.domain.evidence import EvidenceItem, EvidenceKind, Expiry, Revision, ScanState, size_words
from section11.domain.file_types import BY_MEDIA_TYPE
from section11.domain.uk_time import long_date, uk_date
from section11.ui.cache import office
from section11.ui.words import plain

LONGEST_SHOWN = 80
_BADGES = {Expiry.SOON: "orange", Expiry.EXPIRED: "red"}
_SCAN_BADGES = {
    ScanState.HELD: ":orange-badge[Waits for the virus check]",
    ScanState.REFUSED: ":red-badge[Refused by the virus check]",
    ScanState.REMOVED: ":gray-badge[No longer kept]",
}


def show_line(item: EvidenceItem, *, key: str) -> None:
    """Draw the title and facts, and a link that opens the latest revision."""
    st.markdown(f"**{plain(item.title)}**{badges_of(item)}  \n{facts_of(item)}")
    open_latest(item, key=key)


def open_latest(item: EvidenceItem, *, key: str) -> None:
    open_link(item, item.latest, f"Open “{plain(item.title)}”", key=f"{key}.open")


def open_link(item: EvidenceItem, revision: Revision, label: str, *, key: str) -> None:
    """Draw a link to one revision; its route checks the right again and leaves an event."""
    path = f"/evidence/{quote(item.id)}/{revision.number}"
    icon = ":material/link:" if item.kind is EvidenceKind.LINK else ":material/description:"
    st.link_button(label, path, key=key, icon=icon, disabled=revision.scan is ScanState.REMOVED)


def facts_of(item: EvidenceItem) -> str:
    """Return what it is and its dates, safe to draw."""
    facts = [content_words(item.latest)]
    if item.dated:
        facts.append(f"of {long_date(item.dated)}")
    if item.expires:
        held = item.expiry(uk_date(office().clock())) is not Expiry.EXPIRED
        facts.append(f"{'expires' if held else 'expired'} {long_date(item.expires)}")
    if item.latest.number > 1:
        facts.append(f"revision {item.latest.number}")
    return ", ".join(facts)


def badges_of(item: EvidenceItem) -> str:
    """Return what a reader should notice: that it expires, or that it cannot be opened."""
    expiry = item.expiry(uk_date(office().clock()))
    badges = [f":{_BADGES[expiry]}-badge[{expiry.value.capitalize()}]"] if expiry in _BADGES else []
    if item.latest.scan in _SCAN_BADGES:
        badges.append(_SCAN_BADGES[item.latest.scan])
    return "".join(f"  {badge}" for badge in badges)


def content_words(revision: Revision) -> str:
    """Return the kind and size of a file, or the address of a link."""
    if revision.url:
        shown = revision.url if len(revision.url) <= LONGEST_SHOWN else f"{revision.url[:LONGEST_SHOWN]}…"
        # As code: an address in a sentence becomes a link of its own, past the route that leaves an event.
        return f"Link to `{shown.replace('`', '%60')}`"
    kind = BY_MEDIA_TYPE.get(revision.media_type)
    size = "removed when its time was over" if revision.scan is ScanState.REMOVED else size_words(revision.size)
    return f"{kind.title[0].upper() + kind.title[1:] if kind else 'File'}, {size}"
