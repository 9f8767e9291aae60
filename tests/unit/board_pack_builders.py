"""Builders of board packs for the tests, from the small cycles that can be counted by hand."""

from __future__ import annotations

from section11.domain.board_packs import PackWords
from section11.domain.crosswalks import crosswalk_of
from section11.reports.board_pack import BoardPack, PackPage
from section11.reports.board_pages import PackFigures, board_pack_of
from section11.reports.board_sharing import aliases_for
from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.reports.question_counts import set_counts_of
from section11.reports.trend import Trend, TrendSource, trend_of

FINGERPRINT = "0123456789abcdef" * 4
HOSTILE = (
    "<script>alert(1)</script> #panic() $x$ *bold* _under_ [link](https://evil.example) {{ 7*7 }} {% raw %} "
    "=HYPERLINK(1) \\ ` @import & \"quoted\" 'single'"
)


def a_pack(
    cycle: CollatedCycle, *, earlier: CollatedCycle | None = None, words: PackWords | None = None, number: int = 1
) -> BoardPack:
    """Return the pack of a cycle, final unless the number is 0, with aliases for every organisation."""
    counted = PackFigures(figures_of(cycle), _trends(cycle, earlier) if earlier else ())
    aliases = aliases_for([one.organisation.name for one in cycle.returns], "seed")
    return board_pack_of(counted, words or PackWords(), number=number, aliases=aliases)


def _trends(cycle: CollatedCycle, earlier: CollatedCycle) -> list[Trend]:
    before = {one.standards_set.id: one for one in set_counts_of(earlier)}
    return [
        trend_of(
            [
                TrendSource(earlier.cycle, before[one.standards_set.id]),
                TrendSource(
                    cycle.cycle, one, crosswalk_of(before[one.standards_set.id].standards_set, one.standards_set, ())
                ),
            ]
        )
        for one in set_counts_of(cycle)
        if one.standards_set.id in before
    ]


def page_of(pack: BoardPack, key: str) -> PackPage:
    [page] = [page for page in pack.pages if page.key == key]
    return page


def words_of(pack: BoardPack, key: str) -> str:
    """Return what a sentence says wherever its subject is; empty where nothing is said."""
    found = [one.words for page in pack.pages if page.key != "summary" for one in page.sentences if one.key == key]
    return found[0] if found else ""
