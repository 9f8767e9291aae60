"""Figures counted again from the tables, without the rules of the product, and the partnerships they are of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from section11.domain.people import OPERATOR
from section11.reports.selection import RatingsBy, Selection
from section11.services.office import Office
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.results import import_results
from tests.app.worlds import add_cycle, fresh_partnership, published_matrix

COUNTED = ("submitted", "moderated", "released")


def the_matrix(office: Office) -> str:
    published_matrix(office)
    return "published"


def nobody_at_all(office: Office) -> str:
    return add_cycle(fresh_partnership(office))


def one_organisation(office: Office) -> str:
    place = fresh_partnership(office)
    import_organisations(office, OPERATOR, place.partnership_id, b"name,type\nHope Charity,police-force\n", "o.csv")
    cycle_id = add_cycle(place)
    results = b"organisation,question,rating\nHope Charity,S1.1,fully_met\nHope Charity,S1.2,not_met\n"
    import_results(office, OPERATOR, cycle_id, results, "r.csv")
    return cycle_id


class Recount:
    """One cycle as its tables hold it. It knows nothing of the product's own rules but what is written here."""

    def __init__(self, office: Office, cycle_id: str, selection: Selection) -> None:
        with office.store.engine.connect() as connection:

            def read(name: str) -> pd.DataFrame:
                return pd.read_sql_query(f"SELECT * FROM {name}", connection)  # noqa: S608  names written below

            self.cycle_id = cycle_id
            self.cycles = read("cycles")
            self.organisations = read("organisations").set_index("id")
            sets = read("standards_sets").set_index("sha256")["content"].map(json.loads)
            expected = read("assessments")
            answers, moderations, self.actions = read("answers"), read("moderations"), read("actions")
        self.today = pd.Timestamp(office.clock().date())
        self.due = pd.Timestamp(self.cycles.set_index("id").loc[cycle_id, "due"])
        self.sets = {one["id"]: one for one in sets}
        expected["set_id"] = expected["set_sha256"].map(lambda sha256: sets[sha256]["id"])
        expected["counts"] = expected["status"].isin(COUNTED)
        if selection.types:
            expected = expected[expected["organisation_type"].isin(selection.types)]
        if selection.ratings_by is RatingsBy.MODERATION:
            expected = expected[expected["status"].isin(["moderated", "released"])]
        self.every = expected
        self.expected = expected[expected["cycle_id"] == cycle_id]
        self.moderations = moderations
        self.asked = self._questions(expected[expected["counts"]], answers)
        self.own = self.asked.copy()
        if selection.ratings_by is RatingsBy.MODERATION:
            self._put_outcomes()

    def _questions(self, counted: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
        """Return a row for each rated question of each return that counts, asked or not, with its answer."""
        rows = [
            {
                "id": one.id,
                "cycle_id": one.cycle_id,
                "set_id": one.set_id,
                "type": one.organisation_type,
                "standard": standard["id"],
                "question_id": question["id"],
                "is_asked": one.organisation_type not in question["not_asked_of"]
                and (not question["asked_of"] or one.organisation_type in question["asked_of"]),
            }
            for one in counted.itertuples()
            for standard in self.sets[one.set_id]["standards"]
            for question in standard["questions"]
            if question["type"] == "rating"
        ]
        columns = ["id", "cycle_id", "set_id", "type", "standard", "question_id", "is_asked"]
        frame = pd.DataFrame(rows, columns=columns)
        keys = {"id": "assessment_id"}
        merged = frame.rename(columns=keys).merge(answers, on=["assessment_id", "question_id"], how="left")
        return merged.assign(rating=merged["rating"].where(merged["carried_from"].isna()))

    def outcomes(self) -> pd.DataFrame:
        """Return what moderation came to: the agreed judgement where there is one, or else the first moderator's."""
        finished = self.every[self.every["status"].isin(["moderated", "released"])]["id"]
        found = self.moderations[self.moderations["assessment_id"].isin(finished)]
        place = found["seat"].map({"agreed": 0, "first": 1, "second": 2})
        found = found.assign(place=place).sort_values("place")
        return found.drop_duplicates(["assessment_id", "question_id"])

    def _put_outcomes(self) -> None:
        columns = ["assessment_id", "question_id", "rating"]
        merged = self.asked.drop(columns="rating").merge(self.outcomes()[columns], on=columns[:2], how="left")
        marker = merged["marker"].where(merged["rating"].notna(), "not_applicable").where(merged["rating"].isna(), None)
        self.asked = merged.assign(marker=marker.where(merged["is_asked"], None))

    def here(self) -> pd.DataFrame:
        return self.asked[self.asked["cycle_id"] == self.cycle_id]


def grouped(rows: pd.DataFrame, *columns: str) -> Callable[..., pd.DataFrame]:
    """Return a function that gives the rows with these values in the columns; there may be none."""
    found, nothing = dict(iter(rows.groupby(list(columns)))), rows.iloc[:0]
    return lambda *values: found.get(values, nothing)


def tally(rows: pd.DataFrame, scale: list[str]) -> dict[str, Any]:
    """Return counts and shares of some questions of some returns."""
    every = list(zip(rows["is_asked"], rows["marker"], rows["rating"], strict=True))
    asked = [(marker, rating) for is_asked, marker, rating in every if is_asked]
    applies = sum(marker != "not_applicable" for marker, _ in asked)
    rated = Counter(rating for _, rating in asked)
    return {
        "n": applies,
        "not_applicable": len(asked) - applies,
        "not_asked": len(every) - len(asked),
        **{key: (rated[key], round(100 * rated[key] / applies, 2) if applies else None) for key in scale},
    }


def said(found: dict[str, Any], scale: list[str]) -> dict[str, Any]:
    """Return the same of a tally in the JSON."""
    ratings = {key: (found["ratings"][key]["count"], found["ratings"][key]["percent"]) for key in scale}
    return {key: found[key] for key in ("n", "not_applicable", "not_asked")} | ratings
