"""A copy for sharing names nobody and says nothing about fewer than five organisations."""

import pytest

from section11.domain.board_packs import PackWords
from section11.reports.board_pack_text import text_of_pack
from section11.reports.board_sharing import WITHHELD, aliases_for, copy_for_sharing
from tests.unit.board_pack_builders import a_pack, page_of, words_of
from tests.unit.figure_builders import (
    CHARITY,
    POLICE,
    SCHOOL,
    a_cycle,
    a_return,
    four_organisations,
    published_matrix,
    rated,
    seven_organisations,
)


def returned(name, kind=SCHOOL):
    return a_return(name, kind, [rated("S1.1", "fully"), rated("S1.2", "not")])


def of_sizes(schools, police, charities):
    kinds = [(SCHOOL, schools), (POLICE, police), (CHARITY, charities)]
    return a_cycle(*(returned(f"{kind.title} {n}", kind) for kind, count in kinds for n in range(count)))


def shown_types(pack):
    return [row.cells[0] for row in page_of(pack, "returns").table.rows]


@pytest.mark.parametrize("cycle", [four_organisations, seven_organisations, published_matrix])
def test_no_name_of_an_organisation_is_left_anywhere(cycle):
    names = [one.organisation.name for one in cycle().returns]
    words = PackWords(
        sentences={"returned": f"Thanks to {names[0].upper()}."},
        themes=tuple(f"At {name}, staff know whom to tell." for name in names),
    )

    text = text_of_pack(copy_for_sharing(a_pack(cycle(), words=words))).casefold()

    assert [name for name in names if f'"{name.casefold()}"' in text or f"at {name.casefold()}," in text] == []


def test_names_are_replaced_as_whole_names_the_longest_first():
    cycle = a_cycle(*(returned(name) for name in ("Oak", "Oak School", "Elm", "Ash", "Fir")))
    words = PackWords(themes=("Oak School, Oak and Oaktree.",))

    pack = a_pack(cycle, words=words)
    aliases = dict(pack.aliases)

    assert page_of(copy_for_sharing(pack), "themes").points == (
        f"{aliases['Oak School']}, {aliases['Oak']} and Oaktree.",
    )


def test_aliases_do_not_follow_the_alphabet_and_need_the_secret():
    names = [f"School {number:02}" for number in range(40)]

    first, second = aliases_for(names, "one secret"), aliases_for(names, "another")

    assert first == aliases_for(names, "one secret")
    assert first != second
    assert [name for name, _ in first] != names
    assert len({alias for _, alias in first}) == 40


def test_rows_stand_in_the_order_of_their_aliases():
    shared = copy_for_sharing(a_pack(published_matrix()))

    names = [row.cells[0] for row in page_of(shared, "organisations.published").table.rows]

    assert names == [f"Organisation {number}" for number in range(1, 13)]


def test_groups_of_fewer_than_five_are_withheld_and_the_page_says_so():
    shared = copy_for_sharing(a_pack(of_sizes(schools=6, police=4, charities=3)))

    assert shown_types(shared) == ["Primary school"]
    assert page_of(shared, "returns").note == WITHHELD


def test_a_group_that_could_be_found_by_subtraction_takes_another_with_it():
    shared = copy_for_sharing(a_pack(of_sizes(schools=9, police=6, charities=1)))

    assert shown_types(shared) == ["Primary school"]


def test_nothing_is_withheld_where_every_group_is_large_enough():
    shared = copy_for_sharing(a_pack(of_sizes(schools=9, police=6, charities=5)))

    assert len(shown_types(shared)) == 3
    assert page_of(shared, "returns").note == ""


def test_a_sentence_about_a_small_group_goes_even_when_somebody_put_it_in_their_own_words():
    words = PackWords(sentences={"rated.small": "All three did well.", "returned": "Most came back."})
    pack = a_pack(seven_organisations(), words=words)

    shared = copy_for_sharing(pack)

    assert words_of(pack, "rated.small") == "All three did well."
    assert words_of(shared, "rated.small") == ""
    assert words_of(shared, "returned") == "Most came back."


def test_results_of_a_few_returned_organisations_are_withheld_under_their_aliases_too():
    shared = copy_for_sharing(a_pack(four_organisations()))

    assert page_of(shared, "organisations.small").table.rows == ()


def test_a_copy_keeps_no_key_to_its_aliases():
    shared = copy_for_sharing(a_pack(published_matrix()))

    assert shared.aliases == ()
    assert shared.standing == "Final board pack 1, copy for sharing"


def test_a_partnership_of_one_shares_no_figure():
    shared = copy_for_sharing(a_pack(a_cycle(returned("Police", POLICE))))

    assert [page.table.rows for page in shared.pages if page.table] == [()] * 5
    assert [one for page in shared.pages for one in page.sentences] == []
