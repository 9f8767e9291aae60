"""The lines of a trend: the choice of one, its chart with its breaks in words, and the table of all."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from section11.reports.tables.trend import trend_table
from section11.reports.trend import SubjectKind, Trend, TrendLine
from section11.ui.components.choosing import chosen_from
from section11.ui.components.figure_tables import show_figure_table
from section11.ui.components.trend_chart import trend_chart
from section11.ui.words import count_of, plain

KIND_TITLES = {
    SubjectKind.STANDARD: "Standards",
    SubjectKind.ARRANGEMENT: "Statutory arrangements",
    SubjectKind.QUESTION: "Questions",
}


def show_trends(trends: list[Trend], link: Callable[[str], None]) -> TrendLine:
    """Draw one line of one set and the table of all its lines, and return the line.

    ``link`` draws the download of the table of a set by its id.
    """
    trend = _chosen_set(trends)
    line = _chosen_line(trend)
    _show(line, trend)
    _table(trend, link)
    return line


def _chosen_set(trends: list[Trend]) -> Trend:
    if len(trends) == 1:
        return trends[0]
    ids = [one.standards_set.id for one in trends]
    chosen = chosen_from("Question set", ids, [one.standards_set.title for one in trends], name="set")
    return trends[ids.index(chosen)]


def _chosen_line(trend: Trend) -> TrendLine:
    lines = {f"{one.kind.value}-{one.subject_id}".rstrip("-"): one for one in trend.lines}
    titles = [f"{one.subject_id} {one.title}".strip() for one in lines.values()]
    key = f"page.line.{trend.standards_set.id}"
    return lines[chosen_from("What to look at", list(lines), titles, name="line", key=key)]


def _show(line: TrendLine, trend: Trend) -> None:
    st.header(plain(f"{line.subject_id} {line.title}".strip()))
    if len(line.points) == 1:
        st.write("This is the first cycle with this question set, so there is nothing to compare yet.")
    trend_chart(line, trend.standards_set.scale.best.label)
    for step, point in zip(line.steps, line.points[1:], strict=True):
        if step.is_break:
            st.markdown(f"**Break before {plain(point.cycle_name)}.** {plain(' '.join(step.reasons))}")
            if step.compared and step.before is not None and step.after is not None:
                st.markdown(
                    f"Over the {count_of(step.compared, 'question')} of {step.asked} that still compare: "
                    f"{step.before:.1f}% before, {step.after:.1f}% in {plain(point.cycle_name)}."
                )


def _table(trend: Trend, link: Callable[[str], None]) -> None:
    st.header("Every line")
    kinds = list(KIND_TITLES)
    kind = chosen_from(
        "Lines of", [one.value for one in kinds], [KIND_TITLES[one] for one in kinds], name="lines", key="page.lines"
    )
    show_figure_table(trend_table(trend, [SubjectKind.SET, SubjectKind(kind)]), wide="Why the line breaks")
    link(trend.standards_set.id)
    with st.expander("How to read it"):
        best = plain(trend.standards_set.scale.best.label)
        st.markdown(
            f"- The shares are of answers rated **{best}**. **n** is how many answers were asked for; “not applicable” "
            "is left out, a missing answer stays in.\n"
            "- **Change** is in percentage points, and only where the line runs on from the cycle before.\n"
            "- A line **breaks** where a question, the meaning of its ratings or the scale is not what it was. "
            "Beside it stand the shares over the questions that are the same in both cycles.\n"
            "- Not the same organisations return each time; the number of returns is below."
        )
