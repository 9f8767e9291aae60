"""Page: what an organisation sees of its own results: its rank and the quartiles of its type, without names."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.services.profiles import own_profile
from section11.services.scrutiny import list_own_returns
from section11.ui.cache import figures_for_profiles, office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.links import download_link, results_download_path
from section11.ui.components.profile import show_profile
from section11.ui.session import page_state, require_user
from section11.ui.words import plain, saved_at


def main(user: User) -> None:
    page_state("own results")
    st.title("Results")
    returns = [(cycle, line) for cycle, line in list_own_returns(office(), user) if line.assessment.status in RETURNED]
    if not returns:
        st.write("Nothing to show yet. When your return has been submitted, this page shows how you compare.")
        return
    st.write("Your own results beside those of others. Nobody is named.")
    ids = [line.assessment.id for _, line in returns]
    titles = [f"{line.organisation.name}, {cycle.name}" for cycle, line in returns]
    chosen = chosen_from("Return", ids, titles, name="assessment") if len(ids) > 1 else ids[0]
    profile = own_profile(office(), user, chosen, figures_for_profiles)
    if profile is None:
        st.write("This return is being changed. Its results appear again when it has been submitted.")
        return
    st.header(plain(f"{profile.organisation.name}, {returns[ids.index(chosen)][0].name}"))
    if profile.organisation.status is not AssessmentStatus.RELEASED:
        st.write("Moderated ratings appear here when scrutiny has released them. Others may still be returning.")
    show_profile(profile)
    download_link("Download this table (CSV)", results_download_path(chosen), key="page.csv")
    now = office().clock()
    st.caption(f"Taken at {saved_at(now, now)} from your return and those of others.")


if __name__ == "__main__":
    main(require_user())
