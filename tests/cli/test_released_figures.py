"""What board viewers see, as data: ``figures --released``."""


def test_nothing_released_is_said_and_is_not_a_fault(open_cycle):
    data = open_cycle.data("figures", "--cycle", "2026", "--released")

    assert (data["from"]["returns_released"], data["from"]["returns_expected"]) == (0, 2)
    assert (data["rates"], data["sets"], data["from"]["smallest_group"]) == ([], [], 5)
    assert "0 of 2 returns released." in open_cycle("figures", "--cycle", "2026", "--released").stdout


def test_what_is_released_is_not_narrowed(open_cycle):
    refused = open_cycle("figures", "--cycle", "2026", "--released", "--type", "police-force", code=1)

    assert "Leave out --partnership, --type and --duty." in refused.stderr
