"""Page: how results went over the cycles, with a break wherever the question, its ratings or the scale changed."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.reports.selection import Selection
from section11.reports.tables.trend import trend_table
from section11.reports.trend import SubjectKind, Trend, TrendLine
from section11.ui.cache import office, trends
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.trend_chart import trend_chart
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain, saved_at

KIND_TITLES = {
    SubjectKind.STANDARD: "Standards",
    SubjectKind.ARRANGEMENT: "Statutory arrangements",
    SubjectKind.QUESTION: "Questions",
}


def main(user: User) -> None:
    page_state("trend")
    st.title("Trend")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page compares cycles.")
        return
    st.write("How results went up to this cycle. Where a line breaks, what stands on both sides does not compare.")
    selection = chosen_selection(user, cycle.id)
    found = [
        one for one in trends(user, cycle.id, selection) if any(point.returns_counted for point in one.lines[0].points)
    ]
    if not found:
        st.write("Nothing has been submitted in these cycles yet.")
        return
    trend = _chosen_set(found)
    line = _chosen_line(trend)
    _show(line, trend)
    _table(cycle.id, trend, selection)
    now = office().clock()
    counted = " and ".join(
        f"{count_of(point.returns_counted, 'return')} of {point.cycle_name}" for point in line.points
    )
    st.caption(f"Taken at {saved_at(now, now)} from {plain(counted)}.")


def _has_returns(trend: Trend) -> bool:
    return any(point.returns_counted for point in trend.lines[0].points)


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


def _table(cycle_id: str, trend: Trend, selection: Selection) -> None:
    st.header("Every line")
    kinds = list(KIND_TITLES)
    kind = chosen_from(
        "Lines of", [one.value for one in kinds], [KIND_TITLES[one] for one in kinds], name="lines", key="page.lines"
    )
    show_figure_table(trend_table(trend, [SubjectKind.SET, SubjectKind(kind)]), wide="Why the line breaks")
    table_link(cycle_id, "trend", about=trend.standards_set.id, selection=selection)
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


if __name__ == "__main__":
    main(require_user())
