"""Trends: where a line runs on, where it breaks and why, and what still compares. Shares are counted by hand."""

from dataclasses import replace
from datetime import date

from section11.domain.crosswalks import Link, LinkKind, crosswalk_of
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.scales import RatingScale
from section11.domain.standards import Standard, StandardsSet
from section11.reports.question_counts import set_counts_of
from section11.reports.tables.trend import change_of, reasons_of, trend_table
from section11.reports.trend import SubjectKind, TrendLine, TrendSource, trend_of
from tests.unit.figure_builders import POLICE, RAG, a_cycle, a_return, question, rated


def edition(*ids: str, scale: RatingScale = RAG, version: str = "1") -> StandardsSet:
    """Return a set of one standard with these questions."""
    questions = tuple(question(one, "S11-01", scale=scale) for one in ids)
    arrangements = {"S11-01": "Leadership"}
    return StandardsSet(
        "rag", "A set", version, scale, (Standard("S1", "First", questions),), arrangements=arrangements
    )


def source(year: int, standards_set: StandardsSet, *returns: str, before: TrendSource | None = None, links=(), **more):
    """Return a cycle in which each return, a word such as "gar", rates the questions green, amber or red."""
    ratings = {"g": "green", "a": "amber", "r": "red"}
    ids = [one.id for one in standards_set.all_questions()]
    collated = a_cycle(
        *(
            a_return(
                f"Force {number}",
                POLICE,
                [rated(one, ratings[letter]) for one, letter in zip(ids, word, strict=True)],
                standards_set=standards_set,
            )
            for number, word in enumerate(returns)
        )
    )
    crosswalk = crosswalk_of(before.counts.standards_set, standards_set, links, **more) if before else None
    cycle = Cycle(str(year), str(year), date(year, 3, 31), CycleStatus.CLOSED, frozenset({"r"}), {"*": "rag"})
    return TrendSource(cycle, set_counts_of(collated)[0], crosswalk)


def lines_of(*sources: TrendSource) -> dict[str, TrendLine]:
    return {f"{one.kind.value} {one.subject_id}".strip(): one for one in trend_of(sources).lines}


def percents(line: TrendLine) -> list[float | None]:
    return [None if one.percent is None else round(one.percent, 1) for one in line.points]


def meaning_changed(scale: RatingScale, words: str) -> RatingScale:
    green, *others = scale.ratings
    return replace(scale, ratings=(replace(green, meaning=words), *others))


def test_a_line_breaks_when_green_came_to_mean_something_else():
    stricter = meaning_changed(RAG, "Met, and somebody checked it.")
    first = source(2024, edition("S1.1", "S1.2"), "gg", "ga")
    second = source(2026, edition("S1.1", "S1.2", scale=stricter, version="2"), "ga", before=first)

    line = lines_of(first, second)["standard S1"]

    assert percents(line) == [75.0, 50.0]
    assert line.steps[0].is_break
    assert line.steps[0].reasons == ("“Green” meant “Met” and now means “Met, and somebody checked it”.",)
    assert (line.steps[0].compared, line.steps[0].before, line.steps[0].after) == (0, None, None)
    assert change_of(line) is None


def test_a_line_of_the_same_questions_on_the_same_scale_runs_on():
    first = source(2024, edition("S1.1", "S1.2"), "gg", "ga")
    second = source(2026, edition("S1.1", "S1.2"), "gg", before=first)

    lines = lines_of(first, second)

    assert [one.is_break for line in lines.values() for one in line.steps] == [False] * 5
    assert change_of(lines["set"]) == 25.0
    assert percents(lines["question S1.2"]) == [50.0, 100.0]


def test_one_question_in_other_words_breaks_its_standard_and_not_the_other_questions():
    before, after = edition("S1.1", "S1.2"), edition("S1.1", "S1.2", version="2")
    reworded = replace(after.standards[0].questions[1], text="Is it truly in place?")
    after = replace(
        after, standards=(replace(after.standards[0], questions=(after.standards[0].questions[0], reworded)),)
    )
    first = source(2024, before, "gg", "ag")
    second = source(2026, after, "ga", before=first)

    lines = lines_of(first, second)

    assert lines["standard S1"].steps[0].reasons == ("Asked in other words: S1.2.",)
    assert not lines["question S1.1"].steps[0].is_break
    step = lines["standard S1"].steps[0]
    assert (step.compared, step.asked, step.before, step.after) == (1, 2, 50.0, 100.0)


