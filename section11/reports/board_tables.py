"""The tables of the board pack, each from the figures of one subject. Their shaded columns are drawn as charts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from section11.domain.answers import AnswerState
from section11.domain.scales import Tone
from section11.reports.action_figures import ActionTotals
from section11.reports.board_pack import Cell, CellKind, ChartKind, Column, PackTable, Row
from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.moderation_figures import Comparison
from section11.reports.palette import ACCENT_SHADE, RATING_SHADES, STATE_SHADES
from section11.reports.results import JUDGED, LEVEL_SHADES, LEVEL_TITLES, Level
from section11.reports.return_rates import TIMING_TITLES, Timing
from section11.reports.set_figures import QuestionFigures, SetFigures, StandardFigures
from section11.reports.since_last_time import SinceLastTime
from section11.reports.tally import Tally

COUNT, PERCENT = CellKind.COUNT, CellKind.PERCENT
GREY = STATE_SHADES[AnswerState.NOT_APPLICABLE]
BLANK = STATE_SHADES[AnswerState.NOT_ANSWERED]
FULL, MOST, PART, NONE = (RATING_SHADES[tone] for tone in Tone)
LOWEST_OF_EACH_SET = {1: 6, 2: 4}
"""How many questions to look at first, by the number of sets; ``LOWEST_OTHERWISE`` with more of them."""
LOWEST_OTHERWISE = 2
MOST_TYPES = 12
ENOUGH_TO_NAME = 5
"""A question is one to look at first when at least so many answers count, where any question has as many."""
LARGEST_GRID = 60
"""More organisations than this are listed in the partnership workbook and not in a pack."""


def returns_table(figures: CycleFigures) -> PackTable:
    """Who returned, by type of organisation; by group of types where there are many types."""
    types = figures.return_rates.by_type
    by_group = len(types) > MOST_TYPES
    titles = {row.type_key: row.group if by_group else row.title for row in types}
    counts: dict[str, Counter[Timing]] = defaultdict(Counter)
    for one in figures.organisations:
        counts[titles[one.type_key]][one.timing] += 1
    shades = {
        Timing.ON_TIME: FULL,
        Timing.LATE: PART,
        Timing.DATE_NOT_KNOWN: GREY,
        Timing.OVERDUE: BLANK,
        Timing.NOT_YET_DUE: BLANK,
    }
    used = [one for one in Timing if any(found[one] for found in counts.values())]
    rows = [
        Row((title, *(counts[title][one] for one in used), counts[title].total()), counts[title].total())
        for title in dict.fromkeys(titles.values())
    ]
    columns = (
        Column("Group of organisations" if by_group else "Type of organisation"),
        *(Column(TIMING_TITLES[one], COUNT, shades[one]) for one in used),
        Column("n", COUNT),
    )
    title = f"Returns by {'group' if by_group else 'type'} of organisation"
    return PackTable(title, columns, tuple(rows), ChartKind.STACKED)


def arrangements_table(figures: CycleFigures) -> PackTable:
    """How many organisations are strong, mixed or weak in each arrangement, over all question sets."""
    drawn = (*JUDGED, Level.NOT_APPLICABLE, Level.NOT_RETURNED)
    columns = (
        Column("Arrangement"),
        *(Column(LEVEL_TITLES[level], COUNT, LEVEL_SHADES[level]) for level in drawn),
        Column("Not asked", COUNT),
        Column("n with a result", COUNT),
    )
    rows = tuple(
        Row(
            (one.title, *(one.levels[level] for level in drawn), one.levels[Level.NOT_ASKED], one.n),
            one.n,
        )
        for one in figures.arrangement_map.arrangements
    )
    return PackTable("Organisations by arrangement and result", columns, rows, ChartKind.STACKED)


def ratings_table(figures: SetFigures) -> PackTable:
    """How the answers to each standard of a set are rated."""
    scale = figures.standards_set.scale
    columns = [
        Column("Standard"),
        *(Column(one.label, COUNT, RATING_SHADES[one.tone]) for one in scale.ratings),
        Column("No rating yet", COUNT, BLANK),
        Column("n", COUNT),
        Column(f"{scale.best.label}, share", PERCENT),
        Column("Not applicable", COUNT),
    ]
    rows = [
        Row(
            (
                row.title,
                *(row.tally.by_rating[one.key] for one in scale.ratings),
                row.tally.without_rating,
                row.tally.denominator,
                row.tally.percent(scale.best.key),
                row.tally.not_applicable,
            ),
            _with_a_result(row),
        )
        for row in figures.standards
    ]
    if not figures.total.without_rating:
        place = 1 + len(scale.ratings)
        del columns[place]
        rows = [Row((*row.cells[:place], *row.cells[place + 1 :]), row.organisations) for row in rows]
    return PackTable("Answers by standard and rating", tuple(columns), tuple(rows), ChartKind.STACKED)


def lowest_table(sets: Sequence[SetFigures]) -> PackTable:
    """The questions with the smallest share at the best rating, of each set."""
    answered = [one for one in sets if one.total.rated]
    large = [one for one in answered if any(row.tally.denominator >= ENOUGH_TO_NAME for row in one.questions)]
    least = ENOUGH_TO_NAME if large else 1
    answered = large or answered
    how_many = LOWEST_OF_EACH_SET.get(len(answered), LOWEST_OTHERWISE)
    columns = (
        Column("Question"),
        Column("Question set"),
        Column("At the best rating", COUNT),
        Column("n", COUNT),
        Column("Share", PERCENT),
    )
    several = len(answered) > 1
    rows = tuple(
        Row(
            (
                f"{row.question_id} {row.text}{' (essential)' if row.essential else ''}",
                one.standards_set.title,
                row.tally.at_best,
                row.tally.denominator,
                _share(row.tally),
            ),
            row.tally.asked,
        )
        for one in answered
        for row in _lowest(one.questions, how_many, least)
    )
    table = PackTable("Questions with the smallest share at the best rating", columns, rows)
    return table if several else _without_column(table, 1)


def moderation_table(sets: Sequence[SetFigures]) -> PackTable:
    """What moderation did with the ratings of each set, where it is finished."""
    columns = (
        Column("Question set"),
        Column("Moderated lower", COUNT, PART),
        Column("The same", COUNT, GREY),
        Column("Moderated higher", COUNT, MOST),
        Column("n", COUNT),
        Column("Returns moderated", COUNT),
    )
    rows = tuple(
        Row(
            (
                one.standards_set.title,
                one.moderation.total.counts[Comparison.LOWER],
                one.moderation.total.counts[Comparison.SAME],
                one.moderation.total.counts[Comparison.HIGHER],
                one.moderation.total.n,
                one.moderation.returns,
            ),
            one.moderation.returns,
        )
        for one in sets
        if one.moderation.total.n
    )
    return PackTable("Answers by what moderation did with their rating", columns, rows, ChartKind.STACKED)


def trend_table(since: SinceLastTime) -> PackTable:
    """The share at the best rating of each standard that can be compared, then and now."""
    columns = (
        Column("Standard"),
        Column(since.earlier_name, PERCENT, GREY),
        Column("n then", COUNT),
        Column("This cycle", PERCENT, ACCENT_SHADE),
        Column("n now", COUNT),
        Column("Change in points", CellKind.POINTS),
    )
    rows = tuple(
        Row(
            (one.title, one.percent_before, one.n_before, one.percent_now, one.n_now, one.difference),
            since.fewest_returns,
        )
        for one in since.standards
    )
    return PackTable(f"Share {since.best_label.lower()}, in percent", columns, rows, ChartKind.BESIDE)


def breaks_table(since: SinceLastTime) -> PackTable:
    """Why each standard that cannot be compared is not; it is about questions, whoever answered them."""
    rows = tuple(Row((one.title, one.why), since.fewest_returns) for one in since.broken)
    return PackTable("Why the line breaks", (Column("Standard"), Column("What changed")), rows)


def actions_table(figures: CycleFigures) -> PackTable:
    """The actions by what became of them, of each standard; of each set where there are several."""
    drawn = ("Overdue", "Open, not overdue", "Done, not verified", "Verified", "Dropped")
    shades = (NONE, PART, MOST, FULL, GREY)
    columns = (
        Column("Promised in"),
        *(Column(title, COUNT, shade) for title, shade in zip(drawn, shades, strict=True)),
        Column("n", COUNT),
    )
    standards = figures.actions.standards
    several = len({row.set_id for row in standards}) > 1
    counted = {one.standards_set.id: one.returns_counted for one in figures.sets}
    counts: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    organisations = {}
    for row in standards:
        title = row.set_title if several else row.heading
        counts[title].append((*_action_counts(row.totals), row.totals.n))
        organisations[title] = counted[row.set_id]
    rows = tuple(
        Row((title, *map(sum, zip(*found, strict=True))), organisations[title]) for title, found in counts.items()
    )
    subject = "question set" if several else "standard"
    return PackTable(f"Actions by {subject} and what became of them", columns, rows, ChartKind.STACKED)


def organisations_table(figures: CycleFigures, of_set: SetFigures) -> PackTable:
    """Every organisation of a set with its result in each standard, as words."""
    found = [one for one in figures.organisations if one.assessment_id in of_set.standard_results]
    columns = (
        Column("Organisation"),
        Column("Return"),
        *(Column(row.standard_id, CellKind.LEVEL) for row in of_set.standards),
    )
    # In a copy for sharing, an alias among a few returned ones is no disguise.
    rows = tuple(Row(_organisation_cells(one), of_set.returns_counted) for one in found)
    return PackTable("Organisations and their result in each standard", columns, rows)


def _without_column(table: PackTable, place: int) -> PackTable:
    rows = tuple(Row((*row.cells[:place], *row.cells[place + 1 :]), row.organisations) for row in table.rows)
    columns = (*table.columns[:place], *table.columns[place + 1 :])
    return PackTable(table.title, columns, rows, table.chart, table.withheld)


def _organisation_cells(one: OrganisationFigures) -> tuple[Cell, ...]:
    return (one.name, TIMING_TITLES[one.timing], *(result.level.value for result in one.standards))


def _action_counts(totals: ActionTotals) -> tuple[int, ...]:
    return totals.overdue, totals.open - totals.overdue, totals.done, totals.verified, totals.dropped


def _with_a_result(row: StandardFigures) -> int:
    """Return how many organisations a standard's figures are counted over."""
    return sum(row.levels[level] for level in (*JUDGED, Level.NOT_APPLICABLE))


def _lowest(rows: Sequence[QuestionFigures], how_many: int, least: int) -> list[QuestionFigures]:
    """Return the rows with the smallest share, essential ones first where shares are equal."""
    shares = [
        (share, row) for row in rows if row.tally.denominator >= least and (share := _share(row.tally)) is not None
    ]
    shares.sort(key=lambda pair: (pair[0], not pair[1].essential))
    return [row for share, row in shares[:how_many] if share < 100]


def _share(tally: Tally) -> float | None:
    return tally.percent(next(iter(tally.by_rating)))
