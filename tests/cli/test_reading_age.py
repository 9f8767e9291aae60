"""How hard sets are to read, as somebody asks on the command line."""

import shutil

from section11.config import settings


def own_standards(section11, monkeypatch):
    folder = section11.folder / "standards"
    shutil.copytree(settings().standards_dir, folder)
    monkeypatch.setenv("SECTION11_STANDARDS_DIR", str(folder))
    settings.cache_clear()
    return folder


def test_the_median_of_a_set_its_limit_and_its_ten_hardest_texts_are_printed(section11):
    first, *texts = section11("standards", "reading-age", "childminders-2026").stdout.splitlines()

    assert first.startswith("childminders-2026: median reading age ")
    assert "(limit 11)" in first
    assert len(texts) == 10
    ages = [float(line.split()[0]) for line in texts]
    assert ages == sorted(ages, reverse=True)
    assert all(line.split()[1].startswith("C") for line in texts)


def test_the_same_as_data_with_every_text_in_full(section11):
    [one] = section11.data("standards", "reading-age", "voluntary-2026")

    assert (one["set"], one["limit"]) == ("voluntary-2026", 11.0)
    assert 5 < one["median"] <= 11
    assert one["median_by_part"].keys() == {"question", "help", "descriptor"}
    assert [text.keys() for text in one["hardest"]] == [{"question", "part", "rating", "age", "text"}] * 10
    assert not any(text["text"].endswith("…") for text in one["hardest"])


def test_a_set_over_its_limit_is_a_problem_and_one_without_a_limit_is_measured_all_the_same(section11, monkeypatch):
    folder = own_standards(section11, monkeypatch)
    (folder / "reading-ages.yaml").write_text("childminders-2026: 8\n", encoding="utf-8")

    refused = section11("standards", "reading-age", "childminders-2026", "voluntary-2026", code=2)

    assert refused.stderr.startswith("standards/reading-ages.yaml:1: Half of the texts of childminders-2026 need ")
    assert "voluntary-2026: median reading age" in refused.stdout
    assert "limit" in refused.stdout.splitlines()[0]
    assert section11.data("standards", "reading-age", "childminders-2026", code=2)[0]["limit"] == 8.0


def test_a_set_with_faults_or_that_is_not_there_cannot_be_measured(section11, monkeypatch):
    folder = own_standards(section11, monkeypatch)
    (folder / "voluntary-2026" / "set.yaml").write_text("id: voluntary-2026\n", encoding="utf-8")

    assert "set.yaml:1: " in section11("standards", "reading-age", "voluntary-2026", code=2).stderr
    assert "There is no standards set" in section11("standards", "reading-age", "no-such-set", code=1).stderr
