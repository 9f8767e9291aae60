"""The pages of the board pack, in the order a board reads them, from the figures and from what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from section11.domain.board_packs import PackWords
from section11.domain.standards import Thresholds
from section11.domain.uk_time import long_date
from section11.reports.board_pack import (
    DRAFT,
    BoardPack,
    Column,
    PackPage,
    PackTable,
    Row,
    Sentence,
)
from section11.reports.board_sentences import (
    ACTION_RULES,
    ARRANGEMENT_RULES,
    IN_SHORT,
    IN_SHORT_OF_MANY_SETS,
    MODERATION_RULES,
    RETURN_RULES,
    SET_RULES,
    TREND_RULES,
    sentences_by,
)
from section11.reports.board_tables import (
    LARGEST_GRID,
    actions_table,
    arrangements_table,
    breaks_table,
    lowest_table,
    moderation_table,
    organisations_table,
    ratings_table,
    returns_table,
    trend_table,
)
from section11.reports.figures import CycleFigures
from section11.reports.removed_returns import removed_words
from section11.reports.set_figures import SetFigures
from section11.reports.since_last_time import since_last_time
from section11.reports.trend import Trend

SUMMARY, THEMES_PAGE, RECOMMENDATIONS_PAGE, PLAN_PAGE, ABOUT = "summary", "themes", "recommendations", "plan", "about"
NOBODYS_ANSWERS = 1_000_000
"""Stands for a group that is never too small to share."""
MANY_SETS = 3
ENOUGH_TO_PRESENT = 5
"""Of several sets, one with fewer returns is not presented but looked up: it would be about a few people."""
NOBODY_EXPECTED = "No organisation is expected to return in this cycle, so there is nothing to count yet."
NOBODY_RETURNED = "Nothing has been submitted in this cycle yet, so there are no answers to count."


@dataclass(frozen=True)
class PackFigures:
    """What a pack is counted from: the figures of the cycle, and the trends up to it."""

    now: CycleFigures
    trends: Sequence[Trend] = ()


def board_pack_of(
    counted: PackFigures,
    words: PackWords,
    *,
    number: int = DRAFT,
    aliases: Sequence[tuple[str, str]] = (),
) -> BoardPack:
    """Return the pack: the figures' pages with the sentences as people edited them, and what people wrote."""
    figures = counted.now
    pages = [_as_edited(page, words) for page in pages_of(counted)]
    in_short = _in_short(pages, {one.standards_set.id: one.standards_set.title for one in figures.sets})
    return BoardPack(
        title=_title(figures),
        partnership_name=figures.partnership_name,
        cycle_name=figures.cycle.name,
        due=figures.cycle.due,
        taken_at=figures.taken_at,
        source=_source(figures),
        is_demo=figures.is_demo,
        pages=(
            PackPage(SUMMARY, "In short", in_short, note=_emptiness(figures)),
            *(page for page in pages if not page.appendix),
            *_written(words),
            _about(counted),
            *(page for page in pages if page.appendix),
        ),
        aliases=tuple(aliases),
        number=number,
    )


def pages_of(counted: PackFigures) -> list[PackPage]:
    """Return the pages that come from figures, with their sentences as the rules write them; none is empty."""
    figures = counted.now
    answered = [one for one in figures.sets if one.total.asked]
    trends = since_last_time(counted.trends)
    titles = {one.standards_set.id: one.standards_set.title for one in figures.sets}

    def of_set(title: str, set_id: str) -> str:
        return f"{title}: {titles[set_id]}" if len(figures.sets) > 1 else title

    pages = [
        PackPage("returns", "Who returned", sentences_by(RETURN_RULES, figures), table=returns_table(figures)),
        PackPage(
            "arrangements",
            "Where organisations stand",
            sentences_by(ARRANGEMENT_RULES, figures),
            table=arrangements_table(figures) if figures.returns_counted else None,
        ),
        *(
            PackPage(
                f"ratings.{one.standards_set.id}",
                of_set("How answers were rated", one.standards_set.id),
                sentences_by(SET_RULES, one, one.standards_set.id),
                table=ratings_table(one),
                appendix=len(answered) > 1 and one.returns_counted < ENOUGH_TO_PRESENT,
            )
            for one in answered
        ),
        PackPage("lowest", "Questions to look at first", table=lowest_table(answered)),
        PackPage(
            "moderation",
            "What scrutiny found",
            _moderation_sentences(figures.sets),
            table=moderation_table(figures.sets),
        ),
        *(
            PackPage(
                f"trend.{one.set_id}",
                of_set(f"Since {one.earlier_name}", one.set_id),
                sentences_by(TREND_RULES, one, one.set_id),
                table=trend_table(one),
                appendix=len(trends) > 1 and one.fewest_returns < ENOUGH_TO_PRESENT,
            )
            for one in trends
        ),
        *(
            PackPage(
                f"breaks.{one.set_id}",
                of_set(f"Not compared with {one.earlier_name}", one.set_id),
                table=breaks_table(one),
                appendix=True,
            )
            for one in trends
        ),
        PackPage("actions", "Actions promised", sentences_by(ACTION_RULES, figures), table=actions_table(figures)),
        *(_grid(figures, one, of_set("Each organisation", one.standards_set.id)) for one in answered),
    ]
    return [page for page in pages if page.sentences or page.note or (page.table and page.table.rows)]


