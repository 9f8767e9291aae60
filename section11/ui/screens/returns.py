"""Page: who has returned, by organisation type and over time against the due date, and whom to remind."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, STATUS_TITLES
from section11.permissions import Right, may_somewhere
from section11.reports.return_rates import ReturnRates
from section11.reports.selection import Selection
from section11.reports.tables.returns import returns_by_type, returns_over_time
from section11.services.scrutiny import ReturnLine, list_returns
from section11.ui.cache import office, return_rates
from section11.ui.components.charts import return_rate_chart, signed_chart
from section11.ui.components.chase_list import show_chase_list
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.data_downloads import data_downloads
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.links import download_link, return_download_path, workbook_download_path
from section11.ui.components.lists import paged, searched
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import due_words, plain, saved_at


def main(user: User) -> None:
    page_state("returns")
    st.title("Returns")
    cycle = chosen_cycle(user, Right.FOLLOW_PROGRESS)
    if cycle is None:
        st.write("No cycle has been opened yet. When one is, this page shows who has returned.")
        return
    today = uk_date(office().clock())
    advice = " Open a submitted return to read it." if may_somewhere(user, Right.READ_RETURNED) else ""
    st.markdown(f"{plain(cycle.name)}, {due_words(cycle.due, today)}.{advice}")
    selection = chosen_selection(user, cycle.id, with_ratings=False)
    rates = return_rates(user, cycle.id, selection)
    _overall(rates)
    if may_somewhere(user, Right.EXPORT):
        path = workbook_download_path(cycle.id)
        download_link("Download the partnership workbook", path, key="page.workbook", primary=True)
        data_downloads(cycle.id)
    _by_type(cycle, rates, selection)
    _over_time(cycle, rates, selection)
    show_chase_list(user, cycle, selection, outstanding=rates.overall.outstanding)
    _list(user, cycle, selection)
    now = office().clock()
    st.caption(f"Taken at {saved_at(now, now)} from {rates.overall.expected} expected returns.")


def _overall(rates: ReturnRates) -> None:
    overall = rates.overall
    columns = st.columns(5)
    columns[0].metric("Returned", f"{overall.returned} of {overall.expected}")
    columns[1].metric("Started", overall.started)
    columns[2].metric("Outstanding", overall.outstanding)
    columns[3].metric("Returned late", overall.late)
    columns[4].metric("Overdue", overall.overdue)


def _by_type(cycle: Cycle, rates: ReturnRates, selection: Selection) -> None:
    st.header("By organisation type")
    if not rates.by_type:
        st.write("No organisation has a form in this cycle.")
        return
    return_rate_chart([(row.title, row.rate) for row in rates.by_type])
    with st.expander("The same as a table", expanded=False):
        show_figure_table(returns_by_type(rates))
        table_link(cycle.id, "returns-by-type", selection=selection)


def _over_time(cycle: Cycle, rates: ReturnRates, selection: Selection) -> None:
    if not rates.signed_days:
        return
    st.header("Over time")
    signed_chart(rates.signed_days, cycle.due)
    with st.expander("The same as a table", expanded=False):
        show_figure_table(returns_over_time(rates.signed_days))
        table_link(cycle.id, "returns-over-time", selection=selection)


def _list(user: User, cycle: Cycle, selection: Selection) -> None:
    st.header("Every organisation")
    lines = list(list_returns(office(), user, cycle.id, selection).lines)
    status = st.radio("Show", ["All", "Returned", "Outstanding"], horizontal=True, key="page.show")
    if status != "All":
        lines = [line for line in lines if (line.assessment.status in RETURNED) == (status == "Returned")]
    lines = searched(lines, lambda line: f"{line.organisation.name} {line.organisation_type.title}", key="page.search")
    for line in paged(lines, "organisation", key="page.number"):
        _line(line, can_read=may_somewhere(user, Right.READ_RETURNED))


def _line(line: ReturnLine, *, can_read: bool) -> None:
    returned = line.assessment.status in RETURNED
    with st.container(border=True):
        who, where, what = st.columns([5, 3, 3], vertical_alignment="center")
        who.markdown(f"**{plain(line.organisation.name)}**  \n{plain(line.organisation_type.title)}")
        answered = f"{line.progress.settled} of {line.progress.asked} answered"
        where.markdown(f"{STATUS_TITLES[line.assessment.status]}  \n{answered}")
        if returned and can_read:
            with what, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
                address = {"assessment": line.assessment.id}
                st.page_link(page_path("organisation.py"), label="Read", query_params=address)
                download_link("Excel", return_download_path(line.assessment.id), key=f"page.{line.assessment.id}")


if __name__ == "__main__":
    main(require_user())
