"""The returns page: the figures of the command, and whom to remind with which words."""

from __future__ import annotations

from section11.domain.people import OPERATOR
from section11.services.exports import export_figures
from tests.app.browsing import downloads_on, go_to, words_on
from tests.app.dashboard_tables import rows_of, same
from tests.services.builders import (
    user_by_email,
)


def test_the_returns_page_is_the_figures_of_the_command(demo, scrutiny):
    at = go_to(scrutiny, "returns.py", cycle="2026")

    rates = export_figures(demo, OPERATOR, "2026")["return_rates"]
    assert {one.label: one.value for one in at.metric} == {
        "Returned": f"{rates['overall']['returned']} of {rates['overall']['expected']}",
        **{name.title(): str(rates["overall"][name]) for name in ("started", "outstanding", "overdue")},
        "Returned late": str(rates["overall"]["late"]),
    }
    columns = ("expected", "started", "returned", "returned_percent", "outstanding", "late", "overdue")
    wanted = [[one["group"], one["title"], *(one[name] for name in columns)] for one in rates["by_type"]]
    overall = ["All", "All types", *(rates["overall"][name] for name in columns)]
    same(rows_of(at, "Returns by organisation type"), [*wanted, overall])
    names = ("days_after_due", "signed", "signed_so_far", "n", "percent")
    shown = rows_of(at, "Returns signed, day by day")
    same([row[1:] for row in shown], [[one[name] for name in names] for one in rates["signed_by_day"]])


def test_whom_to_remind_has_the_words_of_a_reminder_for_each(demo, scrutiny):
    at = go_to(scrutiny, "returns.py", cycle="2026")
    at.toggle(key="page.chasing").set_value(True).run()

    said = words_on(at)
    assert "14 returns still to come. The audit is due on 13 April 2026, in 42 days." in said
    assert (
        "Section 11 audit, Section 11 audit 2026: the return of Riverdale Police is due on 13 April 2026, in 42 days"
        in said
    )
    assert "Please go on here: http" in said
    mails = [url for label, url in downloads_on(at).items() if label == "E-mail"]
    assert mails[0].startswith("mailto:?subject=Section%2011%20audit")


def test_an_administrator_has_the_addresses_and_scrutiny_has_not(demo, open_app):
    at = open_app(demo, user_by_email(demo, "administrator@riverdale.example"))
    go_to(at, "returns.py", cycle="2026", type="police-force")
    at.toggle(key="page.chasing").set_value(True).run()

    address = downloads_on(at)["E-mail"]
    assert address.startswith("mailto:approver@riverdale.example,contributor@riverdale.example?subject=")
