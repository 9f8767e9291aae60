"""Self against moderated as a chart: lower, the same and higher, one bar for each subject."""

from __future__ import annotations

from collections.abc import Sequence

from section11.domain.answers import AnswerState
from section11.domain.scales import Tone
from section11.reports.calibration import Drift
from section11.reports.palette import RATING_SHADES, STATE_SHADES
from section11.ui.components.charts import Bars, draw_stacked


def drift_chart(rows: Sequence[tuple[str, Drift]]) -> None:
    """Draw how many ratings moderation lowered, kept and raised, for each titled row."""
    parts = (
        Bars("Moderated lower", tuple(one.lower for _, one in rows), RATING_SHADES[Tone.NONE], "/"),
        Bars("The same", tuple(one.same for _, one in rows), STATE_SHADES[AnswerState.NOT_APPLICABLE]),
        Bars("Moderated higher", tuple(one.higher for _, one in rows), RATING_SHADES[Tone.FULL], "\\"),
    )
    words = "; ".join(f"{title}: {one.lower} lower, {one.same} the same, {one.higher} higher" for title, one in rows)
    draw_stacked([title for title, _ in rows], parts, alt=f"Moderated beside own ratings. {words}")
