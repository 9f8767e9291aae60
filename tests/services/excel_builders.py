"""An Excel return of the town: downloaded, filled in, looked at and brought in."""

from io import BytesIO

from openpyxl import load_workbook

from section11.services.excel_returns import download_return, import_return, preview_import
from section11.workbooks.return_layout import ACTION_PLAN, ANSWERS
from tests.services.builders import (
    POLICE_RETURN,
    event_names,
    stored_actions,
    stored_answers,
    stored_assessment,
)


def downloaded(town, assessment_id=POLICE_RETURN, *, user=None, blank=False):
    return download_return(town.office, user or town.contributor, assessment_id, blank=blank).content


def filled_in(content, **cells):
    """Return the file after somebody typed into it: ``S1_1={"rating": "Fully met"}`` fills the row of S1.1."""
    workbook = load_workbook(BytesIO(content))
    rows = {str(workbook["Answers"][f"A{row}"].value): row for row in range(1, workbook["Answers"].max_row + 1)}
    for name, values in cells.items():
        for key, value in values.items():
            layout = ACTION_PLAN if key in ACTION_PLAN.read_keys else ANSWERS
            workbook[layout.name][f"{layout.letter(key)}{rows[name.replace('_', '.')]}"] = value
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def preview(town, content):
    return preview_import(town.office, town.contributor, POLICE_RETURN, content)


def bring_in(town, content, **options):
    return import_return(town.office, town.contributor, POLICE_RETURN, content, **options)


def everything(town, assessment_id=POLICE_RETURN):
    """Return all that an import could touch, to see that it did not."""
    return (
        stored_assessment(town, assessment_id),
        stored_answers(town, assessment_id),
        stored_actions(town, assessment_id),
        event_names(town, assessment_id),
    )
