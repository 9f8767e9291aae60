"""A letter as it reads, drawn on the page block by block."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from section11.reports.letter_blocks import Block, Bullets, Entry, Heading, Paragraph, Table
from section11.ui.words import plain


def show_blocks(blocks: Iterable[Block]) -> None:
    """Draw the blocks of a letter. Its headings stand below those of the page."""
    for block in blocks:
        match block:
            case Heading(words, level):
                st.markdown(f"{'#' * (level + 2)} {plain(' '.join(words.split()))}")
            case Paragraph(words):
                st.markdown(plain(words))
            case Bullets(items):
                st.markdown("\n".join(f"- {plain(' '.join(one.split()))}" for one in items))
            case Entry(title):
                facts = [f"**{plain(label)}:** {plain(words)}" for label, words in block.told]
                st.markdown("  \n".join([f"**{plain(title)}**", *facts]))
            case Table(head, rows):
                lines = [head, tuple("---" for _ in head), *rows]
                st.markdown("\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines))


def _cell(words: str) -> str:
    return words if words == "---" else plain(" ".join(words.split()))