def _moderation_sentences(sets: Sequence[SetFigures]) -> tuple[Sentence, ...]:
    found = []
    for one in sets:
        prefix = f"{one.standards_set.title}: " if len(sets) > 1 else ""
        said = sentences_by(MODERATION_RULES, one, one.standards_set.id)
        found += [replace(sentence, words=prefix + sentence.words) for sentence in said]
    return tuple(found)


def _grid(figures: CycleFigures, of_set: SetFigures, title: str) -> PackPage:
    key = f"organisations.{of_set.standards_set.id}"
    if of_set.returns_expected > LARGEST_GRID:
        note = (
            f"{of_set.returns_expected:,} organisations answer this question set, too many to list here. "
            "The partnership workbook has every one."
        )
        return PackPage(key, title, note=note, appendix=True)
    names = "; ".join(f"{row.standard_id} {row.title}" for row in of_set.standards)
    table = organisations_table(figures, of_set)
    return PackPage(key, title, table=table, appendix=True, note=f"{names}.")


def _as_edited(page: PackPage, words: PackWords) -> PackPage:
    """Return the page with the sentences people changed, without those they left out."""
    edited = (replace(one, words=" ".join(words.sentences.get(one.key, one.words).split())) for one in page.sentences)
    return replace(page, sentences=tuple(one for one in edited if one.words))


def _in_short(pages: Iterable[PackPage], titles: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return the sentences to begin with; with several sets, those about one set name it."""
    every = [one for page in pages if not page.appendix for one in page.sentences]
    wanted = IN_SHORT if len(titles) < MANY_SETS else IN_SHORT_OF_MANY_SETS
    return tuple(
        _naming_its_set(one, titles) for first in wanted for one in every if one.key.partition(".")[0] == first
    )


def _naming_its_set(sentence: Sentence, titles: Mapping[str, str]) -> Sentence:
    title = titles.get(sentence.key.partition(".")[2], "")
    if len(titles) < 2 or not title or sentence.words.startswith(title):
        return sentence
    return replace(sentence, words=f"{title}: {sentence.words}")


def _source(figures: CycleFigures) -> str:
    counted = f"{figures.returns_counted} of {figures.returns_expected} returns counted"
    return ". ".join(filter(None, (counted, removed_words(figures.cycle.removed_returns).rstrip("."))))


def _emptiness(figures: CycleFigures) -> str:
    if not figures.returns_expected:
        return NOBODY_EXPECTED
    return "" if figures.returns_counted else NOBODY_RETURNED


def _written(words: PackWords) -> list[PackPage]:
    pages = [
        PackPage(THEMES_PAGE, "Themes", points=words.themes),
        PackPage(RECOMMENDATIONS_PAGE, "Recommendations", points=words.recommendations),
        PackPage(PLAN_PAGE, "Action plan", table=_plan_table(words)),
    ]
    return [page for page in pages if page.points or (page.table and page.table.rows)]


def _plan_table(words: PackWords) -> PackTable:
    """The partnership's own plan; it speaks of nobody's answers, so it may always be shared."""
    columns = (Column("What is to be done"), Column("Who leads"), Column("By when"))
    rows = tuple(
        Row((one.what, one.who or "To be agreed", long_date(one.by) if one.by else "To be agreed"), NOBODYS_ANSWERS)
        for one in words.plan
    )
    return PackTable("The partnership's action plan", columns, rows)


def _about(counted: PackFigures) -> PackPage:
    figures = counted.now
    titles_by_thresholds: dict[Thresholds, list[str]] = {}
    for one in figures.sets:
        if one.returns_counted:
            titles_by_thresholds.setdefault(one.standards_set.thresholds, []).append(one.standards_set.title)
    several = len(titles_by_thresholds) > 1
    points = (
        "Ratings are the organisations' own, unless a page says that they are moderated.",
        "n is everything that was asked and applies. What is not applicable or was not asked is left out of n; what "
        "was not answered stays in it.",
        *(_levels_words(one, titles if several else []) for one, titles in titles_by_thresholds.items()),
        "Shares of different question sets and rating scales are never added up or averaged.",
    )
    return PackPage(ABOUT, "About these figures", points=points)


def _levels_words(thresholds: Thresholds, set_titles: Sequence[str]) -> str:
    """Return what strong and weak mean; sets are named where they mean different things."""
    whose = f"{'; '.join(set_titles)}: a" if set_titles else "A"
    return (
        f"{whose} standard or arrangement is strong from {thresholds.strong_from_percent:g}% at the best rating, when "
        "no essential answer is in the lower half of the scale. It is weak below "
        f"{thresholds.weak_below_percent:g}%, or when an essential answer has the lowest rating."
    )


def _title(figures: CycleFigures) -> str:
    audit, name = figures.cycle.audit_name, figures.cycle.name
    return name if audit.casefold() in name.casefold() else f"{audit} {name}"