def test_what_the_ratings_of_one_question_mean_breaks_it_too():
    before = edition("S1.1")
    changed = replace(before.standards[0].questions[0], descriptors={"green": "All.", "amber": "Half.", "red": "None."})
    after = replace(before, version="2", standards=(replace(before.standards[0], questions=(changed,)),))
    first = source(2024, before, "g")
    second = source(2026, after, "g", before=first)

    assert lines_of(first, second)["question S1.1"].steps[0].reasons == ("What the ratings mean was changed in S1.1.",)


def test_new_dropped_split_and_merged_questions_are_named():
    first = source(2024, edition("S1.1", "S1.2", "S1.3", "S1.4"), "gggg")
    second = source(
        2026,
        edition("S1.1", "S1.2a", "S1.2b", "S1.5", version="2"),
        "gggg",
        before=first,
        links=[
            Link(LinkKind.SPLIT, ("S1.2",), ("S1.2a", "S1.2b")),
            Link(LinkKind.REWORDED, ("S1.1",), ("S1.1",)),
        ],
    )

    lines = lines_of(first, second)

    assert lines["standard S1"].steps[0].reasons == (
        "Asked in other words: S1.1.",
        "Made from a question that was split: S1.2a and S1.2b.",
        "New: S1.5.",
        "No longer asked: S1.3 and S1.4.",
    )
    assert percents(lines["question S1.5"]) == [None, 100.0]
    assert percents(lines["question S1.2a"]) == [100.0, 100.0]


def test_a_question_that_moved_to_another_standard_breaks_both():
    def two(first: list[str], second: list[str], version: str) -> StandardsSet:
        one = edition(*first, version=version)
        other = Standard("S2", "Second", tuple(question(each, scale=RAG) for each in second))
        return replace(one, standards=(*one.standards, other))

    first = source(2024, two(["S1.1", "S1.2"], ["S2.1"], "1"), "ggg")
    second = source(2026, two(["S1.1"], ["S2.1", "S1.2"], "2"), "ggg", before=first)

    lines = lines_of(first, second)

    assert lines["standard S1"].steps[0].reasons == ("Asked elsewhere now: S1.2.",)
    assert lines["standard S2"].steps[0].reasons == ("Asked elsewhere before: S1.2.",)
    assert not lines["set"].steps[0].is_break


def test_over_three_cycles_each_break_stands_where_it_belongs():
    first = source(2022, edition("S1.1"), "g")
    second = source(2024, edition("S1.1"), "a", before=first)
    third = source(2026, edition("S1.1", scale=meaning_changed(RAG, "Better."), version="2"), "g", before=second)

    line = lines_of(first, second, third)["set"]

    assert [one.is_break for one in line.steps] == [False, True]
    assert percents(line) == [100.0, 0.0, 100.0]
    assert reasons_of(line) == "2026: “Green” meant “Met” and now means “Better”."


def test_a_scale_with_other_ratings_is_named_whole():
    other = replace(RAG, ratings=RAG.ratings[:2])
    first = source(2024, edition("S1.1"), "g")
    second = source(2026, edition("S1.1", scale=other, version="2"), "g", before=first)

    assert lines_of(first, second)["set"].steps[0].reasons == (
        "The rating scale changed from Green, Amber, Red to Green, Amber.",
    )


def test_the_table_has_share_and_n_of_every_cycle_and_no_change_over_a_break():
    first = source(2024, edition("S1.1", "S1.2"), "gg", "ga")
    second = source(
        2026, edition("S1.1", "S1.2", scale=meaning_changed(RAG, "Better."), version="2"), "ga", before=first
    )

    table = trend_table(trend_of([first, second]), [SubjectKind.SET])

    assert table.headings == [
        "", "Title", "2024, %", "2024, n", "2026, %", "2026, n", "Change in points", "Why the line breaks",
        "Questions that compare", "These before, %", "These now, %",
    ]  # fmt: skip
    why = "2026: “Green” meant “Met” and now means “Better”."
    assert table.rows == (("All", "All standards", 75.0, 4, 50.0, 2, None, why, 0, None, None),)


def test_one_cycle_alone_has_points_and_no_steps():
    table = trend_table(trend_of([source(2026, edition("S1.1"), "g")]), [SubjectKind.SET])

    assert table.headings == ["", "Title", "2026, %", "2026, n"]
    assert table.rows == (("All", "All standards", 100.0, 1),)
