"""Page: who has returned, by organisation type and against the due date."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, STATUS_TITLES
from section11.permissions import Right, may_somewhere
from section11.reports.return_rates import ReturnRates
from section11.services.collating import return_rates
from section11.services.scrutiny import ReturnLine, list_returns
from section11.ui.cache import office
from section11.ui.components.charts import return_rate_chart
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.data_downloads import data_downloads
from section11.ui.components.links import download_link, return_download_path, workbook_download_path
from section11.ui.components.lists import paged, searched
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import due_words, percent_words, plain


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
    rates = return_rates(office(), user, cycle.id)
    _overall(rates)
    if may_somewhere(user, Right.EXPORT):
        path = workbook_download_path(cycle.id)
        download_link("Download the partnership workbook", path, key="page.workbook", primary=True)
        data_downloads(cycle.id)
    _by_type(rates)
    _list(user, cycle)


def _overall(rates: ReturnRates) -> None:
    overall = rates.overall
    columns = st.columns(4)
    columns[0].metric("Returned", f"{overall.returned} of {overall.expected}")
    columns[1].metric("Outstanding", overall.outstanding)
    columns[2].metric("Returned late", overall.late)
    columns[3].metric("Overdue", overall.overdue)


def _by_type(rates: ReturnRates) -> None:
    st.header("By organisation type")
    if not rates.by_type:
        st.write("No organisation has a form in this cycle.")
        return
    return_rate_chart(rates)
    rows = [
        {
            "Group": row.group,
            "Type": row.title,
            "Expected": row.rate.expected,
            "Returned": row.rate.returned,
            "Outstanding": row.rate.outstanding,
            "Late": row.rate.late,
            "Overdue": row.rate.overdue,
            "Returned, %": percent_words(row.rate.returned_percent),
        }
        for row in rates.by_type
    ]
    with st.expander("The same as a table", expanded=False):
        st.dataframe(pd.DataFrame(rows).set_index("Type"), alt="Returns by organisation type")


def _list(user: User, cycle: Cycle) -> None:
    st.header("Every organisation")
    lines = list(list_returns(office(), user, cycle.id).lines)
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
