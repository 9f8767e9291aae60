"""Tables of figures as CSV files: no formula, decimals cut, and from what they were taken."""

import csv
import io

from section11.reports.tables.figure_table import FigureTable, counts, csv_of, percents, text


def test_words_that_would_be_a_formula_are_kept_as_words_and_what_is_missing_stays_empty():
    table = FigureTable(
        "Results",
        (*text("Organisation"), *counts("n"), *percents("Share, %")),
        (("=HYPERLINK(1)", 3, 200 / 3), ("@home", -1, None), ('Oak, "new" school', 0, 0.0)),
    )

    content = csv_of(table, "Taken at 14:02")

    assert content.startswith("\ufeff".encode())
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Organisation", "n", "Share, %"],
        ["'=HYPERLINK(1)", "3", "66.67"],
        ["'@home", "-1", ""],
        ['Oak, "new" school', "0", "0.0"],
        [],
        ["Results. Taken at 14:02"],
    ]
